"""文字: what a township says in words of its own, printed as they are where its base refers to them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport import pipeline
from healthreport.diagnostics import HealthReportError
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from helpers import GENERAL, RESOURCES, UNTITLED, body, compose, mistakes
from test_inherit import lines, write

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

COUNTY = (
    UNTITLED
    + """指标: {门诊: {单位: 人次}}
文字: {特色工作: , 亮点: }
内容:
- 全年门诊{{ 门诊 }}[[，{{ 亮点 }}]]。
- "[[{{ 特色工作 }}]]"
"""
)
TOWN = "继承: 县.yaml\n单位: 白石镇卫生院\n指标: {门诊: {数值: 120}}\n"


def told(report: str) -> list[tuple[str, str]]:
    """Return the errors of a report and the words they mark."""
    rows = report.split("\n")
    return [
        (one.id, rows[one.position.line - 1][one.position.column - 1 :][: one.position.width])
        for one in mistakes(report)
    ]


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("{亮点: 人人有医生}", ["全年门诊120人次，人人有医生。"]),
        ("{特色工作: 建成健康步道。}", ["全年门诊120人次。", "建成健康步道。"]),
        ("\n  特色工作: |\n    一是甲；\n\n    二是乙。", ["全年门诊120人次。", "一是甲；", "二是乙。"]),
        ('{特色工作: "一是甲；\\n\\n二是乙。"}', ["全年门诊120人次。", "一是甲；", "二是乙。"]),
        ("{特色工作: }", ["全年门诊120人次。"]),
        ("{}", ["全年门诊120人次。"]),
        ("", ["全年门诊120人次。"]),
    ],
)
def test_what_is_printed(words: str, printed: list[str], here: Path) -> None:
    """Words stand where they are referred to, each line a paragraph where that is all of one; what is missing goes."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"{TOWN}文字: {words}\n"})
    assert lines(here / "镇.yaml") == printed


@given(st.text("甲{}[]【】一是、；。\\|: #&<", min_size=1, max_size=12).filter(str.strip))
def test_words_are_never_parsed(words: str) -> None:
    """Braces, brackets, points: what was written is what is printed."""
    said = json.dumps({"亮点": words}, ensure_ascii=False)
    assert body(f'文字: {said}\n内容: "前{{{{ 亮点 }}}}后"\n') == [f"前{words.strip()}后"]


@pytest.mark.parametrize("words", ["人人有医生", "人人有医生。", "人人有医生；"])
@pytest.mark.parametrize("base", [True, False])
def test_one_mark_where_two_meet(words: str, base: bool, here: Path) -> None:
    """A clerk ends words with a mark, and the sentence goes on with its own: the sentence's stands."""
    text = "甲[[，{{ 亮点 }}]]。\n乙{{ 亮点 }}；丙（{{ 亮点 }}）。\n{{ 亮点 }}"
    own = f"文字: {{亮点: {words}}}\n" + ("" if base else f"内容: {json.dumps(text, ensure_ascii=False)}\n")
    write(here, {"县.yaml": f"{UNTITLED}文字: {{亮点: }}\n内容: {json.dumps(text, ensure_ascii=False)}\n"})
    write(here, {"镇.yaml": f"继承: 县.yaml\n{own}"})
    assert lines(here / "镇.yaml") == ["甲，人人有医生。", f"乙人人有医生；丙（{words}）。", words]


def test_lines_within_a_text_of_several(here: Path) -> None:
    """A line of a text that is nothing but the reference is a paragraph; so is one in a closing, in an attachment."""
    report = UNTITLED + (
        '文字: {亮点: "甲\\n乙"}\n章节:\n- 标题: 一\n  内容: |\n    前\n    {{ 亮点 }}\n    后\n  结语: "{{ 亮点 }}"\n'
        '附件: {标题: 表, 内容: ["{{ 亮点 }}"]}\n'
    )
    write(here, {"镇.yaml": report})
    attached = ["附件：表", "附件", "表", "甲", "乙"]
    assert lines(here / "镇.yaml") == ["一、一", "前", "甲", "乙", "后", "甲", "乙", *attached]


