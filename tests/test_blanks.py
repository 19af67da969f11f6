"""Blanks: a gap in a table, under a signature or in a text is never invisible, and told once."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport import pipeline
from healthreport.jobs.batch import planning
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.trees.document import Table
from healthreport.values import derivations
from healthreport.writing import plain
from helpers import GENERAL, RESOURCES, compose, mistakes

if TYPE_CHECKING:
    from conftest import Cli
    from healthreport.trees.document import Document

COLUMNS = ("目标", "完成", "上年", *derivations.COLUMNS)
TABLE = f"内容: {{指标表: {{指标: 全部, 列: [指标, {', '.join(COLUMNS)}]}}}}\n"


def cells(document: Document) -> list[dict[str, str]]:
    """Return the rows of the one table of a document, by column; a blank is ``blank``."""
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    rows = [
        ["blank" if any(run.blank for run in cell.runs) else cell.runs[0].text for cell in row] for row in table.rows
    ]
    return [dict(zip(COLUMNS, row[1:], strict=True)) for row in rows]


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize(
    ("said", "blank", "dashes", "told"),
    [
        ("目标: 10, 上年: 9", set(), set(), []),
        ("目标: 10", {"上年", "同比", "增减", "倍数"}, set(), ["上年"]),
        ("上年: 9", {"目标", "完成率", "超额", "达标"}, set(), ["目标"]),
        ("目标: 10, 无上年: 是", set(), {"上年", "同比", "增减", "倍数"}, []),
        ("上年: 9, 无目标: 是", set(), {"目标", "完成率", "超额", "达标"}, []),
        ("无上年: 是", {"目标", "完成率", "超额", "达标"}, {"上年", "同比", "增减", "倍数"}, ["目标"]),
        ("目标: ≤15, 上年: 0", set(), {"完成率", "超额", "同比", "倍数"}, []),
    ],
)
def test_cells(said: str, blank: set[str], dashes: set[str], told: list[str], draft: bool) -> None:
    """What is missing is blank, with all that is derived from it, and told once; what there never was is a dash."""
    composed = compose(f"{GENERAL}指标: {{改厕: {{数值: 12, 单位: 座, {said}}}}}\n{TABLE}", draft=draft)
    (row,) = cells(composed.document)
    assert {column for column, text in row.items() if text == "blank"} == blank
    assert {column for column, text in row.items() if text == "—"} == dashes
    assert [(one.id, one.position.line) for one in composed.warnings] == [("blank-cell", 3)] * len(told)
    assert [one.message for one in composed.warnings] == [f"“改厕”没有“{key}”，指标表里留了空白。" for key in told]


def test_what_cannot_be_compared_is_a_dash() -> None:
    """A masked number is compared with nothing, so nothing is missing where it would be; its own 上年 is."""
    report = GENERAL + "指标: {采样: {数值: '**', 单位: 份, 无目标: 是}}\n"
    table = "内容: {指标表: {指标: 采样, 列: [指标, 完成, 同比]}}\n"
    assert compose(report + table).warnings == ()
    assert [one.id for one in compose(report + table.replace("同比", "上年")).warnings] == ["blank-cell"]


def test_a_missing_value_is_an_error() -> None:
    """A table without the figure itself is refused as before."""
    found = mistakes(f"{GENERAL}指标: {{改厕: {{单位: 座, 目标: 10, 上年: 9}}}}\n{TABLE}")
    assert {one.id for one in found} == {"missing-value"}


BASE = (
    "体裁: 通用\n年度: 2023\n标题: '{{ 单位 }}情况'\n单位: 清河区\n"
    "指标:\n  改厕: {单位: 座, 无上年: 是}\n  体检: {单位: 人}\n" + TABLE
)


def test_townships(tmp_path: Path) -> None:
    """A township is told of the empty cell, or of the base's line where there is no column; 无上年 passes on."""
    (tmp_path / "全区.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "乡镇.csv").write_text(
        "单位,改厕,改厕.目标,体检,体检.上年\n甲镇,12,,5,4\n乙镇,12,10,5,\n", encoding="utf-8"
    )
    read = planning.Table(tmp_path / "全区.yaml", planning.Data(tmp_path / "乡镇.csv"), None)
    made = [pipeline.compose(read.inherited(at), read.reader, RESOURCES) for at in range(2)]
    found = [[(one.message[:6], one.position.file[-6:], one.position.line) for one in each.warnings] for each in made]
    assert found == [
        [("“改厕”没有", "乡镇.csv"[-6:], 2), ("“体检”没有", "全区.yaml"[-6:], 7)],
        [("“体检”没有", "乡镇.csv"[-6:], 3), ("“体检”没有", "全区.yaml"[-6:], 7)],
    ]
    first, second = (cells(each.document) for each in made)
    assert [row["完成率"] for row in first] == ["blank", "blank"]
    assert [row["完成率"] for row in second] == ["120%", "blank"]
    assert [row["同比"] for row in second] == ["—", "blank"]


