"""Rules on numbering and marks: what they find in whole documents, and what leaves them silent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthreport.checking.engine import check
from healthreport.checking.passages import Spot
from healthreport.checking.rules.leftovers.every import RULES as LEFTOVERS
from healthreport.checking.rules.marks.every import RULES as MARKS
from healthreport.checking.rules.numbering.every import RULES as NUMBERING
from healthreport.checking.scanning.sequences import faults
from healthreport.diagnostics import Severity
from helpers import GENERAL, compose, mistakes, text_subject

if TYPE_CHECKING:
    from conftest import Cli
    from healthreport.checking.rule import TextRule

RULES = (*NUMBERING, *MARKS)
TRAPS = [
    line
    for line in Path(__file__).with_name("data").joinpath("traps-marks.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
LENGTH = 100_000
HOSTILE = (
    *("一", "、", "一、", "1.", "1、", "（", "）", "（一）", "①", "第一，", "一是", "二是", "二、\n", "一、\n（一）\n"),
    *("《", "》", "“", "”", "[", "(", '"', ",", ".", "中.", "。", "…", "-", "中-", "1-", "—", "9", "9，", "，", " "),
    *("\u3000", "\xa0", "年", "0", "表1", "附件1\n", "等", "、中", "，中等", "成%", "：30", "Ａ", "www.a ", "中 "),
    *("总结", "中", "以下三项", "[2024]0", "“\n”\n", "（\n", "千1百", "；中中", "‘“", "〈〉", "1.1.中", "（1）"),
    *("二、三", "以上"),
)


def found(text: str) -> list[str]:
    """Return the ids of what all rules find in a text."""
    return [one.id for one in check(text_subject(text), RULES, {})]


@pytest.mark.parametrize("trap", TRAPS)
def test_traps(trap: str) -> None:
    """What only looks wrong is left alone, by itself and within a sentence."""
    assert found(f"{trap}\n") == []
    if not trap.endswith(("。", "：", "……")):
        sentence = f"总结\n据了解，{trap}，已经记录在案。\n"
        assert found(sentence) == []


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines(piece: str) -> None:
    """A long line ends, whatever is repeated in it, and what is found says something."""
    subject = text_subject(piece * (LENGTH // len(piece) // (10 if "\n" in piece else 1)))
    assert subject.passages is not None
    for rule in RULES:
        assert all(one.what for one in rule.find(subject))


def test_faults() -> None:
    """A number is left out, said twice, out of order, or wrong for itself; what counts on is not told of."""
    assert [*faults([1, 2, 3])] == []
    assert [(one.order, one.kind, one.wanted) for one in faults([1, 2, 4, 5])] == [(2, "缺", 3)]
    assert [(one.order, one.kind, one.wanted) for one in faults([1, 2, 2])] == [(2, "重", 3)]
    assert [(one.order, one.kind, one.wanted) for one in faults([1, 3, 2, 4])] == [(1, "乱", 2)]
    assert [(one.order, one.kind, one.is_sure) for one in faults([1, 2, 8, 4])] == [(2, "乱", True)]


@pytest.mark.parametrize("number", range(2, 9))
def test_any_number_may_be_missing(number: int) -> None:
    """A section is missed wherever it stood, whatever its style; an untouched list is fine."""
    chinese = "一二三四五六七八九"
    for style in ("{}、", "（{}）"):
        lines = [f"{style.format(count)}重点工作\n全年抓得好，成效明显。\n" for count in chinese]
        assert found("总结\n" + "".join(lines)) in ([], ["HR104"])
        del lines[number - 1]
        assert "HR102" in found("总结\n" + "".join(lines)) or number == len(chinese)
    points = [f"{count}是抓落实" for count in chinese]
    assert found("；".join(points) + "。\n") == []
    del points[number - 1]
    assert "HR103" in found("；".join(points) + "。\n")


def test_labels_that_the_program_counts() -> None:
    """A report's own labels are right; one that is typed beside them is told of, with its place."""
    sections = "  - 标题: 一、基本情况\n    内容: 一切正常。\n  - {标题: 打算, 内容: 继续。}\n"
    report = f"体裁: 通用\n标题: 情况汇报\n章节:\n{sections}"
    (finding,) = check(compose(report).subject, RULES, {})
    assert (finding.id, finding.position.line) == ("HR101", 4)
    assert check(compose(report.replace("一、", "")).subject, RULES, {}) == []


def test_labels_of_tables_and_attachments() -> None:
    """A table's and an attachment's own names are counted, too; what the text names must be there."""
    report = (
        "体裁: 通用\n标题: 情况汇报\n内容:\n  - 见表1和（见附件2）。\n"
        "  - {表格: {表题: 表1 分镇情况, 表头: [镇, 人数], 行: [[甲镇, 12]]}}\n"
        "附件: {标题: 附件1：名单, 内容: 甲镇。}\n"
    )
    told = check(compose(report).subject, RULES, {})
    assert [(one.id, one.position.line) for one in told] == [("HR111", 4), ("HR101", 5), ("HR101", 6)]


