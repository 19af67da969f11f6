"""What an indicator is computed of, and an order in which each comes behind all that it needs.

So chains of formulas may be of any length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Name
from healthreport.values.operands import operands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from healthreport.model.indicators import Indicator
    from healthreport.values.expressions import Derived, Names

_VALUE = "数值"


def indicator_at(node: Name | Derived, indicators: Mapping[str, Indicator]) -> str:
    """Return the indicator whose value a node stands for, empty for another number."""
    if isinstance(node, Name):
        return node.name if node.name in indicators else ""
    whole = indicators.get(node.base.name)
    if whole is None:
        return ""
    if node.what in whole.part_names:
        return "" if isinstance(whole.parts, dict) or node.what not in indicators else node.what
    return node.base.name if node.what == _VALUE else ""


def made_of(indicator: Indicator, indicators: Mapping[str, Indicator], names: Names) -> Iterator[str]:
    """Yield the indicators whose values one is computed of; of a formula that cannot be read none."""
    if indicator.formula is not None:
        try:
            node = names.parse(str(indicator.formula)).node
        except ExpressionError:
            return  # told where formulas are checked
        yield from filter(None, (indicator_at(leaf, indicators) for leaf in operands(node)))
    elif not isinstance(indicator.parts, dict):
        yield from (name for name in indicator.part_names if name in indicators)


def needed_first(name: str, needs: Callable[[str], Iterable[str]], path: dict[str, Iterator[str]]) -> Iterator[str]:
    """Yield all that a name needs, each behind what it needs itself, and the name last.

    While one is yielded ``path`` leads to it. Of names that need one another in a circle the one that closes it comes
    first: what it needs is on the path still. What two names need may come twice, so ``needs`` is to leave out what is
    known already.
    """
    path[name] = iter(needs(name))
    while name in path:
        last = next(reversed(path))
        need = next((need for need in path[last] if need not in path), None)
        if need is not None:
            path[need] = iter(needs(need))
        else:
            yield last
            del path[last]
