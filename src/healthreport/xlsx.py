"""What an ``.xlsx`` file says of cells beyond their values: percent formats, errors, formulas without a value.

Readers of values drop all three, and each changes what a number means (ECMA-376 Part 1, 18.3.1.4 and 18.8).
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable

_BUILT_IN_PERCENT = {"9", "10"}
_PIECE = 1 << 16
UNCACHED = "公式没有算出的值，请在 Excel 中打开并保存一次"


class Fact(NamedTuple):
    """What a cell is beside its value."""

    percent: bool = False
    error: str = ""


Facts = dict[str, dict[str, Fact]]


def facts(data: bytes) -> Facts:
    """Return for each sheet the cells that are more than their value.

    Raises :class:`ValueError` or :class:`zipfile.BadZipFile` for a damaged file.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:
            return {}
        percents = _percent_styles(archive) if "xl/styles.xml" in names else set()
        return {sheet: _cells(archive, part, percents) for sheet, part in _sheets(archive) if part in names}


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[..., None],
    end: Callable[..., None] | None = None,
    text: Callable[..., None] | None = None,
) -> None:
    """Stream a part through expat; no entity is ever expanded."""
    parser = expat.ParserCreate(namespace_separator=None)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _refuse_entities
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as wrong:
        raise ValueError(f"{part}: {wrong}") from None


def _refuse_entities(*_: object) -> None:
    raise ValueError("entity declaration")


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return name and part of every sheet."""
    named: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            named.append((attributes.get("name", ""), attributes.get("r:id", "")))

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    _parse(archive, "xl/workbook.xml", sheet)
    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    return [(name, targets[id]) for name, id in named if id in targets]


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Return the indices of cell formats that show percents."""
    custom: set[str] = set()
    formats: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        local = name.rpartition(":")[2]
        if local == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", attributes.get("formatCode", "")):
            custom.add(attributes.get("numFmtId", ""))
        elif local == "cellXfs":
            inside = True
        elif local == "xf" and inside:
            formats.append(attributes.get("numFmtId", ""))

    def end(name: str) -> None:
        nonlocal inside
        if name.rpartition(":")[2] == "cellXfs":
            inside = False

    _parse(archive, "xl/styles.xml", start, end)
    return {str(index) for index, id in enumerate(formats) if id in _BUILT_IN_PERCENT | custom}


def _cells(archive: zipfile.ZipFile, part: str, percents: set[str]) -> dict[str, Fact]:
    """Return the cells of a sheet that are more than their value."""
    found: dict[str, Fact] = {}
    cell: dict[str, str] = {}
    seen: set[str] = set()
    words: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cell
        local = name.rpartition(":")[2]
        if local == "c":
            cell = attributes
            seen.clear()
            words.clear()
        elif local in ("f", "v", "is"):
            seen.add(local)

    def end(name: str) -> None:
        if name.rpartition(":")[2] != "c":
            return
        at = cell.get("r", "")
        if cell.get("t") == "e":
            found[at] = Fact(error="".join(words))
        elif "f" in seen and "v" not in seen:
            found[at] = Fact(error=UNCACHED)
        elif cell.get("s", "") in percents:
            found[at] = Fact(percent=True)

    def text(data: str) -> None:
        if cell.get("t") == "e":
            words.append(data)

    _parse(archive, part, start, end, text)
    return found
