"""``rollup -o 汇总.xlsx``: townships down, indicators across, the total below; how figures come about as formulas.

Every formula has its value stored beside it, so that who does not compute sees it too.
"""

from __future__ import annotations

import io
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from healthreport.jobs.new.indicator_sheet import FIRST_DATE
from healthreport.jobs.rollup import town_rows
from healthreport.jobs.rollup.formulas import Formulas
from healthreport.jobs.rollup.texts import SHORT, TOTAL, has_short
from healthreport.townships import rolled_gaps
from healthreport.townships.pool import has_gaps
from healthreport.townships.rolled_up import RANK, written
from healthreport.townships.rows import ORG
from healthreport.values.width import width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from healthreport.townships.pool import Amount
    from healthreport.townships.rolled_up import Column, RolledUp

    # What gives the formula of a township's cell in a row, counted from 1.
    FormulaOf = Callable[[int], str | None]

_EXACT_DIGITS, _TOO_LARGE = 15, 1_000_000_000_000_000
_NARROWEST, _WIDEST = 9, 30
_FIRST = 2  # the header has two rows


class _Looks(NamedTuple):
    """The formats of a workbook; ``numbers`` are made when first asked for, by number format and weight."""

    book: Workbook
    head: Format
    text: Format
    bold: Format
    numbers: dict[tuple[str, bool], Format]

    def number(self, shown: str, *, bold: bool = False) -> Format:
        """Return the format of numbers that are shown so."""
        if (shown, bold) not in self.numbers:
            look = {"border": 1, "num_format": shown, "bold": bold}
            self.numbers[shown, bold] = self.book.add_format(look)
        return self.numbers[shown, bold]


def xlsx(rolled_up: RolledUp) -> bytes:
    """Return the workbook."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": FIRST_DATE})
        centred = {"align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#D9D9D9"}
        plain, bold = {"border": 1}, {"border": 1, "bold": True}
        head, text, strong = (book.add_format(one) for one in ({**bold, **centred}, plain, bold))
        looks = _Looks(book, head, text, strong, {})
        formulas = _formulas(rolled_up)
        _write(book.add_worksheet("汇总"), rolled_up, formulas, looks)
    return town_rows.put(out.getvalue(), _FIRST + 1, partial(_cells, rolled_up, formulas))


def _formulas(rolled_up: RolledUp) -> Formulas:
    from xlsxwriter.utility import xl_col_to_name

    columns = rolled_up.columns
    letters = {(one.indicator, one.key): xl_col_to_name(at) for at, one in enumerate(columns, _left(rolled_up))}
    inexact = frozenset((one.indicator, one.key) for one in columns if not all(map(_is_exact, one.figures)))
    return Formulas(rolled_up, letters, _FIRST + 1, inexact)


def _left(rolled_up: RolledUp) -> int:
    """Return the first column of figures."""
    return 2 if has_short(rolled_up) else 1


def _write(sheet: Worksheet, rolled_up: RolledUp, formulas: Formulas, looks: _Looks) -> None:
    """Write all but the townships' rows, of which the first stands there empty, as all of them look."""
    towns, columns, left = rolled_up.towns, rolled_up.columns, _left(rolled_up)
    _names(sheet, rolled_up, looks)
    _heads(sheet, rolled_up, left, looks.head)
    for at, column in enumerate(columns, left):
        _total(sheet, at, column, formulas, looks)
    last = _FIRST + len(towns)
    for line, gap in enumerate(rolled_gaps.of(rolled_up), last + 1):
        sheet.write_string(line, 0, f"注：{gap}")
    sheet.freeze_panes(_FIRST, left)
    sheet.autofilter(_FIRST - 1, 0, last - 1, left + len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, _FIRST - 1)


def _names(sheet: Worksheet, rolled_up: RolledUp, looks: _Looks) -> None:
    """Write the heads of the names, and of what the townships are called for short."""
    for at, (head, names) in enumerate(_named(rolled_up)):
        sheet.merge_range(0, at, _FIRST - 1, at, head, looks.head)
        sheet.set_column(at, at, min(2 * max(map(width, [head, *names])) + 2, _WIDEST))
        sheet.write_blank(_FIRST, at, None, looks.text)
        sheet.write_string(_FIRST + len(names), at, "" if at else TOTAL, looks.bold)


def _named(rolled_up: RolledUp) -> list[tuple[str, list[str]]]:
    """Return the columns of names, each with its head."""
    named = [(ORG, [town.name for town in rolled_up.towns])]
    return [*named, (SHORT, [town.short for town in rolled_up.towns])] if has_short(rolled_up) else named


