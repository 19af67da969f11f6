"""Changes that are printed behind an indicator whose value and 上年 are known: 住院{{ 住院人次 }}，同比下降4.5%."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from itertools import zip_longest
from operator import is_
from typing import TYPE_CHECKING, NamedTuple

from healthreport.model.validating.text import Code
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from healthreport.diagnostics import Position
    from healthreport.model.build import Built
    from healthreport.model.validating.text import Text
    from healthreport.values.quantities import Quantity, Unit

_CODE = "\ue000"
# Verbs alone, and here: every render would have to read the lists of ``check`` for them, which hold nouns as well.
_WORDS = ("同比", "上年", "去年")
_UP, _DOWN = "增长|增加|提高|上升|提升|上涨|增多|升高", "下降|减少|降低|回落|下滑|压减|缩减|下跌"
_VERBS = (*_UP.split("|"), *_DOWN.split("|"))
_AMOUNT = rf"(?:(?:{_UP}|{_DOWN})了?(?:{_CODE}|\d[\d,]*(?:\.\d+)?[万亿]?[\u4e00-\u9fff%％‰]{{0,6}}))"
_CLAIMED = (
    rf"{_CODE}(?:[，,、（(][^{_CODE}。；;\d\n]{{0,10}}{_CODE}[）)]?){{0,3}}[，,、（(]?"
    rf"(?:同比|[比较](?:上年|去年)(?:同期)?|[与和](?:上年|去年)(?:同期)?相比[，,]?)"
    rf"({_AMOUNT})(?:[，,](?:同比)?({_AMOUNT}))?"
)
_READ = rf"({_UP}|{_DOWN})了?(?:({_CODE})|(\d[\d,]*(?:\.(\d+))?)(.*))"
_ABOUT = ("以上", "左右", "多", "余")
_POINTS = frozenset({"个百分点", "百分点"})
_OF_RATES = frozenset({"%", *_POINTS})
_LAST = "上年"


class Amount(NamedTuple):
    """By how much it is said to have changed, in base units, with what the last digit is worth, and the unit."""

    number: Fraction
    step: Fraction
    unit: str


class Change(NamedTuple):
    """A change as it is printed: the indicator, the direction word, by how much, and where."""

    indicator: str
    word: str
    amount: Amount
    place: Position

    @property
    def sign(self) -> int:
        """1 for a rise, -1 for a fall."""
        return 1 if self.word in _UP.split("|") else -1


class _Claim(NamedTuple):
    """A change that a text claims: the references before it, the words, and where they stand in the text's scalar.

    ``code`` is the reference that says by how much, where it is not typed.
    """

    text: Text
    before: tuple[str, ...]
    words: re.Match[str]
    code: str
    start: int
    end: int


def changes(built: Built, value: Callable[[str], Quantity | None]) -> Iterator[Change]:
    """Yield the changes that texts print right behind an indicator's value, typed or as another indicator."""
    for claim in _claimed(built):
        found, name = claim.words, _subject(claim, built)
        if name is None:
            continue
        amount = _typed(found, name, built) if found[3] else _of(claim.code, value)
        between = {one for one in claim.before[_last_place(claim.before, name) + 1 :] if one != f"{name}.{_LAST}"}
        # 体检4126人，完成率95.95%，同比增长5%: of which of the two that is, is not said; 增加186人 is of the first
        if amount and not (between and (amount.unit in _OF_RATES or not _are_of(between, name))):
            yield Change(name, found[1], amount, claim.text.position_of(claim.start, claim.end))


def _claimed(built: Built) -> Iterator[_Claim]:
    """Yield the claims of a report's texts; those of a base are looked through once for all reports on it."""
    shared = built.common.texts if built.common else ()
    own = built.texts[len(shared) :]
    if not all(map(is_, built.texts, shared)):
        own = tuple([text for text, base in zip_longest(built.texts, shared) if text is not base and text is not None])
    gone = {text.n for text in own}
    yield from (claim for claim in _claims_in(shared) if claim.text.n not in gone)
    yield from _find(own)


@lru_cache(maxsize=8)
def _claims_in(texts: tuple[Text, ...]) -> tuple[_Claim, ...]:
    return tuple(_find(texts))


