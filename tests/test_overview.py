"""``overview``: who has sent what, of a folder, of a sheet, of a county's report; each column and each end."""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport import pipeline
from healthreport.cli import console, tables
from healthreport.diagnostics import HealthReportError, Position, Severity
from healthreport.jobs.overview import running
from healthreport.jobs.overview.looking import Looker, State
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources, packaged
from healthreport.townships import names
from healthreport.townships.names import Named
from healthreport.writing import plain
from helpers import ROOT

if TYPE_CHECKING:
    from conftest import Cli
    from healthreport.trees.document import Document
    from helpers import Result

EXAMPLES = ROOT / "examples"
HEAD = """\
体裁: 工作情况汇报
标题: 改厕情况
年度: 2022
日期: 2022-12-30
"""
BASE = (
    HEAD
    + """\
指标:
  改厕: {单位: 座}
  门诊: {单位: 人次}
内容: 完成改厕{{ 改厕 }}，完成任务的{{ 改厕.完成率 }}[[，门诊{{ 门诊 }}]]。
"""
)


def base(text: str = BASE) -> None:
    """Write what townships are based on."""
    Path("镇").mkdir(exist_ok=True)
    Path("镇/全县.yaml").write_text(text, "utf-8")


def town(name: str, *lines: str, on: str = "全县.yaml") -> None:
    """Write a township's file."""
    Path("镇").mkdir(exist_ok=True)
    Path(f"镇/{name}.yaml").write_text("\n".join((f"继承: {on}", f"单位: {name}", *lines)) + "\n", "utf-8")


def figures(**given: str) -> str:
    """Return 指标 of a township."""
    return "指标: {" + ", ".join(f"{name}: {{{fields}}}" for name, fields in given.items()) + "}"


DONE = figures(改厕="数值: 12, 目标: 10", 门诊="数值: 800")


@pytest.fixture
def towns(here: Path) -> Path:
    """Work beside a folder with one township that is done."""
    base()
    town("白石镇", DONE)
    return here


def told(cli: Cli, *arguments: str, code: int = 1) -> dict[str, dict[str, Any]]:
    """Return what is told of each township, by name."""
    done = cli("overview", *arguments, "--format", "json")
    assert done.code == code, done.err
    return {one["name"]: one for one in json.loads(done.out)["townships"]}


def rows(done: Result) -> list[list[str]]:
    """Return the cells of a printed table, without its head."""
    return [line.split() for line in done.out.splitlines()[1:]]


@pytest.mark.usefixtures("towns")
def test_who_has_sent_what(cli: Cli) -> None:
    """A row a township in the order of the list; those that it lacks come last; a line below counts."""
    town("柳河镇", figures(改厕="数值: 8"))
    town("青山镇", DONE)
    Path("名单.txt").write_text("柳河镇\n石桥镇\n白石镇\n", "utf-8")
    done = cli("overview", "镇", "--expect", "名单.txt")
    assert done.out == (
        "填报单位  情况  缺  可不填  字数  缺哪些\n"
        "柳河镇    不全   1       1    26  改厕（目标）\n"
        "石桥镇    未报\n"
        "白石镇    齐全   0       0    33\n"
        "青山镇    齐全   0       0    33\n"
    )
    assert done.code == 1
    assert "名单.txt: 警告 “青山镇”不在应报的名单里，也加了进去。 [not-expected]" in done.err
    assert done.err.splitlines()[-1] == "应报3个，已报2个，齐全1个，不全1个，未报1个，名单外1个。"


@pytest.mark.usefixtures("towns")
def test_all_is_there(cli: Cli) -> None:
    """Nothing is missing: 0, and no column that says nothing."""
    town("柳河镇", DONE)
    done = cli("overview", "镇")
    assert (done.code, done.err) == (0, "共2个，已报2个，齐全2个。\n")
    assert done.out == "填报单位  情况  字数\n柳河镇    齐全    33\n白石镇    齐全    33\n"


MORE = """\
指标:
  改厕: {单位: 座, 目标: 90}
  救治: {单位: 例, 分项: {危重: , 普通: }}
  门诊: {单位: 人次, 无上年: 是}
  住院: {单位: 人次}
  诊疗: {公式: 门诊 + 住院, 单位: 人次}
  床位: {数值: 9, 单位: 张, 共用: 是}
  讲座: {单位: 场}
文字: {亮点: , 特色: }
内容:
  - 改厕{{ 改厕 }}，完成{{ 改厕.完成率 }}，{{ 诊疗 }}，住院同比{{ 住院.同比 }}，救治{{ 救治 }}，{{ 床位 }}。
  - "{{ 亮点 }}"
  - "[[{{ 特色 }}]][[讲座{{ 讲座 }}]]"
  - {指标表: {指标: [门诊], 列: [指标, 完成, 目标, 上年]}}
"""
GIVEN = {
    "改厕": "数值: 12",
    "救治": "分项: {危重: 1, 普通: 2}",
    "门诊": "数值: 800, 目标: 700",
    "住院": "数值: 90, 上年: 80",
    "讲座": "数值: 3",
}
WORDS = "文字: {亮点: 好, 特色: 新}"


