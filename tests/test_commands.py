"""The commands as a whole: options that are one set, how a command ends, a format that is a row."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import typer.main

from healthreport.cli.app import app
from healthreport.cli.exits import Exit, code_of
from healthreport.cli.moved import MOVED
from healthreport.jobs.producing import Outcome, Status
from healthreport.writing import writers
from healthreport.writing.docx.package import Stamp
from helpers import GENERAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Cli

# What a command writes, and in which forms it may tell, is its own.
OWN_WORDS = {"--output", "--format"}


def commands(group: Any = None, prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command of the program with the words that call it."""
    group = group or typer.main.get_command(app)
    context: Any = None
    if not isinstance(group, typer.core.TyperGroup):
        yield prefix, group
        return
    for name in group.list_commands(context):
        yield from commands(group.get_command(context, name), (*prefix, name))


COMMANDS = dict(commands())


def options(words: tuple[str, ...]) -> dict[str, Any]:
    """Return the options of a command by their long spelling."""
    params = [one for one in COMMANDS[words].params if one.opts[0].startswith("-")]
    return {max(one.opts, key=len): one for one in params}


def test_shared_options_are_one_set() -> None:
    """An option that several commands have has one meaning: the same spellings, value and help in each."""
    said: dict[str, set[tuple[object, ...]]] = {}
    for words in COMMANDS:
        for name, one in options(words).items():
            said.setdefault(name, set()).add((tuple(one.opts), one.metavar, one.is_flag, one.help))
    assert {name for name, meanings in said.items() if len(meanings) > 1} <= OWN_WORDS


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_chinese(words: tuple[str, ...], cli: Cli) -> None:
    """Nothing of Typer's own words is left in a help: no types, ranges, headings or defaults that say nothing."""
    said = cli(*words, "--help").out
    assert said.startswith("用法：")
    assert not re.search(r"<\w+>|x[<>]=|\[default|required|Usage|Options|Arguments|Commands|\[默认 0|Show ", said), said


@pytest.mark.parametrize("words", [words for words in COMMANDS if "--templates" in options(words)], ids=" ".join)
def test_no_such_templates(words: tuple[str, ...], cli: Cli, here: Path) -> None:
    """A folder of templates that is not there is told by every command, and nothing is written."""
    (here / "甲.yaml").write_text(GENERAL + "内容: 甲乙丙。\n", "utf-8")
    given = {
        "render": ["甲.yaml"],
        "import": ["甲.yaml"],
        "check": ["甲.yaml"],
        "batch": ["."],
        "overview": ["."],
        "new": ["讲话"],
        "show": ["讲话"],
        "copy": ["讲话"],
    }
    result = cli(*words, *given.get(words[-1], []), "--templates", "没有")
    assert (result.code, result.out) == (2, "")
    assert "没有: 错误 找不到模板文件夹。 [not-found]" in result.err
    assert {path.name for path in here.iterdir()} == {"甲.yaml"}


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([], Exit.DONE),
        ([Outcome(Status.DONE), Outcome(Status.UNCHANGED)], Exit.DONE),
        ([Outcome(Status.DONE), Outcome(Status.FAILED)], Exit.PARTLY),
        ([Outcome(Status.UNCHANGED), Outcome(Status.FAILED)], Exit.PARTLY),
        ([Outcome(Status.REFUSED)], Exit.PARTLY),
        ([Outcome(Status.FAILED, ("txt",))], Exit.PARTLY),
        ([Outcome(Status.FAILED), Outcome(Status.FAILED)], Exit.NOTHING),
    ],
)
def test_exit_codes(outcomes: list[Outcome], code: Exit) -> None:
    """0: all is done; 1: some not written, or refused as edited; 2: nothing written."""
    assert code_of(outcomes) is code


