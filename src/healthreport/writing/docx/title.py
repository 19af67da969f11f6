"""Breaking a long title into even lines, as the standard's trapezoid or rhombus (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from healthreport.values.width import width
from healthreport.writing.docx.wrapping import room

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_LINES = 8
_OPENING = "《〈“‘（(【〔"
_CLOSING = "》〉”’）)】〕，。、；：！？"
# A place at the head of a title, or of one more name in it: 槐溪县松岭镇, 、槐溪县. It stands on the line of what is there.
_PLACE = r"(?:^|(?<=、))(?!关于)\w{2,3}?[省市区县旗州](?:\w{2,3}?(?:镇|乡|街道))?"
# Numbers with what counts them, and short names in quotes.
_UNBROKEN = (
    r"[0-9A-Za-z.%‰—\-~～]+(?:年度?|月|日|岁|届|次|期|号|个|项|名|万|亿|周年)?|《[^》]{1,18}》|“[^”]{1,12}”|（[^）]{1,12}）"
    rf"|{_PLACE}"
)
# A break is good after these, and before these.
_GOOD_AFTER = ("的", "》", "”", "、", "，", "局", "委", "院", "中心", "委员会", "政府", "办公室", "年", "年度")
_GOOD_BEFORE = ("关于", "和", "与", "及", "暨", "工作", "情况", "实施", "《", "“")
# Grammar: what leads to the words behind it, and what belongs to those before it.
_LEADING, _TRAILING = ("关于", "和", "与", "及", "暨", "或", "对", "向", "在", "以", "为", "同"), ("的", "等")
_ALONE = {*_LEADING, *_TRAILING, *_OPENING, *_CLOSING}
_LONGEST = 5  # a longer word of the list is made of shorter ones, between which a line had rather not end
# What it costs to end a line: at a word that is not in the list, within what may be one; within a word; within
# each other one that could be read there, and each compound; behind what leads, before what belongs to others.
_BESIDE_UNKNOWN, _AMONG_UNKNOWN, _IN_WORD, _IN_OTHER, _IN_COMPOUND, _TORN = 5.0, 30.0, 60.0, 20.0, 6.0, 25.0
_PLAIN = 4.0  # and at no good place
_ORGANISATION = 25.0  # how much less behind the name of the organisation
_LONE, _SHORTEST = 100.0, 4.0  # a line may not hold a lone word


def break_title(title: str, capacity: float, words: frozenset[str], organisation: str = "") -> list[str]:
    """Split a title into lines of at most ``capacity`` characters, even and never within a word.

    A line has room for the gaps that LibreOffice sets around digits: a full one would leave its last character alone.
    A line break the user wrote is kept. ``words`` are words of the field that stay whole; a line ends rather behind
    the name of the ``organisation`` than elsewhere.
    """
    lines: list[str] = []
    for part in title.split("\n"):
        breaks = (
            capacity < room(part) and width(part) <= _MOST_LINES * capacity
        )  # longer, it is no title: Word wraps it
        lines += _break(part, capacity, words, organisation) if breaks else [part]
    return lines


@lru_cache(maxsize=256)
def _break(text: str, capacity: float, words: frozenset[str], organisation: str) -> list[str]:
    allowed = _breaks(text, words)
    if organisation and text.startswith(organisation) and len(organisation) in allowed:
        allowed[len(organisation)] -= _ORGANISATION
    count = math.ceil(room(text) / capacity)
    torn = None  # within a word: a line more is the better way
    for lines in range(count, count + 3):
        best = _best(text, capacity, width(text) / lines, lines, allowed)
        if best and not any(allowed.get(end, 0.0) >= _IN_WORD for end in accumulate(map(len, best))):
            return best
        torn = torn or best
    return torn or [text]


def _best(text: str, capacity: float, ideal: float, lines: int, allowed: dict[int, float]) -> list[str] | None:
    """Choose breaks by the least sum of squared unevenness and break costs (dynamic programming)."""
    states: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for number in range(1, lines + 1):
        following: dict[int, tuple[float, list[int]]] = {}
        ends = [len(text)] if number == lines else allowed
        for end in ends:
            for start, (cost, cuts) in states.items():
                size = width(text[start:end])
                if start < end and size <= capacity and room(text[start:end]) <= capacity:
                    lone = _LONE if size < _SHORTEST else 0.0
                    total = cost + (size - ideal) ** 2 + allowed.get(end, 0.0) + lone
                    if end not in following or total < following[end][0]:
                        following[end] = (total, [*cuts, end])
        states = following
    if len(text) not in states:
        return None
    cuts = [0, *states[len(text)][1]]
    return [text[start:end] for start, end in pairwise(cuts)]


def _breaks(text: str, words: frozenset[str]) -> dict[int, float]:
    """Return every place a line may end and what it costs to end it there."""
    forbidden = {at for match in re.finditer(_UNBROKEN, text) for at in range(match.start() + 1, match.end())}
    places = {match.end() for match in re.finditer(_PLACE, text)}
    found = _found(text, words)
    known = _known(text, found)
    covered = [0.0] * len(text)
    for start, end in found:
        for at in range(start + 1, end):
            covered[at] += _IN_OTHER if end - start <= _LONGEST else _IN_COMPOUND
    costs = {}
    for at in range(2, len(text) - 1):
        if at in forbidden or text[at] in _CLOSING or text[at - 1] in _OPENING or text.endswith("关于", 0, at):
            continue
        good = text.endswith(_GOOD_AFTER, 0, at) or text.startswith(_GOOD_BEFORE, at)
        costs[at] = covered[at] + (0.0 if good else _PLAIN)
        if at in places or at not in known:
            costs[at] += _IN_WORD
            continue
        if not all(known[at]):
            # 组 behind 督查 is a part of it, though the list has no 督查组.
            ends_a_word = known[at][0] and known.get(at + 1) == (False, True)
            costs[at] += _BESIDE_UNKNOWN if any(known[at]) and not ends_a_word else _AMONG_UNKNOWN
        if text.endswith(_LEADING, 0, at) or text.startswith(_TRAILING, at):
            costs[at] += _TORN
    return costs


def _found(text: str, words: frozenset[str]) -> list[tuple[int, int]]:
    """Return where words of the list stand in a text: start and end of each."""
    index = _by_start(words)
    return [
        (start, start + len(word))
        for start in range(len(text) - 1)
        for word in index.get(text[start : start + 2], ())
        if text.startswith(word, start)
    ]


@lru_cache(maxsize=4)
def _by_start(words: frozenset[str]) -> dict[str, list[str]]:
    """Return words by their first two characters."""
    index: dict[str, list[str]] = {}
    for word in words:
        index.setdefault(word[:2], []).append(word)
    return index


def _known(text: str, found: Sequence[tuple[int, int]]) -> dict[int, tuple[bool, bool]]:
    """Return where words end and begin, and whether those before and behind are of the list.

    The text is divided into as few words of the list as cover the most of it; what is in none stands alone.
    """
    starts: dict[int, list[int]] = {}
    for start, end in found:
        if end - start <= _LONGEST:
            starts.setdefault(end, []).append(start)
    best: list[tuple[float, int, bool]] = [(0.0, 0, True)]  # of each length: its cost, where its last word begins
    for end in range(1, len(text) + 1):
        single = text[end - 1] in _ALONE
        alone = (best[end - 1][0] + (1.0 if single else 2.5), end - 1, single)
        whole = ((best[start][0] + 1.0 - (end - start) / 100, start, True) for start in starts.get(end, ()))
        best.append(min([alone, *whole]))
    ends: dict[int, tuple[bool, bool]] = {}
    end, after = len(text), True
    while end:
        _, start, is_known = best[end]
        ends[end] = is_known, after
        end, after = start, is_known
    return ends
