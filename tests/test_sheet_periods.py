"""Years and months as headings and titles write them, and where they stand to a report's own."""

from __future__ import annotations

import pytest

from healthreport.reading.tables.periods import Document, Period, Stands, document_of, of_title, read
from healthreport.reading.yaml.nodes import Source
from sheets_data import base, figures, listed, refusals, sheet
from sheets_data import read as read_sheet

Months = tuple[int, int]


@pytest.mark.parametrize(
    ("texts", "months"),
    [
        ("2023年 2023年度 2023 2023.0 23年 ２０２３年 2023年末 2023年底 2023年期末 2023年年末 截至2023年", None),
        ("2023全年 2023年全年 2023年1—12月 2023年1-12月 2023年1月至12月 2023年全年累计", (1, 12)),
        ("2023年1月—11月 2023年1～11月份 2023年1月到11月 2023年1--11月 2023年01至11月份 2023年1-11月累计", (1, 11)),
        ("截至2023年11月 截止到2023年11月 截至2023.11 截至2023-11 2023年11月末 2023年11月底", (1, 11)),
        ("2023年11月 2023年11月份 2023.11 2023-11", (11, 11)),
        ("2023年1月 2023.1 2023.01 截至2023年1月", (1, 1)),
        ("2023年12月 2023.12", (12, 12)),
        ("2023年2—3月", (2, 3)),
        ("2023年上半年", (1, 6)),
        ("2023年下半年", (7, 12)),
        ("2023年一季度 2023年第一季度 2023年1季度", (1, 3)),
        ("2023年二季度 2023年第二季度 2023年2季度", (4, 6)),
        ("2023年三季度 2023年第三季度 2023年3季度", (7, 9)),
        ("2023年四季度 2023年第四季度 2023年4季度", (10, 12)),
        ("2023年前三季度 2023年前3季度", (1, 9)),
    ],
)
def test_years_and_months(texts: str, months: Months | None) -> None:
    """A year in any form, months from the first to the last; the end of a month stands for all up to it."""
    found = {text: read(text) for text in listed(texts)}
    assert found == dict.fromkeys(listed(texts), Period(2023, months))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1900", Period(1900)),
        ("2199", Period(2199)),
        ("上半年", Period(None, (1, 6))),
        ("11月", Period(None, (11, 11))),
        ("1—11月", Period(None, (1, 11))),
        ("截至11月", Period(None, (1, 11))),
        ("截止11月末", Period(None, (1, 11))),
        ("2022年同期", Period(2022, None, True)),
        ("2022年同期数", Period(2022, None, True)),
        ("2022年1—11月同期值", Period(2022, (1, 11), True)),
        ("2022年11月同期", Period(2022, (11, 11), True)),
        ("1—11月同期", Period(None, (1, 11), True)),
        ("上半年同期", Period(None, (1, 6), True)),
    ],
)
def test_without_a_year_and_of_the_year_before(text: str, expected: Period) -> None:
    """Months stand alone, too; 同期 is what the year before had in the same months."""
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    listed(
        "1899 2200 23 全年 累计 同期 同期数 万年镇 2023.13 2023.0.1 2023年13月 2023年0月 0月 13月 1—13月 11—1月 0—3月\n"
        "3—3月 2023年13月同期 2023年1—11月各镇 2023年各镇"
    ),
)
def test_no_periods(text: str) -> None:
    """Other numbers, months that are none, and texts that only begin with a year."""
    assert read(text) is None


