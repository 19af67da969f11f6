"""Numbers in a sentence: where they stand, how they are printed, in what unit; and what is no figure at all.

Dates, ages, ordinals, labels, document numbers, telephone numbers, names of models and of modes of work
(2+1+7, 7×24小时) and what stands in a title (《…新政14条》) are digits without being figures. A number counts
that has a unit, or a name that says what it counts, which :mod:`~healthreport.recognising.mentions` looks for.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.values import counters, scalars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.recognising.figure_words import FigureWords

_NUMBER = r"(?:\d{1,3}(?:,\d{3}(?!\d))+|\d+)(?:\.\d+)?"
_TOKEN = re.compile(
    r"(?P<masked>\d*[*＊×][\d*＊×]*(?:[.,][\d*＊×]+)*|\d+\.\d*[*＊×][\d*＊×]*)"
    rf"|(?P<number>{_NUMBER})|(?P<chinese>(?:一百|[两二三四五六七八九十百])[零一二三四五六七八九十百]*)"
)
_TITLE = re.compile(r"《[^《》\n]*》")
_RANGE = re.compile(rf"(%|‰|万|亿)?(?:—+|–|-|~|～|至)({_NUMBER})")
_PRODUCT = re.compile(r"\d+(?:[*＊×]\d+)+")
_SCALES = {
    "万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 1000, "百": 100,
}  # fmt: skip
_MORE = "余多"
_JOINS = frozenset("/·")
_PER = ("10万", "十万", "万", "千", "百")
# What stands directly before digits that are part of something else: a model, an ordinal, a sum, a quotation.
_NOT_AFTER = frozenset("+×*/#№_.第〔[【“‘\"'\\—–-~～Ⅰ每前")
_NOT_AFTER_CHINESE = frozenset('第每几数十百千万零〇两一二三四五六七八九半这那哪各前后上下头“‘"')
_JOINED = frozenset(":：.-—～~")
_GRADE = "级"  # 25兆瓦级
_LABEL = re.compile(r"[.．、)）]")
_LONGEST_NUMBER = 40
_CHINESE = {counters.chinese_number(number): number for number in range(2, 1000)} | {"两": 2}


class Kind(Enum):
    """How a number is written."""

    EXACT = "数"
    RANGE = "区间"
    MASKED = "遮盖"
    CHINESE = "汉字"


class Number(NamedTuple):
    """A number in a text: ``text[start:unit_at]`` is its value as printed, ``text[unit_at:end]`` its unit.

    ``about`` is 近, 约, 余 or 多, which ``value`` holds too. ``number`` is in the unit as it is printed, 万 resolved:
    3.2万人 is 32000 in 人, 3.2万元 is 3.2 in 万元 (both of a range: ``last``).
    """

    start: int
    unit_at: int
    end: int
    value: str
    unit: str
    kind: Kind = Kind.EXACT
    about: str = ""
    number: Fraction | None = None
    last: Fraction | None = None


def numbers(text: str, words: FigureWords) -> Iterator[Number]:
    """Yield the numbers of a text that may be figures, in order."""
    at = 0
    titles = [title.span() for title in _TITLE.finditer(text)][::-1]
    for token in _TOKEN.finditer(text):
        while titles and titles[-1][1] <= token.start():
            titles.pop()
        if token.start() < at or (titles and titles[-1][0] < token.start()):
            continue
        found = _read(text, token, words)
        if found is not None:
            yield found
            at = found.end
        elif token.lastgroup == "number" and (rest := _RANGE.match(text, token.end())):
            at = rest.end()  # the second of two years is no figure either


def _read(text: str, token: re.Match[str], words: FigureWords) -> Number | None:
    if token.lastgroup == "chinese":
        return _chinese(text, token, words)
    if _is_part_of_something(text, token.start()) or token.end() - token.start() > _LONGEST_NUMBER:
        return None
    if token.lastgroup == "masked":
        return _masked(text, token, words)
    last = _RANGE.match(text, token.end())
    if last and _goes_on(text, last.end()):
        return None
    end = last.end() if last else token.end()
    if _goes_on(text, end) or _is_label(text, token.start(), end) or words.no_units.at(text, end):
        return None
    return _with_unit(text, token, last, words)


def _with_unit(text: str, token: re.Match[str], last: re.Match[str] | None, words: FigureWords) -> Number | None:
    """Read what follows the digits: 3000余万元."""
    start, end = token.span()
    digits = token[0]
    after = last.end() if last else end
    at, scale, more = _scale(text, after, words)
    unit = _unit(text, at, words)
    if (not unit and words.no_units.at(text, at)) or text.startswith(_GRADE, at + len(unit)):
        return None
    if scale and words.measured.at(unit, 0) == unit and unit and not more and not last:
        at, unit, factor = at - len(scale), scale + unit, 1
    else:
        factor = _SCALES.get(scale, 1)
    before = words.about.before(text, start)
    if len(words.whole_words.before(text, start)) > len(before):
        before = ""  # 签约16万人 is not about 16万人
    number = _value(digits) * factor
    second = _value(last[2]) * factor if last else None
    if last and (second is None or second <= number):
        return None
    kind = Kind.RANGE if last else Kind.EXACT
    start -= len(before)
    return Number(start, at, at + len(unit), text[start:at], unit, kind, before or more, number, second)


def _scale(text: str, at: int, words: FigureWords) -> tuple[int, str, str]:
    """Return where the scale of a number ends, the scale, and 余 or 多 before or after it."""
    more = text[at] if at < len(text) and text[at] in _MORE else ""
    at += len(more)
    if words.units.at(text, at) and not text.startswith(("万", "亿"), at):
        return at, "", more  # 百分点
    scale = next((scale for scale in _SCALES if text.startswith(scale, at)), "")
    at += len(scale)
    after = text[at] if scale and not more and at < len(text) and text[at] in _MORE else ""
    return at + len(after), scale, more or after


def _unit(text: str, at: int, words: FigureWords) -> str:
    """Return the unit that begins at a place, 元/人·年 and /10万 too."""
    if text.startswith("/", at):
        rate = next((rate for rate in _PER if text.startswith(rate, at + 1)), "")
        return f"/{rate}" if rate else ""
    if words.no_units.at(text, at):
        return ""
    unit = words.units.at(text, at)
    end = at + len(unit)
    while unit and text[end : end + 1] in _JOINS and (more := words.units.at(text, end + 1) or _time(text, end)):
        end += 1 + len(more)
        unit = text[at:end]
    return unit


def _time(text: str, at: int) -> str:
    """Return 年, 月 or 日 of a unit like 元/月."""
    return text[at + 1] if text[at + 1 : at + 2] in ("年", "月", "日") else ""


def _masked(text: str, token: re.Match[str], words: FigureWords) -> Number | None:
    start, end = token.span()
    if _PRODUCT.fullmatch(token[0]) or token[0].startswith("*" * 5):
        return None
    at, _, more = _scale(text, end, words)
    unit = _unit(text, at, words)
    if not unit or (token[0].strip("×") == "" != token[0] and unit in ("年", "月", "日")):
        return None
    return Number(start, at, at + len(unit), text[start:at], unit, Kind.MASKED, more)


def _chinese(text: str, token: re.Match[str], words: FigureWords) -> Number | None:
    """Read 四家: a number in characters counts only before a unit that is sure."""
    start, end = token.span()
    value = _CHINESE.get(token[0])
    if value is None or text[start - 1 : start] in _NOT_AFTER_CHINESE or words.no_units.at(text, end):
        return None
    unit = words.chinese_units.at(text, end)
    if not unit or words.units.at(text, end) != unit:
        return None
    return Number(start, end, end + len(unit), token[0], unit, Kind.CHINESE, "", Fraction(value))


def _is_part_of_something(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    if not before:
        return False
    if before in ":：":
        return text[start - 2 : start - 1].isdigit()
    return before in _NOT_AFTER or (before.isascii() and before.isalnum())


def _goes_on(text: str, end: int) -> bool:
    """Say whether digits are not all of it: 2+1, 9:30, 3D, 5-7-9, 0537-1234567."""
    after, next_but_one = text[end : end + 1], text[end + 1 : end + 2]
    if after in _JOINED:
        return next_but_one.isdigit()
    if after == "/":
        return next_but_one.isdigit() and not text.startswith("/10万", end)
    return bool(after) and (after in "+×*＊∶" or (after.isascii() and after.isalpha()))


def _is_label(text: str, start: int, end: int) -> bool:
    """Say whether digits number the line: 1.加强领导, （1）."""
    if not _LABEL.match(text, end):
        return False
    while start and text[start - 1] in " \t　(（":
        start -= 1
    return not start or text[start - 1] in "\n。；;"


def _value(digits: str) -> Fraction:
    return Fraction(Decimal(scalars.fold(digits).replace(",", "")))
