"""Tables of indicators, merged cells, landscape pages and pictures: in the document and in the Word file."""

from __future__ import annotations

import io
import tempfile
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import office
from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError
from healthreport.reading import inherit
from healthreport.reading.reader import MAX_ATTACHED_BYTES, Reader
from healthreport.trees.document import Figure, Table, text_of
from healthreport.values import derivations
from healthreport.writing import plain
from helpers import RESOURCES, UNTITLED, compose, in_folder, jpeg, mistakes, png, text, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.trees.document import Block

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
EMU_PER_MM = 36_000
INDICATORS = """\
年度: 2022
指标:
  农村改厕: {数值: 1059, 单位: 座, 目标: 1000, 上年: 980, 截至: 2022-06-30, 说明: 含整村推进}
  建档: {数值: 39.1万, 单位: 人, 目标: 40万, 无上年: 是}
  孕产妇死亡率: {数值: 20, 单位: /10万, 目标: ≤22, 上年: 23.5, 越低越好: 是}
  管理率: {公式: 管理 / 建档, 单位: "%", 目标: ≥60, 上年: 7.5}
  管理: {数值: 3.128万, 单位: 人, 上年: 3.128万, 无目标: 是}
  采样: {数值: "**.*", 单位: 万份, 上年: 12.5, 无目标: 是}
  建设: {区间: 70%—75%, 单位: "%", 无目标: 是, 无上年: 是}
"""


def blocks(report: str, *, draft: bool = False) -> list[Block]:
    """Return the blocks of a report and of its attachments."""
    document = compose(UNTITLED + report, draft=draft).document
    return [*document.blocks, *(block for one in document.attachments for block in one.blocks)]


