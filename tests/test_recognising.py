"""Structure out of paragraphs: what is recognised prints again as it came in, and reads as somebody would write it.

``tests/recognising/`` holds documents of several kinds and, beside each, the report that it becomes; run with
HEALTHREPORT_ACCEPT=1 to write these anew, then look at the difference.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.diagnostics import Position
from healthreport.importing.tree import Writing
from healthreport.reading.reader import Reader
from healthreport.reading.yaml.dump import dump
from healthreport.recognising import attachments, labels, measures, printing, runs, structure
from healthreport.recognising.paragraphs import things
from healthreport.recognising.words import words
from healthreport.trees import document as d
from healthreport.trees.draft import Draft, Figure, Inline, Items, Parts, Points, Section, Table, Task
from healthreport.trees.manuscript import Grid, GridCell, Image, Line, Look, Manuscript, Span, Turn
from helpers import compose, lines

if TYPE_CHECKING:
    from collections.abc import Iterable

DOCUMENTS = sorted((Path(__file__).parent / "recognising").glob("*.txt"))
READER = Reader()
PLACE = Position("去年.docx", 1)
BODY = Look(face="仿宋", size=32)
BLACK = Look(face="黑体", size=32)
BOLD = Look(bold=True, face="仿宋", size=32)


def line(text: str, look: Look = BODY, **more: object) -> Line:
    """Return a paragraph of one look."""
    return Line((Span(text, look),), PLACE, **more)  # type: ignore[arg-type]


def manuscript(*parts: object, kind: str = "word") -> Manuscript:
    """Return a manuscript; a string is a paragraph."""
    return Manuscript("去年.docx", kind, tuple(line(part) if isinstance(part, str) else part for part in parts))  # type: ignore[misc]


def recognised(*parts: object, kind: str = "word", **options: object) -> Draft:
    """Return the draft of some paragraphs."""
    wanted = structure.Options(**options)  # type: ignore[arg-type]
    return structure.recognise(manuscript(*parts, kind=kind), wanted, READER)


def of_text(text: str, **options: object) -> Draft:
    """Return the draft of a text."""
    return recognised(*text.split("\n"), kind="text", **options)


def report(draft: Draft) -> str:
    """Return a draft as a report."""
    return dump(Writing({}).tree(draft, {}))


def bare(texts: list[str]) -> list[str]:
    """Return lines without blanks; empty ones are dropped."""
    return [text for text in ("".join(text.split()) for text in texts) if text]


def mirrored(draft: Draft) -> list[str]:
    """Return what the importer thinks that a draft prints."""
    return printing.lines(draft, words(READER).chapters.get(draft.genre, ("", "", "")))


def titles(draft: Draft) -> list[str]:
    """Return the titles of the sections of the first level."""
    return [section.title for section in draft.sections if isinstance(section, Section)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_documents(path: Path) -> None:
    """A document becomes the report beside it, and that prints it again, paragraph by paragraph."""
    text = path.read_text("utf-8")
    draft = of_text(text)
    made, beside = report(draft), path.with_suffix(".yaml")
    if os.environ.get("HEALTHREPORT_ACCEPT") == "1":
        beside.write_text(made, encoding="utf-8")
    assert made == beside.read_text("utf-8")
    assert bare(lines(made)) == bare(text.split("\n"))
    assert mirrored(draft) == bare(text.split("\n"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_nothing_recognised_is_nothing_lost(path: Path) -> None:
    """With all paragraphs kept as text, and with all numbers kept in the words, a document prints the same."""
    text = path.read_text("utf-8")
    for options in ({"literal": frozenset(range(99))}, {"keep_numbers": True}):
        draft = of_text(text, **options)
        assert bare(lines(report(draft))) == bare(text.split("\n"))
    assert not of_text(text, literal=frozenset(range(99))).sections


@pytest.mark.parametrize(
    "text",
    [
        "4月10日上午",
        "2015年是关键",
        "1.5万元",
        "62.1%的患者",
        "3、5岁组",
        "10、11月",
        "15：50开会",
        "1,059座",
        "第一季度完成",
    ],
)
def test_what_only_looks_like_a_label(text: str) -> None:
    """Dates, amounts and hours are no labels, or doubtful ones."""
    assert all(one.doubtful for one in labels.readings(text))


@pytest.mark.parametrize("text", ["一、二级医院", "甲、乙类传染病", "第一、第二党支部", "1、2号手术间"])
def test_enumerations_are_doubtful(text: str) -> None:
    """What goes on counting behind the mark is a label only with a neighbour."""
    assert [one.doubtful for one in labels.readings(text)] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是甲；二是乙。", Points(("甲", "乙"))),
        (
            "做法：一是甲。好。二是乙。好。目前，丙。",
            Points(("甲。好。", "乙。好。"), lead="做法：", closing="目前，丙。"),
        ),
        ("一是甲：①子；②丑；二是乙。", Points((Points(("子", "丑"), lead="甲："), "乙"))),
        ("一是甲；二是乙：①子；②丑。", Points(("甲", Points(("子", "丑"), lead="乙：")))),
        ("首先，甲；其次，乙；其三，丙。", Points(("甲", "乙", "丙"), "首先，")),
        ("做到：1、甲；2、乙；3、丙。", Points(("甲", "乙", "丙"), "1、", lead="做到：")),
        ("1.甲；2.乙。", Points(("甲", "乙"), "1.")),
        ("（一）甲。（二）乙。", Points(("甲。", "乙。"), "（一）")),
        ("立案：其一，甲；其二，乙。", Points(("甲", "乙"), "其一，", lead="立案：")),
        ("一是甲；二是乙。三是丙。完。", Points(("甲", "乙。", "丙。"), closing="完。")),
        (
            "抓预防，①甲；②乙。抓治疗，一是丙；二是丁。",
            Parts(("抓预防，", Points(("甲", "乙"), "①"), "抓治疗，", Points(("丙", "丁")))),
        ),
    ],
)
def test_runs(text: str, expected: object) -> None:
    """Points within a paragraph are 分述, with what leads in and what closes."""
    assert runs.read(text).inline == expected


@pytest.mark.parametrize(
    "text",
    [
        "统一是非标准，二是好。",
        "一是甲二是乙。",
        "一是甲。",
        "①甲；②乙；④丙；⑤丁；⑧戊；⑦己。",
        "这是第一是第二。",
        "首先，甲；其次，乙；再次，丙。",
        "首先甲；其次乙；最后，丙。",
        "共1.5万元，2.5万元。",
        "一级1、2号楼，2、3号楼。",
    ],
)
def test_what_is_no_run(text: str) -> None:
    """A word, a run without marks, a lone point and one that leaves out a number stay text."""
    assert runs.read(text).inline == text


def test_a_run_in_one_paragraph_is_no_heading() -> None:
    """（一）…（二）… in one paragraph are its points, not a heading with text behind it."""
    draft = of_text("方案\n一、要求\n（一）提高认识。（二）落实责任。\n二、做法\n1.抓学习；2.抓执法。")
    assert [one.content for one in draft.sections if isinstance(one, Section)] == [
        (Points(("提高认识。", "落实责任。"), "（一）"),),
        (Points(("抓学习", "抓执法"), "1."),),
    ]


def test_a_broken_run_is_told() -> None:
    """The labels of a run that leaves out a number are told."""
    assert runs.read("①甲；②乙；④丙。").broken == ("①",)
    draft = of_text("检查情况通报\n问题是：①甲；②乙；④丙。\n请整改。")
    assert [doubt.id for doubt in draft.doubts] == ["broken-run"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("培训。6月底前，责任人：甲、乙。", Task("培训", "6月底前", ("甲", "乙"))),
        ("培训。责任人：甲。", Task("培训", "", ("甲",))),
        ("缺药。整改措施：补齐。立即，责任人：甲。", Task("补齐", "立即", ("甲",), "缺药")),
        ("培训。立即整改，责任人：甲", "培训。立即整改，责任人：甲"),
        ("培训。立即整改，甲。", "培训。立即整改，甲。"),
    ],
)
def test_measures(text: str, expected: object) -> None:
    """A measure is one only where it prints the same."""
    assert measures.read(text) == expected


POINT = st.sampled_from(["加强领导", "抓教育。学先进。", "落实责任；", "好！", "设点12个，", "甲（乙。）"])


def runs_of(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Points]:
    """Return runs of some points."""
    lead, style, closing = (st.sampled_from(["", said]) for said in ("做法：", "首先，", "成效明显。"))
    points = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.builds(Points, points, style | st.sampled_from(["①", "一是"]), lead, closing)


POINTS = runs_of(POINT | runs_of(POINT | runs_of(POINT)))


@given(st.builds(lambda text, run: f"{text}{printing.inline(run)}", POINT, POINTS))
@settings(max_examples=200)
def test_runs_print_the_same(text: str) -> None:
    """Whatever is read in a paragraph prints the paragraph."""
    assert printing.inline(runs.read(text).inline) == text


@pytest.mark.parametrize(
    "unit", ["一是", "①", "一是①", "（1）", "首先，其次，", "。", "一是甲。二是乙。", "责任人：", "第一，"]
)
def test_hostile_lines(unit: str) -> None:
    """A line of 100,000 characters takes no longer than it has to (a second is a hundred times that)."""
    text = unit * (100_000 // len(unit))
    assert printing.inline(runs.read(text).inline) == text
    assert mirrored(of_text(f"标题\n{text}\n{text}")) == ["标题", text, text]


def test_levels_follow_their_first_appearance() -> None:
    """（一） may stand above 1、, and 1、 above 一是: the order of the document counts."""
    draft = of_text(
        "方案\n1、甲项\n正文甲。\n（一）子项\n正文子。\n（二）丑项\n正文丑。\n2、乙项\n正文乙。\n（一）寅项\n正文寅。\n（二）卯项\n正文卯。"
    )
    assert draft.numbering == ("1、",)
    assert titles(draft) == ["甲项", "乙项"]
    assert [len(section.sections) for section in draft.sections if isinstance(section, Section)] == [2, 2]


def test_a_section_of_another_style() -> None:
    """A style that only one section uses is said there."""
    draft = of_text(
        "总结\n一、甲项\n（一）子项\n正文。\n（二）丑项\n正文。\n二、乙项\n（一）寅项\n正文。\n（二）卯项\n正文。\n"
        "三、丙项\n一是辰项。正文。\n二是巳项。正文。"
    )
    assert draft.numbering == ()
    assert [section.numbering for section in draft.sections if isinstance(section, Section)] == [(), (), ("一是",)]


def test_labels_that_differ_are_kept_and_told_once() -> None:
    """After a gap the numbers stay as they are written; only the first is told."""
    draft = of_text("通报\n一、甲项\n正文。\n三、乙项\n正文。\n四、丙项\n正文。")
    assert [section.number for section in draft.sections if isinstance(section, Section)] == ["", "三、", "四、"]
    assert [doubt.message for doubt in draft.doubts] == ["原文编号为“三、”，按顺序应为“二、”。"]


def test_numbers_run_on() -> None:
    """第一条 counts through all chapters, said once; a list that goes on after a paragraph says so itself."""
    draft = of_text("办法\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n丙。\n第三条 丁。")
    assert draft.goes_on == ("第一条",)
    draft = of_text("要求\n请做好以下工作：\n1.甲；\n2.乙。\n以上为必做。\n3.丙；\n4.丁。")
    assert draft.content[0] == Items(("甲；", "乙。"), "1.")
    assert draft.content[2] == Items(("丙；", "丁。"), "1.", goes_on=True)


def test_closing_paragraphs() -> None:
    """Paragraphs that speak of the whole end the report; the only paragraph of a section stays there."""
    draft = of_text("总结\n一、甲项\n正文。\n二、下一步打算\n下一步，我院将努力。\n总之，成绩可喜。")
    assert draft.closing == ("总之，成绩可喜。",)
    plans = draft.plans
    assert isinstance(plans, Section)
    assert plans.content == ("下一步，我院将努力。",)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (("清河区卫生健康局", "2022年12月28日"), ("清河区卫生健康局", "", "2022-12-28")),
        (("清河区卫生健康局", "2022 年 1 月 8 日"), ("清河区卫生健康局", "", "2022-01-08")),
        (("2022年12月28日",), ("", "", "2022-12-28")),
        (("清河区中医院",), ("", "清河区中医院", "")),
        (("清河区中医院", "二〇二二年五月六日"), ("", "清河区中医院\n二〇二二年五月六日", "")),
        (("清河区中医院", "2022年05月06日"), ("", "清河区中医院\n2022年05月06日", "")),
        (("清河区中医院", "白石镇卫生院", "2022年5月6日"), ("", "清河区中医院\n白石镇卫生院", "2022-05-06")),
        (("特此汇报", "清河区中医院", "2022年5月6日"), ("清河区中医院", "", "2022-05-06")),
        (("人员不足.", "清河区中医院", "2022年5月6日"), ("清河区中医院", "", "2022-05-06")),
        (("加强领导。",), ("", "无", "")),
        (("2022年2月30日",), ("", "2022年2月30日", "")),
    ],
)
def test_signatures(last: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    """单位, 落款 and 日期 print the last lines as they are."""
    draft = of_text("\n".join(("通知", "请各单位认真落实各项工作。", *last)))
    assert (draft.org, draft.signature, draft.date) == expected
    assert bare(lines(report(draft)))[2:] == bare(["请各单位认真落实各项工作。", *last])[1:]


def test_opening() -> None:
    """Title, 副标题, 讲话人, 主送 and 称谓 have their keys."""
    draft = of_text(
        "讲话\n——在会议上\n区卫生健康局局长 甲\n各位领导、同志们：\n今天开会。\n一、甲项\n正文。\n二、乙项\n正文。"
    )
    assert (draft.subtitle, draft.speaker, draft.salutation) == (
        "——在会议上",
        "区卫生健康局局长 甲",
        "各位领导、同志们",
    )
    assert of_text("报告\n清卫字〔2022〕15号\n区政府：\n请审阅。").subtitle == "清卫字〔2022〕15号"
    assert of_text("通知\n各乡镇卫生院：\n请落实各项工作。").recipient == "各乡镇卫生院"
    assert of_text("通知\n主要做法：\n请落实各项工作。").recipient == ""
    assert of_text("今年，我院圆满完成了任务。\n明年继续努力。").title == "无"


@pytest.mark.parametrize(
    ("second", "key", "expected"),
    [
        ("一年来，我院在区卫生健康局的领导下，圆满完成任务，现总结如下：", "lead", ""),
        ("区卫生健康委员会办公室：", "recipient", "区卫生健康委员会办公室"),
        ("县创建工作领导小组：", "recipient", "县创建工作领导小组"),
        ("各位代表、各单位：", "salutation", "各位代表、各单位"),
        ("尊敬的各位领导：", "salutation", "尊敬的各位领导"),
    ],
)
def test_who_is_addressed(second: str, key: str, expected: str) -> None:
    """People are greeted, offices are sent to; a sentence that speaks of 领导 is neither."""
    draft = of_text(f"2022年工作总结\n{second}\n一、甲项\n正文。\n二、乙项\n正文。")
    found = {name: getattr(draft, name) for name in ("recipient", "salutation")}
    assert found == {"recipient": "", "salutation": ""} | ({key: expected} if expected else {})
    assert draft.lead == (() if expected else (second,))


def test_lines_below_the_title() -> None:
    """Who speaks, the day, the issue and the office stand below the title; they are no headings."""
    small = Look(face="楷体", size=32)
    text = "今天，我们召开全区基层卫生工作会议，主要任务是部署今年工作。"
    draft = recognised(
        line("在工作会议上的讲话", Look(face="小标宋", size=44), align="center"),
        line("区卫生健康局局长　甲", small, align="center"),
        line("（2022年3月16日）", small, align="center"),
        "同志们：",
        text,
    )
    assert (draft.speaker, draft.salutation) == ("区卫生健康局局长　甲\n（2022年3月16日）", "同志们")
    assert mirrored(draft)[1:3] == ["区卫生健康局局长甲", "（2022年3月16日）"] == bare(lines(report(draft)))[1:3]
    draft = recognised(
        line("工作简报", Look(face="小标宋", size=44), align="center"),
        line("第12期", small, align="center"),
        line("清河区卫生健康局　2022年9月8日", small, align="center"),
        text,
    )
    assert (draft.subtitle, draft.sections) == ("第12期\n清河区卫生健康局　2022年9月8日", ())
    assert of_text(f"材料\n——典型\n白石镇卫生院\n{text}").subtitle == "——典型\n白石镇卫生院"
    assert of_text(f"通知\n2022年5月6日\n{text}").subtitle == "2022年5月6日"
    assert recognised(line("规划", align="center"), line("前言", BLACK, align="center"), text).subtitle == ""


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        ("清河区卫生健康局", "2022年工作总结", "清河区卫生健康局2022年工作总结"),
        ("关于开展秋冬季", "爱国卫生运动的通知", "关于开展秋冬季爱国卫生运动的通知"),
        ("清河区卫生健康局", "我局今年完成了任务", "清河区卫生健康局"),
        ("2022年工作总结", "公共卫生工作情况报告", "2022年工作总结"),
    ],
)
def test_a_title_over_two_lines_of_text(first: str, second: str, title: str) -> None:
    """A first line that names no kind of document is a title with the second, which does."""
    assert of_text(f"{first}\n{second}\n正文写在这里。\n一、甲项\n正文。\n二、乙项\n正文。").title == title


def test_a_lead_without_a_mark() -> None:
    """A line that leads in with 如下 is no heading, though it is short and ends in no mark."""
    draft = of_text("工作小结\n上半年我院做了如下工作\n一、甲项\n正文。\n二、乙项\n正文。")
    assert (draft.lead, titles(draft)) == (("上半年我院做了如下工作",), ["甲项", "乙项"])


def test_what_the_body_looks_like() -> None:
    """A long title is no text: the short lines of a list look like the body."""
    title = line("白石镇卫生院2022年度民主生活会查摆问题的整改措施", Look(face="小标宋", size=44), align="center")
    draft = recognised(title, "措施如下：", "问题：学习不够深入。", "整改时限：3月底前", "责任人：甲")
    assert draft.sections == ()


def test_titles_over_several_lines() -> None:
    """Lines of the title's look, one below the other in the middle of the page, are one title."""
    large = Look(face="小标宋", size=44)
    draft = recognised(
        line("关于开展监测工作的", large, align="center"),
        line("通知", large, align="center"),
        "各乡镇卫生院：",
        "请各单位按照要求认真做好今年的监测工作，按时上报。",
    )
    assert (draft.title, draft.recipient) == ("关于开展监测工作的通知", "各乡镇卫生院")


