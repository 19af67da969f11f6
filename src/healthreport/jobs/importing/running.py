"""All files of one call: where each goes, and what became of it; many are read by several processes."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity, error
from healthreport.disk.read import is_yaml
from healthreport.jobs.importing import reading
from healthreport.jobs.new import files
from healthreport.jobs.pool import workers
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from healthreport.values.typed import typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.importing.summary import Summary
    from healthreport.jobs.importing.reading import Options

STANDARD = "-"
_NAME_OF_STANDARD = "导入.yaml"
_ALONE = 8  # so few files are read before another process has started


class Task(NamedTuple):
    """A file to be read, and the report to be written."""

    source: Path
    target: Path


class Outcome(NamedTuple):
    """What became of a file: the files written and what there is to say of them, or what is wrong with it."""

    written: tuple[Path, ...] = ()
    summary: Summary | None = None
    text: str = ""
    """The report itself where it is not written but printed."""
    problems: tuple[Diagnostic, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Say whether there is a report, and it can be rendered as it is."""
        return self.summary is not None and all(one.severity is not Severity.ERROR for one in self.problems)


def plan(sources: Sequence[Path], output: Path | None) -> list[Task]:
    """Return where the report of each file goes: beside it, or to ``-o``: a file for one input, else a folder.

    Raises :class:`HealthReportError` when two reports would be one file.
    """
    tasks: dict[Path, Task] = {}
    sources = [*dict.fromkeys(sources)]
    for source in sources:
        target = _target(source, output, alone=len(sources) == 1)
        if target in tasks:
            message = f"“{source}”和“{tasks[target].source}”都要写到“{target}”。"
            raise error("same-output", message, Position(str(source)), hint="请分开导入，或给文件改名。")
        tasks[target] = Task(source, target)
    return [*tasks.values()]


def _target(source: Path, output: Path | None, *, alone: bool) -> Path:
    is_standard = str(source) == STANDARD
    if not is_standard and os.path.isdir(source):  # what may not be looked at, reading it tells
        hint = "请写出里面的文件名，几个可以一起写。"
        raise error("is-a-folder", "这是文件夹，不是文件。", Position(str(source)), hint=hint)
    if is_yaml(source.name):
        hint = f"直接生成：healthreport render {typed(source)}"
        raise error("is-a-report", "这已经是 YAML 写的报告，不用导入。", Position(str(source)), hint=hint + "。")
    name = _NAME_OF_STANDARD if is_standard else source.name.removesuffix(source.suffix) + ".yaml"
    if output is None:
        if is_standard:
            message = "文件名写“-”时，要用 -o 写明存成哪个文件。"
            raise error("stdin-needs-output", message, Position(STANDARD), hint="例如 -o 2022.yaml。")
        return source.with_name(name)
    if alone:
        return output if str(output) == STANDARD else files.target(output, name)
    if output.suffix in files.SUFFIXES or output.is_file():
        raise error("bad-output", "几份输入不能写进一个文件。", Position(str(output)), hint="-o 请写文件夹。")
    return output / name


def run(tasks: Sequence[Task], options: Options, resources: Resources) -> Iterator[tuple[Task, Outcome]]:
    """Read all files and yield what became of each, in order; one that cannot be read does not stop the others."""
    processes = min(os.cpu_count() or 1, len(tasks) // _ALONE)
    if processes <= 1:
        for task in tasks:
            yield task, _attempt(task, options, resources)
        return
    with ProcessPoolExecutor(processes, initializer=_start, initargs=(options, resources.own)) as pool:
        done = 0
        try:
            for task, outcome in zip(tasks, pool.map(_in_worker, tasks, chunksize=_ALONE), strict=True):
                done += 1
                yield task, outcome
        except BrokenProcessPool:
            yield from ((task, _lost(task)) for task in tasks[done:])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _lost(task: Task) -> Outcome:
    hint = "请再运行一次；内存不够时，请分几次导入。"
    return Outcome(
        problems=(
            Diagnostic(
                "killed",
                "做到一半被系统中止了，多半是内存不够，这一份没有导入。",
                Position(str(task.source)),
                hint=hint,
            ),
        )
    )


_shared: tuple[Options, Resources] | None = None


def _start(options: Options, templates: Path | None) -> None:
    """Make what a process's files share."""
    global _shared  # noqa: PLW0603 -- how a pool hands its processes what they share
    workers.start()
    _shared = options, Resources(templates, Reader())


def _in_worker(task: Task) -> Outcome:
    assert _shared is not None
    return _attempt(task, *_shared)


def _attempt(task: Task, options: Options, resources: Resources) -> Outcome:
    """Read one file and write its report, all of its files or none."""
    printed = str(task.target) == STANDARD
    try:
        if not printed:
            files.refuse_existing(task.target)
        target = Path(_NAME_OF_STANDARD) if printed else task.target
        imported = reading.read(task.source, target, options, resources)
        made = {target: imported.text.encode(), **imported.pictures}
        if not printed:
            files.write_all(made)
    except HealthReportError as wrong:
        return Outcome(problems=wrong.diagnostics)
    text = imported.text if printed else ""
    return Outcome(() if printed else (*made,), imported.summary, text, imported.problems)