@pytest.mark.parametrize(
    ("given_", "words", "missing", "optional"),
    [
        ({}, WORDS, [], []),
        ({"改厕": ""}, WORDS, ["改厕"], []),
        ({"救治": "分项: {危重: 1, 普通: }"}, WORDS, ["救治（普通）"], []),
        ({"救治": "分项: {危重: , 普通: }"}, WORDS, ["救治"], []),
        ({"救治": ""}, WORDS, ["救治"], []),
        ({"救治": "数值: 3"}, WORDS, [], []),
        ({"门诊": "数值: 800"}, WORDS, ["门诊（目标）"], []),
        ({"门诊": "目标: 700"}, WORDS, ["门诊"], []),
        ({"住院": "数值: 90"}, WORDS, ["住院（上年）"], []),
        ({"住院": "上年: 80"}, WORDS, ["住院"], []),
        ({"讲座": "区间: 3—5"}, WORDS, [], []),
        ({"讲座": "数值: 约3"}, WORDS, [], []),
        ({"讲座": ""}, WORDS, [], ["讲座"]),
        ({}, "文字: {特色: 新}", ["亮点"], []),
        ({}, "文字: {亮点: 好}", [], ["特色"]),
        ({}, "", ["亮点"], ["特色"]),
        ({"改厕": "", "住院": "数值: 9"}, WORDS, ["改厕", "住院（上年）"], []),
    ],
)
@pytest.mark.usefixtures("here")
def test_what_is_missing(given_: dict[str, str], words: str, missing: list[str], optional: list[str], cli: Cli) -> None:
    """Missing is what is asked for and not there: a value, a part, a target nobody gives, last year's value, words.

    What only clauses use may be left out; what the base gives or says there is none of is not asked for.
    """
    base(HEAD + MORE)
    town("白石镇", figures(**{**GIVEN, **given_}), words)
    (one,) = told(cli, "镇", code=1 if missing else 0).values()
    assert (one["missing"], one["optional"], one["mistakes"]) == (missing, optional, [])
    assert one["status"] == ("incomplete" if missing else "complete")


@given(st.sets(st.sampled_from(["改厕", "救治", "门诊", "住院", "住院上年", "亮点", "特色", "讲座"])))
@settings(max_examples=60)
def test_missing_is_what_keeps_it_from_being_printed(gone: set[str]) -> None:
    """A document can be made if and only if nothing is missing, whatever was left out."""
    given_ = {name: fields for name, fields in GIVEN.items() if name not in gone}
    if "住院上年" in gone and "住院" in given_:
        given_["住院"] = "数值: 90"
    words = ", ".join(f"{name}: 好" for name in ("亮点", "特色") if name not in gone)
    texts = {
        Path("全县.yaml"): HEAD + MORE,
        Path("白石镇.yaml"): f"继承: 全县.yaml\n单位: 白石镇\n{figures(**given_)}\n文字: {{{words}}}\n",
    }
    reader = Reader({path: text.encode() for path, text in texts.items()})
    resources = Resources(packaged(), reader)
    sent = Looker(resources, None, None).at_file(Path("白石镇.yaml"))
    errors: set[str] = set()
    try:
        pipeline.compose(inherit.load(Path("白石镇.yaml"), reader), reader, resources)
    except HealthReportError as wrong:
        errors = {one.id for one in wrong.diagnostics if one.severity is Severity.ERROR}
    assert errors <= {"missing-value"}
    assert (sent.state is State.COMPLETE) is (not errors)


@pytest.mark.usefixtures("here")
def test_a_figure_of_a_clause_that_is_used_elsewhere_too(cli: Cli) -> None:
    """What one text may leave out and another may not is missing; what nothing prints is still asked for."""
    base(BASE.replace("[[，门诊{{ 门诊 }}]]", "[[，门诊{{ 门诊 }}]]，门诊{{ 门诊 }}"))
    town("白石镇", figures(改厕="数值: 12, 目标: 10"))
    assert told(cli, "镇")["白石镇"]["missing"] == ["门诊"]
    base(BASE.replace("[[，门诊{{ 门诊 }}]]", ""))
    assert told(cli, "镇")["白石镇"]["missing"] == ["门诊"]


