"""Sheets as their readers fill them, the limits they must keep, and the errors that end their reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.reading.packed import zip_parts
from healthreport.reading.tables.workbook import cells

if TYPE_CHECKING:
    from healthreport.reading.tables.workbook.formats import Format

MAX_CELLS = 2_000_000
# A file that holds more has to be as large as one of a country is: what repeats itself is small.
BYTES_A_CELL, MOST_CELLS = 4, 4_500_000
MAX_CHARACTERS = 100_000_000
INDENT = 2  # of one level, in half-width blanks
UNCACHED = "公式没有算出的值"
TOO_MUCH = "表格里的内容太多。"

Place = tuple[int, int]


@dataclass(slots=True)
class Grid:
    """A sheet of a workbook; rows and columns count from 0.

    ``merged`` holds first row, first column, last row and last column of the cells that are one, ``errors``
    what keeps a cell from having a value, ``hidden_rows`` the hidden ones that hold something. Of cells that
    hold numbers, ``dates`` says which ones a format shows as a day or a time, ``units`` the unit that a
    format shows behind the number, and ``scales`` by which power of ten the number shown is smaller than the one
    stored: 4 where 693500 is shown as 69.4. ``indents`` says how far texts are set in, in half-width
    blanks. The texts are what is stored.
    """

    name: str
    visible: bool = True
    texts: list[list[str]] = field(default_factory=list)
    width: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    text_numbers: set[Place] = field(default_factory=set)
    dates: set[Place] = field(default_factory=set)
    units: dict[Place, str] = field(default_factory=dict)
    scales: dict[Place, int] = field(default_factory=dict)
    indents: dict[Place, int] = field(default_factory=dict)

    def text(self, row: int, column: int, text: cells.Text) -> str:
        """Return what a cell of text says, and note what is peculiar about it."""
        if text.wrong:
            self.errors[row, column] = text.wrong
        if text.is_number:
            self.text_numbers.add((row, column))
        if text.indent:
            self.indents[row, column] = text.indent
        return text.value

    def number(self, row: int, column: int, value: float, shown: Format, *, since_1904: bool) -> str:
        """Return what a number says in its format, and note what the format makes of it."""
        if shown.is_date or shown.is_elapsed:
            moment = cells.elapsed(value) if shown.is_elapsed else cells.moment(value, since_1904=since_1904)
            if moment:
                self.dates.add((row, column))
                return moment
        if shown.unit:
            self.units[row, column] = shown.unit
        if shown.scale:
            self.scales[row, column] = shown.scale
        return cells.number(value, shown.percent)

    def finished(self) -> Grid:
        """Fill up its rows to one length, and leave out empty ones at the end and what lies beyond."""
        while self.texts and not any(self.texts[-1]):
            self.texts.pop()
        height, width = len(self.texts), self.width
        for texts in self.texts:
            texts.extend([""] * (width - len(texts)))
        self.merged = [
            (top, left, min(bottom, height - 1), min(right, width - 1))
            for top, left, bottom, right in self.merged
            if top < height and left < width
        ]
        self.hidden_rows = {row for row in self.hidden_rows if row < height}
        self.hidden_columns = {column for column in self.hidden_columns if column < width}
        return self


class Book:
    """The sheets of a file of some bytes as they are met, and what they hold together."""

    def __init__(self, file: str, size: int = 0) -> None:
        self.file = file
        self.max_cells = max(MAX_CELLS, min(size // BYTES_A_CELL, MOST_CELLS))
        self.grids: list[Grid] = []
        self.since_1904 = False
        self._elsewhere = 0
        self._characters = 0
        self._merged = 0

    def begin(self, name: str, *, visible: bool) -> Grid:
        """Begin the next sheet."""
        if self.grids:
            self._elsewhere += len(self.grids[-1].texts) * self.grids[-1].width
        self.grids.append(Grid(name, visible))
        return self.grids[-1]

    def reach(self, row: int, column: int) -> None:
        """Make sure that the last sheet may be as large as to hold a cell.

        Raises :class:`HealthReportError` when all sheets together would hold too much.
        """
        grid = self.grids[-1]
        height, width = max(len(grid.texts), row + 1), max(grid.width, column + 1)
        if self._elsewhere + height * width > self.max_cells:
            place = Position(self.file, sheet=grid.name, cell=cell_name(row, column))
            raise too_large(place, f"表格一直排到这里，超过{self.max_cells // 10_000}万格。")

    def add(self, row: int, texts: list[str], *, times: int = 1) -> None:
        """Give the last sheet a row, as often as it is repeated; empty texts leave what is there already.

        Raises :class:`HealthReportError` when all sheets together hold too much.
        """
        grid = self.grids[-1]
        self.reach(row + times - 1, len(texts) - 1)
        self._characters += times * sum(map(len, texts))
        if self._characters > MAX_CHARACTERS:
            raise too_large(Position(self.file, sheet=grid.name), TOO_MUCH)
        grid.width = max(grid.width, len(texts))
        while len(grid.texts) < row:
            grid.texts.append([])
        for number in range(row, row + times):
            if number == len(grid.texts):
                grid.texts.append(texts if number == row else [*texts])
            else:
                there = grid.texts[number]
                there += [""] * (len(texts) - len(there))
                there[: len(texts)] = [new or old for new, old in zip(texts, there, strict=False)]

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note cells of the last sheet that are one. Raises :class:`HealthReportError` when they are too many."""
        self._merged += 1
        if self._merged > MAX_CELLS:
            raise too_large(Position(self.file, sheet=self.grids[-1].name), TOO_MUCH)
        self.grids[-1].merged.append((top, left, bottom, right))


def cell_name(row: int, column: int) -> str:
    """Return a cell's name from its row and column, counted from 0: ``A1``, ``AB12``."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def damaged(file: str) -> HealthReportError:
    """Return the error for a file that cannot be opened."""
    hint = "请重新取一份；如果 Excel 或 WPS 能打开，请另存为 .xlsx 再试。"
    return error("damaged-table", "表格打不开：文件不完整，或已损坏。", Position(file), hint=hint)


def protected(file: str) -> HealthReportError:
    """Return the error for a file that needs a password."""
    hint = "请在 Excel 或 WPS 中打开，取消密码后另存一份。"
    return error("protected-table", "表格设了打开密码，读不了。", Position(file), hint=hint)


def too_large(place: Position, message: str) -> HealthReportError:
    """Return the error for a file that would not fit into memory."""
    return error("too-large", message, place, hint="请只留要用的工作表、行和列，另存一份。")


def unpacked_too_large(file: str) -> HealthReportError:
    """Return the error for a file that unpacks to too much."""
    return too_large(Position(file), f"表格展开后超过{zip_parts.MAX_UNPACKED // 1_000_000}MB。")


def no_table(file: str, message: str, hint: str) -> HealthReportError:
    """Return the error for a file that is something else."""
    return error("not-a-table", message, Position(file), hint=hint)
