"""Columns that are read downwards: each year's growth, the progress towards a last row, ranks beside scores."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import Figure, Mismatch, decimals, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.figures.tables.grids import Grid

TABLE, RANK = "HR214", "HR209"
_HINT_YEARS, _HINT_LAST = "请核对这一年和上一年的数。", "请核对累计数和进度。"
_GROWTH = re.compile(r"比上年|较上年|同比|增长率|增幅|增速|年增长")
_PROGRESS = re.compile(r"累计.*(?:进度|占比|比例|[%％])|^进度")
_YEAR = re.compile(r"(20\d\d)年?度?")
_RANK = re.compile(r"^(?:名次|排名|位次|排序)$")
_SCORE = re.compile(r"得分|分数|总分|评分|成绩|分值")
_FEWEST = 3
_Found = tuple[int, int, Mismatch]
# A figure that is compared, and those it is computed of: the part, or this year, and the whole, or last year.
_Row = tuple[int, Figure, Figure, Figure]


def years(grid: Grid) -> Iterator[_Found]:
    """Compare a column 比上年增长 with the years one below the other, where most of the rows fit."""
    found = [_YEAR.fullmatch(grid.text(row, 0)) for row in range(grid.head, grid.rows)]
    labels = [int(year[1]) for year in found if year]
    if len(labels) != len(found) or any(after - before != 1 for before, after in pairwise(labels)):
        return
    rows = range(grid.head + 1, grid.rows)
    for rate in (column for column in range(grid.columns) if _GROWTH.search(grid.header(column))):
        for column in (one for one in range(1, grid.columns) if one != rate and "%" not in grid.header(one)):
            row = [(at, grid.figure(at, rate), grid.figure(at, column), grid.figure(at - 1, column)) for at in rows]
            yield from _wrong(grid, rate, row, grows=True)


def progress(grid: Grid) -> Iterator[_Found]:
    """Compare a column 累计进度 with what each row is of the last one, which is 100 %."""
    last = grid.rows - 1
    for rate in (column for column in range(grid.columns) if _PROGRESS.search(grid.header(column))):
        end = grid.figure(last, rate)
        if end is None or end.value != 100:
            continue
        for column in (one for one in range(1, grid.columns) if one != rate and "累计" in grid.header(one)):
            whole = grid.figure(last, column)
            rows = range(grid.head, grid.rows)
            yield from _wrong(grid, rate, [(at, grid.figure(at, rate), grid.figure(at, column), whole) for at in rows])


def _wrong(
    grid: Grid,
    rate: int,
    rows: Sequence[tuple[int, Figure | None, Figure | None, Figure | None]],
    *,
    grows: bool = False,
) -> Iterator[_Found]:
    """Yield the rows whose rate is no quotient, if those of which it is are more."""
    known: list[_Row] = [
        (at, one, part, whole) for at, one, part, whole in rows if one and part and whole and whole.value
    ]
    wrong = [row for row in known if not _fits(row, grows=grows)]
    if len(known) < _FEWEST or 2 * len(wrong) >= len(known):
        return
    for at, figure, part, whole in wrong:
        exact = written((part.value / whole.value - grows) * 100, None, decimals(figure) + 1)
        a, b = written(part.value), written(whole.value)
        shown = f"({a} - {b}) ÷ {b}" if grows else f"{a} ÷ {b}"
        what = f"“{grid.text(at, 0)}”{shown} = {exact}%，表中为{figure.printed}。"
        hint = _HINT_YEARS if grows else _HINT_LAST
        yield at, rate, Mismatch(TABLE, grid.line(at, rate), figure, what, hint)


def _fits(row: _Row, *, grows: bool) -> bool:
    _, figure, part, whole = row
    low = (part.value - part.slack) / (whole.value + whole.slack) - grows
    high = (part.value + part.slack) / max(whole.value - whole.slack, whole.value / 100) - grows
    return low * 100 - figure.half <= figure.value <= high * 100 + figure.half


def ranks(grid: Grid) -> Iterator[_Found]:
    """Tell of a score that is higher than the one above it, where ranks count 1, 2, 3 and all others fall."""
    rows = range(grid.head, grid.rows)
    ranked = [column for column in range(grid.columns) if _RANK.match(grid.header(column))]
    scores = [column for column in range(grid.columns) if _SCORE.search(grid.header(column))]
    if len(ranked) != 1 or not scores or len(rows) <= _FEWEST:
        return
    counts = [figure.value if (figure := grid.figure(row, ranked[0])) else 0 for row in rows]
    falls = {column: [row for row in rows[1:] if _rises(grid, row, column)] for column in scores}
    totals = [column for column in scores if "总" in grid.header(column) or len(scores) == 1] or scores[:1]
    if counts != [*range(1, len(rows) + 1)] or not all(falls.values()) or len(falls[totals[0]]) != 1:
        return
    (row,) = falls[totals[0]]
    figure, above = grid.figure(row, totals[0]), grid.figure(row - 1, totals[0])
    if figure and above:
        what = f"“{grid.label(row)}”{figure.printed}高于前一名的{above.printed}，名次却在后面。"
        yield row, totals[0], Mismatch(RANK, grid.line(row, totals[0]), figure, what, "请核对得分和名次。")


def _rises(grid: Grid, row: int, column: int) -> bool:
    figure, above = grid.figure(row, column), grid.figure(row - 1, column)
    return figure is None or above is None or figure.value > above.value
