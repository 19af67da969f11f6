"""Lines that stand among rows without figures of their own, and may make those below another time's or another unit's.

One rule serves rows among townships, headings in a sheet on its side, and rows of an indicator file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic
from healthreport.reading.tables import periods, plain, scales, unit_lines
from healthreport.reading.tables.attaching import UNIT_HINT
from healthreport.reading.tables.columns import Became
from healthreport.reading.tables.grid import TRANSPOSED
from healthreport.reading.tables.periods import Period
from healthreport.reading.tables.words import COMPARED, OF_OTHER_TIMES, TASKS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.columns import Column
    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.joining import Joined
    from healthreport.reading.tables.kinds import Row
    from healthreport.reading.tables.periods import Document

_BELOW = re.compile("以下|下列|下面|下表|后面")
_PLACE = re.compile("(?:[省市县区旗州镇乡村院所站局部社]|街道|中心)$")
# 2022年新建, 1—11月, 2022.12; a place may be the 3rd village, at 38公里.
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\d\d){0,2}(?!\d)|\d\s*(?:年|月|季|[-－—–~～至./])")
# A note that nothing marks as one, （上年） or 按元统计, may head what is below it; 注：, 单位： and 以上数据 do not.
_UNMARKED = re.compile(r"\([^():]*\)|.{0,2}[以按].{1,4}(?:计|为单位|统计|填列)")
_ASIDE = (Kind.NOTE, Kind.SIGN_OFF)
_SUMS = (Kind.TOTAL, Kind.SUBTOTAL, Kind.AVERAGE)
_PASSED_OVER = (Kind.HEADER, Kind.SIGN_OFF)
OPENING = (Kind.SECTION, Kind.NUMBERED)
_AMONG_ROWS = "请先把时间和单位写进表头，这里再删去，或只留类别的名称；下面的与上面不是同一种的，请分到另一个工作表。"
_OF_INDICATORS = "请把时间写成一列，如“上年”，把单位写进每个名称，并删去这一行；是指标的，请补上数，没有数就写“/”。"
_ON_ITS_SIDE = "请把时间和单位写进每一行的名称，并删去这一行；或把下面的几行分到另一个工作表。"


class Changes:
    """Knows whether a line says of those below it another time than the document's, tasks, or another unit."""

    def __init__(self, headings: Headings, document: Document, *, tasks: bool = True) -> None:
        self._headings = headings
        self._document = document
        # 二、重点任务 is a section like others where a column of its own says which figure is a task.
        self._tasks = tasks

    def time(self, text: str) -> bool:
        """Say whether a line speaks of another time, or of tasks: 二、上年同期, 1—11月, 二、一般卫生院（任务数）."""
        bare = plain.unnumbered(plain.heading(text))
        part = self._headings.read(bare)
        years, months = periods.of_title(bare)
        if years - {self._document.year} or (months and not self._document.covers(Period(None, months))):
            return True
        if part.known and part.roles & COMPARED:
            return False
        if part.roles & OF_OTHER_TIMES or (part.period and not self._document.is_of(part.period)):
            return True
        unclear = {found[0] for found in self._headings.words.unclear.finditer(bare)}
        return bool(unclear if self._tasks else unclear - {*TASKS})

    def unit(self, text: str, units: Iterable[str]) -> bool:
        """Say whether a line names units, or speaks of one that figures in ``units`` would be converted from."""
        ratio = self._headings.words.units.ratio
        return unit_lines.is_unit_line(text) or any(
            ratio(said, unit) not in (None, 1)
            for said in unit_lines.spoken_in(plain.unnumbered(text), self._headings)
            for unit in units
            if unit
        )

    def refused(
        self, text: str, units: Iterable[str], place: Position, hint: str, *, is_named: bool = False
    ) -> Iterator[Diagnostic]:
        """Refuse a line that may change what is below it; one that ``is_named`` by the report changes units only."""
        if self.found_in(text, units, is_named=is_named):
            yield refusal(text, place, hint)

    def found_in(self, text: str, units: Iterable[str], *, is_named: bool = False) -> bool:
        """Say whether a line may change the time of what is below it, or the unit."""
        return (self.time(text) and not is_named) or self.unit(text, units)


