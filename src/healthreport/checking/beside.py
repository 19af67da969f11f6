"""The documents that are checked together, as far as they are needed to know what one copies from another."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.passages import Kind, Passage, Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from healthreport.diagnostics import Position

    PlaceOf = Callable[[Spot], Position]

_NO_WORDS = re.compile(r"[\W\d_]+")
LEAST_WORDS = 20


class Alike(NamedTuple):
    """The other document that says most of the same: its file, which share of this one, where here and there."""

    file: str
    share: float
    here: tuple[Spot, ...]
    there: Position


class _Seen(NamedTuple):
    file: str
    about: str
    at: Position


class Figure(NamedTuple):
    """A figure of another document: the number, how it is written, and where."""

    number: object
    written: str
    file: str
    at: Position


class Company:
    """The documents that were checked before, as far as they are needed to know what is said again."""

    def __init__(self) -> None:
        self._seen: dict[int, list[_Seen]] = defaultdict(list)
        self._figures: dict[tuple[str, str, str], Figure] = {}

    def figure(self, about: str, name: str, unit: str) -> Figure | None:
        """Return what a document before said of a name, one of the same office and year (``about``)."""
        return self._figures.get((about, name, unit))

    def add_figure(self, about: str, name: str, unit: str, figure: Figure) -> None:
        """Remember a figure; the first document that says it counts."""
        self._figures.setdefault((about, name, unit), figure)

    def closest(self, passages: Sequence[Passage], place_of: PlaceOf, about: str) -> Alike | None:
        """Return the document before that has most in common with this one; what both have of a base is none of it.

        One of the same office and year (``about``) is not held against it.
        """
        whole = 0
        shared: dict[str, int] = defaultdict(int)
        spots: dict[str, list[tuple[Spot, Position]]] = defaultdict(list)
        for passage in passages:
            words = bare(passage)
            whole += len(words)
            spot = Spot(passage, 0, len(passage.text))
            place = place_of(spot) if len(words) >= LEAST_WORDS else None
            others = [
                one for one in self._seen.get(hash(words), ()) if one.at != place and not (about and one.about == about)
            ]
            for file, at in {one.file: one.at for one in others}.items():
                shared[file] += len(words)
                spots[file].append((spot, at))
        if not shared:
            return None
        file = max(shared, key=lambda one: shared[one])
        here = tuple([spot for spot, _ in spots[file]])
        return Alike(file, shared[file] / whole, here, spots[file][0][1])

    def add(self, file: str, passages: Sequence[Passage], place_of: PlaceOf, about: str) -> None:
        """Remember the paragraphs of a document, and whose it is and of which year."""
        for passage in passages:
            words = bare(passage)
            if len(words) >= LEAST_WORDS:
                place = place_of(Spot(passage, 0, len(passage.text)))
                self._seen[hash(words)].append(_Seen(file, about, place))


def bare(passage: Passage) -> str:
    """Return the words of a paragraph without numbers and marks: what is copied has other numbers at most."""
    return _NO_WORDS.sub("", passage.text) if passage.kind in (Kind.BODY, Kind.NOTE) else ""


def copied(passages: Sequence[Passage], of: Sequence[Passage]) -> list[tuple[Passage, Passage]]:
    """Return the paragraphs that stand in another document, too, numbers aside, each with that of the other."""
    known = {words: passage for passage in of if len(words := bare(passage)) >= LEAST_WORDS}
    return [(passage, known[words]) for passage in passages if (words := bare(passage)) in known]
