"""汇总来源: from what a county's report names to the figures of its townships, and to its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Related, error
from healthreport.disk.read import reason
from healthreport.model.rolling_up import RollUp
from healthreport.model.township_tables import TownshipTable
from healthreport.reading import digests, inherit
from healthreport.reading.base import ROLL_UP
from healthreport.reading.kept import Kept
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence
from healthreport.townships import doubles, names, of_files, of_sheet
from healthreport.townships.county import County
from healthreport.townships.pool import Pool, has_gaps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from healthreport.model.build import Built
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.reader import Reader
    from healthreport.reading.resources import Resources
    from healthreport.townships.of_sheet import Found
    from healthreport.townships.pool import Amount, Leaf, Town

_SHEETS = (".xlsx", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt")


def summed(built: Built, inherited: Inherited, resources: Resources) -> Built:
    """Return a county's report with the figures that are made of those of its townships.

    Raises :class:`HealthReportError` with all that is wrong with its sources.
    """
    return _over(built, pool_of(built, inherited, resources), resources)


def _over(built: Built, pool: Pool, resources: Resources) -> Built:
    sums = County(built, pool, resources.sheet_words)
    return sums.whole._replace(sums=sums)


def summed_from(source: Path, worksheet: str, built: Built, inherited: Inherited, resources: Resources) -> Built:
    """Return a report with the figures of the townships of one source, whatever it says itself of where they are.

    Raises :class:`HealthReportError` with all that is wrong with the source.
    """
    said = built.report.roll_up or RollUp.model_construct()
    roll_up = said.model_copy(update={"sources": (str(source),), "worksheet": worksheet or None})
    built = built._replace(report=built.report.model_copy(update={"roll_up": roll_up}))
    found = _found(source, Position(str(source)), built, inherited, resources)
    problems = [*doubles.find([found.towns])]
    if problems:
        raise HealthReportError(problems)
    place = _Places(inherited.tree[ROLL_UP]).of("应报", 0) if roll_up.expected else Position(str(source))
    expected = expected_by(built, inherited, resources.reader)
    return _over(built, _ordered(_joined([found]), expected, place), resources)


def paths(built: Built, inherited: Inherited, reader: Reader) -> list[Path]:
    """Return the sheets and folders that a county's report names, and its list of those that are to send figures.

    Raises :class:`HealthReportError` for one that lies outside.
    """
    found = [one.path for one in named(built, inherited, reader)]
    if built.report.roll_up and (listed := built.report.roll_up.expected):
        found.append(_beside(listed, _Places(inherited.tree[ROLL_UP]).of("应报", 0), inherited, reader))
    return found


def unsourced(inherited: Inherited) -> Inherited:
    """Return a county's report as if it did not say where its figures come from."""
    tree = inherited.tree.copy_of()
    del tree[ROLL_UP]
    differences = inherited.differences
    if differences:
        fields = {key: value for key, value in differences.fields.items() if key != ROLL_UP}
        differences = differences._replace(fields=fields)
    return inherited._replace(whole=lambda: tree, differences=differences)


def digest(built: Built, inherited: Inherited, resources: Resources) -> str:
    """Return what says the figures of a county's townships, wherever they were read: names and numbers."""
    pool = pool_of(built, inherited, resources)
    roll_up = built.report.roll_up
    order = [*range(len(pool.towns))]
    if not any(isinstance(table, TownshipTable) and not table.order for table in built.tables):
        order.sort(key=lambda one: pool.towns[one].name)  # nothing that is printed depends on the source's order
    called = [f"{pool.towns[one].name}\x1f{pool.towns[one].short}" for one in order]
    parts = [*(roll_up.called if roll_up else ()), *pool.absent, *called]
    for leaf, column in sorted(pool.columns.items()):
        if any(one is not None for one in column):
            said = map(column.__getitem__, order)
            texts = ("" if one is None else str(one) for one in said) if has_gaps(column) else map(str, said)
            parts += [*leaf, "\x1f".join(texts)]
    for name, bounds in sorted(pool.bounded.items()):
        parts += [name, *(f"{pool.towns[one].name}{bound}" for one in order if (bound := bounds.get(one)))]
    return digests.joined(parts)


