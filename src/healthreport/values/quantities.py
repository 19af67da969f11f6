"""Numbers with units: reading them as offices write them, and writing them back.

A quantity is kept exactly, as a fraction in base units: ``%`` ``‰`` ``/10万`` are factors of the bare
number, ``万`` and ``亿`` of the unit they stand before, so 万元 and 元 add right.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from healthreport.values import counters, scalars
from healthreport.values.rounding import rounded, truly_rounded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

_ONE = Fraction(1)
_RATES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "/10万": Fraction(1, 100_000)}
_CHINESE_RATES = {"%": "百分之", "‰": "千分之", "/10万": "十万分之"}
LONGEST_NUMBER = 40
_POINTS = {"百分点": _RATES["%"], "个百分点": _RATES["%"], "千分点": _RATES["‰"], "个千分点": _RATES["‰"]}
_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
_NUMBER = r"[-+−]?\d[\d,]*(?:\.\d+)?"
_READ = re.compile(rf"({_NUMBER})([余多])?(万亿|亿|万)?([余多])?(.*)")
_RANGE = re.compile(rf"({_NUMBER})(%|‰|万|亿)?(?:—+|～|~|-|至)(\d[\d,]*(?:\.\d+)?)(%|‰|万|亿)?(.*)")
_NUMBER_GOES_ON = re.compile(r"[^\w\s]?\d")
# **.*, XX, ×.×, 3XX, 1×.×, ____; one letter or line alone or among digits (x, 5x, 3_5) is a slip, no mask.
_MASKED = re.compile(
    r"(?:[\d.,]*\*[\d*.,]*|[\d,]*[×xX]{2,}(?:\.[\d×xX]+)?|[\d,]*[×xX]?\.[×xX]+|_{2,})(?:万亿|万|亿)?(.*)"
)
_BEFORE, _AFTER = ("近", "约"), ("余", "多")
_BOUNDS_BEFORE = {
    "≤": "≤", "<=": "≤", "不超过": "≤", "不高于": "≤", "不多于": "≤", "控制在": "≤", "<": "<", "＜": "<", "低于": "<",
    "≥": "≥", ">=": "≥", "不低于": "≥", "不少于": "≥", "达到": "≥", ">": ">", "＞": ">", "高于": ">",
}  # fmt: skip
_BOUNDS_AFTER = {"以内": "≤", "以下": "≤", "以上": "≥"}


class Unit(NamedTuple):
    """A unit: as it is written, its factor to the base unit, and the base unit's name.

    ``scale`` is the 万 or 亿 in it that belongs to the number, ``3.2万`` of a unit 人, not to the unit, as in 万元.
    """

    name: str
    factor: Fraction
    base: str
    scale: str = ""

    @property
    def is_rate(self) -> bool:
        """Say whether it is ``%``, ``‰`` or ``/10万``, or their points."""
        return self.name in _RATES or self.name in _POINTS

    @property
    def is_share(self) -> bool:
        """Say whether it is ``%``, ``‰`` or ``/10万``: so much of a whole."""
        return self.name in _RATES


@lru_cache(maxsize=512)
def unit(name: str) -> Unit:
    """Read a unit: ``万元`` is 10,000 元, ``%`` is a hundredth of nothing."""
    name = name.replace("％", "%")
    if name in _RATES or name in _POINTS:
        return Unit(name, _RATES.get(name) or _POINTS[name], "")
    for scale, factor in _SCALES.items():
        if name.startswith(scale):
            return Unit(name, Fraction(factor), name.removeprefix(scale))
    return Unit(name, _ONE, name)


def _scaled(scale: str, base: str) -> Unit:
    return Unit(scale + base, Fraction(_SCALES[scale]), base, scale)


class Quantity(NamedTuple):
    """A value: ``number`` in base units, the unit it prints in, and the digits it was written with.

    ``digits`` is ``None`` for a derived value. ``text`` is set for what is printed but never
    computed with, and ``opaque`` says why: masked, a range, an approximation.
    """

    number: Fraction
    unit: Unit
    digits: int | None = None
    text: str = ""
    opaque: str = ""


class Target(NamedTuple):
    """A target: a quantity, and the bound it sets (``≤ < ≥ >``), if it is one."""

    quantity: Quantity
    bound: str


class Style(NamedTuple):
    """How a number is to be written: decimals, scale (万 亿), grouping, Chinese numerals, without unit.

    ``digits`` is what a format asks for; ``fixed`` is an indicator's 小数位, which gives way where it
    would say 0 or 100% of what is not. ``apart`` are values, in base units, that a rounded one must not meet or cross:
    74.96% that missed a target of 75% is not printed as 75%. With ``more`` a derived value has so many decimals more
    than usual.
    """

    digits: int | None = None
    fixed: int | None = None
    scale: str = ""
    grouped: bool = False
    chinese: bool = False
    bare: bool = False
    apart: tuple[Fraction, ...] = ()
    more: int = 0


PLAIN = Style()
_WHOLES = {"%": Fraction(100), "倍": _ONE}  # what a whole is in units that say how many of it


def read_each(texts: Mapping[str, str], units: Mapping[str, Unit]) -> dict[str, Quantity]:
    """Read values by name as :func:`read` does one; whole numbers, as townships give them, all at once."""
    joined = "".join(texts.values())
    if not (joined.isdecimal() and joined.isascii()):
        return {name: read(text, units[name]) for name, text in texts.items()}
    return {
        name: Quantity(Fraction(int(text)) if (own := units[name]).factor is _ONE else int(text) * own.factor, own, 0)
        for name, text in texts.items()
    }


def read(text: str, own: Unit, approximation: str = "") -> Quantity:
    """Read a value in its unit; the unit may be repeated after the number.

    Raises :class:`ValueError` with a Chinese message.
    """
    folded = scalars.fold(text)
    masked = _MASKED.fullmatch(folded)
    if masked and masked[1] in ("", own.name, own.base):
        return Quantity(Fraction(0), own, None, folded.removesuffix(own.name) + own.name, "被遮盖")
    if _RANGE.fullmatch(folded):
        return read_range(text, own)
    before = folded[:1] if folded[:1] in _BEFORE else ""
    match = _READ.fullmatch(folded.removeprefix(before))
    if not match:
        raise ValueError(f"{scalars.quoted(text)}不是数")
    number, inner, scale, outer, rest = (part or "" for part in match.groups())
    if _NUMBER_GOES_ON.match(rest) and rest not in _RATES:  # 12.34.5, 120+30
        raise ValueError(f"{scalars.quoted(text)}不是一个数")
    if (rest and rest != scalars.fold(own.base if scale else own.name)) or (scale and own.is_rate):
        said = rest or scale
        raise ValueError(f"{scalars.quoted(text)}的单位“{said}”与“单位”写的“{own.name or '（空）'}”不同")
    if len(number) > LONGEST_NUMBER:
        raise ValueError(f"{scalars.quoted(text)}的位数太多，请核对，或换大一些的单位，如万元")
    value = scalars.read_number(number)
    shown = own if not scale or own.name == scale + own.base else _scaled(scale, own.base)
    exact = Quantity(Fraction(value) * shown.factor, shown, max(-int(value.as_tuple().exponent), 0))
    if not (before or inner or outer or approximation):
        return exact
    before = before or (approximation if approximation in _BEFORE else "")
    outer = outer or (approximation if approximation in _AFTER and not inner else "")
    # 3.2万余人次: what comes after the number stands between 万 and the unit, unless written otherwise.
    prefix = shown.name.removesuffix(shown.base) if shown.base else ""
    unit_name = shown.base or shown.name
    words = before + _decimal(exact, Style(digits=exact.digits)) + inner + prefix + outer + unit_name
    return exact._replace(text=words, opaque="是约数")


def read_range(text: str, own: Unit) -> Quantity:
    """Read ``70%—75%``, ``70—75``, ``3万—5万``: never computed with.

    Printed with its sign or scale on both ends (GB/T 15835-2011, 5.1.3).
    """
    match = _RANGE.fullmatch(scalars.fold(text))
    if not match or match[5] not in ("", own.name, own.base):
        raise ValueError(f"{scalars.quoted(text)}不是区间，应写成70%—75%或3—5")
    scale = own.name.removesuffix(own.base) if own.base else ""
    sign = own.name if own.name in ("%", "‰") else scale or match[4] or ""
    if {match[2], match[4]} - {None, sign}:
        raise ValueError(f"区间{scalars.quoted(text)}两头的单位不同，应写成70%—75%或3万—5万")
    first, last = (scalars.read_number(part) for part in (match[1], match[3]))
    if first > last:
        raise ValueError(f"区间{scalars.quoted(text)}的前一个数大于后一个数，请把小的写在前面")
    rest = own.name if not own.base and not sign else own.base
    words = f"{first}{sign}—{last}{sign}{rest}"
    return Quantity(Fraction(first) * own.factor, own, None, words, "是区间")


def read_target(text: str, own: Unit) -> Target:
    """Read a target: ``1000``, ``≤22``, ``22以内``, ``不低于95``."""
    folded = scalars.fold(text)
    for words, bound in _BOUNDS_BEFORE.items():
        if folded.startswith(words):
            rest = folded.removeprefix(words)
            for tail in _BOUNDS_AFTER:
                rest = rest.removesuffix(tail)
            return Target(read(rest, own), bound)
    for words, bound in _BOUNDS_AFTER.items():
        if folded.endswith(words):
            return Target(read(folded.removesuffix(words), own), bound)
    return Target(read(text, own), "")


def write_beside_unit(quantity: Quantity, style: Style, own: Unit) -> str:
    """Write a quantity where its unit stands beside it, in a column of its own: 1059, 3.2万, 70%—75%."""
    words = write(quantity, style)
    if "—" in words and own.is_rate:
        return words
    return words.removesuffix(own.name if words.endswith(own.name) else own.base)


def write(quantity: Quantity, style: Style) -> str:
    """Write a quantity; a given value keeps its digits, a derived one has at most one decimal."""
    if style is PLAIN and quantity.digits == 0 and quantity.unit.factor is _ONE and not quantity.text:
        return f"{quantity.number.numerator}{quantity.unit.name}"
    if style.bare:
        scaled = style.scale or quantity.unit.scale
        beside = unit(quantity.unit.base) if scaled else quantity.unit
        return write_beside_unit(quantity, style._replace(bare=False), beside)
    if quantity.text:
        return quantity.text
    if style.scale:
        quantity = in_unit(quantity, _scaled(style.scale, quantity.unit.base))
    if style.chinese:
        return _chinese(quantity, style)
    return _decimal(quantity, style) + quantity.unit.name


def printed(quantity: Quantity, style: Style) -> Fraction:
    """Return the number that a quantity is written as, in base units."""
    if style.scale:
        quantity = in_unit(quantity, _scaled(style.scale, quantity.unit.base))
    number = _chinese_number(quantity, style) if style.chinese else _number(quantity, style)
    return Fraction(number) * quantity.unit.factor


def in_unit(quantity: Quantity, other: Unit) -> Quantity:
    """Express a quantity in another unit of the same base, as a derived value."""
    return quantity if quantity.unit.name == other.name else quantity._replace(unit=other, digits=None)


def _decimal(quantity: Quantity, style: Style) -> str:
    number = _number(quantity, style)
    text = f"{number:,f}" if style.grouped else f"{number:f}"
    derived = style.digits is None and style.fixed is None and quantity.digits is None
    return text.rstrip("0").rstrip(".") if derived and "." in text else text


def _number(quantity: Quantity, style: Style) -> Decimal:
    value = quantity.number / quantity.unit.factor if quantity.unit.factor != 1 else quantity.number
    if style.digits is not None:
        return rounded(value, style.digits)
    if style.fixed is not None:
        return _truly_rounded(value, style.fixed, quantity, style.apart)
    if quantity.digits is not None:
        return rounded(value, quantity.digits)
    return _truly_rounded(value, 1 + style.more, quantity, style.apart)


def _truly_rounded(value: Fraction, digits: int, quantity: Quantity, apart: tuple[Fraction, ...]) -> Decimal:
    """Round so that it does not say 0, 100% or 1倍 of what is not, and stays apart from what it is to."""
    others = [other / quantity.unit.factor for other in apart]
    if quantity.unit.name in _WHOLES:
        others.append(_WHOLES[quantity.unit.name])
    return truly_rounded(value, digits, others)


def _chinese_number(quantity: Quantity, style: Style) -> Decimal:
    value = quantity.number / quantity.unit.factor
    return rounded(value, 0 if value.denominator == 1 else quantity.digits or 1 + style.more)


def _chinese(quantity: Quantity, style: Style) -> str:
    """Write in Chinese numerals: 一千零五十九座, 三点五倍, 百分之六十."""
    number = abs(_chinese_number(quantity, style))
    whole, _, decimals = f"{number:f}".partition(".")
    two = whole == "2" and not decimals and quantity.unit.name and not quantity.unit.is_rate
    words = (
        "两"
        if two
        else counters.chinese_amount(int(whole))
        + ("点" + "".join("零一二三四五六七八九"[int(digit)] for digit in decimals) if decimals else "")
    )
    sign = "负" if quantity.number < 0 else ""
    share = _CHINESE_RATES.get(quantity.unit.name)
    return f"{sign}{share}{words}" if share else f"{sign}{words}{quantity.unit.name}"


def compare(value: Fraction, bound: str, limit: Fraction) -> bool:
    """Say whether a value keeps a bound."""
    return {"≤": value <= limit, "<": value < limit, "≥": value >= limit, ">": value > limit}[bound]
