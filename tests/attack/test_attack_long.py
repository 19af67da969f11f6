"""The longer run: ten minutes of attacks, whose figures it writes into docs/trust.md.

``python -m pytest -m long``; HEALTHREPORT_SECONDS, HEALTHREPORT_SEED and HEALTHREPORT_CORPUS, a folder of others'
documents, may be set. What it finds it makes small and puts into ``tests/attack/found``, which every run of the tests
tries again.
"""

from __future__ import annotations

import datetime
import importlib
import multiprocessing
import os
import pkgutil
import platform
import runpy
import time
from collections import Counter
from importlib import metadata
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import exact
import found
import kinds
import pytest
import stopping
import trial
from stopping import Limit

import healthreport
from helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = int(os.environ.get("HEALTHREPORT_SECONDS", "600"))
SEED = int(os.environ.get("HEALTHREPORT_SEED", "0")) or int(time.time())
CORPUS = os.environ.get("HEALTHREPORT_CORPUS", "")
PAGE, BEGIN, END = ROOT / "docs" / "trust.md", "<!-- run -->\n", "<!-- /run -->"
# What was made of others' documents is theirs: it is not put among the tests as it is.
KEPT = ROOT / "build" / "found" if CORPUS else found.FOLDER
KILLS, TWICE, ROOMS, VALUES = 200, 60, 120, 100_000
_SMALLEST = 60  # tries to make a case smaller
_OFTEN = 20  # seconds between two lines of progress
_LIBRARIES = ("jinja2", "lxml", "pillow", "pydantic", "python-docx", "pyyaml", "xlrd")


class Row(NamedTuple):
    """What an attack came to."""

    attack: str
    cases: int
    seconds: float
    faults: list[str]
    note: str = ""


class Teller:
    """Says now and then how far a lane is; it writes past the capture of the tests."""

    def __init__(self, terminal: int, lane: str) -> None:
        self._terminal, self._lane, self._began, self._last = terminal, lane, time.monotonic(), 0.0

    def __call__(self, said: str) -> None:
        """Say it, if nothing was said for a while."""
        now = time.monotonic()
        if now - self._last > _OFTEN:
            self._last = now
            os.write(self._terminal, f"{now - self._began:5.0f} s, {self._lane}: {said}\n".encode())


def _import_all() -> None:
    """Import the whole program, so that a forked case imports nothing."""
    for module in pkgutil.walk_packages(healthreport.__path__, "healthreport."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _mutated(folder: Path, lane: int, end: float, say: Callable[[str], None]) -> list[Row]:
    """Try mutated files until the time is over; every lane draws cases of its own."""
    given = kinds.material(Path(CORPUS) if CORPUS else None)
    rows: dict[str, Row] = {}
    known: Counter[str] = Counter()
    number = 0
    while time.monotonic() < end:
        random = Random(f"{SEED}-{lane}-{number}")
        case = kinds.KINDS[number % len(kinds.KINDS)](given, random)
        began = time.monotonic()
        verdict = trial.run(case, folder / f"case-{number}")
        row = rows.get(case.kind, Row(f"{case.kind}, mutated", 0, 0, []))
        faults = row.faults
        if verdict.fault:
            known[verdict.fault[:60]] += 1
            faults = [*faults, f"{' '.join(case.arguments)}: {verdict.fault}"]
            if known[verdict.fault[:60]] == 1:
                smallest = found.smaller(case, verdict.fault, folder, _SMALLEST)
                say(f"FAULT {verdict.fault[:300]}, kept in {found.keep(smallest, KEPT)}")
        rows[case.kind] = row._replace(
            cases=row.cases + 1, seconds=row.seconds + time.monotonic() - began, faults=faults
        )
        number += 1
        say(f"{number} mutated inputs, {sum(known.values())} faults")
    return [*rows.values()]


def _stopped(folder: Path, say: Callable[[str], None]) -> list[Row]:
    """Kill, fill the disk, run two at once, and hold numbers against fractions."""
    rows = []
    works = stopping.works(folder)
    # Each has its share of the time, and on a machine that is busy does not come to the end of what is wanted.
    attacks: dict[str, Callable[[], stopping.Told]] = {
        f"{VALUES:,} numbers against fractions": lambda: stopping.Told(
            *exact.check(VALUES, Random(SEED), say, SECONDS * 0.25)
        ),
        f"`kill -9` of `render`, `batch`, `import`, {KILLS} times": lambda: stopping.killed(
            works, Limit(KILLS, SECONDS * 0.4), folder, Random(SEED), say
        ),
        f"two at once on one output, {TWICE} times": lambda: stopping.two(
            works, Limit(TWICE, SECONDS * 0.15), folder, Random(SEED), say
        ),
        "a full disk under `render`, `batch`, `import`": lambda: stopping.full(
            works, Limit(ROOMS, SECONDS * 0.2), folder, say
        ),
    }
    for name, attack in attacks.items():
        began = time.monotonic()
        told = attack()
        rows.append(Row(name, told.cases, time.monotonic() - began, told.faults, told.why_not))
    return rows


def _lane(number: int, folder: Path, terminal: int) -> list[Row]:
    """Do one half of all: the first lane stops runs before it mutates, as the other does from the beginning."""
    end = time.monotonic() + SECONDS
    folder.mkdir()
    rows = _stopped(folder, Teller(terminal, "lane 1")) if number == 1 else []
    return rows + _mutated(folder, number, end, Teller(terminal, f"lane {number}"))


def _table(rows: list[Row], seconds: float) -> str:
    """Return the figures as a table of Markdown."""
    libraries = ", ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    date = f"{datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d}"
    others = " and a folder of published documents" if CORPUS else ""
    lines = [
        f"{date}, seed {SEED}, {seconds:.0f} s on two processes at once; material: the repository{others}.",
        f"healthreport {healthreport.__version__}, Python {platform.python_version()}, {platform.system()};",
        f"{libraries}.",
        "",
        "| attack | cases | seconds | faults |",
        "|---|---|---|---|",
        *(f"| {row.attack} | {row.cases:,} | {row.seconds:.0f} | {row.note or len(row.faults)} |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _together(lanes: list[list[Row]]) -> list[Row]:
    """Add up what lanes say of the same attack, in the order in which they are first named."""
    rows: dict[str, Row] = {}
    for row in (row for lane in lanes for row in lane):
        other = rows.get(row.attack, row._replace(cases=0, seconds=0, faults=[]))
        rows[row.attack] = row._replace(
            cases=row.cases + other.cases, seconds=row.seconds + other.seconds, faults=row.faults + other.faults
        )
    return [*rows.values()]


@pytest.mark.long
def test_ten_minutes(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing that is tried for ten minutes finds a fault; the figures stand in docs/trust.md."""
    _import_all()
    began = time.monotonic()
    with capfd.disabled():
        terminal = os.dup(2)
        os.write(terminal, f"\nseed {SEED}\n".encode())
        with multiprocessing.get_context("fork").Pool(2) as pool:
            lanes = pool.starmap(_lane, [(number, tmp_path / f"lane-{number}", terminal) for number in (1, 2)])
        rows = _together(lanes)
        for fault in (fault for row in rows for fault in row.faults):
            os.write(terminal, f"FAULT {fault}\n".encode())
    put = runpy.run_path(str(ROOT / "benchmarks" / "pages.py"))["put"]
    put(PAGE, BEGIN, END, _table(rows, time.monotonic() - began))
    assert [fault for row in rows for fault in row.faults] == []
