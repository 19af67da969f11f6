"""A sheet understood: which way round it is, what its columns and rows are — or why it cannot be told.

Nothing is guessed in silence: what two readings fit is an error, and what was decided is kept to be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, error
from healthreport.reading.tables import (
    attaching,
    grid,
    header,
    kinds,
    naming,
    nesting,
    pivot,
    plain,
    scales,
    surroundings,
)
from healthreport.reading.tables.columns import Became, Column
from healthreport.reading.tables.grid import Grid
from healthreport.reading.tables.header import Header
from healthreport.reading.tables.naming import Names
from healthreport.reading.tables.surroundings import Line, Surroundings
from healthreport.reading.tables.words import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.kinds import Row
    from healthreport.reading.tables.periods import Document
    from healthreport.reading.tables.sheets import Cell, Sheet

_ORIENTATION_SEARCHED = 4


class Understood(NamedTuple):
    """A sheet in the common shape, with what its columns and rows are."""

    grid: Grid
    header: Header
    names: Names
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    around: Surroundings

    def heading_row(self, column: int) -> int:
        """Return the lowest row of the header in which a column has a heading."""
        return _heading_row(self.grid, self.header, column)

    @property
    def figures(self) -> list[Column]:
        """The columns that give a figure."""
        return [column for column in self.columns if column.became is Became.FIGURE]


def understand(
    sheet: Sheet, headings: Headings, document: Document, *, header_row: int = 0, ignore_columns: bool = False
) -> Understood:
    """Understand a sheet of townships; ``header_row`` counts from 1, 0 searches.

    Raises :class:`HealthReportError` with all that keeps it from being understood.
    """
    shape, head = _shaped(sheet, headings, header_row - 1 if header_row else None)
    paths = dict(header.paths(shape, head.rows))
    names = naming.choose(shape, head, paths, headings)
    if names is None:
        raise no_header(sheet)
    wide = pivot.spread(shape, head, names, paths, headings)
    if wide is not None:
        shape, head, paths, names = wide
    around = surroundings.around(shape, head, headings, _captions_below(shape, head))
    attached = attaching.Attaching(shape, head, names, headings, document, around.indicator)
    columns = attached.columns(paths, ignore_columns=ignore_columns)
    problems = [*surroundings.wrong_time(around, document, sheet, headings.words, columns), *attached.problems]
    problems += _two_tables(shape, head, names, columns)
    said = _said(shape, head, names, around, headings)
    columns, wrong = scales.scaled(
        columns,
        headings.declared,
        headings.words.units,
        said,
        lambda one: shape.cell(_heading_row(shape, head, one.at), one.at).position(),
    )
    if problems + wrong:
        raise HealthReportError(problems + wrong)
    if not any(column.became is Became.FIGURE or column.became is Became.FIELD for column in columns):
        raise no_header(sheet)
    figures = tuple(column.at for column in columns if column.became in (Became.FIGURE, Became.COMPARED))
    figures += tuple(at for column in columns for at in column.adds if at not in figures)
    rows = kinds.of_rows(shape, head, kinds.layout(names, figures, shape.width), headings)
    rows = nesting.nested(rows, shape, names.at)
    understood = Understood(shape, head, names, tuple(columns), tuple(rows), around)
    _refuse_words_for_figures(understood, headings)
    return understood


def _shaped(sheet: Sheet, headings: Headings, at: int | None) -> tuple[Grid, Header]:
    """Return a sheet in the common shape, with its header. Raises :class:`HealthReportError`."""
    down = grid.of_sheet(sheet)
    head = header.find(down, headings, at=at)
    if at is None and not _parted(down, head, headings) and _names_indicators_down(sheet, headings):
        across = grid.transposed(down)
        other = header.find(across, headings)
        if other and other.indicators and head and head.indicators:
            hint = "请把指标写成一行表头、单位写成一列，或用 --header-row 指明表头在第几行。"
            message = "这张表横着读、竖着读都可以，不知道哪一种对。"
            raise error("both-ways", message, sheet.position(), hint=hint)
        if other and other.indicators:
            return across, other
    if head is None:
        raise no_header(sheet)
    starts = _repeated_heads(down, head, headings)
    if len(starts) > 1:
        width = starts[1] - starts[0]
        stack = grid.stacked(down, head.bottom + 1, starts, width)
        return stack, head._replace(names=head.names - starts[0])
    return down, head


def _parted(down: Grid, head: Header | None, headings: Headings) -> bool:
    """Say whether a column names the indicator, or the year, of each of a township's rows."""
    if head is None:
        return False
    paths = dict(header.paths(down, head.rows))
    names = naming.choose(down, head, paths, headings)
    return names is not None and pivot.parting(down, head, names, paths, headings) is not None


def _names_indicators_down(sheet: Sheet, headings: Headings) -> bool:
    """Say whether any of the first columns names an indicator below its first row."""
    return any(
        headings.read(text).indicator
        for row in sheet.texts[1:]
        for text in row[:_ORIENTATION_SEARCHED]
        if text and not text[0].isdigit() and headings.mentions_an_indicator(text)
    )