def tables(report: str, *, draft: bool = False) -> list[Table]:
    """Return the tables of a report."""
    return [block for block in blocks(report, draft=draft) if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    """Return the texts of a table's cells, row by row, the header first."""
    return [["".join(run.text for run in cell.runs) for cell in row] for row in (*table.header, *table.rows)]


def grid(form: str) -> list[str]:
    """Return the rows of the one table that a 指标表 of this form gives, cells parted by ``|``."""
    (table,) = tables(f"{INDICATORS}内容: {{指标表: {form}}}\n")
    return ["|".join(row) for row in rows(table)]


def test_all() -> None:
    """全部 lists every indicator in the order of the file, in the usual columns."""
    assert grid("全部") == [
        "指标|单位|目标|完成|上年|同比",
        "农村改厕|座|1000|1059|980|增长8.1%",
        "建档|人|40万|39.1万|—|—",
        "孕产妇死亡率|/10万|≤22|20|23.5|下降14.9%",
        "管理率|%|≥60|8|7.5|提高0.5个百分点",
        "管理|人|—|3.128万|3.128万|持平",
        "采样|万份|—|**.*|12.5|—",
        "建设|%|—|70%—75%|—|—",
    ]


def test_columns() -> None:
    """Columns are chosen and ordered; what cannot be compared is a dash: 完成率 of a bound, 同比 without 上年."""
    assert grid("{指标: [农村改厕, 建档, 孕产妇死亡率], 列: [指标, 完成, 完成率, 增减, 达标, 截至, 说明]}") == [
        "指标|完成|完成率|增减|达标|截至|说明",
        "农村改厕|1059座|105.9%|增加79座|达标|2022年6月30日|含整村推进",
        "建档|39.1万人|97.8%|—|未达标|—|—",
        "孕产妇死亡率|20/10万|—|下降3.5/10万|达标|—|—",
    ]


def test_every_derived_value_is_a_column() -> None:
    """Whatever can be derived without an argument may be a column; what cannot be said is a dash."""
    columns = ", ".join(("指标", "单位", *derivations.COLUMNS))
    assert grid(f"{{指标: [农村改厕, 建档, 管理率], 列: [{columns}]}}") == [
        "指标|单位|完成率|超额|同比|增减|倍数|达标",
        "农村改厕|座|105.9%|59座|增长8.1%|增加79座|1.1倍|达标",
        "建档|人|97.8%|—|—|—|—|未达标",
        "管理率|%|—|—|提高0.5个百分点|提高0.5个百分点|1.1倍|未达标",
    ]


def test_unit_beside_or_inside() -> None:
    """With a column 单位 the numbers stand bare, without it each has its unit."""
    names = "指标: [农村改厕, 孕产妇死亡率, 管理率, 采样, 建设]"
    assert grid(f"{{{names}, 列: [指标, 目标, 完成, 上年]}}") == [
        "指标|目标|完成|上年",
        "农村改厕|1000座|1059座|980座",
        "孕产妇死亡率|≤22/10万|20/10万|23.5/10万",
        "管理率|≥60%|8%|7.5%",
        "采样|—|**.*万份|12.5万份",
        "建设|—|70%—75%|—",
    ]
    assert [row.split("|")[2] for row in grid(f"{{{names}, 列: [指标, 单位, 完成]}}")] == [
        *("完成", "1059", "20", "8", "**.*", "70%—75%")
    ]


@pytest.mark.parametrize("form", ["农村改厕", "[农村改厕]", "{指标: 农村改厕}", "{指标: [农村改厕]}"])
def test_one(form: str) -> None:
    """One name may stand for a list of one, in the short form and in the long one."""
    assert grid(form)[1:] == ["农村改厕|座|1000|1059|980|增长8.1%"]


def test_one_column() -> None:
    """One column may stand for a list of one."""
    assert grid("{指标: [农村改厕], 列: 指标}") == ["指标", "农村改厕"]


def test_groups() -> None:
    """The name of a group spans a row of its own above the group."""
    (table,) = tables(
        f"{INDICATORS}内容: {{指标表: {{指标: {{爱国卫生: [农村改厕], 妇幼: 孕产妇死亡率}}, 列: [指标, 完成]}}}}\n"
    )
    assert rows(table) == [
        ["指标", "完成"],
        ["爱国卫生"],
        ["农村改厕", "1059座"],
        ["妇幼"],
        ["孕产妇死亡率", "20/10万"],
    ]
    assert [[cell.across for cell in row] for row in table.rows] == [[2], [1, 1], [2], [1, 1]]


def test_plan() -> None:
    """A table of a plan, in which nothing has been done yet, may show targets and what they mean."""
    indicators = "指标: {改厕: {单位: 座, 目标: 1000, 无上年: 是, 说明: 分两批}}\n"
    (table,) = tables(f"{indicators}内容: {{指标表: {{指标: 全部, 列: [指标, 单位, 目标, 上年, 说明]}}}}\n")
    assert rows(table)[1:] == [["改厕", "座", "1000", "—", "分两批"]]


def test_captions_are_counted_through_the_document() -> None:
    """表1 表2 … run on through sections and attachments, 图1 of its own; a table without a caption is not counted."""
    report = INDICATORS + (
        "内容:\n- {指标表: {指标: 全部, 表题: '{{ 年度 }}年指标', 注: 初步数据}}\n- {表格: {行: [[甲]]}}\n"
        "章节:\n- {标题: 节, 内容: [{表格: {行: [[乙]], 表题: 其他, 注: 注：核对后}}]}\n"
        "附件:\n- {标题: 一, 内容: {指标表: {指标: 全部, 表题: 附表}}}\n"
        "- {标题: 二, 章节: [{标题: 节, 内容: {表格: {行: [[丙]], 表题: 末表}}}]}\n"
    )
    captions = [table.label + text_of(table.caption) for table in tables(report)]
    assert captions == ["表1　2022年指标", "", "表2　其他", "表3　附表", "表4　末表"]
    notes = ["".join(run.text for run in table.note) for table in tables(report)]
    assert notes == ["注：初步数据", "", "注：核对后", "", ""]
    assert "表1　2022年指标\n指标\t单位" in text(UNTITLED + report)


def place(report: str, needle: str, nth: int = -1) -> tuple[int, int]:
    """Return line and column of the nth place of some text in a report (after its opening)."""
    whole = UNTITLED + report
    at = -1
    places = []
    while (at := whole.find(needle, at + 1)) >= 0:
        places.append((whole.count("\n", 0, at) + 1, at - whole.rfind("\n", 0, at)))
    return places[nth]


@pytest.mark.parametrize(
    ("form", "id", "needle"),
    [
        ("[农村改厕, 缺数]", "missing-value", "缺数"),
        ("{指标: {一组: [农村改厕], 二组: [缺数]}, 列: [指标, 单位, 完成, 同比]}", "missing-value", "缺数"),
        ("全部", "missing-value", "全部"),
        ("{指标: 全部}", "missing-value", "全部"),
        ("[农村改厕, 农村改测]", "unknown-name", "农村改测"),
        ("{指标: [农村改厕], 列: [指标, 完成数]}", "not-a-choice", "完成数"),
        ("{指标: [农村改厕], 列宽: [1, 2]}", "bad-widths", "列宽"),
        ("{指标: [农村改厕], 列: [指标, 完成], 列宽: [1, 0]}", "bad-widths", "列宽"),
        ("{列: [指标]}", "missing-key", "列"),
        ("{指标: [农村改厕], 表头: [甲]}", "unknown-key", "表头"),
        ("{指标: [[农村改厕]]}", "not-a-text", "农村改厕"),
    ],
)
def test_mistakes(form: str, id: str, needle: str) -> None:
    """A mistake in a table of indicators is told once, at the name or key it is about."""
    short = "指标:\n  农村改厕: {数值: 1059, 单位: 座, 上年: 980}\n"
    report = f"{short}  缺数: {{单位: 座, 上年: 3}}\n内容: {{指标表: {form}}}\n"
    (mistake,) = mistakes(UNTITLED + report)
    assert mistake.id == id
    assert (mistake.position.line, mistake.position.column) == place(report, needle)
    if id == "missing-value":
        (related,) = mistake.related
        assert (related.position.line, related.position.column) == place(report, "缺数", 0)
    if id == "unknown-name":
        assert "农村改厕" in mistake.message


def test_a_draft_leaves_the_cell_blank() -> None:
    """A draft shows a blank in the cell of a value that is missing, and in what is computed from it."""
    report = (
        "指标: {甲: {单位: 座, 上年: 3, 无目标: 是}, 乙: {公式: 甲 × 2, 单位: 座}, "
        "丙: {数值: 1, 单位: 座, 目标: 2, 上年: 1}}\n"
        "内容: {指标表: 全部}\n"
    )
    (table,) = tables(report, draft=True)
    blank = [[any(run.blank for run in cell.runs) for cell in row] for row in table.rows]
    assert blank[0] == [False, False, False, True, False, True]
    assert blank[1][3]
    assert not any(blank[2])


@pytest.mark.parametrize(
    ("table", "spans"),
    [
        ("行: [[甲, 乙], [丙, 丁]]", ["11 11", "11 11"]),
        ("表头: [甲, 乙], 行: [[{文字: 丙, 跨列: 2}]]", ["11 11", "21"]),
        ("行: [[{文字: 甲, 跨行: 2}, 乙], [丙]]", ["12 11", "11"]),
        ("行: [[甲, {文字: 乙, 跨行: 2}], [丙]]", ["11 12", "11"]),
        ("行: [[{文字: 甲, 跨列: 2, 跨行: 2}, 乙], [丙], [丁, 戊, 己]]", ["22 11", "11", "11 11 11"]),
        (
            "表头: [[{文字: 项目, 跨行: 2}, {文字: 人数, 跨列: 2}], [男, 女]], 行: [[甲, 1, 2]]",
            ["12 21", "11 11", "11 11 11"],
        ),
        ("行: [[{文字: 甲, 跨行: 2}, {文字: 乙, 跨行: 2}], []]", ["12 12", ""]),
    ],
)
def test_merged_cells(table: str, spans: list[str]) -> None:
    """Cells span columns and rows; the cells of a row fill the places that are left."""
    (found,) = tables(f"内容: {{表格: {{{table}}}}}\n")
    assert [" ".join(f"{cell.across}{cell.down}" for cell in row) for row in (*found.header, *found.rows)] == spans


@pytest.mark.parametrize(
    ("table", "id", "needle"),
    [
        ("行: [[甲, 乙], [丙]]", "ragged-table", "丙"),
        ("行: [[甲, 乙], [丙, 丁, 戊]]", "ragged-table", "丙"),
        ("表头: [甲, 乙], 行: [[丙, 丁], [戊]]", "ragged-table", "戊"),
        ("表头: [甲, 乙], 行: [[{文字: 丙, 跨列: 3}]]", "ragged-table", "文字"),
        ("表头: [[甲, 乙], [丙]], 行: [[丁, 戊]]", "ragged-table", "丙"),
        ("行: [[甲, 乙], [{文字: 丙, 跨行: 2}, 丁]]", "ragged-table", "文字"),
        ("表头: [[{文字: 甲, 跨行: 2}, 乙]], 行: [[丙, 丁]]", "ragged-table", "文字"),
        ("行: [[{文字: 甲, 跨行: 2}, 乙], [丙, 丁]]", "ragged-table", "丙"),
        ("行: [[甲, {文字: 乙, 跨行: 2}, 丙], [{文字: 丁, 跨列: 2}, 戊]]", "ragged-table", "文字"),
        ("行: [[甲, {文字: 乙, 跨列: 0}]]", "bad-count", "0"),
        ("行: [[甲, {文字: 乙, 跨行: 半}]]", "bad-count", "半"),
        ("行: [[甲, {文字: 乙, 跨: 2}]]", "unknown-key", "跨"),
        ("行: [[甲, [乙]]]", "not-a-cell", "乙"),
        ("行: []", "empty-table", "行"),
        ("表头: [甲, 乙], 行: []", "empty-table", "行"),
        ("行: [[甲, 乙]], 列宽: [1]", "bad-widths", "列宽"),
        ("行: [甲, 乙]", "not-a-list", "甲"),
    ],
)
def test_tables_are_rectangular(table: str, id: str, needle: str) -> None:
    """A table that has gaps or cells over one another is told at the row it breaks in."""
    report = f"内容: {{表格: {{{table}}}}}\n"
    found = mistakes(UNTITLED + report)
    assert {one.id for one in found} == {id}
    assert (found[0].position.line, found[0].position.column) == place(report, needle, 0 if needle == "甲" else -1)


def test_an_empty_cell_may_span() -> None:
    """A cell that spans others need hold no words: forms have such."""
    made = text(UNTITLED + "内容: {表格: {行: [[甲, {跨列: 2}], [乙, 丙, 丁]]}}\n")
    assert made == "甲\t\n乙\t丙\t丁\n"


SPANS = st.integers(1, 3)


@given(st.lists(st.lists(st.tuples(SPANS, SPANS), max_size=4), min_size=1, max_size=4))
def test_every_table_is_whole_or_a_mistake(spans: list[list[tuple[int, int]]]) -> None:
    """However cells span, a table is written in which every place is filled once, or it is a mistake."""
    written = [
        "[" + ", ".join(f"{{文字: 甲, 跨列: {across}, 跨行: {down}}}" for across, down in row) + "]" for row in spans
    ]
    report = f"{UNTITLED}内容: {{表格: {{行: [{', '.join(written)}]}}}}\n"
    whole = _is_whole(spans)
    found = mistakes(report)
    assert (not found) == whole, [one.message for one in found]
    if whole:
        (table,) = xml_of(report).iter(f"{W}tbl")
        columns = len(list(table.iter(f"{W}gridCol")))
        for row in table.iter(f"{W}tr"):
            across = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
            assert sum(1 if one is None else int(one.get(f"{W}val", "")) for one in across) == columns


def _is_whole(spans: list[list[tuple[int, int]]]) -> bool:
    """Lay cells out one by one: each goes to the first place that is free in its row."""
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(spans):
        for across, down in row:
            column = next(one for one in range(100) if (at, one) not in taken)
            places = {(at + below, column + right) for below in range(down) for right in range(across)}
            if taken & places:
                return False
            taken |= places
    if any(at >= len(spans) for at, _ in taken):
        return False
    columns = max((column for _, column in taken), default=-1) + 1
    return len(taken) == len(spans) * columns > 0


def xml_of(report: str, part: str = "word/document.xml") -> ElementTree.Element:
    """Return a part of a report's Word file."""
    data = pipeline.write(compose(report), "docx", RESOURCES, "")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(part))  # noqa: S314


