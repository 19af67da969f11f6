"""Numbers rounded half up, exactly; and with more decimals where fewer would say what is not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from fractions import Fraction

_MOST_DIGITS = 30


def rounded(value: Fraction, digits: int) -> Decimal:
    """Round half up (away from zero) to so many decimals, exactly."""
    scaled = value * 10**digits
    whole = (abs(scaled.numerator) * 2 + scaled.denominator) // (2 * scaled.denominator)
    sign = -1 if value < 0 and whole else 1
    return Decimal((sign < 0, tuple(int(digit) for digit in str(whole)), -digits))


def truly_rounded(value: Fraction, digits: int, apart: Collection[Fraction]) -> Decimal:
    """Round with the fewest decimals, from ``digits`` on, that do not say 0 of what is not.

    Nor do they meet or cross one of the values that it is to stay ``apart`` from, where it is not equal to it.
    """
    sides = [(other, value > other) for other in apart if value != other]

    def is_wrong(number: Decimal) -> bool:
        return bool(not number and value) or any((number > other) != above or number == other for other, above in sides)

    number = rounded(value, digits)
    while digits < _MOST_DIGITS and is_wrong(number):
        digits += 1
        number = rounded(value, digits) if 10**digits * abs(value) >= 1 else Decimal(0)
    return number
