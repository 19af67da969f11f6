"""Several tables on one sheet: under each other, side by side, either way round; read as one, or refused."""

from __future__ import annotations

import pytest

from healthreport.diagnostics import Severity
from healthreport.reading.yaml.nodes import Source
from sheets_data import base, failures, figures, read, refusals, sheet, values, warnings

ON = "门诊 人次\n出院 人\n改厕 座\n签约 人\n收入 万元\n补助 万元"
BOTH = {
    "白石镇": {"门诊": "120", "出院": "10", "改厕": "5", "签约": "50"},
    "青山镇": {"门诊": "230", "出院": "20", "改厕": "6", "签约": "60"},
}
UPPER = "单位|门诊|出院\n白石镇|120|10\n青山镇|230|20"
LOWER = "单位|改厕|签约\n青山镇|6|60\n白石镇|5|50"

SHAPES = {
    "under each other": f"{UPPER}\n{LOWER}",
    "with totals and a gap": f"{UPPER}\n合计|350|30\n||\n{LOWER}\n合计|11|110",
    "with titles and notes": f"2023年医疗服务情况表\n{UPPER}\n注：2022年为快报数\n二、公共卫生\n{LOWER}\n填表人：王某",
    "names in other spellings": UPPER + "\n乡镇名称|改厕|签约\n青 山 镇|6|60\n白石镇*|5|50",
    "serial numbers": (
        "序号|单位|门诊|出院\n1|白石镇|120|10\n2|青山镇|230|20\n合计||350|30\n"
        "序号|单位|改厕|签约\n1|青山镇|6|60\n2|白石镇|5|50\n合计||11|110"
    ),
    "side by side": "单位|门诊|出院||单位|改厕|签约\n白石镇|120|10||青山镇|6|60\n青山镇|230|20||白石镇|5|50",
    "side by side with totals": (
        "单位|门诊|出院|单位|改厕|签约\n全县|350|30|青山镇|6|60\n白石镇|120|10|白石镇|5|50\n青山镇|230|20|合计|11|110"
    ),
    "pages of both": (
        "单位|门诊|出院\n白石镇|120|10\n单位|改厕|签约\n白石镇|5|50\n\n单位|出院|门诊\n青山镇|20|230\n"
        "单位|改厕|签约\n青山镇|6|60"
    ),
    "on its side, side by side": (
        "指标|白石镇|青山镇||指标|青山镇|白石镇\n门诊|120|230||改厕|6|5\n出院|10|20||签约|60|50"
    ),
    "on its side, under each other": (
        "指标|白石镇|青山镇\n门诊|120|230\n出院|10|20\n指标|青山镇|白石镇\n改厕|6|5\n签约|60|50"
    ),
}


@pytest.mark.parametrize("table", SHAPES.values(), ids=SHAPES)
def test_tables_of_the_same_townships(table: str) -> None:
    """Tables with different headers are put together by the townships' names, in whatever order these stand."""
    townships = read(table, ON)
    assert figures(townships) == BOTH
    assert townships.problems == []
    assert "几张表按单位名称合在一起" in townships.reading.short()


ALIKE = {
    "side by side": "单位|门诊|出院||单位|门诊|出院\n白石镇|120|10||青山镇|230|20",
    "districts, side by side": "县区|乡镇|门诊|出院||县区|乡镇|门诊|出院\n清河区|白石镇|120|10||槐溪县|青山镇|230|20",
    "serial numbers, side by side": "序号|单位|门诊|出院|序号|单位|门诊|出院\n1|白石镇|120|10|2|青山镇|230|20",
    "serial numbers and a gap": (
        "序号|单位|门诊|出院||序号|单位|门诊|出院\n1|白石镇|120|10||2|青山镇|230|20\n合计||120|10||合计||230|20"
    ),
    "serial numbers on the left": "序号|单位|门诊|出院|单位|门诊|出院\n1|白石镇|120|10|青山镇|230|20",
    "serial numbers on the right": "单位|门诊|出院|序号|单位|门诊|出院\n白石镇|120|10|1|青山镇|230|20",
    "codes, districts and remarks": (
        "序号|代码|县区|乡镇|门诊|出院|备注|序号|代码|县区|乡镇|门诊|出院|备注\n"
        "1|a|清河区|白石镇|120|10||2|b|槐溪县|青山镇|230|20|"
    ),
    "telephones behind": "单位|门诊|出院|电话|单位|门诊|出院|电话\n白石镇|120|10|1|青山镇|230|20|2",
    "serial numbers on one page": "序号|单位|门诊|出院\n1|白石镇|120|10\n\n|单位|门诊|出院\n|青山镇|230|20",
    "pages": "单位|门诊|出院\n白石镇|120|10\n\n单位|门诊|出院\n青山镇|230|20\n合计|350|30",
    "a header written again in part": (
        "单位|门诊|出院|联系电话\n白石镇|120|10|123\n单位|门诊|出院|\n青山镇|230|20|456"
    ),
    "notes beside the names": (
        "县区|乡镇|门诊|出院||县区|乡镇|门诊|出院\n清河区|白石镇|120|10||槐溪县|青山镇|230|20\n"
        "注：初步数\n说明：本表为年报\n填表人：王某\n审核：李某"
    ),
    "columns in another order": "单位|门诊|出院\n白石镇|120|10\n单位|出院|门诊\n青山镇|20|230",
    "on its side, side by side": "指标|白石镇||指标|青山镇\n门诊|120||门诊|230\n出院|10||出院|20",
    "on its side, under each other": "指标|白石镇\n门诊|120\n出院|10\n指标|青山镇\n门诊|230\n出院|20",
}


