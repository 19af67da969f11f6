"""What a document says: the words, marks and set phrases the format promises, read as plain text.

In the tables ``|`` stands between the lines that a report gives.
"""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from healthreport.diagnostics import Severity
from healthreport.trees.document import Paragraph, Run, Table
from helpers import GENERAL, ROOT, UNTITLED, body, compose, lines, mistakes, squeezed, text, word

POINTS = {
    "分述: [甲, 乙, 丙]": "一是甲；二是乙；三是丙。",
    "分述: [甲]": "一是甲。",
    "分述: [甲。, 乙；, 丙！]": "一是甲。二是乙；三是丙！",
    "分述: [甲，, 乙：, 丙……]": "一是甲，二是乙：三是丙……",
    "分述: [甲；, 乙；]": "一是甲；二是乙；",
    "分述: [“甲。”, （乙！）, 《丙》, 丁）]": "一是“甲。”二是（乙！）三是《丙》；四是丁）。",
    "分述: [甲?, 乙!]": "一是甲?二是乙!",
    "{引语: 做到：, 分述: [甲, 乙], 结语: 成效明显。}": "做到：一是甲；二是乙。成效明显。",
    "{引语: 做到, 分述: [甲], 结语: 成效明显}": "做到一是甲。成效明显",
    "{样式: 第一，, 分述: [甲, 乙]}": "第一，甲；第二，乙。",
    "{样式: 首先，, 分述: [甲, 乙, 丙, 丁]}": "首先，甲；其次，乙；其三，丙；其四，丁。",
    "{样式: 第一环节, 分述: [甲, 乙]}": "第一环节　甲；第二环节　乙。",
    "{样式: （1）, 分述: [甲, 乙]}": "（1）甲；（2）乙。",
    "分述: [甲, {引语: 乙：, 分述: [子, 丑]}]": "一是甲；二是乙：①子；②丑。",
    "分述: [{引语: 乙：, 分述: [子, 丑]}, 丙]": "一是乙：①子；②丑；二是丙。",
    "分述: [{引语: 乙：, 分述: [子, 丑。]}, 丙]": "一是乙：①子；②丑。二是丙。",
    "分述: [{引语: 乙：, 分述: [子, 丑], 结语: 尾}, 丙]": "一是乙：①子；②丑。尾；二是丙。",
    "分述: [{引语: 乙：, 样式: 一是, 分述: [子]}, 丙]": "一是乙：一是子；二是丙。",
    "分述: [{引语: 甲：, 分述: [{引语: 乙：, 分述: [子, 丑]}]}]": "一是甲：①乙：①子；②丑。",
    "分述: [{段落: [甲，, {分述: [子, 丑]}, 尾]}, 乙]": "一是甲，①子；②丑。尾；二是乙。",
    "段落: [甲：, {分述: [乙, 丙]}, 其中, {样式: 第一，, 分述: [子]}, 尾。]": "甲：一是乙；二是丙。其中第一，子。尾。",
    "段落: [甲, 乙]": "甲乙",
    "[{分述: [甲]}, 乙, {分述: [丙]}]": "一是甲。|乙|一是丙。",
}
LITERALS = {
    '{{ "{{ 年度 }}" }}': "{{ 年度 }}",
    "{{'}}'}}{{ '{{' }}": "}}{{",
    "甲{{ \"｛｛乙｝｝{% 丙 #}\" }}，{{ 单位 }}{{ '[[单位]]' }}。": "甲｛｛乙｝｝{% 丙 #}，局[[单位]]。",
    "{{ '{{ 单位 }}' }}是{{ 单位 }}{{ \"\" }}，{ 数 }": "{{ 单位 }}是局，{ 数 }",
    '{{ "{ 单位 }" }}{{ \'"\' }}': '{ 单位 }"',
}
HEADINGS = {
    "{标题: 甲, 接排: 是, 内容: 乙}": "一、甲。乙",
    "{标题: 甲, 接排: 是, 内容: [乙, 丙]}": "一、甲。乙|丙",
    "{标题: 甲！, 接排: true, 内容: 乙}": "一、甲！乙",
    "{标题: 甲：, 接排: 是, 内容: 乙}": "一、甲：乙",
    "{标题: “甲？”, 接排: 是, 内容: 乙}": "一、“甲？”乙",
    "{标题: 甲（试行）, 接排: 是, 内容: 乙}": "一、甲（试行）。乙",
    "{标题: 甲。, 内容: 乙}": "一、甲。|乙",
    "{标题: 甲, 接排: 是, 内容: {分述: [乙, 丙]}}": "一、甲。一是乙；二是丙。",
    "{标题: 甲, 接排: 是, 序号: 无, 内容: 乙}": "甲。乙",
    "{标题: 甲, 接排: 是}": "一、甲",
    "{标题: 甲, 接排: 是, 结语: 乙}": "一、甲。乙",
    "{标题: 甲, 接排: 是, 章节: [{标题: 乙, 内容: 丙}]}": "一、甲|（一）乙|丙",
    "{标题: 甲, 接排: 是, 内容: {条目: [乙]}}": "一、甲|（一）乙",
    "{标题: 甲, 接排: 是, 内容: [{表格: {行: [[乙]]}}, 丙]}": "一、甲|乙|丙",
    "{标题: 甲, 接排: [（一）, （1）], 章节: [{标题: 乙, 内容: 丙, 章节: [{标题: 丁, 内容: 戊}]}], 内容: 己}":
        "一、甲|己|（一）乙。丙|1.丁|戊",
    "{标题: 甲, 接排: [（一）], 章节: [{标题: 乙, 接排: false, 内容: 丙}, {标题: 丁, 内容: 戊}]}":
        "一、甲|（一）乙|丙|（二）丁。戊",
    "{标题: 甲, 内容: 乙, 章节: [丙], 结语: 丁}": "一、甲|乙|（一）丙|丁",
}  # fmt: skip
ENDS = {
    "主送: 区委、区政府\n称谓: 各位领导\n内容: 甲": "区委、区政府：|各位领导：|甲",
    "主送: 区委：\n称谓: 各位领导！\n内容: 甲": "区委：|各位领导！|甲",
    "单位: 局\n日期: 2022-1-5\n内容: 甲": "甲|局|2022年1月5日",
    "单位: 局\n日期: ２０２２年01月05日": "局|2022年1月5日",
    "单位: 局\n内容: 甲": "甲",
    "单位: 局\n落款: 办公室\n内容: 甲": "甲|办公室",
    "落款: 办公室\n日期: 2022/12/30": "办公室|2022年12月30日",
    "单位: 局\n落款: 无\n日期: 2022.12.30": "2022年12月30日",
    "单位: 局\n落款: 无\n内容: 甲": "甲",
    "日期: 2022-12-30": "2022年12月30日",
    '落款: "甲局\\n乙局"\n日期: 2022-12-30': "甲局|乙局|2022年12月30日",
    "附注: 此件公开": "（此件公开）",
    "附注: （此件公开）": "（此件公开）",
    "附注: |\n  甲\n\n  乙": "（甲|乙）",
    "附注: |\n  （甲）\n  （乙）": "（甲）|（乙）",
    "内容: 甲\n附件: {标题: 表, 内容: 乙}": "甲|附件：表|附件|表|乙",
    "附件: [{标题: 表, 内容: 乙}, {标题: 单}]\n日期: 2022-1-5":
        "附件：1.表|2.单|2022年1月5日|附件1|表|乙|附件2|单",
    "结尾: 特此报告。\n内容: 甲": "甲|特此报告。",
    "导语: [甲, {分述: [乙]}]\n章节: [丙]\n结尾: 丁": "甲|一是乙。|一、丙|丁",
    "副标题: ——副题\n讲话人: 张三\n内容: 甲": "——副题|张三|甲",
    '内容: "甲\\n\\n  乙  \\n丙"': "甲|乙|丙",
    "内容: |\n  甲\n\n    乙\n  丙": "甲|乙|丙",
    "内容: >\n  甲\n  乙\n\n  丙": "甲乙|丙",
    "内容: '**.*万份'": "**.*万份",
    '副标题: ""\n内容: 甲': "甲",
}  # fmt: skip
ITEMS = {
    "{条目: [甲, 乙。]}": "一、甲|二、乙。",
    "[{条目: [甲]}, 乙, {条目: [丙]}]": "一、甲|乙|二、丙",
    "[{样式: ①, 条目: [甲, 乙]}, {样式: ①, 条目: [丙]}, {条目: [丁]}]": "①甲|②乙|①丙|一、丁",
    "{样式: ——, 条目: [甲。, 乙。]}": "——甲。|——乙。",
    "{条目: [{引语: 甲：, 分述: [乙, 丙]}, {段落: [丁, 戊]}]}": "一、甲：一是乙；二是丙。|二、丁戊",
    "{条目: [{事项: 甲, 时限: 6月底前, 责任人: [王, 李]}]}": "一、甲。6月底前，责任人：王、李。",
    "{条目: [{事项: 甲。, 责任人: 王}, {事项: 乙, 时限: 立即}]}": "一、甲。责任人：王。|二、乙。立即。",
    "{样式: 1., 条目: [{事项: 甲}]}": "1.甲。",
    "{条目: [{问题: 甲, 措施: 乙, 时限: 立即}]}": "一、甲。整改措施：乙。立即。",
    "{形式: 表格, 条目: [{事项: 甲, 时限: 立即, 责任人: [王, 李]}, {事项: 乙}]}":
        "序号\t工作事项\t完成时限\t责任人|1\t甲\t立即\t王、李|2\t乙",
    "{形式: 表格, 条目: [{问题: 甲, 措施: 乙, 责任人: 王}]}":
        "序号\t存在问题\t整改措施\t完成时限\t责任人|1\t甲\t乙\t\t王",
    "{表格: {表题: 题, 表头: [子, 丑], 行: [[1, ''], [2, ~]], 注: 初步数据}}":
        "表1　题|子\t丑|1|2|注：初步数据",
    "{表格: {行: [[甲, 乙]], 注: 注：同上}}": "甲\t乙|注：同上",
    '{表格: {行: [[甲, 乙]], 注: "1.丙\\n2.丁"}}': "甲\t乙|注：1.丙|2.丁",
}  # fmt: skip
SUMMARY = "体裁: 年度工作总结\n年度: 2022\n单位: 局\n"
SUMMARIES = {
    "成绩: [{标题: 甲, 内容: 乙}]\n问题: [丙]\n计划: [{标题: 丁}]":
        "一、主要工作|（一）甲|乙|二、存在的问题|（一）丙|三、下一步工作打算|（一）丁",
    "成绩: {内容: 甲}\n问题: {标题: 困难, 内容: 乙}\n计划: {标题: 安排, 章节: [{标题: 丙}, 丁]}":
        "甲|一、困难|乙|二、安排|（一）丙|（二）丁",
    "结构: 并列式\n成绩: [{标题: 甲, 章节: [乙]}, {标题: 丙}]\n问题: [丁]\n计划: [戊]":
        "一、甲|（一）乙|二、丙|三、存在的问题|（一）丁|四、下一步工作打算|（一）戊",
    "结构: 并列式\n成绩: {标题: 甲}\n计划: {标题: 安排, 内容: 乙}": "一、甲|二、安排|乙",
    "计划: [甲]\n成绩: [乙]": "一、主要工作|（一）乙|二、下一步工作打算|（一）甲",
    "章节: [{标题: 甲}, {标题: 乙}]\n导语: 丙": "丙|一、甲|二、乙",
    "内容: 甲": "甲",
}  # fmt: skip
EXPRESSIONS = {
    "{{ 年度 }}年": "2022年",
    "{{年度+1}}、{{ 年度 - 1 }}、{{ 年度－1 }}、{{ 年度 × 2 }}": "2023、2021、2021、4044",
    "{{ (年度 - 2000) ÷ 4 }}": "5.5",
    "{{ 单位 }}和{{ 上级 }}": "局和局的上级",
    "{{ 日期 }}": "2022年1月5日",
    "截至{{ 截至 }}": "截至2022年12月25日",
}


