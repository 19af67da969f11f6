"""``figures``: the indicators of reports, computed and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity
from healthreport.figures import gaps, listing, using
from healthreport.figures.beside import Report
from healthreport.jobs.looking_on.everything import everything
from healthreport.jobs.producing import Outcome, Status, Task
from healthreport.reading import inherit
from healthreport.reading.resources import Resources
from healthreport.values.typed import typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from healthreport.figures.listing import Row
    from healthreport.model.build import Built
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.reader import Reader


class Listed(NamedTuple):
    """The reports that could be listed, and what became of every file, as of the documents of ``render``.

    ``built`` are the reports themselves.
    """

    reports: tuple[Report, ...]
    made: tuple[tuple[Task, Outcome], ...]
    built: tuple[Built, ...]

    @property
    def rows(self) -> list[Row]:
        """A row for each indicator; of several files, one below the other, each row says whose it is."""
        return self._of_all([report.rows for report in self.reports])

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of :attr:`rows`, whether anything stands in them or not."""
        return listing.COLUMNS if len(self.made) == 1 else listing.OF_SEVERAL

    @property
    def where(self) -> list[Row]:
        """A row for each place that the value of an indicator comes from."""
        from healthreport.townships import whence

        pairs = zip(self.built, self.reports, strict=True)
        return self._of_all([whence.rows(built, report.rows) for built, report in pairs])

    @property
    def columns_of_where(self) -> tuple[str, ...]:
        """The columns of :attr:`where`."""
        from healthreport.townships import whence

        return whence.COLUMNS if len(self.made) == 1 else (listing.FILE, listing.ORG, *whence.COLUMNS)

    def _of_all(self, rows: Sequence[Sequence[Row]]) -> list[Row]:
        if len(self.made) == 1:
            return [row for of_report in rows for row in of_report]
        return [
            {listing.FILE: report.file, listing.ORG: report.org, **row}
            for report, of_report in zip(self.reports, rows, strict=True)
            for row in of_report
        ]

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
    built: list[Built] = []
    made: list[tuple[Task, Outcome]] = []
    for path, one in loaded.items():
        found, outcome = _listed(path, one, resources, root, is_base=reader.real(path) in bases)
        if found:
            reports.append(found[0])
            built.append(found[1])
        made.append((Task(str(path), ""), outcome))
    return Listed(tuple(reports), tuple(made), tuple(built))


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
    path: Path, loaded: Inherited | HealthReportError, resources: Resources, root: Path | None, *, is_base: bool
) -> tuple[tuple[Report, Built] | None, Outcome]:
    """Return a report with its indicators, if it is to be listed, and what there is to say of its file."""
    try:
        if isinstance(loaded, HealthReportError):
            raise loaded
        built = pipeline.built_of(loaded, resources)
    except HealthReportError as wrong:
        all_wrong = everything(wrong, path, resources, root=root, is_base=True)
        return None, Outcome(Status.FAILED, diagnostics=all_wrong.diagnostics)
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
    return (Report(str(path), org, tuple(marked)), built), Outcome(Status.DONE, diagnostics=found)


def _left_out(path: Path) -> Diagnostic:
    message = "这是另外几份继承的底稿，自己没有单位，没有列出。"
    hint = f"要看它的指标，请单独写它：healthreport figures {typed(path)}"
    return Diagnostic("bare-base", message, Position(str(path)), Severity.NOTE, hint)
