"""``[[…]]`` is printed where its figures are there, and what it leaves empty goes with it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport import pipeline
from healthreport.composing import templating
from healthreport.diagnostics import Severity
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.writing import plain
from helpers import GENERAL, RESOURCES, UNTITLED, body, compose, lines, mistakes, text
from test_sharing import outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Cli


class Clause(NamedTuple):
    """A clause: its words, and what each ``{{ }}`` behind them says."""

    words: str
    codes: tuple[str, ...]


Pieces = tuple[str | Clause, ...]
# What each expression needs. 丙 is computed of 甲 and 乙; 丁 of 甲, with a 上年 of its own or of 甲; 戊 is nowhere.
NEEDS = {
    "甲": {"甲"},
    "乙 | 数": {"乙"},
    "甲.同比": {"甲", "甲上年"},
    "甲.完成率": {"甲", "甲目标"},
    "甲 + 乙": {"甲", "乙"},
    "丙": {"甲", "乙"},
    "丁.同比": {"甲", "丁上年"},
    "丙.同比": {"甲", "乙", "丙上年"},
    "截至": {"截至"},
    "年度": set(),
    "戊": {"戊"},
}
GIVEN = ("甲", "甲上年", "甲目标", "乙", "乙上年", "丙上年", "截至")
WORDS = st.text("子丑寅，；、注（）", min_size=1, max_size=4)
PIECES = st.lists(
    WORDS | st.builds(Clause, WORDS, st.lists(st.sampled_from([*NEEDS]), min_size=1, max_size=2).map(tuple)),
    min_size=1,
    max_size=4,
).map(tuple)
SECTION = st.fixed_dictionaries(
    {
        "标题": st.just(("节",)) | PIECES.filter(lambda pieces: isinstance(pieces[0], str)),
        "内容": st.lists(PIECES, min_size=1, max_size=3),
        "分述": st.lists(PIECES, max_size=3),
        "条目": st.lists(PIECES, max_size=3),
        "表": PIECES,
    }
)


def written(pieces: Pieces) -> str:
    """Return a text as a user writes it."""
    return "".join(one if isinstance(one, str) else f"[[{said(one)}]]" for one in pieces)


def said(clause: Clause) -> str:
    """Return the inside of a clause."""
    return clause.words + "".join(f"{{{{ {code} }}}}" for code in clause.codes)


def with_computed(given: frozenset[str]) -> frozenset[str]:
    """Return what there is, with the 上年 that are computed of others."""
    found = {"丁上年"} if "甲上年" in given else set()
    return given | found | ({"丙上年"} if {"甲上年", "乙上年"} <= given else set())


def kept(pieces: Pieces, given: frozenset[str]) -> str:
    """Return what a user would write who knew what there is."""
    left = [
        one if isinstance(one, str) else said(one)
        for one in pieces
        if isinstance(one, str) or set().union(*(NEEDS[code] for code in one.codes)) <= with_computed(given)
    ]
    return "".join(left).strip()


def section_of(section: dict[str, Any], write: Callable[[Pieces], str]) -> dict[str, Any] | None:
    """Return a section as YAML has it, its texts written so; without what is left empty."""

    def texts(key: str) -> list[str]:
        return [words for pieces in section[key] if (words := write(pieces))]

    content: list[Any] = ["\n".join(found)] if (found := texts("内容")) else []
    if points := texts("分述"):
        content.append({"引语": "做法：", "分述": points})
    if items := texts("条目"):
        content.append({"样式": "1.", "条目": items})
    return {"标题": write(section["标题"]), "内容": content} if content else None


def report(sections: list[dict[str, Any]], write: Callable[[Pieces], str]) -> str:
    """Return the body of a report, with a section that always stays and a table."""
    found = [made for one in sections if (made := section_of(one, write))]
    rows = [[write(one["表"]), "格"] for one in sections]
    found.append({"标题": "表", "内容": [{"表格": {"行": rows}}]})
    return f"章节: {json.dumps(found, ensure_ascii=False)}\n"


def figures(given: frozenset[str]) -> str:
    """Return the figures that are given."""
    number = {"甲": "数值: 12", "甲上年": "上年: 10", "甲目标": "目标: 20"}
    of_one = ", ".join(words for name, words in number.items() if name in given)
    of_other = ", ".join(words for name, words in {"乙": "数值: 5", "乙上年": "上年: 4"}.items() if name in given)
    last = "  丙: {上年: 15}\n" if "丙上年" in given else ""
    return f"  甲: {{{of_one}}}\n  乙: {{{of_other}}}\n{last}"


HEAD = "体裁: 通用\n标题: 情况\n年度: 2022\n"
ALL = frozenset(GIVEN)
SOME = st.frozensets(st.sampled_from(GIVEN))


BASE_FIGURES = (
    "指标:\n  甲: {单位: 人, 小数位: 0}\n  乙: {单位: 人}\n"
    "  丙: {公式: 甲 + 乙, 单位: 人}\n  丁: {公式: 甲 × 2, 单位: 人}\n"
)
GIVEN_SETS = st.frozensets(st.sampled_from(GIVEN))


def own(given: frozenset[str]) -> str:
    """Return what a report says that has these figures."""
    return ("截至: 六月\n" if "截至" in given else "") + "指标:\n" + figures(given)


def whole(sections: list[dict[str, Any]], write: Callable[[Pieces], str], given: frozenset[str]) -> str:
    """Return a report that stands on no other."""
    said = own(given).replace("甲: {", "甲: {单位: 人, 小数位: 0, ").replace("乙: {", "乙: {单位: 人, ")
    said = said.replace("丙: {", "丙: {公式: 甲 + 乙, 单位: 人, ")
    said += "" if "丙上年" in given else "  丙: {公式: 甲 + 乙, 单位: 人}\n"
    return f"{HEAD}{said}  丁: {{公式: 甲 × 2, 单位: 人}}\n{report(sections, write)}"


SECTIONS = st.lists(SECTION, min_size=1, max_size=3)


@settings(deadline=None, max_examples=200)
@given(SECTIONS, GIVEN_SETS)
def test_what_is_printed(sections: list[dict[str, Any]], given: frozenset[str]) -> None:
    """A report reads as if somebody had written it who knew which figures there are, labels and all."""
    expected = text(whole(sections, lambda pieces: kept(pieces, given), given))
    assert text(whole(sections, written, given)) == expected


@settings(deadline=None, max_examples=50)
@given(SECTIONS, GIVEN_SETS)
def test_a_draft_prints_clauses_with_their_blanks(sections: list[dict[str, Any]], given: frozenset[str]) -> None:
    """In a draft nothing is left out."""

    def bare(pieces: Pieces) -> str:
        return "".join(one if isinstance(one, str) else said(one) for one in pieces)

    expected = text(whole(sections, bare, given), draft=True)
    assert text(whole(sections, written, given), draft=True) == expected


@settings(deadline=None, max_examples=80)
@given(SECTIONS, st.lists(GIVEN_SETS, min_size=2, max_size=4), st.booleans())
def test_shared_is_as_alone(sections: list[dict[str, Any]], towns: list[frozenset[str]], draft: bool) -> None:
    """Reports on one base, whatever each of them lacks, give the bytes and messages that each gives by itself."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "base.yaml").write_text(HEAD + BASE_FIGURES + report(sections, written), "utf-8")
        shared = Reader()
        for number, given in enumerate([*towns, towns[0]]):
            path = folder / f"{number}.yaml"
            path.write_text(f"继承: base.yaml\n单位: {number}镇\n{own(given)}", "utf-8")
            apart = Reader()
            tree = inherit.load(path, apart).tree
            expected = outcome(inherit.Inherited(path, lambda tree=tree: tree), apart, draft=draft)  # type: ignore[misc]
            assert outcome(inherit.load(path, shared), shared, draft=draft) == expected


