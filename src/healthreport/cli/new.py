"""``healthreport new``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from healthreport.cli import console, exits, options, schema
from healthreport.cli.help_zh import Command, alone
from healthreport.diagnostics import Position, error
from healthreport.jobs.new.given import Given
from healthreport.values.typed import typed

if TYPE_CHECKING:
    from healthreport.jobs.new.skeleton import Wanted
    from healthreport.jobs.new.turn import Turn
    from healthreport.reading.resources import Resources

STANDARD_OUTPUT = Path("-")

app = alone()


@app.command(cls=Command)
def new(
    genre: Annotated[str, typer.Argument(metavar="体裁", help="体裁的名称或代号，见 healthreport genres。")] = "",
    year: options.Year = "",
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="单位的名称。")] = "",
    superior: Annotated[str, typer.Option("--superior", metavar="上级", help="上级，如“县委、县政府”。")] = "",
    level: Annotated[
        str, typer.Option("--level", metavar="层级", help="县区、乡镇、医院、社区或疾控；默认看单位名称。")
    ] = "",
    sections: Annotated[
        str,
        typer.Option("--sections", metavar="章节", help="党建,妇幼健康,…；默认该层级常用的；有 --from 时是另加的。"),
    ] = "",
    output: Annotated[
        Path | None, options.written("-o", "--output", metavar="文件", help="写到哪里；“-”为标准输出。")
    ] = None,
    defaults: Annotated[bool, typer.Option("--defaults", help="不提问，没写的都用默认值。")] = False,
    last: Annotated[
        Path | None,
        typer.Option("--from", metavar="文件", help="由去年的报告（YAML、Word）或文件夹生成今年的；写了的选项优先。"),
    ] = None,
    with_table: Annotated[
        bool, typer.Option("--with-table", help="数填在旁边的 指标.xlsx 里，章节里是能照印的文字。")
    ] = False,
    keep_text: Annotated[bool, typer.Option("--keep-text", help="有 --from 时：保留去年的文字。")] = False,
    root: options.Root = None,
    templates: options.Templates = None,
    no_user_templates: options.NoUserTemplates = False,
) -> None:
    """新建报告：带注释的骨架，或由去年的生成今年的。"""
    from healthreport.jobs.new import skeleton
    from healthreport.reading.resources import Resources

    wanted = tuple(dict.fromkeys(part.strip() for part in sections.replace("，", ",").split(",") if part.strip()))
    given = Given(genre, int(year) if year else None, unit, superior, level, wanted or None, keep_text)
    with exits.told() as reader:
        resources = Resources(options.own_templates(templates, not_of_here=no_user_templates), reader)
        for value, option in ((unit, "--unit"), (superior, "--superior")):
            skeleton.refuse_control(value, option)
        if last is not None:
            _next_year(last, given, output, resources, root, with_table=with_table)
            return
        options.tell_unused("--from", {"--keep-text": keep_text, "--root": root})
        ask = not defaults and sys.stdin.isatty() and sys.stdout.isatty()
        if not genre and not ask and not defaults:
            hint = "例如 healthreport new 年度工作总结；全部体裁见 healthreport genres。"
            raise error("usage", "没有写体裁。", Position("体裁"), hint=hint)
        _new(given, output, resources, ask=ask, with_table=with_table)


def _new(given: Given, output: Path | None, resources: Resources, *, ask: bool, with_table: bool) -> None:
    from healthreport.jobs.new import files, skeleton, usual

    def write(wanted: Wanted, path: Path) -> None:
        _write(path, _skeleton(wanted, path, resources, with_table=with_table), resources)

    if ask:
        from healthreport.cli.interview import Interview

        wanted = Interview(given, resources, write).ask(file=output is None)
    else:
        wanted = usual.wanted(given, resources)
    name = usual.file_name(wanted)
    if output == STANDARD_OUTPUT:
        _print_skeleton(_skeleton(wanted, Path(name), resources, with_table=with_table))
    elif output is not None or not ask:
        write(wanted, files.target(output, name))
    if with_table and not skeleton.sheet(wanted, resources):
        console.say(f"体裁“{wanted.genre}”没有常用指标，“--with-table”没有用到。")
    if not wanted.org:
        console.say("单位名称没有写，暂用“××”占位，请在文件里改成本单位的名称。")


class _Skeleton(NamedTuple):
    """A new report, and the sheet beside it, if it has one."""

    text: str
    beside: str
    sheet: bytes


def _skeleton(wanted: Wanted, path: Path, resources: Resources, *, with_table: bool) -> _Skeleton:
    from healthreport.jobs.new import figures_beside, skeleton

    sheet = skeleton.sheet(wanted, resources) if with_table else b""
    beside = figures_beside.name_for(path) if sheet else ""
    return _Skeleton(skeleton.render(wanted._replace(sheet=beside), resources), beside, sheet)


def _print_skeleton(made: _Skeleton) -> None:
    console.result(made.text.rstrip("\n"))
    _tell_unwritten([Path(made.beside)] if made.beside else [])


def _write(path: Path, new: _Skeleton, resources: Resources) -> None:
    """Write a new report, with its sheet if it has one; name them on stdout, with the next steps."""
    from healthreport.jobs.new import files

    made: dict[Path, bytes | Path] = {path: new.text.encode()}
    if new.beside:
        made[path.with_name(new.beside)] = new.sheet
    files.write_all(made)
    for one in made:
        console.result(str(one))
    if new.beside:
        console.say(f"接下来：在“{new.beside}”里填数，写上单位和日期，再用 healthreport render {typed(path)} 生成。")
        console.say("章节里是建议的文字，会照印：请通读，不合本单位实际的改写或删去。")
    else:
        console.say(f"接下来：填数、写正文，再用 healthreport render {typed(path)} 生成；先看样子加 --draft。")
    schema.write_named({path: new.text}, resources)


def _target(last: Path, output: Path | None, name: str) -> Path:
    """Return where next year's file goes, by default beside last year's."""
    from healthreport.jobs.new import files

    return last.with_name(name) if output in (None, STANDARD_OUTPUT) else files.target(output, name)


def _to_do(turn: Turn) -> str:
    """Say what is left to be written in next year's files, and where."""
    sheets = "、".join(f"“{path.name}”" for path in [*turn.beside][:3]) + ("等" if len(turn.beside) > 3 else "")
    numbers = f"在{sheets}里填数" if sheets else "填数"
    texts = (
        "写正文（把“待补: …”改成“内容: …”）" if any("待补: " in text for text in turn.reports.values()) else "写日期"
    )
    return f"{numbers}，{texts}"