def test_header_repeats() -> None:
    """Every row of the header repeats on each page, no other row does; no row breaks over a page."""
    header = "表头: [[{文字: 项目, 跨行: 2}, {文字: 人数, 跨列: 2}], [男, 女]]"
    report = f"{UNTITLED}{INDICATORS}内容: [{{指标表: 全部}}, {{表格: {{{header}, 行: [[甲, 1, 2], [乙, 3, 4]]}}}}]\n"
    first, second = xml_of(report).iter(f"{W}tbl")
    for table, count in ((first, 1), (second, 2)):
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert repeated == [True] * count + [False] * (len(repeated) - count)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))


def test_numbers_are_aligned() -> None:
    """Columns of numbers are set flush right, names are not."""
    form = "{指标: [农村改厕, 孕产妇死亡率, 管理率], 列: [指标, 单位, 目标, 完成, 上年]}"
    (table,) = xml_of(f"{UNTITLED}{INDICATORS}内容: {{指标表: {form}}}\n").iter(f"{W}tbl")
    for row in list(table.iter(f"{W}tr"))[1:]:
        places = [cell.find(f"{W}p/{W}pPr/{W}jc") for cell in row.iter(f"{W}tc")]
        assert ["" if one is None else one.get(f"{W}val") for one in places][2:] == ["right"] * 3
        assert places[0] is None or places[0].get(f"{W}val") != "right"


