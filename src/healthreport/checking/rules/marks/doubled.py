"""Marks that stand twice, or where no mark can stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import TextRule
from healthreport.checking.rules.marks.forms import Form, findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject

_MARKS = "，。；：、"
_FULL = {",": "，", ";": "；"}
_IN_A_ROW = re.compile(
    rf"[{_MARKS}！？,;](?:(?<=[{_MARKS}])[{_MARKS}！？,;]+|(?<=[！？,;])[{_MARKS}]+|(?<=,),+|(?<=;);+)"
)


def _one(match: re.Match[str]) -> str | None:
    """Return the one mark that is meant, where all are the same or the last one ends the sentence."""
    marks = {*match[0]}
    if len(marks) == 1:
        return _FULL.get(match[0][0], match[0][0])
    return "。" if marks <= {"，", ",", "。"} and match[0].endswith("。") else None


_FORMS = (
    Form(
        _IN_A_ROW,
        "标点“{}”重复了",
        "请只留一个。",
        _one,
        unless=lambda match: match[0] in ("。。。", "。。。。。。") or match[0].startswith("、、、"),
    ),
    Form(
        re.compile("[，。；：、](?:(?<=[（《〈].)(?![）])|(?=[）》〉]))"),
        "这里不该有“{}”",
        "请删去，或者补上漏了的字。",
        needles=tuple(
            [opener + mark for opener in "（《〈" for mark in _MARKS]
            + [mark + closer for closer in "）》〉" for mark in "，；：、"]
        ),
        unless=lambda match: match[0] == "。" and match.string[match.start() - 1] not in "（《〈",
        each=True,
    ),
    Form(
        re.compile(r"[，。；：、！？](?<=\n.)(?=[\u4e00-\u9fff0-9])"),
        "段落开头是“{}”",
        "请删去，或者把这一段和上一段接起来。",
        each=True,
    ),
    Form(
        re.compile("。”。"),
        "“{}”里句号用了两次",
        "引文独立成句的，句号在引号里；引文只是句子的一部分的，句号在引号外。",
        needles=("。”。",),
        severity=Severity.NOTE,
    ),
    Form(
        re.compile(
            "”、(?=(?:制度|机制|工作|活动|行动|模式|原则|要求|精神|意识|理念|体系|工程|计划|政策|服务|专项|战略)"
            "[，。；：])"
        ),
        "引号后面的“、”像是多的",
        "请核对：“首诊负责”制度，引号后面不用顿号。",
        needles=("”、",),
        severity=Severity.NOTE,
        each=True,
    ),
)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of marks in a row and of marks where none can stand: 、、 ，。 （，."""
    return findings(subject, _FORMS)


DOUBLED = TextRule(
    "HR306",
    Severity.WARNING,
    _find,
    bad=(
        "开展宣传、、义诊等活动。\n",
        "取得了较好的成效。。\n",
        "取得了较好的成效，。\n",
        "主要做法：：一是抓培训。\n",
        "会议强调：“要压实责任。”。\n",
        "全县（含开发区，）共12家。\n",
        "落实“首诊负责”、制度，提高质量。\n",
        "完成体检3000人；，下一步继续抓。\n",
        "总结\n、全年开展义诊18场。\n",
        "发挥了作用,。\n",
    ),
    good=(
        "工作怎么抓？！大家都来想办法！！\n",
        "宣传、义诊……都开展了。\n",
        "“三减”（减盐、减油、减糖）、“三健”。\n",
        "他说：“要当好‘守门人’。”\n",
        "推行“一站式”、首诊负责等做法。\n",
        "医（护）患沟通，“一站式”“一单制”服务。\n",
        "落实“三会一课”、制度建设等要求。\n",
        "“、”叫顿号。\n",
    ),
    name="标点重复或多余",
    why="两个点号连用，多半是改稿时删漏了。",
)
