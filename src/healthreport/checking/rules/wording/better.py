"""Words for which there is a better one, and names that have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.wording import hits
from healthreport.checking.rules.wording.wrong import finding
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of words that documents write otherwise: 其它 for 其他; of 卫生局 in a document of a year since it went."""
    text = subject.joined
    told: dict[tuple[int, str], Finding] = {}
    for hit in hits.of_better(subject):
        if not (hit.wrong.since and _is_history(text.full, hit.start, text.line(hit.start)[0], hit.wrong.since)):
            one = finding(hit, text, "宜作")
            # Said three times in one paragraph it is told once, with all places.
            first = told.setdefault((text.number(hit.start), one.what), one)
            if first is not one:
                assert isinstance(one.where, Spot)
                told[text.number(hit.start), one.what] = first._replace(places=(*first.places, one.where))
    yield from told.values()


def _is_history(text: str, at: int, first: int, since: int) -> bool:
    """Say whether a sentence speaks of former times: 原县卫生局, 2012年新农合参合率."""
    start = max(text.rfind("。", first, at) + 1, first)
    sentence = text[start:at]
    return sentence.endswith(("原", "原县", "原市", "原区", "原省")) or any(
        int(word) < since for word in hits.years(sentence)
    )


BETTER_WORD = TextRule(
    "HR403",
    Severity.NOTE,
    _find,
    name="宜换的写法",
    basis="实务",
    why="推荐词形见《现代汉语词典》《第一批异形词整理表》；机构改革后名称已经改了的，新的公文用新名称，旧文不改。",
    bad=(
        "认真完成上级交办的其它工作。",
        "2023年工作总结\n县卫生局组织开展义诊。",
        "涉及到群众切身利益的问题。",
        "老年痴呆患者得到照护。",
    ),
    good=(
        "2012年工作总结\n县卫生局组织开展义诊，新农合参合率99.8%。",
        "2023年工作总结\n2016年原县卫生局印发方案。",
        "其他垃圾，唯一标识。",
        "粘连松解术，粘贴标签。",
        "老年痴呆防治行动启动。",
    ),
)
