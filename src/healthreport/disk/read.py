"""Bytes in, within limits; where a file lies; why the system refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from healthreport.diagnostics import HealthReportError, Position, did_you_mean, error

MAX_BYTES = 5_000_000
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Read a file up to one byte more than ``limit``. Raises :class:`HealthReportError`.

    A pipe or a device is refused: it may never end.
    """
    place = Position(str(path))
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    except FileNotFoundError:
        raise _not_found(path) from None
    except OSError as wrong:
        raise _unreadable(path, wrong) from None
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind):
        os.close(descriptor)
        if stat.S_ISDIR(kind):
            raise error("is-a-folder", "这是文件夹，不是文件。", place, hint="请写出里面的文件名。")
        raise error("not-a-file", "这不是普通的文件（是管道或设备）。", place, hint="请先存成文件，再写文件名。")
    with open(descriptor, "rb") as stream:
        try:
            return stream.read(limit + 1)
        except OSError as wrong:
            raise _unreadable(path, wrong) from None


def _unreadable(path: Path, wrong: OSError) -> HealthReportError:
    if path.is_dir():
        return error("is-a-folder", "这是文件夹，不是文件。", Position(str(path)), hint="请写出里面的文件名。")
    hint = "请检查文件是否存在、有没有权限。"
    return error("unreadable", f"读不了文件：{reason(wrong)}。", Position(str(path)), hint=hint)


def real(path: Path, folders: dict[str, str]) -> str:
    """Return where a file lies, without links, to be compared; ``folders`` remembers where they lie."""
    folder, name = os.path.split(os.path.abspath(path))
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    joined = os.path.join(folders[folder], name)
    return os.path.normcase(os.path.realpath(joined) if os.path.islink(joined) else joined)


def _not_found(path: Path) -> HealthReportError:
    siblings = [entry.name for entry in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
    stems = {Path(name).stem: name for name in siblings}
    near = stems.get(did_you_mean(path.stem, stems) or "")
    hint = f"是否为“{near}”？" if near else "请检查文件名和所在的文件夹。"
    return error("not-found", "找不到这个文件。", Position(str(path)), hint=hint)


def reason(wrong: OSError) -> str:
    """Say in Chinese why the system refused."""
    known = {
        FileNotFoundError: "文件夹不存在",
        FileExistsError: "同名的文件挡住了文件夹",
        NotADirectoryError: "同名的文件挡住了文件夹",
        IsADirectoryError: "同名的文件夹已存在",
        PermissionError: "没有权限，或文件正被别的程序打开",
    }
    return known.get(type(wrong)) or wrong.strerror or str(wrong)
