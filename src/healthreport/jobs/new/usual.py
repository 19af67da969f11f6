"""What is usual in a new report, where nobody says otherwise: genre, year, level, superior, the file's name."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from healthreport.diagnostics import Position
from healthreport.jobs.new import sections, skeleton

if TYPE_CHECKING:
    from healthreport.jobs.new.given import Given
    from healthreport.jobs.new.skeleton import Wanted
    from healthreport.reading.resources import Resources

_FIRST_GENRE = "年度工作总结"


def wanted(given: Given, resources: Resources) -> Wanted:
    """Return what the skeleton is to be of: as given, or usual. Raises :class:`HealthReportError`."""
    genre = skeleton.genre_name(resources, given.genre or _FIRST_GENRE)
    year = given.year or default_year(skeleton.header(resources, genre).get("year", ""), datetime.date.today())
    known = sections.levels(resources)
    level = given.level or sections.level_of(given.org, known) or next(iter(known))
    return skeleton.Wanted(genre, year, level, given.org, given.superior, given.sections)


def file_name(new: Wanted) -> str:
    """Return the usual name for a new report's file: 2022年度工作总结.yaml."""
    return f"{new.year}{'' if new.genre.startswith('年') else '年'}{new.genre}.yaml"


def superior(new: Wanted, resources: Resources) -> str:
    """Return who stands above a unit like this."""
    level = sections.level_named(new.level, sections.levels(resources), Position("--level"))
    return str(skeleton.local_words(new._replace(superior=""), level)["上级"])


def recipient(new: Wanted, resources: Resources) -> str:
    """Return whom a genre addresses, or 无; empty for a genre that addresses nobody."""
    usual = skeleton.header(resources, new.genre).get("recipient", "")
    return usual if usual != "上级" else new.superior or superior(new, resources)


def default_year(kind: str, today: datetime.date) -> int:
    """Return the year a genre is about: of what is past (before July: last year), current or coming."""
    second_half = today.month >= 7
    return today.year + {"past": 0 if second_half else -1, "coming": 1 if second_half else 0}.get(kind, 0)
