"""Full-width and typographic marks where YAML wants its own: in each place a mistake, or text on purpose."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from healthreport.diagnostics import HealthReportError
from healthreport.reading.yaml import look_alikes
from healthreport.reading.yaml.misread import misread
from healthreport.reading.yaml.nodes import Mapping, Scalar, Source
from healthreport.reading.yaml.parse import parse
from helpers import UNTITLED, body, mistakes

# Every mark, by what it is taken for. The program's own lists are compared with these.
COLONS = "：﹕︰︓∶꞉"
COMMAS = "，﹐︐、﹑､；﹔"
DASHES = "－﹣—–―‐‑‒−"
HASHES = "＃"
BARS = "｜︱丨│¦"
FOLDS = "＞﹥"
SPACES = "\u3000\xa0\u2000\u2002\u2003\u2009\u200b\u202f\ufeff"
PAIRS = ["［］", "【】", "〔〕", "｛｝", "﹛﹜"]
QUOTES = ["“”", "””", "““", "‘’", "＂＂", "＇＇", "「」", "『』", "〝〞", "„”", "“＂", '“"', "＂“", "‘'"]
HEAD = UNTITLED + "指标:\n  出院: {数值: 5, 单位: 人}\n"


class Place(NamedTuple):
    """A report in which ``§`` is the mark; its id, or the lines it prints."""

    report: str
    id: str = ""
    text: tuple[str, ...] = ()
    at: str = "§"
    also: tuple[str, ...] = ()


def error(report: str, id: str, at: str = "§", *also: str) -> Place:
    """Return a place where the mark is a mistake; ``at`` is what stands at the caret, ``also`` what is wrong behind."""
    return Place(report, id, at=at, also=also)


def text(report: str, *lines: str) -> Place:
    """Return a place where the mark is text."""
    return Place(report, text=lines)


def cases(marks: str, *places: Place) -> list[tuple[str, Place]]:
    """Return every mark in every place."""
    return [(mark, place) for place in places for mark in marks]


TABLE = [
    *cases(
        COLONS,
        error("内容§甲", "full-width-colon"),
        error("内容§ 甲", "full-width-colon"),
        error("内容 §甲", "full-width-colon"),
        error("内容§\n  - 甲", "full-width-colon"),
        error("内容§|\n  甲", "full-width-colon"),
        error("内容§ 甲\n结尾: 乙", "full-width-colon"),
        error("内容: 甲\n结尾§ 乙", "full-width-colon"),
        error("内容§[甲, 乙]\n结尾: 乙", "full-width-colon"),
        error("章节:\n  - 标题§甲", "full-width-colon"),
        error("章节:\n  - 标题: 甲\n    内容§乙", "full-width-colon"),
        error("附件:\n  - 标题§甲", "full-width-colon"),
        error("内容:\n  - 引语§甲", "full-width-colon"),
        error("内容: {指标表§全部}", "full-width-colon"),
        error("内容: {指标表§ 全部, 表题: 甲}", "full-width-colon"),
        error("内容: {分述§[甲, 乙]}", "full-width-colon"),
        error("内容: {引语: 甲, 分述§[甲, 乙]}", "full-width-colon"),
        error("附件: {标题: 甲, 内容§乙}", "full-width-colon"),
        error("附件: {标题§甲}", "full-width-colon"),
        error("附件:\n  高血压患者规范管理人数§{标题: 甲}", "full-width-colon"),
        text("内容: 做法§甲", "做法§甲"),
        text("内容: [做法§甲, 乙]", "做法§甲", "乙"),
        text("内容: {段落: [做法§甲。]}", "做法§甲。"),
    ),
    *cases(
        COMMAS,
        error("内容:\n  - 分述: [甲§乙]", "full-width-comma"),
        error("内容: [加强领导§落实责任§严格考核]", "full-width-comma"),
        error("内容: [改厕5座（其中镇2座）§改水]", "full-width-comma"),
        error("内容: {表格: {表头: [机构§编制], 行: [[甲, 1]]}}", "full-width-comma"),
        error("内容: {表格: {行: [[甲§1]]}}", "full-width-comma"),
        error('内容: ["甲"§"乙"]', "full-width-comma"),
        error("内容: {表格: {行: [[甲, 1]§[乙, 2]]}}", "full-width-comma"),
        error("内容: {指标表: 全部§表题: 甲}", "full-width-comma"),
        error("内容: {指标表: [出院]§表题: 甲}", "full-width-comma"),
        error("附件: {标题: 甲§内容：乙}", "full-width-comma"),
        error("内容: {引语: 甲§分述：乙}", "full-width-comma"),
        error("附件: {标题: 甲§\n  内容: 乙}", "full-width-comma"),
        text("内容: 甲§乙", "甲§乙"),
        text("内容:\n  - 甲§乙", "甲§乙"),
        text('内容: ["甲§乙"]', "甲§乙"),
        text("内容: [甲§乙。]", "甲§乙。"),
        text("内容: [甲§乙, 丙]", "甲§乙", "丙"),
        text("内容: [甲（乙§丙）]", "甲（乙§丙）"),
        text("内容: [学习《甲§乙》]", "学习《甲§乙》"),
        text("内容: {段落: [甲§]}", "甲§"),
        text("章节:\n  - {标题: 甲, 内容: 乙§要求：丙}", "一、甲", "乙§要求：丙"),
    ),
    *cases(
        DASHES,
        error("内容:\n  §甲段。", "full-width-dash"),
        error("内容:\n  § 甲段。", "full-width-dash"),
        error("内容:\n  - 甲段。\n  §乙段。", "full-width-dash"),
        error("内容:\n- 甲段。\n§乙段。", "full-width-dash"),
        error("内容:\n  - 甲段。\n    §乙段。", "full-width-dash"),
        error("内容:\n  甲段。\n  § 乙段。", "full-width-dash"),
        error("章节:\n  §标题: 甲", "full-width-dash"),
        error("章节:\n  § 标题: 甲\n    内容: 乙", "full-width-dash"),
        error("章节:\n  - 标题: 甲\n  §标题: 乙", "full-width-dash"),
        text("内容: §甲", "§甲"),
        text("内容:\n  - §甲", "§甲"),
        text("内容: |\n  §甲\n  § 乙", "§甲", "§ 乙"),
        text("内容:\n  §5", "§5"),
        text("内容:\n  §§甲", "§§甲"),
        text("内容: {表格: {行: [[§, 1]]}}", "§\t1"),
        text("内容: 甲§乙", "甲§乙"),
    ),
    *cases(
        "-",
        error("内容:\n  §甲段。", "no-space-after-dash"),
        error("内容:\n  §{{ 出院 }}", "no-space-after-dash", "§", "unquoted-expression"),
        error("内容:\n  - 甲段。\n  §乙段。", "no-space-after-dash"),
        error("内容:\n  - 甲段。\n   §乙段。", "no-space-after-dash"),
        error("章节:\n  §标题: 甲\n   内容: 乙", "no-space-after-dash"),
        error("章节:\n  - 标题: 甲\n  §标题: 乙", "no-space-after-dash"),
        error("内容: 甲段。\n  § 乙段。", "list-under-text"),
        text("内容:\n  §5", "§5"),
        text("内容:\n  §§甲", "§§甲"),
        text("内容: §甲", "§甲"),
        text("内容: |\n  §甲", "§甲"),
    ),
    *cases(
        BARS + FOLDS,
        error("内容: §\n  甲。\n  乙。", "full-width-block-mark"),
        error("内容: §-\n  甲。\n  乙。", "full-width-block-mark"),
        error("内容:\n  - §\n    甲。\n  - 乙", "full-width-block-mark"),
        error("内容: §\n  甲。\n  做法: 乙。", "full-width-block-mark"),
        text("内容: §95%", "§95%"),
        text("内容: 甲§乙", "甲§乙"),
        text("内容: |\n  §\n  甲", "§", "甲"),
    ),
    *cases(BARS, error("内容: §", "full-width-block-mark")),
    *cases(FOLDS, text("内容: §", "§")),
    *cases(
        HASHES,
        error("§ 注释\n内容: 甲", "full-width-hash"),
        error("§注释\n内容: 甲", "full-width-hash"),
        error("内容: 甲\n§ 注释", "full-width-hash"),
        error("内容: 甲\n§ 注释\n结尾: 乙", "full-width-hash"),
        error("内容: 甲\n  § 注释", "full-width-hash"),
        error("内容: 甲 § 注释", "full-width-hash"),
        error("内容: 甲\u3000§ 注释", "full-width-hash", "§", "full-width-space"),
        error("内容:\n  - 甲\n  § - 乙\n  - 丙", "full-width-hash"),
        error("§ 结尾: 甲\n内容: 乙", "full-width-hash"),
        text("内容: §1楼", "§1楼"),
        text("内容: 建成1§楼、2§楼", "建成1§楼、2§楼"),
        text("内容: |\n  § 甲", "§ 甲"),
    ),
    *cases(
        SPACES.strip("\ufeff"),
        error("§内容: 甲", "full-width-space"),
        error("章节:\n§- 标题: 甲", "full-width-space"),
        error("章节:\n  - 标题: 甲\n§§内容: 乙", "full-width-space", "§§"),
        error("章节:\n  - 标题: 甲\n  §§内容: 乙", "full-width-space", "§§"),
        error("附件:\n§标题: 甲", "full-width-space"),
        error("内容: |\n§§甲", "full-width-space", "§§"),
        error("内容: |\n  甲\n§§乙", "full-width-space", "§§"),
        error("内容:\n  甲\n  §§乙", "full-width-space", "§§"),
        error("内容:\n  §- 甲", "full-width-space"),
        error("内容: 甲\n§\n结尾: 乙", "full-width-space"),
        error("内容: 甲\n§# 注释", "full-width-space"),
        error("§# 注释\n内容: 甲", "full-width-space"),
        error("内容: 甲§# 注释", "full-width-space"),
        error("内容:§甲", "full-width-space"),
        error("内容: {指标表:§全部}", "full-width-space"),
        error("内容:\n  -§甲\n  - 乙", "full-width-space"),
        error("内容:\n  - 甲\n  -§乙", "full-width-space"),
        text("内容: §甲", "甲"),
        text("内容:\n  - §甲", "甲"),
        text("内容:\n  §§甲", "甲"),
        text("内容: [甲,§乙]", "甲", "乙"),
        text("内容: 甲§乙", "甲§乙"),
    ),
]


def id_of(value: object) -> str:
    """Name a case by its report and mark."""
    return value if isinstance(value, str) else repr(value.report) if isinstance(value, Place) else str(value)


@pytest.mark.parametrize(("mark", "place"), TABLE, ids=id_of)
def test_marks_and_places(mark: str, place: Place) -> None:
    """A mark that YAML takes for text where its cousin was meant is told once, at its place; elsewhere it is text."""
    written = HEAD + place.report.replace("§", mark)
    if not place.id:
        assert body(written.removeprefix(UNTITLED)) == [line.replace("§", mark) for line in place.text]
        return
    told = mistakes(written)
    one, *again = [one for one in told if one.id == place.id]
    assert len(again) in (
        0,
        len({line for line in place.report.split("\n") if "§" in line}) - 1,
    )  # a line each, or once
    assert tuple(other.id for other in told if other not in (one, *again)) == place.also
    before, _, _ = (HEAD + place.report).partition("§")
    before = before.replace("§", mark)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert (one.id, one.position[1:4]) == (place.id, (line, column, len(place.at)))
    assert mark in one.message or "空格" in one.message
    assert one.hint


SQUARE, BRACES = PAIRS[:3], PAIRS[3:]
SQUARE_AROUND = (
    *("内容: «甲, 乙»", "内容: «甲，乙»", "内容: «甲, 乙]", "章节: «甲»"),
    *("内容:\n  - 分述: «甲»", "内容: {表格: {行: [«甲， 乙»]}}"),
)
BRACES_AROUND = (
    *("内容: «指标表: 全部»", "内容: «指标表：全部»", "内容: «指标表: 全部}"),
    *("附件:\n  - «标题: 甲»", "指标:\n  甲: «数值: 1»"),
)
ENCLOSED = [
    *((pair, report) for pair in SQUARE for report in SQUARE_AROUND),
    *((pair, report) for pair in BRACES for report in BRACES_AROUND),
]
UNCLOSED = [
    *((pair, report) for pair in SQUARE for report in ("内容: [甲, 乙»", "内容: {表格: {行: [[甲, 1», [乙, 2]]}}")),
    *((pair, "内容: {指标表: 全部»") for pair in BRACES),
]
BRACKETS_IN_TEXT = [
    *((pair, "内容: «甲»乙") for pair in PAIRS),
    *((pair, "内容: 甲«乙»") for pair in PAIRS),
    *((pair, "内容: «甲»和«乙»") for pair in PAIRS),
    *((pair, "内容: «甲»") for pair in ("【】", "〔〕")),
    *((pair, "内容: «甲、乙»") for pair in ("【】", "〔〕")),
    *((pair, '内容: "«甲，乙»"') for pair in PAIRS),
    *((pair, "内容: |\n  «甲，乙»") for pair in PAIRS),
    *((pair, "内容: «2022»5号，甲") for pair in ("〔〕", "［］")),
]


@pytest.mark.parametrize(("pair", "report"), ENCLOSED)
def test_a_value_in_full_width_brackets(pair: str, report: str) -> None:
    """Full-width brackets around a whole list or mapping are told at the first one."""
    written = UNTITLED + report.replace("«", pair[0]).replace("»", pair[1])
    (one,) = mistakes(written)
    before, _, _ = written.partition(pair[0])
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert (one.id, *one.position[1:3]) == ("full-width-bracket", *place)
    assert pair[0] in one.message


@pytest.mark.parametrize(("pair", "report"), UNCLOSED)
def test_a_bracket_closed_by_a_full_width_one(pair: str, report: str) -> None:
    """A list or mapping that ends in a full-width bracket is told at that one."""
    written = UNTITLED + report.replace("»", pair[1])
    for after in ("", "\n结尾: 丙"):
        (one,) = mistakes(written + after)
        at = written.index(pair[1])
        assert (one.id, one.position.column) == ("full-width-bracket", at - written.rfind("\n", 0, at))
        assert pair[1] in one.message


@pytest.mark.parametrize(("pair", "report"), BRACKETS_IN_TEXT)
def test_full_width_brackets_in_a_text(pair: str, report: str) -> None:
    """Inside a text, in quotes and below ``|`` full-width brackets are text, 【案例】 alone too."""
    written = report.replace("«", pair[0]).replace("»", pair[1])
    assert body(written) == [written.removeprefix("内容: ").removeprefix("|\n").strip('" ')]


NAMED = {  # what stands for {{ 出院 }} → what the caret is under
    **{one: one for one in ("{ 出院 }", "{出院}", "{出院.单位}", "{ 出院 + 1 }", "{ 年度 }", "{出院|万}")},
    **{one: one for one in ("｛ 出院 ｝", "﹛出院﹜", "{ 出院 ｝")},
    **{one: one for one in ("[[ 出院 ]]", "[[出院]]", "［［ 出院 ］］", "【【出院】】")},
    "｛｛ 出院 ｝｝": "｛｛",
    "﹛﹛ 出院 ﹜﹜": "﹛﹛",
    "｛{ 出院 }}": "｛{",
    "{｛ 出院 }}": "{｛",
    "{{ 出院 ｝｝": "｝｝",
    "{{ 出院 }｝": "}｝",
}  # fmt: skip


@pytest.mark.parametrize(
    "context", ["内容: 全年§次。", "内容: '§'", "内容: |\n  甲。\n  乙§。\n  丙", "内容: ['甲', '乙§']"]
)
@pytest.mark.parametrize("written", NAMED)
def test_a_reference_in_other_brackets(written: str, context: str) -> None:
    """A name of the file in anything but two braces is told at its place, with the right spelling."""
    report = HEAD + context.replace("§", written)
    (one,) = mistakes(report)
    before, _, _ = report.partition(NAMED[written])
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"), len(NAMED[written]))
    assert (one.id, one.position[1:4]) == ("expression-syntax", place)
    assert "{{ " in one.hint


@pytest.mark.parametrize("written", ["{ 出院 }", "[[ 出院 ]]"])
@pytest.mark.parametrize("after", ["", "人次"])
@pytest.mark.parametrize("before", ["内容: ", "内容:\n  - ", "章节:\n  - 标题: "])
def test_a_reference_in_brackets_that_yaml_reads(before: str, after: str, written: str) -> None:
    """At the start of a value such brackets are YAML's; the message still says the reference."""
    report = HEAD + before + written + after
    (one,) = mistakes(report)
    assert one.id == ("text-after-bracket" if after else "expression-syntax")
    assert one.position.line == report.count("\n") + 1
    assert "{{ " in one.hint


