"""Where words of a passage are written: a place in a text, or in the YAML that the passage was composed of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Position
from healthreport.model.validating.text import Code, Literal, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from healthreport.checking.passages import Spot
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


def locate(spot: Spot, places: Sequence[Place]) -> Position | None:
    """Return the place of words; ``None`` where they are written nowhere, but come from a template.

    Words of a report are looked for in the texts their passage is composed of, from left to right; words that a
    reference has put there are at the reference.
    """
    if not spot.passage.written:
        return None
    first = places[spot.passage.written[0]]
    if isinstance(first, Written):
        place = first.part(spot.start, spot.end)
        # A Word file has paragraphs, and no lines.
        return place._replace(cell=f"{place.cell}第{place.column}字") if place.cell else place
    return _found(spot, places)[0] or first.position()


def reference_at(spot: Spot, places: Sequence[Place]) -> str:
    """Return the inside of the ``{{ }}`` that put the first of these words there; empty where they were typed."""
    return _found(spot, places)[1] if spot.passage.written else ""


def source_of(spot: Spot, places: Sequence[Place], starts: Collection[int]) -> Literally | None:
    """Return where words of a report are written, if one text says them and no other place can be meant.

    A passage is composed of words and of what references print, which may be the same words: what can be found from
    the left and from the right of the passage in two places is not found. ``starts`` are the texts that begin a
    passage: those behind one of them that do not belong to it.
    """
    for first_text in spot.passage.written:
        at = 0
        for number in range(first_text, min(first_text + _MOST_TEXTS, len(places))):
            text = places[number]
            if not isinstance(text, Text) or (number in starts and number not in spot.passage.written):
                break
            found = _placed(text, spot.passage.text, at)
            if found is None:
                break
            for piece, first, last in found:
                at = first + len(piece.words)
                if first <= spot.start and spot.end <= at:
                    start = piece.start + spot.start - first
                    return Literally(text, start, start + spot.end - spot.start) if first == last else None
    return None


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


def _found(spot: Spot, places: Sequence[Place]) -> tuple[Position | None, str]:
    """Return the place of words of a report, and the reference that put them there, if one did."""
    printed, at, reference = spot.passage.text, 0, _NOWHERE
    for piece in _pieces(spot, places):
        if isinstance(piece, _Reference):
            reference = piece
            continue
        found = printed.find(piece.words, at)
        if found < 0 or spot.start < found:
            break
        at = found + len(piece.words)
        if spot.start < at:
            start = piece.start + spot.start - found
            end = min(start + spot.end - spot.start, piece.start + len(piece.words))
            return piece.text.position_of(start, end), ""
    return reference.at, reference.code


def _pieces(spot: Spot, places: Sequence[Place]) -> Iterator[_Piece | _Reference]:
    """Yield the words of the texts of a passage, and the places of references between them."""
    first = spot.passage.written[0]
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
