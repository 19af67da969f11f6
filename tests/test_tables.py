"""Tables as sheets of text cells: every kind of file, nothing lost from a number, every bad file an error."""

from __future__ import annotations

import csv
import datetime
import io
import random
import struct
import tracemalloc
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tables_data as made
from healthreport.diagnostics import Diagnostic, HealthReportError, Position
from healthreport.reading.packed import zip_parts
from healthreport.reading.tables.sheets import MAX_TEXT_BYTES, Cell, Sheet, read_tables
from healthreport.reading.tables.workbook import facts
from healthreport.reading.tables.workbook.facts import UNCACHED, cell_name
from healthreport.reading.yaml.nodes import Scalar
from healthreport.values import scalars

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet


def first(data: bytes) -> Sheet:
    """Read the first sheet."""
    return read_tables(data, "表")[0]


def values(data: bytes) -> list[list[str]]:
    """Return the texts of the first sheet."""
    return [[cell.value for cell in row] for row in first(data).rows]


def text(*lines: str, encoding: str = "utf-8") -> list[list[str]]:
    """Return the texts of a csv file."""
    return values("\n".join(lines).encode(encoding))


def one(value: object, number_format: str = "") -> Cell:
    """Return a value as read from an .xlsx file that holds it alone."""

    def fill(sheet: Worksheet) -> None:
        cell = sheet["A1"]
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return first(made.xlsx(fill)).rows[0][0]


def refused(data: bytes) -> Diagnostic:
    """Return what is wrong with a table; it has a message in Chinese and a way out."""
    with pytest.raises(HealthReportError) as wrong:
        read_tables(data, "表")
    (diagnostic,) = wrong.value.diagnostics
    assert diagnostic.message.endswith("。")
    assert diagnostic.hint.endswith("。")
    return diagnostic


# What a cell says.


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1059, "1059"),
        (1059.0, "1059"),
        (62.2, "62.2"),
        (0.1 + 0.2, "0.3"),
        (-3.5, "-3.5"),
        (-0.0, "0"),
        (0.0000001, "0.0000001"),
        (123456789012345, "123456789012345"),
        (10**15, "1000000000000000"),
        (10**20, "100000000000000000000"),
        (True, "是"),
        (False, "否"),
        (datetime.date(2022, 12, 30), "2022-12-30"),
        (datetime.datetime(2022, 12, 30, 8, 30), "2022-12-30 08:30:00"),
        (datetime.time(8, 30), "08:30:00"),
        ("　 清河镇\u200b\n", "清河镇"),
        ("１０５９", "１０５９"),
        ("1,059", "1,059"),
        ("甲\n乙", "甲\n乙"),
        ("0012", "0012"),
    ],
)
def test_a_value_is_what_somebody_would_have_typed(value: object, expected: str) -> None:
    """Numbers lose nothing and gain nothing, dates are ISO, blanks at the ends go, text stays as written."""
    assert one(value).value == expected


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (0.925, "0.0%", "92.5%"),
        (0.9, "0.00%", "90.00%"),
        (0.92512, "0%", "92.512%"),
        (1, "0%", "100%"),
        (0.07, "0%", "7%"),
        (-0.032, "0.0%;[Red]-0.0%", "-3.2%"),
        (0.5, "[Blue]0%", "50%"),
        (0.5, "#,##0.0#%", "50.00%"),
        (92.5, '0.0"%"', "92.5"),
        (92.5, r"0.0\%", "92.5"),
        (0.5, "0.0_%", "0.5"),
        ("无", "0%", "无"),
    ],
)
def test_percents(value: object, number_format: str, expected: str) -> None:
    """A percent has its sign, the decimals shown, and never fewer digits than the value; a quoted % is none."""
    assert one(value, number_format).value == expected


def test_dates_in_chinese_formats() -> None:
    """A number shown as a day is that day, in formats written out and in those built in."""
    assert one(44925, 'yyyy"年"m"月"d"日"').value == "2022-12-30"
    built_in = made.repacked(
        made.xlsx(lambda sheet: sheet.cell(1, 1, datetime.date(2022, 12, 30))),
        "xl/styles.xml",
        lambda styles: styles.replace('numFmtId="14"', 'numFmtId="31"').replace('numFmtId="164"', 'numFmtId="31"'),
    )
    assert values(built_in) == [["2022-12-30"]]


def test_a_cell_is_a_scalar() -> None:
    """A cell goes wherever a scalar goes, and text in it is never taken for a key with a mistyped colon."""
    cell = one("标题：甲")
    assert isinstance(cell, Scalar)
    assert cell.style is not None
    assert cell.problem() is None


