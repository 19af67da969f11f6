"""Levels that stand on their heads, are left out, or hold one item only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import scopes
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.outline import Item, Scope
    from healthreport.checking.subject import Subject

_ORDER = "一、→（一）→1.→（1）"
_LEAST = 2


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 一、 within （一）, of 1. straight under 一、 where siblings have （一） between, of （一） alone."""
    if lines(subject).is_loose:
        return
    found = scopes(subject)
    told: set[Scope] = set()
    for scope in found:
        first = scope.items[0]
        if scope.interrupts and scope.interrupts not in told and not first.counted:
            told.add(scope.interrupts)
            outer = scope.interrupts.items[0]
            what = f"“{outer.label}”这一层下面用了“{first.label}”，层次倒了。"
            related = () if outer.counted else ((_label(outer), "外面的一层"),)
            yield Finding(what, _label(first), f"层次依次是{_ORDER}。", related)
    yield from _skips(found)
    yield from _headless(found, lines(subject).is_read)


def _label(item: Item) -> Spot:
    return Spot(item.passage, item.start, item.start + len(item.label))


def _skips(found: tuple[Scope, ...]) -> Iterator[Finding]:
    """Tell of the items of one list whose inner ones skip a level that those of its siblings have."""
    for scope in found:
        if scope.family != "一":
            continue
        inner = [child for child in scope.children if child.family in ("P一", "N") and len(child.items) >= _LEAST]
        with_level = [child for child in inner if child.family == "P一"]
        without = [child for child in inner if child.family == "N" and not child.items[0].counted]
        without = [one for one in without if not any(child.parent is one.parent for child in with_level)]
        if len(with_level) >= _LEAST and len(without) == 1:
            item = without[0].items[0]
            what = f"这里“{scope.items[0].label}”下面直接用了“{item.label}”，别处中间还有“（一）”。"
            yield Finding(what, _label(item), "同一份文件宜一致。", severity=Severity.NOTE)


def _headless(found: tuple[Scope, ...], is_read: bool) -> Iterator[Finding]:
    """Tell of a text whose highest level is （一）."""
    families = {scope.family for scope in found}
    tops = [scope for scope in found if scope.family == "P一" and scope.parent is None]
    if not is_read or families & {"一", "章", "节", "编"} or len(tops) != 1 or len(tops[0].items) < _LEAST:
        return
    item = tops[0].items[0]
    if item.counted or item.number != 1 or item.passage.attachment:
        return
    what = f"全文没有“一、”这一层，直接用了“{item.label}”。"
    yield Finding(what, _label(item), f"层次依次是{_ORDER}，最上面的一层宜用“一、”。", severity=Severity.NOTE)


LEVEL = TextRule(
    "HR104",
    Severity.WARNING,
    _find,
    bad=(
        "工作总结\n（一）总体情况\n一、门诊工作\n开展得好。\n二、住院工作\n开展得好。\n（二）存在问题\n人手不够。\n",
        "工作总结\n1.组织领导\n（一）成立专班\n（二）明确职责\n2.工作措施\n抓培训。\n",
        "工作总结\n（1）清点\n1.药品\n2.耗材\n（2）登记\n",
        "总结\n（一）领导重视，机制完善。成立专班。\n（二）宣传到位，氛围浓厚。张贴海报。\n（三）服务到位，群众满意。开展义诊。\n",
    ),
    good=(
        "总结\n一、主要工作\n（一）慢病管理\n1.高血压随访\n管好了。\n2.糖尿病随访\n管好了。\n（二）妇幼\n好。\n二、打算\n继续。\n",
        "总结\n一、主要工作\n1.高血压随访\n2.糖尿病随访\n二、打算\n1.培训\n2.督导\n",
        "须知\n1.带好证件\n2.提前预约\n一、预约方式\n电话预约。\n二、就诊流程\n先取号。\n",
        "讲话\n一、认清形势\n（一）成绩。有。\n（二）问题。有。\n二、抓好落实\n落实。\n",
    ),
    name="层次不对",
    basis="GB/T 9704—2012 7.3.3",
    why="公文的层次依次是一、（一）1.（1）；倒过来用，读的人分不清哪个包着哪个。",
)
