"""The options that several commands share, each defined once, so that it means the same in all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthreport.cli import console

if TYPE_CHECKING:
    from collections.abc import Mapping

Layout = Annotated[str, typer.Option("--layout", metavar="版式", help="版式名，优先于文件里的“版式”。")]
Templates = Annotated[
    Path | None,
    typer.Option("--templates", metavar="文件夹", help="自己的模板和版式；默认用当前文件夹下的 templates。"),
]
Root = Annotated[
    Path | None,
    typer.Option("--root", metavar="文件夹", help="“继承”的文件不得在它之外；默认是报告所在的文件夹。"),
]
Draft = Annotated[bool, typer.Option("--draft", help="草稿：缺的数留出标黄的空白，待补处用建议的文字。")]
Force = Annotated[bool, typer.Option("--force", help="覆盖被别的程序改过的 Word 文件，原文件留作 .bak。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="只报错误。")]


def tell_unused(missing: str, given: Mapping[str, object]) -> None:
    """Say which of these options do nothing for want of another one; they are no mistake."""
    for option, value in given.items():
        if value:
            console.say(f"没有写“{missing}”，“{option}”没有用到。")
