"""The rules on texts that are certain: every ``render`` asks them, so they alone are imported there."""

from __future__ import annotations

from healthreport.checking.rules.leftovers.dates import IMPOSSIBLE_DATE
from healthreport.checking.rules.numbering.twice import TWICE
from healthreport.checking.rules.wording.wrong import WRONG_WORD

CERTAIN = (TWICE, WRONG_WORD, IMPOSSIBLE_DATE)


def settable() -> tuple[str, ...]:
    """Return the ids of all rules that settings and comments may name: those on texts."""
    from healthreport.checking.rules.every import ON_TEXTS

    return tuple([rule.id for rule in ON_TEXTS])
