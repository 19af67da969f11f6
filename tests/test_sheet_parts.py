"""其中: what is a part of the row above, or of the column on the left, is never a township nor a figure of its own."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Alignment

from healthreport.diagnostics import Severity
from healthreport.reading.tables.sheets import Sheet, read_tables
from sheets_data import base, failures, figures, read, refusals, sheet, values, warnings
from tables_data import ods_cell, ods_table, repacked

_STYLES = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
HEAD = "单位|改厕|门诊"


def csv(text: str) -> Sheet:
    """Return a sheet that was read from a .csv file, with the blanks before its texts."""
    return read_tables(text.strip("\n").replace("|", ",").encode(), "乡镇.csv")[0]


def xlsx(rows: list[tuple[int, str, int]]) -> Sheet:
    """Return a sheet of names and figures whose names are set in by so many levels."""
    book = openpyxl.Workbook()
    book.active.append(["单位", "改厕"])
    for number, (level, name, figure) in enumerate(rows, 2):
        book.active.append([name, figure])
        book.active.cell(number, 1).alignment = Alignment(indent=level)
    stream = io.BytesIO()
    book.save(stream)
    return read_tables(stream.getvalue(), "乡镇.xlsx")[0]


def xls(rows: list[tuple[int, str, int]]) -> Sheet:
    """Return the same as an .xls file."""
    book = xlwt.Workbook()
    made = book.add_sheet("表1")
    made.write(0, 0, "单位")
    made.write(0, 1, "改厕")
    for number, (level, name, figure) in enumerate(rows, 1):
        made.write(number, 0, name, xlwt.easyxf(f"align: indent {level}"))
        made.write(number, 1, figure)
    stream = io.BytesIO()
    book.save(stream)
    return read_tables(stream.getvalue(), "乡镇.xls")[0]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_names_set_in_by_the_program(make: type) -> None:
    """A level of Excel's own is as good as blanks."""
    rows = [(0, "白石镇", 12), (1, "双溪分院", 5), (0, "青山镇", 8), (2, "东坪分院", 3), (0, "合计", 20)]
    townships = read(make(rows), "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8"}
    assert townships.problems == []
    assert "其中“双溪分院”、“东坪分院”" in townships.reading.short()


def test_a_shared_text_that_is_set_in_by_blanks() -> None:
    """Blanks before a text in a workbook set it in, too."""
    townships = read(xlsx([(0, "白石镇", 12), (0, "　双溪分院", 5), (0, "青山镇", 8), (0, "合计", 20)]), "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8"}


def test_names_set_in_in_an_open_document() -> None:
    """In an .ods file a style sets names in by a margin, or blanks of an element of their own."""
    style = '<style:style style:name="in"><style:paragraph-properties fo:margin-left="0.353cm"/></style:style>'
    none = style.replace("0.353cm", "0cm").replace('"in"', '"out"')
    names = [
        ("白石镇", "out"),
        ("双溪分院", "in"),
        ("青山镇", "out"),
        ('<text:s text:c="4"/>东坪分院', "out"),
        ("合计", "out"),
    ]
    head = f"<table:table-row>{ods_cell('单位')}{ods_cell('改厕')}</table:table-row>"
    rows = ""
    for (name, of), figure in zip(names, (12, 5, 8, 3, 20), strict=True):
        cells = ods_cell(name, more=f'table:style-name="{of}"')
        cells += ods_cell(str(figure), "float", f'office:value="{figure}"')
        rows += f"<table:table-row>{cells}</table:table-row>"
    data = ods_table(f'<table:table table:name="表1">{head}{rows}</table:table>', style + none)
    data = repacked(data, "content.xml", lambda xml: xml.replace(" xmlns:calcext", f" {_STYLES} xmlns:calcext", 1))
    townships = read(read_tables(data, "乡镇.ods")[0], "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8"}


def test_headings_set_in_for_looks() -> None:
    """Blanks before a heading of a column make it no part of its neighbour: what is unknown is refused."""
    (problem,) = refusals(csv("单位|门诊|　　投诉\n白石镇|100|3"), "门诊 人次")
    assert problem.id == "unknown-column"


