"""``word/numbering.xml`` (17.9): native lists, and the number that each of their paragraphs shows."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.word.names import VAL, W, is_on, number
from healthreport.reading.word.number_formats import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from healthreport.reading.word.package import Package
    from healthreport.reading.word.styles import Styles

LEVELS = 9
_DECIMAL = "decimal"
_HOLE = re.compile("%([1-9])")
_LONGEST = 100  # of a label in characters, and of the pattern of its number: nobody's is near as long
_MOST_LINKS = 8  # of a list to a list style, which may lead to the next


class Level(NamedTuple):
    """A level of a list: where it starts, how it counts, and what stands around its number.

    ``restart`` is the level, from 1, at whose paragraphs it starts again, with those above; 0 means never.
    ``legal`` shows the numbers of the levels above in digits. ``style`` is the paragraph style that stands for it.
    """

    start: int = 1
    format: str = _DECIMAL
    pattern: str = ""
    text: str = ""
    restart: int = 0
    legal: bool = False
    style: str = ""
    indent: Mapping[str, str] = {}


class List(NamedTuple):
    """A ``w:num``: the list it is an instance of, its levels, and those whose start is its own."""

    list: str
    levels: tuple[Level, ...]
    starts: frozenset[int]

    def level_of(self, style: str) -> int | None:
        """Return the level, from 0, that a paragraph style stands for."""
        return next((at for at, level in enumerate(self.levels) if level.style == style), None)


class Story:
    """How far each list has counted: in the body, or in one text box, which count for themselves."""

    def __init__(self) -> None:
        self.counters: dict[str, list[int | None]] = {}
        self.restarted: set[tuple[str, int]] = set()


class Lists:
    """The native lists of a Word file; each is read when it is first met."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._package = package
        self._styles = styles
        self._read: dict[str, List | None] = {}

    def get(self, id: str) -> List | None:
        """Return a list by its ``w:numId``; 0 is none (17.9.18)."""
        if id not in self._read:
            self._read[id] = self._list(id, _MOST_LINKS)
        return self._read[id]

    def label(self, id: str, at: int, story: Story) -> str:
        """Count one more paragraph of a list at a level from 0, and return its number; a bullet is none.

        Instances of one list count on where the other stopped. What an instance starts anew it starts once. A level
        above that nobody used counts as used, as Word and LibreOffice have it.
        """
        one = self.get(id)
        if one is None or at >= len(one.levels):
            return ""
        counters = story.counters.setdefault(one.list, [None] * LEVELS)
        if at in one.starts and (id, at) not in story.restarted:
            story.restarted.add((id, at))
            counters[at] = None
        for above in range(at):
            counters[above] = one.levels[above].start if counters[above] is None else counters[above]
        before = counters[at]
        counters[at] = one.levels[at].start if before is None else before + 1
        for below in range(at + 1, len(one.levels)):
            if at < one.levels[below].restart:
                counters[below] = None
        return _written(one, at, counters)

    def _list(self, id: str, links: int) -> List | None:
        instance = self._instances.get(id)
        abstract = None if instance is None else instance.find(f"{W}abstractNumId")
        if instance is None or abstract is None or not links:
            return None
        name = abstract.get(VAL, "")
        definition = self._definitions.get(name)
        link = None if definition is None else definition.find(f"{W}numStyleLink")
        levels = [Level()] * LEVELS
        if link is not None:
            levels = list(self._linked(link.get(VAL, ""), links - 1))
        elif definition is not None:
            for one in definition.iterchildren(f"{W}lvl"):
                _put(levels, one, one)
        starts = set()
        for override in instance.iterchildren(f"{W}lvlOverride"):
            for own in override.iterchildren(f"{W}lvl"):
                _put(levels, override, own)
            start, at = override.find(f"{W}startOverride"), number(override.get(f"{W}ilvl"))
            if start is not None and 0 <= at < LEVELS:
                levels[at] = levels[at]._replace(start=number(start.get(VAL)))
                starts.add(at)
        return List(name, tuple(levels), frozenset(starts))

    def _linked(self, style: str, links: int) -> tuple[Level, ...]:
        """Return the levels of the list that a list style names (17.9.21)."""
        properties = self._styles.numbering(style)
        id = None if properties is None else properties.find(f"{W}numId")
        one = None if id is None else self._list(id.get(VAL, ""), links)
        return one.levels if one else (Level(),) * LEVELS

    @cached_property
    def _root(self) -> Element | None:
        return self._package.xml(self._package.related("/numbering"))

    @cached_property
    def _instances(self) -> dict[str, Element]:
        return self._by_id("num", "numId")

    @cached_property
    def _definitions(self) -> dict[str, Element]:
        return self._by_id("abstractNum", "abstractNumId")

    def _by_id(self, tag: str, id: str) -> dict[str, Element]:
        found = [] if self._root is None else self._root.iterchildren(f"{W}{tag}")
        return {one.get(f"{W}{id}", ""): one for one in found}


def _put(levels: list[Level], named: Element, level: Element) -> None:
    at = number(named.get(f"{W}ilvl"), -1)
    if 0 <= at < LEVELS:
        levels[at] = _level(level, at)


def _level(element: Element, at: int) -> Level:
    values = {one.tag: one.get(VAL) for one in element if one.get(VAL) is not None}
    formats = list(element.iter(f"{W}numFmt"))  # one of an mc:AlternateContent comes first
    indent, legal = element.find(f"{W}pPr/{W}ind"), element.find(f"{W}isLgl")
    hidden = element.find(f"{W}rPr/{W}vanish")
    return Level(
        number(values.get(f"{W}start")),
        formats[0].get(VAL, _DECIMAL) if formats else _DECIMAL,
        formats[0].get(f"{W}format", "")[:_LONGEST] if formats else "",
        "" if hidden is not None and is_on(hidden) else (values.get(f"{W}lvlText") or "")[:_LONGEST],
        number(values.get(f"{W}lvlRestart"), at),
        legal is not None and is_on(legal),
        values.get(f"{W}pStyle") or "",
        {} if indent is None else dict(indent.attrib),
    )


def _written(one: List, at: int, counters: list[int | None]) -> str:
    level = one.levels[at]
    if level.format == "bullet":
        return ""

    def number_of(hole: re.Match[str]) -> str:
        other = int(hole[1]) - 1
        counter, of = counters[other], one.levels[other]
        if counter is None or of.format == "bullet":
            return ""
        # Word keeps the level's own format with isLgl, 17.9.4 notwithstanding: Section 1.01.
        return shown(counter, _DECIMAL if level.legal and other < at else of.format, of.pattern)

    return _HOLE.sub(number_of, level.text).strip()[:_LONGEST]
