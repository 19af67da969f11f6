"""指标文件: indicators drawn in from a table or another file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from helpers import GENERAL

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
@pytest.mark.parametrize("file", ["指标.csv", "指标.yaml"])
@pytest.mark.parametrize(("value", "agrees"), [("1059", True), ("", True), ("1060", False), ("约1059", False)])
def test_one_indicator_in_two_places(cli: Cli, file: str, value: str, *, agrees: bool) -> None:
    """What the report and its file both say is no collision while they say the same; what is empty says nothing."""
    Path("指标.csv").write_text("\n".join([HEADER, *ROWS]).replace('"1,059"', "1059") + "\n", "utf-8")
    table = "改厕: {数值: 1059, 单位: 座, 目标: 1000, 上年: 980}\n死亡率: {数值: 20, 单位: /10万, 目标: ≤22}\n"
    Path("指标.yaml").write_text(table, "utf-8")
    write("甲.yaml", file)
    own = f"指标:\n  改厕: {{单位: 座, 数值: {value}, 目标: 1000, 上年: 980}}\n"
    Path("甲.yaml").write_text(Path("甲.yaml").read_text("utf-8") + own, encoding="utf-8")
    result = cli("render", "甲.yaml", "--to", "txt")
    assert ("[duplicate-key]" in result.err, result.code) == ((False, 0) if agrees else (True, 2)), result.err
    assert "“改厕”的“数值”写了两处，不一样。" in result.err or SAID in Path("甲.txt").read_text("utf-8")


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


def rendered(cli: Cli, table: str, report: str, **files: str) -> str:
    """Return the text of a report on a csv of indicators; ``report`` is its last line."""
    Path("指标.csv").write_text(table, encoding="utf-8")
    more = "".join(f"{key}: {value}\n" for key, value in files.items())
    Path("甲.yaml").write_text(f"体裁: 通用\n标题: 甲\n指标文件: 指标.csv\n{more}内容: {report}\n", encoding="utf-8")
    result = cli("render", "甲.yaml", "--to", "txt")
    return Path("甲.txt").read_text("utf-8") if result.code == 0 else result.err


@pytest.mark.usefixtures("here")
def test_a_sheet_as_bureaus_make_it(cli: Cli) -> None:
    """Blanks in names, units behind names and in cells, a title, a total, sections, a serial number, notes."""
    table = (
        "2022年指标完成情况表,,,\n序号,名 称,数 值,单 位\n,一、服务,,\n1,管 理 率,76.5,%\n2,门诊（人次）,10,人次\n"
        '3,改厕,"1,236座",\n4,投诉,/,件\n,合计,5,座\n注：初步数,,,\n填表人：,,,\n'
    )
    said = rendered(cli, table, "管理率{{ 管理率 }}，门诊{{ 门诊 }}，改厕{{ 改厕 }}。")
    assert "管理率76.5%，门诊10人次，改厕1236座。" in said
    assert "“投诉”还没有数值" in rendered(cli, table, "投诉{{ 投诉 }}。")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "head",
    [
        "指标,计量单位,2022年,2021年",
        "项目,单位,本年,上年同期",
        "指标名称,单位,完成数,去年",
        "名称,单位,累计,同期",
        "名称,单位,2022,2021",
    ],
)
def test_years_and_their_words(cli: Cli, head: str) -> None:
    """This year and last, in words or as years against 年度."""
    said = rendered(cli, f"{head}\n改厕,座,12,10\n", "改厕{{ 改厕 }}，{{ 改厕.同比 }}。", 年度="2022")
    assert "改厕12座，增长20%。" in said


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("table", "id"),
    [
        ("名称,单位,2021年,2020年\n改厕,座,12,10\n", "wrong-year"),
        ("2021年指标表,,\n名称,单位,数值\n改厕,座,12\n", "wrong-year"),
        ("名称,单位,本月\n改厕,座,12\n", "wrong-period"),
        ("名称,单位,完成,累计完成\n改厕,座,12,10\n", "double-column"),
        ("名称,单位,数值\n签约率,%,0.925\n", "fraction-percent"),
        ("名称,单位,数值\n改厕,座,1.23E+05\n", "exponent-cell"),
        ("名称,单位,数值\n改厕,座,12(含3座公厕)\n", "remark-in-cell"),
        ("名称,单位,数值\n改厕（户）,座,12\n", "unit-mismatch"),
    ],
)
def test_figures_that_are_not_the_reports(cli: Cli, table: str, id: str) -> None:
    """Another year, a month, a fraction, a date: refused, never printed."""
    assert f"[{id}]" in rendered(cli, table, "共{{ 改厕 }}", 年度="2022")


@pytest.mark.usefixtures("here")
def test_units_behind_names_are_converted(cli: Cli) -> None:
    """门诊（万人次） in an indicator of 人次 becomes 人次; the report's own 单位 counts too."""
    said = rendered(cli, "名称,数值,单位\n门诊（万人次）,2.8,人次\n", "共{{ 门诊 }}")
    assert "28000人次" in said
    said = rendered(cli, "名称,数值\n门诊（万人次）,2.8\n", "共{{ 门诊 }}", 指标="{门诊: {单位: 人次}}")
    assert "28000人次" in said


