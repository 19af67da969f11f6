"""What is held together on pages as LibreOffice lays them out: no signature alone, no half page blank before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from docx.shared import Pt

from helpers import UNTITLED, png, word
from office import POINTS_PER_MM, Page, measure, render_one, to_pdf

if TYPE_CHECKING:
    from pathlib import Path

TOP, HEIGHT = 37 * POINTS_PER_MM, 225 * POINTS_PER_MM
# A name of two lines, of which one may be that of all others.
LONG_NAME = "清河区卫生健康局清河区疾病预防控制局清河区中医药管理局联合办公室"
SIGNED = UNTITLED + "单位: 清河区卫生健康局\n日期: 2022-12-30\n内容:\n"
DATE = "2022年12月30日"
LENGTHS = range(1, 22, 2)
# A row so many lines high, in a column of some twenty characters.
TALL = (3, 9, 14, 18, 24, 30, 40)


def _paragraphs(count: int) -> str:
    return "".join(f"  - 第{at}段。\n" for at in range(1, count + 1))


def _table(*lines: int, more: str = "") -> str:
    texts = ["严格落实工作责任，加强组织领导，确保任务完成。" * count for count in lines]
    rows = ", ".join(f"[{at}, 村医不足, {text}]" for at, text in enumerate(texts, 1))
    return f"  - 表格: {{{more}列宽: [2, 4, 12], 表头: [序号, 问题, 措施], 行: [{rows}]}}\n"


def _noted(rows: int) -> str:
    listed = ", ".join(["[1, 村医不足, 甲]"] * rows)
    return f"  - 表格: {{表题: 问题, 表头: [序号, 问题, 措施], 行: [{listed}], 注: 数据为初步数}}\n  - 丙。\n  - 丁。\n"


def _beside(pictures: int, caption: int) -> str:
    listed = ", ".join([f"{{文件: 高.png, 图题: {'规范管理' * caption}}}"] * pictures)
    return f"  - 图片: [{listed}]\n"


def _attachments(count: int) -> str:
    return "".join(f"  - {{标题: 清单{number}, 内容: 乙。}}\n" for number in range(1, count + 1))


LONG = "各镇街道卫生院村卫生室规范管理情况一览以年报为准不含流动人口在内与上年口径相同"
# What may stand before a table, and how high it is.
FIRST = {
    "table": f"  - 表格: {{表题: 清单, 表头: [项目, 数], 行: [{', '.join(['[甲, 1]'] * 9)}]}}\n",
    "noted": f"  - 表格: {{表题: 清单, 表头: [项目, 数], 行: [{', '.join(['[甲, 1]'] * 40)}], 注: 初步数}}\n",
    "picture": "  - 图片: {文件: 宽.png, 宽: 80mm, 图题: 流程图}\n",
    "pictures": "  - 图片: {文件: 宽.png, 宽: 80mm, 图题: 流程图}\n" * 2,
    "beside": "  - 图片: [{文件: 宽.png, 图题: 甲}, {文件: 宽.png, 图题: 乙}]\n",
    "long": f"  - 表格: {{表题: {LONG * 2}, 表头: [项目, 数], 行: [[甲, 1], [乙, 2]], 注: {LONG * 4}}}\n",
}
REPORTS = {
    **{f"row-{lines}-{at}": SIGNED + _paragraphs(at) + _table(2, 2, lines) for lines in TALL for at in LENGTHS},
    **{f"page-{at}-{lines}": SIGNED + _paragraphs(at) + _table(1, lines) for at in (1, 22) for lines in (26, 27, 28)},
    **{
        f"behind-{name}-{at}-{lines}": SIGNED + _paragraphs(at) + before + "  - 丙。\n" + _table(1, lines)
        for name, before in FIRST.items()
        for at, lines in ((4, 30), (7, 26), (7, 30), (10, 30), (13, 26))
    },
    **{f"rows-{at}": SIGNED + _paragraphs(at) + _table(1, 1, 1, 1) for at in LENGTHS},
    **{f"note-{rows}": SIGNED + _paragraphs(20 - rows) + _noted(rows) for rows in range(1, 4)},
    "landscape": SIGNED + "  - 甲。\n" + _table(1, 1, more="横排: 是, "),
    "landscape, attached": SIGNED
    + "  - 甲。\n"
    + _table(1, 1, more="横排: 是, ")
    + "附件:\n  - {标题: 清单, 内容: 乙。}\n",
    **{
        f"beside-{pictures}-{caption}": f"落款: {LONG_NAME}\n{SIGNED}{_paragraphs(3)}{_beside(pictures, caption)}"
        for pictures, caption in ((2, 2), (2, 8), (3, 5), (3, 8))
    },
    "picture": SIGNED + _paragraphs(12) + "  - 图片: {文件: 高.png, 图题: 流程图}\n",
    **{
        f"attached-{at}": f"{SIGNED}{_paragraphs(at)}  - {'卫生健康' * 40}。\n附件:\n{_attachments(5)}"
        for at in LENGTHS
    },
    **{f"three-{at}": f"{SIGNED}{_paragraphs(at)}附件:\n" + _attachments(3) for at in range(15, 22)},
    **{f"remark-{at}": f"{SIGNED}{_paragraphs(at)}附注: 联系人：周明远\n" for at in range(15, 22)},
    **{f"remarks-{at}": f"{SIGNED}{_paragraphs(at)}附注: |\n  （{LONG}）\n  （电话：1）\n" for at in range(14, 22)},
    **{f"closing-{at}": f"{SIGNED}{_paragraphs(at)}  - {'卫生健康' * 55}。\n" for at in LENGTHS},
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """Return the pages of all reports by name, up to that of the signature."""
    folder = tmp_path_factory.mktemp("keeping")
    (folder / "高.png").write_bytes(png(200, 1600))
    (folder / "宽.png").write_bytes(png(400, 300))
    documents = []
    for name, text in REPORTS.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        documents.append(render_one(folder / f"{name}.yaml", folder / f"{name}.docx"))
    return {pdf.stem: _to_signature(measure(pdf)) for pdf in to_pdf(documents, folder)}


def _to_signature(pages: list[Page]) -> list[Page]:
    (last,) = [number for number, page in enumerate(pages) if DATE in page.texts]
    return pages[: last + 1]


def _above(page: Page) -> list[str]:
    """Return what stands above the signature on its page, without a table's header."""
    name = next(at for at, text in enumerate(page.texts) if LONG_NAME.startswith(text))
    above = page.texts[:name]
    return [text for text in above if text not in ("序号", "问题", "措施")]