@pytest.mark.parametrize(
    "place",
    [
        "标题: 关于{{ 亮点 }}的汇报\n内容: 好。",
        '内容: "全年{{ 亮点 }}。"',
        '内容: {样式: 1., 条目: ["{{ 亮点 }}"]}',
        '内容: {表格: {行: [["{{ 亮点 }}", 乙]]}}',
        '内容: {分述: ["{{ 亮点 }}", 乙]}',
    ],
)
def test_several_lines_elsewhere(place: str) -> None:
    """Only a paragraph can be several; elsewhere the reference is told, and where the words are written."""
    report = f'体裁: 通用\n文字: {{亮点: "甲\\n乙"}}\n{place}\n' + ("" if "标题" in place else "标题: 无\n")
    (one,) = [one for one in mistakes(report) if one.id == "several-paragraphs"]
    assert "有2段" in one.message
    assert [other.position.line for other in one.related] == [2]
    assert one.position.line > 2


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("文字: {年度: 甲}\n内容: 乙", [("bad-name", "年度")]),
        ("文字: {合计: 甲, 12: 乙, 甲|乙: 丙}\n内容: 乙", [("bad-name", one) for one in ("合计", "12", "甲|乙")]),
        ("指标: {门诊: {数值: 3}}\n文字: {门诊: 多}\n内容: 乙", [("two-meanings", "门诊")]),
        ("文字: {亮点: [甲, 乙]}\n内容: 乙", [("not-a-text", "甲")]),
        ("文字: 亮点\n内容: 乙", [("not-a-mapping", "亮点")]),
        ("文字: {亮点: 无。}\n内容: 乙", [("no-words", "无。")]),
        ("文字: {亮点: /, 特色: 暂无}\n内容: 乙", [("no-words", "/"), ("no-words", "暂无")]),
        ("文字: {亮点: }\n内容: '{{ 亮点 }}'", [("missing-value", "亮点")]),
        ("文字: {亮点: 甲}\n内容: '{{ 亮点 + 1 }}'", [("not-a-number", "亮点")]),
        ("文字: {亮点: 甲}\n指标: {乙: {公式: 亮点 * 2}}\n内容: '{{ 乙 }}'", [("not-a-number", "亮点")]),
    ],
)
def test_mistakes(report: str, expected: list[tuple[str, str]]) -> None:
    """A name has one meaning, and words are no numbers."""
    assert told(GENERAL + report + "\n") == expected


