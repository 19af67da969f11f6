"""Paragraphs far longer than the others, and sub-headings that have no number where items follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.passages import Kind
from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.article import article, whole
from healthreport.checking.scanning.lines import lines
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.article import Article
    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_LONG, _TIMES = 600, 4
_SENTENCE = re.compile("[^。！？]{1,60}")
_HEADING = re.compile("[\u4e00-\u9fff]{3,12}")
_FIRST_ITEM = re.compile("1[、.．]|（一）|[（(]1[）)]")
_LABEL = re.compile("[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|[0-9]{1,2}[、.．]")
_BODY = 50


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a paragraph of 600 characters that is far longer than all others, and of 会议议程 before 1、 2、."""
    words = lines(subject)
    if not words.is_read:
        return
    found = article(subject)
    yield from _long(found, words)
    yield from _unnumbered(found, words)


def _long(found: Article, words: Lines) -> Iterator[Finding]:
    body = [line for line in found.body if line.passage.kind is Kind.BODY]
    longest = max(body, key=lambda line: len(line.text), default=None)
    if longest is None or len(longest.text) <= _LONG:
        return
    others = [len(line.text) for line in body if line is not longest]
    if len(longest.text) >= _TIMES * max(others, default=0):
        start = words.start(longest.order)
        first = _SENTENCE.match(longest.text)
        what = f"这一段有{len(longest.text)}字，别的段落短得多，一口气读不完。"
        spot = words.spot(start, start + (first.end() if first else 1))
        yield Finding(what, spot, "请按意思分成几段。")


def _unnumbered(found: Article, words: Lines) -> Iterator[Finding]:
    """Tell of the one short line within a text that stands above numbered items and has no number itself."""
    plain = [
        at
        for at, line in enumerate(found.body)
        if line.passage.kind is not Kind.TITLE and not line.passage.label and _HEADING.fullmatch(line.text)
    ]
    if len(plain) != 1 or not 0 < plain[0] < len(found.body) - 2:
        return
    line, before, after = (found.body[plain[0] + step] for step in (0, -1, 1))
    if len(before.text) >= _BODY and not _LABEL.match(before.text) and _FIRST_ITEM.match(after.text):
        what = f"小标题“{line.text}”没有序号，也没有说明它下面的各项是什么。"
        yield Finding(what, whole(line, words), "请加序号，或者写成一句话，以冒号引出下面各项。")


_OTHERS = "各位领导、同志们：\n会议就要结束了。\n下面讲两点意见。\n"
_SPEECH = "会议就要结束了，大家要抓好落实，把各项任务分解到人。" * 30
_LEAD = (
    "今天召开全县医院管理工作会议，主要任务是总结去年的工作，部署今年的工作，各镇卫生院院长、分管院长和科室主任参加。"
)
PARAGRAPH = TextRule(
    "HR118",
    Severity.NOTE,
    _find,
    bad=(
        f"会议讲话\n{_OTHERS}{_SPEECH}\n",
        f"各位领导、同志们：\n{_SPEECH}\n",
        f"会议讲话\n{_LEAD}\n会议议程\n1、部署工作。\n2、领导讲话。\n",
    ),
    good=(
        f"会议讲话\n{_SPEECH}\n{_SPEECH}\n",
        f"会议讲话\n{_OTHERS}{_SPEECH[:500]}\n",
        f"会议讲话\n{_OTHERS}{_SPEECH}\n{_SPEECH[:400]}\n",
        f"会议讲话\n{_LEAD}会议议程：\n1、部署工作。\n2、领导讲话。\n",
        f"工作总结\n{_LEAD}\n门诊工作\n1、抓质量。\n2、抓服务。\n住院工作\n1、抓安全。\n2、抓床位。\n",
        f"会议讲话\n{_LEAD}\n清河县人民医院\n2024年1月5日\n",
    ),
    name="段落和小标题",
    why="几百字一段没有停顿，读的人抓不住要点；别处有序号，一个小标题没有，看不出是哪一层。",
)
