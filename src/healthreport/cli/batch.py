"""``healthreport batch``."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from healthreport.cli import console
from healthreport.cli.app import app
from healthreport.cli.help_zh import Command
from healthreport.diagnostics import HealthReportError


class Format(StrEnum):
    """How the summary is told."""

    TEXT = "text"
    JSON = "json"


@app.command(cls=Command)
def batch(
    base: Annotated[
        Path, typer.Argument(metavar="文件夹或文件", help="一个文件夹的报告；或加 --data 时各乡镇共用的报告。")
    ],
    data: Annotated[
        Path | None, typer.Option("--data", metavar="表格", help="每行一个乡镇：xlsx、xls、ods 或 csv。")
    ] = None,
    sheet: Annotated[str, typer.Option("--sheet", metavar="名称", help="工作表；默认第一张。")] = "",
    header_row: Annotated[
        int, typer.Option("--header-row", metavar="行号", min=0, help="表头在第几行；默认自动找。")
    ] = 0,
    ignore_columns: Annotated[bool, typer.Option("--ignore-columns", help="不认识的列不报错。")] = False,
    blank: Annotated[
        Path | None, typer.Option("--blank", metavar="表格", help="不生成材料，写一张给乡镇填的空表：xlsx 或 csv。")
    ] = None,
    towns: Annotated[
        Path | None, typer.Option("--towns", metavar="名单", help="与 --blank 同用：一行一个乡镇，先填好名称。")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件夹", help="写到哪里。")] = None,
    name: Annotated[
        str, typer.Option("--name", metavar="样式", help="文件名，如“{{ 单位 }}{{ 年度 }}年工作总结”。")
    ] = "",
    processes: Annotated[
        int, typer.Option("-j", "--jobs", metavar="数", min=0, help="同时用几个进程；默认与处理器的核数相同。")
    ] = 0,
    layout: Annotated[str, typer.Option("--layout", metavar="版式", help="版式名，优先于文件里的“版式”。")] = "",
    templates: Annotated[Path | None, typer.Option("--templates", metavar="文件夹", help="自己的模板和版式。")] = None,
    root: Annotated[Path | None, typer.Option("--root", metavar="文件夹", help="“继承”的文件不得在它之外。")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="草稿：缺的数留出标黄的空白。")] = False,
    force: Annotated[bool, typer.Option("--force", help="覆盖被别的程序改过的 Word 文件，原文件留作 .bak。")] = False,
    form: Annotated[Format, typer.Option("--format", metavar="格式", help="总结用 text 或 json。")] = Format.TEXT,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="只报错误。")] = False,
) -> None:
    """批量生成：一个乡镇一份 Word。"""
    from healthreport.jobs import sheet as blanks
    from healthreport.jobs.batch import planning
    from healthreport.jobs.batch import running as job
    from healthreport.reading.reader import Reader

    reader = Reader()
    options = planning.Options(output, name, sheet, header_row, ignore_columns, layout, templates, root, draft, force)
    try:
        if blank is not None:
            blanks.write(blank, base, towns, reader, root)
            console.result(str(blank))
            return
        plan = planning.plan_table(base, data, options, reader) if data else planning.plan_folder(base, options, reader)
    except HealthReportError as wrong:
        console.report(wrong.diagnostics, reader.line)
        raise typer.Exit(2) from None
    results: list[job.Result] = []
    with console.progress(len(plan.targets), quiet=quiet) as advance:
        try:
            for result in job.run(plan, processes or os.cpu_count() or 1):
                results.append(advance(result))
        except KeyboardInterrupt:
            console.say(f"做完了 {len(results)} 份，还有 {len(plan.targets) - len(results)} 份；再运行一次会接着做。")
            raise
        seconds = advance.seconds
    if form is Format.JSON:
        console.result(job.as_json(results, seconds))
    console.report(plan.problems, reader.line)
    console.report_groups(job.grouped(results), reader.line, quiet=quiet)
    if not quiet:
        console.summary(job.counts(results), seconds)
    written = sum(result.status in (job.DONE, job.UNCHANGED) for result in results)
    if written < len(results):
        raise typer.Exit(1 if written or any(result.status == job.REFUSED for result in results) else 2)
