"""Labels at the start of a paragraph: what may be one, and what only looks like it.

``1.5万元``, ``4月10日``, ``一、二级医院`` and ``第一、第二党支部`` begin as labels do. What a mark alone cannot tell is
called doubtful here; whether it counts on from a neighbour decides.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from healthreport.values.labels import Label, candidates
from healthreport.values.numbering_styles import style

_LONGEST = 40
_MARKS = "、，。．.：；,:;"
_ALIKE = str.maketrans("(１)", "（1）")
BARE = frozenset({"一", "1", "１", "第一", "其一"})
_UNITS = tuple("月日年岁时分秒个家名例人次户张台座所万亿千百元角米吨亩公平升克度号%％‰℃°/／-—~～至+×")
_YEAR = re.compile(r"\d{4}年")
_COUNTED = re.compile(r"[0-9０-９]")
_CHINESE = tuple("一二三四五六七八九十")
_STEMS = tuple("甲乙丙丁戊己庚辛壬癸")
# Points that stand in one paragraph as often as each in its own.
INLINE = re.compile(r"(?:第|其)?一[是要来则靠抓查看]|[第其]一[，,]|首先[，,]?|[①⑴❶]|[（(]1[)）]|1[)）]")
_STRONG = re.compile(r"[（(]?[一第]|㈠|Ⅰ|附")


class Reading(NamedTuple):
    """A label as it may be read; a doubtful one needs a neighbour that counts with it."""

    label: Label
    family: str
    doubtful: bool
    strong: bool

    @property
    def sample(self) -> str:
        """The style, as its first label looks."""
        return self.label.sample

    @property
    def number(self) -> int:
        """What it counts."""
        return self.label.number


def readings(text: str, native: str = "") -> tuple[Reading, ...]:
    """Return the labels that a paragraph may begin with, the longest first; a native one is never only words."""
    found = candidates(native or text[:_LONGEST])
    if native and not text[len(native) :].strip():
        return ()
    if native:
        return tuple([_reading(label, False) for label in found if label.length == len(native)])
    return tuple(
        [
            _reading(label, doubtful)
            for label in found
            if (doubtful := _is_doubtful(label, text[label.length : label.length + _LONGEST])) is not None
        ]
    )


def _reading(label: Label, doubtful: bool) -> Reading:
    sample = label.sample
    family = sample.rstrip(_MARKS).translate(_ALIKE)
    # 一是 and 首先 lead into a sentence: alone they are words.
    strong = bool(_STRONG.match(sample)) and sample not in BARE and not INLINE.match(sample)
    return Reading(label, family, doubtful, strong)


def _is_doubtful(label: Label, rest: str) -> bool | None:
    """Say whether a label needs a neighbour; ``None`` where what follows shows that it is none."""
    blank, rest = rest[:1].isspace(), rest.lstrip()
    sample, counter = label.sample, _kind(label.sample)
    if not rest:
        return None
    if sample in BARE:
        return None if not blank or rest.startswith((*_UNITS, *_MARKS)) or _COUNTED.match(rest) else True
    if counter == "decimal":
        closed = sample.endswith(tuple(_MARKS))
        is_amount = len(label.enclosing) == 1 and not blank and not closed and rest.startswith(_UNITS)
        return None if is_amount else False
    ending = sample[-1]
    if counter in ("1", "１") and ending in "．.：，,:" and not blank and _COUNTED.match(rest):
        return None if not _YEAR.match(rest) else True
    if ending in "、，,":
        return _goes_on_counting(counter, sample, rest)
    return False


def _goes_on_counting(counter: str, sample: str, rest: str) -> bool:
    """Say whether what follows counts as well: 一、二级, 1、2号, 甲、乙类, 第一、第二."""
    if sample.startswith(("第", "其")):
        return rest.startswith(sample[0])
    if counter == "一":
        return rest.startswith(_CHINESE)
    if counter in ("1", "１"):
        return bool(_COUNTED.match(rest)) and not _YEAR.match(rest)
    return rest.startswith(_STEMS) if counter == "甲" else bool(re.match(r"[A-Za-z]、", rest))


def _kind(sample: str) -> str:
    return style(sample).kind


def written(sample: str, number: int, enclosing: tuple[int, ...] = ()) -> str:
    """Return the label that a style writes, without blanks; empty where it has none."""
    try:
        return "".join(style(sample).label(number, enclosing).split())
    except ValueError:
        return ""
