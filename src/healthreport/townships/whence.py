"""Where each figure of a report comes from: of a county's the cells, or the files and lines, of its townships.

Cells that stand one below the other, or side by side, are one area: C4:C41.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.townships.over import said
from healthreport.townships.sums import CountySums

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.diagnostics import Position
    from healthreport.figures.listing import Row
    from healthreport.model.build import Built
    from healthreport.townships.pool import Leaf

PART, PLACE, COUNT = "由", "位置", "个数"
COLUMNS = ("指标", "数值", PART, PLACE, COUNT)
_CELL = re.compile(r"([A-Z]+)(\d+)")


class _Area(NamedTuple):
    """Cells of a sheet that lie in one line, or one place of a file."""

    first: Position
    last: Position
    cells: int


def rows(built: Built, listed: Iterable[Row]) -> list[Row]:
    """Return for each indicator that is listed a row for each place that its value comes from."""
    return [row for one in listed for row in _rows(built, one)]


def _rows(built: Built, listed: Row) -> Iterator[Row]:
    name = listed["指标"]
    about = {"指标": name, "数值": listed["数值"]}
    places: list[tuple[Leaf, list[Position]]] = []
    if isinstance(built.sums, CountySums):
        places = built.sums.places(name)
    for leaf, spots in places:
        for area in _areas(spots):
            yield {**about, PART: said(leaf), PLACE: _named(area), COUNT: str(area.cells)}
    if not places:
        place = built.place_of_number(name, "数值") if built.value(name) else None
        yield {**about, PART: listed["公式"], PLACE: str(place or listed["位置"]), COUNT: "1"}


def _areas(spots: Iterable[Position]) -> Iterator[_Area]:
    """Put cells together that follow one another in a column or in a row."""
    area: _Area | None = None
    step = (0, 0)
    for spot in spots:
        towards = _step(area.last, spot) if area else None
        if area and towards and (area.cells == 1 or towards == step):
            area, step = _Area(area.first, spot, area.cells + 1), towards
            continue
        if area:
            yield area
        area = _Area(spot, spot, 1)
    if area:
        yield area


def _step(before: Position, after: Position) -> tuple[int, int] | None:
    """Return the way from a cell to the next, one to the right or one down; ``None`` where it is no such."""
    if (before.file, before.sheet) != (after.file, after.sheet):
        return None
    cells = _CELL.fullmatch(before.cell), _CELL.fullmatch(after.cell)
    if cells[0] is None or cells[1] is None:
        return None
    columns, lines = [_number(one[1]) for one in cells if one], [int(one[2]) for one in cells if one]
    way = columns[1] - columns[0], lines[1] - lines[0]
    return way if way in ((1, 0), (0, 1)) else None


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _named(area: _Area) -> str:
    return str(area.first) if area.cells == 1 else f"{area.first}:{area.last.cell}"
