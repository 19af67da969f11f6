"""Quantities: numbers with units, read as offices write them and written back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from healthreport.values import quantities
from healthreport.values.quantities import Style
from healthreport.values.rounding import rounded
from helpers import UNTITLED, body, mistakes

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.values.quantities import Unit

T = TypeVar("T")

PLAIN = Style()
UNITS = ["", "人", "人次", "座", "元", "万元", "亿元", "万人次", "%", "‰", "/10万", "元/人", "万平方米", "倍"]
NUMBERS = st.decimals(min_value=-(10**14), max_value=10**14, allow_nan=False, allow_infinity=False, places=4) | (
    st.integers(-(10**14), 10**14).map(Decimal)
)


def value(text: str, unit: str) -> Fraction:
    """Return the number a text stands for, in base units."""
    return quantities.read(text, quantities.unit(unit)).number


def written(text: str, unit: str, style: Style = PLAIN) -> str:
    """Return how a value that was read is written."""
    return quantities.write(quantities.read(text, quantities.unit(unit)), style)


@pytest.mark.parametrize(
    ("text", "unit", "number", "shown"),
    [
        ("1059", "座", 1059, "1059座"),
        ("1,059", "座", 1059, "1059座"),
        ("１０５９", "座", 1059, "1059座"),
        ("１，０５９", "座", 1059, "1059座"),
        ("1059座", "座", 1059, "1059座"),
        ("1059 座", "座", 1059, "1059座"),
        ("+5", "座", 5, "5座"),
        ("-5", "万元", -50_000, "-5万元"),
        ("−5.50", "万元", -55_000, "-5.50万元"),
        ("－5", "万元", -50_000, "-5万元"),
        ("-0", "座", 0, "0座"),
        ("0.0", "%", 0, "0.0%"),
        ("007", "座", 7, "7座"),
        ("62.2", "%", Fraction(622, 1000), "62.2%"),
        ("62.2%", "%", Fraction(622, 1000), "62.2%"),
        ("62.2％", "%", Fraction(622, 1000), "62.2%"),
        ("3.15‰", "‰", Fraction(315, 100_000), "3.15‰"),
        ("20/10万", "/10万", Fraction(20, 100_000), "20/10万"),
        ("3.2万", "人", 32_000, "3.2万人"),
        ("3.2万人", "人", 32_000, "3.2万人"),
        ("3.2", "万人", 32_000, "3.2万人"),
        ("3.2万", "万人", 32_000, "3.2万人"),
        ("3.2万人", "万人", 32_000, "3.2万人"),
        ("1.05亿", "元", 105_000_000, "1.05亿元"),
        ("1.05亿", "万元", 105_000_000, "1.05亿元"),
        ("2万亿元", "元", 2 * 10**12, "2万亿元"),
        ("84", "元/人", 84, "84元/人"),
        ("12", "", 12, "12"),
    ],
)
def test_reading(text: str, unit: str, number: int | Fraction, shown: str) -> None:
    """A value is read exactly, in base units, and written with the digits it was written with."""
    assert value(text, unit) == number
    assert written(text, unit) == shown


NO_NUMBERS = [
    *["若干", "1059户", "1,05", "1..5", "1.5.2", "5.", "1e5", "5%", "一百", "1/2", "--5", "5万万"],
    *["∞", "NaN", "56座座", "约", "近若干", "½", "合格*"],
]


@pytest.mark.parametrize(
    ("text", "unit"), [("", "座"), *[(text, "座") for text in NO_NUMBERS], ("3.2万", "%"), ("3.2亿", "‰"), ("5‰", "%")]
)
def test_what_is_no_number(text: str, unit: str) -> None:
    """What is no number in the unit is refused with a message that quotes it."""
    with pytest.raises(ValueError, match="“") as wrong:
        quantities.read(text, quantities.unit(unit))
    assert text in str(wrong.value)


@pytest.mark.parametrize(
    ("text", "is_number"), [("12.34.5", False), ("120+30", False), ("1/2", False), ("20/10万", True)]
)
def test_what_goes_on_behind_a_number_is_no_unit(text: str, *, is_number: bool) -> None:
    """120+30 座 is no number, not one of which +30 is the unit."""
    with pytest.raises(ValueError, match="单位" if is_number else "不是一个数"):
        quantities.read(text, quantities.unit("座"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("70%—75%", "70%—75%"),
        ("70%-75%", "70%—75%"),
        ("70～75%", "70%—75%"),
        ("70—75", "70%—75%"),
        ("70.5%至75.25%", "70.5%—75.25%"),
        ("７０％——７５％", "70%—75%"),
        ("70 — 75", "70%—75%"),
    ],
)
def test_range(text: str, shown: str) -> None:
    """A range is printed with the sign at both ends (GB/T 15835), and not computed with."""
    found = quantities.read_range(text, quantities.unit("%"))
    assert quantities.write(found, PLAIN) == shown
    assert found.opaque
    assert quantities.write(quantities.read(text, quantities.unit("%")), PLAIN) == shown


@pytest.mark.parametrize("text", ["75%—70%", "70%", "—75%", "70%—", "70—75—80", "70%—75人", "甲—乙"])
def test_no_range(text: str) -> None:
    """What is no range, or runs backwards, is refused."""
    with pytest.raises(ValueError, match="区间"):
        quantities.read_range(text, quantities.unit("%"))


TARGETS = {
    "": "22 22例 0.0022万",
    "≤": "≤22 <=22 ＜＝22 22以内 22以下 22例以下 不超过22 不高于22 不多于22 控制在22 控制在22以内 控制在22例以下 ≤22.0",
    "<": "<22 ＜22 低于22 低于22例",
    "≥": "≥22 >=22 ≥２２ 22以上 22例以上 不低于22 不少于22例 达到22 达到22以上",
    ">": ">22 ＞22 高于22",
}


@pytest.mark.parametrize(("text", "bound"), [(text, bound) for bound, all in TARGETS.items() for text in all.split()])
def test_target(text: str, bound: str) -> None:
    """A target is a number or a bound; 以内 以下 以上 hold the number itself (民法典 第1259条)."""
    target = quantities.read_target(text, quantities.unit("例"))
    assert (target.bound, target.quantity.number) == (bound, Fraction(22))


@pytest.mark.parametrize("text", ["≤", "全覆盖", "≤≤22", "22左右", "不低于", "以上"])
def test_no_target(text: str) -> None:
    """What is no target is refused."""
    with pytest.raises(ValueError, match="“"):
        quantities.read_target(text, quantities.unit("例"))


@pytest.mark.parametrize(
    ("now", "bound", "limit", "kept"),
    [
        *[(21, "≤", 22, True), (22, "≤", 22, True), (23, "≤", 22, False)],
        *[(21, "<", 22, True), (22, "<", 22, False), (23, "<", 22, False)],
        *[(21, "≥", 22, False), (22, "≥", 22, True), (23, "≥", 22, True)],
        *[(21, ">", 22, False), (22, ">", 22, False), (23, ">", 22, True)],
    ],
)
def test_bound(now: int, bound: str, limit: int, kept: bool) -> None:
    """≤ and ≥ hold the limit itself, < and > do not."""
    assert quantities.compare(Fraction(now), bound, Fraction(limit)) is kept


def test_a_share_too_small_to_be_printed() -> None:
    """What has no digit within the most that are printed is 0, with a digit before its unit."""
    share = quantities.Quantity(Fraction(1, 10**40), quantities.unit("%"))
    assert quantities.write(share, quantities.PLAIN) == "0%"


@pytest.mark.parametrize(
    ("number", "digits", "expected"),
    [
        *[("2.5", 0, "3"), ("-2.5", 0, "-3"), ("0.5", 0, "1"), ("-0.5", 0, "-1"), ("-0.4", 0, "0"), ("7", 2, "7.00")],
        *[("62.25", 1, "62.3"), ("62.65", 1, "62.7"), ("99.95", 1, "100.0"), ("99.949", 1, "99.9")],
        *[("1.005", 2, "1.01"), ("12345678901234567890.5", 0, "12345678901234567891"), ("0.0000005", 6, "0.000001")],
    ],
)
def test_half_up(number: str, digits: int, expected: str) -> None:
    """A half goes away from zero, exactly; nothing is -0."""
    assert str(rounded(Fraction(number), digits)) == expected


@given(st.fractions(min_value=-(10**40), max_value=10**40, max_denominator=10**8), st.integers(0, 6))
def test_rounding_is_off_by_half_at_most(number: Fraction, digits: int) -> None:
    """Rounding is off by half a unit at most, has the digits asked for, and takes the half away from zero."""
    found = rounded(number, digits)
    off = Fraction(found) - number
    assert -int(found.as_tuple().exponent) == digits
    assert abs(off) <= Fraction(1, 2 * 10**digits)
    if abs(off) == Fraction(1, 2 * 10**digits):
        assert (off > 0) == (number > 0)


STYLES = {
    "plain": Style(),
    "grouped": Style(grouped=True),
    "six": Style(digits=6),
    "grouped-six": Style(digits=6, grouped=True),
    "wan": Style(scale="万", digits=8),
    "grouped-yi": Style(scale="亿", digits=12, grouped=True),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
@given(number=NUMBERS, unit=st.sampled_from(UNITS))
def test_written_and_read_again(style: Style, number: Decimal, unit: str) -> None:
    """A value written plain, with grouping, or in 万 or 亿 with enough digits is read back as the same value."""
    own = quantities.unit(unit)
    assume(not style.scale or not own.is_rate)
    given_value = quantities.read(f"{number:f}", own)
    assert given_value.number == Fraction(number) * own.factor
    shown = quantities.write(given_value, style)
    assert quantities.read(shown, own).number == given_value.number


@given(number=NUMBERS, unit=st.sampled_from(UNITS))
def test_beside_its_unit(number: Decimal, unit: str) -> None:
    """In a column with a unit column beside it a value is written without its unit, and read back in it."""
    own = quantities.unit(unit)
    given_value = quantities.read(f"{number:f}", own)
    shown = quantities.write_beside_unit(given_value, Style(grouped=True), own)
    assert shown == f"{number:,f}"
    assert quantities.read(shown, own) == given_value


@given(number=NUMBERS, unit=st.sampled_from(["人", "元", "万元", "%", "‰"]), form=st.sampled_from(["", "|千分位"]))
def test_printed_and_given_again(number: Decimal, unit: str, form: str) -> None:
    """What a report prints of a value can be given as a value: against the first it is 持平."""
    (shown,) = body(f"指标: {{甲: {{数值: '{number:f}', 单位: '{unit}'}}}}\n内容: '{{{{ 甲{form} }}}}'\n")
    again = f"指标: {{甲: {{数值: '{shown}', 单位: '{unit}', 上年: '{number:f}'}}}}\n内容: '{{{{ 甲.增减 }}}}'\n"
    assert body(again) == ["持平"]


LIKE_NUMBERS = "0123456789.,-+−%‰万亿/1—～至约近余多*xX≤≥<>以内上下不超过低于 　０９％"


@given(st.text(max_size=12) | st.text(LIKE_NUMBERS, max_size=10))
def test_any_text(text: str) -> None:
    """Whatever a value says, it is read and can be written, or refused with a ValueError that says why."""
    for unit in ("", "座", "万元", "%"):
        own = quantities.unit(unit)
        for found in (_attempt(quantities.read, text, own), _attempt(quantities.read_range, text, own)):
            if isinstance(found, str):
                assert found.startswith(("“", "区间", "没有"))
                continue
            for style in (Style(), Style(digits=2, grouped=True), Style(chinese=True)):
                assert quantities.write(found, style)
        _attempt(quantities.read_target, text, own)


def _attempt(read: Callable[[str, Unit], T], text: str, own: Unit) -> T | str:
    """Return what a text is read as, or why it is refused."""
    try:
        return read(text, own)
    except ValueError as wrong:
        return str(wrong)


@given(st.text("0123456789.,-%‰万亿约近余多*以内上下不超过≤≥ ０％", min_size=1, max_size=8))
def test_any_value_in_a_report(text: str) -> None:
    """Whatever is written as 数值 and 目标, the report prints or tells its mistakes."""
    quoted = text.replace("'", "''")
    keys = f"数值: '{quoted}', 目标: '{quoted}', 上年: '{quoted}', 单位: '%'"
    report = (
        UNTITLED
        + f"指标: {{甲: {{{keys}}}}}\n内容: '{{{{ 甲 }}}}、{{{{ 甲.目标 }}}}、{{{{ 甲.达标 }}}}、{{{{ 甲.同比 }}}}'\n"
    )
    for one in mistakes(report):
        assert one.message.endswith(("。", "？"))
        assert one.position.line in (3, 4)


DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True))
POWERS = {"十": 10, "百": 100, "千": 1000}


def chinese(text: str) -> int:
    """Read Chinese numerals."""
    if text.startswith("负"):
        return -chinese(text[1:])
    for scale, power in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(scale)
        if found:
            return chinese(head) * power + (chinese(tail) if tail else 0)
    total, digit = 0, 0
    for char in text:
        if char in POWERS:
            total += (digit or 1) * POWERS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


@given(st.integers(-(10**16) + 1, 10**16 - 1) | st.integers(0, 12).map(lambda power: 10**power))
def test_chinese_numerals(number: int) -> None:
    """中文 is read back as the same number; no zero stands twice, at the end, or is left out between."""
    shown = written(str(number), "", Style(chinese=True))
    assert chinese(shown) == number
    assert "零零" not in shown
    assert number == 0 or not shown.endswith("零")
    assert not any(char in shown for char in "0123456789-")
