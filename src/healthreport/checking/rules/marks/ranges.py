"""Ranges: 3—5天, 70%—75%, 2021—2025年."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.joined import joined, together
from healthreport.checking.rule import TextRule
from healthreport.checking.rules.marks.forms import Form, findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject

_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_SIGN = "[%％‰℃]"
_RANGE = re.compile(
    rf"(?<![0-9.A-Za-z/—～~-])(?P<first>{_NUMBER})(?P<unit>[%％‰℃年月日岁天]|月龄)?(?P<dash>-{{1,2}}|—{{1,2}}|–|～|~{{1,2}}|－)"
    rf"(?P<last>{_NUMBER})(?=(?P<after>[^0-9.—～~-]{{0,4}}))"
)
_DASHES = ("-", "—", "–", "～", "~", "－")
_OPEN = re.compile(
    rf"(?<![0-9.])(?P<first>{_NUMBER})[%％岁个人例天万元]{{0,2}}[—～~至到-](?P<last>{_NUMBER})"
    r"(?:周?岁|[%％个人名例次天年月家张户万元]{1,2})(?:以上|以下|左右|上下)(?![各的年]?级)"
)
_FORMS = (
    Form(
        _OPEN,
        "“{}”已经是一个区间，又加了“以上”“左右”",
        "请删去“以上”“左右”，或者只写一个数。",
        needles=("以上", "以下", "左右", "上下"),
        severity=Severity.NOTE,
        each=True,
        unless=lambda match: float(match["first"]) >= float(match["last"]),
    ),
)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 2021--2025, of 70—75% whose first number has lost its %, of - where others have — or ～."""
    words = joined(subject)
    matches = [*words.matches(_RANGE, *_DASHES)]
    doubled = [match for match in matches if len(match["dash"]) > 1 or match["dash"] in "–－"]
    spots = [words.spot(*match.span("dash"), "—") for match in doubled]
    yield from together(spots, "区间的连接号写成了“{}”", "请用一个一字线“—”或者浪纹线“～”。")
    for match in matches:
        yield from _first_unit(match, words)
    yield from _hyphens([match for match in matches if match not in doubled], words, subject)
    yield from findings(subject, _FORMS)


def _first_unit(match: re.Match[str], words: Joined) -> Iterator[Finding]:
    """Tell of a range whose first number is short of its sign, which might be another number: 3～5万元."""
    sign = match["after"][:1]
    if match["unit"] or sign not in {*"%％‰万亿"} or float(match["first"]) >= float(match["last"]):
        return
    right = f"{match['first']}{sign}{match['dash']}{match['last']}{sign}"
    spot = words.spot(match.start(), match.end() + 1, right if sign in "%％‰" else None)
    for finding in together([spot], "“{}”前一个数后面少了“" + sign + "”", f"请写成“{right}”，免得误读。"):
        yield finding._replace(severity=Severity.NOTE)


def _hyphens(matches: list[re.Match[str]], words: Joined, subject: Subject) -> Iterator[Finding]:
    units = subject.known.mark_words.range_units if matches else ()
    with_unit = [match for match in matches if match["unit"] or match["after"].startswith(units)]
    hyphens = [match for match in with_unit if match["dash"] == "-"]
    others = [match["dash"] for match in with_unit if match["dash"] in "—～~"]
    right = max(others, key=others.count).replace("~", "～") if others else "—"
    spots = [words.spot(*match.span("dash"), right) for match in hyphens]
    what = "区间用了半角的“-”" + ("，别处用的是“" + right + "”" if others else "")
    for finding in together(spots, what, f"请改用“{right}”，全文一致。"):
        yield finding._replace(severity=Severity.NOTE)


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
        "56至70岁以上103人。\n",
    ),
    good=(
        "2021—2025年，0—6岁儿童，65～79岁老人。\n",
        "签约率保持在70%—75%，投入3万～5万元。\n",
        "电话0537-1234567，日期2024-05-08，GB/T 15834-2011，COVID-19。\n",
        "比分3-2，编号12-34，型号X-200-5。\n",
        "65岁以上老人，70%以上。\n",
        "9:30—11:30，第3-5号楼。\n".replace("第3-5号楼", "第3至5号楼"),
        "三级以上医院3—4家。\n",
    ),
    name="区间的写法",
    basis="GB/T 15834—2011 4.13.3",
    why="起止用一字线，数值范围用浪纹线，也可都用一字线，全文一致；“%”“万”省了会误读。",
)
