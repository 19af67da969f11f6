"""Workbooks that are XML in a zip file: ``.xlsx`` (ECMA-376 Part 1, 18) and ``.ods`` (OASIS ODF 1.2 Part 1, 9)."""

from __future__ import annotations

import io
import posixpath
import re
import sys
import zipfile
import zlib
from functools import lru_cache
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from healthreport.diagnostics import Position
from healthreport.workbook.facts import UNCACHED, Book, damaged, no_table, percent_decimals, protected, too_large

if TYPE_CHECKING:
    from collections.abc import Callable

MAGIC = b"PK\x03\x04"
MAX_UNPACKED = 200_000_000
_PIECE = 1 << 16
_SHORTEST_STRING = len("<si><t/></si>")
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_SHOWN_PERCENT = re.compile(r"\.(\d+)%")
_BAD = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
)


def examine(data: bytes, book: Book) -> None:
    """Note the facts of every sheet. Raises :class:`HealthReportError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(member.flag_bits & 1 for member in archive.infolist()):
                raise protected(book.file)
            _measure(archive, book.file)
            parts = _Parts(archive)
            if _WORKBOOK in parts:
                _Xlsx(parts, book).examine()
            elif _CONTENT in parts:
                if _MANIFEST in parts and b"encryption-data" in parts.open(_MANIFEST).read():
                    raise protected(book.file)
                _Ods(book).examine(parts)
            else:
                hint = "请在 Excel 或 WPS 中另存为 .xlsx。"
                raise no_table(book.file, "这是压缩文件或别种文件，不是 .xlsx 或 .ods 表格。", hint)
    except _BAD:
        raise damaged(book.file) from None


def _measure(archive: zipfile.ZipFile, file: str) -> None:
    """Unpack everything once without keeping it: what the headers say of sizes need not be true."""
    message = f"表格展开后超过{MAX_UNPACKED // 1_000_000}MB。"
    if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
        raise too_large(Position(file), message)
    size = 0
    for member in archive.infolist():
        member.file_size = sys.maxsize  # zipfile stops at the size a header says, other readers do not
        with archive.open(member) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > MAX_UNPACKED:
                    raise too_large(Position(file), message)


def _scan(
    stream: IO[bytes], begin: Callable[[str, dict[str, str]], None], end: Callable[[str, str], None] | None = None
) -> None:
    """Stream XML: ``begin`` gets a tag and its attributes, ``end`` a tag and the text since the last end."""
    words: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        begin(tag.rpartition(":")[2], attributes)

    def stop(tag: str) -> None:
        if end is not None:
            end(tag.rpartition(":")[2], "".join(words))
        words.clear()

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = stop
    parser.CharacterDataHandler = words.append
    parser.StartDoctypeDeclHandler = _refuse
    with stream:
        parser.ParseFile(stream)


def _refuse(*_: object) -> None:
    raise ValueError("a workbook declares no document type and no entities")


class _Parts:
    """The files inside, whatever the case of their names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {member.filename.lower(): member for member in archive.infolist()}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._members

    def open(self, part: str) -> IO[bytes]:
        """Open a part. Raises :class:`KeyError` where there is none."""
        return self._archive.open(self._members[part.lower()])


