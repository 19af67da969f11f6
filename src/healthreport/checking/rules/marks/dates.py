"""Forms of dates and times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.marks.forms import DIGITS, Form, findings
from healthreport.checking.scanning.lines import lines
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_WRONG_ZEROS = "OoＯ○◯0０零"
_ZEROS = str.maketrans(dict.fromkeys("OoＯ○◯0０零", "〇"))
_CHINESE_YEAR = re.compile(rf"[一二][{_WRONG_ZEROS}〇一二三四五六七八九]{{3}}(?=年)")
_MONTH, _DAY = "(?P<month>0?[0-9]|1[0-2])", "(?P<day>0?[0-9]|[12][0-9]|3[01])"
_PADDED = re.compile(f"(?<![0-9])(?P<year>(?:19|20)[0-9]{{2}}年)?{_MONTH}月{_DAY}日")
_DOTTED = re.compile(rf"\s*(?P<year>20[0-9]{{2}})[.．/]{_MONTH}[.．/]{_DAY}日?\s*$")
_CLOCK = re.compile(r"：(?<=[0-9]：)[0-5][0-9](?![0-9：]|[0-9.]*[%％])")
_HOUR = re.compile(r"(?<![0-9:：])(?:[01]?[0-9]|2[0-3])\Z")
_TO_ANOTHER = re.compile("[—～~至到-][0-9]{1,2}[：:][0-9]{2}")
_ZERO = re.compile("0[1-9][月日]")
_NO_DOT = str.maketrans(dict.fromkeys("·.．・", ""))
_FORMS = (
    Form(
        re.compile(
            r"年(?<=[0-2][0-9]年)(?<![0-9.][0-9]{2}年)(?=(?:1[0-2]|0?[1-9])月(?!龄|份?以[上内])|底(?!蕴|子)|初(?!心|衷)|上半年|下半年)"
        ),
        "年份“{}”没有写全",
        "请写四位的年份。",
        needles=("年",),
        severity=Severity.NOTE,
        each=True,
        widens=DIGITS,
    ),
    Form(
        re.compile(
            "“(?P<month>1[0-2]|[1-9])[.．](?P<day>[12][0-9]|3[01]|[1-9])”(?=(?:世界|全国|国际|中国)?[\u4e00-\u9fff]{2,6}日)"
        ),
        "含月日的名称“{}”里应用间隔号",
        "请改用间隔号“·”。",
        lambda match: f"“{match['month']}·{match['day']}”",
        ("“",),
        Severity.NOTE,
        each=True,
    ),
    Form(
        re.compile("“[二三四五六七八九][·.．・](?:[一二三四五六七八九十]{1,3})”"),
        "“{}”里不用间隔号",
        "汉字的月日，只有一月、十一月、十二月用间隔号：“五四”“一二·九”。",
        lambda match: match[0].translate(_NO_DOT),
        ("·", "・", ".", "．"),
        Severity.NOTE,
        each=True,
    ),
    Form(
        re.compile(r"年(?<=[0-9]{4}年)(?:度年|年(?![内底初末度均产报终]))"),
        "“{}”多了一个“年”",
        "请删去一个“年”。",
        lambda match: match[0][:-1],
        ("年度年", "年年"),
        each=True,
        widens=DIGITS,
    ),
)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 24年5月, 2024年05月08日, 二○○九年, 上午9：30."""
    words = lines(subject)
    for match in words.matches(_CHINESE_YEAR, *_WRONG_ZEROS):
        right = match[0].translate(_ZEROS)
        if right != match[0]:
            severity = Severity.NOTE if set(match[0]) & {*_WRONG_ZEROS} == {"零"} else None
            what = f"年份“{match[0]}”应写作“{right}”。"
            yield Finding(what, words.spot(*match.span(), right), "汉字年份里的零用“〇”。", severity=severity)
    yield from _padded(subject)
    yield from _clocks(subject)
    yield from findings(subject, _FORMS)


def _padded(subject: Subject) -> Iterator[Finding]:
    """Tell of 05月08日, and under a document of 2024.5.8."""
    words = lines(subject)
    told = -1
    for zero in words.matches(_ZERO, "月0", "年0", "\n0", "，0", "于0", "至0", "到0"):
        match = _PADDED.search(words.text, max(zero.start() - 8, 0))
        if match is None or match.start() > zero.start() or match.start() == told:
            continue
        told = match.start()
        passage = words.passage(match.start())
        if not int(match["month"]) or not int(match["day"]) or passage.kind is Kind.CELL:
            continue
        right = f"{match['year'] or ''}{int(match['month'])}月{int(match['day'])}日"
        severity = None if passage.kind is Kind.FRAME and match["year"] else Severity.NOTE
        what = f"日期“{match[0]}”编了虚位。"
        yield Finding(what, words.spot(*match.span(), right), f"请写作“{right}”。", severity=severity)
    for order, passage in enumerate(words.passages):
        dotted = _DOTTED.match(passage.text) if passage.kind is Kind.FRAME else None
        if dotted:
            right = f"{dotted['year']}年{int(dotted['month'])}月{int(dotted['day'])}日"
            start = words.start(order)
            spot = words.spot(start + dotted.start("year"), start + len(passage.text.rstrip()), right)
            yield Finding(f"成文日期“{spot.words}”没有写明年月日。", spot, f"请写作“{right}”。")


def _clocks(subject: Subject) -> Iterator[Finding]:
    words = lines(subject)
    for match in words.matches(_CLOCK, "："):
        hour = _HOUR.search(words.text, max(match.start() - 2, 0), match.start())
        if hour is None:
            continue
        before = words.text[max(hour.start() - 3, 0) : hour.start()].rstrip()
        if _TO_ANOTHER.match(words.text, match.end()) or before.endswith(subject.known.mark_words.times):
            told = hour[0] + match[0]
            right = told.replace("：", ":")
            spot = words.spot(hour.start(), match.end(), right)
            yield Finding(f"时刻“{told}”用了全角冒号。", spot, f"请写作“{right}”。")


DATE = TextRule(
    "HR312",
    Severity.WARNING,
    _find,
    bad=(
        "24年5月开展义诊。\n",
        "通知\n各科室：\n请按时上报。\n清河区卫生健康局\n2024年05月08日\n",
        "通知\n各科室：\n请按时上报。\n清河区卫生健康局\n2024.5.8\n",
        "二○○九年开展义诊。\n",
        "二OO九年、二00九年开展义诊。\n",
        "上午9：30开会。\n",
        "开展“12.1”艾滋病日宣传。\n",
        "2024年度年活动总结。\n",
        "门诊9：30—11：30。\n",
        "纪念“五·四”运动。\n",
    ),
    good=(
        "2024年5月8日，二〇〇九年，一九八五年。\n",
        "值班电话：09日换新，10:05开始，9:30—11:30。\n",
        "比例1：50，比分3：15。\n",
        "“12·1”世界艾滋病日，“一二·九”“五四”运动，“6.18”大促，“120”急救。\n",
        "工作24年5个月，20年初心不改，10年底蕴深厚，满24月龄。\n",
        "2023年年底、2023年年度报告、2024-05-08。\n",
        "二年级，二〇二四年，三零五室。\n",
    ),
    name="日期和时刻的写法",
    basis="GB/T 9704—2012 7.3.5.4",
    why="成文日期用阿拉伯数字，年份写全，月日不编虚位；汉字年份的零是“〇”；时刻用半角冒号。",
)