def test_headings_by_style() -> None:
    """The level of a style counts; numbered paragraphs of other styles are items then."""
    draft = recognised(
        line("总则", level=1),
        "正文。",
        line("范围", level=2),
        "正文。",
        line("对象", level=2),
        "（1）病人",
        "请登记。",
        "（2）家属",
        "请登记。",
    )
    (first,) = draft.sections
    assert isinstance(first, Section)
    assert (draft.title, first.title, first.number) == ("无", "总则", "无")
    assert [section.title for section in first.sections if isinstance(section, Section)] == ["范围", "对象"]
    last = first.sections[1]
    assert isinstance(last, Section)
    assert not last.sections


def test_a_title_in_the_style_of_a_heading() -> None:
    """The only heading of the highest level, above all, is the title where it stands in the middle."""
    rest = ("正文。", line("一、总则", level=2), "正文。", line("二、附则", level=2), "正文。")
    draft = recognised(line("2023年工作计划", level=1, align="center"), *rest)
    assert (draft.title, titles(draft)) == ("2023年工作计划", ["总则", "附则"])
    assert recognised(line("2023年工作计划", level=1), *rest).title == "无"
    more = (line("附表", level=1), "正文。")
    assert recognised(line("2023年工作计划", level=1, align="center"), *rest, *more).title == "无"


