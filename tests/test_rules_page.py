"""``docs/rules.md``: every rule with its reason, its basis and its examples, made from the rules themselves."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.checking.rule import Rule, TextRule
from healthreport.checking.rules.every import RULES
from healthreport.cli.findings import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
HEAD = """# 检查规则

`healthreport check` 的每一条规则：查什么、为什么、依据、错（✗）和对（✓）的例子；
一条一条看用 `healthreport explain HR204`。
这一页由测试从源码生成，不要手改：`HEALTHREPORT_ACCEPT=1 pytest tests/test_rules_page.py`。

级别：错误、警告、建议；标“必查”的，`render` 和 `batch` 也提醒。轻重和要不要，在 `.healthreport.yaml` 里改。
"""
GROUPS = {
    "HR1": "结构和序号",
    "HR2": "数",
    "HR3": "标点和排印",
    "HR4": "用字",
    "HR5": "隐私",
    "HR6": "与上年、与别处的材料",
    "HR7": "没有填的空、没有删的字",
}


def page() -> str:
    """Return the page."""
    out = [HEAD]
    for group, rules in groupby(RULES, key=lambda one: GROUPS.get(one.id[:3], "报告的数和空白（总是查，不能关）")):
        out.append(f"## {group}\n")
        for rule in rules:
            out += [*of_rule(rule), ""]
    return "\n".join(out).rstrip() + "\n"


def of_rule(rule: Rule) -> Iterator[str]:
    """Yield what the page says of a rule."""
    certain = "，必查" if isinstance(rule, TextRule) and rule.certain else ""
    yield f"### {rule.id} {rule.name}\n"
    yield f"{NAMES[rule.severity]}{certain}。{rule.why}依据：{rule.basis}。\n"
    yield "```text"
    for mark, examples in (("✗", rule.bad), ("✓", rule.good)):
        for example in examples:
            first, *more = example.rstrip().split("\n")
            yield f"{mark} {first}"
            yield from (f"  {line}" for line in more)
    yield "```"


def test_the_page_is_the_rules() -> None:
    """The page has every rule as the source says it."""
    if os.environ.get("HEALTHREPORT_ACCEPT") == "1":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text("utf-8") == page()
