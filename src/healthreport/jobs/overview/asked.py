"""What is asked of townships, and what of it one of them did not give."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import HealthReportError
from healthreport.figures.last_sources import LastSources
from healthreport.jobs import needs
from healthreport.jobs.needs import LAST, TARGET, VALUE
from healthreport.model.build import known_names
from healthreport.model.references import FIELDS
from healthreport.reading.differences import indicators_of
from healthreport.reading.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from healthreport.jobs.needs import Need
    from healthreport.model.build import Built
    from healthreport.model.indicators import Indicator
    from healthreport.reading.base import Base


class Lacks(NamedTuple):
    """What a township did not give: figures and own words that are missing, and those that clauses alone use.

    ``shown`` are what a table of townships alone shows: missing where another gave it, a dash where nobody did.
    """

    missing: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    def beside(self, nobody: Collection[str]) -> Lacks:
        """Return what is missing beside others, where these are the figures that nobody gave."""
        return Lacks((*self.missing, *(one for one in self.shown if one not in nobody)), self.spared)


class Asked:
    """What is asked of those on one base, or by a report of itself.

    ``figures`` are indicators with their keys, ``words`` own words and fields; of each whether it may be left out,
    for nothing but clauses uses it; ``shown`` are the figures that tables of townships alone show.
    """

    def __init__(self, asking: Iterable[Need], words: dict[str, bool], sources: LastSources) -> None:
        asking = [*asking]
        self.figures = _figures(asking)
        self.shown = {(need.name, key) for need in asking for key in need.keys if key in need.shown}
        self.shown -= {(need.name, key) for need in asking for key in need.keys if key not in need.shown}
        self.words = words
        self._sources = sources

    @property
    def asks(self) -> bool:
        """Say whether anything is asked."""
        return bool(self.figures or self.words)

    def lacks(self, built: Built) -> Lacks:
        """Return what a report did not give."""
        missing: list[str] = []
        spared: list[str] = []
        shown: list[str] = []
        values = built.numbers.values
        for (name, key), may_lack in self.figures.items():
            if key == VALUE and name in values:
                continue
            lacking = shown if (name, key) in self.shown else spared if may_lack else missing
            lacking.extend(_lacking(built, name, key, self._sources))
        for name, may_lack in self.words.items():
            if not _is_said(built, name):
                (spared if may_lack else missing).append(name)
        return Lacks(tuple(missing), tuple(spared), tuple(shown))


def _is_said(built: Built, name: str) -> bool:
    """Say whether there are own words of a name, or a field of the report."""
    return bool(built.report.said(name)) if name in built.report.words or name in FIELDS else False


def _lacking(built: Built, name: str, key: str, sources: LastSources) -> Iterator[str]:
    """Yield what a report lacks of a figure: all of it, or some of its parts."""
    indicator = built.report.indicators.get(name)
    if indicator is None:
        yield said(name, key)
    elif key == VALUE:
        if built.value(name) is None and not indicator.range and indicator.formula is None:
            parts = indicator.parts if isinstance(indicator.parts, dict) else {}
            empty = [part for part, given in parts.items() if given is None]
            if parts and len(empty) < len(parts):
                yield from (said(name, part) for part in empty)
            elif not indicator.parts or parts:
                yield said(name, key)
    elif not indicator.has_none(key):
        given = built.target(name) is not None if key == TARGET else sources.has(built, name)
        if not given:
            yield said(name, key)


def said(name: str, key: str) -> str:
    """Return how a figure is called in a list: 门诊, 门诊（上年）."""
    return name if key == VALUE else f"{name}（{key}）"


@Kept(2)
def by_base(base: Base, county: Base | None) -> Asked:
    """Return what is asked of those on a base, by it and by the county's report; their mistakes are told elsewhere."""
    try:
        whole = needs.whole(base)
        counties = [*_counties(base, county)]
        asking = [need for one in counties for need in _of_county(one)]
        asking = asking if base.is_county else [*needs.of(base), *asking]
        words = {} if base.is_county else needs.words(whole)
    except HealthReportError:
        return Asked((), {}, _sources({}))
    return Asked(asking, words, _sources(whole.report.indicators))


def by_report(built: Built, base: Base | None, county: Base | None) -> Asked:
    """Return what is asked of a report with texts of its own: by these, by the county's report, by its base values.

    What its base's text compares them with is no matter of its own.
    """
    try:
        asking = [need for one in _counties(base, county) for need in _of_county(one)]
        known = indicators_of(base.definitions) if base else {}
        asking += [one.used if one.name in known else one for one in needs.in_report(built)]
        if base and not base.is_county:
            asking += [one._replace(keys=(VALUE,)) for one in needs.of(base) if VALUE in one.keys]
        words = needs.words(built)
    except HealthReportError:
        asking, words = [], {}
    return Asked(asking, words, _sources(built.report.indicators))


def _counties(base: Base | None, county: Base | None) -> Iterator[Base]:
    """Yield the county's report that was named, and the one among the bases, each once."""
    while base and not base.is_county:
        base = base.under
    found = {str(one.file.path): one for one in (base, county) if one}
    yield from found.values()


def _of_county(county: Base) -> Iterator[Need]:
    """Yield what a county's report asks of its townships: nothing that it says itself."""
    whole = needs.whole(county)
    for need in needs.of(county):
        name = need.name
        indicator = whole.report.indicators[name]
        itself = {VALUE: whole.value(name) or indicator.range, TARGET: need.target, LAST: whole.last(name)}
        yield need._replace(keys=tuple(key for key in need.keys if not itself[key]))


def _figures(asking: Sequence[Need]) -> dict[tuple[str, str], bool]:
    """Return each figure that is asked for, and whether nothing but clauses uses it."""
    printed = {(need.name, key) for need in asking for key in need.printed}
    in_clauses = {(need.name, key) for need in asking for key in need.in_clauses}
    asked = ((need.name, key) for need in asking for key in need.keys)
    return {at: at in in_clauses and at not in printed for at in asked}


def _sources(indicators: Mapping[str, Indicator]) -> LastSources:
    return LastSources(indicators, known_names(indicators))
