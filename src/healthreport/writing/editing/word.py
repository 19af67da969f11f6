"""Edits on the texts of a Word file: as changes that Word shows and lets accept or reject (17.13.5), or made for good.

The XML is edited as the bytes it is: what is not edited stays as somebody's program wrote it, all other parts too.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
import zlib
from html import escape
from itertools import count
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from healthreport.values.epoch import source_date
from healthreport.writing.editing.edits import applied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from healthreport.writing.editing.edits import Edit

AUTHOR = "healthreport"
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_TEXT, _RUN, _LOOK = ([f"{one} {tag}" for one in _NAMESPACES] for tag in ("t", "r", "rPr"))
_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_PREFIX = re.compile(rb"<([^\s:/>]+):")
_ID = re.compile(rb""":id=["'](\d+)["']""")
_MODIFIED = re.compile(rb"modified[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)<")
_CORE, _MAIN = "docProps/core.xml", "word/document.xml"
_BLANKS = " \t\r\n"
_FIRST_YEAR = 1981  # of a zip member that says when it was made: 1980 is what programs write that do not know


class UneditableError(ValueError):
    """A part that is not written as edits need it: in another encoding than UTF-8, without prefixes, not as told."""


class Change(NamedTuple):
    """The edits of one ``w:t``, which shows ``text`` before."""

    text: str
    edits: Sequence[Edit]


def edited(data: bytes, changes: Mapping[str, Mapping[int, Change]], *, tracked: bool) -> bytes:
    """Return a Word file with changes, by part and by the number of the ``w:t`` among those of the part.

    ``tracked`` ones are shown as such, dated as the file is: the same file and changes give the same bytes. Raises
    :class:`UneditableError`.
    """
    try:
        return _edited(data, changes, tracked=tracked)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):  # in a part that nobody had to read before
        raise UneditableError("a part cannot be read") from None


def _edited(data: bytes, changes: Mapping[str, Mapping[int, Change]], *, tracked: bool) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w") as out:
        names = {name.lower(): name for name in archive.namelist()}
        if len(names) < len(archive.namelist()):
            raise UneditableError("a part is there twice")
        of_parts = {names[part.lower()]: own for part, own in changes.items()}
        before = {name: archive.read(name) for name in of_parts}
        marks = _Marks(before.values(), _date(archive)) if tracked else None
        for member in archive.infolist():
            content = archive.read(member)
            if member.filename in of_parts:
                content = _part(content, of_parts[member.filename], marks)
            header = copy.copy(member)
            header.extra = b""
            out.writestr(header, content, member.compress_type)
    return stream.getvalue()


