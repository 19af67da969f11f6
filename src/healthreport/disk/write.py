"""Files written whole or not at all.

A file is written under a hidden name of its own and then takes the wanted name in one step. That name is new
and never a link, so nobody can plant one; it is locked while its writer lives, so what a killed run left is told
from what a running one needs.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

if os.name == "posix":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PREFIX, _SUFFIX = ".healthreport-", ".partial"
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file whole or not at all, in the place of one that is there, with its mode and owner.

    ``durable`` waits until it is on the disk; who writes thousands waits once (:func:`wait_for_disk`). Raises
    :class:`OSError`.
    """
    with _partial(os.path.dirname(path), data, path, durable=durable) as partial:
        os.replace(partial, path)


def write_new(path: Path, data: bytes) -> None:
    """Write a file whole, or raise :class:`FileExistsError` when something has the name already."""
    with _partial(os.path.dirname(path), data, None, durable=True) as partial:
        try:
            os.link(partial, path)  # unlike a renaming, a link never takes another file's place
        except FileExistsError:
            raise
        except OSError:  # a disk without links
            _claim(path)
            os.replace(partial, path)
        else:
            os.unlink(partial)


def _claim(path: Path) -> None:
    """Take a name that must be free, in one step. Raises :class:`FileExistsError`."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK))


def remove(paths: Iterable[Path]) -> None:
    """Remove files that were written in vain, as well as it goes."""
    for path in paths:
        with contextlib.suppress(OSError):
            os.unlink(path)


def keep_copy(path: Path) -> Path:
    """Copy a file to a name beside it that is free, ``x.docx.bak``, ``x.docx.bak2`` and so on, and return that."""
    with open(path, "rb") as stream:
        data = stream.read()
    for number in count(1):
        copy = path.with_name(f"{path.name}.bak{number if number > 1 else ''}")
        with contextlib.suppress(FileExistsError):
            write_new(copy, data)
            break
    return copy


@contextlib.contextmanager
def _partial(folder: str, data: bytes, replaced: Path | None, *, durable: bool) -> Iterator[str]:
    """Write a hidden file that takes another name within a ``with``; it goes if an error, or Ctrl-C, comes before."""
    folder = os.path.abspath(folder)
    sweep(folder)
    name = _new_name(folder)
    try:
        while (descriptor := _create(name)) is None:
            name = _new_name(folder)
        with open(descriptor, "wb") as stream:
            _take_over(descriptor, replaced)
            stream.write(data)
            stream.flush()
            if durable:
                os.fsync(descriptor)
            if os.name == "posix":
                yield name  # still locked, until it has its final name
        if os.name != "posix":
            yield name  # an open file cannot be renamed there
        if durable:
            _sync_folder(folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _new_name(folder: str) -> str:
    return os.path.join(folder, f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}")


def _create(name: str) -> int | None:
    """Create a hidden file that nobody else has, and its folder where there is none yet; lock it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK
    try:
        descriptor = os.open(name, flags, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(name), exist_ok=True)
        descriptor = os.open(name, flags, 0o666)
    if _lock(descriptor) and os.fstat(descriptor).st_nlink:
        return descriptor
    os.close(descriptor)  # taken for a stray in the moment before it was locked
    return None


def _lock(descriptor: int) -> bool:
    """Lock an open file for as long as it is open; say whether nobody else has."""
    if os.name != "posix":
        return True  # an open file cannot be deleted there, which is all the lock is for
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a disk without locks, on which strays stay
    return True


def _take_over(descriptor: int, replaced: Path | None) -> None:
    """Give a file the mode and, where the system lets us, the owner of the one whose place it takes."""
    try:
        before = os.lstat(replaced) if replaced else None
    except OSError:
        return
    if before is None or os.name != "posix" or not stat.S_ISREG(before.st_mode):
        return
    own = os.fstat(descriptor)
    if (own.st_uid, own.st_gid) != (before.st_uid, before.st_gid):
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, before.st_uid, before.st_gid)
    if stat.S_IMODE(own.st_mode) != stat.S_IMODE(before.st_mode):
        os.fchmod(descriptor, stat.S_IMODE(before.st_mode))


@lru_cache(maxsize=256)
def sweep(folder: str) -> None:
    """Remove what killed runs have left in a folder, once a run; a file that is locked has a writer still."""
    try:
        names = [name for name in os.listdir(folder) if name.startswith(_PREFIX) and name.endswith(_SUFFIX)]
    except OSError:
        return
    for name in names:
        path = os.path.join(folder, name)
        with contextlib.suppress(OSError):
            if os.name != "posix":
                os.unlink(path)
                continue
            descriptor = os.open(path, os.O_RDONLY | _NO_LINK)
            try:
                if stat.S_ISREG(os.fstat(descriptor).st_mode) and _lock(descriptor):
                    os.unlink(path)
            finally:
                os.close(descriptor)


def _sync_folder(folder: str) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def wait_for_disk() -> None:
    """Wait until all that was written is on the disk."""
    if os.name == "posix":
        os.sync()


@contextlib.contextmanager
def at_work(folder: Path) -> Iterator[bool]:
    """Say for the time of a ``with`` that this process fills a folder; yield whether it is the only one."""
    name, new = os.path.join(folder, f"{_PREFIX}batch"), not os.path.exists(folder)
    try:
        os.makedirs(folder, exist_ok=True)
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o666)
    except OSError:
        yield True  # writing the first document tells what is wrong with the folder
        return
    alone = _lock(descriptor)
    try:
        yield alone
    finally:
        os.close(descriptor)
        if alone:
            with contextlib.suppress(OSError):
                os.unlink(name)
                if new:
                    os.rmdir(folder)  # stays where anything was written
