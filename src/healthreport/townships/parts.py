"""Which rows are parts of the row above and no townships: decided by adding up, or by a part being less than its whole.

A township is never a part of another; what cannot be told is refused at its row.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Related
from healthreport.reading.tables import plain
from healthreport.reading.tables.words import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.kinds import Row
    from healthreport.townships.adding import Line, Table

_TOWN = ("镇", "乡", "街道")
_MOST_WAYS = 2000


class Parted(NamedTuple):
    """Lines with their kinds, the parts to be told of with their wholes, and those of which nobody can tell.

    ``sums`` are rows that are the sum of the townships set in below them.
    """

    lines: list[Line]
    taken: list[tuple[Line, Line]]
    unclear: list[tuple[Line, Line]]
    sums: frozenset[int] = frozenset()


def parted(table: Table, rows: list[Row]) -> Parted:
    """Decide which lines are parts of another; ``rows`` say which may be."""
    wholes = {row.row: row for row in rows if row.under >= 0}
    if not wholes:
        return Parted(table.lines, [], [])
    lines = {line.row: line for line in table.lines}
    # A row of words alone is a heading, not a whole, unless it is a township that has not filled in its figures.
    bare = {row.row for row in rows if not row.figures and not plain.name(row.text).endswith(_TOWN)}
    pairs = [(line, lines[wholes[line.row].under]) for line in table.lines if line.row in wholes]
    pairs = [pair for pair in pairs if pair[1].row not in bare]
    listed = [pair for pair in pairs if wholes[pair[0].row].listed >= 0]
    found = _Parts(table, [pair for pair in pairs if pair not in listed])
    found.settle()
    if listed:
        found.settle_listed(listed, {row: wholes[row].listed for row in wholes})
    kinds = found.kinds
    changed = [line._replace(kind=kinds.get(line.row, line.kind)) for line in table.lines]
    return Parted(changed, found.taken, found.unclear, frozenset(found.sums))


class _Parts:
    """Decides for one table; ``kinds`` are those of rows that are other than they were."""

    def __init__(self, table: Table, pairs: list[tuple[Line, Line]]) -> None:
        self._table = table
        self._pairs = [pair for pair in pairs if not _are_towns(*pair)]
        self._total = next((line for line in table.lines if line.kind is Kind.TOTAL), None)
        self.kinds: dict[int, Kind] = {}
        self.taken: list[tuple[Line, Line]] = []
        self.unclear: list[tuple[Line, Line]] = []
        self.sums: set[int] = set()

    def settle(self) -> None:
        """Decide on rows that are set in: the total says it for all, else each by its figures."""
        self._subtotals()
        pairs = [pair for pair in self._pairs if pair[1].row not in self.kinds]
        towns = [line for line in self._table.lines if self.kinds.get(line.row, line.kind) is Kind.TOWNSHIP]
        parts = {line.row for line, _ in pairs}
        without = [line for line in towns if line.row not in parts]
        agrees = self._total is not None and self._table.agrees(self._total, without)
        if self._total is not None and not agrees and self._table.agrees(self._total, towns):
            return
        for line, whole in pairs:
            if not (agrees or self._may_be_part(line, whole)):
                self.unclear.append((line, whole))
                continue
            self.kinds[line.row] = Kind.PART
            if not agrees:
                self.taken.append((line, whole))

    def _subtotals(self) -> None:
        """Find rows that are the sum of the townships set in below them: 清河区 over its towns."""
        below: dict[int, list[Line]] = {}
        for line, whole in self._pairs:
            below.setdefault(whole.row, []).append(line)
        for whole in {whole.row: whole for _, whole in self._pairs}.values():
            lines = below[whole.row]
            if len(lines) > 1 and all(_is_town(line) for line in lines) and self._table.agrees(whole, lines):
                self.kinds[whole.row] = Kind.SUBTOTAL
                self.sums.add(whole.row)

    def _may_be_part(self, line: Line, whole: Line) -> bool:
        """Say whether no figure is more than the whole's."""
        for numbers in self._table.numbers.values():
            part, all_of_it = numbers[line.at], numbers[whole.at]
            if part is not None and all_of_it is not None and part > all_of_it:
                return False
        return True

    def settle_listed(self, pairs: list[tuple[Line, Line]], heads: dict[int, int]) -> None:
        """Decide on the rows below 其中: the first is a part, where they end only the total can say."""
        groups: dict[int, list[Line]] = {}
        wholes: dict[int, Line] = {}
        for line, whole in pairs:
            groups.setdefault(heads[line.row], []).append(line)
            wholes[heads[line.row]] = whole
        fitting = [*islice(self._ways([*groups.values()]), 2)] if self._total else []
        if len(fitting) == 1:
            self.kinds |= {line.row: Kind.PART for line in fitting[0]}
            return
        for head, lines in groups.items():
            self._until_town(wholes[head], lines)

    def _until_town(self, whole: Line, lines: list[Line]) -> None:
        """Take what stands between 其中 below a township and the next township for its parts."""
        end = next((number for number, line in enumerate(lines) if _are_towns(line, whole)), None)
        for line in lines if end is None else lines[:end]:
            if end is not None and self._may_be_part(line, whole):
                self.kinds[line.row] = Kind.PART
                self.taken.append((line, whole))
            else:
                self.unclear.append((line, whole))

    def _ways(self, groups: list[list[Line]]) -> Iterator[list[Line]]:
        """Yield the parts for each way to end the lists that makes the total agree."""
        towns = [line for line in self._table.lines if self.kinds.get(line.row, line.kind) is Kind.TOWNSHIP]
        cuts = product(*(range(1, len(group) + 1) for group in groups))
        for ends in islice(cuts, _MOST_WAYS):
            parts = [line for group, end in zip(groups, ends, strict=True) for line in group[:end]]
            rows = {line.row for line in parts}
            assert self._total is not None
            if self._table.agrees(self._total, [line for line in towns if line.row not in rows]):
                yield parts


def _is_town(line: Line) -> bool:
    return plain.name(line.text).endswith(_TOWN)


def _are_towns(line: Line, whole: Line) -> bool:
    return _is_town(line) and _is_town(whole)


def unclear(line: Line, whole: Line, place: Position, whole_place: Position) -> Diagnostic:
    """Return the refusal of a row of which nobody can tell whether it is a part."""
    part, name = plain.name(line.text), plain.name(whole.text)
    message = f"看不出“{part}”是“{name}”的一部分，还是另一个单位。"
    hint = f"是一部分，请写成“其中：{part}”；是单位，请去掉名称前的空格和缩进，上面不要单写“其中”。"
    return Diagnostic("unclear-part", message, place, hint=hint, related=(Related(whole_place, f"“{name}”在这里"),))
