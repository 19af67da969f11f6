"""All rules, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.continuity.every import RULES as CONTINUITY
from healthreport.checking.rules.figures.every import RULES as FIGURES
from healthreport.checking.rules.leftovers.every import RULES as LEFTOVERS
from healthreport.checking.rules.marks.every import RULES as MARKS
from healthreport.checking.rules.numbering.every import RULES as NUMBERING
from healthreport.checking.rules.privacy.every import RULES as PRIVACY
from healthreport.checking.rules.report.every import RULES as OF_REPORTS
from healthreport.checking.rules.whole.every import RULES as WHOLE
from healthreport.checking.rules.wording.every import RULES as WORDING

ON_TEXTS = (*NUMBERING, *WHOLE, *FIGURES, *MARKS, *WORDING, *PRIVACY, *CONTINUITY, *LEFTOVERS)
RULES = (*OF_REPORTS, *ON_TEXTS)
