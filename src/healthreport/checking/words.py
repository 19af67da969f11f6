"""The words that rules know things by, from ``templates/checking``: the packaged lists, a bureau's own on top."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.yaml import lists
from healthreport.reading.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.reading.yaml.nodes import Node

FILES = ("占位", "个数")
_PLACEHOLDERS, _FRACTIONAL, _NEGATIVE = "占位", "可带小数", "可为负"
_KEYS = {"占位": frozenset({_PLACEHOLDERS}), "个数": frozenset({_FRACTIONAL, _NEGATIVE})}
_NOTHING = re.compile("(?!)")


class CheckWords(NamedTuple):
    """The words of all rules.

    ``placeholder`` matches what is still to be replaced, ×× and the like; each match has one of the ``marks``. The
    names of counts that may be ``fractional`` and ``negative`` hold one of these words.
    """

    placeholder: re.Pattern[str] = _NOTHING
    marks: tuple[str, ...] = ()
    fractional: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


def build(trees: Iterable[tuple[str, Mapping]]) -> CheckWords:
    """Make the words of the files' trees. Raises :class:`HealthReportError` for a file that is no list of words."""
    found: dict[str, list[Node]] = {}
    for file, tree in trees:
        lists.refuse_unknown(tree, _KEYS[file])
        for key, node in tree.items():
            found.setdefault(key, []).append(node)
    listed = [*placeholders(found.get(_PLACEHOLDERS, ()))]
    return CheckWords(
        re.compile("|".join(pattern for _, pattern in listed)) if listed else _NOTHING,
        tuple(dict.fromkeys(mark for marks, _ in listed for mark in marks)),
        *(tuple(word for node in found.get(key, ()) for word in lists.texts(node)) for key in (_FRACTIONAL, _NEGATIVE)),
    )


def placeholders(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Yield each pattern with the characters of which every match has one."""
    for node in nodes:
        if not isinstance(node, Mapping):
            raise lists.not_a_list(node)
        for marks, listed in node.items():
            yield from ((marks, pattern) for pattern in lists.patterns(listed))
