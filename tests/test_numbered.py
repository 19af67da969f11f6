"""Texts and tables of a report: numbered when it stands, 待补 with a suggestion or without."""

from __future__ import annotations

import pytest

from healthreport.diagnostics import Position
from healthreport.model.build import Differences, build, build_on
from healthreport.model.sections import Section
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse
from helpers import body, mistakes


def test_texts_are_numbered_when_the_report_stands() -> None:
    """Each text has the number under which the report knows it; what a base has numbered keeps its number."""
    base = build(
        parse(Source("全县.yaml", "体裁: 通用\n标题: 甲\n导语: |\n  乙\n  丙\n结尾: [待定, {指标表: 全部}]\n"))
    )
    own = parse(
        Source(
            "镇.yaml",
            "副标题: 丁\n章节: [{标题: 戊, 待补: 可写己}, {待补: 是}]\n内容: [{指标表: {指标: 全部, 注: 庚}}]\n",
        )
    )
    town = build_on(base, Differences(dict(own), ({}, {}, {}), {}, lambda: own))
    assert [str(text) for text in town.texts] == ["甲", "乙\n丙", "乙", "丙", "待定", "丁", "戊", "可写己", "是", "庚"]
    assert [text.n for text in town.texts] == [*range(10)]
    assert [table.n for table in town.tables] == [0, 1]
    assert town.texts[:5] == base.texts
    assert town.tables[1].position() == Position("镇.yaml", 3, 17, 2)


@pytest.mark.parametrize(
    ("written", "suggestion"), {"是": None, "Yes": None, "可写丙": "可写丙", '"是 "': None}.items()
)
def test_what_is_left_open_has_a_suggestion_or_none(written: str, suggestion: str | None) -> None:
    """Whether 待补 is a flag or a suggestion is said once, where it is read; a flag prints nothing, also in a draft."""
    (section,) = build(parse(Source("", f"体裁: 通用\n章节: [{{待补: {written}}}]\n"))).report.sections
    assert isinstance(section, Section)
    assert section.todo
    assert (str(section.todo.suggestion) if section.todo.suggestion else None) == suggestion
    assert body(f"章节: [{{待补: {written}}}]\n", draft=True) == ([f"【建议】{suggestion}"] if suggestion else [])


def test_mistakes_in_braces_are_told_with_all_others() -> None:
    """Where a file makes no report, what is wrong within braces is told too, wherever it stands."""
    report = '体裁: 通用\n标题: "{% if %}"\n内客: "{{ 无此 }}"\n导语: ["{{ 年度", "}} {# {{"]\n'
    told = [(one.id, one.position.line, one.position.column) for one in mistakes(report)]
    assert told == [
        ("expression-syntax", 2, 6),
        ("unknown-key", 3, 1),
        ("unknown-name", 3, 9),
        ("expression-syntax", 4, 7),
        ("expression-syntax", 4, 16),
    ]
