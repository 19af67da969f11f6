"""文字 in sheets: wherever a township's words stand, they are its own, and none are lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from test_inherit import write

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

BASE = """体裁: 通用
标题: 无
指标: {门诊: {单位: 人次}, 义诊: {单位: 场}}
文字: {亮点: , 特色: }
内容:
- 门诊{{ 门诊 }}[[，义诊{{ 义诊 }}]][[，{{ 亮点 }}]]。
- "[[{{ 特色 }}]]"
"""


def printed(cli: Cli, here: Path, sheet: str, merged: str = "") -> dict[str, str] | str:
    """Return what each township of a sheet prints, in one line; or what the command said where some fail."""
    write(here, {"县.yaml": BASE})
    book = openpyxl.Workbook()
    table = book.active
    assert table is not None
    for row in sheet.strip().split("\n"):
        table.append([int(cell) if cell.isdigit() else cell or None for cell in row.split("|")])
    for area in merged.split():
        table.merge_cells(area)
    book.save(here / "表.xlsx")
    done = cli("batch", "县.yaml", "--data", "表.xlsx", "-o", "out", "--name", "{{ 单位 }}", "--force")
    if done.code:
        return done.err
    return {path.stem: text(cli, path) for path in sorted((here / "out").glob("*.docx"))}


def text(cli: Cli, path: Path) -> str:
    """Return the words of a document."""
    assert cli("import", path, "-o", path.with_suffix(".yaml")).code == 0
    lines = path.with_suffix(".yaml").read_text("utf-8").split("\n")
    path.with_suffix(".yaml").unlink()
    return "|".join(line.strip(" -|").removeprefix("内容: ") for line in lines if "门诊" in line or "话" in line)


TOWNS = {"白石镇": "门诊1人次，义诊2场，甲话。|子话", "青山镇": "门诊3人次，义诊4场，乙话。|丑话"}


@pytest.mark.parametrize(
    ("sheet", "merged"),
    [
        ("单位|门诊|义诊|亮点|特色\n白石镇|1|2|甲话|子话\n青山镇|3|4|乙话|丑话", ""),
        ("亮点|单位|特色|门诊|义诊\n甲话|白石镇|子话|1|2\n乙话|青山镇|丑话|3|4", ""),
        ("单位|门诊|亮点|单位|特色|义诊\n白石镇|1|甲话|青山镇|丑话|4\n青山镇|3|乙话|白石镇|子话|2", ""),
        ("单位|门诊|义诊|亮点|单位|特色\n白石镇|1|2|甲话|青山镇|丑话\n青山镇|3|4|乙话|白石镇|子话", ""),
        ("单位|门诊|义诊|亮点||单位|特色\n白石镇|1|2|甲话||青山镇|丑话\n青山镇|3|4|乙话||白石镇|子话", ""),
        ("单位|门诊|义诊|亮点|特色\n白石镇|1||甲话|\n||2||子话\n青山镇|3|4|乙话|丑话", "A2:A3"),
        ("单位|指标|数值|亮点|特色\n白石镇|门诊|1|甲话|\n白石镇|义诊|2||子话\n青山镇|门诊|3|乙话|丑话\n青山镇|义诊|4||丑话", ""),
        ("项目|白石镇|青山镇\n门诊|1|3\n义诊|2|4\n亮点|甲话|乙话\n特色|子话|丑话", ""),
    ],
)  # fmt: skip
def test_wherever_they_stand(cli: Cli, here: Path, sheet: str, merged: str) -> None:
    """Before the names, between the figures, in a second table, below a merged name, in a row for each indicator."""
    assert printed(cli, here, sheet, merged) == TOWNS


@pytest.mark.parametrize(
    ("sheet", "merged", "id"),
    [
        ("单位|门诊|亮点\n白石镇|1|甲话\n青山镇|3|", "C2:C3", "merged-figure"),
        ("单位|门诊|亮点|特色\n白石镇|1|甲话|\n青山镇|3||", "C2:D2", "merged-figure"),
        ("单位|门诊|亮点\n白石镇|1|甲话\n||乙话\n青山镇|3|", "A2:A3", "merged-name"),
        ("单位|门诊|亮点\n白石镇|1|甲话\n||乙话\n青山镇|3|", "", "no-name"),
        ("单位|指标|数值|亮点\n白石镇|门诊|1|甲话\n白石镇|义诊|2|乙话\n青山镇|门诊|3|\n青山镇|义诊|4|", "", "two-words"),
    ],
)  # fmt: skip
def test_whose_they_are_is_not_guessed(cli: Cli, here: Path, sheet: str, merged: str, id: str) -> None:
    """Words that may be two townships', or two of one, are refused at their cell, with a way out."""
    told = printed(cli, here, sheet, merged)
    assert isinstance(told, str)
    assert f"[{id}]\n  → " in told


@pytest.mark.parametrize(
    "words", ["合计", "小计", "其中", "上年同期", "全县", "平均", "一、好", "填表人：张三", "注：好"]
)
@pytest.mark.parametrize("head", ["单位|亮点|门诊", "亮点|单位|门诊", "单位|门诊|亮点"])
def test_words_of_sheets_are_words(cli: Cli, here: Path, words: str, head: str) -> None:
    """What would make a row a total, a note or a section makes none where a township says it."""
    rows = [{"单位": "白石镇", "门诊": "1", "亮点": "甲话"}, {"单位": "青山镇", "门诊": "3", "亮点": words}]
    sheet = "\n".join([head, *("|".join(row[key] for key in head.split("|")) for row in rows)])
    made = printed(cli, here, sheet)
    assert isinstance(made, dict)
    assert made["青山镇"] == f"门诊3人次，{words}。"


def test_whole_numbers_of_a_csv(cli: Cli, here: Path) -> None:
    """1.0 is a figure's 1, and stays 1.0 in words."""
    write(here, {"县.yaml": BASE, "表.csv": "单位,门诊,亮点\n白石镇,1.0,1.0\n青山镇,3,版本2.0\n"})
    assert cli("batch", "县.yaml", "--data", "表.csv", "-o", "out", "--name", "{{ 单位 }}").code == 0
    assert text(cli, here / "out" / "白石镇.docx") == "门诊1人次，1.0。"
    assert text(cli, here / "out" / "青山镇.docx") == "门诊3人次，版本2.0。"


def test_two_names_of_one_heading(cli: Cli, here: Path) -> None:
    """Names that a heading cannot tell apart are refused, not taken by chance."""
    write(
        here,
        {
            "县.yaml": BASE.replace("{亮点: , ", "{亮点A: , 亮点Ａ: , 亮点: , "),
            "表.csv": "单位,门诊,亮点A\n甲镇,1,乙\n",
        },
    )
    done = cli("batch", "县.yaml", "--data", "表.csv")
    assert done.code == 2
    assert "“亮点Ａ”和“亮点A”在表头里分不开" in done.err


def test_a_base_of_words_alone(cli: Cli, here: Path) -> None:
    """A sheet may ask for words and no figure."""
    write(here, {"县.yaml": "体裁: 通用\n标题: 无\n文字: {亮点: }\n内容: '[[{{ 亮点 }}]]'\n"})
    assert cli("sheet", "县.yaml", "-o", "表.csv").code == 0
    assert (here / "表.csv").read_text("utf-8-sig") == "单位,亮点\n"
