"""Sheets that are written to be filled in: figures as numbers where that is exact, and indicators a row each."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import TYPE_CHECKING

from healthreport.values.scalars import defused, fold

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FIRST_DATE = datetime.datetime(1980, 1, 1)
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
_EXACT_DIGITS = 15
_PERCENT = "%"
_NAME = "名称"
_VALUE, _LAST = "数值", "上年"
_FIGURES = (_VALUE, "目标", _LAST)
_FIRST = ("单位", *_FIGURES)
_NONE = "—"  # read as no number
_WIDTH = 14


def write_figure(sheet: Worksheet, row: int, at: int, text: str, cell: Format) -> None:
    """Write a figure as a number where a workbook keeps it exactly, else as text."""
    if _PLAIN.fullmatch(text) and len(text) <= _EXACT_DIGITS:
        sheet.write_number(row, at, float(text), cell)
    elif text:
        sheet.write_string(row, at, text, cell)
    else:
        sheet.write_blank(row, at, None, cell)


def with_percent(text: str, unit: str) -> str:
    """Return a figure as it is read back: 0.8 of a rate could be 80%."""
    percent = bool(text) and fold(unit) == _PERCENT and not fold(text).endswith(_PERCENT)
    return text + _PERCENT if percent else text


def write(indicators: dict[str, dict[str, str]], units: dict[str, str], suffix: str) -> bytes:
    """Return a sheet with a row for each indicator and a column for each key, as ``.csv`` or ``.xlsx``.

    ``units`` are those that the report or its base says of indicators. A row of a name alone would be read as the
    heading of a section, so an indicator of which nothing is known says that it has no number of last year.
    """
    said = dict.fromkeys(key for indicator in indicators.values() for key in indicator)
    said |= dict.fromkeys((_VALUE, _LAST))
    keys = [*(key for key in _FIRST if key in said), *(key for key in said if key not in _FIRST)]
    rows = []
    for name, indicator in indicators.items():
        known = indicator if any(indicator.values()) else {_LAST: _NONE}
        rows.append([name, *(_cell(key, known, units.get(name, "")) for key in keys)])
    return (_csv if suffix == ".csv" else _xlsx)([_NAME, *keys], rows)


def _cell(key: str, indicator: dict[str, str], unit: str) -> str:
    text = indicator.get(key, "")
    return with_percent(text, unit) if key in _FIGURES and text != _NONE else text


def _csv(head: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([*map(defused, row)] for row in (head, *rows))
    return out.getvalue().encode("utf-8-sig")  # Excel takes a csv without BOM for GBK


def _xlsx(head: list[str], rows: list[list[str]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": FIRST_DATE})
        sheet = book.add_worksheet("指标")
        bold, cell = book.add_format({"bold": True, "border": 1}), book.add_format({"border": 1})
        sheet.set_column(0, len(head) - 1, _WIDTH)
        for at, text in enumerate(head):
            sheet.write_string(0, at, text, bold)
        for row, texts in enumerate(rows, 1):
            sheet.write_string(row, 0, texts[0], cell)
            for at, text in enumerate(texts[1:], 1):
                write_figure(sheet, row, at, text, cell)
        sheet.freeze_panes(1, 1)
    return out.getvalue()
