"""Parts that are more than their whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of parts (分项) that are more than their whole: one of the two was put in the other's place."""
    if numbers := subject.numbers:
        for part, whole in numbers.oversized:
            message = f"{part}是{numbers.written(part)}，比“{whole.indicator}”的合计{numbers.written(whole)}还多。"
            yield Finding(message, numbers.position(part), "请核对这个分项和合计。")


_REPORT = "体裁: 通用\n标题: 情况汇报\n指标:\n"
PART = Rule(
    "part-over-whole",
    Severity.WARNING,
    _find,
    bad=(
        _REPORT + "  签约: {数值: 100, 单位: 人, 分项: {新签: 120, 续签: }}\n",
        _REPORT + "  签约: {数值: 100, 单位: 人, 分项: {新签: 120, 续签: -20}}\n",
        _REPORT
        + "  新签: {数值: 120, 单位: 人}\n  续签: {单位: 人}\n  签约: {数值: 0.01, 单位: 万人, 分项: [新签, 续签]}\n",
        _REPORT + "  收支: {单位: 元, 分项: {收入: 120, 支出: -20}}\n内容: '{{ 收支 }}'\n",
    ),
    good=(
        _REPORT + "  签约: {数值: 100, 单位: 人, 分项: {新签: 100, 续签: }}\n",
        _REPORT + "  签约: {单位: 人, 分项: {新签: 120, 续签: 20}}\n内容: '{{ 签约 }}'\n",
        _REPORT + "  签约: {数值: 约100, 单位: 人, 分项: {新签: 120, 续签: }}\n",
        _REPORT + "  签约: {数值: 100, 单位: 人, 分项: {新签: 约120, 续签: }}\n",
        _REPORT + "  经费: {数值: 120, 单位: 元}\n  签约: {数值: 100, 单位: 人, 分项: [经费]}\n",
    ),
    name="比总数还大的分项",
    why="分项比合计还多，两个数里有一个写错了位置。",
    basis="数据",
)
