"""One figure said twice."""

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
    """Tell of one indicator with two values, in the text or in text and table: 签约率40.0% and 签约率46.0%."""
    yield from findings(subject, "HR207")


TWICE = TextRule(
    "HR207",
    Severity.WARNING,
    _find,
    bad=(
        "全县家庭医生签约率达40.0%。\n下一阶段，在全县家庭医生签约率46.0%的基础上继续推进。",
        "正文“签约率40.0%”，附表签约率46.0%。",
        "截至2023年底412人；截至2023年底418人。",
        "全县总诊疗人次为12.6万人次。\n全县总诊疗人次为16.2万人次。",
    ),
    good=(
        "甲镇家庭医生签约率达40.0%。\n乙镇家庭医生签约率达46.0%。",
        "截至2023年底412人；截至2024年3月末418人。",
        "2022年家庭医生签约率40.0%。\n2023年家庭医生签约率46.0%。",
        "家庭医生签约率40.0%。\n家庭医生签约率目标为46.0%。",
        "老年人中家庭医生签约率71.2%。\n家庭医生签约率40.0%。",
        "举办讲座24场。\n举办讲座36场。",
        "新生儿听力筛查2640人，筛查率98.5%。遗传病筛查2653人，筛查率99.0%。",
    ),
    name="同一个数前后不一致",
    basis="数据",
    why="同一指标、同一时间、同一范围只有一个数。",
)
