"""The report as a value: a tree of nodes in, a frozen :class:`Report` and its texts out."""

from __future__ import annotations

import contextlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter, ValidationError

from healthreport.diagnostics import HealthReportError
from healthreport.expressions import Names, names
from healthreport.model import references
from healthreport.model.errors import diagnose
from healthreport.model.indicators import Indicator, Indicators
from healthreport.model.report import MODELS, Report, two_forms
from healthreport.model.text import Code, Text, Texts
from healthreport.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.diagnostics import Position
    from healthreport.model.indicators import IndicatorTable

__all__ = ["Built", "Code", "Report", "Text", "build", "known_names"]


class Built(NamedTuple):
    """A report with what stands beside it: its texts and indicator tables by number, and its tree.

    ``own`` names the fields in which it differs from ``common``, where it was built on one.
    """

    report: Report
    texts: tuple[Text, ...]
    tables: tuple[IndicatorTable, ...]
    root: Mapping
    common: Built | None = None
    own: tuple[str, ...] = ()

    def place_of(self, indicator: str) -> Position | None:
        """Return where an indicator is written."""
        written = self.root.get("指标")
        if isinstance(written, Mapping) and indicator in written.keys_at:
            return written.keys_at[indicator].position()
        return None


def build(root: Mapping, common: Built | None = None) -> Built:
    """Validate a tree and return the report.

    ``common`` is what was built of the part of the tree that other reports share: only what differs
    is validated then. Raises :class:`HealthReportError` with every mistake in the tree.
    """
    if common is not None:
        with contextlib.suppress(ValidationError):  # the whole tree tells what is wrong
            return _build_on(common, root)
    texts = Texts()
    written = root.get("指标")
    known = known_names(written.keys_at if isinstance(written, Mapping) else ())
    problems = [*two_forms(root)]
    try:
        report = Report.model_validate(root, context=texts)
    except ValidationError as wrong:
        problems += diagnose(root, wrong.errors(include_url=False, include_input=False), MODELS)
    problems += texts.problems
    if problems:
        raise HealthReportError([*problems, *references.unreadable(texts.items, known)])
    return Built(report, tuple(texts.items), tuple(texts.tables), root)


def _build_on(common: Built, root: Mapping) -> Built:
    """Validate what differs from the common part, and copy the rest."""
    shared = common.root
    own = {key: value for key, value in root.items() if shared.get(key) is not value}
    texts = Texts([*common.texts], tables=[*common.tables])
    indicators = own.pop("指标", None)
    part = Report.model_validate(own, context=texts)
    update = {name: getattr(part, name) for name in part.model_fields_set}
    if isinstance(indicators, Mapping):
        update["indicators"] = _indicators_on(common, indicators, texts)
    if texts.problems or any(two_forms(root)):
        return build(root)
    report = common.report.model_copy(update=update)
    return Built(report, tuple(texts.items), tuple(texts.tables), root, common, tuple(update))


def _indicators_on(common: Built, written: Mapping, texts: Texts) -> dict[str, Indicator]:
    """Return the indicators; one that differs in its numbers alone keeps its definition."""
    known = common.report.indicators
    shared = common.root.get("指标")
    definitions = shared if isinstance(shared, Mapping) else {}
    result: dict[str, Indicator] = {}
    for name in written.keys_at:
        node, definition = written.get(name), definitions.get(name)
        base = known.get(name)
        if node is definition and base is not None:
            result[name] = base
        elif base is not None and isinstance(node, Mapping) and isinstance(definition, Mapping):
            result[name] = base.with_numbers(node, definition) or Indicator.model_validate(node, context=texts)
        else:
            result.update(
                _indicators_adapter().validate_python({name: node or Mapping(written.source, 0, 0)}, context=texts)
            )
    return result


def known_names(indicators: Iterable[str]) -> Names:
    """Return the names that a report's expressions may use: its fields and its indicators."""
    return names(_FIELD_NAMES.union(indicators))


_FIELD_NAMES = frozenset(references.FIELDS)


@lru_cache(maxsize=1)
def _indicators_adapter() -> TypeAdapter[dict[str, Indicator]]:
    return TypeAdapter(Indicators)
