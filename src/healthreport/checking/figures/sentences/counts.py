"""Which figures of a sentence are counts, and may be numerator or denominator of a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthreport.checking.figures.figure import Figure, Line
    from healthreport.checking.figures.words import FigureCues


def is_count(figure: Figure, cues: FigureCues) -> bool:
    """Say whether a figure may be numerator or denominator: a count, or a number without a unit that is large."""
    return figure.counts or (not figure.unit and (figure.factor > 1 or figure.value >= 10 or is_people(figure, cues)))


def is_people(figure: Figure, cues: FigureCues) -> bool:
    """Say whether a figure is a population."""
    return figure.unit in ("人", "") and bool(cues["<人口>"].search(figure.clause))


def before(line: Line, index: int, cues: FigureCues) -> list[Figure]:
    """Return the counts of the sentence before a rate, those that say a change or another year left out."""
    first = line.sentence(index).start
    return [
        one for one in line.figures[first:index]
        if is_count(one, cues) and not cues["(?:<增>|<减>)$|<上年>|<均>|每"].search(one.clause)
    ]  # fmt: skip
