"""The zip file that ``.xlsx``, ``.ods`` and ``.docx`` are: its parts, measured before they are used, and their XML."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.diagnostics import HealthReportError

MAX_UNPACKED = 200_000_000
MAX_MEMBERS = 10_000
_ENTRY = b"PK\x01\x02"  # begins what the table of contents says of a member
_PIECE = 1 << 16
BAD = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
)


class Refusals(NamedTuple):
    """The errors for an archive that is damaged, needs a password, or would not fit into memory, by its file's name."""

    damaged: Callable[[str], HealthReportError]
    protected: Callable[[str], HealthReportError]
    too_large: Callable[[str], HealthReportError]


class Parts:
    """The files inside, whatever the case of their names."""

    def __init__(self, archive: zipfile.ZipFile, file: str, refusals: Refusals) -> None:
        self._archive = archive
        self._members = {member.filename.lower(): member for member in archive.infolist()}
        self._file = file
        self._refusals = refusals
        self._left = MAX_UNPACKED

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._members

    def stream(self, part: str) -> IO[bytes]:
        """Open a part. Raises :class:`KeyError` where there is none."""
        return self._archive.open(self._members[part.lower()])

    def size(self, part: str) -> int:
        """Return how large a part is, unpacked, as the header says. Raises :class:`KeyError` where there is none."""
        return self._members[part.lower()].file_size

    def read(self, part: str) -> bytes:
        """Unpack a part; zipfile gives no more than the header says there is.

        Raises :class:`KeyError` where there is none, :class:`HealthReportError` when all of them are too large.
        """
        member = self._members[part.lower()]
        self._left -= member.file_size
        if self._left < 0:
            raise self._refusals.too_large(self._file)
        return self._archive.read(member)

    def measure(self) -> None:
        """Unpack everything once without keeping it: what the headers say of sizes need not be true."""
        members = self._archive.infolist()
        size = sum(member.file_size for member in members)
        for member in members if size <= MAX_UNPACKED else ():
            size -= member.file_size
            member.file_size = sys.maxsize  # zipfile stops at the size a header says, other readers do not
            with self._archive.open(member) as stream:
                while size <= MAX_UNPACKED and (piece := stream.read(_PIECE)):
                    size += len(piece)
        if size > MAX_UNPACKED:
            raise self._refusals.too_large(self._file)


@contextmanager
def opened(data: bytes, file: str, refusals: Refusals) -> Iterator[Parts]:
    """Open a zip file; whatever proves wrong with it while it is open is one error.

    Raises :class:`HealthReportError` for what is damaged, protected or too large.
    """
    try:
        if data.count(_ENTRY) > MAX_MEMBERS:
            raise refusals.too_large(file)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(member.flag_bits & 1 for member in archive.infolist()):
                raise refusals.protected(file)
            yield Parts(archive, file, refusals)
    except BAD:
        raise refusals.damaged(file) from None


@contextmanager
def measured(data: bytes, file: str, refusals: Refusals) -> Iterator[Parts]:
    """Open a zip file whose parts are streamed, as large as they may be. Raises as :func:`opened` does."""
    with opened(data, file, refusals) as parts:
        parts.measure()
        yield parts


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
    with stream:
        parser_of(start, stop, text).ParseFile(stream)


def parser_of(
    start: Callable[[str, dict[str, str]], None], stop: Callable[[str], None], text: Callable[[str], None]
) -> expat.XMLParserType:
    """Return a parser that tells of tags with their prefixes, and of text that may come in pieces."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = stop
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise ValueError("a workbook declares no document type and no entities")
