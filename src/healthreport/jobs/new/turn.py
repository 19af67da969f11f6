"""The turn of the year: next year's files of a report, of its base and its indicators, or of a whole folder.

All are made before any is written, and nothing that is there is written over. A county's report takes what it is made
of along: the folder of its townships' reports, or their sheet, and the bases beside it that stand on it.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity, error
from healthreport.disk.read import is_report, slashed
from healthreport.jobs.looking_on.everything import everything
from healthreport.jobs.new import next_year, years
from healthreport.jobs.new.next_year import Renamed
from healthreport.jobs.new.planned import Planned, Sheet, folder_name, relative
from healthreport.model.build import build
from healthreport.reading import indicator_files, inherit
from healthreport.reading.differences import INHERITS
from healthreport.reading.reader import Reader
from healthreport.reading.uses import all_used_by
from healthreport.reading.yaml.nodes import Scalar
from healthreport.reading.yaml.parse import parse
from healthreport.townships import sources
from healthreport.values.typed import typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from healthreport.jobs.new.given import Given
    from healthreport.jobs.new.years import Years
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.resources import Resources
    from healthreport.reading.yaml.nodes import Mapping


class Turn(Planned):
    """Plans next year's files of reports; what is given is meant for those that are asked for, not for their bases."""

    def __init__(self, given: Given, resources: Resources, root: Path | None = None) -> None:
        super().__init__(resources.reader)
        self._given = given
        self._of_bases = given.of_township()
        self._resources = resources
        self._root = root
        self._of: dict[str, Path] = {}
        self._asked: set[str] = set()

    def report(self, path: Path, target: Callable[[str], Path]) -> None:
        """Plan next year's file of a report, and of what it is made of; ``target`` says where a name goes.

        What is given is meant for this report, not for its base. Raises :class:`HealthReportError`.
        """
        self._refuse_mistaken([path])
        self._asked.add(self.reader.real(path))
        self._report(path, self._out_of_townships(path, target), self._given)

    def _refuse_mistaken(self, paths: Iterable[Path]) -> None:
        """Tell all that is wrong with reports, in all their files at once; as those of a base, they need not print."""
        told: dict[Diagnostic, None] = {}
        for path in paths:
            try:
                build(self._load(path).tree)
            except HealthReportError as wrong:
                found = everything(wrong, path, self._resources, root=self._root, is_base=True)
                told |= dict.fromkeys(found.diagnostics)
        if told:
            raise HealthReportError(told)

    def _report(self, path: Path, target: Callable[[str], Path], given: Given) -> None:
        place = self.reader.real(path)
        if place in self._of:
            return
        root = parse(self.reader.read(path))
        report = self._load(path)
        turn = years.of(report, self._given.year)
        self._tell_skipped(turn)
        where = self._of[place] = target(turn.name(path))
        self.reports[where] = ""  # before its base: the first is the one that was asked for
        base, files = self._base(root, path, where, turn), self._files(root, path, where, turn)
        renamed = Renamed(base, files, self._sources(report, where, turn))
        made = next_year.succeed(report, turn, given, renamed, self._resources)
        self.reports[where] = made.text
        self.warnings += made.warnings(str(where))
        for name, data in made.beside.items():
            self.put_beside(where.parent / name, data, path)
        if given.keep_text:
            self.copy_pictures(path, root, where)

    def _tell_skipped(self, turn: Years) -> None:
        """Tell once that what becomes 上年 is older than that."""
        if turn.skipped > 0:
            message = f"由{turn.last}年的生成{turn.new}年的，“上年”里是{turn.last}年的数。"
            hint = f"请改成{turn.new - 1}年的数，或由{turn.new - 1}年的报告生成。"
            warning = Diagnostic("years-skipped", message, Position("--year"), Severity.WARNING, hint)
            self.warnings += [] if warning in self.warnings else [warning]

    def folder(self, folder: Path, output: Path | None) -> Path:
        """Plan next year's files of all reports of a folder; return where they go, by default beside it.

        What is given is meant for the reports that are not laid over another. Raises :class:`HealthReportError`.
        """
        self._of_bases = self._given
        turns = self._turns(folder)
        named = folder if folder.name not in ("", "..") else folder.resolve()
        into = output or named.parent / folder_name(named.name, next(iter(turns.values())))
        self._folder(folder, into, turns, self._given)
        return into

    def _turns(self, folder: Path) -> dict[Path, Years]:
        """Return the reports of a folder with their years, which are the same."""
        reports = [*self._reports(folder)]
        if not reports:
            hint = "报告的文件名以 .yaml 结尾。"
            raise error("empty-folder", "文件夹里没有报告。", Position(str(folder)), hint=hint)
        self._refuse_mistaken(reports)
        turns = {path: years.of(self._load(path), self._given.year) for path in reports}
        self._refuse_several({turn.new for turn in turns.values()}, folder)
        return turns

    @staticmethod
    def _refuse_several(news: set[int], folder: Path) -> None:
        if len(news) > 1:
            listed = "、".join(str(year - 1) for year in sorted(news))
            message = f"这些报告的年度不同：{listed}。"
            raise error("several-years", message, Position(str(folder)), hint="请用 --year 写明新的年份。")

    def _folder(self, folder: Path, into: Path, turns: dict[Path, Years], given: Given) -> None:
        """Plan the reports of a folder; ``given`` is for those that are not laid over another."""
        if into.exists() and not into.is_dir():
            raise error("bad-output", "-o 要写文件夹，这里是一个文件。", Position(str(into)), hint="例如 -o 2023。")
        self.folders[self.reader.real(folder)] = into
        self._asked |= {*map(self.reader.real, turns)}
        for path, turn in turns.items():
            laid_over = INHERITS in parse(self.reader.read(path))
            where = self.apart(path, into / turn.shifted(path.name), turn)
            given_it = given.of_township() if laid_over else given
            self._report(path, partial(_always, where), given_it)

    def _load(self, path: Path) -> Inherited:
        return inherit.load(path, self.reader, self._root)

    def _reports(self, folder: Path) -> Iterator[Path]:
        """Yield the reports of a folder; what one of them draws its indicators from is none."""
        found = sorted(path for path in folder.iterdir() if is_report(path.name) and path.is_file())
        looking = Reader.looking_on(self.reader)  # which files are reports, they tell with slips too
        drawn = {
            self.reader.real(path.parent / slashed(name.value))
            for path in found
            for name in indicator_files.named(looking.tree(self.reader.read(path)))
        }
        yield from (path for path in found if self.reader.real(path) not in drawn)

    def _base(self, root: Mapping, path: Path, where: Path, turn: Years) -> str:
        """Return what the new file calls its base, which is planned too where there is none yet."""
        named = root.get(INHERITS)
        if not isinstance(named, Scalar):
            return ""
        old = Path(os.path.normpath(path.parent / slashed(named.value)))
        moved = Path(os.path.normpath(where.parent / turn.shifted(slashed(named.value))))
        new = self._of.get(self.reader.real(old)) or self.apart(old, moved, turn)
        if self.reader.real(old) not in self._of and not self._is_there(new, turn):
            self._report(old, partial(_always, new), self._of_bases)
        return relative(new, where)

    def _is_there(self, base: Path, turn: Years) -> bool:
        """Say whether next year's base has been made, and tell that it is used as it is."""
        if not base.is_file() or years.of(self._load(base), None).last != turn.new:
            return False
        message = f"{turn.new}年的这一份已经有了，没有另写。"
        hint = "它的内容不合适时，请移开再生成。"
        note = Diagnostic("base-there", message, Position(str(base)), Severity.NOTE, hint)
        if note not in self.warnings:
            self.warnings.append(note)
        return True

    def _files(self, root: Mapping, path: Path, where: Path, turn: Years) -> dict[str, str]:
        """Return what the new file calls its files of indicators."""
        named = indicator_files.named(root)
        return {name.value: self.filled_in(name.value, path, where, turn) for name in named}

    def _sources(self, report: Inherited, where: Path, turn: Years) -> dict[str, str]:
        """Return what a county's new file calls its sources, which are planned too, and the list of its townships.

        One that is asked for, not met as a base, takes along the reports of a folder, and what stands on it.
        """
        if not report.is_county:
            return {}
        self.counties.append(where)
        built = build(report.tree)
        roll_up, found = built.report.roll_up, sources.named(built, report, self.reader)
        assert roll_up is not None
        asked = self.reader.real(report.path) in self._asked
        standing = self._standing_on(report.path, where, turn, asked=asked)
        renamed = {}
        for one in found:
            if one.path.is_dir():
                into = self._townships(one.path, report, where, turn, asked=asked)
                renamed[one.name] = relative(into, where) + "/"
                continue
            renamed[one.name] = self.filled_in(one.name, report.path, where, turn)
            expected = report.path.parent / slashed(roll_up.expected) if roll_up.expected and len(found) == 1 else None
            new = where.parent / renamed[one.name]
            self.sheets.append(Sheet(new, one.path, roll_up.worksheet or "", report.path, standing, turn, expected))
        if roll_up.expected:
            renamed[roll_up.expected] = self.kept_list(
                report.path.parent / slashed(roll_up.expected), roll_up.expected, where
            )
        return renamed

    def _townships(self, folder: Path, county: Inherited, where: Path, turn: Years, *, asked: bool) -> Path:
        """Return where the reports of a county's townships go, which are planned too where the county is asked for."""
        known = self.folders.get(self.reader.real(folder))
        if known:
            return known
        into = Path(os.path.normpath(where.parent / turn.shifted(os.path.relpath(folder, county.path.parent))))
        if self.reader.real(into) == self.reader.real(folder):
            own = Path(self.reader.real(folder))
            into = Path(os.path.normpath(folder / ".." / folder_name(own.name, turn)))
        if asked:
            turns = self._turns(folder)
            self._refuse_several({turn.new, *(one.new for one in turns.values())}, folder)
            self._folder(folder, into, turns, self._given.of_township())
        elif not into.is_dir():
            message = f"“{county.path.name}”是全县的报告，它的“汇总来源”写成了“{into}”，那里还没有文件。"
            hint = f"各乡镇的由 healthreport new --from {typed(folder)} 生成。"
            self.warnings.append(Diagnostic("sources-to-come", message, Position(str(where)), Severity.NOTE, hint))
        return into

    def _standing_on(self, county: Path, where: Path, turn: Years, *, asked: bool) -> dict[Path, Path]:
        """Return where the reports beside a county's go that stand on it, the bases of its townships.

        They are planned too where the county is asked for; else those count that are.
        """
        standing = {}
        for path in sorted(one for one in county.parent.iterdir() if is_report(one.name) and one.is_file()):
            if self.reader.real(county) not in all_used_by([path], self.reader):
                continue
            new = self._of.get(self.reader.real(path))
            if new is None and asked:
                new = self.apart(path, where.parent / turn.shifted(path.name), turn)
                if not self._is_there(new, turn):
                    self._report(path, partial(_always, new), self._given.of_township())
            if new is not None:
                standing[path] = new
        return standing

    def _out_of_townships(self, path: Path, target: Callable[[str], Path]) -> Callable[[str], Path]:
        """Return where a report goes: of a county that lies among its townships, to where theirs go."""
        report, folder = self._load(path), self.reader.real(path.parent)
        found = sources.named(build(report.tree), report, self.reader) if report.is_county else []
        turn = years.of(report, self._given.year)
        where = target(turn.name(path))
        if folder not in [self.reader.real(one.path) for one in found] or self.reader.real(where.parent) != folder:
            return target
        into = Path(os.path.normpath(path.parent / ".." / folder_name(Path(folder).name, turn)))
        if where != path.with_name(turn.name(path)):
            message = "这份报告放在各乡镇的文件夹里，新的一份不能也写在里面：会当作又一个乡镇。"
            raise error("bad-output", message, Position(str(where)), hint=f"请不写 -o，就写进“{into}”。")
        return partial(_always, into / turn.shifted(path.name))


def _always(where: Path, _: str) -> Path:
    return where
