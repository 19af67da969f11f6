"""New files: skeletons, next year's file, a file for each township.

Texts are made whole before anything is written, and nothing that exists is written over.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, error
from healthreport.disk.read import read_bytes, reason
from healthreport.disk.write import remove, write_atomic, write_new
from healthreport.reading.reader import MAX_ATTACHED_BYTES
from healthreport.values.typed import typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUFFIXES = (".yaml", ".yml")


def target(output: Path | None, name: str) -> Path:
    """Return where a file goes: ``-o`` as it is, inside it where it is a folder, or the default name."""
    from pathlib import Path

    path = Path(name) if output is None else output / name if output.is_dir() else output
    if path.suffix not in SUFFIXES:
        message = f"文件名“{path.name}”不是以 .yaml 结尾。"
        hint = f"例如 -o {typed(path.with_suffix('.yaml'))}；要写进文件夹，请先建好它。"
        raise error("bad-output", message, Position(str(path)), hint=hint)
    return path


def refuse_existing(*paths: Path) -> None:
    """Raise an error for every file that is already there."""
    there = [path for path in paths if os.path.lexists(path)]  # a dangling link, too
    if there:
        raise HealthReportError(_exists(path) for path in there)


def _exists(path: Path) -> Diagnostic:
    hint = "请用 -o 换个文件名，或先把原来的文件移开。"
    return Diagnostic("exists", "这个文件已经存在，没有覆盖。", Position(str(path)), hint=hint)


def write(path: Path, text: str) -> None:
    """Write a new file. Raises :class:`HealthReportError` when it is there already or cannot be written."""
    _write_new(path, text.encode())


def _write_new(path: Path, data: bytes) -> None:
    try:
        write_new(path, data)
    except OSError as wrong:
        if isinstance(wrong, FileExistsError) and os.path.lexists(path):
            raise HealthReportError([_exists(path)]) from None
        raise _unwritable(path, wrong) from None


def write_all(made: Mapping[Path, bytes | Path]) -> None:
    """Write new files, all or none: bytes, or a copy of another file.

    Raises :class:`HealthReportError` as :func:`write` does, before any is written.
    """
    refuse_existing(*made)
    written: list[Path] = []
    try:
        for path, data in made.items():
            _write_new(path, data if isinstance(data, bytes) else read_bytes(data, MAX_ATTACHED_BYTES))
            written.append(path)
    except BaseException:
        remove(written)
        raise


def rewrite(path: Path, text: str) -> None:
    """Write a file that is made anew each time. Raises :class:`HealthReportError`."""
    try:
        write_atomic(path, text.encode())
    except OSError as wrong:
        raise _unwritable(path, wrong) from None


def _unwritable(path: Path, wrong: OSError) -> HealthReportError:
    hint = "请用 -o 换个位置，或检查文件夹的权限。"
    return error("unwritable", f"写不了文件：{reason(wrong)}。", Position(str(path)), hint=hint)
