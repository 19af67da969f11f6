"""Ten sheets as bureaus make them, with exactly the right figures, warnings and refusals."""

from __future__ import annotations

import pytest

from healthreport.townships import rows
from sheets_data import base, failures, figures, read, refusals, sheet, values, warnings

PROGRESS = """
2023年重点工作进展表
填报单位：槐溪县卫生健康局||| 单位：人、%
单位|家庭医生签约|||老年人体检||
|任务数|完成数|完成率|任务数|完成数|完成率
全 县|4300|4112|95.6|2100|1985|94.5
白石镇|1800|1766|98.1|900|871|96.8
注溪镇|1500|1380|92.0|700|640|91.4
青山镇|1000|966|96.6|500|474|94.8
注：1.数据截至12月31日。
"""


def test_tasks_and_what_was_done() -> None:
    """任务数 is the target, 完成数 the value, 完成率 is compared; 注溪镇 is a township, the last row a note."""
    on = base("签约: {单位: 人, 别名: 家庭医生签约}\n老年人体检 人")
    townships = read(PROGRESS, on)
    assert figures(townships, on) == {
        "白石镇": {"签约": "1766", "签约.目标": "1800", "老年人体检": "871", "老年人体检.目标": "900"},
        "注溪镇": {"签约": "1380", "签约.目标": "1500", "老年人体检": "640", "老年人体检.目标": "700"},
        "青山镇": {"签约": "966", "签约.目标": "1000", "老年人体检": "474", "老年人体检.目标": "500"},
    }
    assert warnings(townships) == []
    assert "核对的列：家庭医生签约 / 完成率、老年人体检 / 完成率" in townships.reading.short()
    assert "注“注：1.数据截至12月3…”" in townships.reading.short()


VISITS = """
机构名称|门急诊人次（万人次）||增减%
|2023年1—12月|2022年同期|
白石镇中心卫生院|2.8|2.5|12.0
青山镇卫生院|1.36|1.4|-2.1
云台镇卫生院|0.95|0.88|8.0
合计|5.11|4.78|6.9
"""


def test_years_and_ten_thousands() -> None:
    """2023年 is the value and 2022年 last year's; 万人次 becomes 人次; a wrong 增减% is warned of."""
    townships = read(VISITS, "门急诊人次 人次")
    assert figures(townships) == {
        "白石镇中心卫生院": {"门急诊人次": "28000", "门急诊人次.上年": "25000"},
        "青山镇卫生院": {"门急诊人次": "13600", "门急诊人次.上年": "14000"},
        "云台镇卫生院": {"门急诊人次": "9500", "门急诊人次.上年": "8800"},
    }
    (problem,) = townships.problems
    assert (problem.id, problem.position.cell) == ("derived-mismatch", "D4")
    assert "表里是-2.1%，按表里的数算是-2.9%" in problem.message


def test_years_in_the_report_of_the_next_year() -> None:
    """In a report of 2024 the same sheet has no figure of the year: refused, with the years that it has."""
    (problem,) = refusals(VISITS, base("门急诊人次 人次", year=2024))
    assert (problem.id, problem.position.cell) == ("wrong-year", "B2")
    assert "2023年1—12月" in problem.message
    assert "没有报告的2024年" in problem.message


def test_the_caption_is_for_headings_without_a_unit() -> None:
    """单位：元 above the table converts the columns that say nothing themselves; the heading wins where it does."""
    townships = read(
        """
        各卫生院收支情况表
        |||单位：元
        单位名称|业务收入（万元）|药品收入|财政补助
        白石镇卫生院|693.5|2104000|1580000
        青山镇卫生院|402.18|1195600|961000
        小计|1095.68|3299600|2541000
        """,
        "业务收入 万元\n药品收入 万元\n财政补助 万元",
    )
    assert figures(townships) == {
        "白石镇卫生院": {"业务收入": "693.5", "药品收入": "210.4", "财政补助": "158"},
        "青山镇卫生院": {"业务收入": "402.18", "药品收入": "119.56", "财政补助": "96.1"},
    }
    assert warnings(townships) == []
    assert "药品收入（元×1/10,000）" in townships.reading.short()