def test_merged_cells_in_word() -> None:
    """python-docx finds the text of a merged cell in every place it takes."""
    header = "表头: [[{文字: 项目, 跨行: 2}, {文字: 人数, 跨列: 2}], [男, 女]]"
    (table,) = word(f"{UNTITLED}内容: {{表格: {{{header}, 行: [[甲, 1, 2]]}}}}\n").tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["项目", "人数", "人数"],
        ["项目", "男", "女"],
        ["甲", "1", "2"],
    ]


def test_tables_do_not_run_together() -> None:
    """Two tables without a caption between them stay two in Word, which joins tables that touch."""
    report = (
        f"{UNTITLED}{INDICATORS}内容: [{{表格: {{行: [[甲]]}}}}, {{表格: {{行: [[乙]]}}}}, {{指标表: [农村改厕]}}]\n"
    )
    body = xml_of(report).find(f"{W}body")
    assert body is not None
    names = [child.tag.removeprefix(W) for child in body]
    assert names.count("tbl") == 3
    assert ("tbl", "tbl") not in pairwise(names)


def pages(report: str) -> list[tuple[str, list[str]]]:
    """Return how the pages of each section of the Word file lie, and what stands on them (tbl, and the texts)."""
    body = xml_of(UNTITLED + report).find(f"{W}body")
    assert body is not None
    found: list[tuple[str, list[str]]] = []
    content: list[str] = []
    for child in body:
        section = child if child.tag == f"{W}sectPr" else child.find(f"{W}pPr/{W}sectPr")
        words = "".join(one.text or "" for one in child.iter(f"{W}t")) if child.tag == f"{W}p" else ""
        if child.tag == f"{W}tbl" or words:
            content.append(words or "tbl")
        if section is not None:
            size = section.find(f"{W}pgSz")
            assert size is not None
            width, height = int(size.get(f"{W}w", "")), int(size.get(f"{W}h", ""))
            wide = size.get(f"{W}orient") == "landscape"
            assert wide == (width > height)
            found.append(("landscape" if wide else "portrait", content))
            content = []
    return found


