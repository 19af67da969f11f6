"""Figures: what ``{{ }}`` and 公式 print, and what is said where they cannot.

``tests/figures/*.yaml`` is the table: 指标 (indicators), 写 (a text), 得 (what it must print) or 错 (the
id of the one mistake it must give).
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from healthreport.checking.rules.report.gaps import GAP
from healthreport.diagnostics import Diagnostic, Severity
from healthreport.trees.document import Paragraph, Run, Table
from helpers import UNTITLED, body, compose, mistakes

if TYPE_CHECKING:
    from conftest import Cli

FIGURES = Path(__file__).parent / "figures"
OPENING = UNTITLED + "年度: 2022\n单位: 清河区卫生健康局\n"
# Mistakes in what an indicator itself says: no draft can be made of it.
OF_THE_INDICATOR = {
    *("bad-number", "bad-name", "bad-parts", "not-a-choice", "two-values", "unknown-key", "parts-do-not-add-up")
}


class Case(NamedTuple):
    """One line of the table."""

    file: str
    what: str
    report: str
    printed: str
    mistake: str


def cases() -> list[Case]:
    """Return the table."""
    found = []
    for path in sorted(FIGURES.glob("*.yaml")):
        for one in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader):  # noqa: S506
            written = {"指标": one["指标"], "内容": [one["写"]]}
            report = OPENING + yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=1000)
            found.append(Case(path.stem, one["说明"], report, one.get("得", ""), one.get("错", "")))
    return found


CASES = cases()
WRITTEN = [pytest.param(one, id=f"{one.file}：{one.what}") for one in CASES]
WRONG = [pytest.param(one, id=f"{one.file}：{one.what}") for one in CASES if one.mistake]


@pytest.mark.parametrize("case", WRITTEN)
def test_table(case: Case) -> None:
    """A case prints what it must, or gives its one mistake, with a place in the file and a way out."""
    found = mistakes(case.report)
    if not case.mistake:
        assert not found, case
        assert body(case.report.removeprefix(UNTITLED)) == [case.printed], case
        return
    assert [one.id for one in found] == [case.mistake], case
    (mistake,) = found
    line = case.report.splitlines()[mistake.position.line - 1]
    assert 0 < mistake.position.column <= len(line)
    assert mistake.position.column + mistake.position.width <= len(line) + 2
    assert mistake.message.endswith(("。", "？"))
    assert mistake.hint or mistake.message.endswith("？")


@pytest.mark.parametrize("case", WRONG)
def test_table_in_a_draft(case: Case) -> None:
    """A draft warns and shows a blank where there is no value; an indicator that cannot be read stays a mistake."""
    found = mistakes(case.report, draft=True)
    if found:
        assert [one.id for one in found] == [case.mistake]
        assert case.mistake in OF_THE_INDICATOR
        return
    warnings = compose(case.report, draft=True).warnings
    assert [(one.id, one.severity) for one in warnings] == [(case.mistake, Severity.WARNING)]
    assert blanks(case.report)


@pytest.mark.parametrize(
    ("year", "said"), [("1987", "一九八七"), ("2034", "二〇三四"), ("2056", "二〇五六"), ("2078", "二〇七八")]
)
def test_years_in_chinese(year: str, said: str) -> None:
    """A year is written digit by digit, and nought as 〇."""
    (paragraph,) = compose(f"{UNTITLED}年度: {year}\n内容: '{{{{ 年度|中文 }}}}年'\n").document.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs == (Run(f"{said}年"),)


def test_the_table_covers_the_field() -> None:
    """No two cases say the same, each either prints or fails, and there are enough of them."""
    assert len(CASES) >= 80
    assert len({(one.file, one.what) for one in CASES}) == len(CASES)
    assert all(bool(one.printed) != bool(one.mistake) for one in CASES)


def runs(report: str) -> list[Run]:
    """Return the runs of a draft's paragraphs and tables."""
    found: list[Run] = []
    for block in compose(report, draft=True).document.blocks:
        if isinstance(block, Paragraph):
            found += [*(block.heading.runs if block.heading else ()), *block.runs]
        elif isinstance(block, Table):
            found += [run for row in block.rows for cell in row for run in cell.runs]
    return found


