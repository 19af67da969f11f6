"""Bytes of a document somebody left → a manuscript: the content says what it is, the name where that is open.

``.docx`` and texts are read, older documents converted first; of everything else is said what it is.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.reading import converting, markdown, text_files
from healthreport.reading.word import document
from healthreport.reading.word.refusals import SHEET, not_word, protected
from healthreport.trees.manuscript import Grid, Image, Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.trees.manuscript import Manuscript

_EMPTY = "请检查是否选错了文件，写好的稿子是否已保存。"
MAX_BYTES = 50_000_000
SUFFIXES = (".docx", ".docm", ".txt", ".md", *converting.SUFFIXES)
_WORD, _MARKDOWN = (".docx", ".docm", ".dotx"), (".md", ".markdown")
_ZIP, _OLE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_ENCRYPTED, _OPEN_DOCUMENT = "EncryptedPackage".encode("utf-16-le"), b"mimetypeapplication/vnd.oasis.opendocument.text"
_OLD_WORD, _OLD_EXCEL = ("WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le"))
_OTHERS = {
    b"%PDF": " PDF", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片", b"GIF8": "图片", b"Rar!": "压缩文件",
    b"7z\xbc\xaf": "压缩文件", b"MIME-Version:": "网页（.mht）",
}  # fmt: skip
_WEB = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<table", b"<div")
_XML = b"<?xml"


def read(data: bytes, file: str, picture: Callable[[str], bytes | None] = lambda _: None) -> Manuscript:
    """Read a document; ``picture`` gives the files beside a ``.md`` file that it names.

    Raises :class:`HealthReportError` for what is empty, too large, damaged or something else.
    """
    if not data.strip():
        raise error("empty-file", "文件是空的。", Position(file), hint=_EMPTY)
    manuscript = _read(data, file, picture)
    if not any(isinstance(part, Line | Grid | Image) for part in manuscript.parts):
        raise error("empty-file", "文件里没有文字、表格和图片。", Position(file), hint=_EMPTY)
    return manuscript


def _read(data: bytes, file: str, picture: Callable[[str], bytes | None]) -> Manuscript:
    suffix = os.path.splitext(file)[1].lower()
    if len(data) > MAX_BYTES:
        raise error(
            "too-large", f"文件超过{MAX_BYTES // 1_000_000}MB。", Position(file), hint="请压缩图片，或拆成几个文件。"
        )
    if data.startswith(_ZIP) and not data[30:].startswith(_OPEN_DOCUMENT):
        return document.read(data, file)
    old = _older(data, file)
    if old:
        if suffix in _WORD:
            raise not_word(file, f" {old} 文件，只是改了后缀")
        return document.read(converting.to_docx(data, file, old), file)
    what = _other(data)
    if what:
        raise _not_a_document(file, what)
    if suffix in (*_WORD, *converting.SUFFIXES):
        raise not_word(file, "文本文件")
    return markdown.read(data, file, picture) if suffix in _MARKDOWN else text_files.read(data, file)


def _older(data: bytes, file: str) -> str:
    """Return the suffix of a document that has to be converted, if it is one."""
    if data.startswith(_RTF):
        return ".rtf"
    if data.startswith(_ZIP):
        return ".odt"
    if not data.startswith(_OLE):
        return ""
    if _ENCRYPTED in data:
        raise protected(file)
    if _OLD_WORD in data:
        return ".doc"
    raise not_word(file, SHEET) if _OLD_EXCEL in data else _not_a_document(file, "别种文件")


def _other(data: bytes) -> str:
    """Return what bytes are that are no document, if they are something known."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:2000].lower()
    known = next((what for magic, what in _OTHERS.items() if data.startswith(magic)), "")
    if known or (data.startswith(b"BM") and not any(data[6:10])):  # a text may begin with BMI
        return known or "图片"
    if start.startswith(_WEB) or (start.startswith(_XML) and b"<html" in start):
        return "网页"
    return " XML 文件" if start.startswith(_XML) else ""


def _not_a_document(file: str, what: str) -> HealthReportError:
    hint = "请用 Word 或 WPS 打开，另存为 .docx；可以导入的有 .docx、.doc、.wps、.rtf、.odt、.txt 和 .md。"
    return error("not-a-document", f"这不是可以导入的文稿，是{what}。", Position(file), hint=hint)
