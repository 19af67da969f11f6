"""The figures of a report with last year's, target and growth, and which of them are doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Severity
from healthreport.figures import listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.subject import Subject
    from healthreport.diagnostics import Diagnostic, Position

COLUMNS = ("指标", "数值", "上年", "同比", "增减", "目标", "完成率")
_WRITTEN = ("数值", "上年", "目标")


class Figure(NamedTuple):
    """A figure: its ``values`` in the order of :data:`COLUMNS`, and what was told of it."""

    values: tuple[str, ...]
    doubts: tuple[str, ...]


def figures(subject: Subject, told: Sequence[Diagnostic]) -> Iterator[Figure]:
    """Yield the figures of a report, each with the warnings at the places where it is written."""
    built = subject.report
    assert built is not None
    warnings = [one for one in told if one.severity is not Severity.NOTE]
    rows, _ = listing.rows(built)
    for row in rows:
        name = row["指标"]
        places = {built.place_of(name), *(built.place_of_number(name, key) for key in _WRITTEN)}
        places |= {built.place(name, key) for key in _WRITTEN}  # of a sheet's row: its cells
        doubts = [one.message for one in warnings if _is_at(one, places)]
        yield Figure(tuple([row[column] for column in COLUMNS]), tuple(dict.fromkeys(doubts)))


def _is_at(told: Diagnostic, places: set[Position | None]) -> bool:
    return told.position in places or any(other.position in places for other in told.related)
