"""A county's figures: what each is made of its townships', where some are missing, and what is said of these."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.checking.rules.report.every import RULES
from healthreport.diagnostics import Position, Severity
from healthreport.model.build import build
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from healthreport.townships import zeros
from healthreport.townships.pool import Amount, Pool, Town
from healthreport.townships.sums import CountySums
from healthreport.values import quantities
from helpers import ANOTHER, RESOURCES, UNTITLED, compose, lines, mistakes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.diagnostics import Diagnostic

HEAD = UNTITLED + "汇总来源: 乡镇.csv\n"


def county(indicators: str, says: str, *rows: str, source: str = "汇总来源: 乡镇.csv\n") -> str:
    """Return a county's report that says one thing, and below it the sheet of its townships."""
    return f'{UNTITLED}{source}指标:\n{indicators}\n内容: "{says}"\n{ANOTHER}' + "\n".join(rows) + "\n"


def said(indicators: str, says: str, *rows: str, source: str = "汇总来源: 乡镇.csv\n") -> str:
    """Return what a county's report prints."""
    (line,) = lines(county(indicators, says, *rows, source=source))
    return line


def wrong(indicators: str, says: str, *rows: str) -> Diagnostic:
    """Return the one mistake of a county's report."""
    (mistake,) = mistakes(county(indicators, says, *rows))
    return mistake


def told(report: str, id: str) -> list[str]:
    """Return what a rule tells of a report."""
    return [one.message for one in compose(report, rules=RULES).warnings if one.id == id]


TOILETS = "  改厕: {单位: 座}"
THREE = ("单位,改厕（座）", "白石镇,320", "柳河镇,180", "河湾乡,100")


@pytest.mark.parametrize(
    ("way", "printed"),
    [
        ("", "600座"),
        ("求和", "600座"),
        ("平均", "200座"),
        ("最大", "320座"),
        ("最小", "100座"),
    ],
)
def test_ways(way: str, printed: str) -> None:
    """A figure is put together as it says, by default it is added up."""
    indicator = f"  改厕: {{单位: 座, 汇总方式: {way}}}" if way else TOILETS
    assert said(indicator, "{{ 改厕 }}", *THREE) == printed


def test_a_way_beside_a_formula() -> None:
    """What a formula computes of the sums is not made in another way as well: that is told."""
    both = '  甲: {单位: 人}\n  率: {公式: 甲 / 甲, 单位: "%", 汇总方式: 平均}'
    message = "“率”写了“公式”，由加总的各数算，“汇总方式”没有用到。"
    assert told(county(both, "{{ 率 }}", "单位,甲", "白石镇,3"), "way-not-used") == [message]


def test_weighted() -> None:
    """加权: the mean by another figure, over the townships that have both."""
    indicators = '  人口: {单位: 人}\n  满意度: {单位: "%", 汇总方式: 加权（人口）}'
    rows = ("单位,人口（人）,满意度（%）", "甲镇,100,90", "乙镇,300,80", "丙镇,,10", "丁镇,50,")
    assert said(indicators, "{{ 满意度 }}", *rows) == "82.5%"


@pytest.mark.parametrize("weight", ["人口", "没有的指标"])
def test_without_weights(weight: str) -> None:
    """A mean by a figure that no township gave says so."""
    indicators = f'  人口: {{单位: 人}}\n  满意度: {{单位: "%", 汇总方式: 加权({weight})}}'
    mistake = wrong(indicators, "{{ 满意度 }}", "单位,满意度（%）", "甲镇,90", "乙镇,80")
    assert mistake.id == "no-weight"
    assert f"按“{weight}”加权" in mistake.message


def test_not_summed_and_no_way() -> None:
    """不汇总 wants the county's own figure; a rate without parts says what to add."""
    assert wrong("  改厕: {单位: 座, 汇总方式: 不汇总}", "{{ 改厕 }}", *THREE).id == "not-summed"
    rate = wrong('  建档率: {单位: "%"}', "{{ 建档率 }}", "单位,建档率（%）", "甲镇,90", "乙镇,80")
    assert rate.id == "no-way-to-sum"
    assert "公式: 分子 / 分母" in rate.hint
    assert "加权" in rate.hint


@pytest.mark.parametrize("way", ["总和", "加权", "加权()"])
def test_unknown_way(way: str) -> None:
    """A way that there is not is told with those that there are."""
    (mistake,) = mistakes(county(f"  改厕: {{单位: 座, 汇总方式: {way}}}", "{{ 改厕 }}", *THREE))
    assert mistake.id == "not-a-choice"
    assert "求和、平均、加权（指标）" in mistake.message


def test_units() -> None:
    """Figures in other units of the same kind are converted, 万元 and 元, 人 and 万人."""
    rows = ("单位,经费（万元）", "甲镇,12.5", "乙镇,3")
    assert said("  经费: {单位: 元}", "{{ 经费 }}", *rows) == "155000元"
    assert said("  人口: {单位: 万人}", "{{ 人口 }}", "单位,人口（人）", "甲镇,12500", "乙镇,30000") == "4.25万人"


