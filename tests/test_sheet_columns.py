"""What each column of a sheet becomes: by its headings, the document's year and the units, never by its place."""

from __future__ import annotations

import pytest

from healthreport.reading.yaml.nodes import Mapping, Scalar, Source
from healthreport.reading.yaml.parse import parse
from healthreport.townships import rows
from sheets_data import base, failures, figures, listed, read, refusals, sheet, values, warnings

BOTH = "门诊 人次\n签约 人"


def amiss(table: str, under: str, id: str, *words: str, year: int = 2023, more: str = "") -> list[str]:
    """Return what is amiss with the refusal of a sheet: other reasons than this one, what its message does not say."""
    problems = refusals(table, base(under, year, more))
    if [one.id for one in problems] != [id]:
        return [f"{one.id}: {one.message}" for one in problems] or ["it is read"]
    (problem,) = problems
    return [word for word in words if word not in problem.message] + ([] if problem.hint else ["no way out"])


@pytest.mark.parametrize(
    "value",
    listed(
        "数值 数量 完成 完成数 完成情况 实际 实际完成数 本年 本年数 今年 全年 本期 当期值 累计 本年累计 截至目前\n"
        "2023年 23年 2023 2023.0 2023全年 2023年末 2023年1—12月 截至2023年12月"
    ),
)
@pytest.mark.parametrize("last", ["上年", "去年同期", "2022年", "2022年同期"])
def test_this_year_and_last(value: str, last: str) -> None:
    """Words and years for this year and last are told apart, whichever stands first."""
    for first, second, order in ((value, last, 0), (last, value, 1)):
        numbers = ("1300", "1200") if not order else ("1200", "1300")
        townships = read(f"单位|门诊|\n|{first}|{second}\n白石镇|{'|'.join(numbers)}", "门诊 人次")
        assert figures(townships) == {"白石镇": {"门诊": "1300", "门诊.上年": "1200"}}


@pytest.mark.parametrize(
    "task",
    listed("任务 任务数 目标 目标值 目标任务 年度计划 全年任务 下达任务数 考核指标 标准值 应完成数 2023年任务数"),
)
def test_the_target_is_never_the_value(task: str) -> None:
    """A task standing first is the target."""
    townships = read(f"单位|签约||\n|{task}|完成数|完成率\n白石镇|9000|9350|103.9", "签约 人")
    assert figures(townships) == {"白石镇": {"签约": "9350", "签约.目标": "9000"}}
    assert warnings(townships) == []


@pytest.mark.parametrize(
    "heading",
    listed("门诊.上年 门诊上年 上年门诊 门诊（上年） 2022年门诊 门诊（2022年） 门诊2022年 门诊_上年 门诊/上年"),
)
def test_one_cell_that_says_both(heading: str) -> None:
    """A heading may name its indicator and what it is in one cell."""
    townships = read(f"单位|门诊|{heading}\n白石镇|1300|1200", "门诊 人次")
    assert figures(townships) == {"白石镇": {"门诊": "1300", "门诊.上年": "1200"}}


@pytest.mark.parametrize(
    "heading", listed("编制床位 床位（编制） 床位使用 标准床位 计划床位 实有床位 床位（蹲） 床位/编制")
)
def test_a_heading_is_understood_whole_or_not_at_all(heading: str) -> None:
    """编制床位 is another figure than 床位: what holds a name is not taken for it."""
    assert amiss(f"单位|{heading}\n白石镇|12", "床位 张", "unknown-column", "是否为“床位") == []


def test_nothing_is_taken_for_a_target_of_something_else() -> None:
    """计划生育 is no target of 生育."""
    assert amiss("单位|计划生育\n白石镇|12", "生育 人", "unknown-column") == []


@pytest.mark.parametrize(
    ("head", "under", "expected"),
    [
        ("单位|医疗服务||签约\n|门诊|投诉|", "门诊 人次\n投诉 件\n签约 人", {"门诊": "1", "投诉": "2", "签约": "3"}),
        (
            "|医疗服务||签约\n单位|门诊|投诉|签约",
            "门诊 人次\n投诉 件\n签约 人",
            {"门诊": "1", "投诉": "2", "签约": "3"},
        ),
        (
            "单位|高血压||甲\n|管理数|人数|",
            "高血压管理数 人\n高血压: {单位: 人}\n甲 个",
            {"高血压管理数": "1", "高血压": "2", "甲": "3"},
        ),
        ("单位|服务||\n|门诊||签约\n|本年|上年|", BOTH, {"门诊": "1", "门诊.上年": "2", "签约": "3"}),
        ("单位|门诊|投诉|签约\n|人次|件|人", "门诊 人次\n投诉 件\n签约 人", {"门诊": "1", "投诉": "2", "签约": "3"}),
        ("单位|门诊|投诉|签约\n甲|1|2|3", "门诊 人次\n投诉 件\n签约 人", {"门诊": "1", "投诉": "2", "签约": "3"}),
        ("单位|卫生人员||\n||医师|护士", "卫生人员 人\n医师 人\n护士 人", {"卫生人员": "1", "医师": "2", "护士": "3"}),
        ("单位|2023年||2022年\n|门诊|签约|门诊", BOTH, {"门诊": "1", "签约": "2", "门诊.上年": "3"}),
        ("单位|门诊||\n||投诉|签约", "门诊 人次\n投诉 件\n签约 人", {"门诊": "1", "投诉": "2", "签约": "3"}),
        ("单位|2023年（1—12月）|2022年|签约\n|门诊|门诊|", BOTH, {"门诊": "1", "门诊.上年": "2", "签约": "3"}),
        ("单位|1—12月（2023年）|2022年|签约\n|门诊|门诊|", BOTH, {"门诊": "1", "门诊.上年": "2", "签约": "3"}),
        ("项目\n单位|门诊|签约|备注".replace("\n", " "), BOTH, {"门诊": "1", "签约": "2"}),
    ],
)
def test_headers_of_more_rows(head: str, under: str, expected: dict[str, str]) -> None:
    """Groups over indicators, indicators over sub-headings, units and numbers in rows of their own."""
    assert figures(read(f"{head}\n白石镇|1|2|3", under)) == {"白石镇": expected}


