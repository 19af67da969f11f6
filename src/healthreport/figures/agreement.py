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
    from collections.abc import Callable, Collection

    from healthreport.diagnostics import Position
    from healthreport.figures.derived import DerivedValues
    from healthreport.figures.differences import Difference, Group
    from healthreport.figures.indicator_values import IndicatorValues

# Thirds never agree, however many decimals they have.
_MOST = 3
_POINTS = ("百分点", "千分点")
_EXACT = Style(more=12)  # of what is printed


class Disagreement(NamedTuple):
    """A difference that is not the one of the printed numbers: the numbers, their difference, and what is printed."""

    first: str
    second: str
    computed: str
    said: str


class Said(NamedTuple):
    """A number that is printed, and how it is written."""

    quantity: Quantity
    style: Style


# Two numbers and what is printed as the first less the second.
Three = tuple[Said, Said, Said]


def agrees(three: Three, more: int = 0) -> bool:
    """Say whether two printed numbers give the printed difference, with so many decimals more than usual."""
    first, second, said = (one.quantity for one in three)
    if first.opaque or second.opaque or first.number - second.number != said.number:
        return True  # that of a county may be of other townships
    numbers = [quantities.printed(one.quantity, one.style._replace(more=more)) for one in three]
    return numbers[0] - numbers[1] == numbers[2]


def fewest(threes: Collection[Three]) -> int | None:
    """Return how many decimals more all these numbers need for their differences to agree; ``None`` if none help."""
    return next((more for more in range(_MOST + 1) if all(agrees(three, more) for three in threes)), None)


def disagreement(three: Three) -> Disagreement:
    """Return how a printed difference disagrees with its numbers."""
    first, second, said = (quantities.write(*one) for one in three)
    apart = quantities.printed(*three[0]) - quantities.printed(*three[1])
    computed = quantities.write(Quantity(apart, three[2].quantity.unit), _EXACT)
    return Disagreement(first, second, computed, said)


class Agreement:
    """Finds the decimals of one report's differences; those that none help are ``told``, by place and ``{{ }}``."""

    def __init__(self, values: IndicatorValues, derived: DerivedValues, mistakes: Mistakes) -> None:
        self._values = values
        self._derived = derived
        self._mistakes = mistakes
        self._more: dict[Group, int | None] = {}
        self.told: dict[tuple[Position, str], Disagreement] = {}

    def more(self, group: Group) -> int:
        """Return how many decimals more than usual all numbers of these differences take."""
        return self._fewest(group) or 0

    def hold_against(self, group: Group, code: str, place: Callable[[], Position]) -> None:
        """Tell where the difference that ``code`` says disagrees with the numbers beside it, if no decimals help."""
        if self._fewest(group) is None:
            for one in group:
                if one.said == code and (three := self._three(one)) and not agrees(three):
                    self.tell(place(), code, disagreement(three))

    def tell(self, place: Position, said: str, found: Disagreement) -> None:
        """Keep a difference that is not the one of the numbers beside it, of one place the first."""
        self.told.setdefault((place, said), found)

    def _fewest(self, group: Group) -> int | None:
        if group not in self._more:
            self._more[group] = fewest([three for one in group if (three := self._three(one))])
        return self._more[group]

    def _three(self, difference: Difference) -> Three | None:
        """Return what a difference prints; ``None`` for none, and what cannot be computed, which is told elsewhere."""
        try:
            if self._is_growth(difference.said):
                return None
            first, second, said = (self._said(code) for code in difference)
        except ExpressionError:
            return None
        return first, second, said

    def _is_growth(self, code: str) -> bool:
        """Say whether a ``{{ }}`` prints by what part something grew: 同比 of what is counted is no difference."""
        node, _ = self._mistakes.names.parse(code)
        if not isinstance(node, Derived) or node.what != "同比":
            return False
        return not difference(self._derived.sides(node)).unit.name.endswith(_POINTS)

    def _said(self, code: str) -> Said:
        """Return what a ``{{ }}`` prints, and how it is written. Raises :class:`ExpressionError`."""
        node, formats = self._mistakes.names.parse(code)
        style = style_of(formats)
        if isinstance(node, Name):
            value = self._values.look_up(node)
            return Said(value, self._values.style(node.name, value, style))
        if not isinstance(node, Derived):
            value = self._values.evaluate(node)
            return Said(value._replace(unit=difference_unit(value)), style)
        indicator = self._values.built.report.indicators[node.base.name]
        if node.what in WORDED:
            return Said(difference(self._derived.sides(node)), style._replace(fixed=indicator.digits))
        own = node.what not in indicator.part_names and node.what != "目标"
        return Said(self._values.look_up(node), style._replace(fixed=indicator.digits if own else None))
