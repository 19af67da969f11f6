"""Replacements in a text: put in order, carried out, and several rounds of them made one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Edit(NamedTuple):
    """``text[start:end]`` is to become ``words``."""

    start: int
    end: int
    words: str


E = TypeVar("E", bound=tuple[object, ...])


def overlap(first: Edit, second: Edit) -> bool:
    """Say whether two edits, the first of which starts no later, change the same characters or stand in one place."""
    return second.start < first.end or second.start == first.start


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits carried out; they are in order and do not overlap."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.words]
        at = edit.end
    return "".join([*parts, text[at:]])


class Tracked:
    """A text that is edited again and again, and remembers of each character where it stood at first."""

    def __init__(self, text: str) -> None:
        self.first = text
        self._characters: list[tuple[str, int | None]] = [(character, at) for at, character in enumerate(text)]

    @property
    def now(self) -> str:
        """The text as it is now."""
        return "".join([character for character, _ in self._characters])

    def edit(self, edits: Iterable[Edit]) -> None:
        """Carry out edits on the text as it is now; they are in order and do not overlap."""
        for edit in reversed([*edits]):
            self._characters[edit.start : edit.end] = [(character, None) for character in edit.words]

    def edits(self) -> list[Edit]:
        """Return the edits that make of the first text the one that is there now.

        ``甲乙`` with 乙 made 丙 and then 丙 made 丁 → one edit, 乙 becomes 丁.
        """
        found, words, at = [], "", 0
        for character, origin in [*self._characters, ("", len(self.first))]:
            if origin is None:
                words += character
                continue
            if words or origin > at:
                found.append(Edit(at, origin, words))
            words, at = "", origin + 1
        return [edit for edit in found if self.first[edit.start : edit.end] != edit.words]