def blanks(report: str) -> int:
    """Return how many visible blanks a draft shows."""
    return sum(run.blank for run in runs(report))


def marked(report: str, mark: str = "^") -> tuple[str, dict[str, tuple[int, int, int]]]:
    """Take the marks out of a report; return it with line, column and width of what stood between each pair.

    A mark is ``^name[text]^``; ``^[text]^`` has the name ''.
    """
    places: dict[str, tuple[int, int, int]] = {}
    opening = re.compile(re.escape(mark) + r"(\w*)\[(.*?)\]" + re.escape(mark))
    while found := opening.search(report):
        line = report.count("\n", 0, found.start()) + 1
        column = found.start() - (report.rfind("\n", 0, found.start()) + 1) + 1
        places[found[1]] = (line, column, len(found[2]))
        report = report[: found.start()] + found[2] + report[found.end() :]
    return report, places


def place(one: Diagnostic) -> tuple[int, int, int]:
    """Return line, column and width of a diagnostic."""
    return one.position.line, one.position.column, one.position.width


def related(one: Diagnostic) -> list[tuple[int, int, int]]:
    """Return the related places of a diagnostic."""
    return [(other.position.line, other.position.column, other.position.width) for other in one.related]


PLACES = {
    "text": ("missing-value", "指标:\n  ^甲[农村改厕]^: {单位: 座}\n内容: 完成{{ ^[农村改厕]^ }}。\n"),
    "single-quotes": ("missing-value", "指标:\n  ^甲[改厕]^: {数值: 9}\n内容: '它''们{{^[改厕.同比]^}}。'\n"),
    "double-quotes": ("missing-value", '指标: {^甲[改厕]^: {}}\n内容: "增长\\t“\\u5916”{{  ^[改厕]^  }}"\n'),
    "second-line": ("missing-value", "指标:\n  ^甲[改厕]^:\n内容: |\n  一段。\n  至{{ 年度 }}年，{{ ^[改厕]^ }}。\n"),
    "cell": ("missing-value", "指标: {^甲[全]^: {}}\n内容: {表格: {行: [[一, 二], [三, '共{{ ^[全]^ }}']]}}\n"),
    "attachment": ("missing-value", "指标: {^甲[全]^: {}}\n附件: {标题: 表, 内容: {分述: [一, '有{{ ^[全]^ }}']}}\n"),
    "formula": ("missing-value", "指标: {^甲[全]^: {}, 半: {公式: ^[全]^ / 2}}\n内容: 共{{ 半 }}、{{ 半.同比 }}\n"),
    "masked": ("opaque-operand", "指标: {^甲[改厕]^: {数值: 9, 上年: '*'}}\n内容: 增长{{ ^[改厕.增减]^ }}\n"),
    "about": ("opaque-operand", "指标:\n  ^甲[全]^: {数值: 约9}\n  半: {公式: 2 × (3 + ^[全]^)}\n内容: 共{{ 半 }}\n"),
    "zero": ("zero-operand", "指标: {^甲[改厕]^: {数值: 0}}\n内容: 比例{{ 3 / ^[改厕]^ }}\n"),
    "units": (
        "unit-mismatch",
        "指标: {^甲[人]^: {数值: 1, 单位: 人}, ^乙[钱]^: {数值: 1, 单位: 元}}\n内容: 共{{ ^[人 + 钱]^|整 }}\n",
    ),
    "bound": ("bound-target", "指标: {^甲[率]^: {数值: 1, 目标: ≤2}}\n内容: 共{{ ^[率.完成率]^ }}\n"),
    "parts": ("parts-do-not-add-up", "指标: {^甲[全]^: {数值: 1, 分项: [半]}, 半: {数值: 2}}\n内容: 共{{ ^[全]^ }}\n"),
    "part": ("unknown-name", "指标: {全: {分项: [^[半]^]}}\n内容: 共{{ 全 }}、{{ 全 }}\n"),
}


