"""How a comparison is worded: 增长8.1%, 提高1.6个百分点, 完成率, 达标.

Everything is derived from quantities, half up, with at most one decimal and no trailing zero unless
the indicator fixes its decimals. Rounding never says what is not so: only equal values are 持平, and
100% is printed only when it has been reached.
"""

from __future__ import annotations

from typing import NamedTuple

from healthreport.values import quantities
from healthreport.values.quantities import Quantity, Style, Unit, compare

PERCENT = quantities.unit("%")
_TIMES = quantities.unit("倍")
SAME = "持平"


class Word(NamedTuple):
    """What a rise and a fall are called."""

    rise: str
    fall: str


_GROWTH = Word("增长", "下降")
_CHANGE = Word("增加", "减少")
_RATE = Word("提高", "下降")
_WORSE = Word("上升", "下降")  # of a rate that had better fall
_POINTS = {"%": "个百分点", "‰": "个千分点"}


class WordingError(ValueError):
    """A comparison that cannot be made; the message says what to use instead."""

    def __init__(self, id: str, message: str) -> None:
        self.id = id
        self.message = message
        super().__init__(message)


def year_on_year(now: Quantity, last: Quantity, style: Style, *, lower_is_better: bool = False) -> str:
    """Word the change against last year: relative for counts and /10万, in points for % and ‰."""
    if now.number == last.number:
        return SAME
    if now.unit.name in _POINTS:
        return change(now, last, style, lower_is_better=lower_is_better)
    if last.number == 0:
        raise WordingError("zero-operand", "上年是0，不能算同比，请改用“.增减”")
    if last.number < 0 or now.number < 0:
        raise WordingError("negative-operand", "有负数，不能算同比，请改用“.增减”")
    ratio = (now.number - last.number) / last.number
    return _worded(_GROWTH, Quantity(ratio, PERCENT), style)


def change(now: Quantity, last: Quantity, style: Style, *, lower_is_better: bool = False) -> str:
    """Word the difference in the indicator's own unit: 增加79座, 提高1.6个百分点."""
    difference = now.number - last.number
    if not difference:
        return SAME
    rate = _WORSE if lower_is_better else _RATE
    return _worded(rate if now.unit.is_rate else _CHANGE, Quantity(difference, _difference_unit(now)), style)


def _difference_unit(quantity: Quantity) -> Unit:
    """Return the unit of a difference: percents differ by 百分点."""
    points = _POINTS.get(quantity.unit.name)
    return quantity.unit if points is None else Unit(points, quantity.unit.factor, "")


def completion(now: Quantity, target: Quantity, style: Style) -> str:
    """Return the share of the target that was done, in percent."""
    if target.number <= 0:
        raise WordingError("zero-operand", "目标是0或负数，不能算完成率")
    share = now.number / target.number
    return quantities.write(Quantity(share, PERCENT), style)


def excess(now: Quantity, target: Quantity, style: Style) -> str:
    """Return by how much the target was passed; a target that was missed has no excess."""
    over = now.number - target.number
    if over <= 0:
        missing = quantities.write(Quantity(-over, _difference_unit(now)), Style())
        raise WordingError("target-missed", f"没有超额，比目标少{missing}" if over else "没有超额，正好完成")
    return quantities.write(Quantity(over, _difference_unit(now)), style)


def share(part: Quantity, whole: Quantity, style: Style) -> str:
    """Return a part as a percentage of the whole."""
    if whole.unit.base != part.unit.base or whole.unit.is_rate != part.unit.is_rate:
        raise WordingError("unit-mismatch", f"“{part.unit.name}”与“{whole.unit.name}”不能相比")
    if not whole.number:
        raise WordingError("zero-operand", "总数是0，不能算占比")
    value = part.number / whole.number
    return quantities.write(Quantity(value, PERCENT), style)


def times(now: Quantity, last: Quantity, style: Style) -> str:
    """Return how many times last year's value this is: 2.3倍."""
    if last.number <= 0 or now.number < 0:
        raise WordingError("zero-operand", "上年是0或有负数，不能算倍数，请改用“.增减”")
    return quantities.write(Quantity(now.number / last.number, _TIMES), style)


def reached(now: Quantity, target: Quantity, bound: str, *, lower_is_better: bool) -> str:
    """Say 达标 or 未达标."""
    kept = compare(now.number, bound or ("≤" if lower_is_better else "≥"), target.number)
    return "达标" if kept else "未达标"


def _worded(word: Word, signed: Quantity, style: Style) -> str:
    size = quantities.write(signed._replace(number=abs(signed.number)), style)
    return (word.rise if signed.number > 0 else word.fall) + size
