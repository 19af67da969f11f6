"""Rules on words: lists are data with a bureau's own on top, and what is right stays silent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthreport.checking.engine import check
from healthreport.checking.joined import Joined
from healthreport.checking.known import Known, known
from healthreport.checking.passages import Kind, Passage, Spot
from healthreport.checking.rules.leftovers.every import RULES as LEFTOVERS
from healthreport.checking.rules.privacy.every import RULES as PRIVACY
from healthreport.checking.rules.wording.every import RULES as WORDING
from healthreport.checking.scanning.lines import lines
from healthreport.checking.subject import Subject
from healthreport.checking.word_list import WordList
from healthreport.diagnostics import HealthReportError
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources, packaged
from healthreport.reading.yaml import lists
from healthreport.trees.document import Document
from helpers import RESOURCES, ROOT, text_subject

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.diagnostics import Diagnostic

RULES = (*WORDING, *PRIVACY, *LEFTOVERS)
LISTS = ("错字", "疑字", "用词")
TRAPS = (ROOT / "tests/data/用字陷阱.txt").read_text("utf-8").split("\n")


def told(text: str, resources: Resources = RESOURCES) -> list[Diagnostic]:
    """Return what the rules of words, privacy and leftovers find in a text."""
    subject = text_subject(text)
    read = Subject(Document("", ()), places=subject.places, known=known(resources), read=subject.passages)
    return check(read, RULES, {})


def own(folder: Path, **files: str) -> Resources:
    """Return templates with these lists of a bureau's own."""
    (folder / "checking").mkdir()
    for name, text in files.items():
        (folder / "checking" / f"{name}.txt").write_text(text, "utf-8")
    return Resources(folder, Reader())


def patterns(name: str) -> list[tuple[tuple[str, ...], str]]:
    """Return the patterns of a packaged list with the words each is known by."""
    text = (packaged() / "checking" / f"{name}.txt").read_text("utf-8")
    rows = [line.split() for line in text.split("\n") if line.startswith("~")]
    return [(tuple(row[0][1:].split("|")), row[1]) for row in rows]


@pytest.mark.parametrize("text", [trap for trap in TRAPS if trap])
def test_traps(text: str) -> None:
    """What only looks wrong is not told: two words that meet, a name, an old name in an old document."""
    assert [(one.id, one.message) for one in told(text)] == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("加强传梁病防控。", "传梁病"),
        ("规范健康当案管理。", "健康当案"),
        ("落实主体责仁。", "主体责仁"),
        ("完善绩效考合机制。", "绩效考合"),
        ("推进规化范管理。", "规化范"),
        ("有效遏治了疫情蔓延。", "遏治"),
    ],
)
def test_typos_that_no_list_has(text: str, word: str) -> None:
    """One character that looks or sounds like another, or two that changed places, are found by the others."""
    found = told(text)
    assert found
    spots = [text[one.position.column - 1 :][: one.position.width] for one in found]
    assert any(spot in word or word in spot for spot in spots)


def test_own_words(tmp_path: Path) -> None:
    """A bureau's wrong words count beside the packaged ones, and names that are right silence them."""
    resources = own(tmp_path, 错字="# 本局的\n清何区 清河区 # 区名\n= 布署镇卫生院\n", 疑字="旧院 ?核对 须=新院\n")
    found = told("清何区布署工作。", resources)
    assert next((one.message, one.hint) for one in found) == ("“清何区”应为“清河区”。", "区名。")
    assert "“布署”应为“部署”。" in [one.message for one in found]
    assert told("布署镇卫生院达标。", resources) == []
    assert [one.message for one in told("旧院并入新院。", resources)] == ["“旧院”：核对。"]
    assert told("旧院并入医院。", resources) == []


