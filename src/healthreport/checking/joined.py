"""All words of a document in one string: thousands of words are looked for at once, and found in linear time."""

from __future__ import annotations

import sys
from bisect import bisect
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from healthreport.checking.passages import Passage

_FULL = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}

# So many words are sooner looked for one by one.
_FEW = 30
_SHORT = 1_000
_IS_LITTLE = sys.byteorder == "little"
_ENCODING = "utf-16-le" if _IS_LITTLE else "utf-16-be"


Places = dict[str, list[int]]
"""Words, and where each begins."""


def first(char: str) -> int:
    """Return what a character is worth that stands first in a pair."""
    return ord(char) if _IS_LITTLE else ord(char) << 16


def second(char: str) -> int:
    """Return what a character is worth that stands second in a pair."""
    return ord(char) << 16 if _IS_LITTLE else ord(char)


def _is_disguised(texts: Iterable[str]) -> bool:
    from healthreport.recognising.cleaning import traditional

    return traditional.is_marked(texts)


class Joined:
    """The words of passages, a line each.

    ``text`` has them as they stand, ``full`` with full-width marks, so that a word is found whatever marks stand
    about it. Of a text in disguise (衛(wèi)生) both have what it says.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self._columns: dict[int, list[int]] = {}
        texts = [passage.text for passage in passages]
        self.is_disguised = any("(" in text for text in texts) and _is_disguised(texts)
        if self.is_disguised:
            texts = [self._plain(number, text) for number, text in enumerate(texts)]
        self.texts = texts
        self.text = "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def _plain(self, number: int, text: str) -> str:
        """Take a text out of its disguise, and note where each character stood."""
        from healthreport.recognising.cleaning import traditional

        edits = traditional.edits(text)
        if not edits:
            return text
        chars, columns, at = list[str](), list[int](), 0
        for edit in edits:
            chars += text[at : edit.start]
            columns += range(at, edit.start)
            chars += edit.new
            columns += [edit.start] * len(edit.new)
            at = edit.end
        self._columns[number] = [*columns, *range(at, len(text) + 1)]
        return "".join(chars) + text[at:]

    @cached_property
    def full(self) -> str:
        """The words with full-width marks, one for each character of ``text``."""
        full = self.text
        for half, mark in _FULL.items():
            full = full.replace(half, mark)
        return full

    @cached_property
    def pairs(self) -> set[int]:
        """All pairs of characters that stand side by side, as numbers: ``first(甲) | second(乙)`` is 甲乙.

        A word has none that is not among them; a set of strings takes twice the time to make.
        """
        even, odd = self._halves
        return {*even, *odd}

    @cached_property
    def _halves(self) -> tuple[memoryview, memoryview]:
        """The pairs that begin at even places, and at odd ones."""
        units = memoryview(self.full.encode(_ENCODING, "surrogatepass"))
        even = units[: len(units) // 4 * 4]
        odd = units[2 : 2 + max(len(units) - 2, 0) // 4 * 4]
        return even.cast("I"), odd.cast("I")

    @cached_property
    def _has_wide(self) -> bool:
        """Whether there are characters of two units, of which pairs do not tell the places."""
        return len(self.full) != sum(map(len, self._halves)) + 1

    def all_places(self, words: Iterable[str]) -> Places:
        """Return where each word begins that occurs."""
        found: Places = {}
        several = [word for word in dict.fromkeys(words) if self.may_have(word)]
        for word, at in self.places_of([(word, 0) for word in several if len(word) > 1]):
            found.setdefault(word, []).append(at)
        return found | {word: [*self.places(word)] for word in several if len(word) == 1}

    @property
    def is_short(self) -> bool:
        """Whether words are sooner looked for from the text's side: what a township says itself is a few words."""
        return len(self.full) < _SHORT

    def places_by_start(self, words: Mapping[str, Sequence[str]]) -> Places:
        """Return where each word begins that occurs, of words by their first two characters."""
        full = self.full
        starts = {full[at : at + length] for at in range(len(full)) for length in (1, 2)}
        return {word: [*self.places(word)] for start in starts & words.keys() for word in words[start] if word in full}

    def places_of(self, wanted: Collection[tuple[str, int]]) -> Iterator[tuple[str, int]]:
        """Yield where words begin, each given with a pair of its characters that is rare: in one run for them all."""
        if len(wanted) < _FEW or self._has_wide:
            yield from ((word, at) for word, _ in wanted for at in self.places(word))
            return
        by_pair: dict[int, list[tuple[str, int]]] = {}
        for word, pair in wanted:
            by_pair.setdefault(first(word[pair]) | second(word[pair + 1]), []).append((word, pair))
        for offset, half in enumerate(self._halves):
            for at, key in [(at, key) for at, key in enumerate(half) if key in by_pair]:
                for word, pair in by_pair[key]:
                    start = 2 * at + offset - pair
                    if start >= 0 and self.full.startswith(word, start):
                        yield word, start

    def may_have(self, word: str) -> bool:
        """Say whether a word may occur: all its pairs do."""
        if len(word) == 1:
            return word in self.full
        pairs, before = self.pairs, word[0]
        for char in word[1:]:
            if first(before) | second(char) not in pairs:
                return self._has_wide and word in self.full
            before = char
        return True

    def places(self, word: str) -> Iterator[int]:
        """Yield where a word begins in ``full``."""
        at = self.full.find(word)
        while at >= 0:
            yield at
            at = self.full.find(word, at + len(word))

    def number(self, at: int) -> int:
        """Return the number of the passage that a place is in."""
        return bisect(self._starts, at) - 1

    def line(self, at: int) -> tuple[int, int]:
        """Return where the passage about a place begins and ends."""
        return self.line_of(self.number(at))

    def start(self, number: int) -> int:
        """Return where a passage begins; of the number behind the last one, where another would."""
        return self._starts[number]

    def line_of(self, number: int) -> tuple[int, int]:
        """Return where a passage begins and ends."""
        return self._starts[number], self._starts[number + 1] - 1

    def passage(self, at: int) -> Passage:
        """Return the passage that a place is in."""
        return self.passages[self.number(at)]

    def spot(self, start: int, end: int, fix: str | None = None) -> Spot:
        """Return words by their place in ``text``, as the passage has them."""
        number = self.number(start)
        first = self._starts[number]
        start, end = start - first, end - first
        columns = self._columns.get(number)
        if columns is None:
            return Spot(self.passages[number], start, end, fix)
        return Spot(self.passages[number], columns[start], columns[end - 1] + 1)
