"""Numbering styles: a style is written as its first label looks.

``一、`` ``（一）`` ``1.`` ``1.1`` ``①`` ``A.`` ``一是`` ``第一环节`` ``首先，`` ``——`` are samples; :func:`style`
reads one and :meth:`Style.label` writes the n-th. Labels are plain text in the document, as the field writes them
(GB/T 9704-2012, 7.3.3); :mod:`~healthreport.values.labels` reads them back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from healthreport.values import scalars
from healthreport.values.counters import ALL_SIGNS, COUNTERS, LETTERS, SIGNS

_COUNTER = re.compile(rf"首先|\d+(?:\.\d+)+|[一1１{''.join(SIGNS)}]")
_LETTER = rf"(?<![A-Za-z])[{''.join(LETTERS)}](?![A-Za-z])"
_DECIMAL = r"1(\.1)+"
_OTHER_COUNTER = re.compile(f"[0-9０-９一二三四五六七八九十{ALL_SIGNS}]|其次")
MARKS = "、，。．.：；,:;"
_CLOSERS = "）)]］】〕》〉」』”’"
# Nothing follows a label that ends in a mark, in a sign, or in a word that leads into the sentence; others are set
# off by a full-width space.
VERBS = "要来则靠抓查看"
_CLOSED = (*MARKS, *_CLOSERS, "—", *SIGNS - {"Ⅰ", "ⅰ"}, "首先", "是", *(f"一{verb}" for verb in VERBS))
_SPACE = "\u3000"
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
    found = list(_COUNTER.finditer(sample)) or list(re.finditer(_LETTER, sample))
    if len(found) != 1:
        raise StyleError(f"{scalars.quoted(sample)}不是编号样式")
    kind = found[0][0]
    before, after = sample[: found[0].start()], sample[found[0].end() :]
    if kind in LETTERS and not after.startswith((*MARKS, *_CLOSERS)):
        raise StyleError(f"{scalars.quoted(sample)}不是编号样式")
    if kind not in COUNTERS:
        if not re.fullmatch(_DECIMAL, kind):
            raise StyleError(f"{scalars.quoted(sample)}不是第一个序号的样子")
        kind = "decimal"
    if _OTHER_COUNTER.search(before + after):
        raise StyleError(f"{scalars.quoted(sample)}不是第一个序号的样子")
    return Style(sample, before, kind, after)
