"""Labels in documents: consecutive, restarting under each parent, whatever the mix of schemes."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.trees.document import Heading, Paragraph, Table, text_of
from healthreport.values.labels import candidates
from helpers import UNTITLED, body, compose, lines, mistakes

DIGITS = "零一二三四五六七八九"
SCHEME = ["一、", "（一）", "1.", "（1）", "①"]
OTHERS = ["1、", "第一，", "一是", "第一环节", "首先，", "——", "（一）", "1."]
Tree = dict[str, Any]


def chinese(number: int) -> str:
    """Write a number up to 199 in Chinese."""
    if number >= 100:
        rest = number - 100
        return "一百" + ("" if not rest else "零" + chinese(rest) if rest < 10 else "一" * (rest < 20) + chinese(rest))
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + "十" * bool(tens) + (DIGITS[ones] if ones else "")


def label(sample: str, number: int) -> str:
    """Return the label of a style of this module's, spelled out one by one."""
    if sample == "首先，":
        return ["", "首先", "其次"][number] + "，" if number < 3 else f"其{chinese(number)}，"
    if sample == "——":
        return sample
    if sample == "①":
        return "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"[number - 1]
    return sample.replace("一", chinese(number)).replace("1", str(number)) + "\u3000" * sample.endswith("节")


def expected_blocks(blocks: list[Any], style: str, counter: count[int]) -> list[str]:
    """Say what the blocks of one parent print; items without a style take from the parent's counter."""
    out = []
    for block in blocks:
        if isinstance(block, str):
            out.append(block)
        elif "样式" in block:
            out += [label(block["样式"], number) + item for number, item in enumerate(block["条目"], 1)]
        else:
            out += [label(style, next(counter)) + item for item in block["条目"]]
    return out


def expected(parent: Tree, level: int, scheme: list[str]) -> list[str]:
    """Say what a parent's content, sections and closing print, ``level`` levels deep."""
    styles = [*scheme[:level], *parent.get("下级编号", []), *scheme[level + len(parent.get("下级编号", [])) :]]
    style, counter = styles[level], count(1)
    out = expected_blocks(parent.get("内容", []), style, counter)
    for child in parent.get("章节", []):
        if isinstance(child, str):
            out.append(label(style, next(counter)) + child)
            continue
        if "标题" in child:
            own = {"无": ""}.get(child["序号"], child["序号"]) if "序号" in child else label(style, next(counter))
            out.append(own + child["标题"])
        out += expected(child, level + 1, styles)
    return out + expected_blocks(parent.get("结语", []), style, counter)


words = st.sampled_from(["加强组织领导", "完善机制", "压实责任", "强化督查", "A1"])
items = st.lists(words, min_size=1, max_size=3)
blocks = st.lists(
    words
    | st.fixed_dictionaries({"条目": items})
    | st.fixed_dictionaries({"样式": st.sampled_from(OTHERS), "条目": items}),
    max_size=3,
)


def sections(levels: int) -> st.SearchStrategy[list[Any]]:
    """Make sections that nest so many levels deep."""
    inner = sections(levels - 1) if levels > 1 else st.just([])
    optional = {
        "标题": words,
        "内容": blocks,
        "章节": inner,
        "结语": blocks,
        "下级编号": st.lists(st.sampled_from(OTHERS), min_size=1, max_size=2, unique=True),
        "序号": st.sampled_from(["无", "附一、", "（甲）"]),
    }
    return st.lists(words | st.fixed_dictionaries({}, optional=optional), max_size=4)


@st.composite
def reports(draw: st.DrawFn) -> Tree:
    """Make a report of sections four levels deep, one of its lists up to 120 long."""
    report: Tree = {"内容": draw(blocks), "章节": draw(sections(4)), "结语": draw(blocks)}
    parents = [report, *(one for one in report["章节"] if isinstance(one, dict) and one.get("章节"))]
    many = draw(st.sampled_from(parents))["章节"]
    at, more = draw(st.integers(0, len(many))), draw(st.integers(0, 110))
    many[at:at] = ["完善机制"] * more
    if draw(st.booleans()):
        report["编号"] = draw(st.lists(st.sampled_from(OTHERS), min_size=1, max_size=3))
    return report