@pytest.mark.parametrize("table", ALIKE.values(), ids=ALIKE)
def test_tables_that_go_on(table: str) -> None:
    """Tables of one header follow each other."""
    townships = read(table, ON)
    assert figures(townships) == {
        "白石镇": {"门诊": "120", "出院": "10"},
        "青山镇": {"门诊": "230", "出院": "20"},
    }
    assert failures(townships) == {}


def test_tables_side_by_side_that_are_not_alike() -> None:
    """Where the right one lacks a column they are refused, and the way out is to put them under each other."""
    (problem,) = refusals("序号|单位|门诊|出院|序号|单位|门诊\n1|白石镇|120|10|2|青山镇|230", ON)
    assert (problem.id, problem.position.cell) == ("double-column", "G1")
    assert "接到左边这张表的下面" in problem.hint
    below = "序号|单位|门诊|出院\n1|白石镇|120|10\n2|青山镇|230|"
    assert values(read(below, ON), "门诊") == {"白石镇": "120", "青山镇": "230"}


def test_two_header_rows_each() -> None:
    """Each table has its own header of two rows, groups and targets."""
    table = (
        "单位|门诊|\n|本年|上年\n白石镇|120|100\n青山镇|230|200\n||\n"
        "单位|改厕||\n|任务数|完成数|完成率\n青山镇|60|66|110\n白石镇|50|40|81"
    )
    townships = read(table, ON)
    assert figures(townships)["白石镇"] == {"门诊": "120", "门诊.上年": "100", "改厕": "40", "改厕.目标": "50"}
    assert warnings(townships) == [("derived-mismatch", "D9")]


def test_a_township_that_a_table_lacks() -> None:
    """Who stands in one table only is read for what it says, and told."""
    townships = read(f"{UPPER}\n单位|改厕|签约\n青山镇|6|60\n云台镇|5|50", ON)
    assert figures(townships)["云台镇"] == {"改厕": "5", "签约": "50"}
    assert [(one.id, one.position.cell, one.severity) for one in townships.problems] == [
        ("not-in-table", "A1", Severity.WARNING),
        ("not-in-table", "A4", Severity.WARNING),
    ]
    assert "“云台镇”" in townships.problems[0].message
    assert "“白石镇”" in townships.problems[1].message


def test_short_names_are_never_matched() -> None:
    """白石 is not 白石镇: both stand alone, and both are told."""
    townships = read(f"{UPPER}\n单位|改厕\n白石|5\n青山镇|6", ON)
    assert "改厕" not in figures(townships)["白石镇"]
    assert [id for id, _ in warnings(townships)] == ["not-in-table", "not-in-table"]


def test_the_same_column_in_two_tables() -> None:
    """An indicator in two tables is refused, whether its figures agree or not."""
    (problem,) = refusals(f"{UPPER}\n单位|门诊|改厕\n白石镇|120|5\n青山镇|230|6", ON)
    assert (problem.id, problem.position.cell) == ("double-column", "B4")


def test_a_township_twice_in_one_of_the_tables() -> None:
    """Only the township that stands twice fails."""
    townships = read(f"{UPPER}\n白石镇|7|7\n{LOWER}", ON)
    assert [*failures(townships)] == ["白石镇（第2行）", "白石镇（第4行）"]
    assert figures(townships) == {"青山镇": BOTH["青山镇"]}


def test_districts_in_both_tables() -> None:
    """The key is 县区 and 乡镇: towns of one name in two districts are never mixed."""
    table = (
        "县区|乡镇|门诊\n清河区|城关镇|1\n|白石镇|2\n槐溪县|城关镇|8\n"
        "县区|乡镇|改厕\n槐溪县|城关镇|3\n清河区|白石镇|7\n|城关镇|9"
    )
    townships = read(table, ON)
    assert figures(townships) == {"白石镇": {"门诊": "2", "改厕": "7"}}
    assert [*failures(townships)] == ["城关镇（第2行）", "城关镇（第4行）"]


def test_what_is_wrong_is_told_at_its_own_cell() -> None:
    """A cell that came from the lower table is told where it stands, and only its township fails."""
    townships = read(f"{UPPER}\n单位|改厕|签约\n青山镇|约6|60\n白石镇|5|/", ON)
    (problem,) = failures(townships)["青山镇"]
    assert (problem.id, problem.position.cell) == ("rough-number", "B5")
    assert "C6" in townships.reading.short()
    assert townships.place(0).cell == "A2"


