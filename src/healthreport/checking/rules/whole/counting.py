"""The same thing said in two ways: 4家机构 and 7个机构, “五一” and 五一."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.passages import Spot
    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_COUNT = "[0-9*]{1,6}|[一二两三四五六七八九十]{1,3}"
_PLACE = "发热门诊|机构|医院|卫生院|卫生室|服务站|服务中心|服务点|诊所|药店|养老院|实验室"
# 家 or 个 stands between a number and the name, or behind both; the name is the last of its words.
_BEFORE = re.compile(rf"[家个所](?P<words>[\u4e00-\u9fff]{{0,6}}?(?P<name>{_PLACE}))(?![\u4e00-\u9fff])")
_BEHIND = re.compile(rf"(?:{_PLACE})(?=(?P<count>{_COUNT})(?P<unit>[家个所])(?![\u4e00-\u9fff]))")
_NUMBER = re.compile(rf"(?<![第0-9.一二三四五六七八九十])(?:{_COUNT})\Z")
_UNITS = ("家", "个", "所")
_DAYS = ("五一", "十一", "三八", "六一", "七一", "八一")
_BARE_DAY = re.compile(f"(?<=[、和节在逢])(?:{'|'.join(_DAYS)})(?=[、节期假和及与等])(?!等奖)")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 家 and 个 for institutions of one name, and of a day's name with quotes here and without them there."""
    words = lines(subject)
    if words.is_read:
        yield from _counting_words(words)
        yield from _days(words)


def _counting_words(words: Lines) -> Iterator[Finding]:
    found: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for match in words.matches(_BEFORE, *_UNITS):
        number = _NUMBER.search(words.full, max(match.start() - 6, 0), match.start())
        if number and number[0] != "一":  # 一家机构, 一个机构 are words, not counts
            found.setdefault(match["name"], {}).setdefault(match[0][0], []).append((number.start(), match.end()))
    for match in words.matches(_BEHIND, *_UNITS):
        found.setdefault(match[0], {}).setdefault(match["unit"], []).append((match.start(), match.end("unit")))
    for name, units in found.items():
        if len(units) < 2:
            continue
        usual = max(units, key=lambda unit: (len(units[unit]), -min(units[unit])[0]))
        spans = sorted(span for unit, each in units.items() if unit != usual for span in each)
        first, *others = [words.spot(*span) for span in spans]
        related = ((words.spot(*min(units[usual])), "别处的写法"),)
        what = f"“{name}”的量词不一：多用“{usual}”，这里是“{first.words}”{_count(others)}。"
        yield Finding(what, first, f"请统一用“{usual}”。", related, places=tuple(others))


def _days(words: Lines) -> Iterator[Finding]:
    spots = [words.spot(*match.span()) for match in words.matches(_BARE_DAY, *_DAYS) if f"“{match[0]}”" in words.text]
    if spots:
        first, *others = spots
        at = words.text.index(f"“{first.words}”")
        related = ((words.spot(at, at + len(first.words) + 2), "加了引号的"),)
        what = f"“{first.words}”别处加了引号，这里没有{_count(others)}。"
        yield Finding(what, first, "请加引号，全文一致。", related, places=tuple(others))


def _count(others: list[Spot]) -> str:
    return f"（共{len(others) + 1}处）" if others else ""


SAID_TWO_WAYS = TextRule(
    "HR119",
    Severity.NOTE,
    _find,
    bad=(
        "建成发热门诊4个。投资200万元，建设四家标准化发热门诊。\n",
        "全区有756家医疗机构，现有医养结合服务机构4家，设老年病科医疗机构7个。\n",
        "建成3所村卫生室，提升12个村卫生室。\n",
        "五一、十一等重点节日加强检查。对春节、“五一”、“十一”等时段重点排查。\n",
    ),
    good=(
        "建成发热门诊4个，提升3个发热门诊。\n",
        "全区有12家医院，建成3个医院信息系统，评出2个医院管理先进科室。\n",
        "建成3所村卫生室，培训12个村卫生室负责人。\n",
        "“五一”期间加强检查，第五一级、五十一等奖、十一等奖不算。\n",
        "五一、十一等重点节日加强检查。\n",
        "这是一个医疗机构，也是一家专科医疗机构，还有3家医疗机构。\n",
        "第3个医疗机构，另有4家医疗机构。\n",
    ),
    name="同一事物的写法不一",
    why="同一份文件里，量词、引号前后不一，像是几个人拼起来的。",
)
