"""Rates, shares and differences that a table has in a column of their own."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import (
    RATES,
    Figure,
    Mismatch,
    decimals,
    written,
)
from healthreport.checking.figures.tables.grids import Grid
from healthreport.checking.figures.tables.sums import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


TABLE = "HR214"
_HINT_RATE = "请核对表中同一行的数。"
_RATE = re.compile(r"率|[%％‰]|占比|比例|比重|进度|增幅|同比|增长")
_DIFFERENCE = re.compile(
    r"结余|差额|增减|增加|减少|剩余|未完成|余额|缺口|差值|增长量|增量|未|升降|变化|变动|[与较比]上[^率]{1,2}相?[比差]"
)
_NO_QUANTITY = re.compile(r"序号|编号|名次|排名|排序|位次|年份|电话|时间|日期|备注")
_ALL = re.compile(r"^(?:合计|总计|全[县市区镇乡州旗])$")
_Found = tuple[int, int, Mismatch]


def rates(grid: Grid) -> Iterator[_Found]:
    """Compare a column of rates with the two columns whose quotient it is in most rows."""
    numeric = [
        column for column in range(grid.columns)
        if not re.search(r"序号|编号|名次|排名", grid.header(column))
        and any(grid.figure(row, column) for row in range(grid.head, grid.rows))
    ]  # fmt: skip
    for rate in (column for column in numeric if _RATE.search(grid.header(column)) or _has_signs(grid, column)):
        plain = [column for column in numeric if column != rate and not _RATE.search(grid.header(column))]
        best: tuple[int, list[int], tuple[int, int], bool] | None = None
        for pair in permutations(plain[:10], 2):
            for grows in (False, True):
                fits, fails = _fit_rates(grid, rate, pair, grows=grows)
                if fits and (best is None or fits > best[0]):
                    best = fits, fails, pair, grows
        best = best or _named(grid, rate, plain)
        if best and len(best[1]) <= best[0]:
            for row in best[1]:
                yield row, rate, _rate(grid, row, rate, best[2], grows=best[3])


def shares(grid: Grid) -> Iterator[_Found]:
    """Compare a column of shares with what each row is of the row 合计."""
    totals = [row for row in range(grid.head, grid.rows) if _ALL.match(plain(grid.label(row)))]
    if len(totals) != 1:
        return
    for rate in (column for column in range(grid.columns) if re.search("占|构成|比例|比重", grid.header(column))):
        best: tuple[int, list[int], int] | None = None
        for column in range(grid.columns):
            whole = grid.figure(totals[0], column)
            if column == rate or whole is None or not whole.value:
                continue
            rows = [row for row in range(grid.head, grid.rows) if grid.figure(row, rate) and grid.figure(row, column)]
            fails = [row for row in rows if not _is_share(grid, row, (column, rate), whole)]
            fits = len(rows) - len(fails)
            if fits > 1 and (best is None or fits > best[0]):
                best = fits, fails, column
        if best and len(best[1]) < best[0]:
            for row in best[1]:
                figure, part, whole = grid.figure(row, rate), grid.figure(row, best[2]), grid.figure(totals[0], best[2])
                assert figure
                assert part
                assert whole
                exact = written(part.value / whole.value * 100, None, decimals(figure) + 1)
                shown = f"{written(part.value)} ÷ {written(whole.value)} = {exact}%"
                what = f"“{grid.label(row)}”{shown}，表中为{figure.printed}。"
                yield row, rate, Mismatch(TABLE, grid.line(row, rate), figure, what, _HINT_RATE)


def _is_share(grid: Grid, row: int, columns: tuple[int, int], whole: Figure) -> bool:
    part, figure = (grid.figure(row, column) for column in columns)
    assert part
    assert figure
    low = (part.value - part.slack) / (whole.value + whole.slack) * 100 - figure.half
    return low <= figure.value <= (part.value + part.slack) / whole.value * 100 + figure.half


def differences(grid: Grid) -> Iterator[_Found]:
    """Compare a column 结余 with the two columns whose difference it is in most rows."""
    numeric = [
        column for column in range(grid.columns)
        if not _NO_QUANTITY.search(grid.header(column))
        and any(grid.figure(row, column) for row in range(grid.head, grid.rows))
    ]  # fmt: skip
    for left in (
        column
        for column in range(grid.columns)
        if _DIFFERENCE.search(grid.header(column)) and not _RATE.search(grid.header(column))
    ):
        best: tuple[int, list[int], tuple[int, int]] | None = None
        for pair in permutations([column for column in numeric if column != left][:10], 2):
            rows = [
                row for row in range(grid.head, grid.rows)
                if all(grid.figure(row, column) for column in (left, *pair))
            ]  # fmt: skip
            fails = [row for row in rows if not _is_difference(grid, row, left, pair)]
            fits = len(rows) - len(fails)
            if fits > 1 and (best is None or fits > best[0]):
                best = fits, fails, pair
        if best and len(best[1]) < best[0]:
            for row in best[1]:
                figure, one, other = (grid.figure(row, column) for column in (left, *best[2]))
                assert figure
                assert one
                assert other
                exact = written(one.value - other.value, figure)
                shown = f"{written(one.value, one)} - {written(other.value, one)} = {exact}"
                what = f"“{grid.label(row)}”{shown}，表中为{figure.printed}。"
                yield row, left, Mismatch(TABLE, grid.line(row, left), figure, what, _HINT_RATE)


def _is_difference(grid: Grid, row: int, left: int, pair: tuple[int, int]) -> bool:
    figure, one, other = (grid.figure(row, column) for column in (left, *pair))
    assert figure
    assert one
    assert other
    return abs(one.value - other.value - figure.value) <= one.slack + other.slack + figure.slack


def _named(grid: Grid, rate: int, plain: Sequence[int]) -> tuple[int, list[int], tuple[int, int], bool] | None:
    """Return the columns of a rate by their heads, where a single row proves nothing."""
    pairs = {
        "": (r"^实|已|完成|规范|合格|达标", r"^应|任务|目标|计划|总|在册|抽检"),
        "增": (r"本年|今年|本期|20\d\d", r"上年|去年|同期"),
    }
    grows = bool(re.search(r"增|同比", grid.header(rate)))
    done, due = pairs["增" if grows else ""]
    tops = [
        column for column in plain if re.search(done, grid.header(column)) and not re.search(due, grid.header(column))
    ]
    bottoms = [column for column in plain if re.search(due, grid.header(column))]
    if len(tops) != 1 or len(bottoms) != 1:
        return None
    fits, fails = _fit_rates(grid, rate, (tops[0], bottoms[0]), grows=grows)
    return (1, fails, (tops[0], bottoms[0]), grows) if len(fails) == 1 and not fits else None


def _has_signs(grid: Grid, column: int) -> bool:
    return any((figure := grid.figure(row, column)) and figure.said in RATES for row in range(grid.head, grid.rows))


def _scale(grid: Grid, rate: int, figure: Figure) -> int:
    if figure.unit in RATES:
        return RATES[figure.unit]
    header = grid.header(rate)
    return next((scale for sign, scale in RATES.items() if sign in header), 100)


def _fit_rates(grid: Grid, rate: int, pair: tuple[int, int], *, grows: bool) -> tuple[int, list[int]]:
    fits, fails = 0, []
    for row in range(grid.head, grid.rows):
        figure, part, whole = (grid.figure(row, column) for column in (rate, *pair))
        if figure is None or part is None or whole is None or not whole.value:
            continue
        low = (part.value - part.slack) / (whole.value + whole.slack) - grows
        high = (part.value + part.slack) / max(whole.value - whole.slack, Fraction(1, 10**6)) - grows
        scale = _scale(grid, rate, figure)
        if low * scale - figure.half <= figure.value <= high * scale + figure.half:
            fits += 1
        else:
            fails.append(row)
    return fits, fails


def _rate(grid: Grid, row: int, rate: int, pair: tuple[int, int], *, grows: bool) -> Mismatch:
    figure, part, whole = (grid.figure(row, column) for column in (rate, *pair))
    assert figure
    assert part
    assert whole
    scale = _scale(grid, rate, figure)
    exact = (part.value / whole.value - grows) * scale
    a, b = written(part.value), written(whole.value)
    shown = f"({a} - {b}) ÷ {b}" if grows else f"{a} ÷ {b}"
    sign = "%" if scale == 100 else ""
    slips = abs(exact - figure.value) <= figure.step
    what = f"“{grid.label(row)}”{shown} = {written(exact, None, decimals(figure) + 1)}{sign}，表中为{figure.printed}。"
    return Mismatch(TABLE, grid.line(row, rate), figure, what, _HINT_RATE, (), slips)
