"""The proof: every reference is evaluated as a report's are, and what prints anything else is taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from healthreport.figures.texts import Figures
from healthreport.model.build import build
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from healthreport.values.expression_errors import ExpressionError

if TYPE_CHECKING:
    from healthreport.importing.ledger import Ledger, Reference
    from healthreport.reading.yaml.dump import Dict

_DIFFERS = "算出来的与原文不同"
_ORDER = ("数值", "公式", "分项", "区间", "约数", "单位", "小数位", "目标", "上年")


def take_back_what_differs(ledger: Ledger) -> None:
    """Take back computed values, then references, that do not print what stood in the text."""
    wrong = _wrong(ledger)
    for reference in wrong:
        ledger.entries[reference.name].computed = {}
    while wrong := _wrong(ledger):
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


def _wrong(ledger: Ledger) -> list[Reference]:
    tree = {"体裁": "通用", "标题": "无", "指标": indicators(ledger)}
    figures = Figures(build(parse(Source("", json.dumps(tree, ensure_ascii=False)))), draft=False)
    return [one for one in ledger.references if _print(one.code, figures) != one.printed]


def _print(code: str, figures: Figures) -> str:
    try:
        return figures.write(code)
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
