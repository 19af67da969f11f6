"""Lines that were broken in the middle of a sentence, by a page's width or a blank line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.trees.end_marks import is_ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.trees.manuscript import Line

_SHORTEST = 25
_GOES_ON = re.compile(r"[，、,（(《“]\s*$")
_STARTS_ANEW = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百\d]{1,4}[)）、.．是]|第[一二三四五六七八九十百\d]{1,4}|[①-⑳㈠-㈩⑴-⒇⒈-⒛]|"
    r"首先|其[一二三四五次]|[-*•·●◆■—]|附件|附：|\d{4}年\d{1,2}月\d{1,2}日\s*$)"
)
_SENTENCE = re.compile("[，。；]")


def goes_on(line: Line, following: Line) -> bool:
    """Say whether a line is the first half of a paragraph whose second half follows.

    ``……切实做到早发现、`` or a long line without an end, before one that starts with no number.
    """
    words, after = line.words, following.words
    if line.level or following.level or following.label or _STARTS_ANEW.match(after):
        return False
    if _STARTS_ANEW.match(words) and "。" not in words:  # a heading
        return False
    if _GOES_ON.search(words):
        return len(words) >= 4
    return len(words) >= _SHORTEST and not is_ended(words) and bool(_SENTENCE.search(words)) and is_sentence(after)


def is_sentence(text: str) -> bool:
    """Say whether a text is the rest of a sentence, not a title or a signature."""
    return bool(_SENTENCE.search(text))


def joined(lines: Sequence[Line]) -> Line:
    """Return the paragraph of some lines."""
    first = lines[0]
    return first._replace(spans=tuple(span for line in lines for span in line.spans))
