"""Hints of sheets, doubts and command lines work, too: done what they say, what they tell of is gone.

``following_elsewhere.py`` does what they say, in the file and at the place that the message names.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from following_elsewhere import IN_FILES, ON_COMMAND_LINE
from healthreport.diagnostics import Severity
from healthreport.jobs.producing import Options
from healthreport.jobs.render import render
from healthreport.reading.reader import Reader
from helpers import GENERAL

if TYPE_CHECKING:
    from conftest import Cli
    from following_elsewhere import Files
    from healthreport.diagnostics import Diagnostic

ON_SHEET = GENERAL + "年度: 2022\n指标文件: 指标.csv\n内容: 门诊{{ 门诊 }}。\n"
TABLE = GENERAL + "年度: 2022\n指标文件: 指标.csv\n内容: {指标表: {指标: 全部, 列: [完成, 上年]}}\n"
COUNTY = (
    GENERAL
    + "汇总来源: 乡镇.csv\n指标: {门诊: {单位: 人次}, 住院: {单位: 人次}}\n内容: 门诊{{ 门诊 }}，住院{{ 住院 }}。\n"
)
HEAD = "名称,单位,数值,上年\n"


def on(text: str, sheet: str) -> Files:
    """Return a report and its sheet of indicators."""
    return {"甲.yaml": text, "指标.csv": HEAD + sheet}


def alone(text: str) -> Files:
    """Return a report that stands alone."""
    return {"甲.yaml": GENERAL + text}


CASES: dict[str, tuple[str, Files]] = {
    "no number in a cell": ("bad-number", on(ON_SHEET, "门诊,人次,许多,1000\n")),
    "another unit in a cell": ("bad-number", on(ON_SHEET, "门诊,人次,300户,280\n")),
    "no number in a report": ("bad-number", alone("指标: {门诊: {数值: 许多, 单位: 人次}}\n内容: 门诊{{ 门诊 }}。\n")),
    "another unit in a report": (
        "bad-number",
        alone("指标: {门诊: {数值: 5户, 单位: 人}}\n内容: 门诊{{ 门诊 }}。\n"),
    ),
    "widths that are none": (
        "bad-widths",
        alone("内容: {表格: {列宽: [1, 2], 表头: [甲, 乙, 丙], 行: [[1, 2, 3]]}}\n"),
    ),
    "alignments for other columns": (
        "bad-alignments",
        alone("内容: {表格: {对齐: [左, 右], 表头: [甲, 乙, 丙], 行: [[1, 2, 3]]}}\n"),
    ),
    "parts that are none": ("bad-parts", alone("指标: {诊疗: {分项: 五, 单位: 人次}}\n内容: 诊疗{{ 诊疗 }}。\n")),
    "fewer than none": ("negative-count", alone("指标: {门诊: {数值: -5, 单位: 人}}\n内容: 门诊{{ 门诊 }}。\n")),
    "what is not summed": (
        "not-summed",
        {
            "甲.yaml": COUNTY.replace("住院: {", "住院: {汇总方式: 不汇总, ").replace("。", "，住院{{ 住院 }}。"),
            "乡镇.csv": "单位,门诊,住院\n白石镇,5,4\n青山镇,6,5\n",
        },
    ),
    "words that stand for others": ("placeholder", alone("内容: 今年XXX。\n")),
    "a comma in a number": ("beyond-header", on(ON_SHEET, "门诊,人次,1,236,1150\n")),
    "an empty cell of a table": ("blank-cell", on(TABLE, "门诊,人次,24,\n")),
    "a dash that is a gap": ("read-as-none", on(ON_SHEET, "门诊,人次,24,—\n")),
    "growth that is typed": (
        "change-differs",
        alone("指标: {门诊: {数值: 24, 上年: 20, 单位: 人次}}\n内容: 门诊{{ 门诊 }}，同比下降4.5%。\n"),
    ),
    "two columns of one key": (
        "double-column",
        {"甲.yaml": ON_SHEET, "指标.csv": "名称,单位,数值,数值\n门诊,人次,24,25\n"},
    ),
    "an indicator in two rows": ("duplicate-key", on(ON_SHEET, "门诊,人次,24,20\n门诊,人次,24,20\n")),
    "待补 with its key changed": ("flag-as-text", alone("章节:\n  - 标题: 甲\n    内容: 是\n")),
    "half a visit": (
        "fractional-count",
        alone("指标: {甲: {数值: 5, 单位: 人}, 乙: {公式: 甲 / 2, 单位: 人}}\n内容: 有{{ 乙 }}。\n"),
    ),
    "last year written and computed": (
        "last-differs",
        alone(
            "指标:\n  甲: {数值: 5, 单位: 人, 上年: 4}\n  乙: {数值: 5, 单位: 人, 上年: 4}\n"
            "  丙: {公式: 甲 + 乙, 单位: 人, 上年: 9}\n内容: 有{{ 丙 }}，同比{{ 丙.同比 }}。\n"
        ),
    ),
    "an empty cell that is used": ("missing-value", on(ON_SHEET, "门诊,人次,,20\n")),
    "an empty key that is used": (
        "missing-value",
        alone("指标:\n  门诊:\n    单位: 人次\n    数值:\n内容: 门诊{{ 门诊 }}。\n"),
    ),
    "an item that is no task": (
        "mixed-table",
        alone("内容:\n  - 形式: 表格\n    条目:\n      - {事项: 甲}\n      - 只有文字\n"),
    ),
    "no date": ("no-date", alone("单位: 槐溪县卫生健康局\n落款: 槐溪县卫生健康局\n内容: 甲。\n")),
    "no townships": (
        "no-townships",
        alone("指标: {门诊: {单位: 人次}}\n内容: {乡镇表: {指标: [门诊], 列: [完成]}}\n")
        | {"乡镇.csv": "单位,门诊\n白石镇,5\n青山镇,6\n"},
    ),
    "a field in a formula": (
        "not-a-number",
        alone('单位: 槐溪县卫生局\n落款: 无\n内容: "{{ 单位 + 1 }}工作。"\n'),
    ),
    "a title that is a clause": (
        "only-clauses",
        alone('指标: {门诊: {数值: 5}}\n章节: [{标题: "[[门诊{{ 门诊 }}]]", 内容: 做好服务。}]\n'),
    ),
    "a rate over 100": ("rate-over-100", alone('指标: {使用率: {数值: 104, 单位: "%"}}\n内容: 使用率{{ 使用率 }}。\n')),
    "ten times as much": (
        "tenfold",
        alone("指标: {门诊: {数值: 500, 上年: 20, 单位: 人次}}\n内容: 门诊{{ 门诊 }}。\n"),
    ),
    "a section left open": ("todo", alone("章节:\n  - {标题: 健康教育, 待补: 是}\n")),
    "a label that is typed": ("typed-label", alone("章节:\n  - {标题: 甲项, 序号: 3、, 内容: 乙。}\n")),
    "a column of no indicator": (
        "unattached-column",
        {"甲.yaml": COUNTY, "乡镇.csv": "单位,门诊,住院,目标\n白石镇,5,4,6\n青山镇,6,5,7\n"},
    ),
    "a wrong heading": ("unknown-column", {"甲.yaml": ON_SHEET, "指标.csv": "名称,单位,数直\n门诊,人次,24\n"}),
    "own words that are printed nowhere": (
        "unprinted-words",
        alone("文字:\n  甲: 一切正常。\n  乙: 稳步推进。\n内容: 今年{{ 乙 }}\n"),
    ),
}


# What is told next is so because the hint was followed, and says what is left to do.
COMES = {"flag-as-text": {"todo"}}


def told(files: Files, folder: Path) -> list[Diagnostic]:
    """Return what one run tells of a report and what stands beside it."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    path = folder / "甲.yaml"
    ((_, outcome),) = render([path], folder / "甲.docx", Options(force=True), Reader())
    return [_relative(one) for one in outcome.diagnostics]


