"""Workbooks of Excel 97 to 2003 and of WPS (``.xls``, ``.et``), by xlrd, which is in pure Python.

A formula that was never computed looks there like one that gave an empty text, so it is an empty cell.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from healthreport.diagnostics import HealthReportError
from healthreport.reading.tables.workbook import cells, formats
from healthreport.reading.tables.workbook.facts import INDENT, damaged, no_table, protected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.reading.tables.workbook.facts import Book, Grid
    from healthreport.reading.tables.workbook.formats import Format

_STREAMS = ("Workbook", "Book")
_LOCKED_STREAM = "EncryptedPackage"
_ENCRYPTED = "Workbook is encrypted"


def read(data: bytes, book: Book) -> None:
    """Read every sheet. Raises :class:`HealthReportError`."""
    import xlrd

    log = io.StringIO()  # what it has to say otherwise goes to the console
    try:
        _check_container(data, book.file, log)
        # Sheets one by one, so that a book of too many ends before the next is in memory; rows as long as they are.
        found = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=log
        )
        _read(found, book)
    except HealthReportError:
        raise
    except Exception as wrong:
        # Anything may come out of a parser in a damaged file: IndexError, AssertionError, struct.error.
        if str(wrong) == _ENCRYPTED:
            raise protected(book.file) from None
        raise damaged(book.file) from None


def _check_container(data: bytes, file: str, log: io.StringIO) -> None:
    """Tell a workbook from other files of the kind, and from a locked one."""
    from xlrd.compdoc import CompDoc

    streams = CompDoc(data, logfile=log)
    names = {entry.name.lower() for entry in streams.dirlist}
    if _LOCKED_STREAM.lower() in names:
        raise protected(file)
    if not any(stream.lower() in names for stream in _STREAMS):
        raise no_table(file, "这是 Word 一类的文件，不是表格。", "请用 Excel 或 WPS 的表格，存为 .xlsx。")


def _read(found: Any, book: Book) -> None:
    book.since_1904 = found.datemode == 1
    # xlrd knows built-in formats of the Chinese Excel by number alone.
    codes = {number: one.format_str for number, one in found.format_map.items() if one.format_str is not None}
    known = {number: formats.read(number, codes) for number in found.format_map}
    styles = [(known[style.format_key], INDENT * style.alignment.indent_level) for style in found.xf_list]
    for index in range(found.nsheets):
        sheet = found.sheet_by_index(index)
        _sheet(sheet, book, book.begin(sheet.name, visible=sheet.visibility == 0), styles)
        found.unload_sheet(index)


def _sheet(sheet: Any, book: Book, grid: Grid, styles: Sequence[tuple[Format, int]]) -> None:
    import xlrd

    for row in range(sheet.nrows):
        filled = sheet.row(row)
        while filled and filled[-1].ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            filled.pop()
        if filled:
            book.add(row, [_said(cell, row, column, book, styles) for column, cell in enumerate(filled)])
    for top, below, left, beside in sheet.merged_cells:
        book.merge(top, left, below - 1, beside - 1)
    grid.hidden_rows.update(row for row, about in sheet.rowinfo_map.items() if about.hidden or not about.height)
    grid.hidden_columns.update(column for column, about in sheet.colinfo_map.items() if about.hidden or not about.width)


def _said(cell: Any, row: int, column: int, book: Book, styles: Sequence[tuple[Format, int]]) -> str:
    """Return what a cell says, and note what is peculiar about it."""
    import xlrd

    grid = book.grids[-1]
    if cell.ctype == xlrd.XL_CELL_TEXT:
        if indent := styles[cell.xf_index][1]:
            grid.indents[row, column] = indent
        return grid.text(row, column, cells.text(cell.value))
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return grid.number(row, column, cell.value, styles[cell.xf_index][0], since_1904=book.since_1904)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cells.boolean(value=bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        shown = str(xlrd.error_text_from_code.get(cell.value, "#ERR!"))
        grid.errors[row, column] = shown
        return shown
    return ""
