"""A county's sheet cell by cell: how it was read is said, and what no figure can be is told at its cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from helpers import GENERAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Cli

HEAD = f"{GENERAL}单位: 清河区\n汇总来源: 表.csv\n指标:\n"


def test_how_the_sheet_was_read(here: Path, cli: Cli) -> None:
    """Every command of a county says once, in one line, how its sheet was read: a misspelt heading stands there."""
    indicators = "  改厕: {单位: 座}\n  经费: {单位: 元}\n"
    (here / "全区.yaml").write_text(f"{HEAD}{indicators}内容: '{{{{ 改厕 }}}}，{{{{ 经费 }}}}'\n", "utf-8")
    (here / "表.csv").write_text(
        "单位,改厕,经费（万元）,改侧上年\n白石镇,3,1.5,2\n柳河镇,4,—,1\n合计,7,1.5,3\n", "utf-8"
    )
    line = (
        "读表：2个单位；改厕、经费←“经费（万元）”（万元×10,000）；没有用的列：改侧上年；"
        "不是单位的行：合计“合计”；“—”当作没有数（C3）。"
    )
    for command in ("render", "rollup", "figures", "check", "overview"):
        assert cli(command, "全区.yaml").err.count(line) == 1, command
    assert "读表" not in cli("render", "全区.yaml", "--quiet", "--force").err


def test_what_is_worth_knowing_stands_first(here: Path, cli: Cli) -> None:
    """Of many columns those that were converted are named, and those that nobody knows."""
    names = [f"甲{at}" for at in range(8)]
    indicators = "".join(f"  {name}: {{单位: 元}}\n" for name in names)
    (here / "全区.yaml").write_text(f"{HEAD}{indicators}内容: '{{{{ 甲0 }}}}'\n", "utf-8")
    heads = ",".join(names[:7])
    (here / "表.csv").write_text(f"单位,{heads},甲7（万元）\n白石镇,{','.join('1' * 8)}\n", "utf-8")
    line = "读表：1个单位；甲7←“甲7（万元）”（万元×10,000）、甲0、甲1、甲2、甲3、甲4等8个"
    assert line in cli("figures", "全区.yaml").err


def found(cli: Cli, indicators: str, *rows: str) -> list[tuple[str, str, list[str]]]:
    """Return what check finds in a county's sheet: the id, the message, and the cells by line and column."""
    Path("全区.yaml").write_text(f"{HEAD}{indicators}内容: 一切正常。\n", "utf-8")
    Path("表.csv").write_text("\n".join(rows) + "\n", "utf-8")
    told = json.loads(cli("check", "全区.yaml", "--format", "json").out)
    of_sheet = [one for one in told if one["file"] == "表.csv"]
    cells = [[f"{at['line']}:{at['column']}" for at in (one, *one["places"])] for one in of_sheet]
    return [(one["id"], one["message"], at) for one, at in zip(of_sheet, cells, strict=True)]


TENFOLD = "和上年相差十倍以上"
CELLS = [
    pytest.param(
        "  改厕: {单位: 座}\n",
        ("单位,改厕,改厕上年", "白石镇,-3,2", "柳河镇,4,-1", "青山镇,-5,2", "河湾乡,5,6"),
        [
            ("negative-count", "“改厕”：白石镇（-3座）、青山镇（-5座），以“座”计的数不会是负的。", ["2:5", "4:5"]),
            ("negative-count", "“改厕”的上年数：柳河镇（-1座），以“座”计的数不会是负的。", ["3:7"]),
        ],
        id="negative",
    ),
    pytest.param(
        "  签约: {单位: 万人}\n  面积: {单位: 亩}\n",
        ("单位,签约（人）,面积（亩）", "白石镇,300.5,3.5", "柳河镇,400,-4", "青山镇,12500,1.25"),
        [("fractional-count", "“签约”：白石镇（0.03005万人），以“人”计的数不会带小数。", ["2:5"])],
        id="fraction",
    ),
    pytest.param(
        '  率: {单位: "%", 汇总方式: 平均}\n  可: {单位: "%", 汇总方式: 平均, 可超过100: 是}\n',
        ("单位,率（%）,可（%）", "白石镇,120,120", "柳河镇,99,90", "青山镇,100,90"),
        [("rate-over-100", "“率”：白石镇（120%），超过了100%。", ["2:5"])],
        id="rate",
    ),
    pytest.param(
        '  管理: {单位: 人}\n  在管: {单位: 人}\n  率: {公式: 管理 / 在管, 单位: "%"}\n',
        ("单位,管理,在管", "白石镇,80,90", "柳河镇,12,10", "青山镇,8,9"),
        [("rate-over-100", "“率”：柳河镇（120%），超过了100%。", ["3:1"])],
        id="computed",
    ),
    pytest.param(
        "  门诊: {单位: 人次}\n  接种: {单位: 人次, 可超过10倍: 是}\n",
        ("单位,门诊,门诊上年,接种,接种上年", "白石镇,1200,98,1200,98", "柳河镇,9,100,1,1", "青山镇,8,9,1,1"),
        [
            (
                "tenfold",
                f"“门诊”：白石镇（1200人次，上年98人次）、柳河镇（9人次，上年100人次），{TENFOLD}。",
                ["2:5", "3:5"],
            )
        ],
        id="tenfold",
    ),
]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("indicators", "rows", "told"), CELLS)
def test_what_no_figure_can_be(
    indicators: str, rows: Sequence[str], told: list[tuple[str, str, list[str]]], cli: Cli
) -> None:
    """What rules say of a report's own numbers is told of a township's, each kind and column once with its cells."""
    assert found(cli, indicators, *rows) == told


