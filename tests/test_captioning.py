"""Captions that were typed by hand: their numbers become the program's, whatever stands behind them, and it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from healthreport.diagnostics import Position
from healthreport.recognising import captioning
from healthreport.recognising.cleaning.changes import Kind
from healthreport.recognising.cleaning.cleaning import Cleaned
from healthreport.trees.manuscript import Grid, GridCell, Image, Line, Manuscript, Span
from helpers import png

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cli

PLACE = Position("去年.docx", 1)
GRID = Grid(((GridCell((Line((Span("甲"),), PLACE),)),),), PLACE)
IMAGE = Image(b"x", "png", PLACE)


def completed(*parts: object, keep: tuple[Kind, ...] = ()) -> list[str]:
    """Return the words of the lines, as they are taken over."""
    made = tuple(Line((Span(part),), PLACE) if isinstance(part, str) else part for part in parts)
    found, changes = captioning.completed(Cleaned(Manuscript("去年.docx", "word", made), ()), keep)  # type: ignore[arg-type]
    words = [part.words for part in found.parts if isinstance(part, Line)]
    before = [part.words for part in made if isinstance(part, Line)]
    assert len(changes) == sum(one != other for one, other in zip(words, before, strict=True))
    return words


@pytest.mark.parametrize(
    "label", ["表1：", "表1:", "表 1：", "表一 ", "表一、", "表1、", "表1.", "表1． ", "表一", "表 一\u3000"]
)
def test_marks_behind_a_number(label: str) -> None:
    """Whatever mark stands behind a number, and however it is written, the program prints its own."""
    assert completed(f"{label}改厕进度", GRID) == ["表1 改厕进度"]
    assert completed(IMAGE, "", label.replace("表", "图") + "义诊", "正文。") == ["", "图1 义诊", "正文。"]
    assert completed(f"{label}改厕进度", GRID, keep=(Kind.CAPTION,)) == [f"{label}改厕进度"]


@pytest.mark.parametrize(
    "text",
    [
        "表1 改厕进度",
        "表1改厕进度",
        "表2：改厕进度",
        "表1.2 改厕",
        "表1中：各镇",
        "表1：改厕。",
        "表一",
        "表十人",
        "图1：改厕",
    ],
)
def test_what_stays(text: str) -> None:
    """What is right, another number, a sentence, and what is no caption of a table stay as they are."""
    assert completed(text, GRID) == [text]


def test_each_kind_counts() -> None:
    """Tables and pictures count by themselves, in their order; what stands apart is no caption."""
    parts = (
        "表1 人员",
        GRID,
        IMAGE,
        "图一：义诊",
        "表二：床位",
        GRID,
        "表3：说明",
        "正文。",
        "表四 药品",
        GRID,
    )
    assert completed(*parts, "表3：设备", GRID) == [
        "表1 人员",
        "图1 义诊",
        "表2 床位",
        "表3：说明",
        "正文。",
        "表四 药品",
        "表3 设备",
    ]


def test_a_word_file_with_captions(here: Path, cli: Cli) -> None:
    """Captions of a Word file become 表题 and 图题, print what stood there, and what was changed is told."""
    (here / "义诊.png").write_bytes(png(60, 40))
    file = docx.Document()
    file.add_paragraph("情况汇报").alignment = WD_ALIGN_PARAGRAPH.CENTER
    file.add_paragraph("今年开展了两项工作，取得较好的效果。")
    for caption in ("表1：改厕进度", "人员情况"):
        file.add_paragraph(caption).alignment = WD_ALIGN_PARAGRAPH.CENTER
        table = file.add_table(2, 2)
        for cell, text in zip(table._cells, ("乡镇", "座数", "白石镇", "412"), strict=True):
            cell.text = text
        file.add_paragraph("以上为第一季度的情况。")
    for caption in ("图一 义诊现场", "健康讲座"):
        file.add_picture(str(here / "义诊.png"), width=Mm(60))
        file.add_paragraph(caption).alignment = WD_ALIGN_PARAGRAPH.CENTER
        file.add_paragraph("群众反映良好。")
    file.save(str(here / "去年.docx"))
    told = cli("import", "去年.docx").err
    assert "清理了表题、图题的编号2处，不清理加 --keep caption。例如（第3行）“表1：”→“表1 ”" in told
    made = (here / "去年.yaml").read_text("utf-8")
    for caption in (
        "表题: 改厕进度, 表头",
        "表题: 人员情况, 序号: 无",
        "图题: 义诊现场, 宽",
        "图题: 健康讲座, 序号: 无",
    ):
        assert caption in made
    assert cli("render", "去年.yaml", "--to", "txt", "-o", "新.txt").code == 0
    printed = (here / "新.txt").read_text("utf-8").split("\n")
    assert [line for line in printed if line[:1] in "表图人健"][:4] == [
        "表1\u3000改厕进度",
        "人员情况",
        "图1\u3000义诊现场",
        "健康讲座",
    ]
