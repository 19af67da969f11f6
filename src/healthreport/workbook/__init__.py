"""Workbooks looked into before they are read: what they say beyond values, and whether they are sound.

python-calamine gives values alone: a percent without its sign, an error as an empty cell. It also takes
memory for the whole area between the outermost cells, and a damaged ``.xls`` can end the process. So
each file is streamed through once, within limits, and only then given to it.
"""

from __future__ import annotations

from healthreport.workbook import packed, xls
from healthreport.workbook.facts import (
    MAX_CELLS,
    UNCACHED,
    Book,
    Facts,
    cell_name,
    damaged,
    no_table,
    protected,
    too_large,
)

__all__ = [
    "MAX_CELLS",
    "UNCACHED",
    "Facts",
    "cell_name",
    "damaged",
    "examine",
    "is_workbook",
    "no_table",
    "protected",
    "too_large",
]


def is_workbook(data: bytes) -> bool:
    """Say whether bytes begin as a workbook does (``.xlsx``, ``.ods``, ``.xls``); the name says nothing."""
    return data.startswith((packed.MAGIC, xls.MAGIC))


def examine(data: bytes, file: str) -> list[Facts]:
    """Return the facts of every sheet of a workbook, in its order.

    Raises :class:`HealthReportError` for what is damaged, protected, too large or no table.
    """
    book = Book(file)
    (xls if data.startswith(xls.MAGIC) else packed).examine(data, book)
    return book.sheets