def refusal(text: str, place: Position, hint: str) -> Diagnostic:
    """Return the mistake that a line may change what is below it."""
    message = f"“{text}”单独一行，下面的数可能是另一种时间或单位的。"
    return Diagnostic("unclear-section", message, place, hint=hint)


class Line(NamedTuple):
    """A row of an indicator sheet without figures: whether other rows follow it, and whether it is a note.

    One of a name that the report declares may be an indicator that nobody has filled in.
    """

    row: int
    text: str
    place: Position
    followed: bool = True
    is_note: bool = False
    is_declared: bool = False


def among_rows(
    whole: Joined, columns: list[Column], opened: Iterable[tuple[int, int]], headings: Headings, document: Document
) -> Iterator[Diagnostic]:
    """Refuse rows, those ``opened``, that make townships below them in a table another time's or another unit's."""
    changes = Changes(headings, document)
    units = {_unit(column, headings) for column in columns if column.became is Became.FIGURE}
    for row, at in opened:
        text = whole.grid.texts[row][at]
        if changes.found_in(text, units):  # a place takes time to find
            yield refusal(text, whole.grid.cell(row, at).position(), _AMONG_ROWS)


def units_among(
    rows: list[Row], opened: list[tuple[int, int]], whole: Joined, columns: list[Column], headings: Headings
) -> Iterator[Diagnostic]:
    """Refuse a unit said in a row among the townships that no table has taken for its own, and no section says."""
    taken = {line.spot for table in whole.tables for line in (*table.around.captions, *table.around.below)}
    taken |= {whole.grid.spot(*one) for one in opened}
    bare = [column for column in columns if column.became is Became.FIGURE and not column.unit]
    for row in rows:
        texts = whole.grid.texts[row.row]
        named = bool(row.figures and row.text)
        if named and row.kind not in _ASIDE and row.kind not in OPENING:
            texts = texts[: whole.names.at + 1]  # what stands behind a township's name is a figure
        for at, text in enumerate(texts):
            is_figure = named and at > whole.names.at and row.kind not in _ASIDE and text[:1].isdigit()
            if not text or is_figure or whole.grid.spot(row.row, at) in taken:
                continue
            is_sum = named and at == whole.names.at and row.kind in _SUMS  # 合计（个） says what is counted
            if not is_sum and unit_lines.units_of(text, headings):
                message = f"“{text}”写在表的中间，不知道说的是哪些数。"
                place = whole.grid.cell(row.row, at).position()
                yield Diagnostic("unclear-unit", message, place, hint=UNIT_HINT)
            elif is_sum or row.kind in _ASIDE:
                yield from _spoken_among(unit_lines.Line(text, whole.grid.spot(row.row, at)), whole, bare, headings)


def _spoken_among(line: unit_lines.Line, whole: Joined, bare: list[Column], headings: Headings) -> list[Diagnostic]:
    """Return why a note that speaks of a unit is refused, for the first column that it would change."""
    place = whole.grid.sheet.cell(*line.spot).position()
    spoken = [(one.unit, one.line.text, place) for one in unit_lines.spoken([line], headings)]
    units = headings.words.units
    for column in bare if spoken else ():
        wanted = headings.declared.indicators[column.indicator].unit
        if problems := [*scales.spoken_of(column.heading, column.indicator, wanted, units, spoken)]:
            return problems
    return []


def openings(whole: Joined, rows: list[Row]) -> Iterator[tuple[int, int]]:
    """Yield the rows that may speak of townships below them in the same table, with the columns of their words."""
    last = {_table(whole, row): row.row for row in rows if row.figures and row.kind in (Kind.TOWNSHIP, *OPENING)}
    for row in rows:
        texts = whole.grid.texts[row.row]
        text = row.text or _alone(texts)
        if row.row < last.get(_table(whole, row), -1) and text and _opens(row, text):
            yield row.row, texts.index(text)


