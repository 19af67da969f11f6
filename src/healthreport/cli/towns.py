"""``healthreport towns``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from healthreport.cli import console, exits, options, schema
from healthreport.cli.help_zh import Command, alone
from healthreport.values.typed import typed

app = alone()


@app.command(cls=Command)
def towns(
    base: Annotated[Path, typer.Argument(metavar="文件", help="各乡镇继承的报告。")],
    names: Annotated[Path, typer.Argument(metavar="名单", help="一行一个乡镇，各生成一份。")],
    output: Annotated[Path, options.written("-o", "--output", metavar="文件夹", help="放各乡镇的文件。")],
    root: options.Root = None,
) -> None:
    """给各乡镇各建一个文件：只列出要填的数，其余都继承。"""
    from healthreport.jobs import towns as job
    from healthreport.jobs.new import files
    from healthreport.reading.resources import Resources

    with exits.told() as reader:
        listed = job.read(names, reader)
        console.report([*listed.told, *job.there(listed.names, output)], reader.line)
        made = job.files([one.name for one in listed.names], base, output, reader, root)
        files.write_all({path: text.encode() for path, text in made.items()})
        for path in made:
            console.result(str(path))
        schema.write_named(made, Resources(None, reader))
        top = job.root_for(base, output, reader, root)
    above = f" --root {typed(Path(top))}" if top else ""
    console.say(f"共{len(made)}份。填好后批量生成：healthreport batch {typed(output)}{above}")
