"""Sentences that stand twice in one document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind
from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity
from healthreport.trees.slots import FILLED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.subject import Subject

_SHORTEST = 15
_LABEL = " \u3000\t（）()一二三四五六七八九十0123456789、.．①②③④⑤⑥⑦⑧⑨⑩"
_LEAD = re.compile("(?:一?年来|近年来|今年来|今年以来|同时|此外|另外|其次|首先|年)，")
_ENDS = ("。", "！", "？")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a sentence of fifteen characters or more that has stood before: pasted twice, or left when moved."""
    text = subject.joined
    seen: dict[str, int] = {}
    at = 0
    for sentence in text.full.replace("！", "。").replace("？", "。").replace("\n", "。").split("。"):
        start, at = at, at + len(sentence) + 1
        if len(sentence) < _SHORTEST:
            continue
        said = sentence.lstrip(_LABEL)
        # 今年以来，我们… says the same as 我们…
        lead = _LEAD.match(said)
        said = said[lead.end() :] if lead and len(said) - lead.end() >= _SHORTEST else said
        start += len(sentence) - len(sentence.lstrip(_LABEL)) + (len(sentence.lstrip(_LABEL)) - len(said))
        if said not in seen:
            seen[said] = start
        elif _is_told(said, text, start, subject):
            before = text.spot(seen[said], seen[said] + len(said))
            spot = text.spot(start, start + len(said))
            yield Finding(
                "这一句前面已有，一字不差。", spot, "请删去一处，或改写。", ((before, "前面的一句"),), places=(before,)
            )


def _is_told(said: str, text: Joined, start: int, subject: Subject) -> bool:
    """Say whether a sentence is one of a paragraph, and not what each item of a list has (责任单位：…)."""
    is_body = text.passage(start).kind is Kind.BODY and text.full[start + len(said) : start + len(said) + 1] in _ENDS
    return is_body and FILLED not in said and not any(word in said for word in subject.known.clues["分工"])


REPEATED_SENTENCE = TextRule(
    "HR406",
    Severity.NOTE,
    _find,
    name="重复的句子",
    basis="实务",
    why="整句重复多半是粘贴了两次，或移动段落时忘了删去原处。",
    bad=(
        "区委、区政府十分重视爱国卫生工作，将其纳入发展规划。\n工作扎实。区委、区政府十分重视爱国卫生工作，将其纳入发展规划。",
        "全年举办业务培训6期，参训人员412人次。\n二、主要做法\n全年举办业务培训6期，参训人员412人次。",
        "一年来,区委、区政府十分重视爱国卫生工作。成效好。\n区委、区政府十分重视爱国卫生工作。",
        "一是完成了全部乡镇卫生院的设备更新工作；二是抓好培训。\n一是完成了全部乡镇卫生院的设备更新工作；二是抓好培训。",
    ),
    good=(
        "1.完善制度。责任单位：县卫生健康局、各乡镇卫生院，县疾控中心。\n2.强化督导。责任单位：县卫生健康局、各乡镇卫生院，县疾控中心。",
        "工作扎实推进。\n工作扎实推进。",
        "全年举办业务培训6期，参训人员412人次。\n全年举办业务培训8期，参训人员512人次。",
    ),
)
