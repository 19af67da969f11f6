"""Columns of tables are aligned by what they hold, as the report or the layout says, and alike in every document."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from healthreport import pipeline
from healthreport.reading.resources import Resources
from helpers import GENERAL, RESOURCES, compose, mistakes, word

if TYPE_CHECKING:
    from pathlib import Path

    from docx.table import Table

_WORDS = {None: "居中", WD_ALIGN_PARAGRAPH.LEFT: "左", WD_ALIGN_PARAGRAPH.RIGHT: "右"}  # the style centres


def _aligned(table: Table, row: int = -1) -> list[str]:
    """Return how the cells of a row are aligned."""
    return [_WORDS[cell.paragraphs[0].alignment] for cell in table.rows[row].cells]


def _table(header: str, *rows: str, more: str = "") -> Table:
    lines = ", ".join(f"[{row}]" for row in rows)
    (table,) = word(f"{GENERAL}内容: {{表格: {{表头: [{header}], 行: [{lines}]{more}}}}}").tables
    return table


@pytest.mark.parametrize(
    ("header", "rows", "expected"),
    [
        ("序号, 事项", ["1, 甲", "2, 乙"], ["居中", "居中"]),
        ("次序, 事项", ["3, 甲"], ["居中", "居中"]),
        ('"", 事项', ["1, 甲", "2, 乙", "3, 丙"], ["居中", "居中"]),
        ("名次, 人数", ["1, 1", "1, 1", "3, 3"], ["居中", "右"]),
        ("单位, 人数", ["1, 1", "2, 2"], ["居中", "右"]),
        ("人数, 事项", ["1, 甲"], ["右", "居中"]),
        ("单位, 人数", ["甲院, 12", "乙院, 无", "丙院, —"], ["居中", "右"]),
        ("事项, 措施", ["甲, 加强组织领导压实工作责任"], ["居中", "左"]),
    ],
    ids=[
        "序号",
        "another",
        "none",
        "equal ranks",
        "not the first column",
        "one number",
        "one word among numbers",
        "long",
    ],
)
def test_by_contents(header: str, rows: list[str], expected: list[str]) -> None:
    """What counts rows is centred, numbers stand flush right, short texts centred, long ones flush left."""
    table = _table(header, *rows)
    assert _aligned(table) == expected
    assert _aligned(table, 0) == ["居中"] * len(expected)


def test_the_numbers_of_measures_are_centred() -> None:
    """So are those that the program counts itself."""
    measures = "[{问题: 甲, 措施: 乙, 责任人: 丙}]"
    (table,) = word(f"{GENERAL}内容: {{形式: 表格, 条目: {measures}}}").tables
    assert _aligned(table)[0] == "居中"


def test_as_the_report_says() -> None:
    """对齐 says it of each column, or once of all."""
    assert _aligned(_table("甲, 乙, 丙", "1, 2, 3", more=", 对齐: [左, 居中, 右]")) == ["左", "居中", "右"]
    assert _aligned(_table("甲, 乙, 丙", "1, 2, 3", more=", 对齐: 左")) == ["左"] * 3
    listed = "指标: {门诊: {数值: 5, 单位: 人次}}\n"
    (table,) = word(f"{GENERAL}{listed}内容: {{指标表: {{指标: 全部, 列: [指标, 完成], 对齐: [右, 左]}}}}").tables
    assert _aligned(table) == ["右", "左"]


@pytest.mark.parametrize(
    ("block", "id", "line"),
    [
        ("表格: {行: [[1, 2]], 对齐: [左, 右, 左]}", "bad-alignments", 3),
        ("表格: {行: [[1, 2]], 对齐: 靠左}", "not-a-choice", 3),
        ("指标表: {指标: [门诊], 列: [指标, 完成], 对齐: [左, 右, 左]}", "bad-alignments", 3),
    ],
    ids=["too many", "no such word", "indicators"],
)
def test_mistakes(block: str, id: str, line: int) -> None:
    """Another number of columns, or another word, is an error at its place, with the way out."""
    (wrong,) = mistakes(f"{GENERAL}内容: {{{block}}}\n指标: {{门诊: {{数值: 5, 单位: 人}}}}\n")
    assert (wrong.id, wrong.position.line) == (id, line)
    assert wrong.hint


def test_as_the_layout_says(tmp_path: Path) -> None:
    """A bureau's layout may align each kind of column in another way."""
    (tmp_path / "layouts").mkdir()
    keys = "{序号对齐: 右, 数对齐: 居中, 短文字对齐: 左, 长文字对齐: 居中}"
    (tmp_path / "layouts" / "本局.yaml").write_text(f"基于: gbt9704\n表格: {keys}\n", encoding="utf-8")
    resources = Resources(tmp_path)
    row = "行: [[1, 5, 甲, 加强组织领导压实工作责任]]"
    report = f"{GENERAL}版式: 本局\n内容: {{表格: {{表头: [序号, 人数, 事项, 措施], {row}}}}}\n"
    data = pipeline.write(compose(report, resources=resources), "docx", resources, "")
    (table,) = docx.Document(io.BytesIO(data)).tables
    assert _aligned(table) == ["右", "居中", "左", "居中"]


CELLS = ("单位", "门诊", "门诊.同比", "率", "特色", "门诊.达标")
BASE = f"""{GENERAL}单位: UNIT
指标:
  门诊: {{数值: VALUE, 单位: 人次, 目标: 10, 上年: 4}}
  率: {{公式: 门诊 / 10 × 100, 单位: 人}}
文字: {{特色: "WORDS"}}
内容:
  - 表格:
      表头: [机构, 门诊, 同比, 率, 特色, 达标]
      行:
        - [{", ".join(f'"{{{{ {cell} }}}}"' for cell in CELLS)}]
  - 指标表: {{指标: [门诊], 列: [指标, 单位, 完成, 同比, 达标]}}
"""


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("甲镇", "5", "义诊"),
        ("清河区青山街道社区卫生服务中心", "4", "场场有中医，村村有药箱，户户有医生"),
        ("甲镇", "", "义诊"),
    ],
    ids=["short", "long", "missing"],
)
def test_alike_in_every_document(unit: str, value: str, words: str) -> None:
    """Names, figures and words of a township, long, short or still to come, do not change how a column is aligned."""
    report = BASE.replace("UNIT", unit).replace("VALUE", value).replace("WORDS", words)
    composed = compose(report, draft=True)
    first, second = docx.Document(io.BytesIO(pipeline.write(composed, "docx", RESOURCES, ""))).tables
    assert _aligned(first) == ["居中", "右", "右", "右", "左", "居中"]
    assert _aligned(second) == ["居中", "居中", "右", "右", "居中"]