@pytest.mark.parametrize(
    "indicator",
    [
        "次均费用: {单位: 元}",
        "门诊次均费用: {单位: 元}",
        "平均住院日: {单位: 天}",
        "每千人口床位: {单位: 张}",
        "满意度: {}",
        "药占比重: {}",
    ],
)
def test_means_are_never_added(indicator: str) -> None:
    """What its name says is a mean is no sum, though yuan and days are added; said to be one, it is."""
    name, unit = indicator.split(": ", 1)
    rows = (f"单位,{name}", "甲镇,10", "乙镇,30")
    mistake = wrong(f"  {indicator}", f"{{{{ {name} }}}}", *rows)
    assert (mistake.id, "是率或平均数" in mistake.message) == ("no-way-to-sum", True)
    for way, number in (("平均", "20"), ("求和", "40")):
        own = f"  {name}: {{汇总方式: {way}{', ' if len(unit) > 2 else ''}{unit.strip('{}')}}}"
        assert said(own, f"{{{{ {name} }}}}", *rows).startswith(number)


def test_shared() -> None:
    """A figure that all share is never added: what all say alike stays, else it is an error."""
    indicator = "  村医补助: {单位: 元, 共用: 是}"
    assert said(indicator, "{{ 村医补助 }}", "单位,村医补助（元）", "甲镇,600", "乙镇,600") == "600元"
    mistake = wrong(indicator, "{{ 村医补助 }}", "单位,村医补助（元）", "甲镇,600", "乙镇,650")
    assert mistake.id == "shared-differs"
    rows = ("单位,村医补助（元）", *(f"{name}镇,600" for name in "甲乙丙丁戊己"), "庚镇,650", "辛镇,")
    assert wrong(indicator, "{{ 村医补助 }}", *rows).message.endswith(
        "却不一样：600元（甲镇、乙镇、丙镇、丁镇、戊镇等6个）、650元（庚镇）。"
    )


RATE = '  建档: {单位: 份}\n  人口: {单位: 人}\n  建档率: {公式: 建档 / 人口, 单位: "%"}'


def test_formulas_are_taken_over_those_that_have_both() -> None:
    """A rate is Σ numerator / Σ denominator over the townships that have both; each sum is that of all who gave it."""
    rows = ("单位,建档（份）,人口（人）", "甲镇,9,10", "乙镇,8,", "丙镇,,30", "丁镇,10,10")
    assert said(RATE, "{{ 建档 }}，{{ 人口 }}，{{ 建档率 }}，{{ 建档 / 人口 }}", *rows) == "27份，50人，95%，1份/人"
    report = county(RATE, "{{ 建档率 }}", *rows)
    (rests,) = [one for one in told(report, "townships-missing") if "算的数" in one]
    assert "只按都有数的2个乡镇算" in rests


WHOLE = RATE.replace("人口: {单位: 人}", "人口: {数值: 60, 单位: 人}")


@pytest.mark.parametrize("says", ["{{ 建档率 }}", "{{ 建档.占比(人口) }}", "{{ 人口 - 建档 }}", "{{ 建档率.同比 }}"])
def test_a_sum_that_lacks_some_beside_a_figure_of_all(says: str) -> None:
    """What the county's file says of all is not set against a sum that lacks a township: the rate would be nobody's."""
    rows = ("单位,建档（份）", "甲镇,9", "乙镇,", "丙镇,20")
    mistake = wrong(WHOLE, says, *rows)
    assert mistake.id == "whole-beside-part"
    assert "“建档”只汇总了2/3个乡镇，“人口”是这份报告写的全县的数" in mistake.message
    assert "请催报（缺乙镇）" in mistake.hint
    assert "删去" not in mistake.hint


def test_last_year_of_all_beside_a_sum_that_lacks_some() -> None:
    """The county's own 上年 is that of all: the growth of a sum that lacks one would be a fall of nobody's making."""
    indicator, rows = "  改厕: {单位: 座, 上年: 500}", (*THREE[:3], "河湾乡,")
    assert wrong(indicator, "{{ 改厕.同比 }}", *rows).id == "whole-beside-part"
    assert said(indicator, "{{ 改厕 }}，上年{{ 改厕.上年 }}", *rows) == "500座，上年500座"


def test_ways_out_beside_a_figure_of_all() -> None:
    """Each way out works: the figures come in, the county says both, or neither, or what is the same for each."""
    rows = ("单位,建档（份）,人口（人）", "甲镇,9,10", "乙镇,,20", "丙镇,20,30")
    assert "或删去“人口”的“数值”，由各乡镇的数加总" in wrong(WHOLE, "{{ 建档率 }}", *rows).hint
    assert said(RATE, "{{ 建档率 }}", *rows) == "72.5%"
    assert said(WHOLE, "{{ 建档率 }}", *rows[:2], "乙镇,1,20", rows[3]) == "50%"
    own = WHOLE.replace("建档: {单位: 份}", "建档: {数值: 45, 单位: 份}")
    assert said(own, "{{ 建档率 }}", *rows) == "75%"
    shared = WHOLE.replace("数值: 60, ", "数值: 60, 共用: 是, ")
    assert said(shared, "{{ 建档率 }}", "单位,建档（份）", "甲镇,9", "乙镇,", "丙镇,21") == "50%"


