"""``healthreport schema``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from healthreport.cli import console
from healthreport.cli.app import app
from healthreport.cli.help_zh import Command


@app.command(cls=Command)
def schema(
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="写到文件；默认打印。")] = None,
    templates: Annotated[
        Path | None, typer.Option("--templates", metavar="文件夹", help="自己的模板；默认用当前文件夹下的 templates。")
    ] = None,
) -> None:
    """输出报告文件的 JSON Schema，供编辑器边写边校验。"""
    from healthreport.diagnostics import HealthReportError
    from healthreport.jobs import schema as job
    from healthreport.jobs.new.files import rewrite
    from healthreport.reading.resources import Resources

    resources = Resources(templates)
    try:
        text = job.text(resources)
        if output is None:
            console.result(text)
            return
        rewrite(output, text + "\n")
    except HealthReportError as wrong:
        console.report(wrong.diagnostics, resources.reader.line)
        raise typer.Exit(2) from None
    console.result(str(output))
