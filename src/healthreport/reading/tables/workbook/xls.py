"""Workbooks of Excel 97 to 2003: BIFF records ([MS-XLS]) in a stream of a compound file ([MS-CFB])."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from healthreport.reading.tables.workbook.facts import Book, Facts, damaged, no_table, percent_decimals, protected

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage"
_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_LAST_SECTOR = 0xFFFFFFFA  # greater numbers end a chain or mark what a sector is for
_END = 0xFFFFFFFE
_ROOT = 5
_CUTOFF, _MINI = 4096, 64  # streams below this size lie in small sectors of their own

_EOF, _FILEPASS, _BOUNDSHEET, _XF, _DIMENSIONS, _FORMAT, _BOF = 0x0A, 0x2F, 0x85, 0xE0, 0x200, 0x41E, 0x809
_FORMULA, _MULRK, _RSTRING, _LABELSST, _NUMBER, _LABEL, _BOOLERR, _RK = (
    0x06,
    0xBD,
    0xD6,
    0xFD,
    0x203,
    0x204,
    0x205,
    0x27E,
)
_NUMBERS = {_FORMULA, _MULRK, _NUMBER, _RK}
_CELLS = {*_NUMBERS, _RSTRING, _LABELSST, _LABEL, _BOOLERR}
_ERRORS = dict(
    zip(
        (0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B),
        ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"),
        strict=True,
    )
)
_ROWS, _COLUMNS = 65536, 256
_WIDE_DIMENSIONS = 14
_BIFF8 = 0x600


def examine(data: bytes, book: Book) -> None:
    """Note the facts of every sheet. Raises :class:`HealthReportError`."""
    try:
        streams = _Compound(data)
        if _ENCRYPTED in streams.entries:
            raise protected(book.file)
        name = next((one for one in _STREAMS if one in streams.entries), None)
        if name is None:
            raise no_table(book.file, "这是 Word 一类的文件，不是表格。", "请用 Excel 或 WPS 的表格，存为 .xlsx。")
        _workbook(streams.read(name), book)
    except (struct.error, LookupError, ValueError):
        raise damaged(book.file) from None


class _Compound:
    """A compound file: sectors in chains, a directory of streams. Raises :class:`ValueError` where it is cut off."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<2H", data, 30)
        fats, self._directory, cutoff, mini, minis, more = struct.unpack_from("<2I4x4I", data, 44)
        self._size = 1 << shift
        sectors = len(data) // self._size
        if shift not in (9, 12) or mini_shift != 6 or cutoff != _CUTOFF or max(fats, minis) > sectors:
            raise ValueError("header")
        numbers = [*struct.unpack_from("<109I", data, 76)]
        while more < _LAST_SECTOR:
            *further, more = self._numbers(self._sector(more))
            numbers += further
            if len(numbers) > sectors + 109 + self._size:
                raise ValueError("endless chain")
        self._fat = [one for number in numbers if number < _LAST_SECTOR for one in self._numbers(self._sector(number))]
        self.entries = dict(self._entries())
        self._minis = self._chain(self.entries[""][0]) if minis else b""
        self._mini_fat = self._numbers(self._chain(mini)) if minis else []

    def read(self, name: str) -> bytes:
        """Return a stream's bytes."""
        first, size = self.entries[name]
        if size >= _CUTOFF:
            content = self._chain(first)
        else:
            content = b"".join(self._minis[one * _MINI : (one + 1) * _MINI] for one in _follow(self._mini_fat, first))
        if len(content) < size:
            raise ValueError("stream cut off")
        return content[:size]

    def _entries(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield every stream's name, first sector and size; the root, which holds the small ones, has no name."""
        directory = self._chain(self._directory)
        for at in range(0, len(directory), 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            name = directory[at : at + max(length - 2, 0)].decode("utf-16-le")
            if kind:
                yield "" if kind == _ROOT else name, struct.unpack_from("<2I", directory, at + 116)

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _follow(self._fat, first)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._data[start : start + self._size]
        if len(sector) < self._size:
            raise ValueError("file cut off")
        return sector

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return [*struct.unpack(f"<{len(data) // 4}I", data)]


def _follow(table: list[int], first: int) -> list[int]:
    """Return a chain's sectors."""
    chain: list[int] = []
    while first != _END:
        if len(chain) > len(table):
            raise ValueError("endless chain")
        chain.append(first)
        first = table[first]
    return chain


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a substream, without those of charts inside it."""
    depth = 0
    while True:
        id, length = struct.unpack_from("<2H", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if len(body) < length:
            raise ValueError("record cut off")
        depth += (id == _BOF) - (id == _EOF)
        if not depth:
            return
        if depth == 1 or id == _BOF:
            yield id, body
        at += 4 + length


def _workbook(stream: bytes, book: Book) -> None:
    codes: dict[int, str] = {}
    formats: list[int] = []
    starts: list[tuple[str, int]] = []
    wide = False
    for id, body in _records(stream, 0):
        if id == _BOF:
            wide = struct.unpack_from("<H", body)[0] == _BIFF8
        elif id == _FILEPASS:
            raise protected(book.file)
        elif id == _BOUNDSHEET:
            starts.append((_text(body[6:], 1, wide=wide), struct.unpack_from("<I", body)[0]))
        elif id == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body[2:], 2 if wide else 1, wide=wide)
        elif id == _XF:
            formats.append(struct.unpack_from("<H", body, 2)[0])
    found = {index: percent_decimals(number, codes) for index, number in enumerate(formats)}
    percents = {struct.pack("<H", index): decimals for index, decimals in found.items() if decimals is not None}
    for name, start in starts:
        _sheet(_records(stream, start), book, book.begin(name), percents)


def _text(data: bytes, prefix: int, *, wide: bool) -> str:
    """Read a text with its length before it; since Excel 97 a flag says how wide a character is."""
    length = int.from_bytes(data[:prefix], "little")
    if not wide:
        return data[prefix : prefix + length].decode("gb18030", "replace")
    if data[prefix] & 1:
        return data[prefix + 1 : prefix + 1 + 2 * length].decode("utf-16-le", "replace")
    return data[prefix + 1 : prefix + 1 + length].decode("latin-1")


def _sheet(records: Iterator[tuple[int, bytes]], book: Book, facts: Facts, percents: dict[bytes, int]) -> None:
    for id, body in records:
        if id == _DIMENSIONS:
            _check_dimensions(body)
        if id not in _CELLS:
            continue
        row, column = struct.unpack_from("<2H", body)
        styles = [body[4:6]] if id != _MULRK else [body[at : at + 2] for at in range(4, len(body) - 2, 6)]
        book.fill(row, column + len(styles) - 1, cells=len(styles))
        code = _error_code(id, body)
        if code is not None:
            facts.errors[row, column] = (_ERRORS[code], _ERRORS[code])
        elif id in _NUMBERS:
            for index, style in enumerate(styles):
                if style in percents:
                    facts.percents[row, column + index] = percents[style]


def _check_dimensions(body: bytes) -> None:
    """Refuse a sheet said to be larger than any: python-calamine takes memory for what is said."""
    first_row, last_row, first, last = struct.unpack_from("<2I2H" if len(body) >= _WIDE_DIMENSIONS else "<4H", body)
    if not (first_row <= last_row <= _ROWS and first <= last <= _COLUMNS):
        raise ValueError("dimensions")


def _error_code(id: int, body: bytes) -> int | None:
    if id == _BOOLERR and body[7]:
        return body[6]
    if id == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None