@pytest.mark.usefixtures("here")
def test_texts_of_its_own(cli: Cli) -> None:
    """A township that writes its own text lacks what that needs, no longer what the text of the base needed."""
    base()
    town("白石镇", figures(改厕="数值: 12", 门诊="数值: 8"), '内容: "门诊{{ 门诊.同比 }}。"')
    assert told(cli, "镇")["白石镇"]["missing"] == ["门诊（上年）"]


@pytest.mark.usefixtures("here")
def test_reports_without_a_base(cli: Cli) -> None:
    """A report that stands alone is asked for what it says itself."""
    Path("镇").mkdir()
    own = HEAD + "单位: 白石镇\n指标: {改厕: {单位: 座}, 门诊: {单位: 人次, 数值: 5}}\n内容: 改厕{{ 改厕 }}。\n"
    Path("镇/白石镇.yaml").write_text(own, "utf-8")
    one = told(cli, "镇")["白石镇"]
    assert (one["missing"], one["characters"]) == (["改厕"], 16)


@pytest.mark.usefixtures("here")
def test_todo(cli: Cli) -> None:
    """Sections that are still to be written are counted; a suggestion is no text, and all figures are not enough."""
    left = "章节:\n  - {标题: 体会, 待补: 是}\n  - {标题: 打算, 待补: 可以写的很多}\n"
    left += '  - {标题: 改厕, 内容: "改厕{{ 改厕 }}。"}\n'
    base(HEAD + "指标: {改厕: {单位: 座}}\n" + left)
    town("白石镇", figures(改厕="数值: 3"))
    one = told(cli, "镇")["白石镇"]
    assert (one["todo"], one["missing"], one["status"]) == (2, [], "incomplete")
    assert (
        one["characters"] == 30
    )  # a number is one: 改厕情况 一、体会 二、打算 三、改厕 改厕3座。 白石镇 2022年12月30日
    assert rows(cli("overview", "镇")) == [["白石镇", "不全", "2", str(one["characters"])]]


def test_characters_are_those_that_render_counts(cli: Cli, here: Path) -> None:
    """The number is the one that ``render`` tells, whether documents share a pattern or not."""
    shutil.copytree(EXAMPLES / "townships", here / "镇")
    counted = {name: one["characters"] for name, one in told(cli, "镇", code=0).items()}
    assert len(counted) == 6
    for path in sorted(Path("镇").glob("*.yaml")):
        if path.stem != "全区":
            done = cli("render", str(path), "-o", "一.docx")
            assert f"{counted[path.stem + '卫生院']}字" in done.err.replace(" ", ""), done.err


@pytest.mark.usefixtures("here")
def test_findings(cli: Cli) -> None:
    """Warnings of a township are counted where they are its own; those of the base are told once, and nobody's."""
    text = BASE.replace("内容: 完成", "内容: 大家再接再励，完成").replace("{{ 门诊 }}", "{{ 门诊率 }}")
    base(text.replace("门诊: {单位: 人次}", '门诊率: {单位: "%"}'))
    town("白石镇", figures(改厕="数值: 12, 目标: 10", 门诊率="数值: 120"))
    town("柳河镇", figures(改厕="数值: 12, 目标: 10", 门诊率="数值: 20"))
    assert {name: one["findings"] for name, one in told(cli, "镇", code=0).items()} == {"白石镇": 1, "柳河镇": 0}
    done = cli("overview", "镇")
    assert [row[-1] for row in rows(done)] == ["0", "1"]
    assert done.err.count("“再接再励”应为“再接再厉”") == 1
    assert "底稿里的提醒，各份都一样，没有算进各单位：\n镇/全县.yaml:8:" in done.err
    assert "rate-over-100" not in done.err


@pytest.mark.usefixtures("towns")
def test_mistakes(cli: Cli) -> None:
    """What cannot be read, and what is wrong, is a row that says so; each mistake is told once, the others go on."""
    Path("镇/柳河镇.yaml").write_text("继承: [\n", "utf-8")
    town("石桥镇", figures(改厕="数值: 十二座"))
    town("青山镇", figures(改厕="数值: 8, 目标: ≤10"))
    town("河湾乡", figures(改厕="数值: 9, 目标: ≤10"))
    done = cli("overview", "镇")
    assert done.code == 1
    assert [row[:2] for row in rows(done)] == [
        ["柳河镇", "读不了"],
        ["河湾乡", "有错"],
        ["白石镇", "齐全"],
        ["石桥镇", "有错"],
        ["青山镇", "有错"],
    ]
    assert [done.err.count(f"[{id}]") for id in ("unclosed-bracket", "bad-number", "bound-target")] == [1, 1, 1]
    assert "↑ 河湾乡、青山镇，共2份" in done.err
    assert done.err.splitlines()[-1] == "共5个，已报5个，齐全1个，有错3个，读不了1个。"
    one = told(cli, "镇")
    assert (one["柳河镇"]["missing"], one["石桥镇"]["missing"], one["青山镇"]["optional"]) == (None, None, ["门诊"])
    assert [mistake["id"] for mistake in one["石桥镇"]["mistakes"]] == ["bad-number"]


