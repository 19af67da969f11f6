"""The townships' rows of a workbook that ``rollup`` writes: what others read of them, and how they look."""

from __future__ import annotations

import io
from decimal import Decimal
from fractions import Fraction

import openpyxl
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from healthreport.jobs.rollup import town_rows
from healthreport.reading.tables.sheets import read_tables

ROWS = ["甲", "乙"]


def book() -> bytes:
    """Return a workbook with a head, a row that shows the looks, and a total below the rows to come."""
    with xlsxwriter.Workbook(out := io.BytesIO(), {"in_memory": True}) as made:
        sheet, text, number = made.add_worksheet("汇总"), made.add_format({"border": 1}), made.add_format()
        number.set_num_format("0.00%")
        sheet.write_string(0, 0, "单位")
        sheet.write_blank(1, 0, None, text)
        sheet.write_blank(1, 1, None, number)
        sheet.write_string(1 + len(ROWS), 0, "合计")
    return out.getvalue()


def put(first: list[str], second: list[str], seen: list[str] | None = None) -> bytes:
    """Return the workbook with two texts and two cells made of what they begin with."""

    def columns(heads: list[str], of_texts: list[str]) -> list[list[str]]:
        assert of_texts[0] == heads[0]
        (seen if seen is not None else []).extend(heads)
        others = [one if one.startswith("<") else town_rows.text(of_texts[1], one) for one in second]
        return [[town_rows.text(heads[0], one) for one in first], [one.replace("<head", heads[1]) for one in others]]

    return town_rows.put(book(), 2, columns)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=2, max_size=2))
def test_texts(texts: list[str]) -> None:
    """Whatever a text holds, marks of XML, blanks around it, characters XML cannot hold, it is read as it was."""
    data = put(texts, ROWS)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    read = [openpyxl.utils.escape.unescape(str(sheet.cell(at, 1).value or "")) for at in (2, 3)]
    assert read == texts
    assert [row[1] for row in read_tables(data, "表")[0].texts[1:3]] == ROWS


def test_numbers_and_formulas() -> None:
    """Numbers keep 16 digits and their format, formulas the value beside them, and the rows stand in their places."""
    numbers = town_rows.numbers("<head", [Decimal("1343.50"), Fraction(1, 3)])
    sheet = openpyxl.load_workbook(io.BytesIO(put(ROWS, [*numbers]))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["单位", None],
        ["甲", 1343.5],
        ["乙", 0.3333333333333333],
        ["合计", None],
    ]
    assert [sheet.cell(at, 2).number_format for at in (2, 3)] == ["0.00%", "0.00%"]
    assert sheet.dimensions == "A1:B4"
    written = put(ROWS, [town_rows.formula("<head", 'IF(A2<>"&",1,2)', 0.92), *town_rows.numbers("<head", [7])])
    for data_only, expected in ((False, '=IF(A2<>"&",1,2)'), (True, 0.92)):
        sheet = openpyxl.load_workbook(io.BytesIO(written), data_only=data_only).active
        assert sheet is not None
        assert (sheet["B2"].value, sheet["B3"].value) == (expected, 7)


def test_empty_cells_have_their_look() -> None:
    """A cell without a text is there, as the column of names looks."""
    sheet = openpyxl.load_workbook(io.BytesIO(put(["甲", ""], ["", "约500"]))).active
    assert sheet is not None
    assert (sheet["A3"].value, sheet["B2"].value, sheet["B3"].value) == (None, None, "约500")
    assert sheet["B2"].border.left.style == sheet["A3"].border.left.style == "thin"
