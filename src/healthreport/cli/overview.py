"""``healthreport overview``."""

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
    from healthreport.jobs.overview.planning import Plan
    from healthreport.jobs.overview.running import Overview, Row

# The columns that are shown wherever anything stands in them; the last one says which, as far as there is room.
_COUNTS = ("缺", "待补", "可不填", "字数", "提醒")
_WHICH, _LEAST_WHICH = "缺哪些", 16


class Format(StrEnum):
    """How the overview is told."""

    TABLE = "table"
    JSON = "json"


_Place = Annotated[
    Path,
    typer.Argument(
        metavar="文件夹或文件",
        help="各乡镇报告的文件夹，或写了“汇总来源”的全县报告；加 --data 时是定义指标的报告。",
    ),
]
_Expect = Annotated[
    Path | None,
    typer.Option("--expect", metavar="名单", help="应报的乡镇：一行一个的文本，或有一列名称的表；照它的顺序列。"),
]
_Output = Annotated[Path | None, options.written("-o", "--output", metavar="表格", help="写成 xlsx，缺的全部列出。")]
_Format = Annotated[Format | None, typer.Option("--format", metavar="格式", help="table 或 json；默认 table。")]

app = alone()


@app.command(cls=Command)
def overview(
    place: _Place,
    data: options.Data = None,
    expect: _Expect = None,
    worksheet: options.Worksheet = "",
    header_row: options.HeaderRow = 0,
    ignore_columns: options.IgnoreColumns = False,
    output: _Output = None,
    form: _Format = None,
    every: options.Wide = False,
    processes: options.Jobs = 0,
    force: options.Force = False,
    templates: options.Templates = None,
    no_user_templates: options.NoUserTemplates = False,
    root: options.Root = None,
) -> None:
    """看看谁报了、谁没报：各乡镇缺哪些数、几处待补、多少字。有缺的，结束代码是1。"""
    from healthreport.jobs.batch.planning import Data
    from healthreport.jobs.overview import planning, sheet
    from healthreport.reading.resources import Resources

    own = options.own_templates(templates, not_of_here=no_user_templates)
    with exits.told() as reader:
        if output is None:
            options.tell_unused("-o", {"--force": force})
        else:
            sheet.refuse(output)
        if data is None:
            idle = {"--worksheet": worksheet, "--header-row": header_row, "--ignore-columns": ignore_columns}
            options.tell_unused("--data", idle)
        table = Data(data, worksheet, header_row, ignore_columns) if data else None
        alike = planning.Options(expect, own, root)
        plan = planning.plan(place, table, alike, Resources(own, reader))
        if output:
            sheet.refuse_input(output, plan, reader)
        for one in plan.tables if form is not Format.JSON else ():
            console.say(one.townships.reading.short())
        found = _run(plan, processes or os.cpu_count() or 1, quiet=form is Format.JSON)
        if form or not output:
            _show(found, form or Format.TABLE, every=every)
        _tell(found, reader.line)
        if output:
            sheet.write(output, found, force=force)
            (console.say if form else console.result)(str(output))
    exits.leave(_code(found))


def _run(plan: Plan, processes: int, *, quiet: bool) -> Overview:
    from healthreport.jobs.overview import running

    with console.progress(plan.size, quiet=quiet) as advance:
        return running.arranged(plan, [advance(one) for one in running.run(plan, processes)])


def _code(found: Overview) -> exits.Exit:
    """Return 1 while anything is missing, 2 where nothing of what came could be read."""
    if found.is_unread:
        return exits.Exit.NOTHING
    return exits.Exit.DONE if found.is_complete else exits.Exit.PARTLY


