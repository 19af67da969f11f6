"""How a sheet was read, line for line: what each column became and why, and what each row is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from healthreport.reading.tables import plain
from helpers import GENERAL
from sheets_data import base, read, sheet
from test_sheet_examples import MONTHS, POPULATION, PROGRESS, TRANSPOSED, VISITS

if TYPE_CHECKING:
    from conftest import Cli
    from healthreport.reading.tables.sheets import Sheet
    from healthreport.reading.yaml.nodes import Mapping

EXPECTED = Path(__file__).parent / "data" / "readings"
YEAR = """
2023年槐溪县妇幼健康统计表
|||||||||||||||||计量单位：人
序号|片区|单位|孕产妇|||||||||分娩||||接种||备注|日期|建册率
|||完成数|任务数|上年|上年任务数|完成率|同比|2021年|上年增减|其中：高危|合计|城镇|农村|本月|应种|完成|||
1|东片|白石镇|90|100|80|95|90|12.5|70|8|5|50|20|30|4|10|9|好|2023-12-30|91
2||青山镇|80|100|80|95|80|0|70|7|5|50|20|30|4|10|9||2023-12-30|92
||东片小计|170|200|160|190|85|6.25|140|15|10|100|40|60|8|20|18|||
||一、县直||||||||||||||||||
3|县直|中医院|9|10|8|9|90|12.5|7|1|5|5|2|3|4|10|9||2023-12-31|93
||其中：东院|1|2|1|1|50|0|1|1|1|1|1||1|1|1|||
||合计|179|210|168|199|85.2|6.5|147|16|15|105|42|63|12|30|27|||
||平均|60||||||||||||||||||
||比上年增长%|6.5||||||||||||||||||
注：初步数
填表人：王某
"""
INDICATORS = "孕产妇 人\n分娩 人\n接种 剂次\n建册率: {公式: 孕产妇 / 分娩, 单位: '%'}"
ROWS = """
附件2|||||
槐溪县2023年统计表|||||
||医疗服务||投入|
序号|单位|门诊|签约|投资|备注
||人次|人|万元|
甲|乙|1|2|3|4
1|白石镇|5|4|3|
2|青山镇|6|5|4|好
|合计|11|9|7|
"""
CELLS = """
单位|门诊人次（万人次）|门诊人次2022年（人次）|门诊人次.目标（人次）|签约率%|其中：高危|改厕_上年|改厕/座|耕地(01)
白石镇|1.2|10000|13000|80|5|7|8|9
青山镇|1.3|10000|13000|81|6|7|8|9
"""
HIDDEN = sheet("单位|门诊|签约\n白石镇|5|4\n青山镇|6|/\n云台镇|7|—")
HIDDEN.hidden_rows = HIDDEN.hidden_columns = frozenset({2})
VISITED = "门诊 人次\n签约 人"
SHEETS: dict[str, tuple[str | Sheet, Mapping]] = {
    "任务": (PROGRESS, base("签约: {单位: 人, 别名: 家庭医生签约}\n老年人体检 人")),
    "两年": (VISITS, base("门急诊人次 人次")),
    "横表": (TRANSPOSED, base("常住人口 人\n六十五岁及以上: {单位: 人, 别名: 65岁及以上}\n签约率 %")),
    "本月": (MONTHS, base("门诊人次 人次\n出院人次 人次", more="期间: 11月")),
    "男女": (sheet(POPULATION, "B1:C1"), base("户籍人口 人\n改厕: {单位: 户, 别名: 农村改厕}")),
    "全部": (YEAR, base(INDICATORS)),
    "并排": ("单位|改厕||单位|改厕\n白石镇|120||云台镇|-\n青山镇|无||合计|300", base("改厕 座")),
    "几行": (
        "单位|项目|改厕（万座）|分项\n白石镇|本年|1.2|\n白石镇|上年|1|\n青山镇|本年|8|\n青山镇|上年|7|",
        base("改厕 座"),
    ),
    "栏次": (ROWS, base("门诊 人次\n签约 人\n投资 元")),
    "一格": (CELLS, base("门诊人次 人次\n签约率 %\n改厕 座\n耕地 亩")),
    "隐藏": (HIDDEN, base(VISITED)),
    "计量": ("机构|单位|改厕\n白石镇|座|12\n青山镇|座|8", base("改厕 座")),
    "无词": ("2023年各镇情况||\n|门诊|签约\n白石镇|5|4\n青山镇|6|5\n全县|11|9", base(VISITED)),
    "斜线": ("指标\\单位|白石镇|青山镇|合计\n门诊|5|4|9\n签约|3|2|5\n注：初步数|||", base(VISITED)),
    "横题": ("单位：人||||\n指标|白石镇|青山镇|合计|\n门诊|5|4|9|\n签约（万人）|3|2|5|", base("门诊 人\n签约 人")),
    "长表": (
        "2023年统计表||\n单位|指标|数值\n白石镇|门诊|5\n白石镇|签约|4\n青山镇|门诊|3\n青山镇|签约|2\n合计|门诊|8\n合计|签约|6",
        base(VISITED),
    ),
    "编号": ("单位|门诊\n1.白石镇|5\n2.青山镇|6\n（一）小计|11\n3.云台镇|4\n合计|15\n占全县%|50", base("门诊 人次")),
    "空行": ("单位|门诊||签约\n白石镇|5||4\n|||\n青山镇|6||5\n||9|\n", base(VISITED)),
    "分项": ("单位|签约|\n|新签|续签\n白石镇|3|4", base("签约: {单位: 人, 分项: {新签: , 续签: }}")),
}


@pytest.mark.parametrize("name", SHEETS)
def test_the_whole_understanding(name: str) -> None:
    """Every column and every row, with its reason, as ``batch --show-reading`` lists them."""
    table, on = SHEETS[name]
    said = "".join(f"{line}\n" for line in read(table, on).reading.lines())
    assert said == (EXPECTED / f"{name}.txt").read_text("utf-8")


@pytest.mark.usefixtures("here")
def test_a_row_that_goes_on_is_no_empty_one(cli: Cli) -> None:
    """A row whose name is merged with the one above belongs to that township, and is called so."""
    book = openpyxl.Workbook()
    for row in (["单位", "门诊"], ["白石镇", 12], ["青山镇", 13], [None, 2], ["红岭镇", 3]):
        book.active.append(row)
    book.active.merge_cells("A3:A4")
    book.save("表.xlsx")
    Path("全县.yaml").write_text(f"{GENERAL}指标: {{门诊: {{单位: 人次}}}}\n内容: 门诊{{{{ 门诊 }}}}。\n", "utf-8")
    shown = cli("batch", "全县.yaml", "--data", "表.xlsx", "--show-reading").out
    assert "  A4 并入上面的单位：青山镇\n" in shown
    assert "空行" not in shown


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("options", [(), ("--ignore-columns",)])
def test_a_sheet_of_which_no_column_is_known(cli: Cli, options: tuple[str, ...]) -> None:
    """One cause, one message: each column is told, with what it may be called; to leave all of them out is no way."""
    Path("表.csv").write_text("单位,户厕改造数,就诊\n白石镇,12,5\n", "utf-8")
    on = "指标: {农村厕屋: {单位: 座}, 门诊: {单位: 人次}}\n内容: 门诊{{ 门诊 }}。\n"
    Path("全县.yaml").write_text(GENERAL + on, "utf-8")
    told = cli("batch", "全县.yaml", "--data", "表.csv", *options).err
    assert re.findall(r"\[([a-z-]+)\]$", told, re.MULTILINE) == ["unknown-column"] * 2
    assert "--ignore-columns" not in told
    assert "请把列名改成它的名称（农村厕屋、门诊），或在这个指标里写“别名”；各列都不认识，没有一列能用。" in told
    Path("表.csv").write_text("单位,农村厕屋,门诊\n白石镇,12,5\n", "utf-8")
    assert cli("batch", "全县.yaml", "--data", "表.csv").code == 0


@pytest.mark.parametrize(
    ("count", "told"), [(0, ""), (1, "甲0"), (3, "甲0、甲1、甲2"), (4, "甲0、甲1、甲2等4份"), (9, "甲0、甲1、甲2等9份")]
)
def test_a_list_that_is_cut(count: int, told: str) -> None:
    """Of a long list the first are told, and how many there are; all of one that is no longer than is told."""
    assert plain.listed([f"甲{number}" for number in range(count)], 3, "份") == told
