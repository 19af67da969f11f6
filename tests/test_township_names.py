"""Lists of townships, for the empty sheet and for the files: a text, a sheet, a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tables_data as made
from healthreport.diagnostics import HealthReportError, Position
from healthreport.reading.reader import Reader
from healthreport.townships import names
from helpers import GENERAL

if TYPE_CHECKING:
    from conftest import Cli


def read(path: str) -> list[str]:
    """Return the names of a list."""
    return [one.name for one in names.read(Path(path), Reader()).names]


@pytest.mark.usefixtures("here")
def test_a_text() -> None:
    """A name a line, blanks round it aside."""
    Path("名单.txt").write_text("白石镇\n 注溪镇 \n其中口乡\n\n", "utf-8")
    assert read("名单.txt") == ["白石镇", "注溪镇", "其中口乡"]


@pytest.mark.parametrize("head", ["名称", "单位", "乡镇（街道）"])
def test_lines_of_a_text_that_are_no_townships(head: str, here: Path, cli: Cli) -> None:
    """A head, a total, notes and comments are nobody's who is to send figures; they are told, as much as a blank is."""
    (here / "名单.txt").write_text(f"# 2024年\n{head}\n白石镇\n单位\n合计\n注：以名称为准\n", "utf-8")
    listed = names.read(Path("名单.txt"), Reader())
    assert [one.name for one in listed.names] == ["白石镇", "单位"]  # a head stands above all
    (note,) = listed.told
    assert note.message == f"名单里的“# 2024年”、“{head}”、“合计”、“注：以名称为准”不是单位，没有算。"
    (here / "名单.txt").write_text(f"{head}\n白石镇\n合计\n", "utf-8")
    county = f"{GENERAL}年度: 2022\n单位: 清河区\n汇总来源: {{来源: 表.csv, 应报: 名单.txt}}\n"
    county += "指标:\n  改厕: {单位: 座}\n内容: '{{ 改厕.上报数 }}'\n"
    (here / "全区.yaml").write_text(county, "utf-8")
    (here / "表.csv").write_text("单位,改厕\n白石镇,3\n", "utf-8")
    for command in (
        ("render", "全区.yaml", "--to", "txt", "-o", "全区.txt"),
        ("overview", "全区.yaml"),
        ("overview", "全区.yaml", "--expect", "名单.txt"),
        ("sheet", "全区.yaml", "--towns", "名单.txt", "-o", "空.csv"),
        ("towns", "全区.yaml", "名单.txt", "-o", "镇"),
        ("new", "--from", "全区.yaml"),
    ):
        done = cli(*command)
        assert done.err.count(f"名单里的“{head}”、“合计”不是单位，没有算。 [lines-left-out]") == 1, (command, done.err)
    assert "1个乡镇" in (here / "全区.txt").read_text("utf-8")


def test_a_township_that_has_a_file(here: Path, cli: Cli) -> None:
    """A list that names shorter what has a file already would count it twice: that is told."""
    (here / "全区.yaml").write_text(f"{GENERAL}指标:\n  改厕: {{单位: 座}}\n内容: '{{{{ 改厕 }}}}'\n", "utf-8")
    (here / "名单.txt").write_text("白石镇卫生院\n", "utf-8")
    assert cli("towns", "全区.yaml", "名单.txt", "-o", "镇").code == 0
    (here / "名单.txt").write_text("白石镇\n柳河镇\n", "utf-8")
    done = cli("towns", "全区.yaml", "名单.txt", "-o", "镇")
    assert done.code == 0
    assert "镇: 警告 文件夹里已有的：“白石镇”像是“白石镇卫生院”。 [town-there]" in done.err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "rows",
    [
        [["2023年通讯录"], ["序号", "单位", "电话"], [1, "白石镇", 5], [2, "青 山 镇", 6], ["", "合计", 2], ["注：略"]],
        [["白石镇"], ["青山镇"]],
        [["片区", "乡镇（街道）"], ["东片", "白石镇"], ["", "青山镇"]],
    ],
)
def test_a_sheet(rows: list[list[object]]) -> None:
    """The column of names, without totals and notes; a sheet without a header is its first column."""
    Path("名单.xlsx").write_bytes(made.xlsx_of(rows))
    assert read("名单.xlsx") == ["白石镇", "青山镇"]


@pytest.mark.usefixtures("here")
def test_a_folder() -> None:
    """The 单位 of each report that is based on another."""
    Path("镇").mkdir()
    Path("镇/全县.yaml").write_text("体裁: 通用\n标题: 甲\n单位: 槐溪县\n", "utf-8")
    Path("镇/b.yaml").write_text("继承: 全县.yaml\n单位: 青山镇\n", "utf-8")
    Path("镇/a.yaml").write_text("继承: 全县.yaml\n单位: 白石镇\n", "utf-8")
    assert read("镇") == ["白石镇", "青山镇"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("rows", "id"), [([["单位"], ["白石镇"], ["白 石 镇"]], "duplicate-town"), ([["单位"], ["合计"]], "empty-file")]
)
def test_lists_that_are_wrong(rows: list[list[object]], id: str) -> None:
    """A name twice is told at its cell; a list of nobody is an error."""
    Path("名单.xlsx").write_bytes(made.xlsx_of(rows))
    with pytest.raises(HealthReportError) as caught:
        read("名单.xlsx")
    assert [one.id for one in caught.value.diagnostics] == [id]


