"""Sentences that stand twice in one document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.joined import joined
from healthreport.checking.passages import Kind
from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity
from healthreport.trees.slots import FILLED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.passages import Spot
    from healthreport.checking.subject import Subject

_SHORTEST = 15
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]")
_HAN = re.compile(r"[一-龥]")
_LABEL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．是]+[，、]?|[①-⑳]")
# What each item of a list has, and often the same: 责任单位：县卫生健康局、各乡镇卫生院。
_FIELD = re.compile(r"[一-龥]{2,8}[：:]")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a sentence of fifteen characters or more that has stood before: pasted twice, or left when moved."""
    text = joined(subject)
    first: dict[str, Spot] = {}
    for match in _SENTENCE.finditer(text.full):
        if len(match[0]) < _SHORTEST:
            continue
        said = _said(match[0])
        if len(said) < _SHORTEST or FILLED in said or _FIELD.match(said):
            continue
        start = match.start() + match[0].index(said)
        if text.passage(start).kind is not Kind.BODY:
            continue
        spot = text.spot(start, match.end())
        if said in first:
            yield Finding("这一句前面已有，一字不差。", spot, "请删去一处，或改写。", ((first[said], "前面的一句"),))
        first.setdefault(said, spot)


def _said(sentence: str) -> str:
    """Return a sentence without its label and blanks; nothing of one that has few ideographs."""
    said = sentence.lstrip()
    label = _LABEL.match(said)
    said = said[label.end() :].lstrip() if label else said
    return said if len(_HAN.findall(said)) >= _SHORTEST - 3 else ""


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
        "一是完成了全部乡镇卫生院的设备更新工作；二是抓好培训。\n一是完成了全部乡镇卫生院的设备更新工作；二是抓好培训。",
    ),
    good=(
        "1.完善制度。责任单位：县卫生健康局、各乡镇卫生院，县疾控中心。\n2.强化督导。责任单位：县卫生健康局、各乡镇卫生院，县疾控中心。",
        "工作扎实推进。\n工作扎实推进。",
        "全年举办业务培训6期，参训人员412人次。\n全年举办业务培训8期，参训人员512人次。",
    ),
)
