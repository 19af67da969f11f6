"""A report without what is wrong in it, so that the rest can be looked at; and what is told only because of that."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from healthreport.diagnostics import Diagnostic, Position
    from healthreport.reading.yaml.nodes import Node

_NAMED = ("指标", "文字")
_SOURCES = ("汇总来源", "指标文件")
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_BETWEEN = re.compile(r"[\s.|+\-*/:,(){}\[\]“”\"，、；：（）]+")
_INCOMPLETE, _MISSED = "missing-key", "missing-value"


class LeavingOut:
    """What is left out of a report, in memory."""

    def __init__(self) -> None:
        self._lines: set[tuple[str, int]] = set()
        self._names: set[str] = set()
        self._is_text_gone = False
        self._is_source_gone = False

    def without(self, root: Mapping, wrong: Iterable[Diagnostic]) -> Mapping | None:
        """Return a tree without the keys and items that are wrong, nothing where none of them can be left out."""
        walk = _Walk([*wrong])
        found = walk.mapping(root, ())
        self._lines |= walk.lines
        self._names |= walk.names
        self._is_text_gone |= walk.is_text_gone
        self._is_source_gone |= walk.is_source_gone
        return found if walk.lines else None

    def explains(self, told: Diagnostic, root: Mapping, line_of: Callable[[Position], str]) -> bool:
        """Say whether something may be told only because of what is left out.

        It is so where it stands in the same line, or names what is left out or what is computed from it.
        """
        if told.id == _INCOMPLETE and self._is_text_gone:
            return True
        if told.id == _MISSED and self._is_source_gone:
            return True
        if told.id == _MISSED:  # it names what is missing, whatever else stands in that expression
            return not self._touched(root).isdisjoint(_words(told.message))
        if (told.position.file, told.position.line) in self._lines:
            return True
        return not self._touched(root).isdisjoint(_words(told.message, _around(told.position, line_of)))

    def _touched(self, root: Mapping) -> set[str]:
        """Return the names that are left out, and those of indicators and own words that make use of them."""
        uses = {
            name: _words(*_texts(node))
            for key in _NAMED
            if isinstance(named := root.get(key), Mapping)
            for name, node in named.items()
        }
        found, size = set(self._names), -1
        while size != len(found):
            size = len(found)
            found |= {name for name, words in uses.items() if not words.isdisjoint(found)}
        return found


class _Walk:
    """A walk through a tree that leaves out what stands at the places of mistakes."""

    def __init__(self, wrong: list[Diagnostic]) -> None:
        self._at = sorted(one.position[:3] for one in wrong if one.id != _INCOMPLETE)
        self._incomplete = {one.position for one in wrong if one.id == _INCOMPLETE}
        self.lines: set[tuple[str, int]] = set()
        self.names: set[str] = set()
        self.is_text_gone = False
        self.is_source_gone = False

    def mapping(self, node: Mapping, path: tuple[str, ...]) -> Mapping:
        """Return a mapping without what is wrong in it; ``path`` are the keys that lead there."""
        kept = node.copy_of()
        for key, at in node.keys_at.items():
            value = node.get(key)
            if self._is_wrong(at) or (value is not None and self._is_wrong(value)):
                del kept.keys_at[key]
                kept.pop(key, None)
                self._leave((*path, key), at, *([] if value is None else [value]))
            elif value is not None:
                kept[key] = self._copy(value, (*path, key))
        if len(kept.keys_at) < len(node.keys_at):
            for mapping in (node, kept):
                self.lines.add(mapping.position()[:2])
        return kept

    def _copy(self, node: Node, path: tuple[str, ...]) -> Node:
        if isinstance(node, Mapping):
            return self.mapping(node, path)
        if isinstance(node, Scalar):
            return node
        items = Sequence(node.source, node.start, node.end)
        for item in node:
            if self._is_wrong(item):
                self._leave(path, item)
            else:
                items.append(self._copy(item, path))
        return items

    def _is_wrong(self, node: Node) -> bool:
        """Say whether a word is wrong, at its beginning or anywhere in its lines, or a mapping lacks something."""
        first = node.position()
        if not isinstance(node, Scalar):
            return first in self._incomplete
        last = node.source.position(max(node.end - 1, node.start))
        nearest = bisect_left(self._at, first[:3])
        return nearest < len(self._at) and self._at[nearest] <= last[:3]

    def _leave(self, path: tuple[str, ...], *left: Node) -> None:
        """Remember the lines that are left out, and the indicator they belong to, or the names in them."""
        is_named = path[0] in _NAMED and len(path) > 1
        self.is_text_gone |= not is_named
        self.is_source_gone |= path[0] in _SOURCES  # every figure might have come from there
        self.names |= {path[1]} if is_named else {path[-1], *(key for node in left for key in _keys(node))}
        for node in left:
            first = node.position()
            last = node.source.position(max(node.end - 1, node.start))
            self.lines |= {(first.file, line) for line in range(first.line, last.line + 1)}


def _around(place: Position, line_of: Callable[[Position], str]) -> str:
    """Return the expression around a place, or its line."""
    line = line_of(place) if place.line else ""
    inside = (one[0] for one in _EXPRESSION.finditer(line) if one.start() < place.column <= one.end())
    return next(inside, line)


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in _BETWEEN.split(text)} - {""}


def _keys(node: Node) -> Iterator[str]:
    if isinstance(node, Mapping):
        yield from node.keys_at
        for value in node.values():
            yield from _keys(value)


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.value
    else:
        for item in node.values() if isinstance(node, Mapping) else node:
            yield from _texts(item)
