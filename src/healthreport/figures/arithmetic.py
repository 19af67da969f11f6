"""Arithmetic of quantities: the unit of a sum, a product and a quotient, and what it may be written in."""

from __future__ import annotations

from fractions import Fraction

from healthreport.values import quantities
from healthreport.values.quantities import Quantity, Unit

# Measures, as against things that are counted.
_MEASURED = frozenset({"元", "平方米", "亩", "升", "吨", "公里"})


def add(left: Quantity, right: Quantity, sign: int) -> Quantity:
    """Return the sum (``sign`` 1) or the difference (-1); what both were written with, it keeps.

    Raises :class:`ValueError` with a Chinese message for units that do not go together.
    """
    if left.unit.base != right.unit.base or left.unit.is_rate != right.unit.is_rate:
        units = [operand.unit.name or "没有单位的数" for operand in (left, right)]
        raise ValueError(f"“{units[0]}”与“{units[1]}”不能相{'加' if sign > 0 else '减'}")
    digits = None
    if left.unit.name == right.unit.name and left.digits is not None and right.digits is not None:
        digits = max(left.digits, right.digits)
    apart = sign < 0 and left.unit.scale != right.unit.scale  # 3.2万 − 31999 is 1, not 0.0001万
    unit = quantities.unit(left.unit.base) if apart else left.unit
    return Quantity(left.number + sign * right.number, unit, digits)


def multiply(left: Quantity, right: Quantity) -> Quantity:
    """Return the product: 人 × % is 人, and % × % is %.

    Raises :class:`ValueError` with a Chinese message for 人 × 人, which is nothing.
    """
    if left.unit.base and left.unit.base == right.unit.base:
        raise ValueError(f"“{left.unit.name}”与“{right.unit.name}”不能相乘")
    if left.unit.is_share and right.unit.is_share:
        return Quantity(left.number * right.number, min(left.unit, right.unit, key=lambda unit: unit.factor))
    unit = left.unit if not right.unit.base else right.unit
    if left.unit.base and right.unit.base:
        unit = quantities.unit(f"{left.unit.base}·{right.unit.base}")
    return Quantity(left.number * right.number, unit._replace(factor=Fraction(1), name=unit.base))


def divide(left: Quantity, right: Quantity) -> Quantity:
    """Return the quotient by what is not zero: 人 ÷ 人 is a bare number, 元 ÷ 人 is 元/人."""
    unit = quantities.unit("")
    if left.unit.base != right.unit.base:
        unit = quantities.unit(f"{left.unit.base}/{right.unit.base}" if right.unit.base else left.unit.base)
    return Quantity(left.number / right.number, unit)


def fits(result: Unit, own: Unit) -> bool:
    """Say whether what a formula gives can be written in a unit: 张/人 as 张 or 张/人, 份/人 as %."""
    if own.is_rate:
        return not result.base or _is_share(result.base)
    if result.is_rate:
        return not own.base
    over = result.base.split("/")[0]
    return not (result.base and own.base) or own.base == result.base or over.endswith(own.base)


def is_bare(result: Unit) -> bool:
    """Say whether a number may stand without its unit: 人 + 人, 张 ÷ 人 × 1000; not a rate, nor 万元 or 元/人."""
    is_scaled = result.factor != 1 and not result.scale
    return not (result.is_rate or is_scaled or (_is_compound(result.base) and _is_measured(result.base)))


def _is_compound(base: str) -> bool:
    return "/" in base or "·" in base


def _is_measured(base: str) -> bool:
    return not _MEASURED.isdisjoint(base.replace("·", "/").split("/"))


def _is_share(base: str) -> bool:
    """Say whether a compound unit can be a rate: 份/人 is one (建档率), 元/人 is not."""
    return "/" in base and not _is_measured(base)
