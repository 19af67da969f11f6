"""The empty sheet that townships fill in: a column for each indicator that is not computed."""

from __future__ import annotations

import csv
import datetime
import io
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Position, error
from healthreport.disk.read import reason
from healthreport.disk.write import write_new
from healthreport.reading import inherit
from healthreport.reading.differences import indicators_of
from healthreport.reading.yaml.nodes import Mapping, Scalar
from healthreport.townships import names
from healthreport.townships.rows import ORG
from healthreport.values.scalars import defused

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.reading.reader import Reader

_WIDTH_PER_CHARACTER = 2.2
_FIRST_DATE = datetime.datetime(1980, 1, 1)


class Heading(NamedTuple):
    """A column to fill in: its name, its unit, what it means."""

    name: str
    unit: str
    note: str

    @property
    def title(self) -> str:
        """The heading as printed: 农村改厕（座）."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name


def write(target: Path, base: Path, towns: Path | None, reader: Reader, root: Path | None) -> None:
    """Write the empty sheet of a base, with the townships' names if given.

    Raises :class:`HealthReportError`; an existing file is never overwritten.
    """
    headings = _headings(inherit.base(base, reader, root).definitions)
    if not headings:
        raise error(
            "no-indicators", "这份报告没有要填的指标。", Position(str(base)), hint="请在“指标”里写上名称和单位。"
        )
    listed = [one.name for one in names.read(towns, reader)] if towns else []
    if target.suffix not in (".xlsx", ".csv"):
        raise error("bad-output", "空表只能写成 .xlsx 或 .csv。", Position(str(target)), hint="例如 乡镇.xlsx。")
    data = _xlsx(headings, listed) if target.suffix == ".xlsx" else _csv(headings, listed)
    try:
        write_new(target, data)
    except FileExistsError:
        raise error("exists", "文件已经存在，没有覆盖。", Position(str(target)), hint="请换一个文件名。") from None
    except OSError as wrong:
        message = f"写不了文件：{reason(wrong)}。"
        raise error("unwritable", message, Position(str(target)), hint="请换个位置。") from None


def _headings(common: Mapping) -> list[Heading]:
    indicators = indicators_of(common)
    return [
        Heading(name, _text(one, "单位"), _text(one, "说明"))
        for name in indicators.keys_at
        for one in [indicators.get(name)]
        if not (isinstance(one, Mapping) and ("公式" in one or "分项" in one or inherit.is_shared(one)))
    ]


def _text(one: object, key: str) -> str:
    value = one.get(key) if isinstance(one, Mapping) else None
    return value.value if isinstance(value, Scalar) else ""


def _csv(headings: list[Heading], listed: list[str]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([ORG, *(defused(heading.title) for heading in headings)])
    writer.writerows([defused(name), *("" for _ in headings)] for name in listed)
    return out.getvalue().encode("utf-8-sig")  # Excel takes a csv without BOM for GBK


def _xlsx(headings: list[Heading], listed: list[str]) -> bytes:
    """Write the sheet with units in the header, notes on cells, and number validation."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _FIRST_DATE})
        sheet = book.add_worksheet("填报")
        head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
        cell = book.add_format({"border": 1})
        last = max(len(listed), 1) + 200
        sheet.set_column(0, 0, 24)
        sheet.write_string(0, 0, ORG, head)
        for column, heading in enumerate(headings, 1):
            sheet.write_string(0, column, heading.title, head)
            sheet.set_column(column, column, max(10.0, len(heading.title) * _WIDTH_PER_CHARACTER))
            if heading.note:
                sheet.write_comment(0, column, heading.note)
        sheet.data_validation(
            1, 1, last, len(headings),
            {
                "validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
                "error_title": "请填数", "error_message": "这里只填数，不写单位；没有的空着。",
            },
        )  # fmt: skip
        for row, name in enumerate(listed, 1):
            sheet.write_string(row, 0, name, cell)
            for column in range(1, len(headings) + 1):
                sheet.write_blank(row, column, None, cell)
        sheet.freeze_panes(1, 1)
    return out.getvalue()
