"""Do the tests notice when the code is wrong? A bounded run of mutants over the rooms that compute and compose.

Mutants are drawn by a seed from all that `mutations.py` finds in the modules, and each is tried against the test files
of its room, `pytest -x`. Everything happens in copies of the checkout on `/dev/shm`; the checkout is never touched.
A run ends after so many mutants or minutes; since they are drawn in a random order, what was not tried is no worse.

    python benchmarks/mutants.py --most 600 --minutes 30 --write PAGE

Linux only: each mutant is a forked process, so that pytest and all libraries are imported once.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import importlib
import importlib.util
import os
import platform
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import Phase, settings
from mutations import Mutation, mutations

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src", "healthreport")
PATHS = ("figures", "composing", "reading/tables", "writing/targets.py")
# The test files of a room, the quick and likely ones first; the longest path that fits counts.
TESTS = {
    "figures": ("expressions", "figures", "sharing", "indicator_tables", "text", "batch::test_an_empty_cell_is_named"),
    "figures/listing.py": ("figures", "next_year"),
    "composing": ("markup", "golden", "numbering", "templates", "text", "sharing", "indicator_tables", "genres"),
    "reading/tables": (
        "sheet_reading",
        "sheet_examples",
        "sheet_columns",
        "sheet_periods",
        "sheet_rows",
        "sheet_blocks",
        "sheet_parts",
        "sheet_cells",
        "indicator_files",
        "township_names",
        "random_sheets",
    ),
    "composing/resolve.py": ("golden", "text", "numbering", "figures", "sharing", "indicator_tables", "genres"),
    "composing/sandbox.py": ("templates", "attack/attack_templates", "golden", "text"),
    "composing/markup.py": (
        "markup",
        "golden",
        "text",
        "numbering",
        "templates",
        "attack/attack_templates",
        "sharing",
        "genres",
    ),
    "reading/tables/indicator_rows.py": ("indicator_files",),
    "reading/tables/delimited.py": ("tables",),
    "reading/tables/sheets.py": ("tables", "workbooks"),
    "reading/tables/workbook": ("tables", "workbooks"),
    "reading/word": ("word_reading", "word_numbers", "word_round_trip"),
    "writing/targets.py": ("render", "batch"),
    "importing": ("importing_figures", "numbers_in_sentences"),
    **dict.fromkeys(
        (f"recognising/{name}.py" for name in ("numbers", "naming", "comparing", "sentence", "mentions")),
        ("numbers_in_sentences", "importing_figures"),
    ),
    "": ("text", "figures", "render", "golden", "batch"),
}
# Imported once, before the first mutant; nothing of the program may be among them.
LIBRARIES = (
    "docx",
    "lxml.etree",
    "hypothesis.strategies",
    "jinja2.sandbox",
    "openpyxl",
    "openxml_audit",
    "PIL.Image",
    "pydantic",
    "typer.main",
    "xlrd",
    "xlsxwriter",
    "xlwt",
)
COPIED = ("src", "tests", "templates", "examples", "docs", "README.md", "CHANGELOG.md", "pyproject.toml")
FOLDERS = {"PYTHONPATH": "src", "XDG_CACHE_HOME": "cache", "TMPDIR": "tmp"}
# That an example fails is enough; the smallest that does may take longer than all the tests.
settings.register_profile("mutants", deadline=None, phases=(Phase.explicit, Phase.generate))
OPTIONS = (
    "-x",
    "-q",
    "-p",
    "no:cacheprovider",
    "--hypothesis-profile=mutants",
    "--hypothesis-seed=0",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)
MOST_MEMORY = 4 << 30
KILLED, SURVIVED, OUT_OF_TIME = "killed", "survived", "out of time"

PAGE = """\
# Mutants

Small mistakes made in the code on purpose, and whether a test fails for them. Mutants that nobody could tell from the
code, in docstrings, types and the wording of messages, are not made; others that change nothing count as survivors.
Which test files a mutant must get past stands in `benchmarks/mutants.py`.

```sh
python benchmarks/mutants.py {options} {paths}
```

{date}, Python {python}: {found} mutants found, {tried} drawn and tried in {seconds:.0f} s on {processes} processes.
**{rate:.1%} killed**: {killed}, {slow} of them by running out of time; {survived} survived.

| module | mutants | killed | survived | killed |
|---|---|---|---|---|
{rows}

## Survivors

{survivors}
"""


class Mutant(NamedTuple):
    """A module below the package and what is changed in it."""

    module: str
    mutation: Mutation

    def __str__(self) -> str:
        return f"{self.module}:{self.mutation.line} {self.mutation.said}"


class Limits(NamedTuple):
    """What a run may take: so many mutants, seconds in all, seconds for one mutant, processes."""

    mutants: int
    seconds: float
    seconds_each: int
    processes: int


def drawn(paths: list[str], seed: int) -> list[Mutant]:
    """Return all mutants of the modules at these paths, in the order they are tried."""
    found = []
    for path in paths:
        place = ROOT / PACKAGE / path
        modules = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        for module in modules:
            name = str(module.relative_to(ROOT / PACKAGE))
            found += [Mutant(name, mutation) for mutation in mutations(module.read_bytes())]
    random.Random(seed).shuffle(found)
    return found


def tests_of(module: str) -> list[str]:
    """Return the test files that a change in a module must get past."""
    room = max((room for room in TESTS if module.startswith(room)), key=len)
    names = [name.partition("::") for name in TESTS[room]]
    return [f"tests/{Path(file).with_name(f'test_{Path(file).name}.py')}{mark}{test}" for file, mark, test in names]


def copy(folder: Path) -> None:
    """Copy what the tests need into a folder."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)


