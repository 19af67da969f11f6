"""``rollup -o 汇总.xlsx``: townships down, indicators across, the total below; how figures come about as formulas.

Every formula has its value stored beside it, so that who does not compute sees it too.
"""

from __future__ import annotations

import io
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from healthreport.jobs.new.indicator_sheet import FIRST_DATE
from healthreport.jobs.rollup.formulas import Formulas
from healthreport.jobs.rollup.texts import SHORT, TOTAL, has_short
from healthreport.townships.rolled_up import RANK, written
from healthreport.townships.rows import ORG
from healthreport.values.width import width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from healthreport.townships.pool import Amount
    from healthreport.townships.rolled_up import Column, RolledUp

_EXACT_DIGITS = 15
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
        _write(book.add_worksheet("汇总"), rolled_up, looks)
    return out.getvalue()


def _write(sheet: Worksheet, rolled_up: RolledUp, looks: _Looks) -> None:
    from xlsxwriter.utility import xl_col_to_name

    towns, columns = rolled_up.towns, rolled_up.columns
    left = 2 if has_short(rolled_up) else 1
    _names(sheet, rolled_up, looks)
    _heads(sheet, rolled_up, left, looks.head)
    letters = {(one.indicator, one.key): xl_col_to_name(at) for at, one in enumerate(columns, left)}
    inexact = frozenset((one.indicator, one.key) for one in columns if not all(map(_is_exact, one.figures)))
    formulas = Formulas(rolled_up, letters, _FIRST + 1, inexact)
    for at, column in enumerate(columns, left):
        _column(sheet, at, column, formulas, looks)
    last = _FIRST + len(towns)
    for line, gap in enumerate(rolled_up.gaps, last + 1):
        sheet.write_string(line, 0, f"注：{gap}")
    sheet.freeze_panes(_FIRST, left)
    sheet.autofilter(_FIRST - 1, 0, last - 1, left + len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, _FIRST - 1)


def _names(sheet: Worksheet, rolled_up: RolledUp, looks: _Looks) -> None:
    """Write the names of the townships, and what they are called for short."""
    towns = rolled_up.towns
    named: list[tuple[str, list[str]]] = [(ORG, [town.name for town in towns])]
    if has_short(rolled_up):
        named.append((SHORT, [town.short for town in towns]))
    for at, (head, names) in enumerate(named):
        sheet.merge_range(0, at, _FIRST - 1, at, head, looks.head)
        sheet.set_column(at, at, min(2 * max(map(width, [head, *names])) + 2, _WIDEST))
        for line, name in enumerate(names, _FIRST):
            sheet.write_string(line, at, name, looks.text)
        sheet.write_string(_FIRST + len(towns), at, "" if at else TOTAL, looks.bold)


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


def _column(sheet: Worksheet, at: int, column: Column, formulas: Formulas, looks: _Looks) -> None:
    """Write the figures of a column and what they come to, with the formulas they come about by."""
    shown = _number_format(column)
    look = looks.number(shown)
    formula_of = formulas.of_row(column)
    for line, one in enumerate(column.figures, _FIRST):
        formula = None if one is None else formula_of(line + 1)
        if one is None:
            _text(sheet, line, at, column.texts.get(line - _FIRST, ""), looks.text)
        elif not _is_exact(one):
            sheet.write_string(line, at, written(one, column.unit), looks.text)
        elif formula:
            sheet.write_formula(line, at, f"={formula}", look, _stored(column, one))
        else:
            sheet.write_number(line, at, _stored(column, one), look)
    below = _FIRST + len(column.figures)
    if column.total is None:
        _text(sheet, below, at, column.said, looks.bold)
    elif formula := formulas.of_total(column):
        sheet.write_formula(below, at, f"={formula}", looks.number(shown, bold=True), _stored(column, column.total))
    else:
        sheet.write_number(below, at, _stored(column, column.total), looks.number(shown, bold=True))


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
    digits = f"{abs(amount)}".replace(".", "") if isinstance(amount, int | Decimal) else ""
    return len(digits) <= _EXACT_DIGITS
