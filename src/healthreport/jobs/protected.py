"""Tables that people go on working in: one that is there is never written over unasked, and then kept as .bak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Position, error
from healthreport.disk.read import reason
from healthreport.disk.write import keep_copy, write_atomic

if TYPE_CHECKING:
    from pathlib import Path


def spare(target: Path, what: str) -> None:
    """Raise :class:`HealthReportError` where the table, which is called ``what``, is there already."""
    if target.exists():
        hint = "请换一个文件名，或加 --force 覆盖，原来的留作 .bak。"
        raise error("exists", f"{what}已经存在，没有覆盖。", Position(str(target)), hint=hint)


def put(target: Path, data: bytes, what: str) -> None:
    """Write the table; one that is there is kept as .bak. Raises :class:`HealthReportError`."""
    try:
        if target.exists():
            keep_copy(target)
        write_atomic(target, data)
    except OSError as wrong:
        message = f"写不了{what}：{reason(wrong)}。"
        raise error("unwritable", message, Position(str(target)), hint="请关掉打开它的程序，或换个位置。") from None