@pytest.mark.parametrize(
    "written",
    ["{ 甲 }", "{}", "[[ 甲 ]]", "[出院]", "［出院］", "【出院】", "{ 出院人次 }", "{2}", "[[，甲]]", "（（出院））"],
)
def test_brackets_around_other_words(written: str) -> None:
    """What is no name of the file stays text in brackets."""
    assert body(f"指标: {{出院: {{数值: 5}}}}\n内容: 甲{written}乙") == [f"甲{written}乙"]


def test_a_clause_is_no_look_alike() -> None:
    """Square brackets that hold a reference are a clause's, and no look-alike."""
    assert body("指标: {出院: {数值: 5}}\n内容: 甲[[，其中{{ 出院 }}]]") == ["甲，其中5"]


WANT_QUOTES = ["%", "*", "{{ 年度 }}年", "1,059", "#1", "@甲", "- 甲", "", "`甲`", "!", "&甲", "[甲]"]


@pytest.mark.parametrize("pair", QUOTES)
@pytest.mark.parametrize("inner", WANT_QUOTES)
def test_chinese_quotes_that_were_to_be_yamls(pair: str, inner: str) -> None:
    """Quotes around what needs YAML's quotes are told, wherever the value stands."""
    report = f"{UNTITLED}年度: 2022\n内容: {pair[0]}{inner}{pair[1]}\n"
    (one,) = mistakes(report)
    assert (one.id, one.position.line, one.position.column) == ("full-width-quotes", 4, 5)
    assert pair[0] in one.message