def test_items_below_the_fourth_level() -> None:
    """The fifth level is ①."""
    nested = "章节: [{标题: 甲, 章节: [{标题: 乙, 章节: [{标题: 丙, 章节: [{标题: 丁, 内容: [条目: [戊, 己]]}]}]}]}]"
    assert body(nested) == ["一、甲", "（一）乙", "1.丙", "（1）丁", "①戊", "②己"]


@given(reports())
def test_random_trees(report: Tree) -> None:
    """Siblings count on, children start again, a section with 序号 or without 标题 takes no number."""
    written = {"结尾" if key == "结语" else key: value for key, value in report.items()}
    text = UNTITLED + "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in written.items())
    own = report.pop("编号", [])
    assert lines(text) == [line.strip() for line in expected(report, 0, [*own, *SCHEME[len(own) :]])]


def test_levels_and_faces() -> None:
    """A heading's level is its depth, whatever its label looks like; an untitled section opens a level, too."""
    report = "编号: [1.]\n章节: [{标题: 甲, 章节: [{章节: [{标题: 丙, 章节: [{标题: 丁}]}]}]}]"
    headings = [block for block in compose(UNTITLED + report).document.blocks if isinstance(block, Heading)]
    found = [(one.level, one.label, text_of(one.runs)) for one in headings]
    assert found == [(1, "1.", "甲"), (3, "1.", "丙"), (4, "（1）", "丁")]


LABELLED = """接排: [（一）]
章节:
  - 标题: 甲
    章节:
      - {标题: 乙, 内容: 丙}
      - {标题: "", 内容: {条目: [丁, 戊], 样式: 第一环节}}
  - {标题: 己, 内容: [{条目: [庚]}, {表格: {表题: 辛, 行: [[壬]]}}, 分述: [子, 丑]]}
附件: [{标题: 寅, 内容: 卯}, {标题: 辰, 章节: [巳]}]
"""


def test_labels_stand_apart_from_words() -> None:
    """Headings, run in or not, items, captions and attachments show label and words each by itself."""
    document = compose(UNTITLED + LABELLED).document
    parts = [*document.blocks, *(block for one in document.attachments for block in one.blocks)]
    headings = [block if isinstance(block, Heading) else getattr(block, "heading", None) for block in parts]
    assert [(one.label, text_of(one.runs)) for one in headings if one] == [
        ("一、", "甲"),
        ("（一）", "乙。"),
        ("二、", "己"),
    ]
    paragraphs = [(block.label, text_of(block.runs)) for block in parts if isinstance(block, Paragraph)]
    assert paragraphs == [
        *(("", "丙"), ("第一环节　", "丁"), ("第二环节　", "戊"), ("（一）", "庚"), ("", "一是子；二是丑。")),
        *(("附件：1.", "寅"), ("2.", "辰"), ("", "卯"), ("一、", "巳")),
    ]
    assert [(one.label, text_of(one.caption)) for one in parts if isinstance(one, Table)] == [("表1　", "辛")]
    assert [(one.label, text_of(one.title)) for one in document.attachments] == [("附件1", "寅"), ("附件2", "辰")]


