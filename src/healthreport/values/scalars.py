"""One reader for what a cell or a value may say: YAML, CSV and Excel all come through here.

Every function takes the text as it was written and raises :class:`ValueError` with a Chinese
message that says what was expected.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal

_SHOWN = 20
_TRUE = frozenset({"是", "对", "有", "true", "yes", "√"})
_FALSE = frozenset({"否", "不", "false", "no"})
_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(mm|cm|pt|磅|毫米|厘米)")
_TWIPS = {"mm": 1440 / 25.4, "毫米": 1440 / 25.4, "cm": 1440 / 2.54, "厘米": 1440 / 2.54, "pt": 20, "磅": 20}
_LONGEST = 22 * 72 * 20  # twips: 22 inches, the longest side of a page in Word
_MOST_OF_LENGTH = 12  # digits
# What Word calls sizes, in points.
# fmt: off
_NAMED_SIZES = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15,
    "四号": 14, "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5, "七号": 5.5, "八号": 5,
}
# fmt: on
_DIGITS_IN_NAMES = str.maketrans("12345678", "一二三四五六七八")
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")


def quoted(text: str) -> str:
    """Quote a text in a message, cut short where it is long."""
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[:_SHOWN]}…”"


def fold(text: str) -> str:
    """Make full-width digits, letters and marks half-width and drop spaces: ``２０２２`` → ``2022``."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def defused(text: str) -> str:
    """Return a text as it is safe in a cell of a csv file, where Excel computes what begins like a formula.

    A number stays what it is: ``-3.5``, ``-2.8%``; ``=1+1`` gets the apostrophe that Excel takes for “this is text”.
    """
    if not text.startswith(_FORMULA_STARTS) or _NUMBER.fullmatch(fold(text).removesuffix("%")):
        return text
    return "'" + text


def meant(text: str) -> str:
    """Return a text of a csv file without the apostrophe that :func:`defused` put before it."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA_STARTS) else text


def read_bool(text: str) -> bool:
    """Read 是/否 (also true/false, yes/no)."""
    folded = fold(text).lower()
    if folded in _TRUE:
        return True
    if folded in _FALSE:
        return False
    raise ValueError(f"{quoted(text)}应写成“是”或“否”")


def read_number(text: str) -> Decimal:
    """Read a number: ``1059``, ``1,059``, ``１０５９``, ``-3.5``."""
    folded = fold(text).replace("−", "-")
    if not _NUMBER.fullmatch(folded):
        raise ValueError(f"{quoted(text)}不是数")
    return Decimal(folded.replace(",", ""))


def read_count(text: str) -> int:
    """Read a whole number from 1 on."""
    folded = fold(text)
    if not folded.isdigit() or not int(folded[:9]) > 0:
        raise ValueError(f"{quoted(text)}应是大于0的整数")
    return int(folded[:9])


def read_length(text: str) -> int:
    """Read a length with its unit, ``37mm`` ``3.5cm`` ``28.95pt`` ``16磅``; return twips (1/20 pt)."""
    match = _LENGTH.fullmatch(fold(text))
    if not match:
        raise ValueError(f"{quoted(text)}不是长度，要写数和单位，如37mm、28.95pt")
    number = match[1]
    length = round(float(number) * _TWIPS[match[2]]) if len(number) <= _MOST_OF_LENGTH else _LONGEST + 1
    if abs(length) > _LONGEST:
        raise ValueError(f"{quoted(text)}太长，Word 里最长558mm")
    return length


def read_extent(text: str) -> int:
    """Read a length that something has, which is more than nothing."""
    length = read_length(text)
    if length <= 0:
        raise ValueError(f"{quoted(text)}太小，长度要大于0")
    return length


def read_size(text: str) -> int:
    """Read the size of a face: by name, ``三号`` ``3号`` ``小四``, or as a length; return twips (1/20 pt)."""
    folded = fold(text)
    named = folded.translate(_DIGITS_IN_NAMES)
    points = _NAMED_SIZES.get(named) or _NAMED_SIZES.get(named.removesuffix("号"))
    if points:
        return round(points * 20)
    if not _LENGTH.fullmatch(folded):
        raise ValueError(f"{quoted(text)}不是字号，要写字号的名称或磅数，如三号、小四、16pt")
    return read_extent(text)


def read_year(text: str) -> int:
    """Read a year: ``2022``, ``２０２２``, ``2022年``."""
    folded = fold(text).removesuffix("度").removesuffix("年")
    if not re.fullmatch(r"(19|20|21)\d\d", folded):
        raise ValueError(f"{quoted(text)}不是年份，应写成四位数字，如2022")
    return int(folded)


def read_date(text: str) -> datetime.date:
    """Read a day: ``2022-12-30``, ``2022/12/30``, ``2022.12.30``, ``2022年12月30日``."""
    match = _DATE.fullmatch(fold(text))
    if not match:
        raise ValueError(f"{quoted(text)}不是日期，应写成2022-12-30或2022年12月30日")
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise ValueError(f"没有{quoted(text)}这一天") from None


def write_date(day: datetime.date) -> str:
    """Write a day in Arabic numerals without padding (GB/T 9704-2012, 7.3.5.4): 2022年1月5日."""
    return f"{day.year}年{day.month}月{day.day}日"
