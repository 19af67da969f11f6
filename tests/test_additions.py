"""追加: what a report adds to the sections of its base."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError, Severity
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from helpers import RESOURCES, UNTITLED
from test_inherit import lines, write

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

COUNTY = (
    UNTITLED
    + """指标: {门诊: {单位: 人次}}
成绩:
- {标题: 门诊, 内容: "门诊{{ 门诊 }}。"}
- 标题: 公卫
  章节: [{标题: 建档, 内容: 甲。}, {标题: 随访, 内容: 乙。}]
问题: {标题: 不足, 内容: 缺人。}
"""
)
TOWN = "继承: 县.yaml\n指标: {门诊: {数值: 12}}\n"


def told(path: Path) -> list[Diagnostic]:
    """Return what is wrong with a report, or what is told of it."""
    reader = Reader()
    try:
        return [*pipeline.compose(inherit.load(path, reader), reader, RESOURCES).warnings]
    except HealthReportError as wrong:
        return [one for one in wrong.diagnostics if one.severity is Severity.ERROR]


# What the base prints, by what an addition may stand between.
CLINIC, RECORDS, VISITS = "（一）门诊 门诊12人次。 ", "（二）公卫 1.建档 甲。 ", "2.随访 乙。 "
LACKS = "二、不足 缺人。"


@pytest.mark.parametrize(
    ("added", "printed"),
    [
        ("成绩: [{标题: 义诊, 内容: 丙。}]", CLINIC + RECORDS + VISITS + "（三）义诊 丙。 " + LACKS),
        (
            "成绩: {标题: 义诊, 内容: 丙。, 放在: 门诊}",
            CLINIC + "（二）义诊 丙。 " + RECORDS.replace("二", "三") + VISITS + LACKS,
        ),
        (
            "成绩: [{标题: 义诊, 内容: 丙。, 放在: 建档}]",
            CLINIC + RECORDS + "2.义诊 丙。 " + VISITS.replace("2", "3") + LACKS,
        ),
        (
            "问题: [{标题: 缺编, 内容: 丙。}, 缺钱。]",
            CLINIC + RECORDS + VISITS + LACKS + " （一）缺编 丙。 （二）缺钱。",
        ),
        ("计划: 明年再做。", CLINIC + RECORDS + VISITS + LACKS + " 三、下一步工作打算 （一）明年再做。"),
        ("", CLINIC + RECORDS + VISITS + LACKS),
    ],
)
def test_where_it_stands(added: str, printed: str, here: Path) -> None:
    """Behind the sections of the base, or behind the one it names, at any depth; numbers close up."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"{TOWN}追加: {{{added}}}\n" if added else f"{TOWN}追加:\n"})
    assert lines(here / "镇.yaml") == ["一、主要工作", *printed.split()]
    assert not told(here / "镇.yaml")


def test_several_behind_one(here: Path) -> None:
    """Those that stand behind the same section, or at the end, stand in the order in which they are written."""
    added = "成绩: [{标题: 子, 内容: 丙。, 放在: 门诊}, {标题: 末一}, {标题: 丑, 内容: 丙。, 放在: 门诊}, {标题: 末二}]"
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"{TOWN}追加: {{{added}}}\n"})
    heads = [line for line in lines(here / "镇.yaml") if line.startswith("（")]
    assert heads == ["（一）门诊", "（二）子", "（三）丑", "（四）公卫", "（五）末一", "（六）末二"]


def test_a_base_of_chapters(here: Path) -> None:
    """章节 is added to 章节, and a report without any gets some."""
    write(here, {"县.yaml": f"{UNTITLED}章节: [{{标题: 甲, 内容: 乙。}}]\n", "空.yaml": f"{UNTITLED}内容: 前言。\n"})
    write(here, {"镇.yaml": "继承: 县.yaml\n追加: {章节: [{标题: 丙, 内容: 丁。}]}\n"})
    write(here, {"乡.yaml": "继承: 空.yaml\n追加: {章节: [{标题: 丙, 内容: 丁。}]}\n"})
    assert lines(here / "镇.yaml") == ["一、甲", "乙。", "二、丙", "丁。"]
    assert sorted(lines(here / "乡.yaml")) == sorted(["前言。", "一、丙", "丁。"])


def test_once_along_a_chain(here: Path) -> None:
    """What a base has added to its own stands once in a report on it, and that may add to it again."""
    write(
        here,
        {
            "县.yaml": COUNTY,
            "片.yaml": "继承: 县.yaml\n追加: {成绩: [{标题: 义诊, 内容: 丙。}]}\n",
            "镇.yaml": "继承: 片.yaml\n指标: {门诊: {数值: 12}}\n"
            "追加: {成绩: [{标题: 巡诊, 内容: 丁。, 放在: 义诊}, {标题: 末}]}\n",
            "乡.yaml": "继承: 片.yaml\n指标: {门诊: {数值: 12}}\n",
        },
    )
    heads = [[line[3:] for line in lines(here / name) if line.startswith("（")] for name in ("乡.yaml", "镇.yaml")]
    assert heads == [["门诊", "公卫", "义诊"], ["门诊", "公卫", "义诊", "巡诊", "末"]]


