"""Counts that are not whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.numbers import Number, Numbers
    from healthreport.checking.subject import Subject


_HINT = "请核对数值和单位；是平均数，名称请写明“平均”或“日均”。"
_HINT_OF_FORMULAS = "请核对公式；要取整，请写“小数位: 0”；是平均数，名称请写明“平均”或“日均”。"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of counts of persons and things that are not whole, 12.5人; averages may be, and 1.25万人 is whole."""
    if numbers := subject.numbers:
        for number in numbers.counts(lambda: subject.known.units):
            if _is_broken(number, subject) and _is_meant(numbers, number):
                message = f"{number}是{numbers.written(number)}，{_why(number)}。"
                hint = _HINT_OF_FORMULAS if number.is_computed else _HINT
                yield Finding(message, numbers.position(number), hint)
    if subject.of_county:
        from healthreport.checking.rules.report import of_cells

        yield from of_cells.find(subject, of_cells.Wrong(lambda one: _is_broken(one, subject), _why), _HINT)


def _is_broken(number: Number, subject: Subject) -> bool:
    is_count = number.quantity.unit.base and number.quantity.number.denominator != 1
    return bool(is_count) and not number.says(subject.known.words.fractional)


def _why(number: Number) -> str:
    return f"以“{number.quantity.unit.base}”计的数不会带小数"


def _is_meant(numbers: Numbers, number: Number) -> bool:
    """Say whether a fraction is what was written; a computed one is printed rounded, in 万 always."""
    in_ones = number.quantity.unit.name == number.quantity.unit.base
    return not number.is_computed or (in_ones and "." in numbers.written(number))


_REPORT = "体裁: 通用\n标题: 情况汇报\n指标:\n"
FRACTION = Rule(
    "fractional-count",
    Severity.WARNING,
    _find,
    bad=(
        _REPORT + "  门诊: {数值: 12.5, 单位: 人}\n",
        _REPORT + "  门诊: {数值: 12, 单位: 人次, 上年: 10.5}\n",
        _REPORT + "  改厕: {数值: 12, 单位: 座, 目标: 10.5}\n",
        _REPORT + "  门诊: {数值: 1.23456, 单位: 万人}\n",
        _REPORT + "  甲: {数值: 5, 单位: 人}\n  乙: {公式: 甲 / 2, 单位: 人}\n内容: '{{ 乙 }}'\n",
        _REPORT + "  签约: {单位: 人}\n汇总来源: 乡镇.csv\n\n=====\n单位,签约（人）\n甲镇,300.5\n乙镇,7\n",
    ),
    good=(
        _REPORT + "  门诊: {数值: 1.25, 单位: 万人}\n  住院: {数值: 3.2万, 单位: 人次}\n",
        _REPORT + "  投资: {数值: 12.5, 单位: 元}\n  面积: {数值: 12.5, 单位: 亩}\n  里程: {数值: 3.5, 单位: 公里}\n",
        _REPORT
        + "  床位: {数值: 6.2, 单位: 张/千人}\n  支出: {数值: 8.5, 单位: 元/人}\n  住院日: {数值: 7.6, 单位: 天}\n",
        _REPORT + "  日均门诊: {数值: 12.5, 单位: 人次}\n  户均人口: {数值: 3.1, 单位: 人}\n",
        _REPORT + "  签约: {数值: 约1.23456万, 单位: 人}\n  改厕: {数值: 12.0, 单位: 座}\n",
        _REPORT + "  甲: {数值: 5, 单位: 人}\n  乙: {公式: 甲 / 2, 单位: 人, 小数位: 0}\n内容: '{{ 乙 }}'\n",
        _REPORT + "  甲: {数值: 52341, 单位: 人}\n  乙: {公式: 甲 / 2, 单位: 万人}\n内容: '{{ 乙 }}'\n",
    ),
    name="不会带小数的个数",
    why="人和物的个数没有小数；是平均数，名称要写明。",
    basis="数据",
)
