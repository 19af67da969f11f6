"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.numbering.sequences import SEQUENCE

RULES = (SEQUENCE,)
