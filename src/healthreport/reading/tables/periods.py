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
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DIGIT = "[〇○零0一二三四五六七八九]"
# A year in a title: 2022年, 2022 at its end or before months, 二〇二二年, 22年, a day; no 〔2022〕5号, no 近15年.
_YEARS_IN_TITLE = (
    re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?=年|\D{0,2}\d{1,2}[-—–~～至]\d{1,2}月)"),
    re.compile(r"(?<!\d)(20\d\d)(?=[-./]\d{1,2}(?:[-./]\d{1,2})?(?!\d))"),
    re.compile(r"(?<!\d)(20\d\d)(?=(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d))"),
    re.compile(r"(?<![\d.-])(20\d\d)(?=\)(?!第?\d+号)|$)"),
    re.compile(rf"(?<!{_DIGIT})(二[〇○零0]{_DIGIT}{{2}})(?=年)"),
    re.compile(r"(?<![\d近第前后满每历过续约共院作务业教医龄限])([12]\d)(?=年(?!以[上下内]|来|期|内|间|制|龄))"),
)
_COUNT = r"(?:\d{1,2}|[一二三四五六七八九]|十[一二]?)"
_APART = r"(?<![\d〇○零一二三四五六七八九十])"
# Months in a title, in the order in which they are looked for: from and to, up to one, by name, one alone.
_MONTHS_IN_TITLE = (
    (re.compile(rf"{_APART}({_COUNT})(?:月份?)?{_DASH}({_COUNT})个?月"), "span"),
    (re.compile(rf"([1-4一二三四]){_DASH}([1-4一二三四])季度"), "quarters"),
    (re.compile(rf"前({_COUNT})个月|截[至止]到?(?:\d{{2,4}}年)?({_COUNT})月"), "to"),
    (re.compile(rf"({'|'.join(_NAMED)})"), "named"),
    (re.compile(rf"{_APART}({_COUNT})月[末底](?!前)"), "to"),
    (
        re.compile(
            rf"{_APART}({_COUNT})月(?!龄|以[上下内来]|份?(?:[前起]|启动|开始|以来)|[末底]前|(?:\d|{_COUNT}){{1,2}}[日号])"
        ),
        "one",
    ),
    (re.compile(r"20\d\d[-./](\d{1,2})(?![-./\d])"), "one"),
    (re.compile("(?<!每)(半)年"), "half"),
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
    """Return the years a title names, and the months: ``2023年1—11月各乡镇统计表``, ``前三季度``, ``11月份``, ``半年``.

    A day has a year and no months.
    """
    text = plain.squeezed(text)
    years = {_full_year(year.translate(_DIGITS)) for one in _YEARS_IN_TITLE for year in one.findall(text)}
    for pattern, kind in _MONTHS_IN_TITLE:
        if found := pattern.search(text):
            return years, _months_of(kind, found)
    return years, None


def _months_of(kind: str, found: re.Match[str]) -> tuple[int, int] | None:
    if kind == "half":
        return (1, 6)
    if kind == "named":
        return _NAMED[found[1]]
    counts = [_count(text) for text in found.groups() if text]
    first, last = (1 if kind == "to" else counts[0]), counts[-1]
    if kind == "quarters":
        first, last = first * 3 - 2, last * 3
    return (first, last) if 1 <= first <= last <= 12 else None


def _count(text: str) -> int:
    """Return a number up to twelve: 11, 十一."""
    _, ten, ones = text.translate(_DIGITS).rpartition("十")
    return 10 * bool(ten) + int(ones or 0)


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
