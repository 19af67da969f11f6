"""``overview -o``: who has sent what, as a table for Excel."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from healthreport.diagnostics import Position, error
from healthreport.disk.read import holds
from healthreport.jobs import protected
from healthreport.jobs.new.indicator_sheet import FIRST_DATE
from healthreport.jobs.overview.looking import State

if TYPE_CHECKING:
    from healthreport.jobs.overview.planning import Plan
    from healthreport.jobs.overview.running import Overview, Row
    from healthreport.reading.reader import Reader

SUFFIX = ".xlsx"
_NAME = "进度表"
_WIDTHS = {"填报单位": 24, "缺哪些": 60, "可不填哪些": 40, "出处": 36}
_USUAL = 8
HEADS = ("填报单位", "情况", "缺", "缺哪些", "待补", "字数", "提醒", "可不填", "可不填哪些", "出处")


def refuse(target: Path) -> None:
    """Raise :class:`HealthReportError` where the sheet cannot be written, before anything is read."""
    if target.suffix.lower() != SUFFIX:
        hint = "例如 -o 进度.xlsx；给别的程序用的，写 --format json。"
        raise error("bad-output", f"{_NAME}只能写成 .xlsx。", Position(str(target)), hint=hint)
    if target.is_dir():
        raise error("bad-output", "这是文件夹。", Position(str(target)), hint="例如 -o 进度.xlsx。")


def refuse_input(target: Path, plan: Plan, reader: Reader) -> None:
    """Raise :class:`HealthReportError` where the sheet would stand in the place of one that was read."""
    read = {reader.real(path) for path in (*plan.used, *(Path(one.place.file) for one in plan.expected[:1]))}
    if reader.real(target) in read:
        message, hint = "各乡镇的数、名单就写在这个文件里，没有覆盖。", "请用 -o 另指定位置。"
        raise error("output-is-input", message, Position(str(target)), hint=hint)


def write(target: Path, overview: Overview, *, force: bool) -> None:
    """Write the table; one that is there is kept as .bak, or refused without ``force``, unless it is the same.

    Raises :class:`HealthReportError`.
    """
    data = _xlsx(overview)
    if holds(target, data):
        return
    if not force:
        protected.spare(target, _NAME)
    protected.put(target, data, _NAME)


def cells(row: Row) -> dict[str, str | int]:
    """Return what stands in the columns; of who sent nothing there is nothing to count."""
    sent = row.sent
    shown: dict[str, str | int] = {**dict.fromkeys(HEADS, ""), "填报单位": row.name, "情况": row.state.value}
    if sent is None:
        return shown
    shown["出处"] = sent.source
    if sent.lacks:
        missing, spared, _ = sent.lacks
        shown |= {"缺": len(missing), "缺哪些": "、".join(missing)}
        shown |= {"可不填": len(spared), "可不填哪些": "、".join(spared)}
    counted = {"待补": sent.todo, "字数": sent.characters, "提醒": sent.findings}
    return shown | {head: number for head, number in counted.items() if number is not None}


def _xlsx(overview: Overview) -> bytes:
    """Return a workbook; rows of townships that are not done stand out."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": FIRST_DATE})
        sheet = book.add_worksheet("进度")
        look = {"border": 1, "valign": "top", "text_wrap": True}
        head = book.add_format({**look, "bold": True, "bg_color": "#D9D9D9"})
        done, open_ = book.add_format(look), book.add_format({**look, "bg_color": "#FFF2CC"})
        for at, name in enumerate(HEADS):
            sheet.set_column(at, at, _WIDTHS.get(name, _USUAL))
            sheet.write_string(0, at, name, head)
        for line, row in enumerate(overview.rows, 1):
            shown = done if row.state is State.COMPLETE else open_
            for at, value in enumerate(cells(row).values()):
                if isinstance(value, int):
                    sheet.write_number(line, at, value, shown)
                elif value:
                    sheet.write_string(line, at, value, shown)
                else:
                    sheet.write_blank(line, at, None, shown)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(overview.rows), len(HEADS) - 1)
    return out.getvalue()
