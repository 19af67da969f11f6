"""What no township's figure can be: the rules on a report's own numbers, at the cells of a county's townships.

One finding for each kind and column, with the cells listed: a clerk who filled in a whole column wrongly did it once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.numbers import LAST, PARTS, VALUE, Number, is_odd, leaps
from healthreport.checking.rule import Finding
from healthreport.reading.kept import Kept
from healthreport.townships import outliers, ranks
from healthreport.townships.pool import PART, quantity
from healthreport.townships.sums import CountySums
from healthreport.values import quantities
from healthreport.values.expression_errors import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from healthreport.checking.subject import Subject
    from healthreport.diagnostics import Position
    from healthreport.townships.pool import Amount, Leaf
    from healthreport.values.quantities import Unit
    from healthreport.values.units import Units

_MOST = 8


class Cell(NamedTuple):
    """A township's number, and how it is written beside its name."""

    town: int
    number: Number
    written: str


class Wrong(NamedTuple):
    """Whether a number is wrong, and why."""

    says: Callable[[Number], bool]
    why: Callable[[Number], str]


def find(subject: Subject, wrong: Wrong, hint: str) -> Iterator[Finding]:
    """Yield a finding for each column in which some number is wrong, with all its cells."""
    sums = _sums(subject)
    for column in _odd(sums, subject):
        if cells := [cell for cell in column if wrong.says(cell.number)]:
            yield _finding(sums, cells, wrong.why(cells[0].number), hint)


def _sums(subject: Subject) -> CountySums:
    assert subject.report is not None
    assert isinstance(subject.report.sums, CountySums)
    return subject.report.sums


def leaping(subject: Subject, hint: str) -> Iterator[Finding]:
    """Yield the indicators of which few townships have last year's figure, and some more than ten times as much.

    Where there are enough of them, the others say what growth is usual.
    """
    sums = _sums(subject)
    for name, indicator in sums.indicators.items():
        now, last = sums.pool.columns.get((name, VALUE), ()), sums.pool.columns.get((name, LAST), ())
        own = quantities.unit(indicator.unit)
        pairs = [
            (town, quantity(one, own), quantity(before, own))
            for town, (one, before) in enumerate(zip(now, last, strict=False))
            if one is not None and before is not None
        ]
        if len(pairs) >= outliers.FEWEST or indicator.may_pass_tenfold:
            continue
        wrong = [pair for pair in pairs if leaps(pair[1], pair[2])]
        style = quantities.Style(fixed=indicator.digits)
        cells = [
            Cell(
                town,
                Number(name, (VALUE,), one),
                f"{quantities.write(one, style)}，上年{quantities.write(before, style)}",
            )
            for town, one, before in wrong
        ]
        if cells:
            yield _finding(sums, cells, "和上年相差十倍以上", hint)


def lasts(subject: Subject, name: str) -> tuple[Position, ...]:
    """Return where townships gave last year's figure of an indicator."""
    sums = _sums(subject)
    column = sums.pool.columns.get((name, LAST), ())
    places = (sums.pool.place(town, (name, LAST)) for town, one in enumerate(column) if one is not None)
    return tuple(filter(None, places))


def _finding(sums: CountySums, cells: Sequence[Cell], why: str, hint: str) -> Finding:
    names = [f"{sums.pool.towns[cell.town].short}（{cell.written}）" for cell in cells[:_MOST]]
    listed = "、".join(names) + (f"等{sums.called.so_many(len(cells))}" if len(cells) > _MOST else "")
    first, *others = [_place(sums, cell) for cell in cells]
    return Finding(f"{cells[0].number}：{listed}，{why}。", first, hint, cells=tuple(others))


def _place(sums: CountySums, cell: Cell) -> Position:
    name, keys = cell.number.indicator, cell.number.keys
    leaf: Leaf = (name, PART + keys[1] if len(keys) > 1 else keys[0])
    return sums.pool.place(cell.town, leaf) or sums.pool.towns[cell.town].place


@Kept(1)
def _odd(sums: CountySums, subject: Subject) -> list[list[Cell]]:
    """Return the numbers of townships that may be wrong, column by column: of counts, shares and computed shares."""
    found = []
    for (name, key), column in sums.pool.columns.items():
        own = quantities.unit(sums.indicators[name].unit)
        towns = _may_be_odd(column, own, subject.known.units)
        keys = (PARTS, key.removeprefix(PART)) if key.startswith(PART) else (key,)
        numbers = [
            (town, Number(name, keys, quantity(one, own))) for town in towns if (one := column[town]) is not None
        ]
        found.append(_cells(sums, numbers))
    for name, indicator in sums.indicators.items():
        if indicator.formula is not None and quantities.unit(indicator.unit).is_share:
            found.append(_cells(sums, _computed(sums, name, subject)))
    return [column for column in found if column]


def _cells(sums: CountySums, numbers: Sequence[tuple[int, Number]]) -> list[Cell]:
    return [
        Cell(town, one, quantities.write(one.quantity, quantities.Style(fixed=_digits(sums, one))))
        for town, one in numbers
        if is_odd(one.quantity)
    ]


def _digits(sums: CountySums, number: Number) -> int | None:
    return sums.indicators[number.indicator].digits if number.keys in ((VALUE,), (LAST,)) else None


def _may_be_odd(column: Sequence[Amount | None], own: Unit, units: Units) -> list[int]:
    """Return whose amounts are to be looked at: a county has millions, nearly all of them right."""
    if own.is_share:
        whole = 1 / own.factor
        return [town for town, one in enumerate(column) if one is not None and one > whole]
    if not own.base or not units.counts(own.name):
        return []
    factor = int(own.factor)
    return [town for town, one in enumerate(column) if one is not None and (one < 0 or one * factor % 1)]


def _computed(sums: CountySums, name: str, subject: Subject) -> list[tuple[int, Number]]:
    """Return what a formula comes to for each township; one that cannot be computed is told where it is used."""
    try:
        standing = ranks.standings(sums, name, subject.figures.look_up) if subject.figures else []
    except ExpressionError:
        return []
    return [(one.town, Number(name, (VALUE,), one.value)) for one in standing]
