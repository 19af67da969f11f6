"""How the figures of ``rollup`` come about, as formulas of Excel: sums, quotients, growth, ranks.

A formula is written where Excel computes by it what was computed here; where it would not, or cannot be said in one,
there is none, and the number stands alone.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.model.rolling_up import LEAST, MEAN, MOST, SUM, WEIGHTED
from healthreport.townships.over import LAST, TARGET, VALUE
from healthreport.townships.pool import PART
from healthreport.townships.rolled_up import COMPLETION, GROWTH, POINTS, RANK
from healthreport.values import quantities
from healthreport.values.expressions import Binary, Call, Derived, Name, Negative, Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.townships.pool import Leaf
    from healthreport.townships.rolled_up import Column, RolledUp
    from healthreport.values.expressions import Node

    # What a figure of townships is called in a formula; ``None`` where it has no cell.
    CellOf = Callable[[Leaf], str | None]

_FUNCTIONS = {"合计": "SUM", "最大": "MAX", "最小": "MIN"}
_OF_WAYS = {SUM: "SUM", MEAN: "AVERAGE", MOST: "MAX", LEAST: "MIN"}
_MOST_RANKED = 2_000
"""Of more townships ranks stand as numbers: Excel looks at all of them for each one."""


class Formulas:
    """The formulas of a sheet whose townships stand in the rows ``first`` to ``last`` and the total below, from 1.

    ``letters`` are the columns of the figures; ``inexact`` are those of which some cell holds digits as text, for a
    workbook keeps no more than 15.
    """

    def __init__(self, rolled_up: RolledUp, letters: dict[Leaf, str], first: int, inexact: frozenset[Leaf]) -> None:
        self._sums = rolled_up.sums
        self._columns = {(one.indicator, one.key): one for one in rolled_up.columns}
        self._letters = letters
        self._first, self._last = first, first + len(rolled_up.towns) - 1
        self.inexact = inexact

    def of_row(self, column: Column) -> Callable[[int], str | None]:
        """Return what gives the formula of a township's cell in a row."""
        name = column.indicator
        if column.key == RANK:
            return self._rank(name)
        if column.key in (COMPLETION, GROWTH, POINTS):
            return lambda row: self._compared(column, lambda leaf: self._cell(leaf, row))
        if column.given or all(one is None for one in column.figures):  # a formula that cannot be read has none
            return lambda _: None
        node = self._sums.of_each.made_of(Name(name, 0, len(name)))
        unit = column.unit
        if node is None:
            return lambda _: None
        return lambda row: self._computed(node, unit, lambda leaf: self._cell(leaf, row))

    def of_total(self, column: Column) -> str | None:
        """Return the formula of what a column comes to."""
        leaf, name = (column.indicator, column.key), column.indicator
        if column.total is None or column.rests == 0:
            return None
        if column.key in (COMPLETION, GROWTH, POINTS):
            against = TARGET if column.key == COMPLETION else LAST
            made_of = frozenset({(name, against)}) | self._sums.leaves.of(Name(name, 0, len(name)), VALUE)
            return self._compared(column, lambda one: self._over(one, made_of))
        if column.given:
            return self._put_together(leaf) if leaf in self._sums.leaves.summed else None
        at = Name(name, 0, len(name))
        node, made_of = self._sums.leaves.made_of(at), self._sums.leaves.of(at, VALUE)
        return self._computed(node, column.unit, lambda one: self._over(one, made_of)) if node else None

    def _put_together(self, leaf: Leaf) -> str | None:
        """Return how the figures of one column make the county's."""
        way, area = self._sums.way(leaf[0]), self._area(leaf)
        if way is None or area is None:
            return None
        if way.kind == WEIGHTED:
            weight = self._area((way.weight, leaf[1]))
            numbers = f"--ISNUMBER({area}),--ISNUMBER({weight})"
            return weight and f"SUMPRODUCT({area},{weight})/SUMPRODUCT({numbers},{weight})"
        return f"{_OF_WAYS[way.kind]}({area})" if way.kind in _OF_WAYS else None

    def _over(self, leaf: Leaf, made_of: frozenset[Leaf]) -> str | None:
        """Return the sum of a column over the townships that have all that something is made of."""
        towns = self._sums.common(made_of & self._sums.towns.keys())
        column, way = self._columns.get(leaf), self._sums.way(leaf[0])
        if column is None or leaf not in self._sums.towns or leaf in self.inexact:
            return self._total_of(leaf, made_of)
        if leaf[1] == VALUE and leaf[0] in self._sums.given:
            return f"{self._letters[leaf]}{self._last + 1}"  # the county's own is that of all
        if self._sums.towns[leaf] == towns:
            return f"{self._letters[leaf]}{self._last + 1}" if leaf in self._sums.leaves.summed else None
        areas = [self._area(one) for one in sorted(made_of)]
        if way is None or way.kind != SUM or None in areas:
            return None
        numbers = ",".join(f"--ISNUMBER({area})" for area in areas)
        return f"SUMPRODUCT({numbers},{self._area(leaf)})"

    def _total_of(self, leaf: Leaf, made_of: frozenset[Leaf]) -> str | None:
        """Return the county's cell of a figure that is itself computed, where it rests on the same townships."""
        own = self._sums.leaves.of(Name(leaf[0], 0, len(leaf[0])), VALUE) if leaf[1] == VALUE else frozenset()
        alike = bool(own) and self._sums.common(own) == self._sums.common(made_of & self._sums.towns.keys())
        return f"{self._letters[leaf]}{self._last + 1}" if alike and leaf in self._letters else None

    def _rank(self, name: str) -> Callable[[int], str | None]:
        area = self._area((name, VALUE), "$")
        if area is None or self._last - self._first >= _MOST_RANKED:
            return lambda _: None
        letter, order = self._letters[name, VALUE], int(self._sums.indicators[name].lower_is_better)
        return lambda row: f"RANK({letter}{row},{area},{order})"

    def _compared(self, column: Column, cell_of: CellOf) -> str | None:
        name = column.indicator
        now, other = cell_of((name, VALUE)), cell_of((name, TARGET if column.key == COMPLETION else LAST))
        if now is None or other is None:
            return None
        if column.key == COMPLETION:
            return f"{now}/{other}"
        return f"({now}-{other})*100" if column.key == POINTS else f"({now}-{other})/{other}"

    def _cell(self, leaf: Leaf, row: int) -> str | None:
        return f"{self._letters[leaf]}{row}" if leaf in self._letters and leaf not in self.inexact else None

    def _area(self, leaf: Leaf, fixed: str = "") -> str | None:
        letter = self._letters.get(leaf) if leaf not in self.inexact else None
        return letter and f"{letter}{fixed}{self._first}:{letter}{fixed}{self._last}"

    def _computed(self, node: Node, unit: str, cell_of: CellOf) -> str | None:
        """Return a formula of a report as one of Excel, in the unit that its cell has."""
        text = self._translated(node, cell_of)
        return text and _bare(_scaled(text, 1 / scale(unit)))

    def _translated(self, node: Node, cell_of: CellOf) -> str | None:
        """Return an expression in base units."""
        match node:
            case Number():
                return f"{node.value:f}"
            case Name() | Derived():
                leaf = self._leaf(node)
                cell = leaf and cell_of(leaf)
                return cell and leaf and _scaled(cell, scale(self._sums.indicators[leaf[0]].unit))
            case Negative():
                inner = self._translated(node.operand, cell_of)
                return inner and f"(-{inner})"
            case Binary():
                sides = self._translated(node.left, cell_of), self._translated(node.right, cell_of)
                return f"({sides[0]}{node.operator}{sides[1]})" if all(sides) else None
            case Call():
                inside = [self._translated(one, cell_of) for one in node.arguments]
                return f"{_FUNCTIONS[node.function]}({','.join(map(str, inside))})" if all(inside) else None

    def _leaf(self, node: Name | Derived) -> Leaf | None:
        """Return the figure that a name stands for."""
        if isinstance(node, Name):
            return node.name, VALUE
        indicator = self._sums.indicators.get(node.base.name)
        if indicator and node.what in indicator.part_names:
            is_own = isinstance(indicator.parts, dict)
            return (node.base.name, PART + node.what) if is_own else (node.what, VALUE)
        return (node.base.name, node.what) if node.what in (VALUE, TARGET, LAST) else None


def scale(unit: str) -> Fraction:
    """Return what one in a cell is in base units: a cell in % holds 0.92 and shows 92%, one in 万元 holds 万."""
    return Fraction(1) if unit == "%" else quantities.unit(unit).factor


def _scaled(text: str, factor: Fraction) -> str:
    if factor == 1:
        return text
    return f"({text}*{factor.numerator})" if factor.denominator == 1 else f"({text}/{1 / factor})"


def _bare(text: str) -> str:
    """Return a formula without the brackets that stand around all of it."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[1:-1] if text.startswith("(") and at == len(text) - 1 else text
    return text
