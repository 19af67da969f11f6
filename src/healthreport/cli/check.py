"""``healthreport check``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, alone
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from healthreport.cli.findings import Told
    from healthreport.diagnostics import Position
    from healthreport.jobs.checking.fixing import Fixed
    from healthreport.jobs.checking.running import Checked, Options
    from healthreport.reading.resources import Resources


class Format(StrEnum):
    """How findings are told: to people, to programs, on the pages of GitHub."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


class Weight(StrEnum):
    """From how much weight on findings count."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "建议"


def _rules(value: str) -> str:
    """Refuse the ids of rules that nobody knows; HR2 stands for all that begin so."""
    from healthreport.checking.rules.every import RULES

    names = [name.upper() if name[:2].lower() == "hr" else name for name in filter(None, value.split(","))]
    for name in names:
        if not any(rule.id.startswith(name) for rule in RULES):
            raise typer.BadParameter(f"没有规则“{name}”，全部规则见 healthreport explain")
    return ",".join(names)


_Rules = Annotated[str, typer.Option("--select", metavar="规则", callback=_rules, help="只用这些规则，如 HR2,HR301。")]
_Without = Annotated[str, typer.Option("--ignore", metavar="规则", callback=_rules, help="不用这些规则。")]


app = alone()


@app.command(cls=Command)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="报告的 YAML、Word 文件或文本，可写几个。")],
    form: Annotated[
        Format, typer.Option("--format", metavar="格式", help="text、json、github 或 sarif。")
    ] = Format.TEXT,
    select: _Rules = "",
    ignore: _Without = "",
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="文件", help="设置；默认用文件旁边或上级文件夹里的 .healthreport.yaml。"),
    ] = None,
    last_year: Annotated[
        Path | None, typer.Option("--last-year", metavar="文件", help="上年的报告或 Word，用来对上年的数和计划。")
    ] = None,
    severity: Annotated[
        Weight,
        typer.Option("--severity", metavar="轻重", help="列到哪一级，有就算没通过：错误、警告或建议。"),
    ] = Weight.WARNING,
    fix: Annotated[
        bool, typer.Option("--fix", help="改掉拿得准的：YAML 和文本改在原处，Word 文件改在旁边的副本里，用修订标出。")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="只看 --fix 会改什么，不写文件。")] = False,
    templates: options.Templates = None,
    no_user_templates: options.NoUserTemplates = False,
    root: options.Root = None,
) -> None:
    """检查公文：数对不对得上，序号、标点、用字，还没填的空。"""
    from healthreport.cli import findings
    from healthreport.jobs.checking import running
    from healthreport.reading.resources import Resources

    bar = Severity[severity.name]
    with exits.told() as reader:
        resources = Resources(options.own_templates(templates, not_of_here=no_user_templates), reader)
        asked = running.Options(_listed(select), _listed(ignore), config, root, last_year)
        fixed = _fix(files, resources, asked, reader.line, dry=diff) if fix or diff else None
        with console.progress(len(files), quiet=form is not Format.TEXT) as advance:
            checked = [advance(one) for one in running.run(fixed.paths if fixed else files, asked, resources)]
        if form is Format.TEXT:
            console.report([note for one in checked for note in one.read], reader.line)
        told = findings.gathered(checked)
        if not diff:  # which is read by programs: nothing else stands on stdout
            _show(told, form, bar, reader.line)
        findings.summary(told, len(files), bar)
    exits.leave(exits.Exit.NOTHING if fixed and fixed.failed else _code(checked, bar))


def _fix(
    files: list[Path], resources: Resources, asked: Options, line_at: Callable[[Position], str], *, dry: bool
) -> Fixed:
    from healthreport.cli import fixes

    return fixes.run(files, resources, asked, line_at, dry=dry)


def _show(told: Sequence[Told], form: Format, bar: Severity, line_at: Callable[[Position], str]) -> None:
    from healthreport.cli import findings

    if form is Format.TEXT:
        findings.tell(told, bar, line_at)
    else:
        console.result(findings.WRITERS[form.value](told))


def _listed(value: str) -> tuple[str, ...]:
    return tuple(filter(None, value.split(",")))


def _code(checked: list[Checked], bar: Severity) -> exits.Exit:
    if not all(one.is_read for one in checked):
        return exits.Exit.NOTHING
    found = any(diagnostic.severity >= bar for one in checked for diagnostic in one.found)
    return exits.Exit.PARTLY if found else exits.Exit.DONE