@pytest.mark.parametrize(
    ("title", "years", "months"),
    [
        ("2023年各镇统计表", {2023}, None),
        ("2023年1—11月各镇统计表", {2023}, (1, 11)),
        ("2023（1-11月）统计表", {2023}, (1, 11)),
        ("2023年11月统计表", {2023}, (11, 11)),
        ("2023年1月统计表", {2023}, (1, 1)),
        ("2023年12月统计表", {2023}, (12, 12)),
        ("2023年上半年统计表", {2023}, (1, 6)),
        ("2022年、2023年度统计表", {2022, 2023}, None),
        ("填报日期：2023年12月31日", {2023}, None),
        ("2023年13月", {2023}, None),
        ("2023年0—3月", {2023}, None),
        ("2023年11—1月", {2023}, None),
        ("1—11月统计表", set(), (1, 11)),
        ("编号12023年", set(), None),
        ("二〇二二年各镇情况", {2022}, None),
        ("二○二二年度各镇情况", {2022}, None),
        ("二零二二年十一月", {2022}, (11, 11)),
        ("二〇二二年十二月三十一日", {2022}, None),
        ("各镇22年情况", {2022}, None),
        ("22年、23年情况", {2022, 2023}, None),
        ("各镇情况（2022）", {2022}, None),
        ("各镇情况2022", {2022}, None),
        ("2022", {2022}, None),
        ("2022.12.31", {2022}, None),
        ("2022-12-31", {2022}, None),
        ("2022/1/5", {2022}, None),
        ("20221231", {2022}, None),
        ("各镇情况2022.11", {2022}, (11, 11)),
        ("各镇11月份情况", set(), (11, 11)),
        ("各镇情况（11月末）", set(), (1, 11)),
        ("截至11月30日", set(), (1, 11)),
        ("截止到2023年11月底", {2023}, (1, 11)),
        ("前11个月情况", set(), (1, 11)),
        ("前十一个月情况", set(), (1, 11)),
        ("一至十一月情况", set(), (1, 11)),
        ("十月份情况", set(), (10, 10)),
        ("1—3季度情况", set(), (1, 9)),
        ("一至三季度情况", set(), (1, 9)),
        ("四季度情况", set(), (10, 12)),
        ("各镇半年情况表", set(), (1, 6)),
        ("下半年情况", set(), (7, 12)),
        ("3—1季度", set(), None),
        ("卫健发〔2022〕5号", set(), None),
        ("各镇近22年情况", set(), None),
        ("工作20年乡村医生", set(), None),
        ("22年以上工龄", set(), None),
        ("电话62212022", set(), None),
        ("十五年规划", set(), None),
        ("2023年中医药情况", {2023}, None),
        ("0—6个月婴儿", set(), None),
        ("满6个月婴儿", set(), None),
        ("8月龄接种情况", set(), None),
        ("8月以上婴儿", set(), None),
        ("12月底前报送", set(), None),
        ("11月5日", set(), None),
        ("11月以来情况", set(), None),
        ("2023年6月启动的试点", {2023}, None),
        ("6月份开始的项目", set(), None),
        ("11月5号前", set(), None),
        ("每半年一次", set(), None),
    ],
)
def test_titles(title: str, years: set[int], months: Months | None) -> None:
    """A title names years, months, or both, in many forms; a day has no months, other numbers are neither."""
    assert of_title(title) == (years, months)


@pytest.mark.parametrize(
    ("year", "same", "expected"),
    [
        (None, False, Stands.NOW),
        (None, True, Stands.LAST),
        (2023, False, Stands.NOW),
        (2023, True, Stands.NEITHER),
        (2022, False, Stands.LAST),
        (2022, True, Stands.LAST),
        (2021, False, Stands.NEITHER),
        (2024, False, Stands.NEITHER),
    ],
)
def test_where_a_year_stands(year: int | None, same: bool, expected: Stands) -> None:
    """This year's, last year's, or neither; 同期 of the report's own year is a contradiction."""
    assert Document(2023).stands(Period(year, None, same)) is expected
    assert Document(None).stands(Period(2023)) is Stands.NEITHER


def test_months_have_to_be_the_reports() -> None:
    """What says no months fits every report, other months none; a report of unreadable months fits nothing."""
    half = Document(2023, (1, 6))
    assert half.covers(Period(2023))
    assert half.covers(Period(None, (1, 6)))
    assert not half.covers(Period(2023, (1, 5)))
    assert not Document(2023, None).covers(Period(2023, (1, 5)))


@pytest.mark.parametrize(
    ("more", "expected", "said", "one_month"),
    [
        ("", Document(2023, (1, 12)), "2023年", False),
        ("期间: 1—11月", Document(2023, (1, 11)), "2023年1—11月", False),
        ("期间: 11月", Document(2023, (11, 11)), "2023年11月", True),
        ("期间: 全年", Document(2023, (1, 12)), "2023年", False),
        ("期间: 国庆前后", Document(2023, None), "2023年", False),
        ("截至: 2023-11-30", Document(2023, (1, 11)), "2023年1—11月", False),
        ("截至: 哪天", Document(2023, (1, 12)), "2023年", False),
    ],
)
def test_what_a_report_is_about(more: str, expected: Document, said: str, one_month: bool) -> None:
    """期间 and 截至 give the months, else it is the whole year; so it is said in messages."""
    found = document_of(base("甲 个", more=more))
    assert (found, str(found), found.is_one_month) == (expected, said, one_month)


