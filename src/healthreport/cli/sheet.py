"""``healthreport sheet``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.app import app
from healthreport.cli.help_zh import Command


@app.command(cls=Command)
def sheet(
    base: Annotated[Path, typer.Argument(metavar="文件", help="各乡镇共用的报告。")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="表格", help="写到哪里：xlsx 或 csv；默认写在报告旁边。"),
    ] = None,
    towns: Annotated[Path | None, typer.Option("--towns", metavar="名单", help="一行一个乡镇，先填好名称。")] = None,
    root: options.Root = None,
) -> None:
    """写一张空表发给各乡镇填：要填的指标各占一列。"""
    from healthreport.jobs import sheet as job

    target = output or base.with_name(f"{base.stem}填报表.xlsx")
    with exits.told() as reader:
        job.write(target, base, towns, reader, root)
    console.result(str(target))
    console.say(f"填好后批量生成：healthreport batch {base} --data {target}{f' --root {root}' if root else ''}")
