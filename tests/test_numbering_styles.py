"""Numbering styles: read from their first label, written for any number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.values.counters import COUNTERS, chinese_number
from healthreport.values.labels import Label, candidates
from healthreport.values.numbering_styles import StyleError, style

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
    "第一": "第一 第二 第三 第十 第二十一 第一百二十",
    "其一": "其一 其二 其三 其十 其二十一 其一百二十",
    "一要": "一要 二要 三要 十要 二十一要 一百二十要",
    "第一要": "第一要 第二要 第三要 第十要 第二十一要 第一百二十要",
    "一来": "一来 二来 三来 十来 二十一来 一百二十来",
    "步骤一：": "步骤一： 步骤二： 步骤三： 步骤十： 步骤二十一： 步骤一百二十：",
    "问题1：": "问题1： 问题2： 问题3： 问题10： 问题21： 问题120：",
    "第一部分": "第一部分　 第二部分　 第三部分　 第十部分　 第二十一部分　 第一百二十部分　",
    "１．": "１． ２． ３． １０． ２１． １２０．",
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


# Counters that end: the first of a sample, all that follow it, and the sign behind the last.
SERIES = {
    "⑴": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "⒈": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "❶": "❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴",
    "㈠": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "㊀": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "甲、": "甲、 乙、 丙、 丁、 戊、 己、 庚、 辛、 壬、 癸、",
    "A.": "A. B. C. D. E. F. G. H. I. J. K. L. M. N. O. P. Q. R. S. T. U. V. W. X. Y. Z.",
    "a)": "a) b) c) d) e) f) g) h) i) j) k) l) m) n) o) p) q) r) s) t) u) v) w) x) y) z)",
    "Ⅰ.": "Ⅰ. Ⅱ. Ⅲ. Ⅳ. Ⅴ. Ⅵ. Ⅶ. Ⅷ. Ⅸ. Ⅹ. Ⅺ. Ⅻ.",
    "ⅰ": "ⅰ　 ⅱ　 ⅲ　 ⅳ　 ⅴ　 ⅵ　 ⅶ　 ⅷ　 ⅸ　 ⅹ　 ⅺ　 ⅻ　",
}
STARTS = {
    "I.": "I. II. III. IV. V. VI. VII. VIII. IX. X. XI. XII. XIII. XIV. XV. XVI. XVII. XVIII. XIX. XX. XXI.",
    "（i）": "（i） （ii） （iii） （iv） （v） （vi） （vii） （viii） （ix） （x） （xi）",
    "壹、": "壹、 贰、 叁、 肆、 伍、 陆、 柒、 捌、 玖、 拾、 拾壹、 拾贰、",
}


def split(labels: str) -> list[str]:
    """Return labels that are written one after another; signs need no space between them."""
    return labels.split(" ") if " " in labels else list(labels)


@pytest.mark.parametrize("sample", SERIES)
def test_counters_that_end(sample: str) -> None:
    """Signs and letters are written in their order to the last, which is named when one more is asked for."""
    labels = split(SERIES[sample])
    assert [style(sample).label(number) for number in range(1, len(labels) + 1)] == labels
    with pytest.raises(StyleError, match=f"只到{labels[-1][:1]}，排不下第{len(labels) + 1}个"):
        style(sample).label(len(labels) + 1)


@pytest.mark.parametrize("sample", STARTS)
def test_counters_of_several_letters(sample: str) -> None:
    """Roman and financial numerals are put together."""
    labels = split(STARTS[sample])
    assert [style(sample).label(number) for number in range(1, len(labels) + 1)] == labels


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
        *("甲方", "A", "I", "AB.", "B.", "Ⅱ.", "乙、", "II.", "第A章", "一、⑴", "㈡", "a"),
        *("1.2", "2.1", "1.1.2", "12", "1 .", "一 是", "1一", "十一、", "第二是", "-"),
    ],
)
def test_no_style(sample: str) -> None:
    """What holds no counter, several, another number than the first, or a space is no style."""
    with pytest.raises(StyleError, match=r"“.*”"):
        style(sample)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（十二）、加强领导", [("（一）、", 12), ("（一）", 12)]),
        ("第三章　总则", [("第一章", 3), ("第一", 3)]),
        ("第二部分 任务", [("第一部分", 2), ("第一", 2)]),
        ("3.12 目的", [("1.1", 12), ("1.", 3)]),
        ("1.2.3、目的", [("1.1.1、", 3), ("1.1.1", 3), ("1.", 1)]),
        ("其三，抓考核", [("其一，", 3), ("首先，", 3), ("其一", 3), ("首先", 3)]),
        ("其次，抓考核", [("首先，", 2), ("首先", 2)]),
        ("二要抓好", [("一要", 2)]),
        ("I.目的", [("A.", 9), ("I.", 1)]),
        ("问题2：人手少", [("问题1：", 2)]),
        ("（2）", [("（1）", 2)]),
        ("2", [("1", 2)]),
        ("——加强", [("——", 1)]),
        ("2022年全县", []),
        ("二级医院", []),
        ("一切工作", []),
        ("全年门诊2人", []),
        ("（第2季度", []),
        ("02.目的", []),
        ("一二、目的", []),
        ("", []),
    ],
)
def test_labels_at_the_start_of_a_text(text: str, expected: list[tuple[str, int]]) -> None:
    """All that the words may begin with is found, the longest first; whole words and years are none."""
    assert [label[:2] for label in candidates(text)] == expected


ENCLOSING = (7, 3)
# Whatever is written around a counter; letters want a mark or a bracket behind them.
AROUND = ["（{}）", "({})", "{}）", "（{}）、", "{}、", "{}.", "{}．", "步骤{}：", "第{}，", "第{}章、"]
OTHERS = [
    *("第一", "第一章", "第一条", "第一节", "第一篇", "第一部分", "第一编", "第1章", "其一", "其一，", "一是", "一要"),
    *("一来", "第一是", "首先", "首先，", "——", "1.1", "1.1.1", "1.1、", "（1.1）", "1", "一", *SERIES, *STARTS),
]
KINDS = sorted({*COUNTERS} - {"首先"})


@given(
    st.one_of(st.builds(str.format, st.sampled_from(AROUND), st.sampled_from(KINDS)), st.sampled_from(OTHERS)),
    st.integers(1, 999),
    st.sampled_from(["总则", "、加强", "，", ".5万元", "", "（甲）", "　目的"]),
)
def test_labels_are_read_back(sample: str, number: int, words: str) -> None:
    """Whatever a style writes before words, its sample and number are among those that are read."""
    try:
        chosen = style(sample)
        number = 1 if chosen.kind == "dash" else number
        label = chosen.label(number, ENCLOSING)
    except StyleError:
        return
    enclosing = ENCLOSING[-sample.count(".1") :] if chosen.kind == "decimal" else ()
    assert Label(sample, number, len(label.rstrip()), enclosing) in candidates(label + words)


@given(st.text("第其首先次一二十百甲乙壹拾12０１.①⑴Ⅰ❶AIVix（）()、，：是要章部分步骤 　", max_size=12))
def test_what_is_read_is_written_so(text: str) -> None:
    """Every label that is read is one its style writes, character for character, and is longest first."""
    found = candidates(text)
    for label in found:
        written = style(label.sample).label(label.number, label.enclosing)
        assert text.startswith(written.rstrip())
        assert len(written.rstrip()) == label.length
    assert sorted((label.length for label in found), reverse=True) == [label.length for label in found]
    assert len(set(found)) == len(found)


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
    with pytest.raises(ValueError, match=str(number)):
        chinese_number(number)
