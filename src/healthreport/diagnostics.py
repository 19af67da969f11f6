"""What went wrong, and where: the one vocabulary every module reports in.

A module that meets a mistake of the user's yields or raises :class:`Diagnostic`; it never
prints. ``cli.console`` alone turns diagnostics into lines on a terminal.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


_ALIKE = 0.5  # of the characters of two words, in their order
_LONGEST_WORD = 100
_MOST_COMPARED = 50
_FEW, _LIKELIEST = 12, 5
MAX_PROBLEMS = 100  # of one kind in one report; more would bury what matters


class Severity(IntEnum):
    """How much a diagnostic weighs: an error keeps the document from being written, a note only says what was done."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


class Position(NamedTuple):
    """A place in an input: line and column in a text, or sheet and cell in a table.

    ``line`` and ``column`` count from 1 in characters; 0 means the file as a whole. ``width`` is
    the length in characters of what is meant, for the caret.
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    sheet: str = ""
    cell: str = ""

    @property
    def in_sheet(self) -> str:
        """The place in words, where it is one of a table: that is another file to open; nothing else."""
        file = PurePath(self.file)
        of_text = f"第{self.line}行" if self.line and file.suffix.lower() == ".csv" else ""
        where = f"的{self.cell}格" if self.cell else of_text
        return f"“{file.name}”{where}" if where else ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}:{self.sheet}!{self.cell}" if self.sheet else f"{self.file}:{self.cell}"
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        return self.file


class Related(NamedTuple):
    """Another place that explains a diagnostic, with a few words why."""

    position: Position
    message: str


class Diagnostic(NamedTuple):
    """One mistake: a stable ``id``, a Chinese message, its place, the way out.

    ``places`` are where the same stands again; ``text`` are the words it is about, where it is about words. ``about``
    is what a list of many such mistakes names: what is unknown, or lacks something, as in 门诊的上年.
    """

    id: str
    message: str
    position: Position
    severity: Severity = Severity.ERROR
    hint: str = ""
    related: tuple[Related, ...] = ()
    places: tuple[Position, ...] = ()
    text: str = ""
    about: str = ""


class HealthReportError(Exception):
    """The one exception for mistakes a user can make or mend; it carries diagnostics."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(f"{d.position}: {d.message}" for d in self.diagnostics))


def error(id: str, message: str, position: Position, *, hint: str = "") -> HealthReportError:
    """Return an exception that carries one error."""
    return HealthReportError([Diagnostic(id, message, position, hint=hint)])


def did_you_mean(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like ``word``, if any is like it at all.

    Of thousands of choices those are compared that have the most characters in common with it. What is as long as a
    sentence is no slip of the hand.
    """
    from difflib import SequenceMatcher
    from heapq import nsmallest

    if len(word) > _LONGEST_WORD:
        return None
    chars = [*dict.fromkeys(word)]
    counts = [*map(word.count, chars)]
    near = []
    for index, choice in enumerate(choices):
        length = len(word) + len(choice)
        if 2 * min(len(word), len(choice)) >= _ALIKE * length:
            common = 2 * sum(map(min, counts, map(choice.count, chars))) / (length or 1)
            if common >= _ALIKE:
                near.append((-common, index, choice))
    scored = [
        (SequenceMatcher(None, word, choice).ratio(), -index, choice)
        for _, index, choice in nsmallest(_MOST_COMPARED, near)
    ]
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] >= _ALIKE else None


def likeliest(word: str, choices: Collection[str]) -> str:
    """Return the choices as they are listed in a way out: all of a few, of many the five that are most like a word."""
    if len(choices) <= _FEW:
        return "、".join(choices)
    from heapq import nlargest

    def alike(choice: str) -> tuple[float, int]:
        common = sum(min(word.count(char), choice.count(char)) for char in dict.fromkeys(word))
        return 2 * common / (len(word) + len(choice) or 1), len(choice)

    return "、".join(nlargest(_LIKELIEST, choices, alike)) + f"等{len(choices)}个"


def or_rather(message: str, guess: str | None) -> str:
    """Return the message of what is not known, with what was perhaps meant: “没有甲，是否为“乙”？”, “没有甲。”."""
    return f"{message}，是否为“{guess}”？" if guess else f"{message}。"
