"""All townships of a plan looked at, and put in the order of the list of those that are to send something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Position, Severity
from healthreport.disk.read import is_yaml
from healthreport.jobs.batch.planning import Table
from healthreport.jobs.overview.looking import Looker, Sent, State
from healthreport.jobs.overview.planning import county_of
from healthreport.jobs.spreading import spread
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from healthreport.reading.tables import plain
from healthreport.townships import doubles, names, of_files
from healthreport.townships.names import Named
from healthreport.townships.pool import Town
from healthreport.values.typed import typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from healthreport.jobs.overview.planning import Plan

_LISTED = 10


class Row(NamedTuple):
    """A township: its name, what it sent, if anything came, and whether the list has it."""

    name: str
    sent: Sent | None
    is_listed: bool = True

    @property
    def state(self) -> State:
        """How far it is."""
        return self.sent.state if self.sent and self.sent.state else State.ABSENT


class Overview(NamedTuple):
    """All townships; ``is_listed`` says that there is a list of those that are to send something."""

    rows: tuple[Row, ...]
    is_listed: bool
    told: tuple[Diagnostic, ...]

    def number_of(self, *states: State) -> int:
        """Return how many of those that are to send something are so far."""
        return sum(row.is_listed and row.state in states for row in self.rows)

    @property
    def is_complete(self) -> bool:
        """Say whether nothing is missing any more."""
        return all(row.state is State.COMPLETE for row in self.rows)

    @property
    def is_unread(self) -> bool:
        """Say whether there are no townships, or something came, and none of it could be made sense of."""
        came = [row.sent for row in self.rows if row.sent and row.state is not State.ABSENT]
        return not self.rows or (bool(came) and not any(one.lacks for one in came))


def run(plan: Plan, processes: int) -> Iterator[Sent]:
    """Look at every township and yield what it sent, in the plan's order."""
    return spread(_Looking(plan), plan.size, processes)


class _Looking(NamedTuple):
    """A plan, as what processes share."""

    plan: Plan

    def begin(self) -> Callable[[int], Sent]:
        """Return what looks at a township."""
        return _Worker(self.plan).look

    def lost(self, number: int) -> Sent:
        """Tell of a township that was lost with its process."""
        part, at = self.plan.part_of(number)
        where = self.plan.parts[part]
        name = where.townships.names[at] if isinstance(where, Table) else where[at].stem
        file = where.townships.place(at).file if isinstance(where, Table) else str(where[at])
        hint = "请再运行一次；内存不够时可加 -j 1。"
        problem = Diagnostic("killed", "做到一半被系统中止了，多半是内存不够，这几份没有看。", Position(""), hint=hint)
        return Sent((name,), Position(file), State.UNREADABLE, mistakes=(problem,))


class _Worker:
    """Looks at townships of a plan; bases and templates are read once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        options = plan.options
        reader = next((table.reader for table in plan.tables), None) or Reader()
        resources = Resources(options.templates, reader)
        self._looker = Looker(resources, county_of(plan, reader), options.root)

    def look(self, number: int) -> Sent:
        """Look at a township of the plan."""
        part, at = self._plan.part_of(number)
        where = self._plan.parts[part]
        return self._looker.at_row(where, at) if isinstance(where, Table) else self._looker.at_file(where[at])


def arranged(plan: Plan, looked: Iterable[Sent]) -> Overview:
    """Put townships in the order of the list; those that it lacks come last, those that sent nothing in their place."""
    found = [*looked]
    towns = [*_marked([*_beside_others([one for one in found if one.state is not None])])]
    others = [Path(one.place.file) for one in found if one.state is None]
    told = [*plan.problems, *(of_files.left_out(others[0].parent, others) if others else ())]
    if not plan.expected:
        return Overview(tuple([Row(one.called[0], one) for one in towns]), is_listed=False, told=tuple(told))
    matched, taken = names.matched(plan.expected, [one.called for one in towns])
    rows = [
        Row(listed.name, None if at is None else towns[at]) for listed, at in zip(plan.expected, matched, strict=True)
    ]
    unlisted = [one for at, one in enumerate(towns) if at not in {*matched}]
    rows += [Row(one.called[0], one, is_listed=False) for one in unlisted]
    place = Position(plan.expected[0].place.file)
    if taken:
        told.append(names.taken_for(taken, place))
    if unlisted:
        told.append(names.unexpected([one.called[0] for one in unlisted], place))
    told += _other_files(plan, [row.name for row in rows if row.sent is None])
    return Overview(tuple(rows), is_listed=True, told=tuple(told))


def _beside_others(towns: Sequence[Sent]) -> Iterator[Sent]:
    """Yield townships with what they lack of that which a table shows if only one gave it: nobody's is a dash."""
    lacking = [{*town.lacks.shown} for town in towns if town.lacks]
    nobody = set.intersection(*lacking) if lacking else set()
    for town in towns:
        lacks = town.lacks and town.lacks.beside(nobody)
        is_incomplete = town.state is State.COMPLETE and lacks and lacks.missing
        yield town._replace(lacks=lacks, state=State.INCOMPLETE if is_incomplete else town.state)


def _marked(towns: Sequence[Sent]) -> Iterator[Sent]:
    """Yield townships; that two have one name is a mistake of both, and told once."""
    found = [*doubles.find([[Town(town.called[0], [*town.called][:2][-1], town.place) for town in towns]])]
    told = {one.position: one for one in found}
    places = {*told, *(other.position for one in found for other in one.related)}
    for town in towns:
        mistakes = (*town.mistakes, *([told[town.place]] if town.place in told else []))
        yield town._replace(state=State.MISTAKEN, mistakes=mistakes) if town.place in places else town


def _other_files(plan: Plan, absent: Sequence[str]) -> Iterator[Diagnostic]:
    """Tell of files that those sent from whom no report came: a Word file has no figures that could be counted."""
    files = [path for folder in plan.folders for path in sorted(folder.iterdir())] if absent else []
    others = [path for path in files if path.is_file() and not is_yaml(path.name)]
    stems = [*{names.same(path.stem): Named(path.stem, Position(str(path))) for path in others}.values()]
    meant = names.matched(stems, [[name] for name in absent]).numbers
    wanted = {names.same(stem.name) for stem, number in zip(stems, meant, strict=True) if number is not None}
    there = [path for path in others if names.same(path.stem) in wanted]
    if there:
        listed = plain.listed([path.name for path in there], _LISTED)
        message = f"有{len(there)}个没报的乡镇交来的不是 YAML，没有算：{listed}。"
        hint = f"Word 可以转成 YAML：healthreport import {typed(there[0])}"
        yield Diagnostic("other-file", message, Position(str(there[0].parent)), Severity.NOTE, hint)