@pytest.mark.usefixtures("here")
def test_two_sheets_of_indicators(cli: Cli) -> None:
    """Instructions first are passed over; two sheets that both hold indicators are an error that lists them."""
    book = openpyxl.Workbook()
    book.active.title = "填表说明"
    book.active.append(["请逐项填写"])
    sheet = book.create_sheet("年报")
    for row in (["名称", "数值", "单位"], ["改厕", 12, "座"], ["死亡率", 20, "/10万"]):
        sheet.append(row)
    book.save("指标.xlsx")
    Path("甲.yaml").write_text("体裁: 通用\n标题: 甲\n指标文件: 指标.xlsx\n内容: 改厕{{ 改厕 }}\n", "utf-8")
    assert cli("render", "甲.yaml", "--to", "txt").code == 0
    other = book.create_sheet("旧表")
    for row in (["名称", "数值", "单位"], ["改厕", 13, "座"]):
        other.append(row)
    book.save("指标.xlsx")
    result = cli("render", "甲.yaml", "--to", "txt")
    assert (result.code, "[several-sheets]" in result.err, "“年报”、“旧表”" in result.err) == (2, True, True)


@pytest.mark.usefixtures("here")
def test_rows_that_are_no_indicators_are_told(cli: Cli) -> None:
    """Totals, notes, sections and figures without a name are told in one line; a base's file is, too."""
    rows = [HEADER, "一、环境,,,,", *ROWS, "合计,1079,,,", ",12,座,,", "注：初步数,,,,", "填表人：王某,,,,"]
    Path("指标.csv").write_text("\n".join(rows), "utf-8")
    write("甲.yaml", "指标.csv")
    ran = cli("render", "甲.yaml", "--to", "txt")
    said = (
        "指标.csv: 说明 读表：2个指标；不是指标的行：只有名称“一、环境”，合计“合计”，没有名称“12”，"
        "注“注：初步数”，落款“填表人：王某”。 [rows-skipped]"
    )
    assert ran.code == 0
    assert [line for line in ran.err.split("\n") if "rows-skipped" in line] == [said]
    assert "rows-skipped" not in cli("render", "甲.yaml", "--to", "txt", "--quiet").err
    Path("乙.yaml").write_text("继承: 甲.yaml\n单位: 白石镇\n指标:\n  改厕: {数值: 1}\n  死亡率: {数值: 1}\n", "utf-8")
    assert "rows-skipped" in cli("render", "乙.yaml", "--to", "txt").err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("table", "report", "said"),
    [
        ("单位：万元,\n名称,数值\n收入,12\n", "{{ 收入 }}", "12万元"),
        ("名称,数值\n收入,12万元\n", "{{ 收入 }}", "12万元"),
        ("单位：元,\n名称,数值\n收入,12万元\n", "{{ 收入 }}", "12万元"),
        ("名称,数值\n收入（万元）,12\n", "{{ 收入 }}", "12万元"),
        ("名称,数值,单位\n收入合计,12,元\n合计,9,元\n小计,9,元\n", "{{ 收入合计 }}", "12元"),
        ("名称,数值,单位\n改厕,约1200,座\n", "{{ 改厕 }}", "约1200座"),
        ("名称,数值,单位\n签约率,0.5%,%\n", "{{ 签约率 }}", "0.5%"),
        ("名称,数值,单位\n签约率,0,%\n", "{{ 签约率 }}", "0%"),
        ("名称,数值,单位\n签约率,1,%\n", "{{ 签约率 }}", "1%"),
        ("名称,数值,单位,完成率,备注,说明,说明\n改厕,12,座,90,好,甲,乙\n", "{{ 改厕 }}", "12座"),
        ("序号,名称,数值,单位\n1,改厕,12,座\n2,\n,,3,\n", "{{ 改厕 }}", "12座"),
        ("名称,单位,目标,完成\n改厕,座,10,12\n", "{{ 改厕.完成率 }}", "120%"),
        ("名称,单位,目标,完成\n死亡率,/10万,22以内,20\n", "{{ 死亡率.达标 }}", "达标"),
        ("名称,数值,单位\n门诊（万人次）,2.8,人次\n", "{{ 门诊 }}", "28000人次"),
        ("名称,计量单位,数值\n改厕,蹲位,12\n", "{{ 改厕 }}", "12蹲位"),
        ("名称,单位,数值\n改厕,白石镇,12\n", "{{ 改厕 }}", "12"),
        ("名称,单位,数值\n改厕,座,12\n门诊,人次,5\n展板,幅面,3\n", "{{ 改厕 }}，{{ 展板 }}", "12座，3幅面"),
        ("名称,单位,数值\n改厕,白石镇,12\n门诊,白石镇,5\n展板,座,3\n", "{{ 改厕 }}", "12"),
        ("名称,数值,单位\n水厕（户）数,3,座\n", "{{ 水厕（户）数 }}", "3座"),
        ("名称,数值,单位\n改厕,3,座\n（户）,4,座\n", "{{ 改厕 }}", "3座"),
    ],
)
def test_rows_of_indicators(cli: Cli, table: str, report: str, said: str) -> None:
    """Units from wherever they stand, totals and notes aside, estimates and bounds as the report may write them."""
    assert f"共{said}。" in rendered(cli, table, f"共{report}。")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("名称,数值,单位\n改厕（户）,12,座\n", "“改厕（户）”的单位是“户”，另一处写的是“座”"),
        ("名称,数值,数值\n改厕,12,13\n", "“数值”有两列"),
        ("名称,数值,单位,单位\n改厕,12,座,座\n", "“单位”有两列"),
        ("名称,数值\n改厕,12\n改 厕,13\n", "指标“改厕”写了两行"),
        ("名称,数值,单位\n签约率,-0.5,%\n", "“-0.5”是-50%还是-0.5%"),
        ("名称,数值,单位\n改厕,2023-05-09,座\n", "这一格是日期“2023-05-09”"),
        ("名称,数值,单位\n门诊（万人次）,2—3,人次\n", "“2—3”写在另一种单位的列里，换算不了"),
        ("名称,数值,单位\n门诊（万人次）,约2,人次\n", "“约2”是约数"),
        ("名称,数值,甲乙\n改厕,12,3\n", "不认识的列“甲乙”"),
    ],
)
def test_rows_that_cannot_be_read(cli: Cli, table: str, message: str) -> None:
    """What is written twice, in two units, or as something else than a figure is told with its words."""
    assert message in rendered(cli, table, "共{{ 改厕 }}")