def _find(texts: Iterable[Text]) -> Iterator[_Claim]:
    for text in texts:
        said = str(text)
        if any(word in said for word in _WORDS) and any(verb in said for verb in _VERBS):
            yield from _in_text(text)


def _in_text(text: Text) -> Iterator[_Claim]:
    joined, offsets, names = "", list[int](), dict[int, str]()
    for at, segment in text.placed():
        if isinstance(segment, Code):
            names[len(joined)] = segment.text.partition("|")[0].strip()
            joined, offsets = joined + _CODE, [*offsets, at]
        else:
            joined, offsets = joined + segment, [*offsets, *range(at, at + len(segment))]
    for match in re.finditer(_CLAIMED, joined):
        before = tuple([names[at] for at in range(match.start(), match.start(1)) if joined[at] == _CODE])
        for start, end in (match.span(1), match.span(2)):
            found = re.match(_READ, joined[start:end]) if start >= 0 else None
            if found:
                last = offsets[start] + found.end(1 if found[2] else 3)
                yield _Claim(text, before, found, names.get(start + found.start(2), ""), offsets[start], last)


def _subject(claim: _Claim, built: Built) -> str | None:
    """Return the indicator that a claim is about: the last one named before it."""
    return next((one for one in reversed(claim.before) if one in built.report.indicators), None)


def _last_place(names: Sequence[str], name: str) -> int:
    return len(names) - 1 - names[::-1].index(name)


def _are_of(codes: Iterable[str], name: str) -> bool:
    """Say whether references are of one indicator: 体检.目标, 体检.完成率."""
    return all(one.startswith(f"{name}.") for one in codes)


def _typed(found: re.Match[str], name: str, built: Built) -> Amount | None:
    """Read what was typed: 4.5%, 1.2个百分点, or a count in the indicator's own unit."""
    number, step, words = Fraction(found[3].replace(",", "")), Fraction(1, 10 ** len(found[4] or "")), found[5]
    own = quantities.unit(built.report.indicators[name].unit).base
    for unit in ("个百分点", "百分点", "%", "％", *(f"{scale}{own}" for scale in ("万", "亿", "") if own)):
        if words.startswith(unit) and not words.removeprefix(unit).startswith(_ABOUT):
            factor = quantities.unit(unit).factor
            return Amount(number * factor, step * factor, unit.replace("％", "%"))
    return None


def _of(name: str, value: Callable[[str], Quantity | None]) -> Amount | None:
    """Return what another indicator says: 同比下降{{ 住院人次下降 }}."""
    quantity = value(name)
    if quantity is None or quantity.opaque or not quantity.unit.name or quantity.number < 0:
        return None
    step = quantity.unit.factor / 10 ** (1 if quantity.digits is None else quantity.digits)
    return Amount(quantity.number, Fraction(step), quantity.unit.name)


def true_change(change: Change, now: Quantity, last: Quantity) -> Fraction | None:
    """Return the change in the unit it is printed in, in base units, where the printed one differs; else nothing.

    What is one off in its last digit, or within what the two numbers' own digits hide, does not differ.
    """
    amount = change.amount
    difference = now.number - last.number
    hidden = _half(now) + _half(last)
    found = [(difference, hidden)]
    if amount.unit == "%":
        if last.number <= 0:
            return None
        most = max(now.number, last.number) / last.number
        found = [(difference / last.number, hidden / last.number * most), *(found if now.unit.is_rate else ())]
    elif not _are_alike(now.unit, amount.unit):
        return None
    claimed = amount.number * change.sign
    slack = 0 if amount.step == 1 else amount.step  # single things were counted, not rounded
    if any(abs(exact - claimed) <= slack + hides for exact, hides in found):
        return None
    return found[0][0]


def _are_alike(own: Unit, unit: str) -> bool:
    """Say whether a difference may be in a unit: points of a rate, else the same things."""
    return unit in _POINTS if own.is_rate else quantities.unit(unit).base == own.base


def _half(quantity: Quantity) -> Fraction:
    """Return how far a number may be from the true one, which was rounded: a count of single things is not."""
    digits = quantity.digits
    is_counted = quantity.unit.factor == 1 and not digits
    return Fraction(0) if is_counted or digits is None else Fraction(quantity.unit.factor, 2 * 10**digits)
