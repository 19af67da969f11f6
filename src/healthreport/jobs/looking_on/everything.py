"""What else is wrong with a report whose files have slips: they are read as they were meant, only to be looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError, Severity
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from healthreport.reading.inherit import Inherited

# What is missed may be on a line nobody can read.
_MISSED = {"missing-key", "missing-value", "nothing-left"}


def everything(
    wrong: HealthReportError,
    path: Path,
    resources: Resources,
    *,
    root: Path | None = None,
    layout: str = "",
    draft: bool = False,
    is_base: bool = False,
) -> HealthReportError:
    """Return what is wrong with a report: where its files have slips, what later stages would tell as well.

    A base is no report yet: of it only the model tells.
    """
    reader = Reader.looking_on(resources.reader)
    try:
        inherited = inherit.load(path, reader, root)
        if reader.slips:
            _look(inherited, reader, Resources(resources.own, reader), layout, draft=draft, is_base=is_base)
    except HealthReportError as more:
        found = more.diagnostics
    else:
        found = ()
    if not reader.slips:
        return wrong
    told = {(one.id, one.position): one for one in (*reader.slips, *_no_follow_ups(found, reader))}
    return HealthReportError((told | {(one.id, one.position): one for one in wrong.diagnostics}).values())


def _look(
    inherited: Inherited, reader: Reader, resources: Resources, layout: str, *, draft: bool, is_base: bool
) -> None:
    if is_base:
        pipeline.bare(inherited)
    else:
        pipeline.compose(inherited, reader, resources, layout=layout, draft=draft)


def _no_follow_ups(found: Iterable[Diagnostic], reader: Reader) -> Iterator[Diagnostic]:
    """Yield errors that are none because of lines or files nobody can read."""
    for one in found:
        word = re.search("“(.*?)”", one.message)
        is_named = reader.is_partial or (word is not None and word[1] in reader.lost)
        is_missed = one.id in _MISSED or (one.id == "unknown-name" and is_named)
        if one.severity is Severity.ERROR and not (is_missed and (reader.lost or reader.is_partial)):
            yield one
