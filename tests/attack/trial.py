"""One case: files in a folder of their own, a command that meets them, and what became of both.

The command runs in a forked child under limits that the system holds: so long on a processor, so much memory. It is
watched while it runs, and what it wrote is looked at afterwards.
"""

from __future__ import annotations

import contextlib
import fnmatch
import io
import os
import resource
import shutil
import signal
import sys
import time
import traceback
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn
from xml.parsers import expat

import docx
import watching

from healthreport.cli.main import main
from healthreport.reading import text_files
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SECONDS = 10
MEGABYTES = 500
# A processor that others use as well may take its time; a child that waits for nothing is stuck.
PATIENCE = 40 * SECONDS
CODES = (0, 1, 2)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".svg")
_WROTE_ELSEWHERE, _CALLED, _ESCAPED = 71, 72, 73
_SAID = {
    _WROTE_ELSEWHERE: "wrote outside of its folder",
    _CALLED: "started a program or called an address",
    _ESCAPED: "an exception came out of the command",
}


class Case(NamedTuple):
    """Files by their names, a command, and the patterns of the names that it was asked to write."""

    kind: str
    files: Mapping[str, bytes]
    arguments: tuple[str, ...]
    writes: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """What is wrong with how a case went, nothing if it is sound; how it ended and what it took."""

    fault: str
    code: int
    seconds: float
    said: str = ""


class Running:
    """A case that runs; of several in one folder each has a number of its own."""

    def __init__(self, case: Case, folder: Path, number: int = 1) -> None:
        self.case, self.folder, self.began = case, folder, time.monotonic()
        self.work, self._said = folder / "work", folder / f"err{number}"
        self.work.mkdir(parents=True, exist_ok=True)
        for name, data in case.files.items():
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self._said.unlink(missing_ok=True)
        self._ended: tuple[int, float] | None = None
        sys.stdout.flush()
        sys.stderr.flush()
        with warnings.catch_warnings():
            # From 3.12 on Python warns of threads, which libraries of other tests may have started; the child has none.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process = os.fork()
        if not self.process:
            _be_the_command(case, folder, self._said)

    def is_done(self) -> bool:
        """Say whether the command has ended; one that is stuck is ended."""
        if self._ended is None:
            done, status, used = os.wait4(self.process, os.WNOHANG)
            if done:
                self._ended = status, used.ru_utime + used.ru_stime
            elif time.monotonic() - self.began > PATIENCE:
                os.kill(self.process, signal.SIGKILL)
        return self._ended is not None

    def wait(self) -> Verdict:
        """Return how it went, when the command has ended."""
        self.end()
        assert self._ended is not None
        status, seconds = self._ended
        said = self._said.read_text("utf-8", errors="replace")
        return Verdict(self._fault(status, said), os.waitstatus_to_exitcode(status), seconds, said)

    def end(self) -> None:
        """Wait until the command has ended, and judge nothing yet: another may still be at work in the folder."""
        while not self.is_done():
            time.sleep(0.005)

    def kill(self, after: float) -> None:
        """Kill the command at a moment, as ``kill -9`` does, and wait until its workers have ended, too."""
        time.sleep(after)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        end = time.monotonic() + PATIENCE
        while _lives(self.process):
            assert time.monotonic() < end, "workers go on without their parent"
            time.sleep(0.005)

    def _fault(self, status: int, said: str) -> str:
        code = os.waitstatus_to_exitcode(status)
        if code == -signal.SIGXCPU:
            return f"took more than {SECONDS} s"
        if code == -signal.SIGKILL:
            return f"did not end in {PATIENCE} s"
        if code in _SAID:
            return f"{_SAID[code]}: {said[-1500:]}"
        if code not in CODES:
            return f"ended with {code}"
        left = self.folder.parent / "healthreport" / _account(self.process)
        if "[program-error]" in said or left.exists():
            account = left.read_text("utf-8").splitlines() if left.exists() else []
            left.unlink(missing_ok=True)
            return "a mistake of the program: " + " < ".join(reversed(account[-3:]))
        if "[out-of-memory]" in said:
            return f"took more than {MEGABYTES} MB"
        if "Traceback" in said:
            return "a traceback was shown"
        return self._wrong_files(said) or ("" if code in (0, 1) or said else "ended with 2 and said nothing")

    def _wrong_files(self, said: str) -> str:
        """Say what is wrong with the files there are now."""
        there = {str(path.relative_to(self.work)): path for path in self.work.rglob("*") if path.is_file()}
        if gone := self.case.files.keys() - there.keys():
            return f"removed {sorted(gone)}"
        for name, path in there.items():
            data = path.read_bytes()
            if data == self.case.files.get(name):
                continue
            if not any(fnmatch.fnmatchcase(name, pattern) for pattern in self.case.writes):
                return f"wrote {name}, which nobody asked for"
            if wrong := broken(name, data, self.case.files.values()):
                return f"wrote {name} that is not whole: {wrong}; {said[-200:]}"
        return ""


