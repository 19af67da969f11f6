"""Texts and Markdown become manuscripts: every line in its place, marks of Markdown read and masks of figures kept."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.diagnostics import Position
from healthreport.reading import manuscripts, markdown, text_files
from healthreport.reading.markdown_words import spans
from healthreport.trees.manuscript import Grid, Image, Line, Manuscript
from healthreport.trees.omitted import Omitted
from word_files import PNG

TEXT = "清河区工作总结\r\n\r\n　　一、总体情况\r\n\t全年完成。 \r\n"
# Reads as text in every encoding: no controls, no blanks around it.
LINES = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("a1。，（）%** #-|"),
    min_size=1,
    max_size=20,
).filter(lambda line: line.strip() == line)


def read(text: str, files: dict[str, bytes] | None = None) -> Manuscript:
    """Read Markdown, given the files beside it."""
    return markdown.read(text.encode(), "稿.md", (files or {}).get)


def told(found: Manuscript) -> dict[str, tuple[int, str]]:
    """Return what is left out, by kind."""
    return {one.kind: (one.times, one.sample) for one in found.left_out}


def md_lines(text: str) -> list[Line]:
    """Return the lines of Markdown."""
    return [one for one in read(text).parts if isinstance(one, Line)]


def bold(words: str) -> str:
    """Return words with what is bold in angle brackets."""
    found = spans(words, Position("稿.md"), Omitted())
    return "".join(f"〈{one.text}〉" if one.look.bold else one.text for one in found)


# Texts.


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("gb18030"), b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT.encode("utf-16-le"), TEXT.encode("utf-16-be"),
        TEXT.replace("\r\n", "\r").encode(),
    ],
)  # fmt: skip
def test_encodings(data: bytes) -> None:
    """A text reads alike in every encoding that people save in, with every kind of line end."""
    found = manuscripts.read(data, "稿.txt")
    assert found.kind == "text"
    lines = [one for one in found.parts if isinstance(one, Line)]
    assert [one.words for one in lines] == ["清河区工作总结", "一、总体情况", "全年完成。"]
    assert [(one.place.line, one.place.column, one.place.width) for one in lines] == [(1, 1, 7), (3, 3, 6), (4, 2, 5)]
    assert [one.indent for one in lines] == [0, 640, 640]


@given(st.lists(LINES | st.just("")))
def test_no_line_is_lost(lines: list[str]) -> None:
    """Whatever the lines, each that holds something is there, as it was, with its number in the file."""
    found = text_files.read("\n".join(lines).encode(), "稿")
    expected = [(line, number) for number, line in enumerate(lines, 1) if line]
    assert [(one.words, one.place.line) for one in found.parts if isinstance(one, Line)] == expected


def test_pages_and_controls() -> None:
    """A form feed begins a page; other control characters are left out and told."""
    found = text_files.read("甲\n\f乙\x07丙\n\n\f\n丁\f".encode(), "稿")
    assert [(one.words, one.new_page) for one in found.parts if isinstance(one, Line)] == [
        ("甲", False), ("乙丙", True), ("丁", True),
    ]  # fmt: skip
    assert told(found) == {"控制字符": (1, "乙丙")}


def test_marks_of_markdown_are_words_in_a_text() -> None:
    """Only ``.md`` is Markdown; a text keeps every mark."""
    for name in ("稿.txt", "-", "稿"):
        (line,) = manuscripts.read("# **甲** - [乙](丙)".encode(), name).parts
        assert isinstance(line, Line)
        assert (line.words, line.level) == ("# **甲** - [乙](丙)", 0)
    assert manuscripts.read("# 甲".encode(), "稿.MD").kind == "markdown"


# Markdown.


def test_headings() -> None:
    """Headings have their level, written either way; a mark without a blank behind it is none."""
    found = md_lines("# 总结 #\n### 甲\n#不是\n\n乙\n===\n丙\n---\n####### 丁\n")
    assert [(one.words, one.level) for one in found] == [
        ("总结", 1), ("甲", 3), ("#不是", 0), ("乙", 1), ("丙", 2), ("####### 丁", 0),
    ]  # fmt: skip


def test_lists() -> None:
    """Bullets are no label, typed numbers are; items that are all typed 1. are counted, each list from its start."""
    found = md_lines(
        "- 甲\n* 乙\n+ [x] 丙\n- [ ] 丁\n1. 戊\n1. 己\n   1) 庚\n   2) 辛\n1. 壬\n正文\n1. 癸\n3. 子\n1.丑\n"
    )
    assert [(one.label, one.words, one.list_level) for one in found] == [
        ("", "甲", 1), ("", "乙", 1), ("", "☑ 丙", 1), ("", "☐ 丁", 1), ("1.", "戊", 1), ("2.", "己", 1),
        ("1)", "庚", 2), ("2)", "辛", 2), ("3.", "壬", 1), ("", "正文", 0), ("1.", "癸", 1), ("3.", "子", 1),
        ("", "1.丑", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("**一、总体情况**。全年**重点**工作", "〈一、总体情况〉。全年〈重点〉工作"),
        ("**人民医院**建设**项目建设**", "〈人民医院〉建设〈项目建设〉"),
        ("**1. 加强领导**。落实", "〈1. 加强领导〉。落实"),
        ("**一是**抓**二是**干", "〈一是〉抓〈二是〉干"),
        ("**一、情况**：完成**项，增长**%", "〈一、情况〉：完成**项，增长**%"),
        ("完成**项，增长**%", "完成**项，增长**%"),
        ("占用**亩地，涉及**户居民", "占用**亩地，涉及**户居民"),
        ("20**年**月**日", "20**年**月**日"),
        ("增长**.5%，达**万元。", "增长**.5%，达**万元。"),
        ("共**92.5%**", "共**92.5%**"),
        ("**48**", "〈48〉"),
        ("**完成率92.5%**", "〈完成率92.5%〉"),
        ("**.**", "**.**"),
        ("**加强领导。** 成立专班", "〈加强领导。〉成立专班"),
        ("开展 **“两癌”筛查**，", "开展〈“两癌”筛查〉，"),
        ("按 **HPV** 指南，见 **《办法》** A类", "按 〈HPV〉 指南，见〈《办法》〉 A类"),
        ("2**3**4", "2**3**4"),
        ("甲**乙", "甲**乙"),
        ("** 甲 **", "** 甲 **"),
        ("***甲***", "***甲***"),
        (r"\*\*甲\*\*", "**甲**"),
        ("`甲`乙", "甲乙"),
        ("甲<br>乙", "甲\n乙"),
        ('见[网站](http://a.example/ "题")和<https://b.example>', "见网站和https://b.example"),
        ("姓名：*镇，_乙_", "姓名：*镇，_乙_"),
    ],
)
def test_bold_and_masks(words: str, shown: str) -> None:
    """Pairs of ``**`` make bold, save where they stand for figures, or it is not sure what belongs together."""
    assert bold(words) == shown


@given(LINES)
def test_marks_take_no_words(words: str) -> None:
    """Whatever stands in a line, only asterisks in pairs can go, and the blanks that belong to them."""
    left = bold(words).replace("〈", "").replace("〉", "")
    assert re.sub("[* ]", "", left) == re.sub("[* ]", "", words)
    assert (words.count("*") - left.count("*")) % 4 == 0


def test_tables_of_tabs() -> None:
    """Lines of three columns or more below each other are a table, as Word saves it; two columns may be anything."""
    found = manuscripts.read(
        "组长：\t甲\n\n名称\t目标\t完成\n死亡率（‰）\t\t2.36\n\t\t3\n合计\t1\t2\n完。".encode(), "甲.txt"
    )
    first, grid, last = found.parts
    assert isinstance(grid, Grid)
    cells = [["".join(line.words for line in cell.lines) for cell in row] for row in grid.rows]
    assert cells[:3] == [["名称", "目标", "完成"], ["死亡率（‰）", "", "2.36"], ["", "", "3"]]
    assert isinstance(first, Line)
    assert isinstance(last, Line)
    assert (first.words, last.words) == ("组长：\t甲", "完。")


def test_tables() -> None:
    """A table of pipes has its heading; a pipe that is escaped belongs to the cell, a short row is filled."""
    found = read("| 名称 | 数值 |\n|:--|--:|\n| 甲\\|乙 | **多** |\n| 丙 |\n\n甲|乙\n丁\n")
    grid, *lines = found.parts
    assert isinstance(grid, Grid)
    cells = [["".join(line.words for line in cell.lines) for cell in row] for row in grid.rows]
    assert (cells, grid.header) == ([["名称", "数值"], ["甲|乙", "多"], ["丙", ""]], 1)
    assert [one.words for one in lines if isinstance(one, Line)] == ["甲|乙", "丁"]


def test_pictures() -> None:
    """A picture beside the text is taken, its words are the caption; others are told, none outside is asked for."""
    asked: list[str] = []

    def beside(path: str) -> bytes | None:
        asked.append(path)
        return PNG if path == "图/a.JPEG" else None

    text = "![义诊](图/a.JPEG)\n![](b.png)\n![丙](http://a.example/c.png)\n![](../d.png) ![](/e.png) ![](C:\\f.png)"
    found = markdown.read(text.encode(), "稿.md", beside)
    image, caption, other = found.parts
    assert isinstance(image, Image)
    assert (image.data, image.suffix) == (PNG, "jpg")
    assert [one.words for one in (caption, other) if isinstance(one, Line)] == ["义诊", "丙"]
    assert asked == ["图/a.JPEG", "b.png"]
    assert told(found) == {"读不了的图片": (5, "b.png")}


def test_what_is_for_programs() -> None:
    """Front matter, rules, comments and addresses are left out and told; code is taken as it is."""
    found = read("---\ntitle: 甲\n---\n> 乙<!-- 丙 -->\n\n---\n```\n# **丁**\n```\n[戊](http://a.example)\n")
    assert [one.words for one in found.parts if isinstance(one, Line)] == ["乙", "# **丁**", "戊"]
    assert told(found) == {
        "文件头": (1, "title: 甲"), "注释": (1, "<!-- 丙 -->"), "分隔线": (1, "---"), "链接地址": (1, "http://a.example"),
    }  # fmt: skip
    assert [one.words for one in md_lines("甲\n\n---\n乙\n---\n")] == ["甲", "乙"]


def test_places_in_markdown() -> None:
    """Lines of Markdown know their line and column."""
    first, second = md_lines("# 甲\n\n  乙\n")
    assert (str(first.place), str(second.place)) == ("稿.md:1:1", "稿.md:3:3")