def test_which_lines_are_left_is_part_of_the_shape() -> None:
    """Of two reports of two lines each, one prints its first line and the other its second."""
    of_two = f"{GENERAL}指标: {{甲: {{单位: 人}}}}\n内容: |\n  "
    pairs = (("子", "[[{{ 甲 }}]]"), ("[[{{ 甲 }}]]", "丑"))
    assert [lines(f"{of_two}{one}\n  {two}\n")[-1] for one, two in pairs] == ["子", "丑"]


FIGURES = """指标:
  改厕: {数值: 5, 单位: 座}
  叶酸: {单位: 人}
  体检: {数值: 12, 单位: 人, 目标: 0}
  体检率: {公式: 体检 / 叶酸, 单位: "%"}
  率: {公式: 体检 / 改厕, 单位: "%", 目标: 50}
  零: {数值: 0, 单位: 人, 上年: 0}
  遮盖: {数值: 1*9, 单位: 人, 上年: 5}
  分项数: {分项: {甲: 3, 乙: }, 单位: 人}
  绕: {公式: 绕 + 1, 单位: 人}
"""


@pytest.mark.parametrize(
    ("code", "lacking"),
    [
        *(("叶酸", "“叶酸”"), ("叶酸.同比", "“叶酸”"), ("改厕.上年", "“改厕”的“上年”")),
        *(("改厕.完成率", "“改厕”的“目标”"), ("改厕.目标", "“改厕”的“目标”"), ("改厕.说明", "“改厕”的“说明”")),
        *(("体检率", "“叶酸”"), ("体检率 | 小数(2)", "“叶酸”"), ("改厕 + 叶酸", "“叶酸”"), ("-叶酸", "“叶酸”")),
        *(
            ("合计(改厕, 叶酸)", "“叶酸”"),
            ("改厕.占比(叶酸)", "“叶酸”"),
            ("截至", "“截至”"),
            ("分项数", "“分项数”的“乙”"),
        ),
        *(("分项数.乙", "“分项数”的“乙”"), ("叶酸.数值", "“叶酸”")),
    ],
)
def test_only_what_is_missing_drops_a_clause(code: str, lacking: str) -> None:
    """No value, no target, none of last year, no text: the clause goes, and one line says for want of what."""
    composed = compose(f"{GENERAL}{FIGURES}内容: 甲[[，乙{{{{ {code} }}}}]]。\n")
    assert text_of(composed) == ["情况汇报", "甲。"]
    (note,) = composed.warnings
    assert (note.id, note.severity) == ("clause-left-out", Severity.NOTE)
    assert note.message.endswith(f"没有印，缺{lacking}。")
    assert (note.position.line, note.position.column) == (13, 6)