def _of_townships(turn: Turn) -> str:
    """Say how the reports of a county's townships are made, where they go along with its own."""
    ways = [f"healthreport batch {typed(folder)}" for folder in turn.folders.values()]
    for sheet in turn.sheets:
        ways += [f"healthreport batch {typed(base)} --data {typed(sheet.new)}" for base in sheet.bases.values()]
    return f"；各乡镇的用 {'、'.join(ways)}" if ways else ""


def _print(turn: Turn) -> None:
    """Print the one report, and tell of the files that it would be written with."""
    first, *others = turn.reports
    console.result(turn.reports[first].rstrip("\n"))
    _tell_unwritten([*others, *turn.beside, *turn.copies])


def _tell_unwritten(paths: list[Path]) -> None:
    """Tell of the files that a printed report would be written with."""
    if paths:
        listed = "、".join(str(path) for path in paths)
        console.say(f"只打印了这一份，没有写的还有：{listed}；不写“-o -”就一起写。")


def _next_year(
    last: Path, given: Given, output: Path | None, resources: Resources, root: Path | None, *, with_table: bool
) -> None:
    """Write next year's files of a report or of a folder, all or none; or print the report's."""
    from healthreport.cli import imported
    from healthreport.jobs import next_years_sheet
    from healthreport.jobs.importing import last_year
    from healthreport.jobs.new import files, skeleton
    from healthreport.jobs.new.turn import Turn

    if given.genre:
        given = given._replace(genre=skeleton.genre_name(resources, given.genre))
    report, found = last, None
    if last_year.is_manuscript(last):
        report, resources, found = last_year.read(last, resources)
    elif with_table:
        console.say("去年的数写在哪里，今年的就写在哪里，“--with-table”没有用到。")
    turn = Turn(given, resources, root)
    if last.is_dir():
        if output == STANDARD_OUTPUT:
            raise error(
                "bad-output",
                "“-o -”只能印出一份，这里是一个文件夹的报告。",
                Position("-o"),
                hint="请写文件夹，例如 -o 2023。",
            )
        folder = turn.folder(last, output)
        of_county = "".join(f"；全县的用 healthreport render {typed(county)}" for county in turn.counties)
        after = f"healthreport batch {typed(folder)} 生成{of_county}"
    else:
        with last_year.told_of(last, report):
            turn.report(report, lambda name: _target(last, output, name))
        after = f"healthreport render {typed(next(iter(turn.reports)))} 生成{_of_townships(turn)}"
    next_years_sheet.add(turn, resources, root)
    if output == STANDARD_OUTPUT:
        _print(turn)
        return
    files.write_all(turn.files)
    for path in turn.files:
        console.result(str(path))
    if found is not None:
        imported.say(found.summary, no_report=True)
        if found.pictures and not given.keep_text:
            console.say(f"  去年的{len(found.pictures)}幅图片没有写出来；要用，加 --keep-text 重新生成。")
        console.report(found.problems, resources.reader.line)
    console.say(f"接下来：{_to_do(turn)}，再用 {after}；先看样子加 --draft。")
    schema.write_named(turn.reports, resources)
    console.report(turn.warnings, resources.reader.line)
