"""What a township fills in: the sheet that is sent out has a column for each figure, and is read back as filled."""

from __future__ import annotations

import csv as csv_module
import random
import re
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.diagnostics import HealthReportError
from healthreport.jobs import sheet
from healthreport.jobs.needs import Need, of
from healthreport.jobs.new import sections, skeleton
from healthreport.jobs.new.skeleton import Wanted
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.tables import sheets
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.townships import rows
from healthreport.values import quantities
from helpers import RESOURCES

if TYPE_CHECKING:
    from conftest import Cli

COUNTY = """\
体裁: 工作情况汇报
年度: 2023
标题: 无
指标:
  改厕: {单位: 座, 目标: 900}
  门诊: {单位: 人次, 别名: 门急诊}
  签约: {单位: 人}
  人口: {单位: 人}
  签约率: {公式: 签约 / 人口, 单位: "%"}
  规范率: {单位: "%"}
  救治: {单位: 例, 分项: {危重: , 普通: }}
  标准: {数值: 84, 单位: 元, 共用: 是}
内容: |
  改厕{{ 改厕 }}，完成率为{{ 改厕.完成率 }}，门诊{{ 门诊 }}，同比{{ 门诊.同比 }}。
  签约率{{ 签约率 }}，{{ 签约率.增减 }}。
  规范率{{ 规范率 }}，去年为{{ 规范率.上年 }}，救治{{ 救治 }}，其中危重{{ 救治.危重 }}。
"""
TOWNS = "白石镇\n青山镇\n"


def county(text: str = COUNTY) -> None:
    """Write the county's report and a list of two townships."""
    Path("全县.yaml").write_text(text, "utf-8")
    Path("名单.txt").write_text(TOWNS, "utf-8")


def needs(report: str) -> dict[str, Need]:
    """Return what a township fills in, by indicator."""
    Path("一.yaml").write_text(report, "utf-8")
    return {one.name: one for one in of(inherit.base(Path("一.yaml"), Reader()))}


def printed(path: str) -> str:
    """Return a document's paragraphs and cells in one."""
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def rows_of(path: str) -> list[list[str]]:
    """Return the cells of a csv sheet."""
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return [*csv_module.reader(stream)]


# What is needed


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("{{ 甲 }}", {"甲": "数值", "乙": "数值"}),
        ("{{ 甲.同比 }}{{ 乙.倍数 }}", {"甲": "数值 上年", "乙": "数值 上年"}),
        ("{{ 甲.增减|万 }}", {"甲": "数值 上年", "乙": "数值"}),
        ("{{ 甲.完成率 }}{{ 乙.超额 }}", {"甲": "数值 目标", "乙": "数值 目标"}),
        ("{{ 甲.达标 }}，上年{{ 甲.上年 }}", {"甲": "数值 目标 上年", "乙": "数值"}),
        ("{{ 率 }}", {"甲": "数值", "乙": "数值"}),
        ("{{ 率.增减 }}", {"甲": "数值", "乙": "数值", "率": "上年"}),
        ("{{ 率.增减 }}{{ 甲.同比 }}", {"甲": "数值 上年", "乙": "数值", "率": "上年"}),
        ("{{ 率.增减 }}{{ 甲.同比 }}{{ 乙.增减 }}", {"甲": "数值 上年", "乙": "数值 上年"}),
        ("{{ 倍.增减 }}{{ 率.增减 }}{{ 甲.同比 }}{{ 乙.增减 }}", {"甲": "数值 上年", "乙": "数值 上年"}),
        ("{{ 倍.增减 }}{{ 甲.同比 }}{{ 乙.增减 }}", {"甲": "数值 上年", "乙": "数值 上年", "倍": "上年"}),
        ("{{ 率.达标 }}", {"甲": "数值", "乙": "数值", "率": "目标"}),
        ("{{ 甲 + 乙.上年 * 2 }}", {"甲": "数值", "乙": "数值 上年"}),
        ("{{ 最大(甲.上年, -乙.目标) }}", {"甲": "数值 上年", "乙": "数值 目标"}),
        ("{{ 甲.占比(乙.上年) }}", {"甲": "数值", "乙": "数值 上年"}),
        ("{{ 定额.同比 }}", {"甲": "数值", "乙": "数值"}),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_text_needs_what_it_compares(text: str, keys: dict[str, str]) -> None:
    """上年 and 目标 are asked for where something is compared with them, never of what is shared.

    Of a formula it is its own 上年, one cell for two; none where all that it is made of is asked for as well.
    """
    report = (
        "体裁: 通用\n标题: 无\n指标:\n  甲: {单位: 人}\n  乙:\n  率: {公式: 甲 / 乙, 单位: '%'}\n"
        "  倍: {公式: 率 * 2, 单位: '%'}\n"
        "  定额: {数值: 3, 单位: 元, 共用: 是}\n"
    )
    found = needs(f"{report}内容: '{text}'\n")
    assert {name: " ".join(one.keys) for name, one in found.items()} == keys


