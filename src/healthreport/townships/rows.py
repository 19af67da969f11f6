"""A table of townships as reports: a row says what a township's own file would, and is laid over the base like one."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, HealthReportError, error
from healthreport.model.build import Differences
from healthreport.model.own_words import WORDS, names_of
from healthreport.model.references import FIELDS
from healthreport.reading.differences import INDICATORS, NUMBERS, indicators_of
from healthreport.reading.resources import Resources
from healthreport.reading.tables import declared, periods, plain, understanding
from healthreport.reading.tables.columns import PARTS, Became
from healthreport.reading.tables.headings import Headings
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.townships import gathering, remarks
from healthreport.townships.pool import has_gaps
from healthreport.townships.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.columns import Column
    from healthreport.reading.tables.sheets import Cell, Sheet
    from healthreport.reading.tables.understanding import Understood
    from healthreport.reading.tables.words import Words
    from healthreport.reading.yaml.nodes import Node
    from healthreport.townships.figures import Number
    from healthreport.townships.gathering import Gathered

ORG = "单位"
_SHORT = "简称"
_LISTED = 8
_OPTION = "--worksheet {sheet}"


class Townships:
    """The townships of a sheet: the numbers of their rows, their names, what does not add up, and how it was read.

    ``columns`` are those of figures, ``words`` the names of texts that have a column; ``unknown`` are the headings of
    columns that name nothing of the report.
    """

    def __init__(self, understood: Understood, gathered: Gathered, problems: Sequence[Diagnostic]) -> None:
        self._grid = understood.grid
        self._texts = gathered.texts
        self._bad = gathered.bad
        self._spots = gathered.spots
        self._org = understood.names.at
        self.columns = [column for column in understood.columns if column.became is Became.FIGURE]
        self.rows = [town.row for town in gathered.townships]
        self.names = [town.name for town in gathered.townships]
        self.problems: list[Diagnostic] = [*problems]
        fields = [column for column in understood.columns if column.became is Became.FIELD]
        self._fields = [(self._org, ORG), *((one.at, one.field) for one in fields if one.field in FIELDS)]
        self._words = [(one.at, one.field) for one in fields if one.field not in FIELDS]
        self.words = [name for _, name in self._words]
        self.unknown = [column.heading for column in understood.columns if column.is_unknown]
        self._with_parts = frozenset(column.indicator for column in self.columns if column.key == PARTS)
        self._numbers = [
            [
                (one.at, one.indicator)
                for one in self.columns
                if one.key == key and one.indicator not in self._with_parts
            ]
            for key in NUMBERS
        ]
        self.reading = Reading(understood, gathered)
        self._numbers_at = gathered.numbers
        self._lines = gathered.table.lines

    def own(self, index: int, base: Mapping) -> Differences:
        """Return what a township's row says, laid over a base; an empty cell is missing."""
        texts = self._texts[self.rows[index]]
        values, targets, lasts = (
            {field: text for at, field in columns if (text := texts[at])} for columns in self._numbers
        )
        whole = cache(lambda: self._tree(index).laid_over(base))
        others = self._others(index) if self._with_parts else {}
        return Differences(self.fields(index), (values, targets, lasts), others, whole, partial(self._place_of, index))

    def _others(self, index: int) -> dict[str, Node]:
        """Return the indicators that a row gives in parts, or of which it says more than numbers."""
        indicators = self._tree(index).get(INDICATORS)
        assert indicators is None or isinstance(indicators, Mapping)
        return {name: one for name, one in (indicators or {}).items() if name in self._with_parts}

    def _place_of(self, index: int, indicator: str, key: str) -> Position | None:
        """Return the cell of an indicator's value, target or last year's value."""
        at = next((one.at for one in self.columns if (one.indicator, one.key) == (indicator, key)), None)
        return None if at is None else self.place_at(index, at)

    def fields(self, index: int) -> dict[str, Node]:
        """Return the fields a township's row fills in, as cells."""
        row = self.rows[index]
        texts = self._texts[row]
        fields: dict[str, Node] = {field: self._cell(row, at) for at, field in self._fields if texts[at]}
        words = Mapping(self._grid.sheet.source, 0, 0)
        for at, name in self._words:
            if texts[at]:
                cell = self._cell(row, at)
                _put(words, name, cell, cell)
        return {**fields, WORDS: words} if words else fields

    def short(self, index: int) -> str:
        """Return what a township is called in rankings, its name where no 简称 is given."""
        texts = self._texts[self.rows[index]]
        said = (text for at, name in reversed(self._fields) if name == _SHORT and (text := texts[at]))
        return next(said, self.names[index])

    def called(self, index: int) -> tuple[str, str]:
        """Return what a list may call a township: by its name or its 简称."""
        return self.names[index], self.short(index)

    def place(self, index: int) -> Position:
        """Return the place of a township's name."""
        return self.place_at(index, self._org)

    @cached_property
    def _order(self) -> list[int]:
        """Where the townships stand among the rows whose figures were read."""
        at = {line.row: line.at for line in self._lines}
        return [at[row] for row in self.rows]

    def amounts(self, column: int) -> tuple[list[Number | None], dict[int, str]]:
        """Return the numbers of a column of figures in the declared unit, by township, and the texts of the others.

        What is no number alone, 约500 or 1**, has a text and no number.
        """
        numbers, order = self._numbers_at[column], self._order
        found = numbers if order == [*range(len(numbers))] else [*map(numbers.__getitem__, order)]
        missing = [index for index, one in enumerate(found) if one is None] if has_gaps(found) else []
        texts = {index: self._texts[self.rows[index]][column] for index in missing}
        return found, {index: text for index, text in texts.items() if text}

    def place_at(self, index: int, column: int) -> Position:
        """Return the cell of a township in a column."""
        row = self.rows[index]
        return self._grid.place(*self._spots.get((row, column), (row, column)))

    def problems_of(self, index: int) -> Sequence[Diagnostic]:
        """Return what keeps a row from being one township's, and its cells that are no figures, each at its cell."""
        return self._bad.get(self.rows[index], ())

    def refuse_bad_cells(self, index: int) -> None:
        """Refuse a row that cannot be used. Raises :class:`HealthReportError`."""
        if problems := self.problems_of(index):
            raise HealthReportError(problems)

    def _cell(self, row: int, column: int) -> Cell:
        """Return a cell with the text it goes on with."""
        cell = self._grid.cell(*self._spots.get((row, column), (row, column)))
        cell.value = self._texts[row][column]
        return cell

    def _tree(self, index: int) -> Mapping:
        """Return a row as the tree its own file would be."""
        source = self._grid.sheet.source
        tree, indicators = Mapping(source, 0, 0), Mapping(source, 0, 0)
        for field, said in self.fields(index).items():
            _put(tree, field, said, next(iter(said.keys_at.values())) if isinstance(said, Mapping) else said)
        row = self.rows[index]
        for column in self.columns:
            if self._texts[row][column.at] or column.key == PARTS:
                self._put_figure(indicators, column, self._cell(row, column.at))
        if indicators:
            _put(tree, INDICATORS, indicators, next(iter(indicators.keys_at.values())))
        return tree

    @staticmethod
    def _put_figure(indicators: Mapping, column: Column, cell: Cell) -> None:
        one = indicators.setdefault(column.indicator, Mapping(cell.source, 0, 0))
        indicators.keys_at.setdefault(column.indicator, cell)
        assert isinstance(one, Mapping)
        if column.key == PARTS:
            parts = one.setdefault(PARTS, Mapping(cell.source, 0, 0))
            one.keys_at.setdefault(PARTS, cell)
            assert isinstance(parts, Mapping)
            parts.keys_at[column.part] = cell
            if cell.value:  # the sum lacks a part that is empty
                parts[column.part] = cell
        else:
            _put(one, column.key, cell, cell)


