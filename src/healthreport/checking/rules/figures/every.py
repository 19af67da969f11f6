"""The rules of this group, in the order in which they look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rules.figures.alone import BROKEN, NO_NUMBER, NO_UNIT, OVER
from healthreport.checking.rules.figures.balances import BALANCE
from healthreport.checking.rules.figures.bounds import BOUND, ROUGH
from healthreport.checking.rules.figures.growth import GROWTH, POINTS
from healthreport.checking.rules.figures.products import PRODUCT
from healthreport.checking.rules.figures.ranks import RANK, SPAN
from healthreport.checking.rules.figures.rates import RATE
from healthreport.checking.rules.figures.shares import SHARES
from healthreport.checking.rules.figures.tables import TABLE
from healthreport.checking.rules.figures.targets import TARGET
from healthreport.checking.rules.figures.totals import SUM, WHOLE
from healthreport.checking.rules.figures.twice import TWICE

if TYPE_CHECKING:
    from healthreport.checking.rule import TextRule

RULES: tuple[TextRule, ...] = (
    SUM,
    RATE,
    GROWTH,
    POINTS,
    SHARES,
    TARGET,
    TWICE,
    WHOLE,
    RANK,
    BOUND,
    ROUGH,
    PRODUCT,
    BALANCE,
    TABLE,
    OVER,
    NO_UNIT,
    NO_NUMBER,
    BROKEN,
    SPAN,
)
