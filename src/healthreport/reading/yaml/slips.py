"""All that is wrong with a text, in one run.

A parser stops at the first slip. So that one run tells all of them, each is mended in memory and the rest is read on:
of the ways to mend it the one counts with which the grammar is kept furthest.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic
from healthreport.reading.yaml.encodings import CONTROL
from healthreport.reading.yaml.levels import Way, without
from healthreport.reading.yaml.mended import Edit, Mended
from healthreport.reading.yaml.once import once, reach
from healthreport.reading.yaml.ways import ways
from healthreport.values.limits import MAX_CHARACTERS

if TYPE_CHECKING:
    from healthreport.reading.yaml.nodes import Mapping, Source
    from healthreport.reading.yaml.once import Once

# Characters that are read again and again to find out what was meant; a second's work.
_BUDGET = 4_000_000
_MOST_CONTROLS = 10_000
_SWALLOWS = 2
_GUESSED = {"indentation", "colon-in-text", "missing-colon", "unclosed-bracket"}


class Slips(NamedTuple):
    """What is wrong with a text, and what it says where slips are mended, if that can be told.

    ``lost`` are the lines nobody can read: what is missing may stand there.
    """

    told: list[Diagnostic]
    tree: Mapping | None
    lost: str


def slips(source: Source) -> Slips:
    """Return everything that is wrong with a text."""
    return _Mending(source).all()


class _Step(NamedTuple):
    """A way to mend a slip, and how far the grammar is kept then; marks that are seen weigh more than a guess.

    A quote that is open at the end of its line swallows what is below, slips and all: it weighs most.
    """

    weight: int
    reached: int
    told: Diagnostic
    text: Mended


class _Mending:
    """The slips of a text, mended one after the other."""

    def __init__(self, source: Source) -> None:
        self._text = Mended(source)
        self._told: dict[tuple[str, int], Diagnostic] = {}
        self._lost: list[str] = []
        self._budget = _BUDGET
        self._is_text = self._control_characters()

    def all(self) -> Slips:
        """Return all of them, with what the text says without them."""
        read: Once | None = None
        while self._is_text:
            read = once(self._text)
            self._budget -= len(self._text.text)
            new = [one for one in read.problems if self._tell(one)]
            if len(self._text.text) > MAX_CHARACTERS:  # no report is so long: nothing is guessed
                for one in read.broken[:1]:
                    self._tell(one)
                break
            mended = self._mend(read) if read.broken else self._mend_all(new)
            if not mended or self._budget < 0 or len(self._told) > MAX_PROBLEMS:
                break
        return Slips(list(self._told.values()), read.root if read else None, "\n".join(self._lost))

    def _tell(self, one: Diagnostic) -> bool:
        """Tell of a slip, of those of one kind in one line once; say whether it is new.

        What is wrong where something was mended is so because of that.
        """
        if one.position.line and self._text.is_mended(one.position):
            return False
        key = (one.id, one.position.line)
        is_new = key not in self._told or self._told[key].position != one.position
        self._told.setdefault(key, one)
        return is_new

    def _control_characters(self) -> bool:
        """Tell of control characters and mend them; say whether they are so few that this is a text."""
        text, edits = self._text, []
        for bad in islice(CONTROL.finditer(text.text), _MOST_CONTROLS + 1):
            edits.append(Edit(bad.start(), bad.end(), " "))
            if len(edits) <= MAX_PROBLEMS:
                message = f"文字中有看不见的控制字符（U+{ord(bad[0]):04X}）。"
                place = text.position(bad.start())
                self._tell(Diagnostic("control-character", message, place, hint="请删去此处重新输入。"))
        if edits:
            self._text = text.with_edits(edits)
        return len(edits) <= _MOST_CONTROLS

    def _mend_all(self, problems: list[Diagnostic]) -> bool:
        """Mend what breaks no grammar; say whether anything was mended."""
        is_mended, kept = False, self._reached(self._text)
        for problem in problems:
            if self._budget < 0:
                break
            for way in ways(self._text, problem):
                text = self._text.with_edits(way)
                if (reached := self._reached(text)) >= kept or self._reveals(text, problem):
                    self._text, is_mended, kept = text, True, reached
                    break
        return is_mended

    @staticmethod
    def _reveals(text: Mended, problem: Diagnostic) -> bool:
        """Say whether the grammar breaks further below by a slip of the same kind: both were words of one text."""
        below = once(text).broken
        return bool(below) and below[0].id == problem.id and below[0].position.line > problem.position.line

    def _mend(self, read: Once) -> bool:
        """Mend the slip that breaks the grammar, or take its line out; say whether the grammar is kept further."""
        now = self._text.origin(read.reached)
        line = self._text.line_of(read.reached)
        best: _Step | None = None
        for told in read.broken:
            for way in ways(self._text, told):
                text = self._text.with_edits(way)
                reached = self._reached(text)
                weight = self._weight(told, line, self._text.written.position(reached).line)
                step = _Step(weight, reached, told, text)
                if (reached > now or weight == _SWALLOWS) and (best is None or step[:2] > best[:2]):
                    best = step
        if best:
            self._tell(best.told)
            self._text = best.text
            return True
        told = read.broken[0]
        if not self._lost:  # what is wrong below a line that cannot be read may be so because of it
            self._tell(told)
        return self._take_out(told.position.line, now) or self._take_out(self._text.line_of(read.reached), now)

    @staticmethod
    def _weight(told: Diagnostic, broken: int, reached: int) -> int:
        """Weigh a slip by the lines it stands in, the grammar breaks in, and is kept to when it is mended."""
        own = told.position.line
        if told.id == "unclosed-quote" and own < broken and own < reached:
            return _SWALLOWS
        return int(told.id not in _GUESSED and reached > broken)

    def _take_out(self, number: int, now: int) -> bool:
        way: Way = without(self._text, number)
        text = self._text.with_edits(way)
        if not way or self._reached(text) <= now:
            return False
        self._lost += [self._text.text[edit.start : edit.end] for edit in way]
        self._text = text
        return True

    def _reached(self, text: Mended) -> int:
        """Return how far the grammar is kept, as an offset in the text as it is written."""
        self._budget -= len(text.text)
        return text.origin(reach(text.text))
