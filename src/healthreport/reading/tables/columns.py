"""What each column of a sheet became, and why: a figure of an indicator, compared, a name, or left alone."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables.periods import Period
from healthreport.reading.tables.words import COMPARED, FIGURES, OF_OTHER_TIMES, Role

if TYPE_CHECKING:
    from healthreport.reading.tables.headings import Headings, Part

_SAYS_WHICH = COMPARED | OF_OTHER_TIMES | {Role.VALUE, Role.TO_DATE}
VALUE, TARGET, LAST = FIGURES
PARTS = "分项"
ONE = Fraction(1)


class Became(Enum):
    """What a column is taken for."""

    NAME = "单位名称"
    PARENT = "所属"
    MEASURE = "计量单位"
    FIELD = "字段"
    FIGURE = "指标"
    COMPARED = "核对"
    IGNORED = "没有用"


class Column(NamedTuple):
    """A column: its headings, what it became and why.

    A figure has an indicator and a key (数值, 目标, 上年; 分项 with the name of the part), the unit it is written
    in where that is not the declared one, and ``adds``, the columns it is the sum of, where it is one. A column that
    the sheet computed ``compares`` by its role, or without one by its indicator's formula. ``under`` is the indicator
    below whose 其中 a figure of another stands. What ``is_unknown`` has a name that nothing of the report has.
    """

    at: int
    heading: str
    became: Became
    indicator: str = ""
    key: str = ""
    why: str = ""
    part: str = ""
    unit: str = ""
    ratio: Fraction = ONE
    compares: Role | None = None
    adds: tuple[int, ...] = ()
    row: int = 0
    under: str = ""
    is_unknown: bool = False

    @property
    def is_formula(self) -> bool:
        """Say whether it is to be compared with what its indicator's formula gives."""
        return self.became is Became.COMPARED and self.compares is None

    @property
    def field(self) -> str:
        """The report's field that the column fills in."""
        return self.indicator if self.became is Became.FIELD else ""


class Meaning(NamedTuple):
    """What the headings of one column say together."""

    at: int
    row: int
    heading: str
    indicator: str = ""
    roles: frozenset[Role] = frozenset()
    period: Period | None = None
    unit: str = ""
    field: str = ""
    part: str = ""
    others: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    clash: str = ""
    unclear: str = ""
    under: str = ""
    than: int | None = None
    mixed: str = ""


def meaning(at: int, rows: tuple[int, ...], path: tuple[str, ...], headings: Headings) -> Meaning:
    """Return what a column's headings, from the top down, say together."""
    row = rows[-1] if rows else 0
    heading = " / ".join("".join(text.split()) for text in path)
    joined = headings.read("".join(path)) if len(path) > 1 else None
    if joined and joined.indicator and headings.indicator("".join(path)):
        return Meaning(at, row, heading, joined.indicator, joined.roles, joined.period, joined.unit)
    parts = [headings.read(text) for text in path]
    named = list(dict.fromkeys(part.indicator for part in parts if part.indicator))
    first = next((number for number, part in enumerate(parts) if part.indicator), len(parts))
    below = [part.text for part in parts[first + 1 :] if not part.known]
    periods = list(dict.fromkeys(part.period for part in parts if part.period))
    says_which = any(part.roles & _SAYS_WHICH for part in parts)
    return Meaning(
        at,
        row,
        heading,
        named[-1] if named else "",
        frozenset().union(*(part.roles for part in parts)),
        _together(periods),
        _unit(parts),
        next((part.field for part in reversed(parts) if part.field), ""),
        below[-1] if below else next((part.part for part in reversed(parts) if part.part), ""),
        tuple(named[:-1]),
        tuple(part.text for part in parts if not part.known),
        "、".join(str(one.year) for one in periods if one.year)
        if len(periods) > 1 and _together(periods) is None
        else "",
        next((part.text for part in parts[:first] if part.unclear), ""),
        than=next((part.than for part in parts if part.than), None),
        mixed=next((part.text for part in parts if part.mixed and not says_which), ""),
    )


def _unit(parts: list[Part]) -> str:
    return next((part.unit for part in reversed(parts) if part.unit), "")


def _together(periods: list[Period]) -> Period | None:
    """Return one period of several headings: 2023年 over 1—11月; none where they contradict each other."""
    if not periods:
        return None
    years = {one.year for one in periods if one.year is not None}
    months = {one.months for one in periods if one.months is not None}
    if len(years) > 1 or len(months) > 1:
        return None
    return Period(next(iter(years), None), next(iter(months), None), any(one.same for one in periods))
