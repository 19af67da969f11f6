"""Workbooks beyond their texts: what formats make of numbers, what is hidden, what is text; each kind of file."""

from __future__ import annotations

import datetime
import struct
import tracemalloc
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

import tables_data as made
from healthreport.diagnostics import HealthReportError
from healthreport.reading.tables.sheets import Sheet, read_tables
from healthreport.reading.tables.workbook import cells, facts, formats
from healthreport.reading.tables.workbook.facts import UNCACHED
from healthreport.reading.tables.workbook.formats import Format

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

KINDS = pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
FIRST = (0, 0)
MERGED = '<mergeCell ref="A1:B1"/>'


def first(data: bytes) -> Sheet:
    """Read the first sheet."""
    return read_tables(data, "表")[0]


def refused(data: bytes) -> str:
    """Return the id of what is wrong with a table."""
    with pytest.raises(HealthReportError) as wrong:
        read_tables(data, "表")
    return wrong.value.diagnostics[0].id


def formatted(kind: str, stored: float, code: str, shown: str) -> Sheet:
    """Return a sheet with one number in a format, as each kind of file holds it."""
    if kind == "xls":
        return first(made.xls_of([[stored]], [code]))
    if kind == "ods":
        return first(made.ods(made.ods_cell(shown, "float", f'office:value="{stored!r}"')))

    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = stored
        sheet["A1"].number_format = code

    return first(made.xlsx(fill))


# What formats make of numbers.


@KINDS
@pytest.mark.parametrize(
    ("stored", "code", "shown", "text", "unit", "scale"),
    [
        (12, '0"人"', "12人", "12", "人", 0),
        (693.5, '0.00"万元"', "693.50万元", "693.5", "万元", 0),
        (1236, '#,##0"座"', "1,236座", "1236", "座", 0),
        (-12, '0"人次";[Red]-0"人次"', "-12人次", "-12", "人次", 0),
        (92.5, '0.0"%"', "92.5%", "92.5", "%", 0),
        (5.43, '0.00"（‰）"', "5.43（‰）", "5.43", "‰", 0),
        (693500, "0!.0,", "69.4", "693500", "", 4),
        (693500, '0!.0,"万元"', "69.4万元", "693500", "万元", 4),
        (693500, '0!.0,"万"', "69.4万", "693500", "万", 4),
        (693500, "0!.0000", "69.3500", "693500", "", 4),
        (693500, "#,##0,", "694", "693500", "", 3),
        (693500000, '0.0,,"百万元"', "693.5百万元", "693500000", "百万元", 6),
        (693500, '#,##0,"座"', "694座", "693500", "", 3),
        (62.2, "General", "62.2", "62.2", "", 0),
        (1236, "_ * #,##0_ ;_ * \\-#,##0_ ", " 1,236 ", "1236", "", 0),
        (0.0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ', "-", "0", "", 0),
        (12.0000000001, "0.0", "12.0", "12.0000000001", "", 0),
        (0.4, "0", "0", "0.4", "", 0),
    ],
)
def test_units_and_scales(kind: str, stored: float, code: str, shown: str, text: str, unit: str, scale: int) -> None:
    """The stored number is the value; the unit behind the number, and how much smaller that is shown, are told."""
    sheet = formatted(kind, stored, code, shown)
    assert sheet.texts == [[text]]
    assert sheet.units == ({FIRST: unit} if unit else {})
    assert sheet.scales == ({FIRST: scale} if scale else {})
    assert not sheet.dates | sheet.text_numbers


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        (44925, 'yyyy"年"m"月"d"日"', "2022-12-30"),
        (44925, '[$-804]yyyy"年"m"月"', "2022-12-30"),
        (45055, "m-d", "2023-05-09"),
        (45055, "aaaa", "2023-05-09"),
        (44925.354166666664, "yyyy-m-d h:mm", "2022-12-30 08:30:00"),
        (0.354166666666, "上午/下午h:mm", "08:30:00"),
        (1.5, "[h]:mm:ss", "36:00:00"),
    ],
)
def test_days_and_times(kind: str, stored: float, code: str, text: str) -> None:
    """A number shown as a day or a time is that, in ISO 8601, and known not to be typed as a number."""
    sheet = formatted(kind, stored, code, "")
    assert sheet.texts == [[text]]
    assert sheet.dates == {FIRST}


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("date", 'office:date-value="2022-12-30"', "2022-12-30"),
        ("date", 'office:date-value="2022-12-30T08:30:00"', "2022-12-30 08:30:00"),
        ("time", 'office:time-value="PT08H30M00S"', "08:30:00"),
        ("time", 'office:time-value="PT36H00M00.5S"', "36:00:00"),
        ("time", 'office:time-value="PT01H02M03S"', "01:02:03"),
    ],
)
def test_days_and_times_of_ods(kind: str, value: str, text: str) -> None:
    """An .ods file has its days and times written out."""
    sheet = first(made.ods(made.ods_cell("某日", kind, value)))
    assert sheet.texts == [[text]]
    assert sheet.dates == {FIRST}


