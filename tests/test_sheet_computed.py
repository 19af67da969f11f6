"""What a sheet computed itself is never a figure; it is compared with what the program computes, and told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sheets_data import base, figures, read, values, warnings

if TYPE_CHECKING:
    from conftest import Cli

RATE = base("常住人口: {单位: 人}\n档案: {单位: 份}\n建档率: {公式: 档案 / 常住人口, 单位: '%'}")
ROWS = "单位|常住人口|档案|{}\n白石镇|1000|900|{}\n青山镇|1250|1000|{}\n合计|2250|1900|{}"


@pytest.mark.parametrize(
    ("heading", "cells"),
    [("建档率（%）", ("90", "80", "84.4")), ("建档率", ("90.0%", "80%", "")), ("建档率（‰）", ("900", "800", "844.4"))],
)
def test_a_formula_with_a_column_of_its_own(heading: str, cells: tuple[str, str, str]) -> None:
    """A column that the report computes by a formula is compared in the unit of its heading, totals too."""
    townships = read(ROWS.format(heading, *cells), RATE)
    assert townships.problems == []
    assert figures(townships, RATE)["白石镇"] == {"常住人口": "1000", "档案": "900"}
    assert "核对的列：建档率" in townships.reading.short()


def test_a_formula_that_was_computed_otherwise() -> None:
    """A difference names the sheet's figure, the computed one and the cell."""
    townships = read(ROWS.format("建档率", "90", "85.0", "84.4"), RATE)
    assert warnings(townships) == [("derived-mismatch", "D3")]
    assert townships.problems[0].message == "“建档率”的数值，表里是85.0%，按表里的数算是80.0%。"


def test_a_fraction_of_a_formula_is_its_per_cent() -> None:
    """0.9 is 90% and 0.85 is not 80%: what is only compared needs no word of which it is."""
    assert warnings(read(ROWS.format("建档率", "0.9", "0.85", ""), RATE)) == [("derived-mismatch", "D3")]


def test_formulas_on_formulas() -> None:
    """A formula may stand on another, and on targets; what the sheet does not hold keeps it from being compared."""
    under = base(
        "甲: {单位: 人}\n乙: {单位: 人}\n全部: {公式: 甲 + 乙, 单位: 人}\n倍: {公式: 全部 / 甲 + 全部 / 乙}\n"
        "缺: {公式: 甲 - 甲.目标, 单位: 人}\n绕: {公式: 绕 + 甲}\n远: {公式: 甲 + 丙}\n丙: {单位: 人}"
    )
    townships = read("单位|甲|乙|全部|倍|甲.目标|缺|绕|远\n白石镇|10|10|21|4|12|-1|3|9\n青山镇|1|1|2|4|1|0|3|9", under)
    assert warnings(townships) == [("derived-mismatch", "D2"), ("derived-mismatch", "G2")]


def test_a_formula_in_another_unit_of_the_caption() -> None:
    """The caption's unit is the compared column's, too."""
    under = base("收入: {单位: 元}\n补助: {单位: 元}\n合在一起: {公式: 收入 + 补助, 单位: 元}")
    townships = read("||单位：万元|\n单位|收入|补助|合在一起\n白石镇|1.5|2|3.5\n青山镇|1|1|2.1", under)
    assert warnings(townships) == [("derived-mismatch", "D4")]
    assert figures(townships, under)["白石镇"] == {"收入": "15000", "补助": "20000"}


def test_a_change_in_the_unit_of_its_column() -> None:
    """增减 and 差额 beside figures in 万人次 are in 万人次, too, in rows as in columns."""
    table = "单位|门诊（万人次）||||\n|本年|上年|增减|任务|差额\n白石镇|2.8|2.5|{}|3|0.2\n青山镇|1|2|-1|2|1"
    townships = read(table.format("0.3"), "门诊 人次")
    assert (values(townships, "门诊")["白石镇"], warnings(townships)) == ("28000", [])
    (problem,) = read(table.format("0.4"), "门诊 人次").problems
    assert problem.position.cell == "D3"
    total = "单位|门诊（万人次）\n白石镇|2.8\n青山镇|1.2\n合计|4\n上年同期|3.5\n增减|0.5"
    assert warnings(read(total, "门诊 人次")) == []


def test_what_is_still_to_be_done() -> None:
    """未完成数 and 差额 are the target less what was done, in either direction."""
    table = "单位|签约|||\n|任务数|完成数|未完成数|差额\n白石镇|100|80|20|-20\n青山镇|100|90|15|-10"
    townships = read(table, "签约 人")
    assert values(townships, "签约") == {"白石镇": "80", "青山镇": "90"}
    assert warnings(townships) == [("derived-mismatch", "D4")]
    assert townships.problems[0].message == "“签约”的差额，表里是15，按表里的数算是10。"


@pytest.mark.parametrize("heading", ["占比（%）", "占全县%", "门诊占比", "比重", "门诊比重%"])
def test_shares(heading: str) -> None:
    """A share is compared with that of all townships' sum; the total's 100 is none."""
    townships = read(f"单位|门诊|{heading}\n白石镇|100|25\n青山镇|220|55.0\n云台镇|80|15\n合计|400|100", "门诊 人次")
    assert warnings(townships) == [("derived-mismatch", "C4")]
    assert townships.problems[0].message == "“门诊”的占比，表里是15%，按表里的数算是20.0%。"


def test_shares_of_something_else() -> None:
    """Where most rows are no such shares, the column is another one and is not compared."""
    townships = read("单位|门诊|占比\n白石镇|100|9\n青山镇|220|8\n云台镇|80|20", "门诊 人次")
    assert townships.problems == []


@pytest.mark.usefixtures("here")
def test_computed_columns_of_an_indicator_file(cli: Cli) -> None:
    """指标文件 is compared as well, at its cell; the document prints what was computed."""
    rows = [
        "指标,单位,任务数,完成数,完成率（%）,上年,增减%",
        "改厕,座,1000,900,90,800,12.5",
        "签约,人,100,80,85,100,-20",
    ]
    Path("指标.csv").write_text("\n".join(rows), "utf-8")
    Path("甲.yaml").write_text(
        "体裁: 通用\n标题: 甲\n指标文件: 指标.csv\n内容: 改厕{{ 改厕 }}；签约完成{{ 签约.完成率 }}。\n", "utf-8"
    )
    ran = cli("render", "甲.yaml", "--to", "txt")
    assert ran.code == 0
    assert ran.err.count("derived-mismatch") == 1
    assert "指标.csv:3:13: 警告 “签约”的完成率，表里是85%，按表里的数算是80.0%。" in ran.err
    assert "签约完成80%" in Path("甲.txt").read_text("utf-8")
