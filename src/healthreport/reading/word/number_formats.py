"""What the n-th item of a native list is called in a number format (ECMA-376 Part 1, 17.18.59)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.values.counters import CIRCLED, chinese_number

if TYPE_CHECKING:
    from collections.abc import Callable

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_PLAIN = "零一二三四五六七八九十百千"
_SIMPLIFIED_LEGAL, _TRADITIONAL_LEGAL = "零壹贰叁肆伍陆柒捌玖拾佰仟", "零壹貳參肆伍陸柒捌玖拾佰仟"
_DIGITS = "一二三四五六七八九"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST_ROMAN, _MOST_CHINESE, _MOST_LETTERS = 4000, 10_000, 780


def shown(number: int, format: str, pattern: str = "") -> str:
    """Return a number in a format; one that is unknown, or has no such number, shows it in digits, as Word does.

    ``pattern`` belongs to ``custom``: ``001, 002, 003, …`` writes three digits.
    """
    if format == "none":
        return ""
    if format == "custom":
        return str(number).zfill(len(pattern.partition(",")[0].strip()))
    return (number > 0 and _FORMATS.get(format, str)(number)) or str(number)


def _letters(number: int) -> str:
    """Return A … Z, AA, BB …: the letter is repeated, never combined."""
    turns, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * (turns + 1) if number <= _MOST_LETTERS else ""


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN if number < _MOST_ROMAN else ():
        times, number = divmod(number, value)
        text += sign * times
    return text


def _one_of(signs: str) -> Callable[[int], str]:
    """Return a format that has a sign for each of the first numbers, and none for others."""
    return lambda number: signs[number - 1] if number <= len(signs) else ""


def _from(first: str, last: str) -> Callable[[int], str]:
    return _one_of("".join(map(chr, range(ord(first), ord(last) + 1))))


def _positions(zero: str) -> Callable[[int], str]:
    """Return a format that writes digit by digit: 10 is 一〇."""
    digits = str.maketrans("0123456789", zero + _DIGITS)
    return lambda number: str(number).translate(digits)


def _counted(zero: str) -> Callable[[int], str]:
    """Return a format that counts to 九十九 and then writes digit by digit."""
    beyond = _positions(zero)
    return lambda number: chinese_number(number) if number < 100 else beyond(number)


def _thousands(signs: str, *, whole_ten: bool = False) -> Callable[[int], str]:
    """Return a format with tens, hundreds and thousands; ``whole_ten`` begins 10 with its one: 壹拾."""
    written = str.maketrans(_PLAIN, signs)

    def format(number: int) -> str:
        if number >= _MOST_CHINESE:
            return ""
        text = chinese_number(number)
        return ("一" + text if whole_ten and text.startswith("十") else text).translate(written)

    return format


def _japanese(number: int) -> str:
    """Return 百一 and 千十: no one before tens, hundreds and thousands, no zero between."""
    text = _thousands(_PLAIN)(number)
    for power in "十百千":
        text = text.replace("一" + power, power)
    return text.replace("零", "")


def _ordinal(number: int) -> str:
    last = number % 10 if number // 10 % 10 != 1 else 0
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _cycle(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number <= 60 else ""


_full_width = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_full_width),
    "decimalFullWidth2": lambda number: str(number).translate(_full_width),
    "decimalEnclosedCircle": _one_of(CIRCLED),
    "decimalEnclosedCircleChinese": _one_of(CIRCLED),
    "decimalEnclosedParen": _from("⑴", "⒇"),
    "decimalEnclosedFullstop": _from("⒈", "⒛"),
    "ideographEnclosedCircle": _from("㊀", "㊉"),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "numberInDash": lambda number: f"- {number} -",
    "ideographDigital": _positions("〇"),
    "taiwaneseDigital": _positions("○"),
    "japaneseDigitalTenThousand": _positions("〇"),
    "chineseCounting": _counted("○"),
    "taiwaneseCounting": _counted("○"),
    "chineseCountingThousand": _thousands(_PLAIN),
    "taiwaneseCountingThousand": _thousands(_PLAIN),
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _thousands(_SIMPLIFIED_LEGAL, whole_ten=True),
    "ideographLegalTraditional": _thousands(_TRADITIONAL_LEGAL, whole_ten=True),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _cycle,
}
