"""Documents that Word and WPS wrote before ``.docx``, and others that LibreOffice reads, made ``.docx``."""

from __future__ import annotations

from healthreport.diagnostics import Position, error
from healthreport.disk import office

SUFFIXES = (".doc", ".wps", ".rtf", ".odt")
_BY_HAND = "请在 Word 或 WPS 中打开，另存为 .docx，再导入。"


def to_docx(data: bytes, file: str, suffix: str) -> bytes:
    """Return a document as ``.docx``, given what it is (``.doc``). Raises :class:`HealthReportError`."""
    program = office.program()
    place = Position(file)
    if program is None:
        hint = f"{_BY_HAND}装了 LibreOffice 的电脑上可以直接导入。"
        raise error("no-office", f"读 {suffix} 文件要先转换，这台电脑上没有 LibreOffice。", place, hint=hint)
    try:
        return office.to_docx(data, suffix, program)
    except TimeoutError:
        message = f"LibreOffice 转换这个文件超过{office.SECONDS}秒，已停止。"
        raise error("not-converted", message, place, hint=_BY_HAND) from None
    except OSError:
        raise error("not-converted", "LibreOffice 打不开这个文件，没有转换成。", place, hint=_BY_HAND) from None
