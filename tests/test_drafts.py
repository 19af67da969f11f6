"""A draft has a name and a mark of its own, says what is missing, and is never taken for the final."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

from healthreport import pipeline
from healthreport.figures import gaps
from healthreport.trees.document import Paragraph
from helpers import RESOURCES, compose, lines, text

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

REPORT = """体裁: 通用
标题: 情况汇报
指标:
  农村改厕: {单位: 座}
  门诊: {数值: 900, 单位: 人次}
  签约: {数值: 5, 单位: 人}
  在管: {单位: 人}
  签约率: {公式: 签约 / 在管, 单位: "%"}
内容: """
SHEET = "单位,改厕\n白石镇,5\n青山镇,6\n"
BASE = "体裁: 半年工作总结\n年度: 2022\n指标: {改厕: {单位: 座}}\n成绩: [{标题: 改厕, 内容: '改厕{{ 改厕 }}。'}]\n"


@pytest.fixture
def report(here: Path) -> Path:
    """Work where a report of one sentence lies."""
    (here / "2022.yaml").write_text("体裁: 通用\n标题: 情况汇报\n内容: 各项工作进展顺利。\n", "utf-8")
    return here


@pytest.fixture
def county(here: Path) -> Path:
    """Work where a base and a sheet of two townships lie."""
    (here / "全县.yaml").write_text(BASE, "utf-8")
    (here / "乡镇.csv").write_text(SHEET, "utf-8")
    return here


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("改厕{{ 农村改厕 }}。", "改厕【农村改厕：    座】。"),
        ("门诊{{ 门诊.同比 }}。", "门诊【门诊上年：    人次】。"),
        ("完成{{ 门诊.完成率 }}。", "完成【门诊目标：    人次】。"),
        ("共{{ 农村改厕 + 1 }}。", "共【农村改厕：    座】。"),
        ("率为{{ 签约率 }}。", "率为【签约率：    %】。"),
        ("按{{ 上级 }}要求。", "按【上级：    】要求。"),
        ("改厕{{ 农村改厕.说明 }}。", "改厕【农村改厕说明：    】。"),
    ],
)
def test_a_blank_says_what_is_missing(words: str, printed: str) -> None:
    """A blank has the name of what has no value, room for it, and its unit."""
    found = lines(REPORT + words, draft=True)
    assert found[1] == printed.replace(" ", "\xa0")
    (_, paragraph) = compose(REPORT + words, draft=True).document.blocks
    assert isinstance(paragraph, Paragraph)
    assert [run.text[:1] + run.text[-1] for run in paragraph.runs if run.blank] == ["【】"]


def test_a_blank_in_a_name() -> None:
    """Where no run can be marked, in a signature and the author of the file, the blank is printed as words."""
    composed = compose('体裁: 通用\n标题: 甲\n单位: "{{ 上级 }}办公室"\n落款: "{{ 单位 }}"\n内容: 甲。\n', draft=True)
    assert composed.document.author.startswith("【上级：")
    assert gaps.GAP not in text('体裁: 通用\n标题: 甲\n落款: "{{ 上级 }}办公室"\n内容: 甲。\n', draft=True)


def test_suggested_text_is_marked() -> None:
    """A suggestion is told from what was written: by a word before it, and yellow all through."""
    report = "体裁: 通用\n标题: 甲\n章节: [{标题: 乙, 待补: 可写丙。}, {标题: 丁, 内容: 戊。}]\n"
    assert lines(report, draft=True)[2:] == ["【建议】可写丙。", "二、丁", "戊。"]
    paragraphs = [one for one in compose(report, draft=True).document.blocks if isinstance(one, Paragraph)]
    assert [[run.blank for run in one.runs] for one in paragraphs] == [[False], [True, True], [False]]


def test_the_page_is_marked(cli: Cli, report: Path) -> None:
    """Every page of a draft says so in its margin, turned ones and first ones too; its lines stand as in the final."""
    turned = "附件: [{标题: 甲, 横排: 是, 内容: 乙。}]\n"
    (report / "2022.yaml").write_text((report / "2022.yaml").read_text("utf-8") + turned, "utf-8")
    assert cli("render", "2022.yaml").code == cli("render", "2022.yaml", "--draft").code == 0
    draft, final = docx.Document("2022-草稿.docx"), docx.Document("2022.docx")
    assert len(draft.sections) == 2
    for section in draft.sections:
        for header in (section.header, section.even_page_header, section.first_page_header):
            assert [one.text for one in header.paragraphs] == ["草稿"]
    assert not any(one.text for section in final.sections for one in section.header.paragraphs)
    assert [one.text for one in draft.paragraphs] == [one.text for one in final.paragraphs]
    with zipfile.ZipFile("2022.docx") as archive:
        assert not [name for name in archive.namelist() if "draft" in name]
        assert "草稿".encode() not in b"".join(map(archive.read, archive.namelist()))


def test_a_text_is_marked(cli: Cli, report: Path) -> None:
    """The first line of a draft's text says so, and counts for nothing."""
    said = [cli("render", "2022.yaml", "--to", "txt", *more).err.split("\n")[0] for more in ((), ("--draft",))]
    final, draft = ((report / name).read_text("utf-8") for name in ("2022.txt", "2022-草稿.txt"))
    assert draft == f"【草稿】\n{final}"
    assert said[0] == said[1] == "2022.yaml：13字"