def _relative(one: Diagnostic) -> Diagnostic:
    def bare(place: str) -> str:
        return Path(place).name

    related = tuple(
        other._replace(position=other.position._replace(file=bare(other.position.file))) for other in one.related
    )
    return one._replace(position=one.position._replace(file=bare(one.position.file)), related=related)


@pytest.mark.parametrize("name", CASES)
def test_a_hint_that_is_followed_works(name: str, tmp_path: Path) -> None:
    """Done what a message says, where it says so, it is gone, and no other comes, be it a warning."""
    id, files = CASES[name]
    found = told(files, tmp_path)
    one = next(one for one in found if one.id == id)
    changed = IN_FILES[id](files, one)
    assert changed != files
    after = told(changed, tmp_path)
    assert id not in {other.id for other in after}, changed
    weighty = {other.id for other in after if other.severity > Severity.NOTE}
    assert weighty <= {other.id for other in found} | COMES.get(id, set()), (weighty, changed)


def test_what_is_followed_is_met() -> None:
    """Every way to follow a hint is gone by some case."""
    assert IN_FILES.keys() == {id for id, _ in CASES.values()}


REPORT = GENERAL + "年度: 2022\n指标: {门诊: {数值: 5, 单位: 人次}}\n内容: 门诊{{ 门诊 }}。\n"
COMMANDS: dict[str, tuple[str, list[str]]] = {
    "a document that somebody edited": ("edited", ["render", "甲.yaml", "-o", "旧.docx"]),
    "a list that is there": ("exists", ["figures", "甲.yaml", "-o", "有.csv"]),
    "an earlier year": ("no-later-year", ["new", "--from", "甲.yaml", "--year", "2021"]),
    "sections of a rule": (
        "no-sections",
        ["new", "管理制度", "--unit", "白石镇", "--sections", "党建"],
    ),
    "the report itself": ("output-is-input", ["render", "甲.txt", "--to", "txt"]),
    "a list with another suffix": ("bad-output", ["figures", "甲.yaml", "-o", "清单.pdf"]),
    "standard input without a name": ("stdin-needs-output", ["render", "-"]),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_that_a_hint_names_works(name: str, cli: Cli, here: Path) -> None:
    """The command is given again as its hint says, and does what was wanted."""
    id, command = COMMANDS[name]
    for file in ("甲.yaml", "甲.txt"):
        (here / file).write_text(REPORT, "utf-8")
    (here / "旧.docx").write_bytes(b"edited")
    (here / "有.csv").write_text("甲,乙\n", "utf-8")
    done = cli(*command)
    assert f"[{id}]" in done.err, done.err
    hint = re.findall(r"→ (.*)$", done.err, re.MULTILINE)[-1]
    again = cli(*ON_COMMAND_LINE[id](command, hint), stdin=REPORT.encode())
    assert (again.code, f"[{id}]" in again.err) == (0, False), again.err


def test_every_option_is_met() -> None:
    """Every way to give a command again is gone by some case."""
    assert ON_COMMAND_LINE.keys() == {id for id, _ in COMMANDS.values()}
