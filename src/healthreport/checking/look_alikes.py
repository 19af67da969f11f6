"""Words with one character that looks or sounds like the right one, from ``templates/checking/形近音近.txt``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.joined import first, second
from healthreport.checking.seams import is_touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from healthreport.checking.joined import Joined
    from healthreport.reading.yaml.nodes import Source

_NONE = "-"
# What is written so more often is a word of its own, however new.
_MOST_TIMES = 2
# The characters of a word no longer than this are not exchanged: 工作, 作工.
_SHORT = 2


class LookAlike(NamedTuple):
    """A word that is none, and the word it looks like."""

    start: int
    end: int
    right: str


class LookAlikes:
    """The words of the list, each with the characters that are taken for its own."""

    def __init__(self, sources: Iterable[Source]) -> None:
        lines = [line for source in sources for line in source.text.split("\n") if line and line[0] != "#"]
        self._rows = [(word, taken) for word, *taken in map(str.split, lines)]
        self.words = frozenset(word for word, _ in self._rows)

    def found(self, text: Joined, common: Set[str], surnames: Set[str]) -> Iterator[LookAlike]:
        """Yield words that are none, where no common word reaches into them and no name begins before them."""
        right = {(wrong, pair): word for wrong, pair, word in self._possible(text) if text.may_have(wrong)}
        found: dict[str, list[int]] = {}
        for wrong, at in text.places_of(right):
            found.setdefault(wrong, []).append(at)
        words = {wrong: word for (wrong, _), word in right.items()}
        for wrong, places in found.items():
            if len(places) > _MOST_TIMES or wrong in common:
                continue
            for at in places:
                end = at + len(wrong)
                if text.full[max(at - 1, 0) : at] not in surnames and not is_touched(text.full, at, end, common):
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
