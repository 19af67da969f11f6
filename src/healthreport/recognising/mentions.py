"""Figures read out of a sentence: value, unit, name, and what each is to the others.

``完成农村改厕1059座，完成年度任务的105.9%，同比增长8.1%`` are three mentions: the value of 农村改厕, its completion
and its growth; ``of`` says which mention these two are about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.recognising import comparing, naming, one_by_one
from healthreport.recognising.naming import Place
from healthreport.recognising.numbers import numbers
from healthreport.recognising.one_by_one import Member
from healthreport.recognising.relations import Mention, Relation
from healthreport.recognising.sentence import POINTS, SHARES, Sentence, make

if TYPE_CHECKING:
    from healthreport.recognising.figure_words import FigureWords
    from healthreport.recognising.numbers import Number

_SENTENCE_ENDS = re.compile(r"[。！？!?\n；;]")
_OPENS = ("（", "(")
_LARGE = ("余", "多", "万", "亿")
_LONGEST_WORD = 8
_IN_ONE_BREATH = frozenset({"", "、", "（", "(", "，", ","})
_FROM = ("由", "从")


def mentions(text: str, words: FigureWords) -> tuple[Mention, ...]:
    """Return the figures of a text, in order; a number whose name is not sure has none."""
    return tuple(_Reader(Sentence(text, words)).mentions())


class _Reader:
    """Reads the numbers of one text in order; what comes before a number may be about it or about the last one."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._text, self._words, self._found = sentence.text, sentence.words, sentence.found
        self._claimed = 0
        self._total = -1  # the mention that 其中 takes apart
        self._each: list[Member] = []  # what the numbers to come are of, said one by one
        self._following: list[Number] = []

    def mentions(self) -> list[Mention]:
        found = [*numbers(self._text, self._words)]
        for at, number in enumerate(found):
            right = found[at + 1].start if at + 1 < len(found) else len(self._text)
            self._look_at_gap(found[at - 1].end if at else 0, number)
            self._following = found[at + 1 : at + 1 + one_by_one.MOST]
            mention = self._mention(number, right)
            if mention is not None:
                self._found.append(mention)
            self._claimed = max(self._claimed, number.end + len(self._tail(number)))
        return self._found

    def _tail(self, number: Number) -> str:
        """Return what says behind a number that it is but about so much: 以上, 左右."""
        tails = (self._words.or_more, self._words.or_less, self._words.around)
        return max((tail.at(self._text, number.end) for tail in tails), key=len)

    def _look_at_gap(self, start: int, number: Number) -> None:
        """See whether a new sentence begins between the last number and this, or the parts of the figure before it."""
        last = self._sentence.last
        if _SENTENCE_ENDS.search(self._text, start, number.start):
            self._sentence.first, self._total = len(self._found), -1
        elif last and self._total < 0 and last.relation is Relation.VALUE:
            opens = self._text[last.end : last.end + _LONGEST_WORD].lstrip("，,")
            if self._words.parts.at(opens.lstrip("（("), 0) or opens.startswith(_OPENS):
                self._total = len(self._found) - 1
        elif self._total >= 0 and self._text.startswith(("）", ")"), start):
            whole = self._found[self._total].end
            self._total = -1 if self._text.startswith(_OPENS, whole) else self._total

    def _mention(self, number: Number, right: int) -> Mention | None:
        self._sentence.here = number.start
        place = Place(self._text, self._claimed, number, right)
        clause = naming.before(place)
        if not number.unit and not self._counts(number, clause):
            return None
        compared = (read(self._sentence, place, clause) for read in comparing.IN_ORDER)
        mention = self._one_of_several(place) or next(filter(None, compared), None) or self._value(place, clause)
        if not mention.name and mention.unit in self._words.times.words:
            return None  # 24小时值班
        if naming.ONE_BY_ONE in clause:
            mention = self._first_of_several(mention, clause)
        return mention._replace(bound=self._bound(number), part_of=self._total)

    def _first_of_several(self, mention: Mention, clause: str) -> Mention:
        """Give the first of several numbers what it is of, 营业收入、利润分别增长6%、60.7%, or what was said before."""
        members = one_by_one.named(clause, self._words)
        members = members or one_by_one.said_before(self._sentence, mention, self._following)
        self._each = members[1:]
        return self._of(members[0] if members else Member(""), mention)

    def _of(self, member: Member, mention: Mention) -> Mention:
        """Say of a mention what it is of; a change said of several in one word is none that could be computed there."""
        suffix = one_by_one.suffix(mention.relation, mention.word) if member.of >= 0 else mention.word
        name = naming.valid(member.name + suffix) if member.name else ""
        return mention._replace(name=name, of=member.of, word_at=-1)

    def _one_of_several(self, place: Place) -> Mention | None:
        """Return the next of several numbers, where only a 、 stands between it and the one before, or 、下降."""
        last = self._sentence.last
        members, self._each = self._each, []
        if last is None or not members:
            return None
        join = one_by_one.join(self._text, last.end, place.number, self._words)
        is_named = bool(members[0].name) and members[0].of < 0
        if not join.joins or (is_named and (last.unit != place.number.unit or join.word)):
            return None
        self._each = members[1:]
        mention = make(place.number, "", last.relation)._replace(word=join.word or last.word)
        return self._of(members[0], mention)

    def _counts(self, number: Number, clause: str) -> bool:
        """Say whether a number without a unit is a figure: what stands before it says what it counts."""
        bare = naming.without_endings(clause, self._words)
        return number.value.endswith(_LARGE) or bool(self._words.counting_names.before(bare, len(bare)))

    def _bound(self, number: Number) -> str:
        """Return the bound that words set before or behind a number; 不超过 is longer than 超过."""
        words, text = self._words, self._text
        least = words.at_least.before(text, number.start) or words.or_more.at(text, number.end)
        most = words.at_most.before(text, number.start) or words.or_less.at(text, number.end)
        if not least and not most:
            return ""
        return "≥" if len(least) > len(most) else "≤"

    def _value(self, place: Place, clause: str) -> Mention:
        number, words, last = place.number, self._words, self._sentence.last
        name, claimed = naming.name_of(place, words)
        self._claimed = max(self._claimed, claimed)
        if number.unit in POINTS and last and words.beyond.at(name, 0):
            name = last.name + name
        name = self._as_part(name, number.unit)
        if claimed <= number.end:
            name = naming.of_a_verb(name, number.unit, words)
        relation = Relation.FROM if clause.endswith(_FROM) and name else Relation.VALUE
        return make(number, name or self._inherited(place), relation)

    def _as_part(self, name: str, unit: str) -> str:
        """Name a part with its total where its own name says little: 中央 of 各级政府补助 → 中央政府补助."""
        total = self._found[self._total] if self._total >= 0 else None
        if total is None or not 0 < len(name) <= 3 or total.unit != unit or not total.name:
            return name
        whole = total.name.removeprefix(self._words.of_totals.at(total.name, 0))
        tail = whole if len(whole) <= 6 else whole[-4:]
        return name if {*name} & {*tail} else name + tail

    def _inherited(self, place: Place) -> str:
        """Return the name of a figure that an earlier one is compared with, or said in one breath with the last one.

        目标90%，实际93.5%; 由68.4%提高到71.2%; 12类37期1012人.
        """
        unit, last = place.number.unit, self._sentence.last
        compared = self._sentence.nearest(unit, Relation.TARGET, Relation.LAST, Relation.FROM, Relation.GROWTH)
        if unit and compared >= 0 and self._sentence.value(unit) < compared:
            return self._sentence.name(compared).removesuffix(self._found[compared].word)
        if last is None or last.relation is not Relation.VALUE or not last.name or unit in SHARES:
            return ""
        if self._text[last.end : place.number.start] in _IN_ONE_BREATH and last.unit != unit:
            counted = self._words.names_of_units.get(unit, unit)
            return last.name if last.name.endswith(counted) else last.name + counted
        return ""
