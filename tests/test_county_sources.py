"""What a county's figures are read of, where that cannot be: file, sheet and cell are told, and all of it at once."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conftest import Cli
    from helpers import Result

COUNTY = """\
体裁: 通用
标题: 情况汇报
单位: 清河区卫生健康局
汇总来源: {source}
指标:
  农村改厕: {{单位: 座}}
  门诊: {{单位: 人次}}
内容: 改厕{{{{ 农村改厕 }}}}，门诊{{{{ 门诊 }}}}。
"""
BASE = """\
体裁: 通用
标题: 情况汇报
指标:
  农村改厕: {单位: 座}
  门诊: {单位: 人次}
内容: 改厕{{ 农村改厕 }}。
"""
HEADS = ("单位", "农村改厕（座）", "门诊（人次）")
Files = Mapping[str, str | bytes | None]
NONE: Files = {}


def town(name: str, base: str = "底稿.yaml", more: str = "") -> str:
    """Return a township's file."""
    return f"继承: {base}\n单位: {name}\n指标: {{农村改厕: {{数值: 186}}, 门诊: {{数值: 45200}}}}\n{more}"


def xlsx(*rows: Sequence[str | int]) -> bytes:
    """Return a workbook with these rows on its one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "填报"
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = xlsx(HEADS, ("白石镇", 186, 45200), ("柳河镇", 240, 58600))
FOLDER = {"乡镇/底稿.yaml": BASE, "乡镇/白石镇.yaml": town("白石镇"), "乡镇/柳河镇.yaml": town("柳河镇")}


@pytest.fixture
def county(cli: Cli, here: Path) -> County:
    """Work in a folder with a county's report."""
    return County(cli, here / "清河")


class County:
    """A county's folder: writes files and renders the report."""

    def __init__(self, cli: Cli, folder: Path) -> None:
        self._cli = cli
        self._folder = folder

    def render(self, source: str, files: Files = NONE) -> Result:
        """Render the county's report from a source, with these files beside it; ``None`` is an empty folder."""
        for name, content in {"全区.yaml": COUNTY.format(source=source), **files}.items():
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.mkdir()
            else:
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        done = self._cli("render", self._folder / "全区.yaml")
        assert "Traceback" not in done.err
        assert (self._folder / "全区.docx").exists() is (done.code == 0)
        return done

    def refused(self, source: str, files: Files = NONE) -> str:
        """Return what is told of a report that cannot be made, without the folder's path."""
        done = self.render(source, files)
        assert done.code == 2
        return done.err.replace(f"{self._folder}/", "")


def test_both_kinds_are_read(county: County) -> None:
    """What the other tests change, as it is right."""
    assert county.render("乡镇/", FOLDER).code == 0
    assert county.render("a.xlsx", {"a.xlsx": GOOD}).code == 0


def test_two_files_of_one_name(county: County) -> None:
    """Both are named, at their 单位."""
    told = county.refused("乡镇/", {**FOLDER, "乡镇/白石镇2.yaml": town("白石镇")})
    assert "乡镇/白石镇2.yaml:2:5: 错误 “白石镇”出现了两次。 [double-name]" in told
    assert "乡镇/白石镇.yaml:2:5: 另一处在这里" in told


def test_two_rows_of_one_name(county: County) -> None:
    """Both cells are named, and where the sheet is asked for; a cell that is wrong otherwise is told too."""
    rows = (("白石镇", 186, 45200), ("白石镇", 240, 58600), ("青山镇", 132, "三百"))
    told = county.refused("a.xlsx", {"a.xlsx": xlsx(HEADS, *rows)})
    assert "a.xlsx:填报!A2: 错误 “白石镇”出现了两次。 [double-name]" in told
    assert "a.xlsx:填报!A3: 错误 “白石镇”出现了两次。 [double-name]" in told
    assert "a.xlsx:填报!C4: 错误 “三百”不是数。 [bad-number]" in told
    assert "全区.yaml:4:7: 从这里汇总" in told


def test_in_two_sources(county: County) -> None:
    """A township in a folder and in a sheet is told at its cell, with the file; one source twice likewise."""
    told = county.refused("[乡镇/, a.xlsx]", {**FOLDER, "a.xlsx": GOOD})
    assert "a.xlsx:填报!A2: 错误 “白石镇”出现了两次。" in told
    assert "乡镇/白石镇.yaml:2:5: 另一处在这里" in told
    assert county.refused("[a.xlsx, ./a.xlsx]").count("[double-name]") == 2


