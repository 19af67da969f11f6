"""Totals and rates of tables."""

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
    """Tell of totals and rates of a table that its other cells do not give."""
    yield from findings(subject, "HR214")


TABLE = TextRule(
    "HR214",
    Severity.WARNING,
    _find,
    bad=(
        "乡镇\t门诊\t住院\n白石镇\t1200\t86\n柳河镇\t980\t64\n合计\t2180\t160",
        "乡镇\t应建档\t已建档\t建档率\n白石镇\t1000\t950\t95.0%\n柳河镇\t800\t720\t90.0%\n青坪乡\t500\t450\t80.0%",
        "乡镇\t合计\t男\t女\n白石镇\t210\t100\t110\n柳河镇\t190\t90\t110\n青坪乡\t150\t70\t80",
    ),
    good=(
        "乡镇\t门诊\t住院\n白石镇\t1200\t86\n柳河镇\t980\t64\n合计\t2180\t150",
        "乡镇\t得分\t名次\n白石镇\t96\t1\n柳河镇\t92\t2\n合计\t94\t—",
        "乡镇\t应建档\t建档率\n白石镇\t1000\t95.0%\n柳河镇\t800\t90.0%\n合计\t1800\t92.8%",
        "年份\t收入\t支出\n2022\t1200\t1100\n2023\t1300\t1250",
        "乡镇\t应检\t80岁以上\n白石镇\t1000\t120\n柳河镇\t800\t100\n合计\t1800\t220",
        "机构\t人数\t床位\n医院\t820\t600\n其中：县医院\t500\t400\n卫生院\t300\t200\n合计\t1120\t800",
    ),
    name="表中合计、率与各行各列不符",
    basis="数据",
    why="表里的合计、小计、率由别的格算出。",
)
