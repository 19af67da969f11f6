"""What stands in one sentence agrees: of two numbers and their difference, as printed, the first two give the third."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import docx2txt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.trees.document import Table, text_of
from helpers import ANOTHER, UNTITLED, body, compose

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

ID = "rounded-difference"
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(万)?")
COUNTS = st.integers(1, 10**6)
SAID = "'管理率{{ 率 }}，上年{{ 率.上年 }}，{{ 率.同比 }}。'"


def rate(now: int, last: int, whole: int, digits: str = "") -> str:
    """Return the indicators of a rate that is computed, this year's and last year's."""
    return (
        f"指标:\n  甲: {{数值: {now}, 上年: {last}, 单位: 人}}\n  丙: {{数值: {whole}, 上年: {whole}, 单位: 人}}\n"
        f'  率: {{公式: 甲 / 丙, 单位: "%"{digits}}}\n'
    )


def numbers(words: str) -> list[Fraction]:
    """Return the numbers of a sentence."""
    return [Fraction(number) * (10_000 if scale else 1) for number, scale in _NUMBER.findall(words)]


def agrees(words: str) -> bool:
    """Say whether the last number of a sentence is the difference of the first two."""
    first, second, *rest = numbers(words)
    return abs(first - second) == (rest[0] if rest else 0)


def told(report: str) -> bool:
    """Say whether it is told that a difference does not agree."""
    return ID in {one.id for one in compose(UNTITLED + report).warnings}


@given(COUNTS, COUNTS, COUNTS)
def test_printed_numbers_give_the_printed_difference(now: int, last: int, whole: int) -> None:
    """Of two rates and their difference either the printed ones agree, or it is told; none is printed wrong."""
    report = rate(now, last, whole) + f"内容: {SAID}\n"
    (words,) = body(report)
    assert agrees(words) or told(report), words
    exact = [Fraction(now, whole), Fraction(last, whole), abs(Fraction(now - last, whole))]
    for printed, number in zip(numbers(words), exact, strict=False):
        assert abs(printed - number * 100) <= Fraction(1, 20)


def test_growth_is_no_difference() -> None:
    """By what part money grew takes no decimals of the amounts beside it; by how much, does."""
    report = "指标:\n  收入: {数值: 1528.36, 单位: 万元, 上年: 1412.08}\n内容: '收入{{ 收入 }}，上年{{ 收入.上年 }}，"
    assert body(report + "{{ 收入.同比 }}。'\n") == ["收入1528.36万元，上年1412.08万元，增长8.2%。"]
    assert body(report + "{{ 收入.增减 }}。'\n") == ["收入1528.36万元，上年1412.08万元，增加116.28万元。"]


@given(COUNTS, COUNTS, st.sampled_from((100, 1000, 2000, 8000, 10_000)))
def test_what_comes_out_even_always_agrees(now: int, last: int, whole: int) -> None:
    """Where three decimals more are enough for the exact numbers nothing has to be told."""
    report = rate(now, last, whole) + f"内容: {SAID}\n"
    (words,) = body(report)
    assert agrees(words), words
    assert not told(report)


@given(COUNTS, COUNTS, COUNTS, st.integers(0, 2))
def test_fixed_decimals_forbid_it(now: int, last: int, whole: int, digits: int) -> None:
    """Where 小数位 is said, the exact difference is printed in them, and told where it is not that of the numbers."""
    report = rate(now, last, whole, f", 小数位: {digits}") + f"内容: {SAID}\n"
    (words,) = body(report)
    assert agrees(words) != told(report), words


@given(COUNTS, COUNTS)
def test_counted_in_tens_of_thousands(now: int, last: int) -> None:
    """Counts in 万 beside a difference in ones are written out as far as that shows."""
    report = (
        f"指标: {{门诊: {{数值: {now}, 上年: {last}, 单位: 人次}}}}\n"
        "内容: '门诊{{ 门诊|万 }}，上年{{ 门诊.上年|万 }}，{{ 门诊.增减 }}'\n"
    )
    (words,) = body(report)
    assert agrees(words), words


@given(COUNTS, COUNTS, COUNTS)
def test_a_row_agrees_too(now: int, last: int, whole: int) -> None:
    """The row of a table of indicators shows the same three numbers, and they agree."""
    report = rate(now, last, whole) + "内容: {指标表: {指标: [率], 列: [完成, 上年, 同比]}}\n"
    composed = compose(UNTITLED + report)
    (table,) = [block for block in composed.document.blocks if isinstance(block, Table)]
    words = "，".join(text_of(cell.runs) for cell in table.rows[0])
    assert agrees(words) or ID in {one.id for one in composed.warnings}, words


TOWNS = st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=4)


def of_towns(towns: list[tuple[int, int, int, int]], digits: str = "") -> str:
    """Return a county's report with a table of a rate, computed of what its townships gave."""
    rows = [f"第{at}镇,{now},{last},{all},{before}" for at, (now, last, all, before) in enumerate(towns)]
    return (
        "汇总来源: 乡镇.csv\n指标:\n  甲: {单位: 人}\n  丙: {单位: 人}\n"
        f'  率: {{公式: 甲 / 丙, 单位: "%"{digits}}}\n'
        "内容: {乡镇表: {指标: [率], 列: [完成, 上年, 同比], 合计: 是}}\n"
        + ANOTHER
        + "\n".join(["单位,甲（人）,甲上年（人）,丙（人）,丙上年（人）", *rows])
        + "\n"
    )