@pytest.mark.usefixtures("here")
def test_a_formula_needs_what_it_is_computed_from() -> None:
    """Last year's value and the target of a formula's operands are asked for, the result's own value never."""
    report = "体裁: 通用\n标题: 无\n指标: {新增: {公式: 甲 - 甲.上年, 单位: 人}, 甲: {单位: 人}}\n内容: '{{ 新增 }}'\n"
    assert {name: one.keys for name, one in needs(report).items()} == {"甲": ("数值", "上年")}


@pytest.mark.usefixtures("here")
def test_a_table_needs_its_columns() -> None:
    """A 指标表 needs what its columns show, of those it lists; 全部 lists all, suggestions count too."""
    indicators = "体裁: 通用\n标题: 无\n指标: {甲: {单位: 人}, 乙: {单位: 人}, 率: {公式: 甲 / 乙, 单位: '%'}}\n"
    found = needs(indicators + "内容: {指标表: {指标: [甲], 列: [指标, 完成, 完成率]}}\n")
    assert {name: one.keys for name, one in found.items()} == {"甲": ("数值", "目标"), "乙": ("数值",)}
    found = needs(indicators + "附件: [{标题: 表, 内容: {指标表: {指标: 全部, 列: [指标, 完成, 上年]}}}]\n")
    assert {name: one.keys for name, one in found.items()} == {"甲": ("数值", "上年"), "乙": ("数值", "上年")}
    assert needs(indicators + "章节: [{标题: 甲, 待补: '{{ 甲.同比 }}。'}]\n")["甲"].keys == ("数值", "上年")


@pytest.mark.usefixtures("here")
def test_mistakes_of_the_base_are_told_before_the_sheet_goes_out(cli: Cli) -> None:
    """An expression or a formula that cannot be read is told at its place, and no sheet is written."""
    county(COUNTY.replace("门诊.同比", "门珍.同比").replace("签约 / 人口", "签约 / 人囗"))
    refused = cli("sheet", "全县.yaml")
    assert refused.code == 2
    assert "全县.yaml:9:18:" in refused.err
    assert "全县.yaml:14:" in refused.err
    assert refused.err.count("[unknown-name]") == 2
    assert not Path("全县填报表.xlsx").exists()


# The sheet


@pytest.mark.usefixtures("here")
def test_the_sheet_has_a_column_for_each_figure(cli: Cli) -> None:
    """Two rows of headings where targets, last year's values or parts are needed; the workbook has the same, merged."""
    county()
    assert cli("sheet", "全县.yaml", "-o", "空.csv", "--towns", "名单.txt").code == 0
    heads = "单位,改厕（座）,,门诊（人次）,,签约（人）,人口（人）,签约率（%）,规范率（%）,,救治（例）,"
    assert rows_of("空.csv") == [
        heads.split(","),
        ["", "数值", "目标", "数值", "上年", "", "", "上年", "数值", "上年", "危重", "普通"],
        ["白石镇", *[""] * 11],
        ["青山镇", *[""] * 11],
    ]  # fmt: skip
    assert cli("sheet", "全县.yaml", "-o", "空.xlsx", "--towns", "名单.txt").code == 0
    sheet = openpyxl.load_workbook("空.xlsx").active
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == rows_of("空.csv")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert merged == {"A1:A2", "B1:C1", "D1:E1", "F1:F2", "G1:G2", "I1:J1", "K1:L1"}
    assert sheet["C2"].comment.text == "空着就用统一的目标：900。"


