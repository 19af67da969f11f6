"""The errors that end the reading of a Word file."""

from __future__ import annotations

from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.reading.packed import zip_parts
from healthreport.reading.packed.zip_parts import Refusals

SHEET = " Excel 表格"
_OF_A_SHEET = "表格里的数由 healthreport batch --data 或报告的“指标文件”来读；要导入的文字请先放进 Word。"
_AS_DOCX = "请在 Word 或 WPS 中打开，另存为 .docx。"


def damaged(file: str) -> HealthReportError:
    """Return the error for a file that cannot be opened."""
    hint = "请重新取一份；如果 Word 或 WPS 能打开，请另存为 .docx 再试。"
    return error("damaged-word", "Word 文件打不开：文件不完整，或已损坏。", Position(file), hint=hint)


def protected(file: str) -> HealthReportError:
    """Return the error for a file that needs a password."""
    hint = "请在 Word 或 WPS 中打开，取消密码后另存一份。"
    return error("protected-word", "Word 文件设了打开密码，读不了。", Position(file), hint=hint)


def too_large(file: str) -> HealthReportError:
    """Return the error for a file that would not fit into memory."""
    message = f"文档里的内容太多：展开后超过{zip_parts.MAX_UNPACKED // 1_000_000}MB，或字、格、标记太多。"
    return error("too-large", message, Position(file), hint="请拆成几个文件，再分别导入。")


def too_deep(file: str) -> HealthReportError:
    """Return the error for a file whose tables or boxes stand in one another without end."""
    hint = "请在 Word 或 WPS 中打开，把套在里面的表格或文本框移到外面，另存一份。"
    return error("too-deep", "表格或文本框一层套一层，太深了。", Position(file), hint=hint)


def not_word(file: str, what: str) -> HealthReportError:
    """Return the error for a file that is something else, given what it is."""
    hint = _OF_A_SHEET if what == SHEET else _AS_DOCX
    return error("not-word", f"这不是 Word 的 .docx 文件，是{what}。", Position(file), hint=hint)


REFUSALS = Refusals(damaged, protected, too_large)
