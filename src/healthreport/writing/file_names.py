"""File names from reports: a pattern filled in, and made safe for Windows and Linux."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

from healthreport.diagnostics import Position, error
from healthreport.model.references import FIELDS
from healthreport.reading.yaml.nodes import Scalar
from healthreport.values import scalars

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from healthreport.reading.yaml.nodes import Node

# What the name of a draft ends in, where nobody said what it is to be called.
DRAFT = "-草稿"
_ORG, _YEAR = "{{ 单位 }}", "{{ 年度 }}年"
_FIELD = re.compile(r"\{\{(.*?)\}\}")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
# Names of devices, with whatever stands behind a point; Windows takes ¹ ² ³ for digits there.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)\s*(\..*)?", re.IGNORECASE)
# Characters that nobody sees, and those that let others be read in another order: a name is what it looks like.
_UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
# A name may have 255 bytes on Linux; a suffix, ``.bak2`` or the marks of a file being written need some of them.
_LONGEST, _MOST_BYTES = 80, 240


def usual(fields: Mapping[str, Node], name: str) -> str:
    """Return the usual pattern for reports of a name, 工作总结: after whom it is of, and the year where it has one."""
    return _ORG + (_YEAR if isinstance(fields.get("年度"), Scalar) else "") + name


def fill(pattern: str, fields: Mapping[str, Node], place: Callable[[], Position]) -> str:
    """Fill a pattern such as ``{{ 单位 }}{{ 年度 }}年工作总结`` from a report's fields; ``place`` is the report's.

    Raises :class:`HealthReportError` for a name that is no field, or one the report does not have.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name not in FIELDS:
            raise error(
                "unknown-name",
                f"--name 里的“{name}”不是报告的字段。",
                Position("--name"),
                hint=f"可以用：{'、'.join(FIELDS)}。",
            )
        node = fields.get(name)
        if not isinstance(node, Scalar):
            raise error("missing-value", f"--name 用到了“{name}”，但没有写。", place(), hint=f"请补上“{name}: …”。")
        return str(scalars.read_year(node.value)) if name == "年度" else node.value

    return safe(_FIELD.sub(value, pattern))


def safe(name: str) -> str:
    """Make a file name that Windows and Linux both take, without its suffix."""
    name = "".join(char for char in name if not _is_unseen(char))
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .\u3000")[:_LONGEST]
    name = name.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .\u3000")
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name


def refuse(path: Path) -> None:
    """Refuse to write where Windows has no name for it, or where a name is not what it looks like.

    What is a folder already has a name. Raises :class:`HealthReportError`.
    """
    new = path
    while new.name and not os.path.isdir(new):
        if any(_is_unseen(char) for char in new.name):
            message = f"文件名“{safe(new.name)}”里有看不见的字符，或改变文字方向的字符。"
            raise error("bad-output", message, Position(safe(path.name)), hint="请把文件名重新输入一遍。")
        if new.name != ".." and (_UNSAFE.search(new.name) or _RESERVED.fullmatch(new.name) or new.name[-1] in " ."):
            message = f"“{new.name}”不能作文件名：有 Windows 不许有的字符，或是它留用的名称。"
            hint = '请去掉 < > : " / \\ | ? *，也别叫 con、nul 一类的名字。'
            raise error("bad-output", message, Position(str(path)), hint=hint)
        new = new.parent


def _is_unseen(char: str) -> bool:
    return char in _BLANK_LETTERS or unicodedata.category(char) in _UNSEEN


def same(name: str) -> str:
    """Return what two names that a file system cannot tell apart have in common."""
    return unicodedata.normalize("NFC", name).casefold()
