"""What the 上年 of a 公式 or of 分项 is computed of: the 上年 of every indicator that it is made of, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.figures.made_of import indicator_at, needed_first
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Binary, Call, Derived, Name, Negative, Number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthreport.model.build import Built
    from healthreport.model.indicators import Indicator
    from healthreport.values.expressions import Names, Node

_LAST = "上年"
_Operands = tuple[str, ...]
_CONSTANT: _Operands = ()


class LastSources:
    """Says of the indicators of a report, and of all that define the same, what their 上年 are computed of."""

    def __init__(self, indicators: Mapping[str, Indicator], names: Names) -> None:
        self._indicators = indicators
        self._names = names
        self._known: dict[str, _Operands] = {}
        self._asked: Built | None = None
        self._there: dict[str, bool] = {}
        """Which have a 上年, in the report that was asked about last."""

    def of(self, name: str) -> _Operands:
        """Return the indicators whose 上年 one's is computed of; none where it cannot be computed."""
        known = self._known.get(name)
        if known is None:
            read = self._read(self._indicators[name])
            have_none = any(self._indicators[one].has_none(_LAST) for one in (name, *read))
            known = self._known[name] = () if have_none else read
        return known

    def has(self, built: Built, name: str) -> bool:
        """Say whether there is a 上年, given or computed. What comes back to itself is a mistake, not missing."""
        if self._asked is not built:
            self._asked, self._there = built, {}
        if name not in self._there:
            there = self._there
            for one in needed_first(name, lambda one: self._wanted(built, one), {}):
                of = self.of(one)
                there[one] = built.last(one) is not None or (bool(of) and all(there.get(need, True) for need in of))
        return self._there[name]

    def can_compute(self, built: Built, name: str) -> bool:
        """Say whether all that one is computed of has a 上年."""
        of = self.of(name)
        return bool(of) and all(self.has(built, one) for one in of)

    def _wanted(self, built: Built, name: str) -> Iterator[str]:
        """Yield the indicators of which it is not known whether they have the 上年 that one is computed of."""
        if built.last(name) is None:
            yield from (one for one in self.of(name) if one not in self._there)

    def _read(self, indicator: Indicator) -> _Operands:
        if indicator.formula is not None:
            try:
                return tuple(dict.fromkeys(self._operands(self._names.parse(str(indicator.formula)).node) or ()))
            except ExpressionError:
                return ()  # told where formulas are checked
        listed = () if isinstance(indicator.parts, dict) else tuple(indicator.part_names)
        return listed if all(one in self._indicators for one in listed) else ()

    def _operands(self, node: Node) -> _Operands | None:
        """Return the indicators a formula is made of; ``None`` where something in it has no 上年: 年度, a 目标."""
        match node:
            case Number():
                return _CONSTANT
            case Name() | Derived():
                name = indicator_at(node, self._indicators)
                return (name,) if name else None
            case Negative():
                return self._operands(node.operand)
            case Binary():
                sides = [self._operands(node.left), self._operands(node.right)]
            case Call():
                sides = [self._operands(argument) for argument in node.arguments]
        return None if None in sides else tuple(name for side in sides for name in side or ())