def test_fractions_in_a_column_of_per_cent() -> None:
    """0.925 beside 93.1 is 92.5% or 0.925%: refused at the cell with both readings, never printed."""
    townships = read(
        """
        乡镇|建档率（%）|规范管理率
        白石镇|0.925|82.4%
        青山镇|93.1|0.816
        云台镇|0.9|79.5%
        """,
        "建档率 %\n规范管理率 %",
    )
    found = {name: [(one.position.cell, one.message) for one in ones] for name, ones in failures(townships).items()}
    assert found == {
        "白石镇": [("B2", "“0.925”是92.5%还是0.925%，看不出来。")],
        "青山镇": [("C3", "“0.816”是81.6%还是0.816%，看不出来。")],
        "云台镇": [("B4", "“0.9”是90%还是0.9%，看不出来。")],
    }


def test_sections_with_figures() -> None:
    """一、 and 二、 with figures are subtotals that add up, the total on top is theirs, 其中 is a part: five units."""
    townships = read(
        """
        单位|床位（张）|诊疗人次（人次）
        总  计|642|210350
        一、县直医疗机构|420|121500
        县人民医院|300|90100
        县中医院|120|31400
        二、乡镇卫生院|222|88850
        白石镇中心卫生院|99|41200
        　其中：双溪分院|20|6100
        青山镇卫生院|68|25650
        总铺镇卫生院|55|22000
        """,
        "床位 张\n诊疗人次 人次",
    )
    assert values(townships, "床位") == {
        "县人民医院": "300",
        "县中医院": "120",
        "白石镇中心卫生院": "99",
        "青山镇卫生院": "68",
        "总铺镇卫生院": "55",
    }
    assert warnings(townships) == []
    told = townships.reading.short()
    assert "分段“一、县直医疗机构”、“二、乡镇卫生院”" in told
    assert "其中“其中：双溪分院”" in told


def test_two_tables_side_by_side() -> None:
    """The right half goes on below the left one; the total at its foot is that of both."""
    townships = read(
        """
        单位|改厕（座）||单位|改厕（座）
        白石镇|120||云台镇|96
        青山镇|85||合水镇|71
        全州镇|64||合计|436
        """,
        "改厕 座",
    )
    expected = {"白石镇": "120", "青山镇": "85", "全州镇": "64", "云台镇": "96", "合水镇": "71"}
    assert values(townships, "改厕") == expected
    assert warnings(townships) == []
    assert "几张表接在一起" in townships.reading.short()
    assert townships.place(3).cell == "D2"


TRANSPOSED = """
指标|计量单位|全县|白石镇|青山镇|其中口乡
一、人口|||||
常住人口|人|56120|28000|18120|10000
#65岁及以上|人|8911|4520|2881|1510
二、服务|||||
签约率|%|80.9|82.1|79.6|80.0
"""


@pytest.mark.parametrize("aliased", [True, False])
def test_indicators_down_and_townships_across(aliased: bool) -> None:
    """A transposed sheet: 全县 is the total, # a part of the row above unless an alias says so, 其中口乡 a township."""
    alias = ", 别名: 65岁及以上" if aliased else ""
    townships = read(TRANSPOSED, f"常住人口 人\n六十五岁及以上: {{单位: 人{alias}}}\n签约率 %")
    assert values(townships, "常住人口") == {"白石镇": "28000", "青山镇": "18120", "其中口乡": "10000"}
    assert values(townships, "签约率") == {"白石镇": "82.1", "青山镇": "79.6", "其中口乡": "80.0"}
    old = {"白石镇": "4520", "青山镇": "2881", "其中口乡": "1510"} if aliased else {}
    assert values(townships, "六十五岁及以上") == old
    assert warnings(townships) == []
    assert townships.place(1).cell == "E1"
    assert "指标在行、单位在列" in townships.reading.short()


MONTHS = """
单位|门诊人次||出院人次|
|本月|本月止累计|本月|本月止累计
白石镇卫生院|2310|26800|96|1120
青山镇卫生院|1405|15930|51|604
上年同期|3302|39870|140|1650
增减%|12.5|7.2|5.0|4.5
"""


def test_month_beside_the_year() -> None:
    """A yearly report takes 累计, never 本月, and says so; the rows of comparison below belong to the total."""
    townships = read(MONTHS, "门诊人次 人次\n出院人次 人次")
    assert figures(townships) == {
        "白石镇卫生院": {"门诊人次": "26800", "出院人次": "1120"},
        "青山镇卫生院": {"门诊人次": "15930", "出院人次": "604"},
    }
    assert warnings(townships) == []
    assert "没有用的列：门诊人次 / 本月、出院人次 / 本月" in townships.reading.short()
    assert "对比“上年同期”、“增减%”" in townships.reading.short()


