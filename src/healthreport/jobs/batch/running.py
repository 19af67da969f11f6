"""Every township's report in one run, in one process or many.

A worker plans nothing: it gets the plan and renders chunks of it. Results come in the plan's order. One
township that fails does not stop the others.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Position
from healthreport.disk.write import at_work as lock
from healthreport.disk.write import wait_for_disk
from healthreport.jobs.looking_on.everything import everything
from healthreport.jobs.producing import Outcome, Status, Task, attempt, produce
from healthreport.jobs.spreading import spread
from healthreport.model.build import ModelError
from healthreport.pipeline import UnsettableError
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from healthreport.reading.yaml.parse import SlipsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.jobs.batch.planning import Plan


def run(plan: Plan, processes: int) -> Iterator[tuple[Task, Outcome]]:
    """Make all of a plan and yield what became of each task, in its order.

    Raises :class:`HealthReportError` before anything is written when there are no such templates.
    """
    written = False
    for task, outcome in zip(plan.tasks, spread(_Rendering(plan), len(plan.tasks), processes), strict=True):
        written = written or bool(outcome.written)
        yield task, outcome
    if written:
        wait_for_disk()


@contextmanager
def at_work(plan: Plan) -> Iterator[bool]:
    """Yield whether no other batch is at work in the folder of a plan."""
    with lock(Path(os.path.dirname(plan.tasks[0].stem))) as alone:
        yield alone


class _Rendering(NamedTuple):
    """A plan, as what processes share."""

    plan: Plan

    def begin(self) -> Callable[[int], Outcome]:
        """Return what makes the documents of a task."""
        return _Worker(self.plan).render

    def lost(self, number: int) -> Outcome:
        """Tell of a document whose process was killed."""
        place = Position(os.path.dirname(self.plan.tasks[number].stem))  # one for all, so that they are told together
        hint = "请再运行一次，已生成的会跳过；内存不够时可加 -j 1。"
        problem = Diagnostic("killed", "做到一半被系统中止了，多半是内存不够，这几份没有生成。", place, hint=hint)
        return Outcome(Status.FAILED, diagnostics=(problem,))


class _Worker:
    """Renders parts of a plan; reads bases and templates once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._options = plan.options._replace(keep_current=True, durable=False)
        self._reader = plan.table.reader if plan.table else Reader()
        self._resources = Resources(plan.options.templates, self._reader)

    def render(self, index: int) -> Outcome:
        """Make the documents of a task of the plan."""
        return attempt(partial(self._render, index))

    def _render(self, index: int) -> Outcome:
        task, options = self._plan.tasks[index], self._options
        try:
            return produce(self._inherited(index), task.targets(options.formats), options, self._resources)
        except (SlipsError, ModelError, UnsettableError) as wrong:
            # What is wrong with a base, or a row, is told as it is: it would be looked for in every report anew.
            told_in = {one.position.file for one in wrong.diagnostics}
            if not isinstance(wrong, SlipsError) and task.source not in told_in:
                raise
            draft, layout, root = options.draft, options.layout, options.root
            raise everything(wrong, Path(task.source), self._resources, root=root, layout=layout, draft=draft) from None

    def _inherited(self, index: int) -> inherit.Inherited:
        if self._plan.table:
            return self._plan.table.inherited(index)
        return inherit.load(Path(self._plan.tasks[index].source), self._reader, self._options.root)
