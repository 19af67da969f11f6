"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthreport.checking.rule import TextRule

RULES: tuple[TextRule, ...] = ()
