"""Townships whose figures are outside what the others and last year suggest: a unit or a digit is wrong, mostly.

A rate is held against those of the others; a count against last year's, for townships are of different size, and that
growth against the others'. How far apart figures are is measured by the median of their deviations from the median,
which one wrong figure does not move.
"""

from __future__ import annotations

import math
from statistics import median, median_high
from typing import TYPE_CHECKING, NamedTuple

from healthreport.townships import pool as pools
from healthreport.townships import ranks
from healthreport.townships.over import LAST
from healthreport.values import quantities
from healthreport.values.expression_errors import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthreport.townships.ranks import Standing
    from healthreport.townships.sums import CountySums, LookUp
    from healthreport.values.quantities import Quantity

FEWEST = 5  # of which one can be said to stand apart
_ABOUT = (0.5, 2.0)  # how far a hundredfold may be from the others to be one of them
_FAR = 6.0  # deviations; of normal figures one in a hundred thousand is as far
_TO_SIGMA = 1.4826
_LEAST_POINTS, _LEAST_GROWTH = 0.02, math.log(1.15)  # what is no deviation: two points, growth by 15 %


class Outlier(NamedTuple):
    """A township's figure, and what it was held against: the others' median, or growth in times of last year."""

    name: str
    town: int
    value: Quantity
    usual: Quantity | None
    last: Quantity | None = None
    growth: float = 0.0
    usual_growth: float = 0.0


def find(sums: CountySums, names: list[str], look_up: LookUp) -> Iterator[Outlier]:
    """Yield the figures of indicators that stand apart, the farthest township of each first."""
    for name in names:
        is_rate = quantities.unit(sums.indicators[name].unit).is_rate
        if not is_rate and (name, LAST) not in sums.pool.columns:
            continue
        try:
            standing = ranks.standings(sums, name, look_up)
        except ExpressionError:
            continue  # a formula that cannot be computed is told where it is used
        yield from _rates(name, standing) if is_rate else _growth(sums, name, standing)


def _rates(name: str, standing: list[Standing]) -> Iterator[Outlier]:
    numbers = {one.town: float(one.value.number) for one in standing}
    scale = float(standing[0].value.unit.factor) * 100 if standing else 1.0
    values = {one.town: one.value for one in standing}
    few = _hundredths(numbers) if len(numbers) < FEWEST else ()
    for town, usual in few or _apart(numbers, _LEAST_POINTS * scale):
        middle = min(standing, key=lambda one, usual=usual: abs(float(one.value.number) - usual))  # type: ignore[misc]
        yield Outlier(name, town, values[town], middle.value)


def _growth(sums: CountySums, name: str, standing: list[Standing]) -> Iterator[Outlier]:
    column = sums.pool.columns[name, LAST]
    own = quantities.unit(sums.indicators[name].unit)
    lasts = {town: pools.quantity(one, own) for town, one in enumerate(column) if one is not None and one > 0}
    both = {one.town: one.value for one in standing if one.town in lasts and one.value.number > 0}
    growth = {town: math.log(float(value.number / lasts[town].number)) for town, value in both.items()}
    for town, usual in _apart(growth, _LEAST_GROWTH):
        times = float(both[town].number / lasts[town].number)
        yield Outlier(name, town, both[town], None, lasts[town], times, math.exp(usual))


def _hundredths(numbers: Mapping[int, float]) -> list[tuple[int, float]]:
    """Return whose rate is about a hundredth of the others', and their median: 0.92 of one beside 92%."""
    found = []
    for town, one in numbers.items():
        others = [number for other, number in numbers.items() if other != town]
        usual = median_high(others) if others else 0.0
        if usual > one > 0 and _ABOUT[0] <= one * 100 / usual <= _ABOUT[1]:
            found.append((town, usual))
    return found


def _apart(numbers: Mapping[int, float], least: float) -> Iterator[tuple[int, float]]:
    """Yield whose number is far from the median, and that median."""
    if len(numbers) < FEWEST:
        return
    middle = median(numbers.values())
    spread = max(_TO_SIGMA * median(abs(one - middle) for one in numbers.values()), least)
    far = {town: abs(one - middle) / spread for town, one in numbers.items()}
    for town in sorted(far, key=lambda one: -far[one]):
        if far[town] > _FAR:
            yield town, middle
