"""Where the words of a Word file are written: for each line as it is read, the ``w:t`` its characters stand in.

It is the reader itself that reads, so a line has the words it has in the manuscript. What stands in a field, a link, a
change that somebody tracked or a branch for other programs has no place: nobody is to edit it there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.packed import zip_parts
from healthreport.reading.word.blocks import Blocks
from healthreport.reading.word.document import Reading
from healthreport.reading.word.inline import Inline
from healthreport.reading.word.names import W
from healthreport.reading.word.package import Package
from healthreport.reading.word.paragraphs import trimmed
from healthreport.reading.word.refusals import REFUSALS
from healthreport.reading.yaml.encodings import CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from healthreport.reading.word.fields import Fields
    from healthreport.reading.word.flow import Flow
    from healthreport.reading.word.paragraphs import Head
    from healthreport.reading.word.styles import Styles
    from healthreport.trees.manuscript import Part

_T, _R, _P = f"{W}t", f"{W}r", f"{W}p"
_AROUND = f"{W}smartTag"
_CHANGED = f"{W}rPr/{W}rPrChange"


class Place(NamedTuple):
    """The ``w:t`` that some words are written in: the part, its number among those of the part, all that it shows."""

    part: str
    number: int
    text: str


class Stretch(NamedTuple):
    """Words of a line that stand in one place: from where in the line, how many, and from where in the text there."""

    start: int
    length: int
    place: Place
    offset: int


class Sources(NamedTuple):
    """A line: the number of its paragraph, its words, and where as many of them as can be edited are written."""

    paragraph: int
    words: str
    stretches: tuple[Stretch, ...]


def read(data: bytes, file: str) -> list[Sources]:
    """Return the lines of a ``.docx`` file; a soft line break in one is a newline among its words.

    Raises :class:`HealthReportError` as the reader of Word files does.
    """
    with zip_parts.opened(data, file, REFUSALS) as parts:
        reading = _Reading(Package(parts, file))
        reading.manuscript()
        return reading.sources()


class _Taken(NamedTuple):
    """Words of a ``w:t`` as they came into a flow: where in it, and how many."""

    at: int
    length: int
    element: Element


class _Inline(Inline):
    """Notes the elements that words come from."""

    def __init__(self, package: Package, part: str, styles: Styles, open_fields: Fields) -> None:
        super().__init__(package, part, styles, open_fields)
        self.part = part
        self._taken: dict[int, list[_Taken]] = {}

    def taken(self, flow: Flow) -> list[_Taken]:
        """Return what came into a flow, once."""
        return self._taken.pop(id(flow), [])

    def _text(self, element: Element) -> None:
        flow, before = self._flow, self._flow.length
        super()._text(element)
        if flow.length > before and not self._fields.is_open and _may_be_edited(element):
            self._taken.setdefault(id(flow), []).append(_Taken(before, flow.length - before, element))


class _Line(NamedTuple):
    paragraph: int
    start: int
    words: str
    taken: list[_Taken]
    part: str


class _Blocks(Blocks):
    """Notes the lines of paragraphs, with where in the flow each begins."""

    def __init__(self, inline: _Inline, own: Blocks, lines: list[_Line]) -> None:
        super().__init__(own._file, inline, own._styles, own._lists, own._omitted)
        self._noting, self._noted = inline, lines

    def _line(self, head: Head, flow: Flow, out: list[Part]) -> None:
        self._noted += _lines(self._paragraphs, flow, self._noting)
        super()._line(head, flow, out)


class _Reading(Reading):
    """Reads a file as ever, and keeps what is noted on the way."""

    def __init__(self, package: Package) -> None:
        super().__init__(package)
        self._roots: dict[str, Element] = {}
        self._lines: list[_Line] = []

    def inline(self, root: Element, part: str) -> Inline:
        self._roots[part] = root
        return _Inline(self._package, part, self._styles, self.fields(root))

    def blocks(self, inline: Inline) -> Blocks:
        assert isinstance(inline, _Inline)
        return _Blocks(inline, super().blocks(inline), self._lines)

    def sources(self) -> list[Sources]:
        """Return all lines, the elements of their words numbered."""
        numbers = {
            part: {element: number for number, element in enumerate(root.iter(_T))}
            for part, root in self._roots.items()
        }
        return [_sources(line, numbers[line.part]) for line in self._lines]


def _lines(paragraph: int, flow: Flow, inline: _Inline) -> Iterator[_Line]:
    """Yield the lines of a flow; one with characters that no text may hold is none, for its words are counted anew."""
    taken, at = inline.taken(flow), 0
    for piece in flow.pieces:
        whole = "".join([text for _, texts in piece for text in texts])
        if not CONTROL.search(whole):
            spans, skipped = trimmed(piece)
            words = "".join([span.text for span in spans])
            yield _Line(paragraph, at + len(skipped), words, taken, inline.part)
        at += len(whole)


def _sources(line: _Line, numbers: dict[Element, int]) -> Sources:
    end = line.start + len(line.words)
    stretches = []
    for at, length, element in line.taken:
        first, last = max(at, line.start), min(at + length, end)
        text = _shown(element.text or "", length)
        kept = line.words[first - line.start : last - line.start]
        offset = first - at
        if first < last and text[offset : offset + last - first].replace("\n", " ") == kept:
            place = Place(line.part, numbers[element], text)
            stretches.append(Stretch(first - line.start, last - first, place, offset))
    return Sources(line.paragraph, line.words, tuple(stretches))


def _shown(text: str, taken: int) -> str:
    """Return a text as far as it counts: blanks at its ends do where they are preserved."""
    return text if len(text) == taken else text.strip(" \t\r\n")


def _may_be_edited(element: Element) -> bool:
    """Say whether a ``w:t`` stands in a run of the paragraph itself, whose look nobody changed with tracking on."""
    run = element.getparent()
    if run is None or run.tag != _R or run.find(_CHANGED) is not None:
        return False
    around = run.getparent()
    while around is not None and around.tag == _AROUND:
        around = around.getparent()
    return around is not None and around.tag == _P
