"""Targets and what came of them."""

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
    """Tell of completions and words that the target does not bear out: 目标90%，实际88.7%，超额完成目标."""
    yield from findings(subject, "HR206")


TARGET = TextRule(
    "HR206",
    Severity.WARNING,
    _find,
    bad=(
        "年度目标9000人，实际完成9720人，完成率106.0%。",
        "任务1500例，完成1620例，超额完成12.0%。",
        "接种率目标90%，实际88.7%，超额完成目标。",
        "截至6月底完成全年任务的52%，快于序时进度3个百分点。",
    ),
    good=(
        "年度目标9000人，实际完成9720人，完成率108.0%。",
        "接种率目标90%，实际88.7%，未达标。",
        "药占比目标30%，实际28.6%，达到目标要求。",
        "目标任务1500例，力争年底前完成1620例，超额完成任务。",
        "年度任务200场，已完成164场，其余将于年底前全面完成。",
    ),
    name="完成情况与目标不符",
    basis="数据",
    why="目标、完成数、完成率和“超额”“未达标”说的是一件事，要互相对得上。",
)
