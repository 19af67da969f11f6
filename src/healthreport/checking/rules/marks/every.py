"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.marks.doubled import DOUBLED
from healthreport.checking.rules.marks.empty import EMPTY
from healthreport.checking.rules.marks.fullwidth import FULL_WIDTH
from healthreport.checking.rules.marks.halfwidth import HALF_WIDTH
from healthreport.checking.rules.marks.spaces import SPACE

RULES = (HALF_WIDTH, SPACE, FULL_WIDTH, DOUBLED, EMPTY)