@pytest.mark.usefixtures("here")
def test_nothing_could_be_read(cli: Cli) -> None:
    """2 where none of what came could be made sense of; a mistake of the base is told once for all on it."""
    base(BASE.replace("单位: 座", "单 位: 座"))
    town("白石镇", DONE)
    town("柳河镇", DONE)
    done = cli("overview", "镇")
    assert (done.code, done.err.count("[unknown-key]")) == (2, 1)
    assert [row[1] for row in rows(done)] == ["有错", "有错"]


@pytest.mark.usefixtures("towns")
def test_what_is_no_township(cli: Cli) -> None:
    """A base, a Word file, a backup, a report of nobody's and the county's own are no townships; the last are told."""
    for name in ("柳河镇.docx", "~$白石镇.docx", "白石镇.yaml.bak", ".白石镇.yaml.swp"):
        Path(f"镇/{name}").touch()
    Path("镇/草稿.yaml").write_text("体裁: 通用\n标题: 草稿\n内容: 甲。\n", "utf-8")
    Path("镇/汇总.yaml").write_text(BASE + "单位: 清河区卫健局\n汇总来源: 乡镇.xlsx\n", "utf-8")
    Path("镇/石桥镇.yaml.txt").write_text("单位: 石桥镇\n", "utf-8")
    done = cli("overview", "镇")
    assert (done.code, [row[0] for row in rows(done)]) == (0, ["白石镇"])
    assert "镇: 说明 文件夹里的汇总.yaml、草稿.yaml是全县自己的报告、" in done.err
    assert "石桥镇.yaml.txt" in done.err


@pytest.mark.usefixtures("here")
def test_no_township_at_all(cli: Cli) -> None:
    """A folder with nothing but drafts has no townships: nothing is complete."""
    Path("镇").mkdir()
    Path("镇/草稿.yaml").write_text("体裁: 通用\n标题: 草稿\n内容: 甲。\n", "utf-8")
    done = cli("overview", "镇")
    assert (done.code, done.err.count("[no-township]")) == (2, 1)


@pytest.mark.usefixtures("towns")
def test_another_file_of_one_that_is_absent(cli: Cli) -> None:
    """Who sent a Word file has not sent a report; it is said what can be made of it."""
    Path("镇/柳河镇.docx").touch()
    Path("镇/白石镇.docx").touch()
    Path("名单.txt").write_text("白石镇\n柳河镇\n", "utf-8")
    done = cli("overview", "镇", "--expect", "名单.txt")
    assert "有1个没报的乡镇交来的不是 YAML，没有算：柳河镇.docx。 [other-file]" in done.err
    assert "healthreport import 镇/柳河镇.docx" in done.err
    assert [row[:2] for row in rows(done)] == [["白石镇", "齐全"], ["柳河镇", "未报"]]
    Path("名单.txt").write_text("白石镇\n清河区柳河镇\n", "utf-8")
    assert "交来的不是 YAML，没有算：柳河镇.docx。" in cli("overview", "镇", "--expect", "名单.txt").err


@pytest.mark.usefixtures("here")
def test_names(cli: Cli) -> None:
    """A name of the list is found by 单位, by 简称 or by the file's name, in capitals or not, however composed."""
    base()
    for name, called in (("甲", "单位: 白石镇卫生院\n简称: 白石镇"), ("柳河镇", "单位: 柳河镇卫生院")):
        Path(f"镇/{name}.yaml").write_text(f"继承: 全县.yaml\n{called}\n{DONE}\n", "utf-8")
    Path("镇/丙.yaml").write_text(f"继承: 全县.yaml\n单位: {unicodedata.normalize('NFD', 'é')}A镇\n{DONE}\n", "utf-8")
    Path("名单.txt").write_text("柳河镇\néa镇\n白石镇\n", "utf-8")
    assert [*told(cli, "镇", "--expect", "名单.txt", code=0)] == ["柳河镇", "éa镇", "白石镇"]


