"""``healthreport render``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, alone
from healthreport.diagnostics import Severity
from healthreport.writing.writers import WRITERS


def _formats(value: str) -> str:
    unknown = [name for name in value.split(",") if name not in WRITERS] if value else []
    if unknown:
        raise typer.BadParameter(f"“{unknown[0]}”不是能写的格式，可选 {'、'.join(WRITERS)}")
    return value


app = alone()


@app.command(cls=Command)
def render(
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="报告的 YAML 文件；“-”为标准输入。")],
    output: Annotated[
        Path | None,
        options.written("-o", "--output", metavar="路径", help="一份输入时是文件，多份时是文件夹；默认写在输入旁边。"),
    ] = None,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="格式",
            callback=_formats,
            help=f"{'、'.join(WRITERS)}，可写 {','.join(WRITERS)}；默认按 -o 的后缀，没有就是 docx。",
        ),
    ] = "",
    layout: options.Layout = "",
    templates: options.Templates = None,
    no_user_templates: options.NoUserTemplates = False,
    root: options.Root = None,
    draft: options.Draft = False,
    force: options.Force = False,
    no_check: options.NoCheck = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
) -> None:
    """生成公文：一份 YAML 一份 Word。"""
    from healthreport.jobs import render as job
    from healthreport.jobs.producing import Options

    formats = tuple(dict.fromkeys(to.split(","))) if to else job.formats_of(output)
    outcomes = []
    with exits.told() as reader:
        own = options.own_templates(templates, not_of_here=no_user_templates)
        alike = Options(formats, layout, own, root, draft, force, strict, not no_check, counted=not quiet)
        for task, outcome in job.render(files, output, alike, reader):
            outcomes.append(outcome)
            for format in outcome.written:
                console.result(str(task.targets(formats)[format]))
            if outcome.written and not quiet:
                console.say(f"{task.source}：{outcome.characters}字")
        found = [diagnostic for outcome in outcomes for diagnostic in outcome.diagnostics]
        console.report(
            [diagnostic for diagnostic in found if not quiet or diagnostic.severity is Severity.ERROR], reader.line
        )
    exits.leave(exits.code_of(outcomes))
