"""Words of Markdown: bold, links and code; ``**`` that stands for a figure nobody may read stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.trees.manuscript import Look, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.diagnostics import Position
    from healthreport.trees.omitted import Omitted

# An address is no longer than browsers take; one that does not close is looked for to the next link, not farther.
_LINK = re.compile(r'\[([^\[\]]+)\]\(\s{0,9}<?([^)\s>\[]{1,2000})>?(?:\s{1,9}"[^"]{0,1000}")?\s{0,9}\)')
_BARE_LINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_BREAK = re.compile(r"<br\s*/?>")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_MARK = re.compile(r"(?<![*\\])\*\*(?!\*)")
_UNIT = "%％‰万亿千百十个名人次户项家所处元件台套例期场篇条份张座辆亩公里吨斤℃年月日天岁镇村起批支多余"
_DIGIT = re.compile(r"[\d０-９.．%％‰]")
_UNITS = re.compile(rf"[{_UNIT}]")
# What is masked is followed by its unit, and that by a mark: 完成**人次，
_MASKED_UNIT = re.compile(rf"[%％‰]|[{_UNIT}]{{1,3}}(?:[，。；、,;：:）)]|$)")
# All that a line or a cell says: **48**, **完成率92.5%**; **.** is masked.
_WHOLE = re.compile(r"\*\*(?![.．])[^*]+(?<![.．])\*\*")
# Markdown knows no bold words without these blanks: **加强领导。** 成立专班, 开展 **“两癌”筛查**.
_BLANK_BEHIND = re.compile("(?<=[，。；：！？、”’）》〉】]\\*\\*) (?=[\u3400-\u9fff])")
_BLANK_BEFORE = re.compile("(?<=[\u3400-\u9fff]) (?=\\*\\*[“‘（《〈【])")


def spans(words: str, place: Position, omitted: Omitted, *, plain: bool = False) -> tuple[Span, ...]:
    """Return words without the marks of Markdown, bold ones apart; ``plain`` ones are taken as they are."""
    if plain:
        return (Span(words),)
    for link in _LINK.finditer(words):
        omitted.add("链接地址", link[2], place)
    words = _BREAK.sub("\n", _BARE_LINK.sub(r"\1", _LINK.sub(r"\1", words)))
    found = [Span(_plain(text), Look(bold=bold)) for text, bold in _bold(words)]
    return tuple(span for span in found if span.text)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", _CODE.sub(r"\1", text))


def _bold(words: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a line and whether they are bold; where marks may belong together otherwise, none are."""
    marks = [0, len(words) - 2] if _WHOLE.fullmatch(words) else [at for at in _marks(words) if not _masks(words, at)]
    start = 0
    for opening, closing in zip(marks[::2], marks[1::2], strict=False) if len(marks) % 2 == 0 else ():
        inside = words[opening + 2 : closing]
        if inside and inside == inside.strip() and not _UNITS.match(words, closing + 2):
            yield words[start : opening - bool(_BLANK_BEFORE.match(words, opening - 1))], False
            yield inside, True
            start = closing + 2 + bool(_BLANK_BEHIND.match(words, closing + 2))
    yield words[start:], False


def _marks(words: str) -> Iterator[int]:
    """Yield where exactly two asterisks stand together."""
    return (found.start() for found in _MARK.finditer(words))


def _masks(words: str, at: int) -> bool:
    """Say whether two asterisks stand for a figure: beside a digit, a point, a percentage, or before a unit."""
    before, behind = words[at - 1 : at], words[at + 2 : at + 3]
    if _DIGIT.match(before) or _MASKED_UNIT.match(words, at + 2):
        return True
    return bool(at and _DIGIT.match(behind))  # **1. 加强领导** begins its line: nothing is masked there
