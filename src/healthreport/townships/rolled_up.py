"""A county's figures township by township: a column for each figure, its total, and what is derived of it.

Of 农村改厕 with targets and last year's figures the columns are 数值, 目标, 完成率, 上年, 同比增长 and 排名.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from healthreport.figures.indicator_values import IndicatorValues
from healthreport.figures.mistakes import Mistakes
from healthreport.model.build import known_names
from healthreport.townships import pool as pools
from healthreport.townships import ranks
from healthreport.townships.county import County
from healthreport.townships.over import LAST, TARGET, VALUE
from healthreport.townships.pool import PART
from healthreport.values import quantities
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Derived, Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from healthreport.diagnostics import Diagnostic
    from healthreport.model.build import Built
    from healthreport.townships.pool import Amount, Town
    from healthreport.values.quantities import Quantity

COMPLETION, GROWTH, POINTS, RANK = "完成率", "同比增长", "增减百分点", "排名"
DERIVED = (COMPLETION, GROWTH, POINTS, RANK)
_PERCENT = "%"


class Column(NamedTuple):
    """A figure of all townships, in its unit, and what it comes to; ``None`` where there is none.

    ``texts`` are what was written that is no number alone: 约500, ≤12; ``said`` such a total. ``rests`` are how many
    townships the total is made of, ``None`` where the report says it itself; ``digits`` how many decimals it is shown
    with at least. ``given`` says that townships gave it themselves.
    """

    indicator: str
    key: str
    unit: str
    figures: Sequence[Amount | None]
    total: Fraction | None = None
    texts: Mapping[int, str] = {}
    said: str = ""
    rests: int | None = None
    digits: int = 0
    given: bool = True

    @property
    def part(self) -> str:
        """The name of the part that it is, if it is one."""
        return self.key.removeprefix(PART) if self.key.startswith(PART) else ""


class RolledUp(NamedTuple):
    """The townships of a county, their figures, what each comes to, and what could not be computed."""

    built: Built
    sums: County
    columns: tuple[Column, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def towns(self) -> tuple[Town, ...]:
        """The townships in their order."""
        return self.sums.pool.towns


T = TypeVar("T")


def of(built: Built) -> RolledUp:
    """Return the figures of a county's report, township by township."""
    work = _Work(built)
    columns = tuple([column for name in built.report.indicators for column in work.columns(name)])
    return RolledUp(built, work.sums, columns, tuple(work.mistakes.kept))


