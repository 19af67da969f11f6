"""A skeleton: the genre's Jinja2 file, filled in with the level's words and the chosen sections.

Skeletons are written with ``<< 年度 >>`` and ``<% for 节 in 章节 %>``, so ``{{ 年度 }}`` stays what it
is in a report. Their variables are Chinese, like the keys around them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2

from healthreport.composing.sandbox import Sandbox
from healthreport.composing.templating import placed
from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.jobs.new import figures_beside
from healthreport.jobs.new import sections as standard
from healthreport.model.build import build
from healthreport.reading import indicator_files
from healthreport.reading.kept import Kept
from healthreport.reading.reader import Reader
from healthreport.reading.resources import GENRES, SKELETONS, Resources
from healthreport.reading.yaml.dump import flow, scalar
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.jobs.new.sections import Level, Named, Section, SectionIndicator
    from healthreport.reading.yaml.dump import Dict

SCHEMA_NAME = "healthreport.schema.json"
FALLBACK = "通用"
NOBODY = "无"
PROBLEMS = 3
_FILTERS = ("d", "default", "first", "last", "length", "count", "list", "join", "reverse", "indent", "replace", "trim")
_COUNTY = re.compile(r"(?<![社小校园景])[县区旗市](?!直)")
_TOWN = re.compile(r"[镇乡]|街道")


class Wanted(NamedTuple):
    """What a skeleton is asked for; what is empty takes its default.

    ``sheet`` is the file its figures are in. Nobody is addressed where ``recipient`` is 无 (:data:`NOBODY`).
    """

    genre: str
    year: int
    level: str
    org: str = ""
    superior: str = ""
    sections: tuple[str, ...] | None = None
    schema: str = SCHEMA_NAME
    sheet: str = ""
    period: str = ""
    recipient: str = ""


def genre_name(resources: Resources, name: str) -> str:
    """Return a genre's name, given its name or slug. Raises :class:`HealthReportError`."""
    path = resources.require(GENRES, name, "体裁", lambda: Position("体裁"))
    return path.name.removesuffix(GENRES[1])


def genre_of(report: Dict, resources: Resources) -> str:
    """Return the name of a report's genre. Raises :class:`HealthReportError`."""
    return genre_name(resources, str(report.get("体裁", "")) or FALLBACK)


def header(resources: Resources, genre: str) -> dict[str, str]:
    """Return what a genre's skeleton says of itself: ``sections`` (all, none, or codes) and ``year``."""
    return resources.header(resources.require(SKELETONS, _file(resources, genre), "骨架", lambda: Position(genre)))


def render(wanted: Wanted, resources: Resources) -> str:
    """Return a skeleton as YAML. Raises :class:`HealthReportError`."""
    level = standard.level_named(wanted.level, standard.levels(resources), Position("--level"))
    words = local_words(wanted, level)
    chosen = [_said(named, wanted.level, words, resources) for named in _chosen(wanted, resources)]
    seen: set[str] = set()
    indicators = [_lines(named, seen, wanted) for named in _chosen(wanted, resources)]
    context = {
        **words,
        **_opening(wanted, words["上级"], resources),
        "校验文件": wanted.schema,
        "指标文件": wanted.sheet,
        "正文键": "内容" if wanted.sheet else "待补",  # clauses go with their figures: such a text can be printed
        "章节": chosen,
        "问题": [section for section in chosen if section["问题"]][:PROBLEMS],
        "指标": [group for group in indicators if group["指标"]],
        "目标": [name for group in indicators for name in group["目标"]],
    }
    template = f"{SKELETONS[0]}/{_file(resources, wanted.genre)}{SKELETONS[1]}"
    with placed(template):
        text = _environment(resources).run(template, **context)
    text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    beside = {Path(wanted.sheet): sheet(wanted, resources)} if wanted.sheet else {}
    _check(text, template, Resources(resources.own, Reader(beside)))
    return text


def sheet(wanted: Wanted, resources: Resources) -> bytes:
    """Return the sheet for a skeleton's figures; empty where it has none. Raises :class:`HealthReportError`."""
    return figures_beside.write(_chosen(wanted, resources), wanted.level)


def _check(text: str, template: str, resources: Resources) -> None:
    """Refuse a skeleton that does not make a report, at its own line."""
    made, source = Source("", text), resources.template(template)
    try:
        tree = parse(made)
        indicator_files.attach(tree, None, Path(), resources.reader)
        build(tree)
    except HealthReportError as wrong:
        first = wrong.diagnostics[0]
        line = made.line(first.position.line).strip()
        number = next((n for n, written in enumerate(source.text.split("\n"), 1) if written.strip() == line), 0)
        message = f"骨架写出的“{line}”不成报告：{first.message}"
        place = Position(source.name, number, 1) if number else Position(source.name)
        raise error("bad-skeleton", message, place, hint=first.hint) from None


def _file(resources: Resources, genre: str) -> str:
    """Return the name of a genre's skeleton; a genre without one uses the general one."""
    return genre if resources.find(SKELETONS, genre) else FALLBACK


