"""What rules found, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from healthreport.cli import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from healthreport.diagnostics import Diagnostic, Position
    from healthreport.jobs.checking.running import Checked


def tell(checked: Iterable[Checked], line_at: Callable[[Position], str]) -> None:
    """Print findings, each with its line and a caret."""
    for one in checked:
        line = one.looked.line if one.looked and one.looked.is_word else line_at
        for diagnostic in one.found:
            for text in console.format_diagnostic(diagnostic, line):
                console.result(text)


def as_json(checked: Sequence[Checked]) -> str:
    """Return all findings as JSON."""
    return json.dumps([_entry(found, one) for one in checked for found in one.found], ensure_ascii=False, indent=2)


def _entry(found: Diagnostic, checked: Checked) -> dict[str, Any]:
    return {
        "id": found.id,
        "severity": found.severity.name.lower(),
        **_place(found.position, checked),
        "message": found.message,
        "hint": found.hint,
        "related": [{**_place(one.position, checked), "message": one.message} for one in found.related],
        "places": [_place(one, checked) for one in found.places],
    }


def _place(at: Position, checked: Checked) -> dict[str, Any]:
    looked = checked.looked
    is_word = looked is not None and looked.is_word
    return {
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_column": at.column + at.width,
        "paragraph": at.line if is_word else None,
    }