def among_columns(whole: Joined, columns: list[Column], headings: Headings, document: Document) -> Iterator[Diagnostic]:
    """Refuse headings without figures, in a sheet on its side, that make the indicators below them something else."""
    if not whole.grid.shape.startswith(TRANSPOSED):
        return
    changes = Changes(headings, document)
    figures = [column for column in columns if column.became is Became.FIGURE]
    for column in columns:
        below = [one for one in figures if one.at > column.at > whole.names.at]
        if column.became is not Became.IGNORED or not below or any(row[column.at] for row in _rows(whole)):
            continue
        bare = [one for one in below if not any(headings.read(text).unit for text in one.heading.split(" / "))]
        units = {_unit(one, headings) for one in bare}
        row = next((row for row in reversed(whole.header.rows) if whole.grid.texts[row][column.at]), whole.header.top)
        place = whole.grid.cell(row, column.at).position()
        for text in column.heading.split(" / "):
            yield from changes.refused(text, units, place, _ON_ITS_SIDE)


def among_indicators(
    lines: list[Line], bare: dict[int, tuple[str, str]], headings: Headings, document: Document
) -> Iterator[Diagnostic]:
    """Refuse rows of names alone that make the indicators below them another time's or another unit's.

    ``bare`` are, by their rows, the names and units of figures that say none themselves. A unit may stand above all
    rows only.
    """
    changes = Changes(headings, document, tasks=False)
    last = max(bare, default=-1)
    for line in lines:
        below = {unit for row, (_, unit) in bare.items() if row > line.row}
        is_unit_line = unit_lines.is_unit_line(line.text)
        if is_unit_line and bare and line.row > last:
            message = f"“{line.text}”写在表的下面，不知道说的是哪些数。"
            yield Diagnostic("unclear-unit", message, line.place, hint="请写在表的上面，或把单位写进每个名称。")
        elif line.followed and (not line.is_note or _heads(line.text) or is_unit_line):
            yield from changes.refused(line.text, below, line.place, _OF_INDICATORS, is_named=line.is_declared)
        elif line.is_note:
            yield from _spoken(line, bare, headings)


def _spoken(line: Line, bare: dict[int, tuple[str, str]], headings: Headings) -> list[Diagnostic]:
    """Return why a note that speaks of a unit is refused, for the first indicator that it would change."""
    spoken = [(unit, line.text, line.place) for unit in dict.fromkeys(unit_lines.spoken_in(line.text, headings))]
    ratios = headings.words.units
    found = (scales.spoken_of(name, name, unit, ratios, spoken) for name, unit in bare.values())
    return next((problems for one in found if (problems := [*one])), [])


def _unit(column: Column, headings: Headings) -> str:
    return column.unit or headings.declared.indicators[column.indicator].unit


def _rows(whole: Joined) -> list[list[str]]:
    return whole.grid.texts[whole.header.bottom + 1 :]


def _table(whole: Joined, row: Row) -> int:
    return whole.table_of[row.row] if whole.table_of else 0


def _alone(texts: list[str]) -> str:
    filled = [text for text in texts if text]
    return filled[0] if len(filled) == 1 else ""


def _opens(row: Row, text: str) -> bool:
    """Say whether a row may speak of those below it: it has no figures, or heads a part; a note has to say so."""
    if row.kind is Kind.NOTE:
        return _heads(text)
    if row.kind is Kind.TOWNSHIP and _PLACE.search(plain.label(text)):
        # 上年村 is a place that sent nothing in; 一般卫生院（上年） and 2022年新建卫生院 are none.
        return text.endswith((")", "）")) or _DATED.search(text) is not None
    return row.kind not in _PASSED_OVER and (not row.figures or row.kind in OPENING)


def _heads(note: str) -> bool:
    """Say whether a note may speak of what is below it: it says so, or nothing marks it as a note."""
    return _BELOW.search(note) is not None or _UNMARKED.fullmatch(plain.squeezed(note)) is not None
