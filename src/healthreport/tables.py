"""Tables as townships send them, ``.xlsx`` ``.xls`` ``.ods`` and ``.csv``, as sheets of text cells.

The kind is told by the content, not by the name. Every cell knows its sheet and place; numbers lose
nothing and gain nothing on the way to text.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from typing import Any, NamedTuple

from healthreport import xlsx
from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.nodes import Scalar, Source
from healthreport.source import decode

MAX_UNPACKED = 300_000_000
MAX_CELLS = 5_000_000
_PACKED, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BLANK = " \t\r\n\u3000\xa0\u200b\ufeff"


class Cell(Scalar):
    """A cell's text; ``error`` says why it has no value it should have (``#REF!``)."""

    __slots__ = ("error", "place")

    def __init__(self, value: str, place: Position, error: str = "") -> None:
        super().__init__(value, Source(place.file, ""), 0, 0, None)
        self.place = place
        self.error = error

    def position(self, start: int = 0, end: int | None = None) -> Position:
        """Return sheet and cell; parts of a cell have no place of their own."""
        del start, end
        return self.place


class Sheet(NamedTuple):
    """A sheet: its file, its name and its rows, all of one length."""

    file: str
    name: str
    rows: list[list[Cell]]

    def position(self) -> Position:
        """Return the sheet's first cell."""
        return Position(self.file, sheet=self.name, cell="A1")


def read_tables(data: bytes, name: str) -> list[Sheet]:
    """Read all sheets of a table.

    Raises :class:`HealthReportError` for what is damaged, protected, too large or empty.
    """
    packed = data.startswith((_PACKED, _OLE))
    sheets = _read_workbook(data, name) if packed else [_read_csv(decode(data, name))]
    if not any(cell.value for sheet in sheets for row in sheet.rows for cell in row):
        raise error("empty-table", "表格是空的。", Position(name), hint="请检查是否选错了文件。")
    return sheets


def column_letters(number: int) -> str:
    """Return a column's letters from its number, counted from 0: A to Z, then AA and on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _read_csv(source: Source) -> Sheet:
    head = source.text[: source.text.find("\n")] if "\n" in source.text else source.text
    delimiter = max(",;\t，", key=head.count)
    rows = list(csv.reader(io.StringIO(source.text), delimiter=delimiter))
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise _too_large(source.name)
    return Sheet(
        source.name,
        "",
        [
            [
                _cell(row[x] if x < len(row) else "", Position(source.name, cell=f"{column_letters(x)}{y}"))
                for x in range(width)
            ]
            for y, row in enumerate(rows, 1)
        ],
    )


def _read_workbook(data: bytes, name: str) -> list[Sheet]:
    import python_calamine as calamine

    _refuse_protected_or_huge(data, name)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        facts = xlsx.facts(data) if data.startswith(_PACKED) else {}
        return [_sheet(book.get_sheet_by_name(one), name, one, facts.get(one, {})) for one in book.sheet_names]
    except calamine.PasswordError:
        raise _protected(name) from None
    except (calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError) as wrong:
        hint = "请在 Excel 中打开、另存一份再试。"
        raise error("damaged-table", f"表格打不开，可能已损坏（{wrong}）。", Position(name), hint=hint) from None


def _refuse_protected_or_huge(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _protected(name)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise error("damaged-table", "表格不完整，可能没有下载完。", Position(name), hint="请重新取一份。") from None
    if any(member.flag_bits & 1 for member in members):
        raise _protected(name)
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise _too_large(name)


def _protected(name: str) -> HealthReportError:
    return error("protected-table", "表格有密码，读不了。", Position(name), hint="请在 Excel 中取消密码、另存一份。")


def _too_large(name: str) -> HealthReportError:
    return error("too-large", "表格展开后太大。", Position(name), hint="请只留要用的工作表和列，另存一份。")


def _sheet(sheet: Any, file: str, name: str, facts: dict[str, xlsx.Fact]) -> Sheet:
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise _too_large(file)
    rows = []
    for y, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        row = []
        for x, value in enumerate(values):
            at = f"{column_letters(x)}{y}"
            row.append(_cell(value, Position(file, sheet=name, cell=at), facts.get(at)))
        rows.append(row)
    return Sheet(file, name, rows)


def _cell(value: object, place: Position, fact: xlsx.Fact | None = None) -> Cell:
    if fact is not None and fact.error:
        return Cell(fact.error, place, fact.error)
    return Cell(_text(value, percent=fact is not None and fact.percent), place)


def _text(value: object, *, percent: bool) -> str:
    """Write a value as somebody would have typed it: 1059, 62.2, 92.5%, 2022-12-30, 是."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        value = round(value * 100, 10) if percent else value
        text = f"{value:.0f}" if value == int(value) and abs(value) < 1e15 else repr(value)
        return text + "%" if percent else text
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value).strip(_BLANK)
