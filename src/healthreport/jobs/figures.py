"""``figures``: the indicators of reports, computed and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity
from healthreport.figures import gaps, listing, using
from healthreport.figures.beside import Report
from healthreport.jobs.producing import Outcome, Status, Task
from healthreport.reading import inherit
from healthreport.reading.resources import Resources
from healthreport.values.typed import typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from healthreport.figures.listing import Row
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.reader import Reader


class Listed(NamedTuple):
    """The reports that could be listed, and what became of every file, as of the documents of ``render``."""

    reports: tuple[Report, ...]
    made: tuple[tuple[Task, Outcome], ...]

    @property
    def rows(self) -> list[Row]:
        """A row for each indicator; of several files, one below the other, each row says whose it is."""
        if len(self.made) == 1:
            return [row for report in self.reports for row in report.rows]
        return [
            {listing.FILE: report.file, listing.ORG: report.org, **row}
            for report in self.reports
            for row in report.rows
        ]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of :attr:`rows`, whether anything stands in them or not."""
        return listing.COLUMNS if len(self.made) == 1 else listing.OF_SEVERAL

    @property
    def unused(self) -> list[str]:
        """The indicators that none of the reports that have them makes use of."""
        rows = [row for report in self.reports for row in report.rows]
        used = {row["指标"] for row in rows if not row[listing.UNUSED]}
        return [name for name in dict.fromkeys(row["指标"] for row in rows) if name not in used]


def figures(paths: Sequence[Path], reader: Reader, root: Path | None = None) -> Listed:
    """List the indicators of reports, each file once; one that cannot be read does not stop the others.

    A base that lies among the reports on it and is nobody's report (it has no 单位) is left out: it has no figures.
    """
    resources = Resources(reader=reader)
    loaded = {path: _load(path, reader, root) for path in paths}
    bases = {reader.real(base) for one in loaded.values() for base in _bases(one)}
    reports: list[Report] = []
    made: list[tuple[Task, Outcome]] = []
    for path, one in loaded.items():
        report, outcome = _listed(path, one, resources, is_base=reader.real(path) in bases)
        reports += [report] if report else []
        made.append((Task(str(path), ""), outcome))
    return Listed(tuple(reports), tuple(made))


def _load(path: Path, reader: Reader, root: Path | None) -> Inherited | HealthReportError:
    try:
        return inherit.load(path, reader, root)
    except HealthReportError as wrong:
        return wrong


def _bases(loaded: Inherited | HealthReportError) -> Iterator[Path]:
    """Yield the files a report is based on, the nearest first."""
    base = None if isinstance(loaded, HealthReportError) else loaded.base
    while base:
        yield base.file.path
        base = base.under


def _listed(
    path: Path, loaded: Inherited | HealthReportError, resources: Resources, *, is_base: bool
) -> tuple[Report | None, Outcome]:
    """Return a report with its indicators, if it is to be listed, and what there is to say of its file."""
    try:
        if isinstance(loaded, HealthReportError):
            raise loaded
        built = pipeline.built_of(loaded, resources)
    except HealthReportError as wrong:
        return None, Outcome(Status.FAILED, diagnostics=wrong.diagnostics)
    if is_base and built.report.org is None:
        return None, Outcome(Status.DONE, diagnostics=(_left_out(path),))
    rows, computed = listing.rows(built)
    nobodys = {*using.unused(built)}
    marked = [{**row, listing.UNUSED: "是" if row["指标"] in nobodys else ""} for row in rows]
    org = gaps.without(computed.words(built.report.org)) if built.report.org else ""
    found = (
        *loaded.notes,
        *(built.sums.notes if built.sums else ()),
        *pipeline.check_figures(built, computed, resources),
    )
    return Report(str(path), org, tuple(marked)), Outcome(Status.DONE, diagnostics=found)


def _left_out(path: Path) -> Diagnostic:
    message = "这是另外几份继承的底稿，自己没有单位，没有列出。"
    hint = f"要看它的指标，请单独写它：healthreport figures {typed(path)}"
    return Diagnostic("bare-base", message, Position(str(path)), Severity.NOTE, hint)
