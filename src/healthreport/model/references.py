"""What ``{{ }}`` may name, and an expression's mistake as a diagnostic at its place."""

from __future__ import annotations

import contextlib
import re
from itertools import islice
from typing import TYPE_CHECKING

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Position, Severity
from healthreport.model.validating.text import Code, Literal, Text, UnpairedError, no_reference, read
from healthreport.reading.yaml.nodes import Mapping, Sequence
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Names

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
    "简称": "short_name",
    "上级": "superior",
    "主送": "recipient",
    "称谓": "salutation",
    "讲话人": "speaker",
    "述职人": "person",
    "职务": "post",
    "日期": "date",
    "截至": "as_of",
}

# Braces that are no pair of two, and square ones; full-width ones too. Few texts have any of them.
_OPENING = re.compile("[{｛﹛[［【〔]")
# Each by itself: one may stand within the other. Compiled where a text has any.
_BRACKETED = (
    r"(?<![{｛﹛])([{｛﹛])\s*([^\s{}｛｝﹛﹜](?:[^{}｛｝﹛﹜]*[^\s{}｛｝﹛﹜])?)\s*([}｝﹜])(?![}｝﹜])",
    r"([\[［【〔]{2})\s*([^\s\[\]［］【】〔〕](?:[^\[\]［］【】〔〕]*[^\s\[\]［］【】〔〕])?)\s*([\]］】〕]{2})",
)
_NOTHING_ELSE = r"\s*(?:[.|+＋−－*×/÷／]|- |$)"


def diagnose(text: Text, code: Code, wrong: ExpressionError, severity: Severity = Severity.ERROR) -> Diagnostic:
    """Return the diagnostic of an expression's mistake."""
    place = text.position_of(code.start + wrong.start, code.start + max(wrong.end, wrong.start + 1))
    return describe(wrong, place, severity)


def describe(wrong: ExpressionError, place: Position, severity: Severity = Severity.ERROR) -> Diagnostic:
    """Return the diagnostic of a mistake at a place."""
    message = wrong.message if wrong.message.endswith(("。", "？")) else wrong.message + "。"
    return Diagnostic(wrong.id, message, place, severity, wrong.hint, wrong.related, about=wrong.about)


def bracketed(texts: Iterable[Text]) -> Iterator[tuple[Text, re.Match[str], int]]:
    """Yield what stands in single braces or double square brackets, and where the words around it begin."""
    for text in texts:
        for at, segment in text.placed() if text.lines in ((text,), ()) else ():
            if not isinstance(segment, Code | Literal) and _OPENING.search(segment):
                yield from ((text, match, at) for kind in _BRACKETED for match in re.finditer(kind, segment))


def unreferenced(texts: Iterable[Text], names: Names) -> Iterator[Diagnostic]:
    """Yield the references that lack a brace, ``{ 门诊 }``, or stand in ``[[ ]]``; other brackets are text."""
    for text, match, at in bracketed(texts):
        left, words, right = match.groups()
        name = names.match(words, 0)
        if name is not None and re.match(_NOTHING_ELSE, words[len(name) :]):
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
                    yield diagnose(text, code, wrong)


def texts_in(node: Node) -> Iterator[Text]:
    """Yield the lines of all that is written in a tree that makes no report."""
    if isinstance(node, Mapping | Sequence):
        for item in node.values() if isinstance(node, Mapping) else node:
            yield from texts_in(item)
    else:
        with contextlib.suppress(UnpairedError):  # validation has told of it
            yield from read(node).lines