@pytest.mark.parametrize(
    ("town", "id", "column"),
    [
        ("追加: {成绩: [甲]}", "nothing-to-add-to", 6),
        ("继承: 县.yaml\n追加: {章节: [甲]}", "other-form", 6),
        ("继承: 章.yaml\n追加: {问题: [甲]}", "other-form", 6),
        ("继承: 县.yaml\n追加: [甲]", "not-a-mapping", 6),
        ("继承: 县.yaml\n追加: 甲", "not-a-mapping", 5),
        ("继承: 县.yaml\n追加: {成果: [甲]}", "unknown-key", 6),
        ("继承: 县.yaml\n追加: {导语: 甲}", "unknown-key", 6),
        ("继承: 县.yaml\n追加: {成绩: [{标题: 甲, 内溶: 乙}]}", "unknown-key", 19),
        ("继承: 县.yaml\n追加: {成绩: [{标题: 甲, 内容: 乙, 放在: 随坊}]}", "no-such-section", 30),
        ("继承: 县.yaml\n追加: {成绩: [{标题: 甲, 内容: 乙, 放在: 不足}]}", "no-such-section", 30),
        ("继承: 章.yaml\n追加: {章节: [{标题: 甲, 内容: 乙, 放在: 甲}]}", "two-such-sections", 30),
        ("继承: 县.yaml\n成绩: [{标题: 甲, 内容: 乙, 放在: 门诊}]", "unknown-key", 21),
    ],
)
def test_mistakes(town: str, id: str, column: int, here: Path) -> None:
    """What is no addition is told at its place, once, before anything else."""
    write(here, {"县.yaml": COUNTY, "章.yaml": f"{UNTITLED}章节: [{{标题: 甲, 内容: 乙}}, {{标题: 甲, 内容: 丙}}]\n"})
    write(here, {"镇.yaml": f"{town}\n"})
    (one,) = told(here / "镇.yaml")
    assert (one.id, one.position.line, one.position.column) == (id, town.count("\n") + 1, column)
    assert one.hint or "，是否为“" in one.message
    assert len(one.related) == (2 if id == "two-such-sections" else 0)


@pytest.mark.parametrize(
    "own", ["成绩: 一句话", "成绩: {标题: 甲, 章节: 一句话}", "成绩: {标题: 甲, 章节: {标题: 乙}}"]
)
def test_beside_sections_that_are_none(own: str, here: Path) -> None:
    """What stands there and is no list of sections is told as ever, and not lost among what is added."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"{TOWN}{own}\n追加: {{成绩: [新。]}}\n"})
    assert {one.position.line for one in told(here / "镇.yaml")} == {3}


def test_beside_sections_of_its_own(here: Path) -> None:
    """An addition stands behind the report's own sections, an empty list of them too."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"{TOWN}成绩: []\n追加: {{成绩: [{{标题: 新, 内容: 丙。, 放在: }}]}}\n"})
    assert lines(here / "镇.yaml") == ["一、主要工作", "（一）新", "丙。", "二、不足", "缺人。"]


def test_thousands_of_mistakes_end(here: Path) -> None:
    """Many that name no section, or one of two thousand alike, are told up to a limit."""
    alike = "".join(f"- {{标题: 甲, 内容: 乙{at}。}}\n" for at in range(1000))
    added = "".join(f"  - {{标题: 丙, 内容: 丁。, 放在: {'甲' if at % 2 else f'戊{at}'}}}\n" for at in range(1000))
    write(here, {"县.yaml": f"{UNTITLED}章节:\n{alike}", "镇.yaml": f"继承: 县.yaml\n追加:\n  章节:\n{added}"})
    found = told(here / "镇.yaml")
    assert len(found) == 100
    assert max(len(one.related) for one in found) == 6


def test_the_ways_out(here: Path) -> None:
    """The key that a message names is the one that works."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"{TOWN}追加: {{章节: [甲]}}\n"})
    (one,) = told(here / "镇.yaml")
    assert one.hint == "请写成“追加: {成绩: …}”。"
    write(here, {"镇.yaml": f"{TOWN}追加: {{成绩: [甲]}}\n"})
    assert lines(here / "镇.yaml")[-3:] == ["（三）甲", "二、不足", "缺人。"]


def test_a_section_under_another_key(here: Path) -> None:
    """A title that stands elsewhere in the base is told with the key it stands under."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"{TOWN}追加: {{问题: [{{标题: 甲, 内容: 乙, 放在: 门诊}}]}}\n"})
    (one,) = told(here / "镇.yaml")
    assert (one.message, one.hint) == ("标题是“门诊”的节在底稿的“成绩”里。", "请写成“追加: {成绩: …}”，或换一个标题。")
    write(here, {"镇.yaml": f"{TOWN}追加: {{成绩: [{{标题: 甲, 内容: 乙, 放在: 门诊}}]}}\n"})
    assert "（二）甲" in lines(here / "镇.yaml")


def test_sections_that_are_replaced_are_told(here: Path, cli: Cli) -> None:
    """A report that has others for the sections of its base may have meant to add some: it is told, and no more."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"{TOWN}单位: 甲院\n成绩: [{{标题: 一, 内容: 丙。}}]\n"})
    (one,) = told(here / "镇.yaml")
    assert (one.id, one.severity, one.position.line) == ("sections-replaced", Severity.NOTE, 4)
    assert one.message == "这里的“成绩”把底稿的2节都换掉了。"
    assert cli("render", "镇.yaml", "--strict").code == 0
    write(here, {"乡.yaml": f"{TOWN}计划: [新。]\n"})
    assert not told(here / "乡.yaml")


def test_next_year(cli: Cli, here: Path) -> None:
    """An addition comes along like other sections, and stands behind the same one."""
    base = COUNTY.replace("标题: 门诊", "标题: 2022年门诊")
    write(here, {"2022.yaml": f"年度: 2022\n{base}"})
    added = "追加: {成绩: [{标题: 义诊, 内容: 丙。, 放在: 2022年门诊}]}\n"
    write(here, {"镇.yaml": f"年度: 2022\n{TOWN.replace('县', '2022')}{added}"})
    assert cli("new", "--from", "镇.yaml", "-o", "2023/镇.yaml").code == 0
    written = (here / "2023" / "镇.yaml").read_text("utf-8")
    assert "放在: 2023年门诊" in written
    assert "待补: 是" in written
