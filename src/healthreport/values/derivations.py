"""Derived values: what may be made of an indicator's value and what it is compared with, and how it is worded.

:data:`DERIVATIONS` is the one table; a new derived value is a row of it and the function that words it.
Everything is derived half up, with at most one decimal and no trailing zero unless the indicator fixes its
decimals. Rounding never says what is not so: only equal values are 持平, and 100% is printed only when it
has been reached.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from healthreport.values import quantities
from healthreport.values.quantities import PLAIN, Quantity, Style, Unit, compare

if TYPE_CHECKING:
    from collections.abc import Callable

_PERCENT = quantities.unit("%")
_TIMES = quantities.unit("倍")
_POINTS = {"%": "个百分点", "‰": "个千分点"}
_SAME = "持平"
# The way out of comparisons that the figures or their units do not allow.
CHECK_FIGURES, CHECK_UNITS = "请核对数据，或改写这句话。", "请核对两边的“单位”。"


class _Word(NamedTuple):
    """What a rise and a fall are called."""

    rise: str
    fall: str


_GROWTH = _Word("增长", "下降")
_CHANGE = _Word("增加", "减少")
_RATE = _Word("提高", "下降")
_WORSE = _Word("上升", "下降")  # of a rate that had better fall


class DerivationError(ValueError):
    """A comparison that cannot be made; the message or the hint says what to use instead."""

    def __init__(self, id: str, message: str, hint: str) -> None:
        self.id = id
        self.message = message
        self.hint = hint
        super().__init__(message)


class Sides(NamedTuple):
    """An indicator's value and what it is compared with; of a target the bound it sets, if it is one."""

    now: Quantity
    other: Quantity
    bound: str = ""
    lower_is_better: bool = False


def completion(sides: Sides, style: Style) -> str:
    """Return the share of the target that was done, in per cent: 103%."""
    _refuse_bound(sides, "完成率")
    if sides.other.number <= 0:
        raise DerivationError("zero-operand", "目标是0或负数，不能算完成率", CHECK_FIGURES)
    return quantities.write(Quantity(sides.now.number / sides.other.number, _PERCENT), style)


def excess(sides: Sides, style: Style) -> str:
    """Return by how much the target was passed, 36座; a target that was missed has no excess."""
    _refuse_bound(sides, "超额")
    over = difference(sides)
    if over.number <= 0:
        missing = quantities.write(over._replace(number=-over.number), PLAIN)
        message = f"没有超额，比目标少{missing}" if over.number else "没有超额，正好完成"
        raise DerivationError("target-missed", message, "例如改用“.完成率”。")
    return quantities.write(over, style)


def year_on_year(sides: Sides, style: Style) -> str:
    """Word the change: relative for counts and /10万, 增长7.5%, in points for % and ‰, 提高1.6个百分点."""
    now, last = sides.now, sides.other
    if now.number == last.number:
        return _SAME
    if now.unit.name in _POINTS:
        return change(sides, style)
    if last.number == 0:
        raise DerivationError("zero-operand", "上年是0，不能算同比，请改用“.增减”", CHECK_FIGURES)
    if last.number < 0 or now.number < 0:
        raise DerivationError("negative-operand", "有负数，不能算同比，请改用“.增减”", "请改用“.增减”。")
    return _worded(_GROWTH, Quantity((now.number - last.number) / last.number, _PERCENT), style)


def change(sides: Sides, style: Style) -> str:
    """Word the difference in the indicator's own unit, 增加86座, or in points."""
    changed = difference(sides)
    if not changed.number:
        return _SAME
    rate = _WORSE if sides.lower_is_better else _RATE
    word = rate if sides.now.unit.is_rate else _CHANGE
    return _worded(word, changed, style)


def difference(sides: Sides) -> Quantity:
    """Return by how much a value differs: 3.2万人次 from 31999人次 by 1人次, not by 0.0001万人次."""
    now, other = sides.now, sides.other
    unit = difference_unit(now) if now.unit.scale == other.unit.scale else quantities.unit(now.unit.base)
    return Quantity(now.number - other.number, unit)


def share(sides: Sides, style: Style) -> str:
    """Return a part as a percentage of the whole: 25.8%."""
    part, whole = sides.now, sides.other
    if whole.unit.base != part.unit.base or whole.unit.is_rate != part.unit.is_rate:
        raise DerivationError("unit-mismatch", f"“{part.unit.name}”与“{whole.unit.name}”不能相比", CHECK_UNITS)
    if not whole.number:
        raise DerivationError("zero-operand", "总数是0，不能算占比", CHECK_FIGURES)
    return quantities.write(Quantity(part.number / whole.number, _PERCENT), style)


def times(sides: Sides, style: Style) -> str:
    """Return how many times last year's value this is: 1.1倍."""
    now, last = sides.now, sides.other
    if last.number <= 0 or now.number < 0:
        raise DerivationError("zero-operand", "上年是0或有负数，不能算倍数，请改用“.增减”", CHECK_FIGURES)
    return quantities.write(Quantity(now.number / last.number, _TIMES), style)


def reached(sides: Sides, _: Style) -> str:
    """Say 达标 or 未达标."""
    bound = sides.bound or ("≤" if sides.lower_is_better else "≥")
    return "达标" if compare(sides.now.number, bound, sides.other.number) else "未达标"


def _refuse_bound(sides: Sides, name: str) -> None:
    if sides.bound or sides.lower_is_better:
        limit = sides.bound + quantities.write(sides.other, PLAIN)
        message = f"目标“{limit}”是界限，不能算“.{name}”，请用“.达标”"
        raise DerivationError("bound-target", message, "例如“{{ 指标.达标 }}”。")


def difference_unit(quantity: Quantity) -> Unit:
    """Return the unit of a difference: percents differ by 百分点."""
    points = _POINTS.get(quantity.unit.name)
    return quantity.unit if points is None else Unit(points, quantity.unit.factor, "")


def _worded(word: _Word, signed: Quantity, style: Style) -> str:
    size = quantities.write(signed._replace(number=abs(signed.number)), style)
    return (word.rise if signed.number > 0 else word.fall) + size


class Against(Enum):
    """What an indicator's value is compared with: what one of its keys says, or what is named behind it."""

    LAST = "上年"
    TARGET = "目标"
    ARGUMENT = ""


class Derivation(NamedTuple):
    """A derived value: its name, what the value is compared with, and the function that words it.

    ``in_own_unit`` marks a difference, which is said in the indicator's unit and so may be asked for in 万 or 亿;
    all others are said in per cent, in 倍 or in words.
    """

    name: str
    against: Against
    say: Callable[[Sides, Style], str]
    in_own_unit: bool = False


DERIVATIONS = {
    derivation.name: derivation
    for derivation in (
        Derivation("完成率", Against.TARGET, completion),
        Derivation("超额", Against.TARGET, excess, in_own_unit=True),
        Derivation("同比", Against.LAST, year_on_year),
        Derivation("增减", Against.LAST, change, in_own_unit=True),
        Derivation("占比", Against.ARGUMENT, share),
        Derivation("倍数", Against.LAST, times),
        Derivation("达标", Against.TARGET, reached),
    )
}
# What is said of the townships whose figures make a county's: 农村改厕.最高, 农村改厕.前(3).
SO_MANY = ("前", "后")
AGAINST_TARGETS = ("完成目标数", "未完成")
SAID_OF_TOWNSHIPS = ("最高", "最低", *SO_MANY, *AGAINST_TARGETS, "上报数", "平均")
# A table of indicators has no place for an argument.
COLUMNS = tuple(name for name, derivation in DERIVATIONS.items() if derivation.against is not Against.ARGUMENT)
