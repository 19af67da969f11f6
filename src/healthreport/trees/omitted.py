"""What a reader leaves out on purpose, by kind: how often, and the words of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.trees.manuscript import LeftOut

if TYPE_CHECKING:
    from healthreport.diagnostics import Position

_SAMPLE = 40


class Omitted:
    """A list that grows while a document is read; kinds stand in the order they are met."""

    def __init__(self) -> None:
        self._kinds: dict[str, LeftOut] = {}

    def add(self, kind: str, sample: str, place: Position) -> None:
        """Note that something was left out once more."""
        known = self._kinds.get(kind)
        if known is None:
            words = " ".join(sample.split())
            shown = words if len(words) <= _SAMPLE else words[:_SAMPLE] + "…"
            self._kinds[kind] = LeftOut(kind, 1, shown, place)
        else:
            self._kinds[kind] = known._replace(times=known.times + 1, sample=known.sample or sample[:_SAMPLE])

    def listed(self) -> tuple[LeftOut, ...]:
        """Return what was left out."""
        return tuple(self._kinds.values())
