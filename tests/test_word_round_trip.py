"""What this program writes as Word files its reader of them finds again: words, numbers, headings, tables, turned pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthreport import pipeline
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.trees.document import Block, Document, Heading, Paragraph, Table, labelled, text_of
from healthreport.trees.manuscript import Grid, Line, Turn
from healthreport.writing import plain
from helpers import DOCUMENTS, GENERAL, RESOURCES, ROOT, compose
from word_files import read, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

EXAMPLES = [
    path
    for folder in ("examples", "templates/skeletons")
    for path in sorted((ROOT / folder).glob("*.yaml"))
    if "继承" not in path.read_text("utf-8")
]


def blocks(document: Document) -> list[Block]:
    """Return the blocks of a document and of its attachments."""
    return [*document.blocks, *(block for one in document.attachments for block in one.blocks)]


def headings(document: Document) -> Iterator[tuple[int, str, bool]]:
    """Yield the headings of a document: level, words with their label, whether run in; so are 附件1 and its title."""
    yield from _headings(document.blocks)
    for one in document.attachments:
        yield (1, one.label, False)
        yield (1, text_of(one.title), False)
        yield from _headings(one.blocks)


def _headings(blocks: Sequence[Block]) -> Iterator[tuple[int, str, bool]]:
    for block in blocks:
        heading = block if isinstance(block, Heading) else block.heading if isinstance(block, Paragraph) else None
        if heading:
            yield heading.level, text_of(labelled(heading.label, heading.runs)), isinstance(block, Paragraph)


@pytest.mark.parametrize("path", [*DOCUMENTS, *EXAMPLES], ids=lambda path: path.stem)
def test_our_own_word_files(path: Path) -> None:
    """A report's Word file reads as its text, with every heading at its level, run in or not, and its tables' spans."""
    reader = Reader()
    composed = pipeline.compose(inherit.load(path, reader), reader, RESOURCES, draft=True)
    data = pipeline.write(composed, "docx", RESOURCES, "")
    squeezed = ["".join(line.split()) for line in plain.write(composed.document).splitlines() if line.strip()]
    rows = ("".join(line.removeprefix("[表]").replace("|", "").split()) for line in shown(data) if line != "[图]")
    assert [row for row in rows if row] == squeezed
    found = [one for one in read(data).parts if isinstance(one, Line) and one.level]
    assert [(one.level, one.words[: one.run_in or None], bool(one.run_in)) for one in found] == [
        *headings(composed.document)
    ]
    tables = [block for block in blocks(composed.document) if isinstance(block, Table)]
    grids = [one for one in read(data).parts if isinstance(one, Grid)]
    assert [[[(cell.across, cell.down) for cell in row] for row in one.rows] for one in grids] == [
        [[(cell.across, cell.down) for cell in row] for row in (*one.header, *one.rows)] for one in tables
    ]
    assert [one.header for one in grids] == [len(one.header) for one in tables]


def test_turned_pages() -> None:
    """Pages across and back are found where they begin."""
    table = "表格: {表题: 明细, 横排: 是, 表头: [甲, 乙], 行: [[丙, 丁]]}"
    composed = compose(f"{GENERAL}内容: [开头。, {{{table}}}, 结尾。]\n")
    parts = read(pipeline.write(composed, "docx", RESOURCES, "")).parts
    turns = [(at, one.landscape) for at, one in enumerate(parts) if isinstance(one, Turn)]
    assert [across for _, across in turns] == [True, False]
    (grid,) = [at for at, one in enumerate(parts) if isinstance(one, Grid)]
    assert turns[0][0] < grid < turns[1][0]
