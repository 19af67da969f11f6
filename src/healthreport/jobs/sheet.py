"""The empty sheet that townships fill in: a column for each figure that their documents need."""

from __future__ import annotations

import csv
import io
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.disk.read import reason
from healthreport.disk.write import write_new
from healthreport.jobs import last_years_sheet, needs
from healthreport.jobs.needs import TARGET, VALUE, Need
from healthreport.jobs.new.indicator_sheet import FIRST_DATE, NUMBERS_ONLY, write_figure
from healthreport.model.own_words import WORDS, names_of
from healthreport.reading import inherit
from healthreport.reading.differences import indicators_of
from healthreport.reading.tables import sheets
from healthreport.townships import names, rows
from healthreport.townships.names import Listed
from healthreport.townships.rows import ORG
from healthreport.values.scalars import defused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from healthreport.diagnostics import Diagnostic
    from healthreport.jobs.last_years_sheet import Texts
    from healthreport.reading.reader import Reader
    from healthreport.reading.yaml.nodes import Mapping

_WIDTH_PER_CHARACTER = 2.2
_SPARE_ROWS = 200
_MOST_COLUMNS = 16_384  # of a sheet of Excel


class Column(NamedTuple):
    """A column to fill in: the indicator, its key, the part it is; ``below`` is its heading under the indicator's.

    A text that townships say themselves is a column too, under the key 文字; one without a key is kept of last year's
    sheet, whatever it is for.
    """

    need: Need
    key: str
    part: str
    below: str
    is_first: bool

    @property
    def heading(self) -> str:
        """The indicator as printed: 农村改厕（座）; or the name of words."""
        return f"{self.need.name}（{self.need.unit}）" if self.need.unit else self.need.name

    @property
    def note(self) -> str:
        """What a clerk is told at the heading."""
        if self.key == TARGET and self.need.target:
            return f"空着就用统一的目标：{self.need.target}。"
        return self.need.note if self.is_first else ""


class Written(NamedTuple):
    """What is to be told of a sheet that was written; ``is_county``: it is for a county's own report."""

    warnings: list[Diagnostic]
    reading: str = ""
    is_county: bool = False


def write(
    target: Path, base: Path, towns: Path | None, last: Path | None, reader: Reader, root: Path | None
) -> Written:
    """Write the empty sheet of a base, with the townships' names and last year's values if given.

    The townships are those of last year's sheet where they are not listed. Raises :class:`HealthReportError`; an
    existing file is never overwritten.
    """
    if target.suffix not in (".xlsx", ".csv"):
        raise error("bad-output", "空表只能写成 .xlsx 或 .csv。", Position(str(target)), hint="例如 乡镇.xlsx。")
    common = inherit.base(base, reader, root)
    asked = needs.of(common)
    columns = columns_of(asked, names_of(common.definitions))
    if not columns:
        hint = "请在“指标”里写上名称和单位，或在“文字”里写上名称。"
        raise error("no-indicators", "这份报告没有要填的指标。", Position(str(base)), hint=hint)
    before = last_years_sheet.read(last, common, reader) if last else None
    listed, told = names.read(towns, reader) if towns else Listed(before.listed if before else ())
    filled = before.fill(listed, asked) if before else last_years_sheet.Filled({}, [])
    data = written(target, columns, [one.name for one in listed], filled.texts, [common.tree])
    _write(target, data)
    return Written([*told, *filled.warnings], before.townships.reading.short() if before else "", common.is_county)


def written(target: Path, columns: list[Column], listed: list[str], filled: Texts, read_by: Iterable[Mapping]) -> bytes:
    """Return a sheet's bytes; it is tried whether all reports that are to read it can.

    Raises :class:`HealthReportError` where one of them cannot.
    """
    if target.suffix == ".xlsx" and len(columns) >= _MOST_COLUMNS:
        message = f"要填的有{len(columns)}列，Excel 的一张表放不下。"
        raise error("too-large", message, Position(str(target)), hint="请把报告分成几份，各写一张表；或写成 .csv。")
    rows_below = [[filled.get((name, one.need.name, one.key), "") for one in columns] for name in listed]
    data = (_xlsx if target.suffix == ".xlsx" else _csv)(columns, listed, rows_below)
    for tree in read_by:
        known = {*indicators_of(tree).keys_at, *names_of(tree)}
        _read_back(data, target, tree, [one for one in columns if one.key and one.need.name in known], listed)
    return data


def columns_of(asked: list[Need], words: Iterable[str]) -> list[Column]:
    """Return the columns of what is asked for, and of the texts that townships say in their own words."""
    return [*(column for need in asked for column in _columns(need)), *map(_of_words, words)]


