"""``--figures``: numbers become indicators, the texts refer to them, and what is printed does not change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.importing import prose, tree
from healthreport.importing.figures import WithFigures, with_figures
from healthreport.reading.reader import Reader
from healthreport.reading.yaml.dump import dump
from healthreport.recognising.figure_words import figure_words
from healthreport.trees import draft as drafts
from healthreport.trees.draft import Draft, Items, Parts, Points, Section, Table, TableCell, Task
from helpers import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.diagnostics import Position

WORDS = figure_words(Reader())


def imported(*texts: str) -> WithFigures:
    """Return paragraphs with their figures as indicators."""
    return with_figures(Draft(content=texts), WORDS)


def printed(found: WithFigures) -> list[str]:
    """Return what a draft of paragraphs prints with its indicators."""
    report: Any = {"体裁": "通用", "标题": "无", "指标": found.indicators, "内容": [*texts(found)]}
    return lines(dump({key: value for key, value in report.items() if value}))


def texts(found: WithFigures) -> list[str]:
    """Return the texts as they are written."""
    return [one.text for one in prose.texts(found.draft)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("人均800元。", ""),
        ("平均12.5天，合计14700人次，其中120人。", ""),
        ("《健康报》12份。", ""),
        ("人均费用800元。", "人均费用"),
        ("发放《健康报》12份。", "发放《健康报》"),
    ],
)
def test_what_is_no_name(text: str, name: str) -> None:
    """Words that only say how it is counted, or a title alone, name no indicator; with another word they do."""
    found = imported(text)
    assert [*found.indicators] == [*filter(None, [name])]
    assert {one.why for one in found.left_alone} == (set() if name else {"看不出名称"})


CASES: list[tuple[str, str, dict[str, dict[str, object]]]] = [
    (
        "计划改厕1000座，实际完成1059座，完成率105.9%。",
        "计划改厕{{ 改厕.目标 }}，实际完成{{ 改厕 }}，完成率{{ 改厕.完成率 }}。",
        {"改厕": {"数值": "1059", "单位": "座", "目标": "1000"}},
    ),
    (
        "下达的改厕任务为1000座。全县完成改厕1059座，完成年度任务的105.9%。",
        "下达的改厕任务为{{ 改厕.目标 }}。全县完成改厕{{ 改厕 }}，完成年度任务的{{ 改厕.完成率 }}。",
        {"改厕": {"数值": "1059", "单位": "座", "目标": "1000"}},
    ),
    (
        "发热门诊量2400人次，较上年2600人次下降7.7%。",
        "发热门诊量{{ 发热门诊量 }}，较上年{{ 发热门诊量.上年 }}{{ 发热门诊量.同比 }}。",
        {"发热门诊量": {"数值": "2400", "单位": "人次", "上年": "2600"}},
    ),
    (
        "平均住院日7.2天，较上年缩短0.4天。比去年净增18人。",
        "平均住院日{{ 平均住院日 }}，较上年缩短{{ 平均住院日缩短 }}。比去年净增{{ 净增人数 }}。",
        {
            "平均住院日": {"数值": "7.2", "单位": "天"},
            "平均住院日缩短": {"数值": "0.4", "单位": "天"},
            "净增人数": {"数值": "18", "单位": "人"},
        },
    ),
    (
        "业务总收入为4296万元，较去年同期增长了21%。",
        "业务总收入为{{ 业务总收入 }}，较去年同期增长了{{ 业务总收入增长 }}。",
        {"业务总收入": {"数值": "4296", "单位": "万元"}, "业务总收入增长": {"数值": "21", "单位": "%"}},
    ),
    (
        "卫技人员350人，高级职称56人，占16.0%。",
        "卫技人员{{ 卫技人员 }}，高级职称{{ 高级职称 }}，占{{ 高级职称.占比(卫技人员)|小数(1) }}。",
        {"卫技人员": {"数值": "350", "单位": "人"}, "高级职称": {"数值": "56", "单位": "人"}},
    ),
    (
        "应接种5200剂次，接种疫苗4992剂次，接种率96.0%。",
        "应接种{{ 应接种 }}，接种疫苗{{ 接种疫苗 }}，接种率{{ 接种率 }}。",
        {
            "应接种": {"数值": "5200", "单位": "剂次"},
            "接种疫苗": {"数值": "4992", "单位": "剂次"},
            "接种率": {"公式": "接种疫苗 / 应接种", "单位": "%", "小数位": "1"},
        },
    ),
    (
        "培训210人（男84人、女126人）。",
        "培训{{ 培训人数 }}（男{{ 男培训人数 }}、女{{ 女培训人数 }}）。",
        {
            "培训人数": {"分项": ["男培训人数", "女培训人数"], "单位": "人"},
            "男培训人数": {"数值": "84", "单位": "人"},
            "女培训人数": {"数值": "126", "单位": "人"},
        },
    ),
    (
        "门诊12400人次、住院2300人次，合计14700人次。",
        "门诊{{ 门诊人次 }}、住院{{ 住院人次 }}，合计{{ 门诊人次 + 住院人次 }}。",
        {"门诊人次": {"数值": "12400", "单位": "人次"}, "住院人次": {"数值": "2300", "单位": "人次"}},
    ),
    (
        "乙类传染病报告较上年的240例减少36例，为204例。",
        "乙类传染病报告较上年的{{ 乙类传染病报告.上年 }}{{ 乙类传染病报告.增减 }}，为{{ 乙类传染病报告 }}。",
        {"乙类传染病报告": {"数值": "204", "单位": "例", "上年": "240"}},
    ),
    (
        "控制率由68.4%提高到71.2%。",
        "控制率由{{ 控制率原值 }}提高到{{ 控制率 }}。",
        {"控制率原值": {"数值": "68.4", "单位": "%"}, "控制率": {"数值": "71.2", "单位": "%"}},
    ),
    (
        "发放宣传册3万余份，投资20多亿元，占地约516.4亩，检测**.*万份。",
        "发放宣传册{{ 发放宣传册 }}，投资{{ 投资 }}，占地{{ 占地亩数 }}，检测{{ 检测份数 }}。",
        {
            "发放宣传册": {"数值": "3万", "约数": "余", "单位": "份"},
            "投资": {"数值": "20多亿", "单位": "元"},
            "占地亩数": {"数值": "516.4", "约数": "约", "单位": "亩"},
            "检测份数": {"数值": "**.*万", "单位": "份"},
        },
    ),
    (
        "门诊1,059人次，四家县级医院达标，报销比例为70%—75%。",
        "门诊{{ 门诊人次|千分位 }}，{{ 县级医院|中文 }}县级医院达标，报销比例为{{ 报销比例 }}。",
        {
            "门诊人次": {"数值": "1059", "单位": "人次"},
            "县级医院": {"数值": "4", "单位": "家"},
            "报销比例": {"区间": "70%—75%", "单位": "%"},
        },
    ),
    (
        "产前筛查4120人，筛查率96.5%。遗传病筛查4030人，筛查率94.4%。",
        "产前筛查{{ 产前筛查 }}，筛查率{{ 产前筛查率 }}。遗传病筛查{{ 遗传病筛查 }}，筛查率{{ 遗传病筛查率 }}。",
        {
            "产前筛查": {"数值": "4120", "单位": "人"},
            "产前筛查率": {"数值": "96.5", "单位": "%"},
            "遗传病筛查": {"数值": "4030", "单位": "人"},
            "遗传病筛查率": {"数值": "94.4", "单位": "%"},
        },
    ),
    (
        "村卫生室263家。全县村卫生室263家。",
        "村卫生室{{ 村卫生室 }}。全县村卫生室{{ 村卫生室 }}。",
        {"村卫生室": {"数值": "263", "单位": "家"}},
    ),
]


@pytest.mark.parametrize(("before", "after", "indicators"), CASES, ids=[before[:12] for before, _, _ in CASES])
def test_figures_become_indicators(before: str, after: str, indicators: dict[str, dict[str, object]]) -> None:
    """A text refers to its figures by their names; what can be derived is, where that prints the same."""
    found = imported(before)
    assert (texts(found), found.indicators) == ([after], indicators)
    assert printed(found) == [before]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("完成率为103％。", ["103％"]),
        ("比例为70—75%。", ["70—75%"]),
        ("另有18个。", ["18个"]),
        ("村医60人。村医75人。", ["75人"]),
    ],
)
def test_what_is_left_alone_is_told(text: str, numbers: list[str]) -> None:
    """A number that would print otherwise, or has no name, or another's, stays text and is told with a reason."""
    found = imported(text)
    assert [one.number for one in found.left_alone if one.why] == numbers
    assert printed(found) == [text]


