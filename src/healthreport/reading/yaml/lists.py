"""Words and patterns that users list in files of data: none that is no list, and none that takes long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError, error
from healthreport.reading.yaml.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.yaml.nodes import Mapping, Node

# A bureau's patterns may come with somebody's folder: none may take long on a line of text.
_SLOW = re.compile(r"\)\s*(?:[*+]|\{)")
_REPEATED = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\d*\})")
_MOST_REPEATED = 4


def items(node: Node) -> Iterator[Node]:
    """Yield the items of a list. Raises :class:`HealthReportError` for what is none."""
    if not isinstance(node, Sequence):
        raise not_a_list(node)
    yield from node


def texts(node: Node) -> Iterator[str]:
    """Yield the words of a list. Raises :class:`HealthReportError` for what is none."""
    for item in items(node):
        if not isinstance(item, Scalar):
            raise not_a_list(item)
        yield item.value


def not_a_list(node: Node) -> HealthReportError:
    """Return the mistake that there is no list of words."""
    hint = "照“template show”列出的样子写。"
    return error("not-a-list", "这里应写词的列表，如[合计, 总计]。", node.position(), hint=hint)


def refuse_unknown(tree: Mapping, known: frozenset[str]) -> None:
    """Refuse a class of words that the program does not know."""
    for key, at in tree.keys_at.items():
        if key not in known:
            hint = f"可以有：{'、'.join(sorted(known))}。"
            raise error("unknown-key", f"没有“{key}”这一类词。", at.position(), hint=hint)


def patterns(node: Node) -> Iterator[str]:
    """Yield the regular expressions of a list, each in a group of its own.

    Raises :class:`HealthReportError` for one that is none, and for one that may take long.
    """
    for item in items(node):
        written = item.value if isinstance(item, Scalar) else ""
        try:
            re.compile(written)
        except re.error:
            message = f"“{written}”不是正则表达式。"
            raise error("bad-pattern", message, item.position(), hint="例如 ^.{0,12}小计$。") from None
        if _SLOW.search(written) or len(_REPEATED.findall(written)) > _MOST_REPEATED:
            message = f"“{written}”比起来可能太慢：括号后面不能有 *、+、{{…}}，重复的最多{_MOST_REPEATED}处。"
            raise error("bad-pattern", message, item.position(), hint="例如 ^.{0,12}小计$。")
        yield f"(?:{written})"
