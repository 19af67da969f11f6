"""What a process does beyond its own memory: every file opened or changed, every program started, every address called.

Python tells of them by its audit events (PEP 578), before they are done; a hook cannot be taken away again, so only a
process that ends soon is watched.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_CHANGES = {
    "os.chmod", "os.chown", "os.link", "os.mkdir", "os.mkfifo", "os.mknod", "os.remove", "os.rename", "os.rmdir",
    "os.symlink", "os.truncate", "os.utime", "os.setxattr", "os.removexattr", "shutil.copyfile", "shutil.move",
    "shutil.rmtree",
}  # fmt: skip
_LOOKS = {"os.listdir", "os.scandir", "os.walk", "os.fwalk", "glob.glob"}
_STARTS = {"os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "pty.spawn", "subprocess.Popen"}
_CALLS = ("ftplib.", "http.client.", "imaplib.", "poplib.", "smtplib.", "socket.", "urllib.")
_NO_CALLS = {"socket.__new__"}  # asyncio and the like make one for themselves, which calls nobody
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Act(NamedTuple):
    """One thing done: ``reads``, ``lists``, ``writes``, ``starts`` or ``calls``, and what it is done to."""

    kind: str
    what: str


def acts(event: str, arguments: tuple[object, ...]) -> Iterable[Act]:
    """Return what an audit event says was done."""
    if event == "open":
        path, mode, flags = (*arguments, None, None)[:3]
        if isinstance(path, int):
            return []
        opened_to_write = isinstance(flags, int) and bool(flags & _WRITING)
        writes = opened_to_write or (isinstance(mode, str) and bool(set(mode) & set("wax+")))
        return [Act("writes" if writes else "reads", _named(path))]
    if event in _CHANGES:
        return [Act("writes", _named(one)) for one in arguments if isinstance(one, str | bytes | os.PathLike)]
    if event in _LOOKS:
        return [Act("lists", _named(arguments[0]))]
    if event in _STARTS:
        return [Act("starts", str(arguments[0]))]
    if event.startswith(_CALLS) and event not in _NO_CALLS:
        return [Act("calls", f"{event} {arguments[1:]}")]
    return []


def _named(path: object) -> str:
    """Return a path whole, as it is called, its links not followed."""
    return os.path.abspath(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else str(path)


def watch(tell: Callable[[Act], None]) -> None:
    """Tell of all that this process does from now on."""
    telling = False

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal telling
        if telling:
            return
        telling = True
        try:
            for act in acts(event, arguments):
                tell(act)
        finally:
            telling = False

    sys.addaudithook(hook)
