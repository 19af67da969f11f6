"""The numbers of a report: those it says itself, apart from those its base says, and those computed of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthreport.values import quantities
from healthreport.values.quantities import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from healthreport.diagnostics import Position
    from healthreport.figures.texts import Figures
    from healthreport.model.build import Built
    from healthreport.model.indicators import Indicator
    from healthreport.values.quantities import Quantity
    from healthreport.values.units import Units

VALUE, TARGET, LAST, FORMULA, PARTS = "数值", "目标", "上年", "公式", "分项"
_COMPUTED = ((FORMULA,), (PARTS,))
TENFOLD = 10
_CALLED = {VALUE: "", TARGET: "的目标", LAST: "的上年数", FORMULA: "算出来", PARTS: "合计"}


class Number(NamedTuple):
    """A number: the indicator it is of, the keys it is written at (上年; 分项, 门诊), and what it is."""

    indicator: str
    keys: tuple[str, ...]
    quantity: Quantity

    @property
    def is_computed(self) -> bool:
        """Say whether it was computed, by a formula or of parts."""
        return self.keys in _COMPUTED

    def says(self, words: tuple[str, ...]) -> bool:
        """Say whether its name, or its part's, holds one of the words."""
        return any(word in name for word in words for name in (self.indicator, *self.keys))

    def __str__(self) -> str:
        part = f"的分项“{self.keys[1]}”" if len(self.keys) > 1 else _CALLED[self.keys[0]]
        return f"“{self.indicator}”{part}"


class Numbers:
    """What is suspicious among the numbers of one report, for rules to judge.

    What was masked, a range or an approximation is never looked at, and what a base says once for all reports on it.
    A batch looks at thousands of reports, nearly all of them right, so nothing is made of a number before it is odd.

    ``odd`` are those that are not whole, those below nothing, and without a unit or in per cent those above 1.
    ``leaps`` are this year's and last year's number where one is more than ten times the other. ``oversized`` are
    the parts that are more than their whole, and the whole. ``base`` are the numbers of the base, where they were
    looked through before.
    """

    def __init__(self, built: Built, figures: Figures | None = None, base: Numbers | None = None) -> None:
        self._base = base or (Numbers(built.common) if built.common else None)
        self._built = built
        self._indicators = built.report.indicators
        self._computed = figures.computed if figures else {}
        self._over = figures.over if figures else {}
        self._defined = self._defined_here()
        self.odd = self._odd_figures()
        if self._defined or self._computed:
            self.odd += self._odd_others()
        self.leaps = [*self._find_leaps()]
        self.oversized = [*self._find_oversized()] if self._defined else []
        if self._base and self._base.is_suspicious:
            self.odd += [one for one in self._base.odd if self._passed_on(one)]
            self.leaps += [pair for pair in self._base.leaps if all(map(self._passed_on, pair))]
            self.oversized += [pair for pair in self._base.oversized if all(map(self._passed_on, pair))]

    def _odd_others(self) -> list[Number]:
        """Find the odd ones among what the report defines itself and what was computed."""
        found = [one for name in self._defined for one in _of_definition(name, self._indicators[name])]
        found += [Number(name, (self._source(name),), quantity) for name, quantity in self._computed.items()]
        return [one for one in found if is_odd(one.quantity)]

    @cached_property
    def is_suspicious(self) -> bool:
        """Say whether there is anything to judge."""
        return bool(self.odd or self.leaps or self.oversized)

    def _find_leaps(self) -> Iterator[tuple[Number, Number]]:
        for name in self._compared():
            now, last = self._number(name), self._built.last(name)
            if now and last and leaps(now.quantity, last):
                yield now, Number(name, (LAST,), last)

    def _find_oversized(self) -> Iterator[tuple[Number, Number]]:
        for name in self._defined:
            whole = self._number(name) if self._indicators[name].parts else None
            parts = [*self._parts(name)] if whole and not whole.quantity.opaque else []
            if whole and (len(parts) < len(self._indicators[name].parts) or _add_up(parts, whole)):
                yield from ((part, whole) for part in parts if _is_more(part.quantity, whole.quantity))

    def _passed_on(self, number: Number) -> bool:
        """Say whether a number of the base is this report's too: it says no other in its place."""
        said = self._built.numbers
        own: dict[str, Collection[str]] = {VALUE: said.values, TARGET: said.targets, LAST: said.lasts}
        return number.indicator not in own.get(number.keys[0], ()) and number.indicator not in self._defined

    def counts(self, units: Callable[[], Units]) -> Iterator[Number]:
        """Return the odd ones that persons or things are counted by; the units are read where there are odd ones."""
        for number in self.odd:
            if number.quantity.unit.base and units().counts(number.quantity.unit.name):
                yield number

    def shares(self) -> Iterator[tuple[Number, str]]:
        """Return the shares over 100 % that texts say, each as a number of its part, and the whole's name, if any."""
        for (name, whole), share in self._over.items():
            if part := self._number(name):
                yield part._replace(quantity=share), whole

    def value(self, name: str) -> Quantity | None:
        """Return an indicator's value, given or computed so far; nothing for what is no indicator."""
        number = self._number(name) if name in self._indicators else None
        return number.quantity if number else None

    def indicator(self, number: Number) -> Indicator:
        """Return the indicator a number is of."""
        return self._indicators[number.indicator]

    def position(self, number: Number) -> Position:
        """Return where a number is written."""
        return self._built.place_of_number(number.indicator, *number.keys) or self._built.root.position()

    def written(self, number: Number) -> str:
        """Return a number as the report prints it."""
        digits = self.indicator(number).digits if number.keys in (*_COMPUTED, (VALUE,), (LAST,)) else None
        return quantities.write(number.quantity, Style(fixed=digits))

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """The indicators without a unit, and those in per cent."""
        return tuple(name for name, one in self._indicators.items() if not quantities.unit(one.unit).base)

    @cached_property
    def made(self) -> tuple[str, ...]:
        """The indicators that are made of others, by a formula or as a sum."""
        if self._base and not self._built.redefined:
            return self._base.made
        return tuple(name for name, one in self._indicators.items() if one.formula is not None or one.parts)

    @cached_property
    def lasting(self) -> tuple[str, ...]:
        """The indicators that have a number of last year."""
        return tuple(name for name, one in self._indicators.items() if one.last)

    def _defined_here(self) -> Collection[str]:
        """Return the indicators that the report defines itself."""
        common = self._built.common
        if common is None:
            return self._indicators
        if not self._built.redefined:
            return ()
        known = common.report.indicators
        return [name for name, one in self._indicators.items() if known.get(name) is not one]

    def _compared(self) -> Iterable[str]:
        """Return the indicators whose two numbers are not both the base's."""
        if self._base is None:
            return self._indicators
        said = self._built.numbers
        if not self._base.lasting and not self._defined:
            return said.lasts
        of_base = [name for name in self._base.lasting if name in said.values or name in self._computed]
        return dict.fromkeys([*said.lasts, *of_base, *self._defined])

    def _odd_figures(self) -> list[Number]:
        """Find the odd ones among the figures that were filled in over a base."""
        said = self._built.numbers
        # Digits alone have no fraction and no sign: of those only a rate can be odd.
        few = self._base.bare if said.whole and self._base else None
        found: list[Number] = []
        if few == ():
            return found
        for key, figures in ((VALUE, said.values), (LAST, said.lasts)):
            for name in figures if few is None else few:
                if (one := figures.get(name)) and is_odd(one):
                    found.append(Number(name, (key,), one))
        for name in said.targets if few is None else few:
            if (target := said.targets.get(name)) and is_odd(target.quantity):
                found.append(Number(name, (TARGET,), target.quantity))
        return found

    def _number(self, name: str) -> Number | None:
        """Return an indicator's value, given or computed so far."""
        given = self._built.value(name)
        if given is not None:
            return Number(name, (VALUE,), given)
        computed = self._computed.get(name)
        return Number(name, (self._source(name),), computed) if computed else None

    def _source(self, name: str) -> str:
        """Return the key of which a value was computed, or that it was given with."""
        one = self._indicators[name]
        return VALUE if one.value else FORMULA if one.formula else PARTS

    def _parts(self, name: str) -> list[Number]:
        """Return the parts that are known, of those that are indicators the values."""
        parts = self._indicators[name].parts
        if isinstance(parts, dict):
            return [Number(name, (PARTS, part), one) for part, one in parts.items() if one and not one.opaque]
        known = [self._number(part.value) for part in parts if part.value in self._indicators]
        return [one for one in known if one and not one.quantity.opaque]