DECLARED = "{收入: {单位: 万元}, 门诊: {单位: 人次}, 管理率: {单位: '%'}}"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("单位：元,,\n名称,数值,上年\n收入,5000000,4000000\n", "500万元，增长25%"),
        ("单位：元、人次,,\n名称,数值,上年\n门诊,9,8\n收入,5000000,4000000\n", "500万元，增长25%"),
        ("指标表（千元）,,\n名称,数值,上年\n收入,5000,4000\n", "500万元，增长25%"),
        ("名称,数值,上年,单位\n收入,5000000,4000000,元\n", "500万元，增长25%"),
        ("名称,数值,上年,单位\n收入,500,400,万元\n", "500万元，增长25%"),
        ("单位：元,,\n名称,数值,上年,单位\n收入,500,400,万元\n", "500万元，增长25%"),
        ("单位：元,,\n名称,数值,上年\n收入（百万元）,5,4\n", "500万元，增长25%"),
        ("单位：元,,\n名称,数值,上年\n收入,500万元,400万元\n", "500万元，增长25%"),
        ("名称,数值,上年\n收入,5000000元,4000000元\n", "500万元，增长25%"),
        ("单位：人次,,\n名称,数值,上年\n收入,500,400\n门诊,9,8\n", "500万元，增长25%"),
        ("名称,2022年（元）,2021年（元）\n收入,5000000,4000000\n", "500万元，增长25%"),
        ("名称,数值（元）,上年（元）\n收入,5000000,4000000\n门诊,9,8\n", "500万元，增长25%"),
        ("名称,计量单位,本年（元）,上年（元）\n收入,,5000000,4000000\n门诊,人次,9,8\n", "500万元，增长25%"),
        ("名称,人数,上年人数\n门诊,9,8\n收入,500,400\n", "500万元，增长25%"),
    ],
)
def test_units_beside_a_declared_one(cli: Cli, table: str, said: str) -> None:
    """Once the report declares a unit, what a caption, a column or a bracket says is converted to it."""
    assert f"共{said}。" in rendered(cli, table, "共{{ 收入 }}，{{ 收入.同比 }}。", 指标=DECLARED, 年度="2022")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("单位：元、千元,\n名称,数值\n收入,5000\n", "表上写了“元”、“千元”，不知道“收入”是哪一种"),
        ("单位：元、人次,\n名称,数值\n支出,5000\n", "表上写了“元”、“人次”，不知道“支出”是哪一种"),
        ("单位：人,\n名称,数值\n收入,5000\n", "“收入”的单位是“人”，另一处写的是“万元”"),
        ("名称,数值（元）,上年（万元）\n收入,5000000,400\n", "表上写了“元”、“万元”，不知道“收入”是哪一种"),
        ("名称,数值（元）\n收入（万元）,500\n", "“收入”的单位是“万元”，表头写的是“元”"),
        ("名称,数值,单位\n收入,500,人\n", "“收入”的单位是“人”，另一处写的是“万元”"),
        ("名称,数值,上年\n收入,5000000元,4000000\n", "“5000000元”写了单位，“4000000”没有写"),
        ("名称,数值,上年\n收入,500,4000000元\n", "“4000000元”写了单位，“500”没有写"),
        ("名称,数值,目标\n收入,500,4000000元\n", "“4000000元”写了单位，“500”没有写"),
    ],
)
def test_units_that_may_be_either(cli: Cli, table: str, message: str) -> None:
    """Two units that a figure may be in, or one that it cannot be in, are refused at their place."""
    said = rendered(cli, table, "共{{ 收入 }}。", 指标=DECLARED)
    assert (message in said, "[unit-mismatch]" in said) == (True, True), said


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("门急诊人次,9,8", "门急诊9人次，增长12.5%"),
        ("门急诊量（人次）,9,8", "门急诊9人次，增长12.5%"),
        ("门 急 诊（含村室）,9,8", "门急诊9人次，增长12.5%"),
        ("门急诊,9,8\n门急诊人次,9,8", "指标“门急诊”写了两行"),
        ("两可,9,8", "“门急诊”还没有数值"),
        ("急诊,9,8", "“门急诊”还没有数值"),
    ],
)
def test_a_row_under_another_name(cli: Cli, row: str, said: str) -> None:
    """A 别名 names a row as it names a column; what two indicators claim, or an indicator's own name, is no other's."""
    names = "[门急诊人次, 门急诊量, 门急诊（含村室）, 两可, 急诊]"
    own = f"{{门急诊: {{单位: 人次, 别名: {names}}}, 急诊: {{单位: 人次}}, 村: {{别名: 两可}}}}"
    told = rendered(cli, f"项目,本年,上年\n{row}\n", "门急诊{{ 门急诊 }}，{{ 门急诊.同比 }}。", 指标=own)
    assert said in told


