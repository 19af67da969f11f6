"""The names of indicators, looked up by what they begin, hold and end with, however many there are."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

_FEW = 8


class Names:
    """Knows names in their order, each with the unit of its indicator."""

    def __init__(self) -> None:
        self._order: dict[str, int] = {}
        self._units: dict[str, str] = {}
        self._by_ending: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_pair: dict[str, list[str]] = defaultdict(list)

    def add(self, name: str, unit: str) -> None:
        """Learn one more name."""
        self._order[name] = len(self._order)
        self._units[name] = unit
        for at in range(len(name)):
            alike = self._by_ending[name[at:], unit]
            alike[2:] = ()  # a third is as good as a second: the name is not the only one
            alike.append(name)
        for pair in {name[at : at + length] for length in (1, 2) for at in range(len(name) - length + 1)}:
            self._by_pair[pair].append(name)

    def of_one_ending(self, name: str, unit: str) -> list[str]:
        """Return names of that unit that a name ends with, or that end with it; of many no more than three."""
        endings = [name[at:] for at in range(len(name))]
        shorter = [ending for ending in endings if self._units.get(ending) == unit]
        return [*dict.fromkeys([*shorter, *self._by_ending.get((name, unit), ())])]

    def holding(self, words: str) -> list[str]:
        """Return names that are part of some words, or that hold them, in their order.

        What more than a few names hold says nothing of which of them is meant.
        """
        parts = {words[at:end] for at in range(len(words)) for end in range(at + 1, len(words) + 1)}
        found = {part for part in parts if part in self._order}
        pairs = [words[at : at + 2] for at in range(max(len(words) - 1, 1))]
        rarest = min((self._by_pair.get(pair, []) for pair in pairs), key=len)
        larger = [*islice((name for name in rarest if words in name), _FEW + 1)]
        larger = larger if len(larger) <= _FEW else []
        return sorted({*found, *larger}, key=self._order.__getitem__)
