"""Every township's report in one run, in one process or many.

A worker plans nothing: it gets the plan and renders chunks of it. Results come in the plan's order. One
township that fails does not stop the others.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Position
from healthreport.disk.write import at_work as lock
from healthreport.disk.write import wait_for_disk
from healthreport.jobs.producing import Outcome, Status, Task, attempt, produce
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.jobs.batch.planning import Plan

_CHUNK = 40
_MOST_PROCESSES = 61  # Windows waits for no more


def run(plan: Plan, processes: int) -> Iterator[tuple[Task, Outcome]]:
    """Make all of a plan and yield what became of each task, in its order.

    Raises :class:`HealthReportError` before anything is written when there are no such templates.
    """
    written = False
    for task, outcome in zip(plan.tasks, _outcomes(plan, processes), strict=True):
        written = written or bool(outcome.written)
        yield task, outcome
    if written:
        wait_for_disk()


@contextmanager
def at_work(plan: Plan) -> Iterator[bool]:
    """Yield whether no other batch is at work in the folder of a plan."""
    with lock(Path(os.path.dirname(plan.tasks[0].stem))) as alone:
        yield alone


def _outcomes(plan: Plan, processes: int) -> Iterator[Outcome]:
    worker = _Worker(plan)  # also where others do the work: what is wrong with the templates is met here
    chunks = [(at, min(at + _CHUNK, len(plan.tasks))) for at in range(0, len(plan.tasks), _CHUNK)]
    processes = min(processes, len(chunks), _MOST_PROCESSES)
    if processes <= 1:
        for chunk in chunks:
            yield from worker.render(chunk)
        return
    done = 0
    with ProcessPoolExecutor(processes, initializer=_start, initargs=(plan,)) as pool:
        try:
            for outcomes in pool.map(_render, chunks):
                done += len(outcomes)
                yield from outcomes
        except BrokenProcessPool:
            yield from map(_lost, islice(plan.tasks, done, None))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _lost(task: Task) -> Outcome:
    """Tell of a document whose process was killed: by the system for want of memory, or by somebody."""
    place = Position(os.path.dirname(task.stem))  # one for all, so that they are told together
    hint = "请再运行一次，已生成的会跳过；内存不够时可加 -j 1。"
    problem = Diagnostic("killed", "有的进程被中止了，这几份没有生成。", place, hint=hint)
    return Outcome(Status.FAILED, diagnostics=(problem,))


class _Worker:
    """Renders parts of a plan; reads bases and templates once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._options = plan.options._replace(keep_current=True, durable=False)
        self._reader = plan.table.reader if plan.table else Reader()
        self._resources = Resources(plan.options.templates, self._reader)

    def render(self, chunk: tuple[int, int]) -> list[Outcome]:
        """Make the documents of the plan from one number up to another."""
        return [attempt(partial(self._render, index)) for index in range(*chunk)]

    def _render(self, index: int) -> Outcome:
        targets = self._plan.tasks[index].targets(self._options.formats)
        return produce(self._inherited(index), targets, self._options, self._resources)

    def _inherited(self, index: int) -> inherit.Inherited:
        if self._plan.table:
            return self._plan.table.inherited(index)
        return inherit.load(Path(self._plan.tasks[index].source), self._reader, self._options.root)


_worker: _Worker | None = None


def _start(plan: Plan) -> None:
    """Make this process's worker; its mistakes were already met when the plan was made."""
    global _worker  # noqa: PLW0603 -- how a pool hands its processes what they share
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that hands out the work
    _worker = _Worker(plan)


def _render(chunk: tuple[int, int]) -> list[Outcome]:
    assert _worker is not None
    return _worker.render(chunk)