def test_points_that_the_program_prints() -> None:
    """The marks that printing adds between points are no fault of the clerk's."""
    report = "体裁: 通用\n标题: 情况汇报\n内容:\n  - 分述: [抓培训, 抓督导。每月一次, 抓考核。]\n    引语: 主要做法：\n"
    assert check(compose(report).subject, RULES, {}) == []


def test_many_of_a_kind_are_one() -> None:
    """A hundred half-width marks are one finding; all places have their fix."""
    (finding,) = check(text_subject("总结\n" + "门诊,住院,公卫。\n" * 50), RULES, {})
    assert (finding.id, len(finding.places)) == ("HR301", 99)


def test_a_suggestion_weighs_as_one() -> None:
    """A rule that warns may tell of one thing as a suggestion."""
    (finding,) = check(text_subject("总结\n签约率保持在70—75%。\n"), RULES, {})
    assert (finding.id, finding.severity) == ("HR309", Severity.NOTE)


def test_bold_words_of_markdown_are_read_as_bold() -> None:
    """The blank that Markdown needs behind bold words is no blank of theirs, and a bold figure no mark that prints."""
    text = "# 总结\n\n**加强领导。** 成立专班，全年开展义诊。\n\n| 镇 | 人数 |\n|--|--|\n| **合计** | **48** |\n"
    rules = (*RULES, *LEFTOVERS)
    assert check(text_subject(text, "例.md"), rules, {}) == []
    assert [one.id for one in check(text_subject(text, "例.txt"), rules, {})] == ["HR703"]


def mended(text: str, rule: TextRule) -> str:
    """Return a text with all that a rule is certain of."""
    subject, lines = text_subject(text), text.split("\n")
    for spot in sorted(
        [spot for finding in rule.find(subject) for spot in (finding.where, *finding.places) if isinstance(spot, Spot)],
        key=lambda spot: -spot.start,
    ):
        place = subject.place(spot)
        if spot.fix is not None and place:
            line, at = lines[place.line - 1], place.column - 1
            lines[place.line - 1] = line[:at] + spot.fix + line[at + spot.end - spot.start :]
    return "\n".join(lines)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_fix_is_certain(rule: TextRule) -> None:
    """What a rule puts right stays right: a second time changes nothing."""
    for bad in rule.bad:
        once = mended(bad, rule)
        assert mended(once, rule) == once


LABELLED = (
    "体裁: 通用\n标题: 情况汇报\n编号: [1、, （1）]\n章节:\n"
    "  - {标题: 甲项, 下级编号: 第一、, 章节: [{标题: 子项, 内容: 乙一切正常开展。}]}\n"
    "  - {标题: 丙项, 序号: （三）、, 内容: [{样式: 1., 条目: [甲。, 乙。]}]}\n"
)


def test_marks_behind_labels_that_yaml_says(tmp_path: Path, cli: Cli) -> None:
    """HR105 tells of 序号 and the first labels of levels what it tells of a Word file's, once, where they stand."""
    (tmp_path / "甲.yaml").write_text(LABELLED, "utf-8")
    told = cli("check", str(tmp_path / "甲.yaml")).out
    assert re.findall(r"甲\.yaml:(\d+:\d+): 警告 (.*) \[HR105\]$", told, re.MULTILINE) == [
        ("3:6", "“1、”后面的点号不对，应为“1.”。"),
        ("5:20", "“第一、”后面的点号不对，应为“第一，”。"),
        ("6:18", "“（三）、”后面的点号不对，应为“（三）”。"),
    ]
    right = LABELLED.replace("[1、", "[1.").replace("第一、", "第一，").replace("（三）、", "（三）")
    (tmp_path / "甲.yaml").write_text(right, "utf-8")
    assert "HR105" not in cli("check", str(tmp_path / "甲.yaml")).out


def test_labels_that_are_typed_are_told(tmp_path: Path, cli: Cli) -> None:
    """A 序号 is printed as it stands, and nothing is counted from it: said once, which --strict does not refuse."""
    (tmp_path / "甲.yaml").write_text(LABELLED, "utf-8")
    done = cli("render", str(tmp_path / "甲.yaml"), "--to", "txt", "--strict")
    assert (done.code, done.err.count("[typed-label]")) == (0, 1), done.err
    assert "“序号”里自己写的“（三）、”照印，不和别的节一起编" in done.err
    (tmp_path / "甲.yaml").write_text(LABELLED.replace("序号: （三）、, ", ""), "utf-8")
    assert "typed-label" not in cli("render", str(tmp_path / "甲.yaml"), "--to", "txt", "--force").err


@pytest.mark.parametrize(("number", "wanted"), [("2", "2."), ("二", "二、"), ("１２", "１２.")])
def test_a_number_alone_is_no_label(number: str, wanted: str) -> None:
    """It would run into the title; written as the hint says it stands apart."""
    report = f"{GENERAL}章节:\n  - {{标题: 甲项, 序号: {number}, 内容: 乙一切正常。}}\n"
    (mistake,) = mistakes(report)
    assert (mistake.id, mistake.hint.startswith(f"请写成“{wanted}”")) == ("numbering-style", True)
    assert not mistakes(report.replace(f"序号: {number}", f"序号: {wanted}"))