@pytest.fixture
def formats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add two formats: one that nobody's edits are kept in, and one that is known again by its first line."""

    def stamp(path: Path) -> Stamp:
        first, _, rest = path.read_text("utf-8").partition("\n")
        return Stamp(first, untouched="改" not in rest)

    def write(work: writers.Work) -> bytes:
        return f"{work.digest}\n{'|'.join(work.fillings)}".encode()

    for name, writer in (("md", writers.Writer(".md", write)), ("htm", writers.Writer(".htm", write, stamp))):
        monkeypatch.setitem(writers.WRITERS, name, writer)


@pytest.mark.usefixtures("formats")
def test_a_format_is_a_row(cli: Cli, here: Path) -> None:
    """A row in the table of writers is all a format takes: --to and -o know it, and edits are kept where it says so."""
    (here / "甲.yaml").write_text(GENERAL + "内容: 甲乙丙。\n", "utf-8")
    assert cli("render", "甲.yaml", "--to", "md,htm,docx").out == "甲.md\n甲.htm\n甲.docx\n"
    assert cli("render", "甲.yaml", "--to", "md", "-o", "乙.md").out == "乙.md\n"
    assert cli("render", "甲.yaml", "-o", "丙.md").out == "丙.md\n"
    assert "写 .md 请加 --to md" in cli("render", "甲.yaml", "-o", "乙.md", "--to", "docx").err
    assert "可选 docx、txt、md、htm" in cli("render", "甲.yaml", "--to", "pdf").err
    for name in ("甲.md", "甲.htm"):
        (here / name).write_text("另\n改过", "utf-8")
    again = cli("render", "甲.yaml", "--to", "md,htm")
    assert (again.code, again.out, "甲.htm: 错误" in again.err) == (1, "甲.md\n", True)
    assert (here / "甲.htm").read_text("utf-8") == "另\n改过"
    assert cli("render", "甲.yaml", "--to", "htm", "--force").code == 0
    assert (here / "甲.htm.bak").read_text("utf-8") == "另\n改过"


BASE = """体裁: 年度工作总结
年度: 2022
单位: 清河区卫生健康局
指标:
  改厕: {单位: 座}
成绩: [{标题: 厕所革命, 内容: "改厕{{ 改厕 }}。"}]
"""
TOWN = "继承: 全县.yaml\n单位: 白石镇卫生院\n指标: {改厕: {数值: 10}}\n"
# How each command is called, and a value for every option that takes one.
CALLS = {
    "render": ["镇/白石镇.yaml"],
    "new": ["年度工作总结"],
    "import": ["旧.txt"],
    "batch": ["镇"],
    "figures": ["镇/白石镇.yaml"],
    "overview": ["镇"],
    "rollup": ["镇"],
    "check": ["镇/白石镇.yaml"],
    "sheet": ["全县.yaml"],
    "towns": ["全县.yaml", "名单.txt", "-o", "另/出"],
    "template show": ["讲话"],
    "template copy": ["讲话"],
}
VALUES = {
    "--data": "乡镇.xlsx",
    "--to": "docx,txt",
    "--layout": "省级",
    "--templates": "模板",
    "--root": ".",
    "--year": "2024",
    "--unit": "松岭镇卫生院",
    "--superior": "镇党委",
    "--level": "乡镇",
    "--sections": "党建",
    "--from": "去年.yaml",
    "--worksheet": "填报",
    "--header-row": "1",
    "--name": "{{ 单位 }}",
    "--jobs": "1",
    "--format": "json",
    "--towns": "名单.txt",
    "--last": "乡镇.xlsx",
    "--genre": "通用",
    "--keep": "spaces",
    "--select": "HR6,todo",
    "--ignore": "HR4",
    "--config": "设置.yaml",
    "--last-year": "旧.txt",
    "--severity": "错误",
    "--checks": "核对表.xlsx",
    "--expect": "应报.txt",
}
OUTPUTS = {
    "new": "另/x.yaml",
    "sheet": "另/x.xlsx",
    "import": "另/x.yaml",
    "figures": "另/x.xlsx",
    "overview": "另/x.xlsx",
    "rollup": "另/x.xlsx",
}


