"""Differences that are not those of the numbers printed beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_HINT = "请把这几个数的“小数位”写得多一些，或者不在一句话里把三个数都写出来。"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of differences that decimals which are fixed keep from being those of the numbers beside them."""
    for (place, _), one in (subject.figures.disagreements if subject.figures else {}).items():
        message = f"差印的是{one.said}，旁边印的{one.first}与{one.second}相减却是{one.computed}：四舍五入的位数不够。"
        yield Finding(message, place, _HINT)


_REPORT = "体裁: 通用\n标题: 情况汇报\n指标:\n  甲: {数值: 6026, 单位: 人}\n  乙: {数值: 10000, 单位: 人}\n"
_SAID = "内容: '管理率{{ 率 }}，上年{{ 率.上年 }}，{{ 率.同比 }}。'\n"
_THIRDS = _REPORT.replace("6026", "2").replace("10000", "3")
DIFFERENCE = Rule(
    "rounded-difference",
    Severity.WARNING,
    _find,
    bad=(
        _REPORT + '  率: {公式: 甲 / 乙, 单位: "%", 上年: 58.84, 小数位: 1}\n' + _SAID,
        _REPORT + '  率: {公式: 甲 / 乙, 单位: "%"}\n  别: {数值: 58.84, 单位: "%"}\n'
        "内容: '{{ 率|小数(1) }}和{{ 别|小数(1) }}相差{{ 率 - 别|小数(1) }}。'\n",
        _THIRDS + '  率: {公式: 甲 / 乙, 单位: "%"}\n  别: {公式: 甲 / 乙 / 2, 单位: "%"}\n'
        "内容: '{{ 率 }}和{{ 别 }}相差{{ 率 - 别 }}。'\n",
        _REPORT + '  率: {公式: 甲 / 乙, 单位: "%", 上年: 58.84, 小数位: 1}\n'
        "内容: {指标表: {指标: [率], 列: [指标, 完成, 上年, 同比]}}\n",
    ),
    good=(
        _REPORT + '  率: {公式: 甲 / 乙, 单位: "%", 上年: 58.84}\n' + _SAID,
        _REPORT + '  率: {公式: 甲 / 乙, 单位: "%", 上年: 58.84, 小数位: 2}\n' + _SAID,
        _REPORT + '  率: {公式: 甲 / 乙, 单位: "%", 上年: 58.84, 小数位: 1}\n'
        "内容: '管理率{{ 率 }}，{{ 率.同比 }}。上年{{ 率.上年 }}。'\n",
    ),
    name="与旁边的数对不上的差",
    why="读的人会拿印出来的两个数相减；四舍五入以后差出一点，像是算错了。",
    basis="数据",
)
