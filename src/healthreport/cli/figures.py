"""``healthreport figures``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.app import app
from healthreport.cli.help_zh import Command


class Format(StrEnum):
    """How the indicators are listed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.command(cls=Command)
def figures(
    file: Annotated[Path, typer.Argument(metavar="文件", help="报告的 YAML 文件。")],
    form: Annotated[Format, typer.Option("--format", metavar="格式", help="table、json 或 csv。")] = Format.TABLE,
    root: options.Root = None,
) -> None:
    """列出全部指标：数值、由它算出的数、写在哪里。"""
    from healthreport.cli import formats
    from healthreport.figures import listing
    from healthreport.jobs import figures as job

    with exits.told() as reader:
        rows, problems = job.figures(file, reader, root)
        if form is Format.TABLE:
            console.table(listing.columns(rows), rows)
        else:
            console.result(formats.rows_json(rows) if form is Format.JSON else formats.rows_csv(listing.COLUMNS, rows))
        console.report(problems, reader.line)
