"""Every township's report in one run, in one process or many.

A worker plans nothing: it gets the plan and renders chunks of it. Results come in the plan's order. One
township that fails does not stop the others.
"""

from __future__ import annotations

import json
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from healthreport.writing import targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.jobs.batch.planning import Plan

DONE, UNCHANGED, REFUSED, FAILED = "done", "unchanged", "refused", "failed"
_CHUNK = 40
_MOST_PROCESSES = 61  # Windows waits for no more


class Outcome(NamedTuple):
    """What became of one document: how it ended, and what there is to say of it."""

    status: str
    diagnostics: tuple[Diagnostic, ...] = ()


class Result(NamedTuple):
    """What became of one document."""

    source: str
    target: str
    status: str
    diagnostics: tuple[Diagnostic, ...]


def run(plan: Plan, processes: int) -> Iterator[Result]:
    """Render a plan and yield the results in its order."""
    outcomes = _outcomes(plan, processes)
    for source, target, outcome in zip(plan.sources, plan.targets, outcomes, strict=True):
        yield Result(source, target, *outcome)


def _outcomes(plan: Plan, processes: int) -> Iterator[Outcome]:
    chunks = [(at, min(at + _CHUNK, len(plan.targets))) for at in range(0, len(plan.targets), _CHUNK)]
    processes = min(processes, len(chunks), _MOST_PROCESSES)
    if processes <= 1:
        worker = _Worker(plan)
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
            yield from map(_lost, islice(plan.targets, done, None))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _lost(target: str) -> Outcome:
    """Tell of a document whose process was killed: by the system for want of memory, or by somebody."""
    place = Position(os.path.dirname(target))  # one for all, so that they are told together
    hint = "请再运行一次，已生成的会跳过；内存不够时可加 -j 1。"
    return Outcome(FAILED, (Diagnostic("killed", "有的进程被中止了，这几份没有生成。", place, hint=hint),))


class _Worker:
    """Renders parts of a plan; reads bases and templates once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._reader = plan.table.reader if plan.table else Reader()
        self._resources = Resources(plan.options.templates, self._reader)

    def render(self, chunk: tuple[int, int]) -> list[Outcome]:
        """Render the documents of the plan from one number up to another."""
        return [self._render(index) for index in range(*chunk)]

    def _render(self, index: int) -> Outcome:
        try:
            return self._document(index, Path(self._plan.targets[index]))
        except HealthReportError as wrong:
            return Outcome(FAILED, tuple(wrong.diagnostics))

    def _document(self, index: int, target: Path) -> Outcome:
        options, inherited = self._plan.options, self._inherited(index)
        digest = pipeline.digest(inherited, self._reader, self._resources, options.layout, draft=options.draft)
        if targets.is_current(target, digest):
            return Outcome(UNCHANGED)
        composed = pipeline.compose(
            inherited, self._reader, self._resources, layout=options.layout, draft=options.draft
        )
        result = targets.write(target, pipeline.docx(composed, self._resources, digest), force=options.force)
        diagnostics = (*composed.warnings, result.problem) if result.problem else composed.warnings
        return Outcome(DONE if result.written else REFUSED if result.refused else FAILED, diagnostics)

    def _inherited(self, index: int) -> inherit.Inherited:
        if self._plan.table:
            return self._plan.table.inherited(index)
        return inherit.load(Path(self._plan.sources[index]), self._reader, self._plan.root)


_worker: _Worker | None = None


def _start(plan: Plan) -> None:
    """Make this process's worker; its mistakes were already met when the plan was made."""
    global _worker  # noqa: PLW0603 -- how a pool hands its processes what they share
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that hands out the work
    _worker = _Worker(plan)


def _render(chunk: tuple[int, int]) -> list[Outcome]:
    assert _worker is not None
    return _worker.render(chunk)


class Group(NamedTuple):
    """One mistake that many documents share: itself, and the documents it was met in."""

    diagnostic: Diagnostic
    sources: list[str]


def grouped(results: Sequence[Result]) -> list[Group]:
    """Group diagnostics by id and position, in the order of their first document.

    A row is named with the cell that is to be filled in, and told of each cell once, however often the
    report refers to it.
    """
    groups: dict[tuple[str, Position, Severity], Group] = {}
    for result in results:
        told: set[tuple[str, str]] = set()
        for one in sorted(result.diagnostics, key=lambda one: one.position):
            cell = next((other.position.cell for other in one.related if other.position.cell), "")
            if cell and (one.id, cell) in told:
                continue
            told.add((one.id, cell))
            shared = one._replace(related=tuple(other for other in one.related if not other.position.cell))
            group = groups.setdefault((one.id, one.position, one.severity), Group(shared, []))
            source = f"{result.source}（{cell}）" if cell else result.source
            if source not in group.sources[-1:]:
                group.sources.append(source)
    return list(groups.values())


def counts(results: Sequence[Result]) -> dict[str, int]:
    """Return how many documents came to each end."""
    return {status: sum(result.status == status for result in results) for status in (DONE, UNCHANGED, REFUSED, FAILED)}


def as_json(results: Sequence[Result], seconds: float) -> str:
    """Return the whole outcome as JSON."""
    documents = [
        {
            "source": result.source,
            "target": result.target,
            "status": result.status,
            "diagnostics": [
                {
                    "id": one.id,
                    "severity": one.severity.name.lower(),
                    "position": str(one.position),
                    "message": one.message,
                }
                for one in result.diagnostics
            ],
        }
        for result in results
    ]
    return json.dumps(
        {**counts(results), "seconds": round(seconds, 2), "documents": documents}, ensure_ascii=False, indent=2
    )
