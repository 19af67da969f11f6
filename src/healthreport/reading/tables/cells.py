"""A cell of figures: a number in the unit that is declared, nothing at all, or what has to be written instead."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables.workbook import formats
from healthreport.values import quantities, scalars
from healthreport.values.units import converted, counting

if TYPE_CHECKING:
    from healthreport.reading.tables.words import Words

_NUMBER_LIKE = re.compile(r"[-+−]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?[%％]?")
_EXPONENT = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d+")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)(?:\d{1,2}:\d{2}(?::\d{2})?)?")
_WITH_UNIT = re.compile(r"[¥￥]?([-+−]?\d[\d,]*(?:\.\d+)?)(.*)")
_REMARK = re.compile(r"[(（\[]?\s*(?:含|其中|包括|新建|截至)|[(（].*[)）]$")
_BOUND = re.compile(r"[≤≥<>]|以上|以内|以下|不[低高少多超]|控制在|达到")
_ZEROS = re.compile(r"(-?\d+)\.0+")
_MOST_DIGITS = 15


class Figure(NamedTuple):
    """A cell that was read: its number in the declared unit, where it is one number, and its text as it goes on."""

    number: Fraction | None
    text: str


class CellError(ValueError):
    """What is wrong with a cell, and what to write."""

    def __init__(self, id: str, message: str, hint: str) -> None:
        self.id = id
        self.hint = hint
        super().__init__(message)


class Reads(NamedTuple):
    """How a column's cells are read: the unit that is declared, the one they are in, and how many of it that is."""

    declared: str
    written: str
    ratio: Fraction
    is_target: bool
    words: Words


def says_none(text: str, words: Words) -> bool:
    """Say whether a cell says that there is no such figure, and never will be; an empty one says nothing."""
    return scalars.fold(text).lower() in words.nones


def looks_like_number(text: str) -> bool:
    """Say whether a text is digits, as a figure is."""
    return _NUMBER_LIKE.fullmatch(text) is not None


def read(text: str, how: Reads, *, is_date: bool = False) -> Figure | None:
    """Read a cell; ``None`` is a cell that says there is no figure. Raises :class:`CellError`."""
    folded = scalars.fold(text)
    if not folded or folded.lower() in how.words.blanks:
        return None
    if folded in how.words.zeros:
        return Figure(Fraction(0), "0")
    _refuse_dates(folded, text, is_date=is_date)
    match = _WITH_UNIT.fullmatch(folded)
    if match is not None:
        number, unit = match.groups()
        if not unit or how.words.units.knows(unit) or unit == how.declared:
            return _number(number, counting(unit, how.written), text, how)
    return _other(folded, text, how)


def _number(number: str, unit: str, text: str, how: Reads) -> Figure:
    """Read a number, and convert it from the unit it stands in."""
    if len(number) > quantities.LONGEST_NUMBER:
        raise CellError("bad-number", f"{scalars.quoted(text)}的位数太多。", "请核对这一格，写成数，如1059、62.2。")
    try:
        value = Fraction(scalars.read_number(number))
    except ValueError as wrong:
        raise CellError("bad-number", f"{wrong}。", "请写成数，如1059、62.2。") from None
    ratio = how.words.units.ratio(unit, how.declared) if unit else how.ratio
    if ratio is None:
        message = f"{scalars.quoted(text)}的单位“{unit}”与“单位”写的“{how.declared or '（空）'}”不同。"
        raise CellError("bad-number", message, "请核对单位，这一格只写数。")
    if ratio == 1 and not (unit and unit != how.declared):
        return Figure(value, tidy(number.replace("−", "-")) if "¥" not in text and "￥" not in text else number)
    exact = converted(value * ratio)
    if exact is None:
        hint = f"请自己换算成{how.declared}，把数写在这一格。"
        raise CellError("bad-number", f"{scalars.quoted(text)}换算成{how.declared}除不尽。", hint)
    return Figure(value * ratio, exact)


