"""Tables as they are sent in, ``.xlsx`` ``.xls`` ``.ods`` and ``.csv``: sheets of text cells that know their place.

The kind is told by the content, not by the name. Numbers lose nothing and gain nothing on their way to
text: 1059, 62.2, 92.5%, 2022-12-30, 是.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from sys import intern

from healthreport.diagnostics import Diagnostic, Position, error
from healthreport.reading.tables import delimited
from healthreport.reading.tables.workbook import facts, opening
from healthreport.reading.tables.workbook.cells import clean, indent
from healthreport.reading.tables.workbook.facts import Grid, Place
from healthreport.reading.yaml.encodings import BLANKS, CONTROL, decode
from healthreport.reading.yaml.nodes import Scalar, Source

MAX_TEXT_BYTES = 20_000_000
_FLOAT = re.compile(r"-?\d+\.0", re.ASCII)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Cell(Scalar):
    """A cell: its text, empty when missing; its ``row`` and ``column`` counted from 0.

    ``error`` says what keeps a cell from having a value: ``#REF!``, a formula never computed; ``value``
    is then what the cell shows, or the formula.
    """

    __slots__ = ("column", "error", "row", "sheet")

    def __init__(self, value: str, source: Source, row: int, column: int, sheet: str = "", error: str = "") -> None:
        # The style of quoted text: what stands in a cell is never a key with a mistyped colon.
        super().__init__(value, source, 0, 0, '"')
        self.row = row
        self.column = column
        self.sheet = sheet
        self.error = error

    def position(self, start: int = 0, end: int | None = None) -> Position:  # noqa: ARG002
        """Return sheet and cell; parts of a cell have no place of their own."""
        return Position(self.source.name, sheet=self.sheet, cell=facts.cell_name(self.row, self.column))

    def problem(self) -> Diagnostic | None:
        """Return what is wrong with a cell that has an error."""
        if not self.error:
            return None
        message = f"单元格是错误值 {self.error}。" if self.error == self.value else f"单元格的{self.error}。"
        uncached = self.error == facts.UNCACHED
        hint = "请在 Excel 中打开并保存一次。" if uncached else "请改好这一格，或清空它，再保存。"
        return Diagnostic("bad-cell", message, self.position(), hint=hint)


class _TextCell(Cell):
    """A cell of a csv file, whose place is a line and a column."""

    __slots__ = ("_span_of",)

    def __init__(self, value: str, row: int, column: int, error: str, sheet: Sheet) -> None:
        super().__init__(value, sheet.source, row, column, error=error)
        self._span_of = sheet.span

    def position(self, start: int = 0, end: int | None = None) -> Position:
        """Return the place of ``value[start:end]``, or of the whole cell where quotes are doubled inside."""
        first, last = self._span_of(self.row, self.column)
        if self.source.text[first:last] != self.value:
            start, end = 0, None
        return self.source.position(first + start, last if end is None else first + end)


@dataclass(slots=True)
class Sheet:
    """A sheet: its file, its name, the texts of its rows, all of one length, and what a workbook says of its cells.

    A merged cell is first row, first column, last row, last column, counted from 0; what it covers is empty.
    ``errors`` holds by row and column what keeps a cell from having a value. Rows and columns are hidden by hand,
    by a filter, folded, or of no height; only rows that hold something are named. ``text_numbers`` are cells of
    text that read as a number, which Excel does not add up; ``dates`` numbers that a format shows as a day or a
    time, ``units`` the unit it shows, ``scales`` by which power of ten the number shown is smaller than the one
    stored; ``indents`` how far texts are set in, in half-width blanks; ``floats`` what a csv says of whole numbers,
    127228.0. Texts are always what is stored.

    A table of a whole county's townships has a million cells, so a :class:`Cell` is made when it is asked for.
    The source of a csv file holds its text.
    """

    source: Source
    name: str
    texts: list[list[str]]
    merged: list[tuple[int, int, int, int]]
    errors: dict[Place, str]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    text_numbers: frozenset[Place] = frozenset()
    dates: frozenset[Place] = frozenset()
    units: dict[Place, str] = field(default_factory=dict)
    scales: dict[Place, int] = field(default_factory=dict)
    indents: dict[Place, int] = field(default_factory=dict)
    visible: bool = True
    floats: dict[Place, str] = field(default_factory=dict)
    _spans: delimited.Spans | None = None

    @property
    def rows(self) -> list[list[Cell]]:
        """All cells."""
        return [self.row(number) for number in range(len(self.texts))]

    def row(self, number: int) -> list[Cell]:
        """Return the cells of a row, counted from 0."""
        return [self.cell(number, column) for column in range(len(self.texts[number]))]

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; row and column are counted from 0."""
        value, wrong = self.texts[row][column], self.errors.get((row, column), "")
        if self.source.text:
            return _TextCell(value, row, column, wrong, self)
        return Cell(value, self.source, row, column, self.name, wrong)

    def place(self, row: int, column: int) -> Position:
        """Return where a cell stands; a table of a whole county has too many townships to make a cell of each name."""
        if self.source.text:
            return self.cell(row, column).position()
        return Position(self.source.name, sheet=self.name, cell=facts.cell_name(row, column))

    def span(self, row: int, column: int) -> tuple[int, int]:
        """Return start and end of a cell of a csv file."""
        if self._spans is None:
            self._spans = delimited.Spans(self.source)
        return self._spans.of(row, column)

    def position(self) -> Position:
        """Return the place of the first cell."""
        return self.cell(0, 0).position() if self.texts else Position(self.source.name, sheet=self.name, cell="A1")


