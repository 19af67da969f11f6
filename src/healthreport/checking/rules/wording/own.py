"""Words that a bureau itself lists as wrong, in its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of words under 错词 of ``.healthreport.yaml``: 清合区 for 清河区."""
    text, listed = subject.joined, subject.settings.wrong
    for wrong, places in text.all_places(listed).items():
        right = listed[wrong]
        for at in places:
            yield Finding(f"“{wrong}”应为“{right}”。", text.spot(at, at + len(wrong), right), "本单位的“错词”里写着。")


OWN_WORD = TextRule(
    "HR410",
    Severity.WARNING,
    _find,
    bad=("清合区卫生健康局", "全镇共有清合区医院1家。", "清合区、清合区卫生院"),
    good=("清河区卫生健康局", "清水合流。", "全区共有医院1家。"),
    name="本单位列出的错词",
    why="在“.healthreport.yaml”的“错词”里写上的，都按写的改；举例的设置是“错词: {清合区: 清河区}”。",
)
