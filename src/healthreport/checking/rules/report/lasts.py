"""Last year's numbers that were written otherwise than their parts make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity
from healthreport.figures.last_values import differing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject
    from healthreport.diagnostics import Position

_HINT = "请核对各部分的上年数和这个数；不写这个“上年”，由程序算。"
_HINT_OF_CELLS = "请核对各部分的上年数和这几格；这几格空着，由程序算。"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a 上年 of a formula or of parts that is not what their 上年 make: one of them is wrong."""
    if (report := subject.report) and (numbers := subject.numbers):
        for one in differing(report, numbers.made):
            message = f"“{one.name}”的上年数是{one.written}，由“{one.key}”算出来是{one.computed}。"
            cells = _cells(subject, one.name)
            if cells:
                yield Finding(message, cells[0], _HINT_OF_CELLS, cells=cells[1:])
                continue
            place = report.place_of_number(one.name, "上年") or report.root.position()
            yield Finding(message, place, _HINT)


def _cells(subject: Subject, name: str) -> tuple[Position, ...]:
    """Return where townships wrote last year's figure that a county's is made of."""
    if not subject.of_county:
        return ()
    from healthreport.checking.rules.report import of_cells

    return of_cells.lasts(subject, name)


_REPORT = "体裁: 通用\n标题: 情况汇报\n指标:\n"
_RATE = "  管理: {数值: 60, 单位: 人, 上年: 55}\n  在管: {数值: 80, 单位: 人, 上年: 75}\n"
LAST = Rule(
    "last-differs",
    Severity.WARNING,
    _find,
    bad=(
        _REPORT + _RATE + '  管理率: {公式: 管理 / 在管, 单位: "%", 上年: 73.4}\n',
        _REPORT
        + "  新签: {数值: 60, 单位: 人, 上年: 55}\n  续签: {数值: 80, 单位: 人, 上年: 75}\n"
        + "  签约: {单位: 人, 分项: [新签, 续签], 上年: 131}\n",
    ),
    good=(
        _REPORT + _RATE + '  管理率: {公式: 管理 / 在管, 单位: "%", 上年: 73.3}\n',
        _REPORT + _RATE + '  管理率: {公式: 管理 / 在管, 单位: "%", 小数位: 1, 上年: 73.34}\n',
        _REPORT + _RATE + '  管理率: {公式: 管理 / 在管, 单位: "%"}\n',
        _REPORT + "  管理: {数值: 60, 单位: 人}\n  增加: {公式: 管理 × 2, 单位: 人, 上年: 100}\n",
        _REPORT + _RATE + "  新增: {公式: 管理 - 管理.上年, 单位: 人, 上年: 9}\n",
    ),
    name="上年数与各部分的上年对不上",
    why="由公式或分项得来的数，上年的也由各部分的上年得来；对不上，有一个写错了。",
    basis="数据",
)
