"""What a county says of its townships one by one: which did most, which reached their target, how many sent figures."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.figures.indicator_values import IndicatorValues
from healthreport.townships import pool as pools
from healthreport.townships.over import LAST, TARGET, VALUE
from healthreport.values import quantities
from healthreport.values.expression_errors import ExpressionError, syntax_error
from healthreport.values.expressions import Name, Number
from healthreport.values.quantities import PLAIN, Quantity, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from healthreport.townships.sums import CountySums, LookUp
    from healthreport.values.expressions import Derived
    from healthreport.values.quantities import Style

_MANY = 100
UNDONE = "未完成"
_NONE_MISSED = "none-missed"


class Standing(NamedTuple):
    """A township's number and its figure."""

    town: int
    value: Quantity


class Against(NamedTuple):
    """A township's figure against its target."""

    town: int
    value: Quantity
    target: Quantity
    reached: bool


def say(sums: CountySums, node: Derived, style: Style, look_up: LookUp) -> str:
    """Word what stands behind the point of an indicator. Raises :class:`ExpressionError`.

    ``农村改厕.最高`` → 白石镇（320座）, ``农村改厕.前(3)`` → the three best, ``农村改厕.上报数`` → 6/7个乡镇.
    """
    return _SAID[node.what](_Words(sums, node, style, look_up))


def is_any_undone(sums: CountySums, node: Derived) -> bool:
    """Say whether a township missed its target; what is wrong with the figure is told where it is printed."""
    look_up = IndicatorValues(sums.whole, sums.mistakes).look_up
    try:
        say(sums, node, PLAIN, look_up)
    except ExpressionError as wrong:
        return wrong.id != _NONE_MISSED
    return True


def standings(sums: CountySums, name: str, look_up: LookUp) -> list[Standing]:
    """Return the townships that have a figure of an indicator, given or by its formula, in their order."""
    return _standings(sums, name, look_up, VALUE)


def lasts(sums: CountySums, name: str) -> list[Standing]:
    """Return the townships with what an indicator was last year, given or by its formula, in their order."""
    if (name, LAST) not in sums.pool.columns and not sums.has_last(Name(name, 0, len(name))):
        return []
    return _standings(sums, name, sums.last_values.look_up, LAST)


def _standings(sums: CountySums, name: str, look_up: LookUp, key: str) -> list[Standing]:
    column = sums.pool.columns.get((name, key))
    if column is not None and (key == LAST or sums.indicators[name].formula is None):
        return [Standing(at, sums.figure(at, (name, key))) for at, one in enumerate(column) if one is not None]
    node = Name(name, 0, len(name))
    found = []
    for at in pools.members(sums.having(node, key)):
        try:
            found.append(Standing(at, sums.alone(at, look_up, key).operand(node)))
        except ExpressionError as wrong:
            if wrong.id != "zero-operand":  # a township without old people has no rate of theirs
                raise
    return found