# Where a cell is.


def test_places_are_those_excel_shows() -> None:
    """Empty rows and columns before the first cell are kept; rows are of one length; all cells know their place."""
    sheet = first(made.xlsx(lambda sheet: [sheet.cell(3, 2, "甲"), sheet.cell(4, 28, "乙")]))
    assert [len(row) for row in sheet.rows] == [28] * 4
    assert sheet.rows[2][1].position(0, 1) == Position("表", sheet="表1", cell="B3")
    assert str(sheet.rows[3][27].position()) == "表:表1!AB4"
    assert sheet.position() == Position("表", sheet="表1", cell="A1")


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_cell_names(column: int, letters: str) -> None:
    """Columns count A to Z, AA to ZZ, AAA."""
    assert cell_name(0, column) == f"{letters}1"


def test_places_in_text() -> None:
    """A cell of a csv file is at its line and column, quoted or not; so is a part of it."""
    sheet = first('单位,说明\n 白石镇 ,"两,行\n文字", 5\n"甲""乙""丙",1'.encode())
    town, note, last = sheet.rows[1]
    assert town.position() == Position("表", 2, 2, 3)
    assert town.position(1, 2) == Position("表", 2, 3, 1)
    assert note.position() == Position("表", 2, 8, 3)
    assert note.position(4, 6) == Position("表", 3, 1, 2)
    assert last.position() == Position("表", 3, 6, 1)
    assert sheet.rows[2][0].position(2, 3) == Position("表", 4, 2, 7)
    assert sheet.rows[2][2].position() == Position("表", 4, 12, 1)


def test_merged_cells() -> None:
    """What a merged cell covers is empty, its extent is known, and none reaches beyond the rows."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["统计表"])
        sheet.append(["单位", "农村改厕"])
        sheet.append([None, "数值", "目标"])
        for extent in ("A1:H1", "A2:A3", "B2:C2", "C3:C6", "D2:E2", "A9:B10"):
            sheet.merge_cells(extent)

    sheet = first(made.xlsx(fill))
    assert [cell.value for cell in sheet.rows[1]] == ["单位", "农村改厕", ""]
    assert sorted(sheet.merged) == [(0, 0, 0, 2), (1, 0, 2, 0), (1, 1, 1, 2), (2, 2, 2, 2)]


def test_sheets_in_the_order_they_are_wanted() -> None:
    """Sheets that are shown and filled come first, then empty ones, then hidden ones; a chart is no sheet."""
    book = openpyxl.Workbook()
    book.active.title = "空"
    hidden = book.create_sheet("隐")
    hidden["A1"], hidden.sheet_state = 1, "hidden"
    book.create_chartsheet("图")
    book.create_sheet("表")["A1"] = 1
    assert [sheet.name for sheet in read_tables(made.saved(book), "表")] == ["表", "空", "隐"]


# Cells without a value.


def test_error_values() -> None:
    """A cell that shows an error holds its text, says so at its place, and what to do."""
    cell = one("#REF!")
    assert (cell.value, cell.error) == ("#REF!", "#REF!")
    problem = cell.problem()
    assert problem is not None
    assert (problem.message, problem.position.cell) == ("单元格是错误值 #REF!。", "A1")
    assert problem.hint


def test_a_formula_never_computed() -> None:
    """A formula without its value, as programs write them, is an error; one that gave an empty text is not."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["甲", 1, "=B1*2"])

    data = made.xlsx(fill)
    cell = first(data).rows[0][2]
    assert (cell.value, cell.error) == ("=B1*2", UNCACHED)
    problem = cell.problem()
    assert problem is not None
    assert problem.message == "单元格的公式没有算出的值。"
    assert problem.hint == "请在 Excel 中打开并保存一次。"
    assert values(made.repacked(data, made.SHEET, lambda xml: xml.replace("<v></v>", "<v>2</v>"))) == [["甲", "1", "2"]]
    assert values(made.repacked(data, made.SHEET, lambda xml: xml.replace('r="C1"', 'r="C1" t="str"'))) == [
        ["甲", "1", ""]
    ]


def test_control_characters() -> None:
    """A character no document can hold is replaced and told, in workbooks and in text."""
    data = made.repacked(
        made.xlsx_of([["甲乙"]]),
        made.SHEET,
        lambda xml: xml.replace("甲乙", "甲_x0007_乙").replace("&#30002;&#20057;", "甲_x0007_乙"),
    )
    for cell in (first(data).rows[0][0], first("甲\x07乙,1".encode()).rows[0][0]):
        assert cell.value == "甲\ufffd乙"
        assert "U+0007" in cell.error


