"""The figures of all townships of a county, column by column, whatever they were read of."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import compress
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


def amount(number: Fraction) -> Amount:
    """Return a fraction as the simplest number that is the same."""
    if number.denominator == 1:
        return number.numerator
    text = converted(number)
    return number if text is None else Decimal(text)


def quantity(one: Amount, own: Unit) -> Quantity:
    """Return an amount of an indicator in its unit."""
    return Quantity(Fraction(one) * own.factor, own, digits([one]))


def towns_of(column: Sequence[Amount | None]) -> Towns:
    """Return the townships that have an amount."""
    return int("".join(["0" if one is None else "1" for one in reversed(column)]) or "0", 2)


def members(towns: Towns) -> Iterator[int]:
    """Yield the numbers of the townships of a set."""
    return compress(range(towns.bit_length()), map(int, reversed(bin(towns)[2:])))


def chosen(column: Sequence[Amount | None], towns: Towns) -> list[Amount]:
    """Return the amounts of a set of townships."""
    flags = map(int, reversed(bin(towns)[2:]))
    return [one for one in compress(column, flags) if one is not None]


def total(amounts: Sequence[Amount]) -> Amount:
    """Return the exact sum: of whole numbers at once, of decimals with as many digits as they need."""
    if all(type(one) is int for one in amounts):
        return sum(amounts)
    if any(type(one) is Fraction for one in amounts):
        return sum((Fraction(one) for one in amounts), Fraction(0))
    with localcontext(prec=_PRECISION):
        return sum((one for one in amounts if not isinstance(one, Fraction)), Decimal(0))


def digits(amounts: Sequence[Amount]) -> int | None:
    """Return the most decimals among amounts, ``None`` where one has no end."""
    most = 0
    for one in amounts:
        if isinstance(one, Fraction):
            return None
        if isinstance(one, Decimal):
            exponent = one.as_tuple().exponent
            assert isinstance(exponent, int)
            most = max(most, -exponent)
    return most
