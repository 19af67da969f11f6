"""Words with one character that looks or sounds like the right one, from ``templates/checking/形近音近.txt``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.seams import is_touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from healthreport.checking.joined import Joined
    from healthreport.reading.yaml.nodes import Source

_NONE = "-"
# What is written so more often is a word of its own, however new.
_MOST_TIMES = 2


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

    def found(self, text: Joined, common: Set[str], surnames: Set[str]) -> Iterator[LookAlike]:
        """Yield words that are none, where no common word reaches into them and no name begins before them."""
        for wrong, right in self._possible(text):
            places = [*text.places(wrong)]
            if len(places) > _MOST_TIMES:
                continue
            for at in places:
                end = at + len(wrong)
                if text.full[max(at - 1, 0) : at] in surnames or is_touched(text.full, at, end, common):
                    continue
                yield LookAlike(at, end, right)

    def _possible(self, text: Joined) -> Iterator[tuple[str, str]]:
        """Yield the wrong forms whose pairs all occur."""
        pairs = text.pairs
        for word, taken in self._rows:
            for at, chars in enumerate(taken):
                if chars == _NONE:
                    continue
                before, after = word[at - 1] if at else "", word[at + 1 : at + 2]
                for char in chars:
                    if (not before or before + char in pairs) and (not after or char + after in pairs):
                        wrong = word[:at] + char + word[at + 1 :]
                        if len(wrong) < 4 or text.may_have(wrong):
                            yield wrong, word