class _Work:
    """Makes the columns of one county; what cannot be computed is kept in ``mistakes`` and left out."""

    def __init__(self, built: Built) -> None:
        assert isinstance(built.sums, County)
        self.sums = built.sums
        self.mistakes = Mistakes(known_names(built.report.indicators, built.report.words), built, draft=True)
        self._built = built
        self._values = IndicatorValues(built, self.mistakes)
        self._pool = built.sums.pool

    def columns(self, name: str) -> Iterator[Column]:
        """Yield the columns of an indicator; none where no township gave any figure of it."""
        value = self._value(name)
        target, last = self._given(name, TARGET), self._given(name, LAST)
        parts = [self._given(name, PART + part) for part in self._pool.parts(name)]
        if value is None and not any((target, last, *parts)):
            return
        yield from [one for one in parts if one]
        if value:
            yield value
        if target:
            yield target
            yield from self._completion(name, value, target)
        if last:
            yield last
        if before := last or self._computed_last(name):
            yield from self._growth(name, value, before)
        if value and len(self._pool.towns) > 1:
            yield self._rank(name, value)

    def _value(self, name: str) -> Column | None:
        """Return the values of an indicator, as given or by its formula, and the county's."""
        indicator = self._built.report.indicators[name]
        own = quantities.unit(indicator.unit)
        given = self._given(name, VALUE) if indicator.formula is None else None
        if given is None:
            standing = self._try(name, lambda: ranks.standings(self.sums, name, self._values.look_up)) or []
            if not standing and indicator.formula is None:
                return None
            digits = 1 if indicator.digits is None else indicator.digits
            given = Column(name, VALUE, indicator.unit, self._of_towns(standing, own), digits=digits, given=False)
        total = self._try(name, lambda: self._values.value(name, _name(name)))
        if total is None:
            return given
        if total.opaque:
            return given._replace(said=total.text)
        rests = self.sums.common(leaves).bit_count() if (leaves := self.sums.leaves.of(_name(name), VALUE)) else None
        return given._replace(total=total.number / own.factor, rests=rests)

    def _given(self, name: str, key: str) -> Column | None:
        """Return what townships gave themselves, and what it comes to where that is no value."""
        leaf = name, key
        figures, texts = self._pool.columns.get(leaf), self._pool.unread.get(leaf, {})
        if figures is None and not texts:
            return None
        figures = figures or [None] * len(self._pool.towns)
        own = quantities.unit(self._built.report.indicators[name].unit)
        digits = pools.digits([one for one in figures if one is not None])
        column = Column(name, key, own.name, figures, texts=texts, digits=digits or 0)
        if key == VALUE:
            return column
        if key == TARGET and name in self._pool.bounded:
            column = self._bounded(column)
        target = self._built.target(name) if key == TARGET else None
        if target and target.bound:
            return column._replace(said=target.bound + quantities.write(target.quantity, quantities.PLAIN))
        summed = self.sums.total(leaf) if leaf in self.sums.leaves.summed and self.sums.towns[leaf] else None
        whole = target.quantity if target else self._built.last(name) if key == LAST else summed
        if whole is None or whole.opaque:
            return column
        rests = self.sums.towns[leaf].bit_count() if summed else None
        return column._replace(total=whole.number / own.factor, rests=rests)

    def _computed_last(self, name: str) -> Column | None:
        """Return what a formula came to last year, to be compared with: it is no figure that anybody gave."""
        standing = self._try(name, lambda: ranks.lasts(self.sums, name)) or []
        own = quantities.unit(self._built.report.indicators[name].unit)
        return Column(name, LAST, own.name, self._of_towns(standing, own), given=False) if standing else None

    def _of_towns(self, standing: Sequence[ranks.Standing], own: quantities.Unit) -> list[Amount | None]:
        figures: list[Amount | None] = [None] * len(self._pool.towns)
        for town, value in standing:
            figures[town] = pools.amount(value.number / own.factor)
        return figures

    def _bounded(self, column: Column) -> Column:
        """Return targets that are bounds as they are to be read again."""
        bounds = self._pool.bounded[column.indicator]
        texts = dict(column.texts)
        for town, bound in bounds.items():
            texts[town] = f"{bound}{written(column.figures[town], column.unit)}"
        figures = [None if town in bounds else one for town, one in enumerate(column.figures)]
        return column._replace(figures=figures, texts=texts)

    def _completion(self, name: str, value: Column | None, target: Column) -> Iterator[Column]:
        """Yield what part of its target each has done, where that can be said."""
        is_bound = self._built.report.indicators[name].lower_is_better or name in self._pool.bounded or target.said
        if value is None or is_bound:
            return
        figures = [
            None if one is None or aim is None or aim <= 0 else 100 * Fraction(one) / Fraction(aim)
            for one, aim in zip(value.figures, target.figures, strict=True)
        ]
        if any(one is not None for one in figures):
            both = self._both(name, TARGET)
            total = 100 * both[0].number / both[1].number if both and both[1].number > 0 else None
            rests = self._rests(name, TARGET)
            yield Column(name, COMPLETION, _PERCENT, figures, total, rests=rests, digits=1, given=False)

    def _growth(self, name: str, value: Column | None, last: Column) -> Iterator[Column]:
        """Yield by how much each has grown: in per cent, of a rate in per cent in points."""
        if value is None or (last.unit and quantities.unit(last.unit).is_rate and last.unit != _PERCENT):
            return
        in_points = last.unit == _PERCENT
        grown = _in_points if in_points else _in_percent
        figures = [
            None if one is None or before is None else grown(Fraction(one), Fraction(before))
            for one, before in zip(value.figures, last.figures, strict=True)
        ]
        if any(one is not None for one in figures):
            both, own = self._both(name, LAST), quantities.unit(last.unit)
            total = grown(both[0].number / own.factor, both[1].number / own.factor) if both else None
            key, unit = (POINTS, "") if in_points else (GROWTH, _PERCENT)
            yield Column(name, key, unit, figures, total, rests=self._rests(name, LAST), digits=1, given=False)

    def _both(self, name: str, against: str) -> tuple[Quantity, Quantity] | None:
        """Return the county's value and what it is compared with, over the townships that have both."""

        def both() -> tuple[Quantity, Quantity] | None:
            node = Derived(_name(name), against, None, 0, len(name))
            found = self.sums.compared(node, against, self._values.look_up)
            if found:
                return found
            other = self._values.number(Derived(_name(name), against, None, 0, len(name)))
            now = self._values.value(name, _name(name))
            return None if now.opaque or other.opaque else (now, other)

        return self._try(name, both)

    def _rests(self, name: str, against: str) -> int | None:
        """Return on how many townships a comparison rests; ``None`` where not both sides are theirs."""
        sides = [self.sums.leaves.of(_name(name), key) for key in (VALUE, against)]
        return self.sums.common(sides[0] | sides[1]).bit_count() if all(sides) else None

    def _rank(self, name: str, value: Column) -> Column:
        """Return which place each takes, those that stand level the same one."""
        here = [one for one in value.figures if one is not None]
        ordered = sorted(here, reverse=not self._built.report.indicators[name].lower_is_better)
        places: dict[Amount, int] = {}
        for place, one in enumerate(ordered, 1):
            places.setdefault(one, place)
        return Column(name, RANK, "", [None if one is None else places[one] for one in value.figures], given=False)

    def _try(self, name: str, compute: Callable[[], T]) -> T | None:
        """Return what is computed; what cannot be is kept, unless it merely is not there."""
        try:
            return compute()
        except ExpressionError as wrong:
            place = self._built.place_of(name)
            if wrong.id not in ("missing-value", "poisoned") and place:
                self.mistakes.keep_at(place, wrong)
            return None


def written(amount: Amount | None, unit: str) -> str:
    """Return a figure with all its digits, as it is read again; of % with its sign, for 0.8 of one could be 80%."""
    if amount is None:
        return ""
    text = f"{float(amount):.15f}".rstrip("0") if isinstance(amount, Fraction) else str(amount)
    return text + _PERCENT if unit == _PERCENT else text


def _in_percent(now: Fraction, last: Fraction) -> Fraction | None:
    return 100 * (now - last) / last if last > 0 and now >= 0 else None


def _in_points(now: Fraction, last: Fraction) -> Fraction | None:
    return now - last


def _name(name: str) -> Name:
    return Name(name, 0, len(name))