def test_only_attachment_has_no_number() -> None:
    """One attachment is 附件, and its note 附件：, without a number."""
    document = compose(UNTITLED + "附件: {标题: 甲, 内容: 乙}").document
    assert [getattr(block, "label", None) for block in document.blocks] == ["附件："]
    assert [attachment.label for attachment in document.attachments] == ["附件"]


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("编号: [1., 1.1, 1.1.1]\n章节: [甲, {标题: 乙, 章节: [丙, {标题: 丁, 章节: [戊, 己]}]}]",
         ["1.甲", "2.乙", "2.1　丙", "2.2　丁", "2.2.1　戊", "2.2.2　己"]),
        ("编号: [第一章, 1.1]\n章节: [{标题: 甲, 章节: [乙, 丙]}]", ["第一章　甲", "1.1　乙", "1.2　丙"]),
        ("章节: [{标题: 甲, 下级编号: [一是], 章节: [乙, {标题: 丙, 章节: [丁]}]}, {标题: 戊, 章节: [己]}]",
         ["一、甲", "一是乙", "二是丙", "1.丁", "二、戊", "（一）己"]),
        ("附件: [{标题: 甲, 章节: [乙, 丙]}, {标题: 丁, 章节: [戊]}]\n章节: [己]",
         ["一、己", "附件：1.甲", "2.丁", "附件1", "甲", "一、乙", "二、丙", "附件2", "丁", "一、戊"]),
        ("内容: {条目: [甲, {分述: [乙, 丙]}]}\n结尾: {条目: [丁]}", ["一、甲", "二、一是乙；二是丙。", "三、丁"]),
    ],
)  # fmt: skip
def test_schemes(report: str, expected: list[str]) -> None:
    """Enclosing numbers, schemes of a section's children, attachments: each counts as the format says."""
    assert body(report) == expected


ARTICLES = "编号: [第一章, 第一条]\n续号: [第一条]\n"
GOES_ON = {
    f"{ARTICLES}章节: [{{标题: 甲, 章节: [乙, 丙]}}, {{标题: 丁, 章节: [戊]}}]":
        "第一章　甲|第一条　乙|第二条　丙|第二章　丁|第三条　戊",
    f"""{ARTICLES}章节:
      - {{标题: 甲, 章节: [乙]}}
      - {{标题: 丙, 下级编号: [第一节, 第一条], 章节: [{{标题: 丁, 章节: [戊]}}, {{标题: 己, 章节: [庚]}}]}}""":
        "第一章　甲|第一条　乙|第二章　丙|第一节　丁|第二条　戊|第二节　己|第三条　庚",
    """续号: （一）\n章节:
      - {标题: 甲, 章节: [乙]}
      - {标题: 丙, 章节: [{标题: 丁, 续号: 否}, 戊]}
      - {标题: 己, 章节: [庚]}""":
        "一、甲|（一）乙|二、丙|（一）丁|（二）戊|三、己|（三）庚",
    "章节: [{标题: 甲, 章节: [乙, 丙]}, {标题: 丁, 章节: [{标题: 戊, 续号: 是}, 己]}, {标题: 庚, 章节: [辛]}]":
        "一、甲|（一）乙|（二）丙|二、丁|（三）戊|（四）己|三、庚|（一）辛",
    "内容: [{样式: （1）, 条目: [甲, 乙]}, 丙, {样式: （1）, 续号: 是, 条目: [丁]}, {样式: （1）, 条目: [戊]}]":
        "（1）甲|（2）乙|丙|（3）丁|（1）戊",
    "章节: [{标题: 甲, 章节: [乙]}, {标题: 丙, 内容: {条目: [丁, 戊], 续号: 是}, 章节: [己]}]":
        "一、甲|（一）乙|二、丙|（二）丁|（三）戊|（四）己",
    "编号: [1., 1.1]\n续号: [1.1]\n章节: [{标题: 甲, 章节: [乙]}, {标题: 丙, 章节: [丁]}]": "1.甲|1.1　乙|2.丙|2.2　丁",
    "章节: [{标题: 甲, 续号: 是, 序号: 无}, {标题: 乙, 续号: 是}]": "甲|一、乙",
    """续号: [（一）]
章节: [{标题: 甲, 章节: [乙]}]
附件: {标题: 丙, 章节: [{标题: 丁, 章节: [戊]}, {标题: 己, 章节: [庚]}]}""":
        "一、甲|（一）乙|附件：丙|附件|丙|一、丁|（一）戊|二、己|（二）庚",
    """章节: [甲]
附件:
  标题: 乙
  编号: [第一章, 第一条]
  续号: [第一条]
  接排: [第一条]
  章节: [{标题: 丙, 章节: [丁]}, {标题: 戊, 章节: [{标题: 己, 内容: 庚}]}]""":
        "一、甲|附件：乙|附件|乙|第一章　丙|第一条　丁|第二章　戊|第二条　己。庚",
}  # fmt: skip


