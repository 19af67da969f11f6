"""Headings that stand alone and end in a mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind, Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import rank, scopes
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.outline import Item
    from healthreport.checking.subject import Subject

_TITLE = re.compile(
    r"[^，。；：！？]{2,40}(?:通知|总结|报告|方案|意见|汇报|计划|办法|规定|细则|函|请示|批复|通报|公告|要点|讲话|制度)[。；，]$"
)
_LONGEST = 36
_ENDS = "。；，：;,:."
_INSIDE = frozenset("。；：！？")
_LOWEST = 5
_SPEAKS = ("是", "已", "了", "将", "由")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a heading on a line of its own that ends in 。 or the like: 一、基本情况。."""
    spots = [*_titles(subject), *_counted(subject), *_typed(subject)]
    for mark in dict.fromkeys(spot.words for spot in spots):
        first, *others = [spot for spot in spots if spot.words == mark]
        count = f"（共{len(others) + 1}处）" if others else ""
        what = f"独立成行的标题末尾有“{mark}”{count}。"
        severity = Severity.NOTE if mark in "：:" else None
        yield Finding(what, first, "请删去：标题末尾通常不用点号。", places=tuple(others), severity=severity)


def _titles(subject: Subject) -> Iterator[Spot]:
    """Yield the mark at the end of a title, as in 关于开展义诊活动的通知。."""
    words = lines(subject)
    for order, passage in enumerate(words.passages):
        text = passage.text.rstrip()
        is_title = passage.kind is Kind.TITLE or (order == 0 and words.is_read and _TITLE.match(text))
        if is_title and text.endswith(("。", "；", "，", "、", "：")) and len(words.passages) > 1:
            yield Spot(passage, len(text) - 1, len(text), "")


def _counted(subject: Subject) -> Iterator[Spot]:
    """Yield the marks at the end of what is a heading by its level."""
    for passage in lines(subject).passages:
        text = passage.text.rstrip()
        if passage.kind is Kind.HEADING and passage.label and text.endswith(tuple(_ENDS)) and len(text) <= _LONGEST:
            yield Spot(passage, len(text) - 1, len(text), "")


def _typed(subject: Subject) -> Iterator[Spot]:
    """Yield the marks at the end of lines that must be headings: longer text, or a lower level, follows each."""
    if not lines(subject).is_read:
        return
    for scope in scopes(subject):
        if scope.family in ("条", "NB", "O") or rank(scope.family) > _LOWEST:
            continue
        listed = [item for item in scope.items if not item.counted]
        if not listed or not all(_may_be_heading(item) for item in scope.items):
            continue
        taken = {item.order for item in scope.items}
        holders = scope.holders
        followed = sum(item.order in holders or _is_followed(item, taken, subject) for item in listed)
        if followed * 3 < 2 * len(listed) or (scope.family == "N" and len(listed) < 2):
            continue
        for item in listed:
            text = item.passage.text.rstrip()
            if text.endswith(tuple(_ENDS)) and item.passage.kind is Kind.BODY:
                yield Spot(item.passage, len(text) - 1, len(text), "")


def _may_be_heading(item: Item) -> bool:
    rest = item.rest
    inner = rest.rstrip(_ENDS)
    return len(rest) <= _LONGEST and not _INSIDE & {*inner} and not inner.endswith(_SPEAKS) and not inner[-1:].isdigit()


def _is_followed(item: Item, taken: set[int], subject: Subject) -> bool:
    """Say whether text of its own follows a line, longer than itself, or a lower level."""
    passages = lines(subject).passages
    after = next((one for one in passages[item.order + 1 : item.order + 2]), None)
    if after is None or item.order + 1 in taken:
        return False
    return after.kind is Kind.BODY and not after.label and len(after.text.strip()) > len(item.rest) + 10


HEADING_END = TextRule(
    "HR106",
    Severity.WARNING,
    _find,
    bad=(
        "关于开展义诊活动的通知。\n各乡镇卫生院：\n现将有关事项通知如下。\n",
        (
            "工作总结\n一、强化领导，统一认识。\n成立了以院长为组长的领导小组，多次召开会议，部署创建工作，层层签订责任书。\n"
            "二、广泛宣传。\n利用宣传栏、横幅和广播开展宣传，全年发放资料三千多份，营造了良好的氛围。\n"
        ),
        (
            "工作总结\n一、基本情况。\n（一）门诊\n全年门诊3.2万人次，比上年增长5%，其中急诊2100人次。\n二、存在问题。\n（一）人员不足\n"
            "现有护士18名，离标准还差6名，夜班压力较大。\n"
        ),
        (
            "工作总结\n一、工作开展情况，\n今年以来，我院认真落实各项任务，取得了较好的成效，群众满意度稳步提高。\n"
            "二、下一步打算\n继续抓好各项工作，争取更大的成绩，让群众看病更加方便。\n"
        ),
    ),
    good=(
        "请各单位认真学习领会并贯彻落实。\n一、时间\n9月1日。\n二、地点\n卫生院。\n",
        "工作总结\n一、基本情况\n全年门诊3.2万人次，比上年增长5%，其中急诊2100人次。\n二、慢病管理怎么抓？\n关键在随访，做到面对面，一户一策。\n",
        "制度\n一、按时上下班。\n二、着装整洁。\n三、首诊负责。\n",
        "工作总结\n（一）加强领导。成立专班，印发方案，召开会议。\n（二）抓好落实。开展督导，逐项销号。\n",
        "通知\n一、各单位要高度重视，加强领导，落实责任。\n二、按时报送材料。\n逾期不报的，予以通报，并纳入年终考核，相关情况另行通知。\n三、加强值守。\n",
        "要求\n1.清点药品。\n2.登记造册。\n以上各项工作请各科室认真落实，月底前报医务科汇总，不得漏报。\n",
    ),
    name="标题末尾有点号",
    basis="GB/T 15834—2011 附录 B.4.1",
    why="独立成行的标题末尾通常不用点号；要停顿的，另起一行已经够了。",
)
