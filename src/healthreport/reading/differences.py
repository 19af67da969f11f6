"""What a report says itself, apart from the base it is laid over.

Townships of one county say little more than numbers, so these stand apart: they need neither a tree
nor a model of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.model.build import Differences
from healthreport.model.own_words import WORDS
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

# The keys of an indicator that a report may fill in without defining it anew.
NUMBERS = ("数值", "目标", "上年")
INDICATORS, INHERITS, ADDS = "指标", "继承", "追加"
# What a base says under these keys is added where the report is built.
_APART = (INDICATORS, WORDS)


def split(tree: Mapping, base: Mapping, whole: Callable[[], Mapping]) -> Differences:
    """Part a report's own tree; ``whole`` lays it over what its base passes on."""
    known = indicators_of(base)
    fields: dict[str, Node] = dict(tree)
    for key, value in fields.items():
        if type(value) is Mapping and type(base.get(key)) is Mapping and key not in _APART:
            fields[key] = whole()[key]
    indicators = tree.get(INDICATORS)
    others: dict[str, Node] = {}
    values: dict[str, str] = {}
    targets: dict[str, str] = {}
    lasts: dict[str, str] = {}
    if isinstance(indicators, Mapping):
        del fields[INDICATORS]
        numbers: dict[str, dict[str, str]] = {"数值": values, "目标": targets, "上年": lasts}
        for name, node in indicators.items():
            if name not in known or type(node) is not Mapping or not _is_numbers(node):
                others[name] = node
                continue
            for key, value in node.items():
                numbers[key][name] = value.value  # type: ignore[union-attr]
        for name, at in indicators.keys_at.items():
            if name not in indicators and name not in known:
                others[name] = Mapping(tree.source, at.start, at.end)
    return Differences(fields, (values, targets, lasts), others, whole)


def indicators_of(tree: Mapping) -> Mapping:
    """Return a report's indicators."""
    indicators = tree.get(INDICATORS)
    return indicators if isinstance(indicators, Mapping) else Mapping(tree.source, 0, 0)


def _is_numbers(node: Mapping) -> bool:
    return all(key in NUMBERS and isinstance(value, Scalar) for key, value in node.items())
