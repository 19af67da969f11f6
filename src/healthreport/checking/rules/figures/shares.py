"""Shares of one whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import TextRule
from healthreport.checking.rules.figures.looking import findings
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.rule import Finding
    from healthreport.checking.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of shares that do not add to 100: 内科45%、外科30%、其他35%."""
    yield from findings(subject, "HR205")


SHARES = TextRule(
    "HR205",
    Severity.WARNING,
    _find,
    bad=(
        "门诊构成：内科45%、外科30%、其他35%。",
        "男女各占52.4%、48.6%。",
        "卫生技术人员640人，其中医师占40.0%、护士占46.9%、其他占23.1%。",
    ),
    good=(
        "门诊构成：内科45%、外科30%、其他25%。",
        "医师占33.3%、护士占33.3%、其他占33.3%。",
        "高级职称占12.5%，硕士以上学历占8.3%。",
        "前三位病种分别占21.5%、16.3%、12.2%。",
        "对甲镇占11%，对乙镇占16%，其他镇同比增长30%。",
        "门诊药费占39.2%，住院药费占24.7%。",
    ),
    name="各项占比之和不是100%",
    basis="数据",
    why="把一个整体分完的各项，占比相加应为100%，印出的位数允许差一点。",
)
