"""Tables on the console: what fits is chosen, words wrap, and a number is never cut."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from healthreport.cli.console import columns as wide
from healthreport.cli.console import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Rows = Sequence[Mapping[str, str]]

_GAP, _INDENT = 2, 2
_USUAL = 80
_LEAST_HEAD, _LEAST = 8, 4
_NAME = 12
# The columns that may wrap, and how narrow they may become.
_WORDS = {**dict.fromkeys(("指标", "公式", "位置", "文件", "填报单位", "缺哪些", "由"), _NAME), "同比": 8, "增减": 8}
_BETWEEN = "、"
_TOGETHER = frozenset(".,%")


@dataclass(frozen=True, slots=True)
class Table:
    """Some columns of rows; those in ``right`` stand at their right edge, as numbers do.

    A county's table has a million cells: each column is measured once, for all tables it is parted into.
    """

    heads: tuple[str, ...]
    rows: Rows
    right: frozenset[str] = frozenset()
    _widest: dict[str, int] = field(default_factory=dict)

    def of(self, heads: tuple[str, ...]) -> Table:
        """Return other columns of the same rows."""
        return replace(self, heads=heads)

    def widest(self, head: str) -> int:
        """Return how wide the widest cell of a column is, its head aside."""
        if head not in self._widest:
            self._widest[head] = max((wide(row[head]) for row in self.rows), default=0)
        return self._widest[head]


def console_width() -> int:
    """Return how many columns the console has; 80 where the output goes elsewhere."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return _USUAL
    columns = shutil.get_terminal_size((_USUAL, 24)).columns
    return columns - 1 if os.name == "nt" else columns  # a full line is followed by an empty one there


def lines(table: Table, width: int) -> list[str]:
    """Return the lines of a table, no wider than this as long as that can be done without leaving anything out."""
    widths = _widths(table, width)
    head = {name: name for name in table.heads}
    return [line for row in (head, *table.rows) for line in _row(row, widths, table.right)]


def chosen(rows: Rows, needed: Sequence[str], more: Sequence[str], width: int) -> list[str]:
    """Return the columns that are needed, and of ``more`` those for which there is room, the first ones first."""
    found, table = [*needed], Table((), rows)
    for head in more:
        widths = _natural(table.of((*found, head)))
        found += [head] if _total(widths) <= width else []
    return found


def parted(table: Table, fixed: int, width: int) -> list[Table]:
    """Return a table as several, one below the other, where it is too wide; each begins with the first columns.

    Of 16 townships six or so stand in the first part, each under its name, and each part has all indicators.
    """
    if _total(_natural(table)) <= width:
        return [table]
    heads = table.heads[fixed:]
    parts = _divided(table, fixed, width, len(heads))
    evenly = -(-len(heads) // len(parts))  # 5 and 1 are 3 and 3
    parts = _divided(table, fixed, width, evenly)
    return [table.of((*table.heads[:fixed], *part)) for part in parts]


def room(table: Table, width: int) -> int:
    """Return how wide another column may be behind those of a table."""
    return width - _total(_natural(table)) - _GAP


def shortened(listed: str, width: int) -> str:
    """Return a list as far as it fits, in whole names: 常住人口、健康档案…; at least its first name."""
    if wide(listed) <= width:
        return listed
    first, *names = listed.split(_BETWEEN)
    for name in names:
        if wide(f"{first}{_BETWEEN}{name}…") > width:
            break
        first += _BETWEEN + name
    return first + "…"


def _divided(table: Table, fixed: int, width: int, most: int) -> list[list[str]]:
    """Return the columns behind the first ones in parts for which there is room, at most so many in each."""
    natural, floors = _natural(table), _floors(table)
    begin = {head: min(natural[head], max(_NAME, width // 3)) for head in table.heads[:fixed]}
    parts: list[list[str]] = [[]]
    for head in table.heads[fixed:]:
        wanted = begin | {one: floors[one] for one in (*parts[-1], head)}
        if parts[-1] and (len(parts[-1]) == most or _total(wanted) > width):
            parts.append([])
        parts[-1].append(head)
    return parts


def _natural(table: Table) -> dict[str, int]:
    return {head: max(wide(head), table.widest(head)) for head in table.heads}


def _floors(table: Table) -> dict[str, int]:
    """Return how narrow columns may become: words and heads wrap, a number does not."""
    return {
        head: min(natural, _WORDS[head]) if head in _WORDS else max(min(wide(head), _LEAST_HEAD), table.widest(head))
        for head, natural in _natural(table).items()
    }


def _widths(table: Table, width: int) -> dict[str, int]:
    """Return the columns' widths: heads of numbers give way first, then words, the numbers themselves last."""
    widths, floors = _natural(table), _floors(table)
    widths = {head: min(natural, width) for head, natural in widths.items()}  # one may be a million columns wide
    words = {head: widths[head] for head in table.heads if head in _WORDS}
    for narrow in (floors | words, floors, dict.fromkeys(table.heads, _LEAST)):
        while _total(widths) > width:
            able = [head for head in table.heads if widths[head] > narrow[head]]
            if not able:
                break
            widths[max(able, key=widths.__getitem__)] -= 1
    return widths


def _total(widths: Mapping[str, int]) -> int:
    return sum(widths.values()) + _GAP * (len(widths) - 1)


def _row(row: Mapping[str, str], widths: Mapping[str, int], right: frozenset[str]) -> list[str]:
    """Return the lines that a row takes; the first column goes on a little to the right, not to look like a row."""
    cells = {head: wrapped(visible(row[head]), width) for head, width in widths.items()}
    first = next(iter(widths), "")
    if len(cells.get(first, "")) > 1:
        begin, *_ = cells[first]
        rest = visible(row[first])[len(begin) :].lstrip()
        cells[first] = [begin, *(" " * _INDENT + one for one in wrapped(rest, widths[first] - _INDENT))]
    height = max(map(len, cells.values()), default=1)
    return [
        (" " * _GAP)
        .join(
            _placed(cell[at] if at < len(cell) else "", widths[head], to_the_right=head in right)
            for head, cell in cells.items()
        )
        .rstrip()
        for at in range(height)
    ]


def _placed(text: str, width: int, *, to_the_right: bool) -> str:
    blank = " " * (width - wide(text))
    return blank + text if to_the_right else text + blank


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of a width, broken between words or Chinese characters; a number is kept whole if it can.

    “提高2.7个百分点” in 8 columns: 提高2.7, 个百分点.
    """
    if wide(text) <= width:
        return [text]
    found, line, used = [], "", 0
    for char in text:
        taken = wide(char)
        if line and used + taken > width:
            at = _break(line, char)
            found.append(line[:at].rstrip())
            line = line[at:].lstrip()
            used = wide(line)
        line += char
        used += taken
    return [*found, line]


def _break(line: str, following: str) -> int:
    """Return where a line may end: before a number or a Latin word that goes on."""
    if not _goes_on(following):
        return len(line)
    at = len(line)
    while at and _goes_on(line[at - 1]):
        at -= 1
    return at or len(line)


def _goes_on(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in _TOGETHER)
