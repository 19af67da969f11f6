"""Lists of townships, for the empty sheet and for the files: a text, a sheet, a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import tables_data as made
from healthreport.diagnostics import HealthReportError
from healthreport.reading.reader import Reader
from healthreport.townships import names


def read(path: str) -> list[str]:
    """Return the names of a list."""
    return [one.name for one in names.read(Path(path), Reader())]


@pytest.mark.usefixtures("here")
def test_a_text() -> None:
    """A name a line, blanks round it aside."""
    Path("名单.txt").write_text("白石镇\n 注溪镇 \n其中口乡\n\n", "utf-8")
    assert read("名单.txt") == ["白石镇", "注溪镇", "其中口乡"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "rows",
    [
        [["2023年通讯录"], ["序号", "单位", "电话"], [1, "白石镇", 5], [2, "青 山 镇", 6], ["", "合计", 2], ["注：略"]],
        [["白石镇"], ["青山镇"]],
        [["片区", "乡镇（街道）"], ["东片", "白石镇"], ["", "青山镇"]],
    ],
)
def test_a_sheet(rows: list[list[object]]) -> None:
    """The column of names, without totals and notes; a sheet without a header is its first column."""
    Path("名单.xlsx").write_bytes(made.xlsx_of(rows))
    assert read("名单.xlsx") == ["白石镇", "青山镇"]


@pytest.mark.usefixtures("here")
def test_a_folder() -> None:
    """The 单位 of each report that is based on another."""
    Path("镇").mkdir()
    Path("镇/全县.yaml").write_text("体裁: 通用\n标题: 甲\n单位: 槐溪县\n", "utf-8")
    Path("镇/b.yaml").write_text("继承: 全县.yaml\n单位: 青山镇\n", "utf-8")
    Path("镇/a.yaml").write_text("继承: 全县.yaml\n单位: 白石镇\n", "utf-8")
    assert read("镇") == ["白石镇", "青山镇"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("rows", "id"), [([["单位"], ["白石镇"], ["白 石 镇"]], "duplicate-town"), ([["单位"], ["合计"]], "empty-file")]
)
def test_lists_that_are_wrong(rows: list[list[object]], id: str) -> None:
    """A name twice is told at its cell; a list of nobody is an error."""
    Path("名单.xlsx").write_bytes(made.xlsx_of(rows))
    with pytest.raises(HealthReportError) as caught:
        read("名单.xlsx")
    assert [one.id for one in caught.value.diagnostics] == [id]