@pytest.mark.parametrize(
    ("code", "id"),
    [
        *(("体检.完成率", "zero-operand"), ("改厕 / 零", "zero-operand"), ("改厕 + 率", "unit-mismatch")),
        *(("遮盖.同比", "opaque-operand"), ("绕", "formula-cycle"), ("改厕.升高", "unknown-derived")),
        *(("改侧", "unknown-name"), ("改厕 +", "expression-syntax"), ("改厕 | 斤", "unknown-format")),
        *(("改厕.单位 + 1", "not-a-number"), ("分项数.丙", "unknown-derived")),
    ],
)
def test_other_mistakes_stay_mistakes(code: str, id: str) -> None:
    """What can be computed only wrongly is told, and so is a name like another: a slip never deletes a sentence."""
    (mistake,) = mistakes(f"{GENERAL}{FIGURES}内容: 甲[[，乙{{{{ {code} }}}}、{{{{ 改厕 }}}}]]。\n")
    assert mistake.id == id


def test_a_mistake_beside_what_is_missing() -> None:
    """Of a clause that lacks a figure and names another wrongly, the mistake is told and nothing else."""
    (mistake,) = mistakes(f"{GENERAL}{FIGURES}内容: 甲[[，乙{{{{ 叶酸 }}}}、{{{{ 改侧 }}}}]]。\n")
    assert (mistake.id, mistake.position.column) == ("unknown-name", 22)
    assert mistake.hint == "有意不要的，请在“指标”里留着“改侧:”、不填数，或删去这个分句。"
    left = FIGURES + "  改侧:\n"
    assert body(f"{left}内容: 甲[[，乙{{{{ 叶酸 }}}}、{{{{ 改侧 }}}}]]。\n") == ["甲。"]


