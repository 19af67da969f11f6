"""Tables for tests, made by the libraries people make them with, or by hand where none makes them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import xlwt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "xl/worksheets/sheet1.xml"
Merged = tuple[int, int, int, int]
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style")
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>{{}}</manifest:manifest>'
)


def xlsx(fill: Callable[[Worksheet], object]) -> bytes:
    """Return a workbook whose one sheet, 表1, ``fill`` fills."""
    book = openpyxl.Workbook()
    book.active.title = "表1"
    fill(book.active)
    return saved(book)


def xlsx_of(rows: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook with these rows; what looks like a formula or an error is text."""

    def fill(sheet: Worksheet) -> None:
        for y, row in enumerate(rows, 1):
            for x, value in enumerate(row, 1):
                cell = sheet.cell(y, x, value)
                if isinstance(value, str):
                    cell.data_type = "s"

    return xlsx(fill)


def saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    """Return a workbook as bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls_of(rows: Sequence[Sequence[object]], formats: Sequence[str] = (), merged: Sequence[Merged] = ()) -> bytes:
    """Return an Excel 97 workbook with these rows; ``formats`` are those of the columns."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    styles = [xlwt.easyxf(num_format_str=one) for one in formats]
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "A")):
                sheet.row(y).set_cell_error(x, value)
            elif value != "":
                sheet.write(y, x, value, *styles[x : x + 1])
    for top, left, bottom, right in merged:
        sheet.merge(top, bottom, left, right)
    return saved(book)


def ods(*rows: str, manifest: str = "") -> bytes:
    """Return an OpenDocument workbook of these rows of cells, in its XML."""
    table = "".join(
        f"<table:table-row>{row}</table:table-row>" if "<table:table-row" not in row else row for row in rows
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {_NAMES} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="表1">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": _ODS, "META-INF/manifest.xml": _MANIFEST.format(manifest), "content.xml": content})


def ods_cell(text: str, kind: str = "string", more: str = "") -> str:
    """Return a cell of an OpenDocument workbook; ``more`` are further attributes."""
    return f'<table:table-cell office:value-type="{kind}" {more}><text:p>{text}</text:p></table:table-cell>'


def packed(parts: dict[str, str]) -> bytes:
    """Return a zip file of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def repacked(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return a zip file with one part changed, or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return packed({**parts, part: change(parts.get(part, ""))})


def sheet_xml(content: str, more: str = "") -> bytes:
    """Return an .xlsx workbook whose one sheet holds these rows, in its XML; ``more`` stands before them."""
    xml = f"<worksheet>{more}<sheetData>{content}</sheetData></worksheet>"
    return repacked(xlsx_of([["甲"]]), SHEET, lambda _: xml)


def ods_table(table: str, styles: str = "") -> bytes:
    """Return an OpenDocument workbook of one sheet, in its XML; ``styles`` stand before it."""
    data = ods("")
    empty = '<table:table table:name="表1"><table:table-row></table:table-row></table:table>'

    def change(xml: str) -> str:
        assert empty in xml
        return xml.replace(empty, table).replace(
            "<office:body>", f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        )

    return repacked(data, "content.xml", change)