def test_what_is_added_up_beside_a_figure_of_all() -> None:
    """A sum of a figure of all and of one that lacks some lacks these itself: told, and no mistake."""
    indicators = "  改厕: {单位: 座}\n  公厕: {数值: 40, 单位: 座}"
    assert said(indicators, "{{ 改厕 + 公厕 }}", *THREE[:3], "河湾乡,") == "540座"
    assert "改厕" in " ".join(
        told(county(indicators, "{{ 合计(改厕, 公厕) }}", *THREE[:3], "河湾乡,"), "townships-missing")
    )


def test_rates_and_prices_are_no_figures_of_all() -> None:
    """What is so for each township, a price or a rate, is so for those that sent their figures as well."""
    indicators = "  人数: {单位: 人}\n  标准: {数值: 84, 单位: 元/人}\n  经费: {公式: 人数 × 标准, 单位: 元}"
    assert said(indicators, "{{ 经费 }}", "单位,人数（人）", "甲镇,10", "乙镇,", "丙镇,5") == "1260元"


def test_what_rests_on_the_same_townships_is_told_once() -> None:
    """A rate, its growth and that of a part that all lack the same township are one warning, not one each."""
    rows = ("单位,建档,建档上年,人口,人口上年", "甲镇,9,8,10,10", "乙镇,,8,10,10", "丙镇,18,16,20,20")
    says = "{{ 建档率 }}，{{ 建档率.同比 }}，{{ 建档.同比 }}"
    (rests,) = [one for one in told(county(RATE, says, *rows), "townships-missing") if "算的数" in one]
    assert rests == "由“人口”的上年、“人口”、“建档”的上年、“建档”算的数，只按都有数的2个乡镇算。"


def test_formula_of_formulas() -> None:
    """What is computed of computed figures rests on the townships that have all that is below."""
    indicators = RATE + "\n  床位: {单位: 张}\n  比: {公式: 建档率 × 床位, 单位: 张}"
    rows = ("单位,建档（份）,人口（人）,床位（张）", "甲镇,5,10,10", "乙镇,8,,20", "丙镇,10,10,10")
    assert said(indicators, "{{ 比 }}", *rows) == "15张"


def test_half_of_those_expected() -> None:
    """What fewer than half have together is an error: it says nothing of the county."""
    rows = ("单位,建档（份）,人口（人）", "甲镇,9,10", "乙镇,8,", "丙镇,,30")
    mistake = wrong(RATE, "{{ 建档率 }}", *rows)
    assert mistake.id == "too-few-townships"
    assert "只有1个乡镇“人口”、“建档”都有数，不到应报3个的一半" in mistake.message
    none = wrong(RATE, "{{ 建档率 }}", "单位,建档（份）,人口（人）", "甲镇,9,", "乙镇,,8")
    assert "没有一个乡镇" in none.message


@pytest.mark.parametrize(
    ("says", "printed"),
    [
        ("{{ 改厕.同比 }}", "增长20%"),
        ("{{ 改厕.增减 }}", "增加20座"),
        ("{{ 改厕.完成率 }}", "110%"),
        ("{{ 改厕.达标 }}", "达标"),
        ("{{ 改厕.超额 }}", "10座"),
        ("{{ 改厕.占比(门诊) }}", "50%"),
        ("{{ 改厕.倍数 }}", "1.2倍"),
        ("{{ 改厕.上年 }}，{{ 改厕.目标 }}", "160座，190座"),
    ],
)
def test_comparisons_are_taken_over_those_that_have_both(says: str, printed: str) -> None:
    """What is compared with last year, a target, another figure is so over the townships that have both."""
    indicators = "  改厕: {单位: 座}\n  门诊: {单位: 座}"
    rows = (
        "单位,改厕（座）,改厕上年（座）,改厕目标（座）,门诊（座）",
        "甲镇,60,50,40,120",
        "乙镇,60,50,60,120",
        "丙镇,,60,90,7",
        "丁镇,9,,,",
    )
    # 完成率 of 甲 and 乙: 120/100 says nothing here; the table is made so that each pair differs.
    expected = {"110%": "120%", "10座": "20座"}.get(printed, printed)
    assert said(indicators, says, *rows) == expected


def test_growth_of_a_rate() -> None:
    """The growth of a rate is taken over the townships that have its parts of both years."""
    rows = (
        "单位,建档（份）,建档上年（份）,人口（人）,人口上年（人）",
        "甲镇,9,8,10,10",
        "乙镇,8,,10,10",
        "丙镇,9,8,10,10",
    )
    assert said(RATE, "{{ 建档率.同比 }}", *rows) == "提高10个百分点"


def test_last_year_of_the_county() -> None:
    """上年 comes from the townships where they give it, and the county's own is told; else from the county's file."""
    indicator = "  改厕: {单位: 座, 上年: 500}"
    assert said(indicator, "{{ 改厕.同比 }}", *THREE) == "增长20%"
    rows = ("单位,改厕（座）,改厕上年（座）", "甲镇,60,50", "乙镇,60,50")
    report = county(indicator, "{{ 改厕.同比 }}", *rows)
    assert lines(report) == ["增长20%"]
    assert told(report, "sum-differs") == ["“改厕”的上年数由各乡镇的加总，这里写的没有用。"]