def test_by_the_flag_and_not_by_gaps(cli: Cli, report: Path) -> None:
    """A report that lacks nothing is a draft if it is asked for as one."""
    assert cli("render", "2022.yaml", "--draft").out == "2022-草稿.docx\n"
    assert [one.name for one in report.glob("*.docx")] == ["2022-草稿.docx"]


def test_a_draft_leaves_the_final_alone(cli: Cli, report: Path) -> None:
    """A draft is written beside the final, which stays; each has its own digest, so an edited draft is refused."""
    assert cli("render", "2022.yaml").code == 0
    final = (report / "2022.docx").read_bytes()
    assert cli("render", "2022.yaml", "--draft").code == 0
    assert (report / "2022.docx").read_bytes() == final
    edited = docx.Document("2022-草稿.docx")
    edited.add_paragraph("改动")
    edited.save("2022-草稿.docx")
    refused = cli("render", "2022.yaml", "--draft")
    assert (refused.code, "[edited]" in refused.err) == (1, True)
    assert cli("render", "2022.yaml").code == 0


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("-o", "甲.docx"), "甲.docx"),
        (("-o", "出"), "出/2022-草稿.docx"),
        (("-o", "甲.txt", "--to", "txt"), "甲.txt"),
    ],
)
def test_a_name_that_was_said_is_kept(cli: Cli, report: Path, given: tuple[str, ...], expected: str) -> None:
    """``-o`` with a file's name is what the draft is called; a folder says no name."""
    (report / "出").mkdir()
    assert cli("render", "2022.yaml", "--draft", *given).out == f"{expected}\n"


def test_the_final_names_a_draft_beside_it(cli: Cli, report: Path) -> None:
    """Writing the final names the drafts beside it, and only what is one; they stay."""
    (report / "2022-草稿.docx").write_bytes(b"PK")
    assert "draft-left" not in cli("render", "2022.yaml").err
    (report / "2022-草稿.docx").unlink()
    assert cli("render", "2022.yaml", "--draft", "--to", "docx,txt").code == 0
    done = cli("render", "2022.yaml", "--to", "docx,txt")
    assert "2022.docx: 说明 旁边还有以前的草稿：2022-草稿.docx、2022-草稿.txt。 [draft-left]" in done.err
    assert (done.code, (report / "2022-草稿.docx").exists()) == (0, True)
    assert "draft-left" not in cli("render", "2022.yaml", "--draft").err


def test_a_batch_of_drafts(cli: Cli, county: Path) -> None:
    """Drafts of townships lie beside the finals; neither are strangers to the other, and finals name the drafts."""
    batch = ("batch", "全县.yaml", "--data", "乡镇.csv")
    assert "left" not in cli(*batch, "--draft").err
    names = {"白石镇2022年半年工作总结", "青山镇2022年半年工作总结"}
    assert {one.stem for one in (county / "全县").iterdir()} == {f"{name}-草稿" for name in names}
    done = cli(*batch)
    assert "全县: 说明 旁边还有以前的草稿：白石镇2022年半年工作总结-草稿.docx、" in done.err
    assert "left-over" not in done.err
    again = cli(*batch, "--draft")
    assert "[left-over]" not in again.err
    assert "[draft-left]" not in again.err
    assert "未变 2" in again.err
    (county / "乡镇.csv").write_text("单位,改厕\n白石镇,5\n", "utf-8")
    gone = cli(*batch).err
    assert "还有1份以前生成的，这次没有它们：青山镇2022年半年工作总结.docx。" in gone
    assert "旁边还有以前的草稿：白石镇2022年半年工作总结-草稿.docx。" in gone


