"""The formats a document can be written in: a row each, which is all a new one takes.

A writer's own modules are imported when it is first used: the command line reads this table to know what
``--to`` may say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from healthreport.reading.resources import Resources
    from healthreport.trees.document import Document
    from healthreport.writing.docx.columns import Crowded
    from healthreport.writing.docx.package import Package, Stamp
    from healthreport.writing.layout.profile import Layout


class Work(NamedTuple):
    """What a writer is given."""

    pattern: Document
    """The document, with slots where a report has words of its own."""
    fillings: Sequence[str]
    """What the slots are filled with."""
    layout: Layout
    """How it is set."""
    resources: Resources
    """Where the words are that a title is never broken within; they keep what documents of one pattern share."""
    digest: str
    """The digest of all it was made from."""


class Writer(NamedTuple):
    """A format: the suffix of its files, how they are written, and how one is known again."""

    suffix: str
    write: Callable[[Work], bytes]
    stamp: Callable[[Path], Stamp] | None = None
    """Reads what a file says it was made from, and whether anybody edited it since; without it nothing is
    protected, and every run writes anew."""
    crowded: Callable[[Work], Sequence[Crowded]] | None = None
    """Says which tables are too wide for the page; without it none is."""


def _docx(work: Work) -> bytes:
    return _package(work.resources, work.pattern, work.layout).write(work.fillings, work.digest)


def _docx_crowded(work: Work) -> Sequence[Crowded]:
    return _package(work.resources, work.pattern, work.layout).crowded(work.fillings)


@Kept(64)
def _package(resources: Resources, pattern: Document, layout: Layout) -> Package:
    from healthreport.writing.docx.package import Package

    return Package(pattern, layout, resources.words)


def _docx_stamp(path: Path) -> Stamp:
    from healthreport.writing.docx.package import stamp

    return stamp(path)


def _txt(work: Work) -> bytes:
    from healthreport.trees.document import DRAFT, filled
    from healthreport.writing import plain

    text = plain.write(filled(work.pattern, work.fillings, work.pattern.places))
    return (f"【{DRAFT}】\n{text}" if work.pattern.draft else text).encode()


WRITERS = {
    "docx": Writer(".docx", _docx, _docx_stamp, _docx_crowded),
    "txt": Writer(".txt", _txt),
}
