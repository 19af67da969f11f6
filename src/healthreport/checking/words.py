"""The words that rules know things by, from ``templates/checking``: the packaged lists, a bureau's own on top."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import error
from healthreport.reading.yaml import lists
from healthreport.reading.yaml.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.reading.yaml.nodes import Node

FILES = ("占位", "个数", "套话")
_PLACEHOLDERS, _FRACTIONAL, _NEGATIVE, _EMPTY = "占位", "可带小数", "可为负", "套话"
_KEYS = {"占位": frozenset({_PLACEHOLDERS}), "个数": frozenset({_FRACTIONAL, _NEGATIVE}), "套话": frozenset({_EMPTY})}

_SET, _PIECE = r"\[(?:[^\]\\]|\\.)*\]", r"\\.|[^()\[\]|\\]"
# What a match may be without: what must not stand there, and what may stand there or not.
_MAY_LACK = (
    rf"\(\?<?!(?:{_PIECE}|{_SET}|\|)*\)|\[\^(?:[^\]\\]|\\.)*\]|(?:{_SET}|{_PIECE}|\([^()]*\))(?:[?*]|{{0?,\d*}})"
)


class CheckWords(NamedTuple):
    """The words of all rules.

    ``placeholders`` are the patterns of what is still to be replaced, ×× and the like, each with its marks: every match
    has one, so a pattern is compiled when a text has one. ``marks`` are those of all. The names of counts that may be
    ``fractional`` and ``negative`` hold one of these words. ``empty`` words say nothing of what is planned
    (进一步加强).
    """

    placeholders: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    fractional: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()

    def may_be_placeholder(self, words: str) -> bool:
        """Say whether words have a mark of a placeholder."""
        return any(mark in words for mark in self.marks)

    def placeholder_in(self, words: str) -> str:
        """Return the pattern of the placeholders that words may have, by their marks."""
        return lists.any_of(pattern for marks, pattern in self.placeholders if any(mark in words for mark in marks))


def build(trees: Iterable[tuple[str, Mapping]]) -> CheckWords:
    """Make the words of the files' trees.

    Raises :class:`HealthReportError` for a file that is no list of words, and a pattern of a bureau's own that is none.
    """
    trees = [*trees]
    places, counts, phrases = lists.gather(trees, _KEYS).values()
    for tree in lists.own(trees, "占位"):
        refuse_bad_patterns(tree)
    listed = tuple(placeholders(places.get(_PLACEHOLDERS, ())))
    return CheckWords(
        listed,
        tuple(dict.fromkeys(mark for marks, _ in listed for mark in marks)),
        tuple(lists.all_of(counts, _FRACTIONAL)),
        tuple(lists.all_of(counts, _NEGATIVE)),
        tuple(lists.all_of(phrases, _EMPTY)),
    )


def placeholders(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Yield each pattern with the characters of which every match has one."""
    for node in nodes:
        if not isinstance(node, Mapping):
            raise lists.not_pairs(node, "待: ['待填写']")
        for marks, listed in node.items():
            yield from ((marks, pattern) for pattern in lists.texts(listed))


def refuse_bad_patterns(tree: Mapping) -> None:
    """Refuse patterns of placeholders that are none, or slow, or that match without any of their marks."""
    listed = tree.get(_PLACEHOLDERS)
    if not isinstance(listed, Mapping):
        return  # what has another shape is told where it is read
    for marks, patterns in listed.items():
        lists.refuse_empty(marks, listed.keys_at[marks])
        lists.refuse_bad_patterns(patterns)
        for item in lists.items(patterns):
            assert isinstance(item, Scalar)
            _refuse_without_mark(marks, item)


def _refuse_without_mark(marks: str, pattern: Scalar) -> None:
    """Refuse a pattern of which one of the alternatives has none of the marks: it would never be looked for."""
    for alternative in _alternatives(pattern.value):
        sure = re.sub(_MAY_LACK, "", alternative)
        if not any(mark in sure for mark in marks):
            message = f"“{alternative}”里不一定有冒号前面的字“{marks}”，没有的查不到。"
            raise error("mark-not-in-pattern", message, pattern.position(), hint="请把每一处必有的字写在冒号前面。")


def _alternatives(pattern: str) -> list[str]:
    """Return what a pattern chooses from, outside all brackets: ``甲|[乙|]`` → ``甲``, ``[乙|]``."""
    found, depth, in_set = [""], 0, False
    for piece in re.findall(r"\\.|.", pattern, re.DOTALL):
        in_set = piece == "[" or (in_set and piece != "]")
        depth += 0 if in_set else {"(": 1, ")": -1}.get(piece, 0)
        if piece == "|" and not depth and not in_set:
            found.append("")
        else:
            found[-1] += piece
    return found
