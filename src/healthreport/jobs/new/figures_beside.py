"""The figures of a skeleton in a sheet beside it: what a row can say stands there, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.jobs.new import indicator_sheet
from healthreport.reading.indicator_files import GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.jobs.new.sections import Named, SectionIndicator

SHEET = "指标.xlsx"
_COLUMNS = ("单位", "数值", "目标", "上年", "说明")


def name_for(report: Path) -> str:
    """Return what the sheet beside a report is called: after the report where another one has the usual name."""
    return f"{report.stem}{SHEET}" if report.with_name(SHEET).exists() else SHEET


def write(chosen: Iterable[Named], level: str) -> bytes:
    """Return the sheet of some standard sections, a row for each figure they have to be given; empty without any."""
    rows: dict[str, dict[str, str]] = {}
    examples: dict[str, str] = {}
    for named in chosen:
        for name, item in named.section.indicators_at(level).items():
            if name not in rows and is_in_sheet(item):
                group = {GROUP: named.name}
                rows[name] = {**group, **dict.fromkeys(_COLUMNS, ""), "单位": item.unit}
                examples |= {name: item.target} if item.target else {}
    units = {name: row["单位"] for name, row in rows.items()}
    return indicator_sheet.write(rows, units, Path(SHEET).suffix, examples) if rows else b""


def is_in_sheet(item: SectionIndicator) -> bool:
    """Say whether an indicator's figures are filled in in the sheet; one that is computed is none of them."""
    return item.formula is None
