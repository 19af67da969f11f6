"""``healthreport sheet``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, alone
from healthreport.values.typed import typed

app = alone()


@app.command(cls=Command)
def sheet(
    base: Annotated[Path, typer.Argument(metavar="文件", help="各乡镇共用的报告。")],
    output: Annotated[
        Path | None,
        options.written("-o", "--output", metavar="表格", help="写到哪里：xlsx 或 csv；默认写在报告旁边。"),
    ] = None,
    towns: Annotated[
        Path | None,
        typer.Option("--towns", metavar="名单", help="先填好名称：文本（一行一个）、表格，或各乡镇文件的文件夹。"),
    ] = None,
    last: Annotated[
        Path | None,
        typer.Option("--last", metavar="表格", help="去年的表：它的数填进“上年”；没有 --towns 时名称也取自它。"),
    ] = None,
    root: options.Root = None,
) -> None:
    """写一张空表发给各乡镇填：要用的数各占一列，也包括用到的目标和上年。"""
    from healthreport.jobs import sheet as job

    target = output or base.with_name(f"{base.stem}填报表.xlsx")
    with exits.told() as reader:
        written = job.write(target, base, towns, last, reader, root)
        if written.reading:
            console.say(written.reading)
        console.report(written.warnings, reader.line)
    console.result(str(target))
    above = f" --root {typed(root)}" if root else ""
    if written.is_county:
        console.say(f"填好后把“汇总来源”写成这张表，再生成：healthreport render {typed(base)}{above}")
    else:
        console.say(f"填好后批量生成：healthreport batch {typed(base)} --data {typed(target)}{above}")
