"""``new --with-table``: the figures of one report in a sheet beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from healthreport.jobs.new import figures_beside, sections
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

RESOURCES = Resources(None, Reader())
GENRES = ["年度工作总结", "半年工作总结", "工作情况汇报", "工作计划", "实施方案", "讲话", "述职报告"]
# What a township hospital has at hand at the end of the year.
FIGURES = {
    "疫苗接种率": 96.5,
    "基本药物采购金额": 182.6,
    "药品采购总金额": 236.4,
    "电子健康档案": 26850,
    "高血压在管人数": 2140,
    "高血压规范管理人数": 1735,
    "糖尿病在管人数": 612,
    "糖尿病规范管理人数": 498,
    "老年人健康体检": 3260,
    "家庭医生签约": 11240,
    "免疫规划疫苗接种率": 97.2,
    "在册严重精神障碍患者": 118,
    "孕产妇系统管理率": 95.1,
    "新生儿访视": 236,
    "协管巡查": 84,
    "门急诊人次": 52400,
    "出院人次": 1460,
    "业务培训": 96,
    "主题党日": 12,
}


def fill(path: Path, column: str, figures: dict[str, float]) -> None:
    """Fill in figures in a column of the sheet, found by the names in it."""
    book = openpyxl.load_workbook(path)
    heads, *rows = book.active.iter_rows()
    at = [cell.value for cell in heads].index(column)
    names = [cell.value for cell in heads].index("名称")
    found = {row[names].value: row[at] for row in rows}
    for name, value in figures.items():
        found[name].value = value
    book.save(path)


def set_fields(path: Path) -> None:
    """Say in the report whose it is, and of what day: the two lines that a clerk writes."""
    text = re.sub("(?m)^单位: .*$", "单位: 白石镇卫生院", path.read_text("utf-8"))
    path.write_text(re.sub("(?m)^日期:.*$", "日期: 2026-12-30", text), "utf-8")


def test_a_report_from_nineteen_figures(cli: Cli, here: Path) -> None:
    """Nineteen figures in the sheet and two lines of YAML make a report that has no gap and asks for nothing."""
    done = cli("new", "年度工作总结", "--level", "乡镇", "--year", "2026", "--with-table")
    assert (done.code, done.out.split()) == (0, ["2026年度工作总结.yaml", "指标.xlsx"]), done.err
    assert "在“指标.xlsx”里填数，写上单位和日期" in done.err
    assert "请通读" in done.err
    set_fields(here / "2026年度工作总结.yaml")
    fill(here / "指标.xlsx", "数值", FIGURES)
    fill(here / "指标.xlsx", "目标", {"家庭医生签约": 11000})
    fill(here / "指标.xlsx", "上年", {"门急诊人次": 50000})
    rendered = cli("render", "2026年度工作总结.yaml", "--to", "docx,txt")
    assert rendered.code == 0, rendered.err
    assert "错误" not in rendered.err
    assert "警告" not in rendered.err
    page = (here / "2026年度工作总结.txt").read_text("utf-8")
    assert not re.search(r"\[\[|\]\]|\{\{|××|待补|　{5}|，，|，。|。。", page)
    assert "采购基本药物182.6万元，占药品采购总额的77.2%。" in page
    assert "组织医务人员和村医进村入户，建立电子健康档案26850份，为全镇老年人免费体检3260人。" in page
    assert "签约11240人，完成年度任务的102.2%。" in page
    assert "完成门急诊52400人次，同比增长4.8%，出院1460人次。" in page
    assert page.rstrip().endswith("2026年12月30日")


def test_the_sheet_as_it_is_written(cli: Cli, here: Path) -> None:
    """A row for each figure that has to be given, under the section it is of, with columns that ask for numbers."""
    assert cli("new", "年度工作总结", "--level", "乡镇", "--with-table").code == 0
    sheet = openpyxl.load_workbook(here / "指标.xlsx").active
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads == ("所属章节", "名称", "单位", "数值", "目标", "上年", "说明")
    assert {row[1] for row in rows} >= {*FIGURES}
    assert "高血压规范管理率" not in {row[1] for row in rows}  # computed: its formula stands in the report
    assert ("妇幼健康", "叶酸发放", "人", None, None, None, None) in rows
    assert all(row[0] and row[2] for row in rows)
    checked = {str(one.sqref): (one.type, one.errorStyle, one.prompt) for one in sheet.data_validations.dataValidation}
    last = sheet.max_row
    assert checked[f"D2:D{last}"] == checked[f"F2:F{last}"] == ("decimal", "warning", None)
    row = next(number for number, row in enumerate(rows, 2) if row[1] == "两癌筛查")
    assert checked[f"E{row}"] == (None, None, "例如9000；没有的空着。")


@pytest.mark.parametrize("genre", GENRES)
@pytest.mark.parametrize("level", [*sections.levels(RESOURCES)])
def test_every_genre_with_an_empty_sheet(cli: Cli, here: Path, genre: str, level: str) -> None:
    """Nothing filled in is no error in any genre: each figure is in a clause, and says the file it is read from."""
    assert cli("new", genre, "--level", level, "--unit", "白石镇卫生院", "--with-table", "-o", "甲.yaml").code == 0
    assert "\n指标文件: 指标.xlsx\n" in (here / "甲.yaml").read_text("utf-8")
    text = re.sub("(?m)^日期:.*$", "日期: 2026-12-30", (here / "甲.yaml").read_text("utf-8"))
    (here / "甲.yaml").write_text(text, "utf-8")
    rendered = cli("render", "甲.yaml", "--to", "txt")
    assert rendered.code == 0, rendered.err
    assert "rows-skipped" not in rendered.err


def test_next_year_from_a_report_with_a_sheet(cli: Cli, here: Path) -> None:
    """The figures become last year's in next year's sheet, the skeleton's texts stay, and only a date is written."""
    assert cli("new", "年度工作总结", "--level", "乡镇", "--year", "2026", "--with-table").code == 0
    set_fields(here / "2026年度工作总结.yaml")
    fill(here / "指标.xlsx", "数值", FIGURES)
    done = cli("new", "--from", "2026年度工作总结.yaml")
    assert (done.code, done.out.split()) == (0, ["2027年度工作总结.yaml", "指标-2027.xlsx"]), done.err
    fill(here / "指标-2027.xlsx", "数值", {name: value for name, value in FIGURES.items() if name != "新生儿访视"})
    assert "在“指标-2027.xlsx”里填数，写日期" in done.err
    heads, *rows = openpyxl.load_workbook(here / "指标-2027.xlsx").active.iter_rows(values_only=True)
    assert heads == ("所属章节", "名称", "单位", "数值", "目标", "上年", "说明")
    assert ("医疗服务", "门急诊人次", "人次", 52400, None, 52400, None) in rows
    text = (here / "2027年度工作总结.yaml").read_text("utf-8")
    assert "待补: " not in text
    (here / "2027年度工作总结.yaml").write_text(re.sub("(?m)^日期:.*$", "日期: 2027-12-30", text), "utf-8")
    rendered = cli("render", "2027年度工作总结.yaml", "--to", "txt")
    assert rendered.code == 0, rendered.err
    assert "todo" not in rendered.err
    page = (here / "2027年度工作总结.txt").read_text("utf-8")
    assert "完成门急诊52400人次，同比持平，出院1460人次。" in page
    listed = cli("figures", "2027年度工作总结.yaml").out
    assert re.search(r"门急诊人次 .*52400.*52400", listed), listed


