"""The words that rules know things by, from ``templates/checking``: the packaged lists, a bureau's own on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.yaml import lists
from healthreport.reading.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.reading.yaml.nodes import Node

FILES = ("占位", "个数")
_PLACEHOLDERS, _FRACTIONAL, _NEGATIVE = "占位", "可带小数", "可为负"
_KEYS = {"占位": frozenset({_PLACEHOLDERS}), "个数": frozenset({_FRACTIONAL, _NEGATIVE})}


class CheckWords(NamedTuple):
    """The words of all rules.

    ``placeholder`` is the pattern of what is still to be replaced, ×× and the like. It is compiled when a text has one
    of the ``marks``, for each match has one. The names of counts that may be ``fractional`` and ``negative`` hold one
    of these words.
    """

    placeholder: str = "(?!)"
    marks: tuple[str, ...] = ()
    fractional: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()

    def may_be_placeholder(self, words: str) -> bool:
        """Say whether words have a mark of a placeholder."""
        return any(mark in words for mark in self.marks)


def build(trees: Iterable[tuple[str, Mapping]]) -> CheckWords:
    """Make the words of the files' trees.

    Raises :class:`HealthReportError` for a file that is no list of words, and a pattern of a bureau's own that is none.
    """
    trees = [*trees]
    places, counts = lists.gather(trees, _KEYS).values()
    for tree in lists.own(trees, "占位"):
        refuse_bad_patterns(tree)
    listed = [*placeholders(places.get(_PLACEHOLDERS, ()))]
    return CheckWords(
        lists.any_of(pattern for _, pattern in listed),
        tuple(dict.fromkeys(mark for marks, _ in listed for mark in marks)),
        *(tuple(lists.all_of(counts, key)) for key in (_FRACTIONAL, _NEGATIVE)),
    )


def placeholders(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Yield each pattern with the characters of which every match has one."""
    for node in nodes:
        if not isinstance(node, Mapping):
            raise lists.not_a_list(node)
        for marks, listed in node.items():
            yield from ((marks, pattern) for pattern in lists.texts(listed))


def refuse_bad_patterns(tree: Mapping) -> None:
    """Refuse patterns of placeholders that are none, or slow."""
    listed = tree.get(_PLACEHOLDERS)
    for patterns in listed.values() if isinstance(listed, Mapping) else ():
        lists.refuse_bad_patterns(patterns)
