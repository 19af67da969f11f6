"""Numbers that cannot be: told at their place in ``render``, ``batch`` and ``figures``, each once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport import pipeline
from healthreport.jobs.batch import planning
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from helpers import GENERAL, RESOURCES, compose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Cli
    from healthreport.reading.yaml.nodes import Source

BASE = """体裁: 通用
标题: "{{ 单位 }}情况"
单位: 清河区
指标:
  门诊: {单位: 人次}
  在管: {单位: 人}
  管理: {单位: 人}
  管理率: {公式: 管理 / 在管, 单位: "%"}
  合格率: {单位: "%", 目标: ≥950}
  收入: {单位: 万元}
内容: 管理率{{ 管理率 }}，门诊{{ 门诊 }}，合格率{{ 合格率 }}，收入{{ 收入 }}，占{{ 在管.占比(管理) }}。
"""
NUMBERS = st.sampled_from(["0", "5", "12", "130", "-3", "12.5", "１３０", "约130", "1*9", "99999", "0.4", "1,200"])
FIGURES = (
    "门诊",
    "门诊.上年",
    "在管",
    "管理",
    "在管.上年",
    "管理.上年",
    "管理率.上年",
    "合格率",
    "合格率.上年",
    "合格率.目标",
    "收入",
    "收入.上年",
)


def places(report: str) -> list[tuple[str, int, int]]:
    """Return id, line and column of what is found in a report."""
    return [(one.id, one.position.line, one.position.column) for one in compose(report).warnings]


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ('指标:\n  率:\n    单位: "%"\n    数值: 120\n', [("rate-over-100", 6, 9)]),
        ('指标:\n  率: {单位: "%", 上年: 900, 数值: 90}\n', [("rate-over-100", 4, 20)]),
        ("指标:\n  签约:\n    单位: 人\n    分项:\n      新签: 12.5\n", [("fractional-count", 7, 11)]),
        ('指标:\n  甲: {数值: 9}\n  率: {单位: "%", 公式: 甲 / 2}\n内容: "{{ 率 }}"\n', [("rate-over-100", 5, 20)]),
        ("指标:\n  签约: {数值: 5, 单位: 人, 分项: {新签: 7, 续签: }}\n", [("part-over-whole", 4, 31)]),
        ("指标:\n  签约: {数值: 5, 单位: 人, 上年: 70}\n", [("tenfold", 4, 12)]),
        ("指标:\n  甲: {数值: 9, 上年: 5}\n  乙: {公式: 甲 × 2, 上年: 11}\n", [("last-differs", 5, 22)]),
        ('指标:\n  甲: {数值: 9}\n  乙: {公式: 甲 × 2}\n内容: "{{ 乙.占比(甲) }}"\n', [("rate-over-100", 5, 11)]),
        (
            "指标:\n  甲: {数值: 9, 单位: 人, 上年: 5}\n内容: 有{{ 甲 }}，同比增长9%，减少4人。\n",
            [("change-differs", 5, 16), ("change-differs", 5, 21)],
        ),
    ],
)
def test_places(report: str, expected: list[tuple[str, int, int]]) -> None:
    """A number is told of where it is written, also on a line of its own; a computed one at its formula."""
    assert places(GENERAL + report) == expected


def test_messages() -> None:
    """A message names the number as it is printed, last year's and targets too, and says what may not be."""
    report = GENERAL + '指标: {率: {数值: 120, 单位: "%", 目标: 101}, 签约: {数值: -2, 单位: 人, 上年: 0.5万}}\n'
    assert [one.message for one in compose(report).warnings] == [
        "“率”是120%，超过了100%。",
        "“率”的目标是101%，超过了100%。",
        "“签约”是-2人，以“人”计的数不会是负的。",
    ]
    shares = "指标: {甲: {数值: 9, 小数位: 2}, 乙: {数值: 7}}\n内容: '{{ 甲.占比(乙) }}，{{ 甲.占比(乙 - 1) }}'\n"
    assert [one.message for one in compose(GENERAL + shares).warnings] == [
        "“甲”占“乙”的128.57%，超过了100%。",
        "“甲”的占比是150.00%，超过了100%。",
    ]


LASTS = '指标: {甲: {数值: 9, 单位: 人, 上年: 5}, 乙: {数值: 12, 单位: 人, 上年: 7}, 率: {公式: 甲 / 乙, 单位: "%", '