def test_an_indicator_of_the_base(here: Path) -> None:
    """A township's words cannot take an indicator's name, nor its indicators that of words of the base."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f"{TOWN}文字: {{门诊: 多}}\n"})
    write(here, {"乡.yaml": "继承: 县.yaml\n指标: {门诊: {数值: 1}, 亮点: {数值: 3}}\n"})
    for name in ("镇", "乡"):
        with pytest.raises(HealthReportError) as wrong:
            lines(here / f"{name}.yaml")
        assert [one.id for one in wrong.value.diagnostics] == ["two-meanings"]


def test_words_do_not_pass_on(here: Path) -> None:
    """The base's own words are the base's; a township without words prints none of them."""
    county = COUNTY.replace("{特色工作: , 亮点: }", "{特色工作: 县里的话。, 亮点: 县里好}") + "单位: 县局\n"
    write(here, {"县.yaml": county.replace("{单位: 人次}", "{单位: 人次, 数值: 9}"), "镇.yaml": TOWN})
    assert "县里的话。" in lines(here / "县.yaml")
    assert lines(here / "镇.yaml") == ["全年门诊120人次。"]


def test_a_name_that_only_the_township_knows(here: Path) -> None:
    """A clause of the base is printed where the township says the words, though the base does not name them."""
    write(
        here,
        {
            "县.yaml": COUNTY.replace("文字: {特色工作: , 亮点: }\n", ""),
            "镇.yaml": f"{TOWN}文字: {{亮点: 人人有医生}}\n",
        },
    )
    assert lines(here / "镇.yaml") == ["全年门诊120人次，人人有医生。"]


def test_a_name_that_is_new_in_the_base_makes_documents_anew(cli: Cli, here: Path) -> None:
    """What a base only names counts: 指标 and 文字 without values are a part of what its documents are made of."""
    write(
        here,
        {"县.yaml": COUNTY + "- {指标表: {指标: 全部, 列: [指标, 完成]}}\n", "镇/镇.yaml": TOWN.replace("县", "../县")},
    )
    assert "生成 1" in cli("batch", "镇").err
    assert "未变 1" in cli("batch", "镇").err
    write(here, {"县.yaml": (here / "县.yaml").read_text("utf-8").replace("亮点: }", "亮点: , 别的: }")})
    assert "生成 1" in cli("batch", "镇").err
    write(here, {"县.yaml": (here / "县.yaml").read_text("utf-8").replace("门诊: {", "义诊: , 门诊: {")})
    assert "还没有数值" in cli("batch", "镇").err


@pytest.mark.parametrize(
    ("town", "told"),
    [
        ("内容: 好。", True),  # the text of the base that prints them is not this report's
        ("文字: {特色工作: '见{{ 亮点 }}', 亮点: 甲}", True),
        ("内容: '{{ \"{{ 亮点 }}\" }}'", True),
        ("内容: '{{ (亮点) }}好'", False),
        ("追加: {章节: [{标题: 乙, 内容: '{{ 亮点 }}'}]}", False),
    ],
)
def test_whether_words_are_printed(town: str, told: bool, here: Path) -> None:
    """What counts is a text of this report that refers to them; own words and quoted braces refer to nothing."""
    county = UNTITLED + "文字: {亮点: , 特色工作: }\n章节: [{标题: 甲, 内容: '[[{{ 特色工作 }}]]好'}]\n"
    base = county if "内容: 好" not in town else COUNTY
    own = town if "文字" in town else f"文字: {{亮点: 甲}}\n{town}"
    write(here, {"县.yaml": base, "镇.yaml": f"继承: 县.yaml\n{own}\n"})
    reader = Reader()
    warnings = pipeline.compose(inherit.load(here / "镇.yaml", reader), reader, RESOURCES).warnings
    assert ("unprinted-words" in [one.id for one in warnings]) is told


def test_words_that_nothing_prints() -> None:
    """A name with a slip would lose what was written; what a left-out clause would print is none."""
    report = (
        GENERAL + "文字: {亮点: , 特色: 甲, 亮典: 乙}\n指标: {丙: }\n内容: 丁[[{{ 特色 }}{{ 丙 }}]][[{{ 亮点 }}]]\n"
    )
    (one,) = [one for one in compose(report).warnings if one.id == "unprinted-words"]
    assert one.message == "没有一处印出“文字”里的“亮典”，是否为“亮点”？"
    assert one.position.line == 3


def test_braces_in_words_are_told() -> None:
    """A reference in words is printed as it stands, which nobody wants: it is told where it is written."""
    report = GENERAL + "文字:\n  亮点: 门诊{{ 门诊 }}人次\n内容: '{{ 亮点 }}。'\n"
    (one,) = [one for one in compose(report).warnings if one.id == "braces-in-words"]
    assert (one.position.line, one.position.column, one.position.width) == (4, 9, 8)


def test_columns_that_are_nearly_those_of_words(cli: Cli, here: Path) -> None:
    """A remark in brackets behind the name is none of it; a name that is nearly one is asked for."""
    write(here, {"县.yaml": COUNTY, "表.csv": "单位,门诊,特色工作（200字以内）\n甲镇卫生院,12,建成健康步道。\n"})
    assert cli("batch", "县.yaml", "--data", "表.csv", "-o", "out").code == 0
    write(here, {"表.csv": "单位,门诊,亮点工作\n甲镇卫生院,12,建成健康步道。\n"})
    told = cli("batch", "县.yaml", "--data", "表.csv", "-o", "out").err
    assert "是否为“亮点”" in told
    assert "请把列名改成它" in told


def test_a_base_says_names_alone(here: Path) -> None:
    """What is no text under a name in the base is told, though no words of a base pass on."""
    write(here, {"县.yaml": COUNTY.replace("亮点: }", "亮点: {别名: 亮点工作}}"), "镇.yaml": TOWN})
    with pytest.raises(HealthReportError, match="应写一段文字"):
        lines(here / "镇.yaml")


def test_a_column_of_words(cli: Cli, here: Path) -> None:
    """A sheet has a column for each name; an empty cell, 无 or / are no words, and lines of a cell are paragraphs."""
    write(here, {"县.yaml": COUNTY})
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["单位", "门诊", "特色 工作", "亮点"],
        ["甲镇卫生院", 120, "一是{{ 门诊 }}；\n二是乙。", "人人有医生"],
        ["乙镇卫生院", 130, "2022", "无"],
        ["丙镇卫生院", 140, "/", None],
        ["合计", 390, None, None],
    ):
        sheet.append(row)
    book.save(here / "表.xlsx")
    result = cli("batch", "县.yaml", "--data", "表.xlsx", "-o", "out", "--name", "{{ 单位 }}")
    assert result.code == 0
    assert "“无”“/”当作没有数" in result.err or "“/”“无”当作没有数" in result.err
    for name, printed in {
        "甲": ["全年门诊120人次，人人有医生。", "一是{{ 门诊 }}；", "二是乙。"],
        "乙": ["全年门诊130人次。", "2022"],
        "丙": ["全年门诊140人次。"],
    }.items():
        result = cli("import", f"out/{name}镇卫生院.docx", "-o", f"{name}.yaml")
        assert result.code == 0
        assert lines(here / f"{name}.yaml") == printed


def test_what_townships_are_asked_for(cli: Cli, here: Path) -> None:
    """The empty sheet and the townships' files have a place for the words that a base asks for."""
    write(here, {"县.yaml": COUNTY, "名单.txt": "白石镇卫生院\n"})
    assert cli("sheet", "县.yaml", "-o", "表.csv").code == 0
    assert (here / "表.csv").read_text("utf-8-sig").splitlines()[0] == "单位,门诊（人次）,特色工作,亮点"
    assert cli("sheet", "县.yaml", "-o", "表.xlsx").code == 0
    head = openpyxl.load_workbook(here / "表.xlsx").active
    assert head is not None
    assert [cell.value for cell in head[1]][2:] == ["特色工作", "亮点"]
    assert [(str(one.sqref), one.type) for one in head.data_validations.dataValidation] == [("B2:B203", "decimal")]
    assert cli("towns", "县.yaml", "名单.txt", "-o", "镇").code == 0
    written = (here / "镇" / "白石镇卫生院.yaml").read_text("utf-8")
    assert written.endswith("文字:\n  特色工作:\n  亮点:\n")


