"""What one round of changes gives, whatever kind of file it is made in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.diagnostics import Position


class Done(NamedTuple):
    """A place where words were changed."""

    position: Position
    before: str
    after: str


class Left(NamedTuple):
    """A place where words are to be changed and are not, with the reason."""

    position: Position
    before: str
    after: str
    why: str


class Step(NamedTuple):
    """What a round has changed, by file, and left; ``files`` are the bytes of those that are written as they are."""

    places: dict[Path, tuple[Done, ...]]
    left: tuple[Left, ...]
    files: dict[Path, bytes]
