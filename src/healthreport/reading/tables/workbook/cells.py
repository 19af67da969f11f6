"""What a cell says, as somebody would type it: ``1059``, ``62.2``, ``92.5%``, ``2022-12-30``, ``08:30:00``."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from sys import intern
from typing import NamedTuple

from healthreport.reading.yaml.encodings import BLANKS, CONTROL
from healthreport.values.scalars import read_number

_DAY = 86400
_LAST_DAY = 2_958_465  # 9999-12-31
_BETWEEN_SYSTEMS = 1462  # days from 1900 to 1904, as Excel counts them
_FALSE_LEAP_DAY = 60  # Excel has a 29 February 1900
_WIDTHS = {" ": 1, "\xa0": 1, "\u3000": 2, "\t": 4, "": 0}
_NUMBER_LIKE = re.compile(r"[-+−－＋]?[\d,，.．\s]*\d[\d,，.．\s]*[%％]?")


class Text(NamedTuple):
    """A text of a cell: its value, what was wrong with it, whether it reads as a number, and the blanks before it."""

    value: str
    wrong: str = ""
    is_number: bool = False
    indent: int = 0


def text(written: str) -> Text:
    """Read a text: without blanks at its ends or characters no document can hold."""
    value, wrong = clean(written)
    return Text(value, wrong, _is_number(value), indent(written))


def indent(written: str) -> int:
    """Return how far a text is set in by blanks, in half-width ones; a single one is a slip of the hand."""
    if written[:1] not in _WIDTHS:
        return 0
    before = written[: len(written) - len(written.lstrip(BLANKS))]
    width = sum(_WIDTHS.get(blank, 0) for blank in before.rpartition("\n")[2])
    return width if width > 1 and len(before) < len(written) else 0


def clean(written: str) -> tuple[str, str]:
    """Return a text without blanks at its ends or characters no document can hold, and what was wrong.

    Townships' numbers repeat, so equal texts share one string.
    """
    if written.isascii() and written.isalnum():
        return intern(written), ""
    written = written.replace("\r\n", "\n").replace("\r", "\n")
    bad = CONTROL.search(written)
    if bad:
        return CONTROL.sub("\ufffd", written).strip(BLANKS), f"文字中有看不见的控制字符（U+{ord(bad[0]):04X}）"
    return intern(written.strip(BLANKS)), ""


def _is_number(value: str) -> bool:
    if not _NUMBER_LIKE.fullmatch(value):
        return False
    try:
        read_number(value.rstrip("%％"))
    except ValueError:
        return False
    return True


def number(value: float, percent: int | None = None) -> str:
    """Write a number, a fraction in the 15 digits Excel keeps: 62.2, not 62.200000000000003.

    ``percent`` is how many decimals are shown before the ``%``.
    """
    if not math.isfinite(value):
        raise ValueError("infinite")
    shown = (value if percent is None else value * 100) + 0
    written = f"{shown:.15g}"
    if "e" in written:
        written = f"{Decimal(repr(shown) if shown == int(shown) else written).normalize():f}"
    if percent is None:
        return written
    whole, _, fraction = written.partition(".")
    fraction = fraction.ljust(percent, "0")
    return f"{whole}.{fraction}%" if fraction else f"{whole}%"


def boolean(*, value: bool) -> str:
    """Write what is true or false."""
    return "是" if value else "否"


def moment(serial: float, *, since_1904: bool) -> str:
    """Write the day that a number is, its time where it has one, a time alone below 1; nothing where there is none."""
    last = _LAST_DAY - _BETWEEN_SYSTEMS * since_1904
    seconds = round(serial * _DAY) if 0 <= serial < last + 1 else -1
    days, rest = divmod(seconds, _DAY)
    if not 0 <= days <= last:
        return ""
    if not days:
        return clock(rest)
    start = datetime.date(1904, 1, 1) if since_1904 else datetime.date(1899, 12, 30 + (days < _FALSE_LEAP_DAY))
    day = (start + datetime.timedelta(days)).isoformat()
    return f"{day} {clock(rest)}" if rest else day


def elapsed(days: float) -> str:
    """Write how long something takes in hours, minutes and seconds: 1.5 → ``36:00:00``; nothing below 0."""
    return clock(round(days * _DAY)) if 0 <= days <= _LAST_DAY else ""


def clock(seconds: int) -> str:
    """Write a time, or how long something takes: ``08:30:00``."""
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def iso_moment(written: str) -> str:
    """Write a day that stands in ISO 8601, ``2022-12-30T00:00:00``, as :func:`moment` does.

    Raises :class:`ValueError` where it is none.
    """
    day = datetime.datetime.fromisoformat(written)
    seconds = datetime.timedelta(hours=day.hour, minutes=day.minute, seconds=day.second).seconds
    return f"{day.date().isoformat()} {clock(seconds)}" if seconds else day.date().isoformat()