def test_targets() -> None:
    """Targets of counts are added; of a rate, or where one is a bound, the county's own holds, others are told."""
    rows = ("单位,改厕（座）,改厕目标（座）", "甲镇,60,50", "乙镇,60,70")
    assert said(TOILETS, "{{ 改厕.完成率 }}", *rows) == "100%"
    rate = '  建档率: {单位: "%", 目标: ≥90, 汇总方式: 平均}'
    report = county(rate, "{{ 建档率.达标 }}", "单位,建档率（%）,建档率目标（%）", "甲镇,92,90", "乙镇,91,85")
    assert lines(report) == ["达标"]
    assert told(report, "sum-differs") == ["“建档率”全县的目标是≥90%，有的乡镇不同：乙镇（85%）。"]


def test_given_in_the_county() -> None:
    """A value that the county's file gives holds, and is compared with the sum."""
    report = county("  改厕: {数值: 620, 单位: 座}", "{{ 改厕 }}", *THREE)
    assert lines(report) == ["620座"]
    assert told(report, "sum-differs") == ["“改厕”写的是620座，3个乡镇合计是600座。"]
    assert told(county("  改厕: {数值: 600, 单位: 座}", "{{ 改厕 }}", *THREE), "sum-differs") == []


def test_missing_is_not_zero() -> None:
    """A sum says whom it lacks; what nobody uses is not told."""
    rows = ("单位,改厕（座）,门诊（人次）", "甲镇,60,", "乙镇,,7", "丙镇,0,8")
    report = county(TOILETS + "\n  门诊: {单位: 人次}", "{{ 改厕 }}", *rows)
    assert lines(report) == ["60座"]
    assert told(report, "townships-missing") == ["“改厕”只汇总了2个乡镇，缺乙镇。"]


def test_masked_figures() -> None:
    """A masked figure is not added, and told as it is written."""
    report = county(TOILETS, "{{ 改厕 }}", "单位,改厕（座）", "甲镇,60", "乙镇,1*", "丙镇,7")
    assert lines(report) == ["67座"]
    assert "“改厕”有的不能相加，没有算进去：乙镇（1*）。" in told(report, "townships-missing")


@pytest.mark.parametrize(
    ("says", "printed"),
    [
        ("{{ 改厕.最高 }}", "白石镇（320座）"),
        ("{{ 改厕.最低 }}", "河湾乡、青山镇（100座）"),
        ("{{ 改厕.前(2) }}", "白石镇（320座）、柳河镇（180座）"),
        ("{{ 改厕.后(1) }}", "河湾乡、青山镇（100座）"),
        ("{{ 改厕.完成目标数 }}", "2个乡镇"),
        ("{{ 改厕.未完成 }}", "青山镇、河湾乡"),
        ("{{ 改厕.上报数 }}", "4/5个乡镇"),
        ("{{ 改厕.平均 }}", "175座"),
        ("{{ 建档率.最高 }}", "柳河镇（95%）"),
        ("{{ 建档率.最低 }}", "河湾乡（80%）"),
    ],
)
def test_what_is_said_of_townships(says: str, printed: str) -> None:
    """Who did most, who reached the target, how many sent figures; who stand level stand together."""
    rows = (
        "单位,改厕（座）,改厕目标（座）,建档（份）,人口（人）",
        "白石镇,320,300,9,10",
        "河湾乡,100,120,8,10",
        "柳河镇,180,150,19,20",
        "青山镇,100,200,,10",
        "石桥镇,,50,7,",
    )
    assert said(TOILETS + "\n" + RATE, says, *rows) == printed


@pytest.mark.parametrize(
    ("numbers", "printed"), [((2, 3), "2.5座"), ((2001, 3000), "2501座"), ((200.5, 300), "250.3座")]
)
def test_means(numbers: tuple[float, float], printed: str) -> None:
    """The mean of many whole things is whole: there is no half of a visit in thousands."""
    one, other = numbers
    assert said(TOILETS, "{{ 改厕.平均 }}", "单位,改厕（座）", f"甲镇,{one}", f"乙镇,{other}") == printed


def test_lower_is_better() -> None:
    """The best of what had better be low are the lowest; a rate's bound is the county's for all."""
    indicator = '  发病率: {单位: "%", 目标: ≤3, 越低越好: 是, 汇总方式: 平均}'
    rows = ("单位,发病率（%）", "甲镇,2", "乙镇,5", "丙镇,3")
    says = "{{ 发病率.前(2) }}；{{ 发病率.最高 }}；{{ 发病率.完成目标数 }}；{{ 发病率.未完成 }}"
    assert said(indicator, says, *rows) == "甲镇（2%）、丙镇（3%）；乙镇（5%）；2个乡镇；乙镇"


@pytest.mark.parametrize(
    ("called", "printed"), [("街道", "3个街道"), ("家 卫生院", "3家卫生院"), ("所属单位", "3个所属单位")]
)
def test_the_counting_word(called: str, printed: str) -> None:
    """称 says how townships are counted: a counting word stands apart, before the name; else it is 个."""
    source = f"汇总来源: {{来源: 乡镇.csv, 称: {called}}}\n"
    assert said(TOILETS, "{{ 改厕.上报数 }}", *THREE, source=source) == printed


