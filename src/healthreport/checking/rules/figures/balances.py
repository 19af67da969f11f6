"""What is left, and flows."""

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
    """Tell of differences and flows that do not come out: 年度任务200场，已完成164场，还差46场."""
    yield from findings(subject, "HR213")


BALANCE = TextRule(
    "HR213",
    Severity.WARNING,
    _find,
    bad=(
        "年度任务200场，已完成164场，还差46场。",
        "收入8260万元，支出8035万元，结余325万元。",
        "年初在册1210人，新增96人，死亡及迁出44人，年末在册1306人。",
        "18家卫生院中，除4家达到推荐标准外，其余15家达到基本标准。",
    ),
    good=(
        "年度任务200场，已完成164场，还差36场。",
        "收入8260万元，支出8035万元，结余225万元。",
        "年初在册1210人，新增96人，死亡及迁出44人，年末在册1262人。",
        "职工153人，医护人员117人，其他后勤人员41人。",
        "上年结转85万元，本年收入320万元，本年支出360万元，年末结余45万元。",
        "任务200场，甲镇完成64场，乙镇完成50场，未完成36场。",
    ),
    name="收支、增减、余量算不拢",
    basis="数据",
    why="结余是收入减支出，还差的是任务减完成，期末是期初加增减减。",
)
