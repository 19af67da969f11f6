"""文字: what a report says in words of its own, and nothing prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity, did_you_mean, or_rather

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


_BRACES = re.compile(r"\{\{.*?\}\}|\[\[.*?\]\]|\{\{|\[\[")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of words that no text refers to, and of references in words: neither does what it was written for."""
    built = subject.report
    said = {name: text for name, text in built.report.words.items() if text} if built else {}
    if not built or not said:
        return
    asked = {name: re.compile(r"\{\{\s*" + re.escape(name) + r"\s*\}\}") for name in built.report.words}
    values = [text.node.value for text in built.texts]
    printed = {name for name, pattern in asked.items() if any(map(pattern.search, values))}
    for name, text in said.items():
        if found := _BRACES.search(text.node.value):
            place = text.position_of(*found.span())
            hint = "“文字”里写什么印什么；要带数的话，写进正文，或用“追加”加一节。"
            yield Finding(f"“文字”里的“{found[0]}”会照样印出来，不换成数。", place, hint, id="braces-in-words")
        if name not in printed:
            meant = did_you_mean(name, [one for one in printed if one not in said])
            hint = f"请在要印的地方写“{{{{ {name} }}}}”；不用了的请删去。"
            yield Finding(or_rather(f"没有一处印出“文字”里的“{name}”", meant), text.position(), "" if meant else hint)


WORDS = Rule(
    "unprinted-words",
    Severity.WARNING,
    _find,
    bad=("体裁: 通用\n标题: 情况汇报\n文字: {亮点: 人人有医生}\n内容: 一切如常。\n",),
    good=('体裁: 通用\n标题: 情况汇报\n文字: {亮点: 人人有医生}\n内容: "{{ 亮点 }}。"\n',),
    name="写了而没有印的文字",
    why="“文字”里的话要由 {{ 名称 }} 引用才会印；名称写错一个字，写的话就丢了。",
    basis="数据",
)
