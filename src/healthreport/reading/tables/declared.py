"""What a report says its figures are: the indicators that a sheet's headings may name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import plain
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator


class Indicator(NamedTuple):
    """An indicator as declared: its unit, the names of its parts, whether it is computed, and whether others add it."""

    name: str
    unit: str = ""
    parts: tuple[str, ...] = ()
    formula: str = ""
    is_summed: bool = True


class Declared(NamedTuple):
    """All indicators, by name, and by every heading that means one."""

    indicators: dict[str, Indicator]
    by_heading: dict[str, str]
    doubled: dict[str, tuple[str, str]]

    @property
    def units(self) -> frozenset[str]:
        """Every unit that is declared."""
        return frozenset(one.unit for one in self.indicators.values() if one.unit)


def of(indicators: Mapping) -> Declared:
    """Return what 指标 declares; a heading that two indicators claim is kept apart, for neither can have it."""
    found = {name: _indicator(name, indicators.get(name)) for name in indicators.keys_at}
    by_heading: dict[str, str] = {}
    doubled: dict[str, tuple[str, str]] = {}
    for name in found:
        for alias in (name, *_aliases(indicators.get(name))):
            heading = plain.heading(alias)
            first = by_heading.setdefault(heading, name)
            if first != name:
                doubled[heading] = (first, name)
    return Declared(found, by_heading, doubled)


def called(indicators: Mapping) -> dict[str, str]:
    """Return the indicator that each 别名 means, as a heading; what two claim means neither."""
    found = of(indicators)
    return {heading: name for heading, name in found.by_heading.items() if heading not in found.doubled}


def _indicator(name: str, node: object) -> Indicator:
    if not isinstance(node, Mapping):
        return Indicator(name)
    parts = node.get("分项")
    names = tuple(parts.keys_at) if isinstance(parts, Mapping) else ()
    is_summed = _text(node, "汇总方式") in ("", "求和") and _text(node, "共用") in ("", "否")
    return Indicator(name, _text(node, "单位"), names, _text(node, "公式"), is_summed)


def _aliases(node: object) -> Iterator[str]:
    written = node.get("别名") if isinstance(node, Mapping) else None
    for item in written if isinstance(written, Sequence) else [written]:
        if isinstance(item, Scalar):
            yield item.value


def _text(node: Mapping, key: str) -> str:
    value = node.get(key)
    return value.value if isinstance(value, Scalar) else ""
