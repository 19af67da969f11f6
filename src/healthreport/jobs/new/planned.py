"""What is to be written for the next year, and where it goes beside what is there."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Position, error
from healthreport.disk.read import slashed
from healthreport.jobs.new import pictures

if TYPE_CHECKING:
    from healthreport.diagnostics import Diagnostic
    from healthreport.jobs.new.years import Years
    from healthreport.reading.reader import Reader
    from healthreport.reading.yaml.nodes import Mapping

_WRITTEN_AS = {".csv": ".csv", ".yaml": ".yaml", ".yml": ".yml"}
_WORKBOOK = ".xlsx"


class Sheet(NamedTuple):
    """A sheet of townships that is to be made of ``old``, last year's of the report ``county`` and of the bases on it.

    ``bases`` are last year's, each with next year's.
    ``expected`` is the list of those that are to send figures, where the sheet is for all of them.
    """

    new: Path
    old: Path
    worksheet: str
    county: Path
    bases: dict[Path, Path]
    turn: Years
    expected: Path | None


class Planned:
    """Reports and their files by where they go, and what is to be told of them.

    ``sheets`` are still to be made, with :meth:`put_beside`; ``folders`` are those of townships by last year's,
    ``counties`` the reports whose figures are made of those of townships.
    """

    def __init__(self, reader: Reader) -> None:
        self.reports: dict[Path, str] = {}
        self.beside: dict[Path, bytes] = {}
        self.copies: dict[Path, Path] = {}
        self.sheets: list[Sheet] = []
        self.folders: dict[str, Path] = {}
        self.counties: list[Path] = []
        self.warnings: list[Diagnostic] = []
        self.reader = reader

    @property
    def files(self) -> dict[Path, bytes | Path]:
        """All files with their bytes, or with the file that they are a copy of."""
        copies = {new: self.reader.given(old) or old for new, old in self.copies.items()}
        return {**{path: text.encode() for path, text in self.reports.items()}, **self.beside, **copies}

    def put_beside(self, path: Path, data: bytes, report: Path) -> None:
        """Plan a file of indicators or a sheet of townships; two reports that draw on one make the same of it."""
        if self.beside.setdefault(path, data) != data:
            message = f"“{path.name}”由几份报告用，各自的上年不同。"
            hint = "请给每份报告各用一个指标文件，或把共用的指标写进继承的那一份。"
            raise error("same-output", message, Position(str(report)), hint=hint)

    def copy_pictures(self, path: Path, root: Mapping, where: Path) -> None:
        """Plan copies of the pictures that the texts show, where the new report lies in another folder."""
        found = pictures.beside(path, root, where.parent, self.reader)
        self.warnings += found.warnings
        for new, old in found.copies.items():
            if self.reader.real(self.copies.setdefault(new, old)) != self.reader.real(old):
                message = f"“{new}”要由两幅图来写：“{self.copies[new]}”和“{old}”。"
                raise error("same-output", message, Position(str(path)), hint="请给其中一幅改名，报告里也改。")

    def apart(self, old: Path, new: Path, turn: Years) -> Path:
        """Return where a file goes; one that would take last year's place has the year before its name."""
        same = self.reader.real(old) == self.reader.real(new)
        return new.with_name(f"{turn.new}{new.name}") if same else new

    def filled_in(self, name: str, path: Path, where: Path, turn: Years) -> str:
        """Return what the new file calls a table that is filled in anew, in a form that can be written."""
        moved = PurePosixPath(turn.shifted(slashed(name)))
        moved = moved.with_suffix(_WRITTEN_AS.get(moved.suffix, _WORKBOOK))
        if self.reader.real(path.parent / slashed(name)) == self.reader.real(where.parent / moved):
            moved = moved.with_name(f"{moved.stem}-{turn.new}{moved.suffix}")
        return str(moved)

    def kept_list(self, old: Path, name: str, where: Path) -> str:
        """Return what a county's new file calls the list of its townships: the same, copied to where that is."""
        if old.is_dir():
            return relative(self.folders.get(self.reader.real(old), old), where)
        new = Path(os.path.normpath(where.parent / slashed(name)))
        if not new.exists() and old.exists():
            self.copies[new] = old
        return name


def relative(path: Path, where: Path) -> str:
    """Return what a file calls another one, or a folder."""
    return os.path.relpath(path, where.parent).replace(os.sep, "/")


def folder_name(name: str, turn: Years) -> str:
    """Return a folder's name of the next year: 2022 → 2023, townships → townships-2023."""
    moved = turn.shifted(name)
    return moved if moved != name else f"{name}-{turn.new}"
