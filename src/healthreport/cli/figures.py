"""``healthreport figures``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from healthreport.cli import console
from healthreport.cli.app import app
from healthreport.cli.help_zh import Command
from healthreport.diagnostics import HealthReportError


class Format(StrEnum):
    """How the indicators are listed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.command(cls=Command)
def figures(
    file: Annotated[Path, typer.Argument(metavar="文件", help="报告的 YAML 文件。")],
    form: Annotated[Format, typer.Option("--format", metavar="格式", help="table、json 或 csv。")] = Format.TABLE,
    root: Annotated[Path | None, typer.Option("--root", metavar="文件夹", help="“继承”的文件不得在它之外。")] = None,
) -> None:
    """列出全部指标：数值、由它算出的数、写在哪里。"""
    from healthreport.figures import listing
    from healthreport.jobs import figures as job
    from healthreport.reading.reader import Reader

    reader = Reader()
    try:
        rows, problems = job.figures(file, reader, root)
    except HealthReportError as wrong:
        console.report(wrong.diagnostics, reader.line)
        raise typer.Exit(2) from None
    if form is Format.TABLE:
        console.table(listing.columns(rows), rows)
    else:
        console.result(listing.as_json(rows) if form is Format.JSON else listing.as_csv(rows))
    console.report(problems, reader.line)