def test_a_row_of_comparison_that_is_wrong() -> None:
    """增减% below a total is computed from the total and 上年同期: a difference is told at its cell."""
    townships = read(MONTHS.replace("增减%|12.5|7.2", "增减%|12.5|9.9"), "门诊人次 人次\n出院人次 人次")
    assert warnings(townships) == [("derived-mismatch", "C6")]


def test_a_report_of_one_month() -> None:
    """A report of a month takes 本月, never 累计."""
    on = base("门诊人次 人次\n出院人次 人次", more="期间: 11月")
    assert values(read(MONTHS, on), "门诊人次") == {"白石镇卫生院": "2310", "青山镇卫生院": "1405"}


def test_cells_as_they_are_typed() -> None:
    """Spaces and full width go, / and － are no figure, 1.1万 is 11000; estimates and remarks fail their township."""
    townships = read(
        """
        单 位|接种剂次|有效投诉
        白 石 镇|1,236|/
        青山镇 |１２８０|0
        云台镇|约960|2(含1件重复)
        注滋口镇|1.1万|－
        合  计|4,576|2
        """,
        "接种 剂次\n投诉: {单位: 件, 别名: 有效投诉}",
    )
    assert figures(townships) == {
        "白石镇": {"接种": "1,236"},
        "青山镇": {"接种": "1280", "投诉": "0"},
        "注滋口镇": {"接种": "11000"},
    }
    assert [(one.position.cell, one.id) for one in failures(townships)["云台镇"]] == [
        ("B4", "rough-number"),
        ("C4", "remark-in-cell"),
    ]
    assert "请只写2" in failures(townships)["云台镇"][1].hint
    total = townships.problems[0]
    assert total.position.cell == "B6"
    assert "各行之和13516剂次不符：表里写的是4576剂次，差8940剂次" in total.message
    assert "有1格读不出数" in total.hint
    assert "“/”“－”当作没有数（C2、C5）" in townships.reading.short()


POPULATION = """
镇（街道）|户籍人口||农村改厕
|男|女|户
合作街道|13000|12650|310
均安镇|9800|9710|295
待补镇|7600|7450|188
"""


def test_a_sub_heading_that_is_another_unit() -> None:
    """户 below 农村改厕 is no 座: refused with both; without an alias the heading is not known, and both are named."""
    (problem,) = refusals(POPULATION, "户籍人口 人\n改厕: {单位: 座, 别名: 农村改厕}")
    assert (problem.id, problem.position.cell) == ("unit-mismatch", "D2")
    assert "“户”" in problem.message
    assert "“座”" in problem.message
    (problem,) = refusals(POPULATION, "户籍人口 人\n改厕 座")
    assert "没有“农村改厕（户）”这个指标或字段，是否为“改厕（座）”？" in problem.message


def test_men_and_women_are_added_up() -> None:
    """男 and 女 make the whole, and it is said; a row of 待补镇 is a township."""
    townships = read(sheet(POPULATION, "B1:C1"), "户籍人口 人\n改厕: {单位: 户, 别名: 农村改厕}")
    assert values(townships, "户籍人口") == {"合作街道": "25650", "均安镇": "19510", "待补镇": "15050"}
    assert "户籍人口（男、女之和）" in townships.reading.short()


@pytest.mark.parametrize(
    "table",
    [
        "单位|改厕\n白石镇|12",
        "各镇改厕统计表|\n单位|2023年\n白石镇|12",
        "指标|白石镇|青山镇\n改厕|12|5\n床位|3|4",
    ],
)
def test_the_sheet_with_the_table(table: str) -> None:
    """Of several sheets the one whose header, title or rows name an indicator; a list of telephones is none."""
    others = [sheet("单位|电话\n白石镇|5", name="通讯录"), sheet("请逐项填写|", name="说明")]
    wanted = sheet(table, name="表2")
    assert rows.choose([*others, wanted], base("改厕 座\n床位 张")) is wanted
    assert rows.choose([wanted, *others], base("改厕 座\n床位 张")) is wanted
