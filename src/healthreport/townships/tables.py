"""The rows of 乡镇表: one for each township, with what was asked for of each indicator, and the county's."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from healthreport.figures import agreement, gaps
from healthreport.figures.agreement import Said
from healthreport.figures.mistakes import PoisonedError
from healthreport.model.rolling_up import SUM
from healthreport.model.sums import TableCell, TableRow
from healthreport.model.township_tables import DONE, RANK, SHARE
from healthreport.townships import pool as pools
from healthreport.townships import ranks
from healthreport.townships.over import LAST, TARGET, VALUE
from healthreport.values import quantities
from healthreport.values.derivations import DERIVATIONS, DerivationError, Sides, difference
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Derived, Name
from healthreport.values.quantities import Quantity, Style, write_beside_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.model.township_tables import TownshipTable
    from healthreport.townships.sums import CountySums, LookUp

    Keep = Callable[[ExpressionError], None]
    Disagree = Callable[[str, agreement.Disagreement], object]

_NONE = "—"
_PERCENT = quantities.unit("%")
_COMPARED = {"完成率": TARGET, "同比": LAST}
_AGREEING = {DONE, LAST, "同比"}
_KEYS = {DONE: VALUE, "目标": TARGET, "上年": LAST}


def rows(
    sums: CountySums, table: TownshipTable, look_up: LookUp, keep: Keep, disagree: Disagree
) -> tuple[TableRow, ...]:
    """Return the rows of a table, its header first; a column that cannot be computed is blank, and ``keep`` is told.

    ``disagree`` is told where a 同比 in points is not the difference of the numbers beside it, whatever their decimals.
    Raises :class:`ExpressionError` for a name that is no indicator.
    """
    names = _names(sums, table)
    for name in (*names, *([table.order] if table.order else [])):
        if name not in sums.indicators:
            raise sums.names.unknown(name, "这个指标", 0)
    columns: list[_Column] = []
    for name in names:
        beside = _Beside(sums, name, look_up, disagree) if {*table.columns} >= _AGREEING else None
        columns += [_Column(sums, name, column, look_up, keep, beside) for column in table.columns]
    order = _Order(sums, table.order, look_up, keep) if table.order else None
    towns = order.towns if order else [*range(len(sums.pool.towns))]
    shown = order.first(table.first) if order and table.first else towns
    made = [*_header(sums, names, table)]
    for town in shown:
        place = (TableCell(order.place(town)),) if order else ()
        cells = (*place, TableCell(sums.pool.towns[town].short), *(TableCell(one.of(town)) for one in columns))
        made.append(TableRow(cells))
    if table.total:
        cut = len(shown) < len(towns)
        label = f"全部{sums.called.so_many(len(towns))}" if cut else "合计"
        whole = (TableCell(label, across=2 if order else 1), *(TableCell(one.whole()) for one in columns))
        made.append(TableRow(whole))
    return tuple(made)


def without(sums: CountySums, table: TownshipTable) -> Iterator[tuple[str, str]]:
    """Yield the 目标 and 上年 that a table asks for and nobody has nor said that there is none, by indicator."""
    keys = dict.fromkeys(_COMPARED.get(column) or _KEYS.get(column) for column in table.columns)
    for name in _names(sums, table):
        for key in keys:
            if key in (TARGET, LAST) and not sums.indicators[name].has_none(key) and not _anybody_has(sums, name, key):
                yield name, key


def _anybody_has(sums: CountySums, name: str, key: str) -> bool:
    """Say whether a township, or the county, has the 目标 or 上年 of an indicator, if only as words."""
    if (name, key) in sums.pool.columns or sums.pool.unread.get((name, key)):
        return True
    return sums.has_last(Name(name, 0, len(name))) if key == LAST else sums.built.target(name) is not None


def _names(sums: CountySums, table: TownshipTable) -> list[str]:
    return [one.value for _, members in table.listed.groups for one in members] or [*sums.indicators]


def _header(sums: CountySums, names: list[str], table: TownshipTable) -> list[TableRow]:
    """Return one row of headings, or two where an indicator has several columns."""
    several = len(table.columns) > 1
    down = 2 if several else 1
    first = [*([TableCell("名次", down=down)] if table.order else []), TableCell(sums.called.noun, down=down)]
    headings = [_heading(name, sums.indicators[name].unit) for name in names]
    if not several:
        only = "" if table.columns == (DONE,) else table.columns[0]
        return [TableRow((*first, *(TableCell(one + only) for one in headings)), in_header=True)]
    top = (*first, *(TableCell(one, across=len(table.columns)) for one in headings))
    below = tuple(TableCell(column) for _ in names for column in table.columns)
    return [TableRow(top, in_header=True), TableRow(below, in_header=True)]


def _heading(name: str, unit: str) -> str:
    return f"{name}（{unit}）" if unit else name


def _computed(standings: Callable[[], list[ranks.Standing]], keep: Keep) -> list[ranks.Standing] | None:
    """Return the figures of the townships; none, and a mistake that is kept, where they cannot be computed."""
    try:
        return standings()
    except PoisonedError:
        return None  # its reason is told elsewhere
    except ExpressionError as wrong:
        keep(wrong)
        return None


class _Order:
    """Townships by a figure, the best first; those that lack it last."""

    def __init__(self, sums: CountySums, name: str, look_up: LookUp, keep: Keep) -> None:
        sign = 1 if sums.indicators[name].lower_is_better else -1
        self._figures = {
            one.town: sign * one.value.number
            for one in _computed(lambda: ranks.standings(sums, name, look_up), keep) or ()
        }
        names = [one.short for one in sums.pool.towns]
        there = sorted(self._figures, key=lambda town: (self._figures[town], names[town]))
        self.towns = [*there, *(town for town in range(len(names)) if town not in self._figures)]
        numbers = [self._figures[town] for town in there]
        self._places = {number: place for place, number in reversed([*enumerate(numbers, 1)])}

    def first(self, most: int) -> list[int]:
        """Return the first so many, and those that stand level with the last of them."""
        return [town for town in self.towns if town in self._figures and self._places[self._figures[town]] <= most]

    def place(self, town: int) -> str:
        """Return a township's place; those that stand level share it."""
        return str(self._places[self._figures[town]]) if town in self._figures else _NONE


