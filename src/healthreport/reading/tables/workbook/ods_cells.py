"""A cell of an ``.ods`` file: its value stands in its attributes, and what a format makes of it in its text.

(OASIS ODF 1.2 Part 1, 19.385 and after)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from healthreport.reading.tables.workbook import cells, formats
from healthreport.reading.tables.workbook.facts import UNCACHED

_SHOWN = re.compile(r"[^\d.%]*(?P<digits>\d[\d,]*(?:\.(?P<decimals>\d+))?)(?:E[-+]\d+)?(?P<unit>\D*)")
_DURATION = re.compile(r"PT(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d*)?S)?")
_SCALES = (3, 4, 6, 8)


class Said(NamedTuple):
    """What a cell says, and what is peculiar about it; see :class:`facts.Grid`."""

    text: str
    error: str = ""
    is_text_number: bool = False
    is_date: bool = False
    unit: str = ""
    scale: int = 0
    indent: int = 0


def read(cell: dict[str, str], shown: str) -> Said | None:
    """Return what a cell says, from its attributes and the text in it; nothing where it is empty."""
    kind, formula = cell.get("office:value-type", ""), cell.get("table:formula", "")
    if cell.get("calcext:value-type") == "error":
        return Said(shown.strip(), shown.strip())
    if formula and not kind:
        return Said("=" + formula.partition("=")[2], UNCACHED)
    if kind in ("float", "percentage", "currency"):
        return _number(float(cell["office:value"]), shown.strip(), is_percent=kind == "percentage")
    if kind == "boolean":
        return Said(cells.boolean(value=cell["office:boolean-value"] == "true"))
    if kind == "date":
        return Said(cells.iso_moment(cell["office:date-value"]), is_date=True)
    if kind == "time":
        return Said(_duration(cell["office:time-value"]), is_date=True)
    if not (kind or shown.strip()):
        return None
    text = cells.text(shown or cell.get("office:string-value", ""))
    return Said(text.value, text.wrong, text.is_number, indent=text.indent)


def _number(value: float, shown: str, *, is_percent: bool) -> Said:
    found = _SHOWN.fullmatch(shown)
    if is_percent:
        return Said(cells.number(value, len(found["decimals"] or "") if found else 0))
    scale = _scale(value, found["digits"], len(found["decimals"] or "")) if found else 0
    return Said(cells.number(value), unit=formats.unit(found["unit"], scale) if found else "", scale=scale)


def _scale(value: float, digits: str, decimals: int) -> int:
    """Return by which power of ten the number shown is smaller than the value: 4 for 693500 shown as 69.4."""
    number = float(digits.replace(",", ""))
    half = float(f"0.501e-{decimals}")  # whichever way a half is rounded

    def is_shown_in(scale: int) -> bool:
        return abs(abs(value) / 10.0**scale - number) < half

    return 0 if not number or is_shown_in(0) else next(filter(is_shown_in, _SCALES), 0)


def _duration(written: str) -> str:
    found = _DURATION.fullmatch(written)
    if not found:
        raise ValueError(written)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return cells.clock(3600 * hours + 60 * minutes + seconds)
