"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.privacy.numbers import CARD, CITIZEN, MOBILE
from healthreport.checking.rules.privacy.patients import PATIENT
from healthreport.checking.rules.privacy.traces import MAIL, PATH

RULES = (CITIZEN, MOBILE, CARD, PATIENT, PATH, MAIL)
