"""Ranges: 3—5天, 70%—75%, 2021—2025年."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines, together
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_RANGE = re.compile(rf"[—–～~－-](?P<second>[—~-]?)(?P<last>{_NUMBER})(?=(?P<after>[^0-9.—～~-]{{0,4}}))")
_FIRST = re.compile(rf"(?<![0-9.A-Za-z/—～~-])(?P<first>{_NUMBER})(?P<unit>[%％‰℃年月日岁天]|月龄)?\Z")
_DASHES = ("-", "—", "–", "～", "~", "－")
_FEW = 3
_OPEN = re.compile(r"(?:以[上下]|左右|上下)(?![各的年]?级)")
_CLOSED = re.compile(
    rf"(?<![0-9.])(?P<first>{_NUMBER})[%％岁个人例天万元]{{0,2}}[—～~至到-](?P<last>{_NUMBER})"
    r"(?:周?岁|[%％个人名例次天年月家张户万元]{1,2})\Z"
)


class _Range(NamedTuple):
    """A range in the joined text: where it stands, its numbers, its dash and what follows."""

    start: int
    end: int
    dash: tuple[int, int]
    first: str
    unit: str
    sign: str
    last: str
    after: str


def _ranges(words: Lines) -> Iterator[_Range]:
    for match in words.matches(_RANGE, *_DASHES):
        at = match.start()
        first = _FIRST.search(words.text, max(at - 12, 0), at)
        if first:
            dash = (at, match.start("last"))
            sign, unit = words.text[slice(*dash)], first["unit"] or ""
            yield _Range(first.start(), match.end(), dash, first["first"], unit, sign, match["last"], match["after"])


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 2021--2025, of 70—75% whose first number has lost its %, of - where others have — or ～."""
    words = lines(subject)
    found = [*_ranges(words)]
    doubled = [one for one in found if len(one.sign) > 1 or one.sign in "–－"]
    spots = [words.spot(*one.dash, "—") for one in doubled]
    yield from together(spots, "区间的连接号写成了“{}”", "请用一个一字线“—”或者浪纹线“～”。")
    for one in found:
        yield from _first_unit(one, words)
    yield from _hyphens([one for one in found if one not in doubled], words, subject)
    yield from _mixed(found, words)
    yield from _open_ends(words)


def _first_unit(one: _Range, words: Lines) -> Iterator[Finding]:
    """Tell of a range whose first number is short of its sign, which might be another number: 3～5万元."""
    sign = one.after[:1]
    if one.unit or sign not in {*"%％‰万亿"} or float(one.first) >= float(one.last):
        return
    right = f"{one.first}{sign}{one.sign}{one.last}{sign}"
    spot = words.spot(one.start, one.dash[0], f"{one.first}{sign}" if sign in "%％‰" else None)
    what = f"“{words.text[one.start : one.end]}{sign}”前一个数后面少了“{sign}”。"
    yield Finding(what, spot, f"请写成“{right}”，免得误读。", severity=Severity.NOTE)


def _hyphens(found: list[_Range], words: Lines, subject: Subject) -> Iterator[Finding]:
    units = subject.known.mark_words.range_units if found else ()
    with_unit = [one for one in found if one.unit or one.after.startswith(units) or _is_time(one, words)]
    others = [one.sign for one in with_unit if one.sign in "—～~"]
    right = max(dict.fromkeys(others), key=others.count).replace("~", "～") if others else "—"
    spots = [words.spot(*one.dash, right) for one in with_unit if one.sign == "-"]
    what = "区间用了半角的“-”" + ("，别处用的是“" + right + "”" if others else "")
    # A few are told one by one, so that each is seen.
    for group in [[spot] for spot in spots] if len(spots) <= _FEW else [spots]:
        for finding in together(group, what, f"请改用“{right}”，全文一致。"):
            yield finding._replace(severity=Severity.NOTE)


def _is_time(one: _Range, words: Lines) -> bool:
    """Say whether a range is from one time of the day to another: 17:30-20:30."""
    clock = re.match(r"[:：][0-5][0-9](?![0-9])", words.text[one.end : one.end + 4])
    hour = re.search(r"(?<![0-9])[0-2]?[0-9][:：]\Z", words.text[max(one.start - 4, 0) : one.start])
    return bool(clock and hour)


def _mixed(found: list[_Range], words: Lines) -> Iterator[Finding]:
    """Tell of ranges of one unit with — here and ～ there; years may have one and sizes the other."""
    by_unit: dict[str, list[_Range]] = {}
    for one in found:
        unit = one.unit or one.after[:1]
        if one.sign in ("—", "～") and unit:
            by_unit.setdefault(unit, []).append(one)
    for listed in by_unit.values():
        signs = [one.sign for one in listed]
        usual = max(("—", "～"), key=signs.count)
        spots = [words.spot(one.start, one.end) for one in listed if one.sign != usual]
        if signs.count(usual) <= len(spots):
            continue
        for finding in together(spots, f"区间“{{}}”的连接号和别处的“{usual}”不同", "同一种量请用同一种连接号。"):
            yield finding._replace(severity=Severity.NOTE)


def _open_ends(words: Lines) -> Iterator[Finding]:
    """Tell of a range that is open at its end as well: 56至70岁以上."""
    for match in words.matches(_OPEN):
        closed = _CLOSED.search(words.text, max(match.start() - 24, 0), match.start())
        if closed and float(closed["first"]) < float(closed["last"]):
            spot = words.spot(closed.start(), match.end())
            what = f"“{spot.words}”已经是一个区间，又加了“{match[0]}”。"
            yield Finding(what, spot, f"请删去“{match[0]}”，或者只写一个数。", severity=Severity.NOTE)


RANGE = TextRule(
    "HR309",
    Severity.WARNING,
    _find,
    bad=(
        "2021--2025年规划。\n",
        "2021——2025年规划。\n",
        "签约率保持在70—75%。\n",
        "投入3~5万元。\n",
        "住院3-5天，随访65～79岁老人。\n",
        "每年开展3—4个左右。\n",
        "每村1—2个，每镇2—3个，每县3～5个。\n",
        "56至70岁以上103人。\n",
        "门诊时间为8:00-11:30。\n",
    ),
    good=(
        "2021—2025年，0—6岁儿童，65～79岁老人。\n",
        "签约率保持在70%—75%，投入3万～5万元。\n",
        "电话0537-1234567，日期2024-05-08，GB/T 15834-2011，COVID-19。\n",
        "2021—2025年，每村1～2个，每镇2～3个，65—79岁。\n",
        "比分3-2，滴度1:40-1:80，编号12-34，型号X-200-5。\n",
        "65岁以上老人，70%以上。\n",
        "9:30—11:30，第3-5号楼。\n".replace("第3-5号楼", "第3至5号楼"),
        "三级以上医院3—4家。\n",
    ),
    name="区间的写法",
    basis="GB/T 15834—2011 4.13.3",
    why="起止用一字线，数值范围用浪纹线，也可都用一字线，全文一致；“%”“万”省了会误读。",
)
