"""Lists of one item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import numbered, scopes
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_FURTHEST, _LEAST = 20000, 3


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a list that has a first item and no second one: the label says nothing, or an item is missing."""
    words = lines(subject)
    if words.is_loose or len(words.passages) < _LEAST:
        return
    for scope in scopes(subject):
        item = scope.items[0]
        alone = len(scope.items) == 1 and item.number == 1 and not item.counted and not item.is_weak
        if not alone or scope.family not in ("一", "P一", "PN") or scope.before or item.label.endswith("."):
            continue
        second = numbered(item.label, 2)
        start = words.start(item.order)
        if second.rstrip("、") not in words.text[start : start + _FURTHEST]:
            where = Spot(item.passage, item.start, item.start + len(item.label))
            what = f"这一层只有“{item.label}”，没有“{second}”。"
            yield Finding(what, where, "只有一项的，宜并入上一级；漏了的，请补上。")


SINGLE = TextRule(
    "HR114",
    Severity.NOTE,
    _find,
    bad=(
        "总结\n一、主要工作\n全年随访，管好了。\n今后继续抓。\n",
        "总结\n一、主要工作\n（一）随访\n管好了。\n二、打算\n继续。\n",
        "总结\n一、主要工作\n1.随访\n（1）高血压\n管好了。\n2.体检\n做完了。\n二、打算\n继续。\n",
    ),
    good=(
        "总结\n一、主要工作\n管好了。\n二、打算\n继续。\n",
        "总结\n（一）随访；（二）体检。\n",
        "一、二级医院都已接入。\n",
        "总结\n全年工作分两块。\n一、主要工作。管好了。二、打算。继续。\n",
    ),
    name="一层只有一项",
    why="分项是为了把几件事分开说；只有一项，多半是漏了后面的，或者不必编号。",
)
