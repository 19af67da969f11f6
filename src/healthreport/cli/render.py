"""``healthreport render``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from healthreport.cli import console
from healthreport.cli.app import app
from healthreport.cli.help_zh import Command
from healthreport.diagnostics import HealthReportError, Severity


def _formats(value: str) -> str:
    unknown = [one for one in value.split(",") if one not in ("docx", "txt")]
    if unknown:
        raise typer.BadParameter(f"“{unknown[0]}”不是能写的格式，可选 docx、txt")
    return value


@app.command(cls=Command)
def render(
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="报告的 YAML 文件；“-”为标准输入。")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="路径", help="一份输入时是文件，多份时是文件夹；默认写在输入旁边。"),
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="格式", callback=_formats, help="docx、txt，可写 docx,txt。")
    ] = "docx",
    layout: Annotated[str, typer.Option("--layout", metavar="版式", help="版式名，优先于文件里的“版式”。")] = "",
    templates: Annotated[
        Path | None,
        typer.Option("--templates", metavar="文件夹", help="自己的模板和版式；默认用当前文件夹下的 templates。"),
    ] = None,
    root: Annotated[
        Path | None, typer.Option("--root", metavar="文件夹", help="“继承”的文件不得在它之外；默认是报告所在的文件夹。")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="草稿：缺的数留出标黄的空白，待补处用建议的文字。")] = False,
    force: Annotated[bool, typer.Option("--force", help="覆盖被别的程序改过的 Word 文件，原文件留作 .bak。")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="只报错误。")] = False,
) -> None:
    """生成公文：一份 YAML 一份 Word。"""
    from healthreport.jobs.render import Options
    from healthreport.jobs.render import render as run
    from healthreport.reading.reader import Reader

    reader = Reader()
    formats = tuple(dict.fromkeys(to.split(",")))
    options = Options(output, formats, layout, templates, root, draft, force)
    outcomes = []
    try:
        for outcome in run(files, options, reader):
            outcomes.append(outcome)
            for path in outcome.written:
                console.result(str(path))
            if outcome.written and not quiet:
                console.say(f"{outcome.source}：{outcome.characters}字")
    except HealthReportError as wrong:
        console.report(wrong.diagnostics, reader.line)
        raise typer.Exit(2) from None
    found = [one for outcome in outcomes for one in outcome.diagnostics if not quiet or one.severity is Severity.ERROR]
    console.report(found, reader.line)
    if not all(outcome.complete for outcome in outcomes):
        partly = any(outcome.written or outcome.refused for outcome in outcomes)
        raise typer.Exit(1 if partly else 2)
