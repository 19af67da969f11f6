"""Changes to a line of a manuscript: what was there, what stands there now, each with its place."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees.manuscript import Line, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.diagnostics import Position


class Kind(StrEnum):
    """The kinds of cleaning in their order, each by its word for ``--keep``; ``chinese`` says what it is."""

    chinese: str

    CONTROL = "control", "看不见的控制字符"
    TRADITIONAL = "traditional", "带拼音的繁体字"
    WEB = "web", "网页上的行"
    REPEATED = "repeated", "重复的标题"
    HALFWIDTH = "halfwidth", "半角标点"
    SPACES = "spaces", "多余的空格"
    BROKEN = "broken", "句子中间的换行"
    COLON = "colon", "主送、称谓后面的冒号"
    CAPTION = "caption", "表题、图题的编号"

    @property
    def can_be_kept(self) -> bool:
        """Say whether it can be left undone: no YAML and no Word file can hold control characters."""
        return self is not Kind.CONTROL

    def __new__(cls, word: str, chinese: str) -> Kind:
        """Return a kind that equals its word."""
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.chinese = chinese
        return kind


class Edit(NamedTuple):
    """The characters from ``start`` to ``end`` of a text become ``new``."""

    start: int
    end: int
    new: str


class Change(NamedTuple):
    """What was changed: the words before and after, and where they stood; ``after`` is empty for what is gone."""

    kind: Kind
    place: Position
    before: str
    after: str


def applied(line: Line, edits: Sequence[Edit], kind: Kind) -> tuple[Line, list[Change]]:
    """Return a line with edits made, which are in order and do not overlap, and the changes they are."""
    words, changes, spans, done = line.words, [], [], 0
    for edit in edits:
        place = line.place
        if place.line:
            place = place._replace(column=place.column + edit.start, width=max(edit.end - edit.start, 1))
        changes.append(Change(kind, place, words[edit.start : edit.end], edit.new))
    at = 0
    for span in line.spans:
        end, text, start = at + len(span.text), "", at
        while done < len(edits) and edits[done].start < end:
            text += words[start : edits[done].start] + edits[done].new
            start, done = edits[done].end, done + 1
        text += words[start:end]
        if text:
            spans.append(Span(text, span.look))
        at = max(end, start)
    return line._replace(spans=tuple(spans)), changes