def test_a_numbered_line_that_leads_in() -> None:
    """1.成立项目组： leads in what follows, and is no heading."""
    draft = recognised("情况通报", "一、甲", "1.成立项目组：", "共12人。", "2.前期调研：", "共3次。")
    assert titles(draft) == ["甲"]


def test_headings_by_looks() -> None:
    """Short lines in bold, or in another face, are headings without a number."""
    text = "全年共完成各项任务一百二十项，群众满意度不断提高。"
    draft = recognised(
        "工作总结", line("主要工作", BLACK), text, line("疫情防控", BOLD), text, line("存在问题", BLACK), text
    )
    assert [section.title for section in (draft.achievements, draft.problems) if isinstance(section, Section)] == []
    assert titles(draft) == ["主要工作", "存在问题"]
    first = draft.sections[0]
    assert isinstance(first, Section)
    assert [section.title for section in first.sections if isinstance(section, Section)] == ["疫情防控"]


SENTENCE = "全年共完成各项任务一百二十项，群众满意度不断提高。"


NAMES = [chr(0x5000 + at) for at in range(1500)]


def sized(sizes: Iterable[int]) -> list[object]:
    """Return paragraphs in which each size of bold heads a sentence."""
    return [part for size in sizes for part in (line(f"字号为{size}的工作", BOLD._replace(size=size)), SENTENCE)]


