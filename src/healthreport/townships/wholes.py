"""A figure that the county's report says itself is that of all townships: none is set against a sum that lacks one.

建档 of five of six townships by the 人口 of the whole county is nobody's rate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.reading.tables import plain
from healthreport.townships import pool as pools
from healthreport.townships.over import said
from healthreport.values.expressions import Binary, Call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthreport.figures.mistakes import Mistakes
    from healthreport.model.rolling_up import Called
    from healthreport.townships.over import Leaves
    from healthreport.townships.pool import Leaf, Pool, Towns
    from healthreport.values.expressions import Node

_LISTED = 5
_NONE: frozenset[Leaf] = frozenset()


class Wholes:
    """Knows which figures of one county's report are of all townships though these did not make them.

    ``own`` says which of them an expression is made of, ``leaves`` and ``towns`` which sums, and of which townships.
    """

    def __init__(self, own: Leaves, leaves: Leaves, towns: Mapping[Leaf, Towns], pool: Pool, called: Called) -> None:
        self._own = own
        self._leaves = leaves
        self._towns = towns
        self._pool = pool
        self._called = called

    def of(self, node: Node, key: str) -> frozenset[Leaf]:
        """Return which of them an expression is made of, through formulas and 分项."""
        return self._own.of(node, key)

    def refuse(self, node: Node, key: str, mistakes: Mistakes) -> None:
        """Raise :class:`ExpressionError` where an expression sets such a figure against a sum that lacks some.

        What is only added up is a sum that lacks some itself, which is told and no mistake.
        """
        for one in _added(node):
            self._refuse(self._leaves.of(one, key), self.of(one, key), one, mistakes)

    def refuse_comparison(self, sides: tuple[tuple[Node, str], ...], at: Node, mistakes: Mistakes) -> None:
        """Raise :class:`ExpressionError` where one side of a comparison is of all, the other a sum that lacks some."""
        parts = _NONE.union(*(self._leaves.of(*side) for side in sides))
        wholes = _NONE.union(*(self.of(*side) for side in sides))
        self._refuse(parts, wholes, at, mistakes)

    def _refuse(self, parts: frozenset[Leaf], wholes: frozenset[Leaf], at: Node, mistakes: Mistakes) -> None:
        pool, called = self._pool, self._called
        short = [leaf for leaf in sorted(parts) if self._towns[leaf] != pool.all or pool.absent]
        if not short or not wholes:
            return
        part, whole = short[0], min(wholes)
        having = self._towns[part]
        so_many = called.so_many(f"{having.bit_count()}/{pool.expected}")
        message = f"{said(part)}只汇总了{so_many}，{said(whole)}是这份报告写的全县的数，不能放在一起算"
        lacking = [pool.towns[town].short for town in pools.members(pool.all & ~having)] + [*pool.absent]
        ways = [f"请催报（缺{plain.listed(lacking, _LISTED)}）", f"或在这份报告里写{said(part)}全县的数"]
        if whole in pool.columns:
            ways.append(f"或删去“{whole[0]}”的“{whole[1]}”，由各{called.noun}的数加总")
        ways.append(f"“{whole[0]}”在各{called.noun}都一样的，写“共用: 是”")
        names = part[0], whole[0]
        raise mistakes.error("whole-beside-part", message, at, *names, hint="；".join(ways) + "。", key=whole[1])


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
