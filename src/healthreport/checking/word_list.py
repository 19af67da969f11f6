"""Lists of wrong words, from ``templates/checking/*.txt``: a line each, so that they are read in no time.

The head of ``错字.txt`` says how a line is written. What a line says of its word is read when the word is found.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.intervals import Intervals
from healthreport.diagnostics import error
from healthreport.reading.yaml import lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.checking.joined import Joined, Places
    from healthreport.reading.yaml.nodes import Source

_PATTERN, _NAME, _ADVICE = "~", "=", "?"
_REASON = " # "
_NOT, _NEEDS, _SINCE = "非=", "须=", "年="
_FIELDS = (_NOT, _NEEDS, _SINCE)
# A pattern matches no more than this before and behind the words it is known by, nor does what is right about a hit.
_REACH = 40
_HINT = "照“healthreport template show 错字”开头说的样子写。"


class Wrong(NamedTuple):
    """A wrong word or pattern: what is right instead, in which company it is none, and why.

    ``fix`` is what may be put in its place; ``advice`` says what to do where there is no such word.
    """

    word: str
    right: str = ""
    is_advice: bool = False
    unless: str = ""
    needs: str = ""
    since: int = 0
    why: str = ""

    @property
    def fix(self) -> str | None:
        """What may be put in its place, if anything."""
        return None if self.is_advice else self.right


class Hit(NamedTuple):
    """A wrong word in a text, from ``start`` to ``end`` of its ``full`` words."""

    start: int
    end: int
    wrong: Wrong

    def is_word(self, text: Joined) -> bool:
        """Say whether it is a word of the list, no pattern."""
        return text.full[self.start : self.end] == self.wrong.word


class WordList:
    """The lines of a list, the packaged ones and a bureau's own."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._words: dict[str, str] = {}
        self._patterns: list[tuple[tuple[str, ...], str]] = []
        self.names: list[str] = []
        for number, source in enumerate(sources):
            lines = source.text.split("\n")
            if number:
                _refuse_bad_lines(source, lines)
            for line in lines:
                self._add(line.strip())

    def _add(self, line: str) -> None:
        first, _, rest = line.partition(" ")
        if not rest or first == "#":
            return
        if first == _NAME:
            self.names.append(rest.strip())
        elif first[0] == _PATTERN:
            self._patterns.append((tuple(first[1:].split("|")), rest))
        else:
            self._words[first] = rest

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """All words by which something of the list is found, and names that are right."""
        return (*self._words, *(mark for marks, _ in self._patterns for mark in marks), *self.names)

    @cached_property
    def _by_start(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self.wanted:
            found.setdefault(word[:2], []).append(word)
        return found

    def places(self, text: Joined) -> Places:
        """Return where the words of a text are by which something of the list is found."""
        return text.places_by_start(self._by_start) if text.is_short else text.all_places(self.wanted)

    def hits(self, text: Joined, places: Places, year: int | None) -> list[Hit]:
        """Return the wrong words of a text, from left to right.

        ``places`` are those of the words wanted, ``year`` is the document's, if it says one.
        """
        if not places:
            return []
        found = [*self._of_words(places), *self._of_patterns(text, places)]
        found = [hit for hit in found if not hit.wrong.since or (year is not None and year >= hit.wrong.since)]
        found = [*_not_in_right_company([*_in_wrong_company(found, text)], text)]
        names = Intervals((at, at + len(name)) for name in self.names for at in places.get(name, ()))
        found = [hit for hit in found if names.around(hit.start, hit.end) is None]
        return [*_apart(sorted(found, key=lambda hit: (hit.start, -hit.end)))]

    def _of_words(self, places: Places) -> Iterator[Hit]:
        for word in self._words.keys() & places.keys():
            wrong = _read(word, self._words[word])
            yield from (Hit(at, at + len(word), wrong) for at in places[word])

    def _of_patterns(self, text: Joined, places: Places) -> Iterator[Hit]:
        for marks, line in self._patterns:
            found_at = sorted({at for mark in marks for at in places.get(mark, ())})
            if found_at:
                pattern, _, rest = line.partition(" ")
                wrong, compiled = _read(pattern, rest), re.compile(pattern)
                for start, end in _about(found_at, text):
                    found = compiled.finditer(text.full, start, end)
                    yield from (Hit(*one.span(), wrong) for one in found if one[0])


def _about(places: Iterable[int], text: Joined) -> Iterator[tuple[int, int]]:
    """Yield the words about places, within their lines: what a pattern matches is no longer. None overlap."""
    start, end, last = -1, -1, -1
    for at in places:
        if at > last:
            first, last = text.line(at)
        if at - _REACH > end or first > end:
            if start >= 0:
                yield start, end
            start = max(first, at - _REACH)
        end = min(last, at + _REACH)
    yield start, end


def _read(word: str, rest: str) -> Wrong:
    """Read what a line says of a word."""
    said, _, why = rest.partition(_REASON)
    right, *fields = said.split()
    given = {field[:2]: field[2:] for field in fields}
    is_advice = right.startswith(_ADVICE)
    since = int(given.get(_SINCE, 0))
    return Wrong(word, right.removeprefix(_ADVICE), is_advice, given.get(_NOT, ""), given.get(_NEEDS, ""), since, why)


def _in_wrong_company(hits: Iterable[Hit], text: Joined) -> Iterator[Hit]:
    """Yield the hits in whose paragraph what they need stands; each paragraph is searched once for it."""
    stands: dict[tuple[str, int], bool] = {}
    for hit in hits:
        if hit.wrong.needs:
            first, last = text.line(hit.start)
            key = hit.wrong.needs, first
            if key not in stands:
                stands[key] = re.search(hit.wrong.needs, text.full[first:last]) is not None
            if not stands[key]:
                continue
        yield hit


def _not_in_right_company(hits: Iterable[Hit], text: Joined) -> Iterator[Hit]:
    """Yield the hits that are no part of what is right; about hits near one another that is looked for once."""
    of_company: dict[str, list[Hit]] = {}
    for hit in hits:
        of_company.setdefault(hit.wrong.unless, []).append(hit)
    for unless, ones in of_company.items():
        if not unless:
            yield from ones
            continue
        about = _about(sorted(at for one in ones for at in one[:2]), text)
        right = Intervals(
            (start + one.start(), start + one.end())
            for start, end in about
            for one in re.finditer(unless, text.full[start:end])
        )
        yield from (one for one in ones if not right.meets(one.start, one.end))


def _apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield hits that do not overlap, the first and longest of those that do."""
    done = -1
    for hit in hits:
        if hit.start >= done:
            yield hit
            done = hit.end


def _refuse_bad_lines(source: Source, lines: Iterable[str]) -> None:
    """Refuse lines of a bureau's own that say nothing, and patterns that are none, or slow."""
    at = 0
    for line in lines:
        start, at, written = at, at + len(line) + 1, line.strip()
        if not written or written.startswith(("# ", f"{_NAME} ")) or written == "#":
            continue
        place = source.position(start, start + len(line))
        said, *_ = written.partition(_REASON)
        first, *rest = said.split()
        is_pattern = first[0] == _PATTERN
        fields = rest[1 + is_pattern :]
        if len(rest) < 1 + is_pattern or any(field[:2] not in _FIELDS or not field[2:] for field in fields):
            raise error("bad-word", f"看不懂这一行：“{written}”。", place, hint=_HINT)
        if any(field[:2] == _SINCE and not field[2:].isdecimal() for field in fields):
            raise error("bad-word", "“年=”后面应是年份。", place, hint=_HINT)
        patterns = [rest[0]] if is_pattern else []
        for pattern in [*patterns, *(field[2:] for field in fields if field[:2] != _SINCE)]:
            lists.refuse_bad_pattern(pattern, place)
