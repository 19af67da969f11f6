"""Figures of last year that this year's document gives otherwise than last year's did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.said import said
from healthreport.diagnostics import Related, Severity
from healthreport.recognising.relations import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.passages import Passage
    from healthreport.checking.subject import Subject
    from healthreport.recognising.relations import Mention

_HINT = "请核对是哪一个数；上年的数后来核减过，请加说明。"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a figure that is said to be last year's (上年1200人次) and was another one in last year's document."""
    last = subject.beside.last
    if last is None:
        return
    then: dict[tuple[str, str], list[tuple[Passage, Mention]]] = {}
    for passage, mention in said(last, Relation.VALUE):
        then.setdefault((mention.name, mention.unit), []).append((passage, mention))
    for passage, mention in said(subject, Relation.LAST, Relation.FROM):
        known = then.get((mention.name, mention.unit), [])
        if known and all(other.number != mention.number for _, other in known):
            there, other = known[0]
            written, here = f"{other.value}{other.unit}", f"{mention.value}{mention.unit}"
            message = f"“{mention.name}”在上年的材料里是{written}，这里说上年是{here}。"
            related = (Related(last.place(Spot(there, other.start, other.end)), "上年是这样写的"),)
            yield Finding(message, Spot(passage, mention.start, mention.end), _HINT, related)


_NOW = "门诊诊疗12500人次，上年11800人次。"
LAST_FIGURE = TextRule(
    "HR602",
    Severity.WARNING,
    _find,
    bad=(
        f"{_NOW}\n-----\n门诊诊疗11900人次。",
        "家庭医生签约率由38.2%提高到41.5%。\n-----\n家庭医生签约率37.2%。",
        f"{_NOW}\n-----\n全年门诊诊疗1180人次，住院210人次。",
    ),
    good=(
        f"{_NOW}\n-----\n门诊诊疗11800人次。",
        f"{_NOW}\n-----\n门诊诊疗约1.2万人次。",
        f"{_NOW}\n-----\n住院治疗900人次。",
        _NOW,
    ),
    name="上年数与上年的材料不同",
    basis="数据",
    why="同一个上年数，去年报的和今年写的应当一样；核减过的，要说明。",
)
