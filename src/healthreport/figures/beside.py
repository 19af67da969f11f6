"""The indicators of several reports side by side: a row for each indicator, a column for each report.

Of 白石镇 with 农村改厕 186座 and 柳河镇 with 142座, one of the rows is
``{"指标": "农村改厕", "单位": "座", "白石镇": "186", "柳河镇": "142"}``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.figures.listing import Row

FIXED = ("指标", "单位")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?[万亿]?")


class Report(NamedTuple):
    """A report that is listed: its file, whose it is, and a row for each of its indicators."""

    file: str
    org: str
    rows: tuple[Row, ...]


class Table(NamedTuple):
    """The values of reports side by side; ``names`` are the reports', the heads of the columns behind the first two."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]


def bare(text: str, unit: str) -> str:
    """Return a number without its unit, 186座 → 186; what is more than a number stays as it is: 15%—20%, 约300座."""
    number = text.removesuffix(unit)
    return number if _NUMBER.fullmatch(number) else text


def table(reports: Sequence[Report]) -> Table:
    """Return the values of reports side by side, in the order in which their indicators are first met."""
    names = _names(reports)
    found: dict[str, dict[str, Row]] = {}
    for name, report in zip(names, reports, strict=True):
        for row in report.rows:
            found.setdefault(row["指标"], {})[name] = row
    return Table(names, tuple([_row(name, names, of) for name, of in found.items()]))


def _row(indicator: str, names: Sequence[str], of: dict[str, Row]) -> Row:
    """Return a row; reports that count in other units than one another say theirs in the cell."""
    units = {row["单位"] for row in of.values()}
    unit = units.pop() if len(units) == 1 else ""
    values = {name: bare(row["数值"], unit) if unit else row["数值"] for name, row in of.items()}
    return {"指标": indicator, "单位": unit, **dict.fromkeys(names, ""), **values}


def _names(reports: Sequence[Report]) -> tuple[str, ...]:
    """Return what tells the reports apart in few words: whose they are, else what their files are called."""
    orgs = tuple(report.org for report in reports)
    files = tuple(report.file for report in reports)
    stems = tuple(re.sub(r"^.*[/\\]|\.[^./\\]*$", "", file) for file in files)
    taken = {"", *FIXED}
    return next((one for one in (orgs, stems) if len({*one} - taken) == len(reports)), files)
