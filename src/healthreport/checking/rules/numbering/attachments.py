"""The line that lists attachments: 附件：1.任务分解表."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.scanning.lines import lines
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.scanning.lines import Lines
    from healthreport.checking.subject import Subject

_LINE = re.compile(r"\n[ \u3000]*附件[：:][ \u3000]*(?P<first>[^\n]{2,60})(?=\n|$)")
_NEXT = re.compile(r"\n[ \u3000]*(?P<number>[0-9]{1,2})(?P<mark>[.．、])(?P<name>[^\n]{2,60})(?=\n|$)")
_NUMBERED = re.compile(r"(?P<number>[0-9]{1,2})(?P<mark>[.．、])(?![0-9])")
_ENDS = "；;。，,、."


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a list of attachments with marks it should not have: 附件：1、任务分解表；."""
    words = lines(subject)
    if not words.is_read:
        return
    text = f"\n{words.text}" if "\n附件" in f"\n{words.text}" else ""
    for match in _LINE.finditer(text):
        yield from _marks(words, match.start("first") - 1, match["first"])
        at = match.end()
        while following := _NEXT.match(text, at):
            yield from _marks(words, following.start("number") - 1, text[following.start("number") : following.end()])
            at = following.end()


def _marks(words: Lines, at: int, name: str) -> Iterator[Finding]:
    numbered = _NUMBERED.match(name)
    if numbered and numbered["mark"] == "、":
        spot = words.spot(at, at + numbered.end(), f"{numbered['number']}.")
        yield Finding(
            f"附件说明里“{numbered[0]}”应为“{numbered['number']}.”。", spot, "附件的顺序号用阿拉伯数字加下脚点。"
        )
    bare = name.rstrip()
    if bare.endswith(tuple(_ENDS)) and not set("。；") & {*bare[:-1]}:
        end = at + len(bare)
        what = f"附件名称后面多了“{bare[-1]}”。"
        yield Finding(what, words.spot(end - 1, end, ""), "请删去：附件名称后不加标点。")


ATTACHMENT = TextRule(
    "HR113",
    Severity.WARNING,
    _find,
    bad=(
        "请认真执行。\n附件：1.任务分解表；\n2.时间安排表\n清河区卫生健康局\n",
        "请认真执行。\n附件：任务分解表。\n清河区卫生健康局\n",
        "请认真执行。\n附件：1.任务分解表\n2.时间安排表。\n清河区卫生健康局\n",
    ),
    good=(
        "请认真执行。\n附件：1.任务分解表\n2.时间安排表\n清河区卫生健康局\n",
        "请认真执行。\n附件：任务分解表\n清河区卫生健康局\n",
        "有关附件：见网站。请自行下载。\n附件已上传。\n",
    ),
    name="附件说明写法不对",
    basis="GB/T 9704—2012 7.3.4",
    why="附件说明里，顺序号用阿拉伯数字，附件名称后不加标点。",
)
