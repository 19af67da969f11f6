"""One sheet of an ``.xlsx`` file (ECMA-376 Part 1, 18.3), streamed through once.

Rows that are written as programs write them are read as text. The rest goes through the XML parser, where every
element comes through :meth:`SheetReader._begin` and :meth:`SheetReader._end`; these ask for the most frequent first.
"""

from __future__ import annotations

from string import ascii_uppercase
from typing import IO, TYPE_CHECKING, NamedTuple

from healthreport.reading.packed.zip_parts import LocalNames, parser_of
from healthreport.reading.tables.workbook import cells, xlsx_rows
from healthreport.reading.tables.workbook.facts import UNCACHED
from healthreport.reading.tables.workbook.xlsx_scalars import (
    COLUMNS,
    ROWS,
    Columns,
    Numbers,
    is_true,
    is_zero,
    number_of,
    unescaped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.reading.tables.workbook.facts import Book
    from healthreport.reading.tables.workbook.formats import Format
    from healthreport.reading.tables.workbook.xlsx_rows import Cell, Row

_DIGITS = "0123456789"
_AFTER_DECLARATION = 5  # <?xml
_UTF8 = "utf-8"


class Styles(NamedTuple):
    """What the styles of cells make of numbers, and how far they set texts in, by index; ``None`` is the first."""

    formats: dict[str | None, Format]
    indents: dict[str | None, int]


class SheetReader:
    """Reads a sheet into the last grid of a book; ``styles`` and ``strings`` are what its cells refer to."""

    def __init__(self, book: Book, styles: Styles, strings: Sequence[cells.Text]) -> None:
        self._book = book
        self._grid = book.grids[-1]
        self._styles = styles.formats
        self._indents = styles.indents
        self._strings = strings
        self._local = LocalNames()
        self._columns = Columns()
        self._numbers = Numbers()
        self._words: list[str] = []
        self._row = self._column = -1
        self._row_name = ""
        self._hidden = False
        self._columns_hidden = 0
        self._texts: list[str] = []
        self._kind = ""
        self._style: str | None = None
        self._value: str | None = None
        self._formula: str | None = None
        self._aside = 0
        self._rows = xlsx_rows.Rows(self._columns, self._styles)
        self._in_data = False
        self._open_rows = 0
        self._is_odd = False

    def read(self, stream: IO[bytes]) -> None:
        """Read the sheet. Raises :class:`ValueError` and others, as :func:`zip_parts.opened` expects."""
        parser = parser_of(self._begin, self._end, self._words.append)
        parser.XmlDeclHandler = self._declared
        with stream:
            for piece, is_row in xlsx_rows.pieces(stream):
                row = self._rows.read(piece) if is_row and self._between_rows else None
                if row:
                    self._take(row)
                    continue
                parser.Parse(piece)
                if is_row:
                    parser.Parse(xlsx_rows.END)
                # A comment or the like may hide a row, and a long piece ends anywhere.
                self._is_odd |= not is_row or b"<!" in piece or piece.find(b"<?", _AFTER_DECLARATION) >= 0
        parser.Parse(b"", True)

    @property
    def _between_rows(self) -> bool:
        """Whether what comes next is a row, if it looks like one."""
        return self._in_data and not self._open_rows and not self._is_odd

    def _declared(self, _: str, encoding: str | None, __: int) -> None:
        self._is_odd |= encoding is not None and encoding.lower() != _UTF8

    def _take(self, row: Row) -> None:
        """Take a row that was read as text."""
        self._begin_row(row.number)
        frame, values = row.frame, row.values
        said = [(cell.at, self._of_cell(cell, values[cell.at])) for cell in frame.others]
        for at, _ in said:
            values[at] = "0"
        texts = self._numbers.short(values) if row.is_plain else self._numbers.written(values)
        for at, text in said:
            texts[at] = text
        if frame.spread:
            texts = [*frame.spread([*texts, ""])]
        self._add(texts, hidden=frame.hidden)

    def _of_cell(self, cell: Cell, value: str) -> str:
        self._column, self._style = cell.column, cell.style
        if cell.kind == "n":
            return self._formatted(value, self._styles[cell.style])
        return self._said(cell.kind, value)

    def _add(self, texts: list[str], *, hidden: bool) -> None:
        if texts:
            self._book.add(self._row, texts)
            if hidden:
                self._grid.hidden_rows.add(self._row)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        tag = self._local[tag]
        if tag == "c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s")
            self._value = self._formula = None
            name = attributes.get("r")
            if name is None:
                self._column += 1
                if self._column >= COLUMNS:
                    raise ValueError("columns")
                return
            if not self._row_name:
                self._begin_row(name.lstrip(ascii_uppercase))
            self._column = self._columns[name.removesuffix(self._row_name)]
            return
        self._words.clear()
        if tag == "v":
            return
        if tag == "row":
            self._open_rows += 1
            self._row += 1
            self._row_name = ""
            self._column = -1
            if "r" in attributes:
                self._begin_row(attributes["r"])
            self._hidden = is_true(attributes.get("hidden")) or is_zero(attributes.get("ht"))
        elif tag == "rPh":
            self._aside += 1
        elif tag == "sheetData":
            self._in_data = True
        elif tag == "col":
            if is_true(attributes.get("hidden")) or is_zero(attributes.get("width")):
                self._hide(range(max(int(attributes["min"]), 1) - 1, min(int(attributes["max"]), COLUMNS)))
        elif tag == "mergeCell":
            self._merge(attributes["ref"])

    def _hide(self, columns: range) -> None:
        """Take columns for hidden; those of Excel never overlap (18.3.1.13)."""
        self._columns_hidden += len(columns)
        if self._columns_hidden > COLUMNS:
            raise ValueError(columns)
        self._grid.hidden_columns.update(columns)

    def _begin_row(self, number: str) -> None:
        self._row = int(number) - 1
        self._row_name = str(self._row + 1)
        if not 0 <= self._row < ROWS:
            raise ValueError(number)

    def _end(self, tag: str) -> None:
        tag = self._local[tag]
        if tag == "v":
            words = self._words
            content = words[0] if len(words) == 1 else "".join(words)
            self._value = "" if content.isspace() else content
        elif tag == "c":
            value = self._value
            if value and self._kind == "n":
                shown = self._styles.get(self._style)
                text = self._numbers[value] if shown is None else self._formatted(value, shown)
            elif value or self._formula is not None:
                text = self._said(self._kind, value or "")
            else:
                return
            if self._column == len(self._texts):
                self._texts.append(text)
            else:
                self._put(text)
        else:
            self._end_other(tag)

    def _end_other(self, tag: str) -> None:
        if tag == "row":
            self._add(self._texts, hidden=self._hidden)
            self._texts = []
            self._open_rows -= 1
        elif tag == "f":
            self._formula = "".join(self._words).strip()
        elif tag == "t":
            if not self._aside:
                self._value = (self._value or "") + "".join(self._words)
        elif tag == "rPh":
            self._aside -= 1
        elif tag == "sheetData":
            self._in_data = False

    def _put(self, text: str) -> None:
        """Put a cell's text after a gap, or in the place of another."""
        texts, column = self._texts, self._column
        texts += [""] * (column + 1 - len(texts))
        texts[column] = text

    def _formatted(self, value: str, shown: Format) -> str:
        since_1904 = self._book.since_1904
        return self._grid.number(self._row, self._column, number_of(value), shown, since_1904=since_1904)

    def _said(self, kind: str, value: str) -> str:
        """Return what a cell that is no number says, and note what is peculiar about it."""
        place = self._row, self._column
        if self._style in self._indents:
            self._grid.indents[place] = self._indents[self._style]
        if kind == "s" and value:
            if not value.strip().isdecimal():
                raise ValueError(value)
            text = self._strings[int(value)]
            if text.wrong or text.is_number or text.indent:
                self._grid.text(*place, text)
            return text.value
        if kind in ("str", "inlineStr"):
            return self._grid.text(*place, cells.text(unescaped(value)))
        value = value.strip()
        if not value:
            self._grid.errors[place] = UNCACHED
            return f"={self._formula}"
        if kind == "b":
            return cells.boolean(value=is_true(value))
        if kind == "d":
            self._grid.dates.add(place)
            return cells.iso_moment(value)
        if kind != "e":
            raise ValueError(kind)
        self._grid.errors[place] = value
        return value

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = self._place(first), self._place(last or first)
        self._book.merge(top, left, bottom, right)

    def _place(self, name: str) -> tuple[int, int]:
        """Return row and column of a cell's name."""
        letters = name.rstrip(_DIGITS)
        row = int(name[len(letters) :]) - 1
        if not 0 <= row < ROWS:
            raise ValueError(name)
        return row, self._columns[letters]