@pytest.mark.parametrize("name", REPORTS)
def test_a_signature_is_never_alone(name: str, pages: dict[str, list[Page]]) -> None:
    """署名 and date share a page, with some of what they sign above them."""
    assert _above(pages[name][-1]), pages[name][-1].texts


@pytest.mark.parametrize(
    "name", [name for name in REPORTS if name.startswith(("row-3", "row-9", "rows", "attached", "closing"))]
)
def test_no_half_page_is_left_blank_before_a_signature(name: str, pages: dict[str, list[Page]]) -> None:
    """Every page before that of the signature is filled by more than half."""
    for page in pages[name][:-1]:
        assert page.lines[-1].text.startswith("—")
        assert _foot(page) > TOP + HEIGHT / 2


def test_a_row_of_half_a_page_or_more_breaks(pages: dict[str, list[Page]]) -> None:
    """Hardly ever is half a page left blank before such a row: at a foot its lines are set apart."""
    high = [name for name in REPORTS if name.startswith(("row-14", "row-18", "row-24", "row-30", "row-40"))]
    blank = [name for name in high if any(_foot(page) < TOP + HEIGHT / 2 for page in pages[name][:-1])]
    assert len(high) > 50
    assert len(blank) < len(high) / 50, blank


@pytest.mark.parametrize("name", [name for name in REPORTS if name.startswith("page")])
def test_no_page_is_left_nearly_empty_before_a_row_of_a_page(name: str, pages: dict[str, list[Page]]) -> None:
    """A row that would leave the signature alone is set smaller: nothing begins on a new page for its sake."""
    for page in pages[name][:-1]:
        assert _foot(page) > TOP + HEIGHT / 2


def _foot(page: Page) -> float:
    """Return where the text of a page ends, above its number."""
    return max(line.bottom for line in page.lines[:-1])


def test_the_first_attachment_is_not_named_alone(pages: dict[str, list[Page]]) -> None:
    """附件：1. never stands at the foot of a page by itself: 2. follows it there."""
    moved = 0
    for name in [name for name in REPORTS if name.startswith(("attached", "three"))]:
        (on,) = [page for page in pages[name] if any(text.startswith("附件：1.") for text in page.texts)]
        assert "2.清单2" in on.texts, name
        moved += on is not pages[name][0]
    assert moved


def test_a_remark_stands_below_the_signature(pages: dict[str, list[Page]]) -> None:
    """附注 is on the page of 署名 and date, never alone on the next one."""
    moved = 0
    for at in range(15, 22):
        last = pages[f"remark-{at}"][-1]
        assert last.texts[last.texts.index(DATE) + 1] == "（联系人：周明远）"
        moved += len(pages[f"remark-{at}"]) - 1
    assert moved


def test_all_lines_of_a_remark_stand_below_the_signature(pages: dict[str, list[Page]]) -> None:
    """附注 of several lines and paragraphs is not parted: its last words are on the page of the date."""
    for name, found in pages.items():
        if name.startswith("remarks-"):
            assert "（电话：1）" in found[-1].texts, name


def test_a_remark_is_kept_whole() -> None:
    """In Word the lines of 附注 are kept together, each held to the next one."""
    *_, first, last = word(f"{SIGNED}  - 甲。\n附注: |\n  （乙）\n  （丙）\n").paragraphs
    keeping = [(one.paragraph_format.keep_with_next, one.paragraph_format.keep_together) for one in (first, last)]
    assert keeping == [(True, True), (None, True)]