@pytest.mark.parametrize(("id", "report"), PLACES.values(), ids=PLACES.keys())
def test_places(id: str, report: str) -> None:
    """A mistake stands at the reference, or at the part that there is not; indicators it is about are named beside."""
    report, places = marked(OPENING + report)
    (mistake,) = mistakes(report)
    assert mistake.id == id
    assert place(mistake) == places.pop("")
    assert related(mistake) == list(places.values())
    for other in mistake.related:
        line = report.splitlines()[other.position.line - 1]
        name = line[other.position.column - 1 :][: other.position.width]
        assert f"“{name}”" in other.message


@pytest.mark.parametrize("draft", [False, True], ids=["final", "draft"])
def test_one_mistake_of_a_formula(draft: bool) -> None:
    """A mistake in a formula is told once, in the formula, however often its value is asked for."""
    indicators = (
        "指标:\n  甲: {单位: 人}\n  丙: {公式: ^[甲]^ / 2, 单位: 人, 上年: 3}\n  丁: {公式: 丙 * 3, 单位: 人}\n"
    )
    content = "内容:\n- 共{{ 丙 }}、{{ 丙.同比 }}、{{ 丁 }}\n- 指标表: {指标: [丙, 丁]}\n- 又{{ 丙 + 丁 }}\n"
    report, places = marked(OPENING + indicators + content)
    found = compose(report, draft=True, rules=(GAP,)).warnings if draft else mistakes(report)
    assert [(one.id, place(one)) for one in found] == [("missing-value", places[""])]


def test_draft() -> None:
    """A draft prints a blank for each reference without a value and all else as it stands."""
    report = OPENING + (
        "指标: {甲: {单位: 人}, 乙: {数值: '**', 单位: 人}, 丙: {数值: 3, 单位: 人}}\n"
        "内容: 共{{ 甲 }}、{{ 乙.同比 }}、{{ 甲 + 丙 }}、{{ 丁 }}、{{ 丙 }}、{{ 乙 }}。\n"
    )
    found = runs(report)
    assert [run.text for run in found if not run.blank] == ["共", "、", "、", "、", "、3人、**人。"]
    room = "\xa0" * 4  # a mark behind it may not begin a line
    assert {run.text for run in found if run.blank} == {f"【甲：{room}人】", f"【乙.同比：{room}】", f"【丁：{room}】"}
    warnings = compose(report, draft=True).warnings
    assert {one.severity for one in warnings} == {Severity.WARNING}
    assert sorted(one.id for one in warnings) == ["missing-value", "missing-value", "opaque-operand", "unknown-name"]
    assert [(one.id, place(one)) for one in mistakes(report)] == sorted(
        ((one.id, place(one)) for one in warnings), key=lambda one: one[1]
    )


def test_draft_in_a_title_a_table_and_a_heading() -> None:
    """The blank is visible wherever the reference stands."""
    report = OPENING.replace("标题: 无", "标题: '{{ 甲 }}总结'") + (
        "指标: {甲: }\n章节: [{标题: '建成{{ 甲 }}', 接排: 是, 内容: '共{{ 甲 }}'}]\n"
        "内容: {表格: {行: [['{{ 甲 }}', 1]]}}\n"
    )
    assert blanks(report) == 4