class _Beside:
    """The numbers of an indicator that stand beside their 同比: with how many decimals more they agree with it."""

    def __init__(self, sums: CountySums, name: str, look_up: LookUp, disagree: Disagree) -> None:
        self._sums, self._name, self._look_up, self._disagree = sums, name, look_up, disagree
        self._style = Style(fixed=sums.indicators[name].digits)

    def style(self, now: Quantity | None, last: Quantity | None) -> Style:
        """Return how the numbers of a township are written."""
        return self._of(now, last, Sides(now, last)) if now and last else self._style

    def of_whole(self) -> Style:
        """Return how the county's own are written; its 同比 may be of fewer townships."""
        at = Name(self._name, 0, len(self._name))
        try:
            now, last = self._look_up(at), self._look_up(Derived(at, LAST, None, 0, len(self._name)))
            both = self._sums.compared(Derived(at, "同比", None, 0, len(self._name)), LAST, self._look_up)
        except ExpressionError:  # told, or a dash, where it is printed
            return self._style
        return self._of(now, last, Sides(*both) if both else Sides(now, last))

    def _of(self, now: Quantity, last: Quantity, sides: Sides) -> Style:
        apart = difference(sides)
        if apart.unit == now.unit:
            return self._style  # 同比 of what is counted is no difference
        first, second, said = (Said(one, self._style) for one in (now, last, apart))
        more = agreement.fewest([(first, second, said)])
        if more is None:
            self._disagree(self._name, agreement.disagreement((first, second, said)))
        return self._style._replace(more=more or 0)