@pytest.mark.usefixtures("here")
def test_filled_in_and_read_back(cli: Cli) -> None:
    """Every figure goes to its place; a target left empty is the county's, a part left empty is no part of a sum."""
    county()
    cli("sheet", "全县.yaml", "-o", "空.csv", "--towns", "名单.txt")
    filled = {
        "白石镇": "990,1000,52400,50000,80,100,75,91,90.5,3,14",
        "青山镇": "990,,52400,50000,80,100,75,91,90.5,3,",
    }
    text = Path("空.csv").read_text("utf-8-sig")
    for town, row in filled.items():
        text = text.replace(f"{town}{',' * 11}", f"{town},{row}")
    Path("空.csv").write_text(text, "utf-8-sig")
    done = cli("batch", "全县.yaml", "--data", "空.csv", "--name", "{{ 单位 }}", "--jobs", "1")
    assert done.code == 1, done.err
    assert "“救治”的分项“普通”还没有数值" in done.err
    said = printed("全县/白石镇.docx")
    assert "改厕990座，完成率为99%，门诊52400人次，同比增长4.8%。" in said
    assert "签约率80%，提高5个百分点。规范率91%，去年为90.5%，救治17例，其中危重3例。" in said
    Path("空.csv").write_text(text.replace("90.5,3,\n", "90.5,3,0\n").replace("90.5,3,\r", "90.5,3,0\r"), "utf-8-sig")
    assert cli("batch", "全县.yaml", "--data", "空.csv", "--name", "{{ 单位 }}", "--jobs", "1").code == 0
    assert "改厕990座，完成率为110%" in printed("全县/青山镇.docx")


@pytest.mark.usefixtures("here")
def test_a_heading_that_would_be_read_otherwise_is_refused(cli: Cli) -> None:
    """What cannot be read back is not sent out: a part called 上年, a township called 其中."""
    county(COUNTY.replace("普通", "上年"))
    refused = cli("sheet", "全县.yaml")
    assert (refused.code, "[unreadable-sheet]" in refused.err) == (2, True), refused.err
    county()
    Path("名单.txt").write_text("白石镇\n其中：甲镇\n", "utf-8")
    refused = cli("sheet", "全县.yaml", "--towns", "名单.txt")
    assert (refused.code, "“其中：甲镇”读表时不会当作单位" in refused.err) == (2, True), refused.err
    assert not Path("全县填报表.xlsx").exists()


@pytest.mark.usefixtures("here")
def test_a_column_missing_among_parts(cli: Cli) -> None:
    """A sheet that has some of the parts only makes no sum of them."""
    county()
    Path("乡镇.csv").write_text("单位,救治（例）\n,危重\n白石镇,3\n", "utf-8")
    refused = cli("batch", "全县.yaml", "--data", "乡镇.csv")
    assert (refused.code, "[only-parts]" in refused.err) == (2, True), refused.err


NAMES = [
    "改厕",
    "农村改厕",
    "门诊",
    "门诊人次",
    "完成率",
    "累计救治",
    "目标人群",
    "上年结余",
    "2023年新建",
    "合计床位",
    "老人",
]
PARTS = ["甲", "危重", "男", "女", "城镇", "新签", "其他", "本年", "小计"]


@st.composite
def bases(draw: st.DrawFn) -> str:
    """Return a base of some indicators, whose text uses some of their numbers."""
    lines, used = [], []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True)):
        parts = draw(st.just([]) | st.lists(st.sampled_from(PARTS), min_size=1, max_size=3, unique=True))
        unit = draw(st.sampled_from(["", "单位: 人", '单位: "%"', "单位: 万元"]))
        within = f"分项: {{{', '.join(f'{part}: ' for part in parts)}}}" if parts else ""
        lines.append(f"  {name}: {{{', '.join(filter(None, (unit, within)))}}}\n")
        used += [f"{{{{ {name}.{key} }}}}" for key in draw(st.sets(st.sampled_from(["同比", "完成率", "增减"])))]
    text = f"内容: '{''.join(used)}'\n" if used else ""
    return f"体裁: 通用\n标题: 无\n年度: 2023\n指标:\n{''.join(lines)}{text}"