@pytest.mark.parametrize(
    ("line", "id"),
    [
        ("清何区", "bad-word"),
        ("清何区 清河区 不=甲", "bad-word"),
        ("清何区 清河区 非=", "bad-word"),
        ("清何区 清河区 年=今年", "bad-word"),
        ("清何区 清河区 非=(", "bad-pattern"),
        ("清何区 清河区 非=[[甲]乙]", "bad-pattern"),
        ("清何区 清河区 非=(甲+)+", "bad-pattern"),
        ("~清何 清何(", "bad-word"),
        ("~清何 清何( 清河", "bad-pattern"),
    ],
)
def test_lines_that_say_nothing_are_refused(tmp_path: Path, line: str, id: str) -> None:
    """A line of a bureau's own that cannot be used is told at its place."""
    with pytest.raises(HealthReportError) as refused:
        told("一切正常。", own(tmp_path, 错字=f"# 本局的\n{line}\n"))
    [wrong] = refused.value.diagnostics
    assert (wrong.id, wrong.position.line) == (id, 2)


@pytest.mark.parametrize("name", LISTS)
def test_packaged_lists_are_good(name: str) -> None:
    """The packaged lists are what a bureau's own have to be; no word is listed twice, none is its own correction."""
    path = packaged() / "checking" / f"{name}.txt"
    source = Reader().read(path)
    WordList([source, source])  # the second is looked at as a bureau's own
    rows = [line.split() for line in source.text.split("\n") if line and line[0] not in "#~="]
    assert len({row[0] for row in rows}) == len(rows)
    assert all(row[0] != row[1] for row in rows)


@settings(max_examples=3)
@given(st.data())
@pytest.mark.parametrize(("words", "pattern"), [row for name in LISTS for row in patterns(name)])
def test_every_pattern_has_one_of_its_words(words: tuple[str, ...], pattern: str, data: st.DataObject) -> None:
    """What a packaged pattern matches has, near it, one of the words it stands under."""
    example = data.draw(st.from_regex(re.compile(pattern)))
    for match in re.finditer(pattern, example):
        near = example[max(match.start() - 40, 0) : match.end() + 40]
        assert any(word in near for word in words)


def test_corrections_are_right_themselves() -> None:
    """What a certain rule puts in the place of a wrong word is not told again: fixing twice changes nothing."""
    text = (packaged() / "checking" / "错字.txt").read_text("utf-8")
    rows = [line.split() for line in text.split("\n") if line and line[0] not in "#~="]
    rights = {row[1] for row in rows if not row[1].startswith("?")}
    subject = text_subject("".join(f"{right}。\n" for right in sorted(rights)))
    assert [one.message for one in check(subject, (WORDING[0],), {})] == []


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("防控形式严竣。", ["“防控形式”应为“防控形势”。", "“严竣”应为“严峻”。"]),
        ("当前形式依然复杂。", ["“当前形式”应为“当前形势”。"]),
        ("群众向县局反应问题。", ["“向县局反应”应为“向县局反映”。"]),
        ("工作做的很好。", ["“做的”：“的”改为“得”。"]),
        ("落实力度到位。", ["“落实力度到位”：落实到位。"]),
    ],
)
def test_a_message_says_what_is_right(text: str, messages: list[str]) -> None:
    """A word that no fix may put there is told with the words about it; advice stays advice."""
    assert [one.message for one in told(text)] == messages


def test_idioms_are_wrong_in_any_sentence() -> None:
    """Each idiom with a wrong character is told, whatever stands about it."""
    text = (packaged() / "checking" / "错字.txt").read_text("utf-8")
    rows = [line.split() for line in text.split("\n") if " # 成语用" in line]
    subject = text_subject("".join(f"各单位要{row[0]}的工作。\n" for row in rows))
    found = check(subject, (WORDING[0],), {})
    assert len(rows) >= 300
    assert [one.message for one in found] == [f"“{row[0]}”应为“{row[1]}”。" for row in rows]


def test_the_certain_list_is_read_alone() -> None:
    """Every render reads the list of what is always wrong, and no other list."""
    lists_read = Known(Resources())
    subject = Subject(Document("", ()), known=lists_read, read=(Passage("各项工作扎实推进。"),))
    assert list(WORDING[0].find(subject)) == []
    assert not {"doubtful_words", "common_words", "look_alikes"} & lists_read.__dict__.keys()