@pytest.mark.parametrize(
    "row",
    listed("甲|1|2 |1|2 |0|1 |2|3 |(1)|(2) |（1）|（2） |1栏|2栏 |1.0|2.0 |甲|乙 1|2|3 甲|乙|丙"),
)
def test_rows_that_count_the_columns(row: str) -> None:
    """A row below the header that numbers the columns is neither a heading nor a township."""
    townships = read(f"单位|门诊|签约\n{row}\n白石镇|1|2\n青山镇|3|4\n云台镇|6|7", BOTH)
    assert values(townships, "签约") == {"白石镇": "2", "青山镇": "4", "云台镇": "7"}
    assert failures(townships) == {}
    assert warnings(townships) == []


@pytest.mark.parametrize("row", listed("3|4|5 1|3|4 1||"))
def test_rows_that_do_not_count_the_columns(row: str) -> None:
    """Other numbers, or one alone, number no columns."""
    assert len(read(f"单位|门诊|签约\n{row}\n白石镇|1|2\n青山镇|3|4\n云台镇|6|7", BOTH).names) == 4


def test_a_merged_group_ends_where_its_cell_ends() -> None:
    """A group that is merged over two columns does not hold for the third."""
    made = sheet("单位|门诊||签约\n|本年|上年|本年\n白石镇|1|2|3", "B1:C1")
    assert figures(read(made, BOTH)) == {"白石镇": {"门诊": "1", "门诊.上年": "2", "签约": "3"}}
    made = sheet("单位|门诊||\n|本年|上年|签约\n白石镇|1|2|3", "B1:C1")
    assert figures(read(made, BOTH)) == {"白石镇": {"门诊": "1", "门诊.上年": "2", "签约": "3"}}
    made = sheet("单位|门诊||\n|本年|上年|备注\n白石镇|1|2|好", "B1:C1")
    assert "没有用的列：备注" in read(made, BOTH).reading.short()
    made = sheet("单位||签约|\n|门诊|本年|上年\n白石镇|1|2|3", "C1:D1")
    assert figures(read(made, BOTH)) == {"白石镇": {"门诊": "1", "签约": "2", "签约.上年": "3"}}


def test_one_group_above_the_header() -> None:
    """A single cell above the header is a group where it is merged, or known; over the names it is none."""
    rows = "{}|\n单位|门诊|签约\n白石镇|1|2"
    for made, heading in (
        (sheet(rows.format("|医疗服务"), "B1:C1"), "医疗服务 / 门诊"),
        (sheet(rows.format("|医疗服务")), "门诊"),
        (sheet(rows.format("|2023年")), "2023年 / 门诊"),
        (sheet(rows.format("2023年|")), "门诊"),
        (sheet(rows.format("医疗服务|"), "A1:C1"), "门诊"),
    ):
        townships = read(made, BOTH)
        assert figures(townships) == {"白石镇": {"门诊": "1", "签约": "2"}}
        assert townships.reading.columns[1].heading == heading


def test_parts_that_make_no_whole() -> None:
    """Parts that are not known to be all are refused with their names; a column 合计 is taken, and compared."""
    assert amiss("单位|人口|\n|60岁以上|65岁以上\n白石镇|5|3", "人口 人", "only-parts", "60岁以上", "65岁以上") == []
    assert amiss("单位|人口||\n|男|女|65岁以上\n白石镇|5|3|1", "人口 人", "only-parts", "男", "女", "65岁以上") == []
    townships = read("单位|人口||\n|男|女|合计\n白石镇|13|12|25\n青山镇|9|8|18", "人口 人")
    assert values(townships, "人口") == {"白石镇": "25", "青山镇": "18"}
    assert warnings(townships) == [("parts-mismatch", "D4")]


def test_parts_that_the_report_declares() -> None:
    """Where the report has 分项, its parts are filled in as such."""
    on = base("签约: {单位: 人, 分项: {新签: , 续签: }}")
    townships = read("单位|签约|\n|新签|续签\n白石镇|3|4", on)
    one = townships.own(0, on).others["签约"]
    assert isinstance(one, Mapping)
    parts = one["分项"]
    assert isinstance(parts, Mapping)
    assert {name: part.value for name, part in parts.items() if isinstance(part, Scalar)} == {"新签": "3", "续签": "4"}


def test_month_and_year_to_date() -> None:
    """本月 alone is no figure of a yearly report, nor 1—11月; a report that says so takes it."""
    assert amiss("单位|门诊\n|本月\n白石镇|5", "门诊 人次", "wrong-period", "本月", "2023年的数") == []
    months = "单位|门诊\n|2023年1—11月\n白石镇|5"
    assert amiss(months, "门诊 人次", "wrong-period", "1—11月") == []
    for more in ("期间: 1—11月", "截至: 2023-11-30"):
        assert values(read(months, base("门诊 人次", more=more)), "门诊") == {"白石镇": "5"}
    same = "单位|门诊\n|2023年（1—11月同期）\n白石镇|5"
    assert amiss(same, "门诊 人次", "wrong-year", "2023年（1—11月同期）", more="期间: 1—11月") == []
    half = "单位|门诊\n|上半年\n白石镇|5"
    assert values(read(half, base("门诊 人次", more="期间: 上半年")), "门诊") == {"白石镇": "5"}