WIDE = "{表格: {横排: 是, 表题: 宽表, 行: [[甲, 乙]]}}"


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (f"内容: [前, {WIDE}, 后]\n", ["p:前", "l:表1　宽表 tbl", "p:后"]),
        (f"内容: [前, {WIDE}]\n", ["p:前", "l:表1　宽表 tbl"]),
        (f"内容: [前, {WIDE}, {WIDE}, 后]\n", ["p:前", "l:表1　宽表 tbl 表2　宽表 tbl", "p:后"]),
        (f"内容: [前, {WIDE}, {{表格: {{行: [[丙]]}}}}]\n", ["p:前", "l:表1　宽表 tbl", "p:tbl"]),
        (
            f"内容: [前, {WIDE}]\n附件: {{标题: 单, 内容: 丁}}\n",
            ["p:前", "l:表1　宽表 tbl", "p:附件：单 附件 单 丁"],
        ),
        ("内容: 前\n附件: {标题: 单, 横排: 是, 内容: 丁}\n", ["p:前 附件：单", "l:附件 单 丁"]),
        (f"内容: 前\n附件: {{标题: 单, 横排: 是, 内容: {WIDE}}}\n", ["p:前 附件：单", "l:附件 单 表1　宽表 tbl"]),
        (
            f"内容: 前\n附件: [{{标题: 单, 内容: {WIDE}}}, {{标题: 双, 内容: 丁}}]\n",
            ["p:前 附件：1.单 2.双 附件1 单", "l:表1　宽表 tbl", "p:附件2 双 丁"],
        ),
        (
            f"{INDICATORS}内容: [前, {{指标表: {{指标: [农村改厕], 横排: 是}}}}, 后]\n",
            ["p:前", "l:tbl", "p:后"],
        ),
        (f"内容: [{WIDE}, 后]\n", ["l:表1　宽表 tbl", "p:后"]),
    ],
    ids=[
        *("between", "last", "two", "then-a-table", "then-an-attachment", "attachment", "in-a-wide-attachment"),
        *("in-an-attachment", "indicators", "first"),
    ],
)
def test_landscape(report: str, expected: list[str]) -> None:
    """A landscape table stands on pages of its own that lie so; what comes before and after lies as ever."""
    assert [f"{way[0]}:{' '.join(content)}" for way, content in pages(report)] == expected


