"""One report in, its documents out: what ``render`` and ``batch`` do for each of theirs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport import pipeline
from healthreport.checking.rules.certain import settable
from healthreport.checking.sifting import Sieve
from healthreport.diagnostics import Diagnostic, HealthReportError
from healthreport.jobs.crowded import crowded
from healthreport.reading.kept import Kept
from healthreport.writing import targets as files
from healthreport.writing.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from healthreport.jobs.doubts import Figure
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.resources import Resources


class Options(NamedTuple):
    """What is said of all documents alike."""

    formats: tuple[str, ...] = ("docx",)
    layout: str = ""
    templates: Path | None = None
    root: Path | None = None
    draft: bool = False
    force: bool = False
    strict: bool = False
    """What would be a warning is an error, and the document is not written."""
    checked: bool = True
    """The rules on texts that are certain look as well."""
    counted: bool = False
    """Characters are counted."""
    listed: bool = False
    """The figures are listed, also of a document that is already there."""
    keep_current: bool = False
    """What was already made from the same is left alone."""
    durable: bool = True
    """Each file is on the disk before it takes its name; who writes thousands waits once for all."""


class Task(NamedTuple):
    """What is to be made: the file or row it comes from, and the files to be written, without their suffix."""

    source: str
    stem: str

    def targets(self, formats: Iterable[str]) -> dict[str, Path]:
        """Return the files to be written, by format."""
        return {format: Path(self.stem + WRITERS[format].suffix) for format in formats}


class Status(StrEnum):
    """How it ended: all is written, was there already, was kept because somebody edited it, or is not written."""

    DONE = "done"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"


class Outcome(NamedTuple):
    """What became of one report: how it ended, the formats written, what there is to say of it."""

    status: Status
    written: tuple[str, ...] = ()
    characters: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    figures: tuple[Figure, ...] = ()


def produce(inherited: Inherited, targets: Mapping[str, Path], options: Options, resources: Resources) -> Outcome:
    """Make the documents of one report, by format.

    Raises :class:`HealthReportError` with all mistakes of the report. A file that cannot be written is told in
    the outcome, and the others are written.
    """
    reader = resources.reader
    digest = pipeline.digest(inherited, reader, resources, options.layout, draft=options.draft)
    current = options.keep_current and all(
        files.is_current(path, digest, WRITERS[format]) for format, path in targets.items()
    )
    # What is there may have been written with warnings, and its figures are not known.
    if current and not options.strict and not options.listed:
        return Outcome(Status.UNCHANGED)
    composed = pipeline.compose(
        inherited,
        reader,
        resources,
        layout=options.layout,
        draft=options.draft,
        strict=options.strict,
        sieve=sieve(resources, options.root) if options.checked else None,
    )
    listed = _figures(composed) if options.listed else ()
    if current:
        return Outcome(Status.UNCHANGED, diagnostics=composed.warnings if options.listed else (), figures=listed)
    too_wide = [one for format in targets for one in crowded(composed, format, resources, strict=options.strict)]
    if too_wide and options.strict:
        raise HealthReportError((*composed.warnings, *too_wide))
    results = {}
    for format, path in targets.items():
        data = pipeline.write(composed, format, resources, digest)
        results[format] = files.write(path, data, WRITERS[format], force=options.force, durable=options.durable)
    return Outcome(
        _status(results.values()),
        tuple(format for format, result in results.items() if result.written),
        _count(composed) if options.counted else 0,
        (*composed.warnings, *too_wide, *(result.problem for result in results.values() if result.problem)),
        listed,
    )


def _figures(composed: pipeline.Composed) -> tuple[Figure, ...]:
    from healthreport.jobs import doubts

    return tuple(doubts.figures(composed.subject, composed.warnings))


def _count(composed: pipeline.Composed) -> int:
    from healthreport.writing import plain

    return plain.count(composed.document)


@Kept(1)
def sieve(resources: Resources, root: Path | None) -> Sieve:
    """Return what is let be, for all documents of one run."""
    return Sieve(resources.reader, settable, root=root)


def attempt(make: Callable[[], Outcome]) -> Outcome:
    """Make an outcome also of what is wrong with a report, so that one does not stop the others."""
    try:
        return make()
    except HealthReportError as wrong:
        return Outcome(Status.FAILED, diagnostics=wrong.diagnostics)


def _status(results: Iterable[files.Written]) -> Status:
    results = [*results]
    if all(result.written for result in results):
        return Status.DONE
    return Status.REFUSED if any(result.refused for result in results) else Status.FAILED
