"""How a command ends: the one table of exit codes, and the one place that turns mistakes into messages."""

from __future__ import annotations

from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, NoReturn

import typer

from healthreport.cli import console
from healthreport.diagnostics import HealthReportError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.jobs.producing import Outcome
    from healthreport.reading.reader import Reader


class Exit(IntEnum):
    """What the system is told at the end."""

    DONE = 0
    """All is done."""
    PARTLY = 1
    """Some documents are not written, or kept because somebody edited them; of townships something is missing."""
    NOTHING = 2
    """Nothing is written, because of the input or of how the command was called."""
    CANCELLED = 130
    """Ctrl-C, as shells have it."""


def leave(code: Exit = Exit.DONE) -> NoReturn:
    """End the command."""
    raise typer.Exit(code)


@contextmanager
def told() -> Iterator[Reader]:
    """Give a command its reader; a mistake is told with its line, and ends the command."""
    from healthreport.reading.reader import Reader

    reader = Reader()
    try:
        yield reader
    except HealthReportError as wrong:
        mistakes = wrong.diagnostics
    else:
        return
    console.report(mistakes, reader.line)
    leave(Exit.NOTHING)


def code_of(outcomes: Iterable[Outcome]) -> Exit:
    """Return the code that says what became of documents."""
    from healthreport.jobs.producing import Status

    outcomes = [*outcomes]
    there = [outcome.status in (Status.DONE, Status.UNCHANGED) for outcome in outcomes]
    if all(there):
        return Exit.DONE
    partly = any(there) or any(outcome.written or outcome.status is Status.REFUSED for outcome in outcomes)
    return Exit.PARTLY if partly else Exit.NOTHING
