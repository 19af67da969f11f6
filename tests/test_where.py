"""``figures --where``: the cells, or the files and lines, that every figure of a county's report is made of."""

from __future__ import annotations

import csv
import io
import json
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from helpers import GENERAL, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

COUNTY = (
    GENERAL
    + """\
单位: 清河区卫生健康局
汇总来源: 乡镇.xlsx
指标:
  常住人口: {单位: 人}
  健康档案: {单位: 份}
  建档率: {公式: 健康档案 / 常住人口, 单位: "%"}
  补助: {数值: 30, 单位: 万元}
内容: 建档率{{ 建档率 }}，补助{{ 补助 }}，人口{{ 常住人口 }}。
"""
)
Row = dict[str, str]


@pytest.fixture
def county(here: Path) -> Path:
    """Work in a folder with a county and its townships, in files and in a sheet."""
    shutil.copytree(ROOT / "examples" / "townships", here / "乡镇")
    shutil.copy(ROOT / "examples" / "乡镇.xlsx", here / "乡镇.xlsx")
    (here / "全区.yaml").write_text(COUNTY, "utf-8")
    return here


def where(cli: Cli, *files: str) -> list[Row]:
    """Return the rows that are listed of files."""
    done = cli("figures", *files, "--where", "--format", "json")
    assert done.code == 0, done.err
    rows: list[Row] = json.loads(done.out)
    return rows


def of(rows: list[Row], name: str) -> list[tuple[str, str, str]]:
    """Return what an indicator's value is made of: which figure, where, how many."""
    return [(row["由"], row["位置"], row["个数"]) for row in rows if row["指标"] == name]


def test_cells(cli: Cli, county: Path) -> None:
    """Cells below one another are one area; a rate has those of both its sides; what the report says stands in it."""
    assert county
    rows = where(cli, "全区.yaml")
    assert of(rows, "常住人口") == [("“常住人口”", "乡镇.xlsx:2022年!B4:B9", "6")]
    assert sorted(of(rows, "建档率")) == [
        ("“健康档案”", "乡镇.xlsx:2022年!C4:C9", "6"),
        ("“常住人口”", "乡镇.xlsx:2022年!B4:B9", "6"),
    ]
    assert of(rows, "补助") == [("", "全区.yaml:9:12", "1")]


def test_gaps_divide_an_area(cli: Cli, county: Path) -> None:
    """A township that lacks one side of a rate is in neither; cells side by side are an area too."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("指标", "甲镇", "乙镇", "丙镇", "丁镇", "戊镇"))
    sheet.append(("常住人口（人）", 10, 20, 30, 40, 50))
    sheet.append(("健康档案（份）", 9, 8, None, 7, 6))
    book.save(county / "乡镇.xlsx")
    rows = where(cli, "全区.yaml")
    assert of(rows, "常住人口") == [("“常住人口”", "乡镇.xlsx:Sheet!B2:F2", "5")]
    assert sorted(of(rows, "建档率")) == [
        ("“健康档案”", "乡镇.xlsx:Sheet!B3:C3", "2"),
        ("“健康档案”", "乡镇.xlsx:Sheet!E3:F3", "2"),
        ("“常住人口”", "乡镇.xlsx:Sheet!B2:C2", "2"),
        ("“常住人口”", "乡镇.xlsx:Sheet!E2:F2", "2"),
    ]


def test_lines_of_files(cli: Cli, county: Path) -> None:
    """Of a folder's reports every one is named, with the line on which the number stands."""
    (county / "全区.yaml").write_text(COUNTY.replace("乡镇.xlsx", "乡镇/"), "utf-8")
    found = of(where(cli, "全区.yaml"), "常住人口")
    assert len(found) == 6
    for figure, place, count in found:
        assert (figure, count) == ("“常住人口”", "1")
        file, line, column = place.split(":")
        text = (county / file).read_text("utf-8").splitlines()[int(line) - 1]
        assert text[int(column) - 1 :].split("}")[0].isdecimal()
        assert "常住人口" in text


def test_terminal_and_csv(cli: Cli, county: Path) -> None:
    """A table for people, one for programs; of several reports each row says whose it is."""
    assert county
    assert "乡镇.xlsx:2022年!B4:B9" in cli("figures", "全区.yaml", "--where").out
    rows = [*csv.DictReader(io.StringIO(cli("figures", "全区.yaml", "--where", "--format", "csv").out))]
    assert rows == where(cli, "全区.yaml")
    several = where(cli, "全区.yaml", "乡镇/白石镇.yaml")
    assert {row["文件"] for row in several} == {"全区.yaml", "乡镇/白石镇.yaml"}
    assert of([row for row in several if row["文件"] != "全区.yaml"], "农村改厕")[0][1].startswith("乡镇/白石镇.yaml:")


def test_without_a_table_to_show(cli: Cli, county: Path) -> None:
    """With -o alone nothing is listed, so --where does nothing, which is told."""
    assert county
    done = cli("figures", "全区.yaml", "--where", "-o", "指标清单.csv")
    assert "没有写“--format”，“--where”没有用到。" in done.err
