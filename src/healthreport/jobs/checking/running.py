"""The job: files in, findings out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.engine import check
from healthreport.checking.rules.every import ON_TEXTS
from healthreport.diagnostics import HealthReportError
from healthreport.jobs.checking import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from healthreport.diagnostics import Diagnostic
    from healthreport.jobs.checking.reading import Looked
    from healthreport.reading.resources import Resources


class Checked(NamedTuple):
    """A file and what was found in it; ``looked`` is ``None`` of one that could not be read."""

    source: str
    found: tuple[Diagnostic, ...]
    looked: Looked | None


def run(paths: Sequence[Path], resources: Resources, root: Path | None = None) -> Iterator[Checked]:
    """Yield what rules find in each file; one that cannot be read does not stop the others."""
    for path in paths:
        try:
            looked = reading.read(path, resources, root)
        except HealthReportError as wrong:
            yield Checked(str(path), wrong.diagnostics, None)
        else:
            yield Checked(str(path), (*looked.told, *check(looked.subject, ON_TEXTS, {})), looked)