# Excel 97 to 2003.


def test_xls() -> None:
    """An .xls file gives the same: numbers, percents, days, errors and merged cells."""
    day = datetime.date(2022, 12, 30)
    rows: list[list[object]] = [
        ["统计表", "", "", ""],
        ["清河镇", 1059, 0.925, day],
        ["白石镇", 62.2, "#REF!", ""],
    ]
    sheet = first(made.xls_of(rows, ["General", "0", "0.0%", "yyyy-mm-dd"], [(0, 0, 0, 3)]))
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["统计表", "", "", ""],
        ["清河镇", "1059", "92.5%", "2022-12-30"],
        ["白石镇", "62.2", "#REF!", ""],
    ]
    assert sheet.rows[2][2].error == "#REF!"
    assert sheet.rows[2][2].position() == Position("表", sheet="表1", cell="C3")
    assert sheet.merged == [(0, 0, 0, 3)]


def test_a_large_xls() -> None:
    """Percents are found in a file whose parts lie in many sectors, several in a row in one record."""
    rows = [["镇" * 30 + str(number), number / 8, number / 4, number] for number in range(3000)]
    read = values(made.xls_of(rows, ["General", "0%", "0.0%", "General"]))
    assert read[9] == ["镇" * 30 + "9", "112.5%", "225.0%", "9"]
    assert len(read) == 3000


def test_a_protected_xls() -> None:
    """An .xls file with a password is told as such."""
    data = made.xls_of([["甲"]])
    code_page, file_pass = b"\x42\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\x01\x00"
    assert code_page in data
    assert refused(data.replace(code_page, file_pass)).id == "protected-table"


def test_an_xls_that_claims_to_be_enormous() -> None:
    """A sheet said to have four billion rows is what it holds; no memory is taken for what is said."""
    data = made.xls_of([["甲"]])
    dimensions = b"\x00\x02\x0e\x00" + struct.pack("<2I2H", 0, 1, 0, 1)
    assert dimensions in data
    enormous = data.replace(dimensions, b"\x00\x02\x0e\x00" + struct.pack("<2I2H", 0, 2**32 - 1, 0, 1))
    values(data)  # the library is loaded
    tracemalloc.start()
    try:
        assert values(enormous) == [["甲"]]
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


# OpenDocument.


def test_ods() -> None:
    """An .ods file gives the same; repeated cells are as many as they are, notes are no text."""
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    sheet = first(
        made.ods(
            made.ods_cell("统计表", more='table:number-columns-spanned="3"')
            + '<table:covered-table-cell table:number-columns-repeated="2"/>',
            made.ods_cell("清河镇").replace("<text:p>", note + "<text:p>")
            + made.ods_cell("1,059", "float", 'office:value="1059"')
            + made.ods_cell("92.50%", "percentage", 'office:value="0.925" table:number-columns-repeated="2"'),
            made.ods_cell("2022年12月30日", "date", 'office:date-value="2022-12-30"')
            + made.ods_cell("是", "boolean", 'office:boolean-value="true"')
            + made.ods_cell("#REF!", "string", 'office:string-value="" calcext:value-type="error"')
            + '<table:table-cell table:formula="of:=[.B2]*2"/>',
            '<table:table-row table:number-rows-repeated="2">'
            + made.ods_cell("重复", more='table:number-rows-spanned="2"')
            + "</table:table-row>",
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>',
        )
    )
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["统计表", "", "", ""],
        ["清河镇", "1059", "92.50%", "92.50%"],
        ["2022-12-30", "是", "#REF!", "=[.B2]*2"],
        ["重复", "", "", ""],
        ["重复", "", "", ""],
    ]
    assert [cell.error for cell in sheet.rows[2]] == ["", "", "#REF!", UNCACHED]
    assert sheet.merged == [(0, 0, 0, 2), (3, 0, 4, 0)]


def test_a_protected_ods() -> None:
    """An .ods file with a password is told as such."""
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    assert refused(made.ods(made.ods_cell("甲"), manifest=entry)).id == "protected-table"


