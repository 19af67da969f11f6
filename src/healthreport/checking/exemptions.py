"""What is let be in one file: names that are right there, places that its settings name or its comments stand at."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.checking.intervals import Intervals
from healthreport.checking.passages import Spot
from healthreport.disk.read import is_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from healthreport.checking.comments import Silence
    from healthreport.checking.rule import Finding
    from healthreport.checking.settings import LetBe, Settings
    from healthreport.checking.subject import Subject
    from healthreport.diagnostics import Position

# In names that are right any words are right, and any marks; what adds up or not, and what is private, is no matter
# of a name.
_OF_WORDS = ("HR3", "HR4", "HR7")


class Silences:
    """The comments of one file, by rule."""

    def __init__(self, found: Iterable[Silence]) -> None:
        self.all = tuple(found)
        of_rules: dict[str, list[Silence]] = {}
        for one in self.all:
            of_rules.setdefault(one.rule, []).append(one)
        self._of_rules = {
            rule: (ones, Intervals((one.first, one.last + 1) for one in ones)) for rule, ones in of_rules.items()
        }

    def at(self, rule: str, line: int) -> Silence | None:
        """Return the comment that lets findings of a rule be on a line."""
        ones, lines = self._of_rules.get(rule, ([], None))
        number = lines.around(line, line + 1) if lines else None
        return None if number is None else ones[number]


class Exemptions:
    """What is let be in a file. A text may have a hundred thousand findings: what is looked for is found once.

    ``used`` gets what let something be; ``silences`` returns the comments of a file, which may be a base.
    """

    def __init__(
        self, path: Path, settings: Settings, silences: Callable[[str], Silences], used: set[LetBe | Silence]
    ) -> None:
        self.weights = settings.weights
        self._right = settings.right
        self._names: dict[str, Intervals] = {}
        self._let_be: dict[str, list[LetBe]] = {}
        for one in settings.let_be:
            if is_of(one, path):
                self._let_be.setdefault(one.rule, []).append(one)
        self._quoted: dict[tuple[str, str], LetBe | None] = {}
        self._silences = silences
        self._used = used
        self._has_none = not (self._right or self._let_be or is_yaml(str(path)))

    def kept(self, rule: str, finding: Finding, subject: Subject) -> Finding | None:
        """Return a finding without the places that are let be, if any is left."""
        if self._has_none:
            return finding
        if not isinstance(finding.where, Spot):
            return None if self._is_let_be(rule, subject.place(finding.where), finding.what) else finding
        kept = [
            spot
            for spot in (finding.where, *finding.places)
            if not self._is_let_be(rule, subject.place(spot), spot.passage.text) and not self._is_right(rule, spot)
        ]
        return finding._replace(where=kept[0], places=tuple(kept[1:])) if kept else None

    def _is_let_be(self, rule: str, at: Position, words: str) -> bool:
        by = self._quoting(rule, words) or self._silences(at.file).at(rule, at.line)
        if by is not None:
            self._used.add(by)
        return by is not None

    def _quoting(self, rule: str, words: str) -> LetBe | None:
        if rule not in self._let_be:
            return None
        if (rule, words) not in self._quoted:
            self._quoted[rule, words] = next((one for one in self._let_be[rule] if one.quote in words), None)
        return self._quoted[rule, words]

    def _is_right(self, rule: str, spot: Spot) -> bool:
        """Say whether words stand in a name that is right here."""
        if not self._right or not rule.startswith(_OF_WORDS):
            return False
        text = spot.passage.text
        if text not in self._names:
            self._names[text] = Intervals(place for name in self._right for place in _places(name, text))
        return self._names[text].meets(spot.start, spot.end)


def is_of(let_be: LetBe, path: Path) -> bool:
    """Say whether what is let be is so in a file."""
    return fnmatch(path.name, Path(let_be.file).name)


def _places(name: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(name)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + 1)
