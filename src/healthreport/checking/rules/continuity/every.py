"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.continuity.alike import ALIKE_TEXTS
from healthreport.checking.rules.continuity.copied import COPIED, YEAR_LEFT
from healthreport.checking.rules.continuity.last_figures import LAST_FIGURE
from healthreport.checking.rules.continuity.plans import PLAN
from healthreport.checking.rules.continuity.same_figures import SAME_FIGURE

WITH_LAST_YEAR = (PLAN, LAST_FIGURE, COPIED, YEAR_LEFT)
TOGETHER = (ALIKE_TEXTS, SAME_FIGURE)
RULES = (*WITH_LAST_YEAR, *TOGETHER)
