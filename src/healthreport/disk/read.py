"""Bytes in, within limits; where a file lies; why the system refused."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from healthreport.diagnostics import HealthReportError, Position, did_you_mean, error

MAX_BYTES = 5_000_000
SHOW_ENDINGS = "看不到末尾的“.txt”时，先在资源管理器里勾选“查看—文件扩展名”。"
_FULL_STOPS = str.maketrans("。．｡", "...")
_YAML_WITHIN = re.compile(r"(.+?\.ya?ml)(?:\W.*)?", re.IGNORECASE | re.DOTALL)
_BACKUP = re.compile(r"^[.~]|~$|\.(?:bak|old|orig|tmp|swp|part|crdownload)$", re.IGNORECASE)
_NO_RIGHT = "没有权限，或文件正被别的程序打开"
# Windows gives these numbers of its own.
_KINDS: dict[type[OSError], int] = {FileNotFoundError: errno.ENOENT, PermissionError: errno.EACCES}
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Read a file up to one byte more than ``limit``. Raises :class:`HealthReportError`.

    A pipe or a device is refused: it may never end.
    """
    data = read_if_there(path, limit)
    if data is None:
        raise _not_found(path)
    return data


def read_if_there(path: Path, limit: int = MAX_BYTES) -> bytes | None:
    """Read a file that may be missing, and then is nobody's mistake: no name like it is looked for in its folder."""
    place = Position(str(path))
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    except FileNotFoundError:
        return None
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


def holds(path: Path, data: bytes) -> bool:
    """Say whether a file with these bytes is there; one that cannot be read has others."""
    try:
        return read_if_there(path, len(data)) == data
    except HealthReportError:
        return False


def _unreadable(path: Path, wrong: OSError) -> HealthReportError:
    if os.path.isdir(path):
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


def slashed(name: str) -> str:
    r"""Return a path that a file names with the strokes that every system takes: ``图\照片.jpg`` → ``图/照片.jpg``.

    Clerks write paths as Windows shows them; none may be lost because the county works on another system.
    """
    return name.replace("\\", "/")


def is_yaml(name: str) -> bool:
    """Say whether a file is named as a report is, in capitals too."""
    return name.lower().endswith((".yaml", ".yml"))


def is_report(name: str) -> bool:
    """Say whether a file is one of the reports of its folder: settings, and what macOS leaves, are hidden."""
    return is_yaml(name) and not name.startswith(".")


def meant(name: str) -> str | None:
    """Return what a misnamed report was to be called: Notepad adds .txt, which Windows hides.

    ``乙院.yaml.txt`` and ``乙院。yaml`` → ``乙院.yaml``; ``乙院.yaml`` itself and the backup ``乙院.yaml.bak`` → none.
    """
    if is_yaml(name) or _BACKUP.search(name):
        return None
    found = _YAML_WITHIN.fullmatch(name.translate(_FULL_STOPS))
    return found and found[1]


def _kind(name: str) -> str:
    """Return what a file is by its name; a name without an ending is that of a report."""
    return "" if is_yaml(name) else Path(name).suffix.lower()


def _not_found(path: Path) -> HealthReportError:
    if os.path.islink(path):
        hint = "请改用原来的文件，或重建这个链接。"
        return error("not-found", "这是一个链接，它指向的文件找不到了。", Position(str(path)), hint=hint)
    siblings = sorted(entry.name for entry in path.parent.glob("*")) if os.path.isdir(path.parent) else []
    misnamed = next((name for name in siblings if meant(name) == path.name), None)
    alike = [name for name in siblings if _kind(name) == _kind(path.name)]
    stems = {Path(name).stem: name for name in alike}
    near = stems.get(did_you_mean(path.stem, stems) or "")
    hint = f"是否为“{near}”？" if near else "请检查文件名和所在的文件夹。"
    if misnamed:
        hint = f"旁边有“{misnamed}”，请把它改名为“{path.name}”；{SHOW_ENDINGS}"
    return error("not-found", "找不到这个文件。", Position(str(path)), hint=hint)


_REASONS = {
    errno.ENOENT: "文件夹不存在",
    errno.EEXIST: "同名的文件挡住了文件夹",
    errno.ENOTDIR: "同名的文件挡住了文件夹",
    errno.EISDIR: "同名的文件夹已存在",
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EBUSY: "文件正被别的程序占用",
    errno.ETXTBSY: "文件正被别的程序占用",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超过了给您的磁盘空间",
    errno.EFBIG: "文件太大，磁盘放不下",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长，一个名字最多约80个汉字",
    errno.ELOOP: "链接绕了圈，找不到文件",
    errno.EINVAL: "系统不接受这个文件名或位置",
    errno.EILSEQ: "系统不接受文件名里的字符",
    errno.EIO: "读写磁盘时出错，磁盘或网络可能有故障",
    errno.ESTALE: "网络磁盘断开了",
    errno.ENODEV: "磁盘不在了",
    errno.ENXIO: "磁盘不在了",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EPIPE: "接收结果的程序已经结束",
    errno.EXDEV: "两个位置不在同一个磁盘上",
    errno.EOPNOTSUPP: "这个磁盘不支持这样的操作",
}


def reason(wrong: OSError) -> str:
    """Say in Chinese why the system refused."""
    number = next((number for kind, number in _KINDS.items() if isinstance(wrong, kind)), wrong.errno)
    return _REASONS.get(number or 0) or f"系统拒绝了（错误号 {number}）"
