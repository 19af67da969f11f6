"""``figures``: the indicators of a report, computed and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport import pipeline
from healthreport.figures import listing
from healthreport.model.build import build
from healthreport.reading import inherit
from healthreport.reading.resources import Resources

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.diagnostics import Diagnostic
    from healthreport.figures.listing import Row
    from healthreport.reading.reader import Reader


def figures(path: Path, reader: Reader, root: Path | None = None) -> tuple[list[Row], list[Diagnostic]]:
    """Return a row for each indicator and what rules say of all of them, as warnings.

    Raises :class:`HealthReportError` when the report cannot be read.
    """
    inherited = inherit.load(path, reader, root)
    built = build(inherited.tree)
    rows, computed = listing.rows(built)
    return rows, [*inherited.notes, *pipeline.check_figures(built, computed, Resources(reader=reader))]
