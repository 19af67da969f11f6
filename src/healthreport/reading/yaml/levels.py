"""Lines that are indented otherwise than was meant: where they may stand, moved alone or with what is below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.reading.yaml.mended import Edit, Mended

if TYPE_CHECKING:
    from collections.abc import Iterator

Way = list[Edit]

_MOST_COLUMNS = 4
_LINES_ABOVE, _LINES_BELOW = 60, 40
_BLOCK = re.compile(r"(?:^|\s)[|>][-+\d]*\s*$")
_KEY_OR_ITEM = re.compile(r" *(?:- |[^\s:#\"'\[{]{1,8}:(?:\s|$))")


def without(source: Mended, number: int) -> Way:
    """Return the edits that take a line out, with those below it that are indented more."""
    starts = source.line_starts()
    last = end_of_block(source, number)
    return [
        Edit(starts[one - 1], starts[one - 1] + len(source.line(one)), "")
        for one in range(number, last + 1)
        if source.line(one)
    ]


def line_at(source: Mended, at: int) -> tuple[int, int, int]:
    """Return the number of the line around an offset, where it begins and where it ends."""
    number = source.line_of(at)
    start = source.line_starts()[number - 1]
    return number, start, start + len(source.line(number))


def depth_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def end_of_block(source: Mended, number: int) -> int:
    """Return the last line of what is indented more than a line."""
    depth, last = depth_of(source.line(number)), number
    for below in range(number + 1, len(source.line_starts()) + 1):
        line = source.line(below)
        if line.strip():
            if depth_of(line) <= depth:
                break
            last = below
    return last


def indented(source: Mended, at: int) -> Iterator[Way]:
    """Move a line, or it and what is below it, to where a line above begins."""
    number, _, _ = line_at(source, at)
    depth = depth_of(source.line(number))
    for column in columns(source, number, depth):
        if _is_swallowed(source, number, column):
            continue
        yield moved(source, number, number, column - depth)
        if (last := end_of_block(source, number)) > number:
            yield moved(source, number, last, column - depth)


def _is_swallowed(source: Mended, number: int, column: int) -> bool:
    """Say whether a key or item that begins at a column would be words of a text above it, as all below it."""
    if not _KEY_OR_ITEM.match(source.line(number)):
        return False
    least = column
    for above in range(number - 1, 0, -1):
        line = source.line(above)
        if line.strip() and _depth_of_key(line) < least and _BLOCK.search(line):
            return True
        if line.strip():
            least = min(least, depth_of(line))
    return False


def _depth_of_key(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))


def moved(source: Mended, first: int, last: int, by: int) -> Way:
    """Return the edits that indent lines more or less."""
    starts = source.line_starts()
    found = []
    for number in range(first, last + 1):
        line = source.line(number)
        if line.strip():
            depth = depth_of(line)
            found.append(Edit(starts[number - 1], starts[number - 1] + depth, " " * max(depth + by, 0)))
    return found


def columns(source: Mended, number: int, depth: int) -> list[int]:
    """Return where lines around begin, or what stands behind their dash: the nearest to a depth first.

    Of two that are as near the one counts where the line above begins, but for an item that is a text: below it stands
    the next item, if any is indented more.
    """
    found: dict[int, None] = {}
    above = range(number - 1, max(number - _LINES_ABOVE, 0), -1)
    for one in (*above, *range(number + 1, number + _LINES_BELOW)):
        line = source.line(one)
        if line.strip():
            dashes = re.match(r" *(?:- +)+", line)
            found |= dict.fromkeys((depth_of(line), len(dashes[0]) if dashes else 0))
    found.pop(depth, None)
    below = source.line(number + 1)
    is_next = bool(re.match(r" *- [^:]+$", source.line(number))) and depth_of(below) > depth
    next_item = depth_of(below) if is_next and below.lstrip().startswith("- ") else depth
    return sorted(found, key=lambda column: (abs(column - depth), column != next_item))[:_MOST_COLUMNS]