def test_the_counting_word_in_messages() -> None:
    """What is told of the townships calls them as the report does, and counts them once."""
    report = county(RATE, "{{ 建档率 }}", "单位,建档（份）,人口（人）", "甲镇,9,10", "乙镇,8,", "丙镇,,30")
    (mistake,) = mistakes(report.replace("汇总来源: 乡镇.csv", "汇总来源: {来源: 乡镇.csv, 称: 家 卫生院}"))
    assert "只有1家卫生院“人口”、“建档”都有数，不到应报3家的一半" in mistake.message
    (mistake,) = mistakes(report.replace("汇总来源: 乡镇.csv", "汇总来源: {来源: 乡镇.csv, 称: 家 镇 卫生院}"))
    assert mistake.id == "bad-called"


@pytest.mark.parametrize(
    ("says", "id"),
    [
        ("{{ 改厕.前 }}", "expression-syntax"),
        ("{{ 改厕.前(0) }}", "expression-syntax"),
        ("{{ 改厕.前(改厕) }}", "expression-syntax"),
        ("{{ 改厕.最高(3) }}", "expression-syntax"),
        ("{{ 改厕.完成目标数 }}", "missing-value"),
        ("{{ 门诊.最高 }}", "missing-value"),
        ("{{ 率.平均 }}", "mean-of-rates"),
        ("{{ 改厕.最好 }}", "unknown-derived"),
    ],
)
def test_what_cannot_be_said(says: str, id: str) -> None:
    """What nobody gave, or makes no sense, is an error at its place."""
    indicators = TOILETS + '\n  门诊: {单位: 人次}\n  率: {单位: "%"}'
    rows = ("单位,改厕（座）,率（%）", "甲镇,60,5", "乙镇,7,6")
    assert wrong(indicators, says, *rows).id == id


def test_none_missed() -> None:
    """未完成 of a figure that all reached is an error with a way out, for a sentence about nobody says nothing."""
    mistake = wrong(TOILETS, "{{ 改厕.未完成 }}", "单位,改厕（座）,改厕目标（座）", "甲镇,60,50", "乙镇,7,6")
    assert mistake.id == "none-missed"
    assert "[[ ]]" in mistake.hint
    rows, says = (
        ("单位,改厕（座）,改厕目标（座）", "甲镇,60,50", "乙镇,7,6"),
        "改厕{{ 改厕 }}[[，{{ 改厕.未完成 }}没有完成]]。",
    )
    assert said(TOILETS, says, *rows) == "改厕67座。"
    (left_out,) = told(county(TOILETS, says, *rows), "clause-left-out")
    assert left_out.endswith("没有印，缺“改厕”的“未完成”。")
    assert said(TOILETS, says, *rows, "丙镇,1,6") == "改厕68座，丙镇没有完成。"
    assert ".完成目标数" in mistake.hint


def test_without_townships() -> None:
    """A report that sums nothing has no townships to speak of."""
    (mistake,) = mistakes(UNTITLED + "指标: {改厕: {数值: 3, 单位: 座}}\n内容: '{{ 改厕.最高 }}'\n")
    assert mistake.id == "no-townships"
    (mistake,) = mistakes(UNTITLED + "指标: {改厕: {数值: 3, 单位: 座}}\n内容: {乡镇表: [改厕]}\n")
    assert mistake.id == "no-townships"


def test_clauses() -> None:
    """A clause goes where no township gave its figure."""
    indicators = TOILETS + "\n  门诊: {单位: 人次}"
    assert said(indicators, "改厕{{ 改厕 }}[[，门诊{{ 门诊 }}]][[，最高{{ 门诊.最高 }}]]。", *THREE) == "改厕600座。"


def test_parts() -> None:
    """分项 are added part by part, and their sum is the county's figure."""
    rows = ("单位,诊疗：门诊（人次）,诊疗：住院（人次）", "甲镇,60,5", "乙镇,40,7")
    indicators = "  诊疗: {单位: 人次, 分项: [门诊, 住院]}\n  门诊: {单位: 人次}\n  住院: {单位: 人次}"
    rows = ("单位,门诊（人次）,住院（人次）", "甲镇,60,5", "乙镇,40,7")
    assert said(indicators, "{{ 诊疗 }}，{{ 诊疗.门诊 }}", *rows) == "112人次，100人次"


TABLE_ROWS = ("单位,改厕（座）,改厕目标（座）,建档（份）,人口（人）", "白石镇,320,300,9,10", "柳河镇,180,200,19,20")


def test_table() -> None:
    """乡镇表: a township a row, in the order of a figure, with the county's below."""
    report = county(TOILETS + "\n" + RATE, "", *TABLE_ROWS).replace(
        '内容: ""', "内容: {乡镇表: {指标: [改厕, 建档率], 合计: 是, 排序: 建档率}}"
    )
    assert lines(report) == [
        "名次\t乡镇\t改厕（座）\t建档率（%）",
        "1\t柳河镇\t180\t95",
        "2\t白石镇\t320\t90",
        "合计\t500\t93.3",
    ]