def _heads(sheet: Worksheet, rolled_up: RolledUp, left: int, look: Format) -> None:
    """Write the indicators over what there is of each: a column of one alone has one heading."""
    indicators = rolled_up.built.report.indicators
    for name, group in groupby(enumerate(rolled_up.columns, left), key=lambda pair: pair[1].indicator):
        members = [*group]
        (first, _), (last, _) = members[0], members[-1]
        heading = f"{name}（{indicators[name].unit}）" if indicators[name].unit else name
        bottom = _FIRST - 1 if first == last else 0
        if (first, bottom) != (last, 0):
            sheet.merge_range(0, first, bottom, last, heading, look)
        else:
            sheet.write_string(0, first, heading, look)
        for at, column in members:
            if first != last:
                sheet.write_string(_FIRST - 1, at, column.part or column.key, look)
            wanted = 2 * width(heading) / len(members) + 2
            sheet.set_column(at, at, min(max(wanted, _NARROWEST), _WIDEST))


def _total(sheet: Worksheet, at: int, column: Column, formulas: Formulas, looks: _Looks) -> None:
    """Write what the figures of a column come to, with the formula it comes about by, and how the figures look."""
    shown = _number_format(column)
    sheet.write_blank(_FIRST, at, None, looks.number(shown))
    below = _FIRST + len(column.figures)
    if column.total is None:
        _text(sheet, below, at, column.said, looks.bold)
    elif formula := formulas.of_total(column):
        sheet.write_formula(below, at, f"={formula}", looks.number(shown, bold=True), _stored(column, column.total))
    else:
        sheet.write_number(below, at, _stored(column, column.total), looks.number(shown, bold=True))


def _cells(rolled_up: RolledUp, formulas: Formulas, heads: list[str], of_texts: list[str]) -> Iterator[Iterable[str]]:
    """Yield the cells of the townships, column by column."""
    names = _named(rolled_up)
    for head, (_, towns) in zip(heads, names, strict=False):
        yield map(partial(town_rows.text, head), towns)
    left = len(names)
    for column, head, of_text in zip(rolled_up.columns, heads[left:], of_texts[left:], strict=True):
        yield _figures(column, formulas, head, of_text)


def _figures(column: Column, formulas: Formulas, head: str, of_text: str) -> Iterable[str]:
    """Return the cells of a column's figures, with the formulas they come about by."""
    formula_of = formulas.of_row(column)
    is_exact = (column.indicator, column.key) not in formulas.inexact
    figures = [] if has_gaps(column.figures) else [one for one in column.figures if one is not None]
    if figures and is_exact and column.unit != "%" and formula_of(_FIRST + 1) is None:
        return town_rows.numbers(head, figures)
    return _one_by_one(column, formula_of, head, of_text)


def _one_by_one(column: Column, formula_of: FormulaOf, head: str, of_text: str) -> Iterator[str]:
    for line, one in enumerate(column.figures, _FIRST):
        if one is None:
            yield town_rows.text(of_text, column.texts.get(line - _FIRST, ""))
        elif not _is_exact(one):
            yield town_rows.text(of_text, written(one, column.unit))
        elif formula := formula_of(line + 1):
            yield town_rows.formula(head, formula, _stored(column, one))
        else:
            yield from town_rows.numbers(head, [_stored(column, one)])


def _text(sheet: Worksheet, line: int, at: int, text: str, look: Format) -> None:
    if text:
        sheet.write_string(line, at, text, look)
    else:
        sheet.write_blank(line, at, None, look)


def _stored(column: Column, amount: Amount) -> int | float:
    """Return a number as a cell holds it: 0.92 of 92 %."""
    number = Fraction(amount) / 100 if column.unit == "%" else amount
    whole = int(number)
    return whole if whole == number else float(number)


def _number_format(column: Column) -> str:
    if column.key == RANK:
        return "0"
    decimals = f".{'0' * column.digits}" if column.digits else ""
    return f"0{decimals}%" if column.unit == "%" else f"0{decimals}"


def _is_exact(amount: Amount | None) -> bool:
    """Say whether a workbook keeps a figure, which has at most 15 digits there; one without end it rounds."""
    if isinstance(amount, int):
        return abs(amount) < _TOO_LARGE
    digits = f"{abs(amount)}".replace(".", "") if isinstance(amount, Decimal) else ""
    return len(digits) <= _EXACT_DIGITS
