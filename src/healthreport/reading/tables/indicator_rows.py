"""A sheet with a row for each indicator, as 指标: 名称, 数值, 单位, 目标, 上年 and so on, in any of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, did_you_mean, or_rather
from healthreport.reading.tables import cells, declared, grid, header, naming, plain, surroundings
from healthreport.reading.tables import columns as made
from healthreport.reading.tables.cells import CellError, Reads
from healthreport.reading.tables.choosing import Chooser
from healthreport.reading.tables.columns import LAST, ONE, TARGET, VALUE, Became, Meaning
from healthreport.reading.tables.headings import Headings
from healthreport.reading.tables.words import COMPARED, NEVER_FIGURES, Kind, Role, Words
from healthreport.reading.yaml.nodes import Mapping, Scalar, Source
from healthreport.values import scalars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.header import Header
    from healthreport.reading.tables.periods import Document
    from healthreport.reading.tables.sheets import Cell, Sheet

UNIT, NOTE = "单位", "说明"
_FIGURES = (VALUE, TARGET, LAST)
_FATAL = ("date-cell", "exponent-cell", "remark-in-cell")
_PERCENT = "%"
_ALL_IN_ONE = declared.Indicator("这一列")


class Table(NamedTuple):
    """An indicator sheet: where its names stand, which column is which key, and the unit of a caption."""

    grid: Grid
    header: Header
    names: int
    keys: dict[int, str]
    unit: str


def table(sheet: Sheet, words: Words, document: Document, keys: Iterable[str], *, named: bool = False) -> Table | None:
    """Return what the columns of a sheet are; ``None`` where no row heads names and figures.

    ``keys`` are those of an indicator that may be written as they are; with ``named`` a heading for the names will
    do. Raises :class:`HealthReportError`.
    """
    shape = grid.of_sheet(sheet)
    headings = Headings(words, declared.of(Mapping(sheet.source, 0, 0)), frozenset(keys))
    best: tuple[int, Header, list[Meaning]] | None = None
    for found in header.candidates(shape, headings):
        names = _names(shape, found, headings)
        if names is None:
            continue
        paths = [(at, path) for at, path in header.paths(shape, found.rows) if at != names and path]
        meanings = [made.meaning(at, found.rows, path, headings) for at, path in paths]
        fitting = sum(map(_is_key, meanings))
        if (fitting or (named and meanings)) and (best is None or fitting > best[0]):
            best = (fitting, found._replace(names=names), meanings)
    if best is None:
        return None
    _, head, meanings = best
    around = surroundings.around(shape, head, headings)
    problems = [*surroundings.wrong_time(around, document, sheet, words, ())]
    chosen = _keys(meanings, shape, head, headings, document, problems)
    if problems:
        raise HealthReportError(problems)
    return Table(shape, head, head.names, chosen, around.units[0] if len(around.units) == 1 else "")


def _names(shape: Grid, head: Header, headings: Headings) -> int | None:
    """Return the column of the indicators' names: 名称, 指标, 项目, but not 单位 beside them."""
    row = {at: headings.read(text) for at, text in enumerate(shape.texts[head.rows[0]] if head.rows else []) if text}
    named = [at for at, part in row.items() if Role.INDICATOR in part.roles]
    named = named or [at for at, part in row.items() if plain.heading(part.text) == "名称"]
    return named[0] if named else None


def _is_key(one: Meaning) -> bool:
    return bool(one.field or one.period or one.unit or one.roles - NEVER_FIGURES - {Role.NAME})


def _keys(
    meanings: list[Meaning],
    shape: Grid,
    head: Header,
    headings: Headings,
    document: Document,
    problems: list[Diagnostic],
) -> dict[int, str]:
    """Return which key each column is; what is computed, and what is no key, is left alone."""
    keys: dict[int, str] = {}
    figures: list[Meaning] = []

    def place(one: Meaning) -> Position:
        return shape.cell(head.rows[-1], one.at).position()

    for one in meanings:
        if one.field:
            keys[one.at] = one.field
        elif one.unknown:
            problems.append(_unknown(one, place(one), headings))
        elif Role.NAME in one.roles or Role.MEASURE in one.roles:
            texts = naming.column_texts(shape, head, one.at)
            if not texts or all(headings.is_unit(plain.squeezed(text)) or Role.MEASURE in one.roles for text in texts):
                keys[one.at] = UNIT
        elif Role.REMARK in one.roles:
            keys[one.at] = NOTE
        elif not one.roles & (NEVER_FIGURES | COMPARED):
            figures.append(one)
    chosen = Chooser(document, headings.words, place).choose(_ALL_IN_ONE, figures) if figures else None
    if chosen:
        problems += chosen.problems
        keys |= {column.at: column.key for column in chosen.columns if column.became is Became.FIGURE}
    problems += _doubles(keys, shape, head)
    return keys


def _unknown(one: Meaning, place: Position, headings: Headings) -> Diagnostic:
    known = sorted(headings.fields)
    message = or_rather(f"不认识的列“{one.heading}”", did_you_mean(one.heading, known))
    return Diagnostic("unknown-column", message, place, hint=f"可以有：名称、{'、'.join(known)}。")


def _doubles(keys: dict[int, str], shape: Grid, head: Header) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for at, key in keys.items():
        if seen.setdefault(key, at) != at and key != NOTE:
            message = f"“{key}”有两列，不知道以哪一列为准。"
            yield Diagnostic("double-column", message, shape.cell(head.rows[-1], at).position(), hint="请删去一列。")