def _chosen(wanted: Wanted, resources: Resources) -> list[Named]:
    """Return the sections asked for, or the genre's own that are standard for the level."""
    said = header(resources, wanted.genre)
    usual = said.get("sections", "none")
    if usual == "none":
        if wanted.sections:
            message = f"体裁“{wanted.genre}”不分业务章节。"
            raise error("no-sections", message, Position("--sections"), hint="请去掉 --sections，或换一种体裁。")
        return []
    known = standard.load(resources)
    if wanted.sections is not None:
        return standard.choose(wanted.sections, known, Position("--sections"))
    if usual != "all":
        codes = [code.strip() for code in said.get(wanted.level, usual).split(",")]
        known = standard.choose(codes, known, Position(_file(resources, wanted.genre)))
    return [named for named in known if wanted.level in named.section.levels] or known


def standard_texts(wanted: Wanted, resources: Resources) -> Iterator[str]:
    """Yield what all standard sections say at a level: their own text, the problem, the plan."""
    words = local_words(wanted, standard.level_named(wanted.level, standard.levels(resources), Position("--level")))
    for named in standard.load(resources):
        said = _said(named, wanted.level, words, resources)
        yield from (said["正文"], *(said[key]["内容"] for key in ("问题", "计划") if said[key]))


def usual(wanted: Wanted, resources: Resources) -> list[str]:
    """Return the names of the sections a genre has at a level when none are asked for."""
    return [named.name for named in _chosen(wanted._replace(sections=None), resources)]


def local_words(wanted: Wanted, level: Level) -> dict[str, Any]:
    """Return the words of a skeleton's texts, with the local words for county and town."""
    county, town = _COUNTY.search(wanted.org), _TOWN.search(wanted.org)
    local = {"县": county[0] if county else "县", "镇": town[0] if town else "镇"}

    def localised(text: str) -> str:
        return re.sub(r"\{(.)\}", lambda match: local.get(match[1], match[0]), text)

    return {
        "体裁": wanted.genre,
        "年度": wanted.year,
        "层级": wanted.level,
        "单位": wanted.org or localised(level.org),
        "上级": wanted.superior or localised(level.superior),
        "自称": localised(level.own),
        "范围": localised(level.scope),
        "主语": localised(level.subject),
        "下属": localised(level.below),
    }


def _opening(wanted: Wanted, superior: str, resources: Resources) -> dict[str, str]:
    """Return whom a report addresses, empty: nobody, and the part of the year it is of."""
    usual = header(resources, wanted.genre)
    recipient = wanted.recipient or usual.get("recipient", NOBODY)
    if recipient in (superior, "上级"):
        recipient = "{{ 上级 }}"
    return {"主送": "" if recipient == NOBODY else recipient, "期间": wanted.period or usual.get("period", "")}


def _said(named: Named, level: str, words: dict[str, Any], resources: Resources) -> dict[str, Any]:
    """Return a section as skeletons see it, its texts in the level's words."""

    def text(texts: Any) -> str:
        written = standard.at_level(texts, level)
        try:
            environment = _environment(resources)
            return environment.run_template(environment.from_string(written.node.value), **words)
        except jinja2.TemplateError as wrong:
            message = f"建议的文字有误：{wrong.message}。"
            hint = f"“<< >>”里可以用：{'、'.join(words)}。"
            raise error("template-error", message, written.position(), hint=hint) from None

    def suggestion(which: Any) -> dict[str, str] | None:
        return {"标题": text(which.title), "内容": text(which.content)} if which else None

    section: Section = named.section
    return {
        "名称": named.name,
        "标题": text(section.title),
        "正文": text(section.text),
        "问题": suggestion(section.problem),
        "计划": suggestion(section.plan),
    }


def _lines(named: Named, seen: set[str], wanted: Wanted) -> dict[str, Any]:
    """Return a section's indicators as lines of YAML, leaving out those listed before and those of the sheet."""
    own = {name: item for name, item in named.section.indicators_at(wanted.level).items() if name not in seen}
    seen.update(own)
    fields = {name: _fields(item, in_sheet=bool(wanted.sheet)) for name, item in own.items()}
    return {
        "名称": named.name,
        "指标": [_line(name, fields[name], own[name].target) for name in own if fields[name]],
        "目标": [name for name, item in own.items() if item.target],
    }


def _fields(item: SectionIndicator, *, in_sheet: bool) -> Dict:
    """Return what the report says of an indicator; with a sheet, what no row of it can say."""
    fields: Dict = {}
    if not (in_sheet and figures_beside.is_in_sheet(item)):
        fields |= {"数值": ""} if item.formula is None else {"公式": str(item.formula)}
        fields["单位"] = item.unit
        fields |= {"目标": ""} if item.target else {}
        fields["上年"] = ""
    if item.digits is not None:
        fields["小数位"] = str(item.digits)
    if item.lower_is_better:
        fields["越低越好"] = "是"
    return fields


def _line(name: str, fields: Dict, target: str) -> str:
    example = f"   # 目标例如{target}" if "目标" in fields else ""
    inside = ", ".join(f"{key}: {flow(value)}" for key, value in fields.items())
    return f"{scalar(name, flow=False)}: {{{inside}}}{example}"


@Kept(1)
def _environment(resources: Resources) -> Sandbox:
    return Sandbox(
        resources.template,
        lambda _: frozenset(),  # what skeletons are given are texts, lists and mappings
        _FILTERS,
        {"yaml": lambda text: scalar(str(text), flow=False)},
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def refuse_control(value: str, option: str) -> str:
    """Return a value of the command line, or refuse what would break the file."""
    if value != value.strip() or any(char < " " or char == "\x7f" for char in value):
        message = f"“{option}”的值首尾有空格，或含有换行等控制字符。"
        raise error("bad-value", message, Position(option), hint="请改成一行普通的文字。")
    return value
