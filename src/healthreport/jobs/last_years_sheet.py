"""Last year's sheet of the townships: its values are this year's 上年."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity
from healthreport.figures import listing
from healthreport.jobs.needs import LAST
from healthreport.jobs.new.indicator_sheet import with_percent
from healthreport.model.build import build, build_on
from healthreport.reading.tables import plain, sheets
from healthreport.reading.yaml.nodes import Mapping, Scalar, Source
from healthreport.reading.yaml.parse import parse
from healthreport.townships import names, rows
from healthreport.values import scalars

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from healthreport.jobs.needs import Need
    from healthreport.reading.base import Base
    from healthreport.reading.reader import Reader
    from healthreport.townships.names import Matched, Named
    from healthreport.townships.rows import Townships

_YEAR = "年度"
_LISTED = 8
# Figures as they are written, by township, indicator and key.
Texts = dict[tuple[str, str, str], str]


class Filled(NamedTuple):
    """What last year's sheet fills in, and what it lacks."""

    texts: Texts
    warnings: list[Diagnostic]


class LastYear(NamedTuple):
    """Last year's sheet: its townships, and the values of each by indicator."""

    place: Position
    values: dict[str, dict[str, str]]
    townships: Townships

    def fill(self, towns: Sequence[Named], needs: list[Need]) -> Filled:
        """Return last year's values of what is asked for, and a warning for each that the sheet does not have.

        A township may be called otherwise than in the sheet where only one can be meant, and that is told.
        """
        before, values = self.matched(towns), [*self.values.values()]
        known = {town.name: values[at] for town, at in zip(towns, before.numbers, strict=True) if at is not None}
        missing = [town.name for town in towns if town.name not in known]
        filled = Filled({}, [*self.townships.problems])
        if before.taken:
            filled.warnings.append(names.taken_for(before.taken, Position(towns[0].place.file)))
        if missing:
            filled.warnings.append(self._warning(f"去年的表里没有{_listed(missing)}，上年都空着。"))
        for need in needs:
            if LAST not in need.keys:
                continue
            texts = {name: values_of.get(need.name, "") for name, values_of in known.items()}
            filled.texts.update(
                {(name, need.name, LAST): with_percent(text, need.unit) for name, text in texts.items()}
            )
            without = [name for name, text in texts.items() if not text]
            if without:
                whose = "" if len(without) == len(known) else f"{_listed(without)}的"
                filled.warnings.append(self._warning(f"去年的表里没有{whose}“{need.name}”，上年空着。"))
        return filled

    def matched(self, towns: Sequence[Named]) -> Matched:
        """Find the townships of a list in the sheet."""
        return names.matched(towns, [*map(self.townships.called, range(len(self.townships.names)))])

    @property
    def listed(self) -> tuple[Named, ...]:
        """The townships of the sheet in their order."""
        return tuple([names.Named(name, self.townships.place(at)) for at, name in enumerate(self.townships.names)])

    def _warning(self, message: str) -> Diagnostic:
        hint = "请核对去年的表；单位或指标改过名的，改成一样的名称，或在指标里写“别名”。"
        return Diagnostic("no-last-year", message, self.place, Severity.WARNING, hint)


def read(path: Path, base: Base, reader: Reader) -> LastYear:
    """Read last year's sheet as ``batch`` would have a year ago.

    Raises :class:`HealthReportError` for a sheet that cannot be understood, or has figures that cannot.
    """
    tree = _a_year_ago(base.tree)
    townships = rows.read(rows.choose(sheets.read_tables(reader.read_table(path), str(path)), tree), tree)
    return of(townships, base, path)


def of(townships: Townships, base: Base, path: Path) -> LastYear:
    """Return what the townships of last year's sheet came to by the indicators of a base.

    Raises :class:`HealthReportError` for figures that cannot be understood.
    """
    common = base.built or build(base.definitions)
    values: dict[str, dict[str, str]] = {}
    problems: list[Diagnostic] = []
    for index, name in enumerate(townships.names):
        try:
            townships.refuse_bad_cells(index)
            own = townships.own(index, base.definitions)
            written, _, _ = own.numbers
            values[name] = listing.values(build_on(common, own)) | written
        except HealthReportError as wrong:
            problems += wrong.diagnostics
    if problems:
        raise HealthReportError(problems)
    return LastYear(Position(str(path)), values, townships)


def _a_year_ago(tree: Mapping) -> Mapping:
    """Return a base as it was a year ago: what its sheets call 今年 and 2022年 is its value."""
    year = tree.get(_YEAR)
    try:
        before = scalars.read_year(year.value) - 1 if isinstance(year, Scalar) else 0
    except ValueError:
        return tree  # a base with such a year has been refused
    return in_year(tree, before) if before else tree


def in_year(tree: Mapping, year: int) -> Mapping:
    """Return a base as it is in another year."""
    moved = tree.copy_of()
    moved.update(parse(Source("", f"{_YEAR}: {year}\n")))
    return moved


def _listed(items: list[str]) -> str:
    return plain.listed([f"“{one}”" for one in items], _LISTED, "个单位", between="")
