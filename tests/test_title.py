"""Long titles: broken into even lines, never within a word, a number, a name in quotes, or before a closing mark."""

from __future__ import annotations

import logging
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.values.width import width
from healthreport.writing.docx.title import break_title
from healthreport.writing.docx.wrapping import room
from helpers import RESOURCES, ROOT, word

if TYPE_CHECKING:
    from pathlib import Path

CAPACITY = 20.0
# Two hundred titles of offices that do not exist; the last forty were written after the list of words.
TITLES = (ROOT / "tests" / "data" / "titles.txt").read_text("utf-8").split()
WORDS = frozenset({"卫生健康", "医疗保障"})
CLOSING, OPENING = "》〉”’）)】〕，。、；：！？", "《〈“‘（(【〔"


@pytest.mark.parametrize(
    ("title", "words", "lines"),
    [
        ("清河区卫生健康局2022年工作总结", WORDS, ["清河区卫生健康局2022年工作总结"]),
        (
            "清河区卫生健康局关于2022年度工作情况和2023年度工作安排的报告",
            WORDS,
            ["清河区卫生健康局关于2022年度工作情况", "和2023年度工作安排的报告"],
        ),
        ("甲乙丙丁戊己庚卫生健康子丑寅卯辰巳午未申酉", WORDS, ["甲乙丙丁戊己庚卫生健康", "子丑寅卯辰巳午未申酉"]),
        ("甲乙丙丁戊己庚卫生健康子丑寅卯辰巳午未申酉", frozenset(), ["甲乙丙丁戊己庚卫生健", "康子丑寅卯辰巳午未申酉"]),
        ("甲乙丙丁戊己庚辛壬癸）丑寅卯辰巳午未申酉戌", WORDS, ["甲乙丙丁戊己庚辛壬癸）", "丑寅卯辰巳午未申酉戌"]),
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


def test_titles_are_not_broken_within_words(tmp_path: Path) -> None:
    """Of two hundred titles a segmenter, which has a dictionary of its own, finds at most two broken within a word."""
    jieba.setLogLevel(logging.ERROR)
    segmenter = jieba.Tokenizer()
    segmenter.tmp_dir = str(tmp_path)
    wrong = []
    for title in TITLES:
        lines = break_title(title, CAPACITY, RESOURCES.words)
        ends = {0, *accumulate(map(len, segmenter.cut(title)))}
        if not ends.issuperset(accumulate(map(len, lines))):
            wrong.append(" / ".join(lines))
    assert len(wrong) <= 2, wrong


def test_lines_of_titles_read_well() -> None:
    """All two hundred take several lines; none ends in 关于 or 和, begins with 的, or holds a word alone."""
    assert len(set(TITLES)) == 200
    for title in TITLES:
        lines = break_title(title, CAPACITY, RESOURCES.words)
        assert len(lines) > 1
        assert not any(line.endswith(("关于", "和", "与", "及", "暨")) for line in lines[:-1]), lines
        assert not any(line.startswith(("的", "等")) for line in lines[1:]), lines
        assert min(map(width, lines)) >= 6, lines


# Titles of several organisations, of three or four lines, or of two on a landscape page.
JOINT = [
    ("清河区卫生健康局、清河区教育局、清河区市场监督管理局关于进", 28),
    (
        "中共清河区委宣传部、清河区卫生健康局、清河区融媒体中心关于印发《清河区居民健康素养提升行动方案（试行）》的通知",
        20,
    ),
    (
        "槐溪县卫生健康局、槐溪县财政局、槐溪县医疗保障局关于印发《紧密型县域医共体医保基金打包付费办法（试行）》的通知",
        20,
    ),
    ("松岭市卫生健康委员会、松岭市公安局、松岭市民政局关于加强严重精神障碍患者管理服务工作的意见", 20),
    ("白石镇卫生院、白石镇中心小学、白石镇派出所关于开展2022年“世界无烟日”联合宣传活动的情况报告", 20),
    ("槐溪县爱国卫生运动委员会办公室、槐溪县农业农村局关于2022年农村户用厕所改造及问题厕所整改任务完成情况的报告", 29),
]


@pytest.mark.parametrize(("title", "capacity"), JOINT)
def test_the_names_of_several_organisations_are_whole(title: str, capacity: float) -> None:
    """A line ends behind 、 rather than within a name, and there are more lines rather than words in pieces."""
    lines = break_title(title, capacity, RESOURCES.words)
    names = title.split("关于", maxsplit=1)[0].split("、")
    assert all(any(name in line for line in lines) for name in names), lines
    assert not any(line.endswith("关") for line in lines), lines


def test_a_line_ends_rather_behind_the_name_of_the_organisation() -> None:
    """Lines that are nearly even give way to the name on a line of its own; those that would be far from it do not."""
    title = "槐溪县卫生健康局落实意识形态工作责任制的报告"
    words = RESOURCES.words
    assert break_title(title, CAPACITY, words, "槐溪县卫生健康局")[0] == "槐溪县卫生健康局"
    assert break_title(title, CAPACITY, words)[0] == "槐溪县卫生健康局落实"
    long = "石桥镇中心卫生院高血压糖尿病患者健康管理工作存在问题及整改措施"
    assert break_title(long, CAPACITY, words, "石桥镇中心卫生院")[0] != "石桥镇中心卫生院"
    report = f"体裁: 通用\n标题: {title}\n单位: 槐溪县卫生健康局\n内容: 甲。\n"
    assert word(report).paragraphs[0].text == title.replace("局", "局\n")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("槐溪县第一人民医院2022年重点工作实施方案", ["槐溪县第一人民医院", "2022年重点工作实施方案"]),
        ("槐溪县第二人民医院二〇二二年工作实施方案", ["槐溪县第二人民医院二〇二二年工作实施方案"]),
    ],
    ids=["gaps", "none"],
)
def test_a_full_line_leaves_room_for_the_gaps_around_digits(title: str, lines: list[str]) -> None:
    """Twenty characters fill a line; with a year among them LibreOffice would set the last one alone on the next."""
    assert width(title) == CAPACITY
    assert break_title(title, CAPACITY, RESOURCES.words) == lines


def test_an_inspection_is_not_broken() -> None:
    """The title of a skeleton, for an organisation with a short name: 督导 is not parted from 检查."""
    lines = break_title("白石镇卫生院关于督导检查反馈问题的整改方案", CAPACITY, RESOURCES.words, "白石镇卫生院")
    assert lines == ["白石镇卫生院关于督导检查", "反馈问题的整改方案"]


def test_a_title_is_broken_by_the_width_of_its_page() -> None:
    """On a landscape page a title of 24 characters finds room in one line; on an upright one it takes two."""
    title = "全区基层医疗卫生机构存在问题整改落实情况汇总清单"
    attached = "".join(f"  - {{标题: {title}, 内容: 乙。, 横排: {turned}}}\n" for turned in "是否")
    paragraphs = word(f"体裁: 通用\n标题: 无\n内容: 甲。\n附件:\n{attached}").paragraphs
    titles = [one.text for one in paragraphs if one.style and one.style.style_id == "AttachmentTitle"]
    assert [one.count("\n") for one in titles] == [0, 1]
    assert [one.replace("\n", "") for one in titles] == [title, title]


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
    assert len(lines) == 1 or all(room(line) <= CAPACITY for line in lines)
