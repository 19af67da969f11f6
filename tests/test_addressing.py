"""Whom a manuscript addresses, with a full-width colon, a half-width one or none: read, told, never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthreport.diagnostics import Position
from healthreport.reading.reader import Reader
from healthreport.recognising import addressing, printing, structure
from healthreport.recognising.cleaning.changes import Kind
from healthreport.recognising.cleaning.cleaning import Cleaned
from healthreport.trees.manuscript import Line, Look, Manuscript, Span
from word_files import docx, p

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

READER = Reader()
BODY = Look(face="仿宋", size=32)
BOLD = Look(bold=True, face="黑体", size=32)
TITLE = "槐溪县卫生健康局2021年工作总结"
TEXT = "2021年，我局较好地完成了各项任务，门诊量稳步增长，服务能力得到提升。"


class Read(NamedTuple):
    """What is made of the lines below a title, the changes told, the doubts, and what it prints."""

    recipient: str
    salutation: str
    subtitle: str
    lead: tuple[object, ...]
    changes: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]
    printed: tuple[str, ...] = ()


def read(*below: str, keep: tuple[Kind, ...] = (), look: Look = BODY, align: str = "left") -> Read:
    """Read a Word file with some lines below its title, of which the first may be set otherwise."""
    texts = (TITLE, *below, TEXT, "一、主要工作", "改造户厕36座。", "二、存在的问题", "人员不足。")
    parts = [Line((Span(text, BODY),), Position("去年.docx", at)) for at, text in enumerate(texts, 1)]
    parts[0] = parts[0]._replace(align="center")
    parts[1] = parts[1]._replace(align=align, spans=(Span(texts[1], look),))
    manuscript, changes = addressing.completed(Cleaned(Manuscript("去年.docx", "word", tuple(parts)), ()), READER, keep)
    draft = structure.recognise(manuscript, structure.Options(), READER)
    told = tuple((one.before, one.after) for one in changes if one.kind is Kind.COLON)
    doubts = tuple(one.message for one in draft.doubts)
    return Read(draft.recipient, draft.salutation, draft.subtitle, draft.lead, told, doubts, (*printing.lines(draft),))


@pytest.mark.parametrize(
    "office", ["各科室、各乡镇卫生院", "县卫生健康局", "区委、区政府", "各村卫生室，局属各单位", "市局办公室（抄报）"]
)
def test_a_half_width_colon(office: str) -> None:
    """A half-width colon addresses as a full-width one does; the format sets its own, which is told."""
    assert read(f"{office}：")[:-1] == (office, "", "", (TEXT,), (), ())
    assert read(f"{office}:")[:-1] == (office, "", "", (TEXT,), ((f"{office}:", f"{office}："),), ())


def test_a_half_width_colon_behind_a_salutation() -> None:
    """People are addressed in the same way, below 主送 or without it."""
    for above, recipient in (((), ""), (("县委、县政府：",), "县委、县政府")):
        found = read(*above, "各位领导、同志们:")
        told = (("各位领导、同志们:", "各位领导、同志们："),)
        assert found[:-1] == (recipient, "各位领导、同志们", "", (TEXT,), told, ())


@pytest.mark.parametrize(
    "offices",
    [
        "各科室",
        "各乡镇卫生院",
        "各村卫生室、各科室",
        "县委、县政府",
        "县发改委、县疾控中心",
        "区直各单位，各乡镇卫生院",
    ],
)
def test_a_list_without_a_colon(offices: str) -> None:
    """A list of offices above the text is 主送 without a colon too, and how it was read is told."""
    assert read(offices)[:-1] == (offices, "", "", (TEXT,), ((offices, f"{offices}："),), ())


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("市卫生健康委", True),  # whom it is for, or who writes
        ("各村民小组、各联络员", True),
        ("槐溪县卫生健康局", False),  # who writes: the title says so
        ("各项工作", False),
        ("医疗卫生", False),
    ],
)
def test_a_line_that_could_be_either(line: str, is_told: bool) -> None:
    """What may address somebody, or say something else, stays as it is, and is told."""
    found = read(line)
    assert (found.recipient, found.changes) == ("", ())
    assert bool([one for one in found.doubts if line in one and "没有作主送" in one]) is is_told
    if is_told:
        assert line in (found.subtitle, *found.lead)  # not the heading of all that follows


def test_a_line_that_is_set_apart() -> None:
    """A list in the middle of the page, or set as a heading, is none for sure."""
    for look, align in ((BODY, "center"), (BOLD, "left")):
        found = read("各科室、各乡镇卫生院", look=look, align=align)
        assert (found.recipient, found.changes) == ("", ())
    assert read("各科室、各乡镇卫生院", "各村卫生室").changes == ()  # a list of names over several lines


def test_a_colon_can_be_kept() -> None:
    """With --keep colon a half-width colon is printed as it stands, and a line without one is text, and told."""
    assert read("各科室:", keep=(Kind.COLON,))[:-1] == ("各科室:", "", "", (TEXT,), (), ())
    found = read("各科室、各村卫生室", keep=(Kind.COLON,))
    assert (found.recipient, found.lead) == ("", ("各科室、各村卫生室", TEXT))
    assert any("没有作主送" in one for one in found.doubts)


@given(
    st.lists(st.sampled_from(["各科室", "局", "、", "，", ":", "：", "同志们", "卫生院", "各", "。", " ", "（抄报）"]))
)
def test_nothing_is_lost(pieces: list[str]) -> None:
    """Whatever stands below the title, all of it is read; only a colon is changed, or set, and that is told."""
    line = "".join(pieces).strip()
    found = read(*filter(None, [line]))
    after = found.changes[0][1] if found.changes else line
    assert "".join(after.split()) in (*found.printed, "")
    assert after.rstrip("：:") == line.rstrip("：:")


def test_import_says_how_it_read(here: Path, cli: Cli) -> None:
    """A Word file whose 主送 has no colon, or a half-width one, comes in with 主送 and prints the colon."""
    for offices in ("各科室、各乡镇卫生院", "各科室、各乡镇卫生院:"):
        body = "".join(map(p, (TITLE, offices, TEXT, "一、主要工作", "改造户厕36座。")))
        (here / "去年.docx").write_bytes(docx(body))
        told = cli("import", "去年.docx").err
        assert f"（第2行）“{offices}”→“各科室、各乡镇卫生院：”" in told
        assert "主送: 各科室、各乡镇卫生院\n" in (here / "去年.yaml").read_text("utf-8")
        (here / "去年.yaml").unlink()
