"""What a single figure shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot
from healthreport.checking.rule import TextRule
from healthreport.checking.rules.figures.looking import findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject


def _typed(subject: Subject, id: str) -> Iterator[Finding]:
    """Yield what a rule finds of numbers that were typed: of a report's indicators its own rules tell."""
    for found in findings(subject, id):
        if not isinstance(found.where, Spot) or subject.is_typed(found.where):
            yield found


def _find_over(subject: Subject) -> Iterator[Finding]:
    """Tell of rates that cannot pass 100 %: 签约率172.5%."""
    yield from _typed(subject, "HR215")


OVER = TextRule(
    "HR215",
    Severity.WARNING,
    _find_over,
    bad=(
        "家庭医生签约率172.5%。",
        "抽检合格率达101%。",
        "老年人占常住人口的120%。",
    ),
    good=(
        "年度任务完成率108%。",
        "床位使用率102.0%。",
        "收入增长率120%。",
        "占年度任务的108%。",
        "签约率100%。",
    ),
    name="率超过100%",
    basis="数据",
    why="覆盖率、合格率、占比一类的率到不了100%以上。",
)


def _find_no_unit(subject: Subject) -> Iterator[Finding]:
    """Tell of a number without the unit that its neighbours have: 占37.1%、占10.5%、占62.8."""
    yield from findings(subject, "HR216")


NO_UNIT = TextRule(
    "HR216",
    Severity.WARNING,
    _find_no_unit,
    bad=(
        "高级职称占37.1%，中级职称占52.4，初级占10.5%，其他占0.0%。",
        "高级职称占12.4%，中级职称占30.5，初级及以下占57.1%。",
        "规范管理率72.5%，控制率61.3%，签约率43.6。",
    ),
    good=(
        "高级职称占37.1%，中级职称占52.4%，初级占10.5%。",
        "规范管理率72.5%，控制率61.3%，得分90.5分。",
        "控制率61.3%，签约率43.6%，完成2.5万份。",
        "空气PM2.5达标率92.5%，优良率88.3%。",
    ),
    name="一列数里缺单位",
    basis="数据",
    why="前后的数都带%，中间一个没有，读的人不知道是什么。",
)


def _find_no_number(subject: Subject) -> Iterator[Finding]:
    """Tell of a sign without its number: 提供医疗服务率%."""
    yield from findings(subject, "HR217")


NO_NUMBER = TextRule(
    "HR217",
    Severity.WARNING,
    _find_no_number,
    bad=(
        "提供医疗服务率%。",
        "绿色通道开通率%，现有机构4家。",
        "接种率提高个百分点。",
    ),
    good=(
        "提供医疗服务率95%。",
        "签约率（%）见附表。",
        "接种率提高2.1个百分点。",
        "接种率**%。",
        "占比%＝本项÷合计。",
    ),
    name="缺少数字",
    basis="数据",
    why="“率%”里的数漏了。",
)


def _find_broken(subject: Subject) -> Iterator[Finding]:
    """Tell of counts of persons and things that are not whole: 参加演练的医务人员12.5人."""
    yield from _typed(subject, "HR218")


BROKEN = TextRule(
    "HR218",
    Severity.WARNING,
    _find_broken,
    bad=(
        "参加演练的医务人员12.5人。",
        "新增救护车2.5辆。",
        "建成村卫生室16.5家。",
    ),
    good=(
        "每千人口执业医师2.5人。",
        "门诊12.5万人次。",
        "场均85.5人。",
        "户均人口3.1人。",
        "人均就诊6.2次。",
        "诊疗费3.5元/人次。",
    ),
    name="人和物的个数带小数",
    basis="数据",
    why="人、户、台这样数出来的没有半个；平均数要写明。",
)
