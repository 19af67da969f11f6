"""Reports on one base share a document; what comes out is what each would give by itself."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from healthreport import pipeline
from healthreport.composing.reuse import patterns
from healthreport.diagnostics import HealthReportError
from healthreport.figures.gaps import GAP
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.trees import slots
from healthreport.trees.document import Document, Figure, Paragraph, Run, filled
from healthreport.trees.end_marks import is_ended
from healthreport.trees.roles import Role
from healthreport.writing import plain
from helpers import RESOURCES
from office import PIXEL

if TYPE_CHECKING:
    from healthreport.diagnostics import Diagnostic

# A slot in every place there is: at the start, in the middle and at the end of every kind of text.
BASE = """体裁: 年度工作总结
年度: 2022
副标题: "（{{ 单位 }}）"
主送: "{{ 上级 }}"
上级: 区卫生健康局
日期: 2022-12-30
结构: 并列式
接排: [（一）]
指标:
  改厕: {单位: 座}
  体检: {单位: 人, 目标: 100, 上年: 90, 共用: 是}
  体检率: {公式: 体检 / 改厕, 单位: "%"}
  完成数: {单位: 万人次, 小数位: 1}
文字: {亮点: , 特色: }
导语: ["{{ 改厕 }}", "[[{{ 特色 }}]]"]
成绩:
  - 标题: "改厕{{ 改厕 }}"
    内容:
      - "{{ 改厕 }}与{{ 体检 }}，率{{ 体检率 }}“{{ 完成数 }}”"
      - {引语: "{{ 改厕 }}：", 分述: ["甲{{ 改厕 }}", {引语: "乙{{ 体检 }}", 分述: ["{{ 改厕 }}", "丙{{ 单位 }}"]}]}
      - {样式: 1., 条目: ["{{ 体检 }}", {事项: "{{ 改厕 }}", 责任人: "{{ 单位 }}"}]}
    章节:
      - {标题: "接排{{ 单位 }}", 内容: "{{ 体检 }}"}
      - 标题: 表
        内容:
          - 表格:
              表题: "{{ 单位 }}"
              表头: [项, "{{ 年度 }}"]
              行: [[改厕, "{{ 改厕 }}"], [率, "≥{{ 体检率 }}"]]
              注: "{{ 单位 }}"
          - {指标表: 全部}
  - 标题: 各自的话
    内容:
      - "[[甲{{ 亮点 }}，]]乙[[{{ 亮点 }}]]"
      - "[[{{ 亮点 }}]]\n丙\n[[{{ 特色 }}]]"
      - {样式: 1., 条目: ["[[{{ 亮点 }}]]", 丁]}
      - {表格: {行: [[戊, "[[{{ 亮点 }}]]"]]}}
    结语: "[[{{ 特色 }}]]"
  - {标题: "待{{ 单位 }}写", 待补: "{{ 改厕 }}\n可写{{ 单位 }}"}
  - {待补: 是}
附注: "{{ 单位 }}"
附件: [{标题: "{{ 单位 }}的表", 内容: "{{ 改厕 }}"}, {标题: 二, 横排: 是, 内容: {指标表: [改厕, 完成数]}}]
"""

WORDS = st.one_of(
    st.sampled_from(
        ["白石镇卫生院", "甲。", "（甲）", "注甲", "“甲。”", "”", "甲<&>乙", "甲\n乙", "甲 乙", "1.5", "——"]
    ),
    st.text("甲乙1%。，）（注\n &<”", max_size=6),
)
NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.sampled_from(["", "1,059", "3.25", "近3万", "1*9", "70—80", "5余", "无", "0", "-3"]),
)
FIGURES = ("改厕", "体检", "完成数")
TODO = st.sampled_from([None, "是", "可写明年", "可写{{ 单位 }}", "一行\n两行"])
OWN_WORDS = st.dictionaries(
    st.sampled_from(["亮点", "特色"]), WORDS | st.sampled_from(["{{ 改厕 }}\n[[乙]]。", "一是甲\n二是乙"]), max_size=2
)
ADDED = st.sampled_from([[], [{"标题": "加一节", "内容": "{{ 改厕 }}[[，{{ 亮点 }}]]", "放在": "各自的话"}, "加一条"]])
TOWN = st.fixed_dictionaries(
    {
        "单位": WORDS,
        **dict.fromkeys(FIGURES, NUMBERS),
        "自己的": NUMBERS | st.none(),
        "待补": TODO,
        "文字": OWN_WORDS,
        "追加": ADDED,
    }
)


def town_yaml(town: dict[str, Any]) -> str:
    """Return a township's own file; an indicator of its own is one the base does not have."""
    figures = [f"  {name}: {{数值: {json.dumps(town[name])}}}" for name in FIGURES if town[name]]
    if town["自己的"]:
        figures.append(f"  自己的: {{数值: {json.dumps(town['自己的'])}, 单位: 个}}")
    lines = ["继承: 全区.yaml", f"单位: {json.dumps(town['单位'], ensure_ascii=False)}"]
    if town["待补"]:
        lines.append(f"计划: {{标题: 计划, 待补: {json.dumps(town['待补'], ensure_ascii=False)}}}")
    for key in ("文字", "追加"):
        said = {"成绩": town[key]} if key == "追加" and town[key] else town[key]
        lines += [f"{key}: {json.dumps(said, ensure_ascii=False)}"] if said else []
    return "\n".join([*lines, *(["指标:", *figures] if figures else [])]) + "\n"


