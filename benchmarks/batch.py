"""Measure this project and its peers side by side, in one run, on one like document.

Usage: python benchmarks/batch.py [warm] [cold] [processes] [memory] [country] [--rounds 5]

``warm``: 200 documents on one core; ``cold``: one document in a process of its own; ``processes``: 2,000
documents on one core and on two; ``memory``: peak memory of 1,000 and of 10,000 documents; ``country``: a
document for each of China's 38,600 townships. Without a name: warm and cold.

Everything is written to /dev/shm where there is one. Rounds of all programs alternate, and ratios are
medians of the ratios of each round: only they hold from one hour to the next.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import like
import peers

import healthreport
from healthreport.jobs.batch import planning, running
from healthreport.jobs.producing import Options, Status
from healthreport.reading.reader import Reader

SOURCE = Path(healthreport.__file__).parents[1]
EXAMPLE = Path(__file__).parents[1] / "examples" / "2022.yaml"
DOCXTPL = peers.Docxtpl.name
DOCUMENTS = 200
TOWNSHIPS = 38_600
_WIDTH = 50  # indicators of a township in the table of the whole country: a table may have two million cells


class Files(peers.Peer):
    """This project: a township's own file each, by 继承; reading and validating included."""

    name = "healthreport, files"
    slower = 1

    def prepare(self, folder: Path, count: int) -> None:
        """Write the base and the townships."""
        (folder / "towns").mkdir()
        like.write(folder / "towns", count)

    def run(self, folder: Path, count: int, processes: int = 1) -> float:
        """Render them all."""
        began = time.perf_counter()
        plan = planning.plan_folder(folder / "towns", Options(), Reader(), output=folder / "out")
        self._render(plan, count, processes)
        return time.perf_counter() - began

    @staticmethod
    def _render(plan: planning.Plan, count: int, processes: int) -> None:
        done = 0
        for _, outcome in running.run(plan, processes):
            assert outcome.status is Status.DONE, outcome.diagnostics
            done += 1
        assert done == count

    def typed(self, folder: Path, processes: int) -> list[str]:
        """Return the command a clerk would give."""
        return _healthreport("batch", folder / "towns", "-o", folder / "out", "-j", processes, "-q")


class Table(Files):
    """This project: a row of a table each, over one base."""

    name = "healthreport, table"

    def prepare(self, folder: Path, count: int) -> None:
        """Write the base and the table."""
        like.write_table(folder, count, like.names())

    def run(self, folder: Path, count: int, processes: int = 1) -> float:
        """Render them all."""
        began = time.perf_counter()
        base, data = folder / "base.yaml", planning.Data(folder / "towns.csv")
        plan = planning.plan_table(base, data, Options(), Reader(), output=folder / "out", pattern="{{ 单位 }}")
        self._render(plan, count, processes)
        return time.perf_counter() - began

    def typed(self, folder: Path, processes: int) -> list[str]:
        """Return the command a clerk would give."""
        data = ("--data", folder / "towns.csv", "--name", "{{ 单位 }}")
        return _healthreport("batch", folder / "base.yaml", *data, "-o", folder / "out", "-j", processes, "-q")


