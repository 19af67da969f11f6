"""A report without what is left out: its texts without clauses, and without what stood for nothing else."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from healthreport.model.blocks import IndicatorTableBlock, Items, Parts, Points, TownshipTableBlock
from healthreport.model.indicator_tables import IndicatorTable, Listed
from healthreport.model.sections import Attachment, Section
from healthreport.model.tables import TableData
from healthreport.model.validating.text import Text
from healthreport.model.validating.types import Model

if TYPE_CHECKING:
    from healthreport.figures.openings import Openings
    from healthreport.model.build import Built
    from healthreport.model.tables import CellData
    from healthreport.model.validating.clauses import Clause


def pruned(built: Built, left: Openings) -> Built:
    """Return a report without the clauses and the rows that are open; without any it is itself."""
    if not left.clauses and not left.tables:
        return built
    pruner = _Pruner(built, left)
    report = pruner.value(built.report)
    return built._replace(
        report=report,
        texts=tuple(pruner.texts),
        tables=tuple(pruner.tables),
        left_out=frozenset(left.clauses),
        emptied=frozenset(pruner.emptied),
    )


class _Pruner:
    """Makes what is left of a report; what nothing is left of is ``None``."""

    def __init__(self, built: Built, left: Openings) -> None:
        self.texts = [*built.texts]
        self.tables = [*built.tables]
        self.emptied = {("table", n) for n, groups in left.tables.items() if not groups}
        clauses: dict[int, list[Clause]] = defaultdict(list)
        for n, clause in left.clauses:
            clauses[n].append(clause)
        for n, gone in clauses.items():
            self.texts[n] = built.texts[n].without(gone)
        for n, groups in left.tables.items():
            table = built.tables[n]
            listed = Listed(groups, table.listed.node)
            listed.n = n
            self.tables[n] = table.model_copy(update={"listed": listed})

    def value(self, value: Any) -> Any:
        """Return what is left of a value of the report; what has lost nothing is itself."""
        if isinstance(value, Text):
            return self._text_or_gap(value)
        if type(value) is tuple:
            left = tuple([one for item in value if (one := self.value(item)) is not None])
            return value if _same(left, value) else left
        return self._model(value) if isinstance(value, Model) else value

    def _text_or_gap(self, text: Text) -> Text | None:
        """Return what is left of a text; where that is nothing, the report is built otherwise."""
        left = self._text(text)
        if left is None:
            self.emptied.add(("text", text.n))
        return left

    def _text(self, text: Text) -> Text | None:
        lines = text.lines
        if not _same(lines, (text,)):
            left_lines = tuple([line for line in map(self._text_or_gap, lines) if line is not None])
            if not _same(left_lines, lines):
                segments = [segment for line in left_lines for segment in ("\n", *line.segments)][1:]
                self.texts[text.n] = text.of(tuple(segments))
                self.texts[text.n].lines = left_lines
        left = self.texts[text.n]
        return left if left is text or left.segments else None

    def _model(self, model: Model) -> Any:
        if isinstance(model, IndicatorTable):
            model = self.tables[model.n]
            if ("table", model.n) in self.emptied:
                return None
        changed: dict[str, Any] = {}
        for name, value in model.__dict__.items():
            in_cells = isinstance(model, TableData) and name in ("header", "rows")
            left = self._rows(value) if in_cells else self.value(value)
            if left is not value:
                changed[name] = left
        return _left(model, model.model_copy(update=changed)) if changed else model

    def _rows(self, rows: tuple[tuple[Text | CellData, ...], ...]) -> tuple[tuple[Text | CellData, ...], ...]:
        """Return rows of cells: one that is left without words stays."""
        left = tuple([tuple([self._cell(cell) for cell in row]) for row in rows])
        return rows if all(map(_same, left, rows)) else left

    def _cell(self, cell: Text | CellData) -> Any:
        return self._text(cell) or self.texts[cell.n] if isinstance(cell, Text) else self.value(cell)


def _same(left: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(left) == len(other) and all(one is two for one, two in zip(left, other, strict=True))


def _left(whole: Model, left: Model) -> Model | Text | None:
    """Return what a part of the report comes to that has lost something."""
    if isinstance(left, Points) and not left.points:
        return left.closing  # what led in leads to nothing
    if isinstance(left, Parts):
        return left if left.parts else None
    if isinstance(left, Items):
        return left if left.items else None
    if isinstance(left, IndicatorTableBlock | TownshipTableBlock):
        return left if left.table else None
    if isinstance(left, Section | Attachment):
        return left if _has_body(left) or not _has_body(whole) else None
    return left


def _has_body(part: Model) -> bool:
    return any(getattr(part, name, ()) for name in ("content", "sections", "closing", "todo"))
