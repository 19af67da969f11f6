"""A text in which slips are mended so that the rest can be read: its places are those of the text as it is written."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.yaml.nodes import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.diagnostics import Position


class Edit(NamedTuple):
    """What stands between two offsets, and what is to stand there instead; no line begins or ends by it."""

    start: int
    end: int
    text: str


class Mended(Source):
    """A text that differs from the one that is ``written``; lines are the same."""

    __slots__ = ("_origins", "mended", "written")

    def __init__(
        self,
        written: Source,
        text: str | None = None,
        origins: array[int] | None = None,
        mended: tuple[tuple[int, int], ...] = (),
    ) -> None:
        super().__init__(written.name, written.text if text is None else text)
        self.written = written
        self.mended = mended
        """What was mended, from and to, in the text as it is written."""
        self._origins = array("L", range(len(written.text) + 1)) if origins is None else origins

    def position(self, start: int, end: int | None = None) -> Position:
        """Return the place where the characters between two offsets are written."""
        first, length = self._origins[start], len(self.text)
        last = None if end is None else self._origins[min(end, length) - 1] + 1 if min(end, length) > start else first
        return self.written.position(first, last)

    def offset(self, place: Position) -> int:
        """Return where what is written at a place stands now."""
        return bisect_left(self._origins, self.written.line_starts()[place.line - 1] + place.column - 1)

    def origin(self, at: int) -> int:
        """Return where what stands at an offset is written."""
        return self._origins[at]

    def is_mended(self, place: Position) -> bool:
        """Say whether what is written at a place was mended."""
        at = self.written.line_starts()[place.line - 1] + place.column - 1
        return any(start <= at < end for start, end in self.mended)

    def line_of(self, at: int) -> int:
        """Return the number of the line around an offset."""
        return bisect_right(self.line_starts(), at)

    def with_edits(self, edits: Sequence[Edit]) -> Mended:
        """Return the text with edits made; of two that overlap the first in the text counts."""
        parts: list[str] = []
        origins = array("L")
        at = 0
        for edit in sorted(edits):
            if edit.start < at:
                continue
            parts += [self.text[at : edit.start], edit.text]
            origins += self._origins[at : edit.start]
            last = max(edit.end - 1, edit.start)
            origins.extend(self._origins[min(edit.start + index, last)] for index in range(len(edit.text)))
            at = edit.end
        origins += self._origins[at:]
        mended = tuple((self._origins[edit.start], self._origins[edit.end]) for edit in edits)
        return Mended(self.written, "".join([*parts, self.text[at:]]), origins, (*self.mended, *mended))