def matched(listed: list[str], towns: list[str]) -> dict[str, str]:
    """Return the townships that the names of a list were matched with."""
    found = names.matched([names.Named(one, Position("")) for one in listed], [[one] for one in towns])
    pairs = {name: towns[at] for name, at in zip(listed, found.numbers, strict=True) if at is not None}
    assert {*found.taken} == {(name, town) for name, town in pairs.items() if name != town}
    return pairs


def test_a_list_of_short_names() -> None:
    """A name within that of one township alone is that one's, either way round; with several it is nobody's."""
    towns = ["清河区白石镇卫生院", "清河区柳河镇卫生院", "城关镇第一卫生院", "城关镇第二卫生院"]
    assert matched(["柳河镇", "白石镇", "城关镇"], towns) == {"白石镇": towns[0], "柳河镇": towns[1]}
    assert matched(["清河区白石镇卫生院"], ["白石镇", "柳河镇"]) == {"清河区白石镇卫生院": "白石镇"}
    assert matched(["白石镇", "白石镇卫生院"], towns[:1]) == {}
    assert matched(["镇"], towns[:1]) == {}
    assert matched(["白石镇", "清河区白石镇卫生院"], towns) == {"清河区白石镇卫生院": towns[0]}


def test_a_name_taken_for_another_is_told(here: Path, cli: Cli) -> None:
    """Which name of the list was taken for which township is told, in a county's report and in the overview."""
    source = "汇总来源: {来源: 表.csv, 应报: 名单.txt}"
    county = f"{GENERAL}单位: 清河区\n{source}\n指标:\n  改厕: {{单位: 座}}\n内容: '{{{{ 改厕 }}}}'\n"
    (here / "全区.yaml").write_text(county, "utf-8")
    (here / "表.csv").write_text("单位,改厕\n清河区白石镇卫生院,3\n清河区柳河镇卫生院,4\n", "utf-8")
    (here / "名单.txt").write_text("白石镇\n柳河镇\n", "utf-8")
    done = cli("render", "全区.yaml")
    assert done.code == 0
    assert "名单里“白石镇”就是“清河区白石镇卫生院”、“柳河镇”就是“清河区柳河镇卫生院”。" in done.err
    done = cli("overview", "全区.yaml")
    assert done.code == 0
    assert "“白石镇”就是“清河区白石镇卫生院”" in done.err


INSTITUTIONS = ["中心卫生院", "第一卫生院", "妇幼保健院", "疾控中心", "社区卫生服务中心"]


@pytest.mark.parametrize("name", INSTITUTIONS)
def test_an_institution_is_a_unit(name: str, here: Path, cli: Cli) -> None:
    """What a section may be called as well is a unit in a list, in last year's table and in the empty sheet of both."""
    (here / "底稿.yaml").write_text(
        f"{GENERAL}年度: 2022\n指标:\n  改厕: {{单位: 座}}\n内容: '{{{{ 改厕 }}}}'\n", "utf-8"
    )
    (here / "名单.txt").write_text(f"白石镇卫生院\n{name}\n注溪镇卫生院\n", "utf-8")
    (here / "去年.csv").write_text(f"单位,改厕\n白石镇卫生院,3\n{name},5\n注溪镇卫生院,4\n合计,12\n", "utf-8")
    for listed in ("名单.txt", "去年.csv"):
        blank, folder = f"{listed}.csv", f"{listed}-镇"
        done = cli("sheet", "底稿.yaml", "-o", blank, "--towns", listed)
        assert done.code == 0, done.err
        rows = [line.split(",")[0] for line in (here / blank).read_text("utf-8-sig").splitlines()]
        assert rows[1:] == ["白石镇卫生院", name, "注溪镇卫生院"]
        assert "共3份" in cli("towns", "底稿.yaml", listed, "-o", folder).err
        assert read(blank) == rows[1:]
        shown = cli("batch", "底稿.yaml", "--data", blank, "--show-reading", "-o", "出").out
        assert f"单位：{name}" in shown


@pytest.mark.parametrize(
    ("rows", "units"),
    [
        (["中心卫生院", "白石中心卫生院", "注溪中心卫生院"], ["白石中心卫生院", "注溪中心卫生院"]),
        (["中心卫生院", "甲院", "一般卫生院", "乙院"], ["甲院", "乙院"]),
        (["中心卫生院", "甲院", "中心卫生院：", "乙院"], ["甲院", "乙院"]),
        (["1.白石镇", "2.中心卫生院"], ["白石镇", "中心卫生院"]),
    ],
)
def test_a_section_is_none(rows: list[str], units: list[str], here: Path) -> None:
    """Where others head the rows too, or the rows below are called after it, it is a section; and that is told."""
    (here / "名单.csv").write_text("\n".join(["单位", *rows]) + "\n", "utf-8")
    listed = names.read(Path("名单.csv"), Reader())
    assert [one.name for one in listed.names] == units
    left = [row for row in rows if row.partition(".")[2] not in units and row not in units]
    said = [f"名单里的{'、'.join(f'“{one}”' for one in left)}不是单位，没有算。"] if left else []
    assert [one.message for one in listed.told] == said