def test_the_same_townships_in_two_sheets(county: County) -> None:
    """Whose figures stand in two sheets must not strike one out: they belong side by side in one."""
    sheets = {"a.csv": "单位,农村改厕\n白石镇,1\n", "b.csv": "单位,门诊\n白石镇,9\n"}
    told = county.refused("[a.csv, b.csv]", sheets)
    assert "“白石镇”出现了两次。 [double-name]" in told
    assert "一个单位只能写在一个来源里；同样的单位、不同的指标，请并排写进一张表。" in told
    assert "删去" not in told


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("白石镇卫生院,白石,1\n柳河镇卫生院,白石,2\n", "“白石镇卫生院”和“柳河镇卫生院”的简称都是“白石”"),
        ("白石镇,,1\n柳河镇卫生院,白石镇,2\n", "“柳河镇卫生院”的简称“白石镇”就是另一处的名称"),
        ("柳河镇卫生院,白石镇,1\n白石镇,,2\n", "“白石镇”就是另一处“柳河镇卫生院”的简称"),
    ],
)
def test_what_cannot_be_told_apart(rows: str, told: str, county: County) -> None:
    """Two townships that a ranking would call alike are an error with both places, each once."""
    err = county.refused("a.csv", {"a.csv": "单位,简称,门诊\n" + rows})
    assert f"a.csv:3:1: 错误 {told}，分不开。 [double-name]" in err
    assert "a.csv:2:1: 另一处在这里" in err
    assert err.count("[double-name]") == 1


def test_a_short_name_in_another_source(county: County) -> None:
    """A township that stands in a sheet under what its own file gives as 简称 was counted twice."""
    report = town("白石镇卫生院").replace("单位: 白石镇卫生院", "单位: 白石镇卫生院\n简称: 白石镇")
    err = county.refused("[a.csv, 乡镇/]", {"a.csv": "单位,门诊\n白石镇,9\n", **FOLDER, "乡镇/白石镇.yaml": report})
    assert "错误 “白石镇卫生院”的简称“白石镇”就是另一处的名称，分不开。 [double-name]" in err
    assert "a.csv:2:1: 另一处在这里" in err


def test_a_township_and_its_institution(county: County) -> None:
    """白石镇 and 白石镇卫生院 look like one, which is told with both places; a list that has both knows them as two."""
    rows = "单位,门诊\n白石镇,9\n柳河镇,8\n白石镇卫生院,9\n柳河镇中心卫生院,7\n青山镇,1\n青山镇学校,1\n"
    done = county.render("a.csv", {"a.csv": rows})
    err = done.err.replace("\n", "")
    assert (
        "警告 “白石镇”和“白石镇卫生院”、“柳河镇”和“柳河镇中心卫生院”像是一个单位，各算了一次。 [look-like-one]" in err
    )
    assert "a.csv:4:1: 另一处在这里" in err
    listed = "白石镇\n白石镇卫生院\n柳河镇\n柳河镇中心卫生院\n青山镇\n青山镇学校\n"
    done = county.render("{来源: a.csv, 应报: b.txt}", {"a.csv": rows, "b.txt": listed})
    assert "[look-like-one]" not in done.err


def test_units_that_differ(county: County) -> None:
    """Units that do not convert are told for each file and column, with the county's; 万人次 is converted."""
    other = "继承: 底稿.yaml\n单位: 柳河镇\n指标: {农村改厕: {数值: 3, 单位: 户}, 门诊: {数值: 2, 单位: 元}}\n"
    told = county.refused("乡镇/", {**FOLDER, "乡镇/柳河镇.yaml": other})
    assert "乡镇/柳河镇.yaml:3:17: 错误 “农村改厕”的单位是“户”，全县的是“座”，不能相加。 [unit-differs]" in told
    assert "“门诊”的单位是“元”，全县的是“人次”" in told
    assert "全区.yaml:6:3: 全县的单位写在这里" in told
    told = county.refused("a.xlsx", {"a.xlsx": xlsx(("单位", "农村改厕（户）", "门诊（元）"), ("白石镇", 1, 2))})
    assert "a.xlsx:填报!B1: 错误" in told
    assert "a.xlsx:填报!C1: 错误" in told
    thousands = "继承: 底稿.yaml\n单位: 柳河镇\n指标: {农村改厕: {数值: 3}, 门诊: {数值: 2.5, 单位: 万人次}}\n"
    assert county.render("乡镇/", {"乡镇/柳河镇.yaml": thousands}).code == 0


