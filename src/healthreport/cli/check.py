"""``healthreport check``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.app import app
from healthreport.cli.help_zh import Command
from healthreport.diagnostics import Severity


class Format(StrEnum):
    """How findings are told."""

    TEXT = "text"
    JSON = "json"


@app.command(cls=Command)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="报告的 YAML、Word 文件或文本。")],
    form: Annotated[Format, typer.Option("--format", metavar="格式", help="text 或 json。")] = Format.TEXT,
    templates: options.Templates = None,
    no_user_templates: options.NoUserTemplates = False,
    root: options.Root = None,
) -> None:
    """检查公文：数对不对得上、序号、标点、用字。"""
    from healthreport.cli import findings
    from healthreport.jobs.checking import running
    from healthreport.reading.resources import Resources

    with exits.told() as reader:
        resources = Resources(options.own_templates(templates, not_of_here=no_user_templates), reader)
        checked = list(running.run(files, resources, root))
        if form is Format.JSON:
            console.result(findings.as_json(checked))
        else:
            findings.tell(checked, reader.line)
    if any(one.looked is None for one in checked):
        exits.leave(exits.Exit.NOTHING)
    found = any(diagnostic.severity >= Severity.WARNING for one in checked for diagnostic in one.found)
    exits.leave(exits.Exit.PARTLY if found else exits.Exit.DONE)
