"""Dates: a document that is signed has one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity
from healthreport.trees import slots
from healthreport.trees.document import BLANK_DATE, Signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject
    from healthreport.trees.document import Document

# A date that was written below the name by hand.
_WRITTEN = re.compile("年.{1,3}月")


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of a signature without a date: 成文日期 belongs to what is filed (GB/T 9704-2012, 7.3.5)."""
    for signature in _undated(subject.pattern):
        if not _WRITTEN.search(slots.fill(signature.organisation, subject.fillings)):
            hint = "请写上“日期”，如“日期: 2022-12-30”；不署名的，请写“落款: 无”。"
            yield Finding("有落款，没有日期。", signature, hint)


@lru_cache(maxsize=64)
def _undated(pattern: Document) -> tuple[Signature, ...]:
    """Return the signatures without a date of all documents of one pattern."""
    signed = [block for block in pattern.blocks if isinstance(block, Signature) and block.organisation]
    return tuple(block for block in signed if block.date in ("", BLANK_DATE))


_REPORT = "体裁: 通用\n标题: 情况汇报\n内容: 一切正常。\n"
NO_DATE = Rule(
    "no-date",
    Severity.WARNING,
    _find,
    bad=(
        _REPORT + "落款: 清河区卫生健康局\n",
        _REPORT + '单位: 清河区卫生健康局\n落款: "{{ 单位 }}"\n',
    ),
    good=(
        _REPORT + "落款: 清河区卫生健康局\n日期: 2022-12-30\n",
        _REPORT + "单位: 清河区卫生健康局\n",
        _REPORT + "落款: 无\n",
        _REPORT + "落款: |\n  清河区卫生健康局\n  2022年12月\n",
    ),
    name="有落款没有日期",
    why="成文日期是正式公文的要素，署名后面要有。",
    basis="GB/T 9704—2012 7.3.5",
)