@given(
    st.lists(st.text("ab", min_size=1, max_size=2), max_size=6, unique=True),
    st.lists(st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=3), max_size=6),
)
def test_matching(listed: list[str], called: list[list[str]]) -> None:
    """A township is found for one name of a list only, and only by what it is called; none that fits is left over."""
    found = names.matched([Named(name, Position("")) for name in listed], called).numbers
    hits = [at for at in found if at is not None]
    assert len(hits) == len({*hits})
    assert all(name in called[at] for name, at in zip(listed, found, strict=True) if at is not None)
    left = [name for name, at in zip(listed, found, strict=True) if at is None]
    assert not any(name in words for name in left for at, words in enumerate(called) if at not in hits)


@pytest.mark.usefixtures("towns")
def test_two_of_one_name(cli: Cli) -> None:
    """Two files of one township are both wrong, be one a copy, and that is told once."""
    shutil.copy("镇/白石镇.yaml", "镇/白石镇 - 副本.yaml")
    done = cli("overview", "镇")
    assert done.code == 1
    assert [row[:2] for row in rows(done)] == [["白石镇", "有错"]] * 2
    assert done.err.count("“白石镇”出现了两次。 [double-name]") == 1


@pytest.mark.usefixtures("here")
def test_what_was_sent_out_is_not_sent_in(cli: Cli) -> None:
    """A file or a row as it was sent out, with last year's figures in it, has sent nothing."""
    base(BASE.replace("[[，门诊{{ 门诊 }}]]", "，同比{{ 改厕.同比 }}"))
    Path("名单.txt").write_text("白石镇\n柳河镇\n", "utf-8")
    Path("去年.csv").write_text("单位,改厕\n白石镇,9\n柳河镇,8\n", "utf-8")
    assert cli("sheet", "镇/全县.yaml", "-o", "空表.csv", "--towns", "名单.txt", "--last", "去年.csv").code == 0
    assert cli("towns", "镇/全县.yaml", "名单.txt", "-o", "镇").code == 0
    for call in (("镇",), ("镇/全县.yaml", "--data", "空表.csv")):
        assert {name: one["status"] for name, one in told(cli, *call).items()} == {
            "白石镇": "absent",
            "柳河镇": "absent",
        }
    filled = Path("空表.csv").read_text("utf-8-sig").replace("柳河镇,", "柳河镇,7")
    Path("空表.csv").write_text(filled, "utf-8")
    assert told(cli, "镇/全县.yaml", "--data", "空表.csv")["柳河镇"]["status"] == "incomplete"


def test_a_base_that_asks_for_nothing(cli: Cli, here: Path) -> None:
    """Who is asked for nothing has sent all there is."""
    assert here
    base(HEAD + "内容: 一切正常。\n")
    town("白石镇")
    assert told(cli, "镇", code=0)["白石镇"]["status"] == "complete"


def test_a_sheet(cli: Cli, here: Path) -> None:
    """The rows of a sheet over a base are told as the files that say the same."""
    shutil.copytree(EXAMPLES / "townships", here / "镇")
    shutil.copy(EXAMPLES / "乡镇.xlsx", here)
    files, sheet = told(cli, "镇", code=0), told(cli, "镇/全区.yaml", "--data", "乡镇.xlsx", code=0)
    assert [*sheet] != [*files] or len(sheet) == 6
    for one in (*files.values(), *sheet.values()):
        one["source"] = Path(one["source"]).suffix.partition(":")[0]
    assert {name: {**one, "source": ".yaml"} for name, one in sheet.items()} == files
    assert "6个单位" in cli("overview", "镇/全区.yaml", "--data", "乡镇.xlsx").err


@pytest.mark.usefixtures("towns")
def test_rows_of_a_sheet_that_are_wrong(cli: Cli) -> None:
    """A cell that is no figure, and a name that stands twice, are mistakes of those rows alone."""
    Path("乡镇.csv").write_text(
        "单位,改厕,门诊\n白石镇,12座半,5\n柳河镇,8,9\n柳河镇,8,9\n石桥镇,,\n青山镇,8,9\n", "utf-8"
    )
    Path("镇/全县.yaml").write_text(BASE.replace("单位: 座", "单位: 座, 目标: 7"), "utf-8")
    done = cli("overview", "镇/全县.yaml", "--data", "乡镇.csv")
    assert done.code == 1
    assert [row[:2] for row in rows(done)] == [
        ["白石镇", "有错"],
        ["柳河镇（第3行）", "有错"],
        ["柳河镇（第4行）", "有错"],
        ["石桥镇", "未报"],
        ["青山镇", "齐全"],
    ]
    assert "[double-name]" in done.err


