"""Numbering styles: a style is written as its first label looks.

``一、`` ``（一）`` ``1.`` ``1.1`` ``①`` ``A.`` ``一是`` ``第一环节`` ``首先，`` ``——`` are samples; :func:`style`
reads one and :meth:`Style.label` writes the n-th; :func:`candidates` reads labels back. Labels are plain text in the
document, as the field writes them (GB/T 9704-2012, 7.3.3).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from healthreport.values import scalars
from healthreport.values.counters import COUNTERS, LETTERS, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNTER = re.compile(rf"首先|\d+(?:\.\d+)+|[一1１{''.join(SIGNS)}]")
_LETTER = re.compile(rf"(?<![A-Za-z])[{''.join(LETTERS)}](?![A-Za-z])")
_DECIMAL = re.compile(r"1(\.1)+")
_OTHER_COUNTER = re.compile(
    rf"[0-9０-９一二三四五六七八九十]|其次|{'|'.join(COUNTERS[sign].pattern for sign in SIGNS)}"
)
_MARKS = "、，。．.：；,:;"
_CLOSERS = "）)]］】〕》〉」』”’"
# Nothing follows a label that ends in a mark, in a sign, or in a word that leads into the sentence; others are set
# off by a full-width space.
_VERBS = "要来则靠抓查看"
_CLOSED = (*_MARKS, *_CLOSERS, "—", *SIGNS - {"Ⅰ", "ⅰ"}, "首先", "是", *(f"一{verb}" for verb in _VERBS))
_SPACE = "\u3000"
# How labels are read back.
_BRACKETS, _MARK = tuple("）)]］】〕"), tuple(_MARKS)
_PATTERNS = {kind: re.compile(counter.pattern) for kind, counter in COUNTERS.items()}
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_VERB = re.compile(f"[是{_VERBS}]")
_NOUN = re.compile(f"部分|环节|阶段|方面|层次|[章条节篇编部卷款项步类点批课讲组期是{_VERBS}]")
_BLANK = re.compile(r"\s|$")
# The kinds of counters by the sign or the letter they may begin with.
_KINDS = {
    start: [kind for kind, counter in COUNTERS.items() if kind != "首先" and start in counter.starts]
    for start in sorted(set().union(*(counter.starts for counter in COUNTERS.values())) - {"首", "其"})
}
_FRONT = re.compile(rf"([（(\[［【〔]?)([^\W\d_A-Za-z]{{0,4}}?)(?=首先|其次|[{''.join(_KINDS)}])")
DASH = "——"


class StyleError(ValueError):
    """A sample that is no numbering style, or a style that has run out of labels."""


class Style(NamedTuple):
    """One numbering style: what stands before and after the counter, and the counter's kind."""

    sample: str
    before: str
    kind: str
    after: str

    def label(self, number: int, enclosing: tuple[int, ...] = ()) -> str:
        """Return the label of item ``number`` (from 1), with the space that follows it, if any.

        ``enclosing`` holds the numbers of the enclosing levels, outermost first; only ``1.1`` and
        its like ask for them. Raises :class:`StyleError` when the style has no such label.
        """
        if self.kind == "dash":
            return self.sample
        text = self.before + self._counter(number, enclosing) + self.after
        closed = self.sample.endswith(_CLOSED) or self.sample in ("第一", "其一")
        return text if closed else text + _SPACE

    def _counter(self, number: int, enclosing: tuple[int, ...]) -> str:
        if self.kind == "decimal":
            levels = self.sample.count(".1")
            if len(enclosing) < levels:
                raise StyleError(f"样式“{self.sample}”要接上一级的序号，但上一级没有序号")
            return ".".join(str(part) for part in (*enclosing[-levels:], number))
        counter = COUNTERS[self.kind]
        if number > counter.last:
            raise StyleError(f"样式“{self.sample}”只到{counter.write(counter.last)}，排不下第{number}个")
        return counter.write(number)


@lru_cache(maxsize=256)
def style(sample: str) -> Style:
    """Read a style from its first label.

    Raises :class:`StyleError` when the sample holds no counter, or more than one.
    """
    if re.search(r"\s", sample):
        raise StyleError(f"编号样式{scalars.quoted(sample)}里不能有空格")
    if sample == DASH:
        return Style(sample, "", "dash", "")
    found = list(_COUNTER.finditer(sample)) or list(_LETTER.finditer(sample))
    if len(found) != 1:
        raise StyleError(f"{scalars.quoted(sample)}不是编号样式")
    kind = found[0][0]
    before, after = sample[: found[0].start()], sample[found[0].end() :]
    if kind in LETTERS and not after.startswith((*_MARKS, *_CLOSERS)):
        raise StyleError(f"{scalars.quoted(sample)}不是编号样式")
    if kind not in COUNTERS:
        if not _DECIMAL.fullmatch(kind):
            raise StyleError(f"{scalars.quoted(sample)}不是第一个序号的样子")
        kind = "decimal"
    if _OTHER_COUNTER.search(before + after):
        raise StyleError(f"{scalars.quoted(sample)}不是第一个序号的样子")
    return Style(sample, before, kind, after)


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
        if text.startswith(_MARK, ending):
            yield ending + 1
        if closed or (kind not in LETTERS and (end > at or _stands(word, kind) or _BLANK.match(text, ending))):
            yield ending


def _stands(word: str, kind: str) -> bool:
    """Say whether a counter behind a word makes a label with no mark, noun or blank behind it."""
    return word in ("第", "其") or (not word and (kind in SIGNS or kind in ("首先", "decimal")))
