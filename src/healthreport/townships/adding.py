"""Adding up: what a total should be, which rows are sums that no word calls so, and what differs.

Rates are never added.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from healthreport.reading.tables.words import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from healthreport.townships.figures import Number

T = TypeVar("T")
_PRECISION = 80
_SUMS = (Kind.TOTAL, Kind.SUBTOTAL)
_HEADS = (Kind.SECTION, Kind.DISTRICT)
_BOUNDS = (*_SUMS, *_HEADS)


class Line(NamedTuple):
    """A row with figures: its number in the sheet, what it is, and its place among the numbers of the columns."""

    row: int
    kind: Kind
    at: int
    text: str


class Scope(list[Line]):
    """Lines that a row may be the sum of. What is found of them is found once: thousands of rows may ask for it."""

    def __init__(self, lines: Iterable[Line]) -> None:
        super().__init__(lines)
        self._found: dict[Hashable, Any] = {}

    def once(self, what: Hashable, find: Callable[[], T]) -> T:
        """Return what was found before, or find it."""
        if what not in self._found:
            self._found[what] = find()
        found: T = self._found[what]
        return found


class Difference(NamedTuple):
    """A figure of a sheet that is not what it should be: column and line, what is said and what was computed.

    ``unread`` are the lines of the sum whose cells could not be read, ``missed`` text cells that the sheet's own
    sum has passed over.
    """

    column: int
    line: Line
    said: Number
    computed: Number
    unread: int = 0
    missed: tuple[int, ...] = ()


class Table(NamedTuple):
    """Lines and the numbers of the columns that may be added; ``unread`` holds the cells that could not be read.

    ``sums`` are rows of which is known already that they add up.
    """

    lines: list[Line]
    numbers: dict[int, list[Number | None]]
    unread: frozenset[tuple[int, int]]
    texts: frozenset[tuple[int, int]]
    sums: frozenset[int] = frozenset()

    def sum(self, column: int, lines: Sequence[Line]) -> Number | None:
        """Return the sum of a column over lines; ``None`` where all of them are empty."""
        if isinstance(lines, Scope):
            return lines.once(("sum", column), lambda: self._sum(column, lines))
        return self._sum(column, lines)

    def _sum(self, column: int, lines: Sequence[Line]) -> Number | None:
        numbers = self.numbers[column]
        if len(lines) == len(numbers):
            found = [number for number in numbers if number is not None]
        else:
            found = [number for line in lines if (number := numbers[line.at]) is not None]
        with localcontext(prec=_PRECISION):
            return sum(found) if found else None

    def agrees(self, line: Line, lines: Sequence[Line]) -> bool:
        """Say whether a line is the sum of others in every column that both have, and in one at least."""
        agreed = False
        for column, numbers in self.numbers.items():
            said = numbers[line.at]
            if said is None:
                continue
            computed = self.sum(column, lines)
            if computed is None or not close(said, computed):
                return False
            agreed = True
        return agreed


def close(said: Number, computed: Number) -> bool:
    """Say whether a sum is what is said: a figure with decimals may be rounded by one in the last."""
    if isinstance(said, int) and isinstance(computed, int):
        return said == computed
    exponent = Decimal(said).as_tuple().exponent
    assert isinstance(exponent, int)
    with localcontext(prec=_PRECISION):
        return abs(Decimal(said) - Decimal(computed)) <= (Decimal(1).scaleb(exponent) if exponent < 0 else 0)


def settled(table: Table, *, all_numbered: bool, numbered: frozenset[int]) -> list[Line]:
    """Decide by adding up what words leave open: a section with figures is the sum of the rows below it, or a unit.

    ``numbered`` are the rows whose name begins with a number; where all do, the numbers only count them.
    """
    result = list(table.lines)
    for place, line in enumerate(table.lines):
        if line.kind not in (Kind.SECTION, Kind.NUMBERED):
            continue
        below = _until_bound(table.lines[at] for at in range(place + 1, len(table.lines)))
        is_head = bool(below) and (table.agrees(line, below) or (line.row in numbered and not all_numbered))
        result[place] = line._replace(kind=Kind.SECTION if is_head else Kind.TOWNSHIP)
    return result


def _until_bound(lines: Iterable[Line]) -> list[Line]:
    """Return the townships up to the next section or total."""
    found = []
    for line in lines:
        if line.kind in (*_BOUNDS, Kind.NUMBERED):
            break
        if line.kind is Kind.TOWNSHIP:
            found.append(line)
    return found


def sum_of_others(table: Table) -> Line | None:
    """Return the township that equals the sum of all others in every column, where there is one and they are three."""
    townships = [line for line in table.lines if line.kind is Kind.TOWNSHIP]
    if len(townships) < 3:
        return None
    for column in table.numbers:
        whole = table.sum(column, townships)
        if not whole:
            continue
        numbers = table.numbers[column]
        halves = [line for line in townships if numbers[line.at] is not None and numbers[line.at] * 2 == whole]  # type: ignore[operator]
        return next((one for one in halves if table.agrees(one, [line for line in townships if line is not one])), None)
    return None


def differences(table: Table) -> Iterator[Difference]:
    """Compare every total, subtotal and section with the rows it should be the sum of, averages with their mean."""
    scopes = Scopes(table)
    if not scopes.townships:
        return
    for line in table.lines:
        if line.kind in _BOUNDS and line.row not in table.sums:
            found = scopes.of_bound(line)
            if found and not any(table.agrees(line, scope) for scope in found):
                yield from _unequal(table, line, found[0])
        elif line.kind is Kind.AVERAGE:
            yield from _means(table, line, scopes.townships)


class Scopes:
    """Which townships the rows of a table may be the sums of."""

    def __init__(self, table: Table) -> None:
        self._lines = table.lines
        self._places = {line.at: place for place, line in enumerate(table.lines)}
        self._is_only = sum(one.kind in _SUMS for one in table.lines) == 1
        self.townships = Scope(line for line in table.lines if line.kind is Kind.TOWNSHIP)

    def of(self, line: Line) -> list[Scope]:
        """Return which townships a total or subtotal may be of, the likeliest first; none for another row."""
        return self.of_bound(line) if line.kind in _SUMS else []

    def of_bound(self, line: Line) -> list[Scope]:
        """Return which townships a total, subtotal or section may be of, the likeliest first."""
        return [scope for scope in self._all(line) if scope]

    def _all(self, line: Line) -> list[Scope]:
        place = self._places[line.at]
        above = Scope(_until_bound(self._lines[at] for at in range(place - 1, -1, -1)))
        below = Scope(_until_bound(self._lines[at] for at in range(place + 1, len(self._lines))))
        if line.kind in _HEADS:
            return [below]
        if line.kind is Kind.TOTAL or self._is_only:
            return [self.townships, above, below]
        return [above or below, below, self.townships]


def _unequal(table: Table, line: Line, lines: Scope) -> Iterator[Difference]:
    for column, numbers in table.numbers.items():
        said, computed = numbers[line.at], table.sum(column, lines)
        if said is None or computed is None or close(said, computed):
            continue
        unread = lines.once(("unread", column), partial(_unread, table, column, lines))
        yield Difference(column, line, said, computed, unread, _missed(table, column, said, lines))


def _unread(table: Table, column: int, lines: Scope) -> int:
    return sum((column, one.row) in table.unread for one in lines) if table.unread else 0


def _missed(table: Table, column: int, said: Number, lines: Scope) -> tuple[int, ...]:
    """Return the rows whose text cells a sheet's own sum has passed over, where that is the whole difference."""
    missed, rest = lines.once(("missed", column), partial(_without_texts, table, column, lines))
    return missed if missed and close(said, rest) else ()


def _without_texts(table: Table, column: int, lines: Scope) -> tuple[tuple[int, ...], Number]:
    """Return the rows with text cells in a column, and the sum of the others."""
    missed = [one for one in lines if (column, one.row) in table.texts] if table.texts else []
    rows = {one.row for one in missed}
    rest = table.sum(column, [one for one in lines if one.row not in rows]) or 0 if missed else 0
    return tuple(one.row for one in missed), rest


def _means(table: Table, line: Line, townships: Scope) -> Iterator[Difference]:
    for column, numbers in table.numbers.items():
        said, total = numbers[line.at], table.sum(column, townships)
        if said is None or total is None:
            continue
        count = townships.once(("count", column), partial(_count, table, column, townships))
        with localcontext(prec=_PRECISION):
            mean = Decimal(total) / count
            exponent = Decimal(said).as_tuple().exponent
            assert isinstance(exponent, int)
            off = abs(Decimal(said) - mean) > Decimal("0.5").scaleb(min(exponent, 0))
        if off:
            yield Difference(column, line, said, round(mean, 1 - min(exponent, 0)))


def _count(table: Table, column: int, lines: Scope) -> int:
    return sum(table.numbers[column][one.at] is not None for one in lines)