def test_table_of_columns() -> None:
    """A table shows target, completion, share and rank of each figure; of few townships the sum is that of all."""
    report = county(TOILETS + "\n" + RATE, "", *TABLE_ROWS).replace(
        '内容: ""', "内容: {乡镇表: {指标: 改厕, 列: [完成, 目标, 完成率, 占比, 排名], 排序: 改厕, 前: 1, 合计: 是}}"
    )
    assert lines(report) == [
        "名次\t乡镇\t改厕（座）",
        "完成\t目标\t完成率\t占比\t排名",
        "1\t白石镇\t320\t300\t106.7%\t64%\t1",
        "全部2个乡镇\t500\t500\t100%\t100%\t—",
    ]


def test_last_year_of_computed_figures_in_a_table() -> None:
    """上年 and 同比 of a rate are there for each township whose parts have a 上年, and for the county."""
    rows = ("单位,建档,建档上年,人口,人口上年", "甲镇,9,8,10,10", "乙镇,8,,10,10", "丙镇,19,14,20,20")
    report = county(RATE, "", *rows).replace(
        '内容: ""', "内容: {乡镇表: {指标: [建档率], 列: [完成, 上年, 同比], 合计: 是}}"
    )
    assert lines(report)[2:] == [
        "甲镇\t90\t80\t提高10个百分点",
        "乙镇\t80\t—\t—",
        "丙镇\t95\t70\t提高25个百分点",
        "合计\t90\t73.3\t提高20个百分点",
    ]


@pytest.mark.parametrize("key", ["目标", "上年"])
@pytest.mark.parametrize("head", ["单位,改厕（座）", "单位,改厕（座）,改厕{key}"])
def test_a_column_that_no_township_filled(key: str, head: str) -> None:
    """It is a dash for each and for all, as where the sheet has no such column; told once, unless there is none."""
    column = {"目标": "完成率", "上年": "同比"}[key]
    end = "," if "," in head.partition("（座）")[2] else ""
    rows = (head.format(key=key), f"甲镇,9{end}", f"乙镇,8{end}")
    table = f"内容: {{乡镇表: {{指标: [改厕], 列: [完成, {key}, {column}], 合计: 是}}}}"
    report = county(TOILETS, "", *rows).replace('内容: ""', table)
    assert lines(report)[2:] == ["甲镇\t9\t—\t—", "乙镇\t8\t—\t—", "合计\t17\t—\t—"]
    assert told(report, "blank-cell") == [f"“改厕”没有“{key}”，乡镇表里印“—”。"]
    assert told(report.replace("座}", f"座, 无{key}: 是}}"), "blank-cell") == []


def test_a_column_that_few_filled() -> None:
    """What only a few have says nothing of the county; each indicator is named once."""
    rows = ("单位,改厕（座）,改厕目标", "甲镇,9,10", "乙镇,8,", "丙镇,8,")
    report = county(TOILETS, "", *rows).replace(
        '内容: ""', "内容: {乡镇表: {指标: [改厕], 列: [完成, 完成率], 合计: 是}}"
    )
    (mistake,) = mistakes(report)
    assert mistake.id == "too-few-townships"
    assert "只有1个乡镇“改厕”和它的目标都有数" in mistake.message


@pytest.mark.parametrize(("columns", "landscape"), [("[完成]", False), ("[完成, 目标, 完成率, 占比, 排名]", True)])
def test_wide_tables_lie_on_their_side(columns: str, landscape: bool) -> None:
    """A table of many columns is set across."""
    report = county(TOILETS + "\n" + RATE, "", *TABLE_ROWS).replace(
        '内容: ""', f"内容: {{乡镇表: {{指标: [改厕, 建档], 列: {columns}}}}}"
    )
    (table,) = compose(report).document.blocks
    assert table.landscape is landscape  # type: ignore[union-attr]


def test_first_of_no_order() -> None:
    """前 without 排序 would be the first that happen to stand there."""
    report = county(TOILETS, "", *THREE).replace('内容: ""', "内容: {乡镇表: {指标: [改厕], 前: 1}}")
    assert [one.id for one in mistakes(report)] == ["first-of-no-order"]


def test_the_order_of_missing_and_level() -> None:
    """Who lacks the figure comes last and has no place; who stand level share one."""
    rows = ("单位,改厕（座）", "甲镇,", "乙镇,5", "丙镇,9", "丁镇,9", "戊镇,1")
    report = county(TOILETS, "", *rows).replace('内容: ""', "内容: {乡镇表: {指标: [改厕], 排序: 改厕}}")
    assert lines(report)[1:] == ["1\t丁镇\t9", "1\t丙镇\t9", "3\t乙镇\t5", "4\t戊镇\t1", "—\t甲镇\t—"]


PAIRS = "  建档: {单位: 份}\n  人口: {单位: 人}\n  建档率: {公式: 建档 / 人口, 单位: '%'}"


