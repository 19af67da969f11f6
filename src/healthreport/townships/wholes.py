"""A figure that the county's report says itself is that of all townships: none is set against a sum that lacks one.

建档 of five of six townships by the 人口 of the whole county is nobody's rate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.reading.tables import plain
from healthreport.townships import pool as pools
from healthreport.townships.over import LAST, VALUE, Leaves, said
from healthreport.values.expressions import Binary, Call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.townships.pool import Leaf
    from healthreport.townships.sums import CountySums
    from healthreport.values.expressions import Node

_LISTED = 5
_NONE: frozenset[Leaf] = frozenset()


class Wholes:
    """Knows which figures of one county's report are of all townships though these did not make them."""

    def __init__(self, sums: CountySums) -> None:
        self._sums = sums
        values = {(name, VALUE) for name in sums.given}
        lasts = {(name, LAST) for name in sums.indicators if sums.built.last(name)} - sums.leaves.summed
        # What is no count is the same for each: 84 yuan a head are so for five townships as well.
        counts = (one for one in values | lasts if sums.adds_up(one[0]) and not sums.indicators[one[0]].shared)
        self._leaves = Leaves(sums.indicators, sums.names, frozenset(counts))

    def refuse(self, node: Node, key: str) -> None:
        """Raise :class:`ExpressionError` where an expression sets such a figure against a sum that lacks some.

        What is only added up is a sum that lacks some itself, which is told and no mistake.
        """
        for one in _added(node):
            self._refuse(self._sums.leaves.of(one, key), self._leaves.of(one, key), one)

    def refuse_comparison(self, sides: tuple[tuple[Node, str], ...], at: Node) -> None:
        """Raise :class:`ExpressionError` where one side of a comparison is of all, the other a sum that lacks some."""
        parts = _NONE.union(*(self._sums.leaves.of(*side) for side in sides))
        wholes = _NONE.union(*(self._leaves.of(*side) for side in sides))
        self._refuse(parts, wholes, at)

    def _refuse(self, parts: frozenset[Leaf], wholes: frozenset[Leaf], at: Node) -> None:
        sums = self._sums
        short = [leaf for leaf in sorted(parts) if sums.towns[leaf] != sums.all or sums.pool.absent]
        if not short or not wholes:
            return
        part, whole = short[0], min(wholes)
        having, called = sums.towns[part], sums.called
        so_many = called.so_many(f"{having.bit_count()}/{sums.pool.expected}")
        message = f"{said(part)}只汇总了{so_many}，{said(whole)}是这份报告写的全县的数，不能放在一起算"
        lacking = [sums.pool.towns[town].short for town in pools.members(sums.all & ~having)] + [*sums.pool.absent]
        ways = [f"请催报（缺{plain.listed(lacking, _LISTED)}）", f"或在这份报告里写{said(part)}全县的数"]
        if whole in sums.pool.columns:
            ways.append(f"或删去{said(whole)}，由各{called.noun}的数加总")
        ways.append(f"“{whole[0]}”在各{called.noun}都一样的，写“共用: 是”")
        names = part[0], whole[0]
        raise sums.mistakes.error("whole-beside-part", message, at, *names, hint="；".join(ways) + "。", key=whole[1])


def _added(node: Node) -> Iterator[Node]:
    """Yield what is added up in an expression, each by itself; the expression where it is no addition."""
    match node:
        case Binary(operator="+"):
            yield from _added(node.left)
            yield from _added(node.right)
        case Call(function="合计"):
            for one in node.arguments:
                yield from _added(one)
        case _:
            yield node
