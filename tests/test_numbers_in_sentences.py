"""Figures read out of sentences: value, unit, name and relation, and nothing where there is no figure."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from healthreport.diagnostics import HealthReportError
from healthreport.reading.reader import Reader
from healthreport.recognising import naming
from healthreport.recognising.figure_words import FigureWords, figure_words
from healthreport.recognising.mentions import mentions
from healthreport.recognising.numbers import Kind
from healthreport.recognising.relations import Mention, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCES = Path(__file__).parent / "data" / "句中的数.txt"
WORDS = figure_words(Reader())
# What sentences with figures are made of, in any order.
PIECES = """
    1059 1,059 3.2 **.* 万 亿 % ‰ /10万 座 人次 元/人 余 多 约 近 — × 第 由 占 的 其中 共 分别 目标 上年 同比
    增长 下降 完成 农村改厕 签约 率 为 达 以上 年 月 三家 ， 。 、 ； ： （ ） 《 》 “ ” , . - ① A
"""


def read(text: str) -> tuple[Mention, ...]:
    """Return the figures of a text by the packaged words."""
    return mentions(text, WORDS)


def sentences() -> Iterator[tuple[str, list[tuple[str, str, str, str]]]]:
    """Yield the sentences of the data file with their right readings."""
    sentence, readings = "", list[tuple[str, str, str, str]]()
    for line in SENTENCES.read_text("utf-8").splitlines():
        if line.startswith("  "):
            name, value, unit, relation = [*line.split(), "数值"][:4]
            readings.append((name, value, unit, relation))
        elif line and not line.startswith("#"):
            if sentence:
                yield sentence, readings
            sentence, readings = line, []
    yield sentence, readings


@pytest.mark.parametrize(("sentence", "readings"), [*sentences()])
def test_a_sentence_is_read(sentence: str, readings: list[tuple[str, str, str, str]]) -> None:
    """Every figure of a sentence is found with value, unit, name and relation, and no other."""
    found = [(one.name or "-", one.value, one.unit, one.relation.value) for one in read(sentence)]
    assert found == readings


def test_the_sentences_are_many() -> None:
    """The data file holds the sixty sentences it is to hold, a quarter of them without any figure."""
    readings = [readings for _, readings in sentences()]
    assert len(readings) >= 60
    assert sum(not one for one in readings) >= 13


@example("万—“由三家")
@given(st.lists(st.sampled_from([*PIECES.split(), "\n", " "]), max_size=40).map("".join))
def test_figures_stand_where_they_are_said_to(text: str) -> None:
    """Spans hold value and unit as printed, lie in order and apart, and names are names of the format or none."""
    end = 0
    for one in read(text):
        assert one.start >= end
        end = one.end
        assert text[one.start : one.end] == one.value + one.unit
        assert one.name == naming.valid(one.name)
        assert one.word_at < 0 or text.startswith(one.word, one.word_at)


@pytest.mark.parametrize(
    ("text", "number", "last"),
    [
        ("签约3.2万人", 32000, None),
        ("投资3.2万元", Fraction(16, 5), None),
        ("发放1,059份", 1059, None),
        ("接种率为70%—75%", 70, 75),
        ("核酸检测**.*万份", None, None),
        ("建成四家发热门诊", 4, None),
        ("服务群众5万余人", 50000, None),
    ],
)
def test_a_figure_has_its_number(text: str, number: Fraction | None, last: Fraction | None) -> None:
    """A number can be computed with: 万 is resolved, unless it is the unit's; what is masked has none."""
    (one,) = read(text)
    assert (one.number, one.last) == (number, last)


@pytest.mark.parametrize(
    ("text", "bound", "about"),
    [
        ("死亡率控制在12.5/10万以内", "≤", ""),
        ("接种率达到95%以上", "≥", ""),
        ("比例不低于40%", "≥", ""),
        ("次均费用不超过180元", "≤", ""),
        ("服务群众近5万人", "", "近"),
        ("宣传册2万余册", "", "余"),
        ("接种率达到95%", "", ""),
    ],
)
def test_bounds_and_approximations(text: str, bound: str, about: str) -> None:
    """A bound is told, before or behind the number, and that a number is but about so much."""
    (one,) = read(text)
    assert (one.bound, one.about) == (bound, about)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("检测**.*万份", Kind.MASKED),
        ("比例为70%—75%", Kind.RANGE),
        ("建成三家医院", Kind.CHINESE),
        ("建成3家医院", Kind.EXACT),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    """A masked number, a range, a number in characters and a plain one are told apart."""
    assert [one.kind for one in read(text)] == [kind]


