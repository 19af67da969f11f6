"""Rows of a csv that are longer than its header: a comma within a number parts it, and what follows moves on."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic
from healthreport.reading.tables import cells, delimited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.header import Header


def the_header(grid: Grid, header: Header) -> Iterator[Diagnostic]:
    """Yield the rows that have a number behind the last heading; a workbook parts no numbers."""
    if not grid.sheet.source.text or grid.shape:
        return
    headed = [at for row in header.rows for at, text in enumerate(grid.texts[row]) if text]
    at = max(headed, default=grid.width) + 1
    rows = range(header.bottom + 1, len(grid.texts) if at < grid.width else 0)
    moved = [row for row in rows if cells.looks_like_number(grid.texts[row][at])]
    for row in moved if moved and at >= _written(grid, header) else ():
        message = f"这一行有{sum(map(bool, grid.texts[row]))}格，表头只有{at}列，后面的数对不上列了。"
        hint = "多半是数里的千分位逗号：请去掉它，或给数加上英文双引号；多出的一列请写上表头。"
        yield Diagnostic("beyond-header", message, grid.cell(row, at).position(), hint=hint)


def _written(grid: Grid, header: Header) -> int:
    """Return how many columns the header has in the file: what stands below an empty heading was moved by nothing."""
    lines = [cells for _, cells in islice(delimited.lines(grid.sheet.source), header.bottom + 1)]
    return max(len(lines[row]) for row in header.rows)
