"""The zip around the parts: deterministic, static members compressed once.

``zipfile`` cannot write members it did not compress itself, and doing so again for every document
is most of what a document costs (0.74 ms in append mode); the format is small enough to write:
local headers, data, central directory (APPNOTE.TXT 6.3, 4.3).
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots
from healthreport.trees.document import DRAFT_PROPERTY
from healthreport.values.epoch import source_date
from healthreport.writing.docx import drafts
from healthreport.writing.docx.base import base
from healthreport.writing.docx.body import body
from healthreport.writing.docx.xml_pattern import Encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from healthreport.trees.document import Document, Picture
    from healthreport.writing.docx.base import Base
    from healthreport.writing.docx.columns import Crowded
    from healthreport.writing.layout.profile import Layout

# A tenth larger than by level 6, in two fifths of its time.
_LEVEL = 3
_MOST_UNPACKED = 200_000_000  # of one part
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_MAIN, _CORE, _CUSTOM = "word/document.xml", "docProps/core.xml", "docProps/custom.xml"
_OWN = frozenset({_MAIN, _CORE, _CUSTOM})  # of each document; all others are those of its layout, and its pictures
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_RELATIONS = "word/_rels/document.xml.rels"
_INPUT, _BODY, _PARTS = "healthreport-input", "healthreport-body", "healthreport-parts"


class _Member(NamedTuple):
    """A compressed member: its name, its bytes, and what the headers say of it."""

    name: bytes
    data: bytes
    crc: int
    size: int

    @classmethod
    def of(cls, name: str, content: bytes) -> _Member:
        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        return cls(name.encode(), deflate.compress(content) + deflate.flush(), zlib.crc32(content), len(content))


class _LaidOut(NamedTuple):
    """Members as they stand in the file, and their entries in its directory."""

    data: bytes
    entries: bytes
    number: int


class _Static(NamedTuple):
    """What comes first in every Word file of a layout, and the digest of its names, sizes and checksums."""

    members: _LaidOut
    digest: str


class Package:
    """Writes one document in a layout, for every report that has its shape."""

    def __init__(self, document: Document, layout: Layout, title_words: frozenset[str]) -> None:
        shared = _shared(layout, draft=document.draft)
        made = body(document, shared, layout, title_words)
        self._document = document
        self._main = made.xml
        self._tables = made.tables
        pictures = [
            _Member.of(_picture_name(number, picture), picture.data) for number, picture in enumerate(made.pictures, 1)
        ]
        if pictures:
            self._static = _static_of([*_members(shared, made.pictures), *pictures])
        else:
            self._static = _static(layout, draft=document.draft)

    def crowded(self, fillings: Sequence[str]) -> list[Crowded]:
        """Return the tables whose columns do not find room for their numbers."""
        return [one for table in self._tables if (one := table.crowded(fillings))]

    def write(self, fillings: Sequence[str], digest: str) -> bytes:
        """Return the Word file; ``digest`` is that of all inputs and is kept in ``docProps/custom.xml``."""
        main = self._main.fill(Encoded.of(fillings))
        core = _Member.of(_CORE, _core(self._document, fillings).encode())
        parts = f"{self._static.digest}-{core.crc:08x}-{core.size}"
        said = {DRAFT_PROPERTY: "1"} if self._document.draft else {}
        custom = _custom({_INPUT: digest, _BODY: hashlib.sha256(main).hexdigest(), _PARTS: parts, **said})
        members = [_Member.of(_MAIN, main), core, _Member.of(_CUSTOM, custom.encode())]
        return _zip(self._static.members, members)


def _shared(layout: Layout, *, draft: bool) -> Base:
    return drafts.marked(base(layout)) if draft else base(layout)


@lru_cache(maxsize=16)
def _static(layout: Layout, *, draft: bool) -> _Static:
    return _static_of(list(_members(_shared(layout, draft=draft), ())))


def _static_of(members: Sequence[_Member]) -> _Static:
    digest = _digest(tuple([(member.name.decode(), member.size, member.crc) for member in members]))
    return _Static(_laid_out(members), digest)


def _members(shared: Base, pictures: Sequence[Picture]) -> Iterator[_Member]:
    """Yield the layout's own parts; the main part's relationships name its pictures."""
    for name, content in sorted(shared.parts.items(), key=_content_types_first):
        yield _Member.of(name, _with_pictures(content, pictures) if name == _RELATIONS else content)


def _content_types_first(part: tuple[str, bytes]) -> tuple[bool, str]:
    return part[0] != "[Content_Types].xml", part[0]


def _picture_name(number: int, picture: Picture) -> str:
    return f"word/media/image{number}.{picture.kind}"


def _with_pictures(relationships: bytes, pictures: Sequence[Picture]) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    added = "".join(
        f'<Relationship Id="rIdPicture{number}" Type="{kind}" Target="{_picture_name(number, picture).removeprefix("word/")}"/>'
        for number, picture in enumerate(pictures, 1)
    )
    return relationships.replace(b"</Relationships>", f"{added}</Relationships>".encode())


class Stamp(NamedTuple):
    """What a Word file says of itself: the digest of its inputs, whether its body is as rendered, whether it is a draft."""

    digest: str
    untouched: bool
    draft: bool = False


def stamp(path: Path) -> Stamp:
    """Read a Word file's stamp; a file of another program's has an empty digest and is not untouched.

    Raises :class:`OSError` when the file cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            custom = _read(archive, _CUSTOM).decode("utf-8", errors="replace")
            main = hashlib.sha256(_read(archive, _MAIN)).hexdigest()
            parts = _parts(archive)
    except OSError:
        raise
    except Exception:  # whatever zipfile makes of a damaged, locked or foreign archive: it is not ours
        return Stamp("", untouched=False)
    untouched = _property(custom, _BODY) == main and _property(custom, _PARTS) == parts
    return Stamp(_property(custom, _INPUT), untouched, draft=bool(_property(custom, DRAFT_PROPERTY)))


