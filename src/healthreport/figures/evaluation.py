"""Expressions evaluated: from a syntax tree to a quantity."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.figures import arithmetic
from healthreport.figures.mistakes import PoisonedError, names_in
from healthreport.values import quantities
from healthreport.values.derivations import CHECK_FIGURES
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Binary, Call, Derived, Name, Negative, Node, Number
from healthreport.values.quantities import Quantity

if TYPE_CHECKING:
    from healthreport.figures.mistakes import Mistakes

# A sum of two hundred rates, each with a denominator of its own, has a thousand digits.
_MOST_DIGITS = 2000
_MOST_BITS = _MOST_DIGITS * 10 // 3
_LONGEST_UNIT = 60
BARE = quantities.unit("")


class Evaluator(ABC):
    """Computes the expressions of one report; ``key`` is what it reads of indicators, ``said`` how that is called."""

    key, said = "数值", ""

    def __init__(self, mistakes: Mistakes) -> None:
        self.mistakes = mistakes

    @abstractmethod
    def look_up(self, node: Name | Derived) -> Quantity:
        """Return what a name stands for."""

    def evaluate(self, node: Node) -> Quantity:
        """Compute a quantity; whatever cannot be computed with is an error at the node."""
        match node:
            case Number():
                return Quantity(Fraction(node.value), BARE, max(-int(node.value.as_tuple().exponent), 0))
            case Name() | Derived():
                return self.look_up(node)
            case Negative():
                operand = self.operand(node.operand)
                return operand._replace(number=-operand.number)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)

    def operand(self, node: Node) -> Quantity:
        """Evaluate what is to be computed with."""
        what = f"“{node.name}”{self.said}" if isinstance(node, Name) else "这个数"
        return self.mistakes.clear(self.evaluate(node), what, node, *names_in(node), key=self.key)

    def operands(self, *nodes: Node) -> list[Quantity]:
        """Evaluate what is to be computed with; of several that have no value all are told with the first."""
        found: list[Quantity] = []
        wrong: list[ExpressionError] = []
        for node in nodes:
            try:
                found.append(self.operand(node))
            except ExpressionError as one:
                wrong.append(one)
        if wrong:
            first, *others = sorted(wrong, key=lambda one: isinstance(one, PoisonedError))
            missing = {one.lacks: one for other in (*others, first) for one in (other, *other.beside) if one.lacks}
            first.beside = tuple(
                one for one in missing.values() if one.lacks != first.lacks and not isinstance(one, PoisonedError)
            )
            raise first
        return found

    def add(self, left: Quantity, right: Quantity, at: Node, sign: int = 1) -> Quantity:
        """Return the sum, or with ``sign`` -1 the difference."""
        try:
            result = arithmetic.add(left, right, sign)
        except ValueError as wrong:
            raise self.mistakes.unfit(str(wrong), at, *names_in(at), key=self.key) from None
        return self._bounded(result, at)

    def _binary(self, node: Binary) -> Quantity:
        left, right = self.operands(node.left, node.right)
        if node.operator == "*":
            return self._multiply(left, right, node)
        if node.operator == "/":
            if not right.number:
                names = names_in(node.right)
                at, hint = node.right, CHECK_FIGURES
                raise self.mistakes.error("zero-operand", "除数是零", at, *names, hint=hint, key=self.key)
            return self._bounded(arithmetic.divide(left, right), node)
        return self.add(left, right, node, 1 if node.operator == "+" else -1)

    def _bounded(self, result: Quantity, at: Node) -> Quantity:
        """Return a result that is no larger than any report's: formulas that square one another double its length."""
        number = result.number
        if max(number.numerator.bit_length(), number.denominator.bit_length()) > _MOST_BITS:
            message, hint = f"算到这里的数超过{_MOST_DIGITS}位，太长了", "请核对公式：是不是把数乘了又乘。"
            raise self.mistakes.error("number-too-long", message, at, *names_in(at), hint=hint, key=self.key)
        if len(result.unit.base) > _LONGEST_UNIT:
            raise self.mistakes.unfit("算到这里的单位太长", at, *names_in(at), key=self.key)
        return result

    def _multiply(self, left: Quantity, right: Quantity, at: Node) -> Quantity:
        try:
            product = arithmetic.multiply(left, right)
        except ValueError as wrong:
            raise self.mistakes.unfit(str(wrong), at, *names_in(at), key=self.key) from None
        return self._bounded(product, at)

    def _call(self, node: Call) -> Quantity:
        values = self.operands(*node.arguments)
        total = values[0]
        for value in values[1:]:
            total = self.add(total, value, node)  # what does not add up cannot be compared either
        if node.function == "合计":
            if len(values) > 1 and total.unit.is_share:
                message, hint = "率不能合计：几个率的和不是合起来的率", "请先合计人数等原数，再用公式算出率。"
                raise self.mistakes.error("unit-mismatch", message, node, *names_in(node), hint=hint, key=self.key)
            return total
        return (max if node.function == "最大" else min)(values, key=lambda value: value.number)
