"""The indicators of a report, listed with what is derived from them and where each is written."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from healthreport.figures.texts import Figures
from healthreport.values import derivations
from healthreport.values.expression_errors import ExpressionError
from healthreport.values.expressions import Derived, Name
from healthreport.values.quantities import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.model.build import Built

_COMPUTED = ("数值", "目标", "上年", *derivations.COLUMNS)
UNUSED = "未用"
COLUMNS = ("指标", "单位", *_COMPUTED, "公式", "位置", UNUSED)
FILE, ORG = "文件", "填报单位"
OF_SEVERAL = (FILE, ORG, *COLUMNS)
"""The columns where several reports are listed one below the other."""
Row = dict[str, str]


def rows(built: Built) -> tuple[list[Row], Figures]:
    """Return a row for each indicator of a report, and the figures that were computed for them, as for a draft."""
    figures = Figures(built, draft=True)
    return [_row(name, built, figures) for name in built.report.indicators], figures


def _row(name: str, built: Built, figures: Figures) -> Row:
    indicator = built.report.indicators[name]
    place = built.place_of(name)
    at = Name(name, 0, len(name))
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "指标": name,
        "单位": indicator.unit,
        "公式": str(indicator.formula or ""),
        "位置": str(place or ""),
    }
    for what in _COMPUTED:
        with contextlib.suppress(ExpressionError):  # a comparison that cannot be made is left empty
            row[what] = figures.derived(Derived(at, what, None, 0, len(name)), Style())
    return row


def values(built: Built) -> dict[str, str]:
    """Return what the indicators of a report come to, in their units and without them; empty for what is not known."""
    listed, _ = rows(built)
    return {row["指标"]: row["数值"].removesuffix(row["单位"]) for row in listed}


def columns(listed: Sequence[Row], all: Sequence[str] = COLUMNS) -> list[str]:
    """Return the columns of ``all`` that say anything."""
    return [column for column in all if column == "指标" or any(row[column] for row in listed)]
