"""Where a document's parts are written: every node answers with the line of the file its words come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport import pipeline
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.trees.document import Attachment, Figure, Heading, Paragraph, Signature, Table, text_of
from helpers import GENERAL, RESOURCES, compose
from office import PIXEL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from healthreport.trees.document import Document, Placed

REPORT = """体裁: 通用
标题: 情况汇报
主送: 某委
单位: 清河区卫生健康局
日期: 2022-12-30
指标: {改厕: {数值: 12, 单位: 座}}
内容:
  - 第一段。
  - 分述: [甲点, 乙点]
  - 条目: [甲事, {事项: 乙事, 时限: 年底}]
  - 表格:
      表题: 甲表
      表头: [丙, 丁]
      行: [[戊, 己]]
  - 表格: {行: [["", 庚]]}
  - 指标表:
      - 改厕
  - 图片: {文件: 甲.png, 图题: 甲图}
章节:
  - 标题: 甲节
    章节:
      - 标题: 乙节
        接排: 是
        内容: 乙节的话。
附注: 甲注
附件:
  - 标题: 甲附件
    内容: 附件的话。
"""

LINES = """2 情况汇报
3 某委：
4 清河区卫生健康局
8 第一段。
9 一是甲点；二是乙点。
10 甲事
10 乙事。年底。
12 甲表
13 丙
13 丁
14 戊
14 己
15 庚
17 改厕
17 12
17 座
18 甲图
20 甲节
22 乙节。
24 乙节的话。
25 （甲注）
27 甲附件
28 附件的话。
"""


def nodes(document: Document) -> Iterator[tuple[Placed, str]]:
    """Yield what has a place, with the words it was made of."""
    parts = [*document.blocks, *document.attachments]
    for part in parts:
        if isinstance(part, Attachment):
            parts += part.blocks
            yield part, text_of(part.title)
        elif isinstance(part, Paragraph):
            yield part, text_of(part.runs)
            if part.heading:
                yield part.heading, text_of(part.heading.runs)
        elif isinstance(part, Heading):
            yield part, text_of(part.runs)
        elif isinstance(part, Table):
            yield part, text_of(part.caption)
            yield from ((cell, text_of(cell.runs)) for row in (*part.header, *part.rows) for cell in row)
        elif isinstance(part, Figure):
            yield part, text_of(part.caption)
        elif isinstance(part, Signature):
            yield part, part.organisation


def placed(document: Document) -> dict[str, tuple[str, int]]:
    """Return by its words where each part of a document is written: file and line."""
    found = {words: document.position(node) for node, words in nodes(document)}
    return {words: (place.file, place.line) for words, place in found.items() if place}


def test_every_part_answers_where_it_is_written(here: Path) -> None:
    """Headings, paragraphs, items, cells, tables, pictures, attachments: each has the line it comes from."""
    (here / "甲.png").write_bytes(PIXEL)
    (here / "甲.yaml").write_text(REPORT, encoding="utf-8")
    reader = Reader()
    document = pipeline.compose(inherit.load(here / "甲.yaml", reader), reader, RESOURCES).document
    found = {words: line for words, (_, line) in placed(document).items()}
    expected = [line.split(maxsplit=1) for line in LINES.splitlines()]
    assert {words.strip() for words in found} - {"", "—"} == {words for _, words in expected}
    assert [(line, words) for line, words in expected if found[words] != int(line)] == []


def test_what_the_template_says_is_written_nowhere() -> None:
    """一、主要工作 is the genre's: it has no place in the report."""
    document = compose("体裁: 年度工作总结\n标题: 甲\n成绩: [{标题: 乙, 内容: 丙}]\n").document
    (set_phrase,) = [block for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert text_of(set_phrase.runs) == "主要工作"
    assert document.position(set_phrase) is None


def test_reports_that_share_a_document_keep_their_places(here: Path) -> None:
    """What a township says itself is written in its own file, what it inherits in the base."""
    base = GENERAL + "单位: 区\n落款: 无\n内容: 共有的话。\n结尾: 区里的话。\n"
    (here / "全区.yaml").write_text(base, encoding="utf-8")
    reader = Reader()
    composed = []
    for number, name in enumerate(("白石镇", "柳河镇")):
        path = here / f"{name}.yaml"
        path.write_text("继承: 全区.yaml\n" + "\n" * number + f"结尾: {name}的话\n", encoding="utf-8")
        composed.append(pipeline.compose(inherit.load(path, reader), reader, RESOURCES))
    assert composed[0].subject.pattern is composed[1].subject.pattern
    for number, (name, one) in enumerate(zip(("白石镇", "柳河镇"), composed, strict=True)):
        found = placed(one.document)
        assert found["共有的话。"] == (str(here / "全区.yaml"), 5)
        assert found[f"{name}的话"] == (str(here / f"{name}.yaml"), 2 + number)