def test_wrong_sums_and_rates_are_not_computed() -> None:
    """What the text says wrongly it says again: nothing is put right on the way."""
    text = "共有医疗机构212家，其中县级6家、乡镇级18家、村级178家；应接种5200剂次，接种疫苗4992剂次，接种率94.0%。"
    found = imported(text)
    assert not any("公式" in keys or "分项" in keys for keys in found.indicators.values())
    assert printed(found) == [text]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("卫技人员350人，高级职称56人，占16%。", "{{ 高级职称.占比(卫技人员) }}"),
        (
            "总收入200.5万元，其中医疗收入90.3万元，占比45%，药品收入60.2万元，占比30%，财政补助50万元，占比24.9%。",
            "{{ 财政补助.占比(总收入) }}",
        ),
        ("卫技人员350人，高级职称57人，占16%。", "{{ 高级职称占比 }}"),
        ("卫技人员350人，高级职称57人，占卫技人员的16%。", "{{ 高级职称.占比(卫技人员)|整 }}"),
        ("卫技人员350人，高级职称57人，占卫技人员的17%。", "{{ 高级职称占卫技人员比例 }}"),
    ],
)
def test_a_share_is_computed_where_that_is_sure(text: str, share: str) -> None:
    """Whole per cents fit by chance: what they are of must be said, or the division come out even."""
    found = imported(text)
    assert share in texts(found)[0]
    assert printed(found) == [text]