def test_a_landscape_table_has_the_signature_below_it(pages: dict[str, list[Page]]) -> None:
    """What signs a landscape table stands on its page, at its right edge; with 附件说明 between, on an upright page."""
    page = pages["landscape"][-1]
    assert page.width > page.height
    assert page.line(DATE).right > page.width - 60 * POINTS_PER_MM
    upright = pages["landscape, attached"][-1]
    assert upright.width < upright.height
    assert _above(upright) == ["附件：清单"]


def test_a_tall_picture_leaves_room_for_the_signature(pages: dict[str, list[Page]]) -> None:
    """A picture that would fill the page is set a little smaller: its caption and the signature stand below it."""
    assert _above(pages["picture"][-1]) == ["图1流程图"]
    assert len(pages["picture"]) == 2


def test_the_last_row_brings_the_one_before(pages: dict[str, list[Page]]) -> None:
    """A last row never goes to a new page by itself: the row before goes with it."""
    moved = 0
    for at in LENGTHS:
        above = _above(pages[f"rows-{at}"][-1])
        if len(pages[f"rows-{at}"]) > 1:
            moved += 1
            assert {"3", "4"} <= set(above), above
    assert moved


def test_a_note_stands_below_its_table(pages: dict[str, list[Page]]) -> None:
    """The note of a table is never on another page than the last row."""
    for name, found in pages.items():
        if name.startswith("note-"):
            (on,) = [page for page in found if any("初步数" in text for text in page.texts)]
            assert any("村医不足" in text for text in on.texts), name


def test_a_tall_row_may_break() -> None:
    """In Word rows are kept whole up to eight lines; the last two rows and the header are held to what follows."""
    rows = _rows(SIGNED + _table(2, 30, 2, 2))
    assert ["<w:cantSplit" in row for row in rows] == [True, True, False, True, True]
    assert ["<w:keepNext" in row for row in rows] == [True, False, False, True, True]
    assert ["<w:keepNext" in row for row in _rows(SIGNED + _table(2, 30, 2))] == [True, False, False, True]


def _rows(report: str) -> list[str]:
    (table,) = word(report).tables
    return [row._tr.xml for row in table.rows]


@pytest.mark.parametrize(
    ("report", "held"),
    [
        (SIGNED + _paragraphs(10) + _table(1, 24), False),
        (SIGNED + _paragraphs(2) + _table(2, 2, 24), False),
        (SIGNED + _paragraphs(10) + _table(1, 9), True),
        (SIGNED + "  - 图片: {文件: 高.png, 图题: 流程图}\n" + _table(1, 24), False),
        (f"红头: {{发文字号: 清卫发〔2022〕8号}}\n{SIGNED}{_paragraphs(10)}{_table(1, 24)}", True),
        (SIGNED + _paragraphs(2) + _table(2, 2, 24, more="注: 初步数, "), False),
    ],
    ids=["breaks", "at the foot of a page", "not high", "behind a picture", "height not known", "note"],
)
def test_a_high_last_row_is_held_where_it_must_be(report: str, held: bool, tmp_path: Path) -> None:
    """In Word nothing holds a last row that breaks; it is held where nobody knows where it ends."""
    (tmp_path / "高.png").write_bytes(png(200, 400))
    source = tmp_path / "甲.yaml"
    source.write_text(report, encoding="utf-8")
    (table,) = docx.Document(str(render_one(source, tmp_path / "甲.docx"))).tables
    last = table.rows[-1]._tr.xml
    assert "<w:cantSplit" not in last
    assert ("<w:keepNext" in last) is held


@pytest.mark.parametrize(("paragraphs", "pitch"), [(2, 21), (5, None)], ids=["at the foot of a page", "not at a foot"])
def test_lines_are_set_apart_where_a_high_row_would_end_at_a_foot(paragraphs: int, pitch: float | None) -> None:
    """All rows of the table have the pitch at which the last one ends elsewhere (7.3.5.5), the header keeps its own."""
    (table,) = word(SIGNED + _paragraphs(paragraphs) + _table(2, 2, 24)).tables
    header, *rows = ({cell.paragraphs[0].paragraph_format.line_spacing for cell in row.cells} for row in table.rows)
    assert header == {None}
    assert rows == [{Pt(pitch) if pitch else None}] * 3


@pytest.mark.parametrize(
    ("report", "size"),
    [
        (f"红头: {{发文字号: 清卫发〔2022〕8号}}\n{SIGNED}{_table(2, 2, 30)}", 9),
        (SIGNED + _paragraphs(17) + _table(2, 2, 30), None),
    ],
    ids=["height not known", "height known"],
)
def test_a_row_that_leaves_no_room_for_a_signature_is_set_smaller(report: str, size: float | None) -> None:
    """One of nearly a page, of which nobody knows where it ends; nothing is moved for its sake."""
    written = word(report)
    assert not [one for one in written.paragraphs if one.paragraph_format.page_break_before]
    (table,) = written.tables
    sizes = {run.font.size for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs}
    assert sizes == {Pt(size) if size else None}