def test_a_name_for_a_batch_is_kept(cli: Cli, county: Path) -> None:
    """``--name`` is what drafts are called."""
    assert cli("batch", "全县.yaml", "--data", "乡镇.csv", "--draft", "--name", "{{ 单位 }}").code == 0
    assert {one.name for one in (county / "全县").iterdir()} == {"白石镇.docx", "青山镇.docx"}


def test_a_folder_of_drafts(cli: Cli, report: Path) -> None:
    """A folder's reports have drafts beside them, and these are no input of the next batch."""
    assert cli("batch", ".", "--draft").code == 0
    assert (report / "2022-草稿.docx").exists()
    assert cli("batch", ".").code == 0
    assert {one.name for one in report.glob("*.docx")} == {"2022-草稿.docx", "2022.docx"}


@pytest.mark.usefixtures("report")
def test_check_and_import_say_that_it_is_a_draft(cli: Cli) -> None:
    """Given by name a draft is read, also under another name, and said to be one; a final is not."""
    assert cli("render", "2022.yaml", "--draft", "-o", "甲.docx").code == cli("render", "2022.yaml").code == 0
    told = "甲.docx: 警告 这是加 --draft 生成的草稿，缺的数和建议的文字还在里面，不能当定稿。 [is-a-draft]"
    assert told in cli("check", "甲.docx").err + cli("check", "甲.docx").out
    assert told in cli("import", "甲.docx").err
    assert "is-a-draft" not in cli("check", "2022.docx").err + cli("check", "2022.docx").out


def test_the_digest_of_a_draft(report: Path) -> None:
    """The bytes of a draft differ from those of the final, and the same draft gives the same bytes."""
    made = [
        pipeline.write(compose((report / "2022.yaml").read_text("utf-8"), draft=draft), "docx", RESOURCES, "")
        for draft in (True, True, False)
    ]
    assert made[0] == made[1] != made[2]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("[改厕, 率]", ["乡镇\t改厕（座）\t率（%）", "白石镇\t3\t", "青山镇\t4\t"]),
        ("{指标: [改厕, 率], 合计: 是}", ["乡镇\t改厕（座）\t率（%）", "白石镇\t3\t", "青山镇\t4\t", "合计\t7\t"]),
        ("{指标: 改厕, 排序: 率}", ["名次\t乡镇\t改厕（座）", "—\t白石镇\t3", "—\t青山镇\t4"]),
        ("{指标: 率, 列: 排名}", ["乡镇\t率（%）排名", "白石镇\t", "青山镇\t"]),
    ],
)
def test_a_table_of_townships_keeps_its_place(cli: Cli, here: Path, table: str, rows: list[str]) -> None:
    """A rate that cannot be computed leaves its column blank in a draft, and is told; the table stands."""
    indicators = '指标: {改厕: {单位: 座}, 管理: {单位: 人}, 在管: {单位: 人}, 率: {公式: 管理 / 在管, 单位: "%"}}\n'
    report = f"体裁: 通用\n标题: 甲\n{indicators}汇总来源: 乡镇.csv\n内容: [见下表。, {{乡镇表: {table}}}]\n"
    (here / "全县.yaml").write_text(report, "utf-8")
    (here / "乡镇.csv").write_text("单位,改厕,管理\n白石镇,3,4\n青山镇,4,5\n", "utf-8")
    drafted = cli("render", "全县.yaml", "--to", "txt", "--draft")
    assert (drafted.code, drafted.err.count("警告 “在管”还没有数值。 [missing-value]")) == (0, 1)
    *_, printed = (here / "全县-草稿.txt").read_text("utf-8").partition("见下表。\n")
    assert [line.rstrip("\xa0") for line in printed.splitlines()] == rows
    assert "\xa0" in printed or "排序" in table
    final = cli("render", "全县.yaml", "--to", "txt")
    assert (final.code, "错误 “在管”还没有数值。" in final.err) == (2, True)
