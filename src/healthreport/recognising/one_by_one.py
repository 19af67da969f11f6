"""What several numbers are said of one by one: 甲12人，乙30人，同比分别增长3.2%、4.1%."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import naming
from healthreport.recognising.relations import Relation
from healthreport.recognising.sentence import POINTS, SHARES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.recognising.figure_words import FigureWords
    from healthreport.recognising.numbers import Number
    from healthreport.recognising.relations import Mention
    from healthreport.recognising.sentence import Sentence

_LISTS = frozenset({"、", "和", "，", ",", "、和"})
_LONGEST_WORD = 8
MOST = 9
"""How many numbers behind the first are looked at."""
_RELATIVE = SHARES | POINTS
_COMPLETION = "完成率"


class Member(NamedTuple):
    """What the next number is of: its name, and the mention that has it, -1 where it only stands in a list of names."""

    name: str
    of: int = -1


class Join(NamedTuple):
    """What stands between two numbers of a list: whether that is all, and which way the second goes (、下降)."""

    joins: bool
    word: str = ""


def join(text: str, before: int, number: Number, words: FigureWords) -> Join:
    """Read what stands between the end of a number and the next one."""
    start = number.start
    if start - before > _LONGEST_WORD:
        return Join(joins=False)
    if text[before:start] in _LISTS:
        return Join(joins=True)
    word = words.rise.before(text, start) or words.fall.before(text, start)
    return Join(bool(word) and text[before : start - len(word)] in _LISTS, word)


def named(clause: str, words: FigureWords) -> list[Member]:
    """Return the names that the clause before the first number lists: 营业收入、利润分别增长."""
    names = naming.each(clause, words)
    return [Member(name) for name in names] if len(names) > 1 else []


def said_before(sentence: Sentence, mention: Mention, following: Sequence[Number]) -> list[Member]:
    """Return the values said just before, if they are as many as the numbers that ``mention`` begins, and like them.

    ``following`` are the numbers behind it. Of what could be paired otherwise nobody knows what it is of.
    """
    if mention.relation not in (Relation.GROWTH, Relation.COMPLETION):
        return []
    end, units = mention.end, [mention.unit]
    for number in following:
        if not join(sentence.text, end, number, sentence.words).joins:
            break
        end = number.end
        units.append(number.unit)
    values = _values_at_the_end(sentence, len(units) + 1)
    alike = (unit in _RELATIVE or unit == value.unit for unit, value in zip(units, values, strict=False))
    if len(units) < 2 or len(values) != len(units) or not all(value.name for value in values) or not all(alike):
        return [Member("")] * len(units)
    return [Member(value.name, len(sentence.found) - len(values) + at) for at, value in enumerate(values)]


def _values_at_the_end(sentence: Sentence, most: int) -> list[Mention]:
    """Return the last mentions of a sentence that are values, with nothing else between them."""
    first = len(sentence.found)
    while first > max(sentence.first, len(sentence.found) - most) and (
        sentence.found[first - 1].relation is Relation.VALUE
    ):
        first -= 1
    return sentence.found[first:]


def suffix(relation: Relation, word: str) -> str:
    """Return what is added to the name of a value for what is said of it: 增长, 完成率."""
    return _COMPLETION if relation is Relation.COMPLETION else word
