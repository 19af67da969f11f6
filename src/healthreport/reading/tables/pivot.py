"""Townships over several rows, a row for 本年 and one for 上年, or one for each indicator, as a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import error
from healthreport.reading.tables import cells, grid, naming, plain
from healthreport.reading.tables.header import Header
from healthreport.reading.tables.words import PARTING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.tables.grid import Grid, Spot
    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.naming import Names, Paths

Spread = tuple["Grid", Header, "Paths", "Names"]


def spread(shape: Grid, head: Header, names: Names, paths: Paths, headings: Headings) -> Spread | None:
    """Return the sheet with one row for each township, where a column parts them; ``None`` where none does.

    Raises :class:`HealthReportError` where a township says two things in a column of its own words.
    """
    parts = parting(shape, head, names, paths, headings)
    if parts is None:
        return None
    figures = [
        at for at, path in paths.items() if path and at not in (names.at, parts) and _has_figures(shape, head, at)
    ]
    groups = [*_groups(shape, head, names.at)]
    kinds = list(dict.fromkeys(shape.texts[row][parts] for group in groups for row in group if shape.texts[row][parts]))
    wide = [(at, kind) for at in figures for kind in kinds]
    words = [at for at, path in paths.items() if path and headings.read(path[-1]).field in headings.texts]
    blank = [""] * (len(wide) + len(words))
    texts: list[list[str]] = [[paths[names.at][-1] if paths[names.at] else "", *blank]]
    spots: list[list[Spot]] = [
        [(head.rows[-1], names.at), *((head.rows[-1], at) for at in (*(at for at, _ in wide), *words))]
    ]
    for group in groups:
        rows: dict[str, int] = {}
        for row in group:
            if rows.setdefault(shape.texts[row][parts], row) != row:
                return None  # a township with two rows of one kind is no such table
        said = [_said_once(shape, group, at) for at in words]
        figured = [_text(shape, rows, at, kind) for at, kind in wide]
        texts.append([shape.texts[group[0]][names.at], *figured, *(shape.texts[row][at] for row, at in said)])
        spots.append([(group[0], names.at), *((rows.get(kind, group[0]), at) for at, kind in wide), *said])
    lines = [[text, *blank] for row in shape.texts[: head.top] for text in row if text]
    line_spots = [[(row, at), *((row, at) for _ in blank)] for row, at in _filled_above(shape, head)]
    made = grid.spread(shape, [*lines, *texts], [*line_spots, *spots])
    top = len(lines)
    headed = {0: paths[names.at]} | {n: (*paths[at], kind) for n, (at, kind) in enumerate(wide, 1)}
    headed |= {n: paths[at] for n, at in enumerate(words, len(wide) + 1)}
    return made, Header(top, top, (top,), 0, head.indicators), headed, naming.Names(0)


def _said_once(shape: Grid, group: list[int], at: int) -> Spot:
    """Return where a township of several rows says words of its own. Raises :class:`HealthReportError` for two."""
    said = {shape.texts[row][at]: row for row in reversed(group) if shape.texts[row][at]}
    if len(said) > 1:
        first, other = sorted(said.values())[:2]
        message = f"这一格和{shape.cell(first, at).position().cell}写的不一样，一个单位只能有一段。"
        hint = "请只写在一行里，或各行写得一样。"
        raise error("two-words", message, shape.cell(other, at).position(), hint=hint)
    return next(iter(said.values()), group[0]), at


def _filled_above(shape: Grid, head: Header) -> Iterator[Spot]:
    return ((row, at) for row in range(head.top) for at, text in enumerate(shape.texts[row]) if text)


def _text(shape: Grid, rows: dict[str, int], at: int, kind: str) -> str:
    return shape.texts[rows[kind]][at] if kind in rows else ""


def parting(shape: Grid, head: Header, names: Names, paths: Paths, headings: Headings) -> int | None:
    """Return the column that says which year's or which indicator's a row is."""
    for at, path in paths.items():
        if at == names.at or (path and plain.heading(path[-1]) not in headings.words.dimensions):
            continue
        texts = naming.column_texts(shape, head, at)
        parts = [headings.read(text) for text in dict.fromkeys(texts)]
        if not path and not all(part.period or part.roles & PARTING for part in parts):
            continue  # a column that nobody headed parts years and tasks only
        if len(parts) > 1 and all(part.known and (part.indicator or part.is_qualifier) for part in parts):
            return at
    return None


def _has_figures(shape: Grid, head: Header, at: int) -> bool:
    return any(cells.looks_like_number(text) for text in naming.column_texts(shape, head, at))


def _groups(shape: Grid, head: Header, names: int) -> Iterator[list[int]]:
    """Yield the rows of each township: those whose name is merged, empty below the first, or repeated."""
    group: list[int] = []
    for row in range(head.bottom + 1, len(shape.texts)):
        texts = shape.texts[row]
        if not any(texts):
            continue
        if texts[names] and group and texts[names] != shape.texts[group[0]][names]:
            yield group
            group = []
        group.append(row)
    if group:
        yield group
