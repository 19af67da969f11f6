"""Dates that cannot be."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

# Each begins with a character that is rare; what stands before it is looked at where it occurs.
_DAY = re.compile(r"月([0-9]{1,2})日")
_MONTH = re.compile(r"年([0-9]{1,2})月(?![0-9]{1,2}日|龄)")
_CHINESE = re.compile(r"月([一二三四五六七八九十]{1,3})日")
_ISO = re.compile(r"(?:19|20)[0-9]{2}([-/])([0-9]{1,2})\1([0-9]{1,2})(?![0-9./-])")
_MONTH_BEFORE = re.compile(r"(?:(?<![0-9])([0-9]{4})年)?(?<![0-9.])([0-9]{1,2})$")
_YEAR_BEFORE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}$")
_CHINESE_BEFORE = r"(?<![一二三四五六七八九十〇零○])[一二三四五六七八九十]{1,2}$"
_REACH = 12
_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九", 1)}
_LEAP = 2000
_GLUED = tuple("0123456789./-")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 2月30日, 13月5日, 2023年2月29日; 12月31日 and 24月龄 are right."""
    text = subject.joined
    for start, end in sorted(_spans(text.text)):
        spot = text.spot(start, end)
        yield Finding(f"日历上没有“{spot.words}”。", spot, "请核对日期。")


def _spans(words: str) -> Iterator[tuple[int, int]]:
    for match in _DAY.finditer(words):
        before = _MONTH_BEFORE.search(words[max(match.start() - _REACH, 0) : match.start()])
        if before and not _is_day(before[1], before[2], match[1]):
            yield match.start() - len(before[0]), match.end()
    for match in _MONTH.finditer(words):
        before = _YEAR_BEFORE.search(words[max(match.start() - _REACH, 0) : match.start()])
        if before and not 1 <= int(match[1]) <= 12:
            yield match.start() - 4, match.end()
    for match in _CHINESE.finditer(words):
        before = re.search(_CHINESE_BEFORE, words[max(match.start() - _REACH, 0) : match.start()])
        if before and not _is_day(None, _number(before[0]), _number(match[1])):
            yield match.start() - len(before[0]), match.end()
    for match in _ISO.finditer(words):
        if words[match.start() - 1 : match.start()] not in _GLUED and not _is_day(match[0][:4], match[2], match[3]):
            yield match.span()


def _is_day(year: str | None, month: str | int, day: str | int) -> bool:
    """Say whether there is such a day; of an unknown year, in some year."""
    of_year, of_month = int(year or _LEAP), int(month)
    return 1 <= of_month <= 12 and of_year > 0 and 1 <= int(day) <= monthrange(of_year, of_month)[1]


def _number(words: str) -> int:
    """Return a Chinese number below a hundred; 0 of what is none."""
    tens, mark, ones = words.partition("十")
    if not mark:
        return _DIGITS.get(words, 0)
    return _DIGITS.get(tens, 0 if tens else 1) * 10 + _DIGITS.get(ones, 0)


IMPOSSIBLE_DATE = TextRule(
    "HR705",
    Severity.ERROR,
    _find,
    name="没有这一天",
    basis="数据",
    why="日历上没有这一天，一定是打错了。",
    certain=True,
    bad=(
        "2022年2月30日召开会议。",
        "请于4月31日前报送。",
        "2023年2月29日完成。",
        "2022年13月完成验收。",
        "截至2022-02-30，建档率达标。",
        "于九月三十一日前完成。",
    ),
    good=(
        "12月31日前完成，5月31日、2月29日均可。",
        "2024年2月29日召开会议，检查12月30日完成。",
        "7月龄婴儿，满24月龄儿童，为期18个月，培训共16月，分四期。",
        "二月二十八日至三月三十一日，二〇二二年十二月三十一日。",
        "版本2022.13.45，编号2022/13/45/6。",
    ),
)
