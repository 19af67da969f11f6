"""Lines of web pages that were copied with a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity
from healthreport.recognising.cleaning import web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.passages import Passage, Spot
    from healthreport.checking.subject import Subject
    from healthreport.reading.word_lists import Lists

_ENDS = 10
# A time with seconds is a page's, a time and a place are a meeting's.
_CLOCK = re.compile(r"\d{1,2}:\d{2}:\d{2}")
_TIME = re.compile(r"[（(]?(?:时间|日期)[：:]")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of 上一篇, 责任编辑, 阅读次数, 下面是小编… and advertisements within a sentence."""
    text, known = subject.joined, subject.known
    found = [*_lines(text, subject), *_inserted(text, known.page_lists), *_titles(text)]
    if found and not all(_TIME.match(spot.words) and not _CLOCK.search(spot.words) for spot in found):
        first, *others = sorted(dict.fromkeys(found), key=lambda spot: (spot.passage.written, spot.start))
        message = f"像是网页上带来的：“{first.words[:20]}”。"
        yield Finding(message, first, "不属于公文，请删去。", places=tuple(others))


def _lines(text: Joined, subject: Subject) -> Iterator[Spot]:
    known, total = subject.known, len(text.passages)
    ends = {*range(min(_ENDS, total)), *range(max(total - _ENDS, 0), total)}
    lists = known.page_lists
    within = [word for key in ("行内", "行首") for word in lists[key]]
    lines = {text.line(at) for word in within if text.may_have(word) for at in text.places(word)}
    numbers = {text.number(start): (start, end) for start, end in lines}
    numbers |= {number: text.line_of(number) for number in ends}
    for number, (start, end) in numbers.items():
        words = text.text[start:end].strip()
        if web.is_of_page(words, number, total, known.page_words) or (
            number in ends and _is_label(words, known.clues["网页独有"])
        ):
            yield text.spot(start, end)


def _is_label(words: str, labels: tuple[str, ...]) -> bool:
    """Say whether a line is 责任编辑：张三 or 阅读次数：1024."""
    label, colon, said = words.strip("（）()[]【】").replace(":", "：").partition("：")
    return bool(colon) and len(said) <= _ENDS and label in labels


def _inserted(text: Joined, lists: Lists) -> Iterator[Spot]:
    for word in sorted(lists["句中"], key=len, reverse=True):
        if text.may_have(word):
            yield from (text.spot(at, at + len(word)) for at in text.places(word))


def _titles(text: Joined) -> Iterator[Spot]:
    first: list[Passage] = [*text.passages[:_ENDS]]
    for at in web.repeated_titles([passage.text.strip() for passage in first]):
        yield text.spot(*text.line_of(at))


WEB_LINE = TextRule(
    "HR407",
    Severity.WARNING,
    _find,
    name="网页上带来的字",
    basis="实务",
    why="从网页复制的文字带着栏目、导航和广告，印在公文里很难看。",
    bad=(
        "工作总结\n时间：2022-05-07 15:50:01 工作总结 来源：网友投稿\n全年工作扎实。",
        "工作总结\n下面是小编为大家整理的工作总结，供大家参考。\n全年工作扎实。",
        "工作总结\n全年工作扎实。\n上一篇：实施要点\n下一篇：工作汇报",
        "工作总结\n全年工作当前隐藏内容免费查看扎实推进。",
        "工作总结\n全年工作扎实。\n责任编辑：李明",
        "工作总结\n阅读次数：1024\n全年工作扎实。",
    ),
    good=(
        "会议纪要\n时间：2022年5月7日\n地点：三楼会议室\n会议研究了有关工作。",
        "关于印发方案的通知\n各乡镇卫生院：\n请从上级网站下载表格，认真填写。",
        "来源：各乡镇卫生院年报的数据口径一致，由统计部门审核。\n全年工作扎实。",
        "公众号阅读量达12万次，推荐阅读书目20种，点击量居全市前列。",
    ),
)