@pytest.mark.parametrize(("points", "expected"), POINTS.items())
def test_points(points: str, expected: str) -> None:
    """Points keep their marks; one without takes ；, the last 。, a nested last one what its outer point would take."""
    assert body("内容: " + (points if points[0] in "{[" else f"{{{points}}}")) == expected.split("|")


@pytest.mark.parametrize(("section", "expected"), HEADINGS.items())
def test_headings(section: str, expected: str) -> None:
    """A run-in heading opens its paragraph and ends in a mark; before anything else it stands alone."""
    assert body(f"章节: [{section}]") == expected.split("|")


@pytest.mark.parametrize(("report", "expected"), ENDS.items())
def test_beginning_and_end(report: str, expected: str) -> None:
    """Addressees end in ：; name and date sign the document; one attachment takes no number; a line is a paragraph."""
    assert body(report) == expected.split("|")


@pytest.mark.parametrize(("items", "expected"), ITEMS.items())
def test_items_and_tables(items: str, expected: str) -> None:
    """Items are numbered paragraphs printed as written; measures are sentences or a table."""
    assert body(f"内容: {items}") == expected.split("|")


@pytest.mark.parametrize(("report", "expected"), SUMMARIES.items())
def test_annual_summary(report: str, expected: str) -> None:
    """The parts come in order under the genre's headings; a mapping is the section itself, with its own title."""
    assert lines(SUMMARY + report) == ["局2022年工作总结", *expected.split("|")]


