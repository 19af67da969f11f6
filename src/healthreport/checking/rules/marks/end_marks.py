"""Paragraphs without an end mark, or with a comma there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind, Spot
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.checking.scanning.outline import label_of
from healthreport.diagnostics import Severity
from healthreport.trees.end_marks import CLOSERS, is_ended

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.passages import Passage
    from healthreport.checking.subject import Subject

_SHORTEST, _LONG = 15, 30
# A paragraph is compared with as many others around it, all of which must have their mark.
_NEIGHBOURS = 4
_ENDS = ("。", "！", "？", "；", "：", ";", ":", ".")
_COMMAS = ("，", "、", ",")
# Lines that were broken by hand end anywhere: where more than this share of a text does, no line is told of.
_MOST = 0.2
_COUNT = re.compile("[一二三四五六七八九十0-9①-⑳]+")
_INNER = re.compile("[，；、。,;]")
_LABEL = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、是要.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.．、）)]|[①-⑳]|第.{1,3}[，条章]|——)"
)
# What stands behind the end: （新华社电）, ——编者.
_REMARK = re.compile(r"(?:(?:[（(][^（）()]{1,40}[）)]){1,3}|——[^—…，。]{1,10})$")
# What announces a list: 现制定计划如下.
_LEAD = "如下"
_WORDS = frozenset({Kind.BODY, Kind.TITLE})
_LAST = re.compile("[\u4e00-\u9fff0-9%％）)”》]$")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a paragraph that ends without a mark while all around it have one, that ends in a comma, or in 如下."""
    words = lines(subject)
    if not words.is_read:
        return
    passages = [*enumerate(words.passages)]
    leads = [(order, one) for order, one in passages if _leads(order, one, words.passages)]
    for _, passage in leads:
        end = len(passage.text.rstrip())
        yield Finding(f"“{_LEAD}”后面没有标点。", Spot(passage, end - len(_LEAD), end), "请加冒号。")
    ads = tuple(subject.known.page_lists["句中"])
    body = [
        (order, one)
        for order, one in passages
        if _is_paragraph(one) and len(one.text.strip()) >= _SHORTEST and not one.text.rstrip().endswith(ads)
    ]
    bare = [(order, one) for order, one in body if _is_bare(one) and (order, one) not in leads]
    comma = [(order, one) for order, one in body if _is_cut(one)]
    if len(bare) + len(comma) > max(_MOST * len(body), 3):
        return
    for order, passage in comma:
        if not _goes_on(order, passage, words.passages):
            text = passage.text.rstrip()
            what = f"段落末尾是“{text[-1]}”，话没有说完。"
            yield Finding(what, Spot(passage, len(text) - 1, len(text)), "请改为句号，或者补上后面的话。")
    for order, passage in bare:
        if _is_odd(order, passage, words.passages):
            text = passage.text.rstrip()
            yield Finding("段落末尾没有标点。", Spot(passage, max(len(text) - 2, 0), len(text)), "请加句号。")


def _leads(order: int, passage: Passage, passages: Sequence[Passage]) -> bool:
    """Say whether a paragraph announces the list that follows it, also where a title may stand."""
    if passage.kind not in _WORDS or passage.label or not passage.text.rstrip().endswith(_LEAD):
        return False
    following = passages[order + 1] if order + 1 < len(passages) else None
    found = label_of(following.label or following.text) if following else None
    return found is not None and found[1] == 1


def _is_paragraph(passage: Passage) -> bool:
    """Say whether a passage may be a sentence: text, or an item with a typed label that looks like a heading."""
    return passage.kind is Kind.BODY or (passage.kind is Kind.HEADING and _LABEL.match(passage.text) is not None)


def _is_bare(passage: Passage) -> bool:
    text = passage.text.rstrip()
    if text[-1:] in _ENDS:
        return False
    bare = _REMARK.sub("", text)
    if is_ended(text) or is_ended(bare) or bare.endswith("—") or "\t" in text or not _LAST.search(text):
        return False
    return bool(_INNER.search(text)) and (len(text) >= _LONG or "，" in text or "," in text)


def _goes_on(order: int, passage: Passage, passages: Sequence[Passage]) -> bool:
    """Say whether points of one sentence stand a line each: 一是…， 二是…，."""
    following = passages[order + 1] if order + 1 < len(passages) else None
    if following is None or not following.text.strip():
        return False
    labelled = bool(_LABEL.match(passage.text) or passage.label) and bool(
        _LABEL.match(following.text) or following.label
    )
    return (labelled and "。" not in passage.text) or following.kind in (Kind.CELL, Kind.CAPTION)