def _lives(group: int) -> bool:
    """Say whether a process of a group has not ended."""
    for about in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, own = about.read_text("utf-8", errors="replace").rpartition(")")[2].split()[:3]
            if int(own) == group and state not in "ZX":
                return True
    return False


def run(case: Case, folder: Path) -> Verdict:
    """Run a case to its end in a folder that goes afterwards."""
    verdict = Running(case, folder).wait()
    shutil.rmtree(folder)
    return verdict


def broken(name: str, data: bytes, given: Iterable[bytes] = ()) -> str:
    """Say why a file that was written is none of its kind, nothing if it is.

    A part that was copied as it was ``given`` is as its owner made it.
    """
    try:
        if name.endswith((".docx", ".xlsx")):
            copied = {part for one in given for part in _parts(one).items()}
            made = _parts(data, strict=True)
            for part, content in made.items() - copied:
                if part.endswith((".xml", ".rels")):
                    expat.ParserCreate().Parse(content, True)
            if name.endswith(".docx") and not made.items() & copied:
                docx.Document(io.BytesIO(data))
        elif name.endswith((".yaml", ".yml")):
            parse(Source(name, data.decode("utf-8-sig")))
        elif not name.endswith(_PICTURES):  # which are copied as they are
            text_files.decoded(data, name)  # a text keeps the encoding it had
    except Exception as wrong:
        return f"{type(wrong).__name__}: {wrong}"
    return ""


def _parts(data: bytes, *, strict: bool = False) -> dict[str, bytes]:
    """Return what is in an archive; of one that was given, what can be read."""
    parts = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                parts[name] = archive.read(name)
    except Exception:
        if strict:
            raise
    return parts


def _be_the_command(case: Case, folder: Path, said: Path) -> NoReturn:
    """Be the command, in a child that leads a group of its own."""
    code = _ESCAPED
    try:
        os.setpgid(0, 0)
        _take_the_streams(said)
        os.chdir(folder / "work")
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_DATA, (_held() + MEGABYTES * 1_000_000,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        cache = _keep_apart(folder)
        sys.argv = ["healthreport", *case.arguments]
        watching.watch(lambda act: _allow(act, (folder, cache)))
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else _ESCAPED
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _held() -> int:
    """Return how many bytes of data this process holds, those of the tests before it among them."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmData:")[2].split(maxsplit=1)[0]) * 1024


def _take_the_streams(said: Path) -> None:
    """Let the child have standard streams of its own: nothing to read, one file that takes what is said."""
    for number, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, os.devnull, os.O_WRONLY),
        (2, str(said), os.O_WRONLY | os.O_CREAT | os.O_APPEND),
    ):
        descriptor = os.open(path, flags, 0o600)
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.FileIO(number, mode), encoding="utf-8", write_through=number > 0)
        for number, mode in ((0, "r"), (1, "w"), (2, "w"))
    )


def _keep_apart(folder: Path) -> Path:
    """Let cases share one cache, with an account of a failure for each; return the cache."""
    from healthreport.cli import failures
    from healthreport.disk import cache

    failures._LEFT = _account(os.getpid())
    os.environ["XDG_CACHE_HOME"] = str(folder.parent)
    cache.cache_folder.cache_clear()
    return folder.parent / "healthreport"


def _account(process: int) -> str:
    return f"error-{process}.txt"


def _allow(act: watching.Act, folders: tuple[Path, ...]) -> None:
    """End a child that writes elsewhere, or starts or calls anything."""
    if act.kind in ("reads", "lists"):
        return
    if act.kind == "writes":
        within = any(act.what == str(one) or act.what.startswith(f"{one}{os.sep}") for one in folders)
        if within or act.what == os.devnull or "__pycache__" in act.what:  # Python keeps what it compiled
            return
    os.write(2, f"{act.kind} {act.what}\n".encode())
    os._exit(_WROTE_ELSEWHERE if act.kind == "writes" else _CALLED)