PARTS = {
    "set in, and the total says so": "白石镇|12|3\n　双溪分院|5|1\n青山镇|8|4\n    东坪分院|8|4\n合计|20|7",
    "a part of a part": "白石镇|12|3\n　双溪分院|5|1\n　　双溪一站|2|1\n青山镇|8|4\n合计|20|7",
    "what goes on below 其中：": "白石镇|12|3\n其中：双溪分院|5|1\n　　　东溪分院|7|2\n青山镇|8|4\n合计|20|7",
    "below 其中, set in": "白石镇|12|3\n其中||\n　双溪分院|5|1\n　东溪分院|7|2\n青山镇|8|4",
    "below 其中, both set in": "白石镇|12|3\n　其中：||\n　双溪分院|5|1\n　东溪分院|7|2\n青山镇|8|4",
    "below 其中, as the total says": "白石镇|12|3\n其中||\n双溪分院|5|1\n东溪分院|7|2\n青山镇|8|4\n合计|20|7",
    "two lists, as the total says": (
        "白石镇|12|3\n其中||\n双溪分院|5|1\n青山镇|8|4\n其中||\n东溪院|1|1\n西溪院|2|0\n合计|20|7"
    ),
    "below sections": "一、乡镇|20|7\n　白石镇|12|3\n　　其中：双溪分院|5|1\n　青山镇|8|4\n　　东溪分院|8|4\n合计|20|7",
    "below a township without figures": "白石镇|12|3\n云台镇||\n　双溪分院|5|1\n青山镇|8|4\n合计|20|7",
    "on top": "全县|20|7\n　白石镇|12|3\n　　双溪分院|5|1\n　青山镇|8|4",
}


@pytest.mark.parametrize("rows", PARTS.values(), ids=PARTS)
def test_parts_below_their_whole(rows: str) -> None:
    """Parts give no document and are not added; what was taken for one is told."""
    townships = read(csv(f"{HEAD}\n{rows}"), "改厕 座\n门诊 人次")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8"}
    assert failures(townships) == {}
    assert not {"total-mismatch"} & {id for id, _ in warnings(townships)}
    assert "溪" in townships.reading.short()


@pytest.mark.parametrize(
    "rows", ["白石镇|12|3\n　双溪分院|5|1\n青山镇|8|4", "白石镇|12|3\n其中||\n双溪分院|5|1\n青山镇|8|4"]
)
def test_parts_that_no_total_confirms(rows: str) -> None:
    """Where nothing but the place says that a row is a part, a warning names it: a township may not vanish."""
    townships = read(csv(f"{HEAD}\n{rows}"), "改厕 座\n门诊 人次")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8"}
    (problem,) = townships.problems
    assert (problem.id, problem.message) == (
        "taken-for-part",
        "“双溪分院”排在“白石镇”下面，当作它的一部分，没有生成材料。",
    )


TOWNS = {
    "a town is no part of a town": "白石镇|12|3\n　青山镇|8|2\n云台镇|1|1",
    "the total counts it": "白石院|12|3\n　青山院|8|2\n云台院|1|1\n合计|21|6",
    "all are set in alike": "　白石院|12|3\n　青山院|8|2\n　云台院|1|1",
    "a single blank is a slip": "白石院|12|3\n 青山院|8|2\n云台院|1|1",
    "below a section": "一、乡镇|21|6\n　白石院|12|3\n　青山院|8|2\n　云台院|1|1",
    "below a heading": "各卫生院：||\n　白石院|12|3\n　青山院|8|2\n　云台院|1|1",
    "below the sum of them": "清河区|20|5\n　白石镇|12|3\n　青山镇|8|2\n云台镇|1|1",
}


@pytest.mark.parametrize("rows", TOWNS.values(), ids=TOWNS)
def test_what_is_set_in_and_no_part(rows: str) -> None:
    """Blanks alone make no township a part of another."""
    townships = read(csv(f"{HEAD}\n{rows}"), "改厕 座\n门诊 人次")
    assert [*values(townships, "改厕").values()] == ["12", "8", "1"]
    assert failures(townships) == {}


@pytest.mark.parametrize(
    ("rows", "bad"),
    [
        ("白石院|12|3\n　青山院|18|2\n云台院|1|1", ["青山院"]),
        ("白石院|12|3\n其中||\n青山院|8|2\n云台院|1|1", ["青山院", "云台院"]),
    ],
)
def test_nobody_can_tell(rows: str, bad: list[str]) -> None:
    """A row that may be a part or a township is refused by itself, with both ways out."""
    found = failures(read(csv(f"{HEAD}\n{rows}"), "改厕 座\n门诊 人次"))
    assert [*found] == bad
    (problem,) = found["青山院"]
    assert problem.id == "unclear-part"
    assert "其中：青山院" in problem.hint


def test_a_class_over_a_group_of_parts() -> None:
    """Classes above 其中 change nothing."""
    table = "||基本医疗|资源|\n单位|门诊|其中||出院\n||急诊|专家|\n白石镇|100|30|20|10"
    assert figures(read(table, "门诊 人次\n出院 人"))["白石镇"] == {"门诊": "100", "出院": "10"}


