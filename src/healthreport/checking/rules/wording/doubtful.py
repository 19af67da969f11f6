"""Words that are wrong more often than not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, TextRule
from healthreport.checking.rules.wording import hits
from healthreport.checking.rules.wording.wrong import finding
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of words of the list that are right in few sentences: 付主任 for 副主任; 交付|主任 is none."""
    text = subject.joined
    for hit in hits.of_doubtful(subject):
        yield finding(hit, text, "疑为")


DOUBTFUL_WORD = TextRule(
    "HR402",
    Severity.NOTE,
    _find,
    name="疑似错字、赘字",
    basis="实务",
    why="多半是错的，但有的句子里成立，请看一眼上下文。",
    bad=(
        "今年来，我们根据上级要求开展工作。",
        "大约200人左右参加了培训。",
        "付主任医师张某参加会诊。",
        "防止类似问题不再发生。",
        "全面加快工作力度。",
        "工作的的开展有序。",
    ),
    good=(
        "既使群众少跑腿，又使基层减了负。",
        "预约挂号于8时左右开始。",
        "今年来院就诊患者增多。",
        "提高服务水平，加大执法力度，加快改革步伐。",
        "血压平稳，但心率偏快。",
        "绩效考核的目的的确认，为人民服务的的确不少。",
    ),
)
