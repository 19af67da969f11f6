"""What changes in a text, as programs for patches read it: no line is added or taken away, so no line is sought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.reading.text_files import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AROUND = 3
_NO_END = "\\ No newline at end of file"


def diff(before: bytes, after: bytes, name: str) -> str:
    """Return the difference between two versions of a file that have the same lines, with three lines around each."""
    old, new = (decoded(data, name).text.split("\n") for data in (before, after))
    assert len(old) == len(new)
    lines = [f"--- {name}", f"+++ {name}"]
    for first, end in _hunks([at for at, line in enumerate(old) if line != new[at]], len(old) - (not old[-1])):
        lines.append(f"@@ -{first + 1},{end - first} +{first + 1},{end - first} @@")
        lines += _hunk(old, new, first, end)
    return "\n".join(lines)


def _hunks(changed: Sequence[int], lines: int) -> Iterator[tuple[int, int]]:
    """Yield the first line and the one behind the last of each hunk; those that touch are one."""
    start, end = 0, 0
    for at in changed:
        if end and at - _AROUND > end:
            yield start, end
            end = 0
        start = start if end else max(at - _AROUND, 0)
        end = min(at + _AROUND + 1, lines)
    if end:
        yield start, end


def _hunk(old: Sequence[str], new: Sequence[str], first: int, end: int) -> Iterator[str]:
    at = first
    while at < end:
        if old[at] == new[at]:
            yield from _line(" ", old, at)
            at += 1
            continue
        behind = at
        while behind < end and old[behind] != new[behind]:
            behind += 1
        for mark, lines in (("-", old), ("+", new)):
            for number in range(at, behind):
                yield from _line(mark, lines, number)
        at = behind


def _line(mark: str, lines: Sequence[str], at: int) -> Iterator[str]:
    yield mark + lines[at]
    if at == len(lines) - 1:  # what ends with a line break has an empty one behind it
        yield _NO_END
