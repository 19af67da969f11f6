"""On how many townships a county's figures rest, and where its own file and its townships differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.figures import using
from healthreport.model.rolling_up import SUM
from healthreport.townships import pool as pools
from healthreport.townships.over import LAST, TARGET, VALUE
from healthreport.values import quantities
from healthreport.values.expressions import Name
from healthreport.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.townships.pool import Leaf
    from healthreport.townships.sums import CountySums
    from healthreport.values.quantities import Quantity


class Short(NamedTuple):
    """Figures that the same townships lack: the figures, who lacks them, how many have them."""

    leaves: tuple[Leaf, ...]
    lacking: tuple[str, ...]
    having: int


class Apart(NamedTuple):
    """A figure of the county's own file that differs from what its townships come to."""

    name: str
    given: Quantity
    summed: Quantity
    having: int


def short(sums: CountySums) -> Iterator[Short]:
    """Yield the figures that the report uses and not all townships have, those with the same gaps together."""
    found: dict[int, list[Leaf]] = {}
    for leaf in sorted(used(sums)):
        missing = sums.all & ~sums.towns[leaf]
        if (missing or sums.pool.absent) and sums.towns[leaf]:
            found.setdefault(missing, []).append(leaf)
    for missing, leaves in found.items():
        names = [sums.pool.towns[town].short for town in pools.members(missing)]
        count = len(sums.pool.towns) - len(names)
        yield Short(tuple(leaves), (*names, *sums.pool.absent), count)


def used(sums: CountySums) -> set[Leaf]:
    """Return the figures of townships that the report makes use of: values, the 目标, 上年 and parts that it prints."""
    unused = {*using.unused(sums.built)}
    wanted = {(name, VALUE) for name in sums.indicators if name not in unused} | sums.noted.shown
    return {leaf for name, key in wanted for leaf in sums.leaves.of(Name(name, 0, len(name)), key)}


def apart(sums: CountySums) -> Iterator[Apart]:
    """Yield the values that the county's file gives and that are not the sums of its townships."""
    for name in sorted(sums.given):
        leaf = (name, VALUE)
        given, way = sums.built.value(name), sums.way(name)
        if given is None or given.opaque or leaf not in sums.pool.columns or way is None or way.kind != SUM:
            continue
        summed = sums.total(leaf)
        digits = min(one for one in (given.digits, summed.digits, 6) if one is not None)
        factor = given.unit.factor
        sides = [rounded(one.number / factor, digits) for one in (given, summed)]
        if sides[0] != sides[1]:
            yield Apart(name, given, summed, sums.towns[leaf].bit_count())


def other_targets(sums: CountySums) -> Iterator[tuple[str, list[tuple[str, Quantity]]]]:
    """Yield the rates and bounds for which townships have another target than the county, with theirs."""
    for name, indicator in sums.indicators.items():
        column, target = sums.pool.columns.get((name, TARGET)), sums.built.target(name)
        if column is None or target is None or (name, TARGET) in sums.leaves.summed:
            continue
        if not target.bound and sums.adds_up(name):
            continue  # a county's may be more than that of its townships together
        own = quantities.unit(indicator.unit)
        theirs = [(at, pools.quantity(one, own)) for at, one in enumerate(column) if one is not None]
        differing = [(sums.pool.towns[at].short, one) for at, one in theirs if one.number != target.quantity.number]
        if differing:
            yield name, differing


def lasts_not_used(sums: CountySums) -> Iterator[str]:
    """Yield the indicators whose 上年 the county's file gives though its townships have theirs."""
    for name in sums.indicators:
        if (name, LAST) in sums.leaves.summed and sums.built.last(name) and name not in sums.given:
            yield name


def summed_targets(sums: CountySums) -> Iterator[tuple[str, Quantity, Quantity]]:
    """Yield the counts whose target in the county's file is not the sum of the townships', with both."""
    for name, indicator in sums.indicators.items():
        leaf, target = (name, TARGET), sums.built.target(name)
        column = sums.pool.columns.get(leaf)
        if column is None or target is None or target.bound or name in sums.pool.bounded or not sums.adds_up(name):
            continue
        theirs = [one for one in column if one is not None]
        summed = pools.quantity(pools.total(theirs), quantities.unit(indicator.unit))
        if theirs and summed.number != target.quantity.number:
            yield name, target.quantity, summed


def not_shared(sums: CountySums) -> Iterator[tuple[str, Quantity, list[tuple[str, Quantity]]]]:
    """Yield the indicators that are 共用 of which townships have another value than the county's file, with theirs."""
    for name in sorted(sums.given):
        column, given = sums.pool.columns.get((name, VALUE)), sums.built.value(name)
        if column is None or given is None or not sums.indicators[name].shared:
            continue
        own = quantities.unit(sums.indicators[name].unit)
        theirs = [
            (sums.pool.towns[at].short, pools.quantity(one, own)) for at, one in enumerate(column) if one is not None
        ]
        if differing := [(town, one) for town, one in theirs if one.number != given.number]:
            yield name, given, differing
