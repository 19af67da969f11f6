"""The tables of one sheet: under each other with headers of their own, side by side, or one alone.

Each is a part of the sheet with its own header, and with the lines above it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import cells, grid, header, naming, periods, plain, surroundings, unit_lines
from healthreport.reading.tables.unit_lines import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.header import Header
    from healthreport.reading.tables.headings import Headings

_LEAST_SHARED = 0.5
_LOOKED_AT, _LINES = 4, 3


class Block(NamedTuple):
    """A table: its part of the sheet, its header there, what stands above those beside it, and which row of tables."""

    grid: Grid
    header: Header
    beside: tuple[Line, ...] = ()
    band: int = 0


def split(shape: Grid, head: Header, headings: Headings, *, at: int | None = None) -> list[Block]:
    """Return the tables of a sheet; ``head`` is the header that was found, ``at`` the row somebody said it is in."""
    heads = _heads(shape, head, headings, at)
    cuts = [0, *(_first_line(shape, above, below, headings) for above, below in pairwise(heads)), len(shape.texts)]
    found: list[Block] = []
    for number, (one, (first, last)) in enumerate(zip(heads, pairwise(cuts), strict=True)):
        band = grid.part(shape, first, last, 0, shape.width) if len(heads) > 1 else shape
        tables = _beside(band, one.moved(-first) if len(heads) > 1 else one, headings)
        found += [table._replace(band=number) for table in tables]
    return found


def _heads(shape: Grid, head: Header, headings: Headings, at: int | None) -> list[Header]:
    """Return the headers under each other that name indicators and have figures between them; else the one found."""
    columns = [at for at, path in header.paths(shape, head.rows) if at != head.names and path][:_LOOKED_AT]
    found: list[Header] = []
    row = 0 if at is None else head.top
    while row < len(shape.texts):
        texts = shape.texts[row]
        one = None
        if not any(_is_figure(texts[column]) for column in columns):
            one = head if head.top <= row <= head.bottom else header.named_at(shape, headings, row)
        row = row + 1 if one is None else one.bottom + 1
        if one is not None and (one is head or one.indicators or _is_titled(shape, one, headings)):
            found.append(one)
    parted = all(_have_figures(shape, above.bottom + 1, below.top) for above, below in pairwise(found))
    return found if len(found) > 1 and parted and head in found else [head]


def _is_titled(shape: Grid, head: Header, headings: Headings) -> bool:
    """Say whether a line above a header names an indicator: 指标：门诊."""
    rows = shape.texts[max(head.top - _LINES, 0) : head.top]
    return any(surroundings.indicator_of(text, headings) for row in rows for text in row if text)


def _is_figure(text: str) -> bool:
    """Say at once that a cell of thousands is a figure; years are left to be looked at."""
    return text.replace(".", "", 1).isdigit() and not (len(text) == 4 and "1900" <= text <= "2199")


def _have_figures(shape: Grid, first: int, last: int) -> bool:
    return any(text[:1].isdigit() for row in shape.texts[first:last] for text in row)


def _first_line(shape: Grid, above: Header, below: Header, headings: Headings) -> int:
    """Return the first of the lines that belong to the lower of two tables: titles, units, what follows a gap."""
    first = row = below.top
    while row - 1 > above.bottom:
        row -= 1
        texts = shape.texts[row]
        filled = [at for at, text in enumerate(texts) if text]
        if not filled or _is_note(texts[filled[0]], headings):
            continue
        after_gap = row - 1 <= above.bottom or not any(shape.texts[row - 1])
        alone = len(filled) == 1 and (after_gap or not _is_township(shape, row, filled[0], headings))
        alone = alone or any(unit_lines.is_unit_line(texts[at]) for at in filled)
        if not all(_is_title(texts[at], headings, alone=alone) for at in filled):
            break
        first = row
    return first


def _is_note(text: str, headings: Headings) -> bool:
    return headings.words.aside(text) is not None and not unit_lines.is_unit_line(text)


def _is_township(shape: Grid, row: int, at: int, headings: Headings) -> bool:
    """Say whether the only text of a row is a township's, or a total's, that has no figures here: it may elsewhere."""
    text = shape.texts[row][at]
    if headings.words.is_unclear(plain.heading(text)) or unit_lines.is_unit_line(text):
        return False
    if headings.words.total_of(text) is not None:
        return True
    name = plain.name(text)
    return headings.words.is_town(name) or any(
        plain.name(one[at]) == name and sum(map(bool, one)) > 1 for one in shape.texts
    )


def _is_title(text: str, headings: Headings, *, alone: bool) -> bool:
    if unit_lines.is_unit_line(text):
        return True
    if headings.words.aside(text) is not None or cells.looks_like_number(text):
        return False
    timed = periods.read(text) is not None or any(periods.of_title(text))
    return alone or timed or header.is_line(text) or headings.words.head_of(text) is not None


def _beside(band: Grid, head: Header, headings: Headings) -> list[Block]:
    """Part tables side by side: those of one header, or of others whose townships stand in another order."""
    starts = _starts(band, head, headings)
    areas = [*pairwise([*_begins(band, head, starts), band.width])]
    alike = len(starts) > 1 and _are_alike(band, head, areas, headings)
    if len(starts) < 2 or not (alike or _are_of_the_same(band, head, areas, headings, starts)):
        return [Block(band, head)]
    found = []
    for left, right in areas:
        first = left if left > starts[0] else 0
        made = grid.part(band, 0, len(band.texts), first, right)
        outside = [*range(first), *range(right, band.width)]
        lines = tuple(_lines(band, head.top, outside))
        found.append(Block(made, head._replace(names=_names(band, head, left, right, headings) - first), lines))
    return found


def _begins(band: Grid, head: Header, starts: list[int]) -> list[int]:
    """Return where tables begin if the columns before the first one's names, such as 序号, are written again."""
    paths = dict(header.paths(band, head.rows))
    begins = starts[:1]
    for start in starts[1:]:
        begin, first = start, starts[0]
        while first and begin > begins[-1] + 1 and paths[begin - 1] == paths[first - 1] != ():
            begin, first = begin - 1, first - 1
        begins.append(begin)
    return begins