@pytest.fixture
def county(here: Path, cli: Cli) -> Path:
    """Work in a county's folder: base, townships, last year's report, list and sheet of townships, templates."""
    for folder in ("镇", "模板", "另"):
        (here / folder).mkdir()
    (here / "全县.yaml").write_text(BASE, "utf-8")
    (here / "镇/全县.yaml").write_text(BASE, "utf-8")
    (here / "镇/白石镇.yaml").write_text(TOWN, "utf-8")
    (here / "去年.yaml").write_text(BASE.replace("改厕{{ 改厕 }}。", "改厕不少。"), "utf-8")
    (here / "旧.txt").write_text("情况汇报\n一、加强领导\n健全制度。\n", "utf-8")
    (here / "设置.yaml").write_text("规则: {HR603: 关}\n", "utf-8")
    (here / "名单.txt").write_text("白石镇\n柳河镇\n", "utf-8")
    (here / "应报.txt").write_text("白石镇\n", "utf-8")
    assert cli("sheet", "全县.yaml", "-o", "乡镇.xlsx", "--towns", "名单.txt").code == 0
    book = openpyxl.load_workbook("乡镇.xlsx")
    for row in (2, 3):
        book.active.cell(row, 2).value = row
    book.save("乡镇.xlsx")
    return here


def given(words: tuple[str, ...], name: str, option: Any) -> list[str]:
    """Return an option as it is written, with a value where it takes one."""
    if option.is_flag:
        return [name]
    return [name, OUTPUTS.get(words[0], "另/出") if name == "--output" else VALUES[name]]


def pairs() -> list[Any]:
    """Return each command with every pair of its options, those that must be there aside."""
    found = []
    for words in COMMANDS:
        taken = {name: one for name, one in options(words).items() if not one.required}
        for chosen in combinations(sorted(taken), 2):
            arguments = [part for name in chosen for part in given(words, name, taken[name])]
            found.append(pytest.param(words, arguments, id=" ".join((*words, *chosen))))
    return found


@pytest.mark.parametrize(("words", "arguments"), pairs())
def test_no_two_options_exclude_each_other(
    words: tuple[str, ...], arguments: list[str], cli: Cli, county: Path
) -> None:
    """Any two options of a command may be given together."""
    if "--data" in arguments:
        (county / "镇/白石镇.yaml").unlink()
    call = CALLS.get(" ".join(words), [])
    done = cli(*words, *(["全县.yaml"] if "--data" in arguments else call), *arguments)
    assert done.code == 0, done.err
    assert "[usage]" not in done.err


@pytest.mark.parametrize(("command", "option"), MOVED)
def test_old_spellings_say_where_they_went(command: str, option: str, cli: Cli, county: Path) -> None:
    """An option that was given up ends with 2 and names what to write instead, by an example that runs."""
    assert option not in options((command,))
    before = {path: path.stat().st_mtime_ns for path in county.rglob("*")}
    for value in ([], ["x.txt"]):
        refused = cli(command, "全县.yaml", option, *value)
        assert (refused.code, refused.out) == (2, "")
        assert f"错误 “{option}”现在是{MOVED[command, option].to}。 [moved]\n" in refused.err
        assert f"  → 例如 {MOVED[command, option].example}。\n" in refused.err
    assert {path: path.stat().st_mtime_ns for path in county.rglob("*")} == before
    _, *example = MOVED[command, option].example.split()
    assert MOVED[command, option].to.split()[-1] in example
    assert cli(*example).code == 0


def test_options_that_do_nothing_are_told(cli: Cli, county: Path) -> None:
    """What is for a table does nothing for a folder: said, unless only errors are wanted, and no mistake."""
    assert county.is_dir()
    idle = ("--worksheet", "填报", "--header-row", "2", "--ignore-columns")
    told = cli("batch", "镇", *idle)
    assert told.code == 0
    assert re.findall("没有写“--data”，“(.*?)”没有用到。", told.err) == [
        "--worksheet",
        "--header-row",
        "--ignore-columns",
    ]
    assert cli("batch", "镇", *idle, "-q").err == ""
    assert "没有用到" not in cli("batch", "全县.yaml", "--data", "乡镇.xlsx", "--header-row", "1").err
