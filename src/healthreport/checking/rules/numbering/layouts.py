"""Siblings of which some stand alone and some run in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind, Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import scopes
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.outline import Item
    from healthreport.checking.subject import Subject

_LONGEST_HEAD = 26
_LEAST = 3


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of siblings of which most headings stand alone and one runs into its paragraph, or the other way round."""
    words = lines(subject)
    if not words.is_read:
        return
    for scope in scopes(subject):
        if scope.family not in ("一", "P一"):
            continue
        alone = [item for item in scope.items if item.passage.kind is Kind.HEADING]
        run_in = [item for item in scope.items if _runs_in(item)]
        if not alone or not run_in or len(alone) + len(run_in) < max(_LEAST, len(scope.items)):
            continue
        fewer, how = (run_in, "和正文写在一段里") if len(run_in) <= len(alone) else (alone, "独立成行")
        others = "独立成行" if fewer is run_in else "和正文写在一段里"
        first, *more = [Spot(item.passage, item.start, item.start + len(item.label)) for item in fewer]
        if not fewer[0].counted and len(fewer) * 2 <= len(alone) + len(run_in):
            what = f"“{first.words}”的标题{how}，同一层别的标题{others}。"
            yield Finding(what, first, "同一层的标题宜用同一种写法。", places=tuple(more))


def _runs_in(item: Item) -> bool:
    head, mark, more = item.rest.partition("。")
    return item.passage.kind is Kind.BODY and bool(mark and more) and len(head) <= _LONGEST_HEAD and "，" not in head


LAYOUT = TextRule(
    "HR108",
    Severity.NOTE,
    _find,
    bad=(
        "总结\n一、慢病管理\n全年随访。\n二、妇幼保健\n全年访视。\n三、后勤保障。抓好食堂和保洁。\n",
        "总结\n（一）慢病管理。全年随访，管好了。\n（二）妇幼保健\n全年访视。\n（三）后勤保障。抓好食堂和保洁。\n",
        "总结\n一、做法\n（一）抓培训\n办班。\n（二）抓督导\n下乡。\n（三）抓考核。按月打分。\n二、打算\n继续。\n",
    ),
    good=(
        "总结\n一、慢病管理\n全年随访。\n二、妇幼保健\n全年访视。\n",
        "总结\n（一）慢病管理。全年随访，管好了。\n（二）妇幼保健。全年访视，做好了。\n（三）后勤。抓好了。\n",
        "总结\n一、慢病管理\n（一）高血压。管好了。\n（二）糖尿病。管好了。\n二、妇幼保健\n（一）产妇\n好。\n（二）儿童\n好。\n",
        "通知\n一、时间\n9月1日。\n二、要求\n各单位要高度重视，加强领导，落实责任。按时报送材料。\n三、联系人\n张三。\n",
    ),
    name="同一层标题写法不一",
    why="同一层的标题，有的独立成行，有的和正文写在一段里，看上去像两层。",
)
