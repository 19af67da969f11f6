"""指标文件: indicators drawn in from a table or another file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from conftest import Cli

REPORT = (
    "体裁: 通用\n标题: 甲\n指标文件: {}\n"
    "内容: 改厕{{{{ 改厕 }}}}，同比{{{{ 改厕.同比 }}}}；死亡率{{{{ 死亡率.达标 }}}}。\n"
)
HEADER = "名称,数值,单位,目标,上年"
ROWS = ['改厕,"1,059",座,1000,980', "死亡率,20,/10万,≤22,23.5"]
SAID = "改厕1059座，同比增长8.1%；死亡率达标。"


def write(name: str, file: str) -> None:
    """Write a report that draws its indicators from a file."""
    Path(name).write_text(REPORT.format(file), encoding="utf-8")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv(cli: Cli, encoding: str) -> None:
    """A csv in any usual encoding gives its indicators, notes below it aside."""
    Path("指标.csv").write_text("\n".join([HEADER, *ROWS, "注：初步数,,,,"]) + "\n", encoding=encoding)
    write("甲.yaml", "指标.csv")
    assert cli("render", "甲.yaml", "--to", "txt").code == 0
    assert SAID in Path("甲.txt").read_text("utf-8")


@pytest.mark.usefixtures("here")
def test_xlsx(cli: Cli) -> None:
    """A sheet with a title above its header gives its indicators; a mistake is told with sheet and cell."""
    book = openpyxl.Workbook()
    book.active.title = "年报"
    for row in (["2022年指标"], ["名称", "完成", "单位", "任务", "去年"], ["改厕", 1059, "座", 1000, 980]):
        book.active.append(row)
    book.active.append(["死亡率", 20, "/10万", "≤22", 23.5])
    book.save("指标.xlsx")
    write("甲.yaml", "指标.xlsx")
    assert cli("render", "甲.yaml", "--to", "txt").code == 0
    assert SAID in Path("甲.txt").read_text("utf-8")
    book.active["B3"] = "很多"
    book.save("指标.xlsx")
    assert "指标.xlsx:年报!B3: 错误 “很多”不是数" in cli("render", "甲.yaml").err


@pytest.mark.usefixtures("here")
def test_yaml_and_own_definitions(cli: Cli) -> None:
    """A YAML file gives indicators too; what the report says of them is added, the same key twice is an error."""
    Path("指标.yaml").write_text("指标:\n  改厕: {数值: 1059, 上年: 980}\n  死亡率: {数值: 20, 单位: /10万}\n", "utf-8")
    write("甲.yaml", "指标.yaml")
    own = "指标:\n  改厕: {单位: 座}\n  死亡率: {目标: ≤22}\n"
    Path("甲.yaml").write_text(Path("甲.yaml").read_text("utf-8") + own, encoding="utf-8")
    assert cli("render", "甲.yaml", "--to", "txt").code == 0
    assert SAID in Path("甲.txt").read_text("utf-8")
    twice = Path("甲.yaml").read_text("utf-8").replace("{单位: 座}", "{单位: 座, 数值: 1060}")
    Path("甲.yaml").write_text(twice, encoding="utf-8")
    result = cli("render", "甲.yaml")
    assert (result.code, "[duplicate-key]" in result.err, "甲.yaml:" in result.err) == (2, True, True)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("content", "id"),
    [
        ("甲,乙\n1,2\n", "no-header"),
        ("名称,数指\n改厕,1\n", "unknown-column"),
        ("名称,数值\n改厕,1\n改厕,2\n", "duplicate-key"),
    ],
)
def test_bad_files(cli: Cli, content: str, id: str) -> None:
    """A file that cannot be understood is an error with its place."""
    Path("指标.csv").write_text(content, encoding="utf-8")
    write("甲.yaml", "指标.csv")
    result = cli("render", "甲.yaml")
    assert (result.code, f"[{id}]" in result.err) == (2, True), result.err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("file", ["没有.csv", "../外.csv"])
def test_files_out_of_reach(cli: Cli, file: str) -> None:
    """A file that is missing or lies outside the report's folder is an error where it is named."""
    write("甲.yaml", file)
    result = cli("render", "甲.yaml")
    assert (result.code, "甲.yaml:3:7: 错误" in result.err) == (2, True), result.err
