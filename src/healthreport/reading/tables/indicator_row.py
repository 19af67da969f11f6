"""One row of an indicator sheet: an indicator's name, its unit, its figures, and what the sheet computed itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic
from healthreport.reading.tables import cells, comparing, plain
from healthreport.reading.tables.cells import CellError, Reads
from healthreport.reading.tables.columns import LAST, ONE, TARGET, VALUE
from healthreport.reading.tables.words import Role, Words
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.values import quantities, scalars

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.header import Header
    from healthreport.reading.tables.sheets import Cell

UNIT = "单位"
_FIGURES = (VALUE, TARGET, LAST)
_FATAL = ("date-cell", "exponent-cell", "remark-in-cell")
_PERCENT = "%"


class Table(NamedTuple):
    """An indicator sheet: where its names stand, which column is which key, and the unit of a caption.

    ``compared`` are the columns that the sheet computed itself.
    """

    grid: Grid
    header: Header
    names: int
    keys: dict[int, str]
    unit: str
    compared: dict[int, Role]


class Row:
    """One indicator as a row says it."""

    def __init__(self, found: Table, number: int, words: Words, own: Mapping) -> None:
        self._found = found
        self._number = number
        self._words = words
        self.at = found.grid.cell(number, found.names)
        self.name, bracket = self._split(plain.name(self.at.value), own)
        self.problems = [
            problem for at in (found.names, *found.keys) if (problem := found.grid.cell(number, at).problem())
        ]
        one = own.get(self.name)
        said = one.get(UNIT) if isinstance(one, Mapping) else None
        self._own_unit = said.value if isinstance(said, Scalar) else ""
        self._bracket = bracket
        self._unit_said = ""
        self._numbers: dict[str, Fraction] = {}

    def _split(self, name: str, own: Mapping) -> tuple[str, str]:
        """Part 门诊（人次） into name and unit, unless the report has an indicator of the whole name."""
        if name in own.keys_at:
            return name, ""
        outer, bracket, inner = plain.squeezed(name).rstrip(")").rpartition("(")
        known = bracket and outer and self._words.units.knows(inner)
        cut = max(name.rfind("（"), name.rfind("("))
        return (name[:cut], inner) if known and cut > 0 else (name, "")

    def tree(self) -> Mapping:
        """Return the row as the mapping it would be in a report."""
        one = Mapping(self.at.source, 0, 0)
        filled = {key: self._cell(at) for at, key in self._found.keys.items() if self._text(at)}
        unit = self._unit_said = self._unit(filled)
        for key, cell in filled.items():
            if key in _FIGURES and not self._read(cell, key, unit):
                continue
            one[key] = one.keys_at[key] = cell
        if unit and UNIT not in one and not self._own_unit:
            one[UNIT] = one.keys_at[UNIT] = self._made(unit)
        return one

    def _text(self, at: int) -> str:
        return self._found.grid.texts[self._number][at]

    def _cell(self, at: int) -> Cell:
        return self._found.grid.cell(self._number, at)

    def _made(self, text: str) -> Cell:
        cell = self._cell(self._found.names)
        cell.value = text
        return cell

    def _unit(self, filled: dict[str, Cell]) -> str:
        """Return an indicator's unit: in its column, in the report, behind its name, in its cell, in the caption."""
        written = filled[UNIT].value if UNIT in filled else ""
        first = written or self._own_unit or self._bracket
        if first and self._bracket and self._words.units.ratio(self._bracket, first) is None:
            message = f"“{self.at.value}”的单位是“{self._bracket}”，另一处写的是“{first}”。"
            self.problems.append(Diagnostic("unit-mismatch", message, self.at.position(), hint="请留下一处。"))
        in_cell = self._unit_in(filled.get(VALUE))
        return first or in_cell or self._found.unit

    def _unit_in(self, cell: Cell | None) -> str:
        if cell is None:
            return ""
        unit = scalars.fold(cell.value).lstrip("-+−0123456789,.").strip()
        return unit if unit and self._words.units.knows(unit) else ""

    def _read(self, cell: Cell, key: str, unit: str) -> bool:
        """Read a figure; say whether there is one. What the model reads itself, an estimate or a range, stays."""
        own = scalars.fold(unit)
        written = self._bracket or own
        ratio = (self._words.units.ratio(written, own) if own else ONE) or ONE
        how = Reads(own, written, ratio, key == TARGET, self._words)
        dates = self._found.grid.sheet.dates
        try:
            figure = cells.read(cell.value, how, is_date=(cell.row, cell.column) in dates)
        except CellError as wrong:
            if wrong.id in _FATAL or ratio != 1:  # what the model reads itself, it reads in the declared unit
                self.problems.append(Diagnostic(wrong.id, str(wrong), cell.position(), hint=wrong.hint))
            return True
        if figure is None:
            return False
        percent = own == _PERCENT and "%" not in scalars.fold(cell.value)
        if percent and figure.number is not None and 0 < abs(figure.number) < 1:
            doubt = cells.fraction_error(cell.value)
            self.problems.append(Diagnostic(doubt.id, str(doubt), cell.position(), hint=doubt.hint))
        cell.value = figure.text
        if figure.number is not None:
            self._numbers[key] = figure.number
        return True

    def compared(self) -> Iterator[Diagnostic]:
        """Yield a warning for each figure of the row that was computed otherwise: completion, growth."""
        is_rate = quantities.unit(self._unit_said).is_rate
        for at, role in self._found.compared.items():
            against = self._numbers.get(TARGET if comparing.is_of_target(role) else LAST)
            now, text = self._numbers.get(VALUE), self._text(at)
            found = comparing.check(text, role, now, against, is_rate=is_rate) if text else None
            if found is not None:
                yield comparing.told(self.name, role.value, found, self._cell(at).position())
