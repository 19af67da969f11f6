"""Quotes and brackets with nothing in them."""

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

_PAIRS = ("“”", "‘’", "《》", "〈〉", "（）", "【】", "〔〕", "「」", "()")
_FORM = Form(
    re.compile("“”|‘’|《》|〈〉|（）|【】|〔〕|「」|(?<=[\u3400-\u9fff，。；：])\\(\\)"),
    "“{}”里面没有内容",
    "请补上内容，或者删去。",
    needles=_PAIRS,
)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of quotes and brackets with nothing in them: 印发《》."""
    return findings(subject, (_FORM,))


EMPTY = TextRule(
    "HR307",
    Severity.WARNING,
    _find,
    bad=("印发《》，开展培训。\n", "开展“”主题活动。\n", "全县（）共12家。\n", "全县()共12家。\n"),
    good=("印发《办法》，开展培训。\n", "医（护）患沟通（含）顺畅。\n", "调用render()即可。\n", "请选择（  ）。\n"),
    name="空的引号或括号",
    why="引号、括号、书名号里没有内容，是漏填了或者删漏了。",
)
