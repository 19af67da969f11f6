"""Leaps: numbers more than ten times last year's, or less than a tenth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_HINT = "请核对两个数的单位和小数点；确实如此，请写“可超过10倍: 是”。"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of numbers that are more than ten times last year's, or less than a tenth: one is in another unit."""
    if numbers := subject.numbers:
        for now, last in numbers.leaps:
            if not numbers.indicator(now).may_pass_tenfold:
                message = f"{now}是{numbers.written(now)}，上年是{numbers.written(last)}，相差十倍以上。"
                yield Finding(message, numbers.position(now), _HINT)
    if subject.of_county:
        from healthreport.checking.rules.report import of_cells

        yield from of_cells.leaping(subject, _HINT)


_REPORT = "体裁: 通用\n标题: 情况汇报\n指标:\n"
LEAP = Rule(
    "tenfold",
    Severity.WARNING,
    _find,
    bad=(
        _REPORT + "  门诊: {数值: 1.2345, 单位: 万人次, 上年: 12345}\n",
        _REPORT + "  门诊: {数值: 12346, 单位: 人次, 上年: 1234}\n",
        _REPORT + '  管理率: {数值: 0.6, 单位: "%", 上年: 61.2}\n',
        _REPORT + "  甲: {数值: 50, 单位: 人}\n  乙: {公式: 甲 × 4, 单位: 人, 上年: 12}\n内容: '{{ 乙 }}'\n",
        _REPORT + "  结余: {单位: 元, 分项: {甲: 50, 乙: 90}, 上年: 12}\n内容: '{{ 结余 }}'\n",
        _REPORT
        + "  门诊: {单位: 人次}\n汇总来源: 乡镇.csv\n"
        + "\n=====\n单位,门诊（人次）,门诊上年（人次）\n甲镇,1200,98\n乙镇,97,90\n",
    ),
    good=(
        _REPORT + "  门诊: {数值: 12340, 单位: 人次, 上年: 1234}\n",
        _REPORT + "  事故: {数值: 12, 单位: 起, 上年: 0}\n  投诉: {数值: 0, 单位: 件, 上年: 12}\n",
        _REPORT + "  门诊: {数值: 12345, 单位: 人次, 上年: 1.2万}\n",
        _REPORT + "  接种: {数值: 12345, 单位: 人次, 上年: 12, 可超过10倍: 是}\n",
        _REPORT + "  结余: {数值: -1200, 单位: 元, 上年: 12}\n  遮盖: {数值: '**', 单位: 元, 上年: 12}\n",
    ),
    name="与上年相差十倍以上",
    why="与上年相差十倍以上，多半是单位写错，或小数点点错了。",
    basis="数据",
)
