"""Tables that are too wide for the page: told, with a way out that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Severity
from healthreport.writing.docx.columns import LONG
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
    severity = Severity.ERROR if strict else Severity.WARNING
    return [
        Diagnostic("crowded-table", _message(one), _place_of(composed, one.place), severity, _with_room(one))
        for one in find(Work(subject.pattern, subject.fillings, composed.layout, resources, ""))
    ]


def _message(one: Crowded) -> str:
    if one.narrow and one.asked:
        return "按写的列宽，字多的列一行排不下四个字，很难读。"
    if one.narrow:
        return "这张表列太多、字太多，用最小的字号，字多的列一行也排不下四个字，很难读。"
    if one.numbers:
        return "这张表列太多、数太长，用最小的字号也排不下，数或表头会断开。"
    return "这张表列太多，用最小的字号也排不下，一行只有一两个字。"


def _with_room(one: Crowded) -> str:
    """Return the way out of a table that is too wide: the page turned, where that is enough and not yet done."""
    if one.narrow and one.asked:
        return "把“列宽”里字多的列写大一些，或不写“列宽”，由程序按字数定。"
    fewer = "或拆成两张表。"
    if one.narrow:
        fewer = f"或拆成两张表，或把字多的格写短（{LONG}个字以内）。"
    elif one.numbers:
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