@pytest.mark.parametrize("genre", ["半年工作总结", "half-year-summary"])
def test_half_a_year_by_the_genre(genre: str) -> None:
    """A summary of half a year is about its first half."""
    on = base("甲 个")
    on["体裁"].value = genre  # type: ignore[union-attr]
    assert document_of(on) == Document(2023, (1, 6))


def test_a_report_without_a_year() -> None:
    """Without 年度 there are months still."""
    assert str(Document(None)) == "全年"
    assert str(Document(None, (1, 11))) == "1—11月"


@pytest.mark.parametrize(
    ("period", "expected"),
    [("全年", {"门诊": "28000", "门诊.上年": "25000"}), ("12月", {"门诊": "2500", "门诊.上年": "2300"})],
)
@pytest.mark.parametrize("last", ["上年同月|上年同月止累计", "同月|上年同期累计", "去年同月|去年本月止累计"])
def test_the_same_month_of_last_year(period: str, expected: dict[str, str], last: str) -> None:
    """上年同月 is last year's month: the year's report wants last year's 累计, as it wants this year's."""
    table = f"单位|门诊|||\n|本月|本月止累计|{last}\n白石镇|2500|28000|2300|25000"
    on = base("门诊 人次", more=f"期间: {period}")
    assert figures(read_sheet(table, on)) == {"白石镇": expected}


PLAIN = "单位|门诊\n白石镇|5"


@pytest.mark.parametrize(
    ("name", "table", "refused"),
    [
        ("上年数", PLAIN, ["wrong-period"]),
        ("本月", PLAIN, ["wrong-period"]),
        ("去年情况", PLAIN, ["wrong-period"]),
        ("2022年", PLAIN, ["wrong-year"]),
        ("1—11月", PLAIN, ["wrong-period"]),
        ("2023年", PLAIN, []),
        ("上年与本年对比", PLAIN, []),
        ("上年数", "单位|门诊|门诊.上年\n白石镇|5|4", []),
        ("本月", "单位|本月门诊|累计门诊\n白石镇|5|9", []),
    ],
)
def test_a_sheet_named_after_a_time(name: str, table: str, refused: list[str]) -> None:
    """A sheet named after another time is refused as one with such a title, unless its headings tell times apart."""
    assert [one.id for one in refusals(sheet(table, name=name), "门诊 人次")] == refused


@pytest.mark.parametrize(
    ("file", "table", "refused"),
    [
        ("2022年各镇.csv", PLAIN, ["wrong-year"]),
        ("2022年报送2023年数据.csv", PLAIN, []),
        ("2022年各镇.csv", PLAIN.replace("|门诊", "|2023年门诊"), []),
        ("2022年各镇.csv", PLAIN.replace("|门诊", "|门诊|2022年门诊").replace("5", "5|4"), ["wrong-year"]),
        ("2022年各镇.csv", f"2023年情况|\n{PLAIN}", []),
        ("各镇2022年12月31日.csv", PLAIN, ["wrong-year"]),
        ("各镇2024年1月5日.csv", PLAIN, []),
        ("电话88202212.csv", PLAIN, []),
    ],
)
def test_a_file_named_after_a_year(file: str, table: str, refused: list[str]) -> None:
    """The year of a file's name counts where neither it nor any heading says the report's; a day's if before."""
    made = sheet(table)
    made.source = Source(file, "")
    assert [one.id for one in refusals(made, "门诊 人次")] == refused


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("上年各镇医疗服务情况", True),
        (f"上年{'各镇' * 19}", True),
        (f"上年{'各镇' * 19}的", False),
        ("口径：上年快报", False),
        ("注：同上年", False),
        ("本表为上年数", False),
        ("与上年同口径", False),
        ("上年和本年情况", False),
        ("本月止累计", False),
        ("本月情况", True),
    ],
)
def test_a_line_above_that_is_no_title(line: str, refused: bool) -> None:
    """A long line, one with a colon, a note and a comparison are no titles that make the table another time's."""
    found = [one.id for one in refusals(f"{line}|\n{PLAIN}", "门诊 人次")]
    assert found == (["wrong-period"] if refused else [])