def _names(band: Grid, head: Header, left: int, right: int, headings: Headings) -> int:
    heads = [at for at in _name_heads(band, head, headings) if left <= at < right]
    return heads[0] if heads else left


def _lines(band: Grid, top: int, columns: list[int]) -> Iterator[Line]:
    for row in range(top):
        yield from (Line(band.texts[row][at], band.spot(row, at)) for at in columns if band.texts[row][at])


def _name_heads(band: Grid, head: Header, headings: Headings) -> list[int]:
    """Return the columns that a row of the header heads as those of names, of the first row that has two."""
    for number in head.rows:
        heads = [at for at, text in enumerate(band.texts[number]) if text and header.heads_names(headings, text)]
        if len(heads) > 1:
            return heads
    return []


def _starts(band: Grid, head: Header, headings: Headings) -> list[int]:
    """Return where tables begin: at a column of names that does not stand beside another, 县区 beside 乡镇."""
    heads = _name_heads(band, head, headings)
    return [at for at in heads if at - 1 not in heads]


def _are_alike(band: Grid, head: Header, areas: list[tuple[int, int]], headings: Headings) -> bool:
    """Say whether tables have one header; 序号 before some of them, and notes behind, say nothing."""
    paths = dict(header.paths(band, head.rows))
    blocks = [[paths[at] for at in range(*area) if not headings.is_unused(paths[at])] for area in areas]
    return min(map(len, blocks)) > 1 and all(block == blocks[0] for block in blocks)


def _are_of_the_same(
    band: Grid, head: Header, areas: list[tuple[int, int]], headings: Headings, starts: list[int]
) -> bool:
    """Say whether other tables tell of the same townships in another order; in the same one they are one table."""
    paths = dict(header.paths(band, head.rows))
    lists: list[list[str]] = []
    for (left, right), start in zip(areas, starts, strict=True):
        own = [at for at in range(left, right) if any(map(headings.names_content, paths[at]))]
        names = _names(band, head, left, right, headings)
        if not own or naming.repeats(band, head, names) or min(own) < start:
            return False
        texts = [plain.name(row[names]) for row in band.texts[head.bottom + 1 :]]
        lists.append(texts)
    if all(texts == lists[0] for texts in lists):
        return False
    is_town: Callable[[str], bool] = lambda text: bool(text) and headings.words.total_of(text) is None  # noqa: E731
    towns = [{text for text in texts if is_town(text)} for texts in lists]
    return all(len(one & towns[0]) >= _LEAST_SHARED * min(len(one), len(towns[0])) > 0 for one in towns[1:])
