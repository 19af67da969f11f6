"""What a report prints, compared with the manuscript that it was made of, paragraph by paragraph."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees.manuscript import Grid, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.diagnostics import Position
    from healthreport.trees.manuscript import Manuscript

_BLANK = re.compile(r"\s")
# How far down the title may stand, below a red head, and over how many lines.
_HEAD, _MOST_TITLE_LINES = 12, 4


class Difference(NamedTuple):
    """A paragraph that prints otherwise than it came in; ``after`` is what stands in its place.

    Where the report as it is written cannot be rendered at all, ``why`` says what is wrong with it there.
    """

    place: Position
    before: str
    after: str = ""
    why: str = ""


def bare(text: str) -> list[str]:
    """Return the lines of a text without any blanks, those that are not empty."""
    return [line for line in (_BLANK.sub("", line) for line in text.split("\n")) if line]


def differences(manuscript: Manuscript, printed: Sequence[str]) -> dict[int, Difference]:
    """Return the parts that do not print as they came in, by their index; ``printed`` are bare lines."""
    wanted = [(at, line) for at, part in enumerate(manuscript.parts) for line in lines_of(part)]
    wanted = _with_one_title(wanted, printed)
    lines = [line for _, line in wanted]
    return {} if lines == printed else dict(_compared(manuscript, wanted, lines, printed))


def _with_one_title(wanted: Sequence[tuple[int, str]], printed: Sequence[str]) -> list[tuple[int, str]]:
    """Return the lines with those of a title joined, where it is printed as one: the layout breaks it itself."""
    head = set(printed[:_HEAD])
    for start in range(min(_HEAD, len(wanted))):
        for end in range(start + 2, min(start + _MOST_TITLE_LINES, len(wanted)) + 1):
            joined = "".join(line for _, line in wanted[start:end])
            if joined in head and [wanted[start][1]] != [*printed[start : start + 1]]:
                return [*wanted[:start], (wanted[start][0], joined), *wanted[end:]]
    return [*wanted]


def lines_of(part: object) -> Iterator[str]:
    """Yield the bare lines of a paragraph, or of the rows of a table."""
    if isinstance(part, Line):
        yield from bare(part.label + part.words)
    elif isinstance(part, Grid):
        for row in part.rows:
            yield from bare("".join("\n".join(line.label + line.words for line in cell.lines) for cell in row))


def _compared(
    manuscript: Manuscript, wanted: Sequence[tuple[int, str]], lines: Sequence[str], printed: Sequence[str]
) -> Iterator[tuple[int, Difference]]:
    for tag, first, end, other, other_end in SequenceMatcher(None, lines, printed, autojunk=False).get_opcodes():
        if tag != "equal":
            after = "".join(printed[other:other_end])
            for at, line in wanted[first:end] or wanted[max(first - 1, 0) : first + 1]:
                yield at, Difference(manuscript.parts[at].place, line, after)  # type: ignore[union-attr]
