"""Totals and parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import TextRule
from healthreport.checking.rules.figures.looking import findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject


def _find_sum(subject: Subject) -> Iterator[Finding]:
    """Tell of totals that are not the sum of their parts: 共212家，其中县级6家、乡镇级18家、村级178家."""
    yield from findings(subject, "HR201")


SUM = TextRule(
    "HR201",
    Severity.WARNING,
    _find_sum,
    bad=(
        "全县共有医疗机构212家，其中县级6家、乡镇级18家、村级178家。",
        "门诊12400人次、住院2300人次，合计15700人次。",
        "培训210人（男84人、女136人）。",
        "任务600例分解到3个镇：240例、200例、180例。",
        "合计=甲镇31.5+乙镇28.4+丙镇40.1=101.0（万元）。",
    ),
    good=(
        "全县共有医疗机构212家，其中县级6家、乡镇级18家、村级188家。",
        "卫生技术人员640人，其中医师256人、护士300人。",
        "聘用人员96人，其中女性61人、本科以上学历58人、党员12人。",
        "全年报告病例320例，其中肝炎128例、肺结核96例等。",
        "在职职工318人，下设科室12个，其中临床科室8个、医技科室4个。",
        "发放宣传册1200份、海报300张，共开展活动16场。",
        "“2+1+7”模式覆盖3个镇，共建站点10个。",
    ),
    name="合计与分项不符",
    basis="数据",
    why="总数和各项对不上，读的人不知道该信哪个；上级汇总时会被退回。",
)


def _find_whole(subject: Subject) -> Iterator[Finding]:
    """Tell of parts that are larger than their whole: 床位860张（含重症床位960张）."""
    yield from findings(subject, "HR208")


WHOLE = TextRule(
    "HR208",
    Severity.WARNING,
    _find_whole,
    bad=(
        "核定床位860张（含重症床位960张）。",
        "12月新增434例，全年累计420例。",
        "签约老年人5.2万人，其中贫困人口签约21万人（总签约16.6万人）。",
    ),
    good=(
        "核定床位860张（含重症床位45张）。",
        "12月新增34例，全年累计420例。",
        "建成服务站4个，其中配备医师12名。",
        "户均从业2.6人；其中从事农业的3200人。",
        "两台33千瓦的机组，其中60千瓦用于备用。",
        "床位60张，比上年增加10张，其中内科40张、外科20张。",
        "全镇有村医45人，比上年减少3人，其中大专以上学历20人、中专25人。",
    ),
    name="部分大于整体",
    basis="数据",
    why="部分不会比整体多，多半是数写错了，或万、亿写错了。",
)
