"""A figure of a sentence, and what figures are to one another."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising.numbers import Kind

if TYPE_CHECKING:
    from fractions import Fraction


class Relation(Enum):
    """What a figure is: a value, or what a value is compared with, or what the comparison says."""

    VALUE = "数值"
    TARGET = "目标"
    LAST = "上年"
    FROM = "原来"
    GROWTH = "同比"
    COMPLETION = "完成率"
    EXCESS = "超额"
    SHARE = "占比"
    TIMES = "倍数"


class Mention(NamedTuple):
    """A figure in ``text[start:end]``: its ``value`` as printed, then its ``unit``.

    ``number`` is the value in that unit, 万 resolved except in units like 万元, and ``None`` of what is masked;
    ``last`` is the other end of a range. ``about`` is 近, 约, 余 or 多, ``bound`` is ≤ or ≥ or empty. ``of`` is the
    index of the mention it is said of, ``part_of`` of the total it is a part of, -1 for none. ``base`` are the words
    for what a share is of (占…的), ``word`` is what a change is called; it begins at ``word_at``.
    """

    start: int
    end: int
    value: str
    unit: str
    name: str
    relation: Relation = Relation.VALUE
    kind: Kind = Kind.EXACT
    number: Fraction | None = None
    last: Fraction | None = None
    about: str = ""
    bound: str = ""
    of: int = -1
    base: str = ""
    word: str = ""
    word_at: int = -1
    part_of: int = -1
