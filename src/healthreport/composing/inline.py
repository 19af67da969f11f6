"""What stands in one paragraph, heading or cell: references become words or slots, points get their marks.

Everything inline lowers to one string. What a report says itself, its figures above all, is left open as
a slot, so reports of one shape on one base share the document. Words that would change more than
themselves stand in it as they are, and so do all words of a report without a base. Only a gap left by
``--draft`` splits the string into runs.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from healthreport.composing.reuse import patterns
from healthreport.composing.reuse.patterns import ExpressionSlot, SampleSlot, TextSlot
from healthreport.figures import differences, gaps
from healthreport.figures.marks import is_mark
from healthreport.model.build import known_names
from healthreport.model.validating.text import Code
from healthreport.trees import outline as o
from healthreport.trees import slots
from healthreport.trees.document import Run
from healthreport.trees.end_marks import is_ended

if TYPE_CHECKING:
    from healthreport.composing.reuse.patterns import Slot
    from healthreport.figures.differences import Group
    from healthreport.figures.texts import Figures
    from healthreport.model.build import Built, Text
    from healthreport.values.expressions import Names


class Inliner:
    """Writes what is inline in one report, and numbers the slots it opens on the way."""

    def __init__(self, built: Built, figures: Figures) -> None:
        self.slots: list[Slot] = []
        self.fillings: list[str] = []
        self.placed = 0
        """How often slots are placed, one that is placed again too."""
        self._built = built
        self._texts = built.texts
        self._own_from = len(built.common.texts) if built.common else len(built.texts)
        self._figures = figures
        self._known: dict[str | int, str] = {}

    @cached_property
    def _names(self) -> Names:
        """The names of the base: reports on it open the same slots, whatever indicators of their own they have."""
        shared = (self._built.common or self._built).report
        return known_names(shared.indicators, shared.words)

    def is_own(self, n: int) -> bool:
        """Say whether a text is the report's own, and not one it shares."""
        return n >= self._own_from

    def open_slot(self, slot: Slot) -> str:
        """Return a new slot, or its filling where the document depends on it, or is shared with no other report."""
        filling = slot.filling(self._built, self._figures)
        if self._built.common is None:
            return filling
        number = len(self.slots)
        self.slots.append(slot)
        self.fillings.append(filling)
        kind = patterns.kind(filling)
        return filling if kind not in ("", slots.ENDED) else slots.slot(number, ended=bool(kind))

    def text(self, n: int) -> str:
        """Return a text, its expressions and what is the report's own as slots."""
        if self.is_own(n):
            if n not in self._known:
                self._known[n] = self.open_slot(TextSlot(n))
            return self._known[n]
        text = self._texts[n]
        segments = text.segments
        if len(segments) == 1 and isinstance(segments[0], str):
            return segments[0]
        parts: list[str] = []
        groups = differences.beside(segments, self._names, (self._built.common or self._built).report.indicators)
        for segment, after in zip(segments, (*segments[1:], ""), strict=False):
            if isinstance(segment, Code):
                parts.append(self._expression(n, segment, after, groups.get(segment, ())))
            else:
                parts.append(segment)
            self._figures.count(slots.fill(parts[-1], self.fillings), text.position)
        return "".join(parts).strip()

    def sample(self, parts: o.Inline) -> str:
        """Return what stands for the words of a cell in any report; nothing where they stand for themselves."""
        numbers = [part.n for part in parts if isinstance(part, o.Ref)]
        segments = [segment for n in numbers for segment in self._texts[n].segments]
        if len(numbers) != len(parts) or (
            all(isinstance(segment, str) for segment in segments) and not any(map(self.is_own, numbers))
        ):
            return ""
        return "".join(
            [self.open_slot(SampleSlot(n)) if self.is_own(n) else self._figures.sample(self._texts[n]) for n in numbers]
        )

    def _own_words(self, own: Text, *, before_mark: bool) -> str:
        """Return a township's own words, which have a place of their own."""
        key = f"{own.n}, unmarked" if before_mark else own.n
        if key not in self._known:
            self._known[key] = self.open_slot(TextSlot(own.n, unmarked=before_mark))
        return self._known[key]

    def _expression(self, n: int, code: Code, after: str | Code, group: Group) -> str:
        """Return the slot of an expression; one that has failed fails, and is told, at every place."""
        self.placed += 1
        own = self._figures.own_words(code)
        if own and own.lines == (own,):
            return self._own_words(own, before_mark=is_mark(after))
        key = f"{n}, {code.start}" if group else code.text
        known = self._known.get(key)
        if known is None:
            slot = ExpressionSlot(n, code, self._figures.given_by(code.text), group)
            known = self._known[key] = self.open_slot(slot)
        elif gaps.GAP in known:
            self._figures.value_of(self._texts[n], code)
        return known

    def write(self, parts: o.Inline, *, keep_lines: bool = False) -> str:
        """Return parts as one string, in one line or with the line breaks the user wrote."""
        out = [self._part(part, keep_lines) for part in parts]
        return out[0] if len(out) == 1 else "".join(out)

    def _part(self, part: str | o.Ref | o.Ended | o.PointRun, keep_lines: bool) -> str:
        if isinstance(part, o.Ref):
            words = self.text(part.n)
            return words if keep_lines or "\n" not in words else words.replace("\n", "")
        if isinstance(part, str):
            return part
        if isinstance(part, o.Ended):
            words = self.write(part.parts)
            return words if is_ended(words) else words + part.mark
        return self._points(part, "。")

    def _points(self, run: o.PointRun, last: str) -> str:
        """一是…；二是…。 — a point keeps its mark; one without takes ``；``, the last takes ``last``."""
        out = ""
        final = len(run.points) - 1
        for index, (label, point) in enumerate(zip(run.labels, run.points, strict=True)):
            mark = last if index == final else "；"
            tail = point[-1]
            if isinstance(tail, o.PointRun):
                out += label + self.write(point[:-1]) + self._points(tail, mark)
            else:
                words = self.write(point)
                out += label + (words if is_ended(words) else words + mark)
        return out


def runs(text: str) -> tuple[Run, ...]:
    """Split a string at its gaps."""
    if gaps.GAP not in text:
        return (Run(text),) if text else ()
    return tuple([Run(part, blank=at % 2 == 1) for at, part in enumerate(gaps.split(text)) if part])
