"""Cells of a sheet of indicators that are empty, or say that there is no figure: told there, read so."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from helpers import GENERAL

if TYPE_CHECKING:
    from conftest import Cli

HEAD = "名称,单位,数值,上年,目标"
ALL = "{指标表: {指标: 全部, 列: [指标, 完成, 上年, 目标]}}"


def write(content: str, *rows: str, name: str = "指标.xlsx") -> None:
    """Write a sheet of indicators, and the report that draws on it."""
    lines = [*csv.reader([HEAD, *rows])]
    Path("指标.csv").write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    book = openpyxl.Workbook()
    book.active.title = "年报"
    for line in lines:
        book.active.append([text or None for text in line])
    book.save("指标.xlsx")
    Path("甲.yaml").write_text(f"{GENERAL}指标文件: {name}\n内容: {content}\n", "utf-8")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("content", "row", "cell"),
    [
        ("门诊{{ 门诊 }}。", "门诊,人次,,20,30", "C2"),
        ("门诊{{ 门诊 }}。", "门诊,人次,未统计,20,30", "C2"),
        ("门诊同比{{ 门诊.同比 }}。", "门诊,人次,25,,30", "D2"),
        ("门诊完成{{ 门诊.完成率 }}。", "门诊,人次,25,20,", "E2"),
    ],
)
def test_a_figure_that_is_missing_is_told_at_its_cell(cli: Cli, content: str, row: str, cell: str) -> None:
    """Not the indicator's name is shown, but the cell that is to be filled in; typed there, all is well."""
    write(content, row)
    told = cli("render", "甲.yaml").err
    assert f"指标.xlsx:年报!{cell}: " in told
    assert f"请在“指标.xlsx”的{cell}格填上" in told
    book = openpyxl.load_workbook("指标.xlsx")
    book.active[cell] = 24
    book.save("指标.xlsx")
    assert cli("render", "甲.yaml").code == 0


@pytest.mark.usefixtures("here")
def test_a_blank_of_a_csv_is_told_in_its_line(cli: Cli) -> None:
    """A csv has lines: the caret stands where the figure goes, and the hint names the line."""
    write("门诊同比{{ 门诊.同比 }}。", "住院,人次,2,2,2", "门诊,人次,25,,30", name="指标.csv")
    told = cli("render", "甲.yaml").err
    assert "指标.csv:3:10: “门诊”的“上年”空在这里" in told
    assert "请在“指标.csv”第3行填上" in told


@pytest.mark.usefixtures("here")
def test_a_blank_of_a_report_is_told_at_its_key(cli: Cli) -> None:
    """A key with nothing behind it is where a figure is to be written in a report."""
    report = f"{GENERAL}指标:\n  门诊:\n    单位: 人次\n    数值:\n内容: 门诊{{{{ 门诊 }}}}。\n"
    Path("甲.yaml").write_text(report, "utf-8")
    assert "甲.yaml:6:5: “门诊”的“数值”空在这里" in cli("render", "甲.yaml").err


@pytest.mark.usefixtures("here")
def test_a_blank_in_a_table_is_told_at_its_cell(cli: Cli) -> None:
    """The warning of a table's blank stands at the cell; the dash that it proposes is read, and nothing is told."""
    write(ALL, "门诊,人次,25,,30")
    told = cli("render", "甲.yaml").err
    assert "指标.xlsx:年报!D2: 警告 “门诊”没有“上年”" in told
    assert "请在“指标.xlsx”的D2格填上；本来就没有的，请在那一格写“—”。" in told
    write(ALL, "门诊,人次,25,—,30")
    told = cli("render", "甲.yaml", "--force", "--to", "txt").err
    assert "blank-cell" not in told
    assert "门诊\t25人次\t—\t30人次" in Path("甲.txt").read_text("utf-8")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["指标.xlsx", "指标.csv"])