def _columns(need: Need) -> list[Column]:
    slots = need.slots
    alone = slots == [(VALUE, "")]
    return [
        Column(need, key, part, "" if alone else part or key, is_first=(key, part) == slots[0]) for key, part in slots
    ]


def _of_words(name: str) -> Column:
    note = "本单位自己的话，照印；不写就空着。"
    return Column(Need(name, (WORDS,), note=note), WORDS, "", "", is_first=True)


def _write(target: Path, data: bytes) -> None:
    try:
        write_new(target, data)
    except FileExistsError:
        raise error("exists", "文件已经存在，没有覆盖。", Position(str(target)), hint="请换一个文件名。") from None
    except OSError as wrong:
        message = f"写不了文件：{reason(wrong)}。"
        raise error("unwritable", message, Position(str(target)), hint="请换个位置。") from None


def _read_back(data: bytes, target: Path, tree: Mapping, columns: list[Column], listed: list[str]) -> None:
    """Read what is to be sent out as it will be read when it comes back; refuse it where that is not the same."""
    try:
        townships = rows.read(sheets.read_tables(data, str(target))[0], tree)
    except HealthReportError as wrong:
        raise _unreadable(target, wrong.diagnostics[0].message.rstrip("。")) from None
    read = {(column.indicator, column.key, column.part) for column in townships.columns}
    read |= {(name, WORDS, "") for name in townships.words}
    for column in columns:
        if (column.need.name, column.key, column.part) not in read:
            raise _unreadable(target, f"“{column.need.name}”的“{column.part or column.key}”一列读不准")
    lost = [name for name in listed if name not in townships.names]
    if lost:
        message = f"“{lost[0]}”读表时不会当作单位。"
        raise error("unreadable-sheet", message, Position(str(target)), hint="请在名单里改一个名称。")


def _unreadable(target: Path, why: str) -> HealthReportError:
    hint = "请给指标（或分项）换一个名称，避开“合计”“上年”等表头用语。"
    return error("unreadable-sheet", f"这样的表收上来读不回去：{why}。", Position(str(target)), hint=hint)


def _csv(columns: list[Column], listed: list[str], filled: list[list[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([ORG, *(defused(one.heading) if one.is_first else "" for one in columns)])
    if any(one.below for one in columns):
        writer.writerow(["", *(defused(one.below) for one in columns)])
    writer.writerows([defused(name), *map(defused, texts)] for name, texts in zip(listed, filled, strict=True))
    return out.getvalue().encode("utf-8-sig")  # Excel takes a csv without BOM for GBK


def _xlsx(columns: list[Column], listed: list[str], filled: list[list[str]]) -> bytes:
    """Write the sheet with units in the header, notes on cells, and number validation."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": FIRST_DATE})
        sheet = book.add_worksheet("填报")
        head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
        cell = book.add_format({"border": 1})
        first = _write_heads(sheet, columns, head)
        for row, (name, texts) in enumerate(zip(listed, filled, strict=True), first):
            sheet.write_string(row, 0, name, cell)
            for at, text in enumerate(texts, 1):
                write_figure(sheet, row, at, text, cell)
        last = first + max(len(listed), 1) + _SPARE_ROWS
        for at, column in enumerate(columns, 1):
            if column.key not in (TARGET, WORDS, ""):  # a target may be a bound: ≥95
                sheet.data_validation(first, at, last, at, NUMBERS_ONLY)
        sheet.freeze_panes(first, 1)
    return out.getvalue()


def _write_heads(sheet: Worksheet, columns: list[Column], head: Format) -> int:
    """Write the header, an indicator over what is asked of it; return the first row below."""
    bottom = 1 if any(one.below for one in columns) else 0
    sheet.set_column(0, 0, 24)
    _write_head(sheet, (0, 0, bottom, 0), ORG, head)
    for _, group in groupby(enumerate(columns, 1), key=lambda pair: pair[1].need.name):
        members = [*group]
        (left, column), (right, _) = members[0], members[-1]
        _write_head(sheet, (0, left, 0 if column.below else bottom, right), column.heading, head)
        width = max(10.0, len(column.heading) * _WIDTH_PER_CHARACTER / len(members))
        sheet.set_column(left, right, width)
        for at, one in members:
            if one.below:
                sheet.write_string(1, at, one.below, head)
            if one.note:
                sheet.write_comment(1 if one.below else 0, at, one.note)
    return bottom + 1


def _write_head(sheet: Worksheet, area: tuple[int, int, int, int], text: str, head: Format) -> None:
    """Write a heading over some cells, merged where they are more than one."""
    top, left, bottom, right = area
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", head)
    sheet.write_string(top, left, text, head)