def test_a_larger_look_stands_above_a_smaller_one() -> None:
    """Without numbers the larger heading is no part of the smaller one before it."""
    draft = recognised("工作总结", *sized([44, 40, 42, 44]))
    assert titles(draft) == ["字号为44的工作", "字号为44的工作"]
    first = draft.sections[0]
    assert isinstance(first, Section)
    assert [one.title for one in first.sections if isinstance(one, Section)] == ["字号为40的工作", "字号为42的工作"]


def test_headings_deeper_than_the_sixth_level() -> None:
    """They stay text, which is told where the first of them stands."""
    draft = recognised("工作总结", *sized(range(50, 42, -1)))
    assert [doubt.message for doubt in draft.doubts] == ["标题多于6级，再往下的照原文作文字留着。"]
    assert mirrored(draft)[13:15] == ["字号为44的工作", SENTENCE]
    assert not recognised("工作总结", *sized(range(50, 44, -1))).doubts


@pytest.mark.parametrize(
    "parts",
    [
        sized(range(1540, 40, -1)),
        sized(range(40, 1540)),
        # A style of its own for each: none goes on from another, each may be a part of the last one.
        [f"{name}一：工作要点" for name in NAMES] + [f"{name}二：工作要点" for name in reversed(NAMES)],
    ],
)
def test_any_number_of_looks(parts: list[object]) -> None:
    """However many looks or styles there are, levels end, and nothing is lost."""
    wanted = ["工作总结", *[part if isinstance(part, str) else part.words for part in parts]]  # type: ignore[attr-defined]
    assert bare(mirrored(recognised("工作总结", *parts))) == wanted


