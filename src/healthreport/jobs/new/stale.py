"""Last year's texts, kept whole or as suggestions: numbers, dates and years that are last year's are marked 待补.

What a year does not change stays: ages (65岁以上), titles (《…》), labels, numbers of telephones and of documents.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from healthreport.reading.yaml.dump import Comment, Value
from healthreport.recognising.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.recognising.figure_words import FigureWords

MARK = "（待补）"
# What says how words are set, or is no prose: their numbers are nobody's figures.
_NO_PROSE = frozenset(
    {
        "标题",
        "样式",
        "序号",
        "下级编号",
        "接排",
        "续号",
        "文件",
        "宽",
        "列宽",
        "类别",
        "形式",
        "跨列",
        "跨行",
        "指标表",
        "乡镇表",
        "放在",
    }
)
_REFERENCE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_NUMBER = re.compile(r"[+＋\-−－]?[\d.,]+[%‰]?")
_NEAR = range(-3, 2)  # years that a report compares with, or looks ahead to; those far off are history or a plan's end
_DIGITS = "零〇一二三四五六七八九"
_VALUES = str.maketrans(_DIGITS, "00123456789")
_TITLE = re.compile(r"《[^《》\n]*》")
_YEAR = rf"(?<!\d)(?P<year>\d{{4}}|[一二][{_DIGITS}]{{3}})(?:年度?|(?=[—–~至-]+\d))"
_DATE = re.compile(rf"(?:{_YEAR})?(?<!\d)\d{{1,2}}月(?:底|初|末|\d{{1,2}}[日号])?|{_YEAR.replace('year', 'alone')}")
# Numbers that are no indicators, but last year's all the same.
_OTHERS = re.compile(
    rf"第[\d{_DIGITS}十]+[名位]|(?:排名|位列|位居|名列)[^，。；{{}}]{{0,8}}?第[\d{_DIGITS}十]+(?![\d{_DIGITS}十名位])"
    rf"|平均(?:年龄)?[为是约近达]?\d[\d.]*周?岁|(?:使用|运行)[了已近约]*\d+[余多]?年(?![\d月])|(?<![\d.])\d[\d.,]*[余多]?(?:天|个?小时|分钟)|(?<![\d.:：/])\d[\d.]*[:：/]\d+(?![\d:：/])"
    rf"|百分之[{_DIGITS}十百点]+|(?<![{_DIGITS}十\d])[{_DIGITS}十\d]+分之[{_DIGITS}十\d]+|[二三四五六七八九]成(?![员立效为功果年本因])半?"
    # Without a unit at the end of a clause: 死亡率为0, 上访为零, 使用强度38.5.
    r"|(?<=[为是达到至])(?:\d+(?:[.,]\d+)*|零)(?=[，,。；;、）)\s]|$)"
    r"|(?<=[\u4e00-\u9fff])\d+\.\d+(?=[，,。；;、）)\s]|$)"
)
_IN_CHARACTERS = re.compile(rf"(?<!第)(?!十[一二三四五六]五[期规时以])[{_DIGITS}两十百千万亿]{{2,}}[余多]?")
_LARGE = frozenset("十百千万亿")


def marked(value: Value | Comment, last: int, words: FigureWords) -> Value:
    """Return a value of the file with its stale numbers marked: ``门诊52400人次`` → ``门诊52400人次（待补）``.

    What a reference prints is none: its indicator asks for its own new value.
    """
    assert not isinstance(value, Comment)
    if isinstance(value, str):
        return _marked(value, last, words)
    if isinstance(value, list):
        return [item if isinstance(item, Comment) else marked(item, last, words) for item in value]
    return {key: item if key in _NO_PROSE else marked(item, last, words) for key, item in value.items()}


def _marked(text: str, last: int, words: FigureWords) -> str:
    prose = _blanked(_REFERENCE, text)
    if _NUMBER.fullmatch(prose):  # a cell
        return text + MARK
    untitled = _blanked(_TITLE, prose)
    spans = [(mention.start, mention.end) for mention in mentions(prose, words)]
    spans += [*_dates(untitled, last), *_others(untitled, words)]
    if last:  # also in a title
        spans += [found.span() for found in re.finditer(rf"(?<!\d){last}(?!\d)(?:年度?)?", prose)]
    inside = {at for start, end in spans for at in range(start + 1, end)}
    ends = [0, *sorted({end for _, end in spans} - inside), len(text)]
    pieces = [text[start:end] for start, end in pairwise(ends)]
    return "".join(
        [*(piece + ("" if after.startswith(MARK) else MARK) for piece, after in pairwise(pieces)), pieces[-1]]
    )


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: "\u3000" * len(found[0]), text)


def _dates(text: str, last: int) -> Iterator[tuple[int, int]]:
    """Yield where dates stand, and years not far from the last."""
    for found in _DATE.finditer(text):
        year = found["year"] or found["alone"]
        if found["alone"] is None or (last and int(year.translate(_VALUES)) - last in _NEAR):
            yield found.span()


def _others(text: str, words: FigureWords) -> Iterator[tuple[int, int]]:
    """Yield where other numbers stand: 240天, 第3名, 九成, 一百二十万元."""
    yield from (found.span() for found in _OTHERS.finditer(text))
    for found in _IN_CHARACTERS.finditer(text):
        unit = words.units.at(text, found.end())
        if unit and _LARGE & set(found[0]):
            yield found.start(), found.end() + len(unit)
