"""``--keep-text``: last year's texts, in which every number and year that is last year's is marked 待补."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.reading.yaml.dump import Comment, Value
from healthreport.recognising.mentions import mentions

if TYPE_CHECKING:
    from healthreport.recognising.figure_words import FigureWords

MARK = "（待补）"
# What says how words are set, or is no prose: their numbers are nobody's figures.
_NO_PROSE = frozenset(
    {"标题", "样式", "序号", "下级编号", "接排", "续号", "文件", "宽", "列宽", "类别", "形式", "跨列", "跨行", "指标表"}
)
_REFERENCE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_NUMBER = re.compile(r"[\d.,]+%?")


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
    prose = _REFERENCE.sub(lambda found: "\u3000" * len(found[0]), text)
    if _NUMBER.fullmatch(prose):  # a cell
        return text + MARK
    ends = {mention.end for mention in mentions(prose, words)}
    ends |= {found.end() for found in re.finditer(rf"(?<!\d){last}(?!\d)(?:年度?)?", prose)} if last else set()
    for end in sorted(ends, reverse=True):
        if not text.startswith(MARK, end):
            text = text[:end] + MARK + text[end:]
    return text