def _parts(archive: zipfile.ZipFile) -> str:
    """Return what the directory of an archive says of all parts but the main one: nothing more is read."""
    core = archive.getinfo(_CORE)
    others = tuple([(one.filename, one.file_size, one.CRC) for one in archive.filelist if one.filename not in _OWN])
    return f"{_digest(others)}-{core.CRC:08x}-{core.file_size}"


@lru_cache(maxsize=64)
def _digest(members: tuple[tuple[str, int, int], ...]) -> str:
    """Return the digest of names, sizes and checksums, made once for a layout's parts."""
    return hashlib.sha256(repr(sorted(members)).encode()).hexdigest()


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of what we wrote; one that is unpacked to more is somebody else's."""
    if archive.getinfo(name).file_size > _MOST_UNPACKED:
        raise zipfile.BadZipFile
    return archive.read(name)


def _property(custom: str, name: str) -> str:
    _, found, rest = custom.partition(f'name="{name}"><vt:lpwstr>')
    return rest.partition("<")[0] if found else ""


def _custom(properties: dict[str, str]) -> str:
    items = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{pid}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for pid, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{items}</Properties>'
    )


def _core(document: Document, fillings: Sequence[str]) -> str:
    """Return the core properties; the time is SOURCE_DATE_EPOCH's, else the document's own date, else none."""
    when = _created(document)
    dates = "".join(
        f'<dcterms:{event} xsi:type="dcterms:W3CDTF">{when}</dcterms:{event}>'
        for event in ("created", "modified")
        if when
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(slots.fill(document.title, fillings))}</dc:title>"
        f"<dc:creator>{escape(slots.fill(document.author, fillings))}</dc:creator>"
        f"<dc:language>zh-CN</dc:language>{dates}</cp:coreProperties>"
    )


def _created(document: Document) -> str:
    return source_date() or (f"{document.date}T00:00:00Z" if document.date else "")


def _laid_out(members: Iterable[_Member], offset: int = 0) -> _LaidOut:
    """Lay members out one after another, all dated 1980-01-01: the same parts give the same bytes."""
    date = (1 << 5) | 1  # 1980-01-01 in MS-DOS form, years from 1980
    utf8_deflate = (20, 0x800, 8, 0, date)
    parts: list[bytes] = []
    entries: list[bytes] = []
    for member in members:
        sizes = (member.crc, len(member.data), member.size, len(member.name))
        local = _LOCAL.pack(b"PK\x03\x04", *utf8_deflate, *sizes, 0) + member.name
        parts += [local, member.data]
        entries.append(_CENTRAL.pack(b"PK\x01\x02", 20, *utf8_deflate, *sizes, 0, 0, 0, 0, 0, offset) + member.name)
        offset += len(local) + len(member.data)
    return _LaidOut(b"".join(parts), b"".join(entries), len(entries))


def _zip(static: _LaidOut, members: Iterable[_Member]) -> bytes:
    """Return the file: the static members, these, the directory."""
    own = _laid_out(members, len(static.data))
    entries = static.entries + own.entries
    count, at = static.number + own.number, len(static.data) + len(own.data)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(entries), at, 0)
    return b"".join([static.data, own.data, entries, end])
