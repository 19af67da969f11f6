"""Rules on texts: each finds what its bad examples show, and nothing in the good ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthreport.checking.engine import check
from healthreport.checking.rules.every import ON_TEXTS
from helpers import text_subject

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

    from healthreport.checking.rule import TextRule

LEAST_EXAMPLES = 3


def examples(kind: str) -> list[ParameterSet]:
    """Return all examples of all rules on texts, each with its rule."""
    return [
        pytest.param(one, example, id=f"{one.id}-{number}")
        for one in ON_TEXTS
        for number, example in enumerate(getattr(one, kind), 1)
    ]


@pytest.mark.parametrize(("one", "example"), examples("bad"))
def test_bad_examples(one: TextRule, example: str) -> None:
    """A rule finds something in each bad example, with its place and a way out."""
    found = check(text_subject(example), (one,), {})
    assert found
    assert all(diagnostic.position.line and diagnostic.hint for diagnostic in found)


@pytest.mark.parametrize(("one", "example"), examples("good"))
def test_good_examples(one: TextRule, example: str) -> None:
    """No rule finds anything in a good example."""
    assert check(text_subject(example), (one,), {}) == []


@pytest.mark.parametrize("one", ON_TEXTS, ids=lambda one: one.id)
def test_what_a_rule_says_of_itself(one: TextRule) -> None:
    """A rule has a name, a reason and a basis, and at least three examples of each kind."""
    assert one.id.startswith("HR")
    assert one.name
    assert one.why
    assert one.basis
    assert len(one.bad) >= LEAST_EXAMPLES
    assert len(one.good) >= LEAST_EXAMPLES


def test_ids() -> None:
    """No two rules have the same id."""
    assert len({one.id for one in ON_TEXTS}) == len(ON_TEXTS)


HOSTILE = (
    "一", "一、", "（一）", "1.", "1.1", "①", "一是", "第一，", "《", "》", "“", "”", "（", "）", "((", "【", "，",
    "。", "、", "；", "：", " ", "　", "\xa0", "\t", "-", "—", "~", "…", ".", ",", "%", "‰", "0", "9", "12", "1,",
    "1年", "占1%", "共1家，", "其中1人、", "增长1%", "万", "亿", "×", "*", "_", "#", "X", "x", "a", "a.", "a@", "/a",
    "\\", "{", "{{", "[[", "某", "□", "的", "人次", "同比", "工作", "等", "和", "截止", "白石镇", "白石镇卫生院",
    "2022年", "2022年1月1日", "1—2", "1至", "由1%", "138", "3201", "㈠", "𠮷", "e\u0301", "\ufdd4",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_hostile_lines(words: str) -> None:
    """A line of 100,000 characters of any kind ends in time that grows with its length, for all rules together."""
    line = (words * (100_000 // len(words) + 1))[:100_000]
    for text in (line, f"一、情况\n全年{line}。", "\n".join([line[:40]] * 2_000)):
        found = check(text_subject(text), ON_TEXTS, {})
        lines = text.count("\n") + 1
        assert all(1 <= (one.position.line or 1) <= lines for one in found)
