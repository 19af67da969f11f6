"""Mistakes on the command line: every command with every option wrong, told in Chinese with a way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import typer

from healthreport.cli.help_zh import explain
from test_commands import COMMANDS, options

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

WRONG = ["", "abc", "-1", "没有/没有", "99999999999999999999"]
# What is shown as it is typed: names in quotes, ids, commands, and names of files and words to write.
_AS_TYPED = re.compile(
    r"JSON Schema|GB/T 9704|“[^”]*”|\[[a-z0-9-]+\]|healthreport [^。，；\n]*|\S*[./-]\S*|[（(][^）)]*[）)]"
)
_ENGLISH = re.compile(r"[A-Za-z]{2,}[ ,:]+[A-Za-z]{2,}")


def english(said: str) -> list[str]:
    """Return what of a message is English: two words in a row that nobody typed."""
    return _ENGLISH.findall(_AS_TYPED.sub("。", said))


def needed(words: tuple[str, ...]) -> list[str]:
    """Return values for what a command must have, none of which is there."""
    arguments = [one for one in COMMANDS[words].params if one.required and not one.opts[0].startswith("-")]
    named = [one for one in options(words).values() if one.required]
    return [*("没有.yaml" for _ in arguments), *(part for one in named for part in (one.opts[0], "出"))]


def wrong_calls(words: tuple[str, ...]) -> list[list[str]]:
    """Return calls of a command that are wrong: what is missing, unknown, too much, and each option's bad values."""
    calls = [["--nope"], ["-Z"], ["--nope=1"], [*needed(words), *["多余"] * 9, "--nope"]]
    if needed(words):
        calls.append([])
    for name, one in options(words).items():
        for spelling in one.opts:
            if one.is_flag:
                calls += [[*needed(words), f"{name}=1"]]
            else:
                calls += [[*needed(words), spelling], *([*needed(words), spelling, value] for value in WRONG)]
    return calls


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_english(words: tuple[str, ...], cli: Cli, here: Path) -> None:
    """Whatever is wrong with a call, what is said is Chinese, with no traceback; a usage error has its way out."""
    told = 0
    for call in wrong_calls(words):
        said = cli(*words, *call)
        assert english(said.err) == [], (call, said.err)
        assert "Traceback" not in said.err
        if "[usage]" in said.err:
            told += 1
            assert said.code == 2
            assert said.out == ""
            assert re.search(r"^  → .*healthreport", said.err, re.MULTILINE), (call, said.err)
    assert told >= 3
    assert not list(here.glob("*.docx"))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_missing_value_names_the_commands_help(words: tuple[str, ...], cli: Cli) -> None:
    """An option without its value says where the help of this very command is."""
    with_value = [name for name, one in options(words).items() if not one.is_flag]
    for name in with_value:
        said = cli(*words, *needed(words), name)
        assert said.err.splitlines() == [
            f"错误 选项“{name}”后面缺值。 [usage]",
            f"  → 用法见 healthreport {' '.join(words)} --help。",
        ]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ([], ""),
        (["没有的命令"], "没有命令“没有的命令”。"),
        (["rendr"], "没有命令“rendr”，是否为“render”？"),
        (["报告.yaml"], "没有写命令。"),
        (["--nope"], "没有选项“--nope”。"),
        (["--version=1"], "选项“--version”后面不该有值。"),
        (["template"], ""),
        (["template", "shw"], "没有命令“shw”，是否为“show”？"),
    ],
)
def test_without_a_command(call: list[str], said: str, cli: Cli) -> None:
    """The program alone shows its help; a command that is none is told with the nearest one."""
    done = cli(*call)
    assert done.code == 2
    assert said in done.err
    assert english(done.err) == []


def test_completion_is_installed_in_chinese(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Typer says of the completion it has installed is translated; a shell it does not know, too."""
    monkeypatch.setattr("typer.completion.install", lambda: ("bash", "/家/补全.sh"))
    assert cli("--install-completion").out == "bash的自动补全装在 /家/补全.sh\n重新打开命令行后起作用。\n"
    monkeypatch.undo()
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: "甲壳")
    refused = cli("--install-completion")
    assert (refused.code, refused.out) == (1, "命令行 甲壳 不支持自动补全。\n")


def test_english_is_seen() -> None:
    """Typer's own sentences would be noticed."""
    for sentence in ("Missing argument 'FILE'.", "Option '--to' requires an argument.", "Invalid value for '--jobs'"):
        assert english(sentence)
    known: list[Any] = ["错误 “--to x y”的值不对。 [usage]", "  → 用法见 healthreport batch --help。"]
    assert not any(map(english, known))


def test_a_closed_path_is_told_in_chinese() -> None:
    """What Typer says of a folder that may not be read is said in Chinese, whoever runs the tests."""
    wrong = typer.BadParameter("path '锁' is not readable")
    wrong.param = COMMANDS[("batch",)].params[0]
    assert "“锁”没有权限读" in explain(wrong)
