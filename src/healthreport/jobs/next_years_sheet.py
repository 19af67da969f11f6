"""The empty sheet of a county's townships for the next year: names and columns of last year's, its values as 上年."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Position, Severity
from healthreport.jobs import last_years_sheet, needs, sheet
from healthreport.jobs.needs import PARTS, TARGET, VALUE, Need
from healthreport.jobs.sheet import Column
from healthreport.model.own_words import names_of
from healthreport.reading import inherit
from healthreport.reading.differences import NUMBERS, indicators_of
from healthreport.reading.tables import plain
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.townships import names, of_sheet
from healthreport.townships.rows import ORG

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.jobs.last_years_sheet import LastYear, Texts
    from healthreport.jobs.new.planned import Sheet
    from healthreport.jobs.new.turn import Turn
    from healthreport.jobs.new.years import Years
    from healthreport.reading.base import Base
    from healthreport.reading.resources import Resources
    from healthreport.reading.tables.columns import Column as Read
    from healthreport.townships.names import Named
    from healthreport.townships.rows import Townships

_OF_THE_YEAR = ("年度", "日期", "截至")
_LISTED = 8


class _Reading(NamedTuple):
    """Last year's sheet as one of those who read it sees it, and what that one asks of the townships."""

    base: Base
    before: LastYear
    asked: list[Need]


def add(turn: Turn, resources: Resources, root: Path | None) -> None:
    """Make the sheets that go with the counties' reports of a turn. Raises :class:`HealthReportError`."""
    for wanted in turn.sheets:
        files = (wanted.county, *wanted.bases)
        readings = [_read(wanted, inherit.base(path, resources.reader, root), resources) for path in files]
        last = readings[0].before.townships
        listed, taken = _listed(readings[0].before, wanted.expected, resources)
        filled = _filled(readings, listed)
        fields, said = _fields(last, wanted.turn)
        unknown = [one for one in last.unknown if all(one in other.before.townships.unknown for other in readings)]
        words = dict.fromkeys(name for one in readings for name in names_of(one.base.definitions))
        asked = sheet.columns_of(needs.joined(one.asked for one in readings), words)
        columns = [*fields, *asked, *_unknown(unknown, wanted.turn)]
        trees = [last_years_sheet.in_year(one.base.tree, wanted.turn.new) for one in readings]
        data = sheet.written(wanted.new, columns, [one.name for one in listed], {**filled.texts, **said}, trees)
        turn.put_beside(wanted.new, data, wanted.county)
        turn.warnings += dict.fromkeys([*taken, *filled.warnings, *_tell_unknown(unknown, wanted.old)])


def _read(wanted: Sheet, base: Base, resources: Resources) -> _Reading:
    townships = of_sheet.townships_of(wanted.old, base.tree, wanted.worksheet, resources.reader, resources.sheet_words)
    before = last_years_sheet.of(townships, base, wanted.old)
    in_sheet = {column.indicator for column in townships.columns}
    asked = [_as_before(one, townships) for one in needs.of(base) if one.name in in_sheet or not _says(base, one.name)]
    return _Reading(base, before, needs.joined((asked, _had(townships, base))))


def _as_before(need: Need, before: Townships) -> Need:
    """Return what is asked for without a 目标 that tables alone show and that nobody had last year."""
    columns = [column for column in before.columns if column.indicator == need.name]
    if TARGET not in need.shown or not columns or any(one.key == TARGET and _is_filled(before, one) for one in columns):
        return need
    return need._replace(keys=tuple(key for key in need.keys if key != TARGET))


def _is_filled(before: Townships, column: Read) -> bool:
    return column.key != TARGET or any(one is not None for one in before.amounts(column.at)[0])


def _says(base: Base, name: str) -> bool:
    """Say whether a county's report gives the value of an indicator itself."""
    said = indicators_of(base.tree).get(name) if base.is_county else None
    return isinstance(said, Mapping) and said.get(VALUE) is not None


def _had(townships: Townships, base: Base) -> list[Need]:
    """Return what last year's sheet had of the indicators of a base."""
    found = []
    for name in dict.fromkeys(column.indicator for column in townships.columns):
        columns = [one for one in townships.columns if one.indicator == name and _is_filled(townships, one)]
        keys = {VALUE if column.key == PARTS else column.key for column in columns}
        need = needs.described(name, tuple(key for key in NUMBERS if key in keys), base)
        found.append(need._replace(parts=need.parts or tuple(one.part for one in columns if one.key == PARTS)))
    return found


def _listed(last: LastYear, expected: Path | None, resources: Resources) -> tuple[list[Named], list[Diagnostic]]:
    """Return last year's townships in their order, behind them those that are to send figures and did not.

    Told is which names of the list were taken for townships that the sheet calls otherwise.
    """
    if expected is None:
        return [*last.listed], []
    wanted, told = names.read(expected, resources.reader)
    numbers, taken = last.matched(wanted)
    absent = [one for one, number in zip(wanted, numbers, strict=True) if number is None]
    found = [names.taken_for(taken, Position(str(expected)))] if taken else []
    return [*last.listed, *absent], [*told, *found]


def _text(last: Townships, index: int, field: str) -> str:
    value = last.fields(index).get(field)
    return value.value if isinstance(value, Scalar) else ""


def _filled(readings: list[_Reading], listed: list[Named]) -> last_years_sheet.Filled:
    """Return last year's values of all that is asked for, each as the first who asks for it reads it."""
    filled = last_years_sheet.Filled({}, [])
    met: set[str] = set()
    for one in readings:
        of_one = one.before.fill(listed, [need for need in one.asked if need.name not in met])
        filled.texts.update(of_one.texts)
        filled.warnings.extend(of_one.warnings)
        met |= {need.name for need in one.asked}
    return filled


def _fields(last: Townships, turn: Years) -> tuple[list[Column], Texts]:
    """Return the columns of what townships are called, 简称 and the like, with last year's texts; dates are empty."""
    columns: dict[str, Column] = {}
    texts: Texts = {}
    for index, name in enumerate(last.names):
        for field in last.fields(index):
            text = _text(last, index, field)
            if field != ORG and text:
                columns.setdefault(field, Column(Need(field, ()), "", "", "", is_first=True))
                texts[name, field, ""] = "" if field in _OF_THE_YEAR else turn.shifted(text)
    return [*columns.values()], texts


def _unknown(headings: list[str], turn: Years) -> list[Column]:
    """Return empty columns for what names nothing of the reports: a base that does not stand on the county's may."""
    columns: list[Column] = []
    for heading in headings:
        *above, below = turn.shifted(heading).split(" / ")
        top = above[-1] if above else below
        goes_on = bool(above and columns and columns[-1].need.name == top)
        columns.append(Column(Need(top, ()), "", "", below if above else "", is_first=not goes_on))
    return columns


def _tell_unknown(headings: list[str], place: Path) -> list[Diagnostic]:
    if not headings:
        return []
    listed = plain.listed([f"“{one}”" for one in headings], _LISTED)
    message = f"去年的表里还有{listed}，全县的报告没有用到，照样留了空列。"
    hint = "各乡镇的底稿用的，那份底稿另由 healthreport new --from 生成；用不上的，请删去。"
    return [Diagnostic("columns-kept", message, Position(str(place)), Severity.NOTE, hint)]
