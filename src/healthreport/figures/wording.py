"""How a comparison is worded: 增长8.1%, 提高1.6个百分点, 完成率, 达标.

Everything is derived from quantities, half up, with at most one decimal and no trailing zero unless
the indicator fixes its decimals. Rounding never says what is not so: only equal values are 持平, and
100% is printed only when it has been reached.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from healthreport import quantities
from healthreport.quantities import Quantity, Style, Unit, compare

PERCENT = quantities.unit("%")
_TIMES = quantities.unit("倍")
SAME = "持平"
_MOST_DIGITS = 6


class Word(NamedTuple):
    """What a rise and a fall are called."""

    rise: str
    fall: str


_GROWTH = Word("增长", "下降")
_CHANGE = Word("增加", "减少")
_RATE = Word("提高", "下降")
_POINTS = {"%": "个百分点", "‰": "个千分点"}


class WordingError(ValueError):
    """A comparison that cannot be made; the message says what to use instead."""

    def __init__(self, id: str, message: str) -> None:
        self.id = id
        self.message = message
        super().__init__(message)


def year_on_year(now: Quantity, last: Quantity, style: Style) -> str:
    """Word the change against last year: relative for counts and /10万, in points for % and ‰."""
    if now.number == last.number:
        return SAME
    if now.unit.name in _POINTS:
        return change(now, last, style)
    if last.number == 0:
        raise WordingError("zero-operand", "上年是0，不能算同比，请改用“.增减”")
    if last.number < 0 or now.number < 0:
        raise WordingError("negative-operand", "有负数，不能算同比，请改用“.增减”")
    ratio = (now.number - last.number) / last.number
    return _worded(_GROWTH, Quantity(ratio, PERCENT), style)


def change(now: Quantity, last: Quantity, style: Style) -> str:
    """Word the difference in the indicator's own unit: 增加79座, 提高1.6个百分点."""
    difference = now.number - last.number
    if not difference:
        return SAME
    points = _POINTS.get(now.unit.name)
    unit = now.unit if points is None else Unit(points, now.unit.factor, "")
    return _worded(_CHANGE if points is None and not now.unit.is_rate else _RATE, Quantity(difference, unit), style)


def completion(now: Quantity, target: Quantity, style: Style) -> str:
    """Return the share of the target that was done, in percent."""
    if target.number <= 0:
        raise WordingError("zero-operand", "目标是0或负数，不能算完成率")
    share = now.number / target.number
    return _write(Quantity(share, PERCENT), style, never=Fraction(1) if share != 1 else None)


def excess(now: Quantity, target: Quantity, style: Style) -> str:
    """Return by how much the target was passed; a target that was missed has no excess."""
    over = now.number - target.number
    if over < 0:
        missing = quantities.write(Quantity(-over, now.unit), Style())
        raise WordingError("target-missed", f"没有超额，比目标少{missing}，请改写这句话")
    return quantities.write(Quantity(over, now.unit), style)


def share(part: Quantity, whole: Quantity, style: Style) -> str:
    """Return a part as a percentage of the whole."""
    if whole.unit.base != part.unit.base or whole.unit.is_rate != part.unit.is_rate:
        raise WordingError("unit-mismatch", f"“{part.unit.name}”与“{whole.unit.name}”不能相比")
    if not whole.number:
        raise WordingError("zero-operand", "总数是0，不能算占比")
    value = part.number / whole.number
    return _write(Quantity(value, PERCENT), style, never=Fraction(1) if value != 1 else None)


def times(now: Quantity, last: Quantity, style: Style) -> str:
    """Return how many times last year's value this is: 2.3倍."""
    if last.number <= 0 or now.number < 0:
        raise WordingError("zero-operand", "上年是0或有负数，不能算倍数，请改用“.增减”")
    return _write(Quantity(now.number / last.number, _TIMES), style)


def reached(now: Quantity, target: Quantity, bound: str, *, lower_is_better: bool) -> str:
    """Say 达标 or 未达标."""
    kept = compare(now.number, bound or ("≤" if lower_is_better else "≥"), target.number)
    return "达标" if kept else "未达标"


def _worded(word: Word, signed: Quantity, style: Style) -> str:
    size = _write(signed._replace(number=abs(signed.number)), style)
    return (word.rise if signed.number > 0 else word.fall) + size


def _write(quantity: Quantity, style: Style, never: Fraction | None = None) -> str:
    """Write a derived value with the fewest decimals that do not say 0, or ``never``, untruly."""
    if style.digits is None:
        value = quantity.number / quantity.unit.factor
        wrong = {Fraction(0)} if quantity.number else set()
        if never is not None:
            wrong.add(never / quantity.unit.factor)
        for digits in range(1, _MOST_DIGITS + 1):
            number = quantities.rounded(value, digits)
            if Fraction(number) not in wrong:
                places = 0 if number == number.to_integral_value() else -int(number.normalize().as_tuple().exponent)
                style = style._replace(digits=places)
                break
    return quantities.write(quantity, style)
