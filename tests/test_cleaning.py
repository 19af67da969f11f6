"""Cleaning: each kind by itself, with its place; what only looks like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.diagnostics import Position
from healthreport.reading.reader import Reader
from healthreport.recognising.cleaning import cleaning, marks, spaces, traditional, web
from healthreport.recognising.cleaning.changes import Edit, Kind, applied
from healthreport.trees.manuscript import Line, Look, Manuscript, Span

WORDS = web.words(Reader())


def manuscript(*texts: str, kind: str = "text") -> Manuscript:
    """Return a manuscript with a line for each text."""
    lines = (Line((Span(text),), Position("去年.txt", number, 1)) for number, text in enumerate(texts, 1))
    return Manuscript("去年.txt", kind, tuple(lines))


def cleaned(*texts: str, keep: tuple[Kind, ...] = (), kind: str = "text") -> list[str]:
    """Return the lines that are left of some texts."""
    done = cleaning.clean(manuscript(*texts, kind=kind), WORDS, keep).manuscript
    return [part.words for part in done.parts if isinstance(part, Line)]


def made(text: str, edits: list[Edit]) -> str:
    """Return a text with edits made."""
    line, _ = applied(Line((Span(text),), Position("去年.txt")), edits, Kind.HALFWIDTH)
    return line.words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("巩固成果,补齐短板.", "巩固成果，补齐短板。"),
        ("参合率达到98%,人均340元(政府280元)。", "参合率达到98%，人均340元（政府280元）。"),
        ("(一)健全制度:分级诊疗;双向转诊", "（一）健全制度：分级诊疗；双向转诊"),
        ('开展"三好一满意"活动', "开展“三好一满意”活动"),
        ("怎么办?抓落实!", "怎么办？抓落实！"),
    ],
)
def test_half_width_marks(before: str, after: str) -> None:
    """A mark beside Chinese becomes full-width."""
    assert made(before, marks.edits(before)) == after


@pytest.mark.parametrize(
    "text",
    [
        "1,059",
        "15:50",
        "COVID-19 (Omicron), etc.",
        "见http://www.example.gov.cn/a?b=1,2",
        "信箱wsj@example.gov.cn",
        "见1.http://www.example.gov.cn/a,b",
        "面积1,059平方米",
        "增长8.1个百分点",
        "身高5'8\"",
        "小于3)的",
    ],
)
def test_half_width_marks_that_stay(text: str) -> None:
    """Numbers, times, addresses and Latin words keep their marks, and so does a mark without its other."""
    assert marks.edits(text) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\u3000\u3000今年来，我院加强管理。", "今年来，我院加强管理。"),
        ("全年 完成门诊， 住院", "全年完成门诊，住院"),
        ("收入\xa04296\xa0万元", "收入 4296 万元"),
        ("第一章\u3000总则", "第一章\u3000总则"),
        ("COVID 19 疫情", "COVID 19 疫情"),
        ("张  三", "张  三"),
        ("死亡率（‰）\t2.36\t合计， 甲", "死亡率（‰）\t2.36\t合计，甲"),
    ],
)
def test_spaces(before: str, after: str) -> None:
    """Blanks at the ends, beside marks and within a sentence go; those of a title or a name stay."""
    assert made(before, spaces.edits(before)) == after


def test_traditional_characters_with_their_pinyin() -> None:
    """A text that a site disguised comes in simplified; a single reading in brackets is a person's own."""
    disguised = ("衛(wèi)生與(yǔ)醫(yī)療(liáo)事業(yè)", "農(nóng)村改廁(cè)")
    assert cleaned(*disguised) == ["卫生与医疗事业", "农村改厕"]
    assert not traditional.is_marked(["“尕(gǎ)”字怎么读。"])
    assert cleaned("“尕(gǎ)”字怎么读。", keep=(Kind.HALFWIDTH,)) == ["“尕(gǎ)”字怎么读。"]


def test_lines_of_a_page() -> None:
    """Times, sources, navigation and a site's own words go; an advertisement goes out of its sentence."""
    page = (
        "时间：2022-05-07 15:50:01 工作总结 来源：网友投稿",
        "下面是小编为大家整理的工作总结，供大家参考。",
        "白石镇卫生院工作总结",
        "今年来，我院加强管理当前隐藏内容免费查看，成效明显。",
        "上一篇：工作计划",
        "推荐访问：总结 卫生",
    )
    assert cleaned(*page) == ["白石镇卫生院工作总结", "今年来，我院加强管理，成效明显。"]


@pytest.mark.parametrize(
    "text",
    [
        "时间：12月28日上午9时",
        "来源：县财政拨款120万元，自筹30万元。",
        "下一步，我院将继续努力。",
        "编辑：县卫生健康局办公室负责简报的编辑和印发工作",
        "供大家讨论的有三个问题。",
        "2022年12月28日",
    ],
)
def test_what_only_looks_like_a_line_of_a_page(text: str) -> None:
    """What an article says itself stays, also with the same words."""
    assert cleaned("白石镇卫生院情况汇报", text, *["正文。"] * 20) == ["白石镇卫生院情况汇报", text, *["正文。"] * 20]


def test_a_repeated_title() -> None:
    """Of a title that stands twice the last is kept."""
    assert cleaned("白石镇工作总结", "白石镇工作总结", "正文。") == ["白石镇工作总结", "正文。"]
    assert cleaned("正文。", "另一段。", "第三段。") == ["正文。", "另一段。", "第三段。"]