def is_signed(data: bytes) -> bool:
    """Say whether a Word file carries an electronic signature, which holds for what it is now."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.lower().startswith("_xmlsignatures/") for name in archive.namelist())


class _Marks:
    """What changes are marked with: the author, the date, numbers that are free."""

    def __init__(self, parts: Iterable[bytes], date: str) -> None:
        used = {int(found) for part in parts for found in _ID.findall(part)}
        self._free = (number for number in count(1) if number not in used)
        self._date = date

    def attributes(self, prefix: str) -> str:
        """Return the attributes of the next change."""
        date = f' {prefix}:date="{self._date}"' if self._date else ""
        return f'{prefix}:id="{next(self._free)}" {prefix}:author="{AUTHOR}"{date}'


def _date(archive: zipfile.ZipFile) -> str:
    """Return SOURCE_DATE_EPOCH, else when the file says it was last saved; empty where nothing says it."""
    if given := source_date():
        return given
    names = archive.namelist()
    said = _MODIFIED.search(archive.read(_CORE)) if _CORE in names else None
    if said:
        return said[1].decode()
    when = archive.getinfo(_MAIN).date_time if _MAIN in names else (0,)
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*when) if when[0] >= _FIRST_YEAR else ""


class _Run:
    """Where a run stands: its start, the end of its tag and of its properties, and the start of its end tag."""

    def __init__(self, start: int, tag: bytes) -> None:
        self.start, self.tag = start, tag
        self.look = b""
        self.content = start + len(tag)
        self.end = 0


class _Text:
    """Where a ``w:t`` stands, from its tag to its end tag."""

    def __init__(self, start: int, run: _Run, *, preserved: bool) -> None:
        self.start, self.run, self.preserved = start, run, preserved
        self.end = 0
        self.pieces: list[str] = []

    @property
    def words(self) -> str:
        """What Word shows of it: blanks at its ends count only where they are preserved."""
        text = "".join(self.pieces)
        return text if self.preserved else text.strip(_BLANKS)


class _Open(NamedTuple):
    """An element that is open: the run or text that it is, or where the properties of a run begin."""

    own: _Run | _Text | int | None
    preserved: bool


class _Scanner:
    """Finds the texts of a part that are to change, with their runs."""

    def __init__(self, data: bytes, wanted: Mapping[int, Change]) -> None:
        self._data = data
        self._wanted = wanted
        self._texts = 0
        self._open: list[_Open] = []
        self.found: dict[int, _Text] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def scan(self) -> dict[int, _Text]:
        self._parser.Parse(self._data, True)
        return self.found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        around = self._open[-1] if self._open else _Open(None, preserved=False)
        space = attributes.get("http://www.w3.org/XML/1998/namespace space")
        preserved = around.preserved if space is None else space == "preserve"
        own: _Run | _Text | int | None = None
        if tag in _RUN:
            own = _Run(at, _tag(self._data, at))
        elif tag in _LOOK and isinstance(around.own, _Run):
            own = at
        elif tag in _TEXT:
            number, self._texts = self._texts, self._texts + 1
            if number in self._wanted:
                if not isinstance(around.own, _Run):
                    raise UneditableError("a text outside of a run")
                own = self.found[number] = _Text(at, around.own, preserved=preserved)
        self._open.append(_Open(own, preserved))

    def _end(self, _: str) -> None:
        own = self._open.pop().own
        at = self._parser.CurrentByteIndex
        if isinstance(own, _Run):
            own.end = at
        elif isinstance(own, _Text):
            own.end = at + len(_tag(self._data, at))
        elif own is not None:
            run = self._open[-1].own
            assert isinstance(run, _Run)
            run.content = at + len(_tag(self._data, at))
            run.look = self._data[own : run.content]

    def _characters(self, text: str) -> None:
        own = self._open[-1].own
        if isinstance(own, _Text):
            own.pieces.append(text)


def _tag(data: bytes, at: int) -> bytes:
    found = _TAG.match(data, at)
    if not found:
        raise UneditableError("no tag")
    return found[0]


def _part(data: bytes, changes: Mapping[int, Change], marks: _Marks | None) -> bytes:
    """Return a part with the texts changed that have these numbers."""
    try:
        data.decode("utf-8")
        texts = _Scanner(data, changes).scan()
    except (UnicodeDecodeError, expat.ExpatError) as wrong:
        raise UneditableError("not read as UTF-8") from wrong
    out, at = [], 0
    for number, change in sorted(changes.items()):
        text = texts.get(number)
        if text is None or text.words != change.text:
            raise UneditableError("another text")
        start, end, new = _written(data, text, change, marks)
        out += [data[at:start], new.encode()]
        at = end
    return b"".join([*out, data[at:]])


def _written(data: bytes, text: _Text, change: Change, marks: _Marks | None) -> tuple[int, int, str]:
    """Return what stands instead of a text, from where to where: its run is closed around each change."""
    named = _PREFIX.match(text.run.tag)
    if not named:
        raise UneditableError("no prefix")
    prefix, look = named[1].decode(), text.run.look.decode()
    if marks is None:
        return text.start, text.end, _words(f"{prefix}:t", applied(change.text, change.edits))
    opening, closing = text.run.tag.decode() + look, f"</{prefix}:r>"
    first, last = text.start == text.run.content, text.end == text.run.end
    start = text.run.start if first else text.start
    end = text.run.end + len(_tag(data, text.run.end)) if last else text.end
    out, inside = "", not first
    for old, new in _pieces(change):
        if old == new:
            out += ("" if inside else opening) + _words(f"{prefix}:t", old)
            inside = True
            continue
        out += closing if inside else ""
        inside = False
        for tag, element, words in (("del", "delText", old), ("ins", "t", new)):
            if words:
                run = f"<{prefix}:r>{look}{_words(f'{prefix}:{element}', words)}{closing}"
                out += f"<{prefix}:{tag} {marks.attributes(prefix)}>{run}</{prefix}:{tag}>"
    if inside and last:
        out += closing
    elif not inside and not last:
        out += opening
    return start, end, out


def _pieces(change: Change) -> Iterator[tuple[str, str]]:
    """Yield words before and after the change; what does not change is twice the same."""
    text, at = change.text, 0
    for edit in change.edits:
        if edit.start > at:
            yield text[at : edit.start], text[at : edit.start]
        yield text[edit.start : edit.end], edit.words
        at = edit.end
    if at < len(text):
        yield text[at:], text[at:]


def _words(tag: str, words: str) -> str:
    return f'<{tag} xml:space="preserve">{escape(words, quote=False)}</{tag}>'