def test_current_beside_cumulative() -> None:
    """当期值 beside 累计值 is one period's; alone it is the value. 完成数 beside 累计 is two values: refused."""
    assert values(read("单位|门诊|\n|当期值|累计值\n白石镇|5|50", "门诊 人次"), "门诊") == {"白石镇": "50"}
    assert values(read("单位|门诊\n|当期值\n白石镇|5", "门诊 人次"), "门诊") == {"白石镇": "5"}
    assert amiss("单位|门诊|\n|完成数|累计完成\n白石镇|5|50", "门诊 人次", "double-column", "完成数", "累计完成") == []


def test_a_report_of_one_month_takes_the_month() -> None:
    """Beside 本月 a column that says no more than 完成 is the year's; alone it is the report's."""
    on = base("门诊 人次", more="期间: 11月")
    assert values(read("单位|门诊|\n|完成|本月\n白石镇|50|5", on), "门诊") == {"白石镇": "5"}
    assert values(read("单位|门诊|\n|累计|完成\n白石镇|50|5", on), "门诊") == {"白石镇": "5"}
    assert values(read("单位|门诊\n|完成\n白石镇|5", on), "门诊") == {"白石镇": "5"}


def test_years_that_are_neither() -> None:
    """A year before last is left alone and told; a sheet without this year is refused."""
    townships = read("单位|门诊||\n|2023年|2022年|2021年\n白石镇|3|2|1", "门诊 人次")
    assert figures(townships) == {"白石镇": {"门诊": "3", "门诊.上年": "2"}}
    assert "没有用的列：门诊 / 2021年" in townships.reading.short()
    assert amiss("单位|门诊|\n|2022年|2021年\n白石镇|2|1", "门诊 人次", "wrong-year", "2022年", "2021年") == []
    assert amiss("单位|门诊\n|2024年\n白石镇|2", "门诊 人次", "wrong-year", "2024年") == []


def test_a_title_of_another_year() -> None:
    """A title that names last year, or months the report is not about, is refused; one that names both is not."""
    table = "{}|\n单位|门诊\n白石镇|5"
    assert amiss(table.format("2022年各镇统计表"), "门诊 人次", "wrong-year", "2022年") == []
    assert amiss(table.format("2023年1—11月各镇统计表"), "门诊 人次", "wrong-period", "1—11月") == []
    for title in ("2023年各镇统计表", "2022、2023年各镇统计表", "填报日期：2023年12月31日", "各镇统计表（2023年）"):
        assert values(read(table.format(title), "门诊 人次"), "门诊") == {"白石镇": "5"}
    made = sheet("单位|门诊\n白石镇|5", name="2022")
    assert [one.id for one in refusals(made, "门诊 人次")] == ["wrong-year"]


def test_the_indicator_that_only_the_title_names() -> None:
    """Years across under a title or a line that names the indicator."""
    for title in ("各镇门诊人次统计表", "指标：门诊人次（人次）"):
        townships = read(f"{title}||\n乡镇|2023年|2022年\n白石镇|5|4", "门诊人次 人次\n签约 人")
        assert figures(townships) == {"白石镇": {"门诊人次": "5", "门诊人次.上年": "4"}}


def test_a_title_that_names_two_indicators() -> None:
    """Whose the years below it are cannot be told; the longer of two names that hold each other is meant."""
    assert amiss("各镇门诊签约统计表|\n单位|2023年\n白石镇|5", BOTH, "unattached-column", "2023年") == []
    townships = read("各镇门诊人次统计表|\n单位|2023年\n白石镇|5", "门诊 人次\n门诊人次 人次")
    assert values(townships, "门诊人次") == {"白石镇": "5"}


def test_headings_without_an_indicator() -> None:
    """任务数 alone belongs to the only indicator there is; among several it is refused with its name."""
    townships = read("单位|签约|任务数|完成率\n白石镇|8|10|80", "签约 人\n门诊 人次")
    assert figures(townships) == {"白石镇": {"签约": "8", "签约.目标": "10"}}
    assert amiss("单位|签约|任务数|门诊\n白石镇|8|10|3", BOTH, "unattached-column", "任务数") == []


@pytest.mark.parametrize(
    ("column", "warned"),
    [
        ("同比|8.3", False),
        ("同比|9.3", True),
        ("增减%|8.3", False),
        ("增减|100", False),
        ("增减数|100", False),
        ("增减数|90", True),
        ("增长|8.33", False),
        ("同比|8.3%", False),
        ("同比|0.083", False),
        ("同比|增长8.3%", False),
        ("同比|", False),
        ("同比|—", False),
    ],
)
def test_growth_is_compared(column: str, warned: bool) -> None:
    """A sheet's growth is compared with what the program computes, as a rate or an amount, in its own digits."""
    heading, figure = column.split("|")
    townships = read(f"单位|门诊||\n|本年|上年|{heading}\n白石镇|1300|1200|{figure}", "门诊 人次")
    assert figures(townships) == {"白石镇": {"门诊": "1300", "门诊.上年": "1200"}}
    assert warnings(townships) == ([("derived-mismatch", "D3")] if warned else [])


def test_a_completion_that_is_capped() -> None:
    """100 where 108.6 was computed is a warning that says so."""
    (problem,) = read("单位|签约||\n|任务|完成|完成率\n白石镇|93|101|100.00%", "签约 人").problems
    assert (problem.id, problem.position.cell) == ("derived-mismatch", "D3")
    assert "最多写到100%" in problem.hint


def test_rates_grow_by_points() -> None:
    """同比 of a rate is a difference."""
    assert read("单位|签约率||\n|本年|上年|同比\n白石镇|81|75|6", "签约率 %").problems == []