def test_totals_of_each_table() -> None:
    """Each table's total is compared with its own rows, and the county's own rows are totals in both."""
    townships = read(f"{UPPER}\n合计|351|30\n单位|改厕|签约\n青山镇|6|60\n小计|6|60\n白石镇|5|50\n合计|11|111", ON)
    assert warnings(townships) == [("total-mismatch", "B4"), ("total-mismatch", "C9")]
    under = base(ON, more="单位: 槐溪县卫生健康局")
    townships = read("单位|门诊\n槐溪县|12\n白石镇|12\n单位|改厕\n槐溪县|5\n白石镇|5", under)
    assert townships.names == ["白石镇"]


def test_a_figure_merged_over_two_townships_below() -> None:
    """Nobody knows whose it is, in the lower table as in the upper one."""
    townships = read(sheet(f"{UPPER}\n单位|改厕\n青山镇|6\n白石镇|", "B5:B6"), ON)
    assert {id for found in failures(townships).values() for id in {one.id for one in found}} == {"merged-figure"}
    assert len(failures(townships)) == 2


UNITS = [
    ("|单位：元\n单位|收入\n白石镇|15000\n|单位：座\n单位|改厕\n白石镇|5", {"收入": "1.5", "改厕": "5"}),
    ("|单位：元\n单位|收入\n白石镇|15000\n单位|改厕\n白石镇|5", {"收入": "1.5", "改厕": "5"}),
    ("|单位：元\n单位|收入\n白石镇|15000\n\n单位|补助\n白石镇|20000", None),
    ("单位|收入\n白石镇|1.5\n|单位：元\n单位|补助\n白石镇|20000", None),
    ("|单位：万元\n单位|收入\n白石镇|1.5\n单位|补助\n白石镇|2", {"收入": "1.5", "补助": "2"}),
    ("|单位：元\n单位|收入\n白石镇|15000\n|单位：万元\n单位|收入\n青山镇|2\n单位|改厕\n白石镇|1", None),
    ("|||单位：元\n单位|收入|单位|收入\n白石镇|15000|青山镇|20000", {"收入": "1.5"}),
    ("指标|白石镇\n门诊|100\n|单位：元\n指标|云台镇\n收入|300", None),
    ("|||单位：元\n指标|白石镇|指标|白石镇\n收入|15000|补助|20000\n门诊|1|改厕|2", None),
]


@pytest.mark.parametrize(("table", "expected"), UNITS)
def test_the_unit_of_each_table(table: str, expected: dict[str, str] | None) -> None:
    """A caption is its own table's; where it might mean another's figures, and would change them, it is refused."""
    if expected is None:
        assert {one.id for one in refusals(table, ON)} <= {"unit-mismatch", "unclear-unit", "second-header"}
        assert refusals(table, ON)
    else:
        assert figures(read(table, ON))["白石镇"] == expected


TIMES = [
    f"一、2023年\n{UPPER}\n二、2022年\n{LOWER}",
    f"一、本年\n{UPPER}\n二、上年同期\n{LOWER}",
    f"{UPPER}\n1—11月公共卫生情况表\n{LOWER}",
    "2023年\n单位|门诊\n白石镇|120\n2022年\n单位|门诊\n青山镇|230",
]


@pytest.mark.parametrize("table", TIMES)
def test_the_time_of_each_table(table: str) -> None:
    """A table below that is another year's is refused, though the first is this year's."""
    assert {one.id for one in refusals(table, ON)} <= {"wrong-year", "wrong-period"}
    assert refusals(table, ON)


def test_the_indicator_above_each_table() -> None:
    """Where the headers are alike and the lines above name indicators, each table is of its own."""
    table = "指标：门诊\n单位|2023年|2022年\n白石镇|120|100\n\n指标：出院\n单位|2023年|2022年\n白石镇|10|9"
    assert figures(read(table, ON))["白石镇"] == {"门诊": "120", "门诊.上年": "100", "出院": "10", "出院.上年": "9"}


@pytest.mark.parametrize(
    ("title", "refused"),
    [
        ("上年同期情况表", True),
        ("去年各乡镇情况", True),
        ("本月情况表", True),
        ("1—11月各乡镇情况表", True),
        ("前三季度统计表", True),
        ("本月止累计情况表", False),
        ("与上年同期对比表", False),
        ("比上年增长情况", False),
        ("本年、上年情况表", False),
        ("2023年与去年各乡镇情况表", False),
        ("数据截至12月31日", False),
        ("去年沟水库情况", True),
        ("各镇去年情况与今年计划", True),
        ("去年完成、今年任务", True),
        ("去年与今年情况", False),
        ("各镇情况（11月份）", True),
        ("各镇半年情况表", True),
        ("截至11月30日", True),
    ],
)
def test_a_title_that_names_another_time_without_a_year(title: str, refused: bool) -> None:
    """A table that calls itself last year's, or some months', is never read as this year's."""
    found = [one.id for one in refusals(f"{title}|\n单位|门诊\n白石镇|100\n青山镇|230", ON)]
    assert found == (["wrong-period"] if refused else [])