def test_a_rate_of_whole_per_cents_is_computed_where_it_comes_out_even() -> None:
    """80% of 1200 is 960; 33% is not 40 of 120."""
    assert imported("应到1200人，到会960人，到会率80%。").indicators["到会率"]["公式"] == "到会人数 / 应到人数"
    assert "公式" not in imported("应到120人，到会40人，到会率33%。").indicators["到会率"]


@pytest.mark.parametrize("target", ["约1000座", "1,000座", "1000余座"])
def test_a_target_that_would_print_otherwise_is_none(target: str) -> None:
    """About so many, or with separators, is not what the key 目标 prints."""
    text = f"改厕任务{target}，完成改厕1059座。"
    found = imported(text)
    assert found.indicators == {"改厕": {"数值": "1059", "单位": "座"}}
    assert [one.number for one in found.left_alone] == [target]
    assert printed(found) == [text]


@pytest.mark.parametrize(
    "text", ["改厕{{36座，完成。", "模板写“{ 改厕 }”，完成改厕36座。", "填报[[改厕]]36座。", "改厕}}36座"]
)
def test_texts_with_braces_stay_as_they_are(text: str) -> None:
    """A text that holds braces is not touched, and no name is given that it holds in brackets."""
    found = imported("完成改厕36座。", text)
    assert texts(found)[1] == text
    assert [one.number for one in found.left_alone if "花括号" in one.why] == ["36座"] * text.count("36座")
    assert "改厕" not in found.indicators or "改厕" not in text


def test_a_literal_reference_is_printed_as_it_was() -> None:
    """Braces that were escaped before still print as braces beside texts with figures."""
    draft = drafts.mapped(Draft(content=("写“{{ 名称 }}”。", "完成改厕36座。")), tree.escaped)
    assert printed(with_figures(draft, WORDS)) == ["写“{{ 名称 }}”。", "完成改厕36座。"]


def test_all_running_texts_are_looked_at(place: Position) -> None:
    """Paragraphs, points, items, tasks, titles and closings refer to indicators; tables and dates do not."""
    table = Table(rows=((TableCell("床位120张"),),), caption="床位")
    section = Section(
        place,
        title="改厕1座",
        content=(
            Points(("建档2份", Parts(("签约3人，", Points(("随访4人",))))), lead="购置设备5台：", closing="接种6人。"),
            Items(("义诊7场。", Task("讲座8场", deadline="9月9日", problem="缺口医生10人"))),
            table,
        ),
        sections=("检查11次。",),
        closing=("罚款12元。",),
    )
    found = with_figures(Draft(year=2022, lead=("门诊13人次。",), sections=(section,)), WORDS)
    values = sorted(int(str(keys["数值"])) for keys in found.indicators.values())
    assert values == [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13]
    (inside,) = found.draft.sections
    assert isinstance(inside, Section)
    assert inside.content[2] == table
    assert [(one.words, one.why) for one in found.left_alone] == [("床位", "表格里的数照印")]


