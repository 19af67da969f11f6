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
    from pathlib import Path

    from healthreport.jobs.needs import Need
    from healthreport.reading.base import Base
    from healthreport.reading.reader import Reader

_YEAR = "年度"
_LISTED = 8
# Figures as they are written, by township, indicator and key.
Texts = dict[tuple[str, str, str], str]


class Filled(NamedTuple):
    """What last year's sheet fills in, and what it lacks."""

    texts: Texts
    warnings: list[Diagnostic]


class LastYear(NamedTuple):
    """Last year's sheet: the values of each township by indicator, how it was read, and what did not add up."""

    place: Position
    values: dict[str, dict[str, str]]
    reading: str
    problems: list[Diagnostic]

    def fill(self, towns: list[str], needs: list[Need]) -> Filled:
        """Return last year's values of what is asked for, and a warning for each that the sheet does not have."""
        known = {names.same(name): values for name, values in self.values.items()}
        missing = [name for name in towns if names.same(name) not in known]
        found = [name for name in towns if names.same(name) in known]
        filled = Filled({}, [*self.problems])
        if missing:
            filled.warnings.append(self._warning(f"去年的表里没有{_listed(missing)}，上年都空着。"))
        for need in needs:
            if LAST not in need.keys:
                continue
            texts = {name: known[names.same(name)].get(need.name, "") for name in found}
            filled.texts.update(
                {(name, need.name, LAST): with_percent(text, need.unit) for name, text in texts.items()}
            )
            without = [name for name, text in texts.items() if not text]
            if without:
                whose = "" if len(without) == len(found) else f"{_listed(without)}的"
                filled.warnings.append(self._warning(f"去年的表里没有{whose}“{need.name}”，上年空着。"))
        return filled

    def _warning(self, message: str) -> Diagnostic:
        hint = "请核对去年的表；单位或指标改过名的，改成一样的名称，或在指标里写“别名”。"
        return Diagnostic("no-last-year", message, self.place, Severity.WARNING, hint)


def read(path: Path, base: Base, reader: Reader) -> LastYear:
    """Read last year's sheet as ``batch`` would have a year ago.

    Raises :class:`HealthReportError` for a sheet that cannot be understood, or has figures that cannot.
    """
    tree = _a_year_ago(base.tree)
    townships = rows.read(rows.choose(sheets.read_tables(reader.read_table(path), str(path)), tree), tree)
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
    return LastYear(Position(str(path)), values, townships.reading.short(), townships.problems)


def _a_year_ago(tree: Mapping) -> Mapping:
    """Return a base as it was a year ago: what its sheets call 今年 and 2022年 is its value."""
    year = tree.get(_YEAR)
    try:
        before = scalars.read_year(year.value) - 1 if isinstance(year, Scalar) else 0
    except ValueError:
        return tree  # a base with such a year has been refused
    if not before:
        return tree
    earlier = tree.copy_of()
    earlier.update(parse(Source("", f"{_YEAR}: {before}\n")))
    return earlier


def _listed(items: list[str]) -> str:
    return plain.listed([f"“{one}”" for one in items], _LISTED, "个单位", between="")
