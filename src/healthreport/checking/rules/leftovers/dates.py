"""Dates that cannot be."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from healthreport.checking.joined import joined
from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_DAY = re.compile(r"(?:(?<![0-9])([0-9]{4})年)?(?<![0-9.])([0-9]{1,2})月([0-9]{1,2})日")
_MONTH = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}年([0-9]{1,2})月(?![0-9]{1,2}日|龄)")
_ISO = re.compile(r"(?<![0-9./-])((?:19|20)[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9./-])")
_CHINESE = re.compile(r"(?<![一二三四五六七八九十〇零○])([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九", 1)}
_LEAP = 2000


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 2月30日, 13月5日, 2023年2月29日; 12月31日 and 24月龄 are right."""
    text = joined(subject)
    words = text.text
    spans = [match.span() for match in _DAY.finditer(words) if not _is_day(*match.groups())] if "日" in words else []
    spans += [match.span() for match in _MONTH.finditer(words) if not 1 <= int(match[1]) <= 12]
    spans += [match.span() for match in _ISO.finditer(words) if not _is_day(match[1], match[3], match[4]) and match[2] != "."]
    if "月" in words:
        spans += [
            match.span() for match in _CHINESE.finditer(words) if not _is_day(None, _number(match[1]), _number(match[2]))
        ]
    for start, end in sorted(spans):
        spot = text.spot(start, end)
        yield Finding(f"没有“{spot.words}”这一天。" if "日" in spot.words or "-" in spot.words else f"没有“{spot.words}”。", spot, "请核对日期。")


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
