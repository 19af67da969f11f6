"""How wide the columns of a table are: no number is broken, and what is left goes to the text.

Lengths are in characters of the table's face until an area and a face make them twips.
"""

from __future__ import annotations

import math
from functools import lru_cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from healthreport.writing.docx.cells import longest_number, measure
from healthreport.writing.docx.mending import Mender
from healthreport.writing.docx.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from healthreport.writing.docx.mending import Row

# The cells' margins, left and right together, and their rules, in twips.
MARGINS = 180
_SLACK = 0.15  # what rounding may add to a line's width
# How much of what digits may need more they are given, the most first.
_RESERVES = (1.0, 0.5)
_SHORT = 4.0  # so wide a text is rather not broken, and so wide is a column that can be read
_NARROWEST_HEADING = 2.0
LONG = 12  # characters: what is longer cannot be read in columns narrower than that
# Chinese type sizes below that of the text of most tables, in twips: 五号, 小五, 六号.
_SMALLER = (210, 180, 150)


class Column:
    """What the cells of a column say of its looks; widths are in characters.

    ``line`` is its widest line, ``heading`` that of its header; ``number`` its longest number, ``wide`` the same in the
    widest of faces, ``text`` its widest line below the header, ``whole`` the longest of what had better not be broken
    either, ``safe`` the same in the widest of faces; ``total`` all its cells one after another.
    """

    __slots__ = ("heading", "line", "number", "safe", "text", "total", "whole", "wide")

    def __init__(self) -> None:
        self.line = self.heading = self.number = self.wide = self.text = self.whole = self.safe = self.total = 0.0

    def copy(self) -> Column:
        """Return the same, to be added to."""
        new = Column()
        new.line, new.heading, new.number, new.wide = self.line, self.heading, self.number, self.wide
        new.text, new.whole, new.safe, new.total = self.text, self.whole, self.safe, self.total
        return new

    def add_heading(self, text: str) -> None:
        """Take a cell of the header into account."""
        whole, line, number, _, _, _ = measure(text)
        self.line = max(self.line, line)
        self.total += whole
        self.heading = max(self.heading, line)
        self.whole = max(self.whole, number)
        self.safe = max(self.safe, number)

    def add(self, texts: Sequence[str]) -> None:
        """Take one more cell into account, or more: all at once, for this is done for every report."""
        wholes, lines, numbers, wides, words, safe_words = zip(*map(measure, texts), strict=True)
        line = max(lines)
        self.line = max(self.line, line)
        self.text = max(self.text, line)
        self.total += sum(wholes)
        self.number = max(self.number, *numbers)
        self.wide = max(self.wide, *wides)
        self.whole = max(self.whole, min(line, _SHORT), *words)
        self.safe = max(self.safe, min(line, _SHORT), *safe_words)

    def add_across(self, text: str, columns: int) -> None:
        """Take a cell into account that spans so many columns: its numbers are to find room in them together."""
        number, wide = longest_number(text)
        self.number = max(self.number, number / columns)
        self.wide = max(self.wide, wide / columns)

    def be_as_wide_as(self, other: Column) -> None:
        """Need as much room as another column whose heading is the same."""
        for name in self.__slots__:
            setattr(self, name, max(getattr(self, name), getattr(other, name)))

    def unbroken(self, reserve: float) -> float:
        """Return the width below which a number would be broken, with so much of what the widest face needs more."""
        return self.number + reserve * (self.wide - self.number)

    def least(self, reserve: float) -> float:
        """Return the width below which a number would be broken, or the header stand one character a line."""
        return max(self.unbroken(reserve), min(self.line, _NARROWEST_HEADING))

    def readable(self, reserve: float) -> float:
        """Return the width below which a long text cannot be read either."""
        return max(self.least(reserve), _SHORT if self.text > LONG else 0.0)

    def easy(self, reserve: float) -> float:
        """Return the width from which a short header stands in one line too."""
        return max(self.enough(reserve), self.heading if self.heading <= _SHORT else 0.0)

    def enough(self, reserve: float) -> float:
        """Return the width from which a column reads well: short texts in one line, its header in two."""
        heading = min(max(math.ceil(self.heading / 2), _NARROWEST_HEADING), _SHORT, self.heading)
        return max(self.least(reserve), self.whole + reserve * (self.safe - self.whole), heading)


