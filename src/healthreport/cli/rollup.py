"""``healthreport rollup``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, alone

if TYPE_CHECKING:
    from healthreport.townships.rolled_up import RolledUp

_SOURCE = "全县的报告（写了“汇总来源”），或放着各乡镇报告的文件夹；加 --data 时是定义指标的报告。"

app = alone()


@app.command(cls=Command)
def rollup(
    source: Annotated[Path, typer.Argument(metavar="报告或文件夹", help=_SOURCE)],
    data: options.Data = None,
    worksheet: options.Worksheet = "",
    output: Annotated[
        Path | None,
        options.written("-o", "--output", metavar="文件", help="写成 xlsx（带公式）、csv、yaml 或 json。"),
    ] = None,
    force: options.Force = False,
    root: options.Root = None,
) -> None:
    """汇总各乡镇的数：乡镇在行、指标在列，有合计、率、完成率、同比、排名。"""
    from healthreport.jobs.rollup import rolling as job
    from healthreport.townships import rolled_gaps

    with exits.told() as reader:
        if output is None:
            options.tell_unused("-o", {"--force": force})
        else:
            job.refuse(output)
        if data is None:
            options.tell_unused("--data", {"--worksheet": worksheet})
        made = job.make(job.Asked(source, data, worksheet), reader, root)
        if output is None:
            _show(made.rolled_up)
        console.report(made.told, reader.line)
        for gap in (*rolled_gaps.of(made.rolled_up), *(job.left_out(output, made) if output else ())):
            console.say(gap)
        if output:
            job.write(output, made, reader, force=force)
            console.result(str(output))


def _show(rolled_up: RolledUp) -> None:
    """Print the townships' values and the county's, in as many tables as it takes."""
    from healthreport.cli import tables
    from healthreport.jobs.rollup import table

    width = tables.console_width()
    heads, rows = table.of(rolled_up)
    whole = tables.Table(heads, rows, frozenset(heads[1:]))
    for at, part in enumerate(tables.parted(whole, 1, width)):
        if at:
            console.result("")
        for line in tables.lines(part, width):
            console.result(line)
    console.say("这里只列数值；各乡镇的目标、上年、完成率、同比、排名，用 -o 汇总.xlsx 写成表。")
