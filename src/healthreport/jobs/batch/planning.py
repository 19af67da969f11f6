"""What a batch is to render, and where to: every report of a folder, or every row of a table.

A plan is made whole before anything is written: two documents of one name are an error.
"""

from __future__ import annotations

import os
import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Related, error
from healthreport.disk import read_bytes, real
from healthreport.model.build import build
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.tables import sheets
from healthreport.townships import rows
from healthreport.writing import file_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from healthreport.reading.yaml.nodes import Mapping

_INHERITS = {
    encoding: re.compile("^(?:\ufeff)?继承:[ \t]*[\"']?(.+?)[\"']?[ \t\r]*(?:#.*)?$".encode(encoding), re.MULTILINE)
    for encoding in ("utf-8", "gb18030")
}


class Options(NamedTuple):
    """What the command line says about all documents alike."""

    output: Path | None = None
    pattern: str = ""
    sheet: str = ""
    header_row: int = 0
    ignore_columns: bool = False
    layout: str = ""
    templates: Path | None = None
    root: Path | None = None
    draft: bool = False
    force: bool = False


class Plan(NamedTuple):
    """What is to be rendered where: reports of a folder, or the rows of a table.

    ``sources`` says for each document which file or row it comes from.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    options: Options
    root: Path
    table: Table | None = None
    problems: tuple[Diagnostic, ...] = ()


class Table:
    """The rows of a table and the base they are laid over.

    A process that was forked shares them; one that was not reads them anew, for a million cells are
    sooner read than sent.
    """

    def __init__(self, base: Path, table: Path, options: Options, reader: Reader | None = None) -> None:
        self.base = base
        self.reader = reader or Reader()
        self.common = inherit.base(base, self.reader, options.root or base.parent)
        if pipeline.common_of(self.common, self.reader) is None:
            build(self.common)  # tells what is wrong, once and not for every row
        self.townships = _townships(table, self.common, options, self.reader)
        self._read_from = (base, table, options)

    def __reduce__(self) -> tuple[type[Table], tuple[Path, Path, Options]]:
        return Table, self._read_from

    def inherited(self, index: int) -> inherit.Inherited:
        """Return the report of a row. Raises :class:`HealthReportError` for cells without a value."""
        self.townships.refuse_bad_cells(index)
        own = self.townships.own(index, self.common)
        return inherit.Inherited(self.base, own.whole, own, self.common)


def plan_folder(folder: Path, options: Options, reader: Reader) -> Plan:
    """Plan every report of a folder; a file that another one inherits is not rendered."""
    if not folder.is_dir():
        raise error(
            "not-a-folder", "找不到这个文件夹。", Position(str(folder)), hint="批量生成要写文件夹，或加 --data 表格。"
        )
    found = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    bases = {base for path in found for base in _bases_of(path)}
    reports = [path for path in found if real(path) not in bases]
    if not reports:
        raise error("empty-folder", "文件夹里没有报告。", Position(str(folder)), hint="报告的文件名以 .yaml 结尾。")
    root = options.root or folder
    stems = [path.stem for path in reports]
    if options.pattern:
        trees = (inherit.load(path, reader, root).tree for path in reports)
        stems = [file_names.fill(options.pattern, tree, tree.position) for tree in trees]
    targets = _targets(options.output or folder, stems, lambda index: Position(str(reports[index])))
    return Plan(tuple(str(path) for path in reports), targets, options, root)


def _bases_of(path: Path) -> Iterator[str]:
    """Find what a report inherits without parsing it: all reports of a county are looked at."""
    try:
        data = read_bytes(path)
    except HealthReportError:
        return  # rendering it reports the reason
    for encoding, inherits in _INHERITS.items():
        match = inherits.search(data)
        if match:
            yield real(path.parent / match[1].decode(encoding, errors="replace"))
            return


def plan_table(base: Path, table: Path, options: Options, reader: Reader) -> Plan:
    """Plan a document for each row of a table, laid over a base."""
    read = Table(base, table, options, reader)
    townships, pattern = read.townships, options.pattern or file_names.DEFAULT
    if not townships.rows:
        raise error("empty-table", "表格里没有乡镇。", Position(str(table)), hint="表头下面每个乡镇写一行。")
    stems = [
        file_names.fill(pattern, {**read.common, **townships.fields(index)}, partial(townships.place, index))
        for index in range(len(townships.rows))
    ]
    targets = _targets(options.output or base.parent / base.stem, stems, townships.place)
    root = options.root or base.parent
    return Plan(tuple(townships.names), targets, options, root, read, tuple(townships.problems))


def _townships(table: Path, common: Mapping, options: Options, reader: Reader) -> rows.Townships:
    found = sheets.read_tables(reader.read_table(table), str(table))
    chosen = [sheet for sheet in found if not options.sheet or sheet.name == options.sheet]
    if not chosen:
        listed = "、".join(sheet.name for sheet in found)
        raise error("unknown-sheet", f"没有工作表“{options.sheet}”。", Position(str(table)), hint=f"可选：{listed}。")
    return rows.read(chosen[0], common, header_row=options.header_row, ignore_columns=options.ignore_columns)


def _targets(folder: Path, stems: Sequence[str], place: Callable[[int], Position]) -> tuple[str, ...]:
    """Return the files to be written; two of one name are an error before anything is written."""
    taken: dict[str, int] = {}
    problems: list[Diagnostic] = []
    for index, stem in enumerate(stems):
        first = taken.setdefault(file_names.same(stem), index)
        if first != index:
            message = f"两份材料都叫“{stem}.docx”。"
            hint = "请在 --name 里加上能区分的字段，如 {{ 单位 }}。"
            related = (Related(place(first), "另一份在这里"),)
            problems.append(Diagnostic("same-output", message, place(index), hint=hint, related=related))
    if problems:
        raise HealthReportError(problems)
    return tuple([os.path.join(folder, f"{stem}.docx") for stem in stems])