def test_names_that_are_nowhere() -> None:
    """What nothing is like was taken out on purpose: its clauses and its rows go, and one line says so."""
    report = f"{GENERAL}{FIGURES}内容:\n- 甲[[，{{{{ 家庭医生签约 }}}}]][[，{{{{ 两癌筛查.同比 }}}}]]。\n"
    composed = compose(f"{report}- {{指标表: {{列: [指标, 完成], 指标: {{一: [家庭医生签约], 二: [托位, 改厕]}}}}}}\n")
    assert text_of(composed) == ["情况汇报", "甲。", "指标\t完成", "二", "改厕\t5座"]
    (note,) = composed.warnings
    assert note.message.startswith("没有这3个指标：家庭医生签约、托位、两癌筛查；")
    assert note.severity is Severity.NOTE


def test_a_standard_indicator_that_was_taken_out() -> None:
    """It may well be like another one; what its formula was for goes too."""
    figures = "指标:\n  下转病人: {数值: 5, 单位: 例}\n  双向转诊: {公式: 上转病人 + 下转病人, 单位: 例}\n"
    report = f"{figures}内容: 转诊[[{{{{ 双向转诊 }}}}]][[，上转{{{{ 上转病人 }}}}]][[，下转{{{{ 下转病人 }}}}]]。\n"
    assert body(report) == ["转诊，下转5例。"]
    assert [one.id for one in mistakes(UNTITLED + report.replace("上转病人", "左转病人"))] == ["unknown-name"] * 2


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("[[1]](url)共{{ 改厕 }}", "[[1]](url)共5座"),
        ("【【重要】】共{{ 改厕 }}", "【【重要】】共5座"),
        ('{{ "[[" }}{{ 改厕 }}]]{{ "{{" }}', "[[5座]]{{"),
        ("[[[{{ 改厕 }}]]]", "[5座]"),
        ("[[a[{{ 改厕 }}]]]乙", "a[5座]乙"),
        ("[[见[[1]]，{{ 改厕 }}]]乙", "见[[1]]，5座乙"),
        ("[甲[{{ 改厕 }}]]", "[甲[5座]]"),
        ("甲]]，{{ 改厕 }}", "甲]]，5座"),
        ("[[{{ 改厕 }}]][[{{ 叶酸 }}]]", "5座"),
        (" 甲 [[{{ 叶酸 }}]]", "甲"),
    ],
)
def test_brackets_and_clauses(written: str, printed: str) -> None:
    """Brackets without a reference between them are text, and so are those in ``{{ "[[" }}``."""
    assert body(f"{FIGURES}内容: |\n  {written}\n") == [printed]


