"""核对表: of each township every figure with last year's, target and growth, what is doubtful, and what was told."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from healthreport.diagnostics import Position, Severity, error
from healthreport.jobs import protected
from healthreport.jobs.doubts import COLUMNS
from healthreport.jobs.new.indicator_sheet import FIRST_DATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook

    from healthreport.jobs.producing import Outcome, Task

SUFFIX = ".xlsx"
_NAME = "核对表"
_DOUBTFUL, _FROM = "存疑", "材料"
_TOLD = (_FROM, "级别", "规则", "内容", "位置", "出路")
_LEVELS = {Severity.ERROR: "错误", Severity.WARNING: "警告"}
_WIDTHS = (20, 24, 16, 16, 12, 14, 16, 12, 60)


def refuse(target: Path, *, force: bool) -> None:
    """Raise :class:`HealthReportError` where the sheet cannot be written, before anything is made."""
    if target.suffix != SUFFIX:
        raise error("bad-output", "核对表只能写成 .xlsx。", Position(str(target)), hint="例如 --checks 核对表.xlsx。")
    if not force:
        protected.spare(target, _NAME)


def write(target: Path, made: Iterable[tuple[Task, Outcome]]) -> None:
    """Write the sheet; one that is there is kept as .bak. Raises :class:`HealthReportError`."""
    protected.put(target, _xlsx([*made]), _NAME)


def _xlsx(made: Sequence[tuple[Task, Outcome]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": FIRST_DATE})
        _sheet(book, _NAME, (_FROM, *COLUMNS, _DOUBTFUL), _rows(made))
        _sheet(book, "提醒", _TOLD, _told(made))
    return out.getvalue()


def _sheet(book: Workbook, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as text; those with something in the last column but the ways out stand out."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#D9D9D9"})
    plain = book.add_format({"border": 1, "valign": "top"})
    doubtful = book.add_format({"border": 1, "valign": "top", "bg_color": "#FFF2CC"})
    for column, width in enumerate(_WIDTHS[: len(heads)]):
        sheet.set_column(column, column, width)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        look = doubtful if row[-1] and heads[-1] == _DOUBTFUL else plain
        for column, text in enumerate(row):
            sheet.write_string(last, column, text, look)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(heads) - 1)


def _rows(made: Iterable[tuple[Task, Outcome]]) -> Iterator[tuple[str, ...]]:
    for task, outcome in made:
        for figure in outcome.figures:
            yield (task.source, *figure.values, "".join(figure.doubts))


def _told(made: Iterable[tuple[Task, Outcome]]) -> Iterator[tuple[str, ...]]:
    for task, outcome in made:
        for one in outcome.diagnostics:
            if one.severity is not Severity.NOTE:
                yield (task.source, _LEVELS[one.severity], one.id, one.message, str(one.position), one.hint)
