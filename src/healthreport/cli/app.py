"""The program: its options before any command."""

from __future__ import annotations

from typing import Annotated

import typer

from healthreport import __version__
from healthreport.cli import console, exits, help_zh

app = typer.Typer(
    cls=help_zh.Group,
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
