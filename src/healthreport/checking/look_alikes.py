"""Words with one character that looks or sounds like the right one, from ``templates/checking/形近音近.txt``."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.joined import first, second
from healthreport.checking.seams import is_touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from healthreport.checking.joined import Joined
    from healthreport.reading.yaml.nodes import Source

_NONE = "-"
# What is written so more often is a word of its own, however new.
_MOST_TIMES = 2
# The characters of a word no longer than this are not exchanged: 工作, 作工.
_SHORT = 2
# Words of one character that stand beside others; and those by which numbers are counted.
_SMALL = frozenset(
    "的了和与及是在对等为不也都将已以从向到把被使更最很有个各该其或并让由年月日县市区镇乡村院局共要应能可会"
)
_UNITS = frozenset("十百千万亿年月日时分人次个例名家所张台户份元")


class LookAlike(NamedTuple):
    """A word that is none, and the word it looks like."""

    start: int
    end: int
    right: str


class LookAlikes:
    """The words of the list, each with the characters that are taken for its own.

    Of a ``long`` word any character may be another that is ``alike``: the others say which word is meant.
    """

    def __init__(self, sources: Iterable[Source], long: Iterable[str], alike: Mapping[str, str]) -> None:
        lines = [line for source in sources for line in source.text.split("\n") if line and line[0] != "#"]
        self._rows = [(word, taken) for word, *taken in map(str.split, lines)]
        self.long, self._alike = frozenset(long), alike
        self._worth: dict[str, list[tuple[str, int, int]]] = {}
        self.words = frozenset(word for word, _ in self._rows)

    def found(self, text: Joined, common: Set[str], surnames: Set[str]) -> Iterator[LookAlike]:
        """Yield words that are none, where no common word reaches into them and no name begins before them."""
        possible = chain(self._possible(text), self._of_long(text))
        right = {(wrong, pair): word for wrong, pair, word in possible if text.may_have(wrong)}
        found: dict[str, list[int]] = {}
        for wrong, at in text.places_of(right):
            found.setdefault(wrong, []).append(at)
        words = {wrong: word for (wrong, _), word in right.items()}
        for wrong, places in found.items():
            if len(places) > _MOST_TIMES or wrong in common or _has_other(wrong, words[wrong], common):
                continue
            for at in places:
                end = at + len(wrong)
                is_short = len(wrong) == _SHORT
                if is_short and _ends_in_surname(text.full[max(at - 2, 0) : at], common, surnames):
                    continue
                if is_short and not _stands_alone(text.full, at, end, common):
                    continue
                if not is_touched(text.full, at, end, common):
                    yield LookAlike(at, end, words[wrong])

    def _possible(self, text: Joined) -> Iterator[tuple[str, int, str]]:
        """Yield the wrong forms that may occur, each with its pair that hardly does: it has the wrong character."""
        pairs = text.pairs
        for word, taken in self._rows:
            for at, chars in enumerate(taken):
                if chars == _NONE:
                    continue
                before = first(word[at - 1]) if at else 0
                after = second(word[at + 1]) if at + 1 < len(word) else 0
                for char in chars:
                    if (not before or before | second(char) in pairs) and (not after or first(char) | after in pairs):
                        yield word[:at] + char + word[at + 1 :], max(at - 1, 0), word
            for at in range(1, len(word) if len(word) > _SHORT else 0):
                if first(word[at]) | second(word[at - 1]) in pairs:
                    yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :], at - 1, word

    def _of_long(self, text: Joined) -> Iterator[tuple[str, int, str]]:
        """Yield the wrong forms of long words that may occur: the pairs of the right characters do, and the others."""
        pairs = text.pairs
        for word in self.long:
            keys = [first(char) | second(after) for char, after in pairwise(word)]
            missing = [at for at, key in enumerate(keys) if key not in pairs]
            if len(missing) > 2 or (len(missing) == 2 and missing[1] - missing[0] != 1):
                continue
            for at, char in enumerate(word):
                if not all(at - 1 <= one <= at for one in missing):
                    continue
                before = first(word[at - 1]) if at else 0
                after = second(word[at + 1]) if at + 1 < len(word) else 0
                for other, as_first, as_second in self._others(char):
                    if (not before or before | as_second in pairs) and (not after or as_first | after in pairs):
                        yield word[:at] + other + word[at + 1 :], max(at - 1, 0), word

    def _others(self, char: str) -> list[tuple[str, int, int]]:
        """Return the characters that are like one, each with what it is worth in a pair."""
        if char not in self._worth:
            others = dict.fromkeys(self._alike.get(char, ""))
            self._worth[char] = [(other, first(other), second(other)) for other in others if other != char]
        return self._worth[char]


def _ends_in_surname(before: str, common: Set[str], surnames: Set[str]) -> bool:
    """Say whether a name may begin before a word: 王|林昌; 健康|当案 has a word there."""
    return before[-1:] in surnames and before not in common


def _stands_alone(text: str, start: int, end: int, common: Set[str]) -> bool:
    """Say whether words of which one is sure end and begin beside a short one: 山区乡镇|参检|率 is cut elsewhere."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isdigit() and text[start] in _UNITS:
        return False
    ends = not _is_han(before) or before in _SMALL or any(text[at:start] in common for at in _back(start))
    begins = not _is_han(after) or after in _SMALL or any(text[end:at] in common for at in range(end + 2, end + 5))
    return ends and begins


def _back(start: int) -> range:
    return range(max(start - 4, 0), start - 1)


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _has_other(wrong: str, right: str, common: Set[str]) -> bool:
    """Say whether the wrong character makes another word with its neighbours: 工作实绩, 工作实际."""
    if len(wrong) == _SHORT or sorted(wrong) == sorted(right):
        return False
    at = next(at for at, (one, other) in enumerate(zip(wrong, right, strict=True)) if one != other)
    return any(
        wrong[start:end] in common
        for start in range(max(at - 2, 0), at + 1)
        for end in range(max(at + 1, start + 2), min(start + 4, len(wrong)) + 1)
    )