@pytest.mark.usefixtures("here")
def test_a_fraction_beside_percents(cli: Cli) -> None:
    """0.92 per cent beside 92 is told, also where too few townships say what is usual, in files as well."""
    rate = '  率: {单位: "%", 汇总方式: 平均}\n'
    told = [("stands-apart", "白石镇的“率”是0.92%，和别的乡镇相差很远：一般在92%上下。")]
    assert [one[:2] for one in found(cli, rate, "单位,率", "白石镇,0.92%", "柳河镇,92%", "青山镇,92%")] == told
    assert found(cli, rate, "单位,率", "白石镇,9.2%", "柳河镇,92%", "青山镇,0.1%") == []
    both = found(cli, rate, "单位,率", "白石镇,0.92%", "柳河镇,90%", "青山镇,0.9%")
    assert [one[1].partition("，")[2] for one in both] == ["和别的乡镇相差很远：一般在90%上下。"] * 2
    Path("镇").mkdir()
    for name, value in (("白石镇", 0.92), ("柳河镇", 92)):
        own = f"{GENERAL}单位: {name}\n指标:\n  率: {{数值: {value}, 单位: '%'}}\n内容: 甲。\n"
        Path("镇", f"{name}.yaml").write_text(own, "utf-8")
    Path("全区.yaml").write_text(f"{HEAD.replace('表.csv', '镇')}{rate}内容: 甲。\n", "utf-8")
    assert told[0][1] in cli("render", "全区.yaml").err


@pytest.mark.usefixtures("here")
def test_many_cells_and_many_townships(cli: Cli) -> None:
    """Of many cells the first are named; of many townships the others say what growth is usual."""
    many = [f"{at}镇,-{at},{at}" for at in range(1, 12)]
    ((id, message, cells),) = found(cli, "  改厕: {单位: 座}\n", "单位,改厕,改厕上年", *many)
    assert (id, len(cells)) == ("negative-count", 11)
    assert "8镇（-8座）等11个乡镇，以“座”计" in message
    grown = [f"{at}镇,{at * 12},{at}" for at in range(1, 12)]
    assert found(cli, "  改厕: {单位: 座}\n", "单位,改厕,改厕上年", *grown) == []


@pytest.mark.usefixtures("here")
def test_last_years_figures_that_differ(cli: Cli) -> None:
    """A 上年 that is summed of the townships' and not what the formula makes is told at their cells."""
    indicators = "  甲: {单位: 人}\n  乙: {单位: 人}\n  丙: {公式: 甲 + 乙, 单位: 人}\n"
    rows = ("单位,甲,甲上年,乙,乙上年,丙上年", "白石镇,1,2,3,4,6", "柳河镇,1,2,3,4,7")
    ((id, message, cells),) = found(cli, indicators, *rows)
    assert (id, cells) == ("last-differs", ["2:13", "3:13"])
    assert message == "“丙”的上年数是13人，由“公式”算出来是12人。"
    err = cli("render", "全区.yaml").err
    assert "  → 请核对各部分的上年数和这几格；这几格空着，由程序算。\n  另有1处：3:13" in err
