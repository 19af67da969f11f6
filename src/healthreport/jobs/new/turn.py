"""The turn of the year: next year's files of a report, of its base and its indicators, or of a whole folder.

All are made before any is written, and nothing that is there is written over.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Position, Severity, error
from healthreport.disk.read import is_yaml
from healthreport.jobs.new import next_year, pictures, years
from healthreport.jobs.new.next_year import Renamed
from healthreport.reading import indicator_files, inherit
from healthreport.reading.differences import INHERITS
from healthreport.reading.yaml.nodes import Scalar
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.jobs.new.given import Given
    from healthreport.jobs.new.years import Years
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.resources import Resources
    from healthreport.reading.yaml.nodes import Mapping

_WRITTEN_AS = {".csv": ".csv", ".yaml": ".yaml", ".yml": ".yml"}
_WORKBOOK = ".xlsx"


class Turn:
    """What is to be written: reports and their files by where they go, and what is to be told of them."""

    def __init__(self, given: Given, resources: Resources, root: Path | None = None) -> None:
        self.reports: dict[Path, str] = {}
        self.beside: dict[Path, bytes] = {}
        self.copies: dict[Path, Path] = {}
        self.warnings: list[Diagnostic] = []
        self._given = given
        self._of_bases = given.of_township()
        self._resources = resources
        self._reader = resources.reader
        self._root = root
        self._of: dict[str, Path] = {}

    @property
    def files(self) -> dict[Path, bytes | Path]:
        """All files with their bytes, or with the file that they are a copy of."""
        copies = {new: self._reader.given(old) or old for new, old in self.copies.items()}
        return {**{path: text.encode() for path, text in self.reports.items()}, **self.beside, **copies}

    def report(self, path: Path, target: Callable[[str], Path]) -> None:
        """Plan next year's file of a report, and of what it is made of; ``target`` says where a name goes.

        What is given is meant for this report, not for its base. Raises :class:`HealthReportError`.
        """
        self._report(path, target, self._given)

    def _report(self, path: Path, target: Callable[[str], Path], given: Given) -> None:
        place = self._reader.real(path)
        if place in self._of:
            return
        root = parse(self._reader.read(path))
        report = self._load(path)
        turn = years.of(report, self._given.year)
        self._tell_skipped(turn)
        where = self._of[place] = target(turn.name(path))
        self.reports[where] = ""  # before its base: the first is the one that was asked for
        renamed = Renamed(self._base(root, path, where, turn), self._files(root, path, where, turn))
        made = next_year.succeed(report, turn, given, renamed, self._resources)
        self.reports[where] = made.text
        self.warnings += made.warnings(str(where))
        for name, data in made.beside.items():
            self._put(where.parent / name, data, path)
        if given.keep_text:
            self._copy_pictures(path, root, where)

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
        reports = [*self._reports(folder)]
        if not reports:
            hint = "报告的文件名以 .yaml 结尾。"
            raise error("empty-folder", "文件夹里没有报告。", Position(str(folder)), hint=hint)
        turns = {path: years.of(self._load(path), self._given.year) for path in reports}
        news = sorted({turn.new for turn in turns.values()})
        if len(news) > 1:
            listed = "、".join(str(year - 1) for year in news)
            message = f"这些报告的年度不同：{listed}。"
            raise error("several-years", message, Position(str(folder)), hint="请用 --year 写明新的年份。")
        into = output or folder.with_name(_moved(folder.name, next(iter(turns.values()))))
        if into.exists() and not into.is_dir():
            raise error("bad-output", "-o 要写文件夹，这里是一个文件。", Position(str(into)), hint="例如 -o 2023。")
        for path, turn in turns.items():
            laid_over = INHERITS in parse(self._reader.read(path))
            where = self._apart(path, into / turn.shifted(path.name), turn)
            self._report(path, partial(_always, where), self._given.of_township() if laid_over else self._given)
        return into

    def _load(self, path: Path) -> Inherited:
        return inherit.load(path, self._reader, self._root)

    def _reports(self, folder: Path) -> Iterator[Path]:
        """Yield the reports of a folder; what one of them draws its indicators from is none."""
        found = sorted(path for path in folder.iterdir() if is_yaml(path.name) and path.is_file())
        trees = {path: parse(self._reader.read(path)) for path in found}
        drawn = {
            self._reader.real(path.parent / name.value)
            for path, tree in trees.items()
            for name in indicator_files.named(tree)
        }
        yield from (path for path in found if self._reader.real(path) not in drawn)

    def _apart(self, old: Path, new: Path, turn: Years) -> Path:
        """Return where a file goes; one that would take last year's place has the year before its name."""
        same = self._reader.real(old) == self._reader.real(new)
        return new.with_name(f"{turn.new}{new.name}") if same else new

    def _base(self, root: Mapping, path: Path, where: Path, turn: Years) -> str:
        """Return what the new file calls its base, which is planned too where there is none yet."""
        named = root.get(INHERITS)
        if not isinstance(named, Scalar):
            return ""
        old = Path(os.path.normpath(path.parent / named.value))
        moved = Path(os.path.normpath(where.parent / turn.shifted(named.value)))
        new = self._of.get(self._reader.real(old)) or self._apart(old, moved, turn)
        if self._reader.real(old) not in self._of and not self._is_there(new, turn):
            self._report(old, partial(_always, new), self._of_bases)
        return os.path.relpath(new, where.parent).replace(os.sep, "/")

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
        renamed = {}
        for name in indicator_files.named(root):
            moved = PurePosixPath(turn.shifted(name.value))
            moved = moved.with_suffix(_WRITTEN_AS.get(moved.suffix, _WORKBOOK))
            if self._reader.real(path.parent / name.value) == self._reader.real(where.parent / moved):
                moved = moved.with_name(f"{moved.stem}-{turn.new}{moved.suffix}")
            renamed[name.value] = str(moved)
        return renamed

    def _put(self, path: Path, data: bytes, report: Path) -> None:
        """Plan a file of indicators; two reports that draw on one make the same of it."""
        if self.beside.setdefault(path, data) != data:
            message = f"“{path.name}”由几份报告用，各自的上年不同。"
            hint = "请给每份报告各用一个指标文件，或把共用的指标写进继承的那一份。"
            raise error("same-output", message, Position(str(report)), hint=hint)

    def _copy_pictures(self, path: Path, root: Mapping, where: Path) -> None:
        """Plan copies of the pictures that the texts show, where the new report lies in another folder."""
        found = pictures.beside(path, root, where.parent, self._reader)
        self.warnings += found.warnings
        for new, old in found.copies.items():
            if self._reader.real(self.copies.setdefault(new, old)) != self._reader.real(old):
                message = f"“{new}”要由两幅图来写：“{self.copies[new]}”和“{old}”。"
                raise error("same-output", message, Position(str(path)), hint="请给其中一幅改名，报告里也改。")


def _always(where: Path, _: str) -> Path:
    return where


def _moved(name: str, turn: Years) -> str:
    """Return a folder's name of the next year: 2022 → 2023, townships → townships-2023."""
    moved = turn.shifted(name)
    return moved if moved != name else f"{name}-{turn.new}"