@pytest.mark.parametrize("heading", listed("序号 备注 排名 占比 联系人 统一社会信用代码 全县位次 责任人 环比 应种人数"))
def test_columns_that_are_never_figures(heading: str) -> None:
    """Serial numbers, codes, ranks, remarks are left alone, and told."""
    townships = read(f"单位|门诊|签约|{heading}\n白石镇|5|4|1", BOTH)
    assert figures(townships) == {"白石镇": {"门诊": "5", "签约": "4"}}
    assert f"没有用的列：{heading}" in townships.reading.short()


def test_a_denominator_is_no_target() -> None:
    """应种 below 接种 is what a rate is taken of."""
    assert figures(read("单位|接种|\n|应种|完成\n白石镇|10|9", "接种 剂次")) == {"白石镇": {"接种": "9"}}


@pytest.mark.parametrize(
    "head",
    listed(
        "单位名称·机构·医疗机构名称·卫生院·乡镇（街道）·填报单位·镇街名称·县区·名称·基层医疗卫生机构·乡镇、街道·单 位\n"
        "单位：·*单位*·单位（乡镇）·单位[1]·项目＼单位·乡镇名称·org"
    ),
)
def test_the_column_of_names(head: str) -> None:
    """The column of names by its word, with any decoration."""
    townships = read(f"{head}|门诊\n白石镇|5", "门诊 人次")
    assert values(townships, "门诊") == {"白石镇": "5"}


@pytest.mark.parametrize("head", ["", "某某情况", "姓名或名称"])
def test_the_column_of_names_by_its_cells(head: str) -> None:
    """Without a word for it, the left-most column of texts that differ holds the names."""
    townships = read(f"序号|{head}|门诊\n1|白石镇|5\n2|青山镇|4", "门诊 人次")
    assert values(townships, "门诊") == {"白石镇": "5", "青山镇": "4"}


def test_the_unit_of_measure_and_the_organisation() -> None:
    """单位 over 座 beside 机构 is the measure, and has to fit; 片区 beside the names is what they belong to."""
    assert values(read("机构|单位|改厕\n白石镇|座|12\n青山镇|座|8", "改厕 座"), "改厕") == {
        "白石镇": "12",
        "青山镇": "8",
    }
    assert amiss("机构|单位|改厕\n白石镇|户|12\n青山镇|户|8", "改厕 座", "unit-mismatch", "户", "座") == []
    made = sheet("片区|单位|改厕\n东片|白石镇|12\n|青山镇|8\n西片|云台镇|7", "A2:A3")
    townships = read(made, "改厕 座")
    assert townships.names == ["白石镇", "青山镇", "云台镇"]
    assert "没有用的列：片区" in townships.reading.short()


def test_what_rows_share_is_no_name() -> None:
    """单位 is a surer heading than 村, but a column that says the same of several rows names none of them."""
    rows = "单位|村|改厕\n白石镇|东村|1\n白石镇|西村|2\n白石镇|南村|3\n青山镇|北村|4\n青山镇|上村|5"
    assert read(rows, "改厕 座").names == ["东村", "西村", "南村", "北村", "上村"]
    assert read("村|单位|改厕\n东村|白石镇|1\n西村|青山镇|2", "改厕 座").names == ["白石镇", "青山镇"]


@pytest.mark.parametrize(
    ("heading", "declared", "cell", "expected"),
    [
        ("人口（万人）", "人", "2.8", "28000"),
        ("人口万人", "人", "2.8", "28000"),
        ("人口(万)", "人", "2.8", "28000"),
        ("人口[万人]", "人", "1.9", "19000"),
        ("人口/人", "万人", "28000", "2.8"),
        ("人口（名）", "人", "5", "5"),
        ("人口（千人）", "人", "2.5", "2500"),
        ("人口（亿元）", "万元", "1.2", "12000"),
        ("人口（元）", "万元", "6935000", "693.5"),
        ("人口（千元）", "万元", "120", "12"),
        ("人口（‰）", "%", "5.43", "0.543"),
        ("人口（家）", "个", "3", "3"),
        ("人口（公顷）", "亩", "2", "30"),
        ("人口（平方公里）", "公顷", "1.5", "150"),
        ("人口（台）", "套", "4", "4"),
    ],
)
def test_units_in_headings_are_converted(heading: str, declared: str, cell: str, expected: str) -> None:
    """A heading's unit becomes the declared one, exactly."""
    assert values(read(f"单位|{heading}\n白石镇|{cell}", f"人口 {declared}"), "人口") == {"白石镇": expected}


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("户", "人"),
        ("人次", "人"),
        ("张", "床日"),
        ("元", "元/人"),
        ("%", "人"),
        ("百分点", "%"),
        ("例", "人次"),
        ("毫升", "人次"),
        ("倍", "%"),
        ("平方米", "公里"),
        ("座", "户"),
        ("万人次", "万人"),
        ("对", "人"),
    ],
)
def test_units_that_are_not_the_same(written: str, declared: str) -> None:
    """户 is no 人: refused with both units, in a heading, a row of units, or a caption."""
    assert (
        amiss(f"单位|甲（{written}）\n白石镇|12", f"甲 {declared}", "unit-mismatch", f"“{written}”", f"“{declared}”")
        == []
    )
    assert (
        amiss(f"单位|甲\n|{written}\n白石镇|12", f"甲 {declared}", "unit-mismatch", f"“{written}”", f"“{declared}”")
        == []
    )
    assert (
        amiss(
            f"|单位：{written}\n单位|甲\n白石镇|12", f"甲 {declared}", "unit-mismatch", f"“{written}”", f"“{declared}”"
        )
        == []
    )


