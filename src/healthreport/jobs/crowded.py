"""Tables that are too wide for the page: told, with a way out that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Severity
from healthreport.writing.writers import WRITERS, Work

if TYPE_CHECKING:
    from healthreport.diagnostics import Position
    from healthreport.pipeline import Composed
    from healthreport.reading.resources import Resources
    from healthreport.writing.docx.columns import Crowded


def crowded(composed: Composed, format: str, resources: Resources, *, strict: bool) -> list[Diagnostic]:
    """Return a warning for every table that is too wide for the page in a format; with ``strict`` they are errors."""
    find, subject = WRITERS[format].crowded, composed.subject
    if find is None:
        return []
    message = "这张表列太多、数太长，用最小的字号也排不下，数或表头会断开。"
    severity = Severity.ERROR if strict else Severity.WARNING
    return [
        Diagnostic("crowded-table", message, _place_of(composed, one.place), severity, _with_room(one))
        for one in find(Work(subject.pattern, subject.fillings, composed.layout, resources, ""))
    ]


def _with_room(one: Crowded) -> str:
    """Return the way out of a table that is too wide: the page turned, where that is enough and not yet done."""
    fewer = "或拆成两张表，或把数的单位写大一些（如“万元”）。"
    if one.fits_turned:
        return f"加“横排: 是”，单独占一个横页；或减到{one.most}列，{fewer}"
    if one.most_turned:
        return f"横排也排不下：请减到{one.most}列（横排{one.most_turned}列），{fewer}"
    return f"已经是横页：请减到{one.most}列，{fewer}"


def _place_of(composed: Composed, place: int | None) -> Position:
    """Return a place of a document, or that of the whole report."""
    subject = composed.subject
    assert subject.report is not None
    return subject.report.root.position() if place is None else subject.places[place].position()