@pytest.mark.usefixtures("here")
def test_a_caption_of_several_units_is_refused_once(cli: Cli) -> None:
    """Of many rows nobody knows which unit is theirs: that is told once, and a column of units settles it."""
    rows = "人口,5,人次\n药费,6,万元\n出院人次,7,人次\n"
    bare = "\n".join(row.rpartition(",")[0] for row in rows.splitlines())
    said = rendered(cli, f"单位：人次、万元,\n名称,数值\n{bare}\n", "药费{{ 药费 }}。")
    assert said.count("[unit-mismatch]") == 1
    assert "不知道“人口”、“药费”、“出院人次”是哪一种。" in said
    assert "→ 请加一列“计量单位”，或把单位写在名称后面，如“出院人次（人次）”。" in said
    assert "药费6万元。" in rendered(cli, f"单位：人次、万元,,\n名称,数值,计量单位\n{rows}", "药费{{ 药费 }}。")


@pytest.mark.usefixtures("here")
def test_a_change_in_the_unit_of_its_row(cli: Cli) -> None:
    """What a sheet computed of figures in 万人次 is in 万人次."""
    for change, told in (("0.3", False), ("0.4", True)):
        Path("表.csv").write_text(f"名称,单位,本年,上年,增减\n门诊,万人次,2.8,2.5,{change}\n", "utf-8")
        Path("a.yaml").write_text(f"{GENERAL}指标文件: 表.csv\n指标: {DECLARED}\n内容: 门诊{{{{ 门诊 }}}}。\n", "utf-8")
        assert ("derived-mismatch" in cli("render", "a.yaml", "-o", "a.txt").err) == told


