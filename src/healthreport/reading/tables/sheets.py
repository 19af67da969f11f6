"""Tables as they are sent in, ``.xlsx`` ``.xls`` ``.ods`` and ``.csv``: sheets of text cells that know their place.

The kind is told by the content, not by the name. Numbers lose nothing and gain nothing on their way to
text: 1059, 62.2, 92.5%, 2022-12-30, 是.
"""

from __future__ import annotations

import datetime
import io
import math
from dataclasses import dataclass
from decimal import Decimal
from sys import intern
from typing import TYPE_CHECKING, Any

from healthreport.diagnostics import Diagnostic, Position, error
from healthreport.reading.tables import delimited
from healthreport.reading.tables.workbook import examine, facts
from healthreport.reading.yaml.encodings import BLANKS, CONTROL, decode
from healthreport.reading.yaml.nodes import Scalar, Source

if TYPE_CHECKING:
    from healthreport.reading.tables.workbook.facts import Facts

MAX_TEXT_BYTES = 20_000_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Cell(Scalar):
    """A cell: its text, empty when missing; its ``row`` and ``column`` counted from 0.

    ``error`` says what keeps a cell from having a value: ``#REF!``, a formula never computed; ``value``
    is then what the cell shows, or the formula.
    """

    __slots__ = ("column", "error", "row", "sheet")

    def __init__(self, value: str, source: Source, row: int, column: int, sheet: str = "", error: str = "") -> None:
        # The style of quoted text: what stands in a cell is never a key with a mistyped colon.
        super().__init__(value, source, 0, 0, '"')
        self.row = row
        self.column = column
        self.sheet = sheet
        self.error = error

    def position(self, start: int = 0, end: int | None = None) -> Position:  # noqa: ARG002
        """Return sheet and cell; parts of a cell have no place of their own."""
        return Position(self.source.name, sheet=self.sheet, cell=facts.cell_name(self.row, self.column))

    def problem(self) -> Diagnostic | None:
        """Return what is wrong with a cell that has an error."""
        if not self.error:
            return None
        message = f"单元格是错误值 {self.error}。" if self.error == self.value else f"单元格的{self.error}。"
        uncached = self.error == facts.UNCACHED
        hint = "请在 Excel 中打开并保存一次。" if uncached else "请改好这一格，或清空它，再保存。"
        return Diagnostic("bad-cell", message, self.position(), hint=hint)


class _TextCell(Cell):
    """A cell of a csv file, whose place is a line and a column."""

    __slots__ = ("_span_of",)

    def __init__(self, value: str, row: int, column: int, error: str, sheet: Sheet) -> None:
        super().__init__(value, sheet.source, row, column, error=error)
        self._span_of = sheet.span

    def position(self, start: int = 0, end: int | None = None) -> Position:
        """Return the place of ``value[start:end]``, or of the whole cell where quotes are doubled inside."""
        first, last = self._span_of(self.row, self.column)
        if self.source.text[first:last] != self.value:
            start, end = 0, None
        return self.source.position(first + start, last if end is None else first + end)


