"""Braces of templates that were left in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_FEW = 20
_BRACES = re.compile(
    r"[{｛]{1,2}[^{}｛｝\n]{0,60}[}｝]{1,2}|[{｛]%[^{}｛｝\n]{0,60}%[}｝]|<%[^<>\n]{0,60}%>|\$[{｛][^{}｛｝\n]{0,60}[}｝]"
    r"|[{｛]{2}|[}｝]{2}|\[\[[^\[\]\n]{0,60}\]\]|«[^«»\n]{1,40}»"
)
_SET = re.compile(r"\{[\s0-9A-Za-z,.;=+<>|_-]*\}")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of {{ 住院 }}, ｛｛出院｝｝, { 出院 } and [[ ]], all at the first place; {1, 2} is none."""
    text = subject.joined
    if any(mark in text.text for mark in ("{", "｛", "}}", "｝｝", "[[", "<%", "«")):
        words = _own_words(subject)
        matches = (match for match in _BRACES.finditer(text.text) if not _SET.fullmatch(match[0]))
        found = [text.spot(*match.span()) for match in matches if match[0] not in words]
        if found:
            first, *others = found
            message = f"“{first.words[:_FEW]}”是模板里的括号，会照样印出来。"
            hint = "引用指标写半角的两层花括号，如“{{ 名称 }}”；在Word文件里请换成真的内容。"
            yield Finding(message, first, hint, places=tuple(others))


def _own_words(subject: Subject) -> str:
    """Return what a report says under 文字: of braces there its own rule tells."""
    said = subject.report.report.words.values() if subject.report else ()
    return "\n".join([text.node.value for text in said if text])


BRACES = TextRule(
    "HR704",
    Severity.WARNING,
    _find,
    name="模板的括号",
    basis="实务",
    why="花括号是模板里引用数据的写法，没有换成数据，或者打成了全角。",
    bad=(
        "全年出院｛｛出院人数｝｝人次。",
        "全年出院{ 出院 }人次。",
        "全年出院{{ 出院人数 }}人次。",
        "单位：${单位}。",
        "全年完成[[，发放叶酸]]。",
        "{% if 体检 %}完成体检。",
    ),
    good=(
        "集合{1, 2, 3}和{a, b}是数学的写法。",
        "依据国卫发〔2022〕5号、[2009]5号。",
        "（一）加强领导，【重点】，［附件］。",
        "参考文献[1][2]，见[3]。",
    ),
)
