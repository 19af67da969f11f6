"""Pages as LibreOffice lays them out, measured: what ``test_facts`` does not, which has the standard's twelve facts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pytest

from healthreport.values.width import width
from helpers import UNTITLED, word
from office import PIXEL, POINTS_PER_MM, Page, columns, faces, fonts, measure, paper, render_one, to_pdf

if TYPE_CHECKING:
    from pathlib import Path

# The type area (版心): 156 × 225 mm, 37 mm from the top and 28 mm from the left of an A4 sheet.
TOP, LEFT = 37 * POINTS_PER_MM, 28 * POINTS_PER_MM
RIGHT, BOTTOM = LEFT + 156 * POINTS_PER_MM, TOP + 225 * POINTS_PER_MM
# On a landscape page the margins are turned with the sheet.
TURNED_LEFT, TURNED_TOP, TURNED_BOTTOM = 35 * POINTS_PER_MM, LEFT, (28 + 156) * POINTS_PER_MM
PITCH, CHARACTER = (BOTTOM - TOP) / 22, (RIGHT - LEFT) / 28
CLOSE = 1.5  # points
TWIPS = (11906 - 1588 - 1474) / 28  # of a character

# The stand-ins of tests/data/fonts.conf as a PDF names them.
XIAOBIAOSONG, HEITI = "NotoSerifCJKjp-SemiBold-VKana", "NotoSansCJKjp-Regular-VKana"
FANGSONG, KAITI, SONGTI = "BousungEG-Light-GB", "GBZenKai-Medium", "UMingCN"

SIGNED = UNTITLED + "单位: 清河区卫生健康局\n日期: 2022-12-30\n"
REPORT = """\
体裁: 通用
标题: 清河区卫生健康局关于2022年工作总结和2023年重点工作安排情况的报告
单位: 清河区卫生健康局
主送: 区委、区政府
日期: 2022-12-30
章节:
  - 标题: 加强组织领导
    内容: 责任到人。
    章节:
      - 标题: 完善工作机制
        章节:
          - 标题: 强化部门协同
            章节:
              - {标题: 抓好督查, 内容: 按月通报结果。}
      - {标题: 压实工作责任, 接排: true, 内容: 逐级签订责任书。}
附件:
  - {标题: 主要指标完成情况, 内容: 指标说明。}
  - {标题: 重点项目清单, 内容: 项目说明。}
  - 标题: 存在问题整改清单
    横排: true
    内容: {表格: {表头: [序号, 事项], 行: [ROWS]}}
