"""Several tables of a sheet as one: their rows under each other, their columns beside each other, one column of names.

Tables of one header share their columns. Every row still knows which table it came from, so that what two tables say
of one township can be put together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import grid, header, naming, pivot, scales, surroundings, unit_lines
from healthreport.reading.tables.header import Header
from healthreport.reading.tables.naming import Names
from healthreport.reading.tables.surroundings import Surroundings
from healthreport.reading.tables.unit_lines import Line

if TYPE_CHECKING:
    from healthreport.reading.tables.blocks import Block
    from healthreport.reading.tables.grid import Area, Grid, Spot
    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.naming import Paths


class Table(NamedTuple):
    """A table as it stands in its sheet, with what is said around it; ``group`` counts the different headers.

    ``band`` counts the rows of tables that stand side by side.
    """

    grid: Grid
    header: Header
    paths: Paths
    names: Names
    around: Surroundings
    said: scales.Said
    band: int = 0
    group: int = 0
    columns: frozenset[int] = frozenset()


class Joined(NamedTuple):
    """One shape for all tables of a sheet; ``table_of`` says for each row which table it is of."""

    grid: Grid
    header: Header
    paths: Paths
    names: Names
    tables: tuple[Table, ...]
    table_of: tuple[int, ...] = ()

    @property
    def of_groups(self) -> list[Table]:
        """The first table of each header."""
        return list({table.group: table for table in reversed(self.tables)}.values())[::-1]


def table(block: Block, headings: Headings) -> Table | None:
    """Return a block with its names and what is said around it; ``None`` where it has no column of names."""
    shape, head = block.grid, block.header
    paths = dict(header.paths(shape, head.rows))
    names = naming.choose(shape, head, paths, headings)
    if names is None:
        return None
    wide = pivot.spread(shape, head, names, paths, headings)
    if wide is not None:
        shape, head, paths, names = wide
    around = surroundings.around(shape, head, headings, _captions_below(shape, head, headings))
    said = _said(shape, head, names, around, headings)
    if block.beside:
        around = around.beside(block.beside, across=shape.shape.startswith(grid.TRANSPOSED))
    return Table(shape, head, paths, names, around, said, block.band, columns=frozenset(paths))


def joined(tables: list[Table], headings: Headings) -> Joined:
    """Return the one shape of a sheet's tables."""
    if len(tables) == 1:
        one = tables[0]
        return Joined(one.grid, one.header, one.paths, one.names, (one,))
    return _Joining(tables, headings).joined()


def _captions_below(shape: Grid, head: Header, headings: Headings) -> list[Line]:
    """Return the lines below a table's last figures: 单位：人、% may stand there, too; further up it is some rows'."""
    lines: list[Line] = []
    for number in range(len(shape.texts) - 1, head.bottom, -1):
        row = shape.texts[number]
        filled = [column for column, text in enumerate(row) if text]
        if _has_figures([row[column] for column in filled], headings):
            break
        lines[:0] = [Line(row[column], shape.spot(number, column)) for column in filled]
    return lines


def _has_figures(texts: list[str], headings: Headings) -> bool:
    """Say whether a row has figures behind its first cell; a telephone number behind 联系电话： is none."""
    said = any(any(map(str.isdigit, text)) for text in texts[1:])
    return said and headings.words.aside(texts[0]) is None


def _said(shape: Grid, head: Header, names: Names, around: Surroundings, headings: Headings) -> scales.Said:
    """Return the units said of the whole table: in a column of its own, in captions, and what else speaks of some."""
    cell = shape.sheet.cell
    spoken = tuple((one.unit, one.line.text, cell(*one.line.spot).position()) for one in around.spoken)
    named = (unit for unit in unit_lines.spoken_in(shape.sheet.name, headings) if unit not in around.units)
    spoken += tuple((unit, shape.sheet.name, shape.sheet.position()) for unit in named)
    place = cell(*around.captions[0].spot).position() if around.captions else None
    if names.measure is None:
        return scales.Said(around.units, place, spoken=spoken)
    texts = naming.column_texts(shape, head, names.measure)
    units = dict.fromkeys(text for text in texts if headings.is_unit(text))
    at = shape.cell(head.bottom, names.measure).position() if units else place
    return scales.Said(tuple(units | dict.fromkeys(around.units)), at, spoken=spoken)