class Crowded(NamedTuple):
    """A table that finds no room: where it stands, how many of its columns would, and how many on a page turned.

    On a page that is turned already it is none. ``narrow`` says that only long texts stand in columns too narrow to
    read, ``numbers`` that some of the columns have any; ``asked`` that the widths the report asks for are all that is wrong.
    """

    place: int | None
    most: int
    most_turned: int
    fits_turned: bool
    narrow: bool
    numbers: bool
    asked: bool


class Widths(NamedTuple):
    """The widths of all columns in twips, the size the table is set in, and whether numbers find room.

    ``narrow`` says whether a long text stands in a column too narrow to read.
    """

    twips: tuple[int, ...]
    size: int
    fits: bool
    narrow: bool = False

    def lines(self, text: str, column: int, across: int = 1) -> int:
        """Return how many lines a text takes in a column, or in several."""
        return wrapped(text, int(4 * (sum(self.twips[column : column + across]) - MARGINS) / self.size) / 4).lines


def share(
    columns: Sequence[Column],
    given: Sequence[float],
    area: int,
    size: int,
    smallest: int,
    rows: Callable[[], Sequence[Row]] = tuple,
) -> Widths:
    """Share an area out to columns, in a face of a size or, if they do not find room, in a smaller one.

    ``given`` are the shares that a report asks for; they hold as far as no number is broken in the layout's own face.
    ``rows`` gives the cells by their columns, asked for where not all find room in one line.
    """
    if not given and (twips := _in_one_line(columns, area, size)):
        return Widths(twips, size, fits=True)
    faces = sizes(size, smallest)
    tries = [(Column.unbroken, 0.0, at) for at in faces]
    if not given:
        some = [(reserve, at) for at in faces for reserve in _RESERVES]
        none = [(0.0, at) for at in faces]
        tries = [(Column.easy, *one) for one in (*some[: len(_RESERVES)], none[0])]
        wishes = (Column.enough, Column.readable, Column.least)
        tries += [(wish, *one) for wish in wishes for one in (*some, *none)]
    for wish, reserve, at in tries:
        floors = [_twips(wish(column, reserve), at) for column in columns]
        if sum(floors) <= area:
            twips = _widths(columns, given, area, at, floors, rows)
            return Widths(twips, at, fits=True, narrow=_is_narrow(columns, twips, at))
    return Widths(_whole(_crowded(floors, area, at)), at, fits=False)


def _is_narrow(columns: Sequence[Column], twips: Sequence[int], size: int) -> bool:
    """Say whether a long text stands in a column too narrow to read."""
    return any(
        column.text > LONG and one + 1 < _SHORT * size + MARGINS for column, one in zip(columns, twips, strict=True)
    )


def _crowded(floors: Sequence[float], area: int, size: int) -> Sequence[float]:
    """Share out an area that is too narrow: what needs the most gives way first, so that no text stands upright."""
    for narrowest in (_SHORT, 3.0, _NARROWEST_HEADING):
        low = [min(floor, _twips(narrowest, size)) for floor in floors]
        if sum(low) <= area:
            return _clamped(floors, low, [math.inf] * len(floors), area)
    return [floor * area / sum(floors) for floor in floors]


def most(columns: Sequence[Column], area: int, size: int, smallest: int) -> int:
    """Return how many columns, from the left, find room in an area in the smallest face."""
    needs = accumulate(_twips(column.readable(0.0), sizes(size, smallest)[-1]) for column in columns)
    return sum(need <= area for need in needs)


