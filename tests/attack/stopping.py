"""Runs that are killed, that find the disk full, or that are two: what lies there afterwards."""

from __future__ import annotations

import shutil
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

from kinds import BASE, EXAMPLES, SHEET
from trial import Case, Running

from helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from random import Random

_LITTER = ".healthreport-"
_DISK_KILOBYTES = 2048
_FREE_KILOBYTES = range(0, 160, 4)


class Told(NamedTuple):
    """How many cases there were, and what was wrong with them; why there were none, if there were none."""

    cases: int
    faults: list[str]
    why_not: str = ""


class Limit:
    """So many times, and no longer than so many seconds from the first on: what counts, and stops counting."""

    def __init__(self, times: int, seconds: float = 3600) -> None:
        self.times, self._seconds = times, seconds

    def __iter__(self) -> Iterator[int]:
        """Yield 0, 1, 2 and so on."""
        end = time.monotonic() + self._seconds
        for number in range(self.times):
            if time.monotonic() > end:
                return
            yield number


class Work:
    """A command that has written last year's documents, and is to write this year's: what it makes undisturbed."""

    def __init__(
        self, name: str, arguments: tuple[str, ...], files: Mapping[str, bytes], last: Mapping[str, bytes], folder: Path
    ) -> None:
        self.name, self.arguments, self.files = name, arguments, dict(files)
        self.old = self._made({**files, **last}, folder / f"old-{name}") if last else {}
        began = time.monotonic()
        self.new = self._made({**files, **self.old}, folder / f"new-{name}")
        self.seconds = time.monotonic() - began

    def _made(self, files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
        verdict = self.started(folder, files).wait()
        assert not verdict.fault, verdict
        return self.written(folder)

    def started(self, folder: Path, files: Mapping[str, bytes] | None = None) -> Running:
        """Start the command, where last year's documents lie beside this year's files."""
        given = {**self.files, **self.old} if files is None else files
        return Running(Case(self.name, given, self.arguments, ("*",)), folder)

    def written(self, folder: Path) -> dict[str, bytes]:
        """Return the files there are but for those that the command reads."""
        work = folder / "work"
        there = {str(path.relative_to(work)): path for path in work.rglob("*") if path.is_file()}
        return {name: path.read_bytes() for name, path in there.items() if name not in self.files}

    def wrong(self, left: Mapping[str, bytes]) -> list[str]:
        """Say which of the files that are left are neither the old ones nor the new ones, or are gone."""
        neither = [name for name, data in left.items() if data not in (self.old.get(name), self.new.get(name))]
        return [
            *(f"{self.name}: {name} is neither old nor new" for name in neither),
            *(f"{self.name}: {name} is gone" for name in self.old.keys() - left.keys()),
        ]

    def finished(self, folder: Path) -> list[str]:
        """Run the command once more, to its end, and say what is not as if nothing had happened."""
        verdict = self.started(folder, {}).wait()
        left = self.written(folder)
        if not verdict.fault and left == self.new:
            return []
        return [f"{self.name}: a second run ended with {verdict.code} {verdict.fault}, and left {sorted(left)}"]


def works(folder: Path) -> list[Work]:
    """Return the commands that write documents. What is imported is never written over: there is no old one."""
    report, base, sheet = (EXAMPLES / "通用.yaml").read_bytes(), BASE.read_text("utf-8"), SHEET.read_bytes()
    word = (ROOT / "tests" / "data" / "pandoc.docx").read_bytes()
    last = {"x.yaml": "体裁: 通用\n标题: 去年的\n内容: 甲\n".encode()}
    batch = ("batch", "x.yaml", "--data", "t.xlsx", "-o", "out", "-j", "2")
    older = {"x.yaml": base.replace("2022-12-20", "2022-12-19").encode()}
    return [
        Work("render", ("render", "x.yaml"), {"x.yaml": report}, last, folder),
        Work("batch", batch, {"x.yaml": base.encode(), "t.xlsx": sheet}, older, folder),
        Work("import", ("import", "x.docx", "-q"), {"x.docx": word}, {}, folder),
    ]


def killed(all_works: list[Work], limit: Limit, folder: Path, random: Random, progress: Callable[[str], None]) -> Told:
    """Kill commands at random moments; a second run makes good what they left."""
    faults: list[str] = []
    number = -1
    for number in limit:
        work, place = all_works[number % len(all_works)], folder / f"killed-{number}"
        running = work.started(place)
        running.kill(after=random.uniform(0, work.seconds))
        left = work.written(place)
        faults += work.wrong({name: data for name, data in left.items() if _LITTER not in name})
        faults += work.finished(place)
        shutil.rmtree(place)
        progress(f"kill -9: {number + 1} of {limit.times}")
    return Told(number + 1, faults)


def full(all_works: list[Work], limit: Limit, folder: Path, progress: Callable[[str], None]) -> Told:
    """Let commands find a disk with a little more room each time: all is old or new, and told; with room it goes on."""
    faults: list[str] = []
    cases = 0
    tries = [(work, free) for free in _FREE_KILOBYTES for work in all_works]
    for _, (work, free) in zip(limit, tries, strict=False):
        place = folder / f"full-{work.name}-{free}"
        (place / "work").mkdir(parents=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_KILOBYTES}k", "none", str(place / "work")]
        mounted = subprocess.run(mount, capture_output=True, check=False)
        if mounted.returncode:
            return Told(0, [], "no disk could be mounted: " + mounted.stderr.decode(errors="replace").strip())
        try:
            faults += _on_full(work, place, free * 1024)
        finally:
            subprocess.run(["umount", "--lazy", place / "work"], check=True)
        cases += 1
        progress(f"disk full: {work.name}, {free} kB free")
    return Told(cases, faults)


def _on_full(work: Work, place: Path, free: int) -> list[str]:
    filler = place / "work" / "filler"
    for name, data in {**work.files, **work.old}.items():
        (place / "work" / name).parent.mkdir(exist_ok=True)
        (place / "work" / name).write_bytes(data)
    room = shutil.disk_usage(place / "work").free - free
    filler.write_bytes(b" " * room)
    work.files["filler"] = b""
    try:
        verdict = work.started(place, {}).wait()
        left = work.written(place)
        faults = [f"{work.name}, {free} bytes free: {wrong}" for wrong in work.wrong(left)]
        if verdict.fault:
            faults.append(f"{work.name}, {free} bytes free: {verdict.fault}")
        elif verdict.code == 0 and left != work.new:
            faults.append(f"{work.name}, {free} bytes free: said to be done, and is not")
        filler.unlink()
        return faults + work.finished(place)
    finally:
        del work.files["filler"]


def two(all_works: list[Work], limit: Limit, folder: Path, random: Random, progress: Callable[[str], None]) -> Told:
    """Run a command twice at once in one folder: everything is there, whole, and nothing else."""
    faults: list[str] = []
    number = -1
    for number in limit:
        work, place = all_works[number % len(all_works)], folder / f"two-{number}"
        first = work.started(place)
        time.sleep(random.uniform(0, work.seconds / 2))
        second = Running(Case(work.name, {}, work.arguments, ("*",)), place, number=2)
        first.end()
        second.end()
        faults += [f"{work.name}, two at once: {one.fault}" for one in (first.wait(), second.wait()) if one.fault]
        if work.written(place) != work.new:
            faults.append(f"{work.name}, two at once: {sorted(work.written(place))} is left")
        shutil.rmtree(place)
        progress(f"two at once: {number + 1} of {limit.times}")
    return Told(number + 1, faults)
