"""The figures of all townships of a county, column by column, whatever they were read of."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import compress, repeat
from operator import is_
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport.disk.read import is_yaml
from healthreport.values.quantities import Quantity
from healthreport.values.units import converted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from healthreport.diagnostics import Diagnostic, Position
    from healthreport.values.quantities import Unit

Amount = int | Decimal | Fraction
"""A figure in its indicator's own unit, exactly; a fraction only where it has no end."""
Leaf = tuple[str, str]
"""What was filled in: an indicator and 数值, 目标 or 上年, or the name of one of its parts behind :data:`PART`."""
PART = "分项 "
Towns = int
"""A set of townships: a bit for each, the first one's the lowest."""
_PRECISION = 120


class Town(NamedTuple):
    """A township: its name, what it is called in rankings, and where its name stands."""

    name: str
    short: str
    place: Position

    @property
    def called(self) -> tuple[str, ...]:
        """What a list may call it: by its name or its 简称, or else as its file is called."""
        return (self.name, self.short, *([Path(self.place.file).stem] if is_yaml(self.place.file) else []))


class Pool(NamedTuple):
    """Townships and their figures; every column has an amount for each township, ``None`` where it gave none.

    ``unread`` holds by column what was written that cannot be added up: 约500座, 1**. ``bounded`` holds by
    indicator the bounds that townships wrote as targets, ≤ of ≤12; the amount is the limit. ``absent`` are those that
    are to send figures and did not. ``place`` returns where a figure stands.
    """

    towns: tuple[Town, ...]
    columns: dict[Leaf, list[Amount | None]]
    unread: dict[Leaf, dict[int, str]]
    bounded: dict[str, dict[int, str]]
    place: Callable[[int, Leaf], Position | None]
    notes: tuple[Diagnostic, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def all(self) -> Towns:
        """All townships."""
        return (1 << len(self.towns)) - 1

    @property
    def expected(self) -> int:
        """How many townships are to send figures."""
        return len(self.towns) + len(self.absent)

    def parts(self, indicator: str) -> list[str]:
        """Return the names of the parts that townships give of an indicator, in the order in which they are met."""
        return [key.removeprefix(PART) for name, key in self.columns if name == indicator and key.startswith(PART)]

    def whole_parts(self, indicator: str) -> list[str]:
        """Return the parts of an indicator where they make up all that townships gave of it, else none.

        One township may give its figure in parts and another without.
        """
        parts, column = self.parts(indicator), self.columns.get((indicator, "数值"))
        columns = [self.columns[indicator, PART + part] for part in parts]
        for whole, *given in zip(column, *columns, strict=True) if column and parts else ():
            there = [Fraction(one) for one in given if one is not None]
            if (Fraction(whole) if whole is not None else None) != (sum(there, Fraction(0)) if there else None):
                return []
        return parts


def amount(number: Fraction, digits: int | None = None) -> Amount:
    """Return a fraction as the simplest number that is the same, with the decimals that it was written with: 8.40."""
    if number.denominator == 1 and not digits:
        return number.numerator
    text = converted(number)
    if text is None:
        return number
    whole, _, decimals = text.partition(".")
    return Decimal(f"{whole}.{decimals.ljust(digits or 0, '0')}")


def quantity(one: Amount, own: Unit) -> Quantity:
    """Return an amount of an indicator in its unit."""
    return Quantity(Fraction(one) * own.factor, own, digits([one]))


def towns_of(column: Sequence[Amount | None]) -> Towns:
    """Return the townships that have an amount."""
    if not has_gaps(column):
        return (1 << len(column)) - 1
    return int("".join(["0" if one is None else "1" for one in reversed(column)]), 2)


def has_gaps(column: Sequence[Amount | None]) -> bool:
    """Say whether some township has no amount."""
    return any(map(is_, column, repeat(None)))


def members(towns: Towns) -> Iterator[int]:
    """Yield the numbers of the townships of a set."""
    return compress(range(towns.bit_length()), map(int, reversed(bin(towns)[2:])))


def chosen(column: Sequence[Amount | None], towns: Towns) -> list[Amount]:
    """Return the amounts of a set of townships."""
    some = column if towns == (1 << len(column)) - 1 else [*compress(column, map(int, reversed(bin(towns)[2:])))]
    return [one for one in some if one is not None] if has_gaps(some) else [*some]  # type: ignore[list-item]


def total(amounts: Sequence[Amount]) -> Amount:
    """Return the exact sum: of whole numbers at once, of decimals with as many digits as the one with most has."""
    kinds = {*map(type, amounts)}
    if Fraction in kinds:
        return sum((Fraction(one) for one in amounts), Fraction(0))
    with localcontext(prec=_PRECISION):
        return sum(amounts, Decimal(0)) if Decimal in kinds else sum(amounts)


def are_weights(amounts: Sequence[Amount]) -> bool:
    """Say whether a mean can be weighed by amounts: none is below zero, and not all are zero."""
    return min(amounts) >= 0 and max(amounts) > 0


def digits(amounts: Sequence[Amount]) -> int | None:
    """Return the most decimals among amounts, ``None`` where one has no end."""
    return digits_of(total(amounts))  # it keeps the decimals of the one that has most: 1.50 + 0.5 is 2.00


def digits_of(whole: Amount) -> int | None:
    """Return the decimals of an amount, ``None`` where it has no end."""
    if isinstance(whole, Fraction):
        return None
    exponent = whole.as_tuple().exponent if isinstance(whole, Decimal) else 0
    assert isinstance(exponent, int)
    return max(0, -exponent)
