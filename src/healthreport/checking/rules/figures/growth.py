"""Changes against an earlier figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.figures.changes.turned import NEGATIVE
from healthreport.checking.passages import Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.figures.looking import findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


def _find_growth(subject: Subject) -> Iterator[Finding]:
    """Tell of changes that are not what the two figures give: 门诊12.96万人次，上年12.00万人次，增长9.6%.

    Of what fell by less than nothing (下降-4.5%) nobody knows which way it went.
    """
    yield from findings(subject, "HR203")
    for passage in subject.passages:
        for match in NEGATIVE.finditer(passage.text):
            what = f"“{match[0]}”：已经说了往下，后面的数不再带负号。"
            yield Finding(what, Spot(passage, *match.span()), "请核对增减的方向，去掉负号或改成“增长”。")


GROWTH = TextRule(
    "HR203",
    Severity.WARNING,
    _find_growth,
    bad=(
        "门诊12.96万人次，上年12.00万人次，增长9.6%。",
        "次均药费由62.0元降至55.8元，下降9.0%。",
        "控制率由68.4%提高到71.2%，提高3.8个百分点。",
        "发热门诊2400人次，较上年2600人次增长7.7%。",
        "义诊由1500人次增至2000人次，翻了一番。",
        "规范管理率60.3%，比上年（58.8%）提高1.4个百分点。",
        "床位使用率由58.3%下降到63%。",
        "发病率由4.5‰上升至3.2‰。",
        "住院2236人次，同比下降-4.5%。",
    ),
    good=(
        "门诊12.96万人次，上年12.00万人次，增长8.0%。",
        "去年投资105.5万元，同比增长27%，全年收入45.69万元，同比增长7%。",
        "发热门诊2400人次，增长7.7%。",
        "委办局由84个减至53个，人员减少15%。",
        "由30例增至约120例，增长近4倍。",
        "床位使用率由63%下降到58.3%，平均住院日由7.2天缩短至6.8天。",
        "综合排名由第5位上升到第3位。",
        "住院2236人次，同比增长-4.5%。",
        "高校100所，职校8所，技校228所。",
        "义诊由1500人次增至2900人次，近翻一番。",
    ),
    name="增减与两期的数不符",
    basis="数据",
    why="增减的量、幅度和方向都由两期的数算出，对不上就有一处错。",
)


def _find_points(subject: Subject) -> Iterator[Finding]:
    """Tell of per cent where points are meant, and the other way: 由68.4%提高到71.2%，提高2.8%."""
    yield from findings(subject, "HR204")


POINTS = TextRule(
    "HR204",
    Severity.WARNING,
    _find_points,
    bad=(
        "控制率由68.4%提高到71.2%，提高2.8%。",
        "门诊量由1200人次增加到1320人次，增长10个百分点。",
        "发病率由50%下降到40%，下降20个百分点。",
    ),
    good=(
        "控制率由68.4%提高到71.2%，提高2.8个百分点。",
        "死亡率由3.2‰下降到2.4‰，下降25.0%。",
        "门诊量由1200人次增加到1320人次，增长10%。",
        "增速由5%提高到8%，提高3个百分点。",
    ),
    name="百分点与百分数混用",
    basis="数据",
    why="两个百分数之差是百分点；写成%，读作相对变化，意思变了。",
)