@pytest.mark.parametrize("pair", [pair for pair in QUOTES if pair != "““"])
@pytest.mark.parametrize(
    "report",
    [
        "单位: «甲局»\n内容: 甲",
        "落款: «甲局»\n内容: 甲",
        "主送: «甲局»\n内容: 甲",
        "期间: «上半年»\n内容: 甲",
        "日期: «2022-12-30»\n内容: 甲",
        "年度: «2022»\n内容: 甲",
        "版式: «省级»\n内容: 甲",
        "编号: [«一、»]\n内容: 甲",
        "指标: {甲: {数值: «5»}}\n内容: 甲",
        "指标: {甲: {数值: 5, 单位: «人»}}\n内容: 甲",
        "指标: {甲: {数值: 5, 越低越好: «是»}}\n内容: 甲",
        "内容: {样式: «一是», 分述: [甲, 乙]}",
        "«内容»: 甲",
    ],
)
def test_chinese_quotes_around_a_word(pair: str, report: str) -> None:
    """A name, a number, a date or a choice never stands in Chinese quotes: they would be printed, or not be read."""
    written = report.replace("«", pair[0]).replace("»", pair[1])
    found = mistakes(UNTITLED + written)
    assert [one.id for one in found] == ["full-width-quotes"]
    before, _, _ = (UNTITLED + written).partition(pair[0])
    assert found[0].position[1:3] == (before.count("\n") + 1, len(before) - before.rfind("\n"))


