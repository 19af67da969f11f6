"""A county's figures where townships say totals and parts, weights, targets of some, what is below zero."""

from __future__ import annotations

import pytest

from helpers import lines
from test_county import RATE, TOILETS, county, said, told, wrong

SIGNED = "  新签: {单位: 人}\n  续签: {单位: 人}\n  签约: {单位: 人, 分项: [新签, 续签]}"
ALL = "{{ 签约 }}，新签{{ 签约.新签 }}，{{ 签约.最高 }}，{{ 签约.平均 }}，{{ 新签.占比(签约) }}"


def test_totals_that_townships_say_beside_their_parts() -> None:
    """The county's total is that of its rows: what townships say, and where one says none, its parts together."""
    rows = ("单位,新签（人）,续签（人）,签约（人）", "甲镇,10,20,30", "乙镇,5,,9", "丙镇,7,8,")
    assert said(SIGNED, ALL, *rows) == "54人，新签22人，甲镇（30人），18人，40.7%"
    report = county(SIGNED, "", *rows).replace('内容: ""', "内容: {乡镇表: {指标: [签约], 列: [完成, 占比], 合计: 是}}")
    assert lines(report)[2:] == ["甲镇\t30\t55.6%", "乙镇\t9\t16.7%", "丙镇\t15\t27.8%", "合计\t54\t100%"]


def test_a_total_that_is_not_its_parts() -> None:
    """A township whose parts make another total than it says is told; what it says is added, as its row shows it."""
    rows = ("单位,新签（人）,续签（人）,签约（人）", "甲镇,10,20,35", "乙镇,5,4,9", "丙镇,7,8,15")
    assert said(SIGNED, ALL, *rows) == "59人，新签22人，甲镇（35人），19.7人，37.3%"
    (mismatch,) = told(county(SIGNED, "{{ 签约 }}", *rows), "sum-differs")
    assert mismatch == "“签约”有的乡镇与分项之和不符：甲镇（写的是35人，分项之和是30人）。"


def test_parts_of_their_own_beside_totals() -> None:
    """The same of parts that are no indicators themselves; the parts are said though one township's do not add up."""
    indicators = "  签约: {单位: 人, 分项: {新签: , 续签: }}"
    rows = ("单位,签约（人）,,", ",合计,新签,续签", "甲镇,30,10,20", "乙镇,9,5,3", "丙镇,15,7,8")
    assert said(indicators, "{{ 签约 }}，{{ 签约.新签 }}，{{ 签约.续签 }}", *rows) == "54人，22人，31人"
    (mismatch,) = told(county(indicators, "{{ 签约 }}", *rows), "sum-differs")
    assert "乙镇（写的是9人，分项之和是8人）" in mismatch


def test_weights_that_come_to_nothing() -> None:
    """A mean by weights that are all zero, or below it, is no number."""
    indicators = '  人: {单位: 人}\n  率: {单位: "%", 汇总方式: 加权（人）}'
    for weights, why in (((0, 0, 0), "的“人”都是0"), ((-5, 5, 10), "的“人”有的是负数")):
        rows = [f"{name}镇,{rate},{weight}" for name, rate, weight in zip("甲乙丙", (90, 80, 70), weights, strict=True)]
        mistake = wrong(indicators, "{{ 率 }}", "单位,率（%）,人（人）", *rows)
        assert mistake.id == "no-weight"
        assert why in mistake.message
    apart = wrong(indicators, "{{ 率 }}", "单位,率（%）,人（人）", "甲镇,90,", "乙镇,,5")
    assert (apart.id, "没有一个乡镇两个数都有" in apart.message) == ("no-weight", True)


@pytest.mark.parametrize("says", ["目标{{ 改厕.目标 }}", "上年{{ 改厕.上年 }}"])
def test_targets_and_last_years_of_some(says: str) -> None:
    """What is said of all though some did not tell it is told as the value is; of all, or not said, it is not."""
    rows = ("单位,改厕（座）,改厕目标（座）,改厕上年（座）", "甲镇,10,,", "乙镇,10,,", "丙镇,20,10,10")
    (missing,) = told(county(TOILETS, "{{ 改厕 }}，" + says, *rows), "townships-missing")
    assert missing.startswith(f"“改厕”的{says[:2]}只汇总了1个乡镇，缺甲镇、乙镇。")
    assert told(county(TOILETS, "{{ 改厕 }}", *rows), "townships-missing") == []
    table = county(TOILETS, "", *rows).replace(
        '内容: ""', f"内容: {{乡镇表: {{指标: [改厕], 列: [{says[:2]}], 合计: 是}}}}"
    )
    assert any(f"“改厕”的{says[:2]}" in one for one in told(table, "townships-missing"))


def test_no_shares_of_what_is_below_zero() -> None:
    """A township has no share of a whole that others lessen: 119% of a balance says nothing."""
    rows = ("单位,结余（万元）", "甲镇,-12.5", "乙镇,3", "丙镇,-1")
    report = county("  结余: {单位: 万元}", "", *rows).replace(
        '内容: ""', "内容: {乡镇表: {指标: [结余], 列: [完成, 占比], 合计: 是}}"
    )
    assert lines(report)[2:] == ["甲镇\t-12.5\t—", "乙镇\t3\t—", "丙镇\t-1\t—", "合计\t-10.5\t—"]


def test_targets_and_last_years_of_rates_in_a_table() -> None:
    """A rate's 上年 and 目标 that the sheet gives for each township are shown, and a bound as it was written."""
    rows = ("单位,建档,人口,建档率上年（%）,建档率目标（%）", "甲镇,9,10,80,85", "乙镇,8,10,,")
    columns = "内容: {乡镇表: {指标: [建档率], 列: [完成, 目标, 上年, 同比]}}"
    report = county(RATE, "", *rows).replace('内容: ""', columns)
    assert lines(report)[2:] == ["甲镇\t90\t85\t80\t提高10个百分点", "乙镇\t80\t—\t—\t—"]
    bounds = ("单位,改厕（座）,改厕目标（座）", "甲镇,95,≥90", "乙镇,50,60", "丙镇,90,≤80")
    report = county(TOILETS, "", *bounds).replace(
        '内容: ""', "内容: {乡镇表: {指标: [改厕], 列: [完成, 目标, 完成率]}}"
    )
    assert lines(report)[2:] == ["甲镇\t95\t≥90\t—", "乙镇\t50\t60\t83.3%", "丙镇\t90\t≤80\t—"]


def test_weights_that_come_to_nothing_where_two_figures_meet() -> None:
    """Nor is it one over the townships that have both figures, where their weights alone are zero."""
    indicators = '  人: {单位: 人}\n  率: {单位: "%", 汇总方式: 加权（人）}\n  乙: {单位: "%", 汇总方式: 加权（人）}'
    rows = ("单位,人（人）,率（%）,乙（%）", "甲镇,0,90,80", "乙镇,0,70,60", "丙镇,5,,50", "丁镇,5,60,")
    mistake = wrong(indicators, "{{ 率 + 乙 }}", *rows)
    assert mistake.id == "no-weight"
