"""What stands in an ``.ods`` file (OASIS ODF 1.2 Part 1, 6.1, 9 and 19); prefixes are those every program writes."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from healthreport.reading.packed.zip_parts import scan
from healthreport.reading.tables.workbook import ods_cells
from healthreport.reading.tables.workbook.facts import INDENT, protected

if TYPE_CHECKING:
    from healthreport.reading.packed.zip_parts import Parts
    from healthreport.reading.tables.workbook.facts import Book

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_MOST = 1 << 31
_COLUMNS = 1 << 14
_CELLS = ("table-cell", "covered-table-cell")
_HIDDEN = ("collapse", "filter")
_BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}
_MOST_SPACES = 8  # of those written as one element: a text takes no more room than its XML


def read(parts: Parts, book: Book) -> None:
    """Read every sheet. Raises as :func:`zip_parts.opened` expects."""
    if _MANIFEST in parts and b"encryption-data" in parts.stream(_MANIFEST).read():
        raise protected(book.file)
    content = _Content(book)
    scan(parts.stream(CONTENT), content.begin, content.end)


class _Content:
    """The one part of an ``.ods`` file that matters, on its way through the scanner."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._row = self._column = self._columns = self._rows = self._depth = self._aside = 0
        self._hidden = False
        self._texts: list[str] = []
        self._cell: dict[str, str] = {}
        self._pieces: list[str] = []
        self._blank = ""
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._indented_styles: set[str] = set()

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if tag in _CELLS:
            self._cell, self._pieces = attributes, []
        elif tag == "p":
            self._pieces += ["\n"] if self._pieces and not self._aside else []
        elif tag in _BLANKS:
            self._blank = _BLANKS[tag] * min(_times(attributes, "text:c"), _MOST_SPACES)
        elif tag == "table-row":
            self._column = 0
            self._rows = _times(attributes, "table:number-rows-repeated")
            self._hidden = attributes.get("table:visibility") in _HIDDEN
        elif tag == "annotation":
            self._aside += 1
        else:
            self._begin_sheet(tag, attributes)

    def _begin_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of a sheet, its columns, or the style that hides it."""
        if tag == "table":
            self._depth += 1
            visible = attributes.get("table:style-name") not in self._hidden_styles
            self._book.begin(attributes.get("table:name", ""), visible=visible)
            self._row = self._columns = 0
        elif tag == "table-column":
            first, self._columns = self._columns, self._columns + _times(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility") in _HIDDEN:
                self._book.grids[-1].hidden_columns.update(range(first, min(self._columns, _COLUMNS)))
        elif tag == "style":
            self._style = attributes.get("style:name", "")
        elif tag == "table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "paragraph-properties" and attributes.get("fo:margin-left", "0").strip("0.cmintp"):
            self._indented_styles.add(self._style)

    def end(self, tag: str, text: str) -> None:
        """Take the end of an element and the text before it."""
        if tag == "table":
            self._depth -= 1
        elif tag == "table-row":
            self._end_row()
        elif tag == "annotation":
            self._aside -= 1
        elif tag in _CELLS:
            if self._depth:
                self._end_cell()
        elif not self._aside:
            self._pieces += [text, self._blank] if text or self._blank else []
            self._blank = ""

    def _end_row(self) -> None:
        if self._texts:
            self._book.add(self._row, self._texts, times=self._rows)
            if self._hidden:
                self._book.grids[-1].hidden_rows.update(range(self._row, self._row + self._rows))
        self._texts = []
        self._row += self._rows

    def _end_cell(self) -> None:
        """Note the cell that has ended, as often as it is repeated."""
        cell, text = self._cell, "".join(self._pieces)
        first, self._column = self._column, self._column + _times(cell, "table:number-columns-repeated")
        across, down = _times(cell, "table:number-columns-spanned"), _times(cell, "table:number-rows-spanned")
        if across > 1 or down > 1:
            self._book.merge(self._row, first, self._row + down - 1, first + across - 1)
        said = ods_cells.read(cell, text)
        if said is None:
            return
        if cell.get("table:style-name") in self._indented_styles:
            said = said._replace(indent=said.indent + INDENT)
        self._book.reach(self._row + self._rows - 1, self._column - 1)
        self._texts += [""] * (first - len(self._texts)) + [said.text] * (self._column - first)
        self._note(said, first)

    def _note(self, said: ods_cells.Said, first: int) -> None:
        """Note what is peculiar about a cell, at all its places."""
        if said == ods_cells.Said(said.text):
            return
        grid = self._book.grids[-1]
        places = [*product(range(self._row, self._row + self._rows), range(first, self._column))]
        if said.error:
            grid.errors.update(dict.fromkeys(places, said.error))
        if said.is_text_number:
            grid.text_numbers.update(places)
        if said.is_date:
            grid.dates.update(places)
        if said.unit:
            grid.units.update(dict.fromkeys(places, said.unit))
        if said.indent:
            grid.indents.update(dict.fromkeys(places, said.indent))
        if said.scale:
            grid.scales.update(dict.fromkeys(places, said.scale))


def _times(attributes: dict[str, str], what: str) -> int:
    """Return how often something counts, once where nothing is said."""
    times = int(attributes.get(what, 1))
    if not 0 < times <= _MOST:
        raise ValueError(what)
    return times