@pytest.mark.parametrize(
    ("indicators", "chain", "names"),
    [
        ("甲: {公式: 甲 + 1}", "甲 → 甲", ["甲"]),
        ("甲: {公式: 乙}, 乙: {公式: 1 - 甲}", "甲 → 乙 → 甲", ["甲", "乙"]),
        ("甲: {公式: 乙}, 乙: {公式: '合计(丙, 2)'}, 丙: {公式: 乙 / 2}", "乙 → 丙 → 乙", ["乙", "丙"]),
        ("甲: {分项: [乙]}, 乙: {公式: 甲}", "甲 → 乙 → 甲", ["甲", "乙"]),
        ("甲: {分项: [乙]}, 乙: {分项: [甲]}", "甲 → 乙 → 甲", ["甲", "乙"]),
    ],
    ids=["itself", "two", "behind", "part-and-formula", "parts"],
)
def test_formula_cycle(indicators: str, chain: str, names: list[str]) -> None:
    """A formula that comes back to itself is told once, with the whole chain and every place on it."""
    report = OPENING + "指标: {" + indicators + "}\n内容: 共{{ 甲 }}\n"
    (mistake,) = mistakes(report)
    assert mistake.id == "formula-cycle"
    assert chain in mistake.message
    told = {re.findall("“(.*?)”", other.message)[0] for other in mistake.related}
    assert told >= set(names)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("农村改侧", "农村改厕"),
        ("高血压规范管理", "高血压规范管理率"),
        ("65岁老年人体检率", "65岁以上老年人体检率"),
        ("年庋", "年度"),
    ],
)
def test_did_you_mean(written: str, meant: str) -> None:
    """An unknown name is told with the known name it is most like."""
    report, places = marked(
        OPENING
        + "指标: {农村改厕: {数值: 1}, 高血压规范管理率: {数值: 2}, 65岁以上老年人体检率: {数值: 3}}\n"
        + f"内容: 共{{{{ 2 * ^[{written}]^ }}}}\n"
    )
    (mistake,) = mistakes(report)
    assert (mistake.id, place(mistake)) == ("unknown-name", places[""])
    assert f"是否为“{meant}”？" in mistake.message


def test_unknown_name_without_a_likeness() -> None:
    """Where no name is alike, those that may be used are listed."""
    (mistake,) = mistakes(OPENING + "指标: {农村改厕: {数值: 1}}\n内容: 共{{ ABC }}\n")
    assert "是否为" not in mistake.message
    assert "农村改厕" in mistake.hint
    assert mistake.hint.endswith("等15个。")


def test_unknown_derived_lists_the_parts() -> None:
    """What may stand behind the point is listed, the indicator's parts among it."""
    (mistake,) = mistakes(OPENING + "指标: {诊疗: {分项: {门诊: 1, 住院: 2}}}\n内容: 共{{ 诊疗.急诊 }}\n")
    assert mistake.id == "unknown-derived"
    derived = "完成率、超额、同比、增减、占比、倍数、达标"
    assert mistake.message == f"没有“.急诊”，可以用：{derived}、数值、单位、目标、上年、截至、说明、门诊、住院。"


def test_all_mistakes_at_once() -> None:
    """Mistakes in texts, tables, formulas and attachments come in one run."""
    report = OPENING + (
        "指标: {甲: , 乙: {公式: 甲 + 戊}, 丙: {公式: 丙}}\n"
        "内容: ['{{ 甲 }}', '{{ 乙 }}', '{{ 丙 }}', {表格: {行: [['{{ 丁 }}', '{{ 1 + }}']]}}]\n"
        "附件: {标题: 表, 内容: '{{ 甲.同比 }}'}\n"
    )
    found = sorted(one.id for one in mistakes(report))
    assert found.count("unknown-name") >= 1
    assert set(found) == {"missing-value", "formula-cycle", "unknown-name", "expression-syntax"}
    assert len(found) >= 6


def test_an_unused_formula_is_checked() -> None:
    """What is wrong with a formula itself is told before anyone asks for its value; what is only missing is not."""
    report = OPENING + "指标: {甲: , 乙: {公式: 甲 + 1}, 丙: {公式: 甲 + }, 丁: {公式: 无此 / 2}}\n内容: 一段。\n"
    assert sorted(one.id for one in mistakes(report)) == ["expression-syntax", "unknown-name"]