@pytest.mark.parametrize("printed", ["建档率", "建档 / 人口", "建档 / 合计(人口)", "1 - 建档 / 人口"])
def test_something_over_nothing(printed: str) -> None:
    """A township that has files of nobody is told at its cell; the county's rate has them, 0 by 0 adds nothing."""
    rows = ("单位,建档（人）,人口（人）", "甲镇,6,10", "乙镇,3,0", "丙镇,0,0", "丁镇,,0", "戊镇,6,10")
    report = county(PAIRS.replace("份", "人"), f"{{{{ {printed} }}}}", *rows)
    (found,) = [one for one in compose(report, rules=RULES).warnings if one.id == "divided-by-zero"]
    assert found.message == "“人口”是0，“建档”却不是0：乙镇（3人）。"
    assert (found.position.line, found.position.column) == (3, 6)
    assert lines(report)[0] in ("75%", "0.8", "0.3")


def test_nothing_over_nothing() -> None:
    """Townships that have neither figure, or both, are not told; nor is a rate that is not printed."""
    rows = ("单位,建档（份）,人口（人）", "甲镇,6,10", "乙镇,0,0", "丙镇,9,10")
    assert not told(county(PAIRS, "{{ 建档率 }}", *rows), "divided-by-zero")
    assert not told(county(PAIRS, "{{ 建档 }}", *rows, "丁镇,5,0"), "divided-by-zero")


def test_over_nothing_last_year() -> None:
    """What a formula came to last year is looked at as well, where it is printed."""
    rows = ("单位,建档（份）,人口（人）,建档上年（份）,人口上年（人）", "甲镇,6,10,5,10", "乙镇,3,10,2,0")
    found = told(county(PAIRS, "{{ 建档率 }}，{{ 建档率.同比 }}", *rows), "divided-by-zero")
    assert found == ["“人口”的上年是0，“建档”的上年却不是0：乙镇（2份）。"]


def test_outliers_are_few() -> None:
    """A township that stands apart is told once, at its cell, and no other."""
    rows = ("单位,改厕（座）,改厕上年（座）", "甲镇,120,115", "乙镇,98,100", "丙镇,1320,130")
    more = ("丁镇,88,84", "戊镇,76,75", "己镇,140,133")
    (found,) = [
        one
        for one in compose(county(TOILETS, "{{ 改厕 }}", *rows, *more), rules=RULES).warnings
        if one.id == "stands-apart"
    ]
    assert found.severity is Severity.WARNING
    assert found.message == "丙镇的“改厕”是上年的10.2倍，别的乡镇一般是1.0倍。"
    assert (found.position.line, found.related[0].position.line) == (4, 4)


def test_growth_of_what_has_no_last_year() -> None:
    """A part without 上年 is never taken at this year's value: the rate's own 上年 holds, or there is none."""
    rows = ("单位,扣（座）,扣上年（座）,改厕（座）", "甲镇,10,8,100", "乙镇,10,8,100")
    indicators = '  扣: {单位: 座}\n  改厕: {单位: 座}\n  率: {公式: 扣 / 改厕, 单位: "%"LAST}'
    assert said(indicators.replace("LAST", ", 上年: 1"), "{{ 率 }}，{{ 率.同比 }}", *rows) == "10%，提高9个百分点"
    mistake = wrong(indicators.replace("LAST", ""), "{{ 率.同比 }}", *rows)
    assert (mistake.id, mistake.message) == ("missing-value", "“率”没有“上年”。")
    assert (
        wrong("  改厕: {单位: 座}\n  比: {公式: 改厕 / 改厕.目标, 单位: 倍}", "{{ 比.同比 }}", *TARGETS).id
        == "missing-value"
    )


TARGETS = ("单位,改厕（座）,改厕目标（座）,改厕上年（座）", "甲镇,60,50,40", "乙镇,60,70,50")


def test_a_given_value_is_compared_with_what_is_of_all() -> None:
    """A value of the county's file stands beside its own 上年, or one of all townships, never one of some."""
    rows = ("单位,改厕（座）,改厕上年（座）", "甲镇,10,8", "乙镇,12,8", "丙镇,14,")
    assert said("  改厕: {数值: 36, 单位: 座, 上年: 32}", "{{ 改厕.同比 }}", *rows) == "增长12.5%"
    assert wrong("  改厕: {数值: 36, 单位: 座}", "{{ 改厕.同比 }}", *rows).id == "missing-value"
    assert said("  改厕: {数值: 36, 单位: 座}", "{{ 改厕.同比 }}", *rows[:3], "丙镇,14,8") == "增长50%"


def test_parts_of_some() -> None:
    """Where one township gives its figure without parts, the sum is that of the figures, not of the parts."""
    columns: dict[tuple[str, str], list[Amount | None]] = {("签约", "数值"): [9, 9, 10]}
    columns |= {("签约", "分项 新签"): [None, 4, 4], ("签约", "分项 续签"): [None, 5, 6]}
    pool = Pool(tuple(Town(f"{at}镇", f"{at}镇", Position("")) for at in range(3)), columns, {}, {}, _nowhere)
    built = build(parse(Source("县.yaml", "指标: {签约: {单位: 人}}\n汇总来源: 表.csv\n体裁: 通用\n标题: 无\n")))
    sums = CountySums(built, pool, RESOURCES.sheet_words)
    assert sums.whole.value("签约").number == 28  # type: ignore[union-attr]
    assert not sums.with_parts()["签约"].parts


