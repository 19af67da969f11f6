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
# Words of two characters are one pair, which was looked at.
_SHORT = 2
_MANY = 100


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
        for wrong, right in _occurring(self._possible(text), text):
            places = [*text.places(wrong)]
            if len(places) > _MOST_TIMES:
                continue
            for at in places:
                end = at + len(wrong)
                if wrong in common or text.full[max(at - 1, 0) : at] in surnames or is_touched(text.full, at, end, common):
                    continue
                yield LookAlike(at, end, right)

    def _possible(self, text: Joined) -> Iterator[tuple[str, str]]:
        """Yield the wrong forms whose pairs all occur."""
        pairs = text.pairs
        for word, taken in self._rows:
            for at, chars in enumerate(taken):
                if chars == _NONE:
                    continue
                before = first(word[at - 1]) if at else 0
                after = second(word[at + 1]) if at + 1 < len(word) else 0
                for char in chars:
                    if (not before or before | second(char) in pairs) and (not after or first(char) | after in pairs):
                        yield word[:at] + char + word[at + 1 :], word
            for at in range(1, len(word) if len(word) > 2 else 0):
                if first(word[at]) | second(word[at - 1]) in pairs:
                    yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :], word


def _occurring(possible: Iterable[tuple[str, str]], text: Joined) -> Iterator[tuple[str, str]]:
    """Yield those that occur: a few are looked for one by one, many at once."""
    by_length: dict[int, dict[str, str]] = {}
    for wrong, right in possible:
        if len(wrong) == _SHORT or text.may_have(wrong):
            by_length.setdefault(len(wrong), {}).setdefault(wrong, right)
    for length, found in by_length.items():
        if len(found) > _MANY and length > _SHORT:
            full = text.full
            yield from ((wrong, found[wrong]) for wrong in found.keys() & {full[at : at + length] for at in range(len(full))})
        else:
            yield from found.items()