def test_a_title_of_last_year_over_columns_that_say_so() -> None:
    """Where the columns tell the times apart, the title says nothing of them."""
    townships = read("上年同期对照|\n单位|门诊|上年同期\n白石镇|100|90\n青山镇|230|220", "门诊 人次")
    assert figures(townships)["白石镇"] == {"门诊": "100", "门诊.上年": "90"}
    assert values(read("本月情况表\n单位|门诊|\n|本月|累计\n白石镇|10|90", ON), "门诊") == {"白石镇": "90"}


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("上年情况", "wrong-period"),
        ("去年各乡镇", "wrong-period"),
        ("以下为去年数", "wrong-period"),
        ("前年", "wrong-period"),
        ("二、基期", "wrong-period"),
        ("上月", "wrong-period"),
        ("上年情况\n注：快报数", "wrong-period"),
        ("||上年情况", "wrong-period"),
        ("各镇上年情况||单位：人", "wrong-period"),
        ("2022年", "wrong-year"),
        ("下达任务", "tasks-only"),
        ("（一）目标任务", "tasks-only"),
        ("公共卫生", ""),
        ("以前年度情况", ""),
        ("填表人：王某", ""),
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_title_straight_above_a_lower_table(title: str, found: str, gap: str) -> None:
    """It is the lower table's, with a blank row above it or without, and never a township of the upper one."""
    table = f"{UPPER}\n{gap}{title}\n{LOWER}"
    assert [one.id for one in refusals(table, ON)] == ([found] if found else [])
    assert found or figures(read(table, ON)) == BOTH


@pytest.mark.parametrize("name", ["云台镇", "云台", "城关社区卫生服务中心", "合计"])
def test_a_township_without_figures_straight_above_a_lower_table(name: str) -> None:
    """It stays where it stands, whether its name ends as those of townships do or it has figures below."""
    townships = read(f"{UPPER}\n{name}\n{LOWER}\n{name}|11|110", ON)
    expected = {} if name == "合计" else {name: {"改厕": "11", "签约": "110"}}
    assert figures(townships) == BOTH | expected
    assert warnings(townships) == []
    alone = read(f"{UPPER}\n云台镇\n{LOWER}", ON)
    assert alone.names == ["白石镇", "青山镇", "云台镇"]


