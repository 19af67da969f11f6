"""The figures of a sheet, column by column: numbers to add up and compare, and what cells have to be told of.

A county's sheet has a quarter of a million cells, nearly all of them plain numbers: a column of such is read at
once, and only what is more than digits is looked at cell by cell.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.tables import cells
from healthreport.reading.tables.cells import CellError, Reads
from healthreport.reading.tables.columns import TARGET, Column
from healthreport.values import quantities, scalars
from healthreport.values.units import converted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.reading.tables.declared import Declared
    from healthreport.reading.tables.words import Words

Number = int | Decimal
_DIGITS = re.compile(r"[0-9.,\-]*")
_PERCENT = "%"
_LONGEST_PLAIN = 15
_SAMPLE = 1000  # cells of a column show whether it repeats itself
_ENDS_IN_ZERO = re.compile(r"\.[0-9]*0(?:,|$)")
_SHORT = re.compile(rf"(?:[^,]{{0,{_LONGEST_PLAIN}}}(?:,|$))*+")


class Figures(NamedTuple):
    """A column that was read; all lists and dicts go by the number of the row among those that were asked for.

    ``numbers`` are in the declared unit, ``None`` where a cell is empty or not one number. ``texts`` are those that
    differ from what was written, ``blanks`` what said that there is no figure.
    """

    numbers: list[Number | None]
    texts: dict[int, str]
    blanks: dict[int, str]
    errors: dict[int, CellError]


def read(column: Column, written: Sequence[str], declared: Declared, words: Words, dates: frozenset[int]) -> Figures:
    """Read the cells of a column; ``dates`` are those that a format made dates of."""
    unit = scalars.fold(declared.indicators[column.indicator].unit)
    how = Reads(unit, column.unit or unit, column.ratio, column.key == TARGET, words)
    figures = (None if dates else _at_once(written, how)) or _one_by_one(written, how, dates)
    if unit == _PERCENT and (column.unit or unit) == _PERCENT:
        figures.errors.update(_fractions(written, figures))
    return figures


def _at_once(written: Sequence[str], how: Reads) -> Figures | None:
    """Read a column of plain numbers; ``None`` where any cell is something else."""
    joined = ",".join(written)
    is_short = _SHORT.fullmatch(joined) is not None
    if not is_short and max(map(len, written)) > quantities.LONGEST_NUMBER:
        return None
    numbers = _numbers(written, joined) if _DIGITS.fullmatch(joined) else None
    if numbers is None:
        return None
    texts: dict[int, str] = {}
    if how.ratio != 1:
        return None if not _convert(numbers, texts, how) else Figures(numbers, texts, {}, {})
    if _ENDS_IN_ZERO.search(joined) or not is_short:
        texts = _tidied(written, how)
    return Figures(numbers, texts, {}, {})


def _numbers(written: Sequence[str], joined: str) -> list[Number | None] | None:
    """Read texts of digits, points and signs; ``None`` where one is no number.

    Equal numbers of a column that repeats itself are one: a decimal takes a hundred bytes.
    """
    if len({*written[:_SAMPLE]}) * 2 < min(len(written), _SAMPLE) and len(several := {*written}) < len(written):
        each = _each([*several], ",".join(several))
        return each and [*map(dict(zip(several, each, strict=True)).__getitem__, written)]
    return _each(written, joined)


def _each(written: Sequence[str], joined: str) -> list[Number | None] | None:
    """Read texts of digits, points and signs one by one; ``joined`` are they with commas between them."""
    try:
        numbers: list[Number | None] = json.loads(f"[{joined}]", parse_float=Decimal)
    except ValueError:  # what JSON does not know, but we do: 007, .5, an empty cell
        numbers = []
    if len(numbers) == len(written):
        return numbers
    try:
        return [(Decimal(text) if "." in text else int(text)) if text else None for text in written]
    except (ValueError, InvalidOperation):
        return None


def _convert(numbers: list[Number | None], texts: dict[int, str], how: Reads) -> bool:
    """Convert a column of numbers; ``False`` where one has no end."""
    for at, number in enumerate(numbers):
        if number is not None:
            text = converted(Fraction(number) * how.ratio)
            if text is None:
                return False
            texts[at] = text
            numbers[at] = Decimal(text) if "." in text else int(text)
    return True


def _tidied(written: Sequence[str], how: Reads) -> dict[int, str]:
    """Return the numbers that a machine wrote with more digits than they have; a rate's 90.0 beside 92.5 is meant."""
    rate = not how.words.units.adds_up(how.declared)
    if rate and not all(text.endswith(".0") for text in written if text):
        return {at: cells.tidy(text) for at, text in enumerate(written) if len(text) > _LONGEST_PLAIN}
    may = [at for at, text in enumerate(written) if text[-1:] == "0" or len(text) > _LONGEST_PLAIN]
    return {at: tidy for at in may if "." in (text := written[at]) and (tidy := cells.tidy(text)) != text}


def _one_by_one(written: Sequence[str], how: Reads, dates: frozenset[int]) -> Figures:
    found = Figures([], {}, {}, {})
    for at, text in enumerate(written):
        number: Number | None = None
        if text:
            try:
                figure = cells.read(text, how, is_date=at in dates)
            except CellError as wrong:
                found.errors[at] = wrong
            else:
                number = _keep(found, at, text, figure)
        found.numbers.append(number)
    return found


def _keep(found: Figures, at: int, text: str, figure: cells.Figure | None) -> Number | None:
    """Keep what was read of one cell; return its number."""
    if figure is None:
        found.blanks[at] = text
        found.texts[at] = ""
        return None
    if figure.text != text and scalars.fold(text) != figure.text + "%":
        found.texts[at] = figure.text
    if figure.number is None:
        return None
    said = figure.text.replace(",", "")
    return Decimal(said) if "." in said else int(said)


def _fractions(written: Sequence[str], figures: Figures) -> dict[int, CellError]:
    """Find cells of a column of per cent that may be fractions: 0.925 is 92.5% or 0.925%, nobody can know."""
    bare: dict[int, Number] = {
        at: number for at, number in enumerate(figures.numbers) if number is not None and _is_bare(written[at])
    }
    small = [at for at, number in bare.items() if -1 < number < 1 and number]
    if small or (bare and max(bare.values()) <= 1 and any(bare.values())):
        small = [at for at, number in bare.items() if -1 <= number <= 1 and number]
    return {at: cells.fraction_error(written[at]) for at in small}


def _is_bare(text: str) -> bool:
    return not text.endswith(("%", "％", "﹪"))