def test_what_is_said_of_another_figure_knows_it() -> None:
    """Completion, growth and parts point at the figure they are about; a new sentence begins afresh."""
    text = "完成改厕120座，完成任务的96%，同比增长8%，其中新建90座。设备增长3%。"
    value, completion, growth, part, other = read(text)
    assert (completion.of, growth.of) == (0, 0)
    assert part.part_of < 0
    assert (other.of, other.name, value.part_of) == (-1, "设备增长", -1)
    assert text[growth.word_at : growth.end] == "增长8%"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("签约482人，随访213人，同比分别增长3.2%、4.1%。", ["签约人数增长", "随访人数增长"]),
        ("门诊52人次、住院18人次，分别较上年下降5.1%和3.9%。", ["门诊人次下降", "住院人次下降"]),
        (
            "门诊52人次、住院18人次、急诊9人次，同比分别增长4%、下降2%、增长3%。",
            ["门诊人次增长", "住院人次下降", "急诊人次增长"],
        ),
        ("手术320台次，出院185人次，分别比上年增加12台次、60人次。", ["手术台次增加", "出院人次增加"]),
        ("农村改厕120座、卫生死角56处，分别完成年度任务的103%、112%。", ["农村改厕完成率", "卫生死角完成率"]),
        ("急诊9人次，同比增长1%，门诊52人次、住院18人次，同比分别增长4%、5%。", ["门诊人次增长", "住院人次增长"]),
    ],
)
def test_one_by_one(text: str, said: list[str]) -> None:
    """What is said of several figures one by one is of each of those before, which are as many."""
    found = read(text)[-len(said) :]
    assert [one.name for one in found] == said
    first = len(read(text)) - 2 * len(said)
    assert [one.of for one in found] == [*range(first, first + len(said))]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("高血压、糖尿病控制率分别为63.5%、58.7%。", ["高血压控制率", "糖尿病控制率"]),
        ("高血压和2型糖尿病规范管理率分别达到78%、77%。", ["高血压规范管理率", "2型糖尿病规范管理率"]),
        ("报告及时率、审核率分别为99%、98%。", ["报告及时率", "审核率"]),
        ("建档率、随访率分别为99%、98%。", ["建档率", "随访率"]),
        ("群众满意度、职工知晓率分别为99%、98%。", ["群众满意度", "职工知晓率"]),
    ],
)
def test_a_rate_said_once_of_several(sentence: str, names: list[str]) -> None:
    """What only the last of a list says all of them are, 控制率, each is; one that says its own is that."""
    assert [one.name for one in mentions(sentence, WORDS)] == names


@pytest.mark.parametrize(
    "text",
    [
        "门诊52人次、住院18人次、急诊9人次，同比分别增长4%、下降5%。",  # which two?
        "门诊52人次，同比分别增长4%、5%。",
        "门诊52人次、住院18人次。同比分别增长4%、5%。",
        "手术320台次，出院185人次，分别比上年增加12人次、60人次。",
        "52人次、住院18人次，同比分别增长4%、5%。",
    ],
)
def test_not_one_by_one(text: str) -> None:
    """Changes that cannot be paired, one to one and of one unit, are nobody's."""
    *_, first, second = read(text)
    assert (first.name, second.name, first.of, second.of) == ("", "", -1, -1)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("服务全镇14个行政村。", "服务行政村"),
        ("覆盖全县256个村卫生室。", "覆盖村卫生室"),
        ("收到锦旗5面。", "锦旗"),
        ("在全县16家乡镇卫生院综合考核中名列前茅。", "乡镇卫生院"),
        ("全镇14个行政村，完成改造。", "行政村"),
    ],
)
def test_where_it_is_counted(sentence: str, name: str) -> None:
    """Regions and idle verbs before a number, and the rank behind what it counts, are no part of its name."""
    assert [one.name for one in mentions(sentence, WORDS)] == [name]


def test_parts_point_at_their_total() -> None:
    """What stands behind 其中, or in brackets, is part of the figure before."""
    found = read("培训210人（男84人、女126人），接诊30人")
    assert [one.part_of for one in found] == [-1, 0, 0, -1]


def test_a_share_knows_what_it_is_of() -> None:
    """The words between 占 and 的 are kept."""
    *_, share = read("老年人6.3万人，占常住人口的14.0%")
    assert (share.relation, share.base, share.of) == (Relation.SHARE, "常住人口", 0)


def test_half_width_marks_are_marks() -> None:
    """A text that was typed with half-width marks is read alike."""
    found = read("完成农村改厕1059座,超过去年;参合率达98%.")
    assert [(one.name, one.value) for one in found] == [("农村改厕", "1059"), ("参合率", "98")]


@pytest.mark.parametrize(
    ("piece", "figures"),
    [
        *((piece, 0) for piece in ["1,", "1 ", *"9*×《（的", "完成"]),
        *((piece, 1) for piece in ["1家", "由1例", "占1%", "分别1%、", "改厕1座，其中男1座", "三家", "1万余"]),
    ],
)
def test_hostile_lines(piece: str, figures: int) -> None:
    """A line of tens of thousands of figures is read to its end (square time would be hours)."""
    times = 50_000 // len(piece)
    assert figures * times <= len(read(piece * times)) <= 2 * figures * times


def test_words_of_our_own(tmp_path: Path) -> None:
    """A bureau's own list stands on top of the packaged one."""
    (tmp_path / "recognising").mkdir()
    (tmp_path / "recognising" / "句中的数.yaml").write_text("单位: [筐]\n", "utf-8")
    assert [one.unit for one in mentions("发放鸡蛋30筐", own_words(tmp_path))] == ["筐"]
    assert read("发放鸡蛋30筐") == ()


def test_a_wrong_key_of_our_own_list(tmp_path: Path) -> None:
    """A class of words that nobody knows is an error."""
    (tmp_path / "recognising").mkdir()
    (tmp_path / "recognising" / "句中的数.yaml").write_text("量词: [筐]\n", "utf-8")
    with pytest.raises(HealthReportError, match="量词"):
        own_words(tmp_path)


def own_words(folder: Path) -> FigureWords:
    """Return the words with those of a folder on top."""
    from healthreport.reading.resources import packaged

    reader = Reader()
    reader.template_folders = (folder, packaged())
    return figure_words(reader)
