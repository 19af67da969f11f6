"""What a number format makes of a number (ECMA-376 Part 1, 18.8.30 and 18.8.31): a percent, a day, a unit, a scale."""

from __future__ import annotations

import re
from typing import NamedTuple

_BUILT_IN_PERCENTS = {9: 0, 10: 2}
_BUILT_IN_ELAPSED = 46
# Those of the Chinese Excel are among them: 27 to 36 and 50 to 58.
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_TOKEN = re.compile(
    r"""(?P<end>;)
    | "(?P<quoted>[^"]*)"
    | [\\!](?P<escaped>.)                # the Chinese Excel writes an exclamation mark for the backslash
    | (?P<gap>_.|\*.)
    | \[(?P<elapsed>h+|m+|s+)\]
    | \[\$(?P<currency>[^\]-]*)[^\]]*\]
    | (?P<condition>\[[^\]]*\])
    | (?P<general>General|G/通用格式)
    | (?P<scientific>E[+-])
    | (?P<noon>AM/PM|A/P|上午/下午)
    | (?P<digit>[0\#?])
    | (?P<mark>[.,%/@])
    | (?P<date>[ymdhsea])                # e is a year and aaa a day of the week
    | (?P<literal>.)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_MAX_DECIMALS = 30
_THOUSANDS = re.compile(r"0(,+)(?![0,])")
_LITERAL_POINT = re.compile(r"(?<=0)!(0+)")
_SCALE_WORDS = {3: "千", 4: "万", 6: "百万", 8: "亿"}
_MARKS_OF_UNITS = "%％‰℃㎡"
_AROUND_UNITS = " \u3000()（）[]【】-/:：、"


class Format(NamedTuple):
    """What a number format makes of a number.

    ``percent`` is how many decimals it shows before a ``%``, none where it shows no percent; ``unit`` the unit
    it shows behind the number, if any; ``scale`` by which power of ten it makes the number smaller.
    """

    percent: int | None = None
    is_date: bool = False
    is_elapsed: bool = False
    unit: str = ""
    scale: int = 0


GENERAL = Format()


def read(number: int, codes: dict[int, str]) -> Format:
    """Return the format of a number: one a workbook writes out, or else one built in."""
    if number in codes:
        return parse(codes[number])
    is_elapsed = number == _BUILT_IN_ELAPSED
    return Format(_BUILT_IN_PERCENTS.get(number), number in _BUILT_IN_DATES and not is_elapsed, is_elapsed)


def parse(code: str) -> Format:
    """Read a format as it is written: what it says of positive numbers, which is its first part.

    ``0.0%`` → 1 decimal of a percent, ``0.00"万元"`` → 万元, ``0!.0,`` → scale 4, ``yyyy"年"`` → a date.
    """
    shape, literals = "", ""  # the shape is its digits as 0, its marks, and ! for a point that is only text
    for token in _TOKEN.finditer(code):
        kind = token.lastgroup
        assert kind is not None
        if kind == "end":
            break
        if kind in ("quoted", "escaped", "currency", "literal"):
            literals += token[kind]
            shape += "!" if token[kind] == "." else ""
        elif kind in ("digit", "general"):
            shape, literals = shape + "0", ""
        elif kind == "mark":
            shape += token[0]
        elif kind == "elapsed":
            return Format(is_elapsed=True)
        elif kind in ("date", "noon"):
            return Format(is_date=True)
    if "%" in shape:
        return Format(percent=min(shape.partition(".")[2].count("0"), _MAX_DECIMALS))
    scale = 3 * sum(map(len, _THOUSANDS.findall(shape))) + sum(map(len, _LITERAL_POINT.findall(shape)))
    return Format(unit=unit(literals, scale), scale=scale)


def unit(shown: str, scale: int) -> str:
    """Return the unit behind a number, if it tells by how much smaller that is shown: 万元 where 10,000 is 1."""
    shown = shown.strip(_AROUND_UNITS)
    if not any(character.isalpha() or character in _MARKS_OF_UNITS for character in shown):
        return ""
    return shown if not scale or is_said(scale, shown) else ""


def is_said(scale: int, unit: str) -> bool:
    """Say whether a unit says by which power of ten numbers in it are smaller: 万元 for 4, neither 元 nor 千元."""
    return unit.startswith(_SCALE_WORDS.get(scale, " "))
