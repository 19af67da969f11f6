"""What stands one below the other (17.2.2): paragraphs, tables, sections, text boxes → the parts of a manuscript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.diagnostics import Position
from healthreport.reading.word import paragraphs, tables
from healthreport.reading.word.fields import PAGE_NUMBER
from healthreport.reading.word.flow import Flow
from healthreport.reading.word.inline import Inline, chosen
from healthreport.reading.word.names import MC, VAL, R, W, number
from healthreport.reading.word.numbering import Story
from healthreport.reading.word.refusals import too_deep, too_large
from healthreport.trees.manuscript import Image, Line, Span, Turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

    from healthreport.reading.word.numbering import Lists
    from healthreport.reading.word.paragraphs import Head
    from healthreport.reading.word.styles import Styles
    from healthreport.trees.manuscript import Part
    from healthreport.trees.omitted import Omitted

DEEPEST = 40  # tables and text boxes within one another
MAX_CELLS = 200_000
_SDT_CONTENT, _GALLERY = f"{W}sdtContent", f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"
_TO_A_PAGE = re.compile(r"\t.*\d$")
_SAME_PAGE = ("continuous", "nextColumn")
# What stands around a page number in the body: — 1 —, 第1页 共2页.
_AROUND_PAGE_NUMBER = " \t\u3000-—–─·/第页共"


class Blocks:
    """Reads the blocks of one part, in their order."""

    def __init__(self, file: str, inline: Inline, styles: Styles, lists: Lists, omitted: Omitted) -> None:
        self._file = file
        self._inline = inline
        self._styles = styles
        self._lists = lists
        self._omitted = omitted
        self._story = Story()
        self._paragraphs = 0
        self._depth = 0
        self._waiting: tuple[Head, Flow] | None = None  # a paragraph whose mark does not end its line
        self._new_page = False
        self._cells = 0
        self._from_cells: list[Part] = []
        self._contents = False
        self._landscape = False
        self._section_from = 0
        self._sections = 0
        self.margins: list[str] = []  # relationships of headers and footers

    def read(self, body: Element) -> list[Part]:
        """Return the parts of a body."""
        out: list[Part] = []
        self._walk(body, out)
        self._end_line(out)
        return out

    def _walk(self, parent: Element, out: list[Part]) -> None:
        for child in parent:
            read = _BLOCKS.get(child.tag)
            if read is not None:
                read(self, child, out)

    def _inside(self, parent: Element) -> list[Part]:
        """Return what stands in a cell or a text box."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise too_deep(self._file)
        out: list[Part] = []
        waiting, self._waiting = self._waiting, None
        self._walk(parent, out)
        self._end_line(out)
        self._waiting = waiting
        self._depth -= 1
        return out

    def _place(self) -> Position:
        return Position(self._file, line=self._paragraphs, cell=f"第{self._paragraphs}段")

    def _paragraph(self, element: Element, out: list[Part]) -> None:
        self._paragraphs += 1
        head = paragraphs.head(element, self._styles)
        before, flow = self._waiting or (head, Flow())
        joined = self._waiting is not None and before.hidden
        self._waiting = None
        self._inline.read(element, head.style, flow)
        if head.hidden and not flow.length and not joined:
            self._tell(flow)
            self._after(flow, out)
        elif head.removed or head.hidden:
            if head.hidden and not joined:
                flow.run_in, flow.run_in_level, flow.joined = flow.length, paragraphs.level(head), True
            self._waiting = (before if joined else head, flow)
        else:
            self._line(before if joined else head, flow, out)
        if head.section is not None:
            self._end_line(out)
            self._section(head.section, out)

    def _end_line(self, out: list[Part]) -> None:
        """Finish a line that nothing follows."""
        if self._waiting is not None:
            head, flow = self._waiting
            self._waiting = None
            if flow.length or not head.removed:
                self._line(head, flow, out)

    def _line(self, head: Head, flow: Flow, out: list[Part]) -> None:
        """Add the lines of a paragraph, and behind them what hangs on it."""
        self._tell(flow)
        left_out = bool(flow.left_out) and not flow.length
        if not left_out and not self._is_page_number(flow):
            found = paragraphs.lines(head, flow, self._place(), self._lists, self._story)
            if self._contents or flow.in_contents or (head.style.is_contents and _TO_A_PAGE.search(flow.words())):
                found = [one._replace(is_contents=True, level=0) for one in found]
            if found and self._new_page:
                found[0] = found[0]._replace(new_page=True)
                self._new_page = False
            out.extend(found)
            self._new_page = self._new_page or flow.ends_page or (flow.starts_page and not found)
        self._after(flow, out)

    def _is_page_number(self, flow: Flow) -> bool:
        kinds = {kind for kind, _ in flow.left_out}
        return PAGE_NUMBER in kinds and not flow.words().strip(_AROUND_PAGE_NUMBER)

    def _tell(self, flow: Flow) -> None:
        for kind, texts in flow.left_out:
            self._omitted.add(kind, "".join(texts), self._place())

    def _after(self, flow: Flow, out: list[Part]) -> None:
        """Add the pictures of a paragraph, and the lines of its text boxes, which count for themselves."""
        for one in flow.drawn:
            if one.missing:
                self._omitted.add(one.missing, one.name, self._place())
            else:
                out.append(Image(one.data, one.suffix, self._place(), one.width, one.turned))
        for box in flow.boxes:
            if isinstance(box, str):
                out.append(Line((Span(box),), self._place()))
                continue
            story, self._story = self._story, Story()
            out.extend(self._inside(box))
            self._story = story

    def _table(self, element: Element, out: list[Part]) -> None:
        self._end_line(out)
        place = self._place()._replace(line=self._paragraphs + 1, cell=f"第{self._paragraphs + 1}段")
        grid = tables.grid(element, place, self._cell)
        if any(cell.lines for row in grid.rows for cell in row) or self._depth:
            out.append(grid)
            self._new_page = False
        if not self._depth:
            out.extend(self._from_cells)
            self._from_cells = []

    def _cell(self, element: Element) -> tuple[Line, ...]:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise too_large(self._file)
        parts = self._inside(element)
        self._from_cells.extend(part for part in parts if isinstance(part, Image))
        return tuple(tables.flattened(parts))

    def _content(self, element: Element, out: list[Part]) -> None:
        gallery, content = element.find(_GALLERY), element.find(_SDT_CONTENT)
        if content is None:
            return
        before = self._contents
        self._contents = before or (gallery is not None and gallery.get(VAL) == "Table of Contents")
        self._walk(content, out)
        if self._contents and not before:
            self._end_line(out)
        self._contents = before

    def _alternative(self, element: Element, out: list[Part]) -> None:
        self._walk(chosen(element), out)

    def _other_document(self, _: Element, out: list[Part]) -> None:  # noqa: ARG002 - as the other blocks are read
        self._omitted.add("嵌入的文档", "", self._place())

    def _section(self, section: Element, out: list[Part]) -> None:
        """End a section: what it says of its pages holds from where it began (17.6.17)."""
        if self._depth:
            return
        self.margins += [
            one.get(f"{R}id", "") for one in section.iterchildren(f"{W}headerReference", f"{W}footerReference")
        ]
        size, type = section.find(f"{W}pgSz"), section.find(f"{W}type")
        landscape = size is not None and _lies_across(size)
        first = out[self._section_from] if self._section_from < len(out) else None
        if landscape != self._landscape:
            out.insert(self._section_from, Turn(landscape))
        elif self._sections and isinstance(first, Line) and (type is None or type.get(VAL) not in _SAME_PAGE):
            out[self._section_from] = first._replace(new_page=True)
        self._landscape = landscape
        self._section_from = len(out)
        self._sections += 1


def _lies_across(size: Element) -> bool:
    across, down = number(size.get(f"{W}w")), number(size.get(f"{W}h"))
    return size.get(f"{W}orient") == "landscape" if not across or not down else across > down


_BLOCKS: dict[str, Callable[[Blocks, Element, list[Part]], None]] = {
    f"{W}p": Blocks._paragraph,
    f"{W}tbl": Blocks._table,
    f"{W}sdt": Blocks._content,
    **dict.fromkeys([f"{W}{tag}" for tag in ("customXml", "ins", "moveTo")], Blocks._walk),
    f"{MC}AlternateContent": Blocks._alternative,
    f"{W}altChunk": Blocks._other_document,
    f"{W}sectPr": Blocks._section,
}