def test_the_title_in_chinese_quotes() -> None:
    """A report's title is no quotation."""
    assert [one.id for one in mistakes("体裁: 通用\n标题: “情况汇报”\n内容: 甲")] == ["full-width-quotes"]


@pytest.mark.parametrize("pair", ["“”", "‘’", "「」", "『』"])
@pytest.mark.parametrize(
    "report",
    ["内容: «两癌»筛查", "内容: «一老一小»", "内容: 开展«两癌»", "内容: «甲»和«乙»", "内容: [«一站式», «一网通»]"],
)
def test_chinese_quotes_in_a_text(pair: str, report: str) -> None:
    """Quotes in a sentence, and around a paragraph or an item that could do without YAML's, are text."""
    written = report.replace("«", pair[0]).replace("»", pair[1])
    assert body(written) == written.removeprefix("内容: ").strip("[]").split(", ")


@pytest.mark.parametrize("pair", ["“”", "＂＂"])
def test_a_comma_inside_chinese_quotes(pair: str) -> None:
    """Such quotes do not keep a comma from parting items."""
    for report in (
        f"内容: [{pair[0]}甲, 乙{pair[1]}, 丙]",
        f"指标: {{甲: {{数值: {pair[0]}1,059{pair[1]}}}}}\n内容: 甲",
    ):
        (one,) = mistakes(UNTITLED + report)
        assert (one.id, one.position.column) == ("full-width-quotes", report.index(pair[0]) + 1)