def test_a_wide_table_is_as_wide_as_its_page() -> None:
    """A landscape table fills the long side's type area, another the short one's."""
    report = f"{UNTITLED}内容: [{{表格: {{行: [[丙]]}}}}, 中, {WIDE}]\n"
    narrow, wide = (
        sum(int(one.get(f"{W}w", "")) for one in table.iter(f"{W}gridCol")) for table in xml_of(report).iter(f"{W}tbl")
    )
    assert wide > 1.3 * narrow


def picture_mistakes(folder: Path, report: str, **files: bytes) -> list[Diagnostic]:
    """Return what is wrong with a report that stands beside some files."""
    with pytest.raises(HealthReportError) as wrong:
        in_folder(folder, report, **files)
    return list(wrong.value.diagnostics)


def extents(composed: pipeline.Composed) -> list[tuple[int, int]]:
    """Return width and height of the pictures in the Word file, in whole millimetres."""
    with zipfile.ZipFile(io.BytesIO(pipeline.write(composed, "docx", RESOURCES, ""))) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314
    return [
        (round(int(one.get("cx", "")) / EMU_PER_MM), round(int(one.get("cy", "")) / EMU_PER_MM))
        for one in body.iter(f"{WP}extent")
    ]


def test_picture_sizes(tmp_path: Path) -> None:
    """A picture keeps its own size; 宽 sets its width; its shape stays; none is larger than the type area."""
    report = (
        "内容:\n- 图片: {文件: a.png}\n- 图片: {文件: b.jpg}\n- 图片: {文件: a.png, 宽: 30mm}\n"
        "- 图片: {文件: c.png}\n- 图片: {文件: d.png}\n- 图片: {文件: a.png, 宽: 50cm}\n"
    )
    composed = in_folder(
        tmp_path,
        report,
        a_png=png(200, 100, dpi=254),
        b_jpg=jpeg(192, 96, dpi=96),
        c_png=png(4000, 1000, dpi=96),
        d_png=png(10, 1000, dpi=10),
    )
    found = extents(composed)
    assert found[:4] == [(20, 10), (51, 25), (30, 15), (156, 39)]
    assert found[4][1] <= 225
    assert found[5] == (156, 78)


def test_a_cell_of_several_paragraphs() -> None:
    """Line breaks in a cell are printed, in headings, spans and beside figures, however they are written."""
    report = """单位: 局
内容:
  表格:
    表头: ["子\\n丑", {文字: "寅\\n卯", 跨列: 2}]
    行:
      - ["甲\\n乙", "{{ 单位 }}\\n丙", 3]
      - - |
          丁
          戊
        - {文字: "己\\n庚", 跨列: 2}
"""
    (table,) = word(UNTITLED + report).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [["子\n丑", *["寅\n卯"] * 2], ["甲\n乙", "局\n丙", "3"], ["丁\n戊", *["己\n庚"] * 2]]
    assert text(UNTITLED + report) == "子\n丑\t寅\n卯\n甲\n乙\t局\n丙\t3\n丁\n戊\t己\n庚\n"


def pictures_by_line(composed: pipeline.Composed) -> list[list[tuple[int, int]]]:
    """Return the sizes of the pictures of each paragraph that has some, in whole millimetres."""
    with zipfile.ZipFile(io.BytesIO(pipeline.write(composed, "docx", RESOURCES, ""))) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314
    sizes = [
        [
            (round(int(one.get("cx", "")) / EMU_PER_MM), round(int(one.get("cy", "")) / EMU_PER_MM))
            for one in paragraph.iter(f"{WP}extent")
        ]
        for paragraph in body.iter(f"{W}p")
    ]
    return [line for line in sizes if line]