@given(bases(), st.sampled_from(["csv", "xlsx"]), st.randoms(use_true_random=False))
def test_what_is_sent_out_comes_back(base: str, suffix: str, numbers: random.Random) -> None:
    """Of any indicators and uses of them each cell is read as what it was made for, or nothing is sent out."""
    with tempfile.TemporaryDirectory() as folder:
        path, target = Path(folder) / "全县.yaml", Path(folder) / f"空.{suffix}"
        path.write_text(base, "utf-8")
        (Path(folder) / "名单.txt").write_text(TOWNS, "utf-8")
        if not is_sent_out(target, path, Path(folder) / "名单.txt"):
            assert not target.exists()
            return
        common = inherit.base(path, Reader())
        slots = [(need.name, *slot) for need in of(common) for slot in need.slots]
        filled = {
            slot: str(number) for slot, number in zip(slots, numbers.sample(range(2, 99), len(slots)), strict=True)
        }
        fill(target, list(filled.values()))
        found = rows.read(sheets.read_tables(target.read_bytes(), str(target))[0], common.tree)
        assert found.names == ["白石镇", "青山镇"]
        read = found.own(1, common.definitions).whole()["指标"]
        assert isinstance(read, Mapping)
        assert {slot: at(read, slot) for slot in slots} == filled


def is_sent_out(target: Path, base: Path, towns: Path) -> bool:
    """Write the sheet, and say whether that was not refused because it could not be read back."""
    try:
        sheet.write(target, base, towns, None, Reader(), None)
    except HealthReportError as wrong:
        if {one.id for one in wrong.diagnostics} != {"unreadable-sheet"}:
            raise
        return False
    return True


def fill(target: Path, texts: list[str]) -> None:
    """Fill in the last row of a sheet."""
    if target.suffix == ".csv":
        lines = target.read_text("utf-8-sig").rstrip().split("\n")
        lines[-1] = ",".join([lines[-1].split(",")[0], *texts])
        target.write_text("\n".join(lines), "utf-8-sig")
        return
    book = openpyxl.load_workbook(target)
    last = book.active.max_row
    for column, text in enumerate(texts, 2):
        book.active.cell(last, column).value = int(text)
    book.save(target)


def at(indicators: Mapping, slot: tuple[str, str, str]) -> str:
    """Return what stands at an indicator's key, or its part."""
    node: object = indicators
    for key in filter(None, slot):
        assert isinstance(node, Mapping)
        node = node[key]
    assert isinstance(node, Scalar)
    return node.value


@pytest.mark.usefixtures("here")
def test_names_that_begin_like_a_formula(cli: Cli) -> None:
    """The apostrophe that keeps Excel from computing a name is no part of it when the sheet comes back."""
    county("体裁: 通用\n标题: 无\n指标: {改厕: {单位: 座}}\n内容: '{{ 单位 }}改厕{{ 改厕 }}。'\n")
    Path("名单.txt").write_text("=白石镇\n", "utf-8")
    assert cli("sheet", "全县.yaml", "-o", "空.csv", "--towns", "名单.txt").code == 0
    text = Path("空.csv").read_text("utf-8-sig")
    assert "'=白石镇," in text
    Path("空.csv").write_text(text.replace("'=白石镇,", "'=白石镇,5"), "utf-8-sig")
    assert cli("batch", "全县.yaml", "--data", "空.csv", "--name", "镇", "--jobs", "1").code == 0
    assert printed("全县/镇.docx") == "=白石镇改厕5座。"


@pytest.mark.usefixtures("here")
def test_a_sum_of_indicators_does_not_pass_on(cli: Cli) -> None:
    """分项 of other indicators is the county's own: a township gives the whole, in a column that is read."""
    indicators = "{总: {单位: 人, 分项: [男, 女]}, 男: {单位: 人}, 女: {单位: 人}}"
    county(f"体裁: 通用\n标题: 无\n指标: {indicators}\n内容: 共{{{{ 总 }}}}。\n")
    assert cli("sheet", "全县.yaml", "-o", "空.csv", "--towns", "名单.txt").code == 0
    text = Path("空.csv").read_text("utf-8-sig").replace("镇,,,", "镇,9,4,5")
    Path("空.csv").write_text(text, "utf-8-sig")
    assert cli("batch", "全县.yaml", "--data", "空.csv", "--name", "{{ 单位 }}", "--jobs", "1").code == 0
    assert printed("全县/白石镇.docx") == "共9人。"


