"""From which parts of a manuscript the mistakes come that the report made of it has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import MAX_PROBLEMS
from healthreport.jobs.importing.comparing import Difference, bare, lines_of
from healthreport.trees.manuscript import Grid, Image, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthreport.diagnostics import HealthReportError
    from healthreport.trees.manuscript import Manuscript

_TAIL = 12  # of a paragraph's last characters; its first may be a label, which is not in the file
_TABLE = re.compile(r"(?:^|[\s{,])表格:(?= |$)", re.MULTILINE)
_WORDS = re.compile(r"""[^\s"'{}\[\],:|-]{4,}(?!:)""")  # of a text, not a key


class _Report(NamedTuple):
    """A report as it is written: its lines, and the names it gives its pictures."""

    lines: list[str]
    names: Mapping[bytes, str]


def parts(
    manuscript: Manuscript, text: str, names: Mapping[bytes, str], wrong: HealthReportError
) -> dict[int, Difference]:
    """Return the parts that cannot be written so, with the reason; all paragraphs, where nobody can say which.

    Of thousands of mistakes the first are looked into: each is held against all parts.
    """
    report = _Report(text.split("\n"), names)
    found: dict[int, str] = {}
    for one in wrong.diagnostics[:MAX_PROBLEMS]:
        if 0 < one.position.line <= len(report.lines):
            found.update((at, one.message) for at in _at_fault(manuscript, report, one.position.line - 1))
    if not found:
        message = wrong.diagnostics[0].message
        found = {at: message for at, part in enumerate(manuscript.parts) if isinstance(part, Line | Grid)}
    return {
        at: Difference(part.place, "".join(lines_of(part)), why=why)
        for at, why in found.items()
        if isinstance(part := manuscript.parts[at], Line | Grid | Image)
    }


def _at_fault(manuscript: Manuscript, report: _Report, number: int) -> Iterator[int]:
    """Yield the parts that a line of the report is made of: the table around it, its picture, or its words."""
    table = _table_around(report.lines, number)
    if table is not None:
        grids = [at for at, part in enumerate(manuscript.parts) if isinstance(part, Grid)]
        tables = _TABLE.findall("\n".join(report.lines))
        yield from grids[table : table + 1] if len(tables) == len(grids) else ()
        return
    line = report.lines[number]
    words, said = "".join(bare(line)), _WORDS.findall(line)
    for at, part in enumerate(manuscript.parts):
        if isinstance(part, Image):
            name = report.names.get(part.data)
            if name and name in line:
                yield at
        elif isinstance(part, Line):
            whole = "".join(lines_of(part))
            if whole and (whole[-_TAIL:] in words or (said and all(one in whole for one in said))):
                yield at


def _table_around(lines: list[str], number: int) -> int | None:
    """Return which table of the report a line belongs to, from 0, if it does."""
    at, depth = number, _depth(lines[number])
    while at >= 0 and not _TABLE.search(lines[at]):
        # Up to the line that the one before is set in from; a blank one is part of a text.
        depth = min(depth, _depth(lines[at])) if lines[at].strip() else depth
        at = next(
            (above for above in range(at - 1, -1, -1) if lines[above].strip() and _depth(lines[above]) < depth), -1
        )
    return len(_TABLE.findall("\n".join(lines[: at + 1]))) - 1 if at >= 0 else None


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
