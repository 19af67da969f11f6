"""Where townships are looked for: a folder of their reports, a sheet over a base, or what a county's report names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, error
from healthreport.disk.read import is_yaml
from healthreport.jobs.batch.planning import Data, Table, opened
from healthreport.jobs.looking_on.everything import everything
from healthreport.reading import inherit
from healthreport.townships import folder as folders
from healthreport.townships import names, sources
from healthreport.townships.names import Listed
from healthreport.values.typed import typed

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.reading.base import Base
    from healthreport.reading.reader import Reader
    from healthreport.reading.resources import Resources
    from healthreport.townships.names import Named


class Options(NamedTuple):
    """What is said of all townships alike; ``expected`` is the list of those that are to send something."""

    expected: Path | None = None
    templates: Path | None = None
    root: Path | None = None


class Plan(NamedTuple):
    """The townships to be looked at: files of folders, rows of tables; in the order of ``expected``, if there are any.

    ``county`` is the report whose figures are made of theirs. ``folders`` were looked through, ``used`` are the other
    files that were read.
    """

    parts: tuple[tuple[Path, ...] | Table, ...]
    options: Options
    expected: tuple[Named, ...] = ()
    county: Path | None = None
    folders: tuple[Path, ...] = ()
    used: tuple[Path, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    @property
    def size(self) -> int:
        """How many townships there are to look at."""
        return sum(map(_length, self.parts))

    def part_of(self, number: int) -> tuple[int, int]:
        """Return the number of the part that a township is in, and its own number there."""
        for at, part in enumerate(self.parts):
            if number < _length(part):
                return at, number
            number -= _length(part)
        raise IndexError(number)

    @property
    def tables(self) -> list[Table]:
        """The sheets among the parts."""
        return [part for part in self.parts if isinstance(part, Table)]


def _length(part: tuple[Path, ...] | Table) -> int:
    return len(part.townships.rows) if isinstance(part, Table) else len(part)


def plan(place: Path, data: Data | None, options: Options, resources: Resources) -> Plan:
    """Find the townships of a place. Raises :class:`HealthReportError` where there are none to be found."""
    listed = names.read(options.expected, resources.reader) if options.expected else Listed()
    made = _plan(place, data, listed.names, options, resources)
    return made._replace(problems=(*listed.told, *made.problems))


def _plan(place: Path, data: Data | None, listed: tuple[Named, ...], options: Options, resources: Resources) -> Plan:
    reader = resources.reader
    if data is not None:
        return _of_sheet(place, data, listed, options, resources)
    if place.is_dir():
        return _of_folders([place], listed, options, reader)
    if sources.is_sheet(place):
        hint = f"请把定义指标的报告写在前面：healthreport overview 全县.yaml --data {typed(place)}。"
        raise error("sheet-without-base", "这是表格，还要一份定义这些指标的报告。", Position(str(place)), hint=hint)
    if place.exists() and not is_yaml(place.name):
        hint = "请写放着各乡镇报告的文件夹，或全县的报告。"
        raise error("not-a-folder", "这不是文件夹，也不是报告。", Position(str(place)), hint=hint)
    return _of_county(place, listed, options, resources)


def _of_folders(
    places: list[Path], listed: tuple[Named, ...], options: Options, reader: Reader, county: Path | None = None
) -> Plan:
    """Plan the reports of folders; one that is empty is no mistake where somebody is to send something."""
    parts: list[tuple[Path, ...]] = []
    problems: list[Diagnostic] = []
    for place in places:
        found = folders.read(place, reader, may_be_empty=bool(listed))
        own = reader.real(county) if county else ""
        parts.append(tuple([path for path in found.reports if reader.real(path) != own]))
        problems += found.problems
    return Plan(tuple(parts), options, listed, county, tuple(places), problems=tuple(problems))


def _of_sheet(base: Path, data: Data, listed: tuple[Named, ...], options: Options, resources: Resources) -> Plan:
    """Plan the rows of a table over a base; of a county's report that has a list of its own, in its order."""
    table = opened("overview", base, data, options.root, resources)
    problems = tuple(table.townships.problems)
    if table.base.is_county and not listed:
        inherited = inherit.load(base, resources.reader, options.root)
        listed, told = sources.expected_by(pipeline.bare(inherited), inherited, resources.reader)
        problems += told
    county = base if table.base.is_county else None
    return Plan((table,), options, listed, county, used=(data.path,), problems=problems)


def _of_county(place: Path, listed: tuple[Named, ...], options: Options, resources: Resources) -> Plan:
    """Plan what a county's report draws on."""
    reader = resources.reader
    try:
        inherited = inherit.load(place, reader, options.root)
        built = pipeline.bare(inherited) if inherited.is_county else None
    except HealthReportError as wrong:
        raise everything(wrong, place, resources, root=options.root, is_base=True) from None
    if built is None:
        hint = "请写放着各乡镇报告的文件夹；各乡镇报的是表格，加 --data 表格；或在这份报告里写“汇总来源”。"
        raise error("no-source", "这份报告没有写“汇总来源”，不知道各乡镇报在哪里。", Position(str(place)), hint=hint)
    expected = Listed(listed) if listed else sources.expected_by(built, inherited, reader)
    assert built.report.roll_up is not None
    worksheet = built.report.roll_up.worksheet or ""
    plans: list[Plan] = []
    problems: list[Diagnostic] = []
    for path in (one.path for one in sources.named(built, inherited, reader)):
        try:
            if path.is_dir():
                plans.append(_of_folders([path], expected.names, options, reader, place))
            else:
                data = Data(path, worksheet, ignore_columns=True)
                plans.append(_of_sheet(place, data, expected.names, options, resources))
        except HealthReportError as wrong:
            problems += wrong.diagnostics
    if problems:
        raise HealthReportError(problems)
    return Plan(
        tuple([part for one in plans for part in one.parts]),
        options,
        expected.names,
        place,
        tuple([folder for one in plans for folder in one.folders]),
        (place, *(path for one in plans for path in one.used)),
        (*expected.told, *(problem for one in plans for problem in one.problems)),
    )


def county_of(plan: Plan, reader: Reader) -> Base | None:
    """Return the county's report of a plan, as what asks its townships for figures."""
    return inherit.base(plan.county, reader, plan.options.root) if plan.county else None
