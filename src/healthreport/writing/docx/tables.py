"""Tables: ``w:tbl`` with spans, a header that repeats, and numbers aligned."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots
from healthreport.trees.document import text_of
from healthreport.values.width import width
from healthreport.writing.docx.runs import KEEP_NEXT, open_paragraph, write_caption, write_runs
from healthreport.writing.docx.xml_pattern import Encoded, XmlPattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from healthreport.trees.document import Cell, Table

_NUMBER = re.compile(r"[≤≥<>]?[-−]?[\d,.*]+[^\s\d年月日]{0,4}|—?|持平|[增下提减][长降高加少][\d.]+\S{0,5}")
_NARROWEST = 3.0
_PADDING = 2.0
_LEFT_FROM = 8.0  # a column with cells this wide reads better flush left
_MOST_PATTERNS = 64
_APART = "\x1e"  # stands in no text, as no control character does


class _Placed(NamedTuple):
    """A cell in its column; ``cell`` is none where a cell above reaches down."""

    column: int
    across: int
    cell: Cell | None


class _Column:
    """What a column's cells say of its looks: its widest line, the widest text of its rows, if all are numbers.

    Widths are in characters. ``filled`` says whether a row has anything in the column.
    """

    __slots__ = ("filled", "line", "numbers", "text")

    def __init__(self, line: float = 0.0, text: float = 0.0, *, numbers: bool = True, filled: bool = False) -> None:
        self.line = line
        self.text = text
        self.numbers = numbers
        self.filled = filled

    def copy(self) -> _Column:
        """Return the same, to be added to."""
        return _Column(self.line, self.text, numbers=self.numbers, filled=self.filled)

    def add(self, text: str, *, header: bool) -> None:
        """Take one more cell into account."""
        whole = width(text)
        line = whole if "\n" not in text else max(map(width, text.split("\n")))
        self.line = max(self.line, line)
        if not header:
            self.text = max(self.text, whole)
            self.numbers = self.numbers and _NUMBER.fullmatch(text) is not None
            self.filled = self.filled or bool(text)

    @property
    def alignment(self) -> str:
        """Numbers flush right so that their places stand under each other, long texts left, the rest centred."""
        if self.filled and self.numbers:
            return '<w:jc w:val="right"/>'
        return '<w:jc w:val="left"/>' if self.text > _LEFT_FROM else ""


class TablePattern:
    """A table as wide as ``area`` with its caption and note, written for each report's figures.

    ``keep`` holds it to what follows; ``character`` is the width of a character. Both widths in twips.
    Tables with columns of the same widths and looks share everything but the figures.
    """

    def __init__(self, table: Table, area: int, keep: str, character: int) -> None:
        self._table = table
        self._area = area
        self._keep = keep
        self._room = area / character
        self._header, self._rows = list(_place(table.header)), list(_place(table.rows))
        self._count = sum(placed.across for placed in (self._header or self._rows)[0])
        self._columns = [_Column() for _ in range(self._count)]
        self._open: list[tuple[int, bool]] = []
        self._patterns: dict[tuple[tuple[int, ...], tuple[str, ...]], XmlPattern] = {}
        texts = []
        for header, rows in ((True, self._header), (False, self._rows)):
            for column, text in _texts(rows):
                if slots.has_slots(text):
                    self._open.append((column, header))
                    texts.append(text)
                else:
                    self._columns[column].add(text, header=header)
        self._texts = _APART.join(texts)  # those of the open cells, filled all at once

    def fill(self, encoded: Encoded) -> bytes:
        """Return the table with its slots filled."""
        columns = [column.copy() for column in self._columns]
        texts = slots.fill(self._texts, encoded.fillings).split(_APART)
        for (at, header), text in zip(self._open, texts, strict=False):  # of no cells there is one text, ""
            columns[at].add(text, header=header)
        looks = tuple(self._widths(columns)), tuple([column.alignment for column in columns])
        pattern = self._patterns.get(looks)
        if pattern is None:
            if len(self._patterns) >= _MOST_PATTERNS:
                self._patterns.clear()
            pattern = self._patterns[looks] = XmlPattern([self._write(*looks)])
        return pattern.fill(encoded)

    def _write(self, widths: tuple[int, ...], aligned: tuple[str, ...]) -> str:
        table, keep = self._table, self._keep
        grid = "".join(f'<w:gridCol w:w="{twips}"/>' for twips in widths)
        parts = [write_caption("Caption", table.label, table.caption)]
        parts.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        )
        parts += [_row(row, widths, aligned, keep=KEEP_NEXT, header=True) for row in self._header]
        for row in self._rows:
            # The name of a group stays with the group; the last row with what the table stays with.
            held = keep if row is self._rows[-1] else KEEP_NEXT if row[0].across == self._count > 1 else ""
            parts.append(_row(row, widths, aligned, keep=held, header=False))
        parts.append("</w:tbl>")
        if table.note:
            parts.append(open_paragraph("TableNote", keep) + write_runs(table.note) + "</w:p>")
        return "".join(parts)

    def _widths(self, columns: Sequence[_Column]) -> list[int]:
        """Share the area out: as the report says, else by need, and where that is too much the widest gives way."""
        given = self._table.widths
        shares = list(given) or [max(_NARROWEST, column.line + _PADDING) for column in columns]
        excess = sum(shares) - self._room
        if excess > 0 and not given:
            widest = shares.index(max(shares))
            shares[widest] = max(shares[widest] - excess, _NARROWEST * 2)
        total = sum(shares)
        return [int(self._area * share / total) for share in shares]


def _texts(rows: Iterable[list[_Placed]]) -> Iterator[tuple[int, str]]:
    """Yield column and text of every cell that stands in one column alone."""
    for row in rows:
        for column, across, cell in row:
            if cell is not None and across == 1:
                yield column, text_of(cell.runs)


def _place(rows: Sequence[Sequence[Cell]]) -> Iterator[list[_Placed]]:
    """Lay cells into columns, leaving a place wherever a cell above reaches down."""
    below: dict[int, tuple[int, int]] = {}  # column → (rows still to fill, columns across)
    for row in rows:
        placed: list[_Placed] = []
        cells = list(row)
        column = 0
        while cells or column in below:
            if column in below:
                left, across = below.pop(column)
                placed.append(_Placed(column, across, None))
            else:
                cell = cells.pop(0)
                left, across = cell.down, cell.across
                placed.append(_Placed(column, across, cell))
            if left > 1:
                below[column] = (left - 1, across)
            column += across
        yield placed


def _row(row: list[_Placed], widths: Sequence[int], aligned: Sequence[str], *, keep: str, header: bool) -> str:
    repeat = "<w:tblHeader/>" if header else ""
    style = "TableHeader" if header else "TableText"
    content = []
    for column, across, cell in row:
        align = "" if header or across > 1 else aligned[column]
        room = widths[column] if across == 1 else sum(widths[column : column + across])
        merge = "continue" if cell is None else "restart" if cell.down > 1 else ""
        start = _open_cell(style, keep + align, room, across, merge)
        content.append(f"{start}{write_runs(cell.runs) if cell else ''}</w:p></w:tc>")
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(content)}</w:tr>"


@lru_cache(maxsize=1024)
def _open_cell(style: str, properties: str, room: int, across: int, merge: str) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f"{open_paragraph(style, properties)}"
    )
