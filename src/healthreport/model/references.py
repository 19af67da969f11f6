"""What ``{{ }}`` may name, and an expression's mistake as a diagnostic at its place."""

from __future__ import annotations

import contextlib
import re
from itertools import islice
from typing import TYPE_CHECKING

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Position, Severity, did_you_mean
from healthreport.model.validating.text import Code, Text, UnpairedError, no_reference, read
from healthreport.reading.yaml.nodes import Mapping, Sequence
from healthreport.values.expressions import ExpressionError, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.reading.yaml.nodes import Node

# The report fields an expression may name, and the model's fields behind them.
FIELDS = {
    "年度": "year",
    "期间": "period",
    "标题": "title",
    "副标题": "subtitle",
    "单位": "org",
    "上级": "superior",
    "主送": "recipient",
    "称谓": "salutation",
    "讲话人": "speaker",
    "日期": "date",
    "截至": "as_of",
}

# Braces that are no pair of two, and square ones; full-width ones too.
_BRACKETED = re.compile(
    r"(?<![{｛﹛])([{｛﹛])\s*([^\s{}｛｝﹛﹜](?:[^{}｛｝﹛﹜]*[^\s{}｛｝﹛﹜])?)\s*([}｝﹜])(?![}｝﹜])"
    r"|([\[［【]{2})\s*([^\s\[\]［］【】](?:[^\[\]［］【】]*[^\s\[\]［］【】])?)\s*([\]］】]{2})"
)
_NOTHING_ELSE = re.compile(r"\s*(?:[.|+＋−－*×/÷／]|- |$)")

_TRY_DRAFT = "；只看样子可加 --draft"
_HINTS = {
    "expression-syntax": "写法如“{{ 年度 + 1 }}”“{{ 新签.占比(签约) }}”；花括号里的公式有逗号时请加引号。",
    "division-by-zero": "请检查除数。",
    "not-a-number": "文字直接写“{{ 单位 }}”，只有数才能计算。",
    "cycle": "请在其中一处直接写出文字。",
    "unknown-format": "请去掉“|”和后面的字，或换一种格式。",
    "missing-value": f"请补上，或改写这句话{_TRY_DRAFT}。",
    "opaque-operand": f"请直接写出结果，或改写这句话{_TRY_DRAFT}。",
    "zero-operand": "请核对数据，或改写这句话。",
    "negative-operand": "请改用“.增减”。",
    "bound-target": "例如“{{ 指标.达标 }}”。",
    "target-missed": "例如改用“.完成率”。",
    "unit-mismatch": "请核对两边的“单位”。",
    "formula-cycle": "请把其中一个改成“数值”。",
    "parts-do-not-add-up": "请核对分项和数值。",
    "unknown-derived": "请改用其中之一。",
}


def diagnose(
    text: Text, code: Code, wrong: ExpressionError, names: Names, severity: Severity = Severity.ERROR
) -> Diagnostic:
    """Return the diagnostic of an expression's mistake."""
    place = text.position_of(code.start + wrong.start, code.start + max(wrong.end, wrong.start + 1))
    return describe(wrong, place, names, severity)


def describe(wrong: ExpressionError, place: Position, names: Names, severity: Severity = Severity.ERROR) -> Diagnostic:
    """Return the diagnostic of a mistake at a place."""
    message, hint = wrong.message, _HINTS.get(wrong.id, "")
    if wrong.id == "unknown-name":
        guess = did_you_mean(wrong.name, names.names)
        message += f"，是否为“{guess}”？" if guess else ""
        hint = "" if guess else f"可以用：{'、'.join(sorted(names.names)[:30])}。"
    elif wrong.id == "missing-value" and wrong.name:
        hint = f"请补上“{wrong.name}: …”，或改写这句话。"
    message = message if message.endswith("？") else message + "。"
    hint = hint or _HINTS.get(wrong.id, "")
    if severity is Severity.WARNING:
        hint = hint.replace(_TRY_DRAFT, "")  # this is one
    return Diagnostic(wrong.id, message, place, severity, hint, wrong.related)


def bracketed(texts: Iterable[Text]) -> Iterator[tuple[Text, re.Match[str], int]]:
    """Yield what stands in single braces or double square brackets, and where the words around it begin."""
    for text in texts:
        at = text.start
        for segment in text.segments if text.lines in ((text,), ()) else ():
            if isinstance(segment, Code):
                at = segment.start + len(segment.text) + 2
            else:
                yield from ((text, match, at) for match in _BRACKETED.finditer(segment))


def unreferenced(texts: Iterable[Text], names: Names) -> Iterator[Diagnostic]:
    """Yield the references that lack a brace, ``{ 门诊 }``, or stand in ``[[ ]]``; other brackets are text."""
    for text, match, at in bracketed(texts):
        left, words, right = filter(None, match.groups())
        name = names.match(words, 0)
        if name is not None and _NOTHING_ELSE.match(words, len(name)):
            yield no_reference(words, f"{left} {right}", text.position_of(at + match.start(), at + match.end()))


def unreadable(texts: Iterable[Text], names: Names) -> Iterator[Diagnostic]:
    """Yield the mistakes of expressions that can be told without a value, the first hundred of them."""
    return islice(_unreadable(texts, names), MAX_PROBLEMS)


def _unreadable(texts: Iterable[Text], names: Names) -> Iterator[Diagnostic]:
    for text in texts:
        for code in text.segments if text.lines in ((text,), ()) else ():
            if isinstance(code, Code):
                try:
                    names.parse(code.text)
                except ExpressionError as wrong:
                    yield diagnose(text, code, wrong, names)


def texts_in(node: Node) -> Iterator[Text]:
    """Yield the lines of all that is written in a tree that makes no report."""
    if isinstance(node, Mapping | Sequence):
        for item in node.values() if isinstance(node, Mapping) else node:
            yield from texts_in(item)
    else:
        with contextlib.suppress(UnpairedError):  # validation has told of it
            yield from read(node).lines
