"""``healthreport import``."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, alone
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from healthreport.jobs.importing.running import Outcome, Task

_ALL = "all"


class Format(StrEnum):
    """How is told what became of the files."""

    TEXT = "text"
    JSON = "json"


def _keep(value: str) -> str:
    from healthreport.recognising.cleaning.changes import Kind

    known = {str(kind): kind.chinese for kind in Kind if kind.can_be_kept} | {_ALL: "全部"}
    for word in _words(value):
        if word not in known:
            listed = "、".join(f"{one}（{chinese}）" for one, chinese in known.items())
            raise typer.BadParameter(f"“{word}”不是可选的种类，可选 {listed}")
    return value


def _words(listed: str) -> list[str]:
    return [*filter(None, re.split(r"[,，、\s]", listed))]


app = alone()


@app.command("import", cls=Command)
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="Word、txt、md 文件；“-”为标准输入。")],
    output: Annotated[
        Path | None,
        options.written("-o", "--output", metavar="路径", help="一份输入时是文件，多份时是文件夹；默认写在输入旁边。"),
    ] = None,
    genre: Annotated[str, typer.Option("--genre", metavar="体裁", help="体裁；不写则由标题和章节认出。")] = "",
    year: options.Year = "",
    figures: Annotated[bool, typer.Option("--figures", help="把文中的数做成“指标”，正文改为引用。")] = False,
    keep_numbers: Annotated[bool, typer.Option("--keep-numbers", help="序号留在文字里，不由程序编排。")] = False,
    keep: Annotated[
        str,
        typer.Option("--keep", metavar="种类", callback=_keep, help="不清理的种类，如 halfwidth,spaces；all 是全部。"),
    ] = "",
    report: Annotated[bool, typer.Option("--report", help="列出认出的章节、每一处清理和拿不准的地方。")] = False,
    form: Annotated[Format, typer.Option("--format", metavar="格式", help="总结用 text 或 json。")] = Format.TEXT,
    templates: options.Templates = None,
    no_user_templates: options.NoUserTemplates = False,
    quiet: options.Quiet = False,
) -> None:
    """由 Word 或文本生成 YAML：一字不丢，认出章节、序号、分述。"""
    from healthreport.cli import imported
    from healthreport.jobs.importing import running
    from healthreport.jobs.importing.reading import Options
    from healthreport.jobs.new import skeleton
    from healthreport.reading.resources import Resources
    from healthreport.recognising.cleaning.changes import Kind

    words = _words(keep)
    kept = frozenset(Kind) if _ALL in words else frozenset(kind for kind in Kind if kind in words)
    made: list[tuple[Task, Outcome]] = []
    with exits.told() as reader:
        resources = Resources(options.own_templates(templates, not_of_here=no_user_templates), reader)
        named = skeleton.genre_name(resources, genre) if genre else ""
        alike = Options(named, int(year) if year else None, figures, keep_numbers, kept)
        tasks = running.plan(files, output)
        with console.progress(len(tasks), quiet=quiet) as advance:
            for one in running.run(tasks, alike, resources):
                made.append(advance(one))
                if form is Format.TEXT:
                    imported.tell(*one, whole=report, quiet=quiet)
        if form is Format.JSON:
            console.result(imported.as_json(made))
        found = [problem for _, outcome in made for problem in outcome.problems]
        console.report([one for one in found if not quiet or one.severity is Severity.ERROR], reader.line)
    exits.leave(_code(made))


def _code(made: list[tuple[Task, Outcome]]) -> exits.Exit:
    if all(outcome.is_sound for _, outcome in made):
        return exits.Exit.DONE
    there = any(outcome.summary is not None for _, outcome in made)
    return exits.Exit.PARTLY if there else exits.Exit.NOTHING