@given(st.lists(st.text("的布署，,（(😀a\n", max_size=8), max_size=4), st.text("的布署，😀", min_size=1, max_size=3))
def test_words_are_found_where_they_stand(texts: list[str], word: str) -> None:
    """A word is found in every passage it stands in, whatever the marks, and nowhere else."""
    joined = Joined([Passage(text) for text in texts])
    full = "\n".join(texts).replace(",", "，").replace("(", "（")
    places = [match.start() for match in re.finditer(re.escape(word), full)]
    assert joined.all_places([word]).get(word, []) == places
    many = [(word, 0), *((f"{char}甲", 0) for char in map(chr, range(0x4E00, 0x4E40)))]
    if len(word) > 1:
        assert sorted(at for _, at in joined.places_of(many)) == places
    for at in places:
        spot = joined.spot(at, at + 1)
        assert "\n" in texts or spot.words.replace(",", "，").replace("(", "（") == word[0]


@pytest.mark.parametrize(
    "first", ["全年开展义诊。", "衛(wèi)生工作匯(huì)報(bào)，醫(yī)療(liáo)服務(wù)情況(kuàng)。"]
)
def test_a_break_within_a_passage_is_a_blank(first: str) -> None:
    """Lines of a cell are one line for rules that scan line by line, and what they find has its place there."""
    cell = Passage("甲\n乙,丙", Kind.CELL)
    words = lines(Subject(Document("", ()), read=(Passage(first), cell, Passage("丁"))))
    assert words.text.split("\n")[1:] == ["甲 乙,丙", "丁"]
    at = words.text.index("乙")
    assert words.spot(at, at + 3) == Spot(cell, 2, 5)
    assert (words.index(at), words.passage(at), words.start(2)) == (1, cell, len(words.text) - 1)


def test_a_text_in_disguise_is_told_where_it_stands() -> None:
    """Words of 衛(wèi)生 are found as what they say, and told as they stand."""
    text = "衛(wèi)生工作匯(huì)報(bào)，今年來(lái)，醫(yī)療(liáo)服務(wù)情況(kuàng)。"
    [found] = [one for one in told(text) if one.id == "HR402"]
    assert text[found.position.column - 1 :][: found.position.width] == "今年來(lái)"[: found.position.width]
    assert found.position.column == text.index("今年") + 1


def test_old_names_in_old_documents() -> None:
    """The year of a document says whether a name is outdated; that of the page it was copied from does not."""
    assert [one.id for one in told("2023年工作总结\n县卫生局开展义诊。")] == ["HR403"]
    assert told("2013年工作总结\n县卫生局开展义诊。") == []
    old = told("工作总结\n时间：2022-01-12 02:35:00\n2013年，县卫生局开展义诊。")
    assert "HR403" not in [one.id for one in old]


def test_the_same_kind_is_told_once() -> None:
    """What occurs many times is one finding at the first place, with the others."""
    [masks] = told("住院**.*万人次，增长**%。\n体检**万人。")
    assert (masks.id, masks.position.line, len(masks.places)) == ("HR701", 1, 2)
    [lost] = told("全县锟斤拷工作。\n会议锟斤拷召开。")
    assert (lost.id, len(lost.places)) == ("HR408", 1)


def test_packaged_patterns_are_not_slow() -> None:
    """The patterns of the packaged lists are what a bureau's own have to be, one by one."""
    place = Reader().read(packaged() / "checking/错字.txt").position(0)
    for name in LISTS:
        found = [*patterns(name)]
        assert found, name
        for _, pattern in found:
            lists.refuse_bad_pattern(pattern, place)  # raises for one that is slow


@given(st.lists(st.sampled_from([*"布署台帐严竣工作，。的", "部署", "再接再励", "截止目前"]), max_size=30).map("".join))
@settings(max_examples=60, deadline=None)
def test_short_texts_are_looked_through_alike(text: str) -> None:
    """A text that is short is looked through from its own side, a long one from the words'; both find the same."""
    words = known(RESOURCES).wrong_words
    long = Joined([Passage(text), Passage("甲" * 2000)])
    short = Joined([Passage(text)])
    assert short.is_short
    assert not long.is_short
    assert words.places(short) == words.places(long)
