"""Cells of figures: what is a number, what is none, and what has to be written instead."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.reading.tables import cells
from healthreport.townships import figures as figures_of_cells
from sheets_data import failures, figures, listed, read, sheet, values


@pytest.mark.parametrize(
    "text",
    listed(
        "- -- — —— － ‐ – − 一 / ／ // \\ × ○ 。 … …… 无 没有 暂无 无数据 不详 未统计 不适用 不涉及 NA N/A n/a\n"
        "NaN NULL None 未开展 未完成 未上报 待报 待定 待补 在建 筹建 停诊 保密 略 （略）"
    ),
)
def test_no_figure(text: str) -> None:
    """What says that there is no figure is an empty cell, and told once."""
    townships = read(f"单位|改厕|床位\n白石镇|{text}|3\n青山镇|8|4", "改厕 座\n床位 张")
    assert values(townships, "改厕") == {"青山镇": "8"}
    assert failures(townships) == {}
    assert townships.reading.short().count(f"“{text}”当作没有数（B2）") == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,236", "1,236"),
        ("１２３６", "1236"),
        ("1236座", "1236"),
        ("¥693.5", "693.5"),
        ("¥12.00", "12.00"),
        ("￥12.00", "12.00"),
        ("127228.0", "127228"),
        ("0.00", "0"),
        ("12.000000000000001", "12"),
        ("2.41万", "24100"),
        ("2.41万座", "24100"),
        ("〇", "0"),
        ("零", "0"),
        ("1 236", "1236"),
        ("-5", "-5"),
        ("85.60", "85.60"),
        ("1236个", "1236"),
    ],
)
def test_numbers(text: str, expected: str) -> None:
    """Numbers as they are typed; what a machine added goes, digits that somebody wrote stay."""
    assert values(read(f"单位|改厕\n白石镇|{text}", "改厕 座"), "改厕") == {"白石镇": expected}


@pytest.mark.parametrize(
    ("heading", "text", "declared", "expected"),
    [
        ("投入", "693.5万", "万元", "693.5"),
        ("投入", "0.5亿", "万元", "5000"),
        ("投入", "5000万", "亿元", "0.5"),
        ("投入", "300万", "百万元", "3"),
        ("投入", "3千", "万平方米", "0.3"),
        ("投入", "2万", "千瓦时", "20000"),
        ("投入", "2.4万", "万", "2.4"),
        ("投入（元）", "2万", "万元", "2"),
        ("投入（元）", "2万", "元", "20000"),
        ("投入（万元）", "2万", "万元", "2"),
        ("投入（万元）", "2万", "元", "20000"),
        ("投入（亿元）", "5000万", "亿元", "0.5"),
        ("投入（万）", "2", "万元", "2"),
        ("投入（亿）", "2", "万元", "20000"),
        ("投入（万）", "2", "元", "20000"),
        ("投入（亩）", "3万", "公顷", "2000"),
    ],
)
def test_a_bare_ten_thousand(heading: str, text: str, declared: str, expected: str) -> None:
    """万 alone counts what its column is of, and is said once: 2万 among 元 is 2万元, and among 万元 too."""
    assert values(read(f"单位|{heading}\n白石镇|{text}", f"投入 {declared}"), "投入") == {"白石镇": expected}


@pytest.mark.parametrize("declared", ["%", "/10万", "千米", "百人"])
def test_a_scale_alone_that_nobody_can_place(declared: str) -> None:
    """There is no 万 of a rate; 2万 of 千米 may be 米 or 千米."""
    ((problem,),) = failures(read("单位|收入\n白石镇|2万", f"收入 {declared}")).values()
    assert (problem.id, "单位“万”" in problem.message) == ("bad-number", True)


@pytest.mark.parametrize(
    ("text", "id", "hint"),
    [
        ("1.23E+05", "exponent-cell", "改成“数值”"),
        ("1:30", "date-cell", "改成“常规”"),
        ("2023-12-31", "date-cell", "改成“常规”"),
        ("12(含3座公厕)", "remark-in-cell", "请只写12"),
        ("12（新建5）", "remark-in-cell", "请只写12"),
        ("约1200", "rough-number", "请写准数，如1200"),
        ("1200余", "rough-number", "1200"),
        ("1200左右", "rough-number", "1200"),
        ("12+3", "bad-number", "请写成数"),
        ("12/15", "bad-number", "请写成数"),
        ("12人", "bad-number", "单位"),
        ("很多", "bad-number", "请写成数"),
        ("12,3456", "bad-number", "请写成数"),
        ("≥90", "bad-number", "请写成数"),
    ],
)
def test_cells_that_are_no_figure(text: str, id: str, hint: str) -> None:
    """Each has its own message at its cell, with what to write, and fails its township only."""
    townships = read(f"单位|改厕\n白石镇|{text}\n青山镇|8", "改厕 座")
    assert values(townships, "改厕") == {"青山镇": "8"}
    (problem,) = failures(townships)["白石镇"]
    assert (problem.id, problem.position.cell) == (id, "B2")
    assert hint in problem.hint


def test_a_number_that_a_format_made_a_date() -> None:
    """A cell with a date format is told as such."""
    townships = read(sheet("单位|改厕\n白石镇|2023-05-09", dates="B2"), "改厕 座")
    assert "这一格是日期" in failures(townships)["白石镇"][0].message


@pytest.mark.parametrize("bound", ["≥90", "≤22", "22以内", "不低于95"])
def test_a_target_may_be_a_bound(bound: str) -> None:
    """A target keeps its bound; in a column of another unit nobody could convert it."""
    townships = read(f"单位|签约|\n|目标|完成\n白石镇|{bound}|92", "签约 人")
    assert figures(townships) == {"白石镇": {"签约": "92", "签约.目标": bound}}
    ((problem,),) = failures(read(f"单位|签约（万人）|\n|目标|完成\n白石镇|{bound}|92", "签约 人")).values()
    assert (problem.id, "换算不了" in problem.message) == ("bad-number", True)


@pytest.mark.parametrize("written", ["70—75", "1*3"])
def test_ranges_and_masked_numbers_in_another_unit(written: str) -> None:
    """What is no single number stays as it is written; nobody could convert it."""
    assert values(read(f"单位|签约\n白石镇|{written}", "签约 人"), "签约") == {"白石镇": written}
    ((problem,),) = failures(read(f"单位|签约（万人）\n白石镇|{written}", "签约 人")).values()
    assert (problem.id, "换算不了" in problem.message) == ("bad-number", True)


@pytest.mark.parametrize(
    ("cells_written", "bad"),
    [
        (["0.925", "0.9"], "AB"),
        (["0.856", "85.6"], "A"),
        (["1", "0.98"], "AB"),
        (["1", "85.6"], ""),
        (["85.6%", "78"], ""),
        (["0.5%", "0.8%"], ""),
        (["0", "85"], ""),
        (["1", "1"], "AB"),
        (["0", "0"], ""),
        (["0.9%", "0.8"], "B"),
        (["100", "99.9"], ""),
    ],
)
def test_per_cent_or_a_fraction(cells_written: list[str], bad: str) -> None:
    """A bare number below one in a column of per cent may be either: refused at its cell. With % there is no doubt."""
    rows = "\n".join(f"{name}镇|{text}" for name, text in zip("AB", cells_written, strict=True))
    townships = read(f"单位|签约率（%）\n{rows}", "签约率 %")
    assert "".join(name[0] for name in failures(townships)) == bad


def test_rates_keep_the_digits_they_were_written_with() -> None:
    """90.0 beside 92.5 was meant so; where all end in .0 a machine wrote it."""
    assert values(read("单位|签约率\n甲镇|90.0\n乙镇|92.5", "签约率 %"), "签约率") == {"甲镇": "90.0", "乙镇": "92.5"}
    assert values(read("单位|签约率\n甲镇|90.0\n乙镇|92.0", "签约率 %"), "签约率") == {"甲镇": "90", "乙镇": "92"}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("12.000", "12"),
        ("-3.0", "-3"),
        ("12.500", "12.500"),
        ("0.1000000000000000055", "0.1"),
        ("66.299999999999997", "66.3"),
        ("1234567890123456789", "1234567890123456789"),
        ("1,234,567,890.123456789", "1,234,567,890.123456789"),
        ("123456.7890123456", "123456.7890123456"),
        ("1.0.0", "1.0.0"),
    ],
)
def test_what_a_machine_added_goes(number: str, expected: str) -> None:
    """A point and zeros, and digits beyond those a machine keeps; whole numbers and what somebody grouped stay."""
    assert cells.tidy(number) == expected


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_tidying_never_changes_a_number(number: Decimal) -> None:
    """However a number is written, its tidied text is the same number."""
    assert Decimal(cells.tidy(f"{number:f}")) == number


WRITTEN = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.decimals(-(10**4), 10**4, places=2).map(str),
    st.sampled_from(["007", ".5", "5.", "-0", "1.50", "127228.0", "0.00", "", "12345678901234567890", "-.25"]),
)


@given(st.lists(WRITTEN, min_size=1, max_size=8))
def test_a_column_is_read_at_once(written: list[str]) -> None:
    """However the numbers of a column are written, each is the number it is, exactly, and an empty cell none."""
    rows = "".join(f"\n第{at}镇|{text}" for at, text in enumerate(written))
    townships = read(f"单位|金额{rows}\n末镇|1", "金额 元")
    (column,) = townships.columns
    numbers, texts = townships.amounts(column.at)
    assert numbers == [*(Decimal(text) if text else None for text in written), 1]
    assert texts == {}


@pytest.mark.parametrize("texts", [["1.5", "007", "", "12", "-3.25"], ["1.5", "2"], [""], ["1.5", "."]])
def test_a_column_that_repeats_itself(texts: list[str]) -> None:
    """Its equal numbers are one, and the same as of a column that does not."""
    written = texts * 400
    alone = figures_of_cells._each(texts, ",".join(texts))
    found = figures_of_cells._numbers(written, ",".join(written))
    assert found == (alone and alone * 400)
    if found and alone:
        assert len({*map(id, found)}) == len(texts)