def test_a_figure_without_a_unit(county: County) -> None:
    """A township's number without a unit is none in 万人次, be it 2.5 or 25000; of what is counted by ones it is."""
    own = "体裁: 通用\n标题: 无\n内容: 甲。\n单位: 柳河镇\n指标: {农村改厕: {数值: 3}, 门诊: {数值: 25000%s}}\n"
    report = COUNTY.format(source="乡镇/").replace("单位: 人次", "单位: 万人次")
    told = county.refused("乡镇/", {"全区.yaml": report, "乡镇/柳河镇.yaml": own % ""})
    assert "“门诊”的单位是“（空）”，全县的是“万人次”，不能相加。 [unit-differs]" in told
    assert '→ 请在这一份或它的底稿里写明“单位”，如“单位: "万人次"”。' in told
    assert told.count("[unit-differs]") == 1
    with_unit = {"全区.yaml": report, "乡镇/柳河镇.yaml": own % ", 单位: 人次"}
    assert county.render("乡镇/", with_unit).code == 0


def test_the_report_itself(county: County) -> None:
    """A report is no source of its own, nor is a folder in which there is no other."""
    assert "全区.yaml:4:7: 错误 “汇总来源”写的是这份报告自己。 [source-is-itself]" in county.refused("全区.yaml")
    told = county.refused("./")
    assert "错误 文件夹里的报告没有一份是乡镇的" in told
    assert "[empty-folder]" in told
    assert "全区.yaml:4:7: 从这里汇总" in told


@pytest.mark.parametrize("source", ["../全区.yaml", "../"])
def test_circle(source: str, county: County) -> None:
    """A report that is made of others, in the end of itself, is no township: named, and not counted."""
    done = county.render("乡镇/", {**FOLDER, "乡镇/青山镇.yaml": COUNTY.format(source=source)})
    assert done.code == 0
    assert "青山镇.yaml" in done.err
    assert "[no-township]" in done.err


def test_two_counties_of_one_another(county: County) -> None:
    """Reports that are made of others themselves are no townships, and it is said what can be done instead."""
    told = county.refused("邻区/", {"邻区/邻区.yaml": COUNTY.format(source="../")})
    assert "错误 文件夹里的邻区.yaml自己写了“汇总来源”，不是乡镇的报告；不能把汇总再汇总。 [county-of-counties]" in told
    assert "healthreport rollup" in told


def test_townships_on_each_other(county: County) -> None:
    """Two townships that inherit each other were taken for bases, and left out: it is a circle."""
    files = {"乡镇/甲镇.yaml": town("甲镇", "乙镇.yaml"), "乡镇/乙镇.yaml": town("乙镇", "甲镇.yaml")}
    told = county.refused("乡镇/", {**FOLDER, **files})
    assert told.count("[inherit-cycle]") == 2
    assert "乡镇/甲镇.yaml:1:5: 错误 继承绕回了自己：" in told
    assert "[inherit-cycle]" in county.refused("乡镇/", files)


def test_a_mistake_in_the_base_names_the_township(county: County) -> None:
    """Where a township gives a number that its base computes, the place is the base's formula: whose it is, is said."""
    files = {**FOLDER, "乡镇/底稿.yaml": BASE.replace("门诊: {单位: 人次}", "门诊: {公式: 农村改厕 * 2, 单位: 人次}")}
    files["乡镇/柳河镇.yaml"] = "继承: 底稿.yaml\n单位: 柳河镇\n指标: {农村改厕: {数值: 1}}\n"
    told = county.refused("乡镇/", files)
    assert "错误 “数值”和“公式”只能写一个。 [two-values]" in told
    assert "乡镇/白石镇.yaml: 读这一份时遇到" in told
    assert "柳河镇.yaml: 读" not in told