def as_shown(text: str, power: int, unit: str, heading: str) -> str:
    """Return a stored number as its format shows it: with a unit behind it, or in 万, which the heading's unit says.

    Raises :class:`CellError` for a smaller number of which nobody says by how much: 2.0 for 20000 among 元.
    """
    shown = _scaled(text, power) if text and power else text
    if text and power and not (unit or formats.is_said(power, heading)):
        message = f"这一格存的是{text}，格式显示成{shown}，不知道哪一个是要报的数。"
        hint = "请把格式改成“常规”；或在表头写明单位，如（万元）。"
        raise CellError("scaled-cell", message, hint)
    return shown + unit if shown and unit else shown


def _scaled(text: str, power: int) -> str:
    """Return a stored number as it is shown: 693500 in 万 is 69.35."""
    try:
        shown = f"{Decimal(text).scaleb(-power):f}"
        return shown.rstrip("0").rstrip(".") if "." in shown else shown
    except ArithmeticError:
        return text


def tidy(number: str) -> str:
    """Return a number without what a machine added: 127228.0 → 127228, 12.000000000000001 → 12."""
    whole = _ZEROS.fullmatch(number)
    if whole:
        return whole[1]
    if len(number) > _MOST_DIGITS and "." in number and "," not in number:
        digits = f"{Decimal(number):.{_MOST_DIGITS}g}"
        if "e" not in digits and len(digits.rstrip("0").rstrip(".")) < len(number) - 2:
            return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return number


def fraction_error(text: str) -> CellError:
    """Return the refusal of a number that may be a fraction or per cent: 0.925 is 92.5% or 0.925%."""
    whole = f"{Decimal(scalars.fold(text)) * 100:f}"
    whole = (whole.rstrip("0").rstrip(".") if "." in whole else whole) + "%"
    as_it_is = f"{text}%"
    hint = f"请写明：是{whole}就写“{whole}”，是{as_it_is}就写“{as_it_is}”。"
    return CellError("fraction-percent", f"“{text}”是{whole}还是{as_it_is}，看不出来。", hint)


def _refuse_dates(folded: str, text: str, *, is_date: bool) -> None:
    shown = scalars.quoted(text)
    if is_date or _DATE.fullmatch(folded):
        hint = "请把这一格的格式改成“常规”，再写上数。"
        raise CellError("date-cell", f"这一格是日期{shown}，不是数。", hint)
    if _TIME.fullmatch(folded):
        hint = "请把这一格的格式改成“常规”，再写上数。"
        raise CellError("date-cell", f"这一格是时间{shown}，不是数。", hint)
    if _EXPONENT.fullmatch(folded):
        hint = "Excel 存成 csv 时丢了后几位：请把这一列的格式改成“数值”，再存一次。"
        raise CellError("exponent-cell", f"{shown}是科学记数法，末几位已经没有了。", hint)


def _other(folded: str, text: str, how: Reads) -> Figure:
    """Read what is more than a number, or say what to write: a bound, a range, a number with a remark."""
    shown = scalars.quoted(text)
    rough = [word for word in how.words.rough if folded.startswith(word) or folded.endswith(word)]
    number = re.search(r"\d[\d,]*(?:\.\d+)?[百千万亿]*", folded)
    if rough and number:
        hint = f"请写准数，如{number[0]}；确实只有约数的，写进这个乡镇自己的报告：“约数: 约”。"
        raise CellError("rough-number", f"{shown}是约数。", hint)
    remark = _WITH_UNIT.fullmatch(folded)
    noun = remark[2].partition("(")[0] if remark else ""
    noun = noun if how.words.units.knows(noun) else ""
    if remark and remark[2] and _REMARK.match(remark[2].removeprefix(noun)):
        raise CellError("remark-in-cell", f"{shown}除了数还写了别的话。", f"请只写{remark[1]}{noun}，说明写到备注里。")
    unit = quantities.unit(how.declared)
    try:
        if how.is_target and _BOUND.search(folded):
            quantities.read_target(text, unit)
        else:
            quantities.read(text, unit)
        if how.ratio != 1:
            raise ValueError(f"{shown}写在另一种单位的列里，换算不了")
    except ValueError as wrong:
        raise CellError("bad-number", f"{wrong}。", "请写成数，如1059、62.2；没有数就空着。") from None
    return Figure(None, text)
