"""Workbooks looked into before they are read: what they say beyond values, and whether they are sound.

python-calamine gives values alone: a percent without its sign, an error as an empty cell. It also takes
memory for the whole area between the outermost cells, and a damaged ``.xls`` can end the process. So
each file is streamed through once, within limits, and only then given to it.
"""

from __future__ import annotations

from healthreport.reading.tables.workbook import ods, xls, xlsx, zip_parts
from healthreport.reading.tables.workbook.facts import Book, Facts, no_table

_ZIP = b"PK\x03\x04"


def is_workbook(data: bytes) -> bool:
    """Say whether bytes begin as a workbook does (``.xlsx``, ``.ods``, ``.xls``); the name says nothing."""
    return data.startswith((_ZIP, xls.MAGIC))


def examine(data: bytes, file: str) -> list[Facts]:
    """Return the facts of every sheet of a workbook, in its order.

    Raises :class:`HealthReportError` for what is damaged, protected, too large or no table.
    """
    book = Book(file)
    if data.startswith(xls.MAGIC):
        xls.examine(data, book)
        return book.sheets
    with zip_parts.opened(data, file) as parts:
        if xlsx.WORKBOOK in parts:
            xlsx.examine(parts, book)
        elif ods.CONTENT in parts:
            ods.examine(parts, book)
        else:
            message = "这是压缩文件或别种文件，不是 .xlsx 或 .ods 表格。"
            raise no_table(file, message, "请在 Excel 或 WPS 中打开表格，另存为 .xlsx。")
    return book.sheets
