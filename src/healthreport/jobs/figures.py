"""``figures``: the indicators of a report, computed and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.figures import listing
from healthreport.model.build import build
from healthreport.reading import inherit

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.diagnostics import Diagnostic
    from healthreport.figures.listing import Row
    from healthreport.reading.reader import Reader


def figures(path: Path, reader: Reader, root: Path | None = None) -> tuple[list[Row], list[Diagnostic]]:
    """Return a row for each indicator and the mistakes of formulas, as warnings.

    Raises :class:`HealthReportError` when the report cannot be read.
    """
    inherited = inherit.load(path, reader, root)
    rows, problems = listing.rows(build(inherited.tree))
    return rows, [*inherited.notes, *problems]
