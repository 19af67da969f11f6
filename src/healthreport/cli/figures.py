"""``healthreport figures``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from healthreport import reporting
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
    from healthreport import listing
    from healthreport.files import Reader

    reader = Reader()
    try:
        rows, problems = listing.rows(file, reader, root)
    except HealthReportError as wrong:
        reporting.report(wrong.diagnostics, reader.line)
        raise typer.Exit(2) from None
    if form is Format.TABLE:
        reporting.table(listing.columns(rows), rows)
    else:
        reporting.result(listing.as_json(rows) if form is Format.JSON else listing.as_csv(rows))
    reporting.report(problems, reader.line)