def test_next_year(cli: Cli, here: Path) -> None:
    """Last year's words are last year's: the names stay; with --keep-text they do, their numbers marked."""
    own = "文字: {亮点: 义诊12场}\n内容: '[[{{ 亮点 }}]]'\n"
    write(here, {"2022.yaml": f"{GENERAL}年度: 2022\n{own}"})
    assert cli("new", "--from", "2022.yaml", "-o", "2023.yaml").code == 0
    assert "文字: {亮点: }" in (here / "2023.yaml").read_text("utf-8")
    assert "义诊12场" not in (here / "2023.yaml").read_text("utf-8")
    assert cli("new", "--from", "2022.yaml", "--keep-text", "-o", "留.yaml").code == 0
    assert "义诊12场（待补）" in (here / "留.yaml").read_text("utf-8")


def test_a_finding_in_words_is_told_where_they_are_written(cli: Cli, here: Path) -> None:
    """Words that a reference put into a sentence are found there, and the place they come from is named."""
    write(here, {"县.yaml": COUNTY, "镇.yaml": f'{TOWN}文字: {{特色工作: "义诊\\n人次人次", 亮点: 人次人次}}\n'})
    found = json.loads(cli("check", "镇.yaml", "--format", "json").out)
    places = [(one["file"], one["line"], one["column"]) for one in found if one["id"] == "HR405"]
    assert ("镇.yaml", 4, 17) in places
    (inline,) = [one for one in found if one["id"] == "HR405" and one["file"] == "县.yaml"]
    assert [one["message"] for one in inline["related"]] == ["“亮点”写在这里"]
    write(here, {"镇.yaml": f"{TOWN}文字: {{特色工作: 人次人次很多}}\n"})
    (alone,) = [one for one in json.loads(cli("check", "镇.yaml", "--format", "json").out) if one["id"] == "HR405"]
    assert [one["message"] for one in alone["related"]] == ["“特色工作”写在这里"]


def test_editors_know_the_keys(cli: Cli) -> None:
    """The keys are in the schema that editors use."""
    schema = json.loads(cli("schema").out)
    assert {"文字", "追加"} <= schema["properties"].keys()
