"""One sheet of an ``.xlsx`` file (ECMA-376 Part 1, 18.3), streamed through once.

Every element of a large sheet comes through :meth:`SheetReader._begin` and :meth:`SheetReader._end`, so these two
ask for the most frequent ones first, and numbers, which repeat, are written out once.
"""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import IO, TYPE_CHECKING, NamedTuple

from healthreport.reading.packed.zip_parts import LocalNames, run
from healthreport.reading.tables.workbook import cells
from healthreport.reading.tables.workbook.facts import UNCACHED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.reading.tables.workbook.facts import Book
    from healthreport.reading.tables.workbook.formats import Format

_ROWS, _COLUMNS = 1 << 20, 1 << 14
_TRUE = {"1", "true"}
_REMEMBERED = 1 << 16
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_PLAIN = re.compile(r"0|-?(?:[1-9]\d*|0(?=\.))(?:\.\d*[1-9])?", re.ASCII)
_EXACT = 16  # a point and 15 digits
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"


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
        self._columns = _Columns()
        self._numbers = _Numbers()
        self._words: list[str] = []
        self._row = self._column = -1
        self._row_name = ""
        self._hidden = False
        self._texts: list[str] = []
        self._kind = ""
        self._style: str | None = None
        self._value: str | None = None
        self._formula: str | None = None
        self._aside = 0

    def read(self, stream: IO[bytes]) -> None:
        """Read the sheet. Raises :class:`ValueError` and others, as :func:`zip_parts.opened` expects."""
        run(stream, self._begin, self._end, self._words.append)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        tag = self._local[tag]
        if tag == "c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s")
            self._value = self._formula = None
            name = attributes.get("r")
            if name is None:
                self._column += 1
                if self._column >= _COLUMNS:
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
            self._row += 1
            self._row_name = ""
            self._column = -1
            if "r" in attributes:
                self._begin_row(attributes["r"])
            self._hidden = attributes.get("hidden") in _TRUE or _is_zero(attributes.get("ht"))
        elif tag == "rPh":
            self._aside += 1
        elif tag == "col":
            if attributes.get("hidden") in _TRUE or _is_zero(attributes.get("width")):
                first, last = int(attributes["min"]), int(attributes["max"])
                self._grid.hidden_columns.update(range(max(first, 1) - 1, min(last, _COLUMNS)))
        elif tag == "mergeCell":
            self._merge(attributes["ref"])

    def _begin_row(self, number: str) -> None:
        self._row = int(number) - 1
        self._row_name = str(self._row + 1)
        if not 0 <= self._row < _ROWS:
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
            if self._texts:
                self._book.add(self._row, self._texts)
                self._texts = []
                if self._hidden:
                    self._grid.hidden_rows.add(self._row)
        elif tag == "f":
            self._formula = "".join(self._words).strip()
        elif tag == "t":
            if not self._aside:
                self._value = (self._value or "") + "".join(self._words)
        elif tag == "rPh":
            self._aside -= 1

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
            return cells.boolean(value=value in _TRUE)
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
        if not 0 <= row < _ROWS:
            raise ValueError(name)
        return row, self._columns[letters]


class _Columns(dict[str, int]):
    """Columns by their letters, counted from 0."""

    def __missing__(self, letters: str) -> int:
        if not (letters.isascii() and letters.isupper() and letters.isalpha()):
            raise ValueError(letters)
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - ord("A") + 1
        if number > _COLUMNS:
            raise ValueError(letters)
        self[letters] = number - 1
        return number - 1


class _Numbers(dict[str, str]):
    """Numbers as they are stored, and as somebody would type them."""

    def __missing__(self, stored: str) -> str:
        is_plain = len(stored) <= _EXACT and _PLAIN.fullmatch(stored)
        written = stored if is_plain else cells.number(number_of(stored))
        if len(self) < _REMEMBERED:
            self[stored] = written
        return written


def number_of(stored: str) -> float:
    """Read a number as it is stored."""
    if not _NUMBER.fullmatch(stored.strip()):
        raise ValueError(stored)
    return float(stored)


def _is_zero(length: str | None) -> bool:
    return length is not None and number_of(length) == 0


def unescaped(text: str) -> str:
    """Return a text with the characters XML cannot hold, which are written ``_x0007_`` (22.9.2.19)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
