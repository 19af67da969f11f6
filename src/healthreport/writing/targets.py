"""Writing documents: whole or not at all, and never over somebody's edits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Position
from healthreport.disk.read import reason
from healthreport.disk.write import keep_copy, write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.writing.docx.package import Stamp
    from healthreport.writing.writers import Writer


class Written(NamedTuple):
    """What became of one output: written, or refused because somebody edited it, or neither."""

    written: bool
    refused: bool = False
    problem: Diagnostic | None = None


def write(target: Path, data: bytes, writer: Writer, *, force: bool, durable: bool) -> Written:
    """Write one document; what another program saved is refused, or kept as ``.bak``, where the format is protected."""
    try:
        if writer.stamp and os.path.exists(target) and not writer.stamp(target).untouched:
            if not force:
                return Written(written=False, refused=True, problem=_edited(target))
            keep_copy(target)  # not renamed: should the new file not get written, the old one stays
            durable = True
        write_atomic(target, data, durable=durable)
    except OSError as wrong:
        hint = "如果文件正开着，请先在 Word 中关闭；也可用 -o 换个位置。"
        problem = Diagnostic("unwritable", f"写不了文件：{reason(wrong)}。", Position(str(target)), hint=hint)
        return Written(written=False, problem=problem)
    return Written(written=True)


def is_current(target: Path, digest: str, writer: Writer) -> bool:
    """Say whether the file stands there, made from inputs of this digest and not edited since."""
    stamp = stamp_of(target, writer)
    return stamp is not None and stamp.untouched and stamp.digest == digest


def stamp_of(target: Path, writer: Writer) -> Stamp | None:
    """Return what a file says of itself, if it is there, can be read and its format says something.

    What a file of another program's says has no digest.
    """
    if not writer.stamp or not os.path.exists(target):
        return None
    try:
        return writer.stamp(target)
    except OSError:
        return None


def _edited(target: Path) -> Diagnostic:
    return Diagnostic(
        "edited",
        "这个文件在生成之后被别的程序保存过（或不是本程序生成的），没有覆盖。",
        Position(str(target)),
        hint="请用 -o 另存；确要覆盖请加 --force，原文件会留作 .bak。",
    )
