"""The twelve facts of GB/T 9704-2012 about a page, measured in every layout that ships.

A layout may set its own margins, line pitch and place of the page number; what stands where follows from them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from helpers import UNTITLED
from office import POINTS_PER_MM, Line, Page, faces, ink, measure, paper, render_one, to_pdf
from test_pages import FANGSONG, HEITI, KAITI, NOTED, REPORT, XIAOBIAOSONG

if TYPE_CHECKING:
    from pathlib import Path

CLOSE = 1.5  # points
CHARACTERS = 28
NAME, DAY = "清河区卫生健康局", "2022年1月5日"
SIGNED = f"{UNTITLED}单位: {NAME}\n日期: 2022-01-05\n"
LENGTHS = range(13, 23)


class Layout(NamedTuple):
    """What a layout sets: the edges of its type area in millimetres, its pitch in points, where page numbers stand."""

    name: str
    top: float
    bottom: float
    left: float
    right: float
    pitch: float
    lines: int
    centred: bool

    def row(self, line: Line) -> int:
        """Return on which line of the type area a text stands, from 1."""
        return int((line.middle - self.top * POINTS_PER_MM) / self.pitch) + 1

    def across(self, line: Line) -> tuple[float, float]:
        """Return how far a line is from the left and the right edge of the type area, in characters."""
        character = (210 - self.left - self.right) * POINTS_PER_MM / CHARACTERS
        right = (210 - self.right) * POINTS_PER_MM
        return (line.left - self.left * POINTS_PER_MM) / character, (right - line.right) / character


LAYOUTS = (
    Layout("gbt9704", 37, 35, 28, 26, 28.95, 22, centred=False),
    Layout("省级", 35, 33, 27, 27, 33, 19, centred=True),
)


class Made(NamedTuple):
    """A layout, the PDFs of all reports in it, and the folder they lie in."""

    layout: Layout
    pdfs: dict[str, Path]

    def pages(self, name: str) -> list[Page]:
        """Return the pages of a report."""
        return measure(self.pdfs[name])


def _reports() -> dict[str, str]:
    paragraphs = {at: "".join(f"  - 第{one}段。\n" for one in range(at)) for at in LENGTHS}
    return {
        "report": REPORT,
        "plain": f"{UNTITLED}内容: {'卫生健康工作' * 300}\n",
        "noted": NOTED,
        "signed": f"{SIGNED}内容: 甲。\n",
        **{f"ends-{at}": f"{SIGNED}内容:\n{text}" for at, text in paragraphs.items()},
    }


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    """Return all reports in all layouts, by one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("facts")
    documents = []
    for layout in LAYOUTS:
        for name, text in _reports().items():
            source = folder / f"{layout.name}-{name}.yaml"
            source.write_text(f"版式: {layout.name}\n{text}", encoding="utf-8")
            documents.append(render_one(source, source.with_suffix(".docx")))
    made: dict[str, dict[str, Path]] = {}
    for pdf in to_pdf(documents, folder):
        layout_name, _, name = pdf.stem.partition("-")
        made.setdefault(layout_name, {})[name] = pdf
    return made


@pytest.fixture(params=LAYOUTS, ids=lambda layout: layout.name)
def made(request: pytest.FixtureRequest, converted: dict[str, dict[str, Path]]) -> Made:
    """Return each layout in turn."""
    return Made(request.param, converted[request.param.name])


def _close(value: float) -> object:
    return pytest.approx(value, abs=CLOSE)


def _near(characters: float) -> object:
    return pytest.approx(characters, abs=0.1)


def test_1_the_sheet_and_its_type_area(made: Made) -> None:
    """A4; the text of a full page reaches from edge to edge of the type area and stays in it."""
    assert set(paper(made.pdfs["plain"])) == {"595.304 x 841.89 pts (A4)"}
    *lines, _ = made.pages("plain")[1].lines
    assert [made.layout.across(line) for line in lines] == [(_near(0), _near(0))] * len(lines)
    assert lines[0].top >= made.layout.top * POINTS_PER_MM
    assert lines[-1].bottom <= (297 - made.layout.bottom) * POINTS_PER_MM


def test_2_lines_and_characters(made: Made) -> None:
    """A full page has the layout's lines, of 28 characters each, in 三号."""
    *lines, _ = made.pages("plain")[1].lines
    assert [len(line.text) for line in lines] == [CHARACTERS] * made.layout.lines


def test_3_line_pitch(made: Made) -> None:
    """Lines stand the layout's pitch apart, and the first on the first line."""
    *lines, _ = made.pages("plain")[1].lines
    assert (lines[-1].middle - lines[0].middle) / (len(lines) - 1) == pytest.approx(made.layout.pitch, abs=0.05)
    assert made.layout.row(lines[0]) == 1