@pytest.mark.parametrize(("written", "expected"), EXPRESSIONS.items())
def test_expressions(written: str, expected: str) -> None:
    """Fields print as documents write them, and 年度 can be reckoned with."""
    fields = "年度: 2022\n单位: 局\n上级: '{{ 单位 }}的上级'\n截至: 2022-12-25\n日期: 2022-1-5\n落款: 无\n"
    assert body(f'{fields}内容: "{written}"\n')[0] == expected


@pytest.mark.parametrize(("written", "expected"), LITERALS.items())
def test_literals(written: str, expected: str) -> None:
    """What stands alone in quotes between ``{{ }}`` is printed as it is, whatever it is."""
    assert body(f"单位: 局\n落款: 无\n内容: |\n  {written}\n") == [expected]


@given(st.text("{}｛｝[]【】%#'年度 |+", min_size=1, max_size=12))
def test_any_words_can_be_printed(words: str) -> None:
    """Whatever the marks in it, a text has a way in."""
    assert body(f'年度: 2022\n内容: |\n  甲{{{{ "{words}" }}}}乙\n') == [f"甲{words}乙"]


def test_a_mistake_behind_a_literal_is_found_at_its_place() -> None:
    """The columns are those of the file, behind what is printed as it is."""
    report = GENERAL + "单位: 局\n内容: |\n  {{ '{{' }}甲{ 单位 }\n  {{ '甲' }}{{\n  {{ '甲' }}{{ 乙 }}\n"
    assert [(one.position.line, one.position.column) for one in mistakes(report)] == [(6, 12)]
    assert [(one.position.line, one.position.column) for one in mistakes(report.replace("{{\n", "\n"))] == [
        (5, 14),
        (7, 15),
    ]


