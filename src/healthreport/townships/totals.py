"""What townships say in all beside the parts of it: one that says only its parts has said their sum."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.townships import pool as pools
from healthreport.townships.over import LAST, TARGET, VALUE
from healthreport.townships.pool import PART
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthreport.model.indicators import Indicator
    from healthreport.townships.pool import Amount, Pool
    from healthreport.values.quantities import Quantity


class Differing(NamedTuple):
    """A township whose parts make another total than it says: its number, both figures."""

    town: int
    said: Quantity
    added: Quantity


def completed(pool: Pool, indicators: Mapping[str, Indicator]) -> Pool:
    """Return the figures with the totals that some townships left to their parts; of what all left so there is none.

    A column of 目标 or 上年 that all left empty is none.
    """
    columns = dict(pool.columns)
    for name in indicators:
        column = columns.get((name, VALUE))
        if column and pools.has_gaps(column):
            parts = _columns(pool, name, indicators)
            sums = [*map(_sum, zip(*parts, strict=True))] if parts else column
            columns[name, VALUE] = [added if one is None else one for one, added in zip(column, sums, strict=True)]
    filled = {leaf: one for leaf, one in columns.items() if leaf[1] not in (TARGET, LAST) or pools.towns_of(one)}
    return pool._replace(columns=filled)


def differing(pool: Pool, name: str, indicators: Mapping[str, Indicator]) -> Iterator[Differing]:
    """Yield the townships that say another total of an indicator than their parts make."""
    column, parts = pool.columns.get((name, VALUE)), _columns(pool, name, indicators)
    own = quantities.unit(indicators[name].unit)
    for town, (one, *of_one) in enumerate(zip(column, *parts, strict=True) if column and parts else ()):
        added = _sum(of_one)
        if one is not None and added is not None and Fraction(one) != Fraction(added):
            yield Differing(town, pools.quantity(one, own), pools.quantity(added, own))


def _columns(pool: Pool, name: str, indicators: Mapping[str, Indicator]) -> list[list[Amount | None]]:
    """Return the figures of all parts in the unit of the whole; none where one has no figures, or others."""
    indicator = indicators[name]
    key = isinstance(indicator.parts, dict)
    leaves = [(name, PART + one) if key else (one, VALUE) for one in indicator.part_names]
    units = [quantities.unit(indicators[leaf[0]].unit) for leaf in leaves if leaf in pool.columns]
    own = quantities.unit(indicator.unit)
    if len(units) < len(leaves) or any(one.base != own.base for one in units):
        return []
    return [_in_unit(pool.columns[leaf], one.factor / own.factor) for leaf, one in zip(leaves, units, strict=True)]


def _in_unit(column: list[Amount | None], ratio: Fraction) -> list[Amount | None]:
    return column if ratio == 1 else [one if one is None else pools.amount(Fraction(one) * ratio) for one in column]


def _sum(parts: tuple[Amount | None, ...] | list[Amount | None]) -> Amount | None:
    """Return the sum of all parts of one township, ``None`` where it lacks one."""
    there = [one for one in parts if one is not None]
    return pools.total(there) if len(there) == len(parts) else None
