"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from healthreport.checking.rules.marks.commas import COMMA
from healthreport.checking.rules.marks.dashes import DASH
from healthreport.checking.rules.marks.dates import DATE
from healthreport.checking.rules.marks.doubled import DOUBLED
from healthreport.checking.rules.marks.empty import EMPTY
from healthreport.checking.rules.marks.end_marks import END_MARK
from healthreport.checking.rules.marks.fullwidth import FULL_WIDTH
from healthreport.checking.rules.marks.halfwidth import HALF_WIDTH
from healthreport.checking.rules.marks.numbers import NUMBER
from healthreport.checking.rules.marks.pairs import PAIR
from healthreport.checking.rules.marks.points import POINT_MARK
from healthreport.checking.rules.marks.ranges import RANGE
from healthreport.checking.rules.marks.spaces import SPACE

RULES = (
    HALF_WIDTH,
    SPACE,
    FULL_WIDTH,
    END_MARK,
    PAIR,
    DOUBLED,
    EMPTY,
    COMMA,
    RANGE,
    DASH,
    NUMBER,
    DATE,
    POINT_MARK,
)
