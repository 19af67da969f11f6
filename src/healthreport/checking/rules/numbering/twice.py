"""Labels that stand twice: typed beside one that is counted, or typed twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind, Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import label_of
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.passages import Passage
    from healthreport.checking.subject import Subject

_COUNT = "[一二三四五六七八九十][一二三四五六七八九十]{0,2}"
# The same label again, perhaps after a blank: 一、一、, （一）（一）, 表1 表1, 附件1附件1, 一是一是.
_AGAIN = r"[ \u3000]{0,2}\1"
# What may not follow: the second one would be another label, 表1 表12, or the beginning of words, 一、一、三出诊.
_GOES_ON = frozenset("一二三四五六七八九十0123456789、，.－-")
_MARKS = ("\n", *"。；：，、;:, \u3000")
_STARTS = ("\n",)
_TWICE = tuple(
    (re.compile(pattern + _AGAIN), before)
    for pattern, before in (
        (rf"({_COUNT}(?:、|[是要](?![是要])))", _MARKS),
        (rf"([（(](?:{_COUNT}|[0-9]{{1,2}})[）)])", _MARKS),
        ("([①-⑳])", _MARKS),
        (r"([0-9][0-9]?、)", _STARTS),
        (rf"(第{_COUNT}[章条节])", _STARTS),
        (r"([附表图][表图件]? ?[0-9]{1,2})", ("\n", *"（(见如")),
    )
)
_NAMED = r"(?:表|图|附表|附图) ?[0-9一二三四五六七八九十]{1,3}(?![0-9一二三四五六七八九十个张份项])[ \u3000：:.、]{0,2}"
_ATTACHMENT = r"附件 ?[0-9一二三四五六七八九十]{0,3}[ \u3000]?[：:.、]?[ \u3000]?(?=.)"
_BLANKS = " \u3000\t"


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a label typed beside one that is counted, and of one typed twice: 一、一、总体情况, 表1 表1."""
    words = lines(subject)
    for passage in words.passages:
        label = passage.label.strip()
        if label or (passage.attachment and passage.kind is Kind.TITLE):
            yield from _beside_counted(passage, label)
    for pattern, starts in _TWICE:
        for match in pattern.finditer(words.text):
            if words.before(match.start()) in starts and words.text[match.end() : match.end() + 1] not in _GOES_ON:
                spot = words.spot(*match.span(), match[1])
                yield Finding(f"“{match[1]}”写了两遍。", spot, f"请删去一个，写成“{match[1]}”。")


def _beside_counted(passage: Passage, label: str) -> Iterator[Finding]:
    typed = _typed(passage, label)
    if typed:
        start = len(passage.text) - len(passage.text.lstrip(_BLANKS))
        shown = f"“{label}”" if label else "“附件”"
        what = f"这里自己写了“{typed.strip()}”，已经自动编了{shown}，印出来是两个。"
        yield Finding(what, Spot(passage, start, start + len(typed), ""), f"请删去自己写的“{typed.strip()}”。")


def _typed(passage: Passage, label: str) -> str:
    """Return the label that was typed beside a counted one."""
    text = passage.text.lstrip(_BLANKS)
    if passage.kind is Kind.CAPTION:
        match = re.match(_NAMED, text)
        return match[0] if match and match[0] != text else ""
    if passage.attachment and passage.kind is Kind.TITLE:
        match = re.match(_ATTACHMENT, text)
        return match[0] if match else ""
    found = label_of(text)
    if found is None:
        return ""
    family, number, typed, is_weak = found
    counted = label_of(f"{label} ")
    if counted is None or is_weak or family in ("条", "NB"):
        return ""
    # 一、 with a run of points behind it: 1.清点药品；2.登记造册。
    has_more = typed.replace("1", "2").replace("一", "二") in text
    if counted[0] != family and (passage.kind is not Kind.HEADING or (number == 1 and has_more)):
        return ""
    return typed if passage.level or passage.kind is Kind.HEADING or counted[:2] == (family, number) else ""


TWICE = TextRule(
    "HR101",
    Severity.WARNING,
    _find,
    bad=(
        "工作总结\n一、一、总体情况\n运行平稳。\n",
        "工作总结\n（二）（二）慢病管理\n管好了。\n",
        "1、1、清点药品。\n",
        "表1 表1分乡镇随访情况\n",
        "附件1附件1\n",
        "主要做法：一是一是抓培训，二是抓督导。\n",
        "3、3、复核上报。\n",
        "①①清点药品；②登记造册。\n",
        "第三章 第三章　附则\n",
    ),
    good=(
        "工作总结\n一、总体情况\n（一）门诊。平稳。\n",
        "一、一二级预防并重。\n星期一、一、三出诊。\n",
        "1.1.总则\n1.1亿元已到位。\n1.1 总则\n2.2.1 应急响应\n",
        "他一是一，二是二。\n",
        "表1 分乡镇随访情况\n见表1、表2。\n",
        "附件1、附件2同时印发。\n",
        "（一）（二）项由医务科负责。\n",
        "3.3万人受益。\n3、3.5万元已到位。\n",
    ),
    name="序号写了两遍",
    why="标题和表题的序号由程序或 Word 自动编；自己再写一个，印出来就是“一、一、”。",
    certain=True,
)