@pytest.mark.parametrize("key", ["数值", "目标", "上年"])
def test_a_comma_in_braces(key: str) -> None:
    """``{数值: 1,059}`` is 1 and a key 059 to YAML; it is a mistake at the comma's digits, never a 1."""
    report = OPENING + f"指标: {{甲: {{{key}: 1,059, 单位: 座}}}}\n内容: 一段。\n"
    (mistake,) = mistakes(report)
    assert (mistake.id, mistake.position.line) == ("unknown-key", 5)
    assert report.splitlines()[4][mistake.position.column - 1 :].startswith("059")


def test_no_code_in_values() -> None:
    """A value is never read as an expression again."""
    report = OPENING + "指标: {甲: {数值: '*{{ 年度 }}*', 单位: '{{ 年度 }}'}}\n内容: 共{{ 甲 }}\n"
    found = mistakes(report)
    assert found or "2022" not in "".join(body(report.removeprefix(UNTITLED)))


LISTED = """\
体裁: 通用
标题: 无
指标:
  改厕: {数值: 1236, 单位: 座, 目标: 1200, 上年: 1150}
  建档: {单位: 份, 目标: 900, 上年: 800}
  死亡率: {数值: 20, 单位: /10万, 目标: ≤22, 上年: 0, 越低越好: 是}
  半: {公式: 改厕 / 2, 单位: 座}
  错: {公式: 改厕 / 0, 单位: 座}
"""


def test_listing(cli: Cli, here: Path) -> None:
    """``figures`` shows every indicator with all that can be derived from it, and leaves empty what cannot."""
    (here / "a.yaml").write_text(LISTED, encoding="utf-8")
    result = cli("figures", "a.yaml", "--format", "csv")
    assert (result.code, result.out.splitlines()) == (
        0,
        [
            "指标,单位,数值,目标,上年,完成率,超额,同比,增减,倍数,达标,公式,位置,未用",
            "改厕,座,1236座,1200座,1150座,103%,36座,增长7.5%,增加86座,1.1倍,达标,,a.yaml:4:3,是",
            "建档,份,,900份,800份,,,,,,,,a.yaml:5:3,是",
            "死亡率,/10万,20/10万,≤22/10万,0/10万,,,,上升20/10万,,达标,,a.yaml:6:3,是",
            "半,座,618座,,575座,,,增长7.5%,增加43座,1.1倍,,改厕 / 2,a.yaml:7:3,是",
            "错,座,,,,,,,,,,改厕 / 0,a.yaml:8:3,是",
        ],
    )
    assert "a.yaml:8:16: 警告 除数是零。 [zero-operand]" in result.err
    listed = cli("figures", "a.yaml", "--format", "json").out
    assert listed.startswith('[\n  {\n    "指标": "改厕",\n')
    rows = json.loads(listed)
    assert [row["倍数"] for row in rows] == ["1.1倍", "", "", "1.1倍", ""]


def test_listing_shows_columns_that_say_something(cli: Cli, here: Path) -> None:
    """The table on the console has no column in which nothing stands."""
    (here / "a.yaml").write_text(
        f'{UNTITLED}指标: {{改厕: {{数值: 9, 目标: 3}}}}\n内容: "{{{{ 改厕 }}}}"\n', encoding="utf-8"
    )
    assert cli("figures", "a.yaml").out.split() == [
        *("指标", "数值", "目标", "完成率", "超额", "达标", "位置"),
        *("改厕", "9", "3", "300%", "6", "达标", "a.yaml:3:6"),
    ]
    (here / "a.yaml").write_text(f"{UNTITLED}内容: 甲\n", encoding="utf-8")
    assert cli("figures", "a.yaml").out.split() == ["指标"]


