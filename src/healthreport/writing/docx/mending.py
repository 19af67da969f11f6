"""Widths moved a little, so that no short word stands in two pieces and no character alone on a line."""

from __future__ import annotations

from itertools import accumulate, count, takewhile
from typing import TYPE_CHECKING

from healthreport.writing.docx.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Row = Sequence[tuple[int, str]]  # cells by their columns
    Bounds = tuple[float, float]

# Of a table, and of a cell: more than a page of it, so that what is set for every width tried does not grow without end.
_MOST_ROWS, _MOST_CHARACTERS, _LONGEST = 60, 20_000, 2_000
_MOST_COLUMNS = 4  # are mended, those first that need it most
_STEP = 0.5  # of a character
_ROUNDING = 0.01  # twips


class Mender:
    """Looks for better widths, in twips: such that rows are low and words whole.

    ``bounds`` say how narrow and how wide each column may be, ``characters`` how many stand in a line of a width, and
    ``refit`` shares the area out anew around columns that are as wide as they are to be.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        bounds: Sequence[Bounds],
        characters: Callable[[float], float],
        refit: Callable[[Mapping[int, float]], Sequence[float]],
    ) -> None:
        self._rows = _seen(rows)
        self._bounds = bounds
        self._characters = characters
        self._refit = refit
        self._texts: list[list[str]] = [[] for _ in bounds]
        for row in self._rows:
            for column, text in row:
                self._texts[column].append(text)

    def mend(self, widths: Sequence[float]) -> Sequence[float]:
        """Return better widths, or the same."""
        torn = {column: self._torn(column, one) for column, one in enumerate(widths)}
        worst = sorted((column for column in torn if torn[column]), key=lambda column: -torn[column])
        settled: dict[int, float] = {}
        best, cost, area = widths, self._cost(widths) if worst else 0.0, sum(widths)
        for column in worst[:_MOST_COLUMNS]:
            tries = [{**settled, column: width} for width in self._candidates(column, torn[column], area)]
            for some in tries:
                tried = self._refit(some)
                if abs(sum(tried) - area) < _ROUNDING and (lower := self._cost(tried)) < cost:
                    best, cost, settled = tried, lower, some
        return best

    def _candidates(self, column: int, torn: float, area: float) -> Iterator[float]:
        """Yield the widths of a column, of those an area has room for, at which less is torn than now."""
        low, high = self._bounds[column]
        high = min(high, area)
        unit = 1 / (self._characters(1) - self._characters(0))
        steps = takewhile(lambda width: width < high, (low + at * _STEP * unit for at in count()))
        return (width for width in (*steps, high) if self._torn(column, width) < torn)

    def _cost(self, widths: Sequence[float]) -> float:
        """Return how many lines the rows take, and more for what is torn."""
        sizes = [self._size(width) for width in widths]
        cost = 0.0
        for row in self._rows:
            cells = [wrapped(text, sizes[column]) for column, text in row]
            cost += max((one.lines for one in cells), default=0) + sum(one.torn for one in cells)
        return cost

    def _torn(self, column: int, width: float) -> float:
        size = self._size(width)
        return sum(wrapped(text, size).torn for text in self._texts[column])

    def _size(self, width: float) -> float:
        """Return the characters in a line, one of few sizes, so that the lines of a text are found once for many."""
        return int(4 * self._characters(width)) / 4


def _seen(rows: Sequence[Row]) -> list[Row]:
    """Return as much of the first rows of a table as is looked at; those below look like them."""
    begun = [[(column, text[:_LONGEST]) for column, text in row] for row in rows[:_MOST_ROWS]]
    read = accumulate(sum(len(text) for _, text in row) for row in begun)
    return [row for row, so_far in zip(begun, read, strict=True) if so_far <= _MOST_CHARACTERS]