@pytest.mark.parametrize("closing", ["”", "＂"])
@pytest.mark.parametrize("after", ["", "\n结尾: 乙"])
def test_an_english_quote_closed_by_a_chinese_one(closing: str, after: str) -> None:
    """A value that opens in YAML's quote and closes in another is told at the other."""
    (one,) = mistakes(f'{UNTITLED}内容: "甲{closing}{after}')
    assert (one.id, one.position[1:3]) == ("unclosed-quote", (3, 7))
    assert closing in one.message


def test_a_colon_inside_chinese_quotes() -> None:
    """What YAML trips over inside Chinese quotes is told by the quotes."""
    (one,) = mistakes(UNTITLED + "内容: “做法: 甲”")
    assert (one.id, one.position[1:4]) == ("full-width-quotes", (3, 5, 7))


@pytest.mark.parametrize("number", ["一、", "十二、", "3、"])
def test_a_number_written_by_hand(number: str) -> None:
    """The comma of a number parts nothing."""
    assert body(f"内容: [{number}其他]") == [f"{number}其他"]
    assert [one.id for one in mistakes(f"{UNTITLED}内容: [{number}甲、乙]")] == ["full-width-comma"]


def test_the_programs_lists() -> None:
    """The program looks for these marks and no others, so that none goes untested."""
    assert look_alikes.COLONS == COLONS
    assert look_alikes.COMMAS == COMMAS
    assert look_alikes.DASHES == DASHES
    assert look_alikes.HASHES == HASHES
    assert look_alikes.BARS + look_alikes.FOLDS == BARS + FOLDS
    assert set(look_alikes.SPACES) == set(SPACES)
    assert set(look_alikes.BRACKETS) == set("".join(PAIRS))
    assert set(look_alikes.QUOTES) <= set("".join(QUOTES))