def test_report_run_in() -> None:
    """接排 of the report runs in a level everywhere, whichever style its headings have there."""
    report = (
        "章节: [{标题: 甲, 章节: [{标题: 乙, 内容: 丙}]}, {标题: 丁, 下级编号: [1.], 章节: [{标题: 戊, 内容: 己}]}]"
    )
    assert body(f"接排: [（一）]\n{report}") == ["一、甲", "（一）乙。丙", "二、丁", "1.戊。己"]


def test_title() -> None:
    """A title is printed as written, 无 prints none, and no title at all is an error except where a genre makes it."""
    assert lines("体裁: 通用\n标题: 甲。\n内容: 乙") == ["甲。", "乙"]
    assert lines(SUMMARY + "标题: 甲\n内容: 乙") == ["甲", "乙"]
    assert lines(SUMMARY + "标题: 无\n内容: 乙") == ["乙"]
    assert [one.id for one in mistakes("体裁: 通用\n内容: 乙")] == ["missing-key"]


TODO = "章节:\n  - {标题: 甲, 待补: 是}\n  - {标题: 乙, 待补: 可写丙, 结语: 丁}\n  - 待补: 是\n"


@pytest.mark.parametrize("draft", [False, True])
def test_todo(draft: bool) -> None:
    """An empty section prints a visible blank and warns at its place; its suggestion prints in drafts only."""
    composed = compose("体裁: 通用\n标题: 无\n" + TODO, draft=draft)
    paragraphs = [one for one in composed.document.blocks if isinstance(one, Paragraph)]
    blanks = [sum(run.blank for run in one.runs) for one in paragraphs]
    assert blanks == ([1, 2, 0, 1] if draft else [1, 1, 0, 1])
    assert body(TODO, draft=draft) == (
        ["一、甲", "二、乙", "【建议】可写丙", "丁"] if draft else ["一、甲", "二、乙", "丁"]
    )
    assert [(one.id, one.severity, one.position.line) for one in composed.warnings] == [
        ("todo", Severity.WARNING, line) for line in (4, 5, 6)
    ]


