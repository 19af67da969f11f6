"""Ranks and spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import TextRule
from healthreport.checking.rules.figures.looking import findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject


def _find_rank(subject: Subject) -> Iterator[Finding]:
    """Tell of ranks among too few, and moves that are not the difference: 居全市11个县（区）第13位."""
    yield from findings(subject, "HR209")


RANK = TextRule(
    "HR209",
    Severity.WARNING,
    _find_rank,
    bad=(
        "居全市11个县（区）第13位。",
        "由第6位升至第4位，前进3个位次。",
        "在全省88个县（市）中排第126名。",
    ),
    good=(
        "居全市11个县（区）第3位。",
        "由第6位升至第4位，前进2个位次。",
        "11个县中第3次获评第一。",
        "第2季度完成12个镇的督查，位居全市第13位。",
    ),
    name="名次不符",
    basis="数据",
    why="名次不会大于参加的个数，升降的位次等于两个名次之差。",
)


def _find_span(subject: Subject) -> Iterator[Finding]:
    """Tell of spans that are not as long as said: 5月1日至5月5日放假，共6天."""
    yield from findings(subject, "HR219")


SPAN = TextRule(
    "HR219",
    Severity.WARNING,
    _find_span,
    bad=(
        "5月1日至5月5日放假，共6天。",
        "2021年起连续4年（2021、2022、2023年）居首。",
        "服务0—6岁儿童6个年龄组（0、1、2、3、4、5、6岁）。",
    ),
    good=(
        "5月1日至5月5日放假，共5天。",
        "2021年起连续3年（2021、2022、2023年）居首。",
        "12月28日至1月3日为期7天。",
        "5月1日至5月5日历时4天。",
        "2021—2025年规划实施5年。",
    ),
    name="起止与天数、年数不符",
    basis="数据",
    why="起止日期、所列年份和说的天数、年数要一致。",
)
