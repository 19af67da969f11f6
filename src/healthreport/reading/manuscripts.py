"""Bytes of a document somebody left → a manuscript: the content says what it is, the name where that is open.

``.docx`` and texts are read, older documents converted first; of everything else is said what it is.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Severity, error
from healthreport.reading import converting, text_files
from healthreport.reading.word.refusals import SHEET, not_word, protected
from healthreport.trees.manuscript import Grid, Image, Line
from healthreport.values.limits import MAX_CELLS, MAX_CHARACTERS, MAX_PARAGRAPHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.trees.manuscript import Manuscript

_EMPTY = "请检查是否选错了文件，写好的稿子是否已保存。"
MAX_BYTES = 50_000_000
SUFFIXES = (".docx", ".docm", ".txt", ".md", *converting.SUFFIXES)
_WORD, MARKDOWN = (".docx", ".docm", ".dotx"), (".md", ".markdown")
_ZIP, _OLE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_ENCRYPTED, _OPEN_DOCUMENT = "EncryptedPackage".encode("utf-16-le"), b"mimetypeapplication/vnd.oasis.opendocument.text"
_OLD_WORD, _OLD_EXCEL = ("WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le"))
_READ = "可以导入的有 .docx、.doc、.wps、.rtf、.odt、.txt 和 .md。"
_PICTURE, _PDF, _ARCHIVE = "图片", " PDF", "压缩文件"
_WAYS_OUT = {
    _PICTURE: "请把图里的字录成 Word 或文本文件，再导入。",
    _PDF: "请用 Word 或 WPS 把它转成 .docx，再导入；扫描的，请先识别文字。",
    _ARCHIVE: "请先解压，再导入里面的文件。",
}
_OTHERS = {
    b"%PDF": _PDF, b"\x89PNG": _PICTURE, b"\xff\xd8\xff": _PICTURE, b"GIF8": _PICTURE, b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE, b"MIME-Version:": "网页（.mht）",
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
    _refuse_endless(manuscript)
    return manuscript


def _refuse_endless(manuscript: Manuscript) -> None:
    """Refuse what is longer than any report: each paragraph and cell is looked at from many sides."""
    cells = [cell for part in manuscript.parts if isinstance(part, Grid) for row in part.rows for cell in row]
    lines = [part for part in manuscript.parts if isinstance(part, Line)]
    in_cells = [line for cell in cells for line in cell.lines]
    characters = sum(len(span.text) for line in (*lines, *in_cells) for span in line.spans)
    for number, most, what in (
        (len(manuscript.parts), MAX_PARAGRAPHS, "段"),
        (max(len(cells), len(in_cells)), MAX_CELLS, "格"),
        (characters, MAX_CHARACTERS, "字"),
    ):
        if number > most:
            message = f"文稿超过{most // 10_000}万{what}，不像一份报告。"
            raise error("too-large", message, Position(manuscript.source), hint="请拆成几个文件。")


def warned_of(manuscript: Manuscript) -> tuple[Diagnostic, ...]:
    """Say of a Word file that it is a draft, if it is one."""
    if not manuscript.draft:
        return ()
    message = "这是加 --draft 生成的草稿，缺的数和建议的文字还在里面，不能当定稿。"
    hint = "请补上，不加 --draft 再生成一份。"
    return (Diagnostic("is-a-draft", message, Position(manuscript.source), Severity.WARNING, hint),)


def _read(data: bytes, file: str, picture: Callable[[str], bytes | None]) -> Manuscript:
    suffix = os.path.splitext(file)[1].lower()
    if len(data) > MAX_BYTES:
        raise error(
            "too-large", f"文件超过{MAX_BYTES // 1_000_000}MB。", Position(file), hint="请压缩图片，或拆成几个文件。"
        )
    if data.startswith(_ZIP) and not data[30:].startswith(_OPEN_DOCUMENT):
        return _word(data, file)
    old = _older(data, file)
    if old:
        if suffix in _WORD:
            raise not_word(file, f" {old} 文件，只是改了后缀")
        return _word(converting.to_docx(data, file, old), file)
    what = _other(data)
    if what:
        raise _not_a_document(file, what)
    if suffix in (*_WORD, *converting.SUFFIXES):
        raise not_word(file, "文本文件")
    if suffix not in MARKDOWN:
        return text_files.read(data, file)
    from healthreport.reading import markdown

    return markdown.read(data, file, picture)


def _word(data: bytes, file: str) -> Manuscript:
    from healthreport.reading.word import document  # lxml and all about Word: no text needs them

    return document.read(data, file)


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
        return known or _PICTURE
    if start.startswith(_WEB) or (start.startswith(_XML) and b"<html" in start):
        return "网页"
    return " XML 文件" if start.startswith(_XML) else ""


def _not_a_document(file: str, what: str) -> HealthReportError:
    hint = _WAYS_OUT.get(what, f"请用 Word 或 WPS 打开，另存为 .docx；{_READ}")
    return error("not-a-document", f"这不是可以导入的文稿，是{what}。", Position(file), hint=hint)
