"""Typer's own words in Chinese: the headings of ``--help`` and the usage errors."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_WORDS = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 …",
    "[required]": "[必填]",
    "[default: ": "[默认 ",
    "(dynamic)": "（自动）",
    "Show this message and exit.": "显示帮助。",
    "Install completion for the current shell.": "为当前命令行安装自动补全。",
    "Show completion for the current shell, to copy it or customize the installation.": "显示自动补全脚本。",
    "Show completion for the current shell, to copy": "显示自动补全脚本。",
}


def _translate(text: str) -> str:
    for english, chinese in _WORDS.items():
        text = text.replace(english, chinese)
    return text


class Group(TyperGroup):
    """The program, with its help in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _translate(super().get_help(ctx))


class Command(TyperCommand):
    """A command, with its help in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _translate(super().get_help(ctx))


def explain(wrong: typer.TyperException) -> str:
    """Say in Chinese what is wrong with the command line, and the way out."""
    name = getattr(wrong, "option_name", None)
    parameter = getattr(wrong, "param", None)
    kind = type(wrong).__name__
    if kind == "NoSuchOption":
        near = getattr(wrong, "possibilities", None)
        message = f"没有选项“{name}”" + (f"，是否为“{near[0]}”？" if near else "。")
    elif kind == "MissingParameter" and parameter is not None:
        message = f"缺少参数“{parameter.make_metavar(wrong.ctx) if hasattr(wrong, 'ctx') else parameter.name}”。"
    elif kind == "BadParameter" and parameter is not None:
        message = f"选项“{parameter.opts[0]}”的值不对：{wrong.message.rstrip('.')}。"
    elif kind == "BadOptionUsage":
        message = f"选项“{name}”后面要写值，或不该写值。"
    elif wrong.message.startswith("No such command"):
        message = f"没有命令{wrong.message.removeprefix('No such command').rstrip('.')}。"
    else:
        message = f"用法有误：{wrong.format_message()}"
    return f"错误 {message} [usage]\n  → 用法见 healthreport --help，或在命令后加 --help。"
