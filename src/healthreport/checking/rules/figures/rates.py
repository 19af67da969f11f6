"""Rates and shares of what stands beside them."""

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
    """Tell of rates that numerator and denominator do not give: 应接种5200剂次，实际接种4992剂次，接种率94%."""
    yield from findings(subject, "HR202")


RATE = TextRule(
    "HR202",
    Severity.WARNING,
    _find,
    bad=(
        "应接种5200剂次，实际接种4992剂次，接种率94.0%。",
        "随访率为91.5%（9250/10000）。",
        "活产2500人，婴儿死亡8人，婴儿死亡率32‰。",
        "常住人口40万人，床位2480张，每千人口62张。",
        "药品收入2520万元占医疗收入7200万元的25.0%。",
        "卫技人员350人，高级职称56人，占18.0%。",
    ),
    good=(
        "应接种5200剂次，实际接种4992剂次，接种率96.0%。",
        "在管高血压患者8640人，血压达标6048人，规范管理率82%。",
        "常住人口41.6万人，签约16.64万人，重点人群签约率71.2%。",
        "目标血压低于140/90mmHg，达标率75%。",
        "抽查产品44种，合格25种，合格率56.8%，其中进口产品合格率70.0%。",
        "销售收入4797万元，占31.5%；利润403万元，占56%。",
        "传染病发病722例，死亡3例，死亡率0.75/10万。",
        "随访慢性病患者5230人次，为老年人免费体检1830人，老年人体检率为75.9%。",
        "每千人口执业（助理）医师2.76人，每千人口注册护士2.97人（常住人口按40.0万人计算）。",
    ),
    name="率与分子分母不符",
    basis="数据",
    why="率由分子、分母算出，三个数里有一个写错就对不上。",
)
