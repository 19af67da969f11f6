"""Gaps: figures and fields that a text refers to and nobody gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of what has no value: a number is right or missing, never guessed, and only a draft leaves it blank."""
    for problem in subject.figures.problems if subject.figures else ():
        words = (problem.message, problem.position, problem.hint)
        yield Finding(*words, problem.related, problem.id, about=problem.about)


GAP = Rule(
    "gap",
    Severity.ERROR,
    _find,
    bad=('体裁: 通用\n标题: 情况汇报\n指标: {改厕: {单位: 座}}\n内容: "改厕{{ 改厕 }}。"\n',),
    good=('体裁: 通用\n标题: 情况汇报\n指标: {改厕: {数值: 12, 单位: 座}}\n内容: "改厕{{ 改厕 }}。"\n',),
    name="正文引用了、却没有值的数",
    why="正文里的数要么对，要么缺，不会猜；缺的数在草稿里留空白，成稿里要补上。",
    basis="数据",
)