def _of_definition(name: str, one: Indicator) -> Iterator[Number]:
    """Return the numbers that an indicator is defined with."""
    given = ((VALUE, one.value), (TARGET, one.target and one.target.quantity), (LAST, one.last))
    yield from (Number(name, (key,), quantity) for key, quantity in given if quantity)
    if isinstance(one.parts, dict):
        yield from (Number(name, (PARTS, part), quantity) for part, quantity in one.parts.items() if quantity)


def is_odd(quantity: Quantity) -> bool:
    """Say whether a number is not whole or below nothing, without a unit or in per cent whether it is above 1."""
    number = quantity.number
    if quantity.opaque:
        return False
    if quantity.unit.base:
        return number.denominator != 1 or number.numerator < 0
    return number.numerator > number.denominator


def leaps(now: Quantity, last: Quantity) -> bool:
    """Say whether one of two numbers is more than ten times the other."""
    if now.opaque or last.opaque:
        return False
    this = now.number.numerator * last.number.denominator
    that = last.number.numerator * now.number.denominator
    return (this > TENFOLD * that > 0) or (that > TENFOLD * this > 0)


def _is_more(part: Quantity, whole: Quantity) -> bool:
    alike = part.unit.base == whole.unit.base and part.unit.is_rate == whole.unit.is_rate
    return alike and part.number > whole.number >= 0


def _add_up(parts: list[Number], whole: Number) -> bool:
    """Say whether parts that are all known add up; that they do not is an error of its own."""
    return sum((part.quantity.number for part in parts), start=whole.quantity.number * 0) == whole.quantity.number
