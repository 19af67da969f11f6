"""Marks of Markdown that are printed as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.joined import Joined
    from healthreport.checking.subject import Subject

# Bold words begin where a clause begins, and with none of what follows a masked figure or name.
_BOLD = re.compile(
    r"\*\*(?<![^\s，。；：、）)”》>.．是|-]\*\*)(?![\s*.,，。；%％‰万亿个名所张台元例户次种项件份支只家省市县区镇乡村局院])"
    r"[^*\n]{1,80}(?<![\s，、])\*\*(?!\*)"
)
_STARTS = re.compile(
    r"^(?:#{1,6}\s+(?=\S)|```|>\s+(?=[一-龥])|\|(?:\s*:?-{3,}:?\s*\|)+|[-*+]\s+(?=\S)|[-*_]{3,}\s*$)", re.MULTILINE
)
_LINK = re.compile(
    r"!?\[[^\[\]\n]{0,60}\]\((?:https?://|\.{0,2}/|#)[^()\s]{0,200}\)|`[^`\n]{1,60}`|__[一-龥][^_\n]{0,60}__"
)


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of **bold**, # headings, - points, ``` and [links](http://…), all at the first place."""
    text = subject.joined
    start = subject.known.page_words.start  # - 上一篇 is a page's, and told as such
    found = sorted({*bold(text), *(span for span in _others(text) if not start.match(text.text, span[0]))})
    if found:
        first, *others = [text.spot(*span) for span in found]
        yield Finding(
            f"“{first.words[:12].strip()}”是Markdown的标记，会照样印出来。",
            first,
            "请删去标记，只留文字。",
            places=tuple(others),
        )


def bold(text: Joined) -> list[tuple[int, int]]:
    """Return where bold words stand, with their marks."""
    return [match.span() for match in _BOLD.finditer(text.text)] if "**" in text.text else []


def _others(text: Joined) -> Iterator[tuple[int, int]]:
    words = text.text
    if "`" in words or "](" in words or "__" in words:
        yield from (match.span() for match in _LINK.finditer(words))
    for match in _STARTS.finditer(words):
        if match[0][0] not in "-*+" or _is_list(words, match, text):
            yield match.span()


def _is_list(words: str, match: re.Match[str], text: Joined) -> bool:
    """Say whether a dash or star at the start of a line is one of several: - 甲, - 乙."""
    if match[0].strip() in ("***", "---", "___"):
        return match[0].strip() == "---"
    start, _ = text.line(match.start())
    mark = "\n" + match[0]
    return words.startswith(match[0], start) and (words.count(mark) + words.startswith(match[0])) >= 2


MARKDOWN = TextRule(
    "HR703",
    Severity.WARNING,
    _find,
    name="Markdown标记",
    basis="实务",
    why="从聊天机器人或网页编辑器复制的文字带着标记，Word里不会变成格式。",
    bad=(
        "**加强组织领导。**成立领导小组。",
        "# 2022年工作总结\n全年工作扎实。",
        "工作总结\n- 完成体检\n- 完成随访",
        "详见[县政府网站](https://www.example.gov.cn/1)。",
        "1.**强化督导**：每月通报。",
        "```\n工作总结\n```",
    ),
    good=(
        "住院**.*万人次，增长**%，体检**万人，下降**%。",
        "**县卫生健康局**年工作总结。",
        "- 2 -",
        "#1楼已竣工，“健康中国#家庭医生#”话题。",
        "- 全年工作只有一条横线。",
        "—— 在全县卫生健康工作会议上的讲话",
    ),
)
