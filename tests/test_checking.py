"""Rules and their engine: what a rule finds gets its id, severity and place; what reports share is looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthreport import pipeline
from healthreport.checking.engine import check
from healthreport.checking.known import known
from healthreport.checking.rule import Finding, Rule
from healthreport.checking.rules.report.every import RULES
from healthreport.checking.subject import Subject
from healthreport.diagnostics import HealthReportError, Position, Related, Severity
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.trees.document import Document, Heading, Paragraph, Run, text_of
from healthreport.trees.roles import Role
from helpers import GENERAL, RESOURCES, compose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from _pytest.mark import ParameterSet

    from healthreport.diagnostics import Diagnostic

BASE = (
    GENERAL
    + """单位: 区
落款: 无
指标: {改厕: {单位: 座}}
章节:
  - {标题: "{{ 单位 }}的事", 待补: 是}
  - {标题: 改厕, 内容: "改厕{{ 改厕 }}。"}
"""
)


def rule(find: Callable[[Subject], Iterator[Finding]], *, shared: bool = False) -> Rule:
    """Return a rule of a test's own."""
    return Rule("own", Severity.WARNING, find, (), (), shared)


def second(document: Document) -> Paragraph | Heading:
    """Return the paragraph or heading after the title."""
    block = document.blocks[1]
    assert isinstance(block, Paragraph | Heading)
    return block


def towns(folder: Path, *names: str) -> Iterator[Path]:
    """Write a base and a file on it for each township."""
    (folder / "全区.yaml").write_text(BASE, encoding="utf-8")
    for number, name in enumerate(names, 1):
        path = folder / f"{name}.yaml"
        path.write_text(f"继承: 全区.yaml\n单位: {name}\n指标: {{改厕: {{数值: {number}}}}}\n", encoding="utf-8")
        yield path


def brief(found: list[Diagnostic] | tuple[Diagnostic, ...]) -> list[tuple[str, str, Severity, int]]:
    """Return id, message, severity and line of diagnostics."""
    return [(one.id, one.message, one.severity, one.position.line) for one in found]


def examples(kind: str) -> list[ParameterSet]:
    """Return all examples of all rules, each with its rule."""
    return [
        pytest.param(one, example, id=f"{one.id}-{number}")
        for one in RULES
        for number, example in enumerate(getattr(one, kind), 1)
    ]


@pytest.mark.parametrize(("one", "example"), examples("bad"))
def test_bad_examples(one: Rule, example: str) -> None:
    """A rule says why there is such a rule, and finds something in each bad example, with its place and a way out."""
    assert one.reason
    found = compose(example, draft=True, rules=(one,)).warnings
    assert found
    assert all(diagnostic.position.line and diagnostic.hint for diagnostic in found)


@pytest.mark.parametrize(("one", "example"), examples("good"))
def test_good_examples(one: Rule, example: str) -> None:
    """A rule finds nothing in a good example, nor does any other."""
    assert compose(example, rules=(one,)).warnings == ()


def test_ids_of_rules() -> None:
    """No two rules have the same id."""
    assert len({one.id for one in RULES}) == len(RULES)


def test_what_the_engine_adds() -> None:
    """A finding at a part of the document gets the rule's id, its severity and the part's place."""

    def find(subject: Subject) -> Iterator[Finding]:
        yield Finding("甲。", second(subject.pattern), "乙。", (Related(Position("丙", 1, 1), "丁"),))

    (found,) = compose(GENERAL + "内容: 戊", rules=(rule(find),)).warnings
    assert (found.id, found.message, found.hint, found.severity) == ("own", "甲。", "乙。", Severity.WARNING)
    assert (found.position.line, found.position.column) == (3, 5)
    assert found.related == (Related(Position("丙", 1, 1), "丁"),)


def test_findings_come_once_in_the_order_of_places() -> None:
    """Rules find in any order, and what two of them find alike is told once; an id of its own stands."""
    nowhere = Paragraph(Role.BODY, (Run("甲"),))

    def find(_: Subject) -> Iterator[Finding]:
        yield Finding("后", Position("甲", 9, 1))
        yield Finding("先", Position("甲", 2, 1), id="another")
        yield Finding("后", Position("甲", 9, 1))
        yield Finding("无处", nowhere)

    found = check(Subject(Document("", (nowhere,))), (rule(find), rule(find)), {})
    assert brief(found) == [
        ("own", "无处", Severity.WARNING, 0),
        ("another", "先", Severity.WARNING, 2),
        ("own", "后", Severity.WARNING, 9),
    ]