def _nowhere(at: int, leaf: tuple[str, str]) -> None:
    """Return no place."""


@pytest.mark.parametrize("formula", ["人口 - 建档", "建档 + 人口", "1 - 建档率"])
def test_units_that_do_not_fit(formula: str) -> None:
    """What cannot be computed is told as it is of any report, with what else is wrong."""
    rows = ("单位,建档（份）,人口（人）", "甲镇,9,10", "乙镇,8,10")
    indicators = RATE + f'\n  余: {{公式: {formula}, 单位: "%"}}'
    assert {one.id for one in mistakes(county(indicators, "{{ 余 }}，{{ 没有 }}", *rows))} == {
        "unit-mismatch",
        "unknown-name",
    }
    assert said(indicators, "{{ 建档率 }}", *rows) == "85%"  # nobody asks for the other


def test_targets_and_shared_figures_of_the_county() -> None:
    """A target, or a figure that all share, which the county's file gives otherwise than its townships is told."""
    report = county("  改厕: {单位: 座, 目标: 150}", "{{ 改厕.完成率 }}", *TARGETS)
    assert told(report, "sum-differs") == ["“改厕”全县的目标写的是150座，各乡镇的合计是120座。"]
    report = county("  补助: {数值: 5, 单位: 元, 共用: 是}", "{{ 补助 }}", "单位,补助（元）", "甲镇,5", "乙镇,9")
    assert told(report, "sum-differs") == ["“补助”是共用的数，写的是5元，有的乡镇不同：乙镇（9元）。"]


def test_table_of_bounds() -> None:
    """A bound holds for all and has no 完成率; what is computed has no share; 前 takes those that stand level."""
    indicators = "  发病: {单位: 例, 目标: ≤60}\n  人口: {单位: 人}\n  人均: {公式: 发病 / 人口, 单位: 例}"
    rows = ("单位,发病（例）,人口（人）", "甲镇,40,10", "乙镇,40,20", "丙镇,50,10")
    table = "内容: {乡镇表: {指标: [发病, 人均], 列: [目标, 完成率, 占比], 排序: 发病, 前: 2}}"
    shown = lines(county(indicators, "", *rows).replace('内容: ""', table))[2:]
    assert shown == [
        "1\t丙镇\t≤60\t—\t38.5%\t—\t—\t—",
        *(f"2\t{one}\t≤60\t—\t30.8%\t—\t—\t—" for one in ("乙镇", "甲镇")),
    ]
    assert wrong(indicators, "{{ 人均.平均 }}", *rows).id == "mean-of-rates"


AMOUNTS = st.one_of(st.none(), st.integers(0, 10**9), st.decimals(0, 10**6, places=2, allow_nan=False).map(str))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=12),
    st.sampled_from(["元", "万元"]),
    st.sampled_from(["元", "万元"]),
)
def test_sums_and_rates_are_exact(towns: list[tuple[object, object, object]], written: str, own: str) -> None:
    """Sums are exact, and rates those of the sums over the townships that have both sides; a masked figure is none."""
    if written == own:
        towns = [*towns, ("1*", 7, "2*")]
    rows = [f"单位,收入（{written}）,收入上年（{written}）,支出（{written}）"]
    rows += [f"第{at}镇," + ",".join("" if one is None else str(one) for one in town) for at, town in enumerate(towns)]
    indicators = f"  收入: {{单位: {own}}}\n  支出: {{单位: {own}}}"
    built = compose(county(indicators, "收支。", *rows)).subject.report
    assert built is not None
    factor = Fraction({"元": 1, "万元": 10000}[written])
    columns: list[list[Fraction | None]] = [
        [None if one is None or "*" in str(one) else Fraction(str(one)) * factor for one in column]
        for column in zip(*towns, strict=True)
    ]
    for column, found in zip(columns, (built.value("收入"), built.last("收入"), built.value("支出")), strict=True):
        there = [one for one in column if one is not None]
        assert (found.number if found else None) == (sum(there) if there else None)
    _check_ratio(built.sums, columns[0], columns[2], len(towns))


def _check_ratio(
    sums: object, over: Sequence[Fraction | None], under: Sequence[Fraction | None], expected: int
) -> None:
    """Compare a quotient with that of the sums over the townships that have both."""
    from healthreport.townships.county import County
    from healthreport.values.expression_errors import ExpressionError

    assert isinstance(sums, County)
    both = [(one, two) for one, two in zip(over, under, strict=True) if one is not None and two is not None]
    node = sums.names.parse("收入 / 支出").node
    below = sum((two for _, two in both), Fraction(0))
    if len(both) * 2 < expected or not both:
        with pytest.raises(ExpressionError, match="应报"):
            sums.evaluate(node, "数值", _never)
    elif below:
        found = sums.evaluate(node, "数值", _never)
        assert found.number == sum((one for one, _ in both), Fraction(0)) / below
        wrong = [at for at, (one, two) in enumerate(zip(over, under, strict=True)) if one and two == 0]
        assert [town for one in zeros.find(sums, _never) for town, _ in one.towns] == wrong


def _never(node: object) -> quantities.Quantity:
    raise AssertionError(node)