def _show(found: Overview, form: Format, *, every: bool) -> None:
    """Print the overview: all of it for programs, what fits for people."""
    from healthreport.cli import tables
    from healthreport.cli.tables import Table
    from healthreport.jobs.overview import sheet

    if form is Format.JSON:
        console.result(_json(found))
        return
    rows = [{head: str(value) for head, value in sheet.cells(row).items()} for row in found.rows]
    counts = [head for head in _COUNTS if any(row[head] not in ("", "0") for row in rows)]
    which = [_WHICH] if any(row[_WHICH] for row in rows) else []
    heads = ("填报单位", "情况", *counts, *which)
    if every:
        console.table([head for head in sheet.HEADS if head in heads or any(row[head] for row in rows)], rows)
        return
    width = tables.console_width()
    right = frozenset(counts)
    if which:
        room = max(tables.room(Table(heads[:-1], rows, right), width), _LEAST_WHICH)
        rows = [{**row, _WHICH: tables.shortened(row[_WHICH], room)} for row in rows]
    for line in tables.lines(Table(heads, rows, right), width):
        console.result(line)


def _json(found: Overview) -> str:
    """Return the overview for programs; what is not known, as of who sent nothing, is null."""
    from healthreport.cli import formats

    return formats.as_json({**_counted(found), "townships": [_as_told(row) for row in found.rows]})


def _as_told(row: Row) -> dict[str, object]:
    from healthreport.cli import formats

    sent = row.sent
    lacks = sent.lacks if sent else None
    return {
        "name": row.name,
        "listed": row.is_listed,
        "status": row.state.name.lower(),
        "source": sent.source if sent else None,
        "missing": lacks.missing if lacks else None,
        "optional": lacks.spared if lacks else None,
        "todo": sent.todo if sent else None,
        "characters": sent.characters if sent else None,
        "findings": sent.findings if sent else None,
        "mistakes": [formats.finding(one) for one in sent.mistakes] if sent else [],
    }


def _counted(found: Overview) -> dict[str, int]:
    """Return how many townships are how far, of those that are to send something."""
    from healthreport.jobs.overview.looking import State

    every = found.number_of(*State)
    states = {state.name.lower(): found.number_of(state) for state in State}
    counts = {"expected": every, "sent": every - states["absent"], **states}
    return {**counts, "not_listed": len(found.rows) - every}


def _tell(found: Overview, line_at: Callable[[Position], str]) -> None:
    """Say what is wrong with what came, each cause once, and how far all are."""
    from healthreport.cli import formats
    from healthreport.jobs.producing import Outcome, Status, Task

    mistaken = [
        (Task(row.name, ""), Outcome(Status.FAILED, diagnostics=row.sent.mistakes))
        for row in found.rows
        if row.sent and row.sent.mistakes
    ]
    console.report_groups(formats.grouped(mistaken), line_at, quiet=False)
    console.report(found.told, line_at)
    shared = {one for row in found.rows if row.sent for one in row.sent.shared}
    if shared:  # nothing that a township can do anything about
        console.say("底稿里的提醒，各份都一样，没有算进各单位：")
        for one in sorted(shared, key=lambda one: one.position):
            console.say(console.format_diagnostic(one, line_at)[0])
    if any(row.sent and row.sent.lacks and row.sent.lacks.spared for row in found.rows):
        console.say("“可不填”的只用在分句“[[ ]]”里，没填就不印那一句；是哪些，见 --wide 或 -o 进度.xlsx。")
    missing = [name for row in found.rows if row.sent and row.sent.lacks for name in row.sent.lacks.missing]
    if keys := [key for key in ("目标", "上年") if any(name.endswith(f"（{key}）") for name in missing)]:
        said = "".join(f"“无{key}: 是”" for key in keys)
        console.say(f"本来就没有{'、'.join(keys)}的，请在底稿、全县的报告的“指标”里写{said}，就不再催。")
    console.say(_summary(found))


def _summary(found: Overview) -> str:
    """Say how far all are: 应报7个，已报6个，齐全4个，不全2个，未报1个。."""
    from healthreport.jobs.overview.looking import State

    counts = _counted(found)
    parts = [f"{'应报' if found.is_listed else '共'}{counts['expected']}个", f"已报{counts['sent']}个"]
    order = (State.COMPLETE, State.INCOMPLETE, State.MISTAKEN, State.UNREADABLE, State.ABSENT)
    parts += [f"{state.value}{number}个" for state in order if (number := counts[state.name.lower()])]
    if counts["not_listed"]:
        parts.append(f"名单外{counts['not_listed']}个")
    return "，".join(parts) + "。"
