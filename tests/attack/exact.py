"""Numbers at random, printed by a whole report, held against fractions that are computed here, in another way."""

from __future__ import annotations

import re
import time
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from helpers import UNTITLED, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

INDICATORS = 120  # of a report
_UNITS = {"座": 1, "人次": 1, "万元": 10_000, "亿元": 10**8, "": 1}
_RATES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "/10万": Fraction(1, 100_000)}
_POINTS = {"%": "个百分点", "‰": "个千分点"}
_PRINTED = re.compile(r"(增长|下降|提高|上升|增加|减少|)(-?)(\d+)(?:\.(\d+))?(\D.*|)")
_FALLS = ("下降", "减少")


class Expected(NamedTuple):
    """What a reference says: the exact number in the unit it is printed with, and how that may be rounded.

    ``apart`` are numbers that the rounded one must not meet or cross. ``changes`` marks what is said with a word for
    its direction, and as 持平 where nothing changed. ``given`` is printed with these digits.
    """

    number: Fraction
    unit: str
    digits: int | None = None
    apart: tuple[Fraction, ...] = ()
    changes: bool = False
    given: int | None = None
    words: str = ""


def rounded(number: Fraction, digits: int) -> Fraction:
    """Round half away from zero."""
    scaled = abs(number) * 10**digits
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole, 10**digits) * (1 if number >= 0 else -1)


def wrong(printed: str, expected: Expected) -> str:
    """Say what is wrong with what was printed, nothing if it is right."""
    if expected.words or (expected.changes and not expected.number):
        wanted = expected.words or "持平"
        return "" if printed == wanted else f"not {wanted}"
    found = _PRINTED.fullmatch(printed)
    if not found or found[5] != expected.unit:
        return f"not a number with {expected.unit or 'no unit'}"
    if bool(found[1]) != expected.changes:
        return "the direction is said, or is not"
    digits = len(found[4] or "")
    number = Fraction(int(found[3] + (found[4] or "")), 10**digits)
    number = -number if found[2] or found[1] in _FALLS else number
    return _rounding(number, digits, expected)


def _rounding(number: Fraction, digits: int, expected: Expected) -> str:
    exact = expected.number
    if expected.given is not None:
        return "" if number == exact and digits == expected.given else "not as it was given"
    least = expected.digits if expected.digits is not None else max(digits, 1)
    if digits < least and expected.digits is not None:
        return f"fewer than {least} decimals"
    if number != rounded(exact, max(digits, least)):
        return "not rounded half up"
    whole = [Fraction(100)] if expected.unit == "%" and not expected.changes else []
    for other in (Fraction(0), *whole, *expected.apart):
        # What is equal says so by 达标 or 持平, and may be rounded like any number.
        if exact != other and (number > other) - (number < other) != (exact > other) - (exact < other):
            return f"meets or crosses {other}"
    return ""


class Given(NamedTuple):
    """An indicator of counts: the texts of its value, its target and last year's value."""

    name: str
    unit: str
    value: str
    target: str
    last: str
    digits: int | None

    def of(self, text: str) -> Fraction:
        """Return a value in base units."""
        return Fraction(text) * _UNITS[self.unit]

    @property
    def said(self) -> str:
        """How it is written in a report."""
        digits = "" if self.digits is None else f", 小数位: {self.digits}"
        numbers = f"数值: {self.value}, 目标: {self.target}, 上年: {self.last}"
        return f'  {self.name}: {{{numbers}, 单位: "{self.unit}"{digits}}}\n'

    @property
    def base(self) -> str:
        """The unit without 万 or 亿: what has the same may be compared."""
        return self.unit.removeprefix("万").removeprefix("亿")


def _number(random: Random, digits: int) -> str:
    whole = random.choice((random.randrange(1, 10), random.randrange(1, 2000), random.randrange(1, 10**7)))
    return f"{whole}.{random.randrange(10**digits):0{digits}d}" if digits else str(whole)


def _near(text: str, random: Random) -> str:
    """Return the same number, or one that rounding would easily make the same."""
    digits = len(text.partition(".")[2])
    unit = Fraction(1, 10**digits)
    changed = Fraction(text) + random.choice((0, 0, unit, -unit, 2 * unit))
    scaled = max(int(changed * 10**digits), 1)
    return f"{scaled // 10**digits}.{scaled % 10**digits:0{digits}d}" if digits else str(scaled)


