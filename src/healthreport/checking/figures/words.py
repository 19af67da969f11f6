"""The words by which figures are known to hang together, from ``templates/checking/数的关系.yaml``."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from healthreport.checking.known import Known
from healthreport.reading.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "数的关系"


class FigureCues:
    """The lists, and the patterns that are made of them when they are first asked for."""

    def __init__(self, lists: dict[str, tuple[str, ...]], counted: frozenset[str]) -> None:
        self.lists = lists
        self.counted = counted
        self._patterns: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, pattern: str) -> re.Pattern[str]:
        """Return a pattern in which ``<词>`` stands for the words of a list: ``<上年>的?$``."""
        found = self._patterns.get(pattern)
        if found is None:
            found = self._patterns[pattern] = re.compile(re.sub(r"<(\w+)>", lambda name: self.any_of(name[1]), pattern))
        return found

    def any_of(self, *names: str) -> str:
        """Return an alternation of the words of lists, the longest first."""
        words = {word for name in names for word in self.lists[name]}
        return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"

    @cached_property
    def families(self) -> dict[str, str]:
        """What stands for each unit that is the same as others."""
        groups = (group.split() for group in self.lists["同单位"])
        return {unit: group[0] for group in groups for unit in group}

    @cached_property
    def complements(self) -> tuple[tuple[str, ...], ...]:
        """Words of which each is a part, and all are the whole."""
        return tuple(tuple(group.split()) for group in self.lists["互补"])

    @cached_property
    def classes(self) -> tuple[tuple[str, ...], ...]:
        """Words of classes that do not overlap within one: degrees, ages."""
        return tuple(tuple(group.split()) for group in self.lists["分类"])

    @cached_property
    def averages(self) -> dict[str, tuple[str, ...]]:
        """Words for averages, with the units of what they are taken over."""
        return dict(_pairs(self.lists["均"]))

    @cached_property
    def numerators(self) -> dict[str, tuple[str, ...]]:
        """The words that stand before the numerator of a rate, by its name without 率."""
        return dict(_pairs(self.lists["率的分子"]))


def _pairs(entries: Iterable[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    for entry in entries:
        name, _, rest = entry.partition("=")
        yield name, tuple(rest.split())


@Kept(1)
def figure_cues(known: Known) -> FigureCues:
    """Return the words, as the folders of templates have them."""
    return FigureCues(known.lists(FILE), known.units.counted)