COUNTY = (
    HEAD
    + """\
单位: 清河区卫健局
汇总来源: {来源: SOURCE, 应报: 名单.txt}
指标:
  改厕: {单位: 座, 无目标: 是}
  门诊: {单位: 人次}
  医院: {数值: 3, 单位: 家}
内容: 改厕{{ 改厕 }}，门诊同比{{ 门诊.同比 }}，医院{{ 医院 }}。
"""
)


@pytest.fixture
def county(here: Path) -> Path:
    """Work in a folder with a list of townships."""
    (here / "名单.txt").write_text("石桥镇\n柳河镇\n白石镇\n", "utf-8")
    return here


@pytest.mark.usefixtures("county")
def test_a_county_with_a_sheet(cli: Cli) -> None:
    """A county's report names its sheet and its list; its townships lack what its own text needs, and have no text."""
    Path("全县.yaml").write_text(COUNTY.replace("SOURCE", "乡镇.csv"), "utf-8")
    Path("乡镇.csv").write_text("单位,改厕,门诊数值,门诊上年\n白石镇,12,5,4\n柳河镇,8,9,\n", "utf-8")
    found = told(cli, "全县.yaml")
    assert [*found] == ["石桥镇", "柳河镇", "白石镇"]
    assert [one["missing"] for one in found.values()] == [None, ["门诊（上年）"], []]
    assert [one["status"] for one in found.values()] == ["absent", "incomplete", "complete"]
    assert {one["characters"] for one in found.values()} == {None}
    assert found == told(cli, "全县.yaml", "--data", "乡镇.csv")
    Path("另.txt").write_text("白石镇\n", "utf-8")
    assert [*told(cli, "全县.yaml", "--expect", "另.txt")] == ["白石镇", "柳河镇"]


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("rows", "text", "missing"),
    [
        (["白石镇,12,,5,", "柳河镇,8,,9,"], "", [[], []]),
        (["白石镇,12,10,5,", "柳河镇,8,,9,"], "", [[], ["改厕（目标）"]]),
        (["白石镇,12,,5,4", "柳河镇,8,,9,"], "[[{{ 门诊.同比 }}]]", [[], ["门诊（上年）"]]),
        (["白石镇,12,,5,", "柳河镇,8,,9,"], "[[{{ 门诊.同比 }}]]", [[], []]),
        (["白石镇,12,,5,", "柳河镇,8,,9,"], "{{ 门诊.同比 }}", [["门诊（上年）"], ["门诊（上年）"]]),
    ],
)
def test_what_a_table_of_townships_shows(rows: list[str], text: str, missing: list[list[str]], cli: Cli) -> None:
    """What a table alone shows is missing where another township gave it; what nobody gave is a dash, as printed."""
    Path("名单.txt").write_text("白石镇\n柳河镇\n", "utf-8")
    Path("全县.yaml").write_text(
        f"{HEAD}单位: 清河区卫健局\n汇总来源: {{来源: 乡镇.csv, 应报: 名单.txt}}\n"
        "指标: {改厕: {单位: 座}, 门诊: {单位: 人次}}\n内容:\n"
        f"  - 改厕{{{{ 改厕 }}}}{text}。\n  - 乡镇表: {{指标: [改厕, 门诊], 列: [完成, 完成率, 同比]}}\n",
        "utf-8",
    )
    Path("乡镇.csv").write_text("\n".join(["单位,改厕,改厕目标,门诊,门诊上年", *rows]) + "\n", "utf-8")
    done = cli("overview", "全县.yaml", "--format", "json")
    assert [one["missing"] for one in json.loads(done.out)["townships"]] == missing
    status = ["incomplete" if one else "complete" for one in missing]
    assert [one["status"] for one in json.loads(done.out)["townships"]] == status
    keys = {name[-3:-1] for names_ in missing for name in names_}
    said = cli("overview", "全县.yaml").err
    assert [f"无{key}: 是" in said for key in ("目标", "上年")] == [key in keys for key in ("目标", "上年")]


