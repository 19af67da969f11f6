"""``healthreport template``: list, show and copy templates, skeletons, sections and layouts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, Group
from healthreport.diagnostics import Position

if TYPE_CHECKING:
    from healthreport.reading.resources import Resources

app = typer.Typer(
    cls=Group,
    help="模板、骨架、章节和版式：列出、查看、复制出来修改。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Name = Annotated[
    str, typer.Argument(metavar="名称", help="如 年度工作总结、gbt9704、skeletons/讲话.yaml.j2，见 list。")
]


@app.command("list", cls=Command)
def list_(templates: options.Templates = None, no_user_templates: options.NoUserTemplates = False) -> None:
    """列出全部模板、骨架、章节和版式，以及各从哪里来。"""
    from healthreport.reading.resources import Resources

    with exits.told() as reader:
        entries = Resources(options.own_templates(templates, not_of_here=no_user_templates), reader).entries()
    rows = [
        {"类别": entry.kind, "名称": entry.name, "文件": entry.file, "来源": "自己的" if entry.own else "自带"}
        for entry in entries
    ]
    console.table(["类别", "名称", "文件", "来源"], rows)


@app.command(cls=Command)
def show(name: Name, templates: options.Templates = None, no_user_templates: options.NoUserTemplates = False) -> None:
    """打印一个模板、骨架、章节或版式。"""
    from healthreport.reading.resources import Resources

    with exits.told() as reader:
        resources = Resources(options.own_templates(templates, not_of_here=no_user_templates), reader)
        console.result(resources.template(_find(name, resources)).text.rstrip("\n"))


@app.command(cls=Command)
def copy(
    name: Name,
    output: Annotated[
        Path,
        options.written("-o", "--output", metavar="文件夹", help="放自己模板的文件夹；默认 templates，自动优先使用。"),
    ] = Path("templates"),
    templates: options.Templates = None,
    no_user_templates: options.NoUserTemplates = False,
) -> None:
    """复制一个出来修改；同名的文件优先于自带的。"""
    from healthreport.jobs.new import files
    from healthreport.reading.resources import Resources

    with exits.told() as reader:
        resources = Resources(options.own_templates(templates, not_of_here=no_user_templates), reader)
        file = _find(name, resources)
        path = output / file
        files.write(path, resources.template(file).text)
    console.result(str(path))
    if output != Path("templates"):
        console.say(f"使用时加 --templates {output}。")


def _find(name: str, resources: Resources) -> str:
    """Return the file of a name; where several have it, the first, and say which the others are."""
    found = resources.named(name, Position(name))
    if len(found) > 1:
        others = "、".join(entry.file for entry in found[1:])
        console.say(f"这是{found[0].kind}；同名的还有 {others}。")
    return found[0].file
