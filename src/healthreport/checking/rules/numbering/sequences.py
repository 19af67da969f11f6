"""Labels of paragraphs that leave out a number, say one twice, or are out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import leads_in, numbered, rank, scopes
from healthreport.checking.scanning.sequences import faults
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.outline import Item, Scope
    from healthreport.checking.scanning.sequences import Fault
    from healthreport.checking.subject import Subject

# More numbers than these are not left out by mistake: what looks like a label is a figure.
_FURTHEST = 20000
_MOST_LEFT_OUT = 3
_COUNTED_IN_CHINESE = 4
_MARKS = frozenset("、．.，,")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of labels of paragraphs that do not run on: 一、…三、… (a number is left out), （二）…（二）…."""
    if lines(subject).is_loose:
        return
    for scope in scopes(subject):
        yield from _begins_late(scope, subject)
        yield from _begins_anew(scope, subject)
        listed = scope.items
        for fault in faults([item.number for item in listed]):
            item, before = listed[fault.order], listed[fault.order - 1]
            if not item.counted and not _may_be_meant(fault, before, item, subject):
                yield _told(fault, before, item)


def _told(fault: Fault, before: Item, item: Item) -> Finding:
    wanted = numbered(item.label, fault.wanted)
    fix = wanted if fault.is_sure else None
    what = {
        "缺": f"“{before.label}”之后是“{item.label}”，缺“{wanted}”。",
        "重": f"“{item.label}”出现了两次，这里应为“{wanted}”。",
        "乱": f"“{before.label}”之后是“{item.label}”，次序不对，应为“{wanted}”。",
    }[fault.kind]
    hint = "请补上缺的一项，或者把后面的序号改过来。" if fault.kind == "缺" else "请把序号改过来，后面的顺着改。"
    where = Spot(item.passage, item.start, item.start + len(item.label), fix)
    related = () if before.counted else ((_label(before), "上一项"),)
    return Finding(what, where, hint, related)


def _label(item: Item) -> Spot:
    return Spot(item.passage, item.start, item.start + len(item.label))


def _may_be_meant(fault: Fault, before: Item, item: Item, subject: Subject) -> bool:
    """Say whether the numbers left out stand within the paragraphs between, or the label may be no label at all."""
    left_out = [*range(fault.wanted, item.number)] if fault.kind == "缺" else [item.number - 1]
    if rank(item.family) > _COUNTED_IN_CHINESE and abs(item.number - fault.wanted) > _MOST_LEFT_OUT:
        return True
    if len(left_out) > _MOST_LEFT_OUT:
        return True
    words = lines(subject)
    between = words.text[words.start(before.order) : words.start(item.order)]
    return any(_stands(numbered(item.label, number), between) for number in left_out if number)


def _stands(label: str, words: str) -> bool:
    """Say whether a label stands within words, in whatever width."""
    bare = label.rstrip("、．.，,")
    at = words.find(bare)
    while at >= 0:
        before, after = words[at - 1 : at], words[at + len(bare) : at + len(bare) + 2]
        if label == bare or (not before.isdigit() and after[:1] in _MARKS and not after[1:].isdigit()):
            return True
        at = words.find(bare, at + 1)
    return False


def _begins_late(scope: Scope, subject: Subject) -> Iterator[Finding]:
    """Tell of siblings that begin with the second, with no first one in the paragraphs before."""
    first = scope.items[0]
    if first.number != 2 or first.counted or scope.is_continued or first.family not in ("一", "P一"):
        return
    if len(scope.items) < 2 or scope.items[1].number != 3:
        return
    words = lines(subject)
    start = words.start(first.order)
    back = max(words.start(scope.parent.order) if scope.parent else 0, start - _FURTHEST)
    wanted = numbered(first.label, 1)
    if wanted.rstrip("、．.，,") not in words.text[back:start]:
        yield Finding(f"序号从“{first.label}”开始，前面没有“{wanted}”。", _label(first), "请补上，或者重新编号。")


def _begins_anew(scope: Scope, subject: Subject) -> Iterator[Finding]:
    """Tell of siblings of the highest level that begin anew, without a title or a lead before them."""
    first, old = scope.items[0], scope.before
    if old is None or first.counted or scope.parent or first.family != "一" or not first.order:
        return
    last = old.items[-1]
    second = scope.items[1].number if len(scope.items) > 1 else 0
    passages = lines(subject).passages
    between = passages[last.order + 1 : first.order]
    wanted = numbered(first.label, last.number + 1)
    if second == last.number + 2 != 2 or (second == last.number + 1 != 2):
        fix = wanted if second == last.number + 2 else None
        where = _label(first)._replace(fix=fix)
        yield Finding(f"“{last.label}”之后又是“{first.label}”。", where, f"请改为“{wanted}”，后面的顺着改。")
    elif second and last.number > 1 and not any(map(leads_in, between)) and not last.rest.endswith(("：", ":")):
        yield Finding(f"“{last.label}”之后又从“{first.label}”编起。", _label(first), f"是不是应为“{wanted}”？")


SEQUENCE = TextRule(
    "HR102",
    Severity.WARNING,
    _find,
    bad=(
        "工作总结\n一、慢病管理\n全年随访。\n三、妇幼保健\n全年访视。\n",
        "工作总结\n（一）加强领导。成立专班。\n（二）完善制度。印发方案。\n（二）抓好落实。开展督导。\n",
        "工作总结\n1.核对名单\n3.逐户上门\n2.录入系统\n4.复核上报\n",
        "工作总结\n一、门诊\n抓好了。\n二、住院\n抓好了。\n二、公卫\n抓好了。\n四、后勤\n抓好了。\n",
        "工作总结\n①清点药品\n②登记造册\n④统一销毁\n",
        "工作总结\n（1）清点。\n（2）登记。\n（5）封存。\n（4）上报。\n",
        "通知\n现通知如下。\n二、报名时间\n9月1日。\n三、报名地点\n卫生院。\n",
        "制度\n第一条　为了规范管理。\n第二条　本制度适用于各科室。\n第四条　本制度自印发之日起执行。\n",
    ),
    good=(
        "工作总结\n一、慢病管理\n（一）高血压。管好了。\n（二）糖尿病。管好了。\n二、妇幼保健\n（一）产妇。访视了。\n（二）儿童。体检了。\n",
        "通报\n4月10日，开展义诊。\n2015年以来，持续推进。\n1.5万元已到位。\n62.1%的家庭已签约。\n17.6万人受益。\n",
        "汇报\n一、二级医院都已接入。\n三、四季度完成。\n1、2号手术间已启用。\n3、5岁组体检完成。\n10、11月开展督查。\n",
        "方案\n一、目标\n1.提高签约率\n2.提高随访率\n二、措施\n3.加强培训\n4.加强督导\n",
        "方案\n（一）成立专班；（二）印发方案；（三）召开会议。\n（四）开展督导。\n",
        "讲话\n一、认清形势\n形势严峻。\n二、狠抓落实\n要落实。\n附件1\n任务清单\n一、医疗\n门诊。\n二、公卫\n随访。\n",
        "要点\n要求如下：\n1.早发现\n2.早报告\n流程如下：\n1.登记\n2.上报\n",
        "节选\n五、下一步打算\n继续抓。\n六、有关建议\n增加投入。\n",
    ),
    name="序号不连续",
    basis="实务",
    why="同一层的序号应当连续，不重、不漏、不乱；漏了一个序号，读的人会以为少了一段。",
)