def sizes(size: int, smallest: int) -> list[int]:
    """Return the sizes a table may be set in, its own first."""
    return [size, *(one for one in _SMALLER if smallest <= one < size)]


def _twips(characters: float, size: int) -> float:
    return (characters + _SLACK) * size + MARGINS


def _characters(size: int, twips: float) -> float:
    return (twips - MARGINS) / size


def _in_one_line(columns: Sequence[Column], area: int, size: int) -> tuple[int, ...] | None:
    """Return widths with which every line finds room, if there are."""
    return _spread(tuple([column.line for column in columns]), tuple([column.wide for column in columns]), area, size)


@lru_cache(maxsize=1024)  # the figures of most reports are as long as those of others
def _spread(lines: tuple[float, ...], numbers: tuple[float, ...], area: int, size: int) -> tuple[int, ...] | None:
    """Spread columns by their widest lines and numbers, so that none stays narrow beside a half empty one."""
    needs = [_twips(line, size) for line in lines]
    if sum(needs) > area:
        return None
    safe = [max(need, _twips(wide, size)) for need, wide in zip(needs, numbers, strict=True)]
    readable = [max(one, _twips(_SHORT, size)) for one in safe]
    floors = next((floors for floors in (readable, safe) if sum(floors) <= area), needs)
    return _whole(_clamped(needs, floors, [math.inf] * len(needs), area))


def _widths(
    columns: Sequence[Column],
    given: Sequence[float],
    area: int,
    size: int,
    floors: Sequence[float],
    rows: Callable[[], Sequence[Row]],
) -> tuple[int, ...]:
    """Return widths that add up to an area, none below its floor.

    Texts share what numbers leave so that their heights add up to the least: by the root of their lengths. None
    gets more than its widest line needs, unless all have that in a smaller face. Then words decide by a little.
    """
    if given:
        return _whole(_clamped(given, floors, [math.inf] * len(given), area))
    if twips := _in_one_line(columns, area, size):
        return twips
    needs = [_twips(column.line, size) for column in columns]
    weights = [round(math.sqrt(column.total)) or 1 for column in columns]
    most = [*map(max, needs, floors)]
    refit = partial(_refit, weights, floors, most, area)
    mender = Mender(rows(), [*zip(floors, most, strict=True)], partial(_characters, size), refit)
    return _whole(mender.mend(refit({})))


def _refit(
    weights: Sequence[float],
    floors: Sequence[float],
    most: Sequence[float],
    area: float,
    settled: Mapping[int, float],
) -> list[float]:
    """Share an area out with some columns settled, and those like them; what adds up to more does not fit.

    Where these leave more than the others need, they take it.
    """
    low, high = list(floors), list(most)
    columns = [*zip(weights, floors, most, strict=True)]
    for at, one in settled.items():
        for other in (other for other, bounds in enumerate(columns) if bounds == columns[at]):
            low[other] = high[other] = one
    if sum(high) < area:
        high = [one if lowest == one else math.inf for lowest, one in zip(low, high, strict=True)]
    return _clamped(weights, low, high, area)


def _clamped(weights: Sequence[float], floors: Sequence[float], most: Sequence[float], area: float) -> list[float]:
    """Share an area out by weights, each part within its bounds: what one cannot take or give, the others do."""
    parts = [0.0] * len(weights)
    free = list(range(len(weights)))
    while free:
        unit = area / sum(weights[at] for at in free)
        wanted = {at: unit * weights[at] for at in free}
        bounded = {at: min(max(one, floors[at]), most[at]) for at, one in wanted.items()}
        excess = sum(bounded.values()) - area
        # As for flexible boxes on web pages: settle those that must have more, or else those that cannot take it.
        settled = [at for at in free if excess == 0 or (bounded[at] - wanted[at]) * excess > 0]
        for at in settled or free.copy():
            parts[at] = bounded[at]
            area -= bounded[at]
            free.remove(at)
    return parts


def _whole(parts: Sequence[float]) -> tuple[int, ...]:
    return tuple([int(part) for part in parts])
