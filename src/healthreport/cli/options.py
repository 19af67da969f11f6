"""The options that several commands share, each defined once, so that it means the same in all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from healthreport.cli import console, exits

if TYPE_CHECKING:
    from collections.abc import Mapping


def _year(value: str) -> str:
    """Read the value of ``--year``, which may be empty."""
    from healthreport.values import scalars

    try:
        return str(scalars.read_year(value)) if value else ""
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from None


def _written(path: Path | None) -> Path | None:
    """Refuse to write a file, or make a folder, that Windows has no name for."""
    if path is not None:
        from healthreport.writing import file_names

        with exits.told():
            file_names.refuse(path)
    return path


def written(*names: str, metavar: str, help: str) -> Any:
    """Return an option that says where something is written; what it is, each command says itself."""
    return typer.Option(*names, metavar=metavar, help=help, callback=_written)


Layout = Annotated[str, typer.Option("--layout", metavar="版式", help="版式名，优先于文件里的“版式”。")]
Templates = Annotated[
    Path | None,
    typer.Option("--templates", metavar="文件夹", help="自己的模板和版式；默认用当前文件夹下的 templates。"),
]
NoUserTemplates = Annotated[
    bool,
    typer.Option("--no-user-templates", help="不用当前文件夹下的 templates；用 --templates 写明的仍然用。"),
]
Root = Annotated[
    Path | None,
    typer.Option("--root", metavar="文件夹", help="“继承”的文件不得在它之外；默认是报告的文件夹和它的上一级。"),
]
Draft = Annotated[
    bool, typer.Option("--draft", help="草稿：另取名“…-草稿”，缺的数留出标黄的空白，待补处用建议的文字。")
]
Force = Annotated[bool, typer.Option("--force", help="覆盖被别的程序改过的 Word 文件和已有的表，原文件留作 .bak。")]
NoCheck = Annotated[bool, typer.Option("--no-check", help="不查用字、标点等；缺的数和待补仍然提醒。")]
Strict = Annotated[bool, typer.Option("--strict", help="有警告也算错误，不生成。")]
Year = Annotated[
    str,
    typer.Option("--year", metavar="年份", callback=_year, help="年度；不写就由去年的文件、正文或今天的日期定。"),
]
Data = Annotated[Path | None, typer.Option("--data", metavar="表格", help="每行一个乡镇：xlsx、xls、ods 或 csv。")]
Worksheet = Annotated[str, typer.Option("--worksheet", metavar="名称", help="读哪张工作表；默认找有表头的一张。")]
HeaderRow = Annotated[
    int, typer.Option("--header-row", metavar="行号", min=0, show_default=False, help="表头在第几行；默认自动找。")
]
IgnoreColumns = Annotated[bool, typer.Option("--ignore-columns", help="不认识的列不报错。")]
Jobs = Annotated[
    int,
    typer.Option(
        "-j", "--jobs", metavar="数", min=0, show_default=False, help="同时用几个进程；默认与处理器的核数相同。"
    ),
]
Wide = Annotated[bool, typer.Option("--wide", help="全部列出；默认只列放得下的。")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="只报错误。")]


_HERE = Path("templates")
_LISTED = 8


def own_templates(given: Path | None, *, not_of_here: bool) -> Path | None:
    """Return the folder of the user's own templates: the one given, else ``./templates``, if it may be used.

    The current folder may be somebody else's, so what wins in it is said before it is used, also when quiet. A file
    that is the packaged one to the letter (``template copy``, not yet edited) changes nothing.
    """
    if given is not None or not_of_here or not _HERE.is_dir():
        return given
    from healthreport.reading.resources import files_of, is_as_packaged
    from healthreport.reading.tables import plain

    names = [path.relative_to(_HERE).as_posix() for path in files_of(_HERE) if not is_as_packaged(path, _HERE)]
    if names:
        listed = plain.listed(names, _LISTED, "个文件")
        console.say(f"优先使用当前文件夹下 templates 里的 {listed}；不用请加 --no-user-templates。")
    return _HERE


def tell_unused(missing: str, given: Mapping[str, object]) -> None:
    """Say which of these options do nothing for want of another one; they are no mistake."""
    for option, value in given.items():
        if value:
            console.say(f"没有写“{missing}”，“{option}”没有用到。")