class _Joining:
    """Lays tables under each other; those of one header, by its words, are of one group and share columns."""

    def __init__(self, tables: list[Table], headings: Headings) -> None:
        self._headings = headings
        self._shared = max(len(one.names.parents) for one in tables)
        self._paths: Paths = dict.fromkeys(range(self._shared), ())
        self._heads: dict[int, tuple[Table, int]] = {}
        self._columns: list[dict[int, int]] = []
        self._groups: list[int] = []
        for one in tables:
            self._place(one, tables)
        self._sources = [{place: at for at, place in columns.items()} for columns in self._columns]
        self._tables = [
            one._replace(group=group, columns=frozenset(columns.values()))
            for one, group, columns in zip(tables, self._groups, self._columns, strict=True)
        ]

    def _place(self, one: Table, tables: list[Table]) -> None:
        """Decide where a table's columns go: to those of a table of the same header, else behind all others."""
        before = range(len(self._groups))
        same = next((number for number in before if _goes_on(tables[number], one, self._headings)), None)
        signature = _signature(one, self._headings)
        like = next((number for number in before if _signature(tables[number], self._headings) == signature), same)
        first = same if same is not None else like
        placed = {one.names.at: self._shared, **{at: number for number, at in enumerate(one.names.parents)}}
        if same is not None:
            placed |= {at: number for at, number in self._columns[same].items() if at in one.paths}
        elif first is not None:
            free = {tables[first].paths[at]: number for at, number in self._columns[first].items()}
            placed |= {at: free[path] for at, path in one.paths.items() if path in free and at not in placed}
        self._paths.setdefault(self._shared, one.paths[one.names.at])
        for at, path in one.paths.items():
            if at not in placed and at != one.names.measure and (path or _is_filled(one, at)):
                placed[at] = len(self._paths)
                self._paths[placed[at]] = path
        for at, number in placed.items():
            self._paths[number] = self._paths.get(number) or one.paths[at]
            self._heads.setdefault(number, (one, at))
        self._columns.append(placed)
        self._groups.append(max(self._groups, default=-1) + 1 if first is None else self._groups[first])

    def joined(self) -> Joined:
        """Return the tables as one."""
        width = len(self._paths)
        texts = [[path[-1] if path else "" for path in (self._paths[at] for at in range(width))]]
        origins: list[tuple[int, int]] = [(-1, 0)]
        merged: list[Area] = []
        for number, one in enumerate(self._tables):
            down = len(texts) - one.header.bottom - 1
            merged += _moved(one, self._columns[number], down)
            for row in range(one.header.bottom + 1, len(one.grid.texts)):
                texts.append(self._row(one, row, self._columns[number], width))
                origins.append((number, row))
        alike = len({*self._groups}) == 1
        way = f"{grid.TRANSPOSED}, " if self._tables[0].grid.shape.startswith(grid.TRANSPOSED) else ""
        made = grid.Grid(
            self._tables[0].grid.sheet,
            texts,
            tuple(merged),
            lambda row, column: self._spot(origins[row], column),
            way + (grid.BESIDE if alike else grid.JOINED),
        )
        head = Header(0, 0, (0,), self._shared, max(one.header.indicators for one in self._tables))
        names = Names(self._shared, tuple(range(self._shared)))
        return Joined(made, head, self._paths, names, tuple(self._tables), tuple(number for number, _ in origins))

    def _row(self, one: Table, row: int, columns: dict[int, int], width: int) -> list[str]:
        written = one.grid.texts[row]
        texts = [""] * width
        for at, number in columns.items():
            texts[number] = written[at]
        if not texts[self._shared]:
            # 合计 may stand in the column of 序号, which is none of the first in the one shape.
            left = (text for text in written[: one.names.at] if text and self._headings.words.total_of(text))
            texts[self._shared] = next(left, "")
        return texts

    def _spot(self, origin: tuple[int, int], column: int) -> Spot:
        number, row = origin
        if number < 0:
            one, at = self._heads[column]
            rows = [row for row in one.header.rows if one.grid.texts[row][at]]
            return one.grid.spot(rows[-1] if rows else one.header.top, at)
        one = self._tables[number]
        return one.grid.spot(row, self._sources[number].get(column, one.names.at))


def _own(one: Table, headings: Headings) -> dict[int, tuple[str, ...]]:
    """Return a table's headings that something is read by; 序号 makes no other table."""
    names = {one.names.at, *one.names.parents}
    return {at: path for at, path in one.paths.items() if at not in names and not headings.is_unused(path)}


def _goes_on(first: Table, one: Table, headings: Headings) -> bool:
    """Say whether a table's header repeats another's, cell for cell, as far as it was written again."""
    where = (first.names, first.around.indicator) == (one.names, one.around.indicator)
    own = _own(one, headings)
    return where and bool(own) and own.items() <= _own(first, headings).items()


def _signature(one: Table, headings: Headings) -> object:
    """Return what tables of one header have in common: their headings in any order, and the indicator above them."""
    own = _own(one, headings)
    paths = sorted(own.values())
    return paths if len({*paths}) == len(paths) else [*own.items()], len(one.names.parents), one.around.indicator


def _is_filled(one: Table, at: int) -> bool:
    return any(row[at] for row in one.grid.texts[one.header.bottom + 1 :])


def _moved(one: Table, columns: dict[int, int], down: int) -> list[Area]:
    """Return the merged cells of a table's rows where they are in the one shape."""
    moved = []
    for top, left, bottom, right in one.grid.merged:
        inside = [columns[at] for at in range(left, right + 1) if at in columns]
        if top > one.header.bottom and inside:
            moved.append((top + down, min(inside), bottom + down, max(inside)))
    return moved