def test_what_is_left_alone_knows_its_section(place: Position) -> None:
    """A number that stays text is told with the place of its section and the words around it."""
    found = with_figures(Draft(sections=(Section(place, content=("另有18个。",)),)), WORDS)
    assert [(one.place, one.words) for one in found.left_alone] == [(place, "另有18个。")]


def test_next_years_target_is_none_of_what_was_done(place: Position) -> None:
    """A target among the plans is an indicator of its own, or stays text: it is not what this year is measured by."""
    done = Section(place, content=("完成改厕1059座。",))
    for plan in (Draft(sections=(done,), plans=("改厕任务1200座。",)), Draft(sections=(done, planned(place)))):
        found = with_figures(plan, WORDS)
        assert found.indicators["改厕"] == {"数值": "1059", "单位": "座"}
    same = with_figures(Draft(sections=(done, Section(place, content=("改厕任务1200座。",)))), WORDS)
    assert same.indicators["改厕"] == {"数值": "1059", "单位": "座", "目标": "1200"}


def planned(place: Position) -> Section:
    """Return a section of plans with a target."""
    return Section(place, content=("改厕任务1200座。",), role="计划")


@pytest.fixture
def place() -> Position:
    """Return a place in a manuscript."""
    from healthreport.diagnostics import Position

    return Position("去年.docx", 3, 1)


NAMES = "农村改厕 签约人数 高血压患者规范管理率 门诊收入 “两癌”筛查 65岁以上老年人体检 村卫生室"
UNITS = "座 人 人次 % 万元 ‰ /10万 平方米 元/人 万人 个百分点"
PHRASES = """
    完成{name}{number}{unit} {name}达到{number}{unit} {name}为约{number}{unit} 选派{number}{unit}{name}
    同比增长{number}% {name}任务{number}{unit} 上年{number}{unit} 占{number}% 占{name}的{number}% 超额{number}{unit}
    完成年度任务的{number}% 其中{name}{number}{unit} 合计{number}{unit} {name}由{number}{unit}增至{number}{unit}
    （{name}{number}{unit}） 较上年减少{number}{unit} 分别为{number}{unit}、{number}{unit} {name}{number}{unit}以上
    接种率{number}% 无 第{number}次 {{{{{name}}}}}
"""
NUMBERS = st.one_of(
    st.integers(0, 99999).map(str),
    st.integers(1000, 9_999_999).map("{:,}".format),
    st.decimals(0, 9999, places=1).map(str),
    st.decimals(0, 99, places=2).map(str),
    st.integers(1, 99).map("{}.*".format),
    st.integers(1, 99).map("{}万余".format),
)
MARKS = st.sampled_from(["，", "。", "；", "、", ""])


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    """Return a paragraph of phrases about known figures."""
    names, units = st.sampled_from(NAMES.split()), st.sampled_from(UNITS.split())
    parts = []
    for _ in range(draw(st.integers(1, 8))):
        phrase = draw(st.sampled_from(PHRASES.split()))
        parts += [phrase.format(name=draw(names), number=draw(NUMBERS), unit=draw(units)), draw(MARKS)]
    return "".join(parts).strip("、，；") + "。"


@settings(max_examples=150, deadline=None)
@given(st.lists(paragraphs(), min_size=1, max_size=4))
def test_what_is_printed_does_not_change(before: Sequence[str]) -> None:
    """Whatever became an indicator, every paragraph prints as it came in, and every indicator is referred to."""
    draft = drafts.mapped(Draft(content=tuple(before)), tree.escaped)
    found = with_figures(draft, WORDS)
    assert printed(found) == [*before]
    written = " ".join(texts(found))
    assert all(f"{{{{ {name}" in written for name in found.indicators)


@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES.split()), st.integers(2, 9999)),
        min_size=1,
        max_size=5,
        unique_by=lambda one: one[0],
    )
)
def test_known_figures_are_found_again(figures: Sequence[tuple[str, int]]) -> None:
    """Sentences made of figures give these figures back, under their names."""
    found = imported("，".join(f"{name}{value}人" for name, value in figures) + "。")
    assert found.indicators == {name: {"数值": str(value), "单位": "人"} for name, value in figures}
