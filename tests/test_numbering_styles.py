"""Numbering styles: read from their first label, written for any number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.values.numbering_styles import StyleError, chinese_number, style

DIGITS = "零一二三四五六七八九"
# Every kind of style the field writes: its labels with the numbers 1, 2, 3, 10, 21 and 120.
SAMPLES = {
    "一、": "一、 二、 三、 十、 二十一、 一百二十、",
    "（一）": "（一） （二） （三） （十） （二十一） （一百二十）",
    "（一）、": "（一）、 （二）、 （三）、 （十）、 （二十一）、 （一百二十）、",
    "1.": "1. 2. 3. 10. 21. 120.",
    "1、": "1、 2、 3、 10、 21、 120、",
    "（1）": "（1） （2） （3） （10） （21） （120）",
    "(1)": "(1) (2) (3) (10) (21) (120)",
    "1．": "1． 2． 3． 10． 21． 120．",
    "一是": "一是 二是 三是 十是 二十一是 一百二十是",
    "第一是": "第一是 第二是 第三是 第十是 第二十一是 第一百二十是",
    "第一，": "第一， 第二， 第三， 第十， 第二十一， 第一百二十，",
    "其一、": "其一、 其二、 其三、 其十、 其二十一、 其一百二十、",
    "第一环节": "第一环节　 第二环节　 第三环节　 第十环节　 第二十一环节　 第一百二十环节　",
    "第1章": "第1章　 第2章　 第3章　 第10章　 第21章　 第120章　",
    "1": "1　 2　 3　 10　 21　 120　",
    "首先": "首先 其次 其三 其十 其二十一 其一百二十",
    "首先，": "首先， 其次， 其三， 其十， 其二十一， 其一百二十，",
    "——": "—— —— —— —— —— ——",
}
NUMBERS = (1, 2, 3, 10, 21, 120)


@pytest.mark.parametrize("sample", SAMPLES)
def test_labels_of_a_sample(sample: str) -> None:
    """A style numbers on from its sample, and is set off by a space only after a word or a bare number."""
    assert [style(sample).label(number) for number in NUMBERS] == SAMPLES[sample].split(" ")


@given(st.sampled_from(["一", "1", "①", "首先"]), st.text("第其环节步条章（）、，。.：是", max_size=4), st.data())
def test_sample_is_its_first_label(counter: str, affix: str, data: st.DataObject) -> None:
    """Whatever stands around the counter, the first label is the sample itself, with at most a space after it."""
    at = data.draw(st.integers(0, len(affix)))
    sample = affix[:at] + counter + affix[at:]
    assert style(sample).label(1) in (sample, sample + "\u3000")


def test_circled_numbers() -> None:
    """①…㊿ are fifty different signs in order, and the fifty-first is an error."""
    circled = style("①")
    labels = [circled.label(number) for number in range(1, 51)]
    assert "".join(labels) == "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
    with pytest.raises(StyleError, match=r"㊿.*51"):
        circled.label(51)


@pytest.mark.parametrize(
    ("sample", "number", "enclosing", "expected"),
    [
        ("1.1", 2, (3,), "3.2　"),
        ("1.1", 12, (1, 30), "30.12　"),
        ("1.1.1", 4, (2, 3), "2.3.4　"),
        ("1.1.1", 4, (9, 2, 3), "2.3.4　"),
        ("1.1、", 2, (3,), "3.2、"),
        ("（1.1）", 2, (3,), "（3.2）"),
    ],
)
def test_enclosing_numbers(sample: str, number: int, enclosing: tuple[int, ...], expected: str) -> None:
    """``1.1`` is the enclosing number and its own; every further part asks for one more."""
    assert style(sample).label(number, enclosing) == expected


@pytest.mark.parametrize(("sample", "enclosing"), [("1.1", ()), ("1.1.1", (1,))])
def test_no_enclosing_number(sample: str, enclosing: tuple[int, ...]) -> None:
    """Without an enclosing number there is no such label."""
    with pytest.raises(StyleError, match="上一级"):
        style(sample).label(1, enclosing)


@pytest.mark.parametrize(
    "sample",
    [
        *("", "无", "甲", "a", "第章", "第一章第一节", "一、1", "一一", "①②", "2.", "二、", "十、", "（三）", "其次"),
        *("1.2", "2.1", "1.1.2", "12", "1 .", "一 是", "1一", "十一、", "第二是", "-"),
    ],
)
def test_no_style(sample: str) -> None:
    """What holds no counter, several, another number than the first, or a space is no style."""
    with pytest.raises(StyleError, match=r"“.*”"):
        style(sample)


def spelled(number: int) -> str:
    """Write a number below 10,000 in Chinese, every 一 written out."""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= power:
            rest = number % power
            gap = "零" if 0 < rest < power // 10 else ""
            return DIGITS[number // power] + unit + gap + (spelled(rest) if rest else "")
    return DIGITS[number]


def test_chinese_numbers() -> None:
    """Every number below 10,000 is written as it is counted; only 十 to 十九 drop their 一."""
    for number in range(1, 10_000):
        assert chinese_number(number) == (spelled(number)[1:] if 10 <= number < 20 else spelled(number))
    landmarks = {
        10: "十",
        11: "十一",
        20: "二十",
        101: "一百零一",
        110: "一百一十",
        111: "一百一十一",
        1010: "一千零一十",
    }
    assert {number: chinese_number(number) for number in landmarks} == landmarks


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_out_of_range(number: int) -> None:
    """There is no label for nothing, nor for ten thousand."""
    with pytest.raises(StyleError, match=str(number)):
        chinese_number(number)