def pool_of(built: Built, inherited: Inherited, resources: Resources) -> Pool:
    """Return the figures of the townships of a county's report, read once."""
    known = _read_before(resources, inherited.whole)
    if not known:
        known.append(_read(built, inherited, resources))
    return known[0]


class Named(NamedTuple):
    """A source: what the report calls it, and where it lies."""

    name: str
    path: Path


def named(built: Built, inherited: Inherited, reader: Reader) -> list[Named]:
    """Return the sources of a county's report. Raises :class:`HealthReportError` with each that is none."""
    roll_up = built.report.roll_up
    if roll_up is None:
        return []
    places = _Places(inherited.tree[ROLL_UP])
    found: list[Named] = []
    problems: list[Diagnostic] = []
    for at, name in enumerate(roll_up.sources):
        try:
            found.append(Named(name, _path(name, places.of("来源", at), inherited, reader)))
        except HealthReportError as wrong:
            problems += wrong.diagnostics
    if problems:
        raise HealthReportError(problems)
    return found


@Kept(8)
def _read_before(_: Resources, whole: Callable[[], Mapping]) -> list[Pool]:  # noqa: ARG001 -- these are the key
    """Return where the figures of a report's townships are kept once they were read."""
    return []


def _read(built: Built, inherited: Inherited, resources: Resources) -> Pool:
    roll_up = built.report.roll_up
    assert roll_up is not None
    places = _Places(inherited.tree[ROLL_UP])
    found: list[Found] = []
    problems: list[Diagnostic] = []
    for at, name in enumerate(roll_up.sources):
        try:
            found.append(_source(name, places.of("来源", at), built, inherited, resources))
        except HealthReportError as wrong:
            problems += wrong.diagnostics
    problems += doubles.find([one.towns for one in found])
    try:
        expected = expected_by(built, inherited, resources.reader)
    except HealthReportError as wrong:
        problems += wrong.diagnostics
    if problems:
        raise HealthReportError(problems)
    return _ordered(_joined(found), expected, places.of("应报", 0))


class _Places:
    """Where 汇总来源 says what."""

    def __init__(self, node: object) -> None:
        assert isinstance(node, Scalar | Sequence | Mapping)
        self._node = node

    def of(self, key: str, at: int) -> Position:
        """Return the place of one of the values of a key."""
        node = self._node.get(key, self._node) if isinstance(self._node, Mapping) else self._node
        one = node[at] if isinstance(node, Sequence) else node
        return one.position()


def _source(name: str, place: Position, built: Built, inherited: Inherited, resources: Resources) -> Found:
    """Read one source. Raises :class:`HealthReportError`."""
    try:
        path = _path(name, place, inherited, resources.reader)
        return _found(path, place, built, inherited, resources)
    except HealthReportError as wrong:
        raise _through(wrong, place) from None
    except OSError as wrong:  # a folder that may not be looked into
        raise error("unreadable", f"读不了“{name}”：{reason(wrong)}。", place, hint="请检查有没有权限。") from None


def _found(path: Path, place: Position, built: Built, inherited: Inherited, resources: Resources) -> Found:
    """Read a sheet or a folder."""
    if path.is_dir():
        return of_files.read(path, built, inherited, resources.reader, resources.sheet_words)
    if not is_sheet(path):
        raise _no_source(path.name, place)
    return of_sheet.read(path, built, resources.reader, resources.sheet_words)


def _no_source(name: str, place: Position) -> HealthReportError:
    return error("not-a-source", f"“{name}”不是表格，也不是文件夹。", place, hint=of_files.HINT)


def _through(wrong: HealthReportError, place: Position) -> HealthReportError:
    """Name the place that asks for a source among what is related to each mistake in it."""
    through = Related(place, "从这里汇总")
    return HealthReportError(
        one if one.position == place else one._replace(related=(*one.related, through)) for one in wrong.diagnostics
    )