BODY = "单位|收入|门诊\n白石镇|15000|120"
CAPTIONS = [
    "（人次、元）",
    "各乡镇收入情况（元）",
    "一、收入情况（元）",
    "各乡镇收入情况(单位：元)",
    "单位：元 人次",
    "单位：人次、元（不含村卫生室）",
    "单 位 ： 元",
    "单位：元人民币",
    "单位：人民币元",
    "货币单位：元",
    "数据单位：元",
    "填报单位：槐溪县卫生健康局  单位：元",
    "单位：人次||单位：元",
    "各乡镇收入情况|单位|元",
    "各乡镇收入情况|金额单位：|元",
    "各乡镇收入情况|（元）",
]
SPOKEN = [
    "单位：人次 金额：元",
    "单位：元、其他见注",
    "收入单位：元，门诊单位：人次",
    "单位：元（补助为万元）",
    "各乡镇收入（单位：元）情况",
    "（元）收入情况",
    "以元计",
    "金额按元统计",
    "金额单位元",
    "计量单位为元",
    "注：收入以元为单位",
    "说明：金额均为元",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_captions_in_many_words(caption: str) -> None:
    """What is there to say the unit is understood, also above a sheet on its side."""
    expected = {"白石镇": {"收入": "1.5", "门诊": "120"}}
    assert figures(read(f"{caption}\n{BODY}", ON)) == expected
    across = f"{caption}\n指标|白石镇\n收入|15000\n门诊|120"
    assert "|" in caption or figures(read(across, ON)) == expected


@pytest.mark.parametrize("caption", ["（元）", "（人次、元）", "货币单位：元", "（单位：元）"])
def test_captions_below(caption: str) -> None:
    """A caption below the last figures is no township."""
    assert figures(read(f"{BODY}\n{caption}", ON)) == {"白石镇": {"收入": "1.5", "门诊": "120"}}


@pytest.mark.parametrize("line", SPOKEN)
def test_a_line_that_speaks_of_a_unit(line: str) -> None:
    """What is no caption and would change figures is refused; following either way out helps."""
    (problem,) = refusals(f"{line}\n{BODY}", ON)
    assert (problem.id, problem.position.cell) == ("unclear-unit", "A1")
    assert "“收入（元）”" in problem.hint
    assert "“单位：元”" in problem.hint
    expected = {"白石镇": {"收入": "1.5", "门诊": "120"}}
    assert figures(read(f"{line}\n{BODY.replace('收入', '收入（元）')}", ON)) == expected
    assert figures(read(f"{line}\n单位：元\n{BODY}", ON)) == expected
    assert refusals(f"{line}\n{BODY}".replace("元", "万元"), ON) == []


@pytest.mark.parametrize(("unit", "told"), [("个", []), ("家", []), ("元", ["unclear-unit"]), ("万元", [])])
def test_a_total_that_says_a_unit(unit: str, told: list[str]) -> None:
    """合计（个） says what is counted; a unit that would change figures is refused as anywhere among the rows."""
    for total in (f"合计（{unit}）", f"小 计（{unit}）"):
        rows = f"{total}|30000|240\n红土镇|15000|120"
        assert [one.id for one in refusals(f"{BODY}\n{rows}", ON)] == told


@pytest.mark.parametrize(
    ("line", "between"),
    [("注：收入以元为单位", "unclear-unit"), ("（以元计）", "unclear-section"), ("注：金额单位为元", "unclear-unit")],
)
def test_a_note_that_speaks_of_a_unit(line: str, between: str) -> None:
    """A note says it of the rows above and between which it stands; what nothing marks as one, of those below, too."""
    for more, found in (("", "unclear-unit"), ("\n红土镇|20000|1", between)):
        (problem,) = refusals(f"{BODY}\n{line}{more}", ON)
        assert (problem.id, problem.position.cell) == (found, "A3")
        assert refusals(f"{BODY.replace('收入', '收入（元）')}\n{line}{more}", ON) == []


@pytest.mark.parametrize(
    "line",
    [
        "单位：槐溪县卫生健康局",
        "填报单位：槐溪县卫生健康局",
        "各乡镇人员、经费情况",
        "2023年各镇亿元以上工程",
        "各镇情况（年）",
        "各镇情况（一）",
        "注：收入以决算为准",
    ],
)
def test_lines_that_say_no_unit(line: str) -> None:
    """Offices, words that only hold a unit, and units that change nothing."""
    assert figures(read(f"{line}\n{BODY}", ON)) == {"白石镇": {"收入": "15000", "门诊": "120"}}


def test_two_captions_that_contradict_each_other() -> None:
    """Neither counts for a column that both fit."""
    (problem,) = refusals(f"单位：万元||单位：元\n{BODY}", ON)
    assert (problem.id, problem.position.cell) == ("unit-mismatch", "B2")


def test_a_unit_beside_the_word_for_names_or_in_the_name_of_the_sheet() -> None:
    """单位（元） may be the unit of all; so may a sheet that is called after one."""
    (problem,) = refusals(BODY.replace("单位", "单位（元）"), ON)
    assert (problem.id, problem.position.cell) == ("unclear-unit", "A1")
    assert figures(read(BODY.replace("单位", "项目／单位（万元）"), ON))["白石镇"]["收入"] == "15000"
    (problem,) = refusals(sheet(BODY, name="收入（元）"), ON)
    assert (problem.id, problem.position.cell) == ("unclear-unit", "A1")


TOWNS = "\n".join(f"第{number}镇|{number}000" for number in range(1, 14))


@pytest.mark.parametrize(
    ("table", "refused"),
    [
        (f"单位|收入\n（单位：元）|\n{TOWNS}", True),
        (f"单位|收入\n{TOWNS}\n单位：元|\n{TOWNS.replace('镇', '乡')}", True),
        (f"单位|收入\n{TOWNS}\n（单位：元）\n注：初步数", False),
        (f"单位|收入\n{TOWNS}\n填报单位：槐溪县", False),
        (f"||单位：元\n单位|收入\n{TOWNS}", False),
        ("单位|收入\n白石镇|100\n青山镇|200\n（金额单位：元）|\n朱砂镇|1000000", True),
        ("单位|收入\n白石镇|100\n单位：元|\n合计|100", True),
        ("单位|收入\n白石镇|100\n单位：元|\n朱砂镇|约1000000", True),
        ("单位|收入\n白石镇|100\n朱砂镇（单位：元）|1000000", True),
        ("单位|收入\n白石镇|100\n二、一般卫生院（元）|\n合计|100", True),
        ("单位|收入\n白石镇|100\n二、一般卫生院（元）|", True),
        ("单位|收入\n白石镇|100\n|单位：元\n朱砂镇|1000000", True),
        ("序号|单位|收入\n1|白石镇|100\n备注||单位：元\n2|朱砂镇|1000000", True),
        ("单位|门诊|收入\n白石镇|1|100\n合计|1|100\n附：村卫生室|\n单位：元|\n朱砂村|10000|1", True),
        ("指标|白石镇|青山镇|单位：元|朱砂镇\n收入|100|200||1000000", True),
        ("单位|收入|门诊|签约\n白石镇|100|1|1\n单位：元\n填表人：|王某|联系电话：|13812345678", False),
        ("单位|收入\n白石镇|100\n单位：元\n填表人：王某|2023年12月30日", False),
        ("单位|收入\n白石镇|100\n单位：元|\n朱砂镇|", False),
    ],
)
def test_a_unit_among_the_townships(table: str, refused: bool) -> None:
    """A unit that stands between rows, where nobody looks for one, is never passed over as a note."""
    found = [one.id for one in refusals(table, ON)]
    assert found == (["unclear-unit"] if refused else [])


@pytest.mark.parametrize("section", ["2022年其他情况", "上年", "上年同期情况", "单位：元", "1—11月", "本月"])
def test_a_section_of_another_time_in_a_sheet_on_its_side(section: str) -> None:
    """A row of words among indicators that makes those below last year's, or another unit's, is refused."""
    rows = f"指标|白石镇|青山镇\n门诊|120|230\n{section}||\n收入|15|20"
    assert {one.id for one in refusals(rows, ON)} == {"unclear-section"}
    assert refusals(rows.replace(section, "二、收支情况"), ON) == []


SECTIONS = [
    *(
        "二、上年同期",
        "上年同期",
        "上年情况",
        "2022年",
        "二、2022年情况",
        "（二）去年",
        "1—11月",
        "二、本月情况",
        "二、任务数",
    ),
    *(
        "二、计划数",
        "一般卫生院（上年）",
        "一般卫生院（2022年）",
        "以下为上年数。",
        "二、一般卫生院（元）",
        "（元）",
        "以元计",
    ),
    *("一般卫生院（人、元）", "其中：上年", "1.上年情况", "注：下列各院为2022年数"),
    *("1—11月情况", "一般卫生院（2022）", "2021年、2022年新建卫生院", "二、一般卫生院（单位：元）"),
    *("（上年）", "（2022年）", "按上年统计", "（以元计）", "金额按元统计", "以人次、元计", "收入均以元为单位"),
]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_of_another_time_among_townships(section: str) -> None:
    """A row of words among townships that makes those below it last year's, tasks, or another unit's is refused."""
    rows = f"单位|门诊|收入\n一、中心卫生院（万元）||\n白石镇|100|10\n{section}||\n朱砂镇|1|1"
    assert {one.id for one in refusals(rows, ON)} == {"unclear-section"}
    assert refusals(rows.replace(section, "二、一般卫生院"), ON) == []
    assert refusals(rows.replace(f"{section}||\n", ""), ON) == []
    last = rows.replace(f"{section}||\n朱砂镇|1|1", f"朱砂镇|1|1\n{section}||")
    assert ("unclear-section", "A5") not in {(one.id, one.position.cell) for one in refusals(last, ON)}


def test_the_way_out_of_a_row_that_alone_says_the_unit() -> None:
    """Deleted as it is, 元 would be lost and the figures be 万元: the way out takes it into the heading first."""
    rows = "单位|门诊|收入\n（元）||\n白石镇|100|15000"
    (problem,) = refusals(rows, ON)
    assert (problem.id, problem.position.cell) == ("unclear-section", "A2")
    assert problem.hint.startswith("请先把时间和单位写进表头，这里再删去")
    followed = rows.replace("收入", "收入（元）").replace("（元）||\n", "")
    assert figures(read(followed, ON)) == {"白石镇": {"门诊": "100", "收入": "1.5"}}


@pytest.mark.parametrize(
    "section",
    [
        "二、2023年",
        "二、一般卫生院（万元）",
        "二、一般卫生院（人次）",
        "注：上年为快报数",
        "（快报数）",
        "以上数据为2022年快报",
        "比上年增减",
        "填报日期：2022年3月1日",
    ],
)
def test_a_row_that_changes_nothing(section: str) -> None:
    """What is said of the same year and unit, beside the figures, or of those above, is passed over as ever."""
    assert refusals(f"单位|门诊|收入\n白石镇|100|10\n{section}||\n朱砂镇|1|1", ON) == []


def test_a_section_of_another_time_with_its_sum() -> None:
    """A section with figures of its own speaks of the rows below it, too."""
    rows = f"单位|门诊\n白石镇|100\n二、一般卫生院（单位：人次）|\n朱砂镇|1\n{TOWNS}"
    assert [one.id for one in refusals(rows, ON)] == ["unclear-section"]
    rows = "单位|门诊\n一、本年|120\n白石镇|120\n二、上年同期|3\n朱砂镇|1\n红土镇|2"
    assert [one.id for one in refusals(rows, ON)] == ["unclear-section"]


@pytest.mark.parametrize("lower", ["单位|签约\n白石镇|5", "单位|门诊|收入\n朱砂镇|1|1"])
def test_a_row_at_the_end_of_one_of_several_tables(lower: str) -> None:
    """A row without figures at the end of a table says nothing of the next one, unless it may be that one's title."""
    upper = "单位|门诊|收入|备注\n白石镇|100|10|"
    assert refusals(f"{upper}\n上年同期|||略\n\n{lower}", ON) == []
    assert [one.id for one in refusals(f"{upper}\n上年同期|||\n\n{lower}", ON)] == ["wrong-period"]


def test_a_section_and_a_unit_in_another_cell() -> None:
    """Each cause among the townships is told, once, by the one whose business it is; another header before all."""
    rows = "单位|门诊|收入\n白石镇|100|10\n二、上年||单位：元\n朱砂镇|1|1\n红土镇（单位：元）|1|1"
    found = [(one.id, one.position.cell) for one in refusals(rows, ON)]
    assert found == [("unclear-section", "A3"), ("unclear-unit", "C3"), ("unclear-unit", "A5")]
    assert [one.id for one in refusals(rows.replace("上年||单位：元", "上年|签约|改厕"), ON)] == ["second-header"]


def test_a_caption_below_that_contradicts_a_section() -> None:
    """The unit of all is said below the last figures, and a section says another."""
    found = refusals("单位|收入\n一、中心卫生院（万元）|\n白石镇|100\n（元）|", ON)
    assert [(one.id, one.position.cell) for one in found] == [("unclear-section", "A2")]


@pytest.mark.parametrize(
    ("section", "refused"),
    [("收入情况（元）", True), ("（单位：元）", True), ("收入情况（万元）", False), ("二、收入", False)],
)
def test_a_unit_above_indicators_in_a_sheet_on_its_side(section: str, refused: bool) -> None:
    """A bracket behind the name of a group changes the unit of the indicators below it, unless they say their own."""
    rows = f"指标|白石镇|青山镇\n门诊|120|230\n{section}||\n收入|15|20"
    assert [one.id for one in refusals(rows, ON)] == (["unclear-section"] if refused else [])
    if "单位" not in section:
        assert refusals(rows.replace("\n收入|", "\n收入（万元）|"), ON) == []


HEADS = [
    ("指标（上年）|白石镇|青山镇", True),
    ("2022年指标|白石镇|青山镇", True),
    ("指标|白石镇（上年）|青山镇（上年）", True),
    ("项目|白石镇2022年|青山镇2022年", True),
    ("项目|上年|上年", True),
    ("上年|白石镇|青山镇", True),
    ("上年同期数|白石|青山", True),
    ("收支（万元）|白石镇|青山镇", True),
    ("指标（元）|白石镇|青山镇", True),
    ("指标|红土镇|朱砂镇", True),
    ("|红土镇|朱砂镇", True),
    ("指标（本月）|白石镇|", True),
    ("单位（上年）|白石镇|青山镇", True),
    ("指标|白石镇|青山镇", False),
    ("项目|白石镇|青山镇", False),
    ("单位|白石镇|青山镇", False),
    ("|白石镇|青山镇", False),
    ("负责人|张某|李某", False),
    ("备注|略|上年未报", False),
]


@pytest.mark.parametrize(("head", "refused"), HEADS)
@pytest.mark.parametrize("first", ["指标", "单位"])
def test_another_header_in_a_sheet_on_its_side(first: str, head: str, *, refused: bool) -> None:
    """A row of words that heads those below it otherwise than the first row is refused; one that repeats it is not."""
    table = f"{first}|白石镇|青山镇\n门诊|120|230\n{head}\n签约|50|60"
    if refused:
        assert {one.id for one in refusals(table, ON)} & {"second-header", "wrong-period"}
        assert {one.position.cell for one in refusals(table, ON)} == {"A3"}
    else:
        assert figures(read(table, ON)) == {
            "白石镇": {"门诊": "120", "签约": "50"},
            "青山镇": {"门诊": "230", "签约": "60"},
        }


@pytest.mark.parametrize("row", ["片区|东片|西片", "卫生院|白石镇卫生院|青山镇卫生院", "所在地|白石镇|青山镇"])
def test_what_townships_belong_to_in_a_sheet_on_its_side(row: str) -> None:
    """A row below the names that says more of the townships is no other header."""
    assert values(read(f"单位|白石镇|青山镇\n{row}\n门诊|120|230", ON), "门诊") == {"白石镇": "120", "青山镇": "230"}


def test_another_header_in_another_unit() -> None:
    """The unit beside the word for names changes the rows below."""
    table = "单位|白石镇|青山镇\n门诊|120|230\n单位（元）|白石镇|青山镇\n收入|20000|10000"
    assert "second-header" in {one.id for one in refusals(table, ON)}


def test_another_header_beside_a_column_of_units() -> None:
    """The column of units stands in the other header, too."""
    table = "指标|单位|白石镇|青山镇\n门诊|人次|120|230\n指标（上年）|单位|白石镇|青山镇\n签约|人|50|60"
    assert {one.id for one in refusals(table, ON)} == {"second-header", "wrong-period"}


@pytest.mark.parametrize("name", ["2022年", "上年情况", "", "合计", "其他情况"])
def test_a_row_of_headings_among_the_townships(name: str) -> None:
    """Where an indicator's name stands among figures, those below are its, and no other's."""
    (problem,) = refusals(f"单位|门诊\n白石镇|120\n{name}|签约\n红土镇|50", ON)
    assert (problem.id, problem.position.cell) == ("second-header", "B3")


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("指标（上年）|白石镇\n门诊|120", "wrong-period"),
        ("单位（2022年）|门诊\n白石镇|120", "wrong-year"),
        ("乡镇（去年）|门诊\n白石镇|120", "wrong-period"),
        ("单位（本月）|门诊\n白石镇|120", "wrong-period"),
        ("单位|门诊\n红土镇|1\n单位（上年）|签约\n白石镇|120", "wrong-period"),
        ("单位（上年）|门诊.上年\n白石镇|120", ""),
        ("单位（盖章）|门诊\n白石镇|120", ""),
        ("乡镇（街道）|门诊\n白石镇|120", ""),
        ("单位（2023年）|门诊\n白石镇|120", ""),
    ],
)
def test_a_time_beside_the_word_for_names(head: str, found: str) -> None:
    """What the head of the names says in brackets, it says of the whole table."""
    assert [one.id for one in refusals(head, "门诊 人次\n签约 人")] == ([found] if found else [])


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("填报日期：2024年1月5日", False),
        ("填报日期：|2024年1月5日", False),
        ("制表时间 2024-01-05", False),
        ("日期：2024/1/5", False),
        ("请于2024年1月5日前报送", False),
        ("填报日期：2022年12月30日", True),
        ("2022.12.31", True),
        ("|20221231", True),
        ("2024年1月5日", True),
        ("截止日期：2022年12月31日", True),
        ("填报日期：2024年1月5日|2022年", True),
    ],
)
def test_the_day_a_sheet_was_filled_in(line: str, *, refused: bool) -> None:
    """It may be in the year after the report's, never before; a day that nobody says that of is the figures'."""
    found = [one.id for one in refusals(f"{line}\n{UPPER}", ON)]
    assert found == (["wrong-year"] if refused else [])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2022年情况", ["wrong-year"]),
        ("22年", ["wrong-year"]),
        ("1—11月情况", ["wrong-period"]),
        ("半年", ["wrong-period"]),
        ("去年", ["wrong-period"]),
        ("2022年、2023年", []),
        ("2023年情况", []),
        ("Sheet1", []),
    ],
)
def test_a_sheet_named_after_another_time(name: str, found: list[str]) -> None:
    """The name of a sheet is a title of it."""
    assert [one.id for one in refusals(sheet(UPPER, name=name), ON)] == found


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("各镇2022年.csv", True),
        ("各镇2022.xlsx", True),
        ("各镇（22年）.csv", True),
        ("二〇二二年各镇.csv", True),
        ("各镇-20220131.csv", True),
        ("各镇2022-12-31.csv", True),
        ("各镇-20240105.csv", False),
        ("各镇2024.1.5.csv", False),
        ("2022年报送2023年数据.csv", False),
        ("各镇（23年）.csv", False),
        ("各镇.csv", False),
    ],
)
def test_a_file_named_after_another_year(name: str, *, refused: bool) -> None:
    """A file named after a year, or sent in before the report's, is refused where nothing in it says otherwise."""
    made = sheet(UPPER)
    made.source = Source(name, "")
    assert [one.id for one in refusals(made, ON)] == (["wrong-year"] if refused else [])
    said = sheet(f"2023年\n{UPPER}")
    said.source = Source(name, "")
    assert refusals(said, ON) == []


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("单位|门诊|单位|门诊\n白石镇|1|白石镇|2", ["白石镇（第1列）", "白石镇（第3列）"]),
        ("单位|门诊\n白石镇|1\n白石镇|2", ["白石镇（第2行）", "白石镇（第3行）"]),
        ("指标|白石镇|白石镇\n门诊|1|2", ["白石镇（第2列）", "白石镇（第3列）"]),
        ("指标|白石镇|\n门诊|1|2", ["第3列"]),
        (
            "单位|门诊|单位|门诊\n白石镇|1|白石镇|2\n白石镇|3|青山镇|4",
            ["白石镇（第2行第1列）", "白石镇（第2行第3列）", "白石镇（第3行第1列）"],
        ),
        ("单位|门诊|单位|门诊\n白石镇|1||2\n|3|青山镇|4", ["第2行", "第3行"]),
    ],
)
def test_where_a_name_stands_that_fails(table: str, names: list[str]) -> None:
    """Townships of one name, or none, are told apart by rows, by columns where they stand side by side, or by both."""
    townships = read(table, ON)
    assert sorted(failures(townships)) == names
    assert len({*townships.names}) == len(townships.names)


