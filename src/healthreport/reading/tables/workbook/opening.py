"""Workbooks opened: the kind is told by the content, and each kind has its reader, imported when it is needed."""

from __future__ import annotations

from healthreport.reading.tables.workbook.facts import Book, Grid, damaged, no_table, protected, unpacked_too_large

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


def is_workbook(data: bytes) -> bool:
    """Say whether bytes begin as a workbook does (``.xlsx``, ``.ods``, ``.xls``); the name says nothing."""
    return data.startswith((_ZIP, _OLE))


def read(data: bytes, file: str) -> list[Grid]:
    """Return every sheet of a workbook, in its order.

    Raises :class:`HealthReportError` for what is damaged, protected, too large or no table.
    """
    book = Book(file, len(data))
    if data.startswith(_OLE):
        from healthreport.reading.tables.workbook import xls

        xls.read(data, book)
    else:
        _read_zip(data, book)
    return [grid.finished() for grid in book.grids]


def _read_zip(data: bytes, book: Book) -> None:
    from healthreport.reading.packed import zip_parts
    from healthreport.reading.tables.workbook import ods, xlsx

    refusals = zip_parts.Refusals(damaged, protected, unpacked_too_large)
    with zip_parts.measured(data, book.file, refusals) as parts:
        if xlsx.WORKBOOK in parts:
            xlsx.read(parts, book)
        elif ods.CONTENT in parts:
            ods.read(parts, book)
        else:
            message = "这是压缩文件或别种文件，不是 .xlsx 或 .ods 表格。"
            raise no_table(book.file, message, "请在 Excel 或 WPS 中打开表格，另存为 .xlsx。")
