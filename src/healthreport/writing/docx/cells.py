"""How wide what a cell says is, and the longest number in it; widths are in characters of the table's face."""

from __future__ import annotations

import re
from functools import lru_cache

from healthreport.values.width import width
from healthreport.writing.docx.wrapping import UNBROKEN, room, short_words

# How much wider a digit and a sign of per cent are in DejaVu Sans, the widest of the faces that stand in for 仿宋
# where it is missing; half as much is enough for Noto CJK, and all of it is not worth a smaller size.
_WIDER, _PERCENT_WIDER = 0.14, 0.31
_LONGEST_NUMBER = 12.0  # what is longer is an address, which may be broken
_NUMBER_CELL = re.compile(r"[≤≥<>]?[-−]?[\d,.*]+[^\s\d年月日]{0,4}|—?|持平|[增下提减][长降高加少][\d.]+\S{0,5}")
_DIGIT = re.compile("[0-9]")
_ALIKE = str.maketrans("123456789", "000000000")


def with_zeros(text: str) -> str:
    """Return a text with zeros for digits, which are equally wide in every face: 1262人次 and 1303人次 are measured once."""
    return text.translate(_ALIKE)


@lru_cache(maxsize=8192)
def measure(text: str) -> tuple[float, float, float, float, float, float]:
    """Return the width of a text, its widest line, its longest number, which it may be itself, and its longest word.

    Of numbers and words there are two widths: in 仿宋 and in others.
    """
    whole = room(text)
    line = whole if "\n" not in text else max(map(room, text.split("\n")))
    is_short_number = whole <= _LONGEST_NUMBER and is_number(text)
    number, wide = (whole, whole + _wider(text)) if is_short_number else longest_number(text)
    words = [(room(word), _wider(word)) for word in short_words(text)]
    word, wide_word = max((own for own, _ in words), default=0.0), max((own + more for own, more in words), default=0.0)
    return whole, line, number, wide, word, wide_word


def _wider(text: str) -> float:
    """Return how much wider a number or a word may be than it is in 仿宋."""
    narrow = 2 * (len(text) - width(text))
    return _WIDER * narrow + _PERCENT_WIDER * text.count("%")


def is_number(text: str) -> bool:
    """Say whether a cell holds a number, with its unit or how it changed, or a dash for one."""
    return _NUMBER_CELL.fullmatch(text) is not None


def longest_number(text: str) -> tuple[float, float]:
    """Return the width of the longest number in a text, with its signs, in 仿宋 and in others; addresses are none."""
    found = [(width(piece), _wider(piece)) for piece in UNBROKEN.findall(text) if _DIGIT.search(piece)]
    numbers = [one for one in found if one[0] <= _LONGEST_NUMBER]
    return max((own for own, _ in numbers), default=0.0), max((own + more for own, more in numbers), default=0.0)
