"""Figures held against each other: in sentences and tables that add up nothing is found, in others what is wrong."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.checking.engine import check
from healthreport.checking.figures.figure import RATES
from healthreport.checking.known import known
from healthreport.checking.passages import Passage
from healthreport.checking.rules.figures.every import RULES
from healthreport.checking.subject import Subject
from healthreport.diagnostics import Severity
from healthreport.trees import slots
from healthreport.trees.document import Document
from healthreport.values.rounding import rounded
from helpers import GENERAL, RESOURCES, compose, text_subject

if TYPE_CHECKING:
    from healthreport.diagnostics import Diagnostic

DATA = Path(__file__).parent / "data"
LEAST_FOUND = 0.95
FORMS = ["共有{0}，其中{1}。", "{1}，合计{0}。", "总数{0}（{1}）。", "共计{0}。其中：{1}。"]


def lines(name: str) -> list[str]:
    """Return the lines of a file of data without its remarks."""
    return [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


PAIRS = [line.replace("\\n", "\n").partition("|")[::2] for line in lines("数的关系.txt")]
TABLES = [block.partition("\n")[::2] for block in (DATA / "表中的数.txt").read_text("utf-8").strip().split("\n\n")[1:]]


def found(text: str, lead: str = "槐溪县卫生健康工作情况\n") -> list[Diagnostic]:
    """Return what the rules find in a text."""
    return check(text_subject(lead + text), RULES, {})


def table(rows: str, mark: str) -> str:
    """Return rows as lines with a mark between the cells; a line that is a sentence stays."""
    return "\n".join(mark.join(row.split(" ")) for row in rows.split("\n"))


@pytest.mark.parametrize("right", [right for right, _ in PAIRS])
def test_sentences_that_add_up(right: str) -> None:
    """Nothing is found where the figures fit."""
    assert found(right) == []


@pytest.mark.parametrize("silent", lines("不相干的数.txt"))
def test_figures_that_have_nothing_to_do_with_each_other(silent: str) -> None:
    """Nothing is found where figures have no relation, or none that is sure."""
    assert found(silent) == []


@given(st.lists(st.sampled_from([right for right, _ in PAIRS if "\n" not in right]), min_size=3, max_size=3))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_sentences_beside_one_another(three: list[str]) -> None:
    """Sentences of one paragraph, each right, lend each other no figures."""
    assert found("".join(dict.fromkeys(three))) == []


def test_sentences_that_do_not_add_up() -> None:
    """Of the wrong ones 95 % are found, each with its place and a way out."""
    told = {wrong: found(wrong) for _, wrong in PAIRS if wrong}
    missed = [wrong for wrong, diagnostics in told.items() if not diagnostics]
    assert len(missed) <= (1 - LEAST_FOUND) * len(told), missed
    assert all(one.position.line > 1 and one.hint for diagnostics in told.values() for one in diagnostics)


@pytest.mark.parametrize("mark", ["\t", "|"])
@pytest.mark.parametrize(("kind", "rows"), TABLES, ids=[kind for kind, _ in TABLES])
def test_tables(kind: str, rows: str, mark: str) -> None:
    """In a table that adds up nothing is found, in another something; a text's table stands in lines."""
    assert bool(found(table(rows, mark))) == kind.startswith("错")


def test_the_table_of_a_report() -> None:
    """A table of a report is looked at as one in a text, and the finding is at its cell."""
    rows = "[[白石镇, 1200], [柳河镇, 980], [合计, 2280]]"
    composed = compose(GENERAL + f"内容:\n  - 表格: {{表头: [乡镇, 门诊], 行: {rows}}}\n")
    (one,) = check(composed.subject, RULES, {})
    assert (one.id, one.message) == ("HR214", "“门诊”1200 + 980 = 2180，表中为2280。")
    assert one.position.line > 1


def test_the_text_and_the_table() -> None:
    """An indicator has one value, in the text and in the table."""
    table = "指标\t单位\t数值\n家庭医生签约率\t%\t46.0\n建档率\t%\t90.0"
    (one,) = found("全县家庭医生签约率达到40.0%。\n" + table)
    assert one.message == "表中“家庭医生签约率”是46.0%，这里是40.0%，两处不一致。"
    assert found("全县家庭医生签约率达到46.0%。\n" + table) == []


def test_arithmetic() -> None:
    """The message holds the arithmetic, the related places are the figures it was made of."""
    (one,) = found("门诊41人次、住院37人次，合计88人次。")
    assert one.message == "41 + 37 = 78，文中为88人次。"
    assert [(related.position.column, related.position.width) for related in one.related] == [(3, 4), (10, 4)]
    assert (one.position.column, one.position.width, one.severity) == (17, 4, Severity.WARNING)


def test_a_share_of_parts_is_of_their_total() -> None:
    """Of two parts beside each other one is not of the other: the arithmetic shown is that of their total."""
    (one,) = found("业务收入1034.7万元，同比增长4.9%。其中：医疗收入612.3万元，药品收入422.4万元，药占比43%。")
    assert one.message == "422.4 ÷ 1034.7 = 40.8%，文中为43%。"
    (one,) = found("医疗收入612.3万元，药品收入222.4万元，药占比43%。")
    assert one.message == "222.4 ÷ 612.3 = 36.3%，文中为43%。"


