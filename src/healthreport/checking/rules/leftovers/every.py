"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.leftovers.braces import BRACES
from healthreport.checking.rules.leftovers.dates import IMPOSSIBLE_DATE
from healthreport.checking.rules.leftovers.markdown import MARKDOWN
from healthreport.checking.rules.leftovers.masked import MASKED
from healthreport.checking.rules.leftovers.unfilled import UNFILLED

RULES = (MASKED, UNFILLED, MARKDOWN, BRACES, IMPOSSIBLE_DATE)
