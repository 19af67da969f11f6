"""Expressions computed over some townships: those that have every figure the expression is made of.

``{{ 健康档案 / 常住人口 }}`` of seven townships, of which one did not tell its 常住人口, is that of the other six.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from healthreport.figures import arithmetic
from healthreport.figures.evaluation import Evaluator
from healthreport.townships.pool import PART
from healthreport.values import quantities
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Call, Derived, Name
from healthreport.values.operands import operands
from healthreport.values.quantities import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from healthreport.figures.mistakes import Mistakes
    from healthreport.model.indicators import Indicator
    from healthreport.townships.pool import Leaf
    from healthreport.values.expressions import Names, Node

VALUE, TARGET, LAST = "数值", "目标", "上年"
_NONE: frozenset[Leaf] = frozenset()


class Leaves:
    """Says which figures of townships an expression is made of, through formulas and 分项.

    ``summed`` are the figures that are made of those of the townships; what is not among them the county's report
    says itself: of what is computed it may be the 上年, one of its ``own``.
    """

    def __init__(
        self, indicators: Mapping[str, Indicator], names: Names, summed: frozenset[Leaf], own: frozenset[Leaf] = _NONE
    ) -> None:
        self.indicators = indicators
        self.summed = summed
        self._own = own
        self._names = names
        self._known: dict[Leaf, frozenset[Leaf]] = {}

    def of(self, node: Node, key: str) -> frozenset[Leaf]:
        """Return the figures that a node's ``key`` is made of; 目标 and 上年 may be named in it all the same."""
        return _NONE.union(*(self._of_operand(one, key) for one in operands(node)))

    def leaf(self, node: Name | Derived, key: str) -> Leaf | None:
        """Return the figure of townships that a name stands for as it is, where it is one."""
        name, what = (node.name, key) if isinstance(node, Name) else (node.base.name, node.what)
        indicator = self.indicators.get(name)
        if isinstance(node, Derived) and indicator and what in indicator.part_names:
            return self._summed((name, PART + what) if isinstance(indicator.parts, dict) else (what, key))
        return self._summed((name, what))

    def made_of(self, node: Name | Derived) -> Node | None:
        """Return the expression that an indicator is computed by; ``None`` of one that is not computed."""
        name = node.name if isinstance(node, Name) else node.base.name
        indicator = self.indicators.get(name)
        if isinstance(node, Derived) and indicator and node.what in indicator.part_names:
            name, indicator = node.what, self.indicators.get(node.what)
        if indicator is None:
            return None
        if indicator.formula is not None:
            return self._names.parse(str(indicator.formula)).node
        if isinstance(indicator.parts, dict):
            base, what = Name(name, node.start, node.end), tuple(indicator.parts)
            return Call("合计", tuple(Derived(base, one, None, node.start, node.end) for one in what), *node[-2:])
        if indicator.parts:
            parts = tuple(Name(part, node.start, node.end) for part in indicator.part_names)
            return Call("合计", parts, node.start, node.end)
        return None

    def unit(self, node: Name | Derived) -> quantities.Unit:
        """Return the unit of the indicator that a name stands for."""
        name = node.name if isinstance(node, Name) else node.base.name
        return quantities.unit(self.indicators[name].unit)

    def _summed(self, leaf: Leaf) -> Leaf | None:
        return leaf if leaf in self.summed else None

    def _of_operand(self, node: Name | Derived, key: str) -> frozenset[Leaf]:
        leaf = self.leaf(node, key)
        if leaf:
            return frozenset({leaf})
        if isinstance(node, Derived) and node.what in (TARGET, LAST):
            key = node.what
        name = node.name if isinstance(node, Name) else node.base.name
        if (name, key) in self._own:
            return _NONE
        known = self._known.get((name, key))
        if known is None:
            self._known[name, key] = _NONE  # what comes back to itself is a mistake, told where it is computed
            known = self._known[name, key] = self._of_computed(node, key)
        return known

    def _of_computed(self, node: Name | Derived, key: str) -> frozenset[Leaf]:
        try:
            made_of = self.made_of(node) if key in (VALUE, LAST) else None
        except ExpressionError:
            return _NONE  # told where formulas are checked
        return self.of(made_of, key) if made_of else _NONE


class Over(Evaluator):
    """Computes on the sums of some townships; what the report says itself is looked up there."""

    def __init__(
        self,
        leaves: Leaves,
        mistakes: Mistakes,
        sum_of: Callable[[Leaf], Quantity],
        look_up: Callable[[Name | Derived], Quantity],
        key: str = VALUE,
    ) -> None:
        super().__init__(mistakes)
        self.key = key
        self._leaves = leaves
        self._sum_of = sum_of
        self._look_up = look_up

    def look_up(self, node: Name | Derived) -> Quantity:
        """Return the sum a name stands for, or what its formula comes to on the same townships."""
        leaf = self._leaves.leaf(node, self.key)
        if leaf:
            return self._sum_of(leaf)
        made_of = self._leaves.made_of(node) if self._leaves.of(node, self.key) else None
        if made_of is None:
            return self._look_up(node)
        result, own = self.operand(made_of), self._leaves.unit(node)
        if not arithmetic.fits(result.unit, own):
            raise self.mistakes.unfit(f"公式算出的是“{result.unit.base}”，不能写成“{own.name}”", node)
        return Quantity(result.number, own, result.digits if result.unit.name == own.name else None)


def said(leaf: Leaf) -> str:
    """Return how a figure is called: “改厕”, “改厕”的上年, “诊疗”的“门诊”."""
    name, key = leaf
    if key.startswith(PART):
        return f"“{name}”的“{key.removeprefix(PART)}”"
    return f"“{name}”" if key == VALUE else f"“{name}”的{key}"


def all_said(leaves: Iterable[Leaf]) -> str:
    """Return how figures are called together, each indicator once: “改厕”和它的目标、上年, “建档”."""
    words = []
    for name, group in groupby(sorted(leaves), key=itemgetter(0)):
        own = [leaf for leaf in group if leaf[1] != VALUE]
        if (name, VALUE) in leaves and own and not any(key.startswith(PART) for _, key in own):
            words.append(f"“{name}”和它的{'、'.join(key for _, key in own)}")
        else:
            words += [said(leaf) for leaf in sorted([*own, *({(name, VALUE)} & {*leaves})])]
    return "、".join(words)
