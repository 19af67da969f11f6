"""One row of an indicator sheet: an indicator's name, its unit, its figures, and what the sheet computed itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic
from healthreport.reading.tables import cells, comparing, plain, scales
from healthreport.reading.tables.cells import CellError, Reads
from healthreport.reading.tables.columns import LAST, ONE, TARGET, VALUE
from healthreport.reading.tables.words import FIGURES, Role, Words
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.values import quantities, scalars

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.header import Header
    from healthreport.reading.tables.sheets import Cell

UNIT = "单位"
_FATAL = ("date-cell", "exponent-cell", "remark-in-cell")
_PERCENT, _YES = "%", "是"


class Table(NamedTuple):
    """An indicator sheet: where its names stand, which column is which key, and the units of a caption or a heading.

    ``compared`` are the columns that the sheet computed itself, ``headed`` the units that the headings of others say.
    """

    grid: Grid
    header: Header
    names: int
    keys: dict[int, str]
    said: scales.Said
    compared: dict[int, Role]
    headed: tuple[str, ...] = ()


class Unit(NamedTuple):
    """The unit of an indicator, and the one its figures are written in where their cells say none."""

    own: str
    written: str


class Row:
    """One indicator as a row says it, under its name in the report, where ``called`` has one for what the row says.

    ``fits`` says whether a unit of the caption is one that the row's figures may be in; ``None`` where the row needs
    none. ``assumed`` is the unit of its figures that say none themselves. ``converted`` holds the unit that figures
    were converted from, and the one they were converted to. ``without`` are the keys that a
    cell says there are none of. ``unclear`` is the figure of which nobody knows in which unit of the caption it is.
    """

    def __init__(self, found: Table, number: int, words: Words, own: Mapping, called: dict[str, str]) -> None:
        self._found = found
        self.number = number
        self._words = words
        self.at = found.grid.cell(number, found.names)
        name, bracket = self._split(plain.name(self.at.value), own, called)
        self.name = name if name in own.keys_at else called.get(plain.heading(name), name)
        self.problems = [
            problem for at in (found.names, *found.keys) if (problem := found.grid.cell(number, at).problem())
        ]
        self._said = own.get(self.name)
        said = self._said.get(UNIT) if isinstance(self._said, Mapping) else None
        self._own_unit = said.value if isinstance(said, Scalar) else ""
        self._bracket = bracket
        self._unit = Unit("", "")
        self.fits: bool | None = None
        self.assumed: str | None = None
        self.converted: tuple[str, str] | None = None
        self.without: list[str] = []
        self.unclear: Cell | None = None
        self._numbers: dict[str, Fraction] = {}

    def _split(self, name: str, own: Mapping, called: dict[str, str]) -> tuple[str, str]:
        """Part 门诊（人次） into name and unit, unless the report has an indicator of the whole name."""
        if name in own.keys_at or plain.heading(name) in called:
            return name, ""
        outer, bracket, inner = plain.squeezed(name).rstrip(")").rpartition("(")
        known = bracket and outer and self._words.units.knows(inner)
        cut = max(name.rfind("（"), name.rfind("("))
        return (name[:cut], inner) if known and cut > 0 else (name, "")

    def tree(self) -> Mapping:
        """Return the row as the mapping it would be in a report."""
        one = Mapping(self.at.source, 0, 0)
        filled = {key: self._cell(at) for at, key in self._found.keys.items() if self._text(at)}
        column = filled.get(UNIT)
        self._show(filled, column.value if column else self._bracket)
        self._unit = self._units(filled, column)
        for key, cell in filled.items():
            if key in FIGURES and not self._read(cell, key):
                continue
            if key != UNIT or not self._own_unit:  # the report's own counts; what is in another is converted
                one[key] = one.keys_at[key] = cell
        if self._unit.own and UNIT not in one and not self._own_unit:
            one[UNIT] = one.keys_at[UNIT] = self._made(self._unit.own)
        for at, key in self._found.keys.items():
            if key in FIGURES and key not in one:
                one.keys_at[key] = self._cell(at)
                self._say_none(one, key, at)
        return one

    def _say_none(self, one: Mapping, key: str, at: int) -> None:
        """Take a dash for the word that there is no 目标 or no 上年, unless the report gives one."""
        written = self._said.keys() if isinstance(self._said, Mapping) else ()
        if key == VALUE or key in written or not cells.says_none(self._text(at), self._words):
            return
        said = self._cell(at)
        said.value = _YES
        self.without.append(key)
        one[f"无{key}"] = one.keys_at[f"无{key}"] = said

    def _show(self, filled: dict[str, Cell], unit: str) -> None:
        """Give figures the unit that the format of their cell shows behind them."""
        sheet = self._found.grid.sheet
        for cell in (cell for key, cell in filled.items() if key in FIGURES):
            at = (cell.row, cell.column)
            try:
                cell.value = cells.as_shown(cell.value, sheet.scales.get(at, 0), sheet.units.get(at, ""), unit)
            except CellError as wrong:
                self.problems.append(Diagnostic(wrong.id, str(wrong), cell.position(), hint=wrong.hint))

    def _text(self, at: int) -> str:
        return self._found.grid.texts[self.number][at]

    def _cell(self, at: int) -> Cell:
        return self._found.grid.cell(self.number, at)

    def _made(self, text: str) -> Cell:
        cell = self._cell(self._found.names)
        cell.value = text
        return cell

    def _units(self, filled: dict[str, Cell], column: Cell | None) -> Unit:
        """Return the units of a row.

        The indicator's own stands in the report, in the row's column, behind its name, in its cell, in the caption;
        figures without one are in that behind the name, in the column, in the caption.
        """
        in_column = column.value if column else ""
        in_cell = self._unit_in(filled.get(VALUE))
        own = self._own_unit or in_column or self._bracket or in_cell
        for said, cell in ((self._bracket, self.at), (in_column, column)):
            if said and cell and self._words.units.ratio(said, own) is None:
                self._refuse(self._mismatch(said, own), cell, "请留下一处。")
        self._refuse_headed(self._bracket or in_column)
        bare = [cell for key in FIGURES if (cell := filled.get(key)) and self._is_bare(cell)]
        written = self._bracket or in_column
        if bare and not written:
            written = self._in_caption(own, bare[0])
            if not written:
                self.problems += scales.spoken_of(self.name, self.name, own, self._words.units, self._found.said.spoken)
            self._refuse_mixed([filled[key] for key in FIGURES if key in filled], bare[0], written or own)
            self.assumed = written or own
        own = own or written
        if bare and written and self._words.units.ratio(written, own) not in (None, ONE):
            self.converted = (written, own)
        return Unit(own, written or own)

    def _refuse_headed(self, said: str) -> None:
        """Refuse a row's unit that is another one than that of its column: 收入（元） below 本年（万元）."""
        units = self._words.units
        other = next((one for one in self._found.headed if units.ratio(one, said) not in (None, ONE)), "")
        if said and other:
            self._refuse(f"“{self.name}”的单位是“{said}”，表头写的是“{other}”。", self.at, "请留下一处。")

    def _in_caption(self, own: str, cell: Cell) -> str:
        """Return the unit of the caption that a row's figures are in; empty where none is one of theirs."""
        said = self._found.said.units
        if not said:
            return ""
        fitting = {one: ratio for one in said if (ratio := self._ratio(one, own)) is not None}
        self.fits = bool(fitting)
        if len({*fitting.values()}) > 1 or (not own and len(fitting) > 1):
            self.unclear = cell
        return next(iter(fitting), "")

    @property
    def likely(self) -> str:
        """Return the unit that its figures are likely in: what the report says, or what the name ends with."""
        return self._own_unit or next((one for one in self._found.said.units if self.name.endswith(one)), "")

    def _ratio(self, written: str, own: str) -> Fraction | None:
        return self._words.units.ratio(written, own) if own else ONE

    def _refuse_mixed(self, figures: list[Cell], bare: Cell, written: str) -> None:
        """Refuse a figure without a unit beside one in another: 5000000元 and 4000000 of an indicator in 万元."""
        for cell in figures:
            unit = self._unit_in(cell)
            if unit and self._words.units.ratio(unit, written) not in (None, ONE):
                message = f"“{cell.value}”写了单位，“{bare.value}”没有写，不知道是“{unit}”还是“{written}”。"
                hint = f"请给每个数都写上单位，或把单位写在名称后面，如“{self.name}（{unit}）”。"
                self._refuse(message, bare, hint)
                return

    def _refuse(self, message: str, cell: Cell, hint: str) -> None:
        self.problems.append(Diagnostic("unit-mismatch", message, cell.position(), hint=hint))

    def _mismatch(self, said: str, own: str) -> str:
        return f"“{plain.name(self.at.value)}”的单位是“{said}”，另一处写的是“{own}”。"

    def refuse_caption(self) -> None:
        """Refuse the caption of a table: its units are not those of any indicator."""
        message = self._mismatch("、".join(self._found.said.units), self._unit.own)
        place = self._found.said.place or self.at.position()
        self.problems.append(Diagnostic("unit-mismatch", message, place, hint="请留下一处。"))

    def _is_bare(self, cell: Cell) -> bool:
        return cells.looks_like_number(scalars.fold(cell.value)) and not self._unit_in(cell)

    def _unit_in(self, cell: Cell | None) -> str:
        if cell is None:
            return ""
        unit = scalars.fold(cell.value).lstrip("-+−0123456789,.").strip()
        return unit if unit and self._words.units.knows(unit) else ""

    def _read(self, cell: Cell, key: str) -> bool:
        """Read a figure; say whether there is one. What the model reads itself, an estimate or a range, stays."""
        own = scalars.fold(self._unit.own)
        written = scalars.fold(self._unit.written)
        ratio = self._ratio(written, own) or ONE
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

    @property
    def has_figures(self) -> bool:
        """Say whether anything stands where figures belong."""
        return any(self._text(at) for at, key in self._found.keys.items() if key in FIGURES)

    def compared(self) -> Iterator[Diagnostic]:
        """Yield a warning for each figure of the row that was computed otherwise: completion, growth."""
        is_rate = quantities.unit(self._unit.own).is_rate
        ratio = self._ratio(self._unit.written, self._unit.own) or ONE
        for at, role in self._found.compared.items():
            against = self._numbers.get(TARGET if comparing.is_of_target(role) else LAST)
            now, text = self._numbers.get(VALUE), self._text(at)
            found = comparing.check(text, role, now, against, is_rate=is_rate, ratio=ratio) if text else None
            if found is not None:
                yield comparing.told(self.name, role.value, found, self._cell(at).position())
