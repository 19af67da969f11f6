"""Breaking a long title into even lines, as the standard's trapezoid or rhombus (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from healthreport.values.width import width

_MOST_LINES = 8
_OPENING = "《〈“‘（(【〔"
_CLOSING = "》〉”’）)】〕，。、；：！？"
_UNBROKEN = re.compile(r"[0-9A-Za-z.%‰—\-~～]+年?|《[^》]{1,18}》|“[^”]{1,12}”|（[^）]{1,12}）")
# A break is good after these, and before these.
_GOOD_AFTER = ("的", "》", "”", "、", "，", "局", "委", "院", "中心", "总结", "计划", "方案")
_GOOD_BEFORE = ("关于", "和", "与", "及", "暨", "工作", "情况", "实施", "《", "“")


def break_title(title: str, capacity: float, words: frozenset[str]) -> list[str]:
    """Split a title into lines of at most ``capacity`` characters, even and never within a word.

    A line break the user wrote is kept. ``words`` are words of the field that stay whole.
    """
    lines: list[str] = []
    for part in title.split("\n"):
        breaks = capacity < width(part) <= _MOST_LINES * capacity  # what is longer is no title: Word wraps it
        lines += _break(part, capacity, words) if breaks else [part]
    return lines


def _break(text: str, capacity: float, words: frozenset[str]) -> list[str]:
    allowed = _breaks(text, words)
    count = math.ceil(width(text) / capacity)
    for lines in range(count, count + 3):
        best = _best(text, capacity, width(text) / lines, lines, allowed)
        if best is not None:
            return best
    return [text]


def _best(text: str, capacity: float, ideal: float, lines: int, allowed: dict[int, float]) -> list[str] | None:
    """Choose breaks by the least sum of squared unevenness and break costs (dynamic programming)."""
    states: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for number in range(1, lines + 1):
        following: dict[int, tuple[float, list[int]]] = {}
        ends = [len(text)] if number == lines else allowed
        for end in ends:
            for start, (cost, cuts) in states.items():
                size = width(text[start:end])
                if start < end and size <= capacity:
                    total = cost + (size - ideal) ** 2 + allowed.get(end, 0.0)
                    if end not in following or total < following[end][0]:
                        following[end] = (total, [*cuts, end])
        states = following
    if len(text) not in states:
        return None
    cuts = [0, *states[len(text)][1]]
    return [text[start:end] for start, end in pairwise(cuts)]


def _breaks(text: str, words: frozenset[str]) -> dict[int, float]:
    """Return every place a line may end and what it costs to end it there."""
    forbidden = {at for match in _UNBROKEN.finditer(text) for at in range(match.start() + 1, match.end())}
    inside = {
        at
        for word in words
        if word in text
        for match in re.finditer(re.escape(word), text)
        for at in range(match.start() + 1, match.end())
    }
    costs = {}
    for at in range(2, len(text) - 1):
        if at in forbidden or text[at] in _CLOSING or text[at - 1] in _OPENING:
            continue
        good = text[:at].endswith(_GOOD_AFTER) or text[at:].startswith(_GOOD_BEFORE)
        costs[at] = (0.0 if good else 6.0) + (40.0 if at in inside else 0.0)
    return costs
