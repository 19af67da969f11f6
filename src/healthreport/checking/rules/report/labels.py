"""序号 that the report writes itself: they stand as they are, and nothing is counted from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.checking.scanning.typed_labels import NUMBER, typed
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject

_MOST = 6
_OF_SECTIONS = {"achievements", "problems", "plans", "sections", "attachments"}


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell once of all 序号 that are typed: a section put before them does not move them."""
    report = subject.report
    if report is None or (report.common and _OF_SECTIONS.isdisjoint(report.differing)):
        return  # what is the base's stands there for all
    labels = [one for key, one in typed(report.root) if key == NUMBER]
    if labels:
        more = f"等{len(labels)}个" if len(labels) > _MOST else ""
        listed = "".join(f"“{one.value}”" for one in labels[:_MOST]) + more
        message = f"“序号”里自己写的{listed}照印，不和别的节一起编，前后增删也不变。"
        hint = "要由程序编，请删去“序号”；要换一种样子，写“编号”或上一级的“下级编号”，如[1.]；有意这样的，不用管它。"
        yield Finding(message, labels[0].position(), hint)


_REPORT = "体裁: 通用\n标题: 情况汇报\n章节:\n"
LABEL = Rule(
    "typed-label",
    Severity.NOTE,
    _find,
    bad=(_REPORT + "  - {标题: 健康教育, 序号: 3、, 内容: 举办讲座12场。}\n",),
    good=(
        _REPORT + "  - {标题: 健康教育, 内容: 举办讲座12场。}\n",
        _REPORT + "  - {标题: 健康教育, 序号: 无, 内容: 举办讲座12场。}\n",
        "体裁: 通用\n标题: 情况汇报\n编号: [1.]\n章节:\n  - {标题: 健康教育, 内容: 举办讲座12场。}\n",
    ),
    name="自己写的序号",
    why="写在“序号”里的照印，不随前后的节改变；程序编的会。",
)