@pytest.mark.parametrize(
    ("written", "id", "marked"),
    [
        ("'甲^[[，乙{{ 改厕 }}'", "clause-syntax", "[["),
        ("'甲^[[，乙{{ 改厕 }}]'", "clause-syntax", "[["),
        ('"甲^[[，乙\\n{{ 改厕 }}]]"', "clause-syntax", "[["),
        ("甲[[，乙^[[{{ 改厕 }}]]]]", "clause-syntax", "[["),
        ("甲^【【，{{ 改厕 }}】】", "clause-syntax", "【【"),
        ("甲^［［，{{ 改厕 }}］］", "clause-syntax", "［［"),
        ("甲^〔〔，{{ 改厕 }}〕〕", "clause-syntax", "〔〔"),
        ("甲[[，{{ 改厕 }}^】】", "clause-syntax", "】】"),
        ("^[[，乙{{ 改厕 }}]]甲", "unquoted-clause", "[["),
        ("^[[{{ 改厕 }}]]，甲", "unquoted-clause", "[["),
        ("[丙, ^[[乙{{ 改厕 }}]]]", "unquoted-clause", "[["),
        ("[丙^[[，乙{{ 改厕 }}]], 甲]", "unquoted-clause", "[["),
        ("{引语: ^[[{{ 改厕 }}]], 分述: [甲]}", "unquoted-clause", "[["),
        ("{表格: {行: [[^{{ 改厕 }}, 1]]}}", "unquoted-expression", "{{"),
        ("甲，乙{{ 改厕 }}^]]。", "clause-syntax", "]]"),
        ("甲[[，乙{{ 改厕 }}]]丙^]]。", "clause-syntax", "]]"),
        ("甲[[，乙^{ 改厕 }]]。", "expression-syntax", "{ 改厕 }"),
        ("甲^[[ 改厕 ]]", "expression-syntax", "[[ 改厕 ]]"),
        ("甲^〔〔改厕〕〕", "expression-syntax", "〔〔改厕〕〕"),
    ],
)
def test_clauses_written_wrongly(written: str, id: str, marked: str) -> None:
    """A clause that never closes, one in another, brackets that look like it, quotes that lack: each at its place."""
    line = f"内容: {written}"
    report = f"{GENERAL}{FIGURES}{line.replace('^', '')}\n"
    (mistake,) = mistakes(report)
    at = (mistake.position.line, mistake.position.column, mistake.position.width)
    in_quotes = id == "clause-syntax" and "\\n" in written
    assert mistake.id == id
    assert at == (13, line.index("^") + 1, len(marked)) or in_quotes


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("[[，乙{{ 改厕 }}]]甲", '"[[，乙{{ 改厕 }}]]甲"'),
        ("[[，乙{{ 改厕 }}]]甲", "|\n  [[，乙{{ 改厕 }}]]甲"),
        ("甲[[，乙{{ 改厕 }}", "甲[[，乙{{ 改厕 }}]]"),
        ("甲[[，乙[[{{ 改厕 }}]]]]", "甲[[，乙]][[{{ 改厕 }}]]"),
        ("甲【【{{ 改厕 }}】】", "甲[[{{ 改厕 }}]]"),
        ("甲【【{{ 改厕 }}】】", '甲{{ "【【" }}{{ 改厕 }}】】'),
        ("甲[[{{ 改侧 }}]]", "甲[[{{ 改厕 }}]]"),
    ],
)
def test_the_ways_out_work(written: str, better: str) -> None:
    """What a message says to write instead is read."""
    assert mistakes(f"{GENERAL}{FIGURES}内容: {written}\n")
    assert not mistakes(f"{GENERAL}{FIGURES}内容: {better}\n")


LEFT_EMPTY = """章节:
  - {标题: 甲, 内容: "[[子{{ 叶酸 }}。]]"}
  - 标题: 乙
    内容:
      - "[[丑{{ 叶酸 }}。]][[寅{{ 体检率 }}。]]"
      - {引语: "做法：", 分述: ["[[卯{{ 叶酸 }}]]", {引语: 辰, 分述: ["[[巳{{ 叶酸 }}]]"]}, 午, 未]}
      - {引语: "打算：", 分述: ["[[申{{ 叶酸 }}]]"], 结语: 酉。}
      - {样式: 1., 条目: ["[[戌{{ 叶酸 }}]]", 亥, {事项: 角, 时限: "[[{{ 叶酸 }}]]", 责任人: ["[[{{ 叶酸 }}]]", 亢]}]}
      - {段落: ["[[氐{{ 叶酸 }}]]", {分述: ["[[房{{ 叶酸 }}]]"]}]}
      - 表格:
          表题: "[[心{{ 叶酸 }}]]"
          行: [["[[尾{{ 叶酸 }}]]", {文字: "[[箕{{ 叶酸 }}]]", 跨列: 2}], [斗, 牛, 女]]
  - {标题: 丙, 章节: [{标题: 丁, 内容: "[[虚{{ 叶酸 }}]]"}, "[[危{{ 叶酸 }}]]"]}
  - {标题: 戊, 内容: {指标表: [托位]}}
  - {标题: "己[[{{ 叶酸 }}]]", 待补: "室{{ 叶酸 }}"}
附件:
  - {标题: 庚, 内容: "[[壁{{ 叶酸 }}]]"}
  - {标题: 辛, 内容: 奎}
附注: "[[娄{{ 叶酸 }}]]"
"""


def test_many_are_told_in_one_line() -> None:
    """More than eight clauses are one note with the names; what has a target or a last year alone comes first."""
    names = "子丑寅卯辰巳午未申"
    indicators = "".join(f"  {name}: {{单位: 人}}\n" for name in names).replace("卯: {", "卯: {上年: 3, ")
    texts = "".join(f"[[，{name}{{{{ {name} }}}}]]" for name in names)
    (one,) = compose(f"{UNTITLED}指标:\n{indicators}内容: 甲{texts}。\n").warnings
    assert one.id == "clauses-left-out"
    assert one.message == "有9个分句没有印：卯只有目标或上年，没有数值；没有填子、丑、寅、辰、巳、午、未、申。"