GROUP = "单位|门诊|其中|||出院\n||急诊|专家|普通|\n白石镇|100|30|20|50|10\n青山镇|200|50|40|110|20"


def test_columns_below_a_heading_of_parts() -> None:
    """其中 beside an indicator groups its parts: unknown names there are told, and refuse nothing."""
    townships = read(sheet(GROUP, "C1:E1 A1:A2 B1:B2 F1:F2"), "门诊 人次\n出院 人")
    assert figures(townships)["青山镇"] == {"门诊": "200", "出院": "20"}
    assert "没有用的列：其中 / 急诊、其中 / 专家、其中 / 普通" in townships.reading.short()


def test_parts_behind_what_is_computed_of_their_whole() -> None:
    """A growth or a rank of the whole may stand between it and 其中."""
    table = "单位|门诊|同比|排名|其中||出院\n||||急诊|专家|\n白石镇|100|3|1|30|20|10"
    townships = read(sheet(table, "E1:F1"), "门诊 人次\n出院 人")
    assert figures(townships) == {"白石镇": {"门诊": "100", "出院": "10"}}


def test_columns_of_parts_that_the_report_declares() -> None:
    """Parts that 分项 names are taken beside their whole."""
    under = base("门诊: {单位: 人次, 分项: {急诊: , 专家: , 普通: }}\n出院: {单位: 人}")
    townships = read(sheet(GROUP, "C1:E1 A1:A2 B1:B2 F1:F2"), under)
    assert [(one.key, one.part) for one in townships.columns if one.indicator == "门诊"] == [
        ("数值", ""),
        ("分项", "急诊"),
        ("分项", "专家"),
        ("分项", "普通"),
    ]


def test_parts_of_an_indicator_across() -> None:
    """In a sheet on its side indicators that are set in, or stand below 其中, are parts of the one above."""
    rows = "指标|白石镇|青山镇\n门诊|100|200\n　急诊|30|20\n出院|5|6\n其中||\n内科|2|3\n外科|3|3\n改厕|3|4"
    townships = read(csv(rows), "门诊 人次\n出院 人\n改厕 座")
    assert figures(townships)["白石镇"] == {"门诊": "100", "出院": "5", "改厕": "3"}
    assert "没有用的列：急诊、其中、内科、外科" in townships.reading.short()


def test_parts_of_nothing() -> None:
    """What is set in or stands below 其中 without an indicator on its left is refused as any unknown heading."""
    (problem,) = refusals("单位|其中|门诊\n|急诊|\n白石镇|30|100", "门诊 人次")
    assert problem.id == "unknown-column"


DISTRICTS = "县区|乡镇|改厕\n清河区|白石镇|12\n{}|城关镇|8\n槐溪县|城关镇|5\n{}|青山镇|7\n合计||32"


