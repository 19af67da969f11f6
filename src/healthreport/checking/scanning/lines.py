"""The words of all passages as one text, so that a rule scans a long document once and not paragraph by paragraph."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from healthreport.checking.locating import Written
from healthreport.checking.passages import Kind
from healthreport.checking.rule import Finding
from healthreport.reading.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from healthreport.checking.passages import Passage, Spot
    from healthreport.checking.subject import Subject

_FULL = str.maketrans(",:;?!()", "，：；？！（）")
_CHINESE = "\u3400-\u9fff\u3001-\u303f\uff00-\uffef“”‘’…—"
# Compiled when a rule first asks for it: a class of all Chinese characters takes as long as twenty other patterns.
_HALF = rf"[,:;?!()](?:(?<=[{_CHINESE}].)|(?=[{_CHINESE}]))"


def full_width(text: str) -> str:
    """Return a text with the marks beside Chinese in full width: 甲,乙 reads 甲，乙; 1,059 and 9:30 stay."""
    return re.sub(_HALF, lambda match: match[0].translate(_FULL), text)


class Lines:
    """The passages, a line each; ``is_read`` says that somebody wrote them as they stand, in Word or as a text.

    They stand where :class:`Joined` has them, a break within a passage as a blank. ``is_loose`` says that they are
    texts without their neighbours: what a report says itself on top of its base.
    """

    def __init__(self, subject: Subject) -> None:
        self.passages: Sequence[Passage] = subject.passages
        self._joined = subject.joined
        self.text = "\n".join([text.replace("\n", " ") for text in self._joined.texts])
        self.is_read = bool(subject.places) and isinstance(subject.places[0], Written)
        kinds = {passage.kind for passage in self.passages}
        self.is_loose = not self.is_read and subject.report is None and kinds == {Kind.BODY}

    @cached_property
    def full(self) -> str:
        """The text with full-width marks beside Chinese, as long as it is."""
        return full_width(self.text)

    @cached_property
    def each(self) -> list[str]:
        """The words of each passage with full-width marks, as long as the passage has them."""
        if self._joined.is_disguised:
            return [full_width(passage.text) for passage in self.passages]
        return self.full.split("\n")

    def start(self, index: int) -> int:
        """Return where a passage begins; of the number behind the last one, where another would."""
        return self._joined.start(index)

    def index(self, at: int) -> int:
        """Return which passage stands at a place."""
        return self._joined.number(at)

    def passage(self, at: int) -> Passage:
        """Return the passage at a place."""
        return self._joined.passage(at)

    def before(self, at: int) -> str:
        """Return the character before a place; the end of the line before at the start of a paragraph."""
        return self.text[at - 1] if at else "\n"

    def spot(self, start: int, end: int, fix: str | None = None) -> Spot:
        """Return words of one passage."""
        return self._joined.spot(start, end, fix)

    def matches(self, pattern: re.Pattern[str], *needles: str) -> Iterator[re.Match[str]]:
        """Yield where a pattern fits the text in full width, which needs one of some words to be there at all."""
        if not needles or any(needle in self.full for needle in needles):
            yield from pattern.finditer(self.full)


@Kept(1)
def lines(subject: Subject) -> Lines:
    """Return the words of a subject's passages, the same each time."""
    return Lines(subject)


def together(spots: Iterable[Spot], what: str, hint: str) -> Iterator[Finding]:
    """Yield one finding for what may occur many times; ``{}`` in its message is the first of the words."""
    found = [*spots]
    if found:
        first, *others = found
        count = f"（共{len(found)}处）" if others else ""
        yield Finding(f"{what.replace('{}', first.words)}{count}。", first, hint, places=tuple(others))
