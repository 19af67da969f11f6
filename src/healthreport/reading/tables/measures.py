"""The units of measure, from ``templates/sheets``: the packaged ones, and a bureau's own on top."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.diagnostics import error
from healthreport.reading.tables import plain
from healthreport.reading.yaml import lists
from healthreport.values import scalars
from healthreport.values.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.reading.yaml.nodes import Mapping, Node

FILE = "计量单位"
_HINT = "例如“公顷: 10000”。"
_KEYS = frozenset({"换算", "相同", "其他", "不相加", "平均的名称", "没有单位的率", "可数"})


def build(trees: Iterable[tuple[str, Mapping]]) -> Units:
    """Make the units of their file's trees. Raises :class:`HealthReportError` for a factor that is no number."""
    found = lists.gather(trees, {FILE: _KEYS})[FILE]
    families = tuple(_factors(family) for node in found.get("换算", ()) for family in lists.items(node))
    alike = tuple(
        frozenset(map(scalars.fold, lists.texts(group)))
        for node in found.get("相同", ())
        for group in lists.items(node)
    )
    others, unsummed, counted = (
        frozenset(map(scalars.fold, lists.all_of(found, key))) for key in ("其他", "不相加", "可数")
    )
    means, rates = (tuple(lists.all_of(found, key)) for key in ("平均的名称", "没有单位的率"))
    return Units(families, alike, others, unsummed, counted, means, rates)


def _factors(family: Node) -> dict[str, Fraction]:
    factors = {}
    for name, factor in lists.pairs(family):
        try:
            factors[scalars.fold(plain.heading(name))] = Fraction(factor)
        except (ValueError, ZeroDivisionError):
            raise error("bad-number", f"“{factor}”不是数。", family.position(), hint=_HINT) from None
        if factors[scalars.fold(plain.heading(name))] <= 0:
            raise error("bad-number", f"“{factor}”不能用来换算。", family.position(), hint=_HINT)
    return factors