class _Xlsx:
    """An ``.xlsx`` file on its way through the scanner."""

    def __init__(self, parts: _Parts, book: Book) -> None:
        self._parts = parts
        self._book = book

    def examine(self) -> None:
        percents = self._percents() if _STYLES in self._parts else {}
        lengths = self._lengths() if _STRINGS in self._parts else []
        for name, part in self._sheets():
            self._book.open(name)
            if part:
                self._sheet(self._parts.open(part), percents, lengths)

    def _sheets(self) -> list[tuple[str, str]]:
        """Return the name and the part of every sheet; one that is a chart has no part."""
        named: list[tuple[str, str]] = []
        targets: dict[str, str] = {}

        def sheet(tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                id = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                named.append((attributes["name"], id))

        def relation(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                part = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
                targets[attributes["Id"]] = part if attributes["Type"].endswith("/worksheet") else ""

        _scan(self._parts.open(_WORKBOOK), sheet)
        _scan(self._parts.open(_RELATIONS), relation)
        return [(name, targets[id]) for name, id in named]

    def _percents(self) -> dict[str, int]:
        """Return the decimals of every cell format that shows percents, by its index."""
        codes: dict[int, str] = {}
        formats: list[int] = []
        inside = False

        def begin(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            if tag == "numFmt":
                codes[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif tag == "cellXfs":
                inside = True
            elif tag == "xf" and inside:
                formats.append(int(attributes.get("numFmtId", 0)))

        def end(tag: str, text: str) -> None:  # noqa: ARG001 -- no text counts here
            nonlocal inside
            inside = inside and tag != "cellXfs"

        _scan(self._parts.open(_STYLES), begin, end)
        found = {str(index): percent_decimals(number, codes) for index, number in enumerate(formats)}
        return {index: decimals for index, decimals in found.items() if decimals is not None}

    def _lengths(self) -> list[int]:
        """Return how long every shared text is: one long text in a million cells fills the memory too."""
        lengths: list[int] = []

        def begin(tag: str, attributes: dict[str, str]) -> None:
            if tag == "si":
                lengths.append(0)
            elif tag == "sst" and int(attributes.get("uniqueCount", 0)) > MAX_UNPACKED // _SHORTEST_STRING:
                raise ValueError("uniqueCount")  # python-calamine takes memory for as many

        def end(tag: str, text: str) -> None:
            if tag == "t" and lengths:
                lengths[-1] += len(text)

        _scan(self._parts.open(_STRINGS), begin, end)
        return lengths

    def _sheet(self, stream: IO[bytes], percents: dict[str, int], lengths: list[int]) -> None:
        facts = self._book.sheets[-1]
        row = column = -1
        kind = style = formula = value = ""

        def begin(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, kind, style, formula, value
            if tag == "c":
                row, column = _place(attributes["r"]) if "r" in attributes else (row, column + 1)
                kind, style = attributes.get("t", "n"), attributes.get("s", "")
                formula = value = ""
            elif tag == "row":
                row, column = int(attributes.get("r", row + 2)) - 1, -1

        def end(tag: str, text: str) -> None:
            nonlocal formula, value
            if tag == "f":
                formula = "=" + text.strip()
            elif tag in ("v", "t"):
                value += text.strip()
            elif tag == "c" and (value or formula):
                characters = lengths[int(value)] if kind == "s" and value else len(value)
                self._book.fill(row, column, characters=characters)
                if kind == "e":
                    facts.errors[row, column] = (value, value)
                elif formula and not value and kind != "str":
                    facts.errors[row, column] = (formula, UNCACHED)
                elif kind == "n" and style in percents:
                    facts.percents[row, column] = percents[style]

        _scan(stream, begin, end)


def _place(reference: str) -> tuple[int, int]:
    """Return row and column of a cell's name."""
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]) - 1, _column(letters)


@lru_cache(maxsize=1000)
def _column(letters: str) -> int:
    if not (letters.isascii() and letters.isupper() and letters.isalpha()):
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class _Ods:
    """An ``.ods`` file on its way through the scanner; prefixes are those every program writes."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._row = self._column = self._rows = self._depth = 0
        self._cell: dict[str, str] = {}
        self._text = ""
        self._aside = 0

    def examine(self, parts: _Parts) -> None:
        _scan(parts.open(_CONTENT), self._begin, self._end)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self._depth += 1
            self._book.open(attributes.get("table:name", ""))
            self._row = 0
        elif tag == "table-row":
            self._column = 0
            self._rows = _times(attributes, "rows-repeated")
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell, self._text = attributes, ""
        elif tag == "annotation":
            self._aside += 1

    def _end(self, tag: str, text: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif tag == "table-row":
            self._row += self._rows
        elif tag == "annotation":
            self._aside -= 1
        elif tag in ("table-cell", "covered-table-cell"):
            if self._depth:
                self._note()
        elif not self._aside:
            self._text += text

    def _note(self) -> None:
        """Note the cell that has ended, as often as it is repeated."""
        cell, facts, text = self._cell, self._book.sheets[-1], self._text.strip()
        kind, formula = cell.get("office:value-type", ""), cell.get("table:formula", "")
        columns = _times(cell, "columns-repeated")
        first, self._column = self._column, self._column + columns
        across, down = _times(cell, "columns-spanned"), _times(cell, "rows-spanned")
        if across > 1 or down > 1:
            facts.merged.append((self._row, first, self._row + down - 1, first + across - 1))
        if not (kind or formula or text):
            return
        count = columns * self._rows
        last = (self._row + self._rows - 1, self._column - 1)
        self._book.fill(*last, cells=count, characters=count * len(text + formula))
        places = [(row, column) for row in range(self._row, last[0] + 1) for column in range(first, self._column)]
        if cell.get("calcext:value-type") == "error":
            facts.errors.update(dict.fromkeys(places, (text, text)))
        elif formula and not kind:
            facts.errors.update(dict.fromkeys(places, ("=" + formula.partition("=")[2], UNCACHED)))
        elif kind == "percentage":
            shown = _SHOWN_PERCENT.search(text)
            facts.percents.update(dict.fromkeys(places, len(shown[1]) if shown else 0))


def _times(attributes: dict[str, str], what: str) -> int:
    """Return how often something counts, once where nothing is said."""
    times = int(attributes.get(f"table:number-{what}", 1))
    if times < 1:
        raise ValueError(what)
    return times