@pytest.mark.parametrize(
    ("last", "computed"),
    [
        ("71.4", ""),
        ("71", ""),
        ("71.43", ""),
        ("71.428571", ""),
        ("71.5", "71.4%"),
        ("71.42", "71.43%"),
        ("0", "71%"),
        ("约70", ""),
        ("70%—72%", ""),
        ("71.5, 小数位: 0", "71%"),
        ("71.44, 小数位: 1", ""),
        ("71.4, 小数位: 2", ""),
    ],
)
def test_last_years_number_is_compared(last: str, computed: str) -> None:
    """A 上年 that was written for a formula is compared in the digits it is written and printed with."""
    found = [one.message for one in compose(f"{GENERAL}{LASTS}上年: {last}}}}}\n").warnings]
    assert found == ([one for one in found if one.endswith(f"由“公式”算出来是{computed}。")] if computed else [])
    assert bool(found) == bool(computed)


def test_a_last_year_that_cannot_be_computed_is_compared_with_nothing() -> None:
    """Where the formula cannot be computed of last year's numbers, the one that was written is printed, untold."""
    for wrong in ("上年: 0", "上年: 约5", "上年: , 无上年: 是"):
        report = GENERAL + LASTS.replace("上年: 7", wrong) + "上年: 71}}\n内容: '{{ 率.上年 }}'\n"
        assert compose(report).warnings == ()


def test_last_year_in_a_batch(tmp_path: Path) -> None:
    """A township's 上年 of a formula is compared with what its own parts came to."""
    text = BASE.replace("管理率{{ 管理率 }}，", "管理率{{ 管理率 }}，{{ 管理率.同比 }}，")
    (tmp_path / "全区.yaml").write_text(text, encoding="utf-8")
    workbook(
        tmp_path / "乡镇.xlsx",
        (*HEADINGS, "在管.上年", "管理.上年", "管理率.上年"),
        ("白石镇", 120, 110, 20, 19, 92, 4, 20, 18, 90),
        ("柳河镇", 120, 110, 20, 19, 92, 4, 20, 18, 91),
        ("青山镇", 120, 110, 20, 19, 92, 4, 20, 18, None),
    )
    read = planning.Table(tmp_path / "全区.yaml", planning.Data(tmp_path / "乡镇.xlsx"), None)
    made = [pipeline.compose(read.inherited(at), read.reader, RESOURCES).warnings for at in range(3)]
    told = [[one for one in found if one.id == "last-differs"] for found in made]
    assert [[(one.position.cell, one.message) for one in found] for found in told] == [
        [],
        [("J3", "“管理率”的上年数是91%，由“公式”算出来是90%。")],
        [],
    ]


def test_a_number_of_an_indicator_file(here: Path) -> None:
    """A number of 指标文件 is told of at its cell."""
    workbook(here / "指标.xlsx", ["名称", "数值", "单位"], ["门诊", 12, "人次"], ["管理率", 120, "%"])
    Path("a.yaml").write_text(GENERAL + "指标文件: 指标.xlsx\n", encoding="utf-8")
    reader = Reader()
    found = pipeline.compose(inherit.load(here / "a.yaml", reader), reader, RESOURCES).warnings
    assert [(one.id, one.position.cell) for one in found] == [("rate-over-100", "B3")]


def test_what_nothing_prints_is_not_computed() -> None:
    """An indicator that nothing asks for is not computed for a rule; ``figures`` asks for all of them."""
    assert places(GENERAL + '指标: {甲: {数值: 9}, 率: {单位: "%", 公式: 甲 / 2}}\n') == []


def test_figures_prints_them(here: Path, cli: Cli) -> None:
    """``figures`` runs the same rules, over everything that can be computed, and lists the figures all the same."""
    (here / "a.yaml").write_text(
        GENERAL + '指标:\n  甲: {数值: 9.5, 单位: 人}\n  乙: {数值: 3, 单位: 人}\n  率: {单位: "%", 公式: 甲 / 乙}\n',
        "utf-8",
    )
    result = cli("figures", "a.yaml")
    assert result.code == 0
    assert "316.7%" in result.out
    assert "a.yaml:4:11: 警告 “甲”是9.5人，以“人”计的数不会带小数。 [fractional-count]" in result.err
    assert "a.yaml:6:20: 警告 “率”算出来是316.7%，超过了100%。 [rate-over-100]" in result.err


