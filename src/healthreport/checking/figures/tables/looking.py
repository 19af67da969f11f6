"""All that does not fit in a table, and what the text may say again."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import (
    RATES,
    Cell,
    Mismatch,
)
from healthreport.checking.figures.tables.columns import differences, rates, shares
from healthreport.checking.figures.tables.grids import Grid
from healthreport.checking.figures.tables.series import progress, ranks, years
from healthreport.checking.figures.tables.sums import columns, parts, plain, rows
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator


_UNIT = re.compile(r"[（(](?:单位[:：])?([^（）()]{1,5})[)）]\s*$")
_GENERAL = ("指标", "项目", "指标名称", "项目名称", "名称", "内容", "类别")
_ALL = re.compile(r"^(?:合计|总计|全[县市区镇乡州旗])$")
_NO_VALUE = re.compile(r"上年|去年|同期|目标|任务|计划|增|减|占|备注|序号|排")


def find(grid: Grid) -> Iterator[Mismatch]:
    """Yield totals and rates of a table that do not fit."""
    told: set[tuple[int, int]] = set()
    found = (
        columns(grid), rows(grid), rates(grid), shares(grid), differences(grid), parts(grid),
        years(grid), progress(grid), ranks(grid),
    )  # fmt: skip
    for row, column, mismatch in chain.from_iterable(found):
        if (row, column) not in told:
            told.add((row, column))
            yield mismatch


def cells(grid: Grid) -> Iterator[Cell]:
    """Yield the figures of a table that the text may say again, with their names."""
    values = [column for column in range(1, grid.columns) if not _NO_VALUE.search(grid.header(column))]
    if grid.header(0) in _GENERAL:
        numeric = [column for column in values if any(grid.figure(row, column) for row in range(grid.head, grid.rows))]
        for row in range(grid.head, grid.rows):
            if len(numeric) == 1:
                yield from _cell(grid, row, numeric[0], grid.label(row))
        return
    for row in range(grid.head, grid.rows):
        if _ALL.match(plain(grid.label(row))):
            for column in values:
                yield from _cell(grid, row, column, grid.header(column))


def _cell(grid: Grid, row: int, column: int, name: str) -> Iterator[Cell]:
    figure = grid.figure(row, column)
    if figure is None:
        return
    found = _UNIT.search(name) or _UNIT.search(grid.header(column))
    units = [grid.text(row, other) for other in range(grid.columns) if grid.header(other) in ("单位", "计量单位")]
    unit = figure.said or (found[1] if found else "") or (units[0] if units else "")
    own = None if unit in RATES else quantities.unit(unit)
    if not figure.said:
        figure = figure._replace(printed=figure.printed + unit)
    if own and not figure.said:
        figure = figure._replace(value=figure.value * own.factor, step=figure.step * own.factor)
    yield Cell(_UNIT.sub("", name), own.base if own else unit.replace("％", "%"), grid.line(row, column), figure)
