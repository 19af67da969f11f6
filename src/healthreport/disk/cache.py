"""What can be made again, kept between runs in a folder of the user's own.

Compiled templates lie there, so nothing is taken from a place that somebody else can write to, and every
entry carries a digest of its content. Names say all that an entry depends on. A folder that is not fit, a full disk
and a file that was cut short cost time, never the document.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from functools import lru_cache
from typing import TYPE_CHECKING

import platformdirs

from healthreport.diagnostics import HealthReportError
from healthreport.disk.read import read_bytes, read_if_there
from healthreport.disk.write import write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_DIGEST = hashlib.sha256().digest_size
_LARGEST = 20_000_000
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def cached(name: str, make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` makes, kept between runs under a name that says all it depends on."""
    data = kept(name)
    if data is None:
        data = make()
        keep(name, data)
    return data


def kept(name: str) -> bytes | None:
    """Return what was kept under a name, if it is there and whole."""
    folder = cache_folder()
    if folder is None or os.path.islink(folder / name):
        return None
    try:
        content = read_if_there(folder / name, _LARGEST)
    except HealthReportError:
        return None
    if content is None:
        return None
    data = content[_DIGEST:]
    return data if hashlib.sha256(data).digest() == content[:_DIGEST] else None


def keep(name: str, data: bytes) -> None:
    """Keep bytes under a name, where there is room."""
    folder = cache_folder()
    if folder is not None:
        with contextlib.suppress(OSError):
            write_atomic(folder / name, hashlib.sha256(data).digest() + data, durable=False)


def leave(name: str, data: bytes) -> Path | None:
    """Leave a file for somebody to look at, in the place of the last one; return where, if there is room."""
    folder = cache_folder()
    try:
        if folder is not None:
            write_atomic(folder / name, data)
            return folder / name
    except OSError:
        pass  # there is no room: nothing is left
    return None


@lru_cache(maxsize=1)
def cache_folder() -> Path | None:
    """Return a folder that the user alone can write to, or none where there is no such place."""
    folder = platformdirs.user_cache_path("healthreport", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fit = os.access(folder, os.W_OK) and (os.name != "posix" or _is_ours_alone(folder))
    except OSError:
        return None
    return folder if fit else None


def _is_ours_alone(folder: Path) -> bool:
    """Say whether nobody else can put a file into a folder, nor another folder in its place."""
    own = folder.lstat()
    if not stat.S_ISDIR(own.st_mode) or own.st_uid != os.geteuid() or own.st_mode & _OTHERS_MAY_WRITE:
        return False
    for above in folder.resolve().parents:
        about = above.stat()
        # In a folder with the sticky bit, such as /tmp, only the owner renames what is his.
        if about.st_mode & _OTHERS_MAY_WRITE and not about.st_mode & stat.S_ISVTX:
            return False
        if about.st_uid not in (0, os.geteuid()):
            return False
    return True


@lru_cache(maxsize=16)
def digest_of_files(*files: Path) -> str:
    """Return one digest of the files that something was made with: made by other code, it is not taken."""
    return hashlib.sha256(b"".join(map(read_bytes, files))).hexdigest()
