"""The proof: every reference is evaluated as a report's are, and what prints anything else is taken back."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from healthreport.figures import differences
from healthreport.figures.texts import Figures
from healthreport.model.build import build, known_names
from healthreport.model.validating.text import Code
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from healthreport.values.expression_errors import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.figures.differences import Group
    from healthreport.importing.ledger import Ledger, Reference
    from healthreport.reading.yaml.dump import Dict

_DIFFERS = "算出来的与原文不同"
_ORDER = ("数值", "公式", "分项", "区间", "约数", "单位", "小数位", "目标", "上年")


def take_back_what_differs(ledger: Ledger, texts: Sequence[str]) -> None:
    """Take back computed values, then references, that do not print what stood in the text."""
    wrong = _wrong(ledger, texts)
    for reference in wrong:
        ledger.entries[reference.name].computed = {}
    while wrong := _wrong(ledger, texts):
        differing = {one.at for one in wrong}
        ledger.references = [one for one in ledger.references if one.at not in differing]
        ledger.left |= dict.fromkeys(differing, _DIFFERS)
        _give_back(ledger)


def indicators(ledger: Ledger) -> dict[str, Dict]:
    """Return the indicators that the texts refer to, in the order in which they do."""
    order = sorted(ledger.references, key=lambda one: (one.at.text, one.start))
    names = dict.fromkeys(one.name for one in order)
    return {name: _sorted(ledger.entries[name].keys) for name in names}


def _sorted(keys: Dict) -> Dict:
    return {key: keys[key] for key in _ORDER if key in keys}


def _wrong(ledger: Ledger, texts: Sequence[str]) -> list[Reference]:
    tree = {"体裁": "通用", "标题": "无", "指标": indicators(ledger)}
    built = build(parse(Source("", json.dumps(tree, ensure_ascii=False))))
    figures = Figures(built, draft=False)
    names = known_names(built.report.indicators)
    wrong = []
    for text, references in groupby(sorted(ledger.references, key=_place), lambda one: one.at.text):
        found = [*references]
        beside = differences.beside([*_segments(texts[text], found)], names, built.report.indicators)
        for one in found:
            if _print(one.code, figures, beside.get(_code(one), ())) != one.printed:
                wrong.append(one)
    return wrong


def _place(reference: Reference) -> tuple[int, int]:
    return reference.at.text, reference.start


def _code(reference: Reference) -> Code:
    return Code(reference.code, reference.start)


def _segments(text: str, references: Sequence[Reference]) -> Iterator[str | Code]:
    """Yield the words of a text and what takes the place of its figures."""
    at = 0
    for one in references:
        yield text[at : one.start]
        yield _code(one)
        at = one.end


def _print(code: str, figures: Figures, group: Group) -> str:
    try:
        return figures.write(code, group)
    except ExpressionError:
        return ""


def _give_back(ledger: Ledger) -> None:
    """Compute nothing of an indicator that the texts do not refer to any more."""
    known = {one.name for one in ledger.references}
    for entry in ledger.entries.values():
        parts = entry.computed.get("分项", [])
        formula = str(entry.computed.get("公式", ""))
        if {*parts} - known or (formula and not {*formula.split(" / ")} <= known):
            entry.computed = {}
