"""All rules, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.report.blanks import BLANK
from healthreport.checking.rules.report.changes import CHANGE
from healthreport.checking.rules.report.dates import NO_DATE
from healthreport.checking.rules.report.differences import DIFFERENCE
from healthreport.checking.rules.report.fractions import FRACTION
from healthreport.checking.rules.report.gaps import GAP
from healthreport.checking.rules.report.growth import LEAP
from healthreport.checking.rules.report.labels import LABEL
from healthreport.checking.rules.report.lasts import LAST
from healthreport.checking.rules.report.negatives import NEGATIVE
from healthreport.checking.rules.report.parts import PART
from healthreport.checking.rules.report.placeholders import PLACEHOLDER
from healthreport.checking.rules.report.rates import RATE
from healthreport.checking.rules.report.todo import TODO
from healthreport.checking.rules.report.townships import APART, OUTLIER, OVER_ZERO, SHORT
from healthreport.checking.rules.report.words import WORDS

RULES = (
    GAP,
    TODO,
    LABEL,
    BLANK,
    NO_DATE,
    PLACEHOLDER,
    RATE,
    NEGATIVE,
    FRACTION,
    DIFFERENCE,
    PART,
    LEAP,
    LAST,
    CHANGE,
    SHORT,
    APART,
    OUTLIER,
    OVER_ZERO,
    WORDS,
)
