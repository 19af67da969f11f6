"""Which column holds the townships' names, which the part they belong to, and which the unit of measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import cells, plain
from healthreport.reading.tables.words import Role

if TYPE_CHECKING:
    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.header import Header
    from healthreport.reading.tables.headings import Headings

Paths = dict[int, tuple[str, ...]]
_SAMPLE = 400


class Names(NamedTuple):
    """The column of names, those of what they belong to, and the one of units."""

    at: int
    parents: tuple[int, ...] = ()
    measure: int | None = None


def choose(grid: Grid, header: Header, paths: Paths, headings: Headings) -> Names | None:
    """Choose by the heading, then by the cells: 单位 over 座 is the measure, 片区 beside 单位 a parent."""
    heads = [column for column, path in paths.items() if any(_is_head(headings, text) for text in path)]
    measures = [column for column, path in paths.items() if _is_measure(grid, header, column, path, headings)]
    fitting = [column for column in heads if column not in measures and _holds_names(grid, header, column)]
    if not fitting:
        fallback = header.names
        if fallback in measures or not _holds_names(grid, header, fallback):
            return None
        return Names(fallback, (), measures[0] if measures else None)
    at = min(fitting, key=lambda column: (repeats(grid, header, column), _rank(paths[column], headings), column))
    parents = tuple(column for column in fitting if column != at)
    return Names(at, parents, measures[0] if measures else None)


def _is_head(headings: Headings, text: str) -> bool:
    return headings.is_name_head(text) or Role.NAME in headings.read(text).roles


def _rank(path: tuple[str, ...], headings: Headings) -> int:
    """Return how sure a heading is: 单位 before 片区."""
    return min(headings.words.names.get(plain.heading(text), 0) for text in path if _is_head(headings, text))


def column_texts(grid: Grid, header: Header, column: int) -> list[str]:
    """Return the filled cells of the first rows below a header."""
    rows = grid.texts[header.bottom + 1 : header.bottom + 1 + _SAMPLE]
    return [row[column] for row in rows if row[column]]


def _is_measure(grid: Grid, header: Header, column: int, path: tuple[str, ...], headings: Headings) -> bool:
    roles = headings.read(path[-1]).roles if path else frozenset()
    if Role.MEASURE in roles and column != header.names:
        return True
    texts = column_texts(grid, header, column) if Role.NAME in roles else []
    return bool(texts) and all(headings.is_unit(plain.squeezed(text)) for text in texts)


def _holds_names(grid: Grid, header: Header, column: int) -> bool:
    texts = column_texts(grid, header, column)
    numbers = sum(cells.looks_like_number(text) for text in texts)
    return not texts or numbers * 2 < len(texts)


def repeats(grid: Grid, header: Header, column: int) -> bool:
    """Say whether a column names what several rows share: few of its cells differ, or many are left empty."""
    sample = grid.texts[header.bottom + 1 : header.bottom + 1 + _SAMPLE]
    rows = [row for row in sample if sum(map(bool, row)) > 1]  # the others are notes and sections
    return len({plain.name(row[column]) for row in rows if row[column]}) * 2 < len(rows)
