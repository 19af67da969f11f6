"""Headings of one level of which some stand alone and some run in, or are points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind, Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import scopes
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.scanning.outline import Item, Scope
    from healthreport.checking.subject import Subject

_LONGEST_HEAD, _LONGEST_LINE = 26, 36
_LEAST = 3
# Chapters are held against one another where so many do it one way for each that does not.
_MANY = 3


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of headings of one level that stand alone here and run into their paragraphs there, or are 一是 there."""
    words = lines(subject)
    if not words.is_read:
        return
    found = scopes(subject)
    for scope in found:
        if scope.family in ("一", "P一"):
            yield from _of_siblings(scope)
    yield from _of_document([scope for scope in found if scope.family == "P一" and scope.parent], words)
    yield from _points_for_headings(found, words)


def _of_siblings(scope: Scope) -> Iterator[Finding]:
    alone = [item for item in scope.items if item.passage.kind is Kind.HEADING]
    run_in = [item for item in scope.items if _runs_in(item)]
    if not alone or not run_in or len(alone) + len(run_in) < max(_LEAST, len(scope.items)):
        return
    fewer, how = (run_in, "和正文写在一段里") if len(run_in) <= len(alone) else (alone, "独立成行")
    others = "独立成行" if fewer is run_in else "和正文写在一段里"
    if len(fewer) * 2 <= len(alone) + len(run_in):
        yield from _told(fewer, how, f"同一层别的标题{others}")


def _of_document(found: list[Scope], words: Lines) -> Iterator[Finding]:
    """Tell of the chapters whose headings stand alone where those of most others run in, or the other way round."""
    alone: list[Scope] = []
    run_in: list[Scope] = []
    for scope in found:
        texts = [words.full[words.start(item.order) : words.start(item.order + 1) - 1] for item in scope.items]
        heads = [text.strip().partition("。") for text in texts]
        if all(mark and more and len(head) <= _LONGEST_LINE for head, mark, more in heads):
            run_in.append(scope)
        elif all(not mark and len(head) <= _LONGEST_LINE for head, mark, _ in heads):
            alone.append(scope)
    fewer, more = sorted((alone, run_in), key=len)
    if fewer and len(more) >= _MANY * len(fewer):
        how, others = "独立成行", "和正文写在一段里"
        if fewer is run_in:
            how, others = others, how
        yield from _told([item for scope in fewer for item in scope.items], how, f"别的章里这一层{others}")


def _points_for_headings(found: tuple[Scope, ...], words: Lines) -> Iterator[Finding]:
    """Tell of chapters whose paragraphs begin with 一是, 二是 where those of most others have （一）, （二）."""
    chapters = next((scope for scope in found if scope.family == "一" and len(scope.items) >= _LEAST), None)
    if chapters is None:
        return
    inner = [child for child in chapters.children if child.family == "P一" and len(child.items) > 1]
    holders = {child.parent.order for child in inner if child.parent}
    ends = [item.order for item in chapters.items[1:]] + [len(words.passages)]
    spots = []
    for item, end in zip(chapters.items, ends, strict=True):
        first = words.start(item.order + 1) if item.order + 1 < len(words.passages) else len(words.text)
        if item.order not in holders and words.text.startswith("一是", first):
            texts = words.full[first : words.start(end) if end < len(words.passages) else len(words.text)].split("\n")
            if len(texts) > 1 and texts[1].startswith("二是"):
                spots.append(words.spot(first, first + len(texts[0].partition("。")[0])))
    if spots and len(holders) > len(spots):
        what = f"这一章各段用“一是”“二是”，别的章用“（一）”“（二）”{_count(spots)}。"
        yield Finding(what, spots[0], "同一层宜用同一种序号。", places=tuple(spots[1:]))


def _told(items: list[Item], how: str, others: str) -> Iterator[Finding]:
    first, *more = [Spot(item.passage, item.start, item.start + len(item.label)) for item in items]
    if not items[0].counted:
        what = f"“{first.words}”的标题{how}，{others}。"
        yield Finding(what, first, "同一层的标题宜用同一种写法。", places=tuple(more))


def _count(spots: list[Spot]) -> str:
    return f"（共{len(spots)}处）" if len(spots) > 1 else ""


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
        (
            "总结\n一、慢病\n（一）高血压。管好了。\n（二）糖尿病。管好了。\n二、妇幼\n（一）产妇。访视了。\n（二）儿童。体检了。\n"
            "三、中医\n（一）门诊。开展了。\n（二）病房。开展了。\n四、后勤\n（一）食堂\n办好了。\n（二）保洁\n抓好了。\n"
        ),
        (
            "总结\n一、党建\n一是抓学习。办班6期。\n二是抓纪律。督查4次。\n二、慢病\n（一）高血压。管好了。\n（二）糖尿病。管好了。\n"
            "三、妇幼\n（一）产妇。访视了。\n（二）儿童。体检了。\n"
        ),
    ),
    good=(
        (
            "总结\n一、慢病\n（一）高血压。管好了。\n（二）糖尿病。管好了。\n二、妇幼\n一是访视产妇。\n三、中医\n"
            "一是抓门诊。开展了。\n二是抓病房。开展了。\n"
        ),
        (
            "总结\n一、慢病\n（一）高血压。管好了。\n（二）糖尿病。管好了。\n二、妇幼\n（一）产妇\n访视了。\n（二）儿童\n体检了。\n"
            "三、中医\n做法如下。一是抓门诊。二是抓病房。\n"
        ),
        "总结\n一、慢病管理\n全年随访。\n二、妇幼保健\n全年访视。\n",
        "总结\n（一）慢病管理。全年随访，管好了。\n（二）妇幼保健。全年访视，做好了。\n（三）后勤。抓好了。\n",
        "总结\n一、慢病管理\n（一）高血压。管好了。\n（二）糖尿病。管好了。\n二、妇幼保健\n（一）产妇\n好。\n（二）儿童\n好。\n",
        "通知\n一、时间\n9月1日。\n二、要求\n各单位要高度重视，加强领导，落实责任。按时报送材料。\n三、联系人\n张三。\n",
    ),
    name="同一层标题写法不一",
    why="同一层的标题，有的独立成行，有的和正文写在一段里，看上去像两层。",
)
