"""The zip file that ``.xlsx`` and ``.ods`` are: its parts, measured before they are used, and their XML."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from healthreport.diagnostics import Position
from healthreport.reading.tables.workbook.facts import damaged, protected, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_UNPACKED = 200_000_000
_PIECE = 1 << 16
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


class Parts:
    """The files inside, whatever the case of their names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {member.filename.lower(): member for member in archive.infolist()}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._members

    def stream(self, part: str) -> IO[bytes]:
        """Open a part. Raises :class:`KeyError` where there is none."""
        return self._archive.open(self._members[part.lower()])


@contextmanager
def opened(data: bytes, file: str) -> Iterator[Parts]:
    """Open a zip file; whatever proves wrong with it while it is open is one error.

    Raises :class:`HealthReportError` for what is damaged, protected or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(member.flag_bits & 1 for member in archive.infolist()):
                raise protected(file)
            _measure(archive, file)
            yield Parts(archive)
    except _BAD:
        raise damaged(file) from None


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


class LocalNames(dict[str, str]):
    """Names of elements without their prefix; each is parted once."""

    def __missing__(self, tag: str) -> str:
        local = self[tag] = tag.rpartition(":")[2]
        return local


def scan(
    stream: IO[bytes], begin: Callable[[str, dict[str, str]], None], end: Callable[[str, str], None] | None = None
) -> None:
    """Stream XML: ``begin`` gets a tag and its attributes, ``end`` a tag and the text since the last end."""
    words: list[str] = []
    local = LocalNames()

    def start(tag: str, attributes: dict[str, str]) -> None:
        begin(local[tag], attributes)

    def stop(tag: str) -> None:
        if end is not None:
            end(local[tag], "".join(words))
        words.clear()

    run(stream, start, stop, words.append)


def run(
    stream: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    stop: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Stream XML as it comes: tags with their prefixes, and text that may come in pieces."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = stop
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    with stream:
        parser.ParseFile(stream)


def _refuse(*_: object) -> None:
    raise ValueError("a workbook declares no document type and no entities")