def test_a_suggestion_of_several_lines() -> None:
    """Each line of a suggestion is a paragraph of the draft."""
    assert body('章节: [{标题: 甲, 待补: "可写乙\\n 可写丙"}]\n', draft=True) == [
        "一、甲",
        "【建议】可写乙",
        "【建议】可写丙",
    ]


def test_whose_a_document_is() -> None:
    """The author and the day of a document are its 单位 and 日期; nobody and none without them."""
    full = compose(UNTITLED + "单位: 槐溪县卫生健康局\n日期: 2023-01-05\n内容: 乙\n").document
    assert (full.author, full.date) == ("槐溪县卫生健康局", "2023-01-05")
    bare = compose(UNTITLED + "内容: 乙\n").document
    assert (bare.author, bare.date) == ("", "")


def test_todo_says_what_the_skeleton_says() -> None:
    """What is to become of 待补 is told in the same words by the warning, the skeletons and the next year's file."""
    (warning,) = compose("体裁: 通用\n标题: 无\n章节: [{标题: 甲, 待补: 是}]").warnings
    assert "把“待补”改成“内容”" in warning.hint
    for skeleton in (ROOT / "templates" / "skeleton.yaml.j2", ROOT / "docs" / "tasks.md"):
        written = skeleton.read_text("utf-8")
        assert re.search("把(那里的)?[“`]待补[”`]改成[“`]内容[”`]", written), skeleton.name


IN_TITLE = {
    "章节:\n  - 标题: 甲\n      乙": (5, 7),
    "章节:\n  - 标题: 甲\n\n      乙\n      丙": (6, 7),
    "章节:\n  - 标题: |\n      甲\n      乙\n    内容: 丙": (6, 7),
    "章节:\n  - 标题: >\n      甲\n      乙": (6, 7),
    '章节:\n  - 标题: "甲\n      乙"': (5, 7),
    "章节:\n  - 标题: 甲。乙": (4, 10),
    "章节: [{标题: 甲, 章节: [{标题: 乙。“丙}]}]": (3, 25),
    "成绩: {标题: 甲。乙, 内容: 丙}": (3, 11),
    "问题:\n  - 标题: |\n      甲。\n      乙。": (6, 7),
    "附件: {标题: 甲。乙}": (3, 11),
    "附件:\n  - 标题: |\n      甲\n      乙。": (6, 7),
}
ONE_TITLE = [
    *("章节: [{标题: 甲。}]", "章节: [{标题: “甲。”}]", "章节: [{标题: 甲。）}]", "章节: [{标题: 甲，乙；丙：丁}]"),
    *("章节:\n  - 标题: |\n      甲", "章节:\n  - 标题: >\n      甲\n\n", "附件: [{标题: “甲\n  乙”}]"),
]


@pytest.mark.parametrize("report", IN_TITLE)
def test_text_in_a_title(report: str) -> None:
    """A section's title of many lines, or any title with a sentence before its end, is told where the text begins."""
    (one,) = mistakes(GENERAL + report)
    assert (one.id, one.position[1:3]) == ("text-in-title", IN_TITLE[report])
    assert "“内容”" in one.hint
    assert "“待补”" in one.hint


@pytest.mark.parametrize("report", ONE_TITLE)
def test_titles_with_marks(report: str) -> None:
    """A title may end in a full stop, and hold every other mark; an attachment's may be broken over lines."""
    assert not mistakes(GENERAL + report)


