"""Where the characters of words stand in the line of a text that they were read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.reading.yaml.encodings import BLANKS

if TYPE_CHECKING:
    from collections.abc import Sequence

_PIPE = re.compile(r"(?<!\\)\|")
# What Markdown puts before a line's words, within them, and behind: # 标题 ##, - 甲, 1. 乙, > 丙, **丁**, \*.
_BEFORE = re.compile(r"[\s\u3000>#*_~+\-]*(?:\d{1,9}[.)][ \t]+)?[*_~\\]*")
_WITHIN = "*_~\\"
_BEHIND = re.compile(r"[\s\u3000#*_~]*")
_CODE = "`"
_BOLD = "**"


def of_text(line: str, words: str, column: int) -> Sequence[int] | None:
    """Return where each character of words stands that begin in a column, from 0; ``None`` if they do not."""
    return range(column, column + len(words)) if line.startswith(words, column) else None


def of_tabbed(line: str, words: str, cell: int) -> Sequence[int] | None:
    """Return where the words of a cell stand in a line whose cells are parted by tabs."""
    cells = line.split("\t")
    if cell >= len(cells) or cells[cell].strip(BLANKS) != words:
        return None
    own = cells[cell]
    start = sum(len(one) + 1 for one in cells[:cell]) + len(own) - len(own.lstrip(BLANKS))
    return range(start, start + len(words))


def of_markdown(line: str, words: str, cell: int | None) -> Sequence[int] | None:
    """Return where words stand in a line of Markdown, or in a cell of it, between the marks that are no words."""
    start, end = 0, len(line)
    if cell is not None:
        first = line.find("|") + 1 if line.lstrip(BLANKS).startswith("|") else 0
        edges = [first, *(found.end() for found in _PIPE.finditer(line, first)), len(line) + 1]
        if cell + 1 >= len(edges):
            return None
        start, end = edges[cell], edges[cell + 1] - 1
    field = line[start:end]
    if _CODE in field:
        return None
    before = _BEFORE.match(field)
    assert before is not None  # it may be empty
    for begin in range(before.end() + 1):
        found = _aligned(field, words, begin)
        if found is not None and _BEHIND.fullmatch(field, found[-1] + 1):
            return [start + at for at in found]
    return None


def _aligned(line: str, words: str, at: int) -> list[int] | None:
    """Return where each character of words stands from an offset on, marks between them left out."""
    found = []
    for character in words:
        while at < len(line) and line[at] != character and (line[at] in _WITHIN or _is_of_mark(line, at)):
            at += 1
        if at >= len(line) or line[at] != character:
            return None
        found.append(at)
        at += 1
    return found or None


def _is_of_mark(line: str, at: int) -> bool:
    """Say whether a blank may belong to the marks of bold words beside it: **加强领导。** 成立专班."""
    return line[at] == " " and (line.endswith(_BOLD, 0, at) or line.startswith(_BOLD, at + 1))
