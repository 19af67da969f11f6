"""Totals of the rows and columns of a table."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.checking.figures.figure import (
    RATES,
    Figure,
    Mismatch,
    written,
)
from healthreport.checking.figures.tables.grids import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


TABLE, PART = "HR214", "HR208"
_HINT = "请核对表中的各项和合计。"
_TOTAL = re.compile(r"^(?:[一-龥]{0,6}(?:合计|总计|总数|总和)|小计|共计)(?:（[^）]*）)?$")
_SUB = re.compile(r"^小计|小计$")
_OF_WHICH = re.compile(r"^(?:其中|#|其中：)")
_BLANK = frozenset({"", "—", "-", "——", "/", "－", "–", "\\", "无", "0"})
_NOT_SUMMED = re.compile(
    r"率|[%％‰]|比|均|占|序号|编号|名次|排名|排序|位次|得分|分值|单价|每|备注|年份|电话|时间|日期|年龄|(?<!\d)岁|增长|增幅|等级|级别"
)
_MOST_OF_WHICH = 4
_Found = tuple[int, int, Mismatch]


def columns(grid: Grid) -> Iterator[_Found]:
    """Compare the rows 合计 and 小计 with the rows they are of."""
    labels = {row: plain(grid.label(row)) for row in range(grid.head, grid.rows)}
    body = [row for row in labels if not _TOTAL.match(labels[row])]
    for total in (row for row in labels if _TOTAL.match(labels[row])):
        for column in range(grid.columns):
            whole = grid.figure(total, column)
            if (
                whole is None
                or _NOT_SUMMED.search(grid.header(column))
                or whole.said in RATES
                or grid.cells[total, column].row != total
            ):
                continue
            groups = [
                rows for rows in _groups(grid, total, labels, body)
                if (found := _numbers(grid, rows, column)) is not None and len(found) > 1
            ]  # fmt: skip
            sums = [_numbers(grid, rows, column) or [] for rows in groups]
            if sums and not any(_adds(parts, whole) for parts in sums):
                parts = max(sums, key=len) if len(sums) == 1 else sums[0]
                yield total, column, _mismatch(grid, total, column, whole, parts)


def plain(label: str) -> str:
    """Return the label of a row without its number."""
    return re.sub(r"^[\d一二三四五六七八九十]+[、.．]", "", label)


def _groups(grid: Grid, total: int, labels: dict[int, str], body: Sequence[int]) -> list[list[int]]:
    """Return the sets of rows that a total may be of."""
    parts = [row for row in body if not _OF_WHICH.match(labels[row]) and not _is_of_which(row, labels)]
    subs = [row for row in labels if row != total and _SUB.search(labels[row])]
    if _SUB.search(labels[total]):
        before = max((row for row in labels if row < total and _TOTAL.match(labels[row])), default=grid.head - 1)
        after = min((row for row in labels if row > total and _TOTAL.match(labels[row])), default=grid.rows)
        choices = [[row for row in parts if before < row < total], [row for row in parts if total < row < after]]
        return [rows for rows in choices if rows]
    totals = [row for row in labels if row != total and _TOTAL.match(labels[row]) and row not in subs]
    if totals:
        return []
    choices = [parts, *_without_the_rest(parts, labels)]
    above = [[row for row in rows if row < total] for rows in choices]
    below = [[row for row in rows if row > total] for rows in choices]
    groups = [rows for rows in (*above, *below) if len(rows) > 1]
    return [*groups, subs] if len(subs) > 1 else groups


def _without_the_rest(parts: Sequence[int], labels: dict[int, str]) -> list[list[int]]:
    """Return rows without those that go on with what a row 其中 begins: 其中：公立医院, 民营医院."""
    firsts = [row for row in labels if _OF_WHICH.match(labels[row])]
    return [
        [row for row in parts if not any(first < row <= first + count for first in firsts)]
        for count in range(1, _MOST_OF_WHICH + 1) if firsts
    ]  # fmt: skip


def _is_of_which(row: int, labels: dict[int, str]) -> bool:
    """Say whether a row goes on with the parts that 其中 begins: the label stands in a bracket or further in."""
    return labels[row].startswith(("#", "（", "(", "—", "-")) and bool(labels.get(row))


def _numbers(grid: Grid, rows: Iterable[int], column: int) -> list[Figure] | None:
    """Return the numbers of rows in a column, blank ones left out; ``None`` where one is no number."""
    found: list[Figure] = []
    for row in rows:
        figure = grid.figure(row, column)
        if figure is not None:
            if grid.cells[row, column].down > 1:
                return None
            found.append(figure)
        elif grid.text(row, column) not in _BLANK:
            return None
    return found


def _adds(parts: Sequence[Figure], whole: Figure) -> bool:
    value = sum((part.value for part in parts), Fraction(0))
    broken = whole.step < 1 or any(part.step < 1 for part in parts) or whole.factor > 1
    slack = sum((part.half for part in parts), whole.half) if broken else Fraction(0)
    return abs(value - whole.value) <= slack


def _mismatch(grid: Grid, row: int, column: int, whole: Figure, parts: Sequence[Figure]) -> Mismatch:
    value = sum((part.value for part in parts), Fraction(0))
    shown = " + ".join(written(part.value, whole) for part in parts)
    if len(parts) > 12:
        shown = f"{written(parts[0].value, whole)} + …… + {written(parts[-1].value, whole)}（{len(parts)}项）"
    what = f"“{grid.header(column) or grid.label(row)}”{shown} = {written(value, whole)}，表中为{whole.printed}。"
    return Mismatch(TABLE, grid.line(row, column), whole, what, _HINT)


def rows(grid: Grid) -> Iterator[_Found]:
    """Compare a column 合计 with the columns it is of: those that fit most rows."""
    numeric = [column for column in range(grid.columns) if is_summed(grid, column)]
    for total in (column for column in numeric if re.search(r"合计|小计|总计|总数", grid.header(column))):
        others = [
            column for column in numeric if column != total and not re.search(r"合计|总计|总数", grid.header(column))
        ]
        right, left = [column for column in others if column > total], [column for column in others if column < total]
        choices = [columns for columns in (others, right, left) if len(columns) > 1]
        choices += [right[:count] for count in range(2, len(right))] + [left[-count:] for count in range(2, len(left))]
        best: tuple[int, list[int], list[int]] | None = None
        for columns in choices:
            fits, fails = _fits(grid, total, columns)
            if fits and (best is None or len(fits) > best[0]):
                best = len(fits), columns, fails
        if best is None:
            columns = choices[0] if choices else []
            rows = [row for row in range(grid.head, grid.rows) if grid.figure(row, total)]
            if len(rows) > 1 or (len(choices) != 1 and set(choices[0] if choices else []) != {*others}):
                continue
            best = 1, columns, rows if columns and not _fits(grid, total, columns)[0] else []
        if len(best[2]) <= best[0]:
            for row in best[2]:
                whole = grid.figure(row, total)
                parts = [figure for column in best[1] if (figure := grid.figure(row, column))]
                if whole and len(parts) > 1:
                    found = _mismatch(grid, row, total, whole, parts)
                    yield (
                        row,
                        total,
                        found._replace(what=found.what.replace(f"“{grid.header(total)}”", f"“{grid.label(row)}”", 1)),
                    )


def is_summed(grid: Grid, column: int) -> bool:
    """Say whether the numbers of a column may be added."""
    return not _NOT_SUMMED.search(grid.header(column)) and any(
        grid.figure(row, column) for row in range(grid.head, grid.rows)
    )


def _fits(grid: Grid, total: int, columns: Sequence[int]) -> tuple[list[int], list[int]]:
    fits: list[int] = []
    fails: list[int] = []
    for row in range(grid.head, grid.rows):
        whole = grid.figure(row, total)
        parts = [figure for column in columns if (figure := grid.figure(row, column))]
        if whole and len(parts) > 1:
            (fits if _adds(parts, whole) else fails).append(row)
    return fits, fails


def parts(grid: Grid) -> Iterator[_Found]:
    """Tell of rows 其中 with more than the row they are part of."""
    for row in range(grid.head + 1, grid.rows):
        if not _OF_WHICH.match(plain(grid.label(row))):
            continue
        for column in range(grid.columns):
            part, whole = grid.figure(row, column), grid.figure(row - 1, column)
            if (
                part
                and whole
                and part.value > whole.value > 0
                and not _NOT_SUMMED.search(grid.header(column))
                and part.said not in RATES
            ):
                what = f"“{grid.label(row)}”{part.printed}大于“{grid.label(row - 1)}”{whole.printed}，部分大于整体。"
                yield row, column, Mismatch(PART, grid.line(row, column), part, what, "请核对两个数。")