def test_townships_on_the_county_itself(county: County) -> None:
    """Townships that inherit the county's report are its townships, whatever that says of where figures are."""
    files = {f"乡镇/{name}.yaml": town(name, "../全区.yaml", f"内容: {name}。\n") for name in ("白石镇", "柳河镇")}
    assert county.render("乡镇/", files).code == 0


def test_bases_in_a_circle(county: County) -> None:
    """A base that inherits a township on it is told, from the township and from the county."""
    told = county.refused("乡镇/", {**FOLDER, "乡镇/底稿.yaml": "继承: 柳河镇.yaml\n" + BASE})
    assert "[inherit-cycle]" in told
    assert "乡镇/底稿.yaml:1:5: 从这里继承" in told
    assert "全区.yaml:4:7: 从这里汇总" in told


def test_half_a_workbook_and_others(county: County) -> None:
    """A file that was cut off is told, and the mistakes of the other sources with it, each at its name."""
    told = county.refused(
        "[a.xlsx, b.csv, c.csv, d.docx]",
        {"a.xlsx": GOOD[: len(GOOD) // 2], "b.csv": "单位,农村改厕（户）\n白石镇,1\n", "d.docx": b"PK"},
    )
    assert "a.xlsx: 错误 表格打不开：文件不完整，或已损坏。 [damaged-table]\n  全区.yaml:4:8: 从这里汇总" in told
    assert "b.csv:1:4: 错误 “农村改厕（户）”的单位是“户”，“农村改厕”要的是“座”。 [unit-mismatch]" in told
    assert "全区.yaml:4:23: 错误 找不到“c.csv”。 [not-found]" in told
    assert "全区.yaml:4:30: 错误 “d.docx”不是表格，也不是文件夹。 [not-a-source]" in told


def test_files_that_cannot_be_read(county: County) -> None:
    """Every township's file that is wrong is told, not the first alone."""
    files = {"乡镇/白石镇.yaml": "单位: [\n", "乡镇/柳河镇.yaml": "继承: 没有.yaml\n单位: 柳河镇\n"}
    told = county.refused("乡镇/", {**FOLDER, **files})
    assert "乡镇/白石镇.yaml:2:1: 错误 括号里缺少内容，或括号没有配对。 [unclosed-bracket]" in told
    assert "乡镇/没有.yaml: 错误 找不到这个文件。 [not-found]" in told


@pytest.mark.parametrize(
    ("source", "files", "id"),
    [
        ("乡镇/", {"乡镇": None}, "empty-folder"),
        ("求和", {}, "way-as-source"),
        ("加权（人口）", {}, "way-as-source"),
        ("没有.xlsx", {}, "not-found"),
        ("没有/", {}, "not-found"),
        ("/etc/hosts", {}, "outside"),
        ("../../../a.xlsx", {}, "outside"),
        ("{}", {}, "missing-key"),
        ("{来源: a.xlsx, 工作: 表1}", {"a.xlsx": GOOD}, "unknown-key"),
        ("{来源: a.xlsx, 工作表: 表9}", {"a.xlsx": GOOD}, "unknown-sheet"),
        ("{来源: a.xlsx, 应报: 没有.txt}", {"a.xlsx": GOOD}, "not-found"),
        ("{来源: a.xlsx, 应报: ../../../名单.txt}", {"a.xlsx": GOOD}, "outside"),
        ("a.xlsx", {"a.xlsx": xlsx(HEADS)}, "empty-table"),
        ("a.xlsx", {"a.xlsx": xlsx(("完全", "不同"))}, "no-header"),
        ("a.xlsx", {"a.xlsx": b"not a workbook"}, "no-header"),
        ("a.xlsx", {"a.xlsx": b""}, "empty-table"),
        ("a.xlsx", {"a.xlsx": None}, "empty-folder"),
        ("a.xlsx", {"a.xlsx": xlsx(HEADS, ("白石镇", "=B3", 1), ("柳河镇", 2, 3))}, "bad-cell"),
    ],
)
def test_refused(source: str, files: Files, id: str, county: County) -> None:
    """Each is told once, with its place, and names where the county asks for it."""
    told = county.refused(source, files)
    assert told.count(": 错误 ") == 1, told
    assert f"[{id}]" in told
    assert "全区.yaml:4:" in told