def test_a_batch_tells_a_base_once(here: Path, cli: Cli) -> None:
    """What all townships of a folder lack is one message at the base's line, with their names."""
    (here / "全区.yaml").write_text(BASE.replace("{单位: 座,", "{单位: 座, 目标: 9,"), encoding="utf-8")
    for name in ("甲镇", "乙镇"):
        text = f"继承: 全区.yaml\n单位: {name}\n指标: {{改厕: {{数值: 12}}, 体检: {{数值: 5, 上年: 4}}}}\n"
        (here / f"{name}.yaml").write_text(text, encoding="utf-8")
    told = cli("batch", ".").err
    assert told.count("[blank-cell]") == 1
    assert "全区.yaml:7:12: 警告 “体检”没有“目标”，指标表里留了空白。 [blank-cell]" in told
    assert "共2份" in told


def test_given_wins() -> None:
    """Who says that there is none and gives one all the same has given one."""
    (row,) = cells(compose(f"{GENERAL}指标: {{改厕: {{数值: 12, 目标: 10, 无目标: 是, 上年: 9}}}}\n{TABLE}").document)
    assert row["目标"] == "10"


def test_a_sheet_does_not_ask_for_what_there_never_was(here: Path, cli: Cli) -> None:
    """The empty sheet has a column for last year's number of a table, but of what has none."""
    (here / "全区.yaml").write_text(BASE, encoding="utf-8")
    assert cli("sheet", "全区.yaml", "-o", "空表.csv").code == 0
    header = (here / "空表.csv").read_text("utf-8-sig")
    assert "上年" in header.split("体检", 1)[1]
    assert "上年" not in header.split("体检", 1)[0]


SIGNED = GENERAL + '单位: 清河区卫生健康局\n落款: "{{ 单位 }}"\n内容: 一切正常。\n'


def test_no_date() -> None:
    """A signature without a date prints as it did and is told of where the name is written; a draft has a blank."""
    composed = compose(SIGNED)
    assert [(one.id, one.position.line, one.position.column) for one in composed.warnings] == [("no-date", 4, 6)]
    assert plain.write(composed.document).endswith("清河区卫生健康局\n")
    draft = compose(SIGNED, draft=True)
    assert [one.id for one in draft.warnings] == ["no-date"]
    assert plain.write(draft.document).endswith("清河区卫生健康局\n　　　　年　　月　　日\n")
    dated = compose(SIGNED + "日期: 2022-12-30\n", draft=True)
    assert dated.warnings == ()
    assert plain.write(dated.document).endswith("清河区卫生健康局\n2022年12月30日\n")


def test_who_does_not_sign_needs_no_date() -> None:
    """A draft that nobody signs has no blank for a date."""
    assert "年" not in plain.write(compose(SIGNED.replace('"{{ 单位 }}"', "无"), draft=True).document)


