"""Figures read out of a sentence: value, unit, name, and what each is to the others.

``完成农村改厕1059座，完成年度任务的105.9%，同比增长8.1%`` are three mentions: the value of 农村改厕, its completion
and its growth; ``of`` says which mention these two are about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.recognising import naming
from healthreport.recognising.naming import Place
from healthreport.recognising.numbers import numbers
from healthreport.recognising.relations import Mention, Relation

if TYPE_CHECKING:
    from healthreport.recognising.figure_words import FigureWords
    from healthreport.recognising.numbers import Number

_SENTENCE_ENDS = re.compile(r"[。！？!?\n；;]")
_SHARES = frozenset({"%", "‰"})
_POINTS = frozenset({"百分点", "个百分点", "千分点", "个千分点"})
_OF_POINTS = {"百分点": "%", "千分点": "‰"}
_OF_TASK = re.compile(r"(?:完成|达到?|占)了?[^，。；,;]{0,12}(?:任务|目标|计划)[^，。；,;]{0,3}的$")
_OF_WHOLE = re.compile(r"占(?:全|了)?([^，。；,;占]{1,20}?)的$")
_TASK_BEHIND = re.compile(r"(?:的[^，。；,;]{0,4}?)?(?:目标任务|任务|目标)")
_OPENS = frozenset("（(")


def mentions(text: str, words: FigureWords) -> tuple[Mention, ...]:
    """Return the figures of a text, in order; a number whose name is not sure has none."""
    return tuple(_Reader(text, words).mentions())


class _Reader:
    """Reads the numbers of one text in order; what comes before a number may be about it or about the last one."""

    def __init__(self, text: str, words: FigureWords) -> None:
        self._text = text
        self._words = words
        self._found: list[Mention] = []
        self._claimed = 0
        self._sentence = 0  # the first mention of the sentence
        self._total = -1  # the mention that 其中 takes apart
        self._each: list[str] = []  # the names of the numbers to come, said one by one

    def mentions(self) -> list[Mention]:
        found = [*numbers(self._text, self._words)]
        for at, number in enumerate(found):
            right = found[at + 1].start if at + 1 < len(found) else len(self._text)
            self._look_at_gap(number)
            mention = self._mention(number, right)
            if mention is not None:
                self._found.append(mention)
            self._claimed = max(self._claimed, number.end + len(self._tail(number)))
        return self._found

    def _tail(self, number: Number) -> str:
        """Return what says behind a number that it is but about so much: 以上, 左右."""
        tails = (self._words.or_more, self._words.or_less, self._words.around)
        return max((tail.at(self._text, number.end) for tail in tails), key=len)

    def _look_at_gap(self, number: Number) -> None:
        """See whether a new sentence begins before a number, or the parts of the figure before it."""
        start = self._found[-1].end if self._found else 0
        gap = self._text[start : number.start]
        if _SENTENCE_ENDS.search(gap):
            self._sentence, self._total = len(self._found), -1
        elif self._found and self._total < 0 and self._found[-1].relation is Relation.VALUE:
            opens = gap.lstrip("，,")
            if self._words.parts.at(opens.lstrip("（("), 0) or (opens[:1] in _OPENS and opens):
                self._total = len(self._found) - 1
        elif self._total >= 0 and gap.startswith(("）", ")")) and self._text[self._found[self._total].end] in _OPENS:
            self._total = -1

    def _mention(self, number: Number, right: int) -> Mention | None:
        place = Place(self._text, self._claimed, number, right)
        raw = naming.before(place)
        clause = naming.without_endings(raw, self._words)
        mention = (
            self._one_of_several(place)
            or self._growth(place, raw)
            or self._completion(place, raw)
            or self._share(place, raw)
            or self._excess(place, raw)
            or self._last(place, clause)
            or self._target(place, clause)
            or self._value(place)
        )
        if not mention.unit and not self._counts(mention):
            return None
        if not mention.name and mention.unit in self._words.times.words:
            return None  # 24小时值班
        if naming.ONE_BY_ONE in raw:
            mention = self._first_of_several(mention, raw)
        return mention._replace(bound=self._bound(number), part_of=self._total)

    def _first_of_several(self, mention: Mention, clause: str) -> Mention:
        """Give the first of several numbers the first of their names (营业收入、利润分别增长6%、60.7%)."""
        names = [name + mention.word for name in naming.each(clause, self._words)]
        self._each = names[1:]
        return mention._replace(name=naming.valid(names[0]) if len(names) > 1 else "", of=-1, word_at=-1)

    def _one_of_several(self, place: Place) -> Mention | None:
        """Return the next of several numbers, where only a 、 stands between it and the one before."""
        last = self._found[-1] if self._found else None
        names, self._each = self._each, []
        if last is None or self._text[last.end : place.number.start] not in ("、", "和", "，", ",", "、和"):
            return None
        if not names or last.unit != place.number.unit:
            return None
        self._each = names[1:]
        return self._make(place.number, names[0], last.relation)._replace(word=last.word)

    def _make(self, number: Number, name: str, relation: Relation = Relation.VALUE) -> Mention:
        return Mention(
            number.start, number.end, number.value, number.unit, naming.valid(name), relation, number.kind,
            number.number, number.last, number.about,
        )  # fmt: skip

    def _counts(self, mention: Mention) -> bool:
        """Say whether a number without a unit is a figure: its name says what it counts."""
        return naming.ends_in(mention.name, self._words.counting_names) or mention.value[-1:] in "余多万亿"

    def _bound(self, number: Number) -> str:
        words, text = self._words, self._text
        if words.at_least.before(text, number.start) or words.or_more.at(text, number.end):
            return "≥"
        if words.at_most.before(text, number.start) or words.or_less.at(text, number.end):
            return "≤"
        return ""

    def _previous(self, unit: str = "", *also: Relation) -> int:
        """Return the index of the last value of this sentence, in a unit if one is asked for."""
        for at in range(len(self._found) - 1, max(self._sentence, len(self._found) - 9) - 1, -1):
            mention = self._found[at]
            if mention.relation in (Relation.VALUE, *also) and unit in ("", mention.unit):
                return at
        return -1

    def _value(self, place: Place) -> Mention:
        number, words = place.number, self._words
        name, claimed = naming.name_of(place, words)
        self._claimed = max(self._claimed, claimed)
        if number.unit in _POINTS and self._found and words.beyond.at(name, 0):
            name = self._found[-1].name + name
        name = self._as_part(name, number.unit)
        if claimed <= number.end:
            name = naming.of_a_verb(name, number.unit, words)
        return self._make(number, name or self._inherited(place))

    def _as_part(self, name: str, unit: str) -> str:
        """Name a part with its total where its own name says little: 中央 of 各级政府补助 → 中央政府补助."""
        total = self._found[self._total] if self._total >= 0 else None
        if total is None or not 0 < len(name) <= 3 or total.unit != unit or not total.name:
            return name
        whole = total.name.removeprefix(self._words.of_totals.at(total.name, 0))
        tail = whole if len(whole) <= 6 else whole[-4:]
        return name if {*name} & {*tail} else name + tail

    def _inherited(self, place: Place) -> str:
        """Return the name of a figure said in one breath with the one before: 12类37期1012人; 目标90%，实际93.5%."""
        last = self._found[-1] if self._found[self._sentence :] else None
        if last is None or not last.name:
            return ""
        if last.relation is Relation.TARGET:
            return last.name if last.unit == place.number.unit else ""
        if last.relation is not Relation.VALUE:
            return ""
        gap = self._text[last.end : place.number.start]
        if gap in ("", "、", "（", "(", "，", ",") and last.unit != place.number.unit:
            return self._counted(last.name, place.number.unit)
        return ""

    def _counted(self, name: str, unit: str) -> str:
        counted = self._words.names_of_units.get(unit, unit)
        return name if not counted or name.endswith(counted) else name + counted

    def _growth(self, place: Place, clause: str) -> Mention | None:
        """Read 同比增长8.1%, 提高2.8个百分点, 较上年增加36座."""
        words, number = self._words, place.number
        head = _without(clause, ("约", "近", "了", "超过", "超", "分别"))
        word = words.rise.before(head, len(head)) or words.fall.before(head, len(head))
        if not word:
            return None
        subject = head.removesuffix(word)
        compared = words.against.before(subject, len(subject))
        compared_unit = _OF_POINTS.get(number.unit[-3:], "" if number.unit in _SHARES else number.unit)
        of = self._previous(compared_unit, Relation.SHARE)
        own = number.unit in _SHARES or number.unit in _POINTS or number.unit == "倍"
        if not own and (of < 0 or not (compared or self._compares(subject))):
            return None
        said = naming.without_openings(naming.without_endings(self._before_comparison(subject), words), words)
        near = not naming.valid(said)
        kept = compared if words.other_changes.at(compared, 0) else ""
        subject = (self._found[of].name if of >= 0 else "") if near else said
        name = subject and subject + kept + word
        at = number.start - len(word) if self._text.endswith(word, 0, number.start) else -1
        of = of if near and not kept else -1
        return self._make(number, name, Relation.GROWTH)._replace(of=of, word=word, word_at=at)

    def _compares(self, subject: str) -> bool:
        return self._words.against.first_in(subject) >= 0 or self._words.last.first_in(subject) >= 0

    def _before_comparison(self, subject: str) -> str:
        """Cut off the words of the comparison: 门诊量较去年同期 → 门诊量."""
        at = self._words.against.first_in(subject)
        return subject if at < 0 else subject[:at]

    def _completion(self, place: Place, clause: str) -> Mention | None:
        """Read 完成年度任务的105.9%, 完成率108.0%."""
        if place.number.unit not in _SHARES:
            return None
        bare = naming.without_endings(clause, self._words)
        bare = bare if self._words.completion.before(bare, len(bare)) else clause
        word = self._words.completion.before(bare, len(bare))
        if not word and not _OF_TASK.search(clause):
            return None
        of = self._previous()
        subject = naming.without_openings(bare.removesuffix(word), self._words) if word else ""
        name = (subject if naming.valid(subject) else self._found[of].name if of >= 0 else "") + "完成率"
        return self._make(place.number, name, Relation.COMPLETION)._replace(of=of, word=word)

    def _excess(self, place: Place, clause: str) -> Mention | None:
        """Read 超额36座, 超额完成8.0%."""
        word, of = self._words.excess.before(clause, len(clause)), self._previous()
        if not word or of < 0:
            return None
        return self._make(place.number, self._found[of].name + "超额", Relation.EXCESS)._replace(of=of, word=word)

    def _share(self, place: Place, clause: str) -> Mention | None:
        """Read 占签约人数的25.8%, 占25.8%."""
        if place.number.unit not in _SHARES:
            return None
        head = _without(clause, ("约", "近", "超过", "超", "达到", "达", "为"))
        whole = _OF_WHOLE.search(head) or _OF_WHOLE.search(head + "的" if head.startswith("占") else "")
        word = self._words.share.before(head, len(head))
        if len(self._words.whole_words.before(head, len(head))) > len(word):
            return None  # 药占比 is a rate of its own
        if not whole and not word:
            return None
        base = whole[1] if whole else ""
        subject = head[: whole.start()] if whole else head.removesuffix(word)
        said = naming.without_openings(naming.without_endings(subject, self._words), self._words)
        near, of = not naming.valid(said), self._previous()
        name = (self._found[of].name if near and of >= 0 else said) + (f"占{base}比例" if base else "占比")
        return self._make(place.number, name, Relation.SHARE)._replace(of=of if near else -1, base=base)

    def _last(self, place: Place, clause: str) -> Mention | None:
        """Read 上年同期980座, 比上年的240例."""
        words = self._words
        at = words.last.first_in(clause)
        if at < 0 or len(clause) > 40:
            return None
        said = clause[at + len(words.last.at(clause, at)) :]
        name = naming.without_openings(naming.without_endings(said, words), words)
        of = self._previous(place.number.unit)
        if not naming.valid(name):
            if of < 0:
                return None
            name = self._found[of].name
        return self._make(place.number, name, Relation.LAST)._replace(of=of)

    def _target(self, place: Place, clause: str) -> Mention | None:
        """Read 年度任务为1000座, 1000座的任务."""
        words = self._words
        word = words.target.before(clause, len(clause))
        if place.number.unit in _POINTS:
            return None
        if not word and not _TASK_BEHIND.match(place.text, place.number.end, min(place.right, place.number.end + 12)):
            return None
        subject = clause.removesuffix(word)
        subject = subject[max(words.given_by.last_end(subject), 0) :]
        said = naming.without_openings(naming.without_endings(subject, words), words)
        of = self._previous(place.number.unit)
        if not word and not naming.valid(said):
            return None
        name = naming.valid(said) or (self._found[of].name if of >= 0 else "")
        return self._make(place.number, name, Relation.TARGET)._replace(of=of)


def _without(clause: str, endings: tuple[str, ...]) -> str:
    while ending := next((ending for ending in endings if clause.endswith(ending)), ""):
        clause = clause.removesuffix(ending)
    return clause
