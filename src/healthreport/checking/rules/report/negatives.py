"""Counts below nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.numbers import Number
    from healthreport.checking.subject import Subject


_HINT = "请核对；是增减的数，名称请写明“增减”或“净增”。"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of counts of persons and things below nothing; money and differences may be."""
    if numbers := subject.numbers:
        for number in numbers.counts(lambda: subject.known.units):
            if _is_wrong(number, subject):
                yield Finding(f"{number}是{numbers.written(number)}，{_why(number)}。", numbers.position(number), _HINT)
    if subject.of_county:
        from healthreport.checking.rules.report import of_cells

        yield from of_cells.find(subject, of_cells.Wrong(lambda one: _is_wrong(one, subject), _why), _HINT)


def _is_wrong(number: Number, subject: Subject) -> bool:
    is_count = number.quantity.unit.base and number.quantity.number < 0
    return bool(is_count) and not number.says(subject.known.words.negative)


def _why(number: Number) -> str:
    return f"以“{number.quantity.unit.base}”计的数不会是负的"


_REPORT = "体裁: 通用\n标题: 情况汇报\n指标:\n"
NEGATIVE = Rule(
    "negative-count",
    Severity.WARNING,
    _find,
    bad=(
        _REPORT + "  门诊: {数值: -120, 单位: 人次}\n",
        _REPORT + "  签约: {数值: 120, 单位: 人, 上年: -3}\n",
        _REPORT + "  签约: {单位: 人, 分项: {新签: 120, 续签: -3}}\n",
        _REPORT
        + "  甲: {数值: 3, 单位: 座}\n  丙: {数值: 5, 单位: 座}\n  乙: {公式: 甲 - 丙, 单位: 座}\n内容: '{{ 乙 }}'\n",
        _REPORT + "  门诊: {数值: -1.2万, 单位: 人次}\n",
        _REPORT + "  改厕: {单位: 座}\n汇总来源: 乡镇.csv\n\n=====\n单位,改厕（座）\n甲镇,-3\n乙镇,7\n",
    ),
    good=(
        _REPORT + "  门诊: {数值: 0, 单位: 人次}\n",
        _REPORT + "  结余: {数值: -120, 单位: 万元}\n  温度: {数值: -18, 单位: 度}\n",
        _REPORT + "  门诊增减: {数值: -120, 单位: 人次}\n  净增人口: {数值: -12, 单位: 人}\n",
        _REPORT + '  增长率: {数值: -3.2, 单位: "%"}\n  余数: {数值: -3}\n',
    ),
    name="不会是负的个数",
    why="人和物的个数不会是负的；是增减的数，名称要写明。",
    basis="数据",
)
