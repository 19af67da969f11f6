"""How wide a text is in a cell, and where its lines end; widths are in characters of the table's face."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from healthreport.values.width import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What no line breaks within; where it has a digit, it is a number: ≤23.5%, 2022-12-30, 0571-1234567, /10.
UNBROKEN = re.compile(r"[0-9A-Za-z.,*%‰℃+\-−–/:≤≥<>±]+")
_UNIT = re.compile(f"{UNBROKEN.pattern}|.")
_GAP = 0.25  # what LibreOffice sets between a digit and a Chinese character
_LATIN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_BEFORE_CHINESE = _LATIN | {"%"}
_CLOSING = "、，。；：！？）》”"  # begin no line
_BETWEEN = r"\s、，；。：/（）()《》“”"  # words
_WORDS = re.compile(f"[^{_BETWEEN}]+")
_WITHIN = re.compile(f"[^{_BETWEEN}]{{2}}")  # what stands on both sides of a place within a word
_WORD = 5.0  # so wide is a name, a unit or a day that does not look right in two pieces: 欧阳明远, 12月31日前
# How many lines more a row may take rather than tear such a word, and rather than leave a character alone; that is
# seen on the last of few lines.
_TORN, _LONE, _FEW_LINES = 3.0, 0.5, 3
_SPARE = 0.3  # what a line may hold more than it is sure to
# Marks beside one another are set closer by half a character (17.18.7), and the last of a line may hang beyond it.
_PAIR = re.compile("[、，。；：！？）》”（《“](?=[、，。；：！？）》”（《“])")
_BESIDE, _HANGING = 0.5, 1.0


class Lines(NamedTuple):
    """How many lines a text may take: a program sets gaps around digits or none, and marks closer or beyond a line."""

    fewest: int
    most: int


class Wrapped(NamedTuple):
    """How many lines a text takes, and how many more it might rather take: for words in pieces, for what stands alone."""

    lines: int
    torn: float


def room(text: str) -> float:
    """Return the width of a text, with the gaps around digits beside Chinese characters."""
    return width(text) if text.isascii() else width(text) + _GAP * sum(map(_is_gap, text, text[1:]))


def short_words(text: str) -> list[str]:
    """Return the words of a text that is nothing but short ones, else none."""
    words = _WORDS.findall(text)
    return words if words and max(map(width, words)) <= _WORD else []


@lru_cache(maxsize=8192)
def wrapped(text: str, size: float) -> Wrapped:
    """Set a text in lines of a size, or of a little more where a program, as Word does, sets no gaps."""
    parts = text.split("\n")
    ways = [[[*_ends(part, *way)] for part in parts] for way in ((size, _GAP), (size + _SPARE, 0.0))]
    lines = sum(len(ends) + 1 for ends in ways[0])
    return Wrapped(lines, max(sum(map(_torn, parts, way)) for way in ways))


@lru_cache(maxsize=8192)
def lines_of(text: str, size: float, indent: float) -> Lines:
    """Set a text in lines of a size, the first of each part less an indent."""
    fewest = most = 0
    for part in text.split("\n"):
        squeezed = width(part) - _BESIDE * len(_PAIR.findall(part)) - _HANGING
        fewest += max(math.ceil((indent + squeezed) / size), 1)
        most += sum(1 for _ in _ends(part, size, _GAP, indent)) + 1
    return Lines(min(fewest, most), most)


def _torn(text: str, ends: Sequence[int]) -> float:
    """Return what is torn of a text without line breaks of its own, in lines that end so."""
    if not ends:
        return 0.0
    torn = _TORN * sum(1 for end in ends if _WITHIN.match(text, end - 1)) if short_words(text) else 0.0
    lone = len(ends) < _FEW_LINES and width(text[ends[-1] :].rstrip(_CLOSING)) <= 1.0
    return torn + _LONE * lone


def _ends(text: str, size: float, gap: float, used: float = 0.0) -> Iterator[int]:
    """Yield where lines end, but for the last: a number stays whole, a closing mark takes what is before it along."""
    last, before = 0, ""  # of a line that is used so far: where its last unit begins, and what that is
    for unit in _UNIT.finditer(text):
        piece = unit[0]
        own = width(piece)
        wide = own + (gap if before and _is_gap(before[-1], piece[0]) else 0.0)
        if used and used + wide > size:
            closing = piece in _CLOSING and used > width(before)
            yield last if closing else unit.start()
            used = own + (width(before) if closing else 0.0)
        else:
            used += wide
        last, before = unit.start(), piece


def _is_gap(left: str, right: str) -> bool:
    """Say whether two characters are a digit or letter and a Chinese one; a sign of per cent has a gap behind it."""
    if left in _BEFORE_CHINESE:
        return "㐀" <= right <= "鿿"
    return right in _LATIN and "㐀" <= left <= "鿿"
