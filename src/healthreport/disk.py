"""The disk: bytes in within limits, and writes that happen whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import platformdirs

from healthreport.diagnostics import HealthReportError, Position, did_you_mean, error

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES = 5_000_000


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Read a file up to one byte more than ``limit``. Raises :class:`HealthReportError`."""
    try:
        with open(path, "rb") as stream:
            return stream.read(limit + 1)
    except FileNotFoundError:
        raise _not_found(path) from None
    except OSError as wrong:
        if path.is_dir():
            hint = "请写出里面的文件名。"
            raise error("is-a-folder", "这是文件夹，不是文件。", Position(str(path)), hint=hint) from None
        raise error(
            "unreadable", f"读不了文件：{reason(wrong)}。", Position(str(path)), hint="请检查文件是否存在、有没有权限。"
        ) from None


def real(path: Path) -> str:
    """Return where a file lies, without links, to be compared; a folder of thousands is looked up once."""
    folder, name = os.path.split(os.path.abspath(path))
    joined = os.path.join(_real_folder(folder), name)
    return os.path.normcase(os.path.realpath(joined) if os.path.islink(joined) else joined)


@lru_cache(maxsize=256)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


def _not_found(path: Path) -> HealthReportError:
    siblings = [entry.name for entry in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
    stems = {Path(name).stem: name for name in siblings}
    near = stems.get(did_you_mean(path.stem, stems) or "")
    hint = f"是否为“{near}”？" if near else "请检查文件名和所在的文件夹。"
    return error("not-found", "找不到这个文件。", Position(str(path)), hint=hint)


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    The bytes go to a hidden neighbour that then takes the name in one step. The neighbour's name is
    fixed, so what a killed run left is taken over by the next one. Raises :class:`OSError`.
    """
    folder, name = os.path.split(path)
    partial = os.path.join(folder, f".{name}.partial")
    try:
        with _open_to_write(partial) as stream:
            stream.write(data)
        os.replace(partial, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(partial)
        raise


def _open_to_write(path: str) -> BinaryIO:
    """Open a file, with its folder made where there is none yet."""
    try:
        return open(path, "wb")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return open(path, "wb")


def write_new(path: Path, data: bytes) -> None:
    """Write a file whole, or raise :class:`FileExistsError` when something has the name already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(data)
        try:
            os.link(partial, path)  # unlike a renaming, a link never takes another file's place
        except FileExistsError:
            raise
        except OSError:  # a disk without links
            if path.exists():
                raise FileExistsError(str(path)) from None
            os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def cache_folder() -> Path | None:
    """Return a folder of the user's own for what can be made again, or none where there is no place."""
    folder = platformdirs.user_cache_path("healthreport", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def cached(name: str, make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` makes, kept between runs under a name that says all it depends on.

    A file that was cut short or altered does not match its digest and is made again.
    """
    folder = cache_folder()
    if folder is None:
        return make()
    path = folder / name
    try:
        digest, data = _split(path.read_bytes())
    except OSError:
        digest, data = b"", b""
    if not data or hashlib.sha256(data).digest() != digest:
        data = make()
        with contextlib.suppress(OSError):  # a full disk costs time, not the document
            write_atomic(path, hashlib.sha256(data).digest() + data)
    return data


def _split(content: bytes) -> tuple[bytes, bytes]:
    size = hashlib.sha256().digest_size
    return content[:size], content[size:]


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
