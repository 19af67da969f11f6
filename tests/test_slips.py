"""Slips a clerk makes, from one command to the next: each is told as what it is, with a way out that works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from helpers import GENERAL, mistakes

if TYPE_CHECKING:
    from conftest import Cli

COUNTY = """\
体裁: 年度工作总结
年度: 2023
指标:
  门诊: {单位: 人次}
  业务收入: {单位: 万元}
内容: 门诊{{ 门诊 }}，收入{{ 业务收入 }}。
"""
TOWNS = "单位,门诊（人次）,业务收入（元）\n白石镇卫生院,9410,6935000\n青山镇卫生院,8120,5120000\n"
INDICATORS = [
    ["槐溪县卫生健康局2023年主要指标完成情况"],
    ["序号", "指标名称", "计量单位", "2023年", None, "2022年", "备注"],
    [None, None, None, "目标任务", "实际完成", "实际完成", None],
    ["一、医疗服务"],
    [1, "门诊", "人次", 9000, 9350, 8120, None],
    ["二、公共卫生"],
    [2, "改厕", "座", 1200, 1236, 1150, "户厕"],
]


@pytest.fixture(autouse=True)
def county(here: Path) -> None:
    """Stand in a folder with a county's base and the townships' figures."""
    (here / "全县.yaml").write_text(COUNTY, "utf-8")
    (here / "各镇.csv").write_text(TOWNS, "utf-8")


def test_a_typo_in_a_heading(cli: Cli) -> None:
    """A heading nobody knows is quoted as it is written, its unit once; renamed as proposed it is read."""
    Path("各镇.csv").write_text(TOWNS.replace("收入（元）", "收人（元）"), "utf-8")
    refused = cli("batch", "全县.yaml", "--data", "各镇.csv")
    assert (refused.code, "没有“业务收人（元）”这个指标或字段，是否为“业务收入”？" in refused.err) == (
        2,
        True,
    ), refused.err
    Path("各镇.csv").write_text(TOWNS, "utf-8")
    assert cli("batch", "全县.yaml", "--data", "各镇.csv").code == 0


@pytest.mark.parametrize(
    ("cell", "id", "better"),
    [
        ("约1.3万", "rough-number", "1.3万"),
        ("9410人次(含义诊120人次)", "remark-in-cell", "9410人次"),
        ("1.3万（含义诊）", "remark-in-cell", "1.3万"),
    ],
)
def test_what_to_write_is_the_same_number(cli: Cli, cell: str, id: str, better: str) -> None:
    """What a hint says to write keeps 万 and the unit, and is read when it is written."""
    Path("各镇.csv").write_text(TOWNS.replace("9410", cell), "utf-8")
    refused = cli("batch", "全县.yaml", "--data", "各镇.csv")
    assert (refused.code, f"[{id}]" in refused.err) == (1, True), refused.err
    assert any(f"{said}{better}{mark}" in refused.err for said in ("请写准数，如", "请只写") for mark in "；，")
    Path("各镇.csv").write_text(TOWNS.replace("9410", better), "utf-8")
    assert cli("batch", "全县.yaml", "--data", "各镇.csv").code == 0


@pytest.mark.parametrize(
    ("arguments", "id", "said"),
    [
        ("batch 全县.yaml", "not-a-folder", "这是文件，不是文件夹。"),
        ("batch 无此", "not-a-folder", "找不到这个文件夹。"),
        ("batch 各镇.csv --data 全县.yaml", "report-as-table", "healthreport batch 全县.yaml --data 各镇.csv"),
        ("towns 各镇.csv 全县.yaml -o 镇", "report-as-list", "底稿写在前面，名单写在后面"),
        ("render 各镇.xlsx", "not-text", "表格写在 --data、--last 后面"),
        ("new --from 各镇.xlsx", "not-text", "表格写在 --data、--last 后面"),
    ],
)
def test_files_in_each_others_place(cli: Cli, arguments: str, id: str, said: str) -> None:
    """A base where a table belongs, a file where a folder does: one message that says which goes where."""
    openpyxl.Workbook().save("各镇.xlsx")
    refused = cli(*arguments.split())
    assert (refused.code, refused.err.count("错误"), f"[{id}]" in refused.err) == (2, 1, True), refused.err
    assert said in refused.err


def test_sections_across_the_header(cli: Cli) -> None:
    """The heading of a section right below a header of two rows is no third row of it, merged or not."""
    report = "体裁: 通用\n标题: 情况\n年度: 2023\n指标文件: 指标.xlsx\n内容: 门诊{{ 门诊 }}，改厕{{ 改厕.上年 }}。\n"
    Path("县.yaml").write_text(report, "utf-8")
    for merged in (("A1:G1", "A2:A3", "B2:B3", "D2:E2", "A4:G4", "A6:G6"), ("A1:G1", "D2:E2")):
        book = openpyxl.Workbook()
        for row in INDICATORS:
            book.active.append(row)
        for area in merged:
            book.active.merge_cells(area)
        book.save("指标.xlsx")
        assert cli("render", "县.yaml", "--to", "txt").code == 0
        assert "门诊9350人次，改厕1150座。" in Path("县.txt").read_text("utf-8")


def test_sections_of_townships_before_the_names(cli: Cli) -> None:
    """So is one in the column of 序号 of a sheet of townships."""
    sheet = "序号,单位,业务,\n,,门诊（人次）,业务收入（元）\n一、中心卫生院,,,\n1,白石镇卫生院,9350,6935000\n"
    Path("各镇.csv").write_text(sheet, "utf-8")
    done = cli("batch", "全县.yaml", "--data", "各镇.csv", "--show-reading")
    assert done.code == 0, done.err
    assert "单位：白石镇卫生院" in done.out


def test_the_schema_is_named_without_detours(cli: Cli) -> None:
    """A folder beside the base's names the schema by its own path."""
    Path("底").mkdir()
    Path("全县.yaml").rename("底/全县.yaml")
    done = cli("towns", "底/全县.yaml", "各镇.csv", "-o", "镇")
    assert done.code == 0, done.err
    assert "边写边提示、校验：底/healthreport.schema.json" in done.err