@pytest.mark.parametrize(
    ("severities", "strict", "expected"),
    [
        ({}, False, Severity.WARNING),
        ({"own": Severity.ERROR}, False, Severity.ERROR),
        ({"other": Severity.ERROR}, False, Severity.WARNING),
        ({}, True, Severity.ERROR),
        ({"own": Severity.WARNING}, True, Severity.ERROR),
    ],
)
def test_severity(severities: dict[str, Severity], strict: bool, expected: Severity) -> None:
    """A rule weighs what it weighs by default unless it is named; when strict all are errors."""
    own = rule(lambda _: iter([Finding("甲", Position("乙"))]))
    found = check(Subject(Document("", ())), (own,), severities, strict=strict)
    assert [one.severity for one in found] == [expected]


def test_a_rule_sees_words_figures_and_report(tmp_path: Path) -> None:
    """Of a township that shares a document a rule sees the words, the figures and the report of this one."""
    seen = []

    def find(subject: Subject) -> Iterator[Finding]:
        assert subject.report
        assert subject.figures
        last = subject.document.blocks[-1]
        assert isinstance(last, Paragraph)
        seen.append((text_of(last.runs), str(subject.report.report.org), subject.figures.write("改厕")))
        yield Finding("甲", last)

    reader = Reader()
    for path in towns(tmp_path, "白石镇", "柳河镇"):
        composed = pipeline.compose(inherit.load(path, reader), reader, RESOURCES, rules=(rule(find),))
        assert [one.position.file for one in composed.warnings] == [str(tmp_path / "全区.yaml")]
    assert seen == [("改厕1座。", "白石镇", "1座"), ("改厕2座。", "柳河镇", "2座")]


def test_what_townships_share_is_looked_at_once(tmp_path: Path) -> None:
    """A shared rule runs once for all documents of one form; each gets what it found, in its own words."""
    runs = 0

    def find(subject: Subject) -> Iterator[Finding]:
        nonlocal runs
        runs += 1
        yield Finding("有事。", second(subject.pattern))

    reader, rules = Reader(), (*RULES, rule(find, shared=True))
    messages = []
    for path in towns(tmp_path, "白石镇", "柳河镇", "青山镇"):
        found = pipeline.compose(inherit.load(path, reader), reader, RESOURCES, rules=rules).warnings
        messages.append([one.message for one in found])
    assert runs == 1
    expected = [f"“{name}的事”还没有写（待补），留了空白。" for name in ("白石镇", "柳河镇", "青山镇")]
    assert messages == [["有事。", message] for message in expected]


def test_mistakes_and_findings_come_together() -> None:
    """A report with a mistake is told what is to be written, too, and where each is."""
    with pytest.raises(HealthReportError) as wrong:
        compose(GENERAL + '章节: [{标题: 甲, 待补: 是}]\n结尾: "{{ 上级 }}"\n')
    assert [(one.id, one.severity) for one in wrong.value.diagnostics] == [
        ("todo", Severity.WARNING),
        ("missing-value", Severity.ERROR),
    ]


TITLES = """章节:
  - {待补: 是}
  - {标题: 甲, 待补: "可写乙\\n可写丙"}
  - {标题: 丁, 接排: 是, 内容: 戊}
  - {待补: 是}
  - 标题: 己
    章节: [{标题: 庚, 待补: 是}]
附件: {标题: "辛\\n壬", 章节: [{待补: 是}]}
"""


@pytest.mark.parametrize("draft", [False, True])
def test_todo_names_the_heading_above(draft: bool) -> None:
    """What is to be written is named by the heading above it, run in or not; before any there is none. Once each."""
    found = compose(GENERAL + TITLES, draft=draft).warnings
    assert [(one.message.partition("还没有写")[0], one.position.line) for one in found] == [
        *(("这里", 4), ("“甲”", 5), ("“丁”", 7), ("“庚”", 9), ("“辛壬”", 10)),
    ]


def test_strict_compose() -> None:
    """When strict a report with a warning is refused, one without passes."""
    with pytest.raises(HealthReportError) as wrong:
        compose(BASE.replace("座}", "座, 数值: 1}"), strict=True)
    assert brief(wrong.value.diagnostics) == [("todo", "“区的事”还没有写（待补），留了空白。", Severity.ERROR, 7)]
    assert compose(GENERAL + "内容: 甲", strict=True).warnings == ()


def test_a_document_alone_is_enough(tmp_path: Path) -> None:
    """A document that was made of no report is checked, too, and has its own places."""
    (path,) = towns(tmp_path, "白石镇")
    reader = Reader()
    document = pipeline.compose(inherit.load(path, reader), reader, RESOURCES).document
    assert brief(check(Subject(document, known=known(RESOURCES)), RULES, {})) == [
        ("todo", "“白石镇的事”还没有写（待补），留了空白。", Severity.WARNING, 7)
    ]
