"""Pages of attachments as LibreOffice lays them out: 附件 and its title do not stand there alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpers import UNTITLED
from office import Page, measure, render_one, to_pdf

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "严格落实工作责任，加强组织领导，确保任务完成。"
# What the attachment of each report holds.
REPORTS = {
    "tall row": f"表格: {{列宽: [1, 6], 表头: [单位, 措施], 行: [[甲, {TEXT * 40}], [乙, 丙]]}}",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """Return the pages of each attachment."""
    folder = tmp_path_factory.mktemp("attached")
    documents = [_rendered(folder, name, content) for name, content in REPORTS.items()]
    return {pdf.stem: measure(pdf)[1:] for pdf in to_pdf(documents, folder)}


def _rendered(folder: Path, name: str, content: str) -> Path:
    source = folder / f"{name}.yaml"
    source.write_text(f"{UNTITLED}内容: 甲。\n附件:\n  标题: 清单\n  内容:\n    {content}\n", encoding="utf-8")
    return render_one(source, folder / f"{name}.docx")


def test_a_tall_row_begins_below_the_title(pages: dict[str, list[Page]]) -> None:
    """A row that does not find room below the title breaks, though a single row comes behind it."""
    assert pages["tall row"][0].texts[:2] == ["附件", "清单"]
    assert len(pages["tall row"][0].texts) > 12
