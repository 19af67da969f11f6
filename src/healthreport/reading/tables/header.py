"""Where a sheet's header stands: its rows, the column of names, the lines above it, and each column's headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import cells, plain
from healthreport.reading.tables.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.headings import Headings, Part

ROWS_SEARCHED = 12
_MOST_ROWS = 6
_HEADS = frozenset({Role.NAME, Role.INDICATOR})
_COUNTED = frozenset("甲乙丙丁戊己庚")


class Header(NamedTuple):
    """A header: its first and last row, the rows that say anything, and where the names stand.

    ``indicators`` counts the columns that name one; ``named`` says whether a word, not the cells, told the names.
    """

    top: int
    bottom: int
    rows: tuple[int, ...]
    names: int
    indicators: int
    named: bool = True

    def moved(self, down: int) -> Header:
        """Return the header of the same cells where they stand so many rows lower."""
        rows = tuple(row + down for row in self.rows)
        return self._replace(top=self.top + down, bottom=self.bottom + down, rows=rows)


def find(grid: Grid, headings: Headings, *, at: int | None = None) -> Header | None:
    """Return the header that names most indicators, of two alike the first; ``at`` is its row where that is given.

    Without a column of names, or without an indicator, there is none.
    """
    best: Header | None = None
    for found in candidates(grid, headings, at=at):
        if best is None or (found.indicators, found.named) > (best.indicators, best.named):
            best = found
    return best


def candidates(grid: Grid, headings: Headings, *, at: int | None = None) -> Iterator[Header]:
    """Yield every header there may be, from the top; ``at`` is its row where that is given."""
    rows = [at] if at is not None else range(min(len(grid.texts), ROWS_SEARCHED))
    for row in rows:
        if row >= len(grid.texts) or (at is None and not _may_be(grid, headings, row)):
            continue
        found = _header(grid, headings, row, given=at is not None)
        if found:
            yield found


def named_at(grid: Grid, headings: Headings, row: int) -> Header | None:
    """Return the header of which a row heads the names by a word; ``None`` where there is none."""
    texts = grid.texts[row]
    if not any(text and heads_names(headings, text) for text in texts) or not _may_be(grid, headings, row):
        return None
    return _header(grid, headings, row, given=False)


def _may_be(grid: Grid, headings: Headings, row: int) -> bool:
    """Say whether a row holds a word of headings at all, and no figure."""
    if _has_figures(grid, row):
        return False
    return any(headings.read(text).known or headings.is_name_head(text) for text in grid.texts[row] if text)


def _has_figures(grid: Grid, row: int) -> bool:
    """Say whether a row holds numbers that are neither years nor a count of the columns."""
    numbers = [text for text in grid.texts[row] if text and cells.looks_like_number(text)]
    plain_numbers = [text.removesuffix(".0") for text in numbers]
    if all(len(text) == 4 and "1900" <= text <= "2199" for text in plain_numbers):
        return False
    return not _counts(plain_numbers)


def _counts(numbers: list[str]) -> bool:
    """Say whether numbers are those under a header that count its columns: 1, 2, 3."""
    return len(numbers) > 1 and numbers in ([str(n) for n in range(first, first + len(numbers))] for first in (0, 1, 2))


def _header(grid: Grid, headings: Headings, row: int, *, given: bool) -> Header | None:
    """Return the header whose column of names is headed in a row, or that has no word for it there."""
    heads = [column for column, text in enumerate(grid.texts[row]) if text and heads_names(headings, text)]
    if not heads:
        return _by_cells(grid, headings, row)
    bottom = _bottom(grid, headings, row, heads[0])
    top = row if given else _top(grid, headings, row, heads[0])
    return _counted(grid, headings, top, bottom, heads[0], named=True)


def heads_names(headings: Headings, text: str) -> bool:
    """Say whether a cell heads the column of names: 单位, or 指标 in a sheet on its side."""
    part = headings.read(text)
    return headings.is_name_head(text) or (Role.INDICATOR in part.roles and part.period is None)


def _bottom(grid: Grid, headings: Headings, row: int, names: int) -> int:
    """Return the last row of a header: below it the column of names is filled, or figures stand."""
    bottom = row
    while bottom + 1 < min(len(grid.texts), row + _MOST_ROWS) and _goes_on(grid, headings, row, bottom + 1, names):
        bottom += 1
    return bottom


def _goes_on(grid: Grid, headings: Headings, head: int, row: int, names: int) -> bool:
    texts = grid.texts[row]
    if not any(texts) or _has_figures(grid, row):
        return False
    if _is_count_row(grid, row):
        return True
    said = texts[names]
    if not said:
        if _opens_section(grid, row, names):
            return False
        # Whatever stands there is no figure: 新建, 改建 below 改厕 are headings, known or not.
        return any(plain.squeezed(text).lower() not in headings.words.blanks for text in texts if text)
    others = {at: plain.squeezed(text) for at, text in enumerate(texts) if text and at != names}
    if others and all(map(headings.is_unit, others.values())) and not _is_of_units(grid.texts[head], headings, others):
        return True  # （计量单位）| 人次 | 元
    if said in _COUNTED or plain.heading(said) == plain.heading(grid.texts[head][names]):
        return plain.heading(said) in _COUNTED or texts != grid.texts[head]
    roles = headings.read(said).roles
    return Role.MEASURE in roles or (bool(roles & _HEADS) and texts != grid.texts[head] and sum(map(bool, texts)) > 1)


def _is_of_units(head: list[str], headings: Headings, columns: Iterable[int]) -> bool:
    """Say whether all columns are headed 单位: 床位 | 张 is then an indicator that nobody has filled in yet."""
    return all(headings.read(head[at]).roles & {Role.NAME, Role.MEASURE} for at in columns)


def _opens_section(grid: Grid, row: int, names: int) -> bool:
    """Say whether all a row says is written before the column of names, or across it: 一、医疗服务."""
    filled = [column for column, text in enumerate(grid.texts[row]) if text]
    return len(filled) == 1 and filled[0] < names


def _top(grid: Grid, headings: Headings, row: int, names: int) -> int:
    """Return the first row of a header: groups may stand above the row that heads the names."""
    top = row
    while top > 0 and row - top < _MOST_ROWS and _is_group_row(grid, headings, top - 1, names):
        top -= 1
    return top


def _is_group_row(grid: Grid, headings: Headings, row: int, names: int) -> bool:
    texts = grid.texts[row]
    filled = [column for column, text in enumerate(texts) if text]
    if not filled or _has_figures(grid, row) or any(is_line(texts[column]) for column in filled):
        return False
    if len(filled) == 1:
        only = filled[0]
        merged = [area for area in grid.merged if area[0] == row and area[1] == only]
        across = bool(merged) and not merged[0][1] <= names <= merged[0][3]
        return only != names and (across or headings.read(texts[only]).known)
    return filled != [names] and not texts[names]


def is_line(text: str) -> bool:
    """Say whether a cell is a line above a table: 单位：万元, 填报日期：, a title that ends in 表."""
    bare = plain.squeezed(text)
    return ":" in bare.rstrip(":") or bare.endswith(("表", ":", "附件")) or len(bare) > 40


def _by_cells(grid: Grid, headings: Headings, row: int) -> Header | None:
    """Return a header without a word for its names: they are the left-most column of texts that differ."""
    parts = [headings.read(text) for text in grid.texts[row]]
    if not any(part.indicator for part in parts):
        return None
    bottom = row
    while bottom + 1 < min(len(grid.texts), row + _MOST_ROWS):
        below = grid.texts[bottom + 1]
        known = [headings.read(text).known for text in below if text]
        if not known or not all(known) or _has_figures(grid, bottom + 1):
            break
        bottom += 1
    names = _text_column(grid, bottom + 1, [column for column, part in enumerate(parts) if _may_head(part)])
    if names is None:
        return None
    return _counted(grid, headings, _top(grid, headings, row, names), bottom, names, named=False)


def _may_head(part: Part) -> bool:
    return not (part.indicator or part.field or part.roles)


def _text_column(grid: Grid, first: int, columns: list[int]) -> int | None:
    for column in columns:
        texts = [row[column] for row in grid.texts[first:] if any(row)]
        filled = [text for text in texts if text]
        words = [text for text in filled if not cells.looks_like_number(text)]
        if words and len(words) == len(filled) and len(filled) * 2 > len(texts) and len({*words}) * 4 > len(words) * 3:
            return column
    return None


def _counted(grid: Grid, headings: Headings, top: int, bottom: int, names: int, *, named: bool) -> Header | None:
    rows = tuple(row for row in range(top, bottom + 1) if not _is_count_row(grid, row))
    columns = [path for column, path in paths(grid, rows) if column != names]
    count = sum(any(map(headings.names_content, path)) or _joined(headings, path) for path in columns)
    if bottom + 1 >= len(grid.texts) and not count:
        return None
    return Header(top, bottom, rows, names, count, named)


def _joined(headings: Headings, path: tuple[str, ...]) -> bool:
    return len(path) > 1 and bool(headings.indicator("".join(path)))


def _is_count_row(grid: Grid, row: int) -> bool:
    filled = [plain.squeezed(text).strip("()栏").removesuffix(".0") for text in grid.texts[row] if text]
    numbers = [text for text in filled if text not in _COUNTED]
    return len(filled) > 1 and (_counts(numbers) or (not numbers and {*filled} <= _COUNTED))


def paths(grid: Grid, rows: tuple[int, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each column with its headings from the top; a merged one holds for all it covers, a group for its own."""
    filled = {row: _filled(grid, row, rows) for row in rows}
    for column in range(grid.width):
        path: list[str] = []
        for row in rows:
            text = filled[row][column]
            if text and text not in path[-1:]:
                path.append(text)
        yield column, tuple(path)


def _filled(grid: Grid, row: int, rows: tuple[int, ...]) -> list[str]:
    """Return a row of headings with those of groups written over all their columns."""
    texts = list(grid.texts[row])
    merged: set[int] = set()
    for top, left, last, right in grid.merged:
        if top <= row <= last and top in rows:
            for column in range(left, right + 1):
                texts[column] = grid.texts[top][left]
                merged.add(column)
    below = [other for other in rows if other > row]
    for column in range(1, len(texts)):
        left_text = texts[column - 1]
        if texts[column] or column in merged or column - 1 in merged or not left_text:
            continue
        if _has_below(grid, below, column) and _has_below(grid, below, column - 1):
            texts[column] = left_text
    return texts


def _has_below(grid: Grid, rows: list[int], column: int) -> bool:
    return any(grid.texts[row][column] for row in rows)