# Names


@pytest.mark.usefixtures("here")
def test_names_from_a_list_a_sheet_or_a_folder(cli: Cli) -> None:
    """Names come from a text, the column of names of a sheet, or the 单位 of a folder's reports."""
    county()
    Path("通讯录.csv").write_text("序号,单位名称,电话\n1,白石镇,1\n2,青山镇,2\n合计,,\n", "utf-8")
    assert cli("towns", "全县.yaml", "名单.txt", "-o", "镇").code == 0
    for number, towns in enumerate(("名单.txt", "通讯录.csv", "镇")):
        assert cli("sheet", "全县.yaml", "-o", f"{number}.csv", "--towns", towns).code == 0
        assert {row[0] for row in rows_of(f"{number}.csv")[2:]} == {"白石镇", "青山镇"}


@pytest.mark.usefixtures("here")
def test_files_and_sheet_ask_for_the_same(cli: Cli) -> None:
    """The file of a township lists exactly the figures that the sheet has columns for."""
    county()
    assert cli("towns", "全县.yaml", "名单.txt", "-o", "镇").code == 0
    text = Path("镇/白石镇.yaml").read_text("utf-8")
    assert text[text.index("指标:") :] == (
        "指标:\n"
        "  改厕: {数值: , 目标: }   # 单位：座，全县目标：900\n"
        "  门诊: {数值: , 上年: }   # 单位：人次\n"
        "  签约: {数值: }   # 单位：人\n"
        "  人口: {数值: }   # 单位：人\n"
        "  签约率: {上年: }   # 单位：%\n"
        "  规范率: {数值: , 上年: }   # 单位：%\n"
        "  救治: {分项: {危重: , 普通: }}   # 单位：例\n"
    )


# Last year's sheet

LAST = """\
槐溪县2022年工作情况表,,,,,,,
单位名称,改厕,门急诊（万人次）,签约,人口,规范率,救治,
,,,,,,危重,普通
白石镇,95,5.24,70,100,0.8%,3,4
青山 镇,80,1.5,60,100,91%,1,2
"""


@pytest.mark.usefixtures("here")
def test_last_years_sheet_fills_in(cli: Cli) -> None:
    """Last year's values are this year's 上年, units converted and rates computed; names come from it, too."""
    county()
    Path("去年.csv").write_text(LAST, "utf-8")
    done = cli("sheet", "全县.yaml", "-o", "空.csv", "--last", "去年.csv")
    assert (done.code, done.out) == (0, "空.csv\n"), done.err
    assert "读表：2个单位" in done.err
    assert "警告" not in done.err
    assert rows_of("空.csv")[2:] == [
        ["白石镇", "", "", "", "52400", "", "", "70%", "", "0.8%", "", ""],
        ["青山镇", "", "", "", "15000", "", "", "60%", "", "91%", "", ""],
    ]
    assert cli("sheet", "全县.yaml", "-o", "空.xlsx", "--last", "去年.csv", "--towns", "名单.txt").code == 0
    sheet = openpyxl.load_workbook("空.xlsx").active
    assert [sheet["E3"].value, sheet["H3"].value] == [52400, "70%"]


@pytest.mark.usefixtures("here")
def test_what_last_years_sheet_lacks_is_told(cli: Cli) -> None:
    """A township or an indicator that is not there is told, and its 上年 is empty; cells without a figure too."""
    county()
    Path("名单.txt").write_text("白石镇\n青山镇\n柳河镇\n", "utf-8")
    Path("去年.csv").write_text("单位,门诊,人口\n白石镇,50,10\n青山镇,/,9\n", "utf-8")
    done = cli("sheet", "全县.yaml", "-o", "空.csv", "--last", "去年.csv", "--towns", "名单.txt")
    assert done.code == 0
    for said in ("没有“柳河镇”，上年都空着", "没有“青山镇”的“门诊”", "没有“签约率”", "没有“规范率”"):
        assert f"警告 去年的表里{said}" in done.err
    assert [row[4] for row in rows_of("空.csv")[2:]] == ["50", "", ""]