# Text.


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_dress(encoding: str, delimiter: str) -> None:
    """Encoding and delimiter are found out; full-width digits and thousands separators stay as written."""
    rows = [["清河区统计表"], ["单位", "改厕", "体检率"], ["白石镇", "１０２０", "92.5%"], ["柳河镇", "1,059"]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    assert values(stream.getvalue().encode(encoding)) == [row + [""] * (3 - len(row)) for row in rows]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"甲,乙",1', ["甲,乙", "1"]),
        ('"甲\n乙",1', ["甲\n乙", "1"]),
        ('"甲\n乙",\'=1', ["甲\n乙", "=1"]),
        ('"甲""乙",1', ['甲"乙', "1"]),
        (' "甲" ,1', ["甲", "1"]),
        ('"两癌"筛查,1', ['"两癌"筛查', "1"]),
        ('5",1', ['5"', "1"]),
        ('="0012",1', ["0012", "1"]),
        ("127228.0,-3.0", ["127228", "-3"]),
        ("85.60,2.00,0.05", ["85.60", "2.00", "0.05"]),
        ("第1.0版,1.0.0,1,236.0", ["第1.0版", "1.0.0", "1", "236"]),
        ('"",1', ["", "1"]),
        ("甲,", ["甲", ""]),
        ("甲\r\n", ["甲"]),
    ],
)
def test_cells_of_text(written: str, expected: list[str]) -> None:
    """Quotes enclose delimiters, lines and doubled quotes; elsewhere they are characters, none is lost.

    What a program wrote as a number with a point and a zero is the whole number it is.
    """
    assert text(written) == [expected]


def test_blank_and_short_lines() -> None:
    """Blank lines before and between rows are rows, those at the end are not; short rows are filled up."""
    assert text("", "甲,乙", "", "丙", ",", "") == [["", ""], ["甲", "乙"], ["", ""], ["丙", ""]]


def test_a_quote_never_closed() -> None:
    """A quote that is opened and never closed is an error at its cell; it does not swallow the rest."""
    wrong = refused('单位,改厕\n"白石镇,1\n柳河镇,2'.encode())
    assert (wrong.id, wrong.position) == ("unclosed-quote", Position("表", 2, 1, 4))


# Files that are refused.


def test_files_that_are_no_tables() -> None:
    """Word files, other zip files, web pages under the name of a table, pictures: each told what it is."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    other = [
        stream.getvalue(),
        made.packed({"甲.txt": "乙"}),
        b"\xef\xbb\xbf\n<html><table><tr><td>1</td></tr></table></html>",
        b"\x89PNG\r\n\x1a\n\x00\x00",
    ]
    assert [refused(data).id for data in other] == ["not-a-table"] * 4


def test_utf16_is_refused() -> None:
    """Text as Excel's “Unicode 文本” writes it is refused with what to do."""
    assert refused("单位\t改厕".encode("utf-16")).id == "encoding"


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n,,", made.xlsx_of([]), made.xlsx_of([[" ", "\u3000"]])])
def test_empty_tables(data: bytes) -> None:
    """A table without a single text is an error, whatever it is made of."""
    assert refused(data).id == "empty-table"


