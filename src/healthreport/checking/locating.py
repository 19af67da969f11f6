"""Where words of a passage are written: a place in a text, or in the YAML that the passage was composed of."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Position
from healthreport.model.validating.text import Code, Literal, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from healthreport.checking.passages import Passage, Spot
    from healthreport.trees.document import Place

# A paragraph of points is written in a text for each; more than these are none of one paragraph.
_MOST_TEXTS = 40


class Written(NamedTuple):
    """A paragraph of a Word file or a text: its words stand there as they are, ``at`` their beginning."""

    at: Position

    def position(self) -> Position:
        """Return the place of all its words."""
        return self.at

    def part(self, start: int, end: int) -> Position:
        """Return the place of some of its words."""
        return self.at._replace(column=max(self.at.column, 1) + start, width=max(end - start, 1))


class Literally(NamedTuple):
    """Words that a text of a report says itself: ``text.node.value[start:end]``."""

    text: Text
    start: int
    end: int


class _Piece(NamedTuple):
    """Words that stand in a text as they are printed, and where in it."""

    words: str
    text: Text
    start: int


class _Reference(NamedTuple):
    """Where a ``{{ }}`` stands, and what is in it."""

    at: Position | None
    code: str = ""


_NOWHERE = _Reference(None)


class _Laid(NamedTuple):
    """How a passage is composed: where each piece begins in it, the pieces, and the references that stand before them.

    The last of ``references``, one more than there are pieces, stands behind them.
    """

    starts: list[int]
    pieces: list[_Piece]
    references: list[_Reference]


class _Sure(NamedTuple):
    """Where each piece of some texts stands in a passage: its first place and its last one."""

    starts: list[int]
    found: list[tuple[_Piece, int, int]]


class Locator:
    """Finds where words of passages are written.

    How a passage is composed is found out once for all its words that are asked for in a row: it may be a million
    characters long, and be found fault with in a hundred thousand places.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._laid: tuple[Passage, _Laid] | None = None
        self._sure: tuple[Passage, list[_Sure]] | None = None

    def locate(self, spot: Spot) -> Position | None:
        """Return the place of words; ``None`` where they are written nowhere, but come from a template.

        Words of a report are looked for in the texts their passage is composed of, from left to right; words that a
        reference has put there are at the reference.
        """
        if not spot.passage.written:
            return None
        first = self._places[spot.passage.written[0]]
        if isinstance(first, Written):
            place = first.part(spot.start, spot.end)
            # A Word file has paragraphs, and no lines.
            return place._replace(cell=f"{place.cell}第{place.column}字") if place.cell else place
        return self._found(spot)[0] or first.position()

    def reference_at(self, spot: Spot) -> str:
        """Return the inside of the ``{{ }}`` that put the first of these words there; empty where they were typed."""
        return self._found(spot)[1] if spot.passage.written else ""

    def source_of(self, spot: Spot, starts: Collection[int]) -> Literally | None:
        """Return where words of a report are written, if one text says them and no other place can be meant.

        A passage is composed of words and of what references print, which may be the same words: what can be found
        from the left and from the right of the passage in two places is not found. ``starts`` are the texts that begin
        a passage: those behind one of them that do not belong to it.
        """
        if self._sure is None or self._sure[0] is not spot.passage:
            runs = [_sure(first, spot.passage, self._places, starts) for first in spot.passage.written]
            self._sure = (spot.passage, runs)
        for run in self._sure[1]:
            index = bisect_right(run.starts, spot.start)
            # What stands nowhere, as between two pieces, belongs to the one before.
            for piece, first, last in run.found[max(index - 2, 0) : index]:
                if spot.end <= first + len(piece.words):
                    start = piece.start + spot.start - first
                    return Literally(piece.text, start, start + spot.end - spot.start) if first == last else None
        return None

    def _found(self, spot: Spot) -> tuple[Position | None, str]:
        """Return the place of words of a report, and the reference that put them there, if one did."""
        if self._laid is None or self._laid[0] is not spot.passage:
            self._laid = (spot.passage, _laid(spot.passage, self._places))
        laid = self._laid[1]
        index = bisect_right(laid.starts, spot.start)
        if index:
            found, piece = laid.starts[index - 1], laid.pieces[index - 1]
            if spot.start < found + len(piece.words):
                start = piece.start + spot.start - found
                end = min(start + spot.end - spot.start, piece.start + len(piece.words))
                return piece.text.position_of(start, end), ""
        reference = laid.references[index]
        return reference.at, reference.code


def _laid(passage: Passage, places: Sequence[Place]) -> _Laid:
    """Find the pieces of a passage from left to right, until one is not there."""
    laid, at, reference = _Laid([], [], []), 0, _NOWHERE
    for piece in _pieces(passage, places):
        if isinstance(piece, _Reference):
            reference = piece
            continue
        found = passage.text.find(piece.words, at)
        if found < 0:
            break
        at = found + len(piece.words)
        laid.starts.append(found)
        laid.pieces.append(piece)
        laid.references.append(reference)
    laid.references.append(reference)
    return laid


def _sure(first_text: int, passage: Passage, places: Sequence[Place], starts: Collection[int]) -> _Sure:
    """Find the pieces of the texts from one on that belong to a passage."""
    sure, at = _Sure([], []), 0
    for number in range(first_text, min(first_text + _MOST_TEXTS, len(places))):
        text = places[number]
        if not isinstance(text, Text) or (number in starts and number not in passage.written):
            break
        found = _placed(text, passage.text, at)
        if found is None:
            break
        for piece, first, last in found:
            at = first + len(piece.words)
            sure.starts.append(first)
            sure.found.append((piece, first, last))
    return sure


def _placed(text: Text, printed: str, at: int) -> list[tuple[_Piece, int, int]] | None:
    """Return the first and the last place in what is printed that each piece of a text can have; all have one."""
    pieces = [piece for piece in _of_text(text) if isinstance(piece, _Piece)]
    firsts: list[int] = []
    for piece in pieces:
        found = printed.find(piece.words, at)
        if found < 0:
            return None
        firsts.append(found)
        at = found + len(piece.words)
    lasts: list[int] = []
    end = len(printed)
    for piece in reversed(pieces):
        end = printed.rfind(piece.words, 0, end)
        lasts.append(end)
    return list(zip(pieces, firsts, reversed(lasts), strict=True))


def _pieces(passage: Passage, places: Sequence[Place]) -> Iterator[_Piece | _Reference]:
    """Yield the words of the texts of a passage, and the places of references between them."""
    first = passage.written[0]
    for number in range(first, min(first + _MOST_TEXTS, len(places))):
        text = places[number]
        if not isinstance(text, Text):
            return
        yield from _of_text(text)


def _of_text(text: Text) -> Iterator[_Piece | _Reference]:
    at = text.start
    for segment in text.segments:
        if isinstance(segment, Code):
            at = segment.start + len(segment.text) + 2
            yield _Reference(text.position_of(segment.start - 2, at), segment.text)
        elif isinstance(segment, Literal) and text.node.value[at : segment.end] != segment:
            yield _Reference(text.position_of(at, segment.end))
            at = segment.end
        else:
            yield from _lines(segment, text, at)
            at += len(segment)


def _lines(words: str, text: Text, at: int) -> Iterator[_Piece]:
    """Yield the lines of words apart: where a text is printed in one line, they join."""
    for line in words.split("\n"):
        bare = line.strip()
        if bare:
            yield _Piece(bare, text, at + line.index(bare))
        at += len(line) + 1
