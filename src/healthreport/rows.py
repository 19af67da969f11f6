"""A table of townships as reports: which row names the columns, which rows are townships.

Sheets come with a title above, headers over two rows with merged cells, a 合计 row, notes below.
Every row becomes a tree that is laid over the base, as a township's own file would be.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport import quantities
from healthreport.diagnostics import Diagnostic, HealthReportError, Severity, did_you_mean
from healthreport.inherit import INDICATORS
from healthreport.model.references import FIELDS
from healthreport.nodes import Mapping, Scalar, Source
from healthreport.tables import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.tables import Sheet

ORG = "单位"
VALUE = "数值"
_ORG_HEADINGS = frozenset({ORG, "单位名称", "填报单位", "机构", "机构名称", "乡镇", "乡镇名称", "镇街"})
_IGNORED = frozenset({"序号", "备注", "编号"})
_SUBHEADINGS = {
    "数值": VALUE,
    "完成": VALUE,
    "本年": VALUE,
    "实际": VALUE,
    "目标": "目标",
    "任务": "目标",
    "上年": "上年",
    "去年": "上年",
}
_TOTALS = frozenset({"合计", "总计", "小计", "全县合计", "全区合计", "全市合计"})
_NOTE = re.compile(r"(注|备注|说明|填表|制表|审核|填报|联系|单位负责人)")
_UNIT_IN_HEADING = re.compile(r"[（(][^（）()]*[）)]$")
_ROWS_SEARCHED = 12


class Column(NamedTuple):
    """What a column holds: a report field, or one key of an indicator."""

    at: int
    field: str
    key: str = ""


class Row(NamedTuple):
    """A township: its name, and its tree to be laid over the base."""

    name: str
    tree: Mapping


class Rows(NamedTuple):
    """The townships of a sheet, and what does not add up in it."""

    rows: list[Row]
    problems: list[Diagnostic]


def read(sheet: Sheet, base: Mapping, *, header_row: int = 0, ignore_columns: bool = False) -> Rows:
    """Read the townships of a sheet; ``header_row`` counts from 1, 0 searches.

    Raises :class:`HealthReportError` for a sheet without header, unknown columns, doubled names.
    """
    indicators = base.get(INDICATORS)
    known = frozenset(indicators.keys_at) if isinstance(indicators, Mapping) else frozenset[str]()
    head = header_row - 1 if header_row else _find_header(sheet, known)
    if head < 0 or head >= len(sheet.rows):
        raise _no_header(sheet)
    columns, first = _columns(sheet, head, known, ignore_columns=ignore_columns)
    townships, total = _split(sheet.rows[first:], columns)
    rows = [Row(_name(row, columns), _tree(row, columns)) for row in townships]
    _refuse_doubles(rows)
    return Rows(rows, [*_check_total(total, townships, columns, indicators)] if total else [])


def _find_header(sheet: Sheet, known: frozenset[str]) -> int:
    """Return the row in which most cells name something known, or -1."""
    scores = [sum(_field(_heading(cell), known) is not None for cell in row) for row in sheet.rows[:_ROWS_SEARCHED]]
    best = max(scores, default=0)
    return scores.index(best) if best else -1


def _heading(cell: Cell) -> str:
    """Return a heading without its unit and white space: ``农村改厕（座）`` → ``农村改厕``."""
    text = "".join(cell.value.split())
    return _UNIT_IN_HEADING.sub("", text) or text


def _field(heading: str, known: frozenset[str]) -> tuple[str, str] | None:
    """Return field and key of a heading: ``单位``, ``农村改厕``, ``农村改厕.上年``."""
    if heading in _ORG_HEADINGS:
        return ORG, ""
    if heading in known:
        return heading, VALUE
    name, _, key = heading.rpartition(".")
    if name in known and key in _SUBHEADINGS:
        return name, _SUBHEADINGS[key]
    return (heading, "") if heading in FIELDS else None


def _columns(sheet: Sheet, head: int, known: frozenset[str], *, ignore_columns: bool) -> tuple[list[Column], int]:
    """Return the columns and the first row of data; a second header row says which key is meant."""
    row = sheet.rows[head]
    below = sheet.rows[head + 1] if head + 1 < len(sheet.rows) else []
    double = any(cell.value in _SUBHEADINGS for cell in below)
    columns: list[Column] = []
    unknown: list[Diagnostic] = []
    above = ""
    for index, cell in enumerate(row):
        heading = _heading(cell)
        sub = below[index].value if double and index < len(below) else ""
        above = heading or (above if sub in _SUBHEADINGS else "")
        found = _field(f"{above}.{sub}" if sub in _SUBHEADINGS else above, known) if above else None
        if found:
            columns.append(Column(index, *found))
        elif above and above not in _IGNORED and not ignore_columns:
            unknown.append(_unknown_column(cell if heading else below[index], above, known))
    if unknown:
        raise HealthReportError(unknown)
    if not any(column.field == ORG for column in columns):
        raise _no_header(sheet)
    return columns, head + 1 + double


def _unknown_column(cell: Cell, heading: str, known: frozenset[str]) -> Diagnostic:
    guess = did_you_mean(heading, [*known, ORG])
    message = f"没有“{heading}”这个指标或字段" + (f"，是否为“{guess}”？" if guess else "。")
    hint = "请在上级文件的“指标”里写上它，或改列名；用不上的列可加 --ignore-columns。"
    return Diagnostic("unknown-column", message, cell.position(), hint=hint)


def _no_header(sheet: Sheet) -> HealthReportError:
    place = sheet.position()
    hint = "表头里要有“单位”一列和指标的名称；表头不在前几行时用 --header-row 指明。"
    return HealthReportError([Diagnostic("no-header", f"工作表“{sheet.name}”里找不到表头。", place, hint=hint)])


def _split(rows: Sequence[Sequence[Cell]], columns: list[Column]) -> tuple[list[Sequence[Cell]], Sequence[Cell] | None]:
    """Part townships from the 合计 row, blank rows and the notes below."""
    townships: list[Sequence[Cell]] = []
    total: Sequence[Cell] | None = None
    for row in rows:
        written = [cell for cell in row if cell.value]
        if not written:
            continue
        first = "".join(written[0].value.split())
        if first in _TOTALS or "".join(_name(row, columns).split()) in _TOTALS:
            total = row
        elif _NOTE.match(first) or (not _name(row, columns) and not _has_figures(row, columns)):
            continue
        else:
            townships.append(row)
    return townships, total


def _has_figures(row: Sequence[Cell], columns: list[Column]) -> bool:
    return any(row[column.at].value for column in columns if column.key)


def _name(row: Sequence[Cell], columns: list[Column]) -> str:
    return next((row[column.at].value for column in columns if column.field == ORG and column.at < len(row)), "")


def _tree(row: Sequence[Cell], columns: list[Column]) -> Mapping:
    """Return a row as the tree its own file would be; an empty cell is missing."""
    source = row[0].source if row else Source("", "")
    tree, indicators = Mapping(source, 0, 0), Mapping(source, 0, 0)
    for column in columns:
        cell = row[column.at]
        if not cell.value:
            continue
        if not column.key:
            tree[column.field] = cell
            tree.keys_at[column.field] = cell
        else:
            one = indicators.setdefault(column.field, Mapping(source, 0, 0))
            assert isinstance(one, Mapping)
            one[column.key] = cell
            one.keys_at[column.key] = cell
            indicators.keys_at.setdefault(column.field, cell)
    if indicators:
        tree[INDICATORS] = indicators
        tree.keys_at[INDICATORS] = next(iter(indicators.keys_at.values()))
    return tree


def _refuse_doubles(rows: list[Row]) -> None:
    """Refuse rows without a name, and two townships of one name."""
    problems: list[Diagnostic] = []
    seen: dict[str, Row] = {}
    for row in rows:
        place = (row.tree.get(ORG) or row.tree).position()
        bad = next((cell.problem() for cell in [row.tree.get(ORG)] if isinstance(cell, Cell)), None)
        if bad:
            problems.append(bad)
            continue
        if not row.name:
            problems.append(Diagnostic("no-name", "这一行没有单位名称。", place, hint="请补上，或删去这一行。"))
        elif row.name in seen:
            message = f"“{row.name}”出现了两次。"
            problems.append(Diagnostic("double-name", message, place, hint="请核对是否重复填报，或把名称写全。"))
        seen.setdefault(row.name, row)
    if problems:
        raise HealthReportError(problems)


def _check_total(
    total: Sequence[Cell], townships: list[Sequence[Cell]], columns: list[Column], indicators: object
) -> Iterator[Diagnostic]:
    """Compare the 合计 row with the sums; a rate is not a sum."""
    for column in columns:
        definition = indicators.get(column.field) if isinstance(indicators, Mapping) else None
        if not column.key or not isinstance(definition, Mapping):
            continue
        unit = definition.get("单位")
        own = quantities.unit(unit.value if isinstance(unit, Scalar) else "")
        said = _number(total[column.at], own)
        added = [_number(row[column.at], own) for row in townships if row[column.at].value]
        if own.is_rate or said is None or any(one is None for one in added):
            continue
        computed = sum((one for one in added if one is not None), start=Fraction(0))
        if computed != said:
            written = quantities.write(quantities.Quantity(computed, own), quantities.Style())
            message = f"“{column.field}”的合计与各行之和{written}不符。"
            hint = "请核对各行和合计；合计一行不生成材料。"
            yield Diagnostic("total-mismatch", message, total[column.at].position(), Severity.WARNING, hint)


def _number(cell: Cell, own: quantities.Unit) -> Fraction | None:
    try:
        quantity = quantities.read(cell.value, own)
    except ValueError:
        return None
    return None if quantity.opaque else quantity.number