""".replace("ROWS", ", ".join(f"[{at}, 事项]" for at in range(1, 31)))


def _paragraphs(count: int) -> str:
    return "内容:\n" + "".join(f"  - 第{at}段。\n" for at in range(1, count + 1))


# What may come before a signature, after so many paragraphs that it ends in the last lines of page 1.
ENDINGS = {
    "paragraph": "",
    "long": f"  - {'卫生健康' * 20}。\n",
    "points": "  - {引语: 做到：, 分述: [甲, 乙]}\n",
    "table": "  - 表格: {表头: [项目], 行: [[丙], [丁]]}\n",
    "noted": "  - 表格: {表头: [项目], 行: [[丙], [丁]], 注: 初步数据}\n",
    "figure": "  - 图片: {文件: 图.png, 宽: 20mm, 图题: 示意}\n",
    "attached": "附件: [{标题: 清单, 内容: 甲。}, {标题: 说明, 内容: 乙。}]\n",
}
LENGTHS = range(15, 24)
LONGEST = "清河区区域医疗卫生共同体总医院管理委员会办公室综合协调组"
NOTED = SIGNED + f"内容: 甲。\n附件: [{{标题: {'主要指标完成情况' * 4}, 内容: 甲。}}, {{标题: 说明, 内容: 乙。}}]\n"
# Layouts with page numbers of their own, and the report in each.
LAYOUTS = {
    "counted": "基于: gbt9704\n页码: {样式: 第1页 共9页, 首页: 否}\n",
    "plainly": "基于: gbt9704\n页码: {样式: 1/9, 位置: 居中}\n",
    "unnumbered": "基于: gbt9704\n页码: {样式: 无}\n",
}
REPORTS = {
    "report": REPORT,
    "plain": f"{UNTITLED}内容: {'卫生健康工作' * 300}\n",
    "short": SIGNED.replace("清河区卫生健康局", "卫健局") + "内容: 甲。\n",
    "long": SIGNED.replace("清河区卫生健康局", "清河区疾病预防控制中心") + "内容: 甲。\n",
    "longest": SIGNED.replace("清河区卫生健康局", LONGEST) + "内容: 甲。\n",
    "noted": NOTED,
    **{name: f"版式: {name}\n{REPORT}" for name in LAYOUTS},
    **{f"{kind}-{count}": SIGNED + _paragraphs(count) + ENDINGS[kind] for kind in ENDINGS for count in LENGTHS},
}


class Rendered:
    """One report as a PDF, measured when a test looks."""

    def __init__(self, pdf: Path) -> None:
        self.pdf = pdf

    @cached_property
    def pages(self) -> list[Page]:
        """Return its pages."""
        return measure(self.pdf)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    """Return all reports of this module by name, converted by one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "图.png").write_bytes(PIXEL)
    templates = folder / "templates"
    (templates / "layouts").mkdir(parents=True)
    for name, text in LAYOUTS.items():
        (templates / "layouts" / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, text in REPORTS.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    documents = [render_one(folder / f"{name}.yaml", folder / f"{name}.docx", templates=templates) for name in REPORTS]
    return {pdf.stem: Rendered(pdf) for pdf in to_pdf(documents, folder)}


@pytest.fixture
def report(rendered: dict[str, Rendered]) -> Rendered:
    """Return the report that has a bit of everything: three upright pages, two landscape ones."""
    return rendered["report"]


def _close(value: float) -> object:
    return pytest.approx(value, abs=CLOSE)


def test_paper_is_a4_and_a_landscape_attachment_is_a_sheet_turned(report: Rendered) -> None:
    """Every page is A4; the pages of the landscape attachment, and no other, lie on their side."""
    upright, turned = "595.304 x 841.89 pts (A4)", "841.89 x 595.304 pts (A4)"
    assert paper(report.pdf) == [upright] * 3 + [turned] * 2


def test_page_numbers_stand_outside_and_run_on(report: Rendered) -> None:
    """— 1 — is one 14 pt character in, from the right on odd pages, from the left on even ones, in all attachments."""
    for number, page in enumerate(report.pages, 1):
        line = page.line(f"—{number}—")
        upright = (line.left - LEFT, RIGHT - line.right)
        turned = (line.top - TURNED_TOP, TURNED_BOTTOM - line.bottom)
        assert (upright if number < 4 else turned)[number % 2] == _close(14)


def test_a_turned_page_has_its_number_where_upright_ones_have_it(report: Rendered) -> None:
    """On a page across the number reads downwards at the left: below the text once the sheet stands upright (8)."""
    for number in (4, 5):
        line = report.pages[number - 1].line(f"—{number}—")
        assert line.bottom - line.top > 2 * (line.right - line.left)
        assert line.right < TURNED_LEFT
        left, right = columns(report.pdf, number, replace(line, bottom=line.top + 14))
        assert (TURNED_LEFT - (left + right) / 2) / POINTS_PER_MM == pytest.approx(7, abs=0.5)


def test_page_numbers_of_a_layout(rendered: dict[str, Rendered]) -> None:
    """A layout may count all pages, leave the first page's number out, centre the numbers, or have none at all."""
    counted, plainly, unnumbered = (rendered[name].pages for name in LAYOUTS)
    assert [page.texts[-1] for page in counted[1:3]] == [f"第{number}页共5页" for number in (2, 3)]
    assert [_sideways(page)[-5:] for page in counted[3:]] == [f"{number}页共5页" for number in (4, 5)]
    assert counted[0].texts == rendered["report"].pages[0].texts[:-1]
    assert counted[1].lines[-1].left == _close(LEFT + 14)
    assert [page.texts[-1] for page in plainly[:3]] == [f"{number}/5" for number in range(1, 4)]
    assert [_sideways(page) for page in plainly[3:]] == [f"{number}/5" for number in (4, 5)]
    assert [page.lines[-1].centre for page in plainly[:3]] == [_close((LEFT + RIGHT) / 2)] * 3
    numbered = [_sideways(page) or page.texts[-1] for page in rendered["report"].pages]
    assert [page.texts for page in unnumbered] == [
        [text for text in page.texts if text != number]
        for page, number in zip(rendered["report"].pages, numbered, strict=True)
    ]


def _sideways(page: Page) -> str:
    """Return what stands left of the text of a turned page, from top to bottom; nothing on an upright one."""
    beside = [line for line in page.lines if page.width > page.height and line.right < TURNED_LEFT]
    return "".join(line.text for line in sorted(beside, key=lambda line: line.top))


def test_every_part_has_its_face(report: Rendered) -> None:
    """Title 小标宋; heading levels 黑体, 楷体, 仿宋, 仿宋; text 仿宋; 附件1 黑体; page number 宋体; nothing else."""
    found = dict(faces(report.pdf))
    expected = {
        "主要指标完成情况": XIAOBIAOSONG,
        "区委、区政府：": FANGSONG,
        "一、加强组织领导": HEITI,
        "责任到人。": FANGSONG,
        "（一）完善工作机制": KAITI,
        "1.强化部门协同": FANGSONG,
        "（1）抓好督查": FANGSONG,
        "2022年12月30日": FANGSONG,
        "附件1": HEITI,
        "—1—": SONGTI,
    }
    assert {text: found.get(text) for text in expected} == expected
    assert fonts(report.pdf) == {XIAOBIAOSONG, FANGSONG, KAITI, HEITI, SONGTI}


def test_a_run_in_heading_and_its_text_share_a_line(report: Rendered) -> None:
    """接排 sets the heading in its own face and the text after it on the same line; others stand apart."""
    line = report.pages[0].line("（二）压实工作责任。逐级签订责任书。")
    assert line.left == _close(LEFT + 2 * CHARACTER)
    assert {"（二）压实工作责任。": KAITI, "逐级签订责任书。": FANGSONG}.items() <= dict(faces(report.pdf)).items()
    assert "（1）抓好督查" in report.pages[0].texts


@pytest.mark.parametrize(
    ("name", "organisation", "organisation_ends", "date_ends"),
    [("report", "清河区卫生健康局", 2, 1), ("long", "清河区疾病预防控制中心", 2, 4), ("short", "卫健局", 8, 2)],
    ids=["8 characters", "11 characters", "3 characters"],
)
def test_signature_is_set_from_the_right(
    rendered: dict[str, Rendered], name: str, organisation: str, organisation_ends: int, date_ends: int
) -> None:
    """One blank line, 署名, the date; both end so many characters from the right, whatever gaps digits have."""
    page = rendered[name].pages[0]
    org, date = page.line(organisation), page.line("2022年12月30日")
    before = page.lines[page.lines.index(org) - 1]
    assert org.right == _close(RIGHT - organisation_ends * CHARACTER)
    assert date.right == _close(RIGHT - date_ends * CHARACTER)
    assert (org.middle - before.middle, date.middle - org.middle) == (_close(2 * PITCH), _close(PITCH))


@pytest.mark.parametrize("organisation", ["清河区卫生健康局", "清河区疾病预防控制中心", "卫健局", "清河区卫健局"])
@pytest.mark.parametrize("day", ["2022-01-05", "2022-12-30"])
def test_the_date_starts_two_characters_after_the_organisation(organisation: str, day: str) -> None:
    """By Word's rules, which set no gaps: twips from the right edge, a half for a digit; the longer one ends two in."""
    *_, org, date = word(SIGNED.replace("清河区卫生健康局", organisation).replace("2022-12-30", day)).paragraphs
    edges = [one.paragraph_format.right_indent.twips / TWIPS for one in (org, date)]
    starts = [edge + width(one.text) for edge, one in zip(edges, (org, date), strict=True)]
    assert starts[0] - starts[1] == pytest.approx(2, abs=0.01)
    assert edges[width(org.text) < width(date.text)] == pytest.approx(2, abs=0.01)
    assert min(edges) >= 0


def test_a_long_organisation_takes_balanced_lines(rendered: dict[str, Rendered]) -> None:
    """A name that leaves no room beside it is broken between words, in lines of about the same length."""
    page = rendered["longest"].pages[0]
    lines = page.lines[1 : page.texts.index("2022年12月30日")]
    assert "".join(line.text for line in lines) == LONGEST
    assert len(lines) == 2
    assert [line.right for line in lines] == [_close(RIGHT - 2 * CHARACTER)] * 2
    sizes = [line.right - line.left for line in lines]
    assert min(sizes) >= max(sizes) * 2 / 3


def test_lines_of_an_attachment_note_align(rendered: dict[str, Rendered]) -> None:
    """The second line of a long name stands under its first character, six characters in; so do other names."""
    page = rendered["noted"].pages[0]
    at = next(index for index, text in enumerate(page.texts) if text.startswith("附件："))
    first, second, other = page.lines[at : at + 3]
    assert first.left == _close(LEFT + 2 * CHARACTER)
    assert second.left == _close(LEFT + 6 * CHARACTER)
    assert other.text.startswith("2.")
    assert other.left == _close(LEFT + 5 * CHARACTER)


def test_hanging_indents_are_twips_alone() -> None:
    """Characters would win over twips, and engines do not agree what they contain."""
    note = word(NOTED).paragraphs[1]._p.xml
    (indent,) = re.findall("<w:ind [^>]*>", note)
    assert "Chars" not in indent
    twips = {name: int(value) / TWIPS for name, value in re.findall(r'w:(\w+)="(\d+)"', indent)}
    assert twips == {"left": pytest.approx(6, abs=0.01), "hanging": pytest.approx(4, abs=0.01)}


@pytest.mark.parametrize("kind", ENDINGS)
def test_a_signature_is_never_alone_on_a_page(rendered: dict[str, Rendered], kind: str) -> None:
    """However the text before it ends, 署名 and date share a page, and what they sign stands above them there."""
    moved = 0
    for count in LENGTHS:
        pages = rendered[f"{kind}-{count}"].pages
        (number,) = [number for number, page in enumerate(pages) if "2022年12月30日" in page.texts]
        before = pages[number].texts[: pages[number].texts.index("清河区卫生健康局")]
        assert before, f"{count}: {pages[number].texts}"
        moved += number
    assert 0 < moved < len(LENGTHS)


def test_table_header_is_repeated_after_a_page_break(report: Rendered) -> None:
    """A table over two pages shows its header on both, and every row once."""
    pages = report.pages[3:5]
    first, second = (
        replace(page, lines=tuple(one for one in page.lines if one.left > TURNED_LEFT - 2)) for page in pages
    )
    assert first.texts[:5] == ["附件3", "存在问题整改清单", "序号", "事项", "1"]
    assert second.texts[:2] == ["序号", "事项"]
    cells = [text for page in (first, second) for text in page.texts if text.isdigit()]
    assert cells == [str(number) for number in range(1, 31)]
