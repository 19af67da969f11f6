"""``new --from``: a change that was only printed, 同比下降3.2%, is computed next year, its direction too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from healthreport.jobs.new import compared
from healthreport.reading.yaml.dump import plain
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from healthreport.recognising.figure_words import figure_words
from helpers import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

INDICATORS = """\
  住院: {数值: 2140, 单位: 人次}
  住院降: {数值: 3.2, 单位: "%"}
  住院减: {数值: 72, 单位: 人次}
  规范率: {数值: 83.4, 单位: "%"}
  规范率升: {数值: 1.2, 单位: 百分点}
  费用: {数值: 2.1, 单位: 万元}
  规范率原值: {数值: 80, 单位: "%"}
  负: {数值: -4.5, 单位: "%"}
  约: {数值: 300, 单位: 人次, 约数: 余}
"""
TXT = """\
青山镇卫生院2024年工作总结
县卫生健康局：
一、主要工作
全年门诊58320人次，同比增长6.8%；住院2140人次，同比下降3.2%。规范管理率83.4%，较上年提高1.2个百分点。
老年人体检4126人，任务4300人，较去年增加186人。
青山镇卫生院
2024年12月26日
"""


@pytest.mark.parametrize(("text", "options"), [(TXT, ["--year", "2024"]), ("工作情况\n一切正常。\n", [])])
def test_what_is_wrong_with_last_years_manuscript(text: str, options: list[str], cli: Cli, here: Path) -> None:
    """Its year is told of the file that was given, not of what became of it in memory."""
    (here / "去年.txt").write_text(text, "utf-8")
    refused = cli("new", "--from", "去年.txt", "-o", "今年.yaml", *options)
    assert (refused.code, refused.err.startswith("去年.txt: 错误 ")) == (2, True), refused.err


def turned(content: str, more: str = "") -> tuple[str, set[str]]:
    """Return what a text becomes, and the indicators that are no longer needed."""
    tree = plain(parse(Source("", f"指标:\n{INDICATORS}{more}内容: '{content}'\n")))
    assert isinstance(tree, dict)
    indicators = tree["指标"]
    assert isinstance(indicators, dict)
    found = compared.computed(tree, indicators, figure_words(RESOURCES.reader))
    return str(found.report["内容"]), {*found.unused}


@pytest.mark.parametrize(
    ("before", "after", "unused"),
    [
        ("住院{{ 住院 }}，同比下降{{ 住院降 }}。", "住院{{ 住院 }}，同比{{ 住院.同比 }}。", {"住院降"}),
        ("住院{{ 住院 }}，同比下滑{{ 住院降 }}。", "住院{{ 住院 }}，同比{{ 住院.同比 }}。", {"住院降"}),
        ("住院{{ 住院 }}，较上年上涨{{ 住院降 }}。", "住院{{ 住院 }}，较上年{{ 住院.同比 }}。", {"住院降"}),
        ("住院{{ 住院 }}（比去年减少了{{ 住院减 }}）。", "住院{{ 住院 }}（比去年{{ 住院.增减 }}）。", {"住院减"}),
        ("{{ 规范率 }}，较上年同期提高{{ 规范率升 }}。", "{{ 规范率 }}，较上年同期{{ 规范率.同比 }}。", {"规范率升"}),
        (
            "{{ 住院 }}，任务{{ 住院.目标 }}，较上年减少{{ 住院减 }}，同比下降{{ 住院降|小数(1) }}。",
            "{{ 住院 }}，任务{{ 住院.目标 }}，较上年{{ 住院.增减 }}，同比{{ 住院.同比 }}。",
            {"住院减", "住院降"},
        ),
        (
            "住院{{ 住院 }}，较上年减少了{{ 住院减 }}，下降{{ 住院降 }}。",
            "住院{{ 住院 }}，较上年{{ 住院.增减 }}，{{ 住院.同比 }}。",
            {"住院减", "住院降"},
        ),
        (
            "住院{{ 住院 }}，同比下降{{ 住院降 }}（减少{{ 住院减 }}）。",
            "住院{{ 住院 }}，同比{{ 住院.同比 }}（{{ 住院.增减 }}）。",
            {"住院减", "住院降"},
        ),
        (
            "住院{{ 住院 }}，较上年减少{{ 住院减 }}，下降{{ 规范率升 }}。",
            "住院{{ 住院 }}，较上年{{ 住院.增减 }}，下降{{ 规范率升 }}。",
            {"住院减"},
        ),
        (
            "住院{{ 住院 }}，同比下降{{ 住院降 }}，降低{{ 住院降 }}。",
            "住院{{ 住院 }}，同比{{ 住院.同比 }}，降低{{ 住院降 }}。",
            set(),
        ),
        (
            "住院{{ 住院 }}（手术{{ 规范率 }}），同比下降{{ 住院降 }}。",
            "住院{{ 住院 }}（手术{{ 规范率 }}），同比{{ 住院.同比 }}。",
            {"住院降"},
        ),
        (
            "住院{{ 住院 }}（手术5台），同比下降{{ 住院降 }}。",
            "住院{{ 住院 }}（手术5台），同比{{ 住院.同比 }}。",
            {"住院降"},
        ),
        (
            "{{ 规范率 }}（住院{{ 住院 }}），同比下降{{ 住院降 }}。",
            "{{ 规范率 }}（住院{{ 住院 }}），同比下降{{ 住院降 }}。",
            set(),
        ),
        ("由{{ 规范率原值 }}提高到{{ 规范率 }}。", "由{{ 规范率.上年 }}变为{{ 规范率 }}。", {"规范率原值"}),
        (
            "规范率由{{ 规范率原值 }}提高到{{ 规范率 }}，提高了{{ 规范率升 }}。",
            "规范率由{{ 规范率.上年 }}变为{{ 规范率 }}，{{ 规范率.同比 }}。",
            {"规范率原值", "规范率升"},
        ),
        (
            "规范率由{{ 规范率原值 }}提高到{{ 规范率 }}，提高了{{ 住院降 }}。",
            "规范率由{{ 规范率.上年 }}变为{{ 规范率 }}，提高了{{ 住院降 }}。",
            {"规范率原值"},
        ),
        ("由上年的{{ 住院.上年 }}降至{{ 住院 }}。", "由上年的{{ 住院.上年 }}变为{{ 住院 }}。", set()),
    ],
)
def test_what_is_computed(before: str, after: str, unused: set[str]) -> None:
    """A change behind its figure is of this figure; its own indicator goes."""
    assert turned(before) == (after, unused)


@pytest.mark.parametrize(
    "text",
    [
        "住院{{ 住院 }}，环比下降{{ 住院降 }}。",
        "住院{{ 住院 }}，其中老年人同比下降{{ 住院降 }}。",
        "住院{{ 住院 }}。同比下降{{ 住院降 }}。",
        "住院{{ 住院 }}，费用{{ 费用 }}，药费，同比下降{{ 住院降 }}。",
        "费用{{ 费用 }}，比去年减少{{ 住院减 }}。",
        "住院{{ 住院 }}，比去年提高{{ 规范率升 }}。",
        "住院{{ 住院 }}，同比下降{{ 负 }}。",
        "住院{{ 住院 }}，较上年增加{{ 约 }}。",
        "门诊{{ 约 }}，同比下降{{ 住院降 }}。",
        "住院{{ 住院 + 住院减 }}，同比下降{{ 住院降 }}。",
        "同比下降{{ 住院降 }}。",
        "由{{ 住院降 }}提高到{{ 规范率 }}。",
    ],
)
def test_what_stays_typed(text: str) -> None:
    """Another period, another subject, another unit, a figure that is not sure: as it was."""
    assert turned(text) == (text, set())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "住院{{ 住院 }}，费用{{ 费用 }}，同比分别下降{{ 住院降 }}、{{ 费用降 }}。",
            "住院{{ 住院 }}，费用{{ 费用 }}，同比分别{{ 住院.同比 }}、{{ 费用.同比 }}。",
        ),
        (
            "住院{{ 住院 }}、规范率{{ 规范率 }}，分别较上年下降{{ 住院降 }}和提高了{{ 规范率升 }}。",
            "住院{{ 住院 }}、规范率{{ 规范率 }}，分别较上年{{ 住院.同比 }}和{{ 规范率.同比 }}。",
        ),
        (
            "床位增加。住院{{ 住院 }}、费用{{ 费用|整 }}，比上年分别，减少{{ 住院减 }}、下降{{ 费用降 }}。",
            "床位增加。住院{{ 住院 }}、费用{{ 费用|整 }}，比上年分别，{{ 住院.增减 }}、{{ 费用.同比 }}。",
        ),
    ],
)
def test_what_is_said_one_by_one(before: str, after: str) -> None:
    """Changes of several figures are computed each of its own, in their order."""
    more = '  费用降: {数值: 1.5, 单位: "%"}\n'
    found, unused = turned(before, more)
    assert found == after
    assert unused == {name for name in ("住院降", "住院减", "费用降", "规范率升") if name in before}


@pytest.mark.parametrize(
    "text",
    [
        "住院{{ 住院 }}，费用{{ 费用 }}，同比分别下降{{ 费用降 }}、{{ 住院降 }}。",  # the other way round
        "费用{{ 费用 }}，同比分别下降{{ 住院降 }}、{{ 费用降 }}。",
        "住院{{ 住院 }}，费用{{ 费用 }}。同比分别下降{{ 住院降 }}、{{ 费用降 }}。",
        "住院{{ 住院 }}，费用{{ 费用 }}，次均增加，同比分别下降{{ 住院降 }}、{{ 费用降 }}。",
        "住院{{ 住院.上年 }}，费用{{ 费用 }}，同比分别下降{{ 住院降 }}、{{ 费用降 }}。",
    ],
)
def test_what_is_not_said_one_by_one(text: str) -> None:
    """What cannot be paired stays as it was typed."""
    assert turned(text, '  费用降: {数值: 1.5, 单位: "%"}\n') == (text, set())


def test_a_list_of_changes_in_next_years_file(cli: Cli, here: Path) -> None:
    """The changes of a text are computed next year, and nobody is asked for them; those that cannot be are marked."""
    text = "全年门诊58320人次、住院2140人次，同比分别增长6.8%、下降3.2%。"
    said = "全年门诊58320人次，同比增长6.8%；住院2140人次，同比下降3.2%。"
    (here / "去年.txt").write_text(TXT.replace(said, text), "utf-8")
    assert cli("new", "--from", "去年.txt", "-o", "今年.yaml").code == 0
    made = (here / "今年.yaml").read_text("utf-8")
    assert "门诊{{ 门诊人次 }}、住院{{ 住院人次 }}，同比分别{{ 门诊人次.同比 }}、{{ 住院人次.同比 }}。" in made
    assert cli("import", "去年.txt", "--figures").code == 0
    assert cli("render", "去年.yaml", "--to", "txt", "-o", "又.txt").code == 0
    assert text in (here / "又.txt").read_text("utf-8")
    (here / "去年.txt").write_text(TXT.replace("同比增长6.8%；", "分别增长6.8%、5%；"), "utf-8")
    (here / "指标.xlsx").unlink()
    told = cli("new", "--from", "去年.txt", "-o", "又.yaml").err
    assert "6.8%：看不出名称" in told
    assert "分别增长6.8%（待补）、5%（待补）" in (here / "又.yaml").read_text("utf-8")


@pytest.mark.parametrize("more", ["  和: {公式: 住院降 + 1}\n", ""])
def test_what_is_named_elsewhere_too(more: str) -> None:
    """An indicator that something else refers to is kept."""
    behind = "" if more else "去年{{ 住院降 }}。"
    text, unused = turned("住院{{ 住院 }}，同比下降{{ 住院降 }}。" + behind, more)
    assert text == "住院{{ 住院 }}，同比{{ 住院.同比 }}。" + behind
    assert unused == set()


@pytest.mark.parametrize("keep", [[], ["--keep-text"]])
def test_next_year_says_which_way(cli: Cli, here: Path, keep: list[str]) -> None:
    """What fell last year and rises this year is said to rise."""
    (here / "去年.txt").write_text(TXT, "utf-8")
    done = cli("new", "--from", "去年.txt", "-o", "今年.yaml", *keep)
    assert done.code == 0, done.err
    made = (here / "今年.yaml").read_text("utf-8")
    for said in ("同比{{ 住院人次.同比 }}", "较上年{{ 规范管理率.同比 }}", "较去年{{ 老年人体检.增减 }}"):
        assert said in made
    sheet = {row["指标"] for row in json.loads(cli("figures", "今年.yaml", "--format", "json").out)}
    assert not [name for name in sheet if "增长" in name or "下降" in name or "提高" in name or "增加" in name]


def test_figures_of_others_stay(cli: Cli, here: Path) -> None:
    """A report over a base keeps what its base may refer to."""
    base = f"体裁: 通用\n标题: 甲\n年度: 2022\n指标:\n{INDICATORS}内容: 一切正常。\n"
    (here / "底稿.yaml").write_text(base, "utf-8")
    text = "继承: 底稿.yaml\n单位: 乙镇\n内容: 住院{{ 住院 }}，同比下降{{ 住院降 }}。\n"
    (here / "乙.yaml").write_text(text, "utf-8")
    done = cli("new", "--from", "乙.yaml", "-o", "新.yaml", "--keep-text")
    assert done.code == 0, done.err
    assert "同比下降{{ 住院降 }}" in (here / "新.yaml").read_text("utf-8")
