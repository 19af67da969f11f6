"""Rules on what belongs to one person, and on what a writer left: the numbers that check themselves, and no others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.checking.engine import check
from healthreport.checking.rules.leftovers.every import RULES as LEFTOVERS
from healthreport.checking.rules.privacy.every import RULES as PRIVACY
from healthreport.checking.rules.report.placeholders import PLACEHOLDER
from healthreport.diagnostics import Severity
from helpers import GENERAL, text_subject

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LINES = st.text("0123456789Xx*×. 元卡号患者张建国男女岁因确诊年月日-{}｛｝#**某县（例待）\n", max_size=60)


def ids(text: str) -> list[str]:
    """Return the ids of what the rules find in a text."""
    return [one.id for one in check(text_subject(text), (*PRIVACY, *LEFTOVERS, PLACEHOLDER), {})]


@given(st.integers(0, 999), st.dates())
def test_only_the_right_check_digit_is_told(order: int, born: object) -> None:
    """Of the eleven check digits of a citizen's number one is right, and that one is told (GB 11643)."""
    day = str(born).replace("-", "")
    first = f"370828{day}{order:03}"
    right = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True)) % 11]
    told = {digit for digit in "0123456789X" if "HR501" in ids(f"档案{first}{digit}。")}
    assert told == ({right} if 1880 <= int(day[:4]) <= 2100 else set())


def test_what_is_said_to_be_a_number_of_a_citizen_is_told() -> None:
    """A wrong check digit hides no number that is said to be a citizen's; one said to be another's is none."""
    number = "370802196503124518"
    assert ids(f"身份证号{number}，公民身份号码：{number}，登记身份证号后，条码{number}。") == ["HR501", "HR501"]


@given(LINES)
def test_nothing_stops_a_rule(text: str) -> None:
    """Whatever is written, rules find what is there, within the text."""
    for one in check(text_subject(text), (*PRIVACY, *LEFTOVERS), {}):
        for place in (one.position, *one.places):
            line = text.split("\n")[place.line - 1]
            assert 1 <= place.column <= place.column + place.width - 1 <= max(len(line), 1)


def test_a_number_that_is_given_for_calls_is_a_suggestion() -> None:
    """A mobile number beside 联系电话 may be meant for the public, one beside a patient is not."""
    text = "患者李某，手机13812345678。\n联系人：王某，联系电话：13987654321。"
    found = check(text_subject(text), PRIVACY, {})
    assert [(one.id, one.severity) for one in found] == [("HR502", Severity.WARNING), ("HR502", Severity.NOTE)]


def test_patients_of_a_table(cli: Cli, here: Path) -> None:
    """A table with a column of names and one of diagnoses is told once, at the first name."""
    table = "{表格: {表头: [姓名, 诊断], 行: [[张建国, 肺癌], [李某, 胃炎], [王丽, 高血压]]}}"
    (here / "a.yaml").write_text(f"{GENERAL}内容: {table}\n", "utf-8")
    found = [one for one in json.loads(cli("check", "a.yaml", "--format", "json").out) if one["id"] == "HR504"]
    assert [(one["line"], len(one["places"])) for one in found] == [(3, 1)]


@pytest.mark.parametrize("name", ["a.txt", "a.yaml"])
def test_a_placeholder_is_told_once(cli: Cli, here: Path, name: str) -> None:
    """××县 is told of a text as of a report, by one rule alone; masked figures by another."""
    words = "××县完成体检**.*万人，20XX年达标。"
    (here / name).write_text(words if name == "a.txt" else f"{GENERAL}内容: {words}\n", "utf-8")
    found = json.loads(cli("check", name, "--format", "json").out)
    told = {one["id"]: [one["column"], *(place["column"] for place in one["places"])] for one in found}
    start = 1 if name == "a.txt" else 5
    assert told["placeholder"] == [start, start + words.index("20XX")]
    assert told["HR701"] == [start + words.index("**")]
    assert "HR702" not in told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("增长**%，下降**%。", ["HR701"]),
        ("**增强意识。**各乡镇落实。", ["HR703"]),
        ("**县卫生健康局**年工作总结，完成**%。", ["HR701"]),
        ("1.**强化督导**：完成**万人。", ["HR701", "HR703"]),
        ("出院｛｛出院人数｝｝人次，{ 住院 }人次。", ["HR704"]),
        ("2月29日、12月31日、13月龄、24月龄。", []),
        ("2月30日和2023年2月29日。", ["HR705", "HR705"]),
        ("某县一名村医长期坚守。", []),
        ("某县完成体检**万人。", ["HR701", "HR702"]),
    ],
)
def test_leftovers(text: str, found: list[str]) -> None:
    """Masks, bold words and braces are told apart; a date is told each by itself."""
    assert sorted(ids(text)) == found