def test_broken_lines() -> None:
    """A line that stops in mid-sentence goes on with the next; a heading or a signature does not."""
    half = "今年来，全镇卫生健康工作在镇党委、政府的领导下，切实做到早发现、"
    assert cleaned(half, "早报告、早隔离。") == [half + "早报告、早隔离。"]
    rows = ("一、加强组织领导，明确工作责任，狠抓任务落实和督查考核的各项措施", "成立领导小组，由院长任组长。")
    assert cleaned(*rows) == [*rows]
    signed = ("全院职工团结一致，取得了较好的成绩，受到了群众的普遍好评和欢迎", "白石镇卫生院")
    assert cleaned(*signed) == [*signed]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind in cleaning.STEPS and kind is not Kind.CONTROL])
def test_a_kind_can_be_kept(kind: Kind) -> None:
    """What is kept is not touched, and not told."""
    page = (
        *["白石镇工作总结"] * 2,
        "来源：网友投稿",
        "衛(wèi)生與(yǔ)醫(yī)療(liáo)事業(yè)",
        "全年 完成门诊,住院，切实做到早发现、",
        "早报告。",
    )
    changed = {change.kind for change in cleaning.clean(manuscript(*page), WORDS).changes}
    assert kind in changed
    kept = cleaning.clean(manuscript(*page), WORDS, (kind,))
    assert kind not in {change.kind for change in kept.changes}


def test_a_word_file_keeps_its_marks_and_lines() -> None:
    """What an office wrote in Word is its own: only blanks and what cannot be seen go."""
    texts = ("来源：网友投稿", "门诊,住院、", "体检\u3000\u3000")
    assert cleaned(*texts, kind="word") == ["来源：网友投稿", "门诊,住院、", "体检"]


def test_control_characters_always_go() -> None:
    """No YAML and no Word file can hold them."""
    assert cleaned("甲\x0b乙\u2028丙", keep=tuple(Kind)) == ["甲乙丙"]


def test_a_change_knows_its_place() -> None:
    """Line, column and width are those of the text that came in."""
    (change,) = cleaning.clean(manuscript("甲。", "门诊,住院。"), WORDS).changes
    assert change == (Kind.HALFWIDTH, Position("去年.txt", 2, 3, 1), ",", "，")


def test_looks_stay_with_their_words() -> None:
    """An edit across spans leaves every character its look."""
    bold = Look(bold=True)
    line = Line((Span("甲(", bold), Span("乙)丙")), Position("去年.docx"))
    done, _ = applied(line, marks.edits(line.words), Kind.HALFWIDTH)
    assert done.spans == (Span("甲（", bold), Span("乙）丙"))


_TEXT = st.text(alphabet="甲乙丙。，,.:;()\"' 1059%（）一是、\u3000\xa0", max_size=30)
_LINES = st.lists(_TEXT.filter(str.strip), max_size=6)


@given(_LINES)
def test_no_character_is_lost(texts: list[str]) -> None:
    """Whatever comes in, all ideographs and digits come out in their order."""
    keep = (Kind.WEB, Kind.REPEATED)
    once = cleaned(*texts, keep=keep)
    bare = [char for text in texts for char in text if char.isalnum()]
    assert [char for text in once for char in text if char.isalnum()] == bare


@pytest.mark.parametrize("unit", ["(", ")", "()", "( ", ", ", ":", '"', "甲 ", "甲,", "(甲", "。 ,"])
def test_hostile_lines(unit: str) -> None:
    """A line of a hundred thousand characters of one kind is cleaned like any other."""
    nested = "(" * 50_000 + ")" * 50_000 + "甲"
    for text in (unit * (100_000 // len(unit)) + "甲", nested):
        assert cleaned(text, "第二行。")


@pytest.mark.parametrize("unit", ["a", "1", "1.", "a.b-", "a+"])
def test_lines_that_could_be_one_address(unit: str) -> None:
    """A line of a million characters that an address may begin with is looked through once; there is none in it."""
    text = unit * (1_000_000 // len(unit))
    assert cleaned(f"甲{text},乙", "第二行。")[0] == f"甲{text}，乙"


def test_many_blanks_and_many_looks() -> None:
    """A line of 100,000 blanks, each in a look of its own, is gone through once."""
    pairs = 100_000
    spans = tuple(Span(text, Look(size=at)) for at in range(pairs) for text in ("甲", "，", " "))
    line = Line((*spans, Span("乙")), Position("去年.docx"))
    done, changes = applied(line, spaces.edits(line.words), Kind.SPACES)
    assert (done.words, len(changes)) == ("甲，" * pairs + "乙", pairs)


@given(_TEXT)
def test_the_changes_are_all_that_changes(text: str) -> None:
    """A text with every change undone is the text that came in."""
    line = Line((Span(text),), Position("去年.txt", 1, 1))
    for edits, kind in ((marks.edits(text), Kind.HALFWIDTH), (spaces.edits(text), Kind.SPACES)):
        done, changes = applied(line, edits, kind)
        back, shift = done.words, 0
        for change in changes:
            at = change.place.column - 1
            assert text[at : at + len(change.before)] == change.before
            back = back[: at + shift] + "\0" * len(change.after) + back[at + shift + len(change.after) :]
            shift += len(change.after) - len(change.before)
        assert back.replace("\0", "") == "".join(
            char for at, char in enumerate(text) if not any(edit.start <= at < edit.end for edit in edits)
        )