def test_a_change_is_told_of_with_its_word() -> None:
    """A fall is computed below nought, so the message quotes the word, wherever in its clause that stands."""
    (one,) = found("门诊12.03万人次，上年12.92万人次，与上年相比同比下降9.6%。")
    assert one.message == "(12.03 - 12.92) ÷ 12.92 = -6.89%，文中为下降9.6%。"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("规范管理率60.3%，比上年（58.8%）提高1.4个百分点。", Severity.NOTE),
        ("规范管理率60.3%，比上年（58.8%）提高1.2个百分点。", Severity.WARNING),
        ("总收入186.4万元，其中县级62.1万元、乡级78.9万元、村级45.3万元。", Severity.NOTE),
        ("总收入186.4万元，其中县级62.1万元、乡级78.9万元、村级48.3万元。", Severity.WARNING),
    ],
)
def test_what_rounding_explains_is_a_suggestion(text: str, severity: Severity) -> None:
    """Within the printed digits it is a note, beyond a warning."""
    assert [one.severity for one in found(text)] == [severity]


@pytest.mark.parametrize("hole", [slots.FILLED, "{{ 签约人数 }}"])
def test_figures_that_are_not_known_yet(hole: str) -> None:
    """A text some of whose figures differ from township to township is not held against those it has."""
    passage = Passage(f"共培训210人，其中男84人、女{hole}、其他26人，合计{hole}，男女共136人。", written=(0,))
    subject = Subject(Document("", ()), known=known(RESOURCES), read=(passage,))
    assert [one for rule in RULES for one in rule.find(subject)] == []


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_totals_of_any_size(data: st.DataObject) -> None:
    """A sum in any of some forms is silent where it is one, and told of where a digit of a part is another."""
    names = data.draw(st.sampled_from([("甲镇", "乙镇", "丙镇"), ("男", "女"), ("一级", "二级", "三级")]))
    unit = data.draw(st.sampled_from(["人", "例", "家", "人次", "万元"]))
    values = [data.draw(st.integers(11, 99_999)) for _ in names]
    form = data.draw(st.sampled_from(FORMS))
    mark = data.draw(st.sampled_from(["、", "，"]))

    def sentence(values: list[int]) -> str:
        parts = mark.join(f"{name}{value}{unit}" for name, value in zip(names, values, strict=True))
        return "年末" + form.format(f"{total}{unit}", parts)

    total = sum(values)
    assert found(sentence(values)) == []
    at = data.draw(st.integers(0, len(values) - 1))
    off = data.draw(st.sampled_from([10, 100, 1000, -10]))
    wrong = [value + off * (number == at) for number, value in enumerate(values)]
    makes_up = any(sum(wrong[:count]) == total for count in range(2, len(wrong)))  # the first ones are all of it
    if wrong[at] > 0 and not makes_up:
        assert found(sentence(wrong))


@given(st.integers(20, 90_000), st.integers(1, 999), st.sampled_from(["%", "‰", "/10万"]), st.integers(1, 2))
@settings(max_examples=60, deadline=None)
def test_rates_of_any_size(whole: int, share: int, unit: str, digits: int) -> None:
    """A rate is silent where it is the quotient, and told of where it is another by three of its last digits."""
    part = max(whole * share // 1000, 1)
    exact = Fraction(part * RATES[unit], whole)
    for off, wanted in ((0, False), (3, True)):
        rate = rounded(exact, digits) + off * rounded(Fraction(1, 10**digits), digits)
        text = f"抽检{whole}份，合格{part}份，合格率{rate}{unit}。"
        if exact < RATES[unit] - 1:
            assert bool(found(text)) == wanted, text


@given(st.integers(200, 90_000), st.integers(101, 1900), st.sampled_from(["去年{0}例，今年{1}例", "由{0}例{2}到{1}例"]))
@settings(max_examples=60, deadline=None)
def test_changes_of_any_size(old: int, per_mille: int, form: str) -> None:
    """A change is silent where it is the quotient of the difference, and told of where it is another way or size."""
    new = old * per_mille // 1000
    if abs(new - old) * 50 < old:
        return
    up, down = ("增加", "减少") if new > old else ("减少", "增加")
    rate = rounded(Fraction(abs(new - old) * 100, old), 1)
    text = "义诊病例" + form.format(old, new, up)
    assert found(f"{text}，{up}{rate}%。") == []
    assert found(f"{text}，{up}{rate + 2}%。")
    assert found(f"{text}，{down}{rate}%。")


@pytest.mark.parametrize(
    "unit", ["1%", "1人、", "占1%", "增长1%，", "由1%到", "（1", "1+1=", "1，", "1|", "第1位", "甲1人（"]
)
def test_lines_of_any_length(unit: str) -> None:
    """A line of 100,000 characters ends, whatever is repeated in it."""
    subject = Subject(Document("", ()), known=known(RESOURCES), read=(Passage(unit * (100_000 // len(unit))),))
    for rule in RULES:
        assert all(one.what for one in rule.find(subject))
