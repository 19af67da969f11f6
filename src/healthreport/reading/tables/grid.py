"""A sheet as it is read: township by township down, whichever way round it was written.

A transposed sheet, two tables side by side and townships over several rows become the one common shape; every
cell still knows where it stands in the sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.sheets import Cell, Sheet

Spot = tuple[int, int]
Area = tuple[int, int, int, int]


class Grid(NamedTuple):
    """Texts in rows of one length, merged cells, and where a cell stands in the sheet."""

    sheet: Sheet
    texts: list[list[str]]
    merged: tuple[Area, ...]
    spot: Callable[[int, int], Spot]
    shape: str = ""

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell of the sheet."""
        return self.sheet.cell(*self.spot(row, column))

    def place(self, row: int, column: int) -> Position:
        """Return where a cell stands in the sheet."""
        return self.sheet.place(*self.spot(row, column))

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.texts[0]) if self.texts else 0

    def indent(self, row: int, column: int) -> int:
        """Return how far a cell's text is set in, in half-width blanks."""
        return self.sheet.indents.get(self.spot(row, column), 0)

    def hidden(self, row: int, column: int) -> bool:
        """Say whether a cell is not shown."""
        down, across = self.spot(row, column)
        return down in self.sheet.hidden_rows or across in self.sheet.hidden_columns


TRANSPOSED, BESIDE, SPREAD, JOINED = "transposed", "side by side", "several rows", "several tables"


def of_sheet(sheet: Sheet) -> Grid:
    """Return a sheet as it was written."""
    return Grid(sheet, sheet.texts, tuple(sheet.merged), lambda row, column: (row, column))


def transposed(grid: Grid) -> Grid:
    """Return a sheet with its rows for columns."""
    texts = [list(column) for column in zip(*grid.texts, strict=True)]
    merged = tuple((left, top, right, bottom) for top, left, bottom, right in grid.merged)
    return Grid(grid.sheet, texts, merged, lambda row, column: grid.spot(column, row), TRANSPOSED)


def part(grid: Grid, top: int, below: int, left: int, beside: int) -> Grid:
    """Return some rows and columns of a sheet, those up to ``below`` and ``beside``."""
    texts = [row[left:beside] for row in grid.texts[top:below]]
    merged = tuple(
        (max(first, top) - top, max(start, left) - left, min(last, below - 1) - top, min(end, beside - 1) - left)
        for first, start, last, end in grid.merged
        if first < below and last >= top and start < beside and end >= left
    )
    return Grid(grid.sheet, texts, merged, lambda row, column: grid.spot(top + row, left + column), grid.shape)


def spread(grid: Grid, texts: list[list[str]], spots: list[list[Spot]]) -> Grid:
    """Return a sheet of which each township filled several rows, a row each; ``spots`` are those of the cells."""
    return Grid(grid.sheet, texts, (), lambda row, column: grid.spot(*spots[row][column]), SPREAD)