@pytest.mark.parametrize(("report", "expected"), GOES_ON.items())
def test_numbers_that_go_on(report: str, expected: str) -> None:
    """续号 lets a number run on across parents: of a style in the whole document, of one section, of items."""
    assert body(report) == expected.split("|")


GOING = ["第一章", "第一节", "第一条", "（一）"]
deep = st.recursive(
    st.sampled_from(["总则", "职责"]),
    lambda inner: st.builds(lambda below: {"标题": "附则", "章节": below}, st.lists(inner, min_size=1, max_size=4)),
    max_leaves=25,
).filter(lambda tree: json.dumps(tree).count("[") < 4)


@given(st.lists(deep, min_size=1, max_size=4), st.sets(st.sampled_from(GOING), min_size=1))
def test_what_goes_on_is_counted_once(trees: list[Any], going: set[str]) -> None:
    """In a document of any depth the labels of a style that goes on are 1, 2, 3 … in order, none twice."""
    report = {"编号": GOING, "续号": sorted(going), "章节": trees}
    counted: dict[str, list[int]] = {}
    for line in body("".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in report.items())):
        first = next(one for one in candidates(line) if one.sample in GOING)
        counted.setdefault(first.sample, []).append(first.number)
    assert {sample: counted[sample] for sample in going & {*counted}} == {
        sample: [*range(1, len(counted[sample]) + 1)] for sample in going & {*counted}
    }


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("接排: [一是]\n章节: [{标题: 甲, 下级编号: [一是], 章节: [{标题: 乙, 内容: 丙}]}]", ["一、甲", "一是乙。丙"]),
        ("接排: [一是]\n章节: [{标题: 甲, 章节: [{标题: 乙, 下级编号: [一是], 章节: [{标题: 丙, 内容: 丁}]}]}]",
         ["一、甲", "（一）乙", "一是丙。丁"]),
        ("接排: [一是]\n章节: [{标题: 甲, 章节: [{标题: 乙, 内容: 丙}]}]", ["一、甲", "（一）乙", "丙"]),
        ("章节: [{标题: 甲, 接排: [（一）], 章节: [{标题: 乙, 内容: 丙}]}, {标题: 丁, 章节: [{标题: 戊, 内容: 己}]}]",
         ["一、甲", "（一）乙。丙", "二、丁", "（一）戊", "己"]),
        ("接排: [一是]\n章节: [{标题: 甲, 下级编号: [一是], 章节: [{标题: 乙, 接排: 否, 内容: 丙}]}]",
         ["一、甲", "一是乙", "丙"]),
    ],
    ids=["a section's style", "deeper still", "a style nobody has", "below a section only", "not here"],
)  # fmt: skip
def test_run_in_by_style(report: str, expected: list[str]) -> None:
    """接排 names a style: whatever heading has it runs in, also where the style is set by a section further down."""
    assert body(report) == expected


@pytest.mark.parametrize(
    ("report", "id", "line"),
    [
        ("内容: {样式: ①, 条目: [" + "甲, " * 50 + "乙]}", "label-exhausted", 3),
        ("编号: [①]\n章节:\n" + "- 甲\n" * 51, "label-exhausted", 55),
        ("编号: [1.1]\n章节: [甲]", "label-exhausted", 4),
        ("章节: [{章节: [{章节: [{章节: [{章节: [{章节: [{标题: 甲}]}]}]}]}]}]", "", 0),
        ("章节: [{章节: [{章节: [{章节: [{章节: [{章节: [{章节:\n- 标题: 甲\n}]}]}]}]}]}]", "too-deep-section", 4),
    ],
)
def test_no_label(report: str, id: str, line: int) -> None:
    """A style that has run out, an enclosing number that is missing, and a fifth level are errors at their place."""
    report = report.replace("\n- 标题: 甲\n", "\n  [{标题: 甲}]")
    found = mistakes(UNTITLED + report)
    assert [(one.id, one.position.line) for one in found] == ([(id, line)] if id else [])
