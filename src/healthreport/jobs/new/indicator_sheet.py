"""Sheets that are written to be filled in: figures as numbers where that is exact, and indicators a row each."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import TYPE_CHECKING

from healthreport.reading.indicator_files import GROUP
from healthreport.values.scalars import defused, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FIRST_DATE = datetime.datetime(1980, 1, 1)
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
_EXACT_DIGITS = 15
NUMBERS_ONLY = {
    "validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
    "error_title": "请填数", "error_message": "这里只填数，不写单位；没有的空着。",
}  # fmt: skip
_PERCENT = "%"
_NAME = "名称"
_VALUE, _TARGET, _LAST = "数值", "目标", "上年"
_FIGURES = (_VALUE, _TARGET, _LAST)
_FIRST = ("单位", *_FIGURES)
DASH = "—"  # read as the word that there is no such figure
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


def write(
    indicators: dict[str, dict[str, str]],
    units: dict[str, str],
    suffix: str,
    examples: Mapping[str, str] | None = None,
) -> bytes:
    """Return a sheet with a row for each indicator and a column for each key, as ``.csv`` or ``.xlsx``.

    ``units`` are those that the report or its base says of indicators, ``examples`` what a target may look like. A
    row of a name alone would be read as the heading of a section, so an indicator of which nothing is known says that
    it has no number of last year.
    """
    said = dict.fromkeys(key for indicator in indicators.values() for key in indicator)
    said |= dict.fromkeys((_VALUE, _LAST))
    keys = [*(key for key in _FIRST if key in said), *(key for key in said if key not in (GROUP, *_FIRST))]
    heads = [*([GROUP] if GROUP in said else []), _NAME, *keys]
    rows = []
    for name, indicator in indicators.items():
        known = indicator if any(indicator.values()) else {_LAST: DASH}
        cells = {_NAME: name} | {key: _cell(key, known, units.get(name, "")) for key in (GROUP, *keys)}
        rows.append([cells[head] for head in heads])
    return csv_of(heads, rows) if suffix == ".csv" else _xlsx(heads, rows, examples or {})


def _cell(key: str, indicator: dict[str, str], unit: str) -> str:
    text = indicator.get(key, "")
    return with_percent(text, unit) if key in _FIGURES and text != DASH else text


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a sheet as Excel opens it with a double click; what begins like a formula is text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([*map(defused, row)] for row in (head, *rows))
    return out.getvalue().encode("utf-8-sig")  # Excel takes a csv without BOM for GBK


def _xlsx(head: list[str], rows: list[list[str]], examples: Mapping[str, str]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": FIRST_DATE})
        sheet = book.add_worksheet("指标")
        bold, cell = book.add_format({"bold": True, "border": 1}), book.add_format({"border": 1})
        sheet.set_column(0, len(head) - 1, _WIDTH)
        for at, text in enumerate(head):
            sheet.write_string(0, at, text, bold)
        names = head.index(_NAME)
        sheet.set_column(names, names, 2 * _WIDTH)
        for row, texts in enumerate(rows, 1):
            for at, text in enumerate(texts):
                if at <= names:
                    sheet.write_string(row, at, text, cell)
                else:
                    write_figure(sheet, row, at, text, cell)
            if example := examples.get(texts[names]):
                hint = {"validate": "any", "input_message": f"例如{example}；没有的空着。"}
                sheet.data_validation(row, head.index(_TARGET), row, head.index(_TARGET), hint)
        for key in (_VALUE, _LAST):  # not for a target, which may be a bound; an estimate goes in after a question
            at = head.index(key)
            sheet.data_validation(1, at, max(len(rows), 1), at, {**NUMBERS_ONLY, "error_type": "warning"})
        sheet.freeze_panes(1, names + 1)
    return out.getvalue()