UNITS = st.sampled_from(["", "座", "人次", "元", "万元", "亿元", "%", "‰", "/10万"])
AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=3, allow_nan=False, allow_infinity=False)


@st.composite
def equal_amounts(draw: st.DrawFn) -> tuple[str, str]:
    """Return one amount written in two ways."""
    amount = draw(AMOUNTS)
    grouped = f"{amount:,f}"
    wide = f"{amount:f}".translate({ord("0") + n: ord("０") + n for n in range(10)})
    return draw(st.sampled_from([f"{amount:f}", grouped, wide])), f"{amount:f}000"


@given(equal_amounts(), UNITS)
def test_equal_is_the_same(amounts: tuple[str, str], unit: str) -> None:
    """同比 and 增减 of equal values are 持平, however they are written."""
    written = f"数值: '{amounts[0]}', 单位: '{unit}', 上年: '{amounts[1]}'"
    assert body(f"指标: {{甲: {{{written}}}}}\n内容: 同{{{{ 甲.同比 }}}}增{{{{ 甲.增减 }}}}\n") == ["同持平增持平"]


@st.composite
def two_amounts(draw: st.DrawFn) -> tuple[Decimal, Decimal]:
    """Return two amounts that are not equal, now and then by very little."""
    first = draw(AMOUNTS)
    second = draw(AMOUNTS | st.sampled_from([first + Decimal("0.001"), first + 1, first * 2]))
    assume(first != second)
    return (first, second) if draw(st.booleans()) else (second, first)


@given(two_amounts(), UNITS)
def test_different_is_never_the_same(amounts: tuple[Decimal, Decimal], unit: str) -> None:
    """同比 and 增减 of different values say rise or fall by more than nothing, never 持平."""
    now, last = amounts
    written = f"数值: '{now}', 单位: '{unit}', 上年: '{last}'"
    report = f"指标: {{甲: {{{written}}}}}\n内容: 同{{{{ 甲.同比 }}}}增{{{{ 甲.增减 }}}}\n"
    if not last and unit not in ("%", "‰"):
        assert [one.id for one in mistakes(UNTITLED + report)] == ["zero-operand"]
        return
    (line,) = body(report)
    assert "持平" not in line
    for number in re.findall(r"\d+(?:\.\d+)?", line.replace("/10万", "")):
        assert Decimal(number) > 0, line


PARTS = st.lists(st.tuples(AMOUNTS, st.sampled_from(["元", "万元", "亿元"])), min_size=1, max_size=6)


@given(PARTS)
def test_parts_equal_the_total(parts: list[tuple[Decimal, str]]) -> None:
    """The total of parts given by name equals their sum, as a formula, as a function and as a value."""
    names = [f"分{n}" for n in range(len(parts))]
    named = "".join(
        f"  {name}: {{数值: '{one}', 单位: {unit}}}\n" for name, (one, unit) in zip(names, parts, strict=True)
    )
    report = (
        f"指标:\n{named}  总: {{单位: 元, 分项: [{', '.join(names)}], 小数位: 3}}\n"
        f"  式: {{公式: {' + '.join(names)}, 单位: 元, 小数位: 3}}\n"
        f"  函: {{公式: '合计({', '.join(names)})', 单位: 元, 小数位: 3}}\n"
        "内容: '{{ 总 }} {{ 式 }} {{ 函 }}'\n"
    )
    (line,) = body(report)
    total, formula, function = line.split()
    assert total == formula == function
    given_back = report.replace("总: {单位", f"总: {{数值: {total}, 单位")
    assert body(given_back) == [line]
    plus_one = report.replace("总: {单位", f"总: {{数值: 1{total}, 单位")
    assert [one.id for one in mistakes(UNTITLED + plus_one)] == ["parts-do-not-add-up"]