def workbook(path: Path, *rows: Sequence[object]) -> None:
    """Write a workbook of one sheet."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)


HEADINGS = ("单位", "门诊", "门诊.上年", "在管", "管理", "合格率", "收入")


def test_each_township_has_its_own(tmp_path: Path) -> None:
    """A township is told of its own cells; what all share is told at the base's line, unless it says otherwise."""
    (tmp_path / "全区.yaml").write_text(BASE, encoding="utf-8")
    workbook(
        tmp_path / "乡镇.xlsx",
        (*HEADINGS, "合格率.目标"),
        ("白石镇", 12.5, 10, 20, 19, 92, -3.5, None),
        ("柳河镇", 120, 11, 20, 19, 920, 4, 95),
        ("青山镇", 120, 110, 20, 30, 92, 4, 102),
    )
    read = planning.Table(tmp_path / "全区.yaml", planning.Data(tmp_path / "乡镇.xlsx"), None)
    made = [pipeline.compose(read.inherited(at), read.reader, RESOURCES).warnings for at in range(3)]
    assert [[(one.id, one.position.cell or one.position.line) for one in found] for found in made] == [
        [("fractional-count", "B2"), ("rate-over-100", "D2"), ("rate-over-100", 9)],
        [("tenfold", "B3"), ("rate-over-100", "D3"), ("rate-over-100", "F3")],
        [("rate-over-100", "H4"), ("rate-over-100", 8)],
    ]


def test_a_batch_tells_a_column_once(here: Path, cli: Cli) -> None:
    """In a batch the same warning of many cells of a column is one, with every township and its cell."""
    text = BASE.replace(", 目标: ≥950", "").replace("单位: 清河区", "单位: 清河区\n年度: 2023")
    (here / "全区.yaml").write_text(text, encoding="utf-8")
    rows = [(f"第{number}镇", 12, 10, 20, 20, 92 if number == 2 else 920, 4) for number in range(1, 5)]
    workbook(here / "乡镇.xlsx", HEADINGS, *rows)
    result = cli("batch", "全区.yaml", "--data", "乡镇.xlsx")
    assert result.code == 0
    assert result.err.count("[rate-over-100]") == 1
    assert "F2: 警告 “合格率”是920%，超过了100%。 [rate-over-100]" in result.err
    assert "↑ 第1镇（F2）、第3镇（F4）、第4镇（F5），共3份" in result.err


def numbers_of(figures: dict[str, str]) -> str:
    """Return 指标 with these figures."""
    said: dict[str, dict[str, str]] = {}
    for name, number in figures.items():
        indicator, _, key = name.partition(".")
        said.setdefault(indicator, {})[key or "数值"] = number
    quoted = {name: ", ".join(f"{key}: '{number}'" for key, number in keys.items()) for name, keys in said.items()}
    lines = [f"  {name}: {{{keys}}}\n" for name, keys in quoted.items()]
    return "指标:\n" + "".join(lines)


@given(st.dictionaries(st.sampled_from(FIGURES), NUMBERS))
def test_shared_or_not_the_same_is_told(figures: dict[str, str]) -> None:
    """Of a township over a base rules say what they say of the same report in one piece."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "全区.yaml").write_text(BASE, encoding="utf-8")
        path = Path(folder) / "镇.yaml"
        path.write_text(f"继承: 全区.yaml\n单位: 白石镇\n{numbers_of(figures)}", encoding="utf-8")
        reader = Reader()
        over = inherit.load(path, reader)
        alone = over._replace(differences=None, base=None)
        told = [pipeline.compose(one, reader, RESOURCES, draft=True).warnings for one in (over, alone)]
    assert told[0] == told[1]


def test_units_are_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units of measure are read from their file, none of the other words of sheets."""
    files: list[str] = []

    def read(reader: Reader, path: Path) -> Source:
        files.append(path.name)
        return original(reader, path)

    original = Reader.read
    monkeypatch.setattr(Reader, "read", read)
    assert Resources().units.counted
    assert files == ["计量单位.yaml"]


def test_counted_units_are_known() -> None:
    """Every unit that persons and things are counted in is a unit of sheets, and none of them can be converted."""
    units = RESOURCES.units
    assert {"人", "人次", "座", "户"} <= units.counted
    assert not [name for name in units.counted if not units.knows(name)]
    assert not [name for name in units.counted if any(name in family for family in units.families)]
    assert not [
        name for name in ("元", "万元", "平方米", "亩", "公里", "吨", "天", "岁", "%", "") if units.counts(name)
    ]
    assert units.counts("万人次")
    assert not units.counts("张/千人")
