"""Several tables of one sheet: what they say of one township is put together, and what one of them lacks is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Severity
from healthreport.reading.tables import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.townships.work import Work

Key = tuple[str, ...]
_LISTED = 6


def put_together(work: Work, named: dict[int, str]) -> tuple[dict[int, str], list[Diagnostic]]:
    """Join the rows of one township that stand in tables of different headers; return the rows left, and what is told.

    A township twice in tables of one header stays twice.
    """
    tables, table_of = work.understood.tables.tables, work.understood.tables.table_of
    if len({table.group for table in tables}) < 2:
        return named, []
    owners: dict[Key, int] = {}
    seen: dict[Key, set[int]] = {}
    left: dict[int, str] = {}
    for row, name in named.items():
        table = tables[table_of[row]]
        key = (*_owners(work, row), name)
        if not name or table.group in seen.setdefault(key, set()):
            left[row] = name
            continue
        seen[key].add(table.group)
        owner = owners.setdefault(key, row)
        if owner == row:
            left[row] = name
            continue
        texts = work.texts[row]
        shared = {work.understood.names.at, *work.understood.names.parents}
        own = sorted(table.columns - shared)
        work.take(owner, row, [at for at in own if texts[at] or (row, at) in work.blanks])
    return left, [*_lacking(work, owners, seen)]


def _owners(work: Work, row: int) -> Key:
    """Return what a row belongs to, where all tables say it: its own cells, or those above that hold for it."""
    understood = work.understood
    parents = understood.names.parents
    tables, table_of = understood.tables.tables, understood.tables.table_of
    if any(len(table.names.parents) < len(parents) for table in tables):
        return ()
    return tuple(
        next((plain.name(text) for text in _above(work, row, at, table_of[row], table_of) if text), "")
        for at in parents
    )


def _above(work: Work, row: int, at: int, table: int, table_of: tuple[int, ...]) -> Iterator[str]:
    while row > 0 and table_of[row] == table:
        yield work.understood.grid.texts[row][at]
        row -= 1


def _lacking(work: Work, owners: dict[Key, int], seen: dict[Key, set[int]]) -> Iterator[Diagnostic]:
    """Tell for each header which townships its tables do not have."""
    for table in work.understood.tables.of_groups:
        names = [key[-1] for key in owners if table.group not in seen[key]]
        if names:
            listed = plain.listed([f"“{name}”" for name in names], _LISTED, "个单位")
            place = table.grid.cell(table.header.rows[-1], table.names.at).position()
            message = f"几张表合在一起，这张表里没有{listed}。"
            hint = "请核对名称在各张表里是否写得一样；确实没有的不用管。"
            yield Diagnostic("not-in-table", message, place, Severity.WARNING, hint)
