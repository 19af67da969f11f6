"""What rules are certain of: the replacements among what they find, those that harm nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.passages import Spot
from healthreport.reading.yaml.encodings import CONTROL
from healthreport.trees.slots import FILLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.checking.passages import Passage
    from healthreport.checking.rule import Finding, Rule
    from healthreport.checking.subject import Subject

_BREAK = re.compile(r"[\n\r\t\f\v\x85\u2028\u2029]")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
_SET_APART = re.compile(r"(?<=\d) *(\.) *(?=\d)")
_NEAR = 40  # characters beside a place within which a number that it changes may stand


class Fix(NamedTuple):
    """Words of a passage and what is certain to be right there instead, with the id of what was found."""

    id: str
    spot: Spot
    words: str


def fixes(subject: Subject, found: Iterable[tuple[Rule, Finding]]) -> Iterator[Fix]:
    """Yield what is to be replaced of what was found, passage by passage from left to right; nothing twice.

    Of two that overlap the first is taken, the other after it is done. Two of different rules that touch are not done
    at once either: both may have meant the same thing.
    """
    of_passages: dict[Passage, list[Fix]] = {}
    for rule, finding in found:
        id = finding.id or rule.id
        for spot in (finding.where, *finding.places):
            fix = spot.fix if isinstance(spot, Spot) else None
            if isinstance(spot, Spot) and fix is not None:
                of_passages.setdefault(spot.passage, []).append(Fix(id, spot, fix))
    for certain_ones in of_passages.values():
        in_order = sorted(certain_ones, key=lambda fix: (fix.spot.start, fix.spot.end))
        # One by one: of a hundred thousand nobody asks for all.
        yield from _apart(fix for fix in in_order if is_harmless(fix.spot) and subject.place(fix.spot).file)


def _apart(fixes: Iterable[Fix]) -> Iterator[Fix]:
    before: Fix | None = None
    for fix in fixes:
        free = before is None or fix.spot.start > before.spot.end
        if free or (before and before.id == fix.id and fix.spot.start == before.spot.end > before.spot.start):
            yield fix
            before = fix


def is_harmless(spot: Spot) -> bool:
    """Say whether a replacement changes words and no more: no number, no line, nothing that a slot stands for."""
    fix = spot.fix or ""
    if fix == spot.words or not 0 <= spot.start <= spot.end <= len(spot.passage.text):
        return False
    if any(FILLED in words or _BREAK.search(words) for words in (spot.words, fix)) or CONTROL.search(fix):
        return False
    return _keeps_numbers(spot, fix)


def _keeps_numbers(spot: Spot, fix: str) -> bool:
    """Say whether no number is another one afterwards; one may go whole, with the label that stands twice."""
    text = spot.passage.text
    before, behind = text[max(spot.start - _NEAR, 0) : spot.start], text[spot.end : spot.end + _NEAR]
    new = _numbers(before + fix + behind)
    old = before + spot.words + behind
    return any(_is_within(new, numbers) for numbers in (_numbers(old), _numbers(_SET_APART.sub(".", _plain(old)))))


def _numbers(text: str) -> list[str]:
    return [number.replace(",", "") for number in _NUMBER.findall(_plain(text))]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_within(few: list[str], many: list[str]) -> bool:
    """Say whether numbers are those of another list in the same order, some left out."""
    rest = iter(many)
    return all(number in rest for number in few)