@pytest.mark.parametrize(
    "caption", listed("单位：万元·（单位：万元）·计量单位：万元·金额单位:万元·            单位：万元")
)
def test_captions(caption: str) -> None:
    """A caption above or below converts what has no unit of its own and leaves other kinds alone."""
    for table in (f"|{caption}|\n单位|投资|改厕\n白石镇|693.5|20", f"单位|投资|改厕\n白石镇|693.5|20\n{caption}||"):
        assert figures(read(table, "投资 元\n改厕 座")) == {"白石镇": {"投资": "6935000", "改厕": "20"}}


def test_a_unit_in_the_title() -> None:
    """The bracket at the end of any title is the table's unit, where it fits a column."""
    table = "{}||\n单位|投资|改厕\n白石镇|693.5|20"
    for title, expected in (
        ("各镇统计表（万元）", "6935000"),
        ("各镇情况（万元）", "6935000"),
        ("各镇情况（年）", "693.5"),
    ):
        assert values(read(table.format(title), "投资 元\n改厕 座"), "投资") == {"白石镇": expected}


@pytest.mark.parametrize(
    "line", ["各镇统计表", "单位：人次", "长" * 41, "各镇情况附件", "填报:", "填报日期：2023年12月31日"]
)
def test_lines_are_no_groups(line: str) -> None:
    """What stands above a table in cells of its own is no heading of the columns below."""
    townships = read(f"|{line}|2023年\n单位|门诊|签约\n白石镇|1|2", BOTH)
    assert figures(townships) == {"白石镇": {"门诊": "1", "签约": "2"}}
    said = [*townships.reading.lines()]
    assert f"表上：{line}" in said
    assert "  B2 “门诊”→ 指标 门诊 数值，如1" in said


def test_captions_that_are_no_unit() -> None:
    """An office behind 单位： is none; two units of one kind cannot be told apart."""
    for caption in ("单位：槐溪县卫生健康局", "填报单位：白石镇卫生院", "单位（盖章）："):
        assert values(read(f"{caption}|\n单位|投资\n白石镇|5", "投资 元"), "投资") == {"白石镇": "5"}
    assert amiss("单位：元、万元|\n单位|投资\n白石镇|5", "投资 元", "unit-mismatch", "“元”、“万元”") == []


@pytest.mark.parametrize("bare", ["上年同期", "投资上年", "投资目标"])
def test_no_unit_beside_a_unit_that_is_converted(bare: str) -> None:
    """投资（元） beside 上年同期 of an indicator in 万元: the second may be in either, and is refused."""
    table = f"单位|投资（元）|{bare}\n白石镇|20000|40000"
    assert amiss(table, "投资 万元", "unit-mismatch", f"“{bare}”没有写单位", "“元”", "“万元”") == []
    assert values(read(table, "投资 元"), "投资") == {"白石镇": "20000"}
    clear = f"单位|投资（元）|{bare}（元）\n白石镇|20000|40000"
    grouped = "单位|投资（元）|\n|本年|上年\n白石镇|20000|40000"
    for table in (clear, grouped):
        assert values(read(table, "投资 万元"), "投资") == {"白石镇": "2"}


def test_a_unit_nobody_knows() -> None:
    """A bracket that is no unit is no part of a name either: refused."""
    assert amiss("单位|改厕（蹲）\n白石镇|12", "改厕 座", "unknown-column", "改厕（蹲）") == []


def test_number_formats_show_units_and_scales() -> None:
    """A format that shows 万元 is a unit; one that shows 万 is what a heading of 万元 means, or else refused."""
    made = sheet("单位|投资\n白石镇|693.5")
    made.units = {(1, 1): "万元"}
    assert values(read(made, "投资 元"), "投资") == {"白石镇": "6935000"}
    made = sheet("单位|投资（万元）\n白石镇|693500")
    made.scales = {(1, 1): 4}
    assert values(read(made, "投资 万元"), "投资") == {"白石镇": "69.35"}
    made = sheet("单位|投资\n白石镇|693500")
    made.scales = {(1, 1): 4}
    assert [one.id for one in failures(read(made, "投资 元"))["白石镇"]] == ["scaled-cell"]
    made = sheet("单位|投资（元）\n白石镇|693500")
    made.scales = {(1, 1): 4}
    assert [one.id for one in failures(read(made, "投资 元"))["白石镇"]] == ["scaled-cell"]


@pytest.mark.parametrize("heading", ["投资", "投资（元）", "投资（万元）"])
@pytest.mark.parametrize("unit", ["万", "万元"])
def test_a_number_shown_smaller_with_its_unit(heading: str, unit: str) -> None:
    """693500 that is shown as 69.35万 or 69.35万元 is 69.35万元, whatever the heading says."""
    made = sheet(f"单位|{heading}\n白石镇|693500")
    made.scales, made.units = {(1, 1): 4}, {(1, 1): unit}
    assert values(read(made, "投资 元"), "投资") == {"白石镇": "693500"}
    assert values(read(made, "投资 万元"), "投资") == {"白石镇": "69.35"}


def test_a_column_twice_through_synonyms() -> None:
    """Two headings of one figure are refused with both places."""
    on = "改厕: {单位: 座, 别名: [农村改厕, 户厕]}"
    (problem,) = refusals("单位|农村改厕|户厕\n白石镇|1|2", on)
    assert (problem.id, problem.position.cell, problem.related[0].position.cell) == ("double-column", "C1", "B1")