@pytest.mark.usefixtures("county")
def test_a_county_with_folders(cli: Cli) -> None:
    """Its townships may stand on it, with a text of their own or none, or on a base of theirs that asks for less."""
    Path("全县.yaml").write_text(COUNTY.replace("SOURCE", "[镇, 另]"), "utf-8")
    town("白石镇", figures(改厕="数值: 12", 门诊="数值: 5, 上年: 4"), on="../全县.yaml")
    town("柳河镇", figures(改厕="数值: 12", 门诊="数值: 5"), "内容: 一切正常。", on="../全县.yaml")
    Path("另").mkdir()
    Path("另/底稿.yaml").write_text(BASE, "utf-8")
    Path("另/石桥镇.yaml").write_text(f"继承: 底稿.yaml\n单位: 石桥镇\n{DONE}\n", "utf-8")
    shutil.copy("全县.yaml", "镇/副本.yaml")
    found = told(cli, "全县.yaml")
    assert {name: one["missing"] for name, one in found.items()} == {
        "石桥镇": ["门诊（上年）"],
        "柳河镇": ["门诊（上年）"],
        "白石镇": [],
    }
    assert {name: one["characters"] for name, one in found.items()} == {"石桥镇": 33, "柳河镇": 25, "白石镇": None}
    Path("另/石桥镇.yaml").unlink()
    assert "empty" not in cli("overview", "全县.yaml").err


@pytest.mark.usefixtures("county")
def test_figures_alone_that_are_wrong(cli: Cli) -> None:
    """Figures without a text are computed and looked at, too."""
    indicators = '  体检率: {公式: 体检 / 老人, 单位: "%"}\n  体检: {单位: 人}\n  老人: {单位: 人}\n'
    report = COUNTY.replace("SOURCE", "乡镇.csv").replace("  医院", indicators + "  医院")
    Path("全县.yaml").write_text(report.replace("应报: 名单.txt", ""), "utf-8")
    head = "单位,改厕,门诊数值,门诊上年,体检,老人\n"
    Path("乡镇.csv").write_text(head + "白石镇,12,5,4,90,80\n柳河镇,8,9,8,3,0\n石桥镇,8,9,8,3,\n", "utf-8")
    found = told(cli, "全县.yaml")
    assert [one["status"] for one in found.values()] == ["complete", "mistaken", "incomplete"]
    assert [one["findings"] for one in found.values()] == [1, 0, 0]
    assert [[one["id"] for one in town["mistakes"]] for town in found.values()] == [[], ["zero-operand"], []]


@pytest.mark.usefixtures("towns")
@pytest.mark.parametrize(
    ("call", "id", "hint"),
    [
        (["乡镇.xlsx"], "sheet-without-base", "healthreport overview 全县.yaml --data 乡镇.xlsx"),
        (["镇/全县.yaml"], "no-source", "--data"),
        (["没有"], "not-found", ""),
        (["名单.txt"], "sheet-without-base", ""),
        (["图.png"], "not-a-folder", ""),
        (["空"], "empty-folder", ""),
        (["镇/全县.yaml", "--data", "镇/白石镇.yaml"], "report-as-table", "是否写反了"),
        (["镇/全县.yaml", "--data", "空.csv"], "empty-table", ""),
        (["镇", "--expect", "没有.txt"], "not-found", ""),
        (["镇", "-o", "进度.docx"], "bad-output", "进度.xlsx"),
    ],
)
def test_what_cannot_be_looked_at(call: list[str], id: str, hint: str, cli: Cli) -> None:
    """2, and the way out, where there are no townships to be looked at, or nothing can be written so."""
    Path("空").mkdir()
    Path("图.png").touch()
    Path("空.csv").write_text("单位,改厕\n", "utf-8")
    Path("名单.txt").write_text("白石镇\n", "utf-8")
    Path("乡镇.xlsx").touch()
    done = cli("overview", *call)
    assert (done.code, done.out) == (2, "")
    assert f"[{id}]" in done.err
    assert hint in done.err


@pytest.mark.usefixtures("here")
def test_an_empty_folder(cli: Cli) -> None:
    """Where a list says who is to send something, all of it is missing as long as nothing came."""
    Path("镇").mkdir()
    Path("名单.txt").write_text("白石镇\n柳河镇\n", "utf-8")
    done = cli("overview", "镇", "--expect", "名单.txt")
    assert (done.code, rows(done)) == (1, [["白石镇", "未报"], ["柳河镇", "未报"]])
    assert done.err == "应报2个，已报0个，未报2个。\n"


def cells(path: str) -> list[list[object]]:
    """Return the cells of a workbook."""
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.rows]


