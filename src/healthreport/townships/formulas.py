"""What the report's formulas give for a row of a sheet, to be compared with what the sheet computed itself."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.figures.evaluation import Evaluator
from healthreport.figures.mistakes import Mistakes
from healthreport.model.build import known_names
from healthreport.reading.tables.columns import VALUE
from healthreport.values import quantities
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Derived, Name
from healthreport.values.quantities import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.reading.tables.declared import Declared
    from healthreport.reading.tables.understanding import Understood
    from healthreport.townships.adding import Line
    from healthreport.townships.gathering import Gathered


DEEPEST = 50


class Formulas(Evaluator):
    """Computes formulas on one row's figures, each once; what a row does not hold keeps one from being compared.

    So does a formula that stands on more than :data:`DEEPEST` others, one upon another: no sheet has a column for each.
    """

    def __init__(self, understood: Understood, gathered: Gathered, declared: Declared) -> None:
        super().__init__(Mistakes(known_names(declared.indicators), None, draft=False))
        self._columns = {(column.indicator, column.key): column.at for column in understood.figures}
        self._numbers = gathered.numbers
        self._declared = declared.indicators
        self._lines: Sequence[Line] = ()
        self._computing: list[str] = []
        self._computed: dict[str, Quantity] = {}

    def value(self, name: str, line: Line) -> Fraction | None:
        """Return what an indicator's formula gives in its own unit; ``None`` where it cannot be told."""
        return self._value(name, [line])

    def of_sums(self, name: str, lines: Sequence[Line]) -> Fraction | None:
        """Return what the formula gives of the sums over those townships that have all that it takes."""
        return self._value(name, [line for line in lines if self.value(name, line) is not None])

    def _value(self, name: str, lines: Sequence[Line]) -> Fraction | None:
        if lines != self._lines:
            self._lines, self._computed = lines, {}
        own = quantities.unit(self._declared[name].unit)
        try:
            return self._formula(name).number / own.factor
        except ExpressionError:
            return None
        finally:
            self._computing.clear()

    def look_up(self, node: Name | Derived) -> Quantity:
        """Return the figure of the row that a name stands for."""
        name, key = (node.name, VALUE) if isinstance(node, Name) else (node.base.name, node.what)
        at = self._columns.get((name, key))
        numbers = [self._numbers[at][line.at] for line in self._lines] if at is not None else []
        given = [Fraction(number) for number in numbers if number is not None]
        unit = quantities.unit(self._declared[name].unit) if given else None
        if unit and (len(self._lines) == 1 or not unit.is_rate):  # a rate is never added
            return Quantity(sum(given, Fraction(0)) * unit.factor, unit)
        if key == VALUE and name in self._declared and name not in self._computing and len(self._computing) < DEEPEST:
            return self._formula(name)
        raise self.mistakes.missing(f"“{name}”没有数", name, node)

    def _formula(self, name: str) -> Quantity:
        if name not in self._computed:
            self._computing.append(name)
            self._computed[name] = self.operand(self.mistakes.names.parse(self._declared[name].formula).node)
            self._computing.pop()
        return self._computed[name]