@pytest.mark.parametrize("filled", [("清河区", "槐溪县"), ("", "")])
def test_a_town_of_the_same_name_in_two_districts(filled: tuple[str, str]) -> None:
    """县区 beside 乡镇 is told apart: of one name in two of them both fail, and both are named."""
    townships = read(DISTRICTS.format(*filled), "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "7"}
    (problem,) = failures(townships)["城关镇（第3行）"]
    assert problem.message == "“城关镇”出现了两次（清河区、槐溪县）。"
    assert "清河区城关镇" in problem.hint
    assert [one.position.cell for one in problem.related] == ["B4"]


def test_a_town_twice_in_one_district() -> None:
    """The same 县区 tells nothing apart."""
    (problem, *_) = failures(read("县区|乡镇|改厕\n清河区|白石镇|12\n清河区|白石镇|8\n清河区|青山镇|8", "改厕 座"))[
        "白石镇（第2行）"
    ]
    assert problem.message == "“白石镇”出现了两次。"


def test_a_district_with_figures_of_its_own() -> None:
    """A row of 县区 without 乡镇 is the sum of the towns below it, and compared with them alone."""
    rows = "县区|乡镇|改厕\n清河区||20\n|白石镇|12\n|青山镇|8\n槐溪县||{}\n|云台镇|5\n合计||25"
    townships = read(rows.format(5), "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8", "云台镇": "5"}
    assert failures(townships) == {}
    assert townships.problems == []
    (problem,) = read(rows.format(6), "改厕 座").problems
    assert problem.message == "“改厕”的槐溪县与各行之和5座不符：表里写的是6座，差1座。"


SUMS = {
    "first, once": "清河区||{}\n|白石镇|12\n|青山镇|8\n槐溪县||{}\n|云台镇|5\n|城关镇|2",
    "first, on every row": (
        "清河区||{}\n清河区|白石镇|12\n清河区|青山镇|8\n槐溪县||{}\n槐溪县|云台镇|5\n槐溪县|城关镇|2"
    ),
    "last": "清河区|白石镇|12\n清河区|青山镇|8\n清河区||{}\n槐溪县|云台镇|5\n槐溪县|城关镇|2\n槐溪县||{}",
}


@pytest.mark.parametrize("rows", SUMS.values(), ids=SUMS)
@pytest.mark.parametrize(("said", "wrong"), [((20, 7), ()), ((20, 6), ("槐溪县",)), ((21, 6), ("清河区", "槐溪县"))])
def test_sums_of_districts(rows: str, said: tuple[int, int], wrong: tuple[str, ...]) -> None:
    """Where every 县区 has a row of its own, each is compared with its own towns; one that is wrong spoils no other."""
    townships = read(f"县区|乡镇|改厕\n{rows.format(*said)}\n合计||27", "改厕 座")
    assert values(townships, "改厕") == {"白石镇": "12", "青山镇": "8", "云台镇": "5", "城关镇": "2"}
    assert failures(townships) == {}
    assert [one.message.partition("与")[0] for one in townships.problems] == [f"“改厕”的{name}" for name in wrong]


@pytest.mark.parametrize(
    "rows",
    [
        "清河区||20\n|白石镇|13\n|青山镇|8",
        "清河区||19\n|白石镇|13\n槐溪县|云台镇|5\n|城关镇|2",
        "清河区||20\n|白石镇|13\n槐溪县||5\n清河区|城关镇|2",
        "清河区||20\n|白石镇|13\n槐溪县||5\n槐溪县||2\n|城关镇|2",
    ],
)
def test_a_district_that_may_be_a_forgotten_name(rows: str) -> None:
    """Where other 县区 have no row of their own, or one has two, a row without 乡镇 that adds up to nothing fails."""
    failed = failures(read(f"县区|乡镇|改厕\n{rows}", "改厕 座"))
    assert "no-name" in {one.id for problems in failed.values() for one in problems}


@pytest.mark.parametrize(
    ("table", "heading"),
    [
        ("单位|门诊|其中：急诊|出院\n白石镇|100|30|5", "其中：急诊"),
        ("单位|门诊|其中急诊|出院\n白石镇|100|30|5", "其中急诊"),
        ("单位|门诊|其中|出院\n||急诊|\n白石镇|100|30|5", "其中 / 急诊"),
        ("单位|门诊|增长%|其中|出院\n|||急诊|\n白石镇|100|3|30|5", "其中 / 急诊"),
        ("单位|门诊|其中：急诊|出院\n|人次|人次|\n白石镇|100|30|5", "其中：急诊 / 人次"),
        ("单位|门诊|其中|出院\n||急诊|\n|人次|人次|\n白石镇|100|30|5", "其中 / 急诊 / 人次"),
        ("指标|白石镇\n门诊|100\n其中：急诊|30\n出院|5", "其中：急诊"),
        ("指标|白石镇\n门诊|100\n其中：|\n急诊|30\n出院|5", "急诊"),
    ],
)
def test_an_indicator_of_its_own_below_another(table: str, heading: str) -> None:
    """The part 急诊 of 门诊 is taken for the indicator 急诊 with a warning that says both ways out; both work."""
    on = "门诊 人次\n急诊 人次\n出院 人"
    townships = read(table, on)
    assert values(townships, "急诊") == {"白石镇": "30"}
    (problem,) = townships.problems
    assert (problem.id, problem.severity) == ("part-as-whole", Severity.WARNING)
    assert problem.message == f"“{heading}”写在“门诊”下面，按“急诊”全部的数读了。"
    cells = [one for one in heading.split(" / ") if one != "人次"]
    assert f"“别名: {''.join(cells)}”" in problem.hint or "删去“其中”" in problem.hint
    assert "“其中：门诊急诊”" in problem.hint
    part = read(re.sub("(?:其中：)?急诊", "其中：门诊急诊", table), on)
    assert (part.problems, values(part, "急诊")) == ([], {})
    alias = f"门诊 人次\n急诊: {{单位: 人次, 别名: {''.join(cells)}}}\n出院 人"
    whole = read(table.replace("其中：|\n", ""), alias)
    assert (whole.problems, values(whole, "急诊")) == ([], {"白石镇": "30"})


def test_an_indicator_that_stands_below_nothing() -> None:
    """Only what follows 其中 at once, or says it, is below another; the next indicator is not."""
    for table in ("单位|门诊|急诊\n白石镇|100|30", "指标|白石镇\n门诊|100\n其中：|\n内科|30\n急诊|5"):
        assert read(table, "门诊 人次\n急诊 人次").problems == []
