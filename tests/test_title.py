"""Long titles: broken into even lines, never within a word, a number, a name in quotes, or before a closing mark."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.values.width import width
from healthreport.writing.docx.title import break_title
from helpers import RESOURCES

CAPACITY = 20.0
WORDS = frozenset({"卫生健康", "医疗保障"})
CLOSING, OPENING = "》〉”’）)】〕，。、；：！？", "《〈“‘（(【〔"


@pytest.mark.parametrize(
    ("title", "words", "lines"),
    [
        ("清河区卫生健康局2022年工作总结", WORDS, ["清河区卫生健康局2022年工作总结"]),
        (
            "清河区卫生健康局关于2022年度工作情况和2023年度工作安排的报告",
            WORDS,
            ["清河区卫生健康局关于2022年度", "工作情况和2023年度工作安排的报告"],
        ),
        ("甲乙丙丁戊己庚卫生健康子丑寅卯辰巳午未申酉", WORDS, ["甲乙丙丁戊己庚卫生健康", "子丑寅卯辰巳午未申酉"]),
        ("甲乙丙丁戊己庚卫生健康子丑寅卯辰巳午未申酉", frozenset(), ["甲乙丙丁戊己庚卫生健", "康子丑寅卯辰巳午未申酉"]),
        ("甲乙丙丁戊己庚辛壬癸子）丑寅卯辰巳午未申酉戌", WORDS, ["甲乙丙丁戊己庚辛壬癸", "子）丑寅卯辰巳午未申酉戌"]),
        ("甲乙丙丁戊己庚辛壬癸（子丑寅卯辰巳午未申酉戌", WORDS, ["甲乙丙丁戊己庚辛壬癸", "（子丑寅卯辰巳午未申酉戌"]),
        (
            "甲乙丙丁戊己庚辛壬癸20222023子丑寅卯辰巳午未申酉",
            WORDS,
            ["甲乙丙丁戊己庚辛壬癸", "20222023子丑寅卯辰巳午未申酉"],
        ),
        ("甲乙丙丁戊己\n庚辛", WORDS, ["甲乙丙丁戊己", "庚辛"]),
        ("甲" * 200, WORDS, ["甲" * 200]),
    ],
    ids=["short", "good places", "a word", "no word", "closing", "opening", "number", "as written", "no title"],
)
def test_breaks(title: str, words: frozenset[str], lines: list[str]) -> None:
    """A title that fits stays whole; others break where they may, as evenly as that goes."""
    assert break_title(title, CAPACITY, words) == lines


def test_the_words_of_the_field_are_whole() -> None:
    """The list that ships is the one that titles are broken by."""
    assert {"卫生健康局", "医共体"} <= RESOURCES.words


@given(
    st.text(st.sampled_from("清河区卫生健康局关于工作的总结和2022年.%" + CLOSING + OPENING), min_size=1, max_size=90),
    st.sampled_from([WORDS, frozenset()]),
)
def test_any_title(title: str, words: frozenset[str]) -> None:
    """Nothing is lost; no line is too long, begins with a closing mark or ends in an opening one."""
    lines = break_title(title, CAPACITY, words)
    assert "".join(lines) == title
    for before, line in pairwise(lines):
        assert line[0] not in CLOSING
        assert before[-1] not in OPENING
        assert len(before) >= 2
        assert len(line) >= 2
    assert len(lines) == 1 or all(width(line) <= CAPACITY for line in lines)
