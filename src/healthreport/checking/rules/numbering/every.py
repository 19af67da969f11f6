"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.numbering.points import POINTS
from healthreport.checking.rules.numbering.sequences import SEQUENCE
from healthreport.checking.rules.numbering.twice import TWICE

RULES = (TWICE, SEQUENCE, POINTS)