class _Words:
    """Words one saying; ``lower`` says that low figures are the good ones."""

    def __init__(self, sums: CountySums, node: Derived, style: Style, look_up: LookUp) -> None:
        self._sums = sums
        self._node = node
        self._look_up = look_up
        self._name = node.base.name
        indicator = sums.indicators[self._name]
        self._lower = indicator.lower_is_better
        self._style = style._replace(fixed=indicator.digits)

    def highest(self) -> str:
        """Return who has most: 白石镇（320座）, or all that stand level."""
        return self._first(1, reverse=True)

    def lowest(self) -> str:
        """Return who has least."""
        return self._first(1, reverse=False)

    def best(self) -> str:
        """Return the first so many, the best first; those that stand level with the last too."""
        return self._first(self._wanted(), reverse=not self._lower)

    def worst(self) -> str:
        """Return the last so many, the worst first."""
        return self._first(self._wanted(), reverse=self._lower)

    def done(self) -> str:
        """Return how many reached their target: 5个乡镇."""
        return self._sums.called.so_many(sum(one.reached for one in self._against_targets()))

    def undone(self) -> str:
        """Return the names of those that missed their target, the farthest from it first; some must have."""
        missed = sorted((one for one in self._against_targets() if not one.reached), key=self._how_far)
        if not missed:
            message = f"“.未完成”没有{self._sums.called.noun}：有目标的都完成了"
            hint = "请把它写进分句“[[ ]]”，都完成了就不印；或改用“.完成目标数”。"
            raise self._error(_NONE_MISSED, message, hint)
        return "、".join(self._called(one.town) for one in missed)

    def sent(self) -> str:
        """Return how many sent a figure: 6/7个乡镇, or 7个乡镇 where all have."""
        here, all = len(standings(self._sums, self._name, self._look_up)), self._sums.pool.expected
        return self._sums.called.so_many(here if here == all else f"{here}/{all}")

    def mean(self) -> str:
        """Return the mean of the townships' figures; a rate has none but the county's own."""
        standing = self._standings()
        if standing[0].value.unit.is_rate or self._sums.indicators[self._name].formula is not None:
            hint = f"请改用“{{{{ {self._name} }}}}”：全县的率由加总的分子、分母算。"
            raise self._error("mean-of-rates", f"“{self._name}”是率，各{self._sums.called.noun}的率不能平均", hint)
        mean = sum((one.value.number for one in standing), Fraction(0)) / len(standing)
        unit = standing[0].value.unit
        # Of many things there is no half: 39563人次, but 2.5家.
        digits = pools.digits([pools.amount(one.value.number / unit.factor) for one in standing])
        is_many = mean / unit.factor >= _MANY and digits is not None
        return quantities.write(Quantity(mean, unit, digits if is_many else None), self._style)

    def _first(self, most: int, *, reverse: bool) -> str:
        sign = -1 if reverse else 1
        ordered = sorted(self._standings(), key=lambda one: (sign * one.value.number, self._called(one.town)))
        last = ordered[min(most, len(ordered)) - 1].value.number
        level = [one for at, one in enumerate(ordered) if at < most or one.value.number == last]
        if most == 1:
            names = "、".join(self._called(one.town) for one in level)
            return f"{names}（{self._write(level[0].value)}）"
        return "、".join(f"{self._called(one.town)}（{self._write(one.value)}）" for one in level)

    def _standings(self) -> list[Standing]:
        found = standings(self._sums, self._name, self._look_up)
        if not found:
            message = f"没有一{self._sums.called.counter}{self._sums.called.noun}有“{self._name}”的数"
            raise self._sums.mistakes.missing(message, self._name, self._node)
        self._sums.compare_each(self._name)
        return found

    def _how_far(self, one: Against) -> tuple[Fraction, str]:
        """Return by how much of its target a township misses it, negative, for sorting."""
        gap = -abs(one.value.number - one.target.number)
        return gap / abs(one.target.number) if one.target.number else gap, self._called(one.town)

    def _against_targets(self) -> list[Against]:
        """Return the townships that have a figure and a target."""
        targets = self._targets()
        found = []
        for town, value in self._standings():
            if target := targets(town):
                bound = target.bound or ("≤" if self._lower else "≥")
                reached = quantities.compare(value.number, bound, target.quantity.number)
                found.append(Against(town, value, target.quantity, reached))
        if not found:
            message = f"各{self._sums.called.noun}没有“{self._name}”的目标"
            raise self._sums.mistakes.missing(message, self._name, self._node, key=TARGET)
        if self._has_own_targets:
            self._sums.compare_each(self._name, TARGET)
        return found

    def _targets(self) -> Callable[[int], Target | None]:
        """Return what gives each township's target: its own, or of a rate or a bound the county's."""
        sums, name = self._sums, self._name
        column = sums.pool.columns.get((name, TARGET))
        if not self._has_own_targets:
            county = sums.built.target(name)
            return lambda _: county
        own, bounds = quantities.unit(sums.indicators[name].unit), sums.pool.bounded.get(name, {})

        def target(town: int) -> Target | None:
            amount = column[town] if column else None
            return None if amount is None else Target(pools.quantity(amount, own), bounds.get(town, ""))

        return target

    @property
    def _has_own_targets(self) -> bool:
        """Say whether each township is held to its own target: that of a rate, and a bound, is the county's for all."""
        county = self._sums.built.target(self._name)
        return not (county and (county.bound or county.quantity.unit.is_rate))

    def _wanted(self) -> int:
        argument = self._node.argument
        if not isinstance(argument, Number) or argument.value < 1 or argument.value % 1:
            message = f"“.{self._node.what}”要写明几个，如“.{self._node.what}(3)”"
            raise syntax_error(message, self._node.start, self._node.end)
        return int(argument.value)

    def _called(self, town: int) -> str:
        return self._sums.pool.towns[town].short

    def _write(self, value: Quantity) -> str:
        return quantities.write(value, self._style)

    def _error(self, id: str, message: str, hint: str) -> ExpressionError:
        return self._sums.mistakes.error(id, message, self._node, hint=hint)


_SAID: dict[str, Callable[[_Words], str]] = {
    "最高": _Words.highest,
    "最低": _Words.lowest,
    "前": _Words.best,
    "后": _Words.worst,
    "完成目标数": _Words.done,
    UNDONE: _Words.undone,
    "上报数": _Words.sent,
    "平均": _Words.mean,
}


def shares(standing: Sequence[Standing]) -> dict[int, Fraction]:
    """Return what part of all each township has, in per cent of a whole that is not zero, and that none lessens."""
    if any(one.value.number < 0 for one in standing):
        return {}
    whole = sum((one.value.number for one in standing), Fraction(0))
    return {one.town: one.value.number / whole for one in standing} if whole else {}
