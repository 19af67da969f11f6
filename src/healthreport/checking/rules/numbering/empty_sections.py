"""Headings with nothing under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind, Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import label_of, rank, scopes
from healthreport.diagnostics import Severity
from healthreport.trees.end_marks import is_ended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.outline import Item
    from healthreport.checking.subject import Subject

_FAMILIES = frozenset({"章", "节", "一", "P一"})
# A heading is short; a longer line without an end is a sentence that is listed.
_LONGEST = 30


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a heading that nothing follows before the next one of its level, while its siblings have text."""
    words = lines(subject)
    if not words.is_read:
        return
    for scope in scopes(subject):
        if scope.family not in _FAMILIES or len(scope.items) < 2:
            continue
        holders = scope.holders
        empty = [item for item in scope.items if item.order not in holders and _is_empty(item, subject)]
        if len(empty) * 2 < len(scope.items) or (len(empty) == 1 == len(scope.items) - 1):
            for item in empty:
                label = item.passage.label.strip() if item.counted else ""
                title = f"{label}{item.passage.text.strip()}"
                where = Spot(item.passage, item.start, len(item.passage.text.rstrip()))
                yield Finding(f"“{title}”下面没有内容。", where, "请补上内容，或者删去这个标题。")


def _is_empty(item: Item, subject: Subject) -> bool:
    if item.passage.kind is not Kind.HEADING or is_ended(item.rest) or len(item.rest) > _LONGEST:
        return False
    passages = lines(subject).passages
    after = passages[item.order + 1] if item.order + 1 < len(passages) else None
    if after is None or after.kind is Kind.TITLE or after.attachment != item.passage.attachment:
        return True
    if after.kind is Kind.FRAME and item.family in ("一", "章"):
        return True
    found = label_of(after.label or after.text)
    return found is not None and rank(found[0]) <= rank(item.family) and after.kind is Kind.HEADING


EMPTY_SECTION = TextRule(
    "HR109",
    Severity.WARNING,
    _find,
    bad=(
        "总结\n一、慢病管理\n全年随访。\n二、妇幼保健\n三、后勤保障\n抓好食堂和保洁。\n",
        "总结\n一、主要工作\n全年随访。\n二、存在问题\n人手不够。\n三、明年工作计划\n",
        "总结\n一、主要工作\n（一）高血压\n管好了。\n（二）糖尿病\n管好了。\n（三）精神障碍\n二、存在问题\n人手不够。\n",
    ),
    good=(
        "总结\n一、慢病管理\n全年随访。\n二、妇幼保健\n（一）产妇\n访视了。\n（二）儿童\n体检了。\n",
        "议程\n一、主持人讲话\n二、宣读文件\n三、领导讲话\n",
        "总结\n一、人员分工\n（一）组长\n（二）副组长\n（三）成员\n二、经费\n财政拨付。\n",
        "总结\n一、工作\n好。\n二、打算\n继续。\n清河县卫生健康局\n2024年1月5日\n",
        "通知\n一、报名时间\n9月1日。\n二、各单位要高度重视，加强领导，落实责任，按时报送材料，确保活动取得实效\n三、联系人\n张三。\n",
    ),
    name="标题下没有内容",
    why="只有标题没有内容，多半是漏写了，或者发文前没有删去。",
)