class _Column:
    """One column of one indicator, over all townships."""

    def __init__(
        self, sums: CountySums, name: str, column: str, look_up: LookUp, keep: Keep, beside: _Beside | None
    ) -> None:
        self._sums, self._name, self._column, self._look_up, self._keep = sums, name, column, look_up, keep
        self._beside = beside if column in _AGREEING else None
        self._indicator = sums.indicators[name]
        self._own = quantities.unit(self._indicator.unit)
        self._style = Style(fixed=self._indicator.digits)
        found = _computed(lambda: ranks.standings(sums, name, look_up), keep)
        self._is_blank = found is None
        standing = found or []
        self._values = {one.town: one.value for one in standing}
        needs_lasts = self._beside or LAST in (_KEYS.get(column), _COMPARED.get(column))
        lasts = _computed(lambda: ranks.lasts(sums, name), keep) if needs_lasts else ()
        self._lasts = {one.town: one.value for one in lasts or ()}
        way = sums.way(name)
        adds = way is not None and way.kind == SUM and self._indicator.formula is None
        self._shares = ranks.shares(standing) if column == SHARE and adds else {}
        county = sums.built.target(name)
        # A rate's target and a bound are the county's, for all; of a bound there is no share that was done.
        self._for_all = county if county and (county.bound or county.quantity.unit.is_rate) else None
        self._bounds = sums.pool.bounded.get(name, {})
        self._order = _Order(sums, name, look_up, keep) if column == RANK else None

    def of(self, town: int) -> str:
        """Return what a township has in this column; a dash for what it has not."""
        if self._is_blank:
            return gaps.gap()
        if self._order:
            return self._order.place(town)
        if self._column == SHARE:
            return _percent(self._shares[town]) if town in self._shares else _NONE
        if limit := self._limit(is_bounded=town in self._bounds and self._column != TARGET):
            return limit
        now = self._values.get(town)
        style = self._beside.style(now, self._lasts.get(town)) if self._beside else self._style
        if self._column in _COMPARED:
            return self._compared(now, self._given(town, _COMPARED[self._column]), style)
        value = now if self._column == DONE else self._given(town, _KEYS[self._column])
        return (self._bounds.get(town, "") if self._column == TARGET else "") + self._write(value, style)

    def whole(self) -> str:
        """Return what the county has in this column."""
        if self._is_blank:
            return gaps.gap()
        if self._column == RANK:
            return _NONE
        if self._column == SHARE:
            return _percent(Fraction(1)) if self._shares else _NONE
        if limit := self._limit(is_bounded=bool(self._bounds)):
            return limit
        at = Name(self._name, 0, len(self._name))
        style = self._beside.of_whole() if self._beside else self._style
        try:
            if self._column in _COMPARED:
                node = Derived(at, self._column, None, 0, len(self._name))
                both = self._sums.compared(node, _COMPARED[self._column], self._look_up)
                now, other = both or (self._look_up(at), self._county())
                return self._compared(now, other, style)
            key = _KEYS[self._column]
            self._sums.show(self._name, key)
            of_key = Derived(at, key, None, 0, len(self._name))
            return self._write(self._look_up(at if key == VALUE else of_key), style)
        except PoisonedError:
            return gaps.gap()
        except ExpressionError as wrong:
            if wrong.id == "missing-value":
                return _NONE
            self._keep(wrong)
            return gaps.gap()

    def _limit(self, *, is_bounded: bool) -> str:
        """Return what a cell says of a target that holds for all, or of a bound; nothing where it has its own."""
        if self._column == TARGET and self._for_all:
            return self._for_all.bound + self._write(self._for_all.quantity, self._style)
        is_bounded = is_bounded or bool(self._for_all and self._for_all.bound)
        return _NONE if is_bounded and self._column in (TARGET, "完成率") else ""

    def _county(self) -> Quantity | None:
        key = _COMPARED[self._column]
        target = self._sums.built.target(self._name)
        return (target and target.quantity) if key == TARGET else self._sums.built.last(self._name)

    def _given(self, town: int, key: str) -> Quantity | None:
        if key == TARGET and self._for_all:
            return self._for_all.quantity
        if key == LAST:
            return self._lasts.get(town)
        column = self._sums.pool.columns.get((self._name, key))
        one = column[town] if column else None
        return None if one is None else pools.quantity(one, self._own)

    def _compared(self, now: Quantity | None, other: Quantity | None, style: Style) -> str:
        if now is None or other is None:
            return _NONE
        try:
            sides = Sides(now, other, "", self._indicator.lower_is_better)
            return DERIVATIONS[self._column].say(sides, style)
        except DerivationError:
            return _NONE

    def _write(self, value: Quantity | None, style: Style) -> str:
        return _NONE if value is None else write_beside_unit(value, style, self._own)


def _percent(share: Fraction) -> str:
    return quantities.write(Quantity(share, _PERCENT), quantities.PLAIN)
