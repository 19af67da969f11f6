"""The indicators' own values: given, added up of their parts, or computed by a formula, each once.

Formulas are computed exactly, in base units, when they are first asked for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.figures import arithmetic
from healthreport.figures.evaluation import BARE, Evaluator
from healthreport.figures.mistakes import PoisonedError
from healthreport.model.validating.text import Code
from healthreport.values import quantities
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Derived, Name, Node
from healthreport.values.quantities import PLAIN, Quantity

if TYPE_CHECKING:
    from healthreport.figures.mistakes import Mistakes
    from healthreport.model.build import Built
    from healthreport.model.indicators import Indicator
    from healthreport.model.validating.text import Text

# What an indicator says of itself: ``农村改厕.上年`` is a number, ``农村改厕.单位`` is not.
NUMBERS = ("数值", "目标", "上年")


class IndicatorValues(Evaluator):
    """Computes the indicators of one report."""

    def __init__(self, built: Built, mistakes: Mistakes) -> None:
        super().__init__(mistakes)
        self.built = built
        self._report = built.report
        self._values: dict[str, Quantity | None] = {}
        self._computing: list[str] = []

    def value(self, name: str, at: Node) -> Quantity:
        """Return an indicator's value, given or computed."""
        given = self.built.value(name)
        if given is not None and not self._report.indicators[name].parts:
            return given
        if name in self._computing:
            chain = " → ".join([*self._computing[self._computing.index(name) :], name])
            message, hint = f"公式绕回了自己：{chain}", "请把其中一个改成“数值”。"
            raise self.mistakes.error("formula-cycle", message, at, *self._computing, hint=hint)
        if name not in self._values:
            self._computing.append(name)
            try:
                self._values[name] = self._compute(name, at)
            except PoisonedError:
                self._values[name] = None
            finally:
                self._computing.pop()
        known = self._values[name]
        if known is None:
            raise PoisonedError(name)
        return known

    @property
    def computed(self) -> dict[str, Quantity]:
        """The values that were computed so far, by name."""
        known = self._values
        return {name: value for name, value in known.items() if value is not None} if known else {}

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
        found = self.built.last(name) if what == "上年" else target and target.quantity
        if found is None:
            raise self.mistakes.missing(f"“{name}”没有“{what}”", name, node, key=what)
        return found

    def _number_of(self, node: Derived) -> Quantity:
        if node.what in part_names(self._report.indicators[node.base.name]):
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
            raise self.mistakes.missing(f"“{name}”还没有数值", name, at)
        return given

    def _total(self, name: str, indicator: Indicator, at: Node) -> Quantity | None:
        """Add up the parts; a part that cannot be added matters only where no value is given."""
        try:
            parts = [self.operand(part) for part in self._part_nodes(name, indicator, at)]
        except ExpressionError:
            if indicator.value is None:
                raise
            return None
        total = parts[0]
        for part in parts[1:]:
            total = self.add(total, part, at)
        return total

    def _part_nodes(self, name: str, indicator: Indicator, at: Node) -> list[Node]:
        if isinstance(indicator.parts, dict):
            base = Name(name, at.start, at.end)
            return [Derived(base, part, None, at.start, at.end) for part in indicator.parts]
        return [self._named(part.value, at, name) for part in indicator.parts]

    def _named(self, name: str, at: Node, owner: str) -> Name:
        if name not in self._report.indicators:
            hint = self.mistakes.names.listed
            raise self.mistakes.error("unknown-name", f"分项“{name}”不是指标", at, owner, hint=hint)
        return Name(name, at.start, at.end)

    def _formula(self, name: str, indicator: Indicator, formula: Text) -> Quantity:
        """Compute a formula in base units and express it in its indicator's unit."""
        code = Code(str(formula), formula.start)
        own = quantities.unit(indicator.unit)
        try:
            node = self.mistakes.names.parse(code.text).node
            result = self.operand(node)
            if not arithmetic.fits(result.unit, own):
                message = f"公式算出的是“{result.unit.base}”，不能写成“{own.name}”"
                raise self.mistakes.unfit(message, node, name)
        except PoisonedError:
            raise
        except ExpressionError as wrong:
            self.mistakes.keep(formula, code, wrong)
            raise PoisonedError(name) from None
        return Quantity(result.number, own, result.digits if result.unit.name == own.name else None)


def part_names(indicator: Indicator) -> tuple[str, ...]:
    """Return the names of an indicator's parts."""
    parts = indicator.parts
    return tuple(parts) if isinstance(parts, dict) else tuple(part.value for part in parts)
