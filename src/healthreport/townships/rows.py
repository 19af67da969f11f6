"""A table of townships as reports: which row names the columns, which rows are townships.

Sheets come with a title above, headers over two rows with merged cells, a 合计 row, notes below.
A row says what a township's own file would say, and is laid over the base like one.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Severity, did_you_mean
from healthreport.model.build import Own
from healthreport.model.references import FIELDS
from healthreport.reading.differences import INDICATORS, NUMBERS, indicators_of
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.sheets import Sheet
    from healthreport.reading.yaml.nodes import Node

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


class Townships:
    """The townships of a sheet: the numbers of their rows, their names, and what does not add up."""

    def __init__(self, sheet: Sheet, columns: list[Column], rows: list[int]) -> None:
        self.sheet = sheet
        self.columns = columns
        self.rows = rows
        self.org = next(column.at for column in columns if column.field == ORG)
        self.names = [sheet.texts[row][self.org] for row in rows]
        self.problems: list[Diagnostic] = []
        self._fields = [(column.at, column.field) for column in columns if not column.key]
        self._numbers = [[(one.at, one.field) for one in columns if one.key == key] for key in NUMBERS]

    def own(self, index: int, base: Mapping) -> Own:
        """Return what a township's row says, laid over a base; an empty cell is missing."""
        texts = self.sheet.texts[self.rows[index]]
        values, targets, lasts = (
            {field: text for at, field in columns if (text := texts[at])} for columns in self._numbers
        )
        whole = cache(lambda: self._tree(index).laid_over(base))
        return Own(self.fields(index), (values, targets, lasts), {}, whole, partial(self._place_of, index))

    def _place_of(self, index: int, indicator: str, key: str) -> Position | None:
        """Return the cell of an indicator's value, target or last year's value."""
        at = next((one.at for one in self.columns if (one.field, one.key) == (indicator, key)), None)
        return None if at is None else self.sheet.cell(self.rows[index], at).position()

    def fields(self, index: int) -> dict[str, Node]:
        """Return the fields a township's row fills in, as cells."""
        row = self.rows[index]
        texts = self.sheet.texts[row]
        return {field: self.sheet.cell(row, at) for at, field in self._fields if texts[at]}

    def place(self, index: int) -> Position:
        """Return the place of a township's name."""
        return self.sheet.cell(self.rows[index], self.org).position()

    def refuse_bad_cells(self, index: int) -> None:
        """Refuse a row with error values (``#REF!``) or formulas without a value, at each cell."""
        if self.sheet.errors:
            cells = [self.sheet.cell(self.rows[index], column.at) for column in self.columns]
            problems = [problem for cell in cells if (problem := cell.problem())]
            if problems:
                raise HealthReportError(problems)

    def _tree(self, index: int) -> Mapping:
        """Return a row as the tree its own file would be."""
        source = self.sheet.source
        tree, indicators = Mapping(source, 0, 0), Mapping(source, 0, 0)
        row = self.sheet.row(self.rows[index])
        for at, field, key in self.columns:
            cell = row[at]
            if not cell.value:
                continue
            one = indicators.setdefault(field, Mapping(source, 0, 0)) if key else tree
            assert isinstance(one, Mapping)
            one[key or field] = one.keys_at[key or field] = cell
            if key:
                indicators.keys_at.setdefault(field, cell)
        if indicators:
            tree[INDICATORS] = indicators
            tree.keys_at[INDICATORS] = next(iter(indicators.keys_at.values()))
        return tree


def read(sheet: Sheet, base: Mapping, *, header_row: int = 0, ignore_columns: bool = False) -> Townships:
    """Read the townships of a sheet; ``header_row`` counts from 1, 0 searches.

    Raises :class:`HealthReportError` for a sheet without header, unknown columns, doubled names.
    """
    indicators = indicators_of(base)
    known = frozenset(indicators.keys_at)
    head = header_row - 1 if header_row else _find_header(sheet, known)
    if head < 0 or head >= len(sheet.texts):
        raise _no_header(sheet)
    columns, first = _columns(sheet, head, known, ignore_columns=ignore_columns)
    rows, total = _split(sheet, first, columns)
    townships = Townships(sheet, columns, rows)
    _refuse_doubles(townships)
    if total is not None:
        townships.problems.extend(_check_total(townships, total, indicators))
    return townships


def _find_header(sheet: Sheet, known: frozenset[str]) -> int:
    """Return the row in which most cells name something known, or -1."""
    scores = [sum(_field(_heading(text), known) is not None for text in row) for row in sheet.texts[:_ROWS_SEARCHED]]
    best = max(scores, default=0)
    return scores.index(best) if best else -1


