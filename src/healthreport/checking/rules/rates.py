"""Rates that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_HINT = "请核对分子和分母；这个率确实可以超过100%，请写“可超过100: 是”。"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of rates over 100 %: numerator and denominator are mixed up, or of different people."""
    if numbers := subject.numbers:
        for number in numbers.odd:
            over = number.quantity.unit.is_share and number.quantity.number > 1
            if over and not numbers.indicator(number).may_pass_100:
                message = f"{number}是{numbers.written(number)}，超过了100%。"
                yield Finding(message, numbers.position(number), _HINT)


_REPORT = "体裁: 通用\n标题: 情况汇报\n指标:\n"
RATE = Rule(
    "rate-over-100",
    Severity.WARNING,
    _find,
    bad=(
        _REPORT + '  管理率: {数值: 120, 单位: "%"}\n内容: "管理率{{ 管理率 }}。"\n',
        _REPORT + '  管理率: {数值: 92, 单位: "%", 上年: 901}\n',
        _REPORT + '  管理率: {数值: 92, 单位: "%", 目标: ≥950}\n',
        _REPORT + "  死亡率: {数值: 1200, 单位: ‰}\n",
        _REPORT
        + "  管理: {数值: 107500, 单位: 人}\n  在管: {数值: 66859, 单位: 人}\n"
        + '  管理率: {公式: 管理 / 在管, 单位: "%"}\n内容: "管理率{{ 管理率 }}。"\n',
        _REPORT + '  率: {单位: "%", 分项: {甲: 130, 乙: }}\n',
    ),
    good=(
        _REPORT + '  管理率: {数值: 100, 单位: "%"}\n',
        _REPORT + '  完成率: {数值: 103, 单位: "%", 可超过100: 是}\n',
        _REPORT + "  床位数: {数值: 120}\n",
        _REPORT + '  增幅: {数值: 120, 单位: 百分点}\n  达标: {数值: 约110%, 单位: "%"}\n',
        _REPORT + "  床位: {数值: 6.2, 单位: 张/千人}\n  死亡率: {数值: 20, 单位: /10万}\n",
    ),
)
