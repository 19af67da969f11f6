"""Values of indicators computed of others, by a formula or as the sum of parts, each once and exactly."""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TYPE_CHECKING

from healthreport.figures import arithmetic
from healthreport.figures.evaluation import Evaluator
from healthreport.figures.made_of import made_of, needed_first
from healthreport.figures.mistakes import PoisonedError
from healthreport.model.validating.text import Code
from healthreport.reading.yaml.look_alikes import COMMAS, comma
from healthreport.values import quantities
from healthreport.values.derivations import difference_unit
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Call, Derived, Name, Node, Number
from healthreport.values.operands import is_difference
from healthreport.values.quantities import Quantity

# A circle of more names is told by its ends.
_LONGEST_CIRCLE, _SHOWN = 12, 5
_COMMA = re.compile(f"[{COMMAS}]")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.diagnostics import Position
    from healthreport.figures.mistakes import Mistakes
    from healthreport.model.build import Built
    from healthreport.model.indicators import Indicator
    from healthreport.model.validating.text import Text
    from healthreport.reading.yaml.nodes import Scalar
    from healthreport.values.quantities import Unit


class ComputedValues(Evaluator):
    """Computes indicators of one report."""

    def __init__(self, built: Built, mistakes: Mistakes) -> None:
        super().__init__(mistakes)
        self.built = built
        self._report = built.report
        self._values: dict[str, Quantity | ExpressionError] = {}
        self._computing: dict[str, Iterator[str]] = {}

    @abstractmethod
    def _compute(self, name: str, at: Node) -> Quantity:
        """Compute an indicator."""

    @abstractmethod
    def _is_given(self, name: str) -> bool:
        """Say whether an indicator's value is given, so that nothing is computed."""

    def computed_value(self, name: str, at: Node) -> Quantity:
        """Return what an indicator comes to. Raises :class:`ExpressionError`."""
        if name in self._computing:
            raise self._circle(name, at)
        if name not in self._values:
            for one in needed_first(name, self._needs, self._computing):
                if one not in self._values:
                    self._values[one] = self._result(one, at)
        known = self._values[name]
        if isinstance(known, Quantity):
            return known
        raise known.moved(at.start, at.end)

    def _needs(self, name: str) -> Iterator[str]:
        """Yield what has to be computed before an indicator."""
        indicators = self._report.indicators
        for one in made_of(indicators[name], indicators, self.mistakes.names):
            if one not in self._values and not self._is_given(one):
                yield one

    def _result(self, name: str, at: Node) -> Quantity | ExpressionError:
        """Return what an indicator comes to, or why it does not: a mistake for those that ask."""
        try:
            return self._compute(name, at)
        except ExpressionError as wrong:
            return wrong.moved(wrong.start, wrong.end)  # without the frames it came through

    def _circle(self, name: str, at: Node) -> ExpressionError:
        path = [*self._computing]
        circle = [*path[path.index(name) :], name]
        shown = circle if len(circle) <= _LONGEST_CIRCLE else [*circle[:_SHOWN], "…", *circle[-_SHOWN:]]
        message, hint = f"公式绕回了自己：{' → '.join(shown)}", "请把其中一个改成“数值”。"
        return self.mistakes.error("formula-cycle", message, at, *path[-_LONGEST_CIRCLE:], hint=hint)

    def evaluate(self, node: Node) -> Quantity:
        """Compute a quantity; what is made of several sums of townships is taken over those that have all of them."""
        if self.built.sums and not isinstance(node, Name | Derived | Number):
            return self.built.sums.evaluate(node, self.key, self.look_up)
        return super().evaluate(node)

    def _sum(self, name: str, indicator: Indicator, at: Node) -> Quantity:
        """Add up the parts of an indicator."""
        nodes = self._part_nodes(name, indicator, at)
        if self.built.sums:
            return self.evaluate(Call("合计", tuple(nodes), at.start, at.end))
        total, *others = self.operands(*nodes)
        for other in others:
            total = self.add(total, other, at)
        return total

    def _part_nodes(self, name: str, indicator: Indicator, at: Node) -> list[Node]:
        if isinstance(indicator.parts, dict):
            base = Name(name, at.start, at.end)
            return [Derived(base, part, None, at.start, at.end) for part in indicator.parts]
        return [self._part(part, at, name) for part in indicator.parts]

    def _part(self, part: Scalar, at: Node, owner: str) -> Name:
        """Return the indicator that is a part; what is none is told where the parts are written, however often used."""
        if part.value not in self._report.indicators:
            self.mistakes.keep_at(*self._no_part(part, owner))
            raise PoisonedError(owner)
        return Name(part.value, at.start, at.end)

    def _no_part(self, part: Scalar, owner: str) -> tuple[Position, ExpressionError]:
        """Return where and why a part is no indicator: it is several, parted by a comma that is not YAML's, or none."""
        mark = _COMMA.search(part.value)
        if mark and all(name in self._report.indicators for name in _COMMA.split(part.value)):
            told = comma(part.source, part.start + mark.start())
            return told.position, ExpressionError(told.id, told.message, 0, 0, hint=told.hint)
        wrong = self.mistakes.names.unknown(part.value, "这个指标", 0)
        wrong.not_meant = owner
        return part.position(), wrong

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
            if not own.name:
                self._refuse_bare(difference_unit(result) if is_difference(node) else result.unit, node, name)
        except PoisonedError:
            raise
        except ExpressionError as wrong:
            self.mistakes.keep(formula, code, self._told(wrong), owner=name)
            raise PoisonedError(name) from None
        return Quantity(result.number, own, result.digits if result.unit.name == own.name else None)

    def _refuse_bare(self, unit: Unit, at: Node, name: str) -> None:
        """Refuse a number that would say something else without its unit: 80% − 70% is no 0.1, 3万元 no 30000."""
        if not arithmetic.is_bare(unit):
            message = f"公式算出的是“{unit.name}”，但“{name}”没有写“单位”"
            written = unit.name if "%" not in unit.name else f'"{unit.name}"'
            raise self.mistakes.error("unit-mismatch", message, at, name, hint=f"请补上“单位: {written}”。")

    def _told(self, wrong: ExpressionError) -> ExpressionError:
        """Return what is told of a formula that cannot be computed."""
        return wrong