@pytest.mark.usefixtures("here")
def test_conversions_are_told(cli: Cli) -> None:
    """Which indicators were converted, and from what, is told in one line; what is in its own unit is not."""
    table = "单位：元,,\n名称,数值\n收入,5000000\n门诊,9\n"
    Path("指标.csv").write_text(table, encoding="utf-8")
    Path("甲.yaml").write_text(f"体裁: 通用\n标题: 甲\n指标文件: 指标.csv\n指标: {DECLARED}\n内容: 甲\n", "utf-8")
    ran = cli("render", "甲.yaml", "--to", "txt")
    assert "指标.csv: 说明 读表：换算了单位：“收入”元→万元。 [units-converted]" in ran.err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("format", "name", "said"),
    [('0"元"', "收入", "500万元"), ("0.00,", "收入", "[scaled-cell]"), ("0.00,", "收入（千元）", "500万元")],
)
def test_units_that_a_format_shows(cli: Cli, format: str, name: str, said: str) -> None:
    """A cell counts as its format shows it: 5000000元 is 500万元; thousands without a unit are refused."""
    book = openpyxl.Workbook()
    book.active.append(["名称", "数值"])
    book.active.append([name, 5000000])
    book.active["B2"].number_format = format
    book.save("指标.xlsx")
    text = f"体裁: 通用\n标题: 甲\n指标文件: 指标.xlsx\n指标: {DECLARED}\n内容: 共{{{{ 收入 }}}}。\n"
    Path("甲.yaml").write_text(text, encoding="utf-8")
    ran = cli("render", "甲.yaml", "--to", "txt")
    assert said in (Path("甲.txt").read_text("utf-8") if ran.code == 0 else ran.err)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("line", "id"),
    [
        ("一、收入（元）", "unclear-section"),
        ("（元）", "unclear-section"),
        ("单位：元", "unclear-section"),
        ("二、上年", "unclear-section"),
        ("2021年", "unclear-section"),
        ("1—11月", "unclear-section"),
        ("计划数", "unclear-section"),
        ("以下为上年数", "unclear-section"),
        ("注：以下按元计", "unclear-section"),
        ("（上年）", "unclear-section"),
        ("按元统计", "unclear-section"),
        ("注：收入以元计", "unclear-unit"),
        ("注：以下为决算数", ""),
        ("二、重点任务", ""),
        ("一、收入（万元）", ""),
        ("注：上年为快报数", ""),
        ("2022年", ""),
    ],
)
def test_sections_of_indicators(cli: Cli, line: str, id: str) -> None:
    """A row of a name alone that makes those below it another year's or unit's is refused; other sections are not."""
    table = f"序号,名称,数值\n1,门诊,5\n,{line},\n2,收入,500\n"
    said = rendered(cli, table, "共{{ 收入 }}。", 指标=DECLARED, 年度="2022")
    assert (f"[{id}]" if id else "共500万元。") in said
    said = rendered(cli, table.replace(f",{line}", f"二,{line}"), "共{{ 收入 }}。", 指标=DECLARED, 年度="2022")
    assert id == "" or f"[{id}]" in said