def _put(mapping: Mapping, key: str, value: Node, at: Cell | Node) -> None:
    mapping[key] = value
    mapping.keys_at[key] = at  # type: ignore[assignment]


def read(
    sheet: Sheet, base: Mapping, *, header_row: int = 0, ignore_columns: bool = False, words: Words | None = None
) -> Townships:
    """Read the townships of a sheet; ``header_row`` counts from 1, 0 searches.

    Raises :class:`HealthReportError` for a sheet that cannot be understood. What concerns one township only
    fails when its row is used.
    """
    headings = _headings(base, words or packaged_words())
    understood = understanding.understand(
        sheet, headings, periods.document_of(base), header_row=header_row, ignore_columns=ignore_columns
    )
    gathered = gathering.gather(understood, headings, _names_of_county(base))
    return Townships(understood, gathered, [*remarks.of(understood, gathered, headings)])


def choose(
    sheets: Sequence[Sheet], base: Mapping, named: str = "", words: Words | None = None, way: str = _OPTION
) -> Sheet:
    """Return the sheet with the table: the one that is named, or the only one shown whose header names indicators.

    Raises :class:`HealthReportError` where there are two, listing them; ``way`` is how its ``sheet`` is named.
    """
    if named:
        return _named(sheets, named)
    filled = [sheet for sheet in sheets if sheet.texts]
    shown = [sheet for sheet in filled if sheet.visible]
    if len(filled) == 1:
        return filled[0]
    headings = _headings(base, words or packaged_words())
    fitting = [sheet for sheet in shown if understanding.has_header(sheet, headings)]
    if len(fitting) > 1:
        listed = plain.listed([f"“{sheet.name}”" for sheet in fitting], _LISTED, "张")
        message = f"有{len(fitting)}张工作表都像要读的表：{listed}。"
        hint = f"请指明一张，例如 {way.format(sheet=fitting[0].name)}。"
        raise error("several-sheets", message, fitting[1].position(), hint=hint)
    return next(iter(fitting or shown or filled))


def _named(sheets: Sequence[Sheet], named: str) -> Sheet:
    found = next((sheet for sheet in sheets if sheet.name == named), None)
    if found is None:
        listed = "、".join(sheet.name for sheet in sheets)
        place = sheets[0].position()._replace(sheet="", cell="", line=0)
        raise error("unknown-sheet", f"没有工作表“{named}”。", place, hint=f"可选：{listed}。")
    return found


def _headings(base: Mapping, words: Words) -> Headings:
    known = declared.of(indicators_of(base))
    texts = names_of(base)
    headed: dict[str, str] = {}
    for name in texts:
        if (first := headed.setdefault(plain.heading(name), name)) != name:
            place = base[WORDS].keys_at[name].position()  # type: ignore[union-attr]
            message = f"“文字”里的“{name}”和“{first}”在表头里分不开。"
            raise error("one-heading", message, place, hint="请给一个换个名称。")
    return Headings(words, known, frozenset(FIELDS) - {ORG}, frozenset(texts))


def _names_of_county(base: Mapping) -> tuple[str, ...]:
    """Return what the base says of itself: a row of that name is the county's own."""
    return tuple(node.value for key in ("单位", "上级") if isinstance(node := base.get(key), Scalar))


@lru_cache(maxsize=1)
def packaged_words() -> Words:
    """Return the words of sheets, the packaged ones and those in ``./templates``."""
    return Resources().sheet_words
