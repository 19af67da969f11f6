"""Which files of a folder are townships' reports: not what they are based on, nor what is misnamed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity, error
from healthreport.disk.read import SHOW_ENDINGS, is_report, meant
from healthreport.reading.tables import plain
from healthreport.reading.uses import used_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from healthreport.reading.reader import Reader

_LISTED = 10


class Folder(NamedTuple):
    """The reports of a folder in the order of their names, its files that others are based on, and what is told."""

    reports: tuple[Path, ...]
    bases: tuple[Path, ...]
    problems: tuple[Diagnostic, ...]


def read(folder: Path, reader: Reader, *, may_be_empty: bool = False) -> Folder:
    """Return the reports of a folder; a file that another one inherits, or draws its indicators from, is none.

    Raises :class:`HealthReportError` for one without reports, unless it ``may_be_empty``, and with all links out of it.
    """
    files = sorted(folder.iterdir())
    found = [path for path in files if is_report(path.name)]
    refuse_links_out(folder, found, reader)
    places = {path: reader.real(path) for path in found}
    uses = {places[path]: [*used_by(path, reader)] for path in found}
    used = {base for bases in uses.values() for base in bases} - _in_circles(uses)
    reports = tuple([path for path in found if places[path] not in used])
    misnamed = _misnamed(folder, files, used, reader)
    if not reports and not may_be_empty:
        raise _empty(folder, misnamed)
    return Folder(reports, tuple([path for path in found if places[path] in used]), misnamed)


def _in_circles(uses: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the files that are based on themselves, by way of others: none is a base, and loading them says so.

    Each file is walked from once: what an earlier way has met leads into no other circle.
    """
    found: set[str] = set()
    met: set[str] = set()
    for file in uses:
        chain: dict[str, None] = {}
        step: str | None = file
        while step and step not in met:
            chain[step] = None
            met.add(step)
            step = next((base for base in uses[step] if base in uses), None)
        if step in chain:
            way = [*chain]
            found |= {*way[way.index(step) :]}
    return found


def refuse_links_out(folder: Path, files: Iterable[Path], reader: Reader) -> None:
    """Refuse files of a folder that are links out of it: the folder may have come from anybody.

    Raises :class:`HealthReportError` with every such file.
    """
    inside = os.path.join(reader.real(folder / "."), "")
    links = [path for path in files if path.is_symlink() and not reader.real(path).startswith(inside)]
    if links:
        message, hint = "这是指向文件夹外面的链接，没有读。", "请删去它，或换成文件本身。"
        raise HealthReportError(Diagnostic("link-outside", message, Position(str(path)), hint=hint) for path in links)


def _empty(folder: Path, misnamed: tuple[Diagnostic, ...]) -> HealthReportError:
    hint = misnamed[0].hint if misnamed else "报告的文件名以 .yaml 结尾。"
    return error("empty-folder", "文件夹里没有报告。", Position(str(folder)), hint=hint)


def _misnamed(folder: Path, files: list[Path], used: Collection[str], reader: Reader) -> tuple[Diagnostic, ...]:
    """Tell of the files that were to be reports by their names, and are not read; those who miss a base tell of it."""
    meant_as = {path: name for path in files if (name := meant(path.name)) and path.is_file()}
    names = {path.name: name for path, name in meant_as.items() if reader.real(folder / name) not in used}
    if not names:
        return ()
    listed = plain.listed([*names], _LISTED)
    first, better = next(iter(names.items()))
    message = f"有{len(names)}个文件没有生成，文件名不以 .yaml 结尾：{listed}。"
    hint = f"请把“{first}”改名为“{better}”；{SHOW_ENDINGS}"
    return (Diagnostic("misnamed", message, Position(str(folder)), Severity.WARNING, hint),)
