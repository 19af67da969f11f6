"""The report as a value: a tree of nodes in, a frozen :class:`Report` and its texts out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from healthreport.diagnostics import HealthReportError
from healthreport.expressions import Names, names
from healthreport.model import references
from healthreport.model.errors import diagnose
from healthreport.model.report import MODELS, Report
from healthreport.model.text import Code, Text, Texts

if TYPE_CHECKING:
    from healthreport.nodes import Mapping

__all__ = ["Code", "Report", "Text", "build", "known_names"]


def build(root: Mapping) -> tuple[Report, tuple[Text, ...]]:
    """Validate a tree and return the report and its texts, in order of their numbers.

    Raises :class:`HealthReportError` with every mistake in the tree.
    """
    texts = Texts()
    try:
        report = Report.model_validate(root, context=texts)
    except ValidationError as wrong:
        found = diagnose(root, wrong.errors(include_url=False, include_input=False), MODELS)
        raise HealthReportError([*texts.problems, *found, *references.unreadable(texts.items, known_names())]) from None
    if texts.problems:
        raise HealthReportError([*texts.problems, *references.unreadable(texts.items, known_names())])
    return report, tuple(texts.items)


def known_names() -> Names:
    """Return the names that a report's expressions may use."""
    return names(frozenset(references.FIELDS))