def _given(at: int, random: Random) -> Given:
    digits = random.choice((0, 0, 0, 1, 2))
    value = _number(random, digits)
    target = _near(value, random) if random.random() < 0.3 else _number(random, digits)
    last = _near(value, random) if random.random() < 0.3 else _number(random, digits)
    return Given(f"甲{at}", random.choice([*_UNITS]), value, target, last, random.choice((None, None, 0, 1, 2, 4)))


def _of_given(one: Given, others: list[Given], random: Random) -> Iterator[tuple[str, Expected]]:
    value, target, last = map(one.of, (one.value, one.target, one.last))
    factor, given = _UNITS[one.unit], len(one.value.partition(".")[2])
    if one.digits is None:
        yield f"{one.name}", Expected(Fraction(one.value), one.unit, given=given)
    yield f"{one.name}.完成率", Expected(value / target * 100, "%", one.digits)
    if value > target:
        yield f"{one.name}.超额", Expected((value - target) / factor, one.unit, one.digits)
    yield f"{one.name}.同比", Expected((value - last) / last * 100, "%", one.digits, changes=True)
    yield f"{one.name}.增减", Expected((value - last) / factor, one.unit, one.digits, changes=True)
    yield f"{one.name}.倍数", Expected(value / last, "倍", one.digits)
    yield f"{one.name}.达标", Expected(value, "", words="达标" if value >= target else "未达标")
    other = random.choice([other for other in others if other.base == one.base])
    yield f"{one.name}.占比({other.name})", Expected(value / other.of(other.value) * 100, "%", one.digits)


def _rate(at: int, part: Given, whole: Given, random: Random) -> tuple[str, list[tuple[str, Expected]]]:
    """Return a rate of two counts, with a target and last year's rate near it or far from it, and what it says."""
    name, unit = f"率{at}", random.choice([*_RATES])
    factor, fixed = _RATES[unit], random.choice((None, None, 0, 1, 2))
    exact = part.of(part.value) / whole.of(whole.value) / factor
    target, last = (str(float(rounded(exact + random.choice((-3, 0, 0, 2)), 1))) for _ in range(2))
    if "e" in target + last or min(Fraction(target), Fraction(last)) <= 0:
        return "", []
    digits = "" if fixed is None else f", 小数位: {fixed}"
    said = f'  {name}: {{公式: {part.name} / {whole.name}, 单位: "{unit}", 目标: ≥{target}, 上年: {last}{digits}}}\n'
    aim, before = Fraction(target), Fraction(last)
    says = [
        (name, Expected(exact, unit, fixed, (aim, before))),
        (f"{name}.达标", Expected(exact, "", words="达标" if exact >= aim else "未达标")),
    ]
    if unit in _POINTS:
        says.append((f"{name}.同比", Expected(exact - before, _POINTS[unit], fixed, changes=True)))
    else:
        says.append((f"{name}.同比", Expected((exact - before) / before * 100, "%", fixed, changes=True)))
    return said, says


def check(values: int, random: Random, progress: Callable[[str], None], seconds: float = 3600) -> tuple[int, list[str]]:
    """Print so many numbers, for so long at the most; return how many there were, and what is wrong with which."""
    count, faults, end = 0, [], time.monotonic() + seconds
    while count < values and time.monotonic() < end:
        given = [_given(at, random) for at in range(INDICATORS)]
        written = "".join(one.said for one in given)
        says = [say for one in given for say in _of_given(one, given, random)]
        counts = [one for one in given if one.unit in ("座", "人次")]
        for at in range(INDICATORS):
            part = random.choice(counts)
            said, of_rate = _rate(at, part, random.choice([one for one in counts if one.unit == part.unit]), random)
            written, says = written + said, says + of_rate
        body = "".join(f"  - '第{at}项：{{{{ {reference} }}}}'\n" for at, (reference, _) in enumerate(says))
        printed = lines(f"{UNTITLED}指标:\n{written}内容:\n{body}")
        for line, (at, (reference, expected)) in zip(printed, enumerate(says), strict=True):
            said = line.removeprefix(f"第{at}项：")
            if found := wrong(said, expected):
                faults.append(f"{reference} is printed as {said}: {found}; exactly {expected.number} of {expected}")
        count += len(says)
        progress(f"numbers: {count}")
    return count, faults
