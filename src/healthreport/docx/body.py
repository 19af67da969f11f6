"""Document → ``word/document.xml``, written directly: the layout's styles carry the looks."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from healthreport.document import (
    Attachment,
    Block,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Role,
    Run,
    Signature,
    Table,
)
from healthreport.docx.styles import NAMESPACE, STYLES
from healthreport.docx.title import break_title
from healthreport.width import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.docx.base import Base
    from healthreport.layout import Layout

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:document xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONSHIPS}"><w:body>'
)
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_PLAIN = f'<w:r><w:rPr>{_HINT}</w:rPr><w:t xml:space="preserve">'
_BLANK = f'<w:r><w:rPr>{_HINT}<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">'
_HEADINGS = tuple(
    f'<w:r><w:rPr><w:rStyle w:val="Heading{level}Char"/>{_HINT}</w:rPr><w:t xml:space="preserve">'
    for level in range(1, 5)
)
_END = "</w:t></w:r>"
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
# A line of one point, so that it finds room on a full page.
_SECTION_BREAK = '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/>{}</w:pPr></w:p>'
_OPENING_ROLES = (Role.TITLE, Role.SUBTITLE, Role.SPEAKER)


def body(document: Document, base: Base, layout: Layout, words: frozenset[str]) -> str:
    """Return the main part of a document in a layout."""
    writer = _Writer(layout, words)
    parts = [_HEAD, *writer.blocks(document.blocks)]
    landscape = False
    for attachment in document.attachments:
        if attachment.landscape != landscape:
            parts.append(_SECTION_BREAK.format(base.landscape if landscape else base.section))
        parts += writer.attachment(attachment, new_page=attachment.landscape == landscape)
        landscape = attachment.landscape
    parts += [base.landscape if landscape else base.section, "</w:body></w:document>"]
    return "".join(parts)


def _runs(runs: Sequence[Run], *, bare: bool = False) -> str:
    """Return ``w:r`` for each run; ``bare`` leaves the face to the paragraph's style."""
    parts = []
    for run in runs:
        text = escape(run.text, quote=False)
        if "\n" in text:
            text = text.replace("\n", _BREAK)
        if run.blank:
            parts.append(_BLANK + text + _END)
        elif run.heading and not bare:
            parts.append(_HEADINGS[run.heading - 1] + text + _END)
        else:
            parts.append(_PLAIN + text + _END)
    return "".join(parts)