def test_pictures_side_by_side(tmp_path: Path) -> None:
    """Several pictures stand in one paragraph under one caption, two of them find room; 宽 is each one's."""
    report = (
        "内容:\n- 图片: {文件: [a.png, b.jpg], 图题: 义诊}\n- 图片: {文件: [a.png, c.png, a.png]}\n"
        "- 图片: {文件: [a.png, c.png], 宽: 50mm}\n- 图片: {文件: [c.png]}\n"
    )
    images = {"a_png": png(4000, 2000, dpi=96), "b_jpg": jpeg(2000, 2000), "c_png": png(200, 100, dpi=254)}
    composed = in_folder(tmp_path, report, **images)
    half = (75, 38)  # two of them and a blank are not wider than 156 mm
    assert pictures_by_line(composed) == [[half, (75, 75)], [half, (20, 10), half], [(50, 25), (50, 25)], [(20, 10)]]
    assert plain.write(composed.document) == "图1　义诊\n"
    word = docx.Document(io.BytesIO(pipeline.write(composed, "docx", RESOURCES, "")))
    assert [one.text for one in word.paragraphs if one.text.strip()] == ["图1　义诊"]


def test_each_picture_counts_for_the_digest(tmp_path: Path) -> None:
    """A report whose second picture was changed is made again."""
    path = tmp_path / "报告.yaml"
    path.write_text(UNTITLED + "内容: {图片: {文件: [a.png, b.png]}}\n", encoding="utf-8")
    digests = []
    for first, second in ((1, 1), (1, 1), (1, 2), (2, 1)):
        (tmp_path / "a.png").write_bytes(png(first, 9))
        (tmp_path / "b.png").write_bytes(png(second, 9))
        digests.append(inherit.digest(inherit.load(path, Reader()), Reader()))
    assert digests[0] == digests[1]
    assert len({*digests}) == 3


def test_a_picture_among_several_is_told(tmp_path: Path) -> None:
    """Each picture that is wrong is told at its own name; without a name there is no figure."""
    found = picture_mistakes(tmp_path, "内容: {图片: {文件: [a.png, b.png, c.png]}}\n", a_png=png(1, 1), b_png=b"x")
    assert [(one.id, one.position.column) for one in found] == [("bad-picture", 23), ("not-found", 30)]
    assert [one.id for one in picture_mistakes(tmp_path, "内容: {图片: {文件: []}}\n")] == ["empty-list"]


def test_pictures_in_the_package(tmp_path: Path) -> None:
    """Each picture is in the Word file as it was, related to its place, its kind declared; captions are counted."""
    first, second = png(3, 2), jpeg(9, 17)
    report = (
        "内容:\n- 图片: {文件: a.png, 图题: 甲图}\n- 图片: {文件: b.jpg}\n"
        "附件: {标题: 图, 内容: {图片: {文件: b.jpg, 图题: 乙图}}}\n"
    )
    composed = in_folder(tmp_path, report, a_png=first, b_jpg=second)
    shown = [block for block in composed.document.blocks if isinstance(block, Figure)]
    assert [one.label + text_of(one.caption) for one in shown] == ["图1　甲图", ""]
    with zipfile.ZipFile(io.BytesIO(pipeline.write(composed, "docx", RESOURCES, ""))) as archive:
        media = {name: archive.read(name) for name in archive.namelist() if name.startswith("word/media/")}
        relations = archive.read("word/_rels/document.xml.rels").decode()
        kinds = archive.read("[Content_Types].xml").decode()
        words = archive.read("word/document.xml").decode()
    assert set(media.values()) == {first, second}
    assert all(f'Target="{name.removeprefix("word/")}"' in relations for name in media)
    assert 'Extension="png"' in kinds
    assert 'Extension="jpeg"' in kinds
    assert "图2　乙图" in words


