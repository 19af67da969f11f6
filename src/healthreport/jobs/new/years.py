"""Last year and the year that a report goes over to, and the names that have a year in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import error
from healthreport.reading.yaml.nodes import Scalar
from healthreport.values import scalars

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.reading.inherit import Inherited

_YEAR = "年度"


class Years(NamedTuple):
    """Last year (0: unknown) and the year of the new report."""

    last: int
    new: int

    def shifted(self, text: str) -> str:
        """Move the years of a title or a file name: last year becomes this year, this year the next.

        That of a document's number stays: 清政发〔2022〕3号 is another one than 清政发〔2023〕3号.
        """
        if not self.last:
            return text
        by = self.new - self.last
        pattern = rf"(?<!\d)({self.last}|{self.last + 1})(?!\d|年?[〕\]］】）)]\s?第?\d+\s?号)"
        return re.sub(pattern, lambda match: str(int(match[1]) + by), text)

    @property
    def skipped(self) -> int:
        """How many years lie between last year's report and the new one."""
        return self.new - self.last - 1 if self.last else 0

    def name(self, path: Path) -> str:
        """Return the usual name of the new file: that of last year's with its year moved on, or the year before it."""
        stem = self.shifted(path.stem)
        return f"{stem}.yaml" if stem != path.stem else f"{self.new}{path.stem}.yaml"


def of(report: Inherited, year: int | None) -> Years:
    """Return a report's year and the next, or the one that is given. Raises :class:`HealthReportError`."""
    written = report.tree.get(_YEAR)
    last = _read(written.value) if isinstance(written, Scalar) else 0
    if not (year or last):
        place = report.tree.position()
        raise error("missing-key", "去年的文件没有写“年度”。", place, hint="请用 --year 写明年份。")
    if year and last and year <= last:
        message = f"{last}年的报告生成不了{year}年的：它的数值会成为{year}年的“上年”。"
        raise error("no-later-year", message, report.tree.position(), hint=f"请写 --year {last + 1}，或不写 --year。")
    return Years(last, year or last + 1)


def _read(text: str) -> int:
    """Read a year; 0 where there is none."""
    try:
        return scalars.read_year(text)
    except ValueError:
        return 0