def read_tables(data: bytes, name: str) -> list[Sheet]:
    """Read the sheets of a table; those shown and filled come first, hidden and empty ones last.

    Rows and columns before the first cell are kept, so the places are those Excel shows. A formula that
    was never computed is an error in ``.xlsx`` and ``.ods``; an ``.xls`` file does not tell it from an empty text.
    What a program writes as 127228.0 into a csv file is 127228, as it is when Excel opens the file.

    Raises :class:`HealthReportError` for what is damaged, protected, too large, empty or no table.
    """
    is_text = not opening.is_workbook(data)
    sheets = [_read_csv(_decode(data, name))] if is_text else _read_workbook(data, name)
    if not any(sheet.texts for sheet in sheets):
        raise error("empty-table", "表格是空的。", Position(name), hint="请检查是否选错了文件，填好的表是否已保存。")
    return sheets


def _read_workbook(data: bytes, name: str) -> list[Sheet]:
    grids = opening.read(data, name)
    grids.sort(key=lambda grid: (not grid.visible, not grid.texts))
    return [_sheet(grid, name) for grid in grids]


def _sheet(grid: Grid, file: str) -> Sheet:
    return Sheet(
        Source(file, ""),
        grid.name,
        grid.texts,
        grid.merged,
        grid.errors,
        frozenset(grid.hidden_rows),
        frozenset(grid.hidden_columns),
        frozenset(grid.text_numbers),
        frozenset(grid.dates),
        grid.units,
        grid.scales,
        grid.indents,
        grid.visible,
    )


def _trim(texts: list[list[str]]) -> None:
    """Drop the empty rows at the end."""
    while texts and not any(texts[-1]):
        texts.pop()


def _decode(data: bytes, name: str) -> Source:
    if len(data) > MAX_TEXT_BYTES:
        raise facts.too_large(Position(name), f"文本表格超过{MAX_TEXT_BYTES // 1_000_000}MB。")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        hint = "请在 Excel 或 WPS 中打开，另存为 .xlsx。"
        raise facts.no_table(name, "这是网页或 XML，不是表格，虽然 Excel 能打开。", hint)
    if b"\x00" in data and not data.startswith(_UTF16):
        raise facts.no_table(name, "这不是表格。", "可以用 .xlsx、.xls、.ods 和 .csv 文件。")
    return decode(data, name)


def _read_csv(source: Source) -> Sheet:
    errors: dict[tuple[int, int], str] = {}
    texts: list[list[str]] = []
    may_have_controls = CONTROL.search(source.text) is not None
    may_have_indents = "\u3000" in source.text or "  " in source.text
    indents: dict[Place, int] = {}
    may_have_floats = ".0" in source.text
    floats: dict[Place, str] = {}
    width = 0
    for start, cells in delimited.lines(source):
        row = [intern(cell.strip(BLANKS)) for cell in cells]
        if may_have_controls:
            for column, cell in enumerate(cells):
                row[column], control = clean(cell)
                if control:
                    errors[len(texts), column] = control
        if may_have_indents:
            indents |= {(len(texts), at): set_in for at, cell in enumerate(cells) if (set_in := indent(cell))}
        if may_have_floats:
            whole = [at for at, cell in enumerate(row) if _FLOAT.fullmatch(cell)]
            floats |= {(len(texts), at): row[at] for at in whole}
            for at in whole:
                row[at] = row[at][:-2]
        texts.append(row)
        width = max(width, len(row))
        if width * len(texts) > facts.MAX_CELLS:
            raise delimited.too_many_cells(source.position(start))
    _trim(texts)
    width = max(map(len, texts), default=0)
    filled = [row if len(row) == width else row + [""] * (width - len(row)) for row in texts]
    return Sheet(source, "", filled, [], errors, indents=indents, floats=floats)