def read(found: Table, words: Words, own: Mapping) -> Mapping:
    """Read the rows of an indicator sheet; ``own`` is what the report says itself of its indicators.

    Raises :class:`HealthReportError` with an indicator in two rows and cells that are no figures.
    """
    sheet = found.grid.sheet
    result = Mapping(Source(sheet.source.name, ""), 0, 0)
    problems: list[Diagnostic] = []
    for number in range(found.header.bottom + 1, len(sheet.texts)):
        texts = sheet.texts[number]
        written = texts[found.names]
        if not written or sum(map(bool, texts)) == 1 or _is_aside(written, words):
            continue
        row = _Row(found, number, words, own)
        if row.name in result:
            hint = "请删去一行。"
            problems.append(Diagnostic("duplicate-key", f"指标“{row.name}”写了两行。", row.at.position(), hint=hint))
        result[row.name] = row.tree()
        result.keys_at[row.name] = row.at
        problems += row.problems
    if problems:
        raise HealthReportError(problems)
    return result


def _is_aside(name: str, words: Words) -> bool:
    """Say whether a row is a total or a note; 收入合计 is an indicator, and so may be 完成率."""
    return words.total_of(name) is Kind.TOTAL or plain.label(name) == "小计" or words.aside(name) in _ASIDE


_ASIDE = (Kind.NOTE, Kind.SIGN_OFF)


class _Row:
    """One indicator as a row says it."""

    def __init__(self, found: Table, number: int, words: Words, own: Mapping) -> None:
        self._found = found
        self._number = number
        self._words = words
        self.at = found.grid.cell(number, found.names)
        self.name, bracket = self._split(plain.name(self.at.value), own)
        self.problems = [
            problem for at in (found.names, *found.keys) if (problem := found.grid.cell(number, at).problem())
        ]
        one = own.get(self.name)
        said = one.get(UNIT) if isinstance(one, Mapping) else None
        self._own_unit = said.value if isinstance(said, Scalar) else ""
        self._bracket = bracket

    def _split(self, name: str, own: Mapping) -> tuple[str, str]:
        """Part 门诊（人次） into name and unit, unless the report has an indicator of the whole name."""
        if name in own.keys_at:
            return name, ""
        outer, bracket, inner = plain.squeezed(name).rstrip(")").rpartition("(")
        known = bracket and outer and self._words.units.knows(inner)
        cut = max(name.rfind("（"), name.rfind("("))
        return (name[:cut], inner) if known and cut > 0 else (name, "")

    def tree(self) -> Mapping:
        """Return the row as the mapping it would be in a report."""
        one = Mapping(self.at.source, 0, 0)
        filled = {key: self._cell(at) for at, key in self._found.keys.items() if self._text(at)}
        unit = self._unit(filled)
        for key, cell in filled.items():
            if key in _FIGURES and not self._read(cell, key, unit):
                continue
            one[key] = one.keys_at[key] = cell
        if unit and UNIT not in one and not self._own_unit:
            one[UNIT] = one.keys_at[UNIT] = self._made(unit)
        return one

    def _text(self, at: int) -> str:
        return self._found.grid.texts[self._number][at]

    def _cell(self, at: int) -> Cell:
        return self._found.grid.cell(self._number, at)

    def _made(self, text: str) -> Cell:
        cell = self._cell(self._found.names)
        cell.value = text
        return cell

    def _unit(self, filled: dict[str, Cell]) -> str:
        """Return an indicator's unit: in its column, in the report, behind its name, in its cell, in the caption."""
        written = filled[UNIT].value if UNIT in filled else ""
        first = written or self._own_unit or self._bracket
        if first and self._bracket and self._words.units.ratio(self._bracket, first) is None:
            message = f"“{self.at.value}”的单位是“{self._bracket}”，另一处写的是“{first}”。"
            self.problems.append(Diagnostic("unit-mismatch", message, self.at.position(), hint="请留下一处。"))
        in_cell = self._unit_in(filled.get(VALUE))
        return first or in_cell or self._found.unit

    def _unit_in(self, cell: Cell | None) -> str:
        if cell is None:
            return ""
        unit = scalars.fold(cell.value).lstrip("-+−0123456789,.").strip()
        return unit if unit and self._words.units.knows(unit) else ""

    def _read(self, cell: Cell, key: str, unit: str) -> bool:
        """Read a figure; say whether there is one. What the model reads itself, an estimate or a range, stays."""
        own = scalars.fold(unit)
        written = self._bracket or own
        ratio = (self._words.units.ratio(written, own) if own else ONE) or ONE
        how = Reads(own, written, ratio, key == TARGET, self._words)
        dates = self._found.grid.sheet.dates
        try:
            figure = cells.read(cell.value, how, is_date=(cell.row, cell.column) in dates)
        except CellError as wrong:
            if wrong.id in _FATAL:
                self.problems.append(Diagnostic(wrong.id, str(wrong), cell.position(), hint=wrong.hint))
            return True
        if figure is None:
            return False
        percent = own == _PERCENT and "%" not in scalars.fold(cell.value)
        if percent and figure.number is not None and 0 < abs(figure.number) < 1:
            doubt = cells.fraction_error(cell.value)
            self.problems.append(Diagnostic(doubt.id, str(doubt), cell.position(), hint=doubt.hint))
        cell.value = figure.text
        return True