def test_a_heading_that_two_indicators_claim() -> None:
    """An alias of two indicators is refused."""
    on = "甲: {单位: 座, 别名: 户厕}\n乙: {单位: 座, 别名: 户厕}"
    assert amiss("单位|户厕\n白石镇|1", on, "two-indicators", "甲", "乙") == []
    assert amiss("单位|户厕\n|本年\n白石镇|1", on, "two-indicators", "“户厕”既是“甲”又是“乙”") == []


def test_a_group_that_names_two_indicators() -> None:
    """An indicator below another that has no column of its own is refused with both."""
    problems = refusals("单位|门诊|\n|签约|投诉\n白石镇|1|2", "门诊 人次\n签约 人\n投诉 件")
    assert {one.id for one in problems} == {"two-indicators"}


def test_two_years_in_one_column() -> None:
    """A column that says 2023年 and 2022年 is refused."""
    assert amiss("单位|2022年\n|2023年门诊\n白石镇|1", "门诊 人次", "two-periods", "2022", "2023") == []


def test_what_the_program_computes_is_not_read() -> None:
    """A column of an indicator with a formula is no figure of the row; it is compared, and told."""
    on = "门诊 人次\n签约 人\n签约率: {公式: 签约 / 门诊, 单位: '%'}"
    townships = read("单位|门诊|签约|签约率\n白石镇|10|8|80", on)
    assert figures(townships) == {"白石镇": {"门诊": "10", "签约": "8"}}
    assert "核对的列：签约率" in townships.reading.short()


def test_a_sheet_that_fits_both_ways_round() -> None:
    """Indicators down and across: refused."""
    assert amiss("指标|门诊|签约\n门诊|1|2\n签约|3|4", BOTH, "both-ways") == []


def test_the_row_of_the_header_that_is_given() -> None:
    """--header-row counts as Excel does, and wins over the row that names more."""
    made = sheet("单位|门诊|签约\n单位|签约|备注\n白石镇|5|6")
    townships = rows.read(made, base(BOTH), header_row=2, ignore_columns=True)
    assert values(townships, "签约") == {"白石镇": "5"}


def test_three_candidates_for_the_header() -> None:
    """Of several rows of headings the first that names most is the header; the same again is passed over."""
    townships = read("单位|门诊|签约\n单位|门诊|签约\n单位|门诊|签约\n白石镇|1|2", BOTH)
    assert figures(townships) == {"白石镇": {"门诊": "1", "签约": "2"}}


@pytest.mark.parametrize("table", ["甲|乙\n丙|丁", "单位|电话\n白石镇|1", "单位|备注\n白石镇|好"])
def test_a_sheet_without_figures(table: str) -> None:
    """A sheet in which no heading names an indicator or a field is refused, by its name."""
    (problem,) = refusals(table, base(BOTH), ignore_columns=True)
    assert (problem.id, problem.position.cell) == ("no-header", "A1")
    assert "“表1”" in problem.message


def test_ten_thousand_columns() -> None:
    """A sheet of 10,000 unknown columns is refused, a hundred problems at most are not waited for."""
    heads = "|".join(f"甲{number}" for number in range(10_000))
    cells = "|".join("1" for _ in range(10_000))
    problems = refusals(f"单位|门诊|{heads}\n白石镇|5|{cells}", "门诊 人次")
    assert problems[0].id == "unknown-column"
    assert values(read(f"单位|门诊|{heads}\n白石镇|5|{cells}", "门诊 人次", ignore_columns=True), "门诊") == {
        "白石镇": "5"
    }


def test_townships_over_several_rows() -> None:
    """A column 项目 with 本年 and 上年, or with indicators, makes one township of its rows."""
    made = sheet("单位|项目|改厕\n白石镇|本年|12\n|上年|10\n青山镇|本年|8\n|上年|7", "A2:A3 A4:A5")
    assert figures(read(made, "改厕 座")) == {
        "白石镇": {"改厕": "12", "改厕.上年": "10"},
        "青山镇": {"改厕": "8", "改厕.上年": "7"},
    }
    long = "单位|指标|数值\n白石镇|门诊|5\n白石镇|签约|4\n青山镇|门诊|3\n青山镇|签约|2"
    assert figures(read(long, BOTH)) == {"白石镇": {"门诊": "5", "签约": "4"}, "青山镇": {"门诊": "3", "签约": "2"}}


def test_merged_cells_of_tables_side_by_side() -> None:
    """Names and groups that are merged hold in the table they stand in, left or right."""
    rows = "单位|医疗||单位|医疗|\n|改厕|床位||改厕|床位\n白石镇|1||云台镇|3|\n||2|||4\n青山镇|5|6|柳河镇|7|8"
    made = sheet(rows, "A1:A2 B1:C1 D1:D2 E1:F1 A3:A4 D3:D4")
    found = figures(read(made, "改厕 座\n床位 张"))
    assert found == {
        "白石镇": {"改厕": "1", "床位": "2"},
        "青山镇": {"改厕": "5", "床位": "6"},
        "云台镇": {"改厕": "3", "床位": "4"},
        "柳河镇": {"改厕": "7", "床位": "8"},
    }


@pytest.mark.parametrize("rows", ["白石镇|砖砌|12\n青山镇|木制|8", "白石镇||12\n青山镇||8"])
def test_a_column_that_parts_no_townships(rows: str) -> None:
    """A column 项目 that says nothing, or what is no time and no indicator, makes no rows one."""
    townships = read(f"单位|项目|改厕\n{rows}", "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8"}
    assert "一个单位几行" not in townships.reading.short()


