"""A sheet understood: which way round it is, what its columns and rows are — or why it cannot be told.

Nothing is guessed in silence: what two readings fit is an error, and what was decided is kept to be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, error
from healthreport.reading.tables import (
    attaching,
    blocks,
    captions,
    grid,
    header,
    joining,
    kinds,
    naming,
    nesting,
    pivot,
    plain,
    scales,
    sections,
    surroundings,
)
from healthreport.reading.tables.columns import Became, Column
from healthreport.reading.tables.grid import Grid
from healthreport.reading.tables.header import Header
from healthreport.reading.tables.joining import Joined
from healthreport.reading.tables.naming import Names
from healthreport.reading.tables.surroundings import Surroundings
from healthreport.reading.tables.words import Kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.blocks import Block
    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.kinds import Row
    from healthreport.reading.tables.periods import Document
    from healthreport.reading.tables.sheets import Cell, Sheet

_ORIENTATION_SEARCHED = 4
_MOST_COLUMNS = 16_384  # of a sheet in Excel: one that is on its side has no more rows


class Understood(NamedTuple):
    """A sheet in the common shape, with what its columns and rows are."""

    grid: Grid
    header: Header
    names: Names
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    around: Surroundings
    tables: Joined

    def heading_row(self, column: int) -> int:
        """Return the lowest row of the header in which a column has a heading."""
        return _heading_row(self.grid, self.header, column)

    def words(self, texts: Container[str]) -> list[Column]:
        """Return the columns of words that townships say themselves, of which these are the names."""
        return [column for column in self.columns if column.field in texts]

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
    found = _blocks(sheet, headings, header_row - 1 if header_row else None)
    tables = [one for block in found if (one := joining.table(block, headings))]
    if len(tables) < len(found):
        raise no_header(sheet)
    whole = joining.joined(tables, headings)
    columns, problems = _columns(whole, sheet, headings, document, ignore_columns=ignore_columns)
    problems += sections.among_columns(whole, columns, headings, document)
    if problems:
        raise HealthReportError(dict.fromkeys(problems))
    if not any(column.became is Became.FIGURE or column.became is Became.FIELD for column in columns):
        raise no_header(sheet)
    figures = tuple(column.at for column in columns if column.became in (Became.FIGURE, Became.COMPARED))
    figures += tuple(at for column in columns for at in column.adds if at not in figures)
    words = tuple(column.at for column in columns if column.field in headings.texts)
    where = kinds.layout(whole.names, figures, whole.grid.width, words)
    rows = kinds.of_rows(whole.grid, whole.header, where, headings)
    _refuse_headings_among(rows, whole, figures, headings)
    opened = [*sections.openings(whole, rows)]
    unclear = [*sections.among_rows(whole, columns, opened, headings, document)]
    unclear += sections.units_among(rows, opened, whole, columns, headings)
    if unclear:
        raise HealthReportError(unclear)
    rows = nesting.nested(rows, whole.grid, whole.names.at)
    around = tables[0].around._replace(lines=tuple(dict.fromkeys(line for one in tables for line in one.around.lines)))
    understood = Understood(whole.grid, whole.header, whole.names, tuple(columns), tuple(rows), around, whole)
    _refuse_words_for_figures(understood, headings)
    return understood


def _columns(
    one: Joined, sheet: Sheet, headings: Headings, document: Document, *, ignore_columns: bool
) -> tuple[list[Column], list[Diagnostic]]:
    """Return what all columns became, and what keeps them from being understood."""
    attached = attaching.Attaching(one.grid, one.header, one.names, headings, document)
    titled = [(table.columns, table.around.indicator) for table in one.of_groups]
    columns = attached.columns(one.paths, titled, ignore_columns=ignore_columns)
    problems = [*attached.problems]
    for table in one.tables:
        own = [column for column in columns if column.at in table.columns]
        problems += surroundings.wrong_time(table.around, document, sheet, headings.words, own)
        if not one.grid.shape.startswith(grid.TRANSPOSED):
            figures = [column for column in own if column.became is Became.FIGURE]
            placed = [(column, one.grid.spot(one.header.bottom, column.at)[1]) for column in figures]
            problems += surroundings.years_beside(table.around, document, sheet, placed)
    problems += _two_tables(one.grid, one.header, one.names, columns)

    def place(column: Column) -> Position:
        return one.grid.cell(_heading_row(one.grid, one.header, column.at), column.at).position()

    result: list[Column] = [column for column in columns if not any(column.at in t.columns for t in one.of_groups)]
    for table, said in zip(one.of_groups, captions.of_groups(one.tables), strict=True):
        own = [column for column in columns if column.at in table.columns]
        scaled, wrong = scales.scaled(own, headings.declared, headings.words.units, said, place)
        result += [column for column in scaled if column.at not in {other.at for other in result}]
        problems += wrong
    return sorted(result, key=lambda column: column.at), problems


def _blocks(sheet: Sheet, headings: Headings, at: int | None) -> list[Block]:
    """Return the tables of a sheet, the right way round. Raises :class:`HealthReportError`."""
    down = grid.of_sheet(sheet)
    head = header.find(down, headings, at=at)
    found = blocks.split(down, head, headings, at=at) if head else []
    is_sure = len(found) > 1 and head is not None and head.indicators > 0
    if not is_sure and at is None and not _parted(down, head, headings) and _names_indicators_down(sheet, headings):
        across = grid.transposed(down)
        other = header.find(across, headings)
        if other and other.indicators and head and head.indicators:
            hint = "请把指标写成一行表头、单位写成一列，或用 --header-row 指明表头在第几行。"
            message = "这张表横着读、竖着读都可以，不知道哪一种对。"
            raise error("both-ways", message, sheet.position(), hint=hint)
        if other and other.indicators:
            return blocks.split(across, other, headings)
    if not found:
        raise no_header(sheet)
    return found


def _parted(down: Grid, head: Header | None, headings: Headings) -> bool:
    """Say whether a column names the indicator, or the year, of each of a township's rows."""
    if head is None:
        return False
    paths = dict(header.paths(down, head.rows))
    names = naming.choose(down, head, paths, headings)
    if names is None or pivot.parting(down, head, names, paths, headings) is None:
        return False
    return not any(headings.read(text).indicator for text in set(naming.column_texts(down, head, names.at)))


