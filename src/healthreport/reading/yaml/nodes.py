"""The tree a file becomes: scalars, mappings and sequences that know their place in the text.

A mapping is a ``dict`` and a sequence a ``list``, so pydantic validates the tree as it is.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING

from healthreport.diagnostics import Position

if TYPE_CHECKING:
    from collections.abc import Iterator

_FAR = 1000  # characters into a text, beyond which the way there is remembered
_LINE_BREAK = re.compile("[\n\x85\u2028\u2029]")
# Escapes of a double-quoted scalar (YAML 1.1, 5.6); a line break after the backslash writes nothing.
_HEX = {"x": 2, "u": 4, "U": 8}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "_": "\xa0", "N": "\x85", "L": "\u2028", "P": "\u2029", "\n": ""}


class Source:
    """A text and the name it is known by in messages."""

    __slots__ = ("_starts", "name", "text", "walked")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: array[int] | None = None
        self.walked: tuple[int, str, array[int]] = (-1, "", array("L"))
        """The long text that was asked last, by place and value, and where each of its characters is written."""

    def position(self, start: int, end: int | None = None) -> Position:
        """Return the place of the characters from offset ``start`` to ``end``."""
        starts = self.line_starts()
        line = bisect_right(starts, start)
        column = start - starts[line - 1] + 1
        width = len(self.text[start:end].split("\n", 1)[0]) if end is not None else 1
        return Position(self.name, line, column, max(width, 1))

    def line_starts(self) -> array[int]:
        """Return the offset of every line's first character (made once, when first asked; there may be millions)."""
        if self._starts is None:
            self._starts = array("L", (0,))
            self._starts.extend(match.end() for match in _LINE_BREAK.finditer(self.text))
        return self._starts

    def line(self, number: int) -> str:
        """Return the line with this number (from 1), without its line break."""
        starts = self.line_starts()
        if not 0 < number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]


class Scalar:
    """A text value; ``value`` has no blanks at its ends."""

    __slots__ = ("end", "source", "start", "style", "value")

    def __init__(self, value: str, source: Source, start: int, end: int, style: str | None) -> None:
        self.value = value
        self.source = source
        self.start = start
        self.end = end
        self.style = style

    def position(self, start: int = 0, end: int | None = None) -> Position:
        """Return the place of ``value[start:end]``, also inside quoted and block scalars."""
        first = self._offset(start)
        last = self.end if end is None else self._offset(max(end - 1, start)) + 1
        return self.source.position(first, max(last, first))

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield where each character of the value is written, from and to: raw text and value walked side by side."""
        at = self._inside()
        for char in self.value:
            written, length = self._written(at)
            while at < self.end and written != char and not (char.isspace() and written == "\n"):
                at += length
                written, length = self._written(at)
            yield min(at, self.end), min(at + length, self.end)
            at += length

    def _offset(self, wanted: int) -> int:
        """Return where ``value[wanted]`` is written."""
        if wanted >= _FAR:
            return self._offset_far_in(wanted)
        at = self._inside()
        for index, (start, end) in enumerate(self.spans()):
            if index == wanted:
                return start
            at = end
        return min(at, self.end)

    def _offset_far_in(self, wanted: int) -> int:
        """Return where ``value[wanted]`` is written; a text that is asked for many places is walked once."""
        start, value, written = self.source.walked
        if start != self.start or value is not self.value:
            written, end = array("L"), self._inside()
            for span in self.spans():
                written.append(span[0])
                end = span[1]
            written.append(min(end, self.end))
            self.source.walked = self.start, self.value, written
        return written[min(wanted, len(written) - 1)]

    def _inside(self) -> int:
        """Return where the raw text begins behind its quote or the head of its block."""
        if self.style in ("|", ">"):
            end_of_head = self.source.text.find("\n", self.start, self.end)
            return self.end if end_of_head < 0 else end_of_head + 1
        return self.start + 1 if self.style else self.start

    def _written(self, at: int) -> tuple[str, int]:
        """Return the character written at an offset and how many characters write it."""
        text = self.source.text
        if self.style == "'" and text.startswith("''", at):
            return "'", 2
        if self.style == '"' and text.startswith("\\", at):
            code = text[at + 1 : at + 2]
            if code in _HEX:
                return chr(int(text[at + 2 : at + 2 + _HEX[code]], 16)), 2 + _HEX[code]
            return _ESCAPES.get(code, code), 2
        return text[at : at + 1], 1


def _start(key: Scalar) -> int:
    return key.start


class Mapping(dict[str, "Node"]):
    """Keys and values in order; a key without value is in ``keys_at`` but not in the dict."""

    __slots__ = ("end", "keys_at", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.keys_at: dict[str, Scalar] = {}

    def copy_of(self) -> Mapping:
        """Return a mapping of its own with the same keys and values."""
        copy = Mapping(self.source, self.start, self.end)
        copy.update(self)
        copy.keys_at = dict(self.keys_at)
        return copy

    def without_texts(self) -> Mapping:
        """Return a mapping with the same keys and without what they say; what is no text stays, to be told of."""
        bare = Mapping(self.source, self.start, self.end)
        bare.keys_at = self.keys_at
        bare.update({key: value for key, value in self.items() if not isinstance(value, Scalar)})
        return bare

    def laid_over(self, under: Mapping) -> Mapping:
        """Return this over another: mappings merge, everything else replaces; what is missing here stays."""
        merged = Mapping(self.source, self.start, self.end)
        merged.update(under)
        merged.keys_at = {**under.keys_at, **self.keys_at}
        for key, value in self.items():
            known = under.get(key)
            deeper = type(known) is Mapping and type(value) is Mapping
            merged[key] = value.laid_over(known) if deeper else value  # type: ignore[union-attr, arg-type]
        return merged

    def position(self) -> Position:
        """Return the place of the first key, of one of its own file before those it is laid over."""
        own = [key for key in self.keys_at.values() if key.source is self.source]
        return min(own, key=_start).position() if own else self.source.position(self.start, self.end)


class Sequence(list["Node"]):
    """Values in order; one left empty is a :class:`Scalar` with an empty value."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__()
        self.source = source
        self.start = start
        self.end = end

    def position(self) -> Position:
        """Return the place of the first value."""
        return self[0].position() if self else self.source.position(self.start, self.end)


Node = Scalar | Mapping | Sequence


def is_missing(node: Node) -> bool:
    """Say whether a value was left out: nothing, ``~``, or empty quotes."""
    return isinstance(node, Scalar) and not node.value
