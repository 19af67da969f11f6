"""What was done, as people and programs read it: diagnostics grouped, counts, JSON, CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Position, Severity
from healthreport.values.scalars import defused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.jobs.producing import Outcome, Task


class Group(NamedTuple):
    """One mistake that many documents share: itself, and the documents it was met in."""

    diagnostic: Diagnostic
    sources: list[str]


def grouped(made: Sequence[tuple[Task, Outcome]]) -> list[Group]:
    """Group diagnostics by id and position, in the order of their first document; warnings of cells by column.

    Notes of one place are one where they say the same.

    A row is named with the cell that is to be filled in or looked at, and told of each cell once, however often the
    report refers to it.
    """
    groups: dict[tuple[str, Position, Severity, str], Group] = {}
    for task, outcome in made:
        told: set[tuple[str, str]] = set()
        for diagnostic in sorted(outcome.diagnostics, key=lambda diagnostic: diagnostic.position):
            own = diagnostic.position.cell if diagnostic.severity is Severity.WARNING else ""
            cell = own or next((other.position.cell for other in diagnostic.related if other.position.cell), "")
            if cell and (diagnostic.id, cell) in told:
                continue
            told.add((diagnostic.id, cell))
            shared = diagnostic._replace(
                related=tuple(other for other in diagnostic.related if not other.position.cell)
            )
            place = diagnostic.position._replace(cell=own.rstrip("0123456789")) if own else diagnostic.position
            said = diagnostic.message if diagnostic.severity is Severity.NOTE else ""
            group = groups.setdefault((diagnostic.id, place, diagnostic.severity, said), Group(shared, []))
            source = f"{task.source}（{cell}）" if cell else task.source
            if source not in group.sources[-1:]:
                group.sources.append(source)
    return list(groups.values())


def counts(made: Sequence[tuple[Task, Outcome]]) -> dict[str, int]:
    """Return how many documents came to each end."""
    from healthreport.jobs.producing import Status

    return {status.value: sum(outcome.status is status for _, outcome in made) for status in Status}


def batch_json(made: Sequence[tuple[Task, Outcome]], format: str, seconds: float) -> str:
    """Return the outcome of a batch, which wrote this format, as JSON."""
    documents = [_document(task, outcome, format) for task, outcome in made]
    return as_json({**counts(made), "seconds": round(seconds, 2), "documents": documents})


def _document(task: Task, outcome: Outcome, format: str) -> dict[str, object]:
    return {
        "source": task.source,
        "target": str(task.targets([format])[format]),
        "status": outcome.status.value,
        "diagnostics": [finding(diagnostic) for diagnostic in outcome.diagnostics],
    }


LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def finding(found: Diagnostic, *, is_word: bool = False) -> dict[str, object]:
    """Return a diagnostic in the one shape that it has in the JSON of every command.

    Columns count from 1 in characters, ``end_column`` is behind the last; of a Word file ``line`` is the paragraph.
    ``related`` explains it, ``places`` are where the same stands again.
    """
    return {
        "id": found.id,
        "severity": LEVELS[found.severity],
        **_place(found.position, is_word=is_word),
        "message": found.message,
        "hint": found.hint,
        "text": found.text,
        "related": [{**_place(one.position, is_word=is_word), "message": one.message} for one in found.related],
        "places": [_place(at, is_word=is_word) for at in found.places],
    }


def _place(at: Position, *, is_word: bool) -> dict[str, object]:
    place: dict[str, object] = {"file": at.file, "line": at.line, "column": at.column}
    place["end_column"] = at.column + at.width
    if at.cell and not is_word:
        place |= {"sheet": at.sheet, "cell": at.cell}
    return {**place, "paragraph": at.line if is_word else None}


def rows_json(rows: Sequence[dict[str, str]]) -> str:
    """Return the rows of a list as JSON."""
    return as_json(rows)


def rows_csv(heads: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    """Return the rows of a list as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, lineterminator="\n")
    writer.writeheader()
    writer.writerows({head: defused(row[head]) for head in heads} for row in rows)
    return out.getvalue().rstrip("\n")


def as_json(value: object) -> str:
    """Return a value as JSON, as every command prints it."""
    return json.dumps(value, ensure_ascii=False, indent=2)
