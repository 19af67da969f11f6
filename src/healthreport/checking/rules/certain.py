"""The rules on texts that are certain: every ``render`` asks them, so they alone are imported there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthreport.checking.rule import TextRule

CERTAIN: tuple[TextRule, ...] = ()


def settable() -> tuple[str, ...]:
    """Return the ids of all rules that settings and comments may name: those on texts."""
    from healthreport.checking.rules.every import ON_TEXTS

    return tuple([rule.id for rule in ON_TEXTS])
