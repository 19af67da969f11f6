"""Rows that may be parts of the row above: set in below it, or below a row that says 其中 and nothing else.

Whether they are, figures decide; what is set in below 其中：甲 goes on with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.reading.tables import plain
from healthreport.reading.tables.words import Kind

if TYPE_CHECKING:
    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.kinds import Row

_LEAST = 2
_AROUND = (Kind.NOTE, Kind.SIGN_OFF, Kind.HEADER, Kind.BLANK)
_BOUNDS = (
    Kind.TOTAL, Kind.SUBTOTAL, Kind.DISTRICT, Kind.SECTION, Kind.NUMBERED, Kind.AVERAGE, Kind.COMPARISON,
)  # fmt: skip
_ALONE = "其中"


def nested(rows: list[Row], grid: Grid, names: int) -> list[Row]:
    """Return rows with the one that each may be a part of; what goes on with a part is one."""
    if grid.sheet.indents:
        rows = _set_in(rows, grid, names)
    if any(_is_alone(row) for row in rows):
        rows = _below_alone(rows)
    return rows


def _set_in(rows: list[Row], grid: Grid, names: int) -> list[Row]:
    result = []
    above: list[tuple[int, Row]] = []
    for row in rows:
        if row.kind in _AROUND or not row.text:
            result.append(row)
            continue
        level = grid.indent(row.row, names)
        while above and above[-1][0] + _LEAST > level:
            above.pop()
        placed = _below(row, above[-1][1]) if above and row.kind is Kind.TOWNSHIP else row
        above.append((level, placed))
        result.append(placed)
    return result


def _below(row: Row, over: Row) -> Row:
    """Return a row that is set in below another: it goes on with a part, or may be one."""
    if over.kind is Kind.PART:
        return row._replace(kind=Kind.PART)
    if over.kind is Kind.TOWNSHIP:
        return row._replace(under=over.row if over.under < 0 else over.under)
    return row


def _is_alone(row: Row) -> bool:
    return row.kind is Kind.PART and not row.figures and plain.label(row.text) == _ALONE


def _below_alone(rows: list[Row]) -> list[Row]:
    """Let the rows below 其中 be parts of the row above it: those that are set in, else perhaps all that follow."""
    result: list[Row] = []
    whole = -1  # the last township, by its place in the result
    alone, above, set_in = -1, -1, False
    for row in rows:
        placed = row
        if row.kind in _BOUNDS:
            alone = -1
        elif _is_alone(row) and whole >= 0:
            alone, set_in = row.row, False
            if result[whole].listed >= 0:
                result[whole] = result[whole]._replace(under=-1, listed=-1)  # what 其中 follows is no part
            above = result[whole].row
        elif row.kind is Kind.PART:
            alone = -1  # what is set in below 其中, or told by itself
        elif row.kind is Kind.TOWNSHIP and alone >= 0 and row.under >= 0:
            placed, set_in = row._replace(kind=Kind.PART, under=-1), True
        elif row.kind is Kind.TOWNSHIP:
            if alone >= 0 and not set_in:
                placed = row._replace(under=above, listed=alone)
            whole = len(result)
        result.append(placed)
    return result
