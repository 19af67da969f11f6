"""The rows of one sheet while they are read: figures column by column, and what merged cells hide.

A mistake in one row is that township's only; the others are done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Related
from healthreport.reading.tables import cells
from healthreport.reading.tables.cells import CellError
from healthreport.reading.tables.columns import Became, Column
from healthreport.reading.tables.words import Kind
from healthreport.townships import figures
from healthreport.townships.adding import Line, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.grid import Spot
    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.kinds import Row
    from healthreport.reading.tables.understanding import Understood
    from healthreport.townships.figures import Number


class Work:
    """What is known of a sheet's rows; each step adds to it.

    ``texts`` are those of the grid, changed where a cell goes on as another text. ``bad`` holds by row what keeps it
    from being a township's report, ``spots`` the cells that came from another row, ``joined`` the rows that went into
    the one above.
    """

    def __init__(self, understood: Understood, headings: Headings, rows: list[Row]) -> None:
        self.understood = understood
        self.rows = rows
        self.texts = list(understood.grid.texts)
        self.bad: dict[int, list[Diagnostic]] = {}
        self.spots: dict[Spot, Spot] = {}
        self.blanks: dict[Spot, str] = {}
        self.numbers: dict[int, list[Number | None]] = {}
        self.joined: set[int] = set()
        self._headings = headings
        self._at = {row.row: at for at, row in enumerate(rows)}
        self._columns = understood.figures
        self._said = [column.at for column in (*self._columns, *understood.words(headings.texts))]
        self._changed: set[int] = set()
        self._unread: set[tuple[int, int]] = set()
        self._text_cells: set[tuple[int, int]] = set()

    def place(self, row: int, column: int) -> Position:
        """Return where a cell stands, or the one that came into its place."""
        return self.understood.grid.place(*self.spots.get((row, column), (row, column)))

    def change(self, row: int, column: int, text: str) -> None:
        """Let a cell go on as another text."""
        if row not in self._changed:
            self.texts[row] = list(self.texts[row])
            self._changed.add(row)
        self.texts[row][column] = text

    def refuse(self, row: int, problem: Diagnostic) -> None:
        """Say what keeps a row from being a township's report."""
        self.bad.setdefault(row, []).append(problem)

    def read_columns(self) -> None:
        """Read all figures; a column that is the sum of others is added up."""
        written = [*zip(*(self.texts[row.row] for row in self.rows), strict=True)]
        for column in self._columns:
            if column.adds and column.at in column.adds:
                self._add(column)
            else:
                self._read(column, written[column.at] if written else ())

    def blank(self, column: int, rows: Iterable[int], blanks: Collection[str]) -> None:
        """Let cells of a column of words say what was written: 1.0; those of nothing (无, /) are empty, and noted."""
        sheet, spot = self.understood.grid.sheet, self.understood.grid.spot
        for row in rows:
            text = self.texts[row][column]
            if sheet.floats and (written := sheet.floats.get(spot(*self.spots.get((row, column), (row, column))))):
                self.change(row, column, written)
            if text and "".join(text.split()).lower().rstrip("。") in blanks:
                self.change(row, column, "")
                self.blanks[row, column] = text

    def _read(self, column: Column, stored: Sequence[str]) -> None:
        sheet = self.understood.grid.sheet
        written = self._as_shown(column, stored)
        dates = self._marked(sheet.dates, column.at)
        found = figures.read(column, written, self._headings.declared, self._headings.words, dates)
        self.numbers[column.at] = found.numbers
        shown = {at: text for at, text in enumerate(written) if text != stored[at]} if written is not stored else {}
        for at, text in (shown | found.texts).items():
            self.change(self.rows[at].row, column.at, text)
        for at, text in found.blanks.items():
            self.blanks[self.rows[at].row, column.at] = text
        for at, wrong in found.errors.items():
            self._refuse_cell(self.rows[at].row, column.at, wrong)
        self._text_cells |= {(column.at, self.rows[at].row) for at in self._marked(sheet.text_numbers, column.at)}

    def _marked(self, marked: frozenset[Spot], column: int) -> frozenset[int]:
        """Return the rows whose cell the sheet marks: a date, a text that is a number."""
        if not marked:
            return frozenset()
        spot = self.understood.grid.spot
        return frozenset(at for at, row in enumerate(self.rows) if spot(row.row, column) in marked)

    def _as_shown(self, column: Column, written: Sequence[str]) -> Sequence[str]:
        """Return the texts as number formats show them: with a unit behind, or in 万, which the heading then means."""
        sheet, spot = self.understood.grid.sheet, self.understood.grid.spot
        if not sheet.units and not sheet.scales:
            return written
        result = []
        for row, text in zip(self.rows, written, strict=True):
            at = spot(row.row, column.at)
            power, unit = sheet.scales.get(at, 0), sheet.units.get(at, "")
            try:
                result.append(cells.as_shown(text, power, unit, column.unit))
            except CellError as wrong:
                self._refuse_cell(row.row, column.at, wrong)
                result.append(text)
        return result

    def _add(self, column: Column) -> None:
        """Fill a column with the sum of its parts; a row that lacks one has none."""
        parts: list[list[Number | None]] = []
        for at in column.adds:
            self._read(column._replace(at=at, adds=()), [self.texts[row.row][at] for row in self.rows])
            parts.append(self.numbers.pop(at))
        sums: list[Number | None] = []
        for at, row in enumerate(self.rows):
            found = [number for part in parts if (number := part[at]) is not None]
            whole = sum(found) if len(found) == len(parts) else None
            sums.append(whole)
            self.change(row.row, column.at, "" if whole is None else f"{whole}")
        self.numbers[column.at] = sums

    def _refuse_cell(self, row: int, at: int, wrong: CellError) -> None:
        self.refuse(row, Diagnostic(wrong.id, str(wrong), self.place(row, at), hint=wrong.hint))
        self._unread.add((at, row))

    def table(self) -> Table:
        """Return the lines and the columns that may be added up."""
        lines = [
            Line(row.row, row.kind, at, row.text) for at, row in enumerate(self.rows) if row.row not in self.joined
        ]
        summed = {column.at: self.numbers[column.at] for column in self._columns if self._adds_up(column.indicator)}
        return Table(lines, summed, frozenset(self._unread), frozenset(self._text_cells))

    def _adds_up(self, indicator: str) -> bool:
        declared = self._headings.declared.indicators[indicator]
        return declared.is_summed and self._headings.words.units.sums(indicator, declared.unit)

    def join_merged(self) -> None:
        """Join rows of one merged name where no figure stands twice; refuse others, and figures merged themselves."""
        owner: int | None = None
        for row in self.rows:
            if not row.merged:
                owner = row.row if row.kind is Kind.TOWNSHIP else None
            elif owner is not None:
                self._join(owner, row.row)
        self._refuse_merged_figures()

    def _join(self, owner: int, row: int) -> None:
        names = self.understood.names.at
        filled = [at for at in self._said if self.texts[row][at]]
        self.joined.add(row)
        if any(self.texts[owner][at] for at in filled):
            place, first = (self.place(one, names) for one in (row, owner))
            message = f"这一格和上面的格子（{first.cell}）合并了，一个名称占了两行，两行的同一列都填了。"
            related = (Related(first, "名称在这里"),)
            hint = "请取消合并，一行写一个单位。"
            self.refuse(owner, Diagnostic("merged-name", message, place, hint=hint, related=related))
            return
        self.take(owner, row, filled)

    def take(self, owner: int, row: int, columns: Iterable[int]) -> None:
        """Let cells of a row go on as those of another."""
        for at in columns:
            self.change(owner, at, self.texts[row][at])
            self.spots[owner, at] = (row, at)
            if (row, at) in self.blanks:
                self.blanks[owner, at] = self.blanks.pop((row, at))
            if at in self.numbers:
                self.numbers[at][self._at[owner]] = self.numbers[at][self._at[row]]
                self.numbers[at][self._at[row]] = None
        self.bad.setdefault(owner, []).extend(self.bad.pop(row, []))

    def _refuse_merged_figures(self) -> None:
        """Refuse figures that are merged over several townships or columns: nobody knows whose they are."""
        used = frozenset(self._said)
        for top, left, bottom, right in self.understood.grid.merged:
            rows = [row for row in range(top, bottom + 1) if row in self._at and row not in self.joined]
            columns = [at for at in range(left, right + 1) if at in used]
            alone = len(rows) < 2 and len(columns) < 2
            if not columns or alone or top <= self.understood.header.bottom:
                continue
            first, last = self.place(top, left), self.place(bottom, columns[-1])
            what = "这个数" if {*columns} <= {column.at for column in self._columns} else "这段话"
            message = f"这一格和{first.cell}合并了，不知道{what}是谁的。"
            problem = Diagnostic("merged-figure", message, last, hint="请取消合并，每个单位各写各的。")
            for row in rows:
                self.refuse(row, problem)


def is_used(column: Column) -> bool:
    """Say whether a column's cells go into reports."""
    return column.became in (Became.FIGURE, Became.FIELD)