@pytest.mark.usefixtures("towns")
def test_a_table_for_excel(cli: Cli) -> None:
    """``-o`` writes all of it, numbers as numbers; what is there is kept unless ``--force`` says otherwise."""
    town("柳河镇", figures(改厕="数值: 8"))
    Path("名单.txt").write_text("柳河镇\n石桥镇\n白石镇\n", "utf-8")
    call = ("overview", "镇", "--expect", "名单.txt", "-o", "进度.xlsx")
    done = cli(*call)
    assert (done.code, done.out) == (1, "进度.xlsx\n")
    assert cells("进度.xlsx") == [
        ["填报单位", "情况", "缺", "缺哪些", "待补", "字数", "提醒", "可不填", "可不填哪些", "出处"],
        ["柳河镇", "不全", 1, "改厕（目标）", 0, 26, 0, 1, "门诊", "镇/柳河镇.yaml"],
        ["石桥镇", "未报", *[None] * 8],
        ["白石镇", "齐全", 0, None, 0, 33, 0, 0, None, "镇/白石镇.yaml"],
    ]
    before = Path("进度.xlsx").read_bytes()
    assert cli(*call).out == "进度.xlsx\n"  # it is the same
    town("石桥镇", DONE)
    refused = cli(*call)
    assert (refused.code, Path("进度.xlsx").read_bytes()) == (2, before)
    assert "进度表已经存在，没有覆盖。 [exists]" in refused.err
    assert cli(*call, "--force", "--format", "json").out.startswith("{")
    assert Path("进度.xlsx.bak").read_bytes() == before


@pytest.mark.usefixtures("towns")
@pytest.mark.parametrize("read", ["乡镇.xlsx", "名单.xlsx"])
def test_what_was_read_is_not_written_over(read: str, cli: Cli) -> None:
    """Neither the sheet nor the list is taken for the table of an earlier day."""
    for name, head in (("乡镇.xlsx", ["单位", "改厕"]), ("名单.xlsx", ["单位"])):
        book = openpyxl.Workbook()
        book.active.append(head)
        book.active.append(["白石镇", 5][: len(head)])
        book.save(name)
    before = Path(read).read_bytes()
    done = cli("overview", "镇/全县.yaml", "--data", "乡镇.xlsx", "--expect", "名单.xlsx", "-o", read, "--force")
    assert (done.code, Path(read).read_bytes()) == (2, before)
    assert "[output-is-input]" in done.err


NAMES = [f"指标第{number}号" for number in range(30)]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_width(width: int, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal; a long list ends in whole names, ``--wide`` has them all."""
    base(HEAD + "指标:\n" + "".join(f"  {name}: {{单位: 座}}\n" for name in (*NAMES, "有")) + "内容: 一切正常。\n")
    town("白石镇", figures(有="数值: 1"))
    monkeypatch.setenv("COLUMNS", str(width))
    done = cli("overview", "镇")
    assert max(map(console.columns, done.out.splitlines())) <= width
    assert NAMES[0] in done.out.replace("\n", "").replace(" ", "")
    assert "…" in done.out
    assert all(name in cli("overview", "镇", "--wide").out for name in NAMES)


def test_lists_are_shortened_in_whole_names() -> None:
    """What fits is left as it is; the first name stays, whatever its length."""
    assert tables.shortened("甲、乙乙、丙", 12) == "甲、乙乙、丙"
    assert tables.shortened("甲、乙乙、丙", 11) == "甲、乙乙…"
    assert tables.shortened("甲、乙乙、丙", 8) == "甲…"
    assert tables.shortened("甲甲甲甲、乙", 4) == "甲甲甲甲…"


def test_processes(here: Path, cli: Cli) -> None:
    """Two processes tell what one tells, in the same order."""
    assert here
    base()
    for number in range(90):
        town(f"{number:02}镇", figures(改厕=f"数值: {number}" if number % 3 else "数值: "))
    one, two = (cli("overview", "镇", "-j", count) for count in ("1", "2"))
    assert one.code == 1
    assert (one.code, one.out) == (two.code, two.out)
    assert "已完成 " in two.err
    assert "已完成 " not in cli("overview", "镇", "--format", "json").err


def dies(*_: object) -> None:
    """Take the place of a process that the system kills."""
    os._exit(1)


def test_a_process_that_is_killed(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Townships that went down with a process are told, each by its name."""
    assert here
    base()
    for number in range(90):
        town(f"{number:02}镇", DONE)
    monkeypatch.setattr(running._Worker, "look", dies)
    found = told(cli, "镇", "-j", "2", code=2)
    assert [*found] == [f"{number:02}镇" for number in range(90)]
    assert {one["status"] for one in found.values()} == {"unreadable"}
    assert {one["mistakes"][0]["id"] for one in found.values()} == {"killed"}


@pytest.mark.usefixtures("towns")
def test_structure_is_shared(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    """A hundred townships of one shape are written out once."""
    for number in range(39):
        town(f"{number:02}镇", DONE)
    written = 0
    write = plain.write

    def counted(document: Document) -> str:
        nonlocal written
        written += 1
        return write(document)

    monkeypatch.setattr(plain, "write", counted)
    assert cli("overview", "镇", "-j", "1").code == 0
    assert written == 1
