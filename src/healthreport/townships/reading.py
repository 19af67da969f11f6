"""How a sheet was understood, to be told: every column and what it became, every row that is no township."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from healthreport.reading.tables import plain
from healthreport.reading.tables.columns import VALUE, Became, Column
from healthreport.reading.tables.grid import BESIDE, JOINED, SPREAD, TRANSPOSED
from healthreport.reading.tables.words import Kind
from healthreport.reading.tables.workbook import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.tables.understanding import Understood
    from healthreport.townships.gathering import Gathered

_LISTED = 6
_LEFT = (Became.IGNORED.value, Became.PARENT.value, Became.MEASURE.value)
_SHAPES = {
    TRANSPOSED: "指标在行、单位在列",
    BESIDE: "几张表接在一起",
    SPREAD: "一个单位几行，合成一行",
    JOINED: "几张表按单位名称合在一起",
}
_SKIPPED = (
    Kind.TOTAL, Kind.SUBTOTAL, Kind.AVERAGE, Kind.COMPARISON, Kind.DISTRICT, Kind.SECTION,
    Kind.PART, Kind.NOTE, Kind.SIGN_OFF, Kind.HEADER,
)  # fmt: skip


class ColumnRead(NamedTuple):
    """A column, or a row of a transposed sheet: where it is headed, what it became, why, and its first value."""

    place: str
    heading: str
    became: str
    indicator: str
    key: str
    why: str
    conversion: str
    first: str


class RowRead(NamedTuple):
    """A row, or a column of a transposed sheet: where it is, what it is, and its name."""

    place: str
    kind: str
    name: str


class Reading:
    """The understanding of a sheet, from which the short line and the long list are written."""

    def __init__(self, understood: Understood, gathered: Gathered) -> None:
        self._understood = understood
        self._gathered = gathered

    @cached_property
    def columns(self) -> list[ColumnRead]:
        """All columns with a heading or figures."""
        return [self._column(column) for column in self._understood.columns]

    @cached_property
    def rows(self) -> list[RowRead]:
        """All filled rows, as what they were taken for."""
        at = self._understood.names.at
        names, kinds = {town.row: town.name for town in self._gathered.townships}, self._gathered.kinds
        result: list[RowRead] = []
        above = ""
        for row in self._understood.rows:
            kind = kinds[row.row]
            above = names.get(row.row, above)
            name = above if kind is Kind.JOINED else names.get(row.row, " ".join(row.text.split()))
            result.append(RowRead(self._cell(row.row, at), kind.value, name))
        return result

    def _column(self, column: Column) -> ColumnRead:
        texts = [self._gathered.texts[town.row][column.at] for town in self._gathered.townships[:50]]
        moved = self._gathered.spots
        spots = ((town.row, column.at) for town in self._gathered.townships[:50])
        written = [self._understood.grid.texts[row][at] for row, at in (moved.get(spot, spot) for spot in spots)]
        first = next((number for number, text in enumerate(texts) if text), None)
        unit = column.unit if column.became is Became.FIGURE else ""
        conversion = f"×{_times(column)}" if column.ratio != 1 else ""
        shown = "" if first is None else " ".join(texts[first].split("\n"))
        if first is not None and written[first] != texts[first] and column.became is Became.FIGURE and not column.adds:
            shown = f"{' '.join(written[first].split())}→{texts[first]}"
        row = self._understood.heading_row(column.at)
        return ColumnRead(
            self._cell(row, column.at),
            column.heading,
            column.became.value,
            column.indicator,
            column.part or column.key,
            column.why,
            f"{unit}{conversion}" if conversion else "",
            shown,
        )

    def _cell(self, row: int, at: int) -> str:
        return facts.cell_name(*self._understood.grid.spot(row, at))

    def short(self) -> str:
        """Return one line: how many townships, what the columns became, what was skipped, what is hidden."""
        figures = [one for one in self.columns if one.became == Became.FIGURE.value]
        if len(figures) > _LISTED:  # what was converted is among those that are named
            figures.sort(key=lambda one: not one.conversion)
        said = [f"{len(self._gathered.townships)}个单位", _listed([_figure(one) for one in figures])]
        compared = [one.heading for one in self.columns if one.became == Became.COMPARED.value]
        fields = [one.heading for one in self.columns if one.became == Became.FIELD.value]
        said += [_listed(fields)] if fields else []
        said += [f"核对的列：{_listed(compared)}"] if compared else []
        unknown = {column.heading for column in self._understood.columns if column.is_unknown}
        left = [one for one in self.columns if one.became in _LEFT]
        left.sort(key=lambda one: one.heading not in unknown)
        said += [f"没有用的列：{_listed([one.heading or one.place for one in left])}"] if left else []
        said += [self._shape()] if self._shape() else []
        said += [part for part in (self._skipped(), self._no_figures(), self._hidden()) if part]
        return "读表：" + "；".join(said) + "。"

    def _shape(self) -> str:
        return "，".join(_SHAPES[one] for one in self._understood.grid.shape.split(", ") if one)

    def _skipped(self) -> str:
        parts = []
        kinds = {*_SKIPPED} & {*self._gathered.kinds.values()}
        for kind in (kind for kind in _SKIPPED if kind in kinds):
            found = [row for row in self.rows if row.kind == kind.value]
            if found:
                parts.append(
                    f"{kind.value}{_listed([f'“{plain.cut(row.name)}”' if row.name else row.place for row in found])}"
                )
        return f"不是单位的行：{'，'.join(parts)}" if parts else ""

    def _no_figures(self) -> str:
        towns = {town.row for town in self._gathered.townships}
        blanks = {spot: text for spot, text in self._gathered.blanks.items() if spot[0] in towns}
        if not blanks:
            return ""
        words = "".join(f"“{text}”" for text in dict.fromkeys(blanks.values()))
        moved = self._gathered.spots
        cells = _listed([self._cell(*moved.get(spot, spot)) for spot in sorted(blanks)])
        return f"{words}当作没有数（{cells}）"

    def _hidden(self) -> str:
        sheet = self._understood.grid.sheet
        grid = self._understood.grid
        at = self._understood.names.at
        if not sheet.hidden_rows and not sheet.hidden_columns:
            return ""
        rows = [town.name for town in self._gathered.townships if grid.hidden(town.row, at)]
        used = [column for column in self._understood.columns if column.became in (Became.FIGURE, Became.FIELD)]
        columns = [one.heading for one in used if grid.hidden(self._understood.header.top, one.at)]
        said = [f"隐藏的行也读了：{_listed(rows)}"] if rows and len(rows) < len(self._gathered.townships) else []
        said += [f"隐藏的列也读了：{_listed(columns)}"] if columns else []
        return "；".join(said)

    def lines(self) -> Iterator[str]:
        """Yield the whole understanding, a line for each column and each row."""
        sheet = self._understood.grid.sheet
        shape = self._shape() or "单位在行、指标在列"
        named = f"“{sheet.name}”" if sheet.name else ""
        heads = [
            self._head(table.grid.spot(row, table.names.at))
            for table in self._understood.tables.tables
            for row in table.header.rows
        ]
        heads = [*dict.fromkeys(heads)]
        yield f"工作表{named}：{shape}；表头在{_listed(heads)}"
        for line in self._understood.around.lines:
            yield f"表上：{' '.join(line.text.split())}"
        yield "列："
        for one in self.columns:
            what = " ".join(part for part in (one.became, one.indicator, one.key) if part)
            notes = "，".join(part for part in (one.conversion, one.why) if part)
            first = f"，如{one.first}" if one.first else ""
            yield f"  {one.place} “{one.heading}”→ {what}{f'（{notes}）' if notes else ''}{first}"
        yield "行："
        for row in self.rows:
            yield f"  {row.place} {row.kind}{f'：{row.name}' if row.name else ''}"
        yield from filter(None, (self._no_figures(), self._hidden()))

    def _head(self, spot: tuple[int, int]) -> str:
        return f"第{spot[1] + 1}列" if self._understood.grid.shape.startswith(TRANSPOSED) else f"第{spot[0] + 1}行"

    def as_json(self) -> str:
        """Return the whole understanding as JSON."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=2)

    def as_data(self) -> dict[str, Any]:
        """Return the whole understanding as plain values."""
        return {
            "sheet": self._understood.grid.sheet.name,
            "shape": self._understood.grid.shape or "rows",
            "above": [line.text for line in self._understood.around.lines],
            "columns": [one._asdict() for one in self.columns],
            "rows": [row._asdict() for row in self.rows],
            "no_figures": self._no_figures(),
            "hidden": self._hidden(),
        }


def _times(column: Column) -> str:
    ratio = column.ratio
    return f"{ratio.numerator:,}" if ratio.denominator == 1 else f"{ratio.numerator}/{ratio.denominator:,}"


def _figure(one: ColumnRead) -> str:
    key = "" if one.key == VALUE else f".{one.key}"
    notes = "，".join(part for part in (one.conversion, one.why) if part)
    same = one.heading == f"{one.indicator}{key}"
    return f"{one.indicator}{key}{'' if same else f'←“{one.heading}”'}{f'（{notes}）' if notes else ''}"


def _listed(items: list[str]) -> str:
    return plain.listed(items, _LISTED)
