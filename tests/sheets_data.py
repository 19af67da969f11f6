"""Sheets for tests, written as they look: a line a row, cells parted by |; and what is read of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError
from healthreport.reading.tables import sheets
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from healthreport.townships import rows
from helpers import RESOURCES

if TYPE_CHECKING:
    from healthreport.diagnostics import Diagnostic
    from healthreport.reading.yaml.nodes import Mapping

Merged = tuple[int, int, int, int]


def sheet(text: str, merged: str = "", name: str = "表1", dates: str = "") -> sheets.Sheet:
    """Return a sheet; ``merged`` are areas as Excel writes them, ``B1:C1 A1:A2``, ``dates`` cells of that format."""
    lines = [[cell.strip(" \t") for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    width = max(map(len, lines))
    texts = [line + [""] * (width - len(line)) for line in lines]
    areas = [(*_spot(first), *_spot(last)) for first, last in (one.split(":") for one in merged.split())]
    made = sheets.Sheet(Source("乡镇.xlsx", ""), name, texts, areas, {})
    if hasattr(made, "dates"):
        made.dates = frozenset(map(_spot, dates.split()))
    return made


def _spot(cell: str) -> tuple[int, int]:
    match = re.fullmatch(r"([A-Z])(\d+)", cell)
    assert match
    return int(match[2]) - 1, ord(match[1]) - ord("A")


def base(indicators: str, year: int = 2023, more: str = "") -> Mapping:
    """Return a report that declares indicators, one each line: ``改厕: {单位: 座}``, or ``改厕 座`` for short."""
    written = ""
    for line in indicators.strip().split("\n"):
        name, _, unit = line.strip().partition(" ")
        written += f"  {line.strip()}\n" if ": " in line else f'  "{name}": {{单位: "{unit}"}}\n'
    return parse(Source("全县.yaml", f"体裁: 通用\n年度: {year}\n{more}\n指标:\n{written}"))


def read(table: str | sheets.Sheet, under: Mapping | str, *, ignore_columns: bool = False) -> rows.Townships:
    """Read a sheet on a report, or on one with these indicators."""
    made = sheet(table) if isinstance(table, str) else table
    on = base(under) if isinstance(under, str) else under
    return rows.read(made, on, ignore_columns=ignore_columns, words=RESOURCES.sheet_words)


def figures(townships: rows.Townships, under: Mapping | None = None) -> dict[str, dict[str, str]]:
    """Return the figures of each township that can be rendered, by indicator and key: 改厕, 改厕.上年."""
    on = under or base("甲 个")
    found: dict[str, dict[str, str]] = {}
    for index, name in enumerate(townships.names):
        try:
            townships.refuse_bad_cells(index)
        except HealthReportError:
            continue
        values, targets, lasts = townships.own(index, on).numbers
        keyed = {"": values, ".目标": targets, ".上年": lasts}
        found[name] = {key + suffix: text for suffix, numbers in keyed.items() for key, text in numbers.items()}
    return found


def values(townships: rows.Townships, indicator: str) -> dict[str, str]:
    """Return one figure of each township, by name."""
    return {name: found[indicator] for name, found in figures(townships).items() if indicator in found}


def refusals(table: str | sheets.Sheet, under: Mapping | str, *, ignore_columns: bool = False) -> list[Diagnostic]:
    """Return why a sheet is refused as a whole; nothing where it is read."""
    try:
        read(table, under, ignore_columns=ignore_columns)
    except HealthReportError as wrong:
        return list(wrong.diagnostics)
    return []


def failures(townships: rows.Townships) -> dict[str, list[Diagnostic]]:
    """Return the townships that fail, and why."""
    found = {}
    for index, name in enumerate(townships.names):
        try:
            townships.refuse_bad_cells(index)
        except HealthReportError as wrong:
            found[name] = list(wrong.diagnostics)
    return found


def warnings(townships: rows.Townships) -> list[tuple[str, str]]:
    """Return what a sheet is warned of: id and cell."""
    return [(one.id, one.position.cell) for one in townships.problems]


def listed(text: str) -> list[str]:
    """Return the words of a list, parted by · where they hold blanks, else by blanks and line ends."""
    return [word for line in text.strip().split("\n") for word in (line.split("·") if "·" in line else line.split())]