def _heading(text: str) -> str:
    """Return a heading without its unit and white space: ``农村改厕（座）`` → ``农村改厕``."""
    text = "".join(text.split())
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
    below = sheet.texts[head + 1] if head + 1 < len(sheet.texts) else []
    double = any(text in _SUBHEADINGS for text in below)
    columns: list[Column] = []
    problems: list[Diagnostic] = []
    above = ""
    for index, text in enumerate(sheet.texts[head]):
        heading = _heading(text)
        sub = below[index] if double else ""
        above = heading or (above if sub in _SUBHEADINGS else "")
        found = _field(f"{above}.{sub}" if sub in _SUBHEADINGS else above, known) if above else None
        if found and any(found == one[1:] for one in columns):
            problems.append(_double_column(sheet.cell(head + (not heading), index).position(), above))
        elif found:
            columns.append(Column(index, *found))
        elif above and above not in _IGNORED and not ignore_columns:
            problems.append(_unknown_column(sheet.cell(head + (not heading), index).position(), above, known))
    if problems:
        raise HealthReportError(problems)
    if not any(column.field == ORG for column in columns):
        raise _no_header(sheet)
    return columns, head + 1 + double


def _unknown_column(place: Position, heading: str, known: frozenset[str]) -> Diagnostic:
    guess = did_you_mean(heading, [*known, ORG])
    message = f"没有“{heading}”这个指标或字段" + (f"，是否为“{guess}”？" if guess else "。")
    hint = "请在上级文件的“指标”里写上它，或改列名；用不上的列可加 --ignore-columns。"
    return Diagnostic("unknown-column", message, place, hint=hint)


def _double_column(place: Position, heading: str) -> Diagnostic:
    hint = "请删去一列，或写明是数值、目标还是上年，如“农村改厕.上年”。"
    return Diagnostic("double-column", f"“{heading}”这一列有两处，不知道以哪一处为准。", place, hint=hint)


def _no_header(sheet: Sheet) -> HealthReportError:
    place = sheet.position()
    hint = "表头里要有“单位”一列和指标的名称；表头不在前几行时用 --header-row 指明。"
    return HealthReportError([Diagnostic("no-header", f"工作表“{sheet.name}”里找不到表头。", place, hint=hint)])


def _split(sheet: Sheet, first: int, columns: list[Column]) -> tuple[list[int], int | None]:
    """Part townships from the 合计 row, blank rows and the notes below; return their numbers."""
    townships: list[int] = []
    total: int | None = None
    for number in range(first, len(sheet.texts)):
        row = sheet.texts[number]
        written = next(filter(None, row), "")
        lead, name = "".join(written.split()), _name(row, columns)
        if lead in _TOTALS or "".join(name.split()) in _TOTALS:
            total = number
        elif lead and not _NOTE.match(lead) and (name or _has_figures(row, columns)):
            townships.append(number)
    return townships, total


def _has_figures(row: list[str], columns: list[Column]) -> bool:
    return any(row[column.at] for column in columns if column.key)


def _name(row: list[str], columns: list[Column]) -> str:
    return next((row[column.at] for column in columns if column.field == ORG), "")


def _refuse_doubles(townships: Townships) -> None:
    """Refuse rows without a name, and two townships of one name."""
    problems: list[Diagnostic] = []
    seen: dict[str, int] = {}
    for row, name in zip(townships.rows, townships.names, strict=True):
        first = seen.setdefault(name, row)
        if name and first == row and (row, townships.org) not in townships.sheet.errors:
            continue
        cell = townships.sheet.cell(row, townships.org)
        place, bad = cell.position(), cell.problem()
        if bad:
            problems.append(bad)
        elif not name:
            problems.append(Diagnostic("no-name", "这一行没有单位名称。", place, hint="请补上，或删去这一行。"))
        else:
            message = f"“{name}”出现了两次。"
            problems.append(Diagnostic("double-name", message, place, hint="请核对是否重复填报，或把名称写全。"))
    if problems:
        raise HealthReportError(problems)


def _check_total(townships: Townships, total: int, indicators: Mapping) -> Iterator[Diagnostic]:
    """Compare the 合计 row with the sums; a rate is not a sum."""
    sheet = townships.sheet
    for column in townships.columns:
        definition = indicators.get(column.field)
        if not column.key or not isinstance(definition, Mapping):
            continue
        unit = definition.get("单位")
        own = quantities.unit(unit.value if isinstance(unit, Scalar) else "")
        said = _number(sheet.texts[total][column.at], own)
        added = [_number(text, own) for row in townships.rows if (text := sheet.texts[row][column.at])]
        if own.is_rate or said is None or any(one is None for one in added):
            continue
        computed = sum((one for one in added if one is not None), start=Fraction(0))
        if computed != said:
            written = quantities.write(quantities.Quantity(computed, own), quantities.Style())
            message = f"“{column.field}”的合计与各行之和{written}不符。"
            hint = "请核对各行和合计；合计一行不生成材料。"
            place = sheet.cell(total, column.at).position()
            yield Diagnostic("total-mismatch", message, place, Severity.WARNING, hint)


def _number(text: str, own: quantities.Unit) -> Fraction | None:
    try:
        quantity = quantities.read(text, own)
    except ValueError:
        return None
    return None if quantity.opaque else quantity.number