def test_next_year_keeps_what_is_true_of_any_year(cli: Cli, here: Path) -> None:
    """A text of nothing but clauses stays; what somebody wrote of last year is to be written anew, its numbers kept."""
    assert cli("new", "年度工作总结", "--level", "乡镇", "--year", "2026", "--with-table").code == 0
    path = here / "2026年度工作总结.yaml"
    clauses, words = "'[[义诊{{ 主题党日 }}。]]'", "'门诊楼建成，门诊{{ 门急诊人次 }}。'"
    added = f"成绩:\n  - {{标题: 特色, 内容: {clauses}}}\n  - {{标题: 新楼, 内容: {words}}}\n"
    path.write_text(path.read_text("utf-8").replace("成绩:\n", added, 1), "utf-8")
    assert cli("new", "--from", path, "-o", "2027.yaml").code == 0
    text = (here / "2027.yaml").read_text("utf-8")
    assert '内容: "[[义诊{{ 主题党日 }}。]]"' in text
    assert "待补: 门诊楼建成，门诊{{ 门急诊人次 }}。" in text


def test_printed_only(cli: Cli, here: Path) -> None:
    """Printed, the sheet is told of and not written."""
    printed = cli("new", "年度工作总结", "--with-table", "-o", "-")
    assert (printed.code, "没有写的还有：指标.xlsx" in printed.err) == (0, True)
    assert not [*here.iterdir()]