def test_a_year_that_is_no_later(cli: Cli) -> None:
    """Last year's figures never become 上年 of the same year; of a year after the next it is told."""
    Path("2023.yaml").write_text(COUNTY.replace("{单位: 人次}", "{数值: 9350, 单位: 人次}"), "utf-8")
    for year in ("2023", "2022"):
        refused = cli("new", "--from", "2023.yaml", "--year", year, "-o", "新.yaml")
        assert (refused.code, "[no-later-year]" in refused.err) == (2, True), refused.err
        assert "请写 --year 2024" in refused.err
    done = cli("new", "--from", "2023.yaml", "--year", "2024", "-o", "2024.yaml")
    assert (done.code, "years-skipped" in done.err) == (0, False), done.err
    done = cli("new", "--from", "2023.yaml", "--year", "2026", "-o", "2026.yaml")
    assert done.code == 0
    assert "由2023年的生成2026年的，“上年”里是2023年的数。" in done.err
    assert "上年: 9350" in Path("2026.yaml").read_text("utf-8")


def test_a_folder_tells_once_of_years_between(cli: Cli) -> None:
    """Of a folder it is told once; one report of it that is no older stops all."""
    Path("去年").mkdir()
    for name in "甲乙":
        Path(f"去年/{name}.yaml").write_text(COUNTY, "utf-8")
    done = cli("new", "--from", "去年", "--year", "2026", "-o", "新")
    assert (done.code, done.err.count("[years-skipped]")) == (0, 1), done.err
    assert cli("new", "--from", "去年", "--year", "2023", "-o", "又").code == 2
    assert not Path("又").exists()


def test_a_report_without_a_year(cli: Cli) -> None:
    """A sheet headed by years asks for the report's."""
    Path("指标.csv").write_text("名称,2022年,2023年\n门诊,8120,9350\n", "utf-8")
    report = "体裁: 通用\n标题: 情况\n指标文件: 指标.csv\n内容: 门诊{{ 门诊 }}。\n"
    Path("县.yaml").write_text(report, "utf-8")
    refused = cli("render", "县.yaml")
    assert (refused.code, "报告没有写“年度”，不知道哪一列是今年的。" in refused.err) == (2, True), refused.err
    Path("县.yaml").write_text(report.replace("指标文件", "年度: 2023\n指标文件"), "utf-8")
    assert cli("render", "县.yaml").code == 0


def test_a_file_that_is_not_there(cli: Cli) -> None:
    """What is proposed is a file of the same kind."""
    Path("2023.yaml").write_text(COUNTY + "指标文件: 2023指标.xlsx\n", "utf-8")
    assert "是否为" not in cli("render", "2023.yaml").err
    Path("2023年指标.xlsx").write_bytes(b"")
    assert "是否为“2023年指标.xlsx”？" in cli("render", "2023.yaml").err
    assert "是否为“2023.yaml”？" in cli("render", "2022.yaml").err
    assert "是否为“2023.yaml”？" in cli("render", "2023").err


