"""The report as a value: a tree of nodes in, a frozen :class:`Report` and its texts out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from healthreport.diagnostics import HealthReportError
from healthreport.expressions import Names, names
from healthreport.model import references
from healthreport.model.errors import diagnose
from healthreport.model.report import MODELS, Report
from healthreport.model.text import Code, Text, Texts
from healthreport.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.diagnostics import Position
    from healthreport.model.indicators import IndicatorTable

__all__ = ["Built", "Code", "Report", "Text", "build", "known_names"]


class Built(NamedTuple):
    """A report with what stands beside it: its texts and indicator tables by number, and its tree."""

    report: Report
    texts: tuple[Text, ...]
    tables: tuple[IndicatorTable, ...]
    root: Mapping

    def place_of(self, indicator: str) -> Position | None:
        """Return where an indicator is written."""
        written = self.root.get("指标")
        if isinstance(written, Mapping) and indicator in written.keys_at:
            return written.keys_at[indicator].position()
        return None


def build(root: Mapping) -> Built:
    """Validate a tree and return the report.

    Raises :class:`HealthReportError` with every mistake in the tree.
    """
    texts = Texts()
    written = root.get("指标")
    known = known_names(written.keys_at if isinstance(written, Mapping) else ())
    try:
        report = Report.model_validate(root, context=texts)
    except ValidationError as wrong:
        found = diagnose(root, wrong.errors(include_url=False, include_input=False), MODELS)
        raise HealthReportError([*texts.problems, *found, *references.unreadable(texts.items, known)]) from None
    if texts.problems:
        raise HealthReportError([*texts.problems, *references.unreadable(texts.items, known)])
    return Built(report, tuple(texts.items), tuple(texts.tables), root)


def known_names(indicators: Iterable[str]) -> Names:
    """Return the names that a report's expressions may use: its fields and its indicators."""
    return names(_FIELD_NAMES.union(indicators))


_FIELD_NAMES = frozenset(references.FIELDS)
