"""How many decimals the numbers of a sentence need for their printed difference to be the one that is printed.

60.26% and 58.84% would be 60.3% and 58.8% beside 提高1.4个百分点; with a decimal more for all three they agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.figures.differences import WORDED
from healthreport.figures.formats import style_of
from healthreport.figures.mistakes import Mistakes
from healthreport.values import quantities
from healthreport.values.derivations import difference, difference_unit
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Derived, Name
from healthreport.values.quantities import Quantity, Style

if TYPE_CHECKING:
    from healthreport.figures.derived import DerivedValues
    from healthreport.figures.differences import Difference, Group
    from healthreport.figures.indicator_values import IndicatorValues

# Thirds never agree, however many decimals they have.
_MOST = 3
_EXACT = Style(more=12)  # of what is printed


class Disagreement(NamedTuple):
    """A difference that is not the one of the printed numbers: the numbers, their difference, and what is printed."""

    first: str
    second: str
    computed: str
    said: str


class Agreement:
    """Finds the decimals of one report's differences."""

    def __init__(self, values: IndicatorValues, derived: DerivedValues, mistakes: Mistakes) -> None:
        self._values = values
        self._derived = derived
        self._mistakes = mistakes
        self._more: dict[Group, int | None] = {}

    def more(self, group: Group) -> int:
        """Return how many decimals more than usual all numbers of these differences take."""
        return self._fewest(group) or 0

    def disagreement(self, group: Group, code: str) -> Disagreement | None:
        """Return how the difference that ``code`` says disagrees with its numbers, if no decimals help."""
        if self._fewest(group) is None:
            for one in group:
                if one.said == code and not self._agrees(one, 0):
                    sides = [self._said(each) for each in one]
                    apart = quantities.printed(*sides[0]) - quantities.printed(*sides[1])
                    first, second, said = (quantities.write(*side) for side in sides)
                    computed = quantities.write(Quantity(apart, sides[2][0].unit), _EXACT)
                    return Disagreement(first, second, computed, said)
        return None

    def _fewest(self, group: Group) -> int | None:
        if group not in self._more:
            fitting = (more for more in range(_MOST + 1) if all(self._agrees(one, more) for one in group))
            self._more[group] = next(fitting, None)
        return self._more[group]

    def _agrees(self, difference: Difference, more: int) -> bool:
        """Say whether printed numbers give the printed difference; what cannot be computed is told elsewhere."""
        try:
            sides = [self._said(code) for code in difference]
        except ExpressionError:
            return True
        first, second, said = (quantity for quantity, _ in sides)
        if first.opaque or second.opaque or first.number - second.number != said.number:
            return True  # 同比 of a count is no difference; that of a county may be of other townships
        printed = [quantities.printed(quantity, style._replace(more=more)) for quantity, style in sides]
        return printed[0] - printed[1] == printed[2]

    def _said(self, code: str) -> tuple[Quantity, Style]:
        """Return what a ``{{ }}`` prints, and how it is written. Raises :class:`ExpressionError`."""
        node, formats = self._mistakes.names.parse(code)
        style = style_of(formats)
        if isinstance(node, Name):
            value = self._values.look_up(node)
            return value, self._values.style(node.name, value, style)
        if not isinstance(node, Derived):
            value = self._values.evaluate(node)
            return value._replace(unit=difference_unit(value)), style
        indicator = self._values.built.report.indicators[node.base.name]
        if node.what in WORDED:
            return difference(self._derived.sides(node)), style._replace(fixed=indicator.digits)
        own = node.what not in indicator.part_names and node.what != "目标"
        return self._values.look_up(node), style._replace(fixed=indicator.digits if own else None)