def _beside(name: str, place: Position, inherited: Inherited, reader: Reader) -> Path:
    return inherit.beside(inherited.path, name, place, reader, inherit.allowed(inherited.path, reader, inherited.root))


def _path(name: str, place: Position, inherited: Inherited, reader: Reader) -> Path:
    """Return the sheet or folder that a county's report names. Raises :class:`HealthReportError`."""
    path = _beside(name, place, inherited, reader)
    if reader.real(path) == reader.real(inherited.path):
        raise error("source-is-itself", "“汇总来源”写的是这份报告自己。", place, hint=of_files.HINT)
    if not path.exists():
        raise error("not-found", f"找不到“{name}”。", place, hint="请检查文件名；从这份报告所在的文件夹算起。")
    if path.is_dir() or is_sheet(path):
        return path
    raise _no_source(name, place)


def is_sheet(path: Path) -> bool:
    """Say whether a file is named as a sheet is."""
    return path.suffix.lower() in _SHEETS


def expected_by(built: Built, inherited: Inherited, reader: Reader) -> names.Listed:
    """Return the townships that are to send figures to a county, none where it does not say. Raises the same."""
    roll_up = built.report.roll_up
    if roll_up is None or roll_up.expected is None:
        return names.Listed()
    place = _Places(inherited.tree[ROLL_UP]).of("应报", 0)
    path = _beside(roll_up.expected, place, inherited, reader)
    try:
        return names.read(path, reader)
    except HealthReportError as wrong:
        raise _through(wrong, place) from None


def _joined(found: list[Found]) -> Pool:
    """Put the townships of several sources behind one another."""
    if len(found) == 1:
        (one,) = found
        return Pool(tuple(one.towns), one.columns, one.unread, one.bounded, one.place, one.notes)
    starts: list[int] = []
    towns: list[Town] = []
    for one in found:
        starts.append(len(towns))
        towns += one.towns
    columns: dict[Leaf, list[Amount | None]] = {}
    unread: dict[Leaf, dict[int, str]] = {}
    bounded: dict[str, dict[int, str]] = {}
    for start, one in zip(starts, found, strict=True):
        for leaf, column in one.columns.items():
            whole = columns.setdefault(leaf, [None] * len(towns))
            whole[start : start + len(column)] = column
        for leaf, texts in one.unread.items():
            unread.setdefault(leaf, {}).update({start + at: text for at, text in texts.items()})
        for name, bounds in one.bounded.items():
            bounded.setdefault(name, {}).update({start + at: bound for at, bound in bounds.items()})

    def place(at: int, leaf: Leaf) -> Position | None:
        source = max(index for index, start in enumerate(starts) if start <= at)
        return found[source].place(at - starts[source], leaf)

    return Pool(tuple(towns), columns, unread, bounded, place, tuple(note for one in found for note in one.notes))


def _ordered(pool: Pool, listed: names.Listed, place: Position) -> Pool:
    """Put townships in the order of the list of those that are to send figures; those that it lacks come last."""
    expected, told = listed
    told += tuple(doubles.alike(pool.towns, [one.name for one in expected]))
    pool = pool._replace(notes=(*pool.notes, *told))
    if not expected:
        return pool
    found, taken = names.matched(expected, [town.called for town in pool.towns])
    order = [number for number in found if number is not None]
    absent = tuple(one.name for one, number in zip(expected, found, strict=True) if number is None)
    others = [number for number in range(len(pool.towns)) if number not in {*order}]
    order += others
    back = {old: new for new, old in enumerate(order)}
    notes = pool.notes
    if taken:
        notes += (names.taken_for(taken, place),)
    if others:
        notes += (names.unexpected([pool.towns[one].name for one in others], place),)
    return Pool(
        tuple(pool.towns[one] for one in order),
        {leaf: [column[one] for one in order] for leaf, column in pool.columns.items()},
        {leaf: {back[one]: text for one, text in texts.items()} for leaf, texts in pool.unread.items()},
        {name: {back[one]: bound for one, bound in bounds.items()} for name, bounds in pool.bounded.items()},
        lambda number, leaf: pool.place(order[number], leaf),
        notes,
        absent,
    )
