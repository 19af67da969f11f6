"""``rollup`` on the terminal: the townships' values, and below them the county's with what it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.jobs.rollup.texts import TOTAL, cells
from healthreport.townships.over import LAST, TARGET, VALUE
from healthreport.townships.rolled_up import COMPLETION, GROWTH, POINTS
from healthreport.townships.rows import ORG

if TYPE_CHECKING:
    from healthreport.figures.listing import Row
    from healthreport.townships.rolled_up import RolledUp

_BELOW = {TARGET: TARGET, COMPLETION: COMPLETION, LAST: LAST, GROWTH: GROWTH, POINTS: GROWTH}


def of(rolled_up: RolledUp) -> tuple[tuple[str, ...], list[Row]]:
    """Return the heads of the columns and the rows."""
    columns = [*zip(rolled_up.columns, cells(rolled_up), strict=True)]
    values = {texts.heading: texts for column, texts in columns if column.key == VALUE}
    rows = [
        {ORG: town.short, **{heading: texts.towns[at] for heading, texts in values.items()}}
        for at, town in enumerate(rolled_up.towns)
    ]
    rows.append({ORG: TOTAL, **{heading: texts.total for heading, texts in values.items()}})
    below: dict[str, Row] = {}
    for column, texts in columns:
        if column.key in _BELOW and texts.heading in values and texts.total:
            row = below.setdefault(_BELOW[column.key], dict.fromkeys((ORG, *values), ""))
            unit = "个百分点" if column.key == POINTS else ""  # those of counts stand in the same row, in %
            row |= {ORG: _BELOW[column.key], texts.heading: f"{texts.total}{unit}"}
    rows += [below[key] for key in dict.fromkeys(_BELOW.values()) if key in below]
    return (ORG, *values), rows
