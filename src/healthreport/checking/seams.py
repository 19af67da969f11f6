"""Seams: characters that look like a word where two words meet (提供|献血, 有关|健康)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set

_LONGEST = 4


def is_seam(text: str, start: int, end: int, common: Set[str]) -> bool:
    """Say whether words meet within ``text[start:end]``: one that ends there, and one that begins behind it.

    At least one of them reaches over the end.
    """
    for at in range(start + 1, end):
        before = _reaches_back(text, start, at, common)
        after = _reaches_on(text, at, end, common)
        if (before and (after or text[at:end] in common)) or (after and text[start:at] in common):
            return True
    return False


def is_touched(text: str, start: int, end: int, common: Set[str]) -> bool:
    """Say whether a common word reaches over the beginning or the end of ``text[start:end]``."""
    return any(
        _reaches_back(text, start, at, common) or _reaches_on(text, at, end, common) for at in range(start + 1, end)
    ) or any(
        text[first:last] in common
        for first in range(max(start - 2, 0), start)
        for last in range(end, min(first + _LONGEST, len(text)) + 1)
    )


def _reaches_back(text: str, start: int, end: int, common: Set[str]) -> bool:
    return any(text[first:end] in common for first in range(max(start - 2, end - _LONGEST, 0), start))


def _reaches_on(text: str, start: int, end: int, common: Set[str]) -> bool:
    return any(text[start:last] in common for last in range(end + 1, min(start + _LONGEST, end + 2, len(text)) + 1))
