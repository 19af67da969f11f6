"""What each row below a header is: a township, a total, a section, a note. Words decide as whole cells only.

What words cannot decide, such as a section that has figures, is left to adding up.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import error
from healthreport.reading.tables import cells, plain
from healthreport.reading.tables.words import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.header import Header
    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.naming import Names
    from healthreport.reading.tables.words import Words

_SENTENCE = ("。", "；", "？", "！")
_LONGEST_NAME = 40


class Row(NamedTuple):
    """A row: what it is, the text that told, whether it has figures, and whether its name is merged from above.

    ``under`` is the row that it may be a part of, ``listed`` the row 其中 that says so; -1 where there is none.
    """

    row: int
    kind: Kind
    text: str
    figures: bool = True
    merged: bool = False
    under: int = -1
    listed: int = -1


class Layout(NamedTuple):
    """The columns that tell what a row is: names, labels before the figures, figures, and what names belong to.

    The columns of ``words`` that townships say themselves are among the figures: 合计 in one makes no row a total.
    """

    names: int
    labels: tuple[int, ...]
    figures: tuple[int, ...]
    parents: tuple[int, ...] = ()
    words: tuple[int, ...] = ()


def layout(names: Names, figures: tuple[int, ...], width: int, words: tuple[int, ...] = ()) -> Layout:
    """Return which columns may hold the word that makes a row a total: those before the first figure."""
    figures += words
    first = min(figures, default=width)
    labels = (*range(min(first, width)), names.at, *names.parents)
    return Layout(
        names.at, tuple(dict.fromkeys(one for one in labels if one not in figures)), figures, names.parents, words
    )


def of_rows(grid: Grid, header: Header, where: Layout, headings: Headings) -> list[Row]:
    """Return what every filled row below a header is.

    Raises :class:`HealthReportError` for a second header that differs from the first.
    """
    merged = dict(_merged_down(grid, where.names))
    across = {
        top: right - left for top, left, bottom, right in grid.merged if top == bottom and left <= where.names <= right
    }
    heads = _Heads(grid, header, headings)
    rows = []
    for number in range(header.bottom + 1, len(grid.texts)):
        texts = grid.texts[number]
        if any(texts):
            rows.append(_row(grid, number, where, headings, heads, merged, across))
    spanned = frozenset(row for row, over in across.items() if over)
    rows = [*_institutions(rows, spanned, headings.words)]
    return _districts(rows, grid, where) if where.parents else rows


def _institutions(rows: list[Row], spanned: frozenset[int], words: Words) -> Iterator[Row]:
    """Yield rows, with a section called as one institution is taken for that one: 中心卫生院 among health centres.

    It heads the rows below where other sections do, where it spans columns, or where the next is called after it.
    """
    named = [row for row in rows if row.text]
    after = {row.row: below.text for row, below in pairwise(named)}

    def is_one(row: Row) -> bool:
        if row.kind is not Kind.SECTION or row.row in spanned or plain.squeezed(row.text).endswith(":"):
            return False
        return plain.heading(row.text) in words.institutions

    heads = any(row.kind in (Kind.SECTION, Kind.NUMBERED) and not row.figures and not is_one(row) for row in rows)
    for row in rows:
        if is_one(row):
            below = plain.heading(after.get(row.row, ""))
            is_head = row.figures or heads or below.endswith(plain.heading(row.text))
            row = row if is_head else row._replace(kind=Kind.TOWNSHIP)  # noqa: PLW2901
        yield row


def _districts(rows: list[Row], grid: Grid, where: Layout) -> list[Row]:
    """Take rows of 县区 without 乡镇 for sums of their towns, where every 县区 of the table begins or ends with one."""
    runs: list[list[Row]] = []
    names: dict[int, str] = {}
    for row in (row for row in rows if row.kind in (Kind.TOWNSHIP, Kind.SECTION)):
        name = next((text for at in where.parents if (text := grid.texts[row.row][at])), "")
        if not runs or (name and name != names[runs[-1][0].row]):
            runs.append([])
            names[row.row] = name
        runs[-1].append(row)
    for kind, at in ((Kind.DISTRICT, 0), (Kind.SUBTOTAL, -1)):
        if len(runs) > 1 and all(_has_sum(run, at) for run in runs):
            sums = {run[at].row: names[run[0].row] for run in runs}
            return [row._replace(kind=kind, text=sums[row.row]) if row.row in sums else row for row in rows]
    return rows


def _has_sum(run: list[Row], at: int) -> bool:
    """Say whether one row of a 县区, the first or the last, has no 乡镇, and all others have one."""
    nameless = [row for row in run if not row.text and not row.merged]
    return len(run) > 1 and nameless == [run[at]] and run[at].kind is Kind.SECTION


def _merged_down(grid: Grid, column: int) -> Iterator[tuple[int, int]]:
    for top, left, bottom, right in grid.merged:
        if left <= column <= right:
            yield from ((row, top) for row in range(top + 1, bottom + 1))


def _row(
    grid: Grid,
    number: int,
    where: Layout,
    headings: Headings,
    heads: _Heads,
    merged: dict[int, int],
    across: dict[int, int],
) -> Row:
    texts, words = grid.texts[number], headings.words
    name = texts[where.names]
    figures = any(texts[at] for at in where.figures)
    if grid.sheet.errors and grid.spot(number, where.names) in grid.sheet.errors:
        return Row(number, Kind.TOWNSHIP, name, figures)
    if heads.repeats(number):
        return Row(number, Kind.HEADER, name, figures)
    for at in where.labels:
        text = texts[at]
        if text and (kind := words.total_of(text)) is not None:
            return Row(number, kind, text, figures)
    lead = next((text for at, text in enumerate(texts) if text and at not in where.words), name)
    kind = _aside(lead, figures, headings) or (_aside(name, figures, headings) if name and name is not lead else None)
    if kind is not None:
        return Row(number, kind, lead, figures)
    if not name:
        return _nameless(texts, number, where, headings, merged)
    head = words.head_of(name)
    if not figures and (head or across.get(number) or name.endswith(("：", ":"))):
        return Row(number, Kind.SECTION, name, False)
    if not figures and (len(name) > _LONGEST_NAME or name.endswith(_SENTENCE)):
        return Row(number, Kind.NOTE, name, False)
    return Row(number, head or Kind.TOWNSHIP, name, figures)


def _aside(text: str, figures: bool, headings: Headings) -> Kind | None:
    """Return the kind of a row about other rows; a note has no figures, a sign-off may: a telephone number."""
    kind = headings.words.aside(text)
    if kind is Kind.NOTE and figures:
        return None
    if kind is Kind.SIGN_OFF and figures and ":" not in plain.squeezed(text):
        return None
    return kind


def _nameless(texts: list[str], number: int, where: Layout, headings: Headings, merged: dict[int, int]) -> Row:
    """Return a row without a name: the next of a merged one, one of zeros that says nothing, or one to be named."""
    figures = [texts[at] for at in where.figures if texts[at]]
    if number in merged and figures:
        return Row(number, Kind.TOWNSHIP, "", True, True)
    said = [text for text in figures if not _is_nothing(text, headings)]
    if said and any(texts[at] for at in where.parents):
        return Row(number, Kind.SECTION, "", True)  # 县区 alone: the sum of its townships, or a name was forgotten
    return Row(number, Kind.TOWNSHIP if said else Kind.BLANK, "", bool(said))


def _is_nothing(text: str, headings: Headings) -> bool:
    folded = plain.squeezed(text).lower()
    return folded in headings.words.blanks or not folded.strip("0.%-")


class _Heads:
    """Knows the header's rows again where they are repeated, and refuses another header further down."""

    def __init__(self, grid: Grid, header: Header, headings: Headings) -> None:
        self._grid = grid
        self._headings = headings
        self._names = header.names
        self._rows = [
            {column: plain.heading(text) for column, text in enumerate(grid.texts[row]) if text} for row in header.rows
        ]
        self._firsts = {text for row in self._rows for text in row.values()}

    def repeats(self, number: int) -> bool:
        """Say whether a row is one of the header's. Raises :class:`HealthReportError` for another header."""
        texts = self._grid.texts[number]
        lead = next(filter(None, texts))
        bare = plain.heading(lead)
        if bare not in self._firsts and bare not in self._headings.words.names:
            return False
        said = {column: plain.heading(text) for column, text in enumerate(texts) if text}
        if any(said.items() <= row.items() for row in self._rows):
            return True
        if bare in self._headings.words.names and len(said) > 1 and not any(map(cells.looks_like_number, texts)):
            message = "这里又是一个表头，与上面的不同。"
            hint = "请把两张表分到两个工作表，用 --worksheet 指明要读的一张。"
            raise error("second-header", message, self._grid.cell(number, self._names).position(), hint=hint)
        return False
