"""One file for each township, based on the county's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity, error
from healthreport.disk.read import is_yaml
from healthreport.jobs import needs
from healthreport.jobs.needs import PARTS, TARGET, VALUE
from healthreport.jobs.new.skeleton import SCHEMA_NAME
from healthreport.model.own_words import names_of
from healthreport.reading import inherit
from healthreport.reading.tables import plain
from healthreport.reading.yaml.dump import Dict, flow, scalar
from healthreport.townships import names
from healthreport.writing import file_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from healthreport.jobs.needs import Need
    from healthreport.reading.base import Base
    from healthreport.reading.reader import Reader
    from healthreport.townships.names import Listed, Named


_LISTED = 10


def read(path: Path, reader: Reader) -> Listed:
    """Read a list of townships: a text, a sheet or a folder.

    Raises :class:`HealthReportError` with every blank line, double and name no file can have.
    """
    listed = names.read(path, reader)
    problems = [
        Diagnostic("bad-file-name", f"“{one.name}”不能用作文件名。", one.place, hint="请去掉斜杠、冒号等符号。")
        for one in listed.names
        if file_names.safe(one.name) != one.name
    ]
    if problems:
        raise HealthReportError(problems)
    return listed


def files(towns: list[str], base: Path, folder: Path, reader: Reader, root: Path | None) -> dict[Path, str]:
    """Return a file's path and text for each township. Raises :class:`HealthReportError`."""
    if folder.is_file():
        raise error("bad-output", "-o 要写文件夹，这里是一个文件。", Position(str(folder)), hint="例如 -o townships。")
    common = inherit.base(base, reader, root)
    asked, words = needs.of(common), names_of(common.definitions)
    way = os.path.relpath(base.resolve(), folder.resolve()).replace(os.sep, "/")
    schema = os.path.join(os.path.dirname(way), SCHEMA_NAME)
    return {folder / f"{town}.yaml": _file(town, way, schema, asked, words) for town in towns}


def there(listed: Sequence[Named], folder: Path) -> list[Diagnostic]:
    """Tell of townships that a folder seems to have already, under a name that is longer or shorter than the list's."""
    files = sorted(path for path in folder.iterdir() if is_yaml(path.name)) if folder.is_dir() else []
    taken = names.matched(listed, [[path.stem] for path in files]).taken
    if not taken:
        return []
    said = plain.listed([f"“{name}”像是“{stem}”" for name, stem in taken], _LISTED)
    hint = "是一个单位，请删去一份，不然会算两次。"
    return [Diagnostic("town-there", f"文件夹里已有的：{said}。", Position(str(folder)), Severity.WARNING, hint)]


def root_for(base: Path, folder: Path, reader: Reader, root: Path | None) -> str:
    """Return the folder that ``batch`` has to be told as ``--root``; none where it may read all bases without."""
    if root is not None:
        return os.path.relpath(os.path.commonpath([folder.resolve(), root.resolve()]))
    own, folders = folder.resolve(), []
    below: Base | None = inherit.base(base, reader)
    while below:
        folders.append(below.file.path.resolve().parent)
        below = below.under
    allowed = Path(inherit.allowed(own / "镇.yaml", reader, None))
    if all(one.is_relative_to(allowed) for one in folders):
        return ""
    return os.path.relpath(os.path.commonpath([own, *folders]))


def _file(town: str, base: str, schema: str, asked: list[Need], words: Iterable[str]) -> str:
    head = (
        f"# yaml-language-server: $schema={schema}\n"
        f"# {town}：只填本单位的数，标题、正文、指标的单位和公式都从“{base}”继承；另写的内容优先。\n"
    )
    lines = [f"继承: {scalar(base, flow=False)}", f"单位: {scalar(town, flow=False)}"]
    if asked:
        lines += ["", "# 数值：本单位的完成数；上年：上年同期数；目标：本单位的任务，空着就用全县的。", "指标:"]
    lines += [f"  {scalar(need.name, flow=False)}: {_fields(need)}" for need in asked]
    if words:
        lines += ["", "# 本单位自己的话，照印；不写就空着，几段的写在“|”下面。", "文字:"]
    lines += [f"  {scalar(name, flow=False)}:" for name in words]
    return f"{head}\n" + "\n".join(lines) + "\n"


def _fields(need: Need) -> str:
    """Write what is to be filled in of an indicator as empty fields, with its unit and the county's target behind."""
    inside = [f"{key}: " for key in need.keys]
    if need.parts and VALUE in need.keys:
        empty: Dict = dict.fromkeys(need.parts, "")
        inside[0] = f"{PARTS}: {flow(empty)}"
    notes = [f"单位：{need.unit}"] if need.unit else []
    notes += [f"全县目标：{need.target}"] if need.target and TARGET in need.keys else []
    return f"{{{', '.join(inside)}}}" + (f"   # {'，'.join(notes)}" if notes else "")
