"""Counters: the part of a label that counts, both ways (``一`` ``1`` ``①`` ``Ⅰ`` ``A`` ``甲`` ``壹`` ``首先``).

A counter is named by how it writes one.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_FINANCIAL = str.maketrans(f"{_DIGITS[1:]}十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
# Labels are read up to here: what counts higher is a year or an amount.
_LAST_READ = 999
_MOST_SIGNS = 50


class Counter:
    """One way of counting: how numbers from 1 to ``last`` are written, and read back."""

    def __init__(self, write: Callable[[int], str], last: int, pattern: str) -> None:
        self.last = last
        self.pattern = pattern
        """A regular expression that matches whatever may be a number of this kind."""
        self._write = write

    def write(self, number: int) -> str:
        """Return a number, from 1 to ``last``, as it is written."""
        return self._write(number)

    def read(self, text: str) -> int | None:
        """Return the number that is written so, exactly, if there is one below a thousand."""
        return self._known.get(text)

    @cached_property
    def starts(self) -> frozenset[str]:
        """What a number of this kind may begin with."""
        return frozenset(self._write(number)[0] for number in range(1, min(self.last, _MOST_SIGNS) + 1))

    @cached_property
    def _known(self) -> dict[str, int]:
        return {self._write(number): number for number in range(1, min(self.last, _LAST_READ) + 1)}


def chinese_number(number: int) -> str:
    """Write 1 … 9999 in Chinese numerals as ordinals are written: 十, 二十一, 一百零一, 一百一十."""
    if not 0 < number < 10_000:
        raise ValueError(f"序号{number}超出范围")
    text, pending_zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if pending_zero else "") + _DIGITS[digit] + unit
            pending_zero = False
        else:
            pending_zero = bool(text)
    return text.removeprefix("一") if 10 <= number < 20 else text


def _financial(number: int) -> str:
    return chinese_number(number).translate(_FINANCIAL)


def _wide(number: int) -> str:
    return str(number).translate(_WIDE)


def _ordinal(number: int) -> str:
    return ("首先", "其次")[number - 1] if number < 3 else "其" + chinese_number(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _small_roman(number: int) -> str:
    return _roman(number).lower()


def _signs(signs: str) -> Counter:
    """Count with signs that stand for a number each."""
    return Counter(lambda number: signs[number - 1], len(signs), f"[{re.escape(signs)}]")


def _run(*spans: tuple[str, str]) -> str:
    """Return all signs between the first and the last of each span."""
    return "".join(chr(code) for first, last in spans for code in range(ord(first), ord(last) + 1))


_WORDS = {
    "首先": Counter(_ordinal, 9999, r"首先|其次|其[一二三四五六七八九十百零]+"),
    "一": Counter(chinese_number, 9999, r"[一二三四五六七八九十百零]+"),
    "1": Counter(str, 10**9, r"[0-9]+"),
    "１": Counter(_wide, 10**9, r"[０-９]+"),
}
CIRCLED = _run(("①", "⑳"), ("㉑", "㉟"), ("㊱", "㊿"))
_SERIES = (
    CIRCLED,
    _run(("⑴", "⒇")),
    _run(("⒈", "⒛")),
    _run(("❶", "❿"), ("⓫", "⓴")),
    _run(("㈠", "㈩")),
    _run(("㊀", "㊉")),
    _run(("Ⅰ", "Ⅻ")),
    _run(("ⅰ", "ⅻ")),
)
ALL_SIGNS = "".join(_SERIES)
# These are letters or words as well: they count only where a mark or a bracket closes the label.
LETTERS = {
    "A": _signs(_run(("A", "Z"))),
    "a": _signs(_run(("a", "z"))),
    "I": Counter(_roman, 39, r"[IVX]+"),
    "i": Counter(_small_roman, 39, r"[ivx]+"),
    "甲": _signs("甲乙丙丁戊己庚辛壬癸"),
    "壹": Counter(_financial, 99, r"[壹贰叁肆伍陆柒捌玖拾]+"),
}
COUNTERS = {**_WORDS, **{signs[0]: _signs(signs) for signs in _SERIES}, **LETTERS}
# A label of signs needs neither mark nor blank.
SIGNS = frozenset(signs[0] for signs in _SERIES)


def chinese_amount(whole: int) -> str:
    """Write a whole number: by 亿 and 万, with 零 where places are skipped."""
    for power, name in ((8, "亿"), (4, "万")):
        high, rest = divmod(whole, 10**power)
        if high:
            words = chinese_amount(high) + name
            if not rest:
                return words
            gap = "零" if rest < 10 ** (power - 1) else ""
            return (
                words
                + gap
                + ("一" if 10 <= rest // 10 ** (4 if rest >= 10**4 else 0) < 20 else "")
                + chinese_amount(rest)
            )
    return chinese_number(whole) if whole else "零"