@pytest.mark.usefixtures("here")
def test_units_below_indicators(cli: Cli) -> None:
    """A caption below the table is refused where a figure has no unit of its own; the hint, to move it up, works."""
    table = "名称,数值\n收入,5000000\n单位：元,\n"
    assert "[unclear-unit]" in rendered(cli, table, "共{{ 收入 }}。", 指标=DECLARED)
    moved = "单位：元,\n名称,数值\n收入,5000000\n"
    assert "共500万元。" in rendered(cli, moved, "共{{ 收入 }}。", 指标=DECLARED)
    assert "共500万元。" in rendered(cli, table.replace("收入,", "收入（元）,"), "共{{ 收入 }}。", 指标=DECLARED)
    for note in ("注：收入以元计", "（元）", "注：门诊以人次计，收入以元计"):
        said = rendered(cli, table.replace("单位：元", note), "共{{ 收入 }}。", 指标=DECLARED)
        assert "[unclear-unit]" in said
    said = rendered(cli, table.replace("单位：元", "注：收入以万元计"), "共{{ 收入 }}。", 指标=DECLARED)
    assert "共5000000万元。" in said


@pytest.mark.usefixtures("here")
def test_an_indicator_that_nobody_filled_in(cli: Cli) -> None:
    """A declared indicator without a figure is no section, whatever year is in its name."""
    table = "名称,数值\n上年结余,\n收入,500\n"
    assert "共500万元。" in rendered(cli, table, "共{{ 收入 }}。", 指标="{上年结余: {单位: 元}, 收入: {单位: 万元}}")
    assert "[unclear-section]" in rendered(cli, table, "共{{ 收入 }}。", 指标=DECLARED)
    assert "共500万元。" in rendered(cli, table.replace("结余,", "结余,/"), "共{{ 收入 }}。", 指标=DECLARED)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("empty", ["诊室,个,,\n", "诊室,个,,\n接种率,%,,\n", "接种率,%,,\n诊室,个,,\n巡诊,场,,\n"])
