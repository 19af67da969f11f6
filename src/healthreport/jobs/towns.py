"""One file for each township, based on the county's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, error
from healthreport.jobs.new.skeleton import SCHEMA_NAME
from healthreport.reading import inherit
from healthreport.reading.differences import INDICATORS
from healthreport.reading.yaml.dump import Dict, flow, scalar
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.townships import names
from healthreport.values import scalars
from healthreport.writing import file_names

if TYPE_CHECKING:
    from healthreport.reading.base import Base
    from healthreport.reading.reader import Reader


def read(path: Path, reader: Reader) -> list[str]:
    """Read a list of townships: a text, a sheet or a folder.

    Raises :class:`HealthReportError` with every blank line, double and name no file can have.
    """
    named = names.read(path, reader)
    problems = [
        Diagnostic("bad-file-name", f"“{one.name}”不能用作文件名。", one.place, hint="请去掉斜杠、冒号等符号。")
        for one in named
        if file_names.safe(one.name) != one.name
    ]
    if problems:
        raise HealthReportError(problems)
    return [one.name for one in named]


def files(towns: list[str], base: Path, folder: Path, reader: Reader, root: Path | None) -> dict[Path, str]:
    """Return a file's path and text for each township. Raises :class:`HealthReportError`."""
    if folder.is_file():
        raise error("bad-output", "-o 要写文件夹，这里是一个文件。", Position(str(folder)), hint="例如 -o townships。")
    written = inherit.load(base, reader, root).tree.get(INDICATORS)
    indicators = written if isinstance(written, Mapping) else None
    way = os.path.relpath(base.resolve(), folder.resolve()).replace(os.sep, "/")
    schema = os.path.join(os.path.dirname(way), SCHEMA_NAME)
    return {folder / f"{town}.yaml": _file(town, way, schema, indicators) for town in towns}


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


def _file(town: str, base: str, schema: str, indicators: Mapping | None) -> str:
    head = (
        f"# yaml-language-server: $schema={schema}\n"
        f"# {town}：只填本单位的数，标题、正文、指标的单位和公式都从“{base}”继承；另写的内容优先。\n"
    )
    lines = [f"继承: {scalar(base, flow=False)}", f"单位: {scalar(town, flow=False)}"]
    lines += _indicators(indicators) if indicators is not None else []
    return f"{head}\n" + "\n".join(lines) + "\n"


def _indicators(indicators: Mapping) -> list[str]:
    """List what a township fills in: neither what is computed nor what all share."""
    lines = []
    for name in indicators.keys_at:
        one = indicators.get(name)
        fields = one if isinstance(one, Mapping) else None
        if fields is None or ("公式" not in fields and not _is_shared(fields)):
            lines.append(f"  {scalar(name, flow=False)}: {_fields(fields)}")
    return (
        ["", "# 数值：本单位的完成数；上年：上年同期数；目标：本单位的任务，空着就用全县的。", "指标:", *lines]
        if lines
        else []
    )


def _fields(fields: Mapping | None) -> str:
    known = {"数值": "", "上年": ""}
    if fields is not None and "目标" in fields:
        known["目标"] = ""
    parts = _parts(fields)
    if parts:
        known.pop("数值")
    inside = [f"{key}:" if not value else f"{key}: {value}" for key, value in {**parts, **known}.items()]
    unit, target = _word(fields, "单位"), _word(fields, "目标")
    notes = [f"单位：{unit}"] if unit else []
    notes += [f"全县目标：{target}"] if target else []
    return f"{{{', '.join(f'{one} ' if one.endswith(':') else one for one in inside)}}}" + (
        f"   # {'，'.join(notes)}" if notes else ""
    )


def _parts(fields: Mapping | None) -> dict[str, str]:
    parts = fields.get("分项") if fields is not None else None
    if not isinstance(parts, Mapping):
        return {}
    empty: Dict = dict.fromkeys(parts.keys_at, "")
    return {"分项": flow(empty) or ""}


def _word(fields: Mapping | None, key: str) -> str:
    value = fields.get(key) if fields is not None else None
    return value.value if isinstance(value, Scalar) else ""


def _is_shared(fields: Mapping) -> bool:
    try:
        return scalars.read_bool(_word(fields, inherit.SHARED))
    except ValueError:
        return False