def _names_indicators_down(sheet: Sheet, headings: Headings) -> bool:
    """Say whether any of the first columns names an indicator below its first row, of a sheet that may be turned."""
    return len(sheet.texts) <= _MOST_COLUMNS and any(
        headings.read(text).indicator
        for row in sheet.texts[1:]
        for text in row[:_ORIENTATION_SEARCHED]
        if text and not text[0].isdigit() and headings.mentions_an_indicator(text)
    )


def _refuse_headings_among(rows: list[Row], whole: Joined, figures: tuple[int, ...], headings: Headings) -> None:
    """Refuse a row whose first figure is an indicator's name: it heads those below it, whatever its own name.

    Raises :class:`HealthReportError`.
    """
    for row in rows:
        if not row.figures or row.kind is Kind.HEADER:
            continue
        texts = whole.grid.texts[row.row]
        at = next((at for at in figures if texts[at]), None)
        if at is not None and not texts[at][0].isdigit() and headings.read(texts[at]).indicator:
            raise HealthReportError([attaching.second_header(whole.grid.cell(row.row, at).position())])


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


def _heading_row(shape: Grid, head: Header, column: int) -> int:
    return next(
        (row for row in reversed(head.rows) if shape.texts[row][column]), head.rows[-1] if head.rows else head.top
    )


def names_of(sheet: Sheet, headings: Headings) -> Iterator[tuple[Row, Cell]]:
    """Yield what a sheet has in its column of names, row by row; without a header in its first that is filled."""
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
        if row.kind is not Kind.HEADER and row.text:
            yield row, shape.cell(row.row, names.at)


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