def test_a_second_report_in_the_folder(cli: Cli, here: Path) -> None:
    """Its sheet is called after it; where that is there as well, neither file is written."""
    assert cli("new", "年度工作总结", "--with-table", "-o", "甲.yaml").out.split() == ["甲.yaml", "指标.xlsx"]
    first = (here / "指标.xlsx").read_bytes()
    done = cli("new", "半年工作总结", "--with-table", "-o", "乙.yaml")
    assert (done.code, done.out.split()) == (0, ["乙.yaml", "乙指标.xlsx"])
    assert "\n指标文件: 乙指标.xlsx\n" in (here / "乙.yaml").read_text("utf-8")
    assert (here / "指标.xlsx").read_bytes() == first
    odd = cli("new", "半年工作总结", "--with-table", "-o", "丙 #1.yaml")
    assert (odd.code, '\n指标文件: "丙 #1指标.xlsx"\n' in (here / "丙 #1.yaml").read_text("utf-8")) == (0, True)
    (here / "乙.yaml").unlink()
    refused = cli("new", "半年工作总结", "--with-table", "-o", "乙.yaml")
    assert (refused.code, "乙指标.xlsx: 错误 这个文件已经存在" in refused.err) == (2, True)
    assert not (here / "乙.yaml").exists()


def test_where_no_sheet_is_of_use(cli: Cli, here: Path) -> None:
    """A genre without figures, and last year's file that has its own place for them, say so."""
    done = cli("new", "管理制度", "--with-table", "-o", "甲.yaml")
    assert (done.code, done.out) == (0, "甲.yaml\n")
    assert "体裁“管理制度”没有常用指标，“--with-table”没有用到。" in done.err
    (here / "2025.yaml").write_text("体裁: 通用\n标题: 甲\n年度: 2025\n指标: {改厕: {数值: 5}}\n", "utf-8")
    done = cli("new", "--from", "2025.yaml", "--with-table")
    assert (done.code, done.out) == (0, "2026.yaml\n"), done.err
    assert "今年的就写在哪里，“--with-table”没有用到。" in done.err


def test_every_standard_figure_has_one_place(cli: Cli, here: Path) -> None:
    """What is in the sheet is not in the report again, but for what a row cannot say."""
    assert cli("new", "年度工作总结", "--level", "县区", "--with-table", "-o", "甲.yaml").code == 0
    sheet = openpyxl.load_workbook(here / "指标.xlsx").active
    named = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    text = (here / "甲.yaml").read_text("utf-8")
    for name in named:
        own = re.search(rf'(?m)^  "?{re.escape(name)}"?: .*$', text)
        assert own is None or not re.search("数值|单位|目标|上年|公式", own[0]), own
    assert "小数位" in text
    known = {name: one for each in sections.load(RESOURCES) for name, one in each.section.indicators_at("县区").items()}
    assert all(figures_beside.is_in_sheet(known[name]) for name in named)


def test_every_standard_unit_is_one_of_a_sheet() -> None:
    """The units of standard figures are in the list that sheets are read by."""
    units = {one.unit for each in sections.load(RESOURCES) for one in each.section.indicators.values()}
    assert {unit for unit in units if not RESOURCES.sheet_words.units.knows(unit)} == set()
