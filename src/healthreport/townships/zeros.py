"""Townships that set a figure against nothing: 12 files of 0 people. Of 0 by 0 there is nothing to tell."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from healthreport.townships import pool as pools
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Binary, Call, Derived, Name, Negative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.townships.sums import CountySums, LookUp
    from healthreport.values.expressions import Node
    from healthreport.values.quantities import Quantity


class OverZero(NamedTuple):
    """A division, of what its figures are (数值 or 上年), and the townships that divide by zero, with the dividend."""

    division: Binary
    key: str
    towns: list[tuple[int, Quantity]]


def find(sums: CountySums, look_up: LookUp) -> Iterator[OverZero]:
    """Yield the divisions that the county's report has computed in which townships set more than nothing against zero.

    The county's rate has their dividend all the same, as that of deaths by births has the death of a place without any.
    """
    for division, key in _divisions(sums):
        if towns := [*_over_zero(sums, division, key, look_up)]:
            yield OverZero(division, key, towns)


def _divisions(sums: CountySums) -> Iterator[tuple[Binary, str]]:
    """Yield the divisions in what was computed, through formulas and 分项, each once."""
    seen = {*sums.noted.computed}
    waiting = deque(sums.noted.computed)
    while waiting:
        node, key = waiting.popleft()
        if isinstance(node, Binary) and node.operator == "/":
            yield node, key
        inner = {(one, key): None for one in _inside(sums, node, key)}
        waiting += [one for one in inner if one not in seen]
        seen |= inner.keys()


def _inside(sums: CountySums, node: Node, key: str) -> tuple[Node, ...]:
    """Return what an expression is computed of, one step further down."""
    match node:
        case Binary():
            return node.left, node.right
        case Negative():
            return (node.operand,)
        case Call():
            return node.arguments
        case Name() | Derived() if sums.leaves.of(node, key) and not sums.leaves.leaf(node, key):
            made_of = sums.leaves.made_of(node)
            return (made_of,) if made_of else ()
        case _:
            return ()


def _over_zero(sums: CountySums, division: Binary, key: str, look_up: LookUp) -> Iterator[tuple[int, Quantity]]:
    having, divisor = sums.having(division, key), division.right
    leaf = sums.of_each.leaf(divisor, key) if isinstance(divisor, Name | Derived) else None
    for town in pools.members(having):
        if leaf and sums.pool.columns[leaf][town]:
            continue
        alone = sums.alone(town, look_up, key)
        try:
            below, above = alone.operands(divisor, division.left)
        except ExpressionError:
            continue  # told where it is used
        if above.number and not below.number:
            yield town, above
