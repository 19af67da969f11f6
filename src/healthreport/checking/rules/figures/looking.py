"""All that does not fit among the figures of a document, looked for once, each figure told of once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.figures.changes import apart, growth, turned
from healthreport.checking.figures.figure import Line
from healthreport.checking.figures.reading import MOST_FIGURES, read
from healthreport.checking.figures.sentences import (
    across,
    alone,
    balances,
    bounds,
    places,
    products,
    rates,
    shares,
    targets,
    totals,
    twice,
)
from healthreport.checking.figures.tables import looking as tables
from healthreport.checking.figures.tables.grids import grids
from healthreport.checking.figures.words import figure_cues
from healthreport.checking.passages import Kind, Spot
from healthreport.checking.rule import Finding
from healthreport.checking.subject import Subject
from healthreport.diagnostics import Severity
from healthreport.reading.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.checking.figures.figure import Mismatch
    from healthreport.checking.figures.words import FigureCues
    from healthreport.checking.passages import Passage

# What a single figure may show already.
_OF_ANY = (rates.find, places.find, bounds.find, alone.find, targets.find)
# In this order: what one has told of a figure no later one tells again.
_FINDERS: tuple[Callable[[Line, FigureCues], Iterator[Mismatch]], ...] = (
    totals.find,
    rates.find,
    rates.bed_days,
    shares.shares,
    growth.find,
    turned.find,
    apart.compared,
    balances.find,
    products.find,
    targets.find,
    places.find,
    bounds.find,
    alone.find,
)
_MOST_FIGURES = 50_000  # ten times those of a county's yearbook; each is held against those around it
_SHOWN, _MORE = 10, "more-figures"
_READ = frozenset({Kind.BODY, Kind.NOTE, Kind.CELL, Kind.TITLE, Kind.HEADING, Kind.CAPTION})


class _Looked(NamedTuple):
    """What does not fit in a document, and where there were too many figures to look at.

    ``end`` is where there were too many in all, ``crowded`` are sentences that have too many.
    """

    mismatches: tuple[Mismatch, ...]
    end: Passage | None
    crowded: tuple[Line, ...]


@Kept(1)
def _looked(subject: Subject) -> _Looked:
    """Look at the sentences and tables of a document."""
    cues, words = figure_cues(subject.known), subject.known.figure_words
    found: list[Mismatch] = []
    lines: list[Line] = []
    count, end = 0, None
    for passage in subject.passages:
        if count > _MOST_FIGURES:
            end = passage
            break
        if passage.kind in _READ:
            for line in read(passage, words, cues):
                lines.append(line)
                count += MOST_FIGURES if line.crowded else len(line.figures)  # it was read so far
                found.extend(_of_line(line, cues))
    found.extend(across.find(lines, cues, words))
    found_grids = grids(subject.passages)
    for grid in found_grids:
        found.extend(tables.find(grid))
    found.extend(twice.find(lines, (cell for grid in found_grids for cell in tables.cells(grid)), cues, words))
    return _Looked(tuple(found), end, tuple([line for line in lines if line.crowded]))


def _of_line(line: Line, cues: FigureCues) -> Iterator[Mismatch]:
    told: set[int] = set()
    finders = _FINDERS if len(line.figures) > 1 else _OF_ANY if line.figures else ()
    for finder in finders:
        for mismatch in finder(line, cues):
            if mismatch.figure.start not in told:
                told.add(mismatch.figure.start)
                yield mismatch
    yield from alone.missing(line)


def findings(subject: Subject, id: str) -> Iterator[Finding]:
    """Yield what a rule finds, by its id."""
    looked = _looked(subject)
    yield from _not_looked_at(looked)
    for found in looked.mismatches:
        if found.id == id:
            passage = found.line.passage
            offset = found.line.offset
            where = Spot(passage, offset + found.figure.start, offset + found.figure.end)
            related = tuple((Spot(passage, offset + one.start, offset + one.end), "一起算的数") for one in found.others)
            yield Finding(found.what, where, found.hint, related, severity=Severity.NOTE if found.slips else None)


def _not_looked_at(looked: _Looked) -> Iterator[Finding]:
    """Tell where figures were not held against each other, as there are too many: of the document, of sentences."""
    if looked.end:
        message = f"这个文件里的数太多，从这里起没有核对：只看前{_MOST_FIGURES // 10_000}万个。"
        where, hint = _begin(looked.end, 0), "请把文件分成几份，分别检查。"
        yield Finding(message, where, hint, id=_MORE, severity=Severity.WARNING)
    if looked.crowded:
        message = f"这一句里的数超过{MOST_FIGURES}个，没有互相核对。"
        where, *places = [_begin(line.passage, line.offset) for line in looked.crowded]
        hint = "请分成几句，或改用表格。"
        yield Finding(message, where, hint, places=tuple(places), id=_MORE, severity=Severity.WARNING)


def _begin(passage: Passage, start: int) -> Spot:
    return Spot(passage, start, min(len(passage.text), start + _SHOWN))