def test_a_table_of_all_leaves_out_what_hangs_on_what_is_gone() -> None:
    """A standard indicator that was taken out takes the formulas of it along, those of formulas too."""
    indicators = (
        "指标:\n  糖尿病规范管理率: {公式: 糖尿病规范管理人数 / 糖尿病在管人数, 单位: '%'}\n"
        "  两倍: {公式: 糖尿病规范管理率 * 2}\n  门诊: {数值: 3, 单位: 人次}\n"
    )
    assert body(f"{indicators}内容: {{指标表: {{指标: 全部, 列: [指标, 完成]}}}}\n") == ["指标\t完成", "门诊\t3人次"]


def test_what_is_left_empty_goes_too() -> None:
    """A paragraph, a point, an item, a section with its heading, an attachment; labels close up, cells stay empty."""
    assert lines(GENERAL + FIGURES + LEFT_EMPTY) == [
        "情况汇报",
        "一、乙",
        "做法：一是午；二是未。",
        "酉。",
        "1.亥",
        "2.角。责任人：亢。",
        "斗\t牛\t女",
        "二、己",
        "附件：辛",
        "附件",
        "辛",
        "奎",
    ]


@pytest.mark.parametrize(
    "written",
    [
        *("副标题: ^", "主送: ^", "截至: ^", "落款: ^", "章节: [{标题: ^, 内容: 甲}]", "附件: {标题: ^, 内容: 甲}"),
        *("内容: {条目: [{事项: ^}]}", "内容: {条目: [{问题: ^, 措施: 甲}]}", "内容: {图片: {文件: [^]}}"),
    ],
)
def test_what_may_not_be_empty(written: str) -> None:
    """What something is known by, or hangs on, has words of its own."""
    report = f"{GENERAL}{FIGURES}{written}\n"
    (mistake,) = mistakes(report.replace("^", "'[[{{ 改厕 }}]]'"))
    assert (mistake.id, mistake.position.column) == ("only-clauses", written.index("^") + 2)
    assert "only-clauses" not in [one.id for one in mistakes(report.replace("^", "'甲[[{{ 改厕 }}]]'"))]


@pytest.mark.parametrize("body", ["导语: 甲。\n章节: [{标题: 乙, 内容: ^}]", "内容: ^", "内容: 甲。\n计划: {内容: ^}"])
def test_a_report_of_which_nothing_is_left(body: str) -> None:
    """There is nothing to print; a draft shows what would be."""
    report = f"{GENERAL}{FIGURES}{body}\n".replace("^", "'[[{{ 叶酸 }}]]'")
    (mistake,) = mistakes(report)
    assert mistake.id == "nothing-left"
    assert not mistakes(report, draft=True)


COUNTY = """体裁: 年度工作总结
年度: 2022
指标:
  改厕: {单位: 座}
  体检: {单位: 人, 目标: 100}
成绩:
  - {标题: 甲, 内容: "做好工作[[，改厕{{ 改厕 }}]]。"}
  - {标题: 乙, 内容: "[[体检{{ 体检 }}，完成{{ 体检.完成率 }}。]]"}
问题: [{标题: 丙, 内容: "丁[[{{ 家庭医生签约 }}]]。"}]
"""
TOWNS = "单位,改厕,体检\n白石镇,5,60\n柳河镇,,60\n青山镇,,60\n石桥镇,4,\n"