def test_run_in_headings_by_looks() -> None:
    """Where the looks change, the heading ends, also behind a colon."""
    parts = [
        Line((Span("（一）组织领导：", BOLD), Span("成立专班，负责各项工作的落实。好。", BODY)), PLACE),
        Line((Span("（二）宣传发动：", BOLD), Span("印发资料，负责各项工作的宣传。好。", BODY)), PLACE),
    ]
    draft = recognised("工作方案", *parts)
    assert titles(draft) == ["组织领导：", "宣传发动："]
    assert draft.run_in == ("（一）",)


def test_native_numbers() -> None:
    """A number that Word computed is a label like one that was typed."""
    draft = recognised("方案", line("目标", label="一、"), "正文。", line("任务", label="二、"), "正文。")
    assert titles(draft) == ["目标", "任务"]
    assert mirrored(draft) == ["方案", "一、目标", "正文。", "二、任务", "正文。"]


def test_a_number_without_words() -> None:
    """An empty item of a list is text, and the items before it are items all the same."""
    draft = recognised(
        "方案", "请准备：", line("登记表；", label="1、"), line("身份证。", label="2、"), line("", label="3、")
    )
    assert draft.content == (Items(("登记表；", "身份证。"), "1、"), "3、")


def test_lines_in_the_middle() -> None:
    """A line above a title in the middle of the page is no title, and a name below it is no heading."""
    draft = recognised("证券代码：1234", line("大会通知", align="center"), "请各位股东按时参加本次大会，并携带证件。")
    assert (draft.title, draft.content[:2]) == ("无", ("证券代码：1234", "大会通知"))
    draft = recognised(line("摩擦力", align="center"), line("周明远", align="center"), "摩擦力是两个物体之间的一种力。")
    assert (draft.title, draft.sections) == ("摩擦力", ())


def test_a_signature_takes_no_text() -> None:
    """Of several lines above the date those further up sign only if they name an organisation."""
    draft = of_text("通知\n请各单位落实。\n此处输入正文\n清河区中医院\n2022年5月6日")
    assert (draft.org, draft.content) == ("清河区中医院", ("请各单位落实。", "此处输入正文"))


def test_soft_breaks() -> None:
    """A line break within a paragraph of Word divides it into paragraphs."""
    draft = recognised("方案", line("一、目标\n完成任务。\n二、措施\n加强领导。"))
    assert titles(draft) == ["目标", "措施"]


def cell(text: str) -> GridCell:
    """Return a cell of one paragraph."""
    return GridCell((line(text),))