@pytest.mark.parametrize(
    ("name", "data", "id"),
    [
        ("a.png", b"", "bad-picture"),
        ("a.png", b"no picture at all", "bad-picture"),
        ("a.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "bad-picture"),
        ("a.jpg", b"BM" + bytes(60), "bad-picture"),
        ("a.png", png(20, 20)[:20], "bad-picture"),
        ("a.png", png(20, 20)[:-20], "bad-picture"),
        ("a.jpg", jpeg(20, 20)[:30], "bad-picture"),
        ("a.png", png(0, 20), "bad-picture"),
        ("a.png", png(100_000, 100_000, rows=False), "bad-picture"),
        ("a.png", png(1, 1) + bytes(MAX_ATTACHED_BYTES), "too-large"),
        ("图.png", None, "not-found"),
        ("../a.png", None, "outside"),
        ("/etc/passwd", None, "outside"),
        (".", None, "is-a-folder"),
    ],
    ids=[
        *(
            "empty",
            "text",
            "gif",
            "bmp",
            "png-cut-short",
            "png-without-end",
            "jpg-cut-short",
            "no-width",
            "pixels",
            "bytes",
        ),
        *("missing", "outside", "absolute", "folder"),
    ],
)
def test_bad_pictures(name: str, data: bytes | None, id: str, tmp_path: Path) -> None:
    """What is no picture, too large, missing or outside the folder is told at the file's name, with a way out."""
    folder = tmp_path / "里"
    folder.mkdir()
    (tmp_path / "a.png").write_bytes(png(1, 1))
    files = {} if data is None else {name.replace(".", "_"): data}
    found = picture_mistakes(folder, f"内容: [甲, {{图片: {{文件: {name}, 图题: 图}}}}]\n", **files)
    assert [one.id for one in found] == [id]
    assert (found[0].position.line, found[0].position.column) == (3, 19)
    assert found[0].message.endswith("。")
    assert found[0].hint


def test_all_bad_pictures_at_once(tmp_path: Path) -> None:
    """Every picture that is wrong is told in one run, together with other mistakes."""
    report = "内容: [{图片: {文件: a.png}}, {图片: {文件: b.png}}, '{{ 无此 }}']\n"
    found = picture_mistakes(tmp_path, report, a_png=b"x")
    assert sorted(one.id for one in found) == ["bad-picture", "not-found", "unknown-name"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a picture with a few bytes changed, or cut short."""
    make: Callable[[int, int], bytes] = draw(st.sampled_from([lambda w, h: png(w, h, dpi=96), jpeg]))
    data = bytearray(make(9, 5))
    for _ in range(draw(st.integers(0, 4))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)))])


@given(damaged() | st.binary(max_size=64))
def test_any_picture(data: bytes) -> None:
    """Whatever bytes a picture's file holds, it is shown or told, and a document with it can be written."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            composed = in_folder(Path(folder), "内容: {图片: {文件: a.png}}\n", a_png=data)
        except HealthReportError as wrong:
            ids = [one.id for one in wrong.diagnostics]
        else:
            ids = []
            ((width, height),) = extents(composed)
            assert 0 <= width <= 157
            assert 0 <= height <= 226
    assert ids in ([], ["bad-picture"])


def test_a_density_that_cannot_be(tmp_path: Path) -> None:
    """A picture with an absurd density is shown as large as one that says none: 96 dots to the inch."""
    composed = in_folder(tmp_path, "内容: {图片: {文件: a.png}}\n", a_png=png(96, 48, dpi=90_000_000))
    assert extents(composed) == [(25, 13)]


EVERYTHING = (
    INDICATORS
    + f"""\
内容:
- 前文{{{{ 农村改厕 }}}}。
- 指标表: {{指标: {{一组: [农村改厕, 建档], 二组: [管理率]}}, 表题: 指标, 注: 初步, 列宽: [3, 1, 1, 1, 1, 2]}}
- 指标表: 全部
- {WIDE}
- 表格:
    表头: [[{{文字: 项目, 跨行: 2}}, {{文字: 人数, 跨列: 2}}], [男, 女]]
    行: [[甲, 1, 2], [{{文字: 乙, 跨列: 3}}]]
- 图片: {{文件: a.png, 图题: 甲图}}
- 图片: {{文件: b.jpg, 宽: 30mm}}
日期: 2022-12-30
附件:
- {{标题: 一, 横排: 是, 内容: {{指标表: {{指标: 全部, 表题: 附表}}}}}}
- {{标题: 二, 内容: {{图片: {{文件: a.png, 图题: 乙图}}}}}}
"""
)


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    """Write a Word file with tables, spans, landscape pages and pictures."""
    composed = in_folder(tmp_path, EVERYTHING, a_png=png(200, 100, dpi=254), b_jpg=jpeg(64, 64))
    target = tmp_path / "全.docx"
    target.write_bytes(pipeline.write(composed, "docx", RESOURCES, ""))
    return target


def test_openxml_audit(everything: Path) -> None:
    """openxml-audit has nothing to say."""
    assert office.audit(everything) == []


def test_open_xml_sdk(everything: Path) -> None:
    """The Open XML SDK has nothing to say."""
    assert office.sdk_errors(everything) == []
