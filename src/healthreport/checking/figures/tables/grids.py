"""Tables by row and column, also those that stand as lines."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.figures.figure import (
    RATES,
    Figure,
    Line,
)
from healthreport.checking.passages import Kind, spanned
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from healthreport.checking.passages import Passage


_NUMBER = re.compile(r"([-−]?)(\d[\d,]*(?:\.(\d+))?)\s*(%|％|‰|万元|万人次|万人|亿元|[一-龥]{1,3})?")
_LONGEST_NUMBER = 20
_MOST_ROWS, _MOST_COLUMNS = 400, 24


class _Words(NamedTuple):
    """A cell: the passage it stands in, from where, its words, and the first of its rows."""

    passage: Passage
    start: int
    text: str
    row: int
    down: int = 1


class Grid(NamedTuple):
    """A table: its cells by row and column, and how many rows are its head."""

    cells: dict[tuple[int, int], _Words]
    rows: int
    columns: int
    head: int
    figures: dict[tuple[int, int], Figure]

    def text(self, row: int, column: int) -> str:
        """Return the words of a cell without blanks."""
        cell = self.cells.get((row, column))
        return re.sub(r"\s", "", cell.text) if cell else ""

    def header(self, column: int) -> str:
        """Return what heads a column."""
        return "".join(dict.fromkeys(self.text(row, column) for row in range(self.head)))

    def label(self, row: int) -> str:
        """Return what a row is called: its first cell that holds no number."""
        for column in range(min(self.columns, 3)):
            text = self.text(row, column)
            if text and not _NUMBER.fullmatch(text):
                return text
        return ""

    def figure(self, row: int, column: int) -> Figure | None:
        """Return the number in a cell."""
        return self.figures.get((row, column))

    def line(self, row: int, column: int) -> Line:
        """Return the passage that a cell stands in."""
        passage = self.cells[row, column].passage
        return Line(passage, passage.text, ())


def _figure(cell: _Words) -> Figure | None:
    bare = cell.text.strip()
    found = _NUMBER.fullmatch(bare)
    if not found or len(found[2]) > _LONGEST_NUMBER:
        return None
    unit = found[4] or ""
    own = None if unit in RATES else quantities.unit(unit)
    factor = own.factor if own else Fraction(1)
    value = Fraction(found[2].replace(",", "")) * factor * (-1 if found[1] else 1)
    step = factor / 10 ** len(found[3] or "")
    start = cell.start + len(cell.text) - len(cell.text.lstrip())
    base = own.base if own else unit.replace("％", "%")
    return Figure(start, start + len(bare), value, step, factor, base, unit, "", "", False, 0, 0, bare)


def grids(passages: Iterable[Passage]) -> list[Grid]:
    """Return the tables of a document, also those that stand as lines with | or tabs between the cells."""
    tables: dict[int, list[Passage]] = {}
    rows: list[Passage] = []
    lined: list[list[Passage]] = []
    for passage in passages:
        if passage.kind is Kind.CELL and passage.slot:
            tables.setdefault(passage.slot.table, []).append(passage)
        elif "\t" in passage.text or "|" in passage.text:
            rows.append(passage)
            continue
        if rows:
            lined.append(rows)
            rows = []
    found = [_grid(cells) for cells in tables.values()]
    return [grid for grid in (*found, *map(_of_lines, [*lined, rows])) if grid]


def _grid(passages: Sequence[Passage]) -> Grid | None:
    cells: dict[tuple[int, int], _Words] = {}
    head = 0
    for passage in passages:
        slot = passage.slot
        assert slot
        text = passage.text if (slot.row, slot.column) not in cells else "…"  # several paragraphs are no number
        for place in spanned(slot):
            cells[place] = _Words(passage, 0, text, slot.row, slot.down)
        if slot.is_header:
            head = max(head, slot.row + 1)
    return _made(cells, head)


def _of_lines(passages: Sequence[Passage]) -> Grid | None:
    """Return the table that lines make whose cells | or tabs part."""
    cells: dict[tuple[int, int], _Words] = {}
    row = 0
    for passage in passages:
        text = passage.text
        mark = "|" if "|" in text else "\t"
        if not re.sub(r"[|\s:：—-]", "", text):
            continue  # |---|---|
        at = len(text) - len(text.lstrip(" |")) if mark == "|" else 0
        for column, part in enumerate(text[at:].rstrip(" |").split(mark)):
            cells[row, column] = _Words(passage, at, part, row)
            at += len(part) + 1
        row += 1
    return _made(cells, 0)


def _made(cells: dict[tuple[int, int], _Words], head: int) -> Grid | None:
    if not cells:
        return None
    rows, columns = max(row for row, _ in cells) + 1, max(column for _, column in cells) + 1
    if not 2 <= rows <= _MOST_ROWS or not 2 <= columns <= _MOST_COLUMNS:
        return None
    figures = {place: figure for place, cell in cells.items() if (figure := _figure(cell))}
    grid = Grid(cells, rows, columns, head, figures)
    return grid if head else grid._replace(head=_guess_head(grid))


def _guess_head(grid: Grid) -> int:
    """Return how many rows come before the first with numbers."""
    for row in range(min(3, grid.rows)):
        numbers = [figure for column in range(grid.columns) if (figure := grid.figure(row, column))]
        if numbers and not (row + 1 < grid.rows and _is_head(grid, row)):
            return row
    return 1


def _is_head(grid: Grid, row: int) -> bool:
    """Say whether a row with numbers heads the others: 80岁以上 and 2022年 over numbers that stand alone."""
    for column in range(grid.columns):
        figure, below = grid.figure(row, column), grid.figure(row + 1, column)
        if figure and (not figure.said or figure.unit in RATES or not below or below.said):
            return False
    return True
