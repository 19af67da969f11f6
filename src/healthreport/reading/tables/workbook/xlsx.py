"""What an ``.xlsx`` file says of its cells (ECMA-376 Part 1, 18.2 to 18.8)."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from healthreport.reading.tables.workbook.facts import UNCACHED, percent_decimals
from healthreport.reading.tables.workbook.zip_parts import MAX_UNPACKED, scan

if TYPE_CHECKING:
    from healthreport.reading.tables.workbook.facts import Book
    from healthreport.reading.tables.workbook.zip_parts import Parts

WORKBOOK = "xl/workbook.xml"
_RELATIONS, _STYLES, _STRINGS = "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml"
_STYLE_SECTIONS = {"numFmts", "cellStyleXfs", "cellXfs", "dxfs"}  # two hold formats, the others look alike
_SHORTEST_STRING = len("<si><t/></si>")


def examine(parts: Parts, book: Book) -> None:
    """Note the facts of every sheet. Raises as :func:`packed.opened` expects."""
    percents = _percents(parts.stream(_STYLES)) if _STYLES in parts else {}
    lengths = _lengths(parts.stream(_STRINGS)) if _STRINGS in parts else []
    for name, part in _sheets(parts):
        book.begin(name)
        if part:
            _sheet(parts.stream(part), book, percents, lengths)


def _sheets(parts: Parts) -> list[tuple[str, str]]:
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

    scan(parts.stream(WORKBOOK), sheet)
    scan(parts.stream(_RELATIONS), relation)
    return [(name, targets[id]) for name, id in named]


def _percents(stream: IO[bytes]) -> dict[str, int]:
    """Return the decimals of every cell format that shows percents, by its index."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    section = ""

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal section
        if tag in _STYLE_SECTIONS:
            section = tag
        elif tag == "numFmt" and section == "numFmts":
            codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "xf" and section == "cellXfs":
            formats.append(int(attributes.get("numFmtId", 0)))

    scan(stream, begin)
    found = {str(index): percent_decimals(number, codes) for index, number in enumerate(formats)}
    return {index: decimals for index, decimals in found.items() if decimals is not None}


def _lengths(stream: IO[bytes]) -> list[int]:
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

    scan(stream, begin, end)
    return lengths


def _sheet(stream: IO[bytes], book: Book, percents: dict[str, int], lengths: list[int]) -> None:
    facts = book.sheets[-1]
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
            book.fill(row, column, characters=characters)
            if kind == "e":
                facts.errors[row, column] = (value, value)
            elif formula and not value and kind != "str":
                facts.errors[row, column] = (formula, UNCACHED)
            elif kind == "n" and style in percents:
                facts.percents[row, column] = percents[style]

    scan(stream, begin, end)


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