def test_rates_of_a_month_are_not_compared() -> None:
    """本月完成率 is none of the year's; it is left alone, and told why."""
    townships = read("单位|签约|||\n|任务|完成|本月完成率|上年完成率\n白石镇|100|90|7|80", "签约 人")
    noted = read("单位|签约||\n|完成|排名|备注\n白石镇|90|1|好", "签约 人").reading.columns
    assert {one.why for one in noted[2:]} == {"不是本期、上年、目标的数"}
    said = {one.heading: one.why for one in townships.reading.columns}
    assert said["签约 / 本月完成率"] == "不是报告的期间（2023年）"
    assert said["签约 / 上年完成率"] == "是上年的"
    assert warnings(townships) == []


def test_columns_nobody_headed() -> None:
    """Figures without a heading are left alone, and told; an empty column with a heading is, too."""
    townships = read("单位|门诊||暂不用\n白石镇|5|7|", "门诊 人次")
    assert figures(townships) == {"白石镇": {"门诊": "5"}}
    assert "没有用的列：暂不用、C1" in townships.reading.short()


def test_fields_of_the_report() -> None:
    """日期 fills in the report's own; a time of day is dropped, a bare number of days is refused."""
    townships = read("单位|门诊|日期\n白石镇|5|2023-12-30 08:30:00\n青山镇|4|44925", "门诊 人次")
    assert townships.fields(0)["日期"].value == "2023-12-30"  # type: ignore[union-attr]
    (problem,) = failures(townships)["青山镇"]
    assert "2022-12-30的序号" in problem.message


def test_what_a_group_says_holds_below() -> None:
    """A group that is only a class still gives its unit, its year; one that speaks of another time is refused."""
    on = "医疗收入 元\n药品收入 元"
    townships = read("单位|收入（万元）|\n|医疗收入|药品收入\n白石镇|1.5|2", on)
    assert figures(townships) == {"白石镇": {"医疗收入": "15000", "药品收入": "20000"}}
    table = "单位|{}|\n|门诊|签约\n白石镇|1|2"
    for group in ("2022年业务情况", "业务情况（2022年）"):
        assert {one.id for one in refusals(table.format(group), BOTH)} == {"wrong-year"}
    for group in ("上年情况", "本月业务", "目标情况"):
        assert {one.id for one in refusals(table.format(group), BOTH)} == {"unclear-heading"}
    assert figures(read(table.format("2023年业务情况"), BOTH)) == {"白石镇": {"门诊": "1", "签约": "2"}}


@pytest.mark.parametrize(
    "heading",
    ["改厕任务完成数", "改厕计划完成数", "改厕完成任务数", "改厕（计划/完成）", "改厕目标完成情况", "改厕任务累计完成"],
)
def test_a_task_and_what_was_done_in_one_heading(heading: str) -> None:
    """任务完成数 is no task, 计划完成数 may be either; it was the target without a word."""
    assert amiss(f"单位|{heading}\n白石镇|90", "改厕 座", "unclear-heading", "又写任务，又写完成") == []
    group = f"单位|{heading}||\n|任务数|完成数|完成率\n白石镇|100|90|90"
    assert figures(read(group, "改厕 座")) == {"白石镇": {"改厕": "90", "改厕.目标": "100"}}


def test_a_task_and_what_was_done_over_indicators() -> None:
    """任务完成情况 over indicators says neither; a time, or a number of tasks, is no mixture."""
    table = "单位|任务完成情况|\n|门诊|签约\n白石镇|1|2"
    assert {one.id for one in refusals(table, BOTH)} == {"unclear-heading"}
    for heading in ("今年任务数", "任务数量", "全年目标任务数"):
        assert figures(read(f"单位|改厕{heading}\n白石镇|90", "改厕 座")) == {"白石镇": {"改厕.目标": "90"}}


@pytest.mark.parametrize("word", ["本年", "今年", "当年", "全年", "年末", "2023年", "累计"])
def test_times_before_an_indicator(word: str) -> None:
    """What says which time a figure is of may stand before its name."""
    assert values(read(f"单位|{word}门诊\n白石镇|5", "门诊 人次"), "门诊") == {"白石镇": "5"}


@pytest.mark.parametrize("heading", ["改厕金额", "改厕标准", "改厕（标准）", "改厕要求"])
def test_words_that_make_another_figure(heading: str) -> None:
    """改厕金额 is no count of 改厕, 改厕标准 no target of it."""
    assert amiss(f"单位|{heading}\n白石镇|12", "改厕 座", "unknown-column") == []


def test_last_years_target() -> None:
    """上年任务数 is neither the target nor last year's figure."""
    townships = read("单位|签约|\n|完成数|上年任务数\n白石镇|8|7", "签约 人")
    assert figures(townships) == {"白石镇": {"签约": "8"}}


def test_a_table_of_tasks() -> None:
    """A table that its title says is one of tasks gives no values unless its headings say so."""
    assert amiss("2023年签约任务分解表|\n单位|签约\n白石镇|8", "签约 人", "tasks-only", "任务分解表") == []
    assert read("2023年签约任务分解表|\n单位|签约任务数|签约完成数\n白石镇|8|7", "签约 人").problems == []


def test_a_sheet_named_after_a_month() -> None:
    """A sheet called 11月 is no figure of the year."""
    assert [one.id for one in refusals(sheet("单位|签约\n白石镇|8", name="11月"), "签约 人")] == ["wrong-period"]
    on = base("签约 人", more="期间: 11月")
    assert values(read(sheet("单位|签约\n白石镇|8", name="11月"), on), "签约") == {"白石镇": "8"}


def test_two_tables_of_other_rows() -> None:
    """Another table on the right whose rows are none of these townships is refused; the same names are passed over."""
    assert (
        amiss("单位|改厕|责任单位|床位\n白石镇|1|卫健局|4\n青山镇|2|农业局|3", "改厕 座\n床位 张", "two-tables") == []
    )
    townships = read("单位|改厕|单位|床位\n白石镇|1|白石镇|3\n青山镇|2|青 山 镇|4", "改厕 座\n床位 张")
    assert figures(townships)["青山镇"] == {"改厕": "2", "床位": "4"}


