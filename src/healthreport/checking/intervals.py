"""Many intervals, of which many are asked: a text has a hundred thousand findings and as many places to let be."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Intervals:
    """Intervals from a start to before an end, which may overlap, asked in logarithmic time.

    Of those that begin before a place the one that reaches farthest says it all.
    """

    def __init__(self, found: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._farthest: list[tuple[int, int]] = []
        for start, number, end in sorted((start, number, end) for number, (start, end) in enumerate(found)):
            self._starts.append(start)
            farthest = self._farthest[-1] if self._farthest else (end, number)
            self._farthest.append(farthest if farthest[0] >= end else (end, number))

    def meets(self, start: int, end: int) -> bool:
        """Say whether one of them has something in common with another; of an empty one, holds it inside."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._farthest[at - 1][0] > start

    def around(self, start: int, end: int) -> int | None:
        """Return the number of one that holds all of another, as they were given."""
        at = bisect_right(self._starts, start)
        reach, number = self._farthest[at - 1] if at else (start, 0)
        return number if at and reach >= end else None