@dataclass(slots=True)
class Sheet:
    """A sheet: its file, its name, the texts of its rows, all of one length, and its merged cells.

    A merged cell is first row, first column, last row, last column, counted from 0; what it covers is empty.
    ``errors`` holds by row and column what keeps a cell from having a value. A table of a whole county's
    townships has a million cells, so a :class:`Cell` is made when it is asked for. The source of a csv
    file holds its text.
    """

    source: Source
    name: str
    texts: list[list[str]]
    merged: list[tuple[int, int, int, int]]
    errors: dict[tuple[int, int], str]
    _starts: list[int] | None = None

    @property
    def rows(self) -> list[list[Cell]]:
        """All cells."""
        return [self.row(number) for number in range(len(self.texts))]

    def row(self, number: int) -> list[Cell]:
        """Return the cells of a row, counted from 0."""
        return [self.cell(number, column) for column in range(len(self.texts[number]))]

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; row and column are counted from 0."""
        value, wrong = self.texts[row][column], self.errors.get((row, column), "")
        if self.source.text:
            return _TextCell(value, row, column, wrong, self)
        return Cell(value, self.source, row, column, self.name, wrong)

    def span(self, row: int, column: int) -> tuple[int, int]:
        """Return start and end of a cell of a csv file; one that was left out is where its row ends."""
        if self._starts is None:
            self._starts = [start for start, _ in delimited.lines(self.source)]
        spans = delimited.spans(self.source, self._starts[row])
        return spans[column] if column < len(spans) else (spans[-1][1], spans[-1][1])

    def position(self) -> Position:
        """Return the place of the first cell."""
        return self.cell(0, 0).position() if self.texts else Position(self.source.name, sheet=self.name, cell="A1")


def read_tables(data: bytes, name: str) -> list[Sheet]:
    """Read the sheets of a table; those shown and filled come first, hidden and empty ones last.

    Rows and columns before the first cell are kept, so the places are those Excel shows. A formula that
    was never computed is an error in ``.xlsx`` and ``.ods``; an ``.xls`` file does not tell it from an empty text.

    Raises :class:`HealthReportError` for what is damaged, protected, too large, empty or no table.
    """
    is_text = not examine.is_workbook(data)
    sheets = [_read_csv(_decode(data, name))] if is_text else _read_workbook(data, name)
    if not any(sheet.texts for sheet in sheets):
        raise error("empty-table", "表格是空的。", Position(name), hint="请检查是否选错了文件，填好的表是否已保存。")
    return sheets


def _read_workbook(data: bytes, name: str) -> list[Sheet]:
    import python_calamine as calamine

    notes = examine.examine(data, name)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [*zip(book.sheets_metadata, notes, strict=True)]
        sheets.sort(key=lambda one: (one[0].visible is not calamine.SheetVisibleEnum.Visible, not one[1].height))
        return [
            _sheet(book.get_sheet_by_name(meta.name), about, name)
            for meta, about in sheets
            if meta.typ is calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError:
        raise facts.protected(name) from None
    except BaseException as wrong:
        # A failed assertion in calamine arrives as PanicException, which is no Exception.
        if isinstance(wrong, calamine.CalamineError | ValueError) or type(wrong).__name__ == "PanicException":
            raise facts.damaged(name) from None
        raise


def _sheet(sheet: Any, notes: Facts, file: str) -> Sheet:
    values: list[list[object]] = sheet.to_python(skip_empty_area=False)
    width = max(notes.width, sheet.total_width)
    errors: dict[tuple[int, int], str] = {}
    texts: list[list[str]] = []
    for row in range(max(notes.height, len(values))):
        given = values[row] if row < len(values) else []
        given += [""] * (width - len(given))
        texts.append([])
        for column, plain in enumerate(given):
            value, wrong = notes.errors.get((row, column)) or (plain, "")
            text, control = _clean(_text(value, notes.percents.get((row, column))))
            if wrong or control:
                errors[row, column] = wrong or control
            texts[row].append(text)
    _trim(texts)
    height = len(texts)  # titles are often merged over more columns and rows than are filled
    merged = [
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in notes.merged or sheet.merged_cell_ranges or ()
        if top < height and left < width
    ]
    return Sheet(Source(file, ""), sheet.name, texts, merged, errors)


def _text(value: object, percent: int | None) -> str:
    """Write a value as somebody would type it; ``percent`` is how many decimals of a percent are shown."""
    match value:
        case bool():
            return "是" if value else "否"
        case int() | float():
            return _number(value, percent)
        case datetime.datetime():
            day = value.date().isoformat()
            return day if value.time() == datetime.time() else f"{day} {value.time().isoformat('auto')}"
        case _:
            return str(value)


def _number(value: float, percent: int | None) -> str:
    """Write a number; a fraction in the 15 digits Excel keeps: 62.2, not 62.200000000000003."""
    text = f"{value + 0:.15g}"
    if not math.isfinite(value) or (percent is None and "e" not in text):
        return text
    number = Decimal(repr(value) if value == int(value) else text)
    if percent is not None:
        number = number.scaleb(2)
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return f"{number:.{max(percent or 0, -exponent)}f}" + ("%" if percent is not None else "")


def _clean(text: str) -> tuple[str, str]:
    """Return a text without blanks at its ends or characters no document can hold, and what was wrong.

    Townships' numbers repeat, so equal texts share one string.
    """
    if text.isascii() and text.isalnum():
        return intern(text), ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = CONTROL.search(text)
    if bad:
        return CONTROL.sub("\ufffd", text).strip(BLANKS), f"文字中有看不见的控制字符（U+{ord(bad[0]):04X}）"
    return intern(text.strip(BLANKS)), ""


def _trim(texts: list[list[str]]) -> None:
    """Drop the empty rows at the end."""
    while texts and not any(texts[-1]):
        texts.pop()


def _decode(data: bytes, name: str) -> Source:
    if len(data) > MAX_TEXT_BYTES:
        raise facts.too_large(Position(name), f"文本表格超过{MAX_TEXT_BYTES // 1_000_000}MB。")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        hint = "请在 Excel 或 WPS 中打开，另存为 .xlsx。"
        raise facts.no_table(name, "这是网页或 XML，不是表格，虽然 Excel 能打开。", hint)
    if b"\x00" in data and not data.startswith(_UTF16):
        raise facts.no_table(name, "这不是表格。", "可以用 .xlsx、.xls、.ods 和 .csv 文件。")
    return decode(data, name)


def _read_csv(source: Source) -> Sheet:
    errors: dict[tuple[int, int], str] = {}
    texts: list[list[str]] = []
    may_have_controls = CONTROL.search(source.text) is not None
    width = 0
    for start, cells in delimited.lines(source):
        row = [intern(cell.strip(BLANKS)) for cell in cells]
        if may_have_controls:
            for column, cell in enumerate(cells):
                row[column], control = _clean(cell)
                if control:
                    errors[len(texts), column] = control
        texts.append(row)
        width = max(width, len(row))
        if width * len(texts) > facts.MAX_CELLS:
            raise delimited.too_many_cells(source.position(start))
    _trim(texts)
    width = max(map(len, texts), default=0)
    filled = [row if len(row) == width else row + [""] * (width - len(row)) for row in texts]
    return Sheet(source, "", filled, [], errors)
