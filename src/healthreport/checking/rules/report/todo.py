"""待补: what is still to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity
from healthreport.trees.document import Heading, Paragraph, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.subject import Subject
    from healthreport.trees.document import Block


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of sections left open on purpose (待补): they print as a blank line, and none should be sent in so."""
    yield from _find_in(subject.pattern.blocks, "")
    for attachment in subject.pattern.attachments:
        yield from _find_in(attachment.blocks, text_of(attachment.title).replace("\n", ""))


def _find_in(blocks: Sequence[Block], title: str) -> Iterator[Finding]:
    """Name the heading before each place that is to be filled in, or at first the ``title``."""
    for block in blocks:
        heading = block.heading if isinstance(block, Paragraph) else block
        if isinstance(heading, Heading):
            title = text_of(heading.runs)
            title = title if heading is block else title.removesuffix("。")  # as a heading that runs in closes
        if isinstance(block, Paragraph) and block.todo:
            about = f"“{title}”" if title else "这里"
            hint = "写好后，把“待补”改成“内容”。"
            printed = "先印了建议的文字" if len(block.runs) > 1 else "留了空白"
            yield Finding(f"{about}还没有写（待补），{printed}。", block, hint, about=title)


TODO = Rule(
    "todo",
    Severity.WARNING,
    _find,
    bad=("体裁: 通用\n标题: 情况汇报\n章节:\n  - {标题: 健康教育, 待补: 是}\n",),
    good=("体裁: 通用\n标题: 情况汇报\n章节:\n  - {标题: 健康教育, 内容: 举办讲座12场。}\n",),
    shared=True,
    name="还没有写的一节",
    why="写了“待补”的地方印成空白，交上去之前要写好。",
)
