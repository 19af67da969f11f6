"""Measure this project and its peers side by side, in one run, on one like document.

Usage: python benchmarks/batch.py [--documents 200] [--rounds 3]

Everything is written to /dev/shm where there is one, the process is pinned to one core, and rounds of
all programs alternate; the table shows each one's best round, for only ratios of one run hold.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import like
import peers

from healthreport import batch
from healthreport.files import Reader


class Townships:
    """This project: a township's own file each, by 继承; reading and validating included."""

    name = "healthreport, files"

    def __init__(self, documents: int) -> None:
        self._documents = documents

    def prepare(self, folder: Path) -> None:
        """Write the base and the townships."""
        (folder / "towns").mkdir()
        like.write(folder / "towns", self._documents)

    def run(self, folder: Path) -> None:
        """Render them all."""
        plan = batch.plan_folder(folder / "towns", batch.Options(output=folder / "out"), Reader())
        results = list(batch.run(plan, 1))
        assert all(result.status == batch.DONE for result in results), results[0].diagnostics


class Table:
    """This project: a row of a table each, over one base."""

    name = "healthreport, table"

    def __init__(self, documents: int) -> None:
        self._documents = documents

    def prepare(self, folder: Path) -> None:
        """Write the base and the table."""
        (folder / "base.yaml").write_text(like.base_yaml(), encoding="utf-8")
        lines = [",".join(["单位", *like.names()])]
        for number in range(self._documents):
            figures = [str(value) for value in like.values(number).values()]
            lines.append(",".join([f"第{number}镇卫生院", *figures]))
        (folder / "towns.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run(self, folder: Path) -> None:
        """Render them all."""
        options = batch.Options(output=folder / "out", pattern="{{ 单位 }}")
        plan = batch.plan_table(folder / "base.yaml", folder / "towns.csv", options, Reader())
        results = list(batch.run(plan, 1))
        assert all(result.status == batch.DONE for result in results), results[0].diagnostics


class Peer:
    """Another program, a document at a time in a warm process."""

    def __init__(self, peer: Any, documents: int) -> None:
        self.name = peer.name
        self._peer = peer
        self._documents = documents

    def prepare(self, folder: Path) -> None:
        """Write its template."""
        self._peer.prepare(folder)

    def run(self, folder: Path) -> None:
        """Make them all."""
        for number in range(self._documents):
            self._peer.make(folder, number)


def measure(program: Any, rounds: int, documents: int, folders: Path) -> float:
    """Return the milliseconds a document takes in the best round."""
    best = float("inf")
    for _ in range(rounds):
        folder = Path(tempfile.mkdtemp(dir=folders))
        (folder / "out").mkdir()
        program.prepare(folder)
        gc.collect()
        began = time.perf_counter()
        program.run(folder)
        best = min(best, time.perf_counter() - began)
        shutil.rmtree(folder)
    return best / documents * 1000


def main() -> None:
    """Measure and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=200)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    memory = Path("/dev/shm")  # noqa: S108 -- a file on a disk costs what a document costs
    folders = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    programs = [Townships(options.documents), Table(options.documents)]
    slow = max(options.documents // 10, 1)
    timed = {one.name: measure(one, options.rounds, options.documents, folders) for one in programs}
    for peer in peers.available():
        timed[peer.name] = measure(Peer(peer, slow), options.rounds, slow, folders)
    shutil.rmtree(folders)
    ours = timed[programs[0].name]
    print("| program | ms a document | documents/s | × healthreport, files |\n|---|---|---|---|")
    for name, each in sorted(timed.items(), key=lambda pair: pair[1]):
        print(f"| {name} | {each:.2f} | {1000 / each:.0f} | {each / ours:.1f} |")


if __name__ == "__main__":
    main()