def start(tree: Path, tests: list[str], seconds: int) -> int:
    """Run tests in a process of its own, a group leader, and return its id; it ends itself when its time is up."""
    child = os.fork()
    if child:
        return child
    code = 3  # what pytest says of a fault of its own
    try:
        os.setsid()
        os.chdir(tree)
        signal.alarm(seconds)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for stream in (1, 2):
            os.dup2(os.open("log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
        os.environ |= {name: str(tree / folder) for name, folder in FOLDERS.items()}
        tempfile.tempdir = None
        sys.path[:0] = [str(tree / "src"), str(tree / "tests")]
        code = next((failed for test in tests if (failed := int(pytest.main([*OPTIONS, test])))), 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def prepare(tree: Path) -> None:
    """Leave nothing of the run before: what Hypothesis has learned, and temporary files."""
    for name in (".hypothesis", "tmp"):
        shutil.rmtree(tree / name, ignore_errors=True)
    (tree / "tmp").mkdir()


def change(tree: Path, module: str, source: bytes) -> None:
    """Write a module, and drop what was compiled of it: one of the same second and size would pass for it."""
    path = tree / PACKAGE / module
    path.write_bytes(source)
    Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


def ended() -> tuple[int, str]:
    """Wait for a process and return its id and what became of its mutant; nothing it started is left running."""
    child, status = os.wait()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if os.WIFSIGNALED(status):
        return child, OUT_OF_TIME if os.WTERMSIG(status) == signal.SIGALRM else KILLED
    return child, SURVIVED if os.WEXITSTATUS(status) == 0 else KILLED


def check(tree: Path, tests: list[str], seconds: int) -> None:
    """Stop where the tests fail without a mutant, in one process as they are for each mutant."""
    prepare(tree)
    begun = time.monotonic()
    start(tree, tests, seconds * len(tests))
    if ended()[1] != SURVIVED:
        sys.exit(
            f"{(tree / 'log').read_text('utf-8')}\nwithout a mutant these fail or take too long: {' '.join(tests)}"
        )
    print(f"{time.monotonic() - begun:5.1f} s without a mutant", flush=True)


def run(mutants: list[Mutant], limits: Limits, folder: Path) -> list[tuple[Mutant, str]]:
    """Try mutants one after another, each process in a tree of its own, and return what became of each."""
    free = [folder / str(number) for number in range(limits.processes)]
    for tree in free:
        copy(tree)
    check(free[0], sorted({test for one in mutants for test in tests_of(one.module)}), limits.seconds_each)
    tried: list[tuple[Mutant, str]] = []
    running: dict[int, tuple[Path, Mutant]] = {}
    until = time.monotonic() + limits.seconds
    waiting = iter(mutants[: limits.mutants])
    while True:
        while free and time.monotonic() < until and (mutant := next(waiting, None)):
            tree = free.pop()
            prepare(tree)
            change(tree, mutant.module, mutant.mutation.of((ROOT / PACKAGE / mutant.module).read_bytes()))
            running[start(tree, tests_of(mutant.module), limits.seconds_each)] = (tree, mutant)
        if not running:
            return tried
        child, outcome = ended()
        tree, mutant = running.pop(child)
        change(tree, mutant.module, (ROOT / PACKAGE / mutant.module).read_bytes())
        free.append(tree)
        tried.append((mutant, outcome))
        print(f"{len(tried):4} {outcome:11} {mutant}", flush=True)


def page(tried: list[tuple[Mutant, str]], found: int, seconds: float, arguments: argparse.Namespace) -> str:
    """Return the figures of a run as a page."""
    every = Counter(mutant.module for mutant, _ in tried)
    alive = Counter(mutant.module for mutant, outcome in tried if outcome == SURVIVED)
    rows = [
        f"| `{module}` | {count} | {count - alive[module]} | {alive[module]} | {(count - alive[module]) / count:.0%} |"
        for module, count in sorted(every.items())
    ]
    survivors = sorted(mutant for mutant, outcome in tried if outcome == SURVIVED)
    return PAGE.format(
        options=f"--seed {arguments.seed} --most {arguments.most} --minutes {arguments.minutes:g}",
        paths=" ".join(arguments.paths),
        date=datetime.datetime.now(tz=datetime.UTC).date(),
        python=platform.python_version(),
        found=found,
        tried=len(tried),
        seconds=seconds,
        processes=arguments.processes,
        killed=len(tried) - alive.total(),
        rate=1 - alive.total() / len(tried),
        slow=sum(outcome == OUT_OF_TIME for _, outcome in tried),
        survived=alive.total(),
        rows="\n".join(rows),
        survivors="\n".join(f"* `{one.module}:{one.mutation.line}` {one.mutation.said}" for one in survivors)
        or "None.",
    )


def main() -> None:
    """Run what the command line asks for."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("paths", nargs="*", default=[*PATHS], help="modules or folders below the package")
    parser.add_argument("--most", type=int, default=600, help="mutants tried at most")
    parser.add_argument("--minutes", type=float, default=30, help="minutes the run may take")
    parser.add_argument("--each", type=int, default=300, help="seconds a mutant may take")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="where the figures go")
    arguments = parser.parse_args()
    for library in LIBRARIES:
        importlib.import_module(library)
    assert not any(name.startswith("healthreport") for name in sys.modules)
    mutants = drawn(arguments.paths, arguments.seed)
    limits = Limits(arguments.most, arguments.minutes * 60, arguments.each, arguments.processes)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-", dir="/dev/shm") as folder:
        tried = run(mutants, limits, Path(folder))
    if tried:
        made = page(tried, len(mutants), time.monotonic() - begun, arguments)
        if arguments.write:
            arguments.write.write_text(made, encoding="utf-8")
        else:
            print(made)


if __name__ == "__main__":
    main()
