"""Years and months in headings, against the year and the months of the document.

2023年 is this year's in a document of 2023 and last year's in one of 2024; what a column says of its months
has to be what the document is about.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import plain
from healthreport.reading.yaml.nodes import Scalar
from healthreport.values import scalars

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.reading.yaml.nodes import Mapping

_YEAR = r"(?P<year>(?:19|20|21)\d\d|\d\d(?=年))(?:年度?|(?=$)|\.0$|(?=全年))"
_DASH = r"(?:[-—–~～至到]|--|——)"
_NAMED = {
    "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
    "第一季度": (1, 3), "第二季度": (4, 6), "第三季度": (7, 9), "第四季度": (10, 12), "1季度": (1, 3), "2季度": (4, 6),
    "3季度": (7, 9), "4季度": (10, 12), "前三季度": (1, 9), "前3季度": (1, 9), "全年": (1, 12),
}  # fmt: skip
_MONTHS = re.compile(
    rf"(?:(?P<first>\d{{1,2}})(?:月份?)?{_DASH}(?P<last>\d{{1,2}})月份?"
    rf"|(?P<named>{'|'.join(_NAMED)})|(?P<month>\d{{1,2}})月份?(?P<end>末|底)?)"
)
_END = re.compile(r"(?:末|底|年末|年底|期末)")
_SAME = re.compile(r"同期(?:数|值)?")
_FULL = (1, 12)
_IN_TITLE = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?=年|\D{0,2}\d{1,2}[-—–~～至]\d{1,2}月|年度)")
_SPAN_IN_TITLE = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:月份?)?{_DASH}(\d{{1,2}})月|({'|'.join(_NAMED)})|(?<=年)(\d{{1,2}})月(?!\d{{0,2}}\d日)"
)


class Period(NamedTuple):
    """A year, months from first to last, or both; ``same`` says 同期: those of the year that is compared with."""

    year: int | None = None
    months: tuple[int, int] | None = None
    same: bool = False


class Stands(Enum):
    """Where a period stands to the document's: it is the same, that of last year, or neither."""

    NOW = auto()
    LAST = auto()
    NEITHER = auto()


class Document(NamedTuple):
    """What a document is about: its year, and its months; ``months`` is ``None`` where nobody can read 期间."""

    year: int | None
    months: tuple[int, int] | None = _FULL

    @property
    def is_one_month(self) -> bool:
        """Say whether 本月, not 累计, is what the document tells."""
        return self.months is not None and self.months[0] == self.months[1]

    def stands(self, period: Period) -> Stands:
        """Say which year's a column is."""
        if period.year is None:
            return Stands.LAST if period.same else Stands.NOW
        if self.year is None or not 0 <= self.year - period.year <= 1:
            return Stands.NEITHER
        if period.year == self.year:
            return Stands.NEITHER if period.same else Stands.NOW
        return Stands.LAST

    def compares_with(self, year: int | None) -> bool:
        """Say whether a growth over a year is that over last year, which the document tells; ``None`` is said of it."""
        return year is None or (self.year is not None and year == self.year - 1)

    def covers(self, period: Period) -> bool:
        """Say whether a column's months are the document's."""
        return period.months is None or period.months == self.months

    def is_of(self, period: Period) -> bool:
        """Say whether a period is the document's own, in years and in months."""
        return self.stands(period) is Stands.NOW and self.covers(period)

    def __str__(self) -> str:
        year = f"{self.year}年" if self.year else ""
        if self.months in (None, _FULL):
            return year or "全年"
        first, last = self.months or _FULL
        return f"{year}{first}月" if first == last else f"{year}{first}—{last}月"


@lru_cache(maxsize=4096)
def read(text: str) -> Period | None:
    """Read a whole heading as a period: ``2023年1—11月``, ``2022年同期``, ``上半年``, ``截至2023年12月``, ``2023``.

    ``None`` for any other text, such as 万年镇; bare numbers are years from 1900 on.
    """
    text = plain.squeezed(text)
    up_to = re.match("截[至止]到?", text)
    rest = text[up_to.end() :] if up_to else text
    dotted = re.fullmatch(r"((?:19|20)\d\d)[.-](0?[1-9]|1[0-2])", rest)
    if dotted:
        return _month(int(dotted[1]), int(dotted[2]), up_to=bool(up_to))
    found = re.match(_YEAR, rest)
    year = _full_year(found["year"]) if found else None
    rest = rest[found.end() :] if found else rest
    if found and not rest:
        return Period(year)
    if found and _END.fullmatch(rest):
        return Period(year)
    same = _SAME.search(rest) if rest.endswith(("同期", "同期数", "同期值")) else None
    rest = rest[: same.start()] if same else rest.removesuffix("累计") if rest != "累计" else rest
    if same and not rest:
        return Period(year, None, True) if found else None
    match = _MONTHS.fullmatch(rest)
    if match is None or (match["named"] == "全年" and not found):
        return None
    return _of(year, match, up_to=bool(up_to or match["end"]), same=bool(same))


def _of(year: int | None, match: re.Match[str], *, up_to: bool, same: bool) -> Period | None:
    if match["named"]:
        return Period(year, _NAMED[match["named"]], same)
    if match["month"]:
        period = _month(year, int(match["month"]), up_to=up_to)
        return period._replace(same=same) if period else None
    first, last = int(match["first"]), int(match["last"])
    return Period(year, (first, last), same) if 1 <= first < last <= 12 else None


def _month(year: int | None, month: int, *, up_to: bool) -> Period | None:
    if not 1 <= month <= 12:
        return None
    return Period(year, (1 if up_to else month, month))


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def of_title(text: str) -> tuple[set[int], tuple[int, int] | None]:
    """Return the years a title names, and the months: ``2023年1—11月各乡镇统计表``, ``前三季度``; a date has none."""
    text = plain.squeezed(text)
    years = {int(year) for year in _IN_TITLE.findall(text)}
    span = _SPAN_IN_TITLE.search(text)
    if span is None:
        return years, None
    if span[3]:
        return years, _NAMED[span[3]]
    first, last = (int(span[1]), int(span[2])) if span[1] else (int(span[4]), int(span[4]))
    return years, (first, last) if 1 <= first <= last <= 12 else None


def document_of(base: Mapping) -> Document:
    """Return the year and months a report is about: 年度, 期间, 截至, and the half year of its genre."""
    year = _field(base, "年度", scalars.read_year)
    said = _text(base, "期间")
    if said:
        period = read(said) or read(f"{year or 2000}年{said}")
        return Document(year, period.months if period and period.months else None)
    day = _field(base, "截至", lambda text: scalars.read_date(text).month)
    if day:
        return Document(year, (1, day))
    return Document(year, (1, 6) if _text(base, "体裁") in ("半年工作总结", "half-year-summary") else _FULL)


def _text(base: Mapping, key: str) -> str:
    node = base.get(key)
    return node.value if isinstance(node, Scalar) else ""


def _field(base: Mapping, key: str, reader: Callable[[str], int]) -> int | None:
    text = _text(base, key)
    try:
        return reader(text) if text else None
    except ValueError:
        return None  # the model reports it
