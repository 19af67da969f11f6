"""What an expression says: report fields and arithmetic on 年度."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from healthreport import scalars
from healthreport.expressions import Binary, Derived, Expression, ExpressionError, Name, Negative, Node, Number
from healthreport.model import Report, Text, known_names
from healthreport.model.references import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable


class Figures:
    """Evaluates the expressions of one report."""

    def __init__(self, report: Report, words_of: Callable[[Text], str]) -> None:
        self._report = report
        self._words_of = words_of
        self.names = known_names()

    def write(self, code: str) -> str:
        """Return what ``{{ code }}`` prints. Raises :class:`ExpressionError`."""
        expression: Expression = self.names.parse(code)
        for one in expression.formats:
            raise ExpressionError("unknown-format", f"没有“{one.name}”这种格式", one.start, one.end, one.name)
        if isinstance(expression.node, Name):
            return self._field(expression.node)
        value = self._number(expression.node)
        return str(value.to_integral_value() if value == value.to_integral_value() else value)

    def _field(self, name: Name) -> str:
        value = getattr(self._report, FIELDS[name.name])
        if not value:
            raise ExpressionError("missing-value", f"用到了“{name.name}”，但没有写", name.start, name.end, name.name)
        if isinstance(value, Text):
            return self._words_of(value)
        return scalars.write_date(value) if isinstance(value, datetime.date) else str(value)

    def _number(self, node: Node) -> Decimal:
        match node:
            case Number():
                return node.value
            case Name(name="年度"):
                return Decimal(self._field(node))
            case Negative():
                return -self._number(node.operand)
            case Binary():
                return self._binary(node)
            case Derived():
                raise ExpressionError("not-a-number", f"“{node.base.name}”没有“.{node.what}”", node.start, node.end)
        raise ExpressionError("not-a-number", "这里不是数，不能加减乘除", node.start, node.end)

    def _binary(self, node: Binary) -> Decimal:
        left, right = self._number(node.left), self._number(node.right)
        if node.operator == "/" and not right:
            raise ExpressionError("division-by-zero", "除数是零", node.right.start, node.right.end)
        return {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__}[node.operator](right)
