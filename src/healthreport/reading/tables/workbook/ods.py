"""What an ``.ods`` file says of its cells (OASIS ODF 1.2 Part 1, 9); prefixes are those every program writes."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from healthreport.reading.tables.workbook.facts import UNCACHED, protected
from healthreport.reading.tables.workbook.zip_parts import scan

if TYPE_CHECKING:
    from healthreport.reading.tables.workbook.facts import Book
    from healthreport.reading.tables.workbook.zip_parts import Parts

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_MOST = 1 << 31
_SHOWN_PERCENT = re.compile(r"\.(\d+)\s*%")


def examine(parts: Parts, book: Book) -> None:
    """Note the facts of every sheet. Raises as :func:`packed.opened` expects."""
    if _MANIFEST in parts and b"encryption-data" in parts.stream(_MANIFEST).read():
        raise protected(book.file)
    content = _Content(book)
    scan(parts.stream(CONTENT), content.begin, content.end)


class _Content:
    """The one part of an ``.ods`` file that matters, on its way through the scanner."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._row = self._column = self._rows = self._depth = 0
        self._cell: dict[str, str] = {}
        self._text = ""
        self._aside = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "table":
            self._depth += 1
            self._book.begin(attributes.get("table:name", ""))
            self._row = 0
        elif tag == "table-row":
            self._column = 0
            self._rows = _times(attributes, "rows-repeated")
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell, self._text = attributes, ""
        elif tag == "annotation":
            self._aside += 1

    def end(self, tag: str, text: str) -> None:
        """Take the end of an element and the text before it."""
        if tag == "table":
            self._depth -= 1
        elif tag == "table-row":
            self._row += self._rows
        elif tag == "annotation":
            self._aside -= 1
        elif tag in ("table-cell", "covered-table-cell"):
            if self._depth:
                self._note()
        elif not self._aside:
            self._text += text

    def _note(self) -> None:
        """Note the cell that has ended, as often as it is repeated."""
        cell, facts, text = self._cell, self._book.sheets[-1], self._text.strip()
        kind, formula = cell.get("office:value-type", ""), cell.get("table:formula", "")
        first, self._column = self._column, self._column + _times(cell, "columns-repeated")
        across, down = _times(cell, "columns-spanned"), _times(cell, "rows-spanned")
        if across > 1 or down > 1:
            facts.merged.append(((self._row, first), (self._row + down - 1, first + across - 1)))
        if not (kind or formula or text):
            return
        rows, columns = range(self._row, self._row + self._rows), range(first, self._column)
        count = len(rows) * len(columns)
        self._book.fill(rows[-1], columns[-1], cells=count, characters=count * len(text + formula))
        if cell.get("calcext:value-type") == "error":
            facts.errors.update(dict.fromkeys(product(rows, columns), (text, text)))
        elif formula and not kind:
            facts.errors.update(dict.fromkeys(product(rows, columns), ("=" + formula.partition("=")[2], UNCACHED)))
        elif kind == "percentage":
            shown = _SHOWN_PERCENT.search(text)
            facts.percents.update(dict.fromkeys(product(rows, columns), len(shown[1]) if shown else 0))


def _times(attributes: dict[str, str], what: str) -> int:
    """Return how often something counts, once where nothing is said."""
    times = int(attributes.get(f"table:number-{what}", 1))
    if not 0 < times <= _MOST:
        raise ValueError(what)
    return times
