"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.continuity.alike import ALIKE_TEXTS
from healthreport.checking.rules.continuity.copied import COPIED, YEAR_LEFT
from healthreport.checking.rules.continuity.last_figures import LAST_FIGURE
from healthreport.checking.rules.continuity.plans import PLAN

RULES = (PLAN, LAST_FIGURE, COPIED, YEAR_LEFT, ALIKE_TEXTS)