@pytest.mark.parametrize(
    ("report", "line"),
    [
        ("标题: ××工作总结\n内容: 一切正常。\n", 2),
        ("标题: 甲\n副标题: XX年\n", 3),
        ("标题: 甲\n主送: ××局\n", 3),
        ("标题: 甲\n单位: ××局\n落款: '{{ 单位 }}'\n日期: 2022-12-30\n", 4),
        ("标题: 甲\n章节:\n- 标题: ××\n", 4),
        ("标题: 甲\n章节:\n- {标题: ××, 接排: 是, 内容: 乙}\n", 4),
        ("标题: 甲\n内容:\n- 乙\n- {分述: [丙, ×××任组长]}\n", 5),
        ("标题: 甲\n内容:\n  表格: {行: [[乙], [丙, ___]]}\n".replace("[乙]", "[乙, 丁]"), 4),
        ("标题: 甲\n内容:\n  表格:\n    行: [[乙]]\n    表题: ××表\n", 6),
        ("标题: 甲\n内容:\n  表格:\n    行: [[乙]]\n    注: ××\n", 5),
        ("标题: 甲\n指标: {数: {数值: 1, 无上年: 是}}\n内容: {指标表: {指标: {××: [数]}, 列: [指标, 完成]}}\n", 4),
        ("标题: 甲\n附件:\n  标题: ××表\n", 4),
        ("标题: 甲\n附件:\n  标题: 表\n  内容: （待补）\n", 5),
        ("标题: 甲\n附注: 联系人：×××\n", 3),
        ("标题: '{{ 年度 }}年，{{ 期间 }}'\n年度: 2022\n期间: ×月×日\n", 2),
    ],
)
def test_placeholders_are_told_where_they_are_printed(report: str, line: int) -> None:
    """Whatever is printed is looked at: titles, headings, cells, captions, notes, attachments; once a paragraph."""
    found = compose("体裁: 通用\n" + report).warnings
    assert [(one.id, one.position.line) for one in found] == [("placeholder", line)]


def test_all_of_a_paragraph_are_told_together() -> None:
    """A paragraph with several placeholders is one message, with each of them once."""
    (found,) = compose(GENERAL + "内容: ××县XX局，××县。\n").warnings
    assert found.message == "印出来的字里还有“××”“XX”。"


def test_a_suggestion_is_none() -> None:
    """What is to be written is told as such, not for the ×× of its suggestion besides."""
    report = GENERAL + "章节: [{标题: 甲, 待补: 可写××}]\n"
    assert {one.id for one in compose(report, draft=True).warnings} == {"todo"}


def test_placeholders_of_townships(tmp_path: Path) -> None:
    """What townships share is told of each; what one of them says itself, of that one only."""
    (tmp_path / "全区.yaml").write_text(BASE + "结尾: 特此××。\n", encoding="utf-8")
    rows = "甲镇,12,10,5,4,5\n××镇,12,10,5,4,5\n乙镇,12,××,5,4,5\n"
    (tmp_path / "乡镇.csv").write_text("单位,改厕,改厕.目标,体检,体检.上年,体检.目标\n" + rows, encoding="utf-8")
    read = planning.Table(tmp_path / "全区.yaml", planning.Data(tmp_path / "乡镇.csv"), None)
    found = [pipeline.compose(read.inherited(at), read.reader, RESOURCES).warnings for at in range(3)]
    lines = [[(one.id, one.position.line) for one in each] for each in found]
    shared = ("placeholder", 9)
    assert lines == [[shared], [("placeholder", 3), shared], [("placeholder", 8), shared]]


ALPHABET = st.text("××XXxＸ_＿□某20年月日.*万县1A（待补）-/@○〇N[]", max_size=12)


@given(ALPHABET, st.booleans())
def test_a_township_is_told_what_it_would_be_alone(words: str, plain_figures: bool) -> None:
    """Whether a report shares its document with others or not, the same placeholders are told."""
    name = json.dumps(f"白石镇{words}", ensure_ascii=False)
    figure = "12" if plain_figures else "1.5"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "全区.yaml").write_text(BASE.replace("{单位: 座,", "{单位: 元,"), encoding="utf-8")
        path = Path(folder) / "镇.yaml"
        path.write_text(
            f"继承: 全区.yaml\n单位: {name}\n指标: {{改厕: {{数值: {figure}}}, 体检: {{数值: 5}}}}\n", "utf-8"
        )
        reader = Reader()
        over = inherit.load(path, reader)
        alone = over._replace(differences=None, base=None)
        for _ in range(2):  # the second shares the document of the first
            told = [pipeline.compose(one, reader, RESOURCES).warnings for one in (over, alone)]
            assert [one for one in told[0] if one.id == "placeholder"] == [
                one for one in told[1] if one.id == "placeholder"
            ]
