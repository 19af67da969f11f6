"""``healthreport schema``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from healthreport.cli import console, exits, options
from healthreport.cli.help_zh import Command, alone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthreport.reading.resources import Resources


app = alone()


@app.command(cls=Command)
def schema(
    output: Annotated[
        Path | None, options.written("-o", "--output", metavar="文件", help="写到文件；默认打印。")
    ] = None,
    templates: options.Templates = None,
    no_user_templates: options.NoUserTemplates = False,
) -> None:
    """输出报告文件的 JSON Schema，供编辑器边写边校验。"""
    from healthreport.jobs import schema as job
    from healthreport.jobs.new.files import rewrite
    from healthreport.reading.resources import Resources

    with exits.told() as reader:
        text = job.text(Resources(options.own_templates(templates, not_of_here=no_user_templates), reader))
        if output is None:
            console.result(text)
        else:
            rewrite(output, text + "\n")
            console.result(str(output))


def write_named(made: Mapping[Path, str], resources: Resources) -> None:
    """Write the schema that new files name, where there is none, and say so."""
    from healthreport.jobs import schema as job

    written = job.write_named(made, resources)
    console.report(written.warnings, resources.reader.line)
    for path in written.paths:
        console.say(f"编辑器据此边写边提示、校验：{path}")
