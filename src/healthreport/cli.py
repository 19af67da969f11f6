"""The command line: parse, call, report, exit code. Everything heavy is imported in a command's body."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from healthreport import __version__, help_zh, reporting
from healthreport.diagnostics import HealthReportError, Severity

app = typer.Typer(
    cls=help_zh.Group,
    help="把 YAML 写的年度材料生成为 GB/T 9704 版式的 Word 公文。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        reporting.result(f"healthreport {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")] = False,
) -> None:
    """Take the options that stand before a command."""


def _formats(value: str) -> str:
    unknown = [one for one in value.split(",") if one not in ("docx", "txt")]
    if unknown:
        raise typer.BadParameter(f"“{unknown[0]}”不是能写的格式，可选 docx、txt")
    return value


@app.command(cls=help_zh.Command)
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
    from healthreport.files import Reader
    from healthreport.render import Options
    from healthreport.render import render as run

    reader = Reader()
    formats = tuple(dict.fromkeys(to.split(",")))
    options = Options(output, formats, layout, templates, root, draft, force)
    outcomes = []
    try:
        for outcome in run(files, options, reader):
            outcomes.append(outcome)
            for path in outcome.written:
                reporting.result(str(path))
            if outcome.written and not quiet:
                reporting.say(f"{outcome.source}：{outcome.characters}字")
    except HealthReportError as wrong:
        reporting.report(wrong.diagnostics, reader.line)
        raise typer.Exit(2) from None
    found = [one for outcome in outcomes for one in outcome.diagnostics if not quiet or one.severity is Severity.ERROR]
    reporting.report(found, reader.line)
    if not all(outcome.complete for outcome in outcomes):
        partly = any(outcome.written or outcome.refused for outcome in outcomes)
        raise typer.Exit(1 if partly else 2)


def main() -> None:
    """Run the program; a mistake on the command line is told in Chinese and ends with 2."""
    # What start-up makes stays: searching it for garbage, again and again, costs a sixth of a short run.
    gc.disable()
    reporting.prepare_streams()
    try:
        code = app(standalone_mode=False)
    except typer.TyperException as wrong:
        reporting.say(help_zh.explain(wrong))
        code = 2
    except (typer.Abort, KeyboardInterrupt):
        reporting.say("已取消。")
        code = 130
    gc.freeze()  # nor is there anything to collect at the end
    sys.exit(code if isinstance(code, int) else 0)
