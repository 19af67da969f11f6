"""Labels read back: which style a text may be numbered in, and with what number.

The inverse of :meth:`~healthreport.values.numbering_styles.Style.label`. Apart from the styles because only those who
read documents need it, and its patterns take time to make.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.values.counters import COUNTERS, LETTERS, SIGNS
from healthreport.values.numbering_styles import DASH, MARKS, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACKETS, _MARKS = tuple("）)]］】〕"), tuple(MARKS)
_PATTERNS = {kind: re.compile(counter.pattern) for kind, counter in COUNTERS.items()}
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_VERB = re.compile(f"[是{VERBS}]")
_NOUN = re.compile(f"部分|环节|阶段|方面|层次|[章条节篇编部卷款项步类点批课讲组期是{VERBS}]")
_BLANK = re.compile(r"\s|$")
# The kinds of counters by the sign or the letter they may begin with.
_KINDS = {
    start: [kind for kind, counter in COUNTERS.items() if kind != "首先" and start in counter.starts]
    for start in sorted(set().union(*(counter.starts for counter in COUNTERS.values())) - {"首", "其"})
}
_FRONT = re.compile(rf"([（(\[［【〔]?)([^\W\d_A-Za-z]{{0,4}}?)(?=首先|其次|[{''.join(_KINDS)}])")


class Label(NamedTuple):
    """What may be a label at the start of a text: its style's sample, its number, and how long it is.

    ``length`` leaves out the blank behind it. ``enclosing`` are the numbers before its own in ``3.2.1``.
    """

    sample: str
    number: int
    length: int
    enclosing: tuple[int, ...] = ()


def candidates(text: str) -> tuple[Label, ...]:
    """Return the labels that a text may begin with, the longest first; ``——`` counts as 1.

    Whether it is one, only its neighbours can tell: ``1.5万元`` and ``一、二级医院`` look like labels, too. Each is
    exactly what :meth:`Style.label` of its sample writes. Numbers go up to 999.
    """
    if text.startswith(DASH):
        return (Label(DASH, 1, len(DASH)),)
    front = _FRONT.match(text)
    if front is None:
        return ()
    opener, word = front.groups()
    found = {*_counted(text, opener, "", "首先"), *_decimals(text, opener, word)}
    for kind in _KINDS.get(text[front.end()], ()):
        found.update(_counted(text, opener, word, kind))
    return tuple(sorted(found, key=lambda label: (-label.length, label.sample)))


def _counted(text: str, opener: str, word: str, kind: str) -> Iterator[Label]:
    """Yield the labels whose counter is of this kind."""
    match = _PATTERNS[kind].match(text, len(opener + word))
    number = COUNTERS[kind].read(match[0]) if match else None
    if match and number:
        for end in _ends(text, opener, word, kind, match.end()):
            yield Label(opener + word + kind + text[match.end() : end], number, end)


def _decimals(text: str, opener: str, word: str) -> Iterator[Label]:
    """Yield the labels that hold 3.2.1."""
    match = _NUMBERS.match(text, len(opener + word))
    numbers = [COUNTERS["1"].read(part) for part in match[0].split(".")] if match else []
    if match and all(numbers):
        *enclosing, number = map(int, filter(None, numbers))
        before = opener + word + "1" + ".1" * len(enclosing)
        for end in _ends(text, opener, word, "decimal", match.end()):
            yield Label(before + text[match.end() : end], number, end, tuple(enclosing))


def _ends(text: str, opener: str, word: str, kind: str, at: int) -> Iterator[int]:
    """Yield where a label may end whose counter ends at a place: behind a noun, a bracket, a mark."""
    noun = None
    if word == "第" or (kind == "一" and not opener + word):
        noun = (_NOUN if word else _VERB).match(text, at)
    for end in {at, noun.end() if noun else at}:
        closed = text.startswith(_BRACKETS, end)
        if opener and not closed:
            continue
        ending = end + closed
        if text.startswith(_MARKS, ending):
            yield ending + 1
        if closed or (kind not in LETTERS and (end > at or _stands(word, kind) or _BLANK.match(text, ending))):
            yield ending


def _stands(word: str, kind: str) -> bool:
    """Say whether a counter behind a word makes a label with no mark, noun or blank behind it."""
    return word in ("第", "其") or (not word and (kind in SIGNS or kind in ("首先", "decimal")))
