"""文字: what a report says in words of its own, and nothing prints."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import MAX_PROBLEMS, Severity, did_you_mean, or_rather
from healthreport.model.numbered import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject
    from healthreport.model.build import Built


_MOST_GUESSED = 300
_CODE = r"""\{\{\s*(?:"[^"\n]*"|'[^'\n]*')\s*\}\}|\{\{([^{}]*)\}\}"""  # words in quotes are printed as they are
_BRACES = r"\{\{.*?\}\}|\[\[.*?\]\]|\{\{|\[\["


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of words that no text refers to, and of references in words: neither does what it was written for."""
    built = subject.report
    said = {name: text for name, text in built.report.words.items() if text} if built else {}
    if not built or not said:
        return
    for text in said.values():
        if found := re.search(_BRACES, text.node.value):
            place = text.position_of(*found.span())
            hint = "“文字”里写什么印什么；要带数的话，写进正文，或用“追加”加一节。"
            yield Finding(f"“文字”里的“{found[0]}”会照样印出来，不换成数。", place, hint, id="braces-in-words")
    asked = {*_asked(built)}
    open_names = [name for name in built.report.words if name in asked and name not in said]
    for name in islice((name for name in said if name not in asked), MAX_PROBLEMS):
        meant = did_you_mean(name, open_names[:_MOST_GUESSED])
        hint = "" if meant else f"请在要印的地方写“{{{{ {name} }}}}”；不用了的请删去。"
        yield Finding(or_rather(f"没有一处印出“文字”里的“{name}”", meant), said[name].position(), hint)


def _asked(built: Built) -> Iterator[str]:
    """Yield what the texts of a report refer to: not those of keys of its base that it says anew, nor own words."""
    apart = {n for text in built.report.words.values() for n in (numbers_in(text) if text else ())}
    if built.common:
        apart |= {n for name in built.differing for n in numbers_in(getattr(built.common.report, name))}
    nodes = {id(text.node): text.node for n, text in enumerate(built.texts) if n not in apart}
    for node in nodes.values():
        yield from (code.partition("|")[0].strip(" ()（）") for code in re.findall(_CODE, node.value))


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
