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
_MEANT = re.compile("是否为“(.*?)”")
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_BETWEEN = re.compile(r"[\s.|+\-*/:,(){}\[\]“”\"，、；：（）]+")
_OF_COLUMNS = {"bad-widths", "bad-alignments", "ragged-table"}
_IN_TEXTS = {"expression-syntax", "clause-syntax", "only-clauses"}
# What is told of names, whatever is known of those that there are.
_OF_NAMES = {"unknown-name", "expression-syntax"}
_INCOMPLETE, _MISSED, _FORMAT, _DERIVED = "missing-key", "missing-value", "unknown-format", "unknown-derived"


class LeavingOut:
    """What is left out of a report, in memory."""

    def __init__(self) -> None:
        self._lines: set[tuple[str, int]] = set()
        self._shortened: set[tuple[str, int, int]] = set()
        self._names: set[str] = set()
        self._parted: set[str] = set()
        self._gone: set[str] = set()
        self._is_text_gone = False
        self._is_source_gone = False
        self._is_list_shorter = False

    def without(self, root: Mapping, wrong: Iterable[Diagnostic]) -> Mapping | None:
        """Return a tree without the keys and items that are wrong, nothing where none of them can be left out."""
        walk = _Walk([*wrong])
        found = walk.mapping(root, ())
        self._lines |= walk.lines
        self._shortened |= walk.shortened
        self._names |= walk.names | walk.gone
        self._parted |= walk.parted
        self._gone |= walk.gone
        self._is_text_gone |= walk.is_text_gone
        self._is_source_gone |= walk.is_source_gone
        self._is_list_shorter |= walk.is_list_shorter
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
        if told.position[:2] in self._lines or told.position[:3] in self._shortened:
            return True
        if told.id in _OF_COLUMNS and self._is_list_shorter:
            return True
        if told.id == _FORMAT:  # there is none of that name, whatever it is to be given
            return False
        names = self._names_behind(told.id)
        touched = self._touched(root) if names is None else names
        return not touched.isdisjoint(_words(told.message, _around(told.position, line_of)))

    def _names_behind(self, id: str) -> set[str] | None:
        """Return of what names something is told because they are left out; nothing: of those made of them, too."""
        if id == _DERIVED:
            return self._parted
        return self._gone if id in _OF_NAMES else None

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
        self._of_texts = {one.position[:2] for one in wrong if one.id in _IN_TEXTS}
        self._meant = {one.position[:3]: _MEANT.findall(one.message) for one in wrong}
        self._incomplete = {one.position for one in wrong if one.id == _INCOMPLETE}
        self.lines: set[tuple[str, int]] = set()
        self.shortened: set[tuple[str, int, int]] = set()
        """Where mappings begin that keys were left out of."""
        self.names: set[str] = set()
        self.parted: set[str] = set()
        """Those of them that may have lost parts, which are named like what is derived."""
        self.gone: set[str] = set()
        """Those of them that are left out as a whole."""
        self.is_text_gone = False
        self.is_source_gone = False
        self.is_list_shorter = False

    def mapping(self, node: Mapping, path: tuple[str, ...]) -> Mapping:
        """Return a mapping without what is wrong in it; ``path`` are the keys that lead there."""
        kept = node.copy_of()
        for key, at in node.keys_at.items():
            value = node.get(key)
            if value is not None and not self._is_wrong(at) and self._is_text_wrong(value, path):
                kept[key] = self._wordless(value)
            elif self._is_wrong(at) or (value is not None and self._is_wrong(value)):
                del kept.keys_at[key]
                kept.pop(key, None)
                self._leave((*path, key), at, *([] if value is None else [value]))
                if not path:  # what a misspelt key was to be is not missing
                    self.gone.update(self._meant.get(at.position()[:3], ()))
            elif value is not None:
                kept[key] = self._copy(value, (*path, key))
        if len(kept.keys_at) < len(node.keys_at):
            self.shortened |= {mapping.position()[:3] for mapping in (node, kept)}
        return kept

    def _copy(self, node: Node, path: tuple[str, ...]) -> Node:
        if isinstance(node, Mapping):
            return self.mapping(node, path)
        if isinstance(node, Scalar):
            return node
        items = Sequence(node.source, node.start, node.end)
        for item in node:
            if self._is_text_wrong(item, path):
                items.append(self._wordless(item))
            elif self._is_wrong(item):
                self._leave(path, item)
                self.is_list_shorter = True
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

    def _is_text_wrong(self, node: Node, path: tuple[str, ...]) -> bool:
        """Say whether a text is wrong inside: what it belongs to can be kept, with other words."""
        if not isinstance(node, Scalar) or path[:1] in [(name,) for name in _NAMED] or not self._is_wrong(node):
            return False
        return not self._of_texts.isdisjoint(_lines(node))

    def _wordless(self, node: Node) -> Scalar:
        """Return a text in the place of one that is wrong."""
        self.lines |= _lines(node)
        return Scalar("略", node.source, node.start, node.end, None)

    def _leave(self, path: tuple[str, ...], *left: Node) -> None:
        """Remember the lines that are left out, and the indicator they belong to, or the names in them."""
        is_named = path[0] in _NAMED and len(path) > 1
        self.is_text_gone |= not is_named
        self.is_source_gone |= path[0] in _SOURCES  # every figure might have come from there
        left_names = {path[1]} if is_named else {path[-1], *(key for node in left for key in _keys(node))}
        self.names |= left_names
        if not is_named or len(path) == 2:
            self.gone |= left_names
        if is_named and not all(isinstance(node, Scalar) for node in left):
            self.parted.add(path[1])
        self.lines.update(*(_lines(node) for node in left))


def _lines(node: Node) -> set[tuple[str, int]]:
    """Return the lines that a node is written in."""
    first, last = node.position(), node.source.position(max(node.end - 1, node.start))
    return {(first.file, line) for line in range(first.line, last.line + 1)}


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
