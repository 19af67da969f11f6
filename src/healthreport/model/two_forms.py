"""A report is written by role (成绩, 问题, 计划) or by section (章节), never both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.yaml.nodes import Mapping, Node

_ROLE_KEYS = ("成绩", "问题", "计划")


def has_two_forms(root: dict[str, Node]) -> bool:
    """Say whether a file is written both by role and by section."""
    return "章节" in root and any(role in root for role in _ROLE_KEYS)


def two_forms(root: Mapping) -> Iterator[Diagnostic]:
    """Find a file that is written both by role and by section."""
    if has_two_forms(root):
        roles = [role for role in _ROLE_KEYS if role in root]
        message = f"“章节”与“{'”“'.join(roles)}”不能同时写，请把“章节”的内容并入“成绩”等，或都写进“章节”。"
        place = root.keys_at["章节"].position()
        yield Diagnostic("two-forms", message, place, hint="一份材料只用一种写法。")