YEARS_BESIDE = [
    ("2022年||2023年\n单位|门诊|单位|门诊\n白石镇|1|白石镇|2", "A1"),
    ("2022年||2023年\n单位|门诊|单位|门诊\n白石镇|1|青山镇|2", "A1"),
    ("2023年||2022年\n单位|门诊|单位|门诊\n白石镇|1|青山镇|2", "C1"),
    ("2023年各镇情况表\n2022年||2023年\n单位|门诊|单位|门诊\n白石镇|1|青山镇|2", "A2"),
    ("二〇二二年||二〇二三年\n单位|门诊|单位|签约\n白石镇|1|青山镇|2\n青山镇|1|白石镇|2", "A1"),
    ("2022年||2023年\n单位|门诊|单位|签约\n白石镇|1|白石镇|2", "A1"),
    ("2023年情况||2022年情况\n单位|门诊|签约\n白石镇|1|2", "C1"),
    ("2022年各镇情况表\n单位|门诊|单位|门诊\n白石镇|1|青山镇|2", "A1"),
    ("2023年各镇情况表\n单位|门诊|单位|门诊\n白石镇|1|青山镇|2", ""),
    ("2023年||2023年\n单位|门诊|单位|门诊\n白石镇|1|青山镇|2", ""),
    ("2022年||2023年\n单位|门诊（上年）|门诊\n白石镇|1|2", ""),
    ("2023年统计年报||2024年1月5日\n单位|门诊|签约\n白石镇|1|2", ""),
    ("2023年统计年报||2024-01-05\n单位|门诊|签约\n白石镇|1|2", ""),
    ("2022年、2023年情况\n单位|门诊|签约\n白石镇|1|2", ""),
]


@pytest.mark.parametrize(("table", "cell"), YEARS_BESIDE)
def test_years_beside_each_other(table: str, cell: str) -> None:
    """Each of two years above a table is that of the columns below it, whether they are one table or two."""
    found = [(one.id, one.position.cell) for one in refusals(table, ON)]
    assert found == ([("wrong-year", cell)] if cell else [])