def test_many_figures_that_are_missing_are_listed_by_their_cells(cli: Cli, name: str) -> None:
    """More than a few are one message, which lists the cells, not the lines that make use of them."""
    names = [f"甲{digit}" for digit in "一二三四五六七"]
    write("".join(f"{{{{ {one} }}}}" for one in names).join('""'), *(f"{one},座,,1,2" for one in names), name=name)
    told = cli("render", "甲.yaml").err
    cells = "第2、3、4、5、6、7、8行" if name.endswith("csv") else "C2、C3、C4、C5、C6、C7、C8"
    assert f"空在“{name}”的{cells}。 [missing-value]" in told
    assert told.count("[missing-value]") == 1


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("dash", ["—", "——", "-", "/", "／", "无", "不适用"])
@pytest.mark.parametrize("name", ["指标.xlsx", "指标.csv"])
def test_a_dash_says_that_there_is_none(cli: Cli, dash: str, name: str) -> None:
    """In 上年 and 目标 a dash is 无上年 and 无目标: printed as —, no blank is told; how it was read is."""
    write(ALL, f"门诊,人次,25,{dash},{dash}", "住院,人次,3,2,3", name=name)
    done = cli("render", "甲.yaml", "--to", "txt")
    assert (done.code, "blank-cell" in done.err) == (0, False), done.err
    assert "门诊\t25人次\t—\t—" in Path("甲.txt").read_text("utf-8")
    assert "读作本来就没有：“门诊”的上年、“门诊”的目标。 [read-as-none]" in done.err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("row", ["门诊,人次,—,20,30", "门诊,人次,25,未统计,30", "门诊,人次,25,暂缺,30"])
def test_what_is_not_there_yet_stays_a_gap(cli: Cli, row: str) -> None:
    """This year's figure is wanted, whatever stands for it; nor does 未统计 say that there never was one."""
    write("门诊{{ 门诊 }}，同比{{ 门诊.同比 }}。", row)
    told = cli("render", "甲.yaml").err
    assert ("[missing-value]" in told, "read-as-none" in told) == (True, False)


@pytest.mark.usefixtures("here")
def test_what_makes_use_of_none_is_told_why(cli: Cli) -> None:
    """A comparison with what a dash says there is none of: it is to be a clause, and such a clause is left out."""
    write("门诊{{ 门诊 }}，同比{{ 门诊.同比 }}。", "门诊,人次,25,—,30")
    assert "“门诊”写明了没有“上年”：请把用到它的分句写在 [[ ]] 里" in cli("render", "甲.yaml").err
    write("门诊{{ 门诊 }}[[，同比{{ 门诊.同比 }}]]。", "门诊,人次,25,—,30")
    assert cli("render", "甲.yaml", "--to", "txt").code == 0
    assert "门诊25人次。" in Path("甲.txt").read_text("utf-8")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["指标.xlsx", "指标.csv"])
def test_next_years_sheet_says_it_again(cli: Cli, name: str) -> None:
    """That there is no target is a dash next year too; this year's figure is next year's 上年, whatever came before."""
    write("门诊{{ 门诊 }}。", "门诊,人次,25,—,—", name=name)
    with Path("甲.yaml").open("a", encoding="utf-8") as report:
        report.write("年度: 2022\n")
    assert cli("new", "--from", "甲.yaml").code == 0
    (sheet,) = Path().glob("*2023*" + name[-4:])
    Path("甲.yaml").write_text(f"{GENERAL}年度: 2023\n指标文件: {sheet}\n内容: {ALL}\n", "utf-8")
    told = cli("render", "甲.yaml", "--draft", "--to", "txt").err
    assert "读作本来就没有：“门诊”的目标。" in told
    assert "\t25人次\t—\n" in Path("甲-草稿.txt").read_text("utf-8")


@pytest.mark.usefixtures("here")
def test_what_was_new_last_year_has_a_last_year_now(cli: Cli) -> None:
    """无上年 is said of one year: next year's report has that year's figure, and says it no longer."""
    own = "年度: 2022\n指标:\n  门诊: {数值: 25, 单位: 人次, 无上年: 是, 无目标: 是}\n"
    Path("2022.yaml").write_text(f"{GENERAL}{own}内容: 门诊{{{{ 门诊 }}}}。\n", "utf-8")
    assert cli("new", "--from", "2022.yaml").code == 0
    assert "门诊: {数值: , 单位: 人次, 无目标: 是, 上年: 25}" in Path("2023.yaml").read_text("utf-8")


@pytest.mark.usefixtures("here")
def test_a_figure_of_the_report_counts_more_than_a_dash(cli: Cli) -> None:
    """What the report itself gives is not undone by a dash of its sheet."""
    write("门诊同比{{ 门诊.同比 }}。", "门诊,人次,25,—,30")
    with Path("甲.yaml").open("a", encoding="utf-8") as report:
        report.write("指标:\n  门诊: {上年: 20}\n")
    done = cli("render", "甲.yaml", "--to", "txt")
    assert (done.code, "read-as-none" in done.err) == (0, False), done.err
    assert "门诊同比增长25%。" in Path("甲.txt").read_text("utf-8")
