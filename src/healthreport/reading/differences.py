"""What a report says itself, apart from the base it is laid over.

Townships of one county say little more than numbers, so these stand apart: they need neither a tree
nor a model of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.yaml.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Position

# The keys of an indicator that a report may fill in without defining it anew.
NUMBERS = ("数值", "目标", "上年")
INDICATORS, INHERITS = "指标", "继承"


class Own(NamedTuple):
    """What a report says itself.

    ``fields`` are its keys but 指标 and 继承. ``numbers`` holds for 数值, 目标 and 上年 what it says there of
    indicators of the base, as written. ``others`` are the indicators of which it says more, or that the
    base does not have. ``whole`` returns all of it laid over the base, as a tree. ``place`` returns where a key
    of an indicator is to be written, where that is not in the tree: the cell of a table, empty or not.
    """

    fields: dict[str, Node]
    numbers: tuple[dict[str, str], dict[str, str], dict[str, str]]
    others: dict[str, Node]
    whole: Callable[[], Mapping]
    place: Callable[[str, str], Position | None] = lambda _, __: None


def split(tree: Mapping, base: Mapping, whole: Callable[[], Mapping]) -> Own:
    """Part a report's own tree; ``whole`` lays it over what its base passes on."""
    known = indicators_of(base)
    fields: dict[str, Node] = dict(tree)
    fields.pop(INHERITS, None)
    for key, value in fields.items():
        if type(value) is Mapping and type(base.get(key)) is Mapping and key != INDICATORS:
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
    return Own(fields, (values, targets, lasts), others, whole)


def indicators_of(tree: Mapping) -> Mapping:
    """Return a report's indicators."""
    indicators = tree.get(INDICATORS)
    return indicators if isinstance(indicators, Mapping) else Mapping(tree.source, 0, 0)


def _is_numbers(node: Mapping) -> bool:
    return all(key in NUMBERS and isinstance(value, Scalar) for key, value in node.items())
