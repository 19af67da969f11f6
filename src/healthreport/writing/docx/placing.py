"""Cells in the rows and columns they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots
from healthreport.trees.document import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from healthreport.trees.document import Cell


class Placed(NamedTuple):
    """A cell in its row and column; ``cell`` is none where a cell above reaches down."""

    row: int
    column: int
    across: int
    cell: Cell | None


class Open(NamedTuple):
    """Cells with slots: all of a column, ``together``, or one that is of the header or reaches across."""

    cells: list[Placed]
    texts: list[str]
    header: bool
    together: bool


def texts(rows: Iterable[list[Placed]]) -> Iterator[tuple[Placed, str]]:
    """Yield every cell with its text."""
    for row in rows:
        for placed in row:
            if placed.cell is not None:
                yield placed, text_of(placed.cell.runs)


def headings(header: Sequence[list[Placed]], count: int) -> list[list[str]]:
    """Return what the header says of each column alone."""
    found: list[list[str]] = [[] for _ in range(count)]
    for placed, text in texts(header):
        if placed.across == 1:
            found[placed.column].append(text)
    return found


def alike(header: Sequence[list[Placed]]) -> Iterator[list[int]]:
    """Yield the columns that have the same heading, several at a time; those whose heading has slots are none."""
    named: dict[str, list[int]] = {}
    for placed, text in texts(header):
        if placed.across == 1 and text and not slots.has_slots(text):
            named.setdefault(text, []).append(placed.column)
    return (columns for columns in named.values() if len(columns) > 1)


def place(rows: Sequence[Sequence[Cell]]) -> Iterator[list[Placed]]:
    """Lay cells into columns, leaving a place wherever a cell above reaches down."""
    below: dict[int, tuple[int, int]] = {}  # column → (rows still to fill, columns across)
    for at, row in enumerate(rows):
        placed: list[Placed] = []
        cells = list(row)
        column = 0
        while cells or column in below:
            if column in below:
                left, across = below.pop(column)
                placed.append(Placed(at, column, across, None))
            else:
                cell = cells.pop(0)
                left, across = cell.down, cell.across
                placed.append(Placed(at, column, across, cell))
            if left > 1:
                below[column] = (left - 1, across)
            column += across
        yield placed


def in_groups(cells: Iterable[tuple[Placed, bool, str]]) -> list[Open]:
    """Return cells with slots, those of one column below the header together."""
    columns: dict[int, Open] = {}
    alone: list[Open] = []
    for placed, header, text in cells:
        if header or placed.across > 1:
            alone.append(Open([placed], [text], header, together=False))
        else:
            group = columns.setdefault(placed.column, Open([], [], header=False, together=True))
            group.cells.append(placed)
            group.texts.append(text)
    return [*columns.values(), *alone]
