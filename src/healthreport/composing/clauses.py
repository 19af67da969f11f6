"""Report + the names that have a value → Report, in which nothing hangs on a missing figure any more.

A clause goes whole. A paragraph, a point or an item that was nothing but such clauses goes with them, a section that
is left empty goes with its heading; labels close up, for numbering sees none of them. All of it is known before
templating, so that reports on one base that lack the same figures share structure and document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.composing.pruning import pruned
from healthreport.diagnostics import error
from healthreport.figures import openings
from healthreport.figures.last_sources import LastSources
from healthreport.figures.openings import Finding
from healthreport.figures.presence import Presence
from healthreport.model.build import known_names
from healthreport.reading.kept import Kept

if TYPE_CHECKING:
    from healthreport.diagnostics import Diagnostic
    from healthreport.figures.openings import Gaps, Openings
    from healthreport.model.build import Built
    from healthreport.reading.base import Base
    from healthreport.reading.resources import Resources

_SECTIONS = ("achievements", "problems", "plans", "sections")


class Settled(NamedTuple):
    """A report as it is to be printed, and what there is to say of what is not: notes, and mistakes in clauses.

    ``nowhere`` are the names that clauses, tables and formulas ask for and that there are not.
    """

    built: Built
    found: tuple[Diagnostic, ...] = ()
    nowhere: frozenset[str] = frozenset()


def settle(built: Built, base: Base | None, resources: Resources, *, draft: bool = False) -> Settled:
    """Return a report without the clauses that lack something; in a draft they are printed with their blanks.

    Raises :class:`HealthReportError` for a report that is left without sections, or without text where it has none.
    """
    common = built.common
    if base is None or common is None or built.redefined or _says_otherwise(built, common):
        left = _openings(built, resources, draft=draft)
        settled = _settled(built, left)
        return _told(settled._replace(built=_with_body(settled.built, built)), left, built)
    of_base = _of_base(base, resources, draft)
    if not any(of_base):
        return Settled(built)
    gaps = _gaps_of_base(base, resources, draft).left_by(built, _last_sources(base))
    under = _base_without(base, gaps, resources, draft)
    left = _left_of_base(base, gaps, resources, draft)
    if under.built is common:
        return _told(under._replace(built=built), left, built)
    own = {name: getattr(built.report, name) for name in built.differing}
    laid = built._replace(
        report=under.built.report.model_copy(update=own),
        texts=(*under.built.texts, *built.texts[len(common.texts) :]),
        tables=(*under.built.tables, *built.tables[len(common.tables) :]),
        left_out=under.built.left_out,
        emptied=under.built.emptied,
    )
    return _told(under._replace(built=_with_body(laid, built)), left, built)


def notes(built: Built, resources: Resources) -> list[Diagnostic]:
    """Return what there is to say of the clauses of a report that are not printed."""
    return [*openings.notes(_openings(built, resources, draft=False), built)]


def _says_otherwise(built: Built, common: Built) -> bool:
    """Say whether a report has other clauses than its base, or more tables of indicators."""
    return built.clauses != common.clauses or len(built.tables) > len(common.tables)


@Kept(2)
def _of_base(base: Base, resources: Resources, draft: bool) -> Openings:
    """Return what of a base hangs on the figures of those who stand on it."""
    assert base.built is not None
    return _openings(base.built, resources, draft=draft)


@Kept(2)
def _gaps_of_base(base: Base, resources: Resources, draft: bool) -> Gaps:
    return _of_base(base, resources, draft).gaps


@Kept(2)
def _last_sources(base: Base) -> LastSources:
    """Return what last year's values are computed of, in a base and all on it that define no indicator anew."""
    assert base.built is not None
    indicators = base.built.report.indicators
    return LastSources(indicators, known_names(indicators))


@Kept(256)
def _base_without(base: Base, gaps: Gaps, resources: Resources, draft: bool) -> Settled:
    """Return a base as all reports have it that leave the same open."""
    assert base.built is not None
    return _settled(base.built, _left_of_base(base, gaps, resources, draft))


@Kept(256)
def _left_of_base(base: Base, gaps: Gaps, resources: Resources, draft: bool) -> Openings:
    return _of_base(base, resources, draft).left(gaps)


def _openings(built: Built, resources: Resources, *, draft: bool) -> Openings:
    presence = Presence(built, lambda name: name in resources.standard_indicators)
    return Finding(built, presence).openings(draft=draft)


def _settled(built: Built, left: Openings) -> Settled:
    return Settled(pruned(built, left), left.mistakes, frozenset(left.nowhere))


def _told(settled: Settled, left: Openings, built: Built) -> Settled:
    """Return what was settled with what there is to say of a report's clauses, which its own numbers decide about."""
    return settled._replace(found=(*settled.found, *openings.notes(left, built)))


def _with_body(left: Built, whole: Built) -> Built:
    """Refuse a report of which none of its sections is left, or where it has none nothing of its text."""
    body = _SECTIONS if _has_any(whole, _SECTIONS) else ("content",)
    if left is not whole and _has_any(whole, body) and not _has_any(left, body):
        message = "正文都是分句，里面的数一个也没有，没有可印的了。"
        raise error("nothing-left", message, whole.root.position(), hint="请填上数；只看样子可加 --draft。")
    return left


def _has_any(built: Built, fields: tuple[str, ...]) -> bool:
    return any(getattr(built.report, name) for name in fields)
