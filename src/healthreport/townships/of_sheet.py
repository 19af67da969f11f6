"""The townships of a sheet, as what a county's figures are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity, error
from healthreport.reading.tables import sheets
from healthreport.reading.tables.columns import PARTS, TARGET
from healthreport.townships import rows
from healthreport.townships.pool import PART, Town, amount
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from healthreport.model.build import Built
    from healthreport.reading.reader import Reader
    from healthreport.reading.tables.columns import Column
    from healthreport.reading.tables.words import Words
    from healthreport.reading.yaml.nodes import Mapping
    from healthreport.townships.figures import Number
    from healthreport.townships.pool import Amount, Leaf
    from healthreport.townships.rows import Townships
    from healthreport.values.quantities import Unit


# How a sheet was read.
READ = "sheet-read"


class Found(NamedTuple):
    """The townships of one source, as :class:`~healthreport.townships.pool.Pool` has those of all."""

    towns: list[Town]
    columns: dict[Leaf, list[Amount | None]]
    unread: dict[Leaf, dict[int, str]]
    bounded: dict[str, dict[int, str]]
    place: Callable[[int, Leaf], Position | None]
    notes: tuple[Diagnostic, ...] = ()


def read(path: Path, built: Built, reader: Reader, words: Words) -> Found:
    """Read the townships of a sheet by the indicators of a county's report.

    Raises :class:`HealthReportError` with every cell that cannot be read.
    """
    roll_up = built.report.roll_up
    worksheet = (roll_up.worksheet if roll_up else None) or ""
    townships = townships_of(path, built.root, worksheet, reader, words)
    problems = [problem for index in range(len(townships.rows)) for problem in townships.problems_of(index)]
    if problems:
        raise HealthReportError(problems)
    if not townships.rows:
        raise error("empty-table", "表格里没有乡镇。", Position(str(path)), hint="表头下面每个乡镇写一行。")
    leaves = {_leaf(column): column.at for column in townships.columns}

    def place(index: int, leaf: Leaf) -> Position | None:
        return townships.place_at(index, leaves[leaf]) if leaf in leaves else None

    found = Found([], {}, {}, {}, place, (*townships.problems, _read_so(townships, path)))
    for index, name in enumerate(townships.names):
        found.towns.append(Town(name, townships.short(index), townships.place(index)))
    for leaf, at in leaves.items():
        _put(found, leaf, quantities.unit(built.report.indicators[leaf[0]].unit), *townships.amounts(at))
    return found


def townships_of(path: Path, county: Mapping, worksheet: str, reader: Reader, words: Words) -> Townships:
    """Read a sheet by the indicators of a county's report; columns of others are left alone.

    Raises :class:`HealthReportError` for a sheet that cannot be understood.
    """
    tables = sheets.read_tables(reader.read_table(path), str(path))
    way = f"汇总来源: {{{{来源: {path.name}, 工作表: {{sheet}}}}}}"
    sheet = rows.choose(tables, county, worksheet, words, way)
    return rows.read(sheet, county, ignore_columns=True, words=words)


def _read_so(townships: Townships, path: Path) -> Diagnostic:
    """Tell in one line how a sheet was read: a column that nobody uses may be one whose heading is misspelt."""
    return Diagnostic(READ, townships.reading.short(), Position(str(path)), Severity.NOTE)


def _leaf(column: Column) -> Leaf:
    return column.indicator, PART + column.part if column.key == PARTS else column.key


def _put(found: Found, leaf: Leaf, own: Unit, amounts: list[Number | None], unread: dict[int, str]) -> None:
    """Keep a column; a target that is a bound has its limit."""
    column: list[Amount | None] = amounts  # type: ignore[assignment]
    if leaf[1] == TARGET and unread:
        column = [*amounts]
        for index, text in [*unread.items()]:
            target = quantities.read_target(text, own)
            if target.bound and not target.quantity.opaque:
                column[index] = amount(target.quantity.number / own.factor)
                found.bounded.setdefault(leaf[0], {})[index] = target.bound
                del unread[index]
    found.columns[leaf] = column
    if unread:
        found.unread[leaf] = unread