def _repeated_heads(shape: Grid, head: Header, headings: Headings) -> list[int]:
    """Return where tables of one header begin that stand side by side."""
    row = shape.texts[head.bottom if head.top == head.bottom else head.top]
    for number in head.rows:
        row = shape.texts[number]
        starts = [column for column, text in enumerate(row) if text and headings.is_name_head(text)]
        if len(starts) > 1:
            break
    else:
        return []
    bounds = [*starts, len(row)]
    blocks = [
        [tuple(text for text in path if text) for path in _block(shape, head, first, last)]
        for first, last in zip(starts, bounds[1:], strict=False)
    ]
    shortest = min(len(block) for block in blocks)
    same = shortest > 1 and all(block == blocks[0] for block in blocks)
    return starts if same else []


def _block(shape: Grid, head: Header, first: int, last: int) -> list[tuple[str, ...]]:
    paths = dict(header.paths(shape, head.rows))
    block = [paths[column] for column in range(first, last)]
    while block and not block[-1]:
        block.pop()
    return block


def _refuse_words_for_figures(understood: Understood, headings: Headings) -> None:
    """Refuse a first row of words where figures belong: it may say what the header means.

    Raises :class:`HealthReportError`.
    """
    first = next((row.row for row in understood.rows if row.kind not in (Kind.HEADER, Kind.SECTION, Kind.BLANK)), None)
    if first is None:
        return
    cells = understood.grid.texts[first]
    texts = [cells[column.at] for column in understood.figures if cells[column.at]]
    bare = [text for text in texts if plain.squeezed(text).lower() not in headings.words.blanks]
    if len(bare) > 1 and len(bare) == len(texts) and not any(char.isdigit() for text in bare for char in text):
        message = "这一行该是数的地方都是文字，像是表头的一部分。"
        hint = "请把这一行的单位名称一格空着，或与上面的格子合并；不是表头的请改成数。"
        place = understood.grid.cell(first, understood.names.at).position()
        raise error("unclear-header", message, place, hint=hint)


def _two_tables(shape: Grid, head: Header, names: Names, columns: list[Column]) -> Iterator[Diagnostic]:
    """Refuse another table on the right whose rows are other townships': its figures are not theirs."""
    figures = [column.at for column in columns if column.became is Became.FIGURE]
    for parent in names.parents:
        if not (figures and min(figures) < parent < max(figures)):
            continue
        rows = shape.texts[head.bottom + 1 :]
        if any(row[parent] and plain.name(row[parent]) != plain.name(row[names.at]) for row in rows):
            message = "右边是另一张表，单位的次序与左边不同。"
            hint = "请把两张表分到两个工作表，用 --worksheet 指明；或上下接成一张。"
            place = shape.cell(_heading_row(shape, head, parent), parent).position()
            yield Diagnostic("two-tables", message, place, hint=hint)


def _captions_below(shape: Grid, head: Header) -> list[Line]:
    """Return the lines below a table that have a colon: 单位：人、% may stand there, too."""
    lines = []
    for number in range(max(head.bottom + 1, len(shape.texts) - 8), len(shape.texts)):
        row = shape.texts[number]
        filled = [column for column, text in enumerate(row) if text]
        if filled and len(filled) <= 2:
            lines += [Line(row[column], shape.spot(number, column)) for column in filled]
    return lines


def _said(shape: Grid, head: Header, names: Names, around: Surroundings, headings: Headings) -> scales.Said:
    """Return the unit said of the whole table: in a column of its own, or else in a caption."""
    if names.measure is not None:
        texts = naming.column_texts(shape, head, names.measure)
        units = tuple(dict.fromkeys(text for text in texts if headings.is_unit(text)))
        if units:
            return scales.Said(units, shape.cell(head.bottom, names.measure).position())
    line = around.unit_line
    return scales.Said(around.units, shape.sheet.cell(*line.spot).position() if line else None)


def _heading_row(shape: Grid, head: Header, column: int) -> int:
    return next(
        (row for row in reversed(head.rows) if shape.texts[row][column]), head.rows[-1] if head.rows else head.top
    )


def names_of(sheet: Sheet, headings: Headings) -> Iterator[Cell]:
    """Yield the cells of a sheet's townships' names; without a header those of its first column that is filled."""
    shape = grid.of_sheet(sheet)
    head = header.find(shape, headings)
    if head is None:
        first = next((at for at in range(shape.width) if any(row[at] for row in shape.texts)), 0)
        head, names = Header(-1, -1, (), first, 0, named=False), Names(first)
    else:
        found = naming.choose(shape, head, dict(header.paths(shape, head.rows)), headings)
        if found is None:
            return
        names = found
    for row in kinds.of_rows(shape, head, kinds.layout(names, (), shape.width), headings):
        if row.kind is Kind.TOWNSHIP and row.text:
            yield shape.cell(row.row, names.at)


def no_header(sheet: Sheet) -> HealthReportError:
    """Return the refusal of a sheet without a header."""
    named = f"工作表“{sheet.name}”" if sheet.name else "表"
    hint = "表头里要有“单位”一列和指标的名称或“别名”；表头不在前几行时用 --header-row 指明。"
    return HealthReportError([Diagnostic("no-header", f"{named}里找不到表头。", sheet.position(), hint=hint)])


def has_header(sheet: Sheet, headings: Headings) -> bool:
    """Say whether a sheet has a header that names an indicator, either way round."""
    down = grid.of_sheet(sheet)
    head = header.find(down, headings)
    if head is not None and (head.indicators or surroundings.around(down, head, headings).indicator):
        return True
    other = header.find(grid.transposed(down), headings) if _names_indicators_down(sheet, headings) else None
    return bool(other and other.indicators)