def test_4_title(made: Made) -> None:
    """二号小标宋, centred, in even lines."""
    first, second = made.pages("report")[0].lines[:2]
    assert first.text + second.text == "清河区卫生健康局关于2022年工作总结和2023年重点工作安排情况的报告"
    sizes = []
    for line in (first, second):
        left, right = made.layout.across(line)
        assert left == _near(right)
        sizes.append(line.right - line.left)
    assert min(sizes) >= max(sizes) * 2 / 3
    assert {first.text, second.text} <= {text for text, face in faces(made.pdfs["report"]) if face == XIAOBIAOSONG}


def test_5_recipient(made: Made) -> None:
    """One blank line below the title, flush left, with a full-width colon."""
    lines = made.pages("report")[0].lines
    recipient = lines[2]
    assert recipient.text == "区委、区政府："
    assert made.layout.across(recipient)[0] == _near(0)
    title_ends = made.layout.top * POINTS_PER_MM + 2 * 35
    assert title_ends + made.layout.pitch < recipient.middle < title_ends + 2 * made.layout.pitch


def test_6_text_and_headings(made: Made) -> None:
    """Paragraphs and headings are two characters in; 一、黑体, （一）楷体, 1. and （1） 仿宋."""
    page = made.pages("report")[0]
    found = dict(faces(made.pdfs["report"]))
    expected = {
        "一、加强组织领导": HEITI,
        "责任到人。": FANGSONG,
        "（一）完善工作机制": KAITI,
        "1.强化部门协同": FANGSONG,
        "（1）抓好督查": FANGSONG,
    }
    assert {text: found[text] for text in expected} == expected
    assert [made.layout.across(page.line(text))[0] for text in expected] == [_near(2)] * len(expected)


def test_7_list_of_attachments(made: Made) -> None:
    """One blank line, two characters in, no mark at the end; a second line stands below the name's first character."""
    page = made.pages("noted")[0]
    at = next(index for index, text in enumerate(page.texts) if text.startswith("附件："))
    before, first, second, other = page.lines[at - 1 : at + 3]
    assert made.layout.row(first) - made.layout.row(before) == 2
    assert [made.layout.across(line)[0] for line in (first, second, other)] == [_near(2), _near(6), _near(5)]
    assert other.text == "2.说明"


def test_8_attachment(made: Made) -> None:
    """A new page, 附件1 in 黑体 flush left on line 1, the title centred on line 3; page numbers run on."""
    pages = made.pages("report")
    assert [page.texts[:2] for page in pages[1:3]] == [["附件1", "主要指标完成情况"], ["附件2", "重点项目清单"]]
    for number, page in enumerate(pages[1:3], 2):
        label, title = page.lines[:2]
        assert (made.layout.row(label), made.layout.across(label)[0]) == (1, _near(0))
        assert made.layout.row(title) == 3
        assert made.layout.across(title)[0] == _near(made.layout.across(title)[1])
        assert page.texts[-1] == f"—{number}—"
    assert dict(faces(made.pdfs["report"]))["附件1"] == HEITI


def test_9_signature(made: Made) -> None:
    """One blank line, the name two characters from the right, on the next line the date, two right of it."""
    page = made.pages("signed")[0]
    name, day = page.line(NAME), page.line(DAY)
    before = page.lines[page.lines.index(name) - 1]
    assert [made.layout.row(line) - made.layout.row(before) for line in (name, day)] == [2, 3]
    assert made.layout.across(name)[1] == _near(2)
    # 2022年1月5日 is six characters wide, the name eight; LibreOffice sets gaps beside digits, to the left.
    assert made.layout.across(day)[1] == _near(2)


def test_10_date(made: Made) -> None:
    """Arabic digits, the whole year, no zeros before month and day."""
    assert [text for text in made.pages("signed")[0].texts if text.endswith("日")] == [DAY]


@pytest.mark.parametrize("number", [1, 2], ids=["odd", "even"])
def test_11_page_number(made: Made, number: int) -> None:
    """— 1 — stands 7 mm below the type area: one character in from the outer edge, or in the middle."""
    pdf = made.pdfs["plain"]
    line = measure(pdf)[number - 1].lines[-1]
    assert line.text == f"—{number}—"
    dash = sum(ink(pdf, number, replace(line, right=line.left + 14))) / 2
    assert dash / POINTS_PER_MM - (297 - made.layout.bottom) == pytest.approx(7, abs=0.5)
    left, right = ((line.left / POINTS_PER_MM) - made.layout.left, 210 - made.layout.right - line.right / POINTS_PER_MM)
    if made.layout.centred:
        assert left == pytest.approx(right, abs=0.5)
    else:
        assert (left if number == 2 else right) * POINTS_PER_MM == _close(14)


def test_12_text_on_the_first_page_and_above_the_signature(made: Made) -> None:
    """The first page shows text below the title; wherever a page ends, 署名 and date have text above them."""
    assert "责任到人。" in made.pages("report")[0].texts
    moved = 0
    for at in LENGTHS:
        pages = made.pages(f"ends-{at}")
        (number,) = [number for number, page in enumerate(pages) if DAY in page.texts]
        assert pages[number].texts.index(NAME) > 0
        moved += number
    assert 0 < moved < len(LENGTHS)
