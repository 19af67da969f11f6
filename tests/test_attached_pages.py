"""Pages of attachments as LibreOffice lays them out: 附件 and its title do not stand there alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from helpers import UNTITLED, png
from office import Page, measure, render_one, to_pdf

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "严格落实工作责任，加强组织领导，确保任务完成。"
PICTURES = {"竖": (1200, 1600), "横": (1600, 1200), "高": (600, 4000)}
# What the attachment of each report holds.
REPORTS = {
    "tall row": f"表格: {{列宽: [1, 6], 表头: [单位, 措施], 行: [[甲, {TEXT * 40}], [乙, 丙]]}}",
    "picture": "图片: {文件: 竖.png, 图题: 义诊}",
    "pictures": "图片: [{文件: 竖.png, 图题: 义诊}, {文件: 竖.png, 图题: 体检}]",
    "wide": "图片: {文件: 横.png, 宽: 300mm, 图题: 义诊}",
}
TURNED = {f"turned {name}": content for name, content in REPORTS.items() if name in ("picture", "pictures")}
# As high as their page, by a width that is said.
WHOLE = {
    "whole": "图片: {文件: 竖.png, 宽: 300mm, 图题: 义诊}",
    "whole, two": "图片: [{文件: 高.png, 宽: 60mm, 图题: 义诊}, {文件: 高.png, 宽: 60mm, 图题: 体检}]",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """Return the pages of each attachment."""
    folder = tmp_path_factory.mktemp("attached")
    for name, size in PICTURES.items():
        (folder / f"{name}.png").write_bytes(png(*size))
    named = {**REPORTS, **TURNED, **WHOLE, **{f"turned {name}": content for name, content in WHOLE.items()}}
    documents = [_rendered(folder, name, content) for name, content in named.items()]
    return {pdf.stem: measure(pdf)[1:] for pdf in to_pdf(documents, folder)}


def _rendered(folder: Path, name: str, content: str) -> Path:
    source = folder / f"{name}.yaml"
    turned = "\n  横排: 是" if name.startswith("turned") else ""
    report = f"{UNTITLED}内容: 甲。\n附件:\n  标题: 清单{turned}\n  内容:\n    {content}\n"
    source.write_text(report, encoding="utf-8")
    return render_one(source, folder / f"{name}.docx")


def test_a_tall_row_begins_below_the_title(pages: dict[str, list[Page]]) -> None:
    """A row that does not find room below the title breaks, though a single row comes behind it."""
    assert pages["tall row"][0].texts[:2] == ["附件", "清单"]
    assert len(pages["tall row"][0].texts) > 12


@pytest.mark.parametrize("name", [name for name in (*REPORTS, *TURNED) if name != "tall row"])
def test_pictures_stand_below_the_title(name: str, pages: dict[str, list[Page]]) -> None:
    """Pictures whose width is not said are so high that they and their captions stand on the page of the title."""
    assert "清单" in pages[name][0].texts
    assert any("图1" in text for text in pages[name][0].texts)


@pytest.mark.parametrize("name", [*WHOLE, *(f"turned {name}" for name in WHOLE)])
def test_a_picture_of_a_page_has_its_caption_on_it(name: str, pages: dict[str, list[Page]]) -> None:
    """Pictures as high as a page leave room for their captions, in the whole lines that a grid gives them."""
    assert len(pages[name]) == 2
    assert any("图1" in text for text in pages[name][1].texts)


@pytest.mark.parametrize(
    ("name", "lines"), [("picture", 9), ("turned picture", 8), ("whole", 20), ("turned whole", 13)]
)
def test_a_picture_and_its_caption_take_whole_lines(name: str, lines: int, tmp_path: Path) -> None:
    """In Word a picture takes whole lines of the grid, 22 on a page and 15 on a landscape one, and its caption two."""
    (tmp_path / "竖.png").write_bytes(png(*PICTURES["竖"]))
    content = {**REPORTS, **WHOLE}[name.removeprefix("turned ")]
    (drawn,) = docx.Document(str(_rendered(tmp_path, name, content))).inline_shapes
    high = drawn.height.pt / 28.95
    assert lines - 1 < high < lines
