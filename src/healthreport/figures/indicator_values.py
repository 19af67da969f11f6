"""The indicators' own values: given, added up of their parts, or computed by a formula, each once.

Formulas are computed exactly, in base units, when they are first asked for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.figures.computed_values import ComputedValues
from healthreport.figures.evaluation import BARE
from healthreport.figures.last_values import LastValues
from healthreport.model.validating.text import Code
from healthreport.values import quantities
from healthreport.values.expression_errors import ExpressionError, UnknownNameError
from healthreport.values.expressions import Derived, Name, Node
from healthreport.values.quantities import PLAIN, Quantity

if TYPE_CHECKING:
    from collections.abc import Collection

    from healthreport.figures.mistakes import Mistakes
    from healthreport.model.build import Built
    from healthreport.model.indicators import Indicator
    from healthreport.values.quantities import Style

# What an indicator says of itself: ``农村改厕.上年`` is a number, ``农村改厕.单位`` is not.
NUMBERS = ("数值", "目标", "上年")


class IndicatorValues(ComputedValues):
    """Computes the indicators of one report."""

    def __init__(self, built: Built, mistakes: Mistakes) -> None:
        super().__init__(built, mistakes)
        self._lasts: LastValues | None = None

    def value(self, name: str, at: Node) -> Quantity:
        """Return an indicator's value, given or computed."""
        given = self.built.value(name)
        return given if given is not None and self._is_given(name) else self.computed_value(name, at)

    def _is_given(self, name: str) -> bool:
        """Say whether a value holds as it is: it has no parts to be held against, or is the sum of townships'."""
        if not self._report.indicators[name].parts:
            return self.built.value(name) is not None
        return self.built.sums is not None and name in self.built.numbers.values

    def last(self, name: str, at: Node) -> Quantity | None:
        """Return last year's value, given or computed, ``None`` where it is missing."""
        given = self.built.last(name)
        if given is not None:
            return given
        if self._lasts is None:
            self._lasts = LastValues(self.built, self.mistakes)
        return self._lasts.find(name, at)

    def style(self, name: str, value: Quantity, style: Style) -> Style:
        """Return how a value is written: what is rounded stays apart from the target and the 上年 that were given."""
        digits = self._report.indicators[name].digits if name in self._report.indicators else None
        if digits is not None:
            style = style._replace(fixed=digits)
        elif value.digits is not None:
            return style
        target, last = self.built.target(name), self.built.last(name)
        others = [one for one in (target and target.quantity, last) if one is not None and not one.opaque]
        return style._replace(apart=tuple([one.number for one in others])) if others else style

    @property
    def computed(self) -> dict[str, Quantity]:
        """The values that were computed so far, by name."""
        known = self._values
        return {name: value for name, value in known.items() if isinstance(value, Quantity)} if known else {}

    def look_up(self, node: Name | Derived) -> Quantity:
        """Return the number a name stands for, or one of an indicator's own numbers or parts."""
        name = node.name if isinstance(node, Name) else node.base.name
        if name in self._report.indicators:
            return self.value(name, node) if isinstance(node, Name) else self._number_of(node)
        if isinstance(node, Derived):
            raise self.mistakes.no_number(f"“{name}”没有“.{node.what}”", node)
        if name == "年度" and self._report.year:
            return Quantity(Fraction(self._report.year), BARE, 0)
        raise self.mistakes.no_number(f"“{name}”不是数，不能计算", node)

    def part(self, node: Derived) -> Quantity:
        """Return a part of an indicator: ``诊疗.门诊``."""
        parts = self._report.indicators[node.base.name].parts
        if not isinstance(parts, dict):
            return self.value(node.what, node)
        part = parts[node.what]
        if part is None:
            message = f"“{node.base.name}”的分项“{node.what}”还没有数值"
            raise self.mistakes.missing(message, node.base.name, node)
        return part

    def number(self, node: Derived) -> Quantity:
        """Return one of an indicator's :data:`NUMBERS`."""
        name, what = node.base.name, node.what
        if what == "数值":
            return self.value(name, node.base)
        target = self.built.target(name)
        found = self.last(name, node) if what == "上年" else target and target.quantity
        if found is None:
            raise self.mistakes.missing(f"“{name}”没有“{what}”", name, node, key=what)
        return found

    def _number_of(self, node: Derived) -> Quantity:
        if node.what in self._report.indicators[node.base.name].part_names:
            return self.part(node)
        if node.what in NUMBERS:
            return self.number(node)
        raise self.mistakes.no_number(f"“.{node.what}”是文字，不能计算", node)

    def _compute(self, name: str, at: Node) -> Quantity:
        indicator = self._report.indicators[name]
        own = quantities.unit(indicator.unit)
        given = indicator.value or indicator.range
        if indicator.formula is not None:
            return self._formula(name, indicator, indicator.formula)
        if indicator.parts:
            total = self._total(name, indicator, at)
            if total is not None and given is not None and not given.opaque and given.number != total.number:
                added = quantities.write(quantities.in_unit(total, own), PLAIN)
                message = f"“{name}”的分项合计{added}，与数值不符"
                raise self.mistakes.error("parts-do-not-add-up", message, at, name, hint="请核对分项和数值。")
            given = given or (quantities.in_unit(total, own) if total else None)
        if given is None:
            refusal = self.built.sums.refusal(name, at) if self.built.sums else None
            raise refusal or self.mistakes.missing(f"“{name}”还没有数值", name, at)
        return given

    def _total(self, name: str, indicator: Indicator, at: Node) -> Quantity | None:
        """Add up the parts; a part that cannot be computed matters only where no value is given."""
        try:
            return self._sum(name, indicator, at)
        except ExpressionError:
            if indicator.value is None:
                raise
            return None

    def check_formulas(self, nowhere: Collection[str] = ()) -> None:
        """Read the formulas that nothing has asked for: a wrong one is a mistake all the same.

        ``nowhere`` are names that were taken out of the report; what needs them is missing, and that is told.
        """
        for name, indicator in self._report.indicators.items():
            if indicator.formula is not None:
                code = Code(str(indicator.formula), indicator.formula.start)
                try:
                    self.mistakes.names.parse(code.text)
                except ExpressionError as wrong:
                    if not (isinstance(wrong, UnknownNameError) and wrong.word in nowhere):
                        self.mistakes.keep(indicator.formula, code, wrong, owner=name)
