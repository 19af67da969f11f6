"""``figures -o``: the indicators that were listed as a table for Excel, whose numbers can be computed with."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.disk.read import holds
from healthreport.figures import beside
from healthreport.jobs import protected
from healthreport.jobs.new.indicator_sheet import FIRST_DATE, csv_of, with_percent
from healthreport.reading.uses import all_used_by
from healthreport.values.width import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook

    from healthreport.figures.listing import Row
    from healthreport.jobs.figures import Listed
    from healthreport.reading.reader import Reader

_NAME = "指标清单"
_BESIDE = "对照"
_OWN_UNIT = ("数值", "目标", "上年", "超额")
_UNITS = {"完成率": "%", "倍数": "倍"}
_NUMBER = re.compile(r"(?P<number>-?\d+(?:\.(?P<decimals>\d+))?)(?P<scale>[%万亿])?")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "%": Decimal("0.01"), None: Decimal(1)}
_EXACT_DIGITS = 15
_WIDEST = 60
_MOST_ROWS, _MOST_BESIDE = 1_048_575, 200


class Number(NamedTuple):
    """A number as a cell holds it, and the format in which Excel shows it as the report does."""

    value: float
    format: str


def number(text: str, unit: str) -> Number | None:
    """Return what a text is as a number: 42.5万人 → 425000, 92.10% → 0.921 shown as 0.00%; none of ≤22 or 约500座."""
    match = _NUMBER.fullmatch(text if unit == "%" else text.removesuffix(unit))
    if match is None:
        return None
    scale, decimals = match["scale"], len(match["decimals"] or "")
    value = Decimal(match["number"]) * _SCALES[scale]
    if len(value.as_tuple().digits) > _EXACT_DIGITS:
        return None
    shown = f"0.{'0' * decimals}" if decimals and (scale in (None, "%")) else "0"
    return Number(float(value), shown + ("%" if scale == "%" else ""))


def refuse(target: Path, paths: Iterable[Path], reader: Reader) -> None:
    """Raise :class:`HealthReportError` where nothing can be written so, before anything is read."""
    place = Position(str(target))
    if target.suffix.lower() not in (".xlsx", ".csv"):
        hint = "例如 -o 指标清单.xlsx；给别的程序用的，写 --format json。"
        raise error("bad-output", f"{_NAME}只能写成 .xlsx 或 .csv。", place, hint=hint)
    if reader.real(target) in all_used_by(paths, reader):
        message, hint = "报告的指标就写在这个文件里，没有覆盖。", "请用 -o 另指定位置。"
        raise error("output-is-input", message, place, hint=hint)


def write(target: Path, listed: Listed, *, force: bool) -> None:
    """Write the table; one that is there is kept as .bak, or refused without ``force``, unless it is the same.

    Raises :class:`HealthReportError`.
    """
    data = _csv(listed) if target.suffix.lower() == ".csv" else _xlsx(target, listed)
    if holds(target, data):
        return
    if not force:
        protected.spare(target, _NAME)
    protected.put(target, data, _NAME)


def _csv(listed: Listed) -> bytes:
    return csv_of(listed.columns, ([row[column] for column in listed.columns] for row in listed.rows))


def _xlsx(target: Path, listed: Listed) -> bytes:
    """Return a workbook: all columns; of several reports before that their values side by side."""
    import xlsxwriter

    if len(listed.rows) > _MOST_ROWS:
        raise _too_long(target)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": FIRST_DATE})
        if 1 < len(listed.reports) <= _MOST_BESIDE:
            table = beside.table(listed.reports)
            _sheet(book, _BESIDE, (*beside.FIXED, *table.names), table.rows, _number_beside)
        _sheet(book, "指标", listed.columns, listed.rows, _number_of_list)
    return out.getvalue()


def _too_long(target: Path) -> HealthReportError:
    hint = "请写成 .csv，或分几次。"
    return error("too-large", f"超过{_MOST_ROWS}行，Excel 放不下。", Position(str(target)), hint=hint)


def _number_of_list(row: Row, column: str) -> Number | None:
    if column in _OWN_UNIT:
        return number(row[column], row["单位"])
    return number(row[column], _UNITS[column]) if column in _UNITS else None


def _number_beside(row: Row, column: str) -> Number | None:
    return number(with_percent(row[column], row["单位"]), row["单位"]) if column not in beside.FIXED else None


def _sheet(
    book: Workbook,
    name: str,
    heads: Sequence[str],
    rows: Sequence[Row],
    number_in: Callable[[Row, str], Number | None],
) -> None:
    """Write a table: numbers as numbers, all else as text, also what begins like a formula."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#D9D9D9", "text_wrap": True})
    text, shown = book.add_format({"border": 1}), {}
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, bold)
        wanted = max([width(head), *(width(row[head]) for row in rows)])
        sheet.set_column(at, at, min(2 * wanted + 2, _WIDEST))
    for line, row in enumerate(rows, 1):
        for at, head in enumerate(heads):
            found = number_in(row, head)
            if found is not None:
                if found.format not in shown:
                    shown[found.format] = book.add_format({"border": 1, "num_format": found.format})
                sheet.write_number(line, at, found.value, shown[found.format])
            elif row[head]:
                sheet.write_string(line, at, row[head], text)
            else:
                sheet.write_blank(line, at, None, text)
    sheet.freeze_panes(1, heads.index("指标") + 1)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
