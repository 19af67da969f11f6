"""Runs of points within a paragraph: 一是…；二是…。 with what leads in and what closes, several, and nested.

A run counts only where printing it gives the paragraph back; one that leaves out or swaps a number stays text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import printing
from healthreport.recognising.paragraphs import squeezed
from healthreport.trees.draft import Parts, Points
from healthreport.trees.end_marks import CLOSERS
from healthreport.values.labels import candidates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.trees.draft import Inline

# What leads from a number into a sentence: 一是, 一要.
LEADING = "是要来则靠抓查看"
_COUNT = "[一二三四五六七八九十]{1,3}"
_LABEL = re.compile(
    rf"[第其]?{_COUNT}[{LEADING}][，,]?|[第其]{_COUNT}[，,]|(?:首先|其次|其[三四五六七八九])[，,]?"
    rf"|[①-⑳⑴-⒇❶-❿]|[（(](?:\d{{1,2}}|{_COUNT})[)）]|(?<![\d.])\d{{1,2}}(?:[)）]|[、.．](?!\d))"
)
# A third or last point that no style counts: 首先，其次，再次，最后.
_UNCOUNTED = re.compile(r"(?<=[。；，！？])(?:再次|再者|最后|第三)[，,]")
_FIRSTS = ("首先", "首先，", "首先,")
# No run without a second point: what tells most paragraphs apart, at once.
_SECOND = re.compile(rf"二[{LEADING}，,]|其次|[②⑵❷]|[二2][)）]|2[、.．](?!\d)")
_SIGNS = re.compile(r"[①-⑳⑴-⒇❶-❿]")
_BEFORE = "。；：，、！？,;:!?…”’）)」』》"
_BEFORE_THE_FIRST = _BEFORE + "们局院委"
_SENTENCE = re.compile(rf"[。！？][{re.escape(CLOSERS)}]*")
_MOST_LABEL = 8
# What a sentence begins with that speaks of all points before it.
_SUMMING_UP = re.compile(
    "通过以上|通过上述|以上|上述|目前|截至|截止|全年|今年，|到[^，]{1,8}[底止]|据统计|这些|由此|同时，"
)
_DEEPEST = 3
# A paragraph with more labels is a list that lost its line breaks, or was made to take long.
_MOST_MARKS = 200


class Mark(NamedTuple):
    """A label within a paragraph, and where it stands."""

    start: int
    end: int
    sample: str
    number: int


class Read(NamedTuple):
    """A paragraph with its runs; ``broken`` are the labels of runs that leave out or swap a number."""

    inline: Inline
    broken: tuple[str, ...] = ()


def marks(text: str) -> list[Mark]:
    """Return whatever may be the label of a point, in order."""
    found: list[Mark] = []
    for match in _LABEL.finditer(text):
        start = match.start()
        before = text[start - 1] if start else ""
        for label in candidates(text[start : start + _MOST_LABEL]):
            allowed = _BEFORE_THE_FIRST if label.number == 1 else _BEFORE
            if label.length <= len(match[0]) and (_SIGNS.match(match[0]) or before in allowed or before.isspace()):
                found.append(Mark(start, start + label.length, label.sample, label.number))
    if any(mark.sample in _FIRSTS for mark in found):
        found += [
            Mark(match.start(), match.end(), first, 0) for match in _UNCOUNTED.finditer(text) for first in _FIRSTS
        ]
        found.sort()
    return found


def read(text: str) -> Read:
    """Return a paragraph with its runs as 分述, where printing gives the same characters."""
    if not _SECOND.search(text):
        return Read(text)
    found = marks(text)
    if len(found) > _MOST_MARKS:
        return Read(text)
    reader = _Reader(text)
    parsed = reader.parse(found, 0, len(text), 0)
    if parsed is None or squeezed(printing.inline(parsed)) != squeezed(text):
        parsed = text
    return Read(parsed, tuple(reader.broken))


def begins_with_a_run(text: str, sample: str) -> bool:
    """Say whether a paragraph that begins with the first label of a style holds the second as well."""
    return any(mark.sample == sample and mark.number == 2 for mark in marks(text))


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self.broken: list[str] = []

    def parse(self, found: Sequence[Mark], start: int, end: int, depth: int, mark: str = "") -> Inline | None:
        """Return what stands between two places, or ``None`` where there is no run in it.

        ``mark`` is what the last point closes with where it has none of its own, as the point it stands in would.
        """
        parts: list[str | Points] = []
        at = start
        while run := _first_run(found, self.broken):
            following = [one for one in found if one.start > run[-1].start]
            close = self._close(run, following, end)
            if self._text[at : run[0].start].strip():
                parts.append(self._text[at : run[0].start])
            points = self._points(run, found, close, depth, mark if close == end else "")
            parts.append(points)
            at = close
            found = [one for one in following if one.start >= close]
        if not parts:
            return None
        if self._text[at:end].strip():
            parts.append(self._text[at:end])
        return _joined(parts)

    def _points(self, run: Sequence[Mark], found: Sequence[Mark], close: int, depth: int, mark: str) -> Points:
        ends = [*(one.start for one in run[1:]), close]
        own_marks = [self._text[one.end : end].rstrip()[-1:] for one, end in zip(run, ends, strict=True)]
        usual = all(one == "；" for one in own_marks[:-1])
        points: list[Inline] = []
        for index, (label, end) in enumerate(zip(run, ends, strict=True)):
            is_last = index == len(run) - 1
            dropped = (mark or "。") if is_last and usual else "；" if not is_last else ""
            inside = [one for one in found if label.end <= one.start < end and one.sample != label.sample]
            inner = self.parse(inside, label.end, end, depth + 1, dropped) if depth < _DEEPEST and inside else None
            points.append(inner or _without(self._text[label.end : end].strip(), dropped))
        sample = run[0].sample
        return Points(tuple(points), "" if sample == ("①" if depth else "一是") else sample)

    def _close(self, run: Sequence[Mark], following: Sequence[Mark], end: int) -> int:
        """Return where the last point ends: it has as many sentences as the others, if they agree."""
        last = run[-1]
        again = next((one.start for one in following if one.sample == last.sample and one.number == 1), None)
        limit = again if again is not None else end
        stops = [match.end() for match in _SENTENCE.finditer(self._text, last.end, limit)]
        if not stops:
            return limit if again is None else last.start
        sizes = {self._sentences(one.end, other.start) for one, other in pairwise(run)}
        least = min(sizes)
        if len(sizes) == 1 and len(stops) > least:
            return stops[least - 1]
        for stop in stops[least - 1 :]:
            if _SUMMING_UP.match(self._text[stop : stop + 12].lstrip()):
                return stop
        return stops[-1] if again is not None else end

    def _sentences(self, start: int, end: int) -> int:
        words = self._text[start:end].rstrip()
        count = sum(1 for _ in _SENTENCE.finditer(words))
        return count + (not words.rstrip(CLOSERS).endswith(("。", "！", "？")))


def _first_run(found: Sequence[Mark], broken: list[str]) -> list[Mark] | None:
    """Return the first labels that count on from one, or nothing; those that break are told."""
    skipped: set[str] = set()
    for index, first in enumerate(found):
        if first.number != 1 or first.sample in skipped:
            continue
        run = [first]
        for mark in found[index + 1 :]:
            if mark.sample == first.sample:
                if mark.number != run[-1].number + 1:
                    break
                run.append(mark)
        else:
            mark = first
        if mark.sample == first.sample and mark.number not in (1, run[-1].number):
            if len(run) > 1:
                broken.append(first.sample)
            skipped.add(first.sample)
        elif len(run) > 1 and not _has_longer(run, found[index:]):
            return run
    return None


def _has_longer(run: Sequence[Mark], found: Sequence[Mark]) -> bool:
    """Say whether the same labels are read with a mark behind them all the way (``一是，`` beside ``一是``)."""
    longer = [one for one in found if one.start == run[0].start and one.end > run[0].end]
    return any(
        all(any(mark.sample == one.sample and mark.start == same.start for mark in found) for same in run)
        for one in longer
    )


def _without(text: str, mark: str) -> str:
    """Return a point without the mark that printing adds."""
    return text.removesuffix(mark) if mark else text


def _joined(parts: list[str | Points]) -> Points | Parts:
    """Return parts as one run with what leads in and what closes, or in the general form."""
    runs = [part for part in parts if isinstance(part, Points)]
    if len(runs) > 1:
        return Parts(tuple(parts))
    at = parts.index(runs[0])
    lead, closing = (parts[0] if at else ""), (parts[-1] if at < len(parts) - 1 else "")
    assert isinstance(lead, str)
    assert isinstance(closing, str)
    return runs[0]._replace(lead=lead.strip(), closing=closing.strip())
