"""A title that holds what was to stand under it: the line ``待补: |`` was deleted, or the key named wrongly.

The title of a report or an attachment may be broken over lines where its author wants it broken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic
from healthreport.model.validating.types import told
from healthreport.reading.yaml.nodes import Scalar
from healthreport.trees.end_marks import CLOSERS

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_LINES = 4
_SENTENCE = re.compile(rf"。(?=\s*[^\s{re.escape(CLOSERS)}])")
_HINT = "正文请写在“内容”里；“待补”写好后，把“待补”改成“内容”，那一行不要删去。"


def one_line(value: object) -> object:
    """Refuse the title of a section that has many lines or holds sentences."""
    return _check(value, 1)


def no_text(value: object) -> object:
    """Refuse the title of a report or an attachment that holds sentences, or more lines than a title has."""
    return _check(value, _MOST_LINES)


def _check(value: object, most: int) -> object:
    problem = _problem(value, most) if isinstance(value, Scalar) else None
    if problem:
        raise told([problem])
    return value


def _problem(title: Scalar, most: int) -> Diagnostic | None:
    """Point at the first words that are no title."""
    lines = list(_lines(title))
    if len(lines) > most or (len(lines) > 1 and "。" in title.value):
        start, end = lines[1]
        message = f"“标题”写了{len(lines)}行，从这里起是正文，不是标题。"
        return Diagnostic("text-in-title", message, title.source.position(start, end), hint=_HINT)
    sentence = _SENTENCE.search(title.value)
    if sentence is None:
        return None
    message = "“标题”里的“。”后面还有文字：正文写到了标题里。"
    return Diagnostic("text-in-title", message, title.position(*sentence.span()), hint=_HINT)


def _lines(title: Scalar) -> Iterator[tuple[int, int]]:
    """Yield where each line that is not blank stands in the file."""
    text = title.source.text
    start = text.find("\n", title.start) if title.style in ("|", ">") else title.start
    for line in re.finditer(r"[^\n]+", text[start : title.end] if start >= 0 else ""):
        words = line[0].strip()
        if words:
            at = start + line.start() + line[0].index(words)
            yield at, at + len(words)