def test_tables_and_pictures() -> None:
    """A caption with the number it would get anyway is 表题 or 图题; the note below a table is 注."""
    grid = Grid(((cell("机构"), cell("人数")), (cell("甲院"), cell("12"))), PLACE, header=1, widths=(4000, 2000))
    image = Image(b"x", "png", PLACE)
    draft = recognised(
        "情况", "正文如下。", "表1　人员情况", grid, "注：截至年底。", "图3　义诊", image, "图1　现场", kind="text"
    )
    table, text, figure = draft.content[1:]
    assert isinstance(table, Table)
    assert (table.caption, table.note, table.widths, len(table.header)) == ("人员情况", "截至年底。", (4, 2), 1)
    assert text == "图3　义诊"
    assert figure == Figure((image,), "现场")


SMALL = Look(face="黑体", size=28)


def test_captions_without_a_number() -> None:
    """A line in the middle above a table, or below a picture, is its caption, which is not counted."""
    grid = Grid(((cell("机构"), cell("人数")), (cell("甲院"), cell("12"))), PLACE)
    image = Image(b"x", "png", PLACE)
    text = "全年共完成各项任务一百二十项，群众满意度不断提高。"
    caption, below = line("人员情况表", SMALL, align="center"), line("义诊现场", SMALL, align="center")
    draft = recognised("情况", "一、甲项", text, caption, grid, image, below, "二、乙项", text)
    first = draft.sections[0]
    assert isinstance(first, Section)
    table = first.content[1]
    assert isinstance(table, Table)
    assert (table.caption, table.numbered) == ("人员情况表", False)
    assert first.content[2] == Figure((image,), "义诊现场", numbered=False)
    assert titles(draft) == ["甲项", "乙项"]
    assert "人员情况表" in printing.lines(draft)


def test_what_is_no_caption() -> None:
    """A sentence, what leads in, a date, large letters below a picture, and what is not beside it stay text."""
    grid = Grid(((cell("机构"), cell("人数")), (cell("甲院"), cell("12"))), PLACE)
    image = Image(b"x", "png", PLACE)
    text = "全年共完成各项任务一百二十项，群众满意度不断提高。"
    for one in (
        "各乡镇情况如下",
        "表1中列出各乡镇情况",
        "各乡镇均已完成。",
        "2022年12月30日",
        "一、各乡镇",
        "完成情况：",
    ):
        found = recognised("情况", text, line(one, align="center"), grid, text).content
        assert all(not block.caption for block in found if isinstance(block, Table)), one
    large = line("清河区卫生健康局文件", Look(face="宋体", size=72), align="center")
    assert Figure((image,)) in recognised("情况", text, image, large, text).content
    found = recognised("情况", text, image, line("各乡镇人员", align="center"), grid, text).content
    assert [block.caption for block in found if isinstance(block, Table | Figure)] == ["", "各乡镇人员"]
    found = recognised("情况", text, line("各乡镇人员"), grid, line("单位：人"), line("床位情况表"), grid, text).content
    assert [block.caption for block in found if isinstance(block, Table)] == ["", "床位情况表"]


def test_captions_of_other_numbers() -> None:
    """A label that is not the next number is printed as it stands, and the counted ones count past it."""
    grid = Grid(((cell("机构"), cell("人数")), (cell("甲院"), cell("12"))), PLACE)
    found = recognised(
        "情况", "正文如下。", "表3 人员", grid, "表1 床位", grid, "表1-2 设备", grid, "表二 药品", grid
    ).content
    tables = [block for block in found if isinstance(block, Table)]
    assert [(one.caption, one.numbered) for one in tables] == [
        ("表3 人员", False),
        ("床位", True),
        ("表1-2 设备", False),
        ("表二 药品", False),
    ]


def test_captions_are_no_numbered_headings() -> None:
    """表1 and 表2 count, but each names a table."""
    grid = Grid(((cell("机构"), cell("人数")), (cell("甲院"), cell("12"))), PLACE)
    draft = recognised("情况", "一、甲项", line("表1  人员", BOLD), grid, "二、乙项", line("表2  床位", BOLD), grid)
    assert draft.numbering == ()
    captions = [one.content[0].caption for one in draft.sections if isinstance(one, Section)]  # type: ignore[union-attr]
    assert captions == ["人员", "床位"]


def test_headings_by_looks_that_end_in_a_colon() -> None:
    """存在的问题： in a face of its own is a heading as well."""
    text = "全年共完成各项任务一百二十项，群众满意度不断提高。"
    draft = recognised("工作总结", line("主要工作：", BLACK), text, line("存在的问题：", BLACK), text)
    assert titles(draft) == ["主要工作：", "存在的问题："]


def test_problems_beside_numbered_points() -> None:
    """存在的问题 by its looks stands beside （一）（二）, not below the last of them."""
    text = "全年共完成各项任务一百二十项，群众满意度不断提高。"
    draft = recognised("工作总结", "（一）甲项", text, "（二）乙项", text, line("存在的问题", BLACK), text)
    assert titles(draft) == ["甲项", "乙项", "存在的问题"]


