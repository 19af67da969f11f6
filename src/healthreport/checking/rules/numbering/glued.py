"""Headings and titles that ran into the text behind them."""

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

    from healthreport.checking.known import Known
    from healthreport.checking.scanning.outline import Item
    from healthreport.checking.subject import Subject

_SHORTEST, _LONGEST_HEAD, _LONGEST_HEADING = 45, 26, 60
_MARK = re.compile(r"[，。；：！？,;:]")
# A word that goes on with what begins a sentence: 切实为了, 作为我院.
_GOES_ON = frozenset("是以认成变化作行因须实要并而在将对和与向")
_GENRES = "总结|报告|汇报|方案|计划|通知|意见|小结|简报|讲话|要点|通报|情况说明|述职"
_TITLE = re.compile(
    rf"[^，。；：！？,;:\n]{{4,40}}?(?:工作|活动|情况|年度|学习|会议|培训|自查|整改|实施|督导|调研|创建|个人)(?:{_GENRES})"
    r"(?=[0-9]{0,2}(?:为(?:了|确保|进一步|切实|深入|做好|贯彻|加强|推进|全面|有效)|今年|近年来|根据|按照|一年来"
    r"|我[院局县市区镇乡]|(?:19|20)(?:[0-9]{2}|[xX×]{2})年|自(?:19|20)))"
)
_BEFORE_A_GENRE = ("为", "对", "将", "把", "据", "在", "认真", "全面", "及时", "按照", "根据", "现")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a title or a heading that runs into the text without a mark: 一、加强组织领导为确保活动顺利开展，…."""
    words = lines(subject)
    if words.is_loose:
        return
    for passage in words.passages[:1]:
        match = _TITLE.match(passage.text)
        if match and len(passage.text) >= _SHORTEST and not match[0].startswith(_BEFORE_A_GENRE):
            what = f"标题“{match[0]}”和正文连在一起了。"
            yield Finding(what, Spot(passage, 0, match.end()), "请把标题另起一行。")
    for scope in scopes(subject):
        if scope.family in ("一", "P一") and len(scope.items) > 1:
            heads = sum(map(_has_head, scope.items))
            for item in scope.items:
                if scope.family == "一" or heads > _has_head(item):
                    yield from _of_item(item, subject.known)
    for passage in words.passages:
        if passage.kind is Kind.HEADING and passage.label and len(passage.text) > _LONGEST_HEADING:
            what = f"标题有{len(passage.text)}个字，太长了。"
            where = Spot(passage, 0, len(passage.text))
            yield Finding(what, where, "标题宜短；像是把正文也写进了标题，请分开。", severity=Severity.NOTE)


def _of_item(item: Item, known: Known) -> Iterator[Finding]:
    text = item.passage.text
    if item.passage.kind is not Kind.BODY or item.counted or len(text) < _SHORTEST:
        return
    start = item.start + len(item.label)
    mark = _MARK.search(text, start)
    end = mark.start() if mark else len(text)
    begins = [text.find(word, start + 4, min(end + len(word), start + 34)) for word in known.mark_words.begins]
    at = min([one for one in begins if one > 0 and text[one - 1] not in _GOES_ON], default=0)
    if at:
        what = f"标题“{text[item.start : at]}”和正文之间没有标点。"
        yield Finding(what, Spot(item.passage, item.start, at), "请加句号，或者把标题另起一行。")


def _has_head(item: Item) -> bool:
    """Say whether an item has a heading: a line of its own, or a short first sentence with more behind it."""
    if item.passage.kind is Kind.HEADING:
        return True
    head, mark, more = item.rest.partition("。")
    return bool(mark and more) and len(head) <= _LONGEST_HEAD and rank(item.family) >= 0


GLUED = TextRule(
    "HR107",
    Severity.WARNING,
    _find,
    bad=(
        (
            "总结\n一、加强组织领导为确保义诊活动顺利开展，我院成立了由院长任组长的领导小组，制定了详细的活动方案，明确了各科室的职责分工，落实到人。\n"
            "二、活动形式\n设置义诊台。\n"
        ),
        "总结\n一、强化领导\n成立专班。\n二、广泛开展宣传今年以来，我院利用宣传栏、微信公众号和村广播开展宣传四十余次，发放资料三千多份，受众达到五千余人次。\n",
        "2023年世界献血者日活动总结2为进一步宣传无偿献血知识，我院于6月14日在文化广场开展了以“献血传递爱”为主题的义诊宣传活动，现将活动情况总结如下。\n",
        "上半年公共卫生工作汇报今年以来，我院认真落实国家基本公共卫生服务项目，扎实开展居民健康档案、老年人体检和慢病随访等工作，取得了一定的成效。\n",
    ),
    good=(
        (
            "总结\n一、加强组织领导。为确保义诊活动顺利开展，我院成立了由院长任组长的领导小组，制定了详细的活动方案，明确了各科室的职责分工，落实到人。\n"
            "二、活动形式。设置义诊台。\n"
        ),
        (
            "总结\n一、坚持以人为本，把群众满意作为根本标准，进一步改进服务态度，优化就诊流程，缩短候诊时间，做到便民、利民、惠民，让群众少跑腿、好办事。\n"
            "二、活动形式。设置义诊台。\n"
        ),
        "为全面总结今年工作，按照上级要求，我院对基本公共卫生服务项目进行了全面自查，逐项核对台账，查找存在的问题，并提出了整改措施，现报告如下。\n",
        "根据《关于报送年度工作总结今年有关事项的通知》要求，我院对全年的工作进行了梳理，核对了各项指标，形成了书面材料，现将有关情况报告如下。\n",
        "总结\n一、主要工作\n抓好了。\n二、打算\n继续抓。\n",
    ),
    name="标题和正文连在一起",
    why="标题和正文之间没有标点、也没有另起一行，读的人看不出哪里是标题。",
)
