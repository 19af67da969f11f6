"""``healthreport new``."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.app import app
from healthreport.cli.help_zh import Command
from healthreport.diagnostics import HealthReportError, Position, error

if TYPE_CHECKING:
    from healthreport.reading.reader import Reader
    from healthreport.reading.resources import Resources

STANDARD_OUTPUT = Path("-")
_FIRST_GENRE = "年度工作总结"


class Given(NamedTuple):
    """What the command line says of the new report; what is empty is asked for or takes its default."""

    genre: str
    year: int | None
    org: str
    superior: str
    level: str
    sections: tuple[str, ...] | None
    output: Path | None


def _year(value: str) -> str:
    from healthreport.values import scalars

    try:
        return str(scalars.read_year(value)) if value else ""
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from None


@app.command(cls=Command)
def new(
    genre: Annotated[str, typer.Argument(metavar="体裁", help="体裁的名称或代号，见 --list。")] = "",
    year: Annotated[str, typer.Option("--year", metavar="年份", callback=_year, help="7月以前默认上一年。")] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="单位的名称。")] = "",
    superior: Annotated[str, typer.Option("--superior", metavar="上级", help="上级，如“县委、县政府”。")] = "",
    level: Annotated[
        str, typer.Option("--level", metavar="层级", help="县区、乡镇、医院或社区；默认看单位名称。")
    ] = "",
    sections: Annotated[
        str, typer.Option("--sections", metavar="章节", help="党建,妇幼健康,…；默认该层级的常用章节。")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="文件", help="写到哪里；“-”为标准输出。")
    ] = None,
    defaults: Annotated[bool, typer.Option("--defaults", help="不提问，没写的都用默认值。")] = False,
    last: Annotated[Path | None, typer.Option("--from", metavar="文件", help="由去年的报告生成今年的。")] = None,
    keep_text: Annotated[bool, typer.Option("--keep-text", help="与 --from 同用：保留去年的文字。")] = False,
    towns: Annotated[Path | None, typer.Option("--towns", metavar="名单", help="一行一个乡镇，各生成一份。")] = None,
    base: Annotated[
        Path | None, typer.Option("--base", metavar="文件", help="与 --towns 同用：各乡镇继承的报告。")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="列出全部体裁和章节。")] = False,
    templates: options.Templates = None,
) -> None:
    """新建报告：带注释的骨架、由去年生成今年的、给各乡镇的文件。"""
    from healthreport.reading.resources import Resources

    wanted = tuple(dict.fromkeys(part.strip() for part in sections.replace("，", ",").split(",") if part.strip()))
    given = Given(genre, int(year) if year else None, unit, superior, level, wanted or None, output)
    with exits.told() as reader:
        resources = Resources(templates, reader)
        _check_combination(last, towns, base, keep_text=keep_text)
        if listing:
            _list(resources)
        elif towns is not None and base is not None:
            _new_towns(towns, base, output, reader)
        elif last is not None:
            _next_year(last, given, resources, keep_text=keep_text)
        else:
            _new(given, resources, ask=not defaults and sys.stdin.isatty() and sys.stdout.isatty(), defaults=defaults)


def _check_combination(last: Path | None, towns: Path | None, base: Path | None, *, keep_text: bool) -> None:
    if (towns is None) != (base is None):
        raise error(
            "usage",
            "“--towns”和“--base”要一起写。",
            Position("--towns"),
            hint="例如 --towns 名单.txt --base 2022.yaml -o townships。",
        )
    if keep_text and last is None:
        raise error(
            "usage",
            "“--keep-text”只能与“--from”同用。",
            Position("--keep-text"),
            hint="例如 --from 2022.yaml --keep-text。",
        )
    if last is not None and towns is not None:
        raise error("usage", "“--from”和“--towns”不能同用。", Position("--from"), hint="请分两次运行。")


def _list(resources: Resources) -> None:
    """Print a line for each genre and each standard section."""
    from healthreport.jobs.new import sections

    rows = [
        {"类别": "体裁", "名称": name, "代号": header.get("slug", ""), "说明": header.get("说明", "")}
        for name, header in resources.genres.items()
    ]
    for one in sections.load(resources):
        levels = "、".join(one.section.levels) or "按需选用"
        count = len(one.section.indicators)
        note = f"{levels}；指标{count}个：{'、'.join(list(one.section.indicators)[:3])}等"
        rows.append({"类别": "章节", "名称": one.name, "代号": one.section.code, "说明": note})
    console.table(["类别", "名称", "代号", "说明"], rows)


def _new(given: Given, resources: Resources, *, ask: bool, defaults: bool) -> None:
    from healthreport.jobs.new import files, sections, skeleton

    for value, option in ((given.org, "--unit"), (given.superior, "--superior")):
        skeleton.refuse_control(value, option)
    if not given.genre and not ask and not defaults:
        raise error(
            "usage",
            "没有写体裁。",
            Position("体裁"),
            hint="例如 healthreport new 年度工作总结；全部体裁见 healthreport new --list。",
        )
    genre = skeleton.genre_name(resources, given.genre or (_ask_genre(resources) if ask else _FIRST_GENRE))
    header = skeleton.header(resources, genre)
    year = given.year or skeleton.default_year(header.get("year", ""), datetime.date.today())
    if ask and given.year is None:
        year = _ask_year(year)
    org = given.org or (_ask("单位名称", "") if ask else "")
    known = sections.levels(resources)
    level = given.level or sections.level_of(org, known) or ""
    if not level:
        level = _ask_choice("层级", list(known), next(iter(known))) if ask else next(iter(known))
    wanted = skeleton.Wanted(genre, year, level, org, given.superior, given.sections)
    if ask and wanted.sections is None and header.get("sections", "none") != "none":
        wanted = wanted._replace(sections=_ask_sections(resources, skeleton.usual(wanted, resources)))
    name = f"{year}{genre}.yaml" if genre.startswith("年") else f"{year}年{genre}.yaml"
    output = given.output
    if ask and output is None:
        output = Path(_ask("文件名", name))
    if (output is not None and output != STANDARD_OUTPUT) or output is None:
        files.refuse_existing(files.target(output, name))
    _deliver(skeleton.render(wanted, resources), output, name)
    if not org:
        console.say("单位名称没有写，暂用“××”占位，请在文件里改成本单位的名称。")


def _deliver(text: str, output: Path | None, name: str) -> None:
    """Write a new file and name it on stdout, with the next steps; or print it."""
    from healthreport.jobs.new import files
    from healthreport.jobs.new.skeleton import SCHEMA_NAME

    if output == STANDARD_OUTPUT:
        console.result(text.rstrip("\n"))
        return
    path = files.target(output, name)
    files.write(path, text)
    console.result(str(path))
    console.say(f"接下来：填数、写正文，再用 healthreport render {path} 生成；先看样子加 --draft。")
    schema = path.parent / SCHEMA_NAME
    if not schema.exists():
        console.say(f"编辑器里边写边校验：healthreport schema -o {schema}")


def _next_year(last: Path, given: Given, resources: Resources, *, keep_text: bool) -> None:
    from healthreport.jobs.new import files, next_year, skeleton

    genre = skeleton.genre_name(resources, given.genre) if given.genre else ""
    made = next_year.succeed(last, genre, given.year, resources, keep_text=keep_text)
    output = given.output or last.with_name(made.name)
    if output != STANDARD_OUTPUT:
        files.refuse_existing(files.target(output, made.name))
    _deliver(made.text, output, made.name)
    path = files.target(output, made.name) if output != STANDARD_OUTPUT else output
    console.report(made.warnings(str(path)), resources.reader.line)


def _new_towns(towns: Path, base: Path, output: Path | None, reader: Reader) -> None:
    from healthreport.jobs import towns as job
    from healthreport.jobs.new import files

    if output is None:
        raise error(
            "usage", "没有写 -o。", Position("--towns"), hint="请用 -o 指定放各乡镇文件的文件夹，例如 -o townships。"
        )
    if output.is_file():
        raise error("bad-output", "-o 要写文件夹，这里是一个文件。", Position(str(output)), hint="例如 -o townships。")
    made = job.files(job.read(towns, reader), base, output, reader)
    files.refuse_existing(*made)
    for path, text in made.items():
        files.write(path, text)
        console.result(str(path))
    top = Path(job.common_folder(base, output))
    console.say(f"共{len(made)}份。填好后批量生成：healthreport batch {output} --root {top}")


def _ask(question: str, default: str) -> str:
    return str(typer.prompt(question, default=default, show_default=bool(default), err=True)).strip()


def _ask_choice(question: str, choices: Sequence[str], default: str, notes: Mapping[str, str] | None = None) -> str:
    """Show the choices with numbers and take a number or a name, until it is one of them."""
    for number, choice in enumerate(choices, 1):
        note = (notes or {}).get(choice, "")
        console.say(f"  {number:>2}  {choice}" + (f"　{note}" if note else ""))
    while True:
        answer = _ask(question, default)
        if answer.isdigit() and 0 < int(answer) <= len(choices):
            return choices[int(answer) - 1]
        if answer in choices:
            return answer
        console.say(f"没有“{answer}”，请写上面的序号或名称。")


def _ask_genre(resources: Resources) -> str:
    notes = {name: header.get("说明", "") for name, header in resources.genres.items()}
    return _ask_choice("体裁（序号或名称）", list(notes), next(iter(notes)), notes)


def _ask_year(default: int) -> int:
    from healthreport.values import scalars

    while True:
        try:
            return scalars.read_year(_ask("年度", str(default)))
        except ValueError as wrong:
            console.say(f"{wrong}。")


def _ask_sections(resources: Resources, usual: Sequence[str]) -> tuple[str, ...]:
    from healthreport.jobs.new import sections

    known = sections.load(resources)
    console.say(f"可选章节：{'、'.join(one.name for one in known)}")
    while True:
        answer = _ask("章节（用逗号分开）", ",".join(usual))
        wanted = [part.strip() for part in answer.replace("，", ",").replace("、", ",").split(",") if part.strip()]
        try:
            return tuple(one.name for one in sections.choose(wanted, known, Position("章节")))
        except HealthReportError as wrong:
            for one in wrong.diagnostics:
                console.say(one.message)
