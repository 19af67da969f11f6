"""A table (17.4) → a grid: cells that span columns and rows, their paragraphs in reading order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.word.inline import chosen
from healthreport.reading.word.names import MC, VAL, W, is_on, number, twips
from healthreport.trees.manuscript import Grid, GridCell, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from healthreport.diagnostics import Position
    from healthreport.trees.manuscript import Part

_MOST_COLUMNS = 63  # of a table in Word; what says more is damaged
_TR, _TC, _TRPR, _TCPR = f"{W}tr", f"{W}tc", f"{W}trPr", f"{W}tcPr"
_INSIDE = frozenset([f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{MC}AlternateContent"])


class _Cell(NamedTuple):
    """A cell as the file has it; one that goes on from the cell above has no lines of its own."""

    lines: tuple[Line, ...]
    across: int
    goes_on: bool


def grid(table: Element, place: Position, read: Callable[[Element], tuple[Line, ...]]) -> Grid:
    """Return a table, given what reads the paragraphs of a cell. Deleted rows and cells are not taken."""
    rows: list[list[_Cell]] = []
    header = 0
    for row in _all(table, _TR):
        properties = row.find(_TRPR)
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        if header == len(rows) and _is_header(properties):
            header += 1
        rows.append(_row(row, properties, read))
    columns = table.find(f"{W}tblGrid")
    widths = () if columns is None else tuple(twips(one.get(f"{W}w")) for one in columns.iterchildren(f"{W}gridCol"))
    rows = _evened(rows, len(widths))
    is_said = bool(rows) and sum(cell.across for cell in rows[0]) == len(widths)
    return Grid(tuple(_joined(rows)), place, header, widths if is_said else ())


def _all(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those inside of content controls."""
    for one in parent:
        if one.tag == tag:
            yield one
        elif one.tag in _INSIDE:
            yield from _all(chosen(one) if one.tag == f"{MC}AlternateContent" else one, tag)


def _is_header(properties: Element | None) -> bool:
    mark = None if properties is None else properties.find(f"{W}tblHeader")
    return mark is not None and is_on(mark)


def _row(row: Element, properties: Element | None, read: Callable[[Element], tuple[Line, ...]]) -> list[_Cell]:
    cells = _skipped(properties, "gridBefore")
    for one in _all(row, _TC):
        own = one.find(_TCPR)
        if own is not None and own.find(f"{W}cellDel") is not None:
            continue
        span, down, over = (None if own is None else own.find(f"{W}{tag}") for tag in ("gridSpan", "vMerge", "hMerge"))
        across = 1 if span is None else min(max(number(span.get(VAL), 1), 1), _MOST_COLUMNS)
        goes_on = down is not None and down.get(VAL, "continue") != "restart"
        cell = _Cell(read(one), across, goes_on)
        if over is not None and over.get(VAL, "continue") != "restart" and cells:
            cells[-1] = cells[-1]._replace(lines=cells[-1].lines + cell.lines, across=cells[-1].across + across)
        else:
            cells.append(cell)
    return cells + _skipped(properties, "gridAfter")


def _skipped(properties: Element | None, tag: str) -> list[_Cell]:
    """Return an empty cell as wide as the columns that a row leaves out at one of its ends, if it does."""
    mark = None if properties is None else properties.find(f"{W}{tag}")
    across = 0 if mark is None else min(number(mark.get(VAL)), _MOST_COLUMNS)
    return [_Cell((), across, goes_on=False)] if across > 0 else []


def _evened(rows: list[list[_Cell]], said: int) -> list[list[_Cell]]:
    """Return rows of one width: spans are cut to the grid (17.4.17), the end that a row leaves out is an empty cell.

    Word sets rows of any width; ``said`` columns has the grid by its own word, which other programs write anyhow.
    """
    totals = Counter(sum(cell.across for cell in row) for row in rows)
    if len(totals) < 2:
        return rows
    usual = min(totals, key=lambda total: (-totals[total], total))
    columns = max(usual, min(said, max(totals)), *map(len, rows))
    return [_filled(row, columns) for row in rows]


def _filled(row: Sequence[_Cell], columns: int) -> list[_Cell]:
    filled: list[_Cell] = []
    for behind, cell in zip(range(len(row) - 1, -1, -1), row, strict=True):
        filled.append(cell._replace(across=min(cell.across, columns - behind)))
        columns -= filled[-1].across
    return [*filled, _Cell((), columns, goes_on=False)] if columns else filled


def _joined(rows: Sequence[list[_Cell]]) -> Iterator[tuple[GridCell, ...]]:
    """Yield the rows with each cell where it starts, and how many rows it spans (17.4.84).

    What goes on below must begin in the same column and be as wide; words in it are kept in the cell above.
    """
    above: dict[int, tuple[int, list[Line], list[int]]] = {}
    out: list[list[tuple[list[Line], int, list[int]]]] = []
    for row in rows:
        column, starts, here = 0, [], {}
        for cell in row:
            before = above.get(column)
            if cell.goes_on and before and before[0] == cell.across:
                before[1].extend(cell.lines)
                before[2][0] += 1
                here[column] = before
            else:
                one = (cell.across, [*cell.lines], [1])
                starts.append((one[1], cell.across, one[2]))
                here[column] = one
            column += cell.across
        above = here
        out.append(starts)
    for starts in out:
        yield tuple(GridCell(tuple(lines), across, down[0]) for lines, across, down in starts)


def flattened(parts: Sequence[Part]) -> Iterator[Line]:
    """Yield the lines of what stands in a cell, those of a nested table in reading order."""
    for part in parts:
        if isinstance(part, Line):
            yield part
        elif isinstance(part, Grid):
            for row in part.rows:
                for cell in row:
                    yield from cell.lines
