"""The figures of a sentence so far: what the next number may be about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.recognising import naming
from healthreport.recognising.relations import Mention, Relation

if TYPE_CHECKING:
    from healthreport.recognising.figure_words import FigureWords
    from healthreport.recognising.numbers import Number

SHARES = frozenset({"%", "％", "‰"})
POINTS = frozenset({"百分点", "个百分点", "千分点", "个千分点"})
_FARTHEST = 8
_LONGEST_ASIDE = 200  # characters between a figure in brackets and their end


class Sentence:
    """A text with the mentions found in it; those from ``first`` on stand in the sentence that is read.

    ``here`` is where the number stands that is read.
    """

    def __init__(self, text: str, words: FigureWords) -> None:
        self.text = text
        self.words = words
        self.found: list[Mention] = []
        self.first = 0
        self.here = 0

    @property
    def last(self) -> Mention | None:
        """The mention before, if it stands in this sentence."""
        return self.found[-1] if len(self.found) > self.first else None

    def nearest(self, unit: str, *relations: Relation) -> int:
        """Return the index of the last mention of this sentence that has a name and one of some relations.

        It has the unit, if one is asked for. What goes on behind brackets is of the figure before them, not of one of
        those in them: 门诊5.2万人次（急诊4000人次），同比增长3%.
        """
        aside = -1
        for at in range(len(self.found) - 1, max(self.first, len(self.found) - _FARTHEST) - 1, -1):
            mention = self.found[at]
            if mention.name and mention.relation in relations and unit in ("", mention.unit):
                if not self._is_aside(mention):
                    return at
                aside = at if aside < 0 else aside
        return aside

    def _is_aside(self, mention: Mention) -> bool:
        """Say whether a value stands in brackets that are closed."""
        if mention.relation not in (Relation.VALUE, Relation.SHARE):
            return False
        depth = 0
        for char in self.text[mention.end : min(self.here, mention.end + _LONGEST_ASIDE)]:
            depth += (char in "（(") - (char in "）)")
            if depth < 0:
                return True
        return False

    def value(self, unit: str = "") -> int:
        """Return the index of the last value of this sentence; -1 where there is none."""
        return self.nearest(unit, Relation.VALUE)

    def name(self, at: int) -> str:
        """Return the name of a mention; of none an empty one."""
        return self.found[at].name if at >= 0 else ""

    def bare(self, clause: str) -> str:
        """Return the name that a clause says, if it is fit to be one."""
        return naming.valid(naming.without_openings(naming.without_endings(clause, self.words), self.words))

    def counted(self, clause: str, unit: str) -> str:
        """Return the name that a clause says of a number, of a mere verb with what is counted: 签约人数."""
        return naming.of_a_verb(self.bare(clause), unit, self.words)


def make(number: Number, name: str, relation: Relation = Relation.VALUE) -> Mention:
    """Return the mention of a number; a name the format would not take is none."""
    return Mention(
        number.start, number.end, number.value, number.unit, naming.valid(name), relation, number.kind,
        number.number, number.last, number.about,
    )  # fmt: skip
