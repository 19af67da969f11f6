"""``healthreport figures``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, alone

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Position
    from healthreport.jobs.figures import Listed

_NEEDED = ("指标", "数值", "目标", "上年", "同比")
# What else is shown where there is room, what is missed most first; 数值 says the unit.
_MORE = ("完成率", "位置", "达标", "公式", "增减", "超额", "倍数", "未用", "单位")


class Format(StrEnum):
    """How the indicators are listed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


app = alone()


@app.command(cls=Command)
def figures(
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="报告的 YAML 文件，可写几个，放在一起比。")],
    output: Annotated[
        Path | None,
        options.written("-o", "--output", metavar="表格", help="写成表：xlsx 或 csv，全部列都在里面。"),
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", metavar="格式", help="table、json 或 csv；默认 table。")
    ] = None,
    every: options.Wide = False,
    where: Annotated[
        bool, typer.Option("--where", help="列出每个数由哪里来：全县的数由哪些格、哪些文件的哪一行。")
    ] = False,
    force: options.Force = False,
    root: options.Root = None,
) -> None:
    """列出全部指标：数值、由它算出的数、写在哪里，哪些没有用到。"""
    from healthreport.jobs import figures as job
    from healthreport.jobs import figures_sheet as sheet

    with exits.told() as reader:
        if output is None:
            options.tell_unused("-o", {"--force": force})
        else:
            if form is None:
                options.tell_unused("--format", {"--where": where})
            sheet.refuse(output, files, reader)
        listed = job.figures(files, reader, root)
        if listed.reports and (form or not output):
            if where:
                _show_where(listed, form or Format.TABLE)
            else:
                _show(listed, form or Format.TABLE, every=every)
        _tell(listed, reader.line)
        if output and listed.reports:
            sheet.write(output, listed, force=force)
            (console.say if form else console.result)(str(output))
    exits.leave(exits.code_of(outcome for _, outcome in listed.made))


def _show(listed: Listed, form: Format, *, every: bool) -> None:
    """Print the indicators: all of them in the forms for programs, what fits in the one for people."""
    from healthreport.cli import formats
    from healthreport.figures import listing

    rows = listed.rows
    if form is Format.JSON:
        console.result(formats.rows_json(rows))
    elif form is Format.CSV:
        console.result(formats.rows_csv(listed.columns, rows))
    elif every:
        console.table(listing.columns(rows, listed.columns), rows)
    elif len(listed.reports) > 1:
        _show_beside(listed)
    else:
        _show_fitting(listed)


def _show_where(listed: Listed, form: Format) -> None:
    """Print where each value comes from."""
    from healthreport.cli import formats, tables

    rows = listed.where
    if form is Format.JSON:
        console.result(formats.rows_json(rows))
    elif form is Format.CSV:
        console.result(formats.rows_csv(listed.columns_of_where, rows))
    else:
        for line in tables.lines(tables.Table(listed.columns_of_where, rows), tables.console_width()):
            console.result(line)


def _show_fitting(listed: Listed) -> None:
    """Print the columns that there is room for, and say which there are besides."""
    from healthreport.cli import tables
    from healthreport.figures import listing

    (report,) = listed.reports
    width = tables.console_width()
    full = listing.columns(report.rows)
    needed = [column for column in _NEEDED if column in full]
    shown = tables.chosen(report.rows, needed, [column for column in _MORE if column in full], width)
    heads = tuple([column for column in full if column in shown])
    for line in tables.lines(tables.Table(heads, report.rows), width):
        console.result(line)
    told = (*shown, listing.UNUSED)  # in words, below the table
    if missing := [column for column in full if column not in told]:
        console.say(f"放不下的列没有列出：{'、'.join(missing)}。要看全部，加 --wide，或用 -o 指标清单.xlsx 写成表。")


def _show_beside(listed: Listed) -> None:
    """Print the values of several reports side by side, in as many tables as it takes."""
    from healthreport.cli import tables
    from healthreport.figures import beside

    width = tables.console_width()
    values = beside.table(listed.reports)
    whole = tables.Table((*beside.FIXED, *values.names), values.rows, frozenset(values.names))
    for at, part in enumerate(tables.parted(whole, len(beside.FIXED), width)):
        if at:
            console.result("")
        for line in tables.lines(part, width):
            console.result(line)
    console.say("几份放在一起，只列数值；目标、上年等也要看，加 --wide，或用 -o 指标清单.xlsx 写成表。")


def _tell(listed: Listed, line_at: Callable[[Position], str]) -> None:
    """Say which indicators nothing uses, and what there is to say of each file."""
    from healthreport.cli import formats

    if unused := listed.unused:
        console.say(f"没有用到的指标：{'、'.join(unused)}。")
        console.say("  → 正文、表格里没有它们，用到的公式、分项里也没有；不要的，可以从“指标”里删去。")
    if len(listed.made) > 1:
        console.report_groups(formats.grouped(listed.made), line_at, quiet=False)
    else:
        console.report([one for _, outcome in listed.made for one in outcome.diagnostics], line_at)
