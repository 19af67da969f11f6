"""All rules, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.blanks import BLANK
from healthreport.checking.rules.dates import NO_DATE
from healthreport.checking.rules.fractions import FRACTION
from healthreport.checking.rules.gaps import GAP
from healthreport.checking.rules.growth import LEAP
from healthreport.checking.rules.negatives import NEGATIVE
from healthreport.checking.rules.parts import PART
from healthreport.checking.rules.placeholders import PLACEHOLDER
from healthreport.checking.rules.rates import RATE
from healthreport.checking.rules.todo import TODO

RULES = (GAP, TODO, BLANK, NO_DATE, PLACEHOLDER, RATE, NEGATIVE, FRACTION, PART, LEAP)
