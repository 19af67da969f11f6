"""``healthreport batch``."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, alone

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Position
    from healthreport.jobs.batch.planning import Plan
    from healthreport.jobs.producing import Outcome, Task


class Format(StrEnum):
    """How the summary is told."""

    TEXT = "text"
    JSON = "json"


_Name = Annotated[
    str, typer.Option("--name", metavar="样式", help="文件名，如“{{ 单位 }}{{ 年度 }}年工作总结”；默认照体裁。")
]
_Base = Annotated[
    Path, typer.Argument(metavar="文件夹或文件", help="一个文件夹的报告；或加 --data 时各乡镇共用的报告。")
]
_Output = Annotated[Path | None, options.written("-o", "--output", metavar="文件夹", help="写到哪里。")]
_Checks = Annotated[
    Path | None,
    options.written("--checks", metavar="表格", help="另写一张核对表：各乡镇的数、上年、目标、增减和存疑之处。"),
]
_ShowReading = Annotated[
    bool, typer.Option("--show-reading", help="不生成材料，只列出表是怎样读的：每一列、每一行；可加 --format json。")
]


app = alone()


@app.command(cls=Command)
def batch(
    base: _Base,
    data: options.Data = None,
    worksheet: options.Worksheet = "",
    header_row: options.HeaderRow = 0,
    ignore_columns: options.IgnoreColumns = False,
    show_reading: _ShowReading = False,
    output: _Output = None,
    name: _Name = "",
    processes: options.Jobs = 0,
    layout: options.Layout = "",
    templates: options.Templates = None,
    no_user_templates: options.NoUserTemplates = False,
    root: options.Root = None,
    draft: options.Draft = False,
    force: options.Force = False,
    form: Annotated[Format, typer.Option("--format", metavar="格式", help="总结用 text 或 json。")] = Format.TEXT,
    no_check: options.NoCheck = False,
    checks: _Checks = None,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
) -> None:
    """批量生成：一个乡镇一份 Word。"""
    from healthreport.jobs.batch import checks as sheet
    from healthreport.jobs.batch.planning import Data, plan_folder, plan_table
    from healthreport.jobs.producing import Options

    own = options.own_templates(templates, not_of_here=no_user_templates)
    alike = Options(("docx",), layout, own, root, draft, force, strict, not no_check, listed=checks is not None)
    with exits.told() as reader:
        if checks:
            sheet.refuse(checks, force=force)
        if data is None:
            if not quiet:
                idle = {"--worksheet": worksheet, "--header-row": header_row, "--ignore-columns": ignore_columns}
                options.tell_unused("--data", {**idle, "--show-reading": show_reading})
            plan = plan_folder(base, alike, reader, output=output, pattern=name)
        else:
            table = Data(data, worksheet, header_row, ignore_columns)
            plan = plan_table(base, table, alike, reader, output=output, pattern=name)
            _show(plan, form, reader.line, whole=show_reading, quiet=quiet)
        if show_reading:
            return
        made, seconds = _run(plan, processes or os.cpu_count() or 1, quiet=quiet)
        _tell(plan, made, seconds, form, reader.line, quiet=quiet)
        if checks:
            sheet.write(checks, made)
            console.say(f"核对表：{checks}")
    exits.leave(exits.code_of(outcome for _, outcome in made))


def _run(plan: Plan, processes: int, *, quiet: bool) -> tuple[list[tuple[Task, Outcome]], float]:
    """Make the documents, and return what became of them and how many seconds it took."""
    from healthreport.jobs.batch import running

    made: list[tuple[Task, Outcome]] = []
    with running.at_work(plan) as alone, console.progress(len(plan.tasks), quiet=quiet) as advance:
        if not alone:
            console.say("另一个批量生成正在往这个文件夹里写；每份文件都是完整的，但可能是那一边写的。")
        try:
            for one in running.run(plan, processes):
                made.append(advance(one))
        except KeyboardInterrupt:
            console.say(f"做完了 {len(made)} 份，还有 {len(plan.tasks) - len(made)} 份；再运行一次会接着做。")
            raise
        return made, advance.seconds


def _tell(
    plan: Plan,
    made: list[tuple[Task, Outcome]],
    seconds: float,
    form: Format,
    line_at: Callable[[Position], str],
    *,
    quiet: bool,
) -> None:
    from healthreport.cli import formats
    from healthreport.jobs.batch import left_over

    if form is Format.JSON:
        console.result(formats.batch_json(made, plan.options.formats[0], seconds))
    console.report(plan.problems, line_at)
    console.report_groups(formats.grouped(made), line_at, quiet=quiet)
    if not quiet:
        console.report(left_over.find(plan), line_at)
        console.summary(formats.counts(made), seconds)


def _show(plan: Plan, form: Format, line_at: Callable[[Position], str], *, whole: bool, quiet: bool) -> None:
    """Say how the sheet was understood: in one line, or the whole of it as the result."""
    assert plan.table is not None
    reading = plan.table.townships.reading
    if whole:
        for line in [reading.as_json()] if form is Format.JSON else reading.lines():
            console.result(line)
        console.report(plan.problems, line_at)
    elif not quiet:
        console.say(reading.short())