def test_a_batch_says_who_lost_what(cli: Cli, here: Path) -> None:
    """Each clause that was left out is told in one line, with the townships that left its figure empty."""
    (here / "全区.yaml").write_text(COUNTY, "utf-8")
    (here / "乡镇.csv").write_text(TOWNS, "utf-8")
    done = cli("batch", "全区.yaml", "--data", "乡镇.csv", "-o", "out", "-j", "1")
    assert done.code == 0
    told = [line for line in done.err.splitlines() if "说明" in line or "↑" in line]
    assert told == [
        "全区.yaml:9:20: 说明 没有这1个指标：家庭医生签约；用到它们的分句、表中的行和公式都略去了。 [names-nowhere]",
        "  ↑ 白石镇、柳河镇、青山镇、石桥镇，共4份",
        "全区.yaml:7:22: 说明 分句“，改厕{{ 改厕 }}”没有印，缺“改厕”。 [clause-left-out]",
        "  ↑ 柳河镇、青山镇，共2份",
        "全区.yaml:8:18: 说明 分句“体检{{ 体检 }}，完成…”没有印，缺“体检”。 [clause-left-out]",
        "  ↑ 石桥镇",
    ]
    (document,) = [one for one in json_of(cli) if one["source"] == "石桥镇"]
    assert [one["id"] for one in document["diagnostics"]] == ["clause-left-out", "names-nowhere"]


def json_of(cli: Cli) -> list[dict[str, Any]]:
    """Return what a batch says of its documents as JSON."""
    done = cli("batch", "全区.yaml", "--data", "乡镇.csv", "-o", "json", "--format", "json", "-j", "1")
    documents: list[dict[str, Any]] = json.loads(done.out)["documents"]
    return documents


def test_figures_say_what_is_left_out(cli: Cli, here: Path) -> None:
    """The list of figures comes with the clauses that lack one."""
    (here / "全区.yaml").write_text(COUNTY, "utf-8")
    (here / "镇.yaml").write_text("继承: 全区.yaml\n单位: 镇\n指标: {改厕: {数值: 5}}\n", "utf-8")
    done = cli("figures", "镇.yaml")
    assert done.code == 0
    assert "分句“体检{{ 体检 }}，完成…”没有印，缺“体检”。" in done.err
    assert "分句“，改厕" not in done.err


def test_townships_that_lack_the_same_share_a_document(here: Path) -> None:
    """Of five townships with two kinds of gaps two documents are made, whoever comes first."""
    (here / "base.yaml").write_text(COUNTY, "utf-8")
    reader, made = Reader(), []
    for number, figures in enumerate(["改厕: {数值: 5}", "体检: {数值: 9}", "改厕: {数值: 6}", "体检: {数值: 7}"]):
        path = here / f"{number}.yaml"
        path.write_text(f"继承: base.yaml\n单位: 镇\n指标: {{{figures}}}\n", "utf-8")
        made.append(pipeline.compose(inherit.load(path, reader), reader, RESOURCES).subject.pattern)
    assert made[0] is made[2]
    assert made[1] is made[3]
    assert made[0] is not made[1]


def test_structure_is_shared_where_only_words_differ(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The template runs again only for a township that loses a whole paragraph or section, not for a lost clause."""
    render, runs = templating.render, 0

    def counted(*arguments: Any) -> str:
        nonlocal runs
        runs += 1
        return render(*arguments)

    monkeypatch.setattr(templating, "render", counted)
    (here / "base.yaml").write_text(COUNTY, "utf-8")
    reader = Reader()
    counts: list[int] = []
    for figures in ("改厕: {数值: 5}, 体检: {数值: 9}", "体检: {数值: 9}", "改厕: {数值: 5}", ""):
        path = here / f"{len(counts)}.yaml"
        path.write_text(f"继承: base.yaml\n单位: 镇\n指标: {{{figures}}}\n", "utf-8")
        pipeline.compose(inherit.load(path, reader), reader, RESOURCES)
        counts.append(runs)
    assert counts == [1, 1, 2, 2]


def test_a_sheet_asks_for_what_clauses_need(cli: Cli, here: Path) -> None:
    """A clause's figures are to be filled in like others; a name that is nowhere stops nothing."""
    (here / "全区.yaml").write_text(COUNTY, "utf-8")
    assert cli("sheet", "全区.yaml", "-o", "空表.csv").code == 0
    head = (here / "空表.csv").read_text("utf-8-sig").splitlines()[0]
    assert "体检" in head
    assert "改厕" in head


def text_of(composed: pipeline.Composed) -> list[str]:
    """Return the lines of what was composed, without blanks around them."""
    return [line.strip() for line in plain.write(composed.document).split("\n") if line.strip()]
