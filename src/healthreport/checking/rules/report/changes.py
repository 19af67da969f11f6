"""Changes against last year that the indicator's own two numbers contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.figures.changes.known import changes, true_change
from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity
from healthreport.values import quantities
from healthreport.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from healthreport.checking.figures.changes.known import Change
    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a change behind an indicator (住院{{ 住院 }}，同比下降4.5%) that its value and its 上年 do not give."""
    report, numbers = subject.report, subject.numbers
    if report is None or numbers is None:
        return
    for change in changes(report, numbers.value):
        now, last = numbers.value(change.indicator), report.last(change.indicator)
        if now is None or last is None or now.opaque or last.opaque:
            continue
        exact = true_change(change, now, last)
        if exact is not None:
            style = quantities.Style(fixed=report.report.indicators[change.indicator].digits)
            beside = f"是{quantities.write(now, style)}，上年是{quantities.write(last, style)}"
            message = f"“{change.indicator}”{beside}，应为{_said(change, exact)}，文中是{_printed(change)}。"
            yield Finding(message, change.place, _hint(change))


def _said(change: Change, exact: Fraction) -> str:
    if not exact:
        return "持平"
    unit = change.amount.unit
    up, down = ("提高", "下降") if "百分点" in unit else ("增长", "下降") if unit == "%" else ("增加", "减少")
    return (up if exact > 0 else down) + _number(abs(exact), change)


def _printed(change: Change) -> str:
    return change.word + _number(change.amount.number, change)


def _number(value: Fraction, change: Change) -> str:
    """Write a change with as many decimals as are printed, but at least one of a rate."""
    _, step, unit = change.amount
    factor = quantities.unit(unit).factor
    digits = max(len(str(factor / step)) - 1, "%" in unit)
    text = f"{rounded(value / factor, digits):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + unit


def _hint(change: Change) -> str:
    key = "同比" if change.amount.unit == "%" or "百分点" in change.amount.unit else "增减"
    words = f"同比{{{{ {change.indicator}.同比 }}}}" if key == "同比" else f"较上年{{{{ {change.indicator}.增减 }}}}"
    return f"写成“{words}”，方向和数都由程序算。"


_REPORT = "体裁: 通用\n标题: 情况汇报\n指标:\n"
_STAYS = _REPORT + "  住院人次: {数值: 2236, 单位: 人次, 上年: 2140}\n"
_AIMED = _REPORT + "  体检: {数值: 4352, 单位: 人, 目标: 4400, 上年: 4126}\n"
_RATE = _REPORT + '  签约率: {数值: 38.5, 单位: "%", 上年: 39.7}\n'
CHANGE = Rule(
    "change-differs",
    Severity.WARNING,
    _find,
    bad=(
        _STAYS + "内容: 住院{{ 住院人次 }}，同比下降4.5%。\n",
        _STAYS + "内容: 住院{{ 住院人次 }}，同比增长8%；门诊有序。\n",
        _STAYS + '  住院人次下降: {数值: 4.5, 单位: "%"}\n内容: 住院{{ 住院人次 }}，同比下降{{ 住院人次下降 }}。\n',
        _STAYS + "内容: 住院{{ 住院人次 }}，比上年减少130人次，下降7%。\n",
        _STAYS + "内容: 住院{{ 住院人次 }}，比去年增加96人次，增长7%。\n",
        _RATE + "内容: 签约率{{ 签约率 }}，较去年提高1.2个百分点。\n",
        _AIMED + "内容: 体检{{ 体检 }}，任务{{ 体检.目标 }}，完成率{{ 体检.完成率 }}，较上年增加300人。\n",
        _AIMED + "内容: 任务{{ 体检.目标 }}，体检{{ 体检 }}，去年{{ 体检.上年 }}，同比下降5.5%。\n",
    ),
    good=(
        _STAYS + "内容: 住院{{ 住院人次 }}，同比增长4.5%。\n",
        _STAYS + "内容: 住院{{ 住院人次 }}，上年{{ 住院人次.上年 }}，同比增长4.49%。\n",
        _STAYS + "内容: 住院{{ 住院人次 }}，同比{{ 住院人次.同比 }}，比上年增加96人次。\n",
        _STAYS + "内容: 住院{{ 住院人次 }}，业务收入同比增长12%。\n",
        _STAYS + "内容: 住院{{ 住院人次 }}，其中手术120人次，同比增长12%。\n",
        _STAYS + "内容: 住院{{ 住院人次 }}，同比增长4%以上。\n",
        _AIMED + "内容: 体检{{ 体检 }}，完成率{{ 体检.完成率 }}，同比增长3.1%，增加226人。\n",
        _RATE + "内容: 签约率{{ 签约率 }}，较去年下降1.2个百分点。\n",
        _REPORT + "  收入: {数值: 12.96, 单位: 万元, 上年: 12.00}\n内容: 收入{{ 收入 }}，同比增长8%，增加9600元。\n",
        _REPORT + "  收入: {数值: 约12, 单位: 万元, 上年: 10}\n内容: 收入{{ 收入 }}，同比增长8%。\n",
    ),
    name="增减和本年、上年的数不符",
    why="数和上年数都在指标里，增减就已经定了；另外录的，改了数就对不上，方向也容易写反。",
    basis="数据",
)
