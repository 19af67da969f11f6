"""The commands as a whole: options that are one set, how a command ends, a format that is a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from healthreport.cli.exits import Exit, code_of
from healthreport.cli.main import app
from healthreport.jobs.producing import Outcome, Status
from healthreport.writing import writers
from healthreport.writing.docx.package import Stamp
from helpers import GENERAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Cli

# What a command writes, and in which forms it may tell, is its own.
OWN_WORDS = {"--output", "--format", "--towns"}


def commands(group: Any = None, prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command of the program with the words that call it."""
    group = group or typer.main.get_command(app)
    if not isinstance(group, typer.core.TyperGroup):
        yield prefix, group
        return
    for name, command in group.commands.items():
        yield from commands(command, (*prefix, name))


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


@pytest.mark.parametrize("words", [words for words in COMMANDS if "--templates" in options(words)], ids=" ".join)
def test_no_such_templates(words: tuple[str, ...], cli: Cli, here: Path) -> None:
    """A folder of templates that is not there is told by every command, and nothing is written."""
    (here / "甲.yaml").write_text(GENERAL + "内容: 甲乙丙。\n", "utf-8")
    given = {"render": ["甲.yaml"], "batch": ["."], "new": ["讲话"], "show": ["讲话"], "copy": ["讲话"]}
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
        return f"{work.digest}\n{'|'.join(work.words)}".encode()

    for name, writer in (("md", writers.Writer(".md", write)), ("htm", writers.Writer(".htm", write, stamp))):
        monkeypatch.setitem(writers.WRITERS, name, writer)


@pytest.mark.usefixtures("formats")
def test_a_format_is_a_row(cli: Cli, here: Path) -> None:
    """A row in the table of writers is all a format takes: --to and -o know it, and edits are kept where it says so."""
    (here / "甲.yaml").write_text(GENERAL + "内容: 甲乙丙。\n", "utf-8")
    assert cli("render", "甲.yaml", "--to", "md,htm,docx").out == "甲.md\n甲.htm\n甲.docx\n"
    assert cli("render", "甲.yaml", "--to", "md", "-o", "乙.md").out == "乙.md\n"
    assert "写 .md 请加 --to md" in cli("render", "甲.yaml", "-o", "乙.md").err
    assert "可选 docx、txt、md、htm" in cli("render", "甲.yaml", "--to", "pdf").err
    for name in ("甲.md", "甲.htm"):
        (here / name).write_text("另\n改过", "utf-8")
    again = cli("render", "甲.yaml", "--to", "md,htm")
    assert (again.code, again.out, "甲.htm: 错误" in again.err) == (1, "甲.md\n", True)
    assert (here / "甲.htm").read_text("utf-8") == "另\n改过"
    assert cli("render", "甲.yaml", "--to", "htm", "--force").code == 0
    assert (here / "甲.htm.bak").read_text("utf-8") == "另\n改过"
