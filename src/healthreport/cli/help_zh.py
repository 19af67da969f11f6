"""Typer's own words in Chinese: the headings of ``--help`` and the usage errors."""

from __future__ import annotations

import contextlib
import io
import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from healthreport.cli import console
from healthreport.cli.moved import MOVED
from healthreport.diagnostics import did_you_mean, or_rather

_WORDS = {
    "Usage: ": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 …",
    "[required]": "[必填]",
    "[default: ": "[默认 ",
    "Show this message and exit.": "显示帮助。",
    "Install completion for the current shell.": "为当前命令行安装自动补全。",
    " completion installed in ": "的自动补全装在 ",
    "Completion will take effect once you restart the terminal": "重新打开命令行后起作用。",
    "Shell ": "命令行 ",
    "is not supported.": "不支持自动补全。",
    "Show completion for the current shell, to copy it or customize the installation.": "显示自动补全脚本。",
}
_INSTALL = "--install-completion"
# Compiled when there is something to say: a command that is called as it should be has no use for them.
_TYPE_NAME = r" <(?:list\[)?\w+\]?>"
_RANGE = r"\s+\[x>=\d+\]"  # the help says it, where it matters
_NOT_ONE_OF = "'(.*?)' is not one of (.*?)\\.?$"
_NOT_READABLE = r"path '(.*)' is not readable"
_TOO_SMALL = r"(?:greater than or equal to |x>=)(-?\d+)"
_TOO_MANY = r"unexpected extra arguments?(?:\(s\))? \(([\s\S]*)\)"
_NO_COMMAND = r"No such command '(.*?)'\."


def _translate(text: str) -> str:
    for english, chinese in _WORDS.items():
        # Help is wrapped before it is translated, so a space of ours stands for any white space of theirs.
        text = re.sub(re.escape(english).replace(r"\ ", r"\s+"), chinese, text)
    return re.sub(_RANGE, "", re.sub(_TYPE_NAME, "", text))


def alone() -> typer.Typer:
    """Return the app of a file that holds one command."""
    return typer.Typer(add_completion=False, rich_markup_mode=None)


class Group(TyperGroup):
    """The program, with its help in Chinese."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse what stands before a command; what is said of the completion that was installed is Chinese, too."""
        if _INSTALL not in args:
            return super().parse_args(ctx, args)
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said):
                return super().parse_args(ctx, args)
        finally:
            console.result(_translate(said.getvalue()).rstrip("\n"))

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _translate(super().get_help(ctx))


class Command(TyperCommand):
    """A command, with its help in Chinese."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse what stands behind the command; what is wrong there says of which command it is."""
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as wrong:
            if getattr(wrong, "ctx", ctx) is None:  # the parser does not tell
                wrong.ctx = ctx  # type: ignore[attr-defined]
            raise

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _translate(super().get_help(ctx))


def explain(wrong: typer.TyperException) -> str:
    """Say in Chinese what is wrong with the command line, and the way out."""
    kind = type(wrong).__name__
    if kind == "NoArgsIsHelpError":
        return wrong.message
    option = getattr(wrong, "option_name", "")
    moved = MOVED.get((_command(wrong), option))
    if moved:
        return f"错误 “{option}”现在是{moved.to}。 [moved]\n  → 例如 {moved.example}。"
    called = re.match(_NO_COMMAND, wrong.message)
    if called and called[1].lower().endswith((".yaml", ".yml")):
        from pathlib import Path

        from healthreport.values.typed import typed

        return f"错误 没有写命令。 [usage]\n  → 生成这份报告：healthreport render {typed(Path(called[1]))}。"
    return f"错误 {_message(wrong, kind)} [usage]\n  → {_way_out(wrong)}"


def _way_out(wrong: typer.TyperException) -> str:
    """Return how the help of the command that was called is asked for."""
    context = getattr(wrong, "ctx", None)
    if context is None:
        return "用法见 healthreport --help，或在命令后加 --help。"
    words = ["--help"]
    while context.parent is not None:
        words.insert(0, str(context.info_name))
        context = context.parent
    return f"用法见 {' '.join(['healthreport', *words])}。"


def _command(wrong: typer.TyperException) -> str:
    """Return the name of the command that was called."""
    context = getattr(wrong, "ctx", None)
    return str(context.info_name) if context else ""


def _commands_at(wrong: typer.TyperException) -> list[str]:
    """Return the commands there are where one was called that is none."""
    context: Any = getattr(wrong, "ctx", None)
    names: list[str] = context.command.list_commands(context)
    return names


def _value(message: str) -> str:
    """Say what is wrong with a value: in our own words, which are Chinese already, or in Typer's, which are not."""
    if choice := re.search(_NOT_ONE_OF, message):
        return f"没有“{choice[1]}”，可选 {choice[2].replace(chr(39), '').replace(', ', '、')}"
    if least := re.search(_TOO_SMALL, message):
        return f"不能小于{least[1]}"
    if closed := re.search(_NOT_READABLE, message):
        return f"“{closed[1]}”没有权限读"
    return "要写整数" if "integer" in message else message.rstrip(".")


def _message(wrong: typer.TyperException, kind: str) -> str:
    # The classes are private to Typer; what they say of themselves is not.
    option = getattr(wrong, "option_name", None)
    parameter = getattr(wrong, "param", None)
    if kind == "NoSuchOption":
        near = getattr(wrong, "possibilities", None)
        return or_rather(f"没有选项“{option}”", near[0] if near else None)
    if kind == "MissingParameter" and parameter is not None:
        option = f"{parameter.opts[0]} " if parameter.opts[0].startswith("-") else ""
        return f"缺少“{option}{parameter.metavar}”。"
    if kind == "BadParameter" and parameter is not None:
        return f"“{parameter.opts[0]}”的值不对：{_value(wrong.message)}。"
    if kind == "BadOptionUsage":
        return f"选项“{option}”后面{'缺值' if 'requires' in wrong.message else '不该有值'}。"
    if extra := re.search(_TOO_MANY, wrong.message):
        return f"多写了“{extra[1]}”；文件名里有空格的，请加引号。"
    if command := re.match(_NO_COMMAND, wrong.message):
        return or_rather(f"没有命令“{command[1]}”", did_you_mean(command[1], _commands_at(wrong)))
    return f"用法有误：{wrong.format_message()}"