@settings(max_examples=60)
@given(TOWNS)
def test_each_row_of_townships_agrees(towns: list[tuple[int, int, int, int]]) -> None:
    """The rows of a table of townships, and the county's, agree each in itself, or the table is told of."""
    composed = compose(UNTITLED + of_towns(towns))
    (table,) = [block for block in composed.document.blocks if isinstance(block, Table)]
    rows = ["，".join(text_of(cell.runs) for cell in row[1:]) for row in table.rows]
    assert len(rows) == len(towns) + 1
    assert all(map(agrees, rows)) or ID in {one.id for one in composed.warnings}, rows


@pytest.mark.parametrize("digits", ["", ", 小数位: 1"])
def test_a_township_takes_a_decimal_more(digits: str) -> None:
    """60.26% and 58.84% take a decimal more in their row alone; with 小数位 the exact one is printed and told."""
    report = UNTITLED + of_towns([(6026, 5884, 10_000, 10_000), (6030, 5884, 10_000, 10_000)], digits)
    composed = compose(report)
    (table,) = [block for block in composed.document.blocks if isinstance(block, Table)]
    rows = [[text_of(cell.runs) for cell in row[1:]] for row in table.rows[:2]]
    first = ["60.3", "58.8", "提高1.4个百分点"] if digits else ["60.26", "58.84", "提高1.42个百分点"]
    assert rows == [first, ["60.3", "58.8", "提高1.5个百分点"]]
    assert (ID in {one.id for one in composed.warnings}) == bool(digits)


def test_thirds_never_agree() -> None:
    """What no decimals help with is printed as usual, and told."""
    report = rate(200, 100, 300) + f"内容: {SAID}\n"
    assert body(report) == ["管理率66.7%，上年33.3%，提高33.3个百分点。"]
    (warning,) = [one for one in compose(UNTITLED + report).warnings if one.id == ID]
    assert "66.7%与33.3%相减却是33.4个百分点" in warning.message


def test_a_chain_agrees_throughout() -> None:
    """Differences that have a number in common take the same decimals."""
    report = (
        rate(6026, 5884, 10_000) + '  别: {数值: 50.1, 单位: "%"}\n'
        "内容: '{{ 率 }}、{{ 率.上年 }}、{{ 率.同比 }}、{{ 别 }}、{{ 率 - 别 }}；{{ 甲 }}'\n"
    )
    assert body(report) == ["60.26%、58.84%、提高1.42个百分点、50.1%、10.16个百分点；6026人"]


def test_what_is_not_said_takes_no_decimals() -> None:
    """A clause that is left out says none of the numbers."""
    report = (
        "指标:\n  甲: {数值: 6026, 单位: 人}\n  丙: {数值: 10000, 单位: 人}\n  空: {单位: 人}\n"
        '  率: {公式: 甲 / 丙, 单位: "%", 上年: 58.84}\n'
        "内容: '管理率{{ 率 }}[[，上年{{ 率.上年 }}，{{ 空 }}]]，{{ 率.同比 }}。'\n"
    )
    assert body(report) == ["管理率60.3%，提高1.4个百分点。"]


@pytest.mark.parametrize("shared", [True, False])
def test_each_township_agrees(shared: bool, here: Path, cli: Cli) -> None:
    """Reports that share a document differ in how many decimals they need; each is as it is alone."""
    base = "体裁: 通用\n标题: 甲\n" + rate(1, 1, 10_000).replace("数值: 1, ", "") + f"内容: {SAID}\n"
    (here / "base.yaml").write_text(base, "utf-8")
    for name, now in (("甲镇", 6026), ("乙镇", 6030), ("丙镇", 6044), ("丁镇", 6061)):
        own = f"继承: base.yaml\n单位: {name}\n指标:\n  甲: {{数值: {now}, 上年: 5884}}\n"
        own += "  丙: {数值: 10000, 上年: 10000}\n"
        (here / f"{name}.yaml").write_text(own, "utf-8")
    names = ["甲镇.yaml", "乙镇.yaml", "丙镇.yaml", "丁镇.yaml"]
    for group in [names] if shared else [[name] for name in names]:
        assert cli("render", *group).code == 0
    texts = [docx2txt.process(here / name.replace("yaml", "docx")) for name in names]
    assert [line for text in texts for line in text.splitlines() if line.startswith("管理率")] == [
        "管理率60.26%，上年58.84%，提高1.42个百分点。",
        "管理率60.3%，上年58.8%，提高1.5个百分点。",
        "管理率60.4%，上年58.8%，提高1.6个百分点。",
        "管理率60.6%，上年58.8%，提高1.8个百分点。",
    ]


def test_an_imported_sentence_stays_as_it_is(here: Path, cli: Cli) -> None:
    """A difference that was rounded in the text stays text: as a reference it would print another number."""
    (here / "a.txt").write_text(
        "清河区2022年工作总结\n全区高血压管理率60.26%，较上年的58.84%提高1.4个百分点。\n", "utf-8"
    )
    assert cli("import", "--figures", "a.txt", "-o", "a.yaml").code == 0
    written = (here / "a.yaml").read_text("utf-8")
    assert "{{ 高血压管理率 }}" in written
    assert "1.4个百分点" in written
