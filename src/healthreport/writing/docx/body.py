"""Document → ``word/document.xml``, written directly: the layout's styles carry the looks.

What stands in slots is filled in last. Titles, tables and signatures are laid out by what they say, so
those with slots are written when they are filled.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots
from healthreport.trees.document import (
    Attachment,
    Block,
    Document,
    Figure,
    Heading,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    labelled,
    text_of,
)
from healthreport.trees.roles import ISSUED, Look, Role
from healthreport.values.width import width
from healthreport.writing.docx import issued, neighbours
from healthreport.writing.docx.closing import Closing
from healthreport.writing.docx.figures import Figures
from healthreport.writing.docx.pages import Above, words_of
from healthreport.writing.docx.runs import (
    DEEPEST_FACE,
    KEEP_LINES,
    KEEP_NEXT,
    PAGE_BREAK,
    open_paragraph,
    write_runs,
)
from healthreport.writing.docx.styles import NAMESPACE, STYLES
from healthreport.writing.docx.tables import TablePattern
from healthreport.writing.docx.title import break_title
from healthreport.writing.docx.wrapping import room
from healthreport.writing.docx.xml_pattern import Encoded, XmlPattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from healthreport.writing.docx.base import Base
    from healthreport.writing.layout.profile import Layout

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:document xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONSHIPS}"><w:body>'
)
# A line of one point, so that it finds room on a full page.
_SECTION_BREAK = '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/>{}</w:pPr></w:p>'
# Lines that a signature takes beside the name: the blank one before it, the date, and one that a grid may add.
_SIGNATURE = 3
_BESIDE_NAME = 4  # characters that no line of a name in a signature takes
_SEPARATOR = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"  # 17.3.2.36


class Body(NamedTuple):
    """The main part, the pictures it shows as ``rIdPicture1``, ``rIdPicture2`` and so on, and its tables."""

    xml: XmlPattern
    pictures: tuple[Picture, ...]
    tables: tuple[TablePattern, ...]


def body(document: Document, base: Base, layout: Layout, words: frozenset[str]) -> Body:
    """Return the main part of a document in a layout."""
    writer = _Writer(base, layout, words, document.author)
    writer.blocks(document.blocks)
    for attachment in document.attachments:
        writer.attachment(attachment)
    writer.blocks(document.imprint)
    return Body(writer.finish(), writer.figures.media(), tuple(writer.tables))


class _Writer:
    """Writes blocks one after another; ``_landscape`` is how the page at hand lies."""

    def __init__(self, base: Base, layout: Layout, words: frozenset[str], organisation: str) -> None:
        self.figures = Figures(layout)
        self.tables: list[TablePattern] = []
        self._base = base
        self._layout = layout
        self._words = words
        self._organisation = organisation
        self._blank_line = layout.grid.pitch
        self._landscape = False
        self._first_section = True
        self._last: Block | None = None
        self._out: list[str | Callable[[Encoded], bytes]] = [_HEAD]

    def finish(self) -> XmlPattern:
        """Close the last section and return the part; a table needs a paragraph behind it (17.2.2)."""
        self._part_from_table(self._last)
        return XmlPattern([*self._out, self._section(), "</w:body></w:document>"])

    def blocks(self, blocks: Sequence[Block], *, landscape: bool = False) -> None:
        """Write blocks on pages that lie so, except for tables with pages of their own."""
        for index, block in enumerate(blocks):
            previous = blocks[index - 1] if index else None
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            self._last = block
            if isinstance(block, Figure) and block.beside:
                continue  # written with the first of those that stand side by side
            beside = neighbours.row(blocks, index)
            end = index + max(len(beside), 1)
            # A signature may not stand alone on a page (7.3.5): what it follows goes with it.
            keep = KEEP_NEXT if neighbours.meets_signature(blocks, end - 1) else ""
            self._turn(
                landscape
                or neighbours.is_turned(block)
                or (isinstance(block, Signature) and neighbours.is_turned(previous))
            )
            if isinstance(block, Paragraph):
                above = self._above(blocks, index) if keep and block.role is Role.BODY else None
                write = partial(self._paragraph, block, previous, following)
                self._out.append(Closing(words_of(block), write, above).fill if above else write(keep))
            elif isinstance(block, Heading):
                runs = write_runs(labelled(block.label, block.runs))
                self._out.append(_open_heading(block.level) + runs + "</w:p>")
            elif isinstance(block, Table):
                self._part_from_table(previous)
                self._table(block, keep, self._above(blocks, index) if keep else None)
            elif isinstance(block, Figure):
                if len(beside) > 1:
                    self._part_from_table(previous)
                behind = self._signed(blocks[end:]) if keep else 0
                self._out += self.figures.write(beside, self._area(), keep, behind)
            elif isinstance(block, Signature):
                # 附注 stands on the next line (7.3.7), not on a page of its own.
                held = KEEP_NEXT if neighbours.is_remark(following) else ""
                self._out.append(self._when_filled(partial(self._signature, held), block.organisation, block.date))
            else:
                self._out.append(PAGE_BREAK)

    def _part_from_table(self, previous: Block | None) -> None:
        """Set a line behind a table that ends a document, or that the next one would become one with."""
        if isinstance(previous, Table) or (isinstance(previous, Figure) and previous.beside):
            self._out.append(_SECTION_BREAK.format(""))

    def attachment(self, attachment: Attachment) -> None:
        """Write an attachment; its label opens a page unless a section break already has."""
        properties = "" if self._turn(attachment.landscape) else "<w:pageBreakBefore/>"
        label = write_runs((Run(attachment.label),))
        self._out.append(open_paragraph("AttachmentLabel", properties) + label + "</w:p>")
        self._out.append(self._title(open_paragraph("AttachmentTitle"), attachment.title))
        self.blocks(attachment.blocks, landscape=attachment.landscape)

    def _turn(self, landscape: bool) -> bool:
        """Begin pages that lie the other way, if need be; the section that ends here keeps its own way."""
        if landscape == self._landscape:
            return False
        if len(self._out) == 1:
            self._landscape = landscape
            return True
        self._out.append(_SECTION_BREAK.format(self._section()))
        self._landscape = landscape
        return True

    def _section(self) -> str:
        """End the section at hand."""
        first, self._first_section = self._first_section, False
        return self._base.section(landscape=self._landscape, first=first)

    def _area(self) -> tuple[int, int]:
        """Return width and height of the type area of the page at hand, in twips."""
        page = self._layout.page
        return (page.turned, page.type_area) if self._landscape else (page.type_area, page.turned)

    def _table(self, block: Table, keep: str, above: Above | None) -> None:
        self.tables.append(TablePattern(block, self._area()[0], keep, self._layout, above))
        self._out.append(self.tables[-1].fill)

    def _above(self, blocks: Sequence[Block], at: int) -> Above | None:
        """Return what stands before a table that a signature follows; nothing where that is not known."""
        if self._landscape or not isinstance(blocks[at + 1], Signature):
            return None
        tables = [table.heights for table in self.tables]
        figures = partial(self.figures.heights, area=self._area())
        return Above(blocks[:at], self._layout, self._words, self._signed(blocks[at + 1 :]), tables, figures)

    def _signed(self, blocks: Sequence[Block]) -> int:
        """Return how high a signature is with what follows it; nothing where there is none."""
        if not (blocks and isinstance(blocks[0], Signature)):
            return 0
        room, names = self._layout.grid.characters - _BESIDE_NAME, slots.hidden(blocks[0].organisation).split("\n")
        lines = sum(max(math.ceil(width(name) / room), 1) for name in names)
        return (_SIGNATURE + lines + sum(map(self._lines, blocks[1:]))) * self._layout.grid.pitch

    def _lines(self, block: Block) -> int:
        """Return how many lines a paragraph takes."""
        words = slots.hidden(text_of(block.runs)) if isinstance(block, Paragraph) else ""
        return max(math.ceil((self._layout.grid.indent + room(words)) / self._layout.grid.characters), 1)

    @staticmethod
    def _when_filled(write: Callable[..., str], *texts: str) -> str | Callable[[Encoded], bytes]:
        """Write from texts at once, or once their slots are filled."""
        if not any(map(slots.has_slots, texts)):
            return write(*texts)
        return lambda encoded: write(*[slots.fill(text, encoded.fillings) for text in texts]).encode()

    def _paragraph(
        self, block: Paragraph, previous: Block | None, following: Block | None, keep: str
    ) -> str | Callable[[Encoded], bytes]:
        role, properties = block.role, ""
        if role in ISSUED:
            return issued.paragraph(block, previous, following, self._layout)
        if role is Role.BODY:
            properties = keep
        elif role is Role.ATTACHMENT_NOTE:
            first = not neighbours.is_attachment_note(previous)
            # The first name does not stand alone at the foot of a page.
            held = KEEP_NEXT if first and neighbours.is_attachment_note(following) else keep
            properties = held + self._attachment_note(block, first=first)
        elif role is Role.NOTE:  # one that is parted leaves a word or two alone on a page
            properties = (KEEP_NEXT if neighbours.is_remark(following) else "") + KEEP_LINES
        elif neighbours.is_title(block) and neighbours.is_title(following):
            properties = '<w:spacing w:after="0"/>'
        opening = open_paragraph(STYLES[role], properties)
        if role.look is Look.TITLE:
            return self._title(opening, block.runs)
        words = write_runs(labelled(block.label, block.runs)) + "</w:p>"
        return self._run_in(block.heading, role, properties) + words if block.heading else opening + words

    def _run_in(self, heading: Heading, role: Role, properties: str) -> str:
        """Open a paragraph with a heading at its head, so that Word's navigation shows it.

        An outline level shows the paragraph there as a whole. A style separator, a paragraph mark that Word alone runs
        over, shows the heading alone; LibreOffice and the libraries that read Word files break the line at it.
        """
        words = write_runs(labelled(heading.label, heading.runs), heading=heading.level)
        if self._layout.style_separator:
            return f"{_open_heading(heading.level, _SEPARATOR)}{words}</w:p>{open_paragraph(STYLES[role], properties)}"
        return open_paragraph(STYLES[role], properties + _outline(heading.level)) + words

    def _title(self, opening: str, title: Sequence[Run]) -> str | Callable[[Encoded], bytes]:
        if any(run.blank for run in title):
            return opening + write_runs(title) + "</w:p>"
        capacity = self._area()[0] / self._layout.title.size
        text = text_of(title)
        # One that fits, in every document, is not broken by anybody's name.
        organisation = "" if room(text) <= capacity and not slots.has_slots(text) else self._organisation
        return self._when_filled(partial(self._broken, opening, capacity), text, organisation)

    def _broken(self, opening: str, capacity: float, title: str, organisation: str) -> str:
        text = "\n".join(break_title(title, capacity, self._words, organisation))
        return opening + write_runs((Run(text),)) + "</w:p>"

    def _attachment_note(self, block: Paragraph, *, first: bool) -> str:
        """附件：1.名称, wrapped lines align with the name's first character (7.3.4)."""
        layout = self._layout
        hanging = width(block.label)
        left = layout.grid.indent + width(block.indent) + hanging
        spacing = f'<w:spacing w:before="{self._blank_line}"/>' if first else ""
        # Twips alone: Word's leftChars does not contain the hanging part, left does, and characters win over twips.
        return f'{spacing}<w:ind w:left="{layout.characters(left)}" w:hanging="{layout.characters(hanging)}"/>'

    def _signature(self, held: str, organisation: str, date: str) -> str:
        """署名 ends two characters from the right edge; the date starts two characters after it starts.

        A date longer than the name ends two characters from the edge, and the name moves left (7.3.5.2). All is set
        from the right edge, which nothing may cross, however wide digits are in a font.
        """
        layout, day = self._layout, width(date)
        names: list[str] = []
        for name in organisation.split("\n") if organisation else []:
            names += break_title(name, layout.grid.characters - _BESIDE_NAME, self._words)
        longest = max(map(width, names), default=0.0)
        lines = [(name, 2.0 if longest >= day else day + 4 - longest) for name in names]
        if date:
            lines.append((date, longest - day if longest >= day else 2.0))
        parts = []
        for index, (text, right) in enumerate(lines):
            keep = KEEP_NEXT if index + 1 < len(lines) else held
            spacing = f'<w:spacing w:before="{self._blank_line}"/>' if index == 0 else ""
            place = f'<w:ind w:right="{layout.characters(right)}"/><w:jc w:val="right"/>'
            parts.append(open_paragraph("Signature", keep + spacing + place) + write_runs((Run(text),)) + "</w:p>")
        return "".join(parts)


def _open_heading(level: int, mark: str = "") -> str:
    """Open a heading; below the fourth level, the standard's last, they look like it and differ in outline only."""
    if level <= DEEPEST_FACE:
        return open_paragraph(f"Heading{level}", mark)
    return open_paragraph(f"Heading{DEEPEST_FACE}", _outline(level) + mark)


def _outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level - 1}"/>'