@pytest.mark.parametrize("title", ["甲\n  乙", "|\n  甲\n  乙", "'甲\n\n  乙'"])
def test_a_report_s_title_over_lines(title: str) -> None:
    """A report's title may be broken where its author breaks it; text below it is told."""
    document = compose(f"体裁: 通用\n标题: {title}\n内容: 丙").document
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    broken = "甲乙" if title.startswith("甲") else "甲\n乙"
    assert (first.runs, document.title) == ((Run(broken),), broken.replace("\n", ""))
    wrong = title.replace("乙", "乙。")
    assert [one.id for one in mistakes(f"体裁: 通用\n标题: {wrong}\n内容: 丙")] == ["text-in-title"]
    many = title.replace("乙", "乙\n\n  丙\n\n  丁\n\n  戊")
    assert [one.id for one in mistakes(f"体裁: 通用\n标题: {many}\n内容: 丙")] == ["text-in-title"]


def test_draft_leaves_gaps() -> None:
    """What an expression cannot say is an error; in a draft it is a visible gap and a warning."""
    report = "体裁: 通用\n标题: 无\n内容: 根据{{ 上级 }}要求。"
    assert [one.id for one in mistakes(report)] == ["missing-value"]
    composed = compose(report, draft=True)
    (paragraph,) = composed.document.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs == (Run("根据"), Run("【上级：\xa0\xa0\xa0\xa0】", blank=True), Run("要求。"))
    assert [one.severity for one in composed.warnings] == [Severity.WARNING]


# Every place a user's text may stand, and what stands around it in its line.
PLACES = {
    "内容: [{}]": ("", ""),
    "标题: {}": ("", ""),
    "章节: [标题: {}]": ("一、", ""),
    "章节: [{}]": ("一、", ""),
    "内容: [分述: [{}, 乙]]": ("一是", "；二是乙。"),
    "内容: [{{引语: {}, 分述: [乙]}}]": ("", "一是乙。"),
    "内容: [条目: [{}]]": ("一、", ""),
    "内容: [条目: [事项: {}]]": ("一、", "。"),
    "主送: {}": ("", "："),
    "落款: {}": ("", ""),
    "附注: {}": ("（", "）"),
    "附件: [标题: {}]": ("附件：", ""),
}
LITERAL = [
    *('<t n="1"/>', "&lt;&amp;&#65;", "]]>", "<![CDATA[", "<!-- -->", "</document>", "{ { 甲 } }", "\\{", "%}", "#}"),
    *("**.*万份", "_甲_ `乙`", "a  b", "’“”‘", "\u200b\u2028", "e\u0301", "𠮷", "\x09", "w:t", "{PAGE}", "ﬁ", "％"),
]
# Two braces in a row, of any width, are a reference or a mistake; so is what begins a statement or a comment.
BRACES = re.compile("[{｛﹛]{2}|[}｝﹜]{2}|{[%#]")
user_text = (
    st.sampled_from(LITERAL) | st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=20)
).filter(lambda text: not BRACES.search(text))


@pytest.mark.parametrize("place", PLACES)
@given(user_text)
def test_text_is_text(place: str, written: str) -> None:
    """Whatever a user writes comes out once and unchanged, in plain text and in Word; a title holds no sentence."""
    assume("标题" not in place or "。" not in written)
    written = f"甲{written}乙"
    quoted = yaml.dump(written, default_style='"', allow_unicode=True, width=1 << 20).strip()
    report = ("体裁: 通用\n" if place.startswith("标题") else "体裁: 通用\n标题: 无\n") + place.format(quoted)
    before, after = PLACES[place]
    line = before + written + after
    plain = text(report).split("\n")
    assert [one.strip("\u3000") for one in plain].count(line) == 1
    assert [one.text.replace("\n", "") for one in word(report).paragraphs].count(line) == 1


def test_cells_are_text() -> None:
    """A table's cells come out unchanged, empty ones too."""
    cells = [*LITERAL[:10], ""]
    row = ", ".join(yaml.dump(cell, default_style='"').strip() for cell in cells)
    report = f"体裁: 通用\n标题: 无\n内容: {{表格: {{行: [[{row}]]}}}}"
    (table,) = compose(report).document.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in word(report).tables[0].rows[0].cells] == cells
    assert squeezed(text(report).split("\t")) == squeezed(cells)