@pytest.mark.parametrize("name", ["各镇2022.csv", "2022年各镇.csv", "2024年各镇.csv"])
def test_a_sheet_named_after_another_year(cli: Cli, name: str) -> None:
    """Last year's sheet, whose name alone says so, is not this year's; nor is it as 指标文件."""
    Path(name).write_text(TOWNS, "utf-8")
    refused = cli("batch", "全县.yaml", "--data", name)
    assert (
        refused.code,
        f"文件名“{name}”写的是{'2024' if '2024' in name else '2022'}年，报告的年度是2023年。" in refused.err,
    ) == (
        2,
        True,
    ), refused.err
    Path(name).write_text("名称,数值\n门诊,9350\n业务收入,5\n", "utf-8")
    Path("县.yaml").write_text(f"{COUNTY}单位: 槐溪县\n指标文件: {name}\n", "utf-8")
    assert "[wrong-year]" in cli("render", "县.yaml").err


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("各镇2023.csv", ""),
        ("2022-2023各镇.csv", ""),
        ("2024-01-05收各镇.csv", ""),
        ("2024年1月5日收各镇.csv", ""),
        ("20240105各镇.csv", ""),
        ("各镇2024.csv", "槐溪县2023年各镇情况表\n"),
        ("各镇.csv", ""),
    ],
)
def test_a_sheet_that_is_this_years(cli: Cli, name: str, head: str) -> None:
    """The report's own year, a day, or a title that says it is of the year: it is read."""
    Path(name).write_text(head + TOWNS, "utf-8")
    done = cli("batch", "全县.yaml", "--data", name)
    assert done.code == 0, done.err


def test_headings_say_more_than_the_files_name(cli: Cli) -> None:
    """Columns headed by the report's year are this year's, whatever the file is called."""
    Path("各镇2024.csv").write_text(TOWNS.replace("门诊（人次）", "2023年门诊").replace("（元）", "（万元）"), "utf-8")
    assert cli("batch", "全县.yaml", "--data", "各镇2024.csv").code == 0


def test_next_years_base_speaks_as_last_years(cli: Cli) -> None:
    """A base that names no 单位 keeps its own lead and closing: neither phrases of a county nor a 上级 are made up."""
    lead = "导语: 我院较好地完成了各项任务。\n结尾: 特此报告。\n"
    Path("2023.yaml").write_text(COUNTY + lead, "utf-8")
    assert cli("new", "--from", "2023.yaml").code == 0
    made = Path("2024.yaml").read_text("utf-8")
    assert "导语: 我院较好地完成了各项任务。\n" in made
    assert "结尾: 特此报告。\n" in made
    assert "全县卫生健康系统" not in made
    assert "上级" not in made


@pytest.mark.parametrize(
    ("report", "told", "mended"),
    [
        (
            "成绩:\n  标题: 甲\n  内容: 乙。\n  标题: 丙\n  内容: 丁。\n",
            ["duplicate-key", "是两节的，每一节的“标题”前面写“- ”"],
            "成绩:\n  - 标题: 甲\n    内容: 乙。\n  - 标题: 丙\n    内容: 丁。\n",
        ),
        (
            "成绩:\n    标题: 甲\n    内容: 乙。\n  - 标题: 丙\n    内容: 丁。\n",
            ["indentation", "一个列表里，每一条的前面都要有“- ”"],
            "成绩:\n  - 标题: 甲\n    内容: 乙。\n  - 标题: 丙\n    内容: 丁。\n",
        ),
        (
            "指标:\n门诊: {数值: 5, 单位: 人次}\n成绩: [{标题: 甲, 内容: 乙。}]\n",
            ["unknown-key", "请写在“指标:”的下面，前面缩进两个空格：“  门诊: …”"],
            "指标:\n  门诊: {数值: 5, 单位: 人次}\n成绩: [{标题: 甲, 内容: 乙。}]\n",
        ),
        (
            "指标:\n  门诊: 5\n成绩: [{标题: 甲, 内容: 乙。}]\n",
            ["not-a-mapping", "例如“门诊: {数值: 5}”"],
            "指标:\n  门诊: {数值: 5}\n成绩: [{标题: 甲, 内容: 乙。}]\n",
        ),
    ],
)
def test_what_a_clerk_leaves_out(report: str, told: list[str], mended: str) -> None:
    """A dash before a section, the spaces before an indicator, its braces: told once, as what it is."""
    (one,) = mistakes(GENERAL + report)
    assert one.id == told[0]
    assert told[1] in one.hint
    assert not mistakes(GENERAL + mended)


@pytest.mark.parametrize("command", ["render", "figures"])
def test_a_word_file_for_a_report(cli: Cli, here: Path, command: str) -> None:
    """A manuscript is no report: both commands send it to import, and -o would be no way out."""
    (here / "稿.docx").write_bytes(b"PK\x03\x04")
    refused = cli(command, "稿.docx")
    assert (refused.code, "healthreport import" in refused.err, "-o" in refused.err) == (2, True, False), refused.err
