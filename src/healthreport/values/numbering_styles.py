"""Numbering styles: a style is written as its first label looks.

``一、`` ``（一）`` ``1.`` ``1.1`` ``①`` ``一是`` ``第一环节`` ``首先，`` ``——`` are samples; :func:`style` reads
one and :meth:`Style.label` writes the n-th. Labels are plain text in the document, as the field
writes them (GB/T 9704-2012, 7.3.3).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from healthreport.values import scalars

_DIGITS = "零一二三四五六七八九"
_CIRCLED = [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)]  # ① … ㊿
_COUNTER = re.compile(r"首先|\d+(?:\.\d+)+|[一1①]")
_DECIMAL = re.compile(r"1(\.1)+")
_KINDS = {"一": "chinese", "1": "arabic", "①": "circled", "首先": "ordinal"}
# Nothing follows a label that ends in a mark, 是 or 首先; others are set off by a full-width space.
_CLOSED = (*"、，。．.：；,:;）)］]】〕〉》』」”’—", "是", "首先", "①")
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
        return text if self.sample.endswith(_CLOSED) else text + _SPACE

    def _counter(self, number: int, enclosing: tuple[int, ...]) -> str:
        if self.kind == "chinese":
            return chinese_number(number)
        if self.kind == "arabic":
            return str(number)
        if self.kind == "decimal":
            levels = self.sample.count(".1")
            if len(enclosing) < levels:
                raise StyleError(f"样式“{self.sample}”要接上一级的序号，但上一级没有序号")
            return ".".join(str(part) for part in (*enclosing[-levels:], number))
        if self.kind == "ordinal":
            return ("首先", "其次")[number - 1] if number < 3 else "其" + chinese_number(number)
        if number > len(_CIRCLED):
            raise StyleError(f"样式“{self.sample}”只到{chr(_CIRCLED[-1])}，排不下第{number}个")
        return chr(_CIRCLED[number - 1])


@lru_cache(maxsize=256)
def style(sample: str) -> Style:
    """Read a style from its first label.

    Raises :class:`StyleError` when the sample holds no counter, or more than one.
    """
    if re.search(r"\s", sample):
        raise StyleError(f"编号样式{scalars.quoted(sample)}里不能有空格")
    if sample == DASH:
        return Style(sample, "", "dash", "")
    counters = list(_COUNTER.finditer(sample))
    if len(counters) != 1:
        raise StyleError(f"{scalars.quoted(sample)}不是编号样式")
    counter = counters[0]
    kind = _KINDS.get(counter[0], "decimal")
    before, after = sample[: counter.start()], sample[counter.end() :]
    if (kind == "decimal" and not _DECIMAL.fullmatch(counter[0])) or re.search(
        r"[\d一二三四五六七八九十①-⑳]|其次", before + after
    ):
        raise StyleError(f"{scalars.quoted(sample)}不是第一个序号的样子")
    return Style(sample, before, kind, after)


def chinese_number(number: int) -> str:
    """Write 1 … 9999 in Chinese numerals as ordinals are written: 十, 二十一, 一百零一, 一百一十."""
    if not 0 < number < 10_000:
        raise StyleError(f"序号{number}超出范围")
    text, pending_zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if pending_zero else "") + _DIGITS[digit] + unit
            pending_zero = False
        else:
            pending_zero = bool(text)
    return text.removeprefix("一") if 10 <= number < 20 else text