def test_a_group_in_the_middle_of_its_columns() -> None:
    """A group that stands over the second of its three columns without being merged does not reach the next one's."""
    head = "单位||门诊|||签约|\n|本年|上年|增减|本年|上年|增减\n白石镇|1|2|3|4|5|6"
    for ignoring in (False, True):
        problems = refusals(head, BOTH, ignore_columns=ignoring)
        assert "unattached-column" in {one.id for one in problems}


def test_a_second_table_of_unknown_columns() -> None:
    """A second header further down is one though its columns are not known."""
    assert amiss("单位|改厕\n白石镇|1\n单位|投诉原因\n青山镇|2", "改厕 座", "second-header") == []


def test_a_second_row_of_words_nobody_knows() -> None:
    """新建 and 改建 below 改厕 are headings though no list has them: the first is never taken for the whole."""
    assert amiss("单位|改厕|\n|新建|改建\n白石镇|10|3", "改厕 座", "only-parts", "新建", "改建") == []
    assert amiss("单位|改厕|床位\n（全称）|新建|牙椅\n白石镇|10|3", "改厕 座\n床位 张", "unclear-header") == []


def test_a_time_before_and_a_word_behind_an_indicator() -> None:
    """2023年签约任务数 is this year's target, 2022年签约完成数 last year's value, 2024年… neither."""
    head = "单位|签约|2023年签约任务数|2024年签约任务数|2022年签约完成数"
    assert figures(read(f"{head}\n白石镇|10|12|13|9", "签约 人")) == {
        "白石镇": {"签约": "10", "签约.目标": "12", "签约.上年": "9"}
    }


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("比2022年增减", ["“人口”的增减，表里是3%，按表里的数算是25.0%。"]),
        ("较22年增长%", ["“人口”的增长率，表里是3%，按表里的数算是25.0%。"]),
        ("人口较2022年同期增长%", ["“人口”的增长率，表里是3%，按表里的数算是25.0%。"]),
        ("比2019年同期增长%", []),
        ("较21年增减", []),
    ],
)
def test_growth_since_a_year(heading: str, said: list[str]) -> None:
    """A column of growth over a named year is compared where it is last year; any other is left alone."""
    townships = read(f"单位|人口|人口.上年|{heading}\n白石镇|10|8|3", "人口 人")
    assert figures(townships) == {"白石镇": {"人口": "10", "人口.上年": "8"}}
    assert [one.message for one in townships.problems] == said
    assert ("没有用的列" in townships.reading.short()) != bool(said)
    rows = read(f"单位|人口\n白石镇|10\n合计|10\n上年同期|8\n{heading.removeprefix('人口')}|3", "人口 人")
    assert values(rows, "人口") == {"白石镇": "10"}


def test_growth_in_a_report_without_a_year() -> None:
    """Without 年度 nobody knows which year is the last."""
    townships = read("单位|人口|人口.上年|较2022年增长\n白石镇|10|8|3", parse(Source("甲", "指标: {人口: {单位: 人}}")))
    assert townships.problems == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("本年 本月", {"门诊": "5"}),
        ("本月 累计", {"门诊": "2"}),
        ("今年 上年 增长率", {"门诊": "5", "门诊.上年": "2"}),
        ("完成数 任务数 完成率", {"门诊": "5", "门诊.目标": "2"}),
        ("2023年 2022年 增减", {"门诊": "5", "门诊.上年": "2"}),
    ],
)
def test_a_column_that_nobody_headed_parts_times(words: str, expected: dict[str, str]) -> None:
    """本年 and 本月, 累计, 增长率 in a column without a heading are rows of one township, not rows about all."""
    kinds = words.split()
    rows = [f"{town if at == 0 else ''}|{kind}|{number}" for town in ("白石镇", "青山镇")
            for at, (kind, number) in enumerate(zip(kinds, ("5", "2", "150%"), strict=False))]  # fmt: skip
    found = figures(read("单位||门诊\n" + "\n".join(rows), "门诊 人次"))
    assert found == {"白石镇": expected, "青山镇": expected}


def test_units_in_a_row_that_says_so() -> None:
    """A row of units below the header may name itself: （计量单位）."""
    under = "门诊 人次\n收入 万元"
    townships = read("单位|门诊|收入\n（计量单位）|人次|元\n白石镇|110|15000", under)
    assert figures(townships) == {"白石镇": {"门诊": "110", "收入": "1.5"}}


def test_an_unknown_heading_is_named_with_its_unit_once() -> None:
    """The message does not repeat the unit that stands in full-width brackets already."""
    (problem,) = refusals("单位|改厕|次均费用（元）\n白石镇|1|2", "改厕 座")
    assert "“次均费用（元）”" in problem.message


def test_years_below_townships_across() -> None:
    """In a sheet on its side 2023年 and 2022年 may stand below each township, in a row that nobody headed."""
    rows = "指标|白石镇||青山镇|\n|2023年|2022年|2023年|2022年\n门诊|10|9|20|19"
    townships = read(sheet(rows, "B1:C1 D1:E1"), "门诊 人次")
    assert figures(townships)["青山镇"] == {"门诊": "20", "门诊.上年": "19"}


def test_an_indicator_of_its_own_among_parts() -> None:
    """Below 其中 an indicator that the report declares is read; what is not declared is a part of the left."""
    townships = read("单位|门诊|其中|\n||急诊|儿科\n白石镇|10|2|3", "门诊 人次\n急诊 人次")
    assert figures(townships) == {"白石镇": {"门诊": "10", "急诊": "2"}}
