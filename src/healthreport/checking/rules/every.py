"""All rules, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.gaps import GAP
from healthreport.checking.rules.todo import TODO

RULES = (GAP, TODO)