def test_lines_that_only_look_like_headings() -> None:
    """A line that stands out, with nothing below it, is text at the end of what is above."""
    text = "全年共完成各项任务一百二十项，群众满意度不断提高。"
    draft = recognised("情况", "一、甲项", text, line("附件1", SMALL), "二、乙项", text)
    first = draft.sections[0]
    assert isinstance(first, Section)
    assert (first.content, "附件1" in report(draft)) == ((text, "附件1"), True)
    assert "待补" not in report(draft)
    draft = recognised("情况", "一、甲项", text, line("附件：", SMALL), line("名单", SMALL), text, "二、乙项", text)
    assert titles(draft) == ["甲项", "乙项"]
    assert "标题: 附件" not in report(draft)


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["机构", "人数"], ["甲院", "12"], ["乙院", "约30人"]], 1),
        ([["序号", "内容"], ["1", "甲项"]], 1),
        ([["项目", "2021年", "2022年"], ["门诊", "50", "52"]], 1),
        ([["2021年", "50"], ["2022年", "52"]], 0),
        ([["机构", "电话"], ["甲院", "待定"]], 0),
        ([["姓名", "甲"], ["学历", "本科"]], 0),
        ([["甲院", "12"], ["乙院", "13"]], 0),
        ([["机构", ""], ["甲院", "12"]], 0),
        ([["机构", "人数"]], 0),
    ],
)
def test_heads_of_tables(rows: list[list[str]], header: int) -> None:
    """Names above numbers head the columns, though Word was not told so."""
    grid = Grid(tuple(tuple(map(cell, row)) for row in rows), PLACE)
    (table,) = recognised("情况", "正文如下。", grid).content[1:]
    assert isinstance(table, Table)
    assert len(table.header) == header


def test_heads_of_several_rows() -> None:
    """A head is as tall as its tallest cell; where cells only span columns, nothing tells."""
    unit, count = cell("单位")._replace(down=2), cell("管理人数")._replace(across=2)
    below = (cell("高血压"), cell("糖尿病"))
    numbers = (cell("甲院"), cell("12"), cell("3"))
    for first, expected in (((unit, count), 2), ((cell("单位"), count), 0)):
        (table,) = recognised("情况", "正文如下。", Grid((first, below, numbers), PLACE)).content[1:]
        assert isinstance(table, Table)
        assert len(table.header) == expected


def test_heads_of_tables_by_looks() -> None:
    """A first row in looks of its own heads the columns."""
    black = [GridCell((line(text, BLACK),)) for text in ("机构", "电话")]
    grid = Grid((tuple(black), (cell("甲院"), cell("待定"))), PLACE)
    (table,) = recognised("情况", "正文如下。", grid).content[1:]
    assert isinstance(table, Table)
    assert len(table.header) == 1


def test_headings_that_end_in_a_colon() -> None:
    """（一）人员情况： with text below is a heading; a point that only leads in to others is none."""
    draft = of_text("汇报\n一、情况\n（一）人员：\n在职68人。\n（二）床位：\n开放55张。\n二、措施\n正文。")
    first = draft.sections[0]
    assert isinstance(first, Section)
    assert [one.title for one in first.sections if isinstance(one, Section)] == ["人员：", "床位："]


def test_landscape_tables() -> None:
    """A table on a page that lies across is 横排."""
    grid = Grid(((cell("甲"),),), PLACE)
    draft = recognised("情况", "正文如下。", Turn(landscape=True), grid, Turn(landscape=False), grid)
    assert [block.landscape for block in draft.content if isinstance(block, Table)] == [True, False]


def test_attachments_that_do_not_print_the_same() -> None:
    """Without 附件说明 an attachment stays text: the format would add it."""
    draft = of_text("通知\n请各单位认真落实各项工作。\n附件\n名单\n白石镇、马家沟乡。")
    assert draft.attachments == ()
    assert mirrored(draft)[2:] == ["附件", "名单", "白石镇、马家沟乡。"]
    assert [doubt.id for doubt in draft.doubts] == ["attachment"]


@pytest.mark.parametrize("lines", [["附件"], ["附件1", "名单"]])
def test_many_lines_that_only_look_like_attachments(lines: list[str]) -> None:
    """A hundred thousand lines that could each begin the attachments are looked through once."""
    text = [line(one) for one in lines * 100_000]
    row = list(things(manuscript(*text).parts))
    assert attachments.divided(row, frozenset()) == (row, ())


def test_a_typed_table_of_contents() -> None:
    """Lines of contents stay text, are told, and tell which headings have no number."""
    draft = of_text(
        "规划\n目录\n序言 1\n第一章 总则 2\n第二章 附则 3\n"
        "序言\n健康是人民的期盼。\n第一章 总则\n坚持预防为主。\n第二章 附则\n自印发之日起执行。"
    )
    assert titles(draft) == ["序言", "总则", "附则"]
    assert [doubt.id for doubt in draft.doubts] == ["contents"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("清河区2022年工作总结", "年度工作总结"),
        ("清河区上半年工作总结", "半年工作总结"),
        ("世界卫生日活动总结", "活动总结"),
        ("2023年工作计划", "工作计划"),
        ("健康县建设实施方案", "实施方案"),
        ("关于随访工作的情况汇报", "工作情况汇报"),
        ("局长述职报告", "述职报告"),
        ("督导反馈问题整改方案", "整改方案"),
        ("在会议上的讲话", "讲话"),
        ("处方管理制度", "管理制度"),
        ("村卫生室考核办法（试行）", "管理制度"),
        ("卫生院半年工作小结", "半年工作总结"),
        ("卫生院工作小结", "年度工作总结"),
        ("关于放假的通知", "通用"),
    ],
)
def test_genres(title: str, expected: str) -> None:
    """The title says the genre, with a reason; what a user says goes first."""
    draft = of_text(f"{title}\n正文一段。")
    assert draft.genre == expected
    assert draft.reasons[0].startswith(f"体裁：{expected}，")
    assert of_text(f"{title}\n正文一段。", genre="讲话").genre == "讲话"


