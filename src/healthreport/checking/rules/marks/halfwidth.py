"""Half-width marks in Chinese text."""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot
from healthreport.checking.rule import TextRule
from healthreport.checking.scanning.lines import lines, together
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.passages import Passage
    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject

_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_CJK = "\u3400-\u9fff\u3001-\u303f\uff00-\uffef“”‘’…—"
_ANY = re.compile(r"[,:;?!()\"<]|[\u4e00-\u9fff”》）%]\.")
_CHINESE = re.compile("[\u3400-\u9fff]")
_MARK = re.compile(
    rf"[,:;?!.](?:(?<=[,:;?!])(?:(?<=[{_CJK}].)|(?= ?[,:;?!]?[{_CJK}])|(?<=[)][,:;])(?=[(\"]))"
    # A full stop; 白求恩.诺尔曼 may be a name, and one cannot tell.
    r"|(?<=[0-9%‰][,:;!?])(?=\s*$)|(?<=[\u4e00-\u9fff”》）%]\.)(?=\s*$)|(?<=[\u4e00-\u9fff]{2}\.)(?=[\u4e00-\u9fff]{2}))"
)
# 《》 as they come out of a keyboard: <关于加强村医队伍建设的意见>.
_TITLE = re.compile(
    r"<(?=[\u4e00-\u9fff“][^<>\n]{3,60}(?:意见|通知|办法|条例|规定|方案|规划|纲要|计划|标准|规范|指南|细则|制度|决定|决议|法|通报|报告|手册)>)"
    r"([^<>\n]+)>"
)
_BRACKET = re.compile(r"[()（）]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[!-~]+|www\.[!-~]+", re.ASCII)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of half-width marks in Chinese text, all at once: 门诊量上升,群众满意.

    Figures, times, addresses and Latin words keep theirs: 1,059 9:30 (25%).
    """
    spots = [spot for passage in lines(subject).passages if _ANY.search(passage.text) for spot in _in_passage(passage)]
    yield from together(spots, "中文里用了半角标点“{}”", "请改用全角标点；数字、时刻和西文里的不用改。")


def _in_passage(passage: Passage) -> list[Spot]:
    text = passage.text
    if not _CHINESE.search(text):
        return []
    # ,, and ,。 are marks twice, and not told here as well.
    found = [
        _mark(passage, match)
        for match in _MARK.finditer(text)
        if match[0] != text[match.start() - 1 : match.start()]
        and text[match.end() : match.end() + 1] not in (match[0], *"，。；：、")
    ]
    if "(" in text or ")" in text:
        found += _brackets(passage)
    if '"' in text:
        found += _quotes(passage)
    if "<" in text:
        for match in _TITLE.finditer(text):
            found += [Spot(passage, *at, full) for at, full in zip(_ends(match), "《》", strict=True)]
    taken = [match.span() for match in _ADDRESS.finditer(text)] if "://" in text or "www." in text else ()
    starts = [start for start, _ in taken]
    return sorted(spot for spot in found if not taken or spot.start >= taken[bisect(starts, spot.start) - 1][1])


def _ends(match: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where the first and the last character of a match stand."""
    return (match.start(), match.start() + 1), (match.end() - 1, match.end())


def _mark(passage: Passage, match: re.Match[str]) -> Spot:
    start, end = match.span()
    if match[0] == ".":
        return Spot(passage, start, end, "。" if end >= len(passage.text.rstrip()) else None)
    return Spot(passage, start, end, _FULL[match[0]])


def _brackets(passage: Passage) -> Iterator[Spot]:
    """Yield both brackets of a pair that holds Chinese: 患者甲(25%), 高血压(HBP) may stay."""
    opened: list[int] = []
    text = passage.text
    chinese = [match.start() for match in _CHINESE.finditer(text)]
    for match in _BRACKET.finditer(text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if bisect(chinese, start) < bisect(chinese, match.start()):
                pairs = ((start, "（"), (match.start(), "）"))
                yield from (Spot(passage, at, at + 1, full) for at, full in pairs if text[at] != full)


def _quotes(passage: Passage) -> Iterator[Spot]:
    """Yield straight quotes, if they pair."""
    places = [at for at, char in enumerate(passage.text) if char == '"']
    for order, at in enumerate(places if len(places) % 2 == 0 else ()):
        yield Spot(passage, at, at + 1, "“”"[order % 2])


HALF_WIDTH = TextRule(
    "HR301",
    Severity.WARNING,
    _find,
    bad=(
        "门诊量上升,群众满意。\n",
        "全县(含开发区)共3类, 12项。\n",
        "主要做法:一是抓培训;二是抓督导。\n",
        '开展"三减三健"宣传。\n',
        "两院合署办公.\n",
        "工作怎么做?大家都来出主意!\n",
        "完成筛查（含复查)3000人。\n",
        "落实<关于加强村医队伍建设的意见>精神。\n",
        "随访率97.0%，面访率100%;\n",
        "各科室工作协同推进.各镇卫生院全部参加。\n",
    ),
    good=(
        "门诊量上升，群众满意。\n",
        "门诊时间9:30—11:30，网址www.qinghe.gov.cn，邮箱ws@qinghe.cn。\n",
        "患者甲(25%)、患者乙(30%)，P<0.05，pH 7.4，1.5T磁共振。\n",
        "共12,600人次，比例1∶50000，COVID-19，GB/T 15834—2011。\n",
        "Hello, world! (See p. 5.)\n",
        "联系电话：0537-1234567，10:05开始。\n",
        "HbA1c≥7%，200mA，12.5%。\n",
        "差异有统计学意义（P<0.05），a<b，<附件>。\n",
    ),
    name="半角标点",
    basis="GB/T 15834—2011 5.1",
    why="中文里的标点占一个字的位置；半角标点挤在字间，同一份文件里两种混着也不好看。",
)
