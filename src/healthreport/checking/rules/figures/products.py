"""Averages, prices and conversions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import TextRule
from healthreport.checking.rules.figures.looking import findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of averages and conversions that do not come out: 举办讲座24场，场均55人，累计1420人次."""
    yield from findings(subject, "HR212")


PRODUCT = TextRule(
    "HR212",
    Severity.WARNING,
    _find,
    bad=(
        "举办讲座24场，场均55人，累计1420人次。",
        "18个乡镇，每乡镇2名，共38名包保专干。",
        "门诊收入930万元，门诊6.2万人次，次均15元。",
        "投入0.85亿元（850万元）。",
    ),
    good=(
        "举办讲座24场，场均55人，累计1320人次。",
        "18个乡镇，每乡镇2名，共36名包保专干。",
        "10名企业家每人捐款5000元，另赠物资12万元。",
        "投入0.85亿元（8500万元）。",
        "投入0.85亿元（其中省级850万元）。",
        "门诊收入930万元，次均费用148元。",
    ),
    name="单值、个数与总数不符，或换算不符",
    basis="数据",
    why="总数等于个数乘单值；同一个数换一个单位要相等。",
)
