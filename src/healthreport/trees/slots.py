"""Slots: places in a string for words that differ from one report to the next.

Reports of one shape on one base share a document; what each says itself stands in its slots. A slot
is written between noncharacters, which no input may hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPEN, _CLOSE = "\ufdd1", "\ufdd2"
# Closes a slot whose filling ends in a mark, so that no other is set behind them.
ENDED = "\ufdd3"
# Stands for what a slot is filled with, or for a gap, where only the words about it are looked at.
FILLED = "\ufdd4"
_SLOT = re.compile(f"{_OPEN}([0-9]+)[{_CLOSE}{ENDED}]")


def slot(number: int, *, ended: bool = False) -> str:
    """Return the slot with a number, counted from 0."""
    return f"{_OPEN}{number}{ENDED if ended else _CLOSE}"


def fill(text: str, fillings: Sequence[str]) -> str:
    """Return a text with its slots filled."""
    if _OPEN not in text:
        return text
    parts = _SLOT.split(text)
    parts[1::2] = [fillings[int(number)] for number in parts[1::2]]
    return "".join(parts)


def hidden(text: str) -> str:
    """Return a text with one character, :data:`FILLED`, for each of its slots."""
    return _SLOT.sub(FILLED, text) if _OPEN in text else text


def shown(text: str) -> str:
    """Return a text as it is told of, with … where what stands there was not looked at."""
    return text.replace(FILLED, "…")


def has_slots(text: str) -> bool:
    """Say whether a text has slots."""
    return _OPEN in text


def split(text: str) -> tuple[list[str], list[int]]:
    """Part a text at its slots: n + 1 pieces of text, and the numbers of the n slots between them."""
    parts = _SLOT.split(text)
    return parts[::2], [int(number) for number in parts[1::2]]