@lru_cache(maxsize=64)
def _open(style: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'


class _Writer:
    def __init__(self, layout: Layout, words: frozenset[str]) -> None:
        self._layout = layout
        self._words = words
        self._blank_line = layout.grid.pitch

    def blocks(self, blocks: Sequence[Block], area: int | None = None) -> list[str]:
        """Write blocks; ``area`` is the width they may fill, in twips."""
        out = []
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            # A signature may not stand alone on a page (7.3.5): what it follows goes with it.
            keep = "<w:keepNext/>" if _meets_signature(blocks, index + 1) else ""
            if isinstance(block, Paragraph):
                out.append(self._paragraph(block, blocks[index - 1] if index else None, following, keep))
            elif isinstance(block, Heading):
                out.append(_open(f"Heading{block.level}") + _runs(block.runs, bare=True) + "</w:p>")
            elif isinstance(block, Table):
                out.append(self._table(block, area or self._layout.page.type_area, keep))
            elif isinstance(block, Signature):
                out.append(self._signature(block))
            elif isinstance(block, PageBreak):
                out.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        return out

    def attachment(self, attachment: Attachment, *, new_page: bool) -> list[str]:
        """Write an attachment; the first paragraph opens a page unless a section break already has."""
        page = self._layout.page
        area = page.height - page.top - page.bottom if attachment.landscape else page.type_area
        parts = self.blocks(attachment.blocks, area)
        if new_page:
            style = '<w:pStyle w:val="AttachmentLabel"/>'
            parts[0] = parts[0].replace(style, style + "<w:pageBreakBefore/>", 1)
        return parts

    def _paragraph(self, block: Paragraph, previous: Block | None, following: Block | None, keep: str) -> str:
        role = block.role
        if role is Role.BODY:
            return _open("BodyText", keep) + _runs(block.runs) + "</w:p>"
        if role in (Role.TITLE, Role.ATTACHMENT_TITLE):
            return self._title(block, following)
        properties = ""
        if role is Role.ATTACHMENT_NOTE:
            properties = keep + self._attachment_note(block, previous)
        elif role in _OPENING_ROLES and _is_opening(following):
            properties = '<w:spacing w:after="0"/>'
        return _open(STYLES[role], properties) + _runs(block.runs) + "</w:p>"

    def _title(self, block: Paragraph, following: Block | None) -> str:
        layout = self._layout
        capacity = layout.page.type_area / layout.title.size
        text = "\n".join(break_title("".join(run.text for run in block.runs), capacity, self._words))
        joined = '<w:spacing w:after="0"/>' if block.role is Role.TITLE and _is_opening(following) else ""
        runs = (Run(text),) if not any(run.blank for run in block.runs) else block.runs
        return _open(STYLES[block.role], joined) + _runs(runs) + "</w:p>"

    def _attachment_note(self, block: Paragraph, previous: Block | None) -> str:
        """附件：1.名称, wrapped lines align with the name's first character (7.3.4)."""
        layout = self._layout
        hanging = width(block.hanging)
        left = layout.grid.indent + width(block.indent) + hanging
        first = not (isinstance(previous, Paragraph) and previous.role is Role.ATTACHMENT_NOTE)
        spacing = f'<w:spacing w:before="{self._blank_line}"/>' if first else ""
        return (
            f'{spacing}<w:ind w:leftChars="{round(left * 100)}" w:left="{layout.characters(left)}" '
            f'w:hangingChars="{round(hanging * 100)}" w:hanging="{layout.characters(hanging)}"/>'
        )

    def _signature(self, block: Signature) -> str:
        """署名 ends two characters from the right edge; the date starts two characters after it starts.

        A date longer than the name ends two characters from the edge, and the name moves left (7.3.5.2).
        """
        layout = self._layout
        line, day = layout.grid.characters, width(block.date)
        names = block.organisation.split("\n") if block.organisation else []
        longest = max(map(width, names), default=0.0)
        start = line - 2 - (longest if longest >= day else day + 2 * bool(names))
        lines = [(name, start + longest - width(name) if len(names) > 1 else start) for name in names]
        if block.date:
            lines.append((block.date, start + 2 if names else start))
        parts = []
        for index, (text, left) in enumerate(lines):
            keep = "<w:keepNext/>" if index + 1 < len(lines) else ""
            spacing = f'<w:spacing w:before="{self._blank_line}"/>' if index == 0 else ""
            at = max(left, 0.0)
            # Into the margin: in a font with wider digits the date must not wrap.
            right = f'w:rightChars="-300" w:right="-{layout.characters(3)}"'
            place = (
                f'<w:ind w:leftChars="{round(at * 100)}" w:left="{layout.characters(at)}" {right}/><w:jc w:val="left"/>'
            )
            parts.append(_open("Signature", keep + spacing + place) + _runs((Run(text),)) + "</w:p>")
        return "".join(parts)

    def _table(self, table: Table, area: int, keep: str) -> str:
        widths = _column_widths(table, area)
        grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
        parts = []
        if table.caption:
            parts.append(_open("Caption") + _runs(table.caption) + "</w:p>")
        parts.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        )
        if table.header:
            parts.append(_row(table.header, widths, header=True))
        parts += [_row(row, widths, header=False) for row in table.rows[:-1]]
        parts += [_row(row, widths, header=False, keep=keep) for row in table.rows[-1:]]
        parts.append("</w:tbl>")
        if table.note:
            parts.append(_open("TableNote", keep) + _runs(table.note) + "</w:p>")
        return "".join(parts)


def _row(cells: Sequence[Sequence[Run]], widths: Sequence[int], *, header: bool, keep: str = "") -> str:
    repeat = "<w:tblHeader/>" if header else ""
    opened = _open("TableHeader", "<w:keepNext/>") if header else _open("TableText", keep)
    content = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{one}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{opened}{_runs(cell)}</w:p></w:tc>'
        for cell, one in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{content}</w:tr>"


def _column_widths(table: Table, area: int) -> list[int]:
    """Share the area out: as the report says, else by the widest cell of each column, within reason."""
    shares = list(table.widths)
    if not shares:
        rows = [row for row in (table.header, *table.rows) if row]
        shares = [
            min(max(2.5, *(width("".join(run.text for run in row[i])) for row in rows)), 16.0)
            for i in range(len(rows[0]))
        ]
    total = sum(shares)
    return [int(area * share / total) for share in shares]


def _is_opening(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.role in _OPENING_ROLES


def _meets_signature(blocks: Sequence[Block], at: int) -> bool:
    """Say whether the signature stands at an index, or only 附件说明 stands before it there."""
    while at < len(blocks) and getattr(blocks[at], "role", None) is Role.ATTACHMENT_NOTE:
        at += 1
    return at < len(blocks) and isinstance(blocks[at], Signature)