def _is_odd(order: int, passage: Passage, passages: Sequence[Passage]) -> bool:
    """Say whether a paragraph is a sentence and all of its kind around it end in a mark."""
    following = passages[order + 1] if order + 1 < len(passages) else None
    labelled = _kind(passage)
    if following is not None and passage.kind is Kind.HEADING and _kind(following) != labelled:
        return False
    if following is not None and not labelled and (following.kind is not Kind.BODY or _kind(following)):
        # A lead without ：, or a line before a table.
        return following.kind is Kind.HEADING and len(passage.text) > 2 * _LONG and _agree(order, passage, passages)
    return _agree(order, passage, passages)


def _agree(order: int, passage: Passage, passages: Sequence[Passage]) -> bool:
    """Say whether the paragraphs of its kind around one end in a mark; a title among text is far shorter than they."""
    kind = _kind(passage)
    near = [
        one.text.rstrip()
        for one in (*passages[max(order - _NEIGHBOURS, 0) : order], *passages[order + 1 : order + 1 + _NEIGHBOURS])
        if one.kind is Kind.BODY and _kind(one) == kind and len(one.text) >= _SHORTEST and not _is_cut(one)
    ]
    is_short = not kind and len(passage.text) < _LONG + _SHORTEST
    if len(near) < 2 or (is_short and max(map(len, near)) > 2 * len(passage.text)):
        return False
    return all(one.rstrip(CLOSERS).endswith(_ENDS) for one in near)


def _is_cut(passage: Passage) -> bool:
    return passage.text.rstrip().endswith(_COMMAS)


def _kind(passage: Passage) -> str:
    """Return what the label of a paragraph looks like; nothing for one that has none."""
    label = _LABEL.match(passage.label or passage.text)
    return _COUNT.sub("1", label[0].strip()) if label else passage.label


_FIRST, _LAST_ONES = "总结\n全年开展义诊18场，受益群众6100人次。\n", "下一步，继续抓好各项重点工作。\n"
_MORE = "加强领导，落实责任，严格考核。\n" * 4
END_MARK = TextRule(
    "HR304",
    Severity.WARNING,
    _find,
    bad=(
        f"{_FIRST}全院职工认真落实各项制度，服务质量稳步提升\n{_LAST_ONES}{_MORE}",
        f"{_FIRST}全院职工认真落实各项制度，不断提升服务水平，\n{_LAST_ONES}{_MORE}",
        (
            "总结\n1.全年开展义诊18场，受益群众6100人次。\n2.全院职工认真落实各项制度，服务质量稳步提升\n"
            f"3.下一步，继续抓好各项重点工作。\n{_MORE}"
        ),
        f"{_FIRST}开展宣传、义诊、随访等各项便民惠民活动、\n{_LAST_ONES}{_MORE}",
        "工作计划\n为做好今年的工作，现制定计划如下\n一、工作目标\n建档率达到95%。\n二、工作措施\n办好培训。\n",
    ),
    good=(
        "总结\n一、主要工作\n全年开展义诊18场，受益群众6100人次。\n二、下一步打算\n继续抓好各项重点工作，提升质量。\n清河区卫生健康局\n2024年1月5日\n",
        "名单\n清河区中医院门诊部、住院部、药剂科\n白石镇卫生院、石桥镇卫生院\n柳河镇卫生院、河湾乡卫生院\n",
        "方案\n一是全员参与，做到人人知晓，\n二是全程监管，做到环环相扣，\n三是全面考核，做到件件落实。\n",
        "总结\n全年开展义诊18场，受益群众6100人次。\n各位领导、同志们：\n下一步，继续抓好各项重点工作。\n" + _MORE,
        "工作计划\n为做好今年的工作，现制定计划如下：\n一、工作目标\n建档率达到95%。\n各镇进度如下\n白石镇已完成，石桥镇未完成。\n",
        "断行\n全年开展义诊18场，受益群众6100人次，开\n展培训12期，参加人员达到560人次，取得了\n较好的成效，群众满意度稳步提升，下一步将\n继续努力，把各项工作抓好抓实。\n",
        "总结\n全年开展义诊18场，受益群众6100人次。\n各镇完成情况如下表所示，数据截至12月底\n| 镇 | 人次 |\n",
    ),
    name="段末标点",
    basis="GB/T 15834—2011 4.1",
    why="一段话说完用句号；别的段落都有，这一段没有，多半是漏了，或者话被截断了。引出下文的“如下”后面用冒号。",
)
