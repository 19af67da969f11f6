"""Names that are written in two ways: 白石镇 and 百石镇."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.subject import Subject

_FEWEST = 3
_HAN = re.compile("[一-龥]{2,3}")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a name that stands once, one character off another that stands often, which looks or sounds alike."""
    text, known = subject.joined, subject.known
    for ending, length in _endings(known.clues):
        names = _names(text, ending, length)
        for name in [name for name, places in names.items() if len(places) >= _FEWEST]:
            for other in _one_off(name, known.alike, names):
                places = (names[other][0], names[name][0])
                if len(names[other]) > 1 or any(_belongs(text.full, at, ending, known.common_words) for at in places):
                    continue
                spot, first = (text.spot(at - length, at + len(ending)) for at in places)
                message = f"“{spot.words}”和“{first.words}”只差一个字。"
                hint = "是同一个名称的，请写成一样；本来就是两个的，可列入本来就对的词。"
                yield Finding(message, spot, hint, ((first, f"这里是“{first.words}”"),))


def _endings(clues: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    """Yield what names end in, with how many characters they have before it."""
    yield from ((ending, 2) for ending in clues["地名"])
    yield from ((ending, 3) for ending in clues["称呼"])


def _names(text: Joined, ending: str, length: int) -> dict[str, list[int]]:
    """Return the characters before an ending, and where the ending stands."""
    found: dict[str, list[int]] = {}
    for at in text.places(ending) if text.may_have(ending) else ():
        found.setdefault(text.full[max(at - length, 0) : at], []).append(at)
    return found


def _belongs(text: str, at: int, ending: str, common: frozenset[str]) -> bool:
    """Say whether an ending belongs to a common word (都市|农村), and so ends no name."""
    end = at + len(ending)
    return any(
        text[first:last] in common
        for first in range(at - 1, at + 1)
        for last in range(end, end + 2)
        if last - first > len(ending)
    )


def _one_off(name: str, alike: dict[str, str], names: dict[str, list[int]]) -> Iterator[str]:
    for at, char in enumerate(name if _HAN.fullmatch(name) else ""):
        for other in dict.fromkeys(alike.get(char, "")):
            changed = name[:at] + other + name[at + 1 :]
            if other != char and changed in names:
                yield changed


NAME = TextRule(
    "HR409",
    Severity.NOTE,
    _find,
    name="名称前后不一",
    basis="实务",
    why="同一个地方、同一个人写成两样，总有一处错了。",
    bad=(
        "白石镇完成改厕。白石镇培训村医。白石镇开展义诊。百石镇超额完成任务。",
        "由张建国同志牵头。张建国同志到会，张建国同志讲话。会后张健国同志部署工作。",
        "清河区启动创建。清河区召开会议。清河区通过评审。青河区群众满意。",
    ),
    good=(
        "白石镇完成改厕。白石镇培训村医。白石镇开展义诊。槐溪镇超额完成任务。",
        "上河镇完成改厕。上河镇培训村医。上河镇开展义诊。下河镇超额完成任务。",
        "东风村达标。东风村验收。东风村授牌。西风村在建。",
    ),
)
