"""Bounds and rough words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import TextRule
from healthreport.checking.rules.figures.looking import findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject


def _find_bound(subject: Subject) -> Iterator[Finding]:
    """Tell of values outside the bounds beside them: 药占比控制在30%以内，实为31.6%."""
    yield from findings(subject, "HR210")


BOUND = TextRule(
    "HR210",
    Severity.WARNING,
    _find_bound,
    bad=(
        "药占比控制在30%以内，实为31.6%。",
        "村医待遇不低于每月2000元，最低为1950元。",
        "完成102.7万份，近100万份。",
        "次均费用在95～130元之间，平均142元。",
        "发放宣传册2.4万余册（实为23450）。",
    ),
    good=(
        "药占比控制在30%以内，实为28.6%。",
        "村医待遇不低于每月2000元，最低为2150元。",
        "完成98.7万份，近100万份。",
        "糖化血红蛋白控制在7%以内，实际达标的占31.6%。",
        "药占比控制在30%以内，实际为31.6%，未达标。",
        "医务人员不少于30人，实际到场25人次。",
    ),
    name="数超出文中的界限",
    basis="数据",
    why="“近”“超过”“控制在…以内”“不低于”后面的数要守得住。",
)


def _find_rough(subject: Subject) -> Iterator[Finding]:
    """Tell of 成, halves, thirds and ratios that the figures do not bear out: 18个乡镇中7个未达标，不足三成."""
    yield from findings(subject, "HR211")


ROUGH = TextRule(
    "HR211",
    Severity.WARNING,
    _find_rough,
    bad=(
        "18个乡镇中7个未达标，不足三成。",
        "参评35家，达标16家，超过半数。",
        "医护比为1∶1.25（医师240人、护士280人）。",
        "18个乡镇中前6名进入优秀，占四分之一。",
    ),
    good=(
        "18个乡镇中5个未达标，不足三成。",
        "参评35家，达标19家，超过半数。",
        "医护比为1∶1.25（医师240人、护士300人）。",
        "比例尺1∶50000，图上2张。",
        "35个村受益，投入占三成。",
        "一、二、三产业比例为68∶26∶6。",
    ),
    name="成数、分数、比例不符",
    basis="数据",
    why="“三成”“半数”“三分之一”和比例由两个数得出。",
)
