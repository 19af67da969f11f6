"""``healthreport import``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.app import app
from healthreport.cli.help_zh import Command

if TYPE_CHECKING:
    from healthreport.jobs.importing import Imported

_ALL = "all"
STANDARD_OUTPUT = Path("-")


class Format(StrEnum):
    """How is told what became of a file."""

    TEXT = "text"
    JSON = "json"


def _keep(value: str) -> str:
    from healthreport.recognising.cleaning.changes import Kind

    known = [*map(str, Kind), _ALL]
    for word in filter(None, value.split(",")):
        if word not in known:
            raise typer.BadParameter(f"“{word}”不是清理的一种，可选 {'、'.join(known)}")
    return value


@app.command("import", cls=Command)
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="Word、.txt、.md 文件；“-”为标准输入。")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="路径", help="一份输入时是文件，多份时是文件夹；默认写在输入旁边。"),
    ] = None,
    genre: Annotated[str, typer.Option("--genre", metavar="体裁", help="体裁；不写则由标题和章节认出。")] = "",
    year: Annotated[str, typer.Option("--year", metavar="年份", callback=options.year, help="不写则由正文认出。")] = "",
    figures: Annotated[bool, typer.Option("--figures", help="把文中的数做成“指标”，正文改为引用。")] = False,
    keep_numbers: Annotated[
        bool, typer.Option("--keep-numbers", help="序号照原样留在文字里，不由程序编排。")
    ] = False,
    keep: Annotated[
        str,
        typer.Option("--keep", metavar="种类", callback=_keep, help="不清理的种类：halfwidth,spaces,…；all 为全部。"),
    ] = "",
    report: Annotated[bool, typer.Option("--report", help="列出认出的章节，和每一处清理、存疑的地方。")] = False,
    form: Annotated[Format, typer.Option("--format", metavar="格式", help="说明的格式：text 或 json。")] = Format.TEXT,
    quiet: options.Quiet = False,
) -> None:
    """由去年的 Word 或文本生成 YAML：一字不丢，章节、序号、分述都认出来。"""
    from healthreport.cli import imported
    from healthreport.jobs import importing as job
    from healthreport.recognising.cleaning.changes import Kind
    from healthreport.reading.resources import Resources

    kept = frozenset(Kind) if _ALL in keep.split(",") else frozenset(map(Kind, filter(None, keep.split(","))))
    wanted = job.Options(genre, int(year) if year else None, figures, keep_numbers, kept)
    with exits.told() as reader:
        resources = Resources(None, reader)
        made, failed = [], []
        for task in console_progress(job.plan(files, output), quiet=quiet):
            pass