def test_rows_at_the_top_that_nobody_filled_in(cli: Cli, empty: str) -> None:
    """The first indicators may have a unit and no figure: they are no second row of the header."""
    table = f"名称,单位,数值,上年\n{empty}床位,张,30,28\n"
    said = rendered(cli, table, "床位{{ 床位 }}[[，诊室{{ 诊室 }}]]。")
    assert "床位30张。" in said
    assert "names-nowhere" not in said
    assert "还没有数值" in rendered(cli, table, "诊室{{ 诊室 }}。")


@pytest.mark.parametrize("line", ["各项收入均以元为单位统计", "注：收入以元计"])
def test_a_line_that_speaks_of_a_unit(cli: Cli, here: Path, line: str) -> None:
    """A line that is no caption and speaks of a unit that would change a figure is refused."""
    (here / "表.csv").write_text(f"{line},\n名称,数值\n收入,500000\n", encoding="utf-8")
    report = f"{GENERAL}落款: 无\n指标文件: 表.csv\n指标: {{收入: {{单位: 万元}}}}\n内容: '{{{{ 收入 }}}}'\n"
    (here / "甲.yaml").write_text(report, encoding="utf-8")
    assert "[unclear-unit]" in cli("render", "甲.yaml").err
    (here / "表.csv").write_text(f"{line.replace('元', '万元')},\n名称,数值\n收入,50\n", encoding="utf-8")
    assert cli("render", "甲.yaml").code == 0


@pytest.mark.usefixtures("here")
def test_what_a_rate_over_100_is_told_to_say(cli: Cli) -> None:
    """A column 可超过100 silences it for its row, as the hint says."""
    Path("甲.yaml").write_text(f"{GENERAL}指标文件: 甲.csv\n内容: '{{{{ 签约率 }}}}'\n", "utf-8")
    Path("甲.csv").write_text("名称,单位,数值\n签约率,%,120\n", "utf-8")
    assert "加一列“可超过100”，这一行写“是”" in cli("render", "甲.yaml", "--to", "txt").err
    Path("甲.csv").write_text("名称,单位,数值,可超过100\n签约率,%,120,是\n", "utf-8")
    done = cli("render", "甲.yaml", "--to", "txt")
    assert (done.code, "rate-over-100" in done.err) == (0, False)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("number", ["1,236", "12,236.5", "1,236,000"])
def test_a_comma_that_parts_a_number_of_a_csv(cli: Cli, number: str) -> None:
    """A row that is longer than its header is refused: 1,236 would be 1, and 236 last year's figure."""
    table = "名称,数值,上年\n门诊,{},1\n住院,5,4\n"
    told = rendered(cli, table.format(number), "门诊{{ 门诊 }}")
    assert re.findall(r"指标\.csv:(\d+):\d+: 错误 (.*)。 \[(.*)\]", told) == [
        ("2", f"这一行有{number.count(',') + 3}格，表头只有3列，后面的数对不上列了", "beyond-header")
    ]
    assert number in rendered(cli, table.format(f'"{number}"'), "门诊{{ 门诊 | 千分位 }}") or number.count(",") > 1
    assert "门诊" in rendered(cli, table.format(number.replace(",", "")), "门诊{{ 门诊 }}")


@pytest.mark.usefixtures("here")
def test_a_comma_that_parts_a_number_of_a_township(cli: Cli) -> None:
    """The same of the townships' sheet: 1,236 would move every figure behind it one column on."""
    Path("底稿.yaml").write_text(f"{GENERAL}指标: {{门诊: , 住院: }}\n内容: 门诊{{{{ 门诊 }}}}。\n", "utf-8")
    Path("表.csv").write_text("单位,门诊,住院\n白石镇,1,236,5\n青山镇,12,6\n", "utf-8")
    assert "表.csv:2:11: 错误 这一行有4格，表头只有3列" in cli("batch", "底稿.yaml", "--data", "表.csv").err
    Path("表.csv").write_text('单位,门诊,住院\n白石镇,"1,236",5\n青山镇,12,6\n', "utf-8")
    assert cli("batch", "底稿.yaml", "--data", "表.csv").code == 0