def _healthreport(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "healthreport", *map(str, arguments)]


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder in memory."""
    memory = Path("/dev/shm")  # noqa: S108 -- a file on a disk costs what a document costs
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def _rounds(programs: Sequence[peers.Peer], rounds: int, measure: Callable[[peers.Peer, Path], float]) -> None:
    """Measure programs by turns; print milliseconds a document, and ratios to docxtpl and the fastest peer."""
    times: dict[str, list[float]] = {program.name: [] for program in programs}
    with scratch() as root:
        for program in programs:
            (root / program.name).mkdir()
            program.prepare(root / program.name, DOCUMENTS)
        for _ in range(rounds):
            for program in programs:
                (root / program.name / "out").mkdir()
                gc.collect()
                times[program.name].append(measure(program, root / program.name))
                shutil.rmtree(root / program.name / "out")
    print("| program | ms a document | documents/s | docxtpl takes × as long |\n|---|---|---|---|")
    for name in sorted(times, key=lambda one: statistics.median(times[one])):
        median = statistics.median(times[name])
        ratio = statistics.median(theirs / own for theirs, own in zip(times[DOCXTPL], times[name], strict=True))
        print(f"| {name} | {median * 1000:.2f} | {1 / median:.0f} | {ratio:.2f} |")


def warm(rounds: int) -> None:
    """Measure 200 documents on one core."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})

    def measure(program: peers.Peer, folder: Path) -> float:
        count = max(DOCUMENTS // program.slower, 1)
        return program.run(folder, count) / count

    _rounds([Files(), Table(), *peers.available()], rounds, measure)
    os.sched_setaffinity(0, cores)


class Alone(peers.Peer):
    """This project: one township's file on its base, the whole command."""

    name = "healthreport"

    def prepare(self, folder: Path, count: int) -> None:  # noqa: ARG002
        """Write the base and the township."""
        like.write(folder, 1)

    def command(self, folder: Path, count: int) -> list[str]:  # noqa: ARG002
        """Return the command that renders one document."""
        return _healthreport("render", folder / "00000.yaml", "-o", folder / "out" / "0.docx", "-q")


class Largest(peers.Peer):
    """This project: the example with 161 indicators, a larger document than the others make."""

    name = "healthreport, the largest example"

    def command(self, folder: Path, count: int) -> list[str]:  # noqa: ARG002
        """Return the command that renders the example."""
        return _healthreport("render", EXAMPLE, "-o", folder / "out" / "0.docx", "-q")


class Libraries(peers.Peer):
    """What this project stands on: its libraries imported, one argument read by Typer, nothing done."""

    name = "healthreport's libraries alone"

    def command(self, folder: Path, count: int) -> list[str]:  # noqa: ARG002
        """Return the command that imports them."""
        return [sys.executable, "-c", _LIBRARIES, str(folder)]


_LIBRARIES = """
import gc
gc.disable()  # as the program does
import jinja2.sandbox, typer, yaml
def main(path: str) -> None:
    gc.freeze()
typer.run(main)
"""


def cold(rounds: int) -> None:
    """Measure one document in a process of its own; the first run on a machine also fills the cache.

    Each runs in a folder without templates, as a clerk's is: those of a checkout would be held against the packaged.
    """
    with scratch() as cache:
        # Modules compiled once, as an installation has them, whatever the shell says.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**kept, "XDG_CACHE_HOME": str(cache), "PYTHONPYCACHEPREFIX": str(cache / "compiled")}
        environment |= {"NODE_PATH": str(peers.NODE_MODULES), "PYTHONPATH": str(SOURCE)}

        def measure(program: peers.Peer, folder: Path) -> float:
            began = time.perf_counter()
            subprocess.run(program.command(folder, 1), check=True, capture_output=True, cwd=folder, env=environment)
            return time.perf_counter() - began

        with scratch() as folder:
            (folder / "out").mkdir()
            Alone().prepare(folder, 1)
            compiling = {**environment, "XDG_CACHE_HOME": str(folder)}
            subprocess.run(Alone().command(folder, 1), check=True, capture_output=True, cwd=folder, env=compiling)
            print(f"healthreport's first run: {measure(Alone(), folder) * 1000:.0f} ms\n")
        _rounds(
            [Alone(), Largest(), Libraries(), *[one for one in peers.available() if not isinstance(one, peers.Floor)]],
            rounds * 2,
            measure,
        )


class Counting(peers.Peer):
    """A loop that only counts: what two cores give where nothing is shared."""

    name = "the machine: counting"

    def make(self, folder: Path, number: int) -> None:  # noqa: ARG002
        """Count, as programs do that work on dictionaries and texts."""
        seen: dict[str, int] = {}
        for count in range(20_000):
            seen[str((count + number) % 1000)] = count


def processes(rounds: int) -> None:
    """Measure 2,000 documents on one core and on two; of peers, and of a loop that only counts, 200."""
    programs = [Files(), Table(), Counting(), *[one for one in peers.available() if not isinstance(one, peers.Floor)]]
    times: dict[str, list[list[float]]] = {program.name: [] for program in programs}
    with scratch() as root:
        for program in programs:
            (root / program.name).mkdir()
            program.prepare(root / program.name, 2000)
        gc.disable()  # as the command does
        for _ in range(rounds):
            for program in programs:
                taken = []
                for count in (1, 2):
                    (root / program.name / "out").mkdir()
                    documents = 2000 if isinstance(program, Files) else DOCUMENTS
                    taken.append(program.run(root / program.name, documents, count))
                    shutil.rmtree(root / program.name / "out")
                times[program.name].append(taken)
        gc.enable()
    print("| program | one process, s | two processes, s | × |\n|---|---|---|---|")
    for name, pairs in times.items():
        one, two = (statistics.median(taken) for taken in zip(*pairs, strict=True))
        print(f"| {name} | {one:.2f} | {two:.2f} | {statistics.median(a / b for a, b in pairs):.2f} |")


def memory(_: int) -> None:
    """Measure the peak memory of processes that make 1,000 and 10,000 documents."""
    sizes = (1000, 10_000)
    print("| program | 1,000 documents, MB | 10,000 documents, MB | more, MB |\n|---|---|---|---|")
    for program in (Files(), Table()):
        for jobs in (1, 2):
            peaks = []
            for count in sizes:
                with scratch() as folder:
                    program.prepare(folder, count)
                    peaks.append(_peak(program.typed(folder, jobs)))
            _print_peaks(f"{program.name}, -j {jobs}", peaks)
    os.environ["NODE_PATH"] = str(peers.NODE_MODULES)
    for peer in peers.available():
        if isinstance(peer, peers.Floor | peers.Pandoc):  # the one keeps nothing, the other is a process for each
            continue
        with scratch() as folder:
            peer.prepare(folder, DOCUMENTS)
            (folder / "out").mkdir()
            _print_peaks(peer.name, [_peak(peer.command(folder, count)) for count in sizes])


def _print_peaks(name: str, peaks: list[float]) -> None:
    print(f"| {name} | {peaks[0]:.0f} | {peaks[1]:.0f} | {peaks[1] - peaks[0]:.1f} |", flush=True)


def _peak(command: list[str]) -> float:
    """Return the most memory a command's processes held, each by itself, in MB."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", script, *command], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def country(_: int) -> None:
    """Render a document for each of China's townships, by the command a clerk would give."""
    for program in (Files(), Table()):
        with scratch() as folder:
            if isinstance(program, Table):
                like.write_table(folder, TOWNSHIPS, like.names()[:_WIDTH])
            else:
                program.prepare(folder, TOWNSHIPS)
            for again in ("", ", again: all unchanged"):
                began = time.perf_counter()
                subprocess.run(program.typed(folder, 2), check=True)
                seconds = time.perf_counter() - began
                written = len(list((folder / "out").iterdir()))
                each = seconds / written * 1000
                print(f"{program.name}: {written} documents in {seconds:.1f} s, {each:.2f} ms each{again}")


def main() -> None:
    """Measure what is asked for and print tables."""
    scripts = {one.__name__: one for one in (warm, cold, processes, memory, country)}
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("what", nargs="*", default=["warm", "cold"], choices=scripts)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    for name in options.what:
        print(f"\n{name}: {(scripts[name].__doc__ or '').splitlines()[0]}\n")
        scripts[name](options.rounds)


if __name__ == "__main__":
    main()
