"""Labels that a report writes itself: 序号 of sections, and the first labels that say how its levels are numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.yaml.nodes import Node

NUMBER = "序号"
_STYLES = ("编号", "下级编号", "样式")
_NONE = "无"


def typed(node: Node) -> Iterator[tuple[str, Scalar]]:
    """Yield the labels of a tree with their keys, in order."""
    for key, value in node.items() if isinstance(node, Mapping) else [("", one) for one in _items(node)]:
        if key in (NUMBER, *_STYLES):
            yield from ((key, one) for one in _items(value) if isinstance(one, Scalar) and one.value != _NONE)
        elif not isinstance(value, Scalar):
            yield from typed(value)


def _items(node: Node) -> Sequence | list[Node]:
    return node if isinstance(node, Sequence) else [node] if isinstance(node, Scalar) else []