def test_years() -> None:
    """The lead says the year, then the text, then the title, but not the plans' year; a conflict is told."""
    lead = "2020年，我局完成了任务。\n一、甲项\n2021年、2021年启动。\n二、乙项\n正文。"
    assert of_text(f"总结\n{lead}").year == 2020
    assert [doubt.id for doubt in of_text(f"2022年总结\n{lead}").doubts] == ["year-conflict"]
    assert of_text("总结\n2021年和2021年比2019年好。").year == 2021
    assert of_text("请示\n用房建于1998年。\n白石镇卫生院\n2022年3月8日").year == 2022
    assert of_text("主持词\n议程有：一是甲；二是乙。\n请他通报2021年工作。\n2022年，2022年。").year == 2022
    assert of_text("2022年总结\n正文。").year == 2022
    ahead = of_text("2021年总结\n一、甲\n招聘。\n二、2022年计划\n2022年招聘。")
    assert ahead.year == 2021
    assert "正文写的是2022年" in ahead.doubts[0].message
    assert not of_text("2021年总结\n一、甲\n招聘。\n二、2022年计划\n招聘。").doubts
    for title, year, times in (("2021年总结", 2022, 3), ("2022年总结", 2020, 2)):
        stale = of_text(f"{title}\n一、甲\n{f'{year}年好。' * times}\n二、乙\n好。")
        assert (stale.year, [doubt.id for doubt in stale.doubts]) == (year, ["year-conflict"])
    assert of_text("总结\n正文。").year is None
    assert of_text(f"总结\n{lead}", year=2019).year == 2019


def test_set_titles_are_those_of_the_templates() -> None:
    """Lists under 成绩, 问题 and 计划 get the titles that the words for import say."""
    for genre, (done, problems, plans) in words(READER).chapters.items():
        made = (
            f"体裁: {genre}\n年度: 2022\n标题: 甲\n成绩: [{{标题: 甲}}]\n问题: [{{标题: 乙}}]\n计划: [{{标题: 丙}}]\n"
        )
        assert lines(made)[1::2] == [f"一、{done}", f"二、{problems}", f"三、{plans}"]


def test_headings_without_text_are_left_open() -> None:
    """A heading under which nothing stands yet is 待补, where others have text."""
    draft = of_text("汇报\n一、做法\n正文。\n二、问题\n正文。\n三、2023年工作计划")
    assert isinstance(draft.plans or draft.sections[-1], Section)
    (last,) = [one for one in (draft.plans, *draft.sections[-1:]) if isinstance(one, Section)]
    assert last.todo


TITLE = st.sampled_from(["加强组织领导", "提升服务能力，改善就医体验", "深化改革", "做好随访", "严格督查"])
TEXT = st.sampled_from(
    ["全年完成改厕1059座。", "4月10日，召开会议。各单位参加。", "一是加强领导；二是落实责任。", "群众满意度为92.5%。"]
)


def section(title: str, text: str, run_in: bool, inner: list[dict[str, object]]) -> dict[str, object]:
    """Return a section as YAML has it."""
    return {"标题": title, "接排": "是" if run_in else "否", "内容": [text], "章节": inner}


def sections(inner: st.SearchStrategy[list[dict[str, object]]]) -> st.SearchStrategy[list[dict[str, object]]]:
    """Return lists of sections with such lists below."""
    return st.lists(st.builds(section, TITLE, TEXT, st.booleans(), inner), min_size=2, max_size=3)


NOTHING: st.SearchStrategy[list[dict[str, object]]] = st.just([])
THREE_LEVELS = sections(NOTHING | sections(NOTHING | sections(NOTHING)))


def outline(made: str) -> list[tuple[int, str, str, bool]]:
    """Return level, label and words of each heading of a report, and whether it runs in."""
    found: list[tuple[int, str, str, bool]] = []
    for block in compose(made).document.blocks:
        heading = block if isinstance(block, d.Heading) else getattr(block, "heading", None)
        if heading is not None:
            words_of = d.text_of(heading.runs).removesuffix("。")
            found.append((heading.level, heading.label, words_of, heading is not block))
    return found


@given(THREE_LEVELS, st.permutations(["一、", "（一）", "1.", "（1）"]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_random_reports(sections: list[dict[str, object]], styles: list[str], signed: bool) -> None:
    """What a report prints is recognised as an equal outline, and prints the same again."""
    tree = {"体裁": "通用", "标题": "情况通报", "编号": styles, "导语": "现将有关情况通报如下。", "章节": sections}
    if signed:
        tree |= {"单位": "清河区卫生健康局", "日期": "2022-12-28"}
    made = dump(tree)  # type: ignore[arg-type]
    printed = lines(made)
    again = report(of_text("\n".join(printed)))
    assert bare(lines(again)) == bare(printed)
    assert outline(again) == outline(made)
    assert report(of_text("\n".join(lines(again)))) == again