def outcome(inherited: inherit.Inherited, reader: Reader, *, draft: bool) -> tuple[str, bytes, list[tuple[str, ...]]]:
    """Return a report's text, its Word file and what was said of it; of one that fails only that."""
    try:
        composed = pipeline.compose(inherited, reader, RESOURCES, draft=draft)
    except HealthReportError as wrong:
        return "", b"", said(wrong.diagnostics)
    word = pipeline.write(composed, "docx", RESOURCES, "")
    return plain.write(composed.document), word, said(composed.warnings)


def said(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> list[tuple[str, ...]]:
    """Return diagnostics to be compared, the order aside."""
    return sorted((one.id, one.message, str(one.position), one.hint) for one in diagnostics)


PLAIN_TOWN: dict[str, Any] = {
    "单位": "白石镇",
    "改厕": "12",
    "体检": "5",
    "完成数": "3.25",
    "自己的": None,
    "待补": None,
    "文字": {},
    "追加": [],
}


@settings(deadline=None, max_examples=150)
@given(st.lists(TOWN, min_size=2, max_size=4), st.booleans())
@example([PLAIN_TOWN, {**PLAIN_TOWN, "单位": "柳河镇。"}, {**PLAIN_TOWN, "单位": "（柳河）"}, PLAIN_TOWN], False)
@example([PLAIN_TOWN, {**PLAIN_TOWN, "单位": "甲\n乙"}, PLAIN_TOWN], False)
@example([{**PLAIN_TOWN, "待补": "是"}, {**PLAIN_TOWN, "待补": "可写明年"}], True)
@example([{**PLAIN_TOWN, "待补": "可写明年"}, {**PLAIN_TOWN, "待补": "是"}], False)
@example([PLAIN_TOWN, {**PLAIN_TOWN, "改厕": ""}, {**PLAIN_TOWN, "自己的": "3"}, PLAIN_TOWN], True)
@example(
    [{**PLAIN_TOWN, "文字": {"特色": "甲\n乙"}}, {**PLAIN_TOWN, "文字": {"特色": "甲\n乙\n丙", "亮点": "丁"}}], False
)
@example([{**PLAIN_TOWN, "文字": {"特色": "甲\n乙"}}, PLAIN_TOWN, {**PLAIN_TOWN, "文字": {"特色": "丁"}}], False)
def test_shared_is_as_alone(towns: list[dict[str, Any]], draft: bool) -> None:
    """Reports rendered one after another on one base give the bytes and messages each gives as one whole file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "全区.yaml").write_text(BASE, encoding="utf-8")
        shared = Reader()
        for number, town in enumerate(towns):
            path = folder / f"{number}.yaml"
            path.write_text(town_yaml(town), encoding="utf-8")
            alone = Reader()
            tree = inherit.load(path, alone).tree
            expected = outcome(inherit.Inherited(path, lambda tree=tree: tree), alone, draft=draft)  # type: ignore[misc]
            assert outcome(inherit.load(path, shared), shared, draft=draft) == expected


def test_reports_of_one_shape_share_a_document(tmp_path: Path) -> None:
    """Townships that differ in plain words and figures alone are resolved once."""
    (tmp_path / "全区.yaml").write_text(BASE, encoding="utf-8")
    reader = Reader()
    shared = []
    for number in range(3):
        path = tmp_path / f"{number}.yaml"
        path.write_text(
            town_yaml({**PLAIN_TOWN, "单位": f"{'甲' * number}镇", "改厕": f"{number + 1}"}), encoding="utf-8"
        )
        shared.append(pipeline.compose(inherit.load(path, reader), reader, RESOURCES).subject.pattern)
    assert shared[0] is shared[1] is shared[2]


def test_each_report_is_told_what_is_to_be_written(tmp_path: Path) -> None:
    """A township that shares the document of the one before it gets its warnings, with its own name in them."""
    (tmp_path / "全区.yaml").write_text(BASE, encoding="utf-8")
    reader, told = Reader(), []
    for name in ("白石镇", "柳河镇"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(town_yaml({**PLAIN_TOWN, "单位": name}), encoding="utf-8")
        warnings = pipeline.compose(inherit.load(path, reader), reader, RESOURCES).warnings
        told.append([(one.id, one.message.partition("还没有写")[0]) for one in warnings if one.id == "todo"])
    assert told == [[("todo", f"“待{name}写”")] * 2 for name in ("白石镇", "柳河镇")]


def test_each_has_its_own_picture(tmp_path: Path) -> None:
    """Townships that differ in nothing but a picture of their own each show their own."""
    (tmp_path / "全区.yaml").write_text("体裁: 通用\n标题: 义诊\n年度: 2022\n", encoding="utf-8")
    reader = Reader()
    for number in range(3):
        picture = PIXEL + bytes([number])
        (tmp_path / f"{number}.png").write_bytes(picture)
        path = tmp_path / f"{number}.yaml"
        path.write_text(f"继承: 全区.yaml\n内容: {{图片: {{文件: {number}.png}}}}\n", encoding="utf-8")
        composed = pipeline.compose(inherit.load(path, reader), reader, RESOURCES)
        shown = [block.pictures[0].data for block in composed.document.blocks if isinstance(block, Figure)]
        assert shown == [picture]


@pytest.mark.parametrize(
    ("words", "ended"),
    [("甲", False), ("甲。", True), ("甲。”", True), ("甲）", False), ("12人", False), ("12%", False)],
)
def test_a_slot_says_whether_its_words_end_in_a_mark(words: str, ended: bool) -> None:
    """Whether another mark is set behind a slot is known before it is filled."""
    text = "共" + slots.slot(0, ended=is_ended(words)) + "”"
    assert is_ended(text) is ended is is_ended(slots.fill(text, [words]))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        *(("甲", ""), ("甲%", ""), ("1,059.5", ""), ("甲注", ""), ("甲（乙）", ""), ("", GAP)),
        *(("甲。", slots.ENDED), ("甲。”", slots.ENDED), ("甲，", slots.ENDED)),
        *((one, one) for one in ("注甲", "注", "（甲）", "(甲", "”", " 甲", "甲 ", "甲\n乙", f"甲{GAP}")),
    ],
)
def test_what_words_do_to_a_document(words: str, kind: str) -> None:
    """Words are shared as a slot, as a slot that ends in a mark, or not at all where they would change more."""
    assert patterns.kind(words) == kind


def test_slots() -> None:
    """Slots are filled by number, as often as they stand, and part a text."""
    text = f"甲{slots.slot(1)}乙{slots.slot(0)}{slots.slot(1, ended=True)}"
    assert slots.fill(text, ["子", "丑"]) == "甲丑乙子丑"
    assert slots.split(text) == (["甲", "乙", "", ""], [1, 0, 1])
    assert not slots.has_slots("甲")


def test_a_report_without_a_base_has_no_slots(tmp_path: Path) -> None:
    """What is shared with no other report stands in the document as it is."""
    (tmp_path / "base.yaml").write_text(BASE + "单位: 白石镇卫生院\n", "utf-8")
    reader = Reader()
    composed = pipeline.compose(inherit.load(tmp_path / "base.yaml", reader), reader, RESOURCES, draft=True)
    assert composed.subject.fillings == ()
    assert "白石镇卫生院" in plain.write(composed.subject.pattern)


def test_a_document_without_slots_is_itself() -> None:
    """There is nothing to fill in where there are no words."""
    document = Document("甲", (Paragraph(Role.BODY, (Run("乙"),)),))
    assert filled(document, (), ()).blocks is document.blocks
