"""A county's figures: what each is made of the townships', and on how many of them it rests.

A figure that is missing is never zero. A sum is that of the townships that gave the figure; whatever is made of two
sums is taken over those that gave both.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, reduce
from operator import and_
from typing import TYPE_CHECKING

from healthreport.figures.last_sources import LastSources
from healthreport.figures.last_values import LastValues
from healthreport.figures.mistakes import Mistakes
from healthreport.model.build import Numbers, known_names
from healthreport.model.rolling_up import LEAST, MEAN, MOST, NONE, SHARED, SUM, WEIGHTED, Called, Way
from healthreport.townships import pool as pools
from healthreport.townships import totals
from healthreport.townships.noted import Noted
from healthreport.townships.over import LAST, TARGET, VALUE, Leaves, Over, all_said
from healthreport.townships.pool import PART
from healthreport.townships.wholes import Wholes
from healthreport.values import quantities
from healthreport.values.expressions import Derived, Name
from healthreport.values.quantities import Quantity, Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Position
    from healthreport.model.build import Built
    from healthreport.model.indicators import Indicator
    from healthreport.reading.tables.words import Words
    from healthreport.townships.pool import Leaf, Pool, Towns
    from healthreport.values.expression_errors import ExpressionError
    from healthreport.values.expressions import Node

    LookUp = Callable[[Name | Derived], Quantity]


class CountySums:
    """The sums of one county's report.

    ``given`` are the indicators whose value the report says itself, ``noted`` what was made of the townships' figures.
    """

    def __init__(self, built: Built, pool: Pool, words: Words) -> None:
        self.built = built
        self.called = built.report.roll_up.called if built.report.roll_up else Called("")
        self.indicators = dict(built.report.indicators)
        for name, one in self.indicators.items():
            if not one.computed and not built.value(name) and (parts := pool.whole_parts(name)):
                self.indicators[name] = one.with_parts(dict.fromkeys(parts))
        self.pool = pool = totals.completed(pool, self.indicators)
        self.names = known_names(self.indicators, built.report.words)
        self.mistakes = Mistakes(self.names, built, draft=False)
        self._words = words
        self.all = pool.all
        self._columns = {leaf: pools.towns_of(column) for leaf, column in pool.columns.items()}
        self.given = frozenset(name for name in self.indicators if built.value(name))
        own_lasts = frozenset((name, LAST) for name in self.indicators if built.last(name))
        summed = frozenset(filter(self._is_summed, pool.columns))
        self.leaves = Leaves(self.indicators, self.names, summed, own_lasts - summed)
        self.towns = {leaf: self._towns_of(leaf) for leaf in pool.columns}
        self.noted = Noted(pool, self.towns, summed)
        self._totals: dict[Leaf, Quantity] = {}

    def way(self, name: str) -> Way | None:
        """Return how an indicator's figures are put together; ``None`` of a rate that does not say it."""
        indicator = self.indicators[name]
        if indicator.shared:
            return Way(SHARED)
        return indicator.way or (Way(SUM) if self.adds_up(name) else None)

    def adds_up(self, name: str) -> bool:
        """Say whether figures of an indicator can be added: counts and money, no rates."""
        return self._words.units.sums(name, self.indicators[name].unit)

    def _is_summed(self, leaf: Leaf) -> bool:
        """Say whether a column makes a figure of the county's: not what it says itself, nor a target of a rate."""
        name, key = leaf
        indicator, way = self.indicators[name], self.way(name)
        if way is None or way.kind == NONE:
            return False
        if way.kind == SHARED and (
            key != VALUE or len({one for one in self.pool.columns[leaf] if one is not None}) > 1
        ):
            return False
        if key != VALUE and name in self.given and not self._covers_all(leaf):
            return False  # the county's own value is that of all
        if key == VALUE:
            return name not in self.given and not indicator.range and indicator.formula is None
        if key == LAST and name in self.given and self.built.last(name):
            return False
        if key == TARGET:
            return way.kind == SUM and self.built.target(name) is None and name not in self.pool.bounded
        return True

    def _covers_all(self, leaf: Leaf) -> bool:
        return self._columns[leaf] == self.all and not self.pool.absent

    def _towns_of(self, leaf: Leaf) -> Towns:
        """Return the townships that have a figure, and what it is weighed by; none where the weights are no weights."""
        weight = self._weight(leaf)
        if weight is None:
            return self._columns[leaf]
        both = self._columns[leaf] & self._columns.get(weight, 0)
        return both if both and pools.are_weights(pools.chosen(self.pool.columns[weight], both)) else 0

    def _weight(self, leaf: Leaf) -> Leaf | None:
        way = self.way(leaf[0])
        return (way.weight, leaf[1]) if way and way.kind == WEIGHTED and leaf[1] in (VALUE, LAST) else None

    @cached_property
    def numbers(self) -> Numbers:
        """What the report has as its own numbers: the sums, where it says none."""
        own = self.built.numbers
        values, targets, lasts = dict(own.values), dict(own.targets), dict(own.lasts)
        for leaf in sorted(self.leaves.summed):
            name, key = leaf
            if not self.towns[leaf]:
                continue
            if key == VALUE:
                values[name] = self.total(leaf)
            elif key == LAST:
                lasts[name] = self.total(leaf)
            elif key == TARGET:
                targets[name] = Target(self.total(leaf), "")
        return Numbers(values, targets, lasts)

    @cached_property
    def whole(self) -> Built:
        """The county's report with what its figures come to."""
        report = self.built.report.model_copy(update={"indicators": self.with_parts()})
        return self.built._replace(report=report, numbers=self.numbers)

    @cached_property
    def _lasts(self) -> LastSources:
        return LastSources(self.indicators, self.names)

    def with_parts(self) -> dict[str, Indicator]:
        """Return the indicators, those with parts with the sums of these."""
        found = {}
        for name, one in self.indicators.items():
            leaves = {part: (name, PART + part) for part in self.pool.parts(name) if part in one.part_names}
            sums = {part: self.total(leaf) for part, leaf in leaves.items() if leaf in self.leaves.summed}
            found[name] = one.with_parts({**sums}) if sums else one
        return found

    def total(self, leaf: Leaf, towns: Towns | None = None) -> Quantity:
        """Return what the figures of some townships come to, by default of all that have one."""
        if towns is None or towns == self.towns[leaf]:
            if leaf not in self._totals:
                self._totals[leaf] = self._total(leaf, self.towns[leaf])
            return self._totals[leaf]
        return self._total(leaf, towns)

    def _total(self, leaf: Leaf, towns: Towns) -> Quantity:
        amounts = pools.chosen(self.pool.columns[leaf], towns)
        own, way = quantities.unit(self.indicators[leaf[0]].unit), self.way(leaf[0])
        total = pools.total(amounts)
        digits = pools.digits_of(total)
        weight = self._weight(leaf)
        if weight:
            weights = pools.chosen(self.pool.columns[weight], towns)
            products = [Fraction(one) * Fraction(other) for one, other in zip(amounts, weights, strict=True)]
            whole = pools.total(weights)
            number, digits = sum(products, Fraction(0)) / Fraction(whole), None
        elif way and way.kind == MEAN:
            number, digits = Fraction(total) / len(amounts), None
        elif way and way.kind in (MOST, LEAST, SHARED):
            number = (max if way.kind == MOST else min)(Fraction(one) for one in amounts)
        else:
            number = Fraction(total)
        return Quantity(number * own.factor, own, digits)

    def has(self, name: str) -> bool:
        """Say whether any township gave a figure of an indicator, or what it is computed of."""
        return (name, VALUE) in self.pool.columns or bool(self.leaves.of(Name(name, 0, len(name)), VALUE))

    def show(self, name: str, what: str) -> None:
        """Note that an indicator's 目标, 上年 or part is printed."""
        node = Derived(Name(name, 0, len(name)), what, None, 0, len(name))
        self.noted.shown.add(self.leaves.leaf(node, VALUE) or (name, what))

    def compare_each(self, name: str, *keys: str) -> None:
        """Note that townships are held against one another by their values, and by what else each has."""
        leaves = self.of_each.of(Name(name, 0, len(name)), VALUE) | {(name, key) for key in keys}
        self.noted.together(leaves, self._giving(leaves))

    def evaluate(self, node: Node, key: str, look_up: LookUp) -> Quantity:
        """Compute an expression over the townships that have all it is made of."""
        self._wholes.refuse(node, key, self.mistakes)
        leaves = self.leaves.of(node, key)
        towns = self._common(leaves, node)
        self.noted.together(leaves, towns, [(node, key)])
        return self.over(towns, look_up, key).evaluate(node)

    @cached_property
    def _wholes(self) -> Wholes:
        values = {(name, VALUE) for name in self.given}
        lasts = {(name, LAST) for name in self.indicators if self.built.last(name)} - self.leaves.summed
        # What is no count is the same for each: 84 yuan a head are so for five townships as well.
        counts = (one for one in values | lasts if self.adds_up(one[0]) and not self.indicators[one[0]].shared)
        own = Leaves(self.indicators, self.names, frozenset(counts))
        return Wholes(own, self.leaves, self.towns, self.pool, self.called)

    def over(self, towns: Towns, look_up: LookUp, key: str = VALUE) -> Over:
        """Return what computes expressions over some townships."""
        return Over(self.leaves, self.mistakes, lambda leaf: self.total(leaf, towns), look_up, key)

    @cached_property
    def of_each(self) -> Leaves:
        """What a township's own figures are made of: also of those that the county says itself."""
        return Leaves(self.indicators, self.names, frozenset(self.pool.columns))

    def having(self, node: Node, key: str = VALUE) -> Towns:
        """Return the townships that have all figures of their own that an expression is made of.

        None has where it takes one that the county's report alone says of all of them.
        """
        leaves = self.of_each.of(node, key)
        is_theirs = leaves and self._wholes.of(node, key) <= self.pool.columns.keys()
        return self._giving(leaves) if is_theirs else 0

    def _giving(self, leaves: frozenset[Leaf]) -> Towns:
        """Return the townships that gave every one of some figures."""
        return reduce(and_, (self._columns[leaf] for leaf in leaves), self.all)

    def alone(self, town: int, look_up: LookUp, key: str = VALUE) -> Over:
        """Return what computes expressions on one township's own figures."""
        return Over(self.of_each, self.mistakes, lambda leaf: self.figure(town, leaf), look_up, key)

    def figure(self, town: int, leaf: Leaf) -> Quantity:
        """Return what a township that has it gave."""
        own, amount = quantities.unit(self.indicators[leaf[0]].unit), self.pool.columns[leaf][town]
        assert amount is not None
        return pools.quantity(amount, own)

    def compared(self, node: Derived, against: str, look_up: LookUp) -> tuple[Quantity, Quantity] | None:
        """Return a value and what it is compared with over the townships that have both."""
        base = node.base
        other = node.argument if against == "" else Derived(base, against, None, node.start, node.end)
        if other is None or (against == LAST and not self.has_last(base)):
            return None
        key = LAST if against == LAST else VALUE
        compared = (base, VALUE), (base if against == LAST else other, key)
        self._wholes.refuse_comparison(compared, node, self.mistakes)
        sides = [self.leaves.of(*side) for side in compared]
        if not all(sides):
            return None
        leaves = frozenset().union(*sides)
        towns = self._common(leaves, node)
        self.noted.together(leaves, towns, compared)
        now = self.over(towns, look_up).operand(base)
        if against == LAST:
            return now, self.over(towns, self.last_values.look_up, LAST).operand(base)
        return now, self.over(towns, look_up, key).operand(other)

    @cached_property
    def last_values(self) -> LastValues:
        """What the county's figures were last year."""
        return LastValues(self.whole, self.mistakes)

    def has_last(self, base: Name) -> bool:
        """Say whether last year's value is given, or can be computed of those of all its parts."""
        return self.leaves.leaf(base, LAST) is not None or self._lasts.has(self.whole, base.name)

    def common(self, leaves: frozenset[Leaf]) -> Towns:
        """Return the townships that have every one of some figures."""
        return reduce(and_, (self.towns[leaf] for leaf in leaves), self.all)

    def _common(self, leaves: frozenset[Leaf], at: Node) -> Towns:
        """Return the townships that have all figures. Raises :class:`ExpressionError` where they are too few."""
        towns = self.common(leaves)
        if leaves and towns.bit_count() * 2 < self.pool.expected:
            raise self._too_few(leaves, towns, at)
        for weight in {weight for leaf in leaves if (weight := self._weight(leaf))}:
            if not pools.are_weights(pools.chosen(self.pool.columns[weight], towns)):
                message = f"按“{weight[0]}”加权，都有数的{self.called.noun}里“{weight[0]}”都是0"
                raise self.mistakes.error("no-weight", message, at, hint=f"请核对“{weight[0]}”。")
        return towns

    def _too_few(self, leaves: frozenset[Leaf], towns: Towns, at: Node) -> ExpressionError:
        count = towns.bit_count()
        all_of = all_said(leaves)
        few = f"只有{self.called.so_many(count)}" if count else f"没有一{self.called.counter}{self.called.noun}"
        message = f"{few}{all_of}都有数，不到应报{self.pool.expected}{self.called.counter}的一半，算不出全县的数"
        hint = "请催报，或把这几个数补进各自的文件、表格。"
        return self.mistakes.error("too-few-townships", message, at, hint=hint)

    def places(self, name: str) -> list[tuple[Leaf, list[Position]]]:
        """Return where the figures stand that an indicator's value is made of: of the townships that have them all."""
        leaves = self.leaves.of(Name(name, 0, len(name)), VALUE)
        towns = [*pools.members(self.common(leaves))] if leaves else []
        return [(leaf, [spot for at in towns if (spot := self.pool.place(at, leaf))]) for leaf in sorted(leaves)]
