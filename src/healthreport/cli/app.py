"""The program: its options before any command, and its commands."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_command

from healthreport import __version__
from healthreport.cli import console, exits, help_zh

# The file of each command, which has an ``app``; in the order of ``--help``.
_FILES = {
    "batch": "batch",
    "check": "check",
    "doctor": "doctor",
    "explain": "explain",
    "figures": "figures",
    "genres": "genres",
    "import": "importing",
    "schema": "schema",
    "new": "new",
    "overview": "overview",
    "render": "render",
    "rollup": "rollup",
    "sheet": "sheet",
    "towns": "towns",
    "template": "template",
}


class _Program(help_zh.Group):
    """Imports a command when it is asked for: to make all of them takes longer than many a command's work."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Return the names of all commands."""
        return [*_FILES]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Return a command, if there is one of this name."""
        file = _FILES.get(cmd_name)
        return get_command(import_module(f"healthreport.cli.{file}").app) if file else None


app = typer.Typer(
    cls=_Program,
    help="把 YAML 写的年度材料生成为 GB/T 9704 版式的 Word 公文。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        console.result(f"healthreport {__version__}")
        exits.leave()


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")] = False,
) -> None:
    """Take the options that stand before a command."""