NAMES = st.sampled_from(["年度", "单位", "日期", "甲", "乙", "率", "空", "遮", "和", "区间"])
DERIVED_WORDS = st.sampled_from(
    [
        "完成率",
        "超额",
        "同比",
        "增减",
        "占比",
        "倍数",
        "达标",
        "数值",
        "单位",
        "目标",
        "上年",
        "截至",
        "说明",
        "子",
        "乙",
    ]
)
FORMATS = st.sampled_from(["", "", "", "|万", "|亿", "|整", "|千分位", "|中文", "|数", "|小数(2)", "|小数(9)", "|无"])
MANY_KINDS = """指标:
  甲: {数值: 12, 单位: 人, 目标: 10, 上年: 8}
  乙: {数值: 0, 单位: 万人, 目标: ≤3, 上年: 0}
  率: {公式: 甲 / 乙, 单位: "%"}
  空: {单位: 个, 说明: "{{ 甲 }}"}
  遮: {数值: "1**", 单位: 人}
  和: {分项: {子: 3, 丑: 4}, 单位: 件, 上年: -2}
  区间: {区间: 3—5, 单位: 次}
日期: 2022-12-30
"""


def expressions() -> st.SearchStrategy[str]:
    """Return expressions of every form, most of which make no sense."""
    atoms = NAMES | st.integers(0, 99).map(str) | st.builds("{}.{}".format, NAMES, DERIVED_WORDS)

    def longer(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return (
            st.builds("{} {} {}".format, inner, st.sampled_from("+-×÷"), inner)
            | st.builds("{}({}, {})".format, st.sampled_from(["合计", "最大", "最小"]), inner, inner)
            | st.builds("{}.占比({})".format, NAMES, inner)
            | st.builds("-({})".format, inner)
        )

    return st.builds("{}{}".format, st.recursive(atoms, longer, max_leaves=5), FORMATS)


@given(expressions())
def test_an_expression_prints_or_is_told(expression: str) -> None:
    """Whatever an expression puts together, it prints something or is told as a mistake at its place."""
    written = f"{OPENING}{MANY_KINDS}内容: 共{{{{ {expression} }}}}。\n"
    found = mistakes(written)
    lines = [number for number, line in enumerate(written.split("\n"), 1) if "公式" in line or "{{" in line]
    assert all(one.position.line in lines for one in found)
    if not found:
        assert re.fullmatch("共.+。", body(written.removeprefix(UNTITLED))[0])


@pytest.mark.parametrize(("value", "printed"), [("100", "1倍"), ("97", "0.97倍"), ("102", "1.02倍"), ("150", "1.5倍")])
def test_one_time_is_said_of_what_is_the_same_alone(value: str, printed: str) -> None:
    """Rounding never says 1倍 of what grew or fell, as it never says 100%."""
    assert body(f"指标: {{甲: {{数值: {value}, 上年: 100}}}}\n内容: '{{{{ 甲.倍数 }}}}。'\n") == [f"{printed}。"]


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("甲率 - 乙率", "单位: 个百分点"),
        ("甲率 + 乙率", '单位: "%"'),
        ("死亡率 - 死亡率", "单位: /10万"),
        ("钱 + 钱", "单位: 万元"),
        ("钱 / 人", "单位: 元/人"),
    ],
)
def test_a_formula_without_its_unit_says_what_to_add(formula: str, wanted: str) -> None:
    """What would be another number without its unit is no number; the way out is what to write."""
    report = (
        UNTITLED + '指标:\n  甲率: {数值: 80, 单位: "%"}\n  乙率: {数值: 70, 单位: "%"}\n'
        "  死亡率: {数值: 20, 单位: /10万}\n  钱: {数值: 3, 单位: 万元}\n  人: {数值: 10, 单位: 人}\n"
        f"  得数: {{公式: {formula}}}\n内容: '{{{{ 得数 }}}}'\n"
    )
    (found,) = mistakes(report)
    assert found.id == "unit-mismatch"
    assert f"“{wanted}”" in found.hint
