"""What has to be said of the totals of a county's figures: of how many townships they are, and who lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.reading.tables import plain
from healthreport.townships import pool as pools
from healthreport.townships.over import VALUE
from healthreport.townships.rolled_up import COMPLETION, GROWTH, POINTS
from healthreport.values.expressions import Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.townships.rolled_up import Column, RolledUp

_LISTED = 10


def of(rolled_up: RolledUp) -> list[str]:
    """Return a sentence for each total that is not of all townships, and for those who sent nothing."""
    pool = rolled_up.sums.pool
    found = [f"还没有报的：{'、'.join(pool.absent)}。"] if pool.absent else []
    rests = {one.indicator: one.rests for one in rolled_up.columns if one.key == VALUE}
    for column in rolled_up.columns:
        if column.total is not None and column.key == VALUE:
            found += _of_value(rolled_up, column)
        elif column.total is not None and column.key in (COMPLETION, GROWTH, POINTS):
            found += _of_comparison(rolled_up, column, rests.get(column.indicator))
    return found


def _of_value(rolled_up: RolledUp, column: Column) -> Iterator[str]:
    sums, name = rolled_up.sums, column.indicator
    if column.rests is None:
        yield f"“{name}”的合计是报告里写的，不是由各{sums.called.noun}来的。"
    elif column.rests != sums.pool.expected:
        lacks = sums.all & ~sums.common(sums.leaves.of(Name(name, 0, len(name)), VALUE))
        towns = [rolled_up.towns[town].short for town in pools.members(lacks)]
        lacking = f"，缺{plain.listed(towns, _LISTED)}" if towns else ""
        yield f"“{name}”的合计只有{sums.called.so_many(f'{column.rests}/{sums.pool.expected}')}{lacking}。"


def _of_comparison(rolled_up: RolledUp, column: Column, of_value: int | None) -> Iterator[str]:
    if column.rests is not None and column.rests != of_value:
        so_many = rolled_up.sums.called.so_many(column.rests)
        yield f"“{column.indicator}”的{column.key}只按都有数的{so_many}算。"
