"""Whatever a county's report prints of its townships, who lacks a figure is told: nothing rests on some in silence."""

from __future__ import annotations

import pytest

from test_county import TOILETS, county, told

ROWS = ("单位,改厕（座）,改厕目标（座）,改厕上年（座）", "甲镇,5,6,5", "乙镇,6,,", "丙镇,7,7,9")
LAST = "“改厕”的上年只汇总了2个乡镇，缺乙镇。"
AGAINST = "由“改厕”、“改厕”的目标算的数，只按都有数的2个乡镇算。"


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("{{ 改厕.上年 }}", LAST),
        ("{{ 改厕.上年 * 2 }}", LAST),
        ("{{ 合计(改厕.上年, 改厕.上年) }}", LAST),
        ("{{ 改厕.完成目标数 }}", AGAINST),
        ("{{ 改厕.未完成 }}", AGAINST),
    ],
)
def test_what_rests_on_some(says: str, expected: str) -> None:
    """An expression of figures that all lack the same township, and what is counted against targets, tell whom."""
    assert told(county(TOILETS, says, *ROWS), "townships-missing") == [expected]


@pytest.mark.parametrize("says", ["{{ 改厕 }}", "{{ 改厕.最高 }}", "{{ 改厕.平均 }}", "{{ 改厕.上报数 }}"])
def test_what_rests_on_all(says: str) -> None:
    """What all townships have is not told of, whoever lacks a target or a 上年 that is not printed."""
    assert told(county(TOILETS, says, *ROWS), "townships-missing") == []


@pytest.mark.parametrize("own", ["数值: 20", "汇总方式: 不汇总, 数值: 4"])
def test_standings_beside_a_figure_of_the_county(own: str) -> None:
    """Who has most is said of those that sent their figure, also where the county's own is not their sum."""
    rows = ("单位,改厕（座）", "甲镇,5", "乙镇,", "丙镇,15")
    missing = [
        told(county(f"  改厕: {{单位: 座, {own}}}", says, *rows), "townships-missing")
        for says in ("{{ 改厕 }}", "{{ 改厕.最高 }}", "{{ 改厕.平均 }}")
    ]
    assert missing == [[], *[["由“改厕”算的数，只按都有数的2个乡镇算。"]] * 2]


@pytest.mark.parametrize("says", ["{{ 救治.危重 }}", "{{ 救治.危重 / 救治.普通 }}"])
def test_parts_of_some(says: str) -> None:
    """A part is told of as the value is, where the value of each township is there."""
    rows = ("单位,救治（例）,,", ",合计,危重,普通", "甲镇,8,3,5", "乙镇,10,,", "丙镇,3,1,2")
    (missing,) = told(county("  救治: {单位: 例, 分项: {危重: , 普通: }}", says, *rows), "townships-missing")
    assert "“救治”的“危重”" in missing
    assert missing.endswith("只汇总了2个乡镇，缺乙镇。")
