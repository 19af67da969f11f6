"""Rates that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.numbers import Number
    from healthreport.checking.subject import Subject

_HINT = (
    "请核对分子和分母；这个率确实可以超过100%，请在“指标”里写“可超过100: 是”，"
    "指标文件里的加一列“可超过100”，这一行写“是”。"
)

_HINT_OF_SHARES = "请核对两个数；占比确实可以超过100%，请写“可超过100: 是”。"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of rates and shares over 100 %: numerator and denominator are mixed up, or of different people."""
    if numbers := subject.numbers:
        for number in numbers.odd:
            if _is_over(number) and not numbers.indicator(number).may_pass_100:
                message = f"{number}是{numbers.written(number)}，超过了100%。"
                yield Finding(message, numbers.position(number), _HINT)
        for part, whole in numbers.shares():
            if not numbers.indicator(part).may_pass_100:
                of = f"占“{whole}”的" if whole else "的占比是"
                message = f"“{part.indicator}”{of}{numbers.written(part)}，超过了100%。"
                yield Finding(message, numbers.position(part), _HINT_OF_SHARES)
    if report := subject.of_county:
        from healthreport.checking.rules.report import of_cells

        may = {name for name, one in report.report.indicators.items() if one.may_pass_100}
        over = of_cells.Wrong(lambda one: _is_over(one) and one.indicator not in may, lambda _: "超过了100%")
        yield from of_cells.find(subject, over, _HINT)


def _is_over(number: Number) -> bool:
    return number.quantity.unit.is_share and number.quantity.number > 1


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
        _REPORT + '  新签: {数值: 130, 单位: 人}\n  签约: {数值: 120, 单位: 人}\n内容: "占{{ 新签.占比(签约) }}。"\n',
        _REPORT
        + "  新签: {数值: 130, 单位: 人}\n  续签: {数值: 20, 单位: 人}\n"
        + "内容: {表格: {表头: [占比], 行: [['{{ 新签.占比(续签 + 续签) }}']]}}\n",
        _REPORT
        + '  管理率: {单位: "%", 汇总方式: 平均}\n汇总来源: 乡镇.csv\n\n=====\n单位,管理率（%）\n甲镇,92\n乙镇,120\n',
        _REPORT
        + '  管理: {单位: 人}\n  在管: {单位: 人}\n  管理率: {公式: 管理 / 在管, 单位: "%"}\n汇总来源: 乡镇.csv\n'
        + "\n=====\n单位,管理（人）,在管（人）\n甲镇,80,90\n乙镇,12,10\n",
    ),
    good=(
        _REPORT + '  管理率: {数值: 100, 单位: "%"}\n',
        _REPORT + '  完成率: {数值: 103, 单位: "%", 可超过100: 是}\n',
        _REPORT + "  床位数: {数值: 120}\n",
        _REPORT + '  新签: {数值: 120, 单位: 人}\n  签约: {数值: 120, 单位: 人}\n内容: "占{{ 新签.占比(签约) }}。"\n',
        _REPORT
        + "  诊疗: {数值: 130, 单位: 人次, 可超过100: 是}\n  人口: {数值: 12, 单位: 人次}\n"
        + '内容: "{{ 诊疗.占比(人口) }}"\n',
        _REPORT + '  增幅: {数值: 120, 单位: 百分点}\n  达标: {数值: 约110%, 单位: "%"}\n',
        _REPORT + "  床位: {数值: 6.2, 单位: 张/千人}\n  死亡率: {数值: 20, 单位: /10万}\n",
    ),
    name="超过100%的率或占比",
    why="分子分母写反了，或者统计的不是同一批人，率和占比才会超过100%。",
    basis="数据",
)
