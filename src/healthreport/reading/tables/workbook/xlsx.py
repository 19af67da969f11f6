"""What an ``.xlsx`` file is made of (ECMA-376 Part 1, 18.2, 18.4 and 18.8): its sheets, formats and shared texts."""

from __future__ import annotations

import posixpath
from typing import IO, TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Position
from healthreport.reading.packed.zip_parts import scan
from healthreport.reading.tables.workbook import cells, facts, formats
from healthreport.reading.tables.workbook.xlsx_scalars import is_true, unescaped
from healthreport.reading.tables.workbook.xlsx_sheet import SheetReader, Styles

if TYPE_CHECKING:
    from healthreport.reading.packed.zip_parts import Parts
    from healthreport.reading.tables.workbook.facts import Book
    from healthreport.reading.tables.workbook.formats import Format

WORKBOOK = "xl/workbook.xml"
_RELATIONS, _STYLES, _STRINGS = "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml"
_STYLE_SECTIONS = {"numFmts", "cellStyleXfs", "cellXfs", "dxfs"}  # two hold formats, the others look alike
_MAX_STYLES = 65_536


class _Sheet(NamedTuple):
    """A sheet as the workbook lists it; ``part`` is empty for a chart."""

    name: str
    visible: bool
    part: str


def read(parts: Parts, book: Book) -> None:
    """Read every sheet. Raises as :func:`zip_parts.opened` expects."""
    styles = _styles(parts.stream(_STYLES)) if _STYLES in parts else Styles({}, {})
    strings = _strings(parts.stream(_STRINGS), book.file) if _STRINGS in parts else []
    sheets = [sheet for sheet in _sheets(parts, book) if sheet.part]
    if len({sheet.part for sheet in sheets}) < len(sheets):
        raise ValueError("two sheets share a part")
    for sheet in sheets:
        book.begin(sheet.name, visible=sheet.visible)
        SheetReader(book, styles, strings).read(parts.stream(sheet.part))


def _sheets(parts: Parts, book: Book) -> list[_Sheet]:
    """Return the sheets in their order, and note where the workbook's days begin."""
    listed: list[tuple[str, bool, str]] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            id = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            listed.append((attributes["name"], attributes.get("state", "visible") == "visible", id))
        elif tag == "workbookPr":
            book.since_1904 = is_true(attributes.get("date1904"))

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            part = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
            targets[attributes["Id"]] = part if attributes["Type"].endswith("/worksheet") else ""

    scan(parts.stream(WORKBOOK), sheet)
    scan(parts.stream(_RELATIONS), relation)
    return [_Sheet(name, visible, targets[id]) for name, visible, id in listed]


def _styles(stream: IO[bytes]) -> Styles:
    """Return the formats of cells that make something of a number, and how far others set their texts in."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    indents: dict[str | None, int] = {}
    section = ""

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal section
        if tag in _STYLE_SECTIONS:
            section = tag
        elif tag == "numFmt" and section == "numFmts":
            codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "xf" and section == "cellXfs":
            numbers.append(int(attributes.get("numFmtId", 0)))
            if len(numbers) > _MAX_STYLES:
                raise ValueError("cellXfs")
        elif tag == "alignment" and section == "cellXfs" and int(attributes.get("indent", 0)) > 0:
            indents[str(len(numbers) - 1)] = facts.INDENT * int(attributes["indent"])

    scan(stream, begin)
    known = {number: formats.read(number, codes) for number in set(numbers)}
    styles: dict[str | None, Format] = {str(index): known[number] for index, number in enumerate(numbers)}
    styles[None] = styles.get("0", formats.GENERAL)
    return Styles({index: shown for index, shown in styles.items() if shown != formats.GENERAL}, indents)


def _strings(stream: IO[bytes], file: str) -> list[cells.Text]:
    """Return the texts that cells share, without the readings of characters that stand beside some."""
    strings: list[cells.Text] = []
    pieces: list[str] = []
    characters = aside = 0

    def begin(tag: str, _: dict[str, str]) -> None:
        nonlocal aside
        aside += tag == "rPh"

    def end(tag: str, text: str) -> None:
        nonlocal aside, characters
        if tag == "t" and not aside:
            pieces.append(text)
        elif tag == "rPh":
            aside -= 1
        elif tag == "si":
            strings.append(cells.text(unescaped("".join(pieces))))
            characters += len(strings[-1].value)
            pieces.clear()
            if len(strings) > facts.MAX_CELLS or characters > facts.MAX_CHARACTERS:
                raise facts.too_large(Position(file), facts.TOO_MUCH)

    scan(stream, begin, end)
    return strings