@pytest.mark.usefixtures("here")
def test_a_list_that_calls_them_otherwise_than_last_year(cli: Cli) -> None:
    """A name of the list that can mean one township of last year's sheet only takes its figures, and that is told."""
    county()
    Path("名单.txt").write_text("清河区白石镇\n青山镇卫生院\n", "utf-8")
    Path("去年.csv").write_text("单位,简称,门诊\n白石镇卫生院,清河区白石镇,50\n青山镇,青山,8\n", "utf-8")
    done = cli("sheet", "全县.yaml", "-o", "空.csv", "--last", "去年.csv", "--towns", "名单.txt")
    assert "上年都空着" not in done.err
    assert "名单里“青山镇卫生院”就是“青山镇”。" in done.err
    assert [(row[0], row[4]) for row in rows_of("空.csv")[2:]] == [("清河区白石镇", "50"), ("青山镇卫生院", "8")]


@pytest.mark.usefixtures("here")
def test_last_years_sheet_that_cannot_be_read(cli: Cli) -> None:
    """Nothing is taken from a sheet of another year, nor from one with cells that are no figures."""
    county()
    for written, id in (
        ("全县2023年情况,\n单位,门诊\n白石镇,50\n", "wrong-year"),
        ("单位,门诊\n白石镇,约50\n青山镇,8\n", "rough-number"),
    ):
        Path("去年.csv").write_text(written, "utf-8")
        refused = cli("sheet", "全县.yaml", "-o", "空.csv", "--last", "去年.csv")
        assert refused.code == 2
        assert f"[{id}]" in refused.err
        assert not Path("空.csv").exists()


# Every shipped skeleton


SKELETONS = [
    Wanted(genre, 2023, level, "", "县委、县政府") for genre in RESOURCES.genres for level in sections.levels(RESOURCES)
]


@pytest.mark.parametrize("wanted", SKELETONS, ids=lambda wanted: f"{wanted.genre}-{wanted.level}")
@pytest.mark.usefixtures("here")
def test_every_skeleton_comes_back(wanted: Wanted, cli: Cli) -> None:
    """A base of any skeleton, its sheet filled with any numbers, gives documents that print these numbers."""
    text = re.sub("(?m)^单位:.*\n", "", skeleton.render(wanted, RESOURCES)).replace("待补:", "内容:")
    county(text)
    base = inherit.base(Path("全县.yaml"), Reader())
    asked = of(base)
    done = cli("sheet", "全县.yaml", "-o", "空.csv", "--towns", "名单.txt")
    if not asked:
        assert (done.code, "[no-indicators]" in done.err) == (2, True)
        return
    assert done.code == 0, done.err
    rows = rows_of("空.csv")
    slots = [(need, *slot) for need in asked for slot in need.slots]
    numbers = random.Random(f"{wanted.genre}{wanted.level}")
    for row in rows[-2:]:
        row[1:] = [plausible(need, key, numbers) for need, key, _ in slots]
    with open("空.csv", "w", encoding="utf-8-sig", newline="") as stream:
        csv_module.writer(stream).writerows(rows)
    done = cli("batch", "全县.yaml", "--data", "空.csv", "--name", "{{ 单位 }}", "--jobs", "1")
    assert (done.code, "错误" in done.err) == (0, False), done.err
    for row in rows[-2:]:
        said = printed(f"全县/{row[0]}.docx")
        for (need, key, _), written in zip(slots, row[1:], strict=True):
            if key == "数值" and re.search(r"\{\{ ?" + re.escape(need.name) + r" ?\}\}", text):
                assert shown(written, need.unit) in said, need.name


def plausible(need: Need, key: str, numbers: random.Random) -> str:
    """Return a number as a township may have it: the target reached, more than last year."""
    if need.unit == "%":
        low, high = {"数值": (91, 99), "目标": (81, 90), "上年": (60, 80)}[key]
        return f"{numbers.randint(low * 10, high * 10) / 10:g}%"
    low, high = {"数值": (7001, 9999), "目标": (5001, 7000), "上年": (3000, 5000), "分项": (1, 500)}[key]
    return str(numbers.randint(low, high))


def shown(written: str, unit: str) -> str:
    """Return a number as a document prints it, by its value."""
    quantity = quantities.read(written, quantities.unit(unit))
    assert quantity.number == Fraction(written.removesuffix("%")) * quantities.unit(unit).factor
    return quantities.write(quantity, quantities.Style())