MARKS = COLONS + COMMAS + DASHES + HASHES + BARS + FOLDS + "［］【】〔〕｛｝“”‘’＂「」-#:,|>*&!%@` "
SENTENCES = st.text(MARKS + "甲乙1", min_size=1, max_size=12).filter(lambda text: bool(text.strip()))


@given(SENTENCES)
def test_quoted_and_literal_texts_are_never_looked_at(sentence: str) -> None:
    """Whatever stands in English quotes, or on a line below ``|``, is text: there is always a way to write it."""
    words = sentence.strip()
    root = parse(
        Source("x.yaml", f"甲: {json.dumps(words, ensure_ascii=False)}\n乙: |\n  {words}\n丙: [{json.dumps(words)}]")
    )
    values = [root["甲"], root["乙"], *root["丙"]]  # type: ignore[misc]
    assert [value.value for value in values if isinstance(value, Scalar)] == [words] * 3


@given(st.text(MARKS + "甲乙1\n", max_size=30))
def test_places_lie_in_the_file(written: str) -> None:
    """Whatever is told of such marks points at a line and a column that the file has."""
    source = Source("x.yaml", f"甲: 乙\n丙:\n  {written}\n")
    try:
        assert isinstance(parse(source), Mapping)
    except HealthReportError as wrong:
        for one in wrong.diagnostics:
            assert 1 <= one.position.column <= len(source.line(one.position.line)) + 1
            assert one.message.endswith(("。", "？"))


@given(st.text("甲乙1 \n:-,[]{}#\"'｜，：　－“", max_size=30))
@example("{甲:1}")
@example("甲\n    - 乙")
@example("-甲")
def test_a_glance_passes_nothing_over(written: str) -> None:
    """Of a file that is only glanced at, a look from key to key would tell nothing either."""
    source = Source("x.yaml", f"甲: 乙\n丙:\n  {written}\n")
    try:
        glanced = parse(source)
    except HealthReportError:
        return  # it was looked at, or is no YAML
    assert misread(glanced, joined=True) == []