def test_a_negative_number_is_no_day() -> None:
    """What Excel shows as ##### is the number it is."""
    sheet = formatted("xlsx", -1, "yyyy-mm-dd", "")
    assert sheet.texts == [["-1"]]
    assert not sheet.dates


@pytest.mark.parametrize("number", [*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
def test_built_in_days(number: int) -> None:
    """Formats that no workbook writes out, those of the Chinese Excel among them, in both kinds of file."""
    data = made.repacked(
        made.xlsx(lambda sheet: sheet.cell(1, 1, datetime.date(2022, 12, 30))),
        "xl/styles.xml",
        lambda styles: styles.replace('numFmtId="14"', f'numFmtId="{number}"').replace(
            'numFmtId="164"', f'numFmtId="{number}"'
        ),
    )
    old = made.xls_of([[44925]], ["0.000"])
    style = struct.pack("<4H", 0xE0, 20, 7, 165)
    assert style in old
    for one in (data, old.replace(style, struct.pack("<4H", 0xE0, 20, 7, number))):
        sheet = first(one)
        assert sheet.texts == [["2022-12-30"]]
        assert sheet.dates == {FIRST}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", Format()),
        ("G/通用格式", Format()),
        ('G/通用格式"人"', Format(unit="人")),
        ("0人", Format(unit="人")),
        ("0.00E+00", Format()),
        ("[Red]0_d", Format()),
        ('0"days"', Format(unit="days")),
        ('"第"0', Format()),
        ("[DBNum1][$-804]0", Format()),
        ("[红色]-0", Format()),
        ("¥#,##0.00", Format()),
        ("[$￥-804]#,##0", Format()),
        ("@", Format()),
        (";;;", Format()),
        ("0.0#%", Format(percent=2)),
        ('0.0"；";0', Format()),
        ('#0"."0,', Format(scale=4)),
        ('0!.00,,"亿元"', Format(unit="亿元", scale=8)),
        ('#,##0,"千人"', Format(unit="千人", scale=3)),
        ("[mm]:ss", Format(is_elapsed=True)),
        ("mm:ss.0", Format(is_date=True)),
        ("[$-F800]dddd, mmmm dd, yyyy", Format(is_date=True)),
        ("e/m/d", Format(is_date=True)),
    ],
)
def test_formats(code: str, expected: Format) -> None:
    """A format is read by its first part; quoted letters, colours, gaps and exponents are no dates."""
    assert formats.parse(code) == expected


@KINDS
def test_percents_keep_their_decimals(kind: str) -> None:
    """A percent is written as shown, with no fewer digits than the value."""
    cell = made.ods_cell("92.50%", "percentage", 'office:value="0.925"')
    sheet = first(made.ods(cell)) if kind == "ods" else formatted(kind, 0.925, "0.00%", "")
    assert (sheet.texts, sheet.units, sheet.scales) == ([["92.50%"]], {}, {})