@pytest.mark.parametrize(
    "data",
    [
        made.xlsx_of([["单位", "改厕"], ["白石镇", 1]]),
        made.xls_of([["单位", "改厕"], ["白石镇", 1]]),
        made.ods(made.ods_cell("白石镇") + made.ods_cell("1", "float", 'office:value="1"')),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_a_file_cut_off_anywhere(data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    """A file that was not fully copied is an error wherever it ends, never an exception or a part of the rows.

    The last bytes of an .xls file are no more than a list of what is free.
    """
    whole = values(data)
    at_most = {"damaged-table", "empty-table", "encoding", "not-a-table"}
    for end in [*range(0, len(data) - 1, 97), len(data) - 23, len(data) - 1]:
        if data.startswith(b"\xd0") and end > len(data) - 300:
            try:
                assert values(data[:end]) == whole
            except HealthReportError:
                assert refused(data[:end]).id in at_most
        else:
            assert refused(data[:end]).id in at_most
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", made.SHEET])
@pytest.mark.parametrize(
    "broken", ["", "<x", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>', "<x/>\0"]
)
def test_damaged_parts(part: str, broken: str) -> None:
    """A workbook with a part that is no XML, or that declares entities, is damaged."""
    data = made.xlsx_of([["甲", 1]])
    assert refused(made.repacked(data, part, lambda _: broken)).id == "damaged-table"


def test_a_password() -> None:
    """A workbook that Excel locked, or a zip file that is, is told as such."""
    data = bytearray(made.xlsx_of([["甲"]]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)).id == "protected-table"
    locked = made.xls_of([["甲"]]).replace("Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")[:16])
    assert refused(locked).id == "not-a-table"
    assert refused(_renamed(made.xls_of([["甲"]]), "EncryptedPackage")).id == "protected-table"


def _renamed(data: bytes, name: str) -> bytes:
    """Return a compound file whose stream Workbook has another name."""
    entry = data.index("Workbook".encode("utf-16-le"))
    written = name.encode("utf-16-le")
    return data[:entry] + written.ljust(64, b"\0") + struct.pack("<H", len(written) + 2) + data[entry + 66 :]


# Files that would not fit into memory.


def bomb(declared: int | None = None) -> bytes:
    """Return a workbook of 300 MB in 300 KB, whose headers may say another size."""
    stream = io.BytesIO(made.xlsx_of([["甲"]]))
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/a", "w") as part,
    ):
        for _ in range(300):
            part.write(b" " * 1_000_000)
    data = stream.getvalue()
    return data if declared is None else data.replace(struct.pack("<I", 300_000_000), struct.pack("<I", declared))


def far_cell() -> bytes:
    """Return a workbook with a cell at either end of its sheet."""
    return made.sheet_xml('<row><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def shared_text() -> bytes:
    """Return a workbook in which ten thousand cells share a text of twenty thousand characters."""
    strings = f"<sst><si><t>{'甲' * 20_000}</t></si></sst>"
    data = made.sheet_xml('<row><c t="s"><v>0</v></c></row>' * 10_000)
    return made.repacked(data, "xl/sharedStrings.xml", lambda _: strings)


def repeated_rows() -> bytes:
    """Return an OpenDocument workbook with a row a million times."""
    cells = made.ods_cell("甲") * 3
    return made.ods(f'<table:table-row table:number-rows-repeated="1000000">{cells}</table:table-row>')


@pytest.mark.parametrize(
    "make",
    [
        bomb,
        lambda: bomb(declared=1000),
        far_cell,
        shared_text,
        repeated_rows,
        lambda: made.ods(made.ods_cell("甲", more='table:number-columns-repeated="1000000000"')),
        lambda: b"," * 10_000 + b"\n" * 10_000,
        lambda: b"1" * (MAX_TEXT_BYTES + 1),
    ],
    ids=["zip", "zip that lies", "far cell", "shared text", "rows", "columns", "lines", "text"],
)
def test_bombs(make: Callable[[], bytes]) -> None:
    """A small file that would fill the memory is refused, and reading it takes hardly any."""
    data = make()
    tracemalloc.start()
    try:
        assert refused(data).id == "too-large"
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_the_far_cell_is_named() -> None:
    """A stray cell far from the table is named, so that it can be found and removed."""
    assert refused(far_cell()).position.cell == "XFD1048576"


def test_sheets_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many sheets within the limit are refused when they exceed it together."""
    book = openpyxl.Workbook()
    for name in "甲乙丙":
        book.create_sheet(name)["J10"] = 1
    data = made.saved(book)
    assert len(read_tables(data, "表")) == 4
    monkeypatch.setattr(facts, "MAX_CELLS", 250)
    monkeypatch.setattr(facts, "MOST_CELLS", 0)
    wrong = refused(data)
    assert (wrong.id, wrong.position.sheet) == ("too-large", "丙")


def test_merged_areas_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """There may be as many merged areas as cells, and no more."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["甲", "乙"])
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("A1:B2")

    data = made.xlsx(fill)
    monkeypatch.setattr(facts, "MAX_CELLS", 2)
    assert first(data).texts == [["甲"]]
    monkeypatch.setattr(facts, "MAX_CELLS", 1)
    assert refused(data).id == "too-large"


def test_a_workbook_of_as_many_cells_as_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit itself is allowed, one cell more is not."""
    data = made.xlsx_of([["甲", "乙"]])
    monkeypatch.setattr(facts, "MOST_CELLS", 0)
    monkeypatch.setattr(facts, "MAX_CELLS", 2)
    assert first(data).texts == [["甲", "乙"]]
    monkeypatch.setattr(facts, "MAX_CELLS", 1)
    assert refused(data).id == "too-large"


def test_a_large_workbook_may_hold_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may hold more cells the larger it is, so that what repeats itself may not; for all there is a limit."""
    chance = random.Random(1)
    rows = [[chance.randint(0, 99_999) for _ in range(30)] for _ in range(200)]
    alike = made.xlsx_of([[1] * 30 for _ in range(200)])
    data = made.xlsx_of(rows)
    monkeypatch.setattr(facts, "MAX_CELLS", 100)
    assert first(data).texts == [[f"{number}" for number in row] for row in rows]
    assert refused(alike).id == "too-large"
    monkeypatch.setattr(facts, "MOST_CELLS", 5999)
    wrong = refused(data)
    assert (wrong.id, wrong.position.cell) == ("too-large", "AD200")


def test_a_csv_of_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """A csv file with more cells than the limit is refused at the cell that is too much."""
    monkeypatch.setattr(facts, "MAX_CELLS", 4)
    assert text("甲,乙", "丙,丁") == [["甲", "乙"], ["丙", "丁"]]
    wrong = refused("甲,乙\n丙,丁\n戊".encode())
    assert (wrong.id, wrong.position.line) == ("too-large", 3)


def test_sizes_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit on what is unpacked holds for all parts together."""
    data = made.xlsx_of([["甲"]])
    monkeypatch.setattr(zip_parts, "MAX_UNPACKED", 2000)
    assert refused(data).id == "too-large"


# Whatever is written reads back.


def number_text(number: Decimal) -> str:
    """Return a number as it would be typed."""
    return f"{number.normalize() + 0:f}"


# No text that Excel or openpyxl would take for something else than text.
TEXTS = st.text("甲乙 ab,;\t\"'\n0１％.-　", max_size=8)
NUMBERS = st.decimals(-(10**9), 10**9, places=4) | st.integers(-(10**14), 10**14).map(Decimal)
GRIDS = st.lists(st.lists(TEXTS | NUMBERS, min_size=1, max_size=5), min_size=1, max_size=5)


def expected(grid: Sequence[Sequence[str | Decimal]]) -> dict[tuple[int, int], str]:
    """Return the texts of a grid that are not empty, by row and column."""
    written = {
        (y, x): number_text(value) if isinstance(value, Decimal) else value.strip(" \t\n　")
        for y, row in enumerate(grid)
        for x, value in enumerate(row)
    }
    return {place: value for place, value in written.items() if value}


def read(data: bytes) -> dict[tuple[int, int], str]:
    """Return the texts of the first sheet that are not empty, by row and column."""
    try:
        sheet = first(data)
    except HealthReportError as wrong:
        if wrong.diagnostics[0].id == "empty-table":
            return {}
        raise
    assert len({len(row) for row in sheet.rows}) == 1
    assert all((cell.row, cell.column) == (y, x) for y, row in enumerate(sheet.rows) for x, cell in enumerate(row))
    return {(cell.row, cell.column): cell.value for row in sheet.rows for cell in row if cell.value}


def plain(grid: Sequence[Sequence[str | Decimal]]) -> list[list[str | float]]:
    """Return a grid with the numbers a workbook stores."""
    return [[float(value) if isinstance(value, Decimal) else value for value in row] for row in grid]


@given(grid=GRIDS, delimiter=st.sampled_from(",;\t"), encoding=st.sampled_from(["utf-8-sig", "gb18030"]))
def test_any_csv_reads_back(grid: list[list[str | Decimal]], delimiter: str, encoding: str) -> None:
    """What Python's csv module writes is read as it was, but for the apostrophe that keeps it from being computed."""
    stream = io.StringIO()
    written = [[number_text(value) if isinstance(value, Decimal) else value for value in row] for row in grid]
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(written)
    meant = [[scalars.meant(value) if isinstance(value, str) else value for value in row] for row in grid]
    assert read(stream.getvalue().encode(encoding)) == expected(meant)


@given(grid=GRIDS)
def test_any_xlsx_reads_back(grid: list[list[str | Decimal]]) -> None:
    """What openpyxl writes is read as it was."""
    assert read(made.xlsx_of(plain(grid))) == expected(grid)


@given(grid=GRIDS)
def test_any_xls_reads_back(grid: list[list[str | Decimal]]) -> None:
    """What xlwt writes is read as it was."""
    assert read(made.xls_of(plain(grid))) == expected(grid)


@given(number=st.decimals(-1, 2, places=6), decimals=st.integers(0, 4))
def test_any_percent_reads_back(number: Decimal, decimals: int) -> None:
    """A percent is the value times one hundred, with at least the decimals its format shows, in both kinds of file."""
    number_format = "0." + "0" * decimals + "%" if decimals else "0%"
    shown = one(float(number), number_format).value
    assert shown == values(made.xls_of([[float(number)]], [number_format]))[0][0]
    assert Decimal(shown.removesuffix("%")) == number * 100
    assert len(shown.partition(".")[2].removesuffix("%")) >= decimals
