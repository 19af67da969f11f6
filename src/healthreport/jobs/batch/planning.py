"""What a batch is to render, and where to: every report of a folder, or every row of a table.

A plan is made whole before anything is written: two documents of one name are an error.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Related, Severity, error
from healthreport.disk.read import is_yaml
from healthreport.jobs.looking_on.everything import everything
from healthreport.jobs.producing import Options, Task
from healthreport.model.build import build
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from healthreport.reading.yaml.parse import SlipsError
from healthreport.townships import folder as reports_in
from healthreport.values.typed import typed
from healthreport.writing import file_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from healthreport.reading.base import Base
    from healthreport.reading.tables.words import Words
    from healthreport.townships.rows import Townships


class Data(NamedTuple):
    """The table of a batch, and how it is read: which worksheet, which row names the columns (0: it is looked for)."""

    path: Path
    worksheet: str = ""
    header_row: int = 0
    ignore_columns: bool = False


class Plan(NamedTuple):
    """What is to be made, and how: reports of a folder, or the rows of a table."""

    tasks: tuple[Task, ...]
    options: Options
    table: Table | None = None
    problems: tuple[Diagnostic, ...] = ()


class Table:
    """The rows of a table and the base they are laid over.

    A process that was forked shares them; one that was not reads them anew, for a million cells are
    sooner read than sent.
    """

    def __init__(
        self, base: Path, data: Data, root: Path | None, templates: Path | None = None, reader: Reader | None = None
    ) -> None:
        self.reader = reader or Reader()
        words = Resources(templates, self.reader).sheet_words
        self.base = inherit.base(base, self.reader, root)
        if self.base.built is None:
            build(self.base.definitions)  # tells what is wrong, once and not for every row
        self.townships = _townships(data, self.base, self.reader, words)
        self._read_from = (base, data, root, templates)

    def __reduce__(self) -> tuple[type[Table], tuple[Path, Data, Path | None, Path | None]]:
        return Table, self._read_from

    def inherited(self, index: int) -> inherit.Inherited:
        """Return the report of a row. Raises :class:`HealthReportError` for cells without a value."""
        self.townships.refuse_bad_cells(index)
        differences = self.townships.own(index, self.base.definitions)
        return inherit.Inherited(
            self.base.file.path, differences.whole, differences, self.base, notes=self.base.names_one
        )


def plan_folder(
    folder: Path, options: Options, reader: Reader, *, output: Path | None = None, pattern: str = ""
) -> Plan:
    """Plan every report of a folder; a file that another one inherits, or draws its indicators from, is none."""
    if not folder.is_dir():
        message = "这是文件，不是文件夹。" if folder.is_file() else "找不到这个文件夹。"
        hint = "批量生成要写文件夹，或加 --data 表格；一份报告用 healthreport render 生成。"
        raise error("not-a-folder", message, Position(str(folder)), hint=hint)
    found = reports_in.read(folder, reader)
    reports = found.reports
    stems = [path.stem + _mark(options) for path in reports]
    if pattern:
        trees = (inherit.load(path, reader, options.root).tree for path in reports)
        stems = [file_names.fill(pattern, tree, tree.position) for tree in trees]
    placed = _placed(output or folder, stems, lambda index: Position(str(reports[index])))
    tasks = tuple([Task(str(path), stem) for path, stem in zip(reports, placed, strict=True)])
    return Plan(tasks, options, problems=_warnings(found.problems, options))


def opened(command: str, base: Path, data: Data, root: Path | None, resources: Resources) -> Table:
    """Return the table that a command was given over a base.

    Raises :class:`HealthReportError`, also for a report in its place, and for one without townships.
    """
    if is_yaml(data.path.name):
        hint = f"是否写反了？healthreport {command} {typed(data.path)} --data {typed(base)}。"
        raise error("report-as-table", "--data 要写表格，这是 YAML 文件。", Position(str(data.path)), hint=hint)
    try:
        table = Table(base, data, root, resources.own, resources.reader)
    except SlipsError as wrong:
        raise everything(wrong, base, resources, root=root, is_base=True) from None
    if not table.townships.rows:
        raise error("empty-table", "表格里没有乡镇。", Position(str(data.path)), hint="表头下面每个乡镇写一行。")
    return table


def plan_table(
    base: Path, data: Data, options: Options, reader: Reader, *, output: Path | None = None, pattern: str = ""
) -> Plan:
    """Plan a document for each row of a table, laid over a base."""
    table = opened("batch", base, data, options.root, Resources(options.templates, reader))
    townships, name = table.townships, _name(table.base, Resources(options.templates, reader))
    warnings = _warnings(townships.problems, options)
    stems = []
    for index in range(len(townships.rows)):
        fields = {**table.base.definitions, **townships.fields(index)}
        wanted = pattern or file_names.usual(fields, name)
        stem = file_names.fill(wanted, fields, partial(townships.place, index))
        stems.append(stem if pattern else stem + _mark(options))
    placed = _placed(output or base.parent / base.stem, stems, townships.place)
    tasks = tuple([Task(name, stem) for name, stem in zip(townships.names, placed, strict=True)])
    return Plan(tasks, options, table, warnings)


def _name(base: Base, resources: Resources) -> str:
    """Return what reports of the base's genre are called in file names: what its template says, or the genre."""
    assert base.built is not None
    genre = resources.slugs.get(base.built.report.genre, base.built.report.genre)
    return resources.genres.get(genre, {}).get("文件名", genre)


def _mark(options: Options) -> str:
    """Return what the usual name of a document ends in."""
    return file_names.DRAFT if options.draft else ""


def _warnings(problems: Sequence[Diagnostic], options: Options) -> tuple[Diagnostic, ...]:
    """Return what is told and keeps nothing from being written. Raises with ``strict`` where there is any."""
    if options.strict and problems:
        raise HealthReportError(one._replace(severity=Severity.ERROR) for one in problems)
    return tuple(problems)


def _townships(data: Data, base: Base, reader: Reader, words: Words) -> Townships:
    from healthreport.reading.tables import sheets
    from healthreport.townships import rows

    found = sheets.read_tables(reader.read_table(data.path), str(data.path))
    chosen = rows.choose(found, base.tree, data.worksheet, words)
    return rows.read(chosen, base.tree, header_row=data.header_row, ignore_columns=data.ignore_columns, words=words)


def _placed(folder: Path, stems: Sequence[str], place: Callable[[int], Position]) -> list[str]:
    """Return where documents go, without suffix; two of one name are an error before anything is written."""
    taken: dict[str, int] = {}
    problems: list[Diagnostic] = []
    for index, stem in enumerate(stems):
        first = taken.setdefault(file_names.same(stem), index)
        if first != index:
            message = f"两份材料都叫“{stem}.docx”。"
            hint = "请在 --name 里加上各份不同的，如 {{ 单位 }}。"
            related = (Related(place(first), "另一份在这里"),)
            problems.append(Diagnostic("same-output", message, place(index), hint=hint, related=related))
    if problems:
        raise HealthReportError(problems)
    return [os.path.join(folder, stem) for stem in stems]