def test_days_since_1904() -> None:
    """A workbook once made on a Macintosh counts its days from another year."""
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = datetime.date(2023, 12, 31)
    old = xlwt.Workbook()
    old.dates_1904 = True
    old.add_sheet("表").write(0, 0, 45291 - 1462, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    for data in (made.saved(book), made.saved(old)):
        assert first(data).texts == [["2023-12-31"]]


@given(moment=st.datetimes(datetime.datetime(1900, 3, 1), datetime.datetime(9999, 12, 31)), since_1904=st.booleans())
def test_any_moment(moment: datetime.datetime, *, since_1904: bool) -> None:
    """What openpyxl stores for a moment is read as this moment, to the second."""
    moment = max(moment, datetime.datetime(1904, 1, 2)).replace(microsecond=0)
    stored = to_excel(moment, CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900)
    shown = cells.moment(stored, since_1904=since_1904)
    assert datetime.datetime.fromisoformat(shown) == moment
    assert ("00:00:00" in shown) is False


@pytest.mark.parametrize(
    ("serial", "shown"),
    [
        (0, "00:00:00"),
        (1, "1900-01-01"),
        (59, "1900-02-28"),
        (61, "1900-03-01"),
        (2958465.9, "9999-12-31 21:36:00"),
        (2958466, ""),
        (-0.5, ""),
        (1e300, ""),
        (0.999999999, "1900-01-01"),
    ],
)
def test_moments_at_the_ends(serial: float, shown: str) -> None:
    """Excel has a 29 February 1900, and nothing before its first or after its last day."""
    assert cells.moment(serial, since_1904=False) == shown


# What is hidden.


def hidden_xlsx() -> bytes:
    """Return a workbook with hidden rows and columns, by hand and of no height or width."""
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="E1"><v>1</v></c></row>'
    rows += '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
    rows += '<row r="3" ht="0" customHeight="1"><c r="A3"><v>3</v></c></row><row r="4" hidden="1"/>'
    rows += '<row r="5" ht="15" hidden="0"><c r="A5"><v>5</v></c></row><row r="900" hidden="true"/>'
    columns = '<col min="2" max="3" hidden="1"/><col min="4" max="4" width="0"/><col min="5" max="5" width="8.5"/>'
    return made.sheet_xml(rows, f'<cols>{columns}<col min="6" max="16384" hidden="1"/></cols>')


def test_columns_that_are_hidden_again() -> None:
    """A sheet has its columns once: 23 kB that hide all of them 200,000 times took more than half a minute."""
    hidden = '<col min="1" max="16384" hidden="1"/>'
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert first(made.sheet_xml(rows, f"<cols>{hidden}</cols>")).hidden_columns == {0}
    assert refused(made.sheet_xml(rows, f"<cols>{hidden}{hidden}</cols>")) == "damaged-table"


def hidden_xls() -> bytes:
    """Return the same as an .xls file."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    for number in (0, 1, 2, 4):
        sheet.write(number, 0, number + 1)
    sheet.write(0, 4, 1)
    sheet.row(1).hidden = True
    sheet.row(2).height, sheet.row(2).height_mismatch = 0, True
    sheet.col(1).hidden = sheet.col(2).hidden = sheet.col(9).hidden = True
    sheet.col(3).width = 0
    return made.saved(book)


def hidden_ods() -> bytes:
    """Return the same as an .ods file."""
    cell = made.ods_cell("1", "float", 'office:value="1"')
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="3"/>'
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="16379"/>'
    )
    last = '<table:table-cell table:number-columns-repeated="3"/>' + cell
    rows = (
        f'<table:table-row>{cell}{last}</table:table-row><table:table-row table:visibility="filter" '
        f'table:number-rows-repeated="2">{cell}</table:table-row>'
        f'<table:table-row table:visibility="collapse"/><table:table-row>{cell}</table:table-row>'
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048571"/>'
    )
    return made.ods_table(f'<table:table table:name="表1">{columns}{rows}</table:table>')


@pytest.mark.parametrize("make", [hidden_xlsx, hidden_xls, hidden_ods])
def test_hidden_rows_and_columns(make: Callable[[], bytes]) -> None:
    """Rows and columns nobody sees are named: those that hold something, and none beyond the table."""
    sheet = first(make())
    assert (len(sheet.texts), len(sheet.texts[0])) == (5, 5)
    assert sheet.hidden_rows == {1, 2}
    assert sheet.hidden_columns == {1, 2, 3}


def test_hidden_sheets() -> None:
    """Sheets that are hidden, by hand or by a program, say so and come last."""
    book, old = openpyxl.Workbook(), xlwt.Workbook()
    book.active.title, book.active["A1"], book.active.sheet_state = "甲", 1, "hidden"
    for number, name in enumerate("乙丙"):
        book.create_sheet(name)["A1"] = 1
        book[name].sheet_state = "veryHidden" if number else "visible"
    for name, visibility in zip("甲乙丙", (1, 0, 2), strict=True):
        sheet = old.add_sheet(name)
        sheet.write(0, 0, 1)
        sheet.visibility = visibility
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    style = '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>' + style
    row = f"<table:table-row>{made.ods_cell('1')}</table:table-row>"
    tables = "".join(
        f'<table:table table:name="{name}" table:style-name="ta{number}">{row}</table:table>'
        for name, number in zip("甲乙丙", (2, 1, 2), strict=True)
    )
    for data in (made.saved(book), made.saved(old), made.ods_table(tables, style)):
        sheets = read_tables(data, "表")
        assert [(sheet.name, sheet.visible) for sheet in sheets] == [("乙", True), ("甲", False), ("丙", False)]


# What is text.


@KINDS
def test_numbers_that_are_text(kind: str) -> None:
    """Text that reads as a number, which Excel does not add up, is known from a number, an error and other text."""
    row: list[str | int] = ["1236", "1,236 ", "１２８０", "-3.5", "85.6%", "12座", "1,23", "/", "", 1236]
    if kind == "ods":
        numbers = made.ods_cell("1236", "float", 'office:value="1236"')
        data = made.ods("".join(made.ods_cell(str(text)) for text in row[:-1]) + numbers)
    else:
        data = {"xlsx": made.xlsx_of, "xls": made.xls_of}[kind]([row])
    sheet = first(data)
    assert {column for _, column in sheet.text_numbers} == {0, 1, 2, 3, 4}
    assert sheet.texts == [[str(text).strip() for text in row]]


def test_text_tables_have_none_of_it() -> None:
    """Of a csv file none of this is known."""
    sheet = first("单位,改厕\n白石镇,１２\n青山镇,12人".encode())
    assert not (sheet.text_numbers | sheet.dates | sheet.hidden_rows | sheet.hidden_columns)
    assert (sheet.units, sheet.scales, sheet.visible) == ({}, {}, True)


# .xlsx in every dress.


def xlsx_texts(rows: str) -> list[list[str]]:
    """Return the texts of a sheet in its XML."""
    return first(made.sheet_xml(rows)).texts


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ("<row><c><v>1</v></c><c t='b'><v>1</v></c><c t='b'><v>0</v></c></row>", ["1", "是", "否"]),
        ("<row r='1'>\n <c r='B1'>\n  <v>2</v>\n </c>\n</row>", ["", "2"]),
        ("<row r='1'><c r='B1'><v>2</v></c><c r='A1'><v>1</v></c></row>", ["1", "2"]),
        ("<row><c r='B1'><v>2</v></c><c><v>3</v></c></row>", ["", "2", "3"]),
        ("<row r='1'><c r='B1'><v>2</v></c></row><row r='1'><c r='A1'><v>1</v></c></row>", ["1", "2"]),
        ("<row><c t='str'><f>A2</f><v>甲</v></c></row>", ["甲"]),
        ("<row><c><f>1+1</f><v>2</v></c></row>", ["2"]),
        ("<row><c><f>1+1</f><v>\n</v></c><c><v> 1 </v></c><c><v> </v></c></row>", ["=1+1", "1"]),
        ("<row><c t='d'><v>2022-12-30T00:00:00</v></c></row>", ["2022-12-30"]),
        ("<row><c t='inlineStr'><is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>丙</t></rPh></is></c></row>", ["甲乙"]),
        ("<row><c t='inlineStr'><is><rPh><t>丙</t></rPh><r><t>甲</t></r></is></c></row>", ["甲"]),
        ("<row><c t='str'><v>甲_x000D_\n乙</v></c></row>", ["甲\n乙"]),
        ("<row><c t='str'><v><![CDATA[<甲>]]>&amp;<!-- 丙 -->乙</v></c></row>", ["<甲>&乙"]),
        ("<row><c><v>1e3</v></c><c><v>-0</v></c><c><v>1.50</v></c><c><v>007</v></c></row>", ["1000", "0", "1.5", "7"]),
    ],
)
def test_cells_of_xlsx(row: str, texts: list[str]) -> None:
    """Places may be left out or out of order, texts in pieces or escaped; XML may be written as XML may."""
    assert xlsx_texts(row) == [texts]


def test_prefixed_names() -> None:
    """Some programs write a prefix before every name."""
    data = made.xlsx_of([["甲", 1]])
    for part in ("xl/workbook.xml", made.SHEET, "xl/styles.xml"):
        data = made.repacked(
            data,
            part,
            lambda xml: (
                xml.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
            ),
        )
    assert first(data).texts == [["甲", "1"]]


def test_shared_texts() -> None:
    """Texts that cells share are read without the readings beside their characters; escapes are characters."""
    strings = "<sst><si><r><t>白石</t></r><r><t>镇</t></r><rPh><t>bái</t></rPh></si><si><t>_x0031_2</t></si><si/></sst>"
    data = made.sheet_xml("<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c></row>")
    sheet = first(made.repacked(data, "xl/sharedStrings.xml", lambda _: strings))
    assert sheet.texts == [["白石镇", "12", ""]]
    assert sheet.text_numbers == {(0, 1)}


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='5'><c r='A7'><v>1</v></c></row>",
        "<row r='5'><c r='B15'><v>1</v></c></row>",
        "<row r='0'><c><v>1</v></c></row>",
        "<row r='1048577'><c><v>1</v></c></row>",
        "<row><c r='XFE1'><v>1</v></c></row>",
        "<row><c r='a1'><v>1</v></c></row>",
        "<row><c r='XFD1'><v>1</v></c><c><v>1</v></c></row>",
        "<row><c><v>1_0</v></c></row>",
        "<row><c><v>１</v></c></row>",
        "<row><c><v>nan</v></c></row>",
        "<row><c><v>1e999</v></c></row>",
        "<row><c t='s'><v>9</v></c></row>",
        "<row><c t='s'><v>-1</v></c></row>",
        "<row><c t='x'><v>9</v></c></row>",
        "<row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref='A0:B2'/></mergeCells><sheetData>",
        "<row><c t='d'><v>今天</v></c></row>",
    ],
)
def test_cells_that_cannot_be(rows: str) -> None:
    """A cell that contradicts its row, stands beyond the sheet or holds what is no number is never guessed at."""
    assert refused(made.sheet_xml(rows)) == "damaged-table"


def test_two_sheets_in_one_part() -> None:
    """A list of sheets that are all one and the same would be read for ever."""
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.create_sheet("乙")["A1"] = 1
    data = made.repacked(
        made.saved(book), "xl/_rels/workbook.xml.rels", lambda xml: xml.replace("sheet2.xml", "sheet1.xml")
    )
    assert refused(data) == "damaged-table"


@settings(max_examples=50)
@given(numbers=st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=40))
def test_any_number_is_written_alike(numbers: list[float]) -> None:
    """However a program spells a number, what is read is its 15 digits."""
    spelled = [(repr(one), f"{one:.17g}", f"{one:.15g}") for one in numbers]
    rows = "".join("<row>" + "".join(f"<c><v>{text}</v></c>" for text in row) + "</row>" for row in spelled)
    assert xlsx_texts(rows) == [[cells.number(float(text)) for text in row] for row in spelled]


@settings(max_examples=150)
@given(data=st.data())
def test_any_damage_to_a_sheet(data: st.DataObject) -> None:
    """A sheet with some characters changed is read or refused; there is never another exception."""
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><f>A2</f><v>1.5</v></c></row>'
    xml = f'<worksheet><cols><col min="1" max="2" hidden="1"/></cols><sheetData>{rows}</sheetData>'
    xml += '<mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(xml) - 1))
        xml = xml[:at] + data.draw(st.sampled_from([*"<>/\"'=AZ09:. -&甲", ""])) + xml[at + 1 :]
    assert is_read_or_refused(made.repacked(made.xlsx_of([["甲"]]), made.SHEET, lambda _: xml))


def is_read_or_refused(data: bytes) -> bool:
    """Read a table, or see it refused with a way out; say whether there is something, or its place. All else fails."""
    try:
        return any(sheet.texts for sheet in read_tables(data, "表"))
    except HealthReportError as wrong:
        return all(one.message and one.hint and one.position.file == "表" for one in wrong.diagnostics)


# .xls, and how it is damaged.


XLS = made.xls_of(
    [["统计表", "", "", ""], ["清河镇", 1059, 0.925, 44925], ["白石镇", 62.2, "#REF!", True]],
    ["General", '0"座"', "0.0%", "yyyy-mm-dd"],
    [(0, 0, 0, 3)],
)


def test_errors_and_truth_in_xls() -> None:
    """Every error has its name; what is true is 是."""
    codes = (0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A)
    errors = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    for column, code in enumerate(codes):
        sheet.row(0).set_cell_error(column, code)
    sheet.row(0).set_cell_boolean(7, True)
    sheet.row(0).set_cell_boolean(8, False)
    read = first(made.saved(book))
    assert read.texts == [[*errors, "是", "否"]]
    assert read.errors == {(0, column): error for column, error in enumerate(errors)}


def test_formulas_in_xls() -> None:
    """A formula that was never computed is an empty cell, like one that gave an empty text; never a zero."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    sheet.write(0, 0, "甲")
    sheet.write(0, 1, xlwt.Formula("1+1"))
    sheet.write(0, 2, 3)
    assert first(made.saved(book)).texts == [["甲", "", "3"]]


def test_blank_cells_of_xls_are_no_part_of_the_table() -> None:
    """Cells that have a frame and nothing in them, down to the last row, are not there."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    sheet.write(0, 0, "甲")
    for row in range(1, 65536, 97):
        sheet.write(row, 255, "", xlwt.easyxf("borders: left thin"))
    sheet.row(0).set_cell_blank(255)
    assert first(made.saved(book)).texts == [["甲"]]


def test_the_far_corner_of_xls() -> None:
    """A table of 65,536 rows is read, a cell in the last corner of one that is too large is named."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    sheet.write(65535, 29, 1)
    assert len(first(made.saved(book)).texts) == 65536
    sheet.write(65535, 255, 1)
    with pytest.raises(HealthReportError) as wrong:
        read_tables(made.saved(book), "表")
    assert (wrong.value.diagnostics[0].id, wrong.value.diagnostics[0].position.cell) == ("too-large", "IV65536")


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_large_xls_cut_off(tenth: int) -> None:
    """A file of a thousand rows cut off at a tenth of its length is damaged, not a part of its rows."""
    data = made.xls_of([[f"镇{number}", *range(20)] for number in range(1000)])
    assert refused(data[: len(data) * tenth // 10]) == "damaged-table"


@settings(max_examples=300, deadline=datetime.timedelta(seconds=2))
@given(flips=st.lists(st.tuples(st.integers(0, len(XLS) * 8 - 1)), min_size=1, max_size=4))
def test_any_damage_to_an_xls(flips: list[tuple[int]]) -> None:
    """An .xls file with some bits the other way round is read or refused, at once."""
    data = bytearray(XLS)
    for (bit,) in flips:
        data[bit // 8] ^= 1 << bit % 8
    assert is_read_or_refused(bytes(data))


@settings(max_examples=300, deadline=datetime.timedelta(seconds=2))
@given(data=st.data())
def test_any_damage_to_the_records_of_an_xls(data: st.DataObject) -> None:
    """So it is where only records of the workbook are changed, which is where the parser has most to trip over."""
    used = [at for at, byte in enumerate(XLS) if byte and at > 512]
    broken = bytearray(XLS)
    for at in data.draw(st.lists(st.sampled_from(used), min_size=1, max_size=3)):
        broken[at] = data.draw(st.integers(0, 255))
    assert is_read_or_refused(bytes(broken))


def test_damage_is_told_in_one_place(capfd: pytest.CaptureFixture[str]) -> None:
    """What the library has to say of a damaged file does not reach the console."""
    for at in range(512, len(XLS), 101):
        broken = bytearray(XLS)
        broken[at : at + 8] = b"\xff" * 8
        assert is_read_or_refused(bytes(broken))
    assert capfd.readouterr() == ("", "")


# .ods.


def test_a_text_of_ods_that_is_not_shown() -> None:
    """A text that a program wrote as a value alone is read all the same."""
    assert first(made.ods('<table:table-cell office:value-type="string" office:string-value="甲"/>')).texts == [["甲"]]


def test_texts_of_ods() -> None:
    """Paragraphs are lines; blanks written as elements are blanks; a unit is what stands after the number."""
    inside = '甲<text:span>乙</text:span>丙<text:s text:c="2"/>丁</text:p><text:p>戊<text:tab/>己'
    cell = made.ods_cell(inside)
    assert first(made.ods(cell)).texts == [["甲乙丙  丁\n戊\t己"]]


def test_repeated_facts_of_ods() -> None:
    """What is peculiar about a cell that stands for several is noted for all of them."""
    twice = 'table:number-columns-repeated="2"'
    cells_of_row = (
        made.ods_cell("12人", "float", f'office:value="12" {twice}')
        + made.ods_cell("69.4", "float", f'office:value="693500" {twice}')
        + made.ods_cell("某日", "date", f'office:date-value="2022-12-30" {twice}')
        + made.ods_cell("1,236", more=twice)
        + f'<table:table-cell table:formula="of:=[.B2]" {twice}/>'
    )
    row = f'<table:table-row table:number-rows-repeated="2">{cells_of_row}</table:table-row>'
    sheet = first(made.ods(row))

    def both(*columns: int) -> set[tuple[int, int]]:
        return {(row, column) for row in (0, 1) for column in columns}

    assert sheet.units == dict.fromkeys(both(0, 1), "人")
    assert sheet.scales == dict.fromkeys(both(2, 3), 4)
    assert sheet.dates == both(4, 5)
    assert sheet.text_numbers == both(6, 7)
    assert sheet.errors == dict.fromkeys(both(8, 9), UNCACHED)


@settings(max_examples=100)
@given(data=st.data())
def test_any_damage_to_an_ods(data: st.DataObject) -> None:
    """An .ods file with some characters changed is read or refused."""
    whole = made.ods(made.ods_cell("12人", "float", 'office:value="12" table:number-columns-repeated="2"'))

    def change(xml: str) -> str:
        at = data.draw(st.integers(xml.index("<table:table "), len(xml) - 1))
        new: str = data.draw(st.sampled_from([*"<>/\"'=AZ09:. -&甲", ""]))
        return xml[:at] + new + xml[at + 1 :]

    assert is_read_or_refused(made.repacked(whole, "content.xml", change))


# Limits.


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/sharedStrings.xml", f"<sst>{'<si/>' * 50}</sst>"),
        ("xl/sharedStrings.xml", f"<sst>{'<si><t>甲乙丙丁戊己庚辛</t></si>' * 5}</sst>"),
        (made.SHEET, f"<worksheet><mergeCells>{MERGED * 50}</mergeCells></worksheet>"),
    ],
    ids=["shared texts", "characters", "merged cells"],
)
def test_what_is_counted(monkeypatch: pytest.MonkeyPatch, part: str, content: str) -> None:
    """Shared texts and merged cells that no cell needs fill the memory as well, and are counted."""
    monkeypatch.setattr(facts, "MAX_CELLS", 40)
    monkeypatch.setattr(facts, "MAX_CHARACTERS", 30)
    data = made.sheet_xml("<row><c><v>1</v></c></row>")
    assert first(data).texts == [["1"]]
    assert refused(made.repacked(data, part, lambda _: content)) == "too-large"


def test_a_long_row_of_nothing() -> None:
    """A million hidden rows of nothing take no memory."""
    rows = '<row hidden="1"/>' * 100_000
    data = made.sheet_xml(f"{rows}<row r='1'><c><v>1</v></c></row>")
    read_tables(data, "表")
    tracemalloc.start()
    try:
        sheet = first(data)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
    assert sheet.texts == [["1"]]
    assert not sheet.hidden_rows
