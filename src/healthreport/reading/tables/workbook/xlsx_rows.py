"""Rows of an ``.xlsx`` sheet that are read as text instead of XML: nearly all there are.

Without its values, and its number put out, a row looks like thousands of others of its sheet: that is its frame.
``·`` is the number here::

    <row r="2"><c r="A2" t="s"><v>7</v></c><c r="B2" s="1"><v>62.2</v></c>
    <row r="·"><c r="A·" t="s"><v></c><c r="B·" s="1"><v></c>                       and 7 and 62.2

A frame is understood once, and of each row only the values are looked at; one that many rows have becomes a pattern,
which takes the values of such a row at one go. What is not written as programs write it, a cell without its name, a
text in pieces, an entity, has no frame: such a row is left to the XML parser, and the same is read of it.
"""

from __future__ import annotations

import re
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from healthreport.reading.tables.workbook.xlsx_scalars import PLAIN, Columns, is_true, is_zero

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from typing import IO

_T = TypeVar("_T")
END = b"</row>"
_BLOCK = 1 << 18
_LONGEST = 1 << 20  # of a row, in bytes
_REMEMBERED = 1 << 12
_NUMBER = re.compile(r'<row r="([1-9][0-9]{0,6})"')
_MARK = "\0"  # stands for the row's number in a frame
_OFTEN = 64  # rows have a frame before it becomes a pattern
_MOST_PATTERNS, _LONGEST_PATTERN = 8, 1 << 14  # compiling a pattern takes a microsecond for each character
_FORMULA = re.compile(
    r'<f(?: aca="\w+")?(?: t="\w+")?(?: ref="[A-Z0-9:]+")?(?: ca="\w+")?(?: si="[0-9]+")?'
    r"(?:/>|>(?:[^<>&\x00-\x1f\ufffe\uffff]|&(?:amp|lt|gt|quot|apos);)*</f>)",
    re.ASCII,
)
_PLAIN_VALUES = re.compile(rf"(?:{PLAIN}</\n)*")
_VALUE = r"[^\s<>&\x00-\x1f\ufffe\uffff][^<>&\x00-\x1f\ufffe\uffff]*+"
_VALUES = re.compile(rf"(?:{_VALUE}</\n)*")
_ROW = re.compile(rf'<row r="{_MARK}"((?: [\w:]+="[^"<&\x00-\x1f]*")*)>', re.ASCII)
_ATTRIBUTE = re.compile(r' ([\w:]+)="([^"]*)"', re.ASCII)
_NAMED = rf'<c r="([A-Z]{{1,3}}){_MARK}"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?'
_BLANK = rf'<c r="[A-Z]{{1,3}}{_MARK}"(?: s="[0-9]+")?(?: t="[A-Za-z]+")?(?:/>|></c>)'
_BETWEEN = re.compile(rf"(</is></c>|</c>|)((?:{_BLANK})*)(?:{_NAMED}>(?:<f/>)?(<is>)?)?")
_LETTERS = re.compile("[A-Z]+(?=\0)")
_ENDS = {"": "</c>", "<is>": "</is></c>"}
_NUMBERED = {"n", "s"}  # the kinds of cells whose values are plain numbers
_NONE = -1


class Cell(NamedTuple):
    """A cell that is more than a plain number: which of the row's values it is, its column, its kind and style."""

    at: int
    column: int
    kind: str
    style: str | None


class Frame(NamedTuple):
    """What rows have alike: whether they are hidden, how many values they hold, which ``others`` are no plain numbers.

    ``spread`` puts the texts, and one that is empty behind them, into their columns; ``None`` where there are no gaps.
    """

    hidden: bool
    size: int
    others: tuple[Cell, ...]
    spread: Callable[[list[str]], tuple[str, ...]] | None


class Row(NamedTuple):
    """A row: its number as it is written, its frame, its values, and whether those of numbers are plain ones."""

    number: str
    frame: Frame
    values: list[str]
    is_plain: bool


class _Between(NamedTuple):
    """What stands before a value: how the cell before ends, this one's column, style and kind, and how it will end.

    Behind the last value there is no column.
    """

    end: str
    column: int
    style: str | None
    kind: str
    will_end: str


def pieces(stream: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield the XML of a sheet in pieces that end with a row, and whether that is so; :data:`END` is left out."""
    rest = b""
    while block := stream.read(_BLOCK):
        *rows, rest = (rest + block).split(END)
        for row in rows:
            yield row, True
        if len(rest) > _LONGEST:
            yield rest, False
            rest = b""
    yield rest, False


class Rows:
    """Reads the rows of a sheet as text; ``formatted`` are the styles that make something of a number."""

    def __init__(self, columns: Columns, formatted: Collection[str | None]) -> None:
        self._columns = columns
        self._formatted = formatted
        self._frames: dict[str, Frame | None] = {}
        self._times: Counter[str] = Counter()
        self._patterns: list[tuple[re.Pattern[str], Frame]] = []
        self._betweens: dict[str, _Between | None] = {}

    def read(self, row: bytes) -> Row | None:
        """Read a row in UTF-8, without its end tag; ``None`` where it is the XML parser's.

        Raises :class:`ValueError` for what is no column and no height.
        """
        text = row.decode()
        if found := self._matched(text):
            return found
        number = _NUMBER.match(text)
        if number is None or _MARK in text:
            return None
        if "<f" in text or "<is>" in text:
            text = _FORMULA.sub("<f/>", text)
            text = text.replace("<is><t>", "<is><v>").replace("</t></is>", "</v></is>")
            if found := self._matched(text):
                return found
        return self._parted(text, number[1])

    def _matched(self, text: str) -> Row | None:
        """Read a row that has the frame of many others; ``None`` for another."""
        for pattern, frame in self._patterns:
            if found := pattern.fullmatch(text):
                number, *values = found.groups()
                return Row(number, frame, values, is_plain=True)
        return None

    def _parted(self, text: str, number: str) -> Row | None:
        """Read a row by parting its values from its frame; ``None`` where it is the XML parser's."""
        parts = text.split("v>")
        written = "v>".join(parts[::2]).replace(f'{number}"', f'{_MARK}"')
        frame = _kept(self._frames, written, self._frame)
        ended = "\n".join([*parts[1::2], ""])
        is_plain = _PLAIN_VALUES.fullmatch(ended) is not None
        if frame is None or not (is_plain or _VALUES.fullmatch(ended)):
            return None
        *values, _ = ended.split("</\n")
        if len(values) != frame.size:
            return None
        self._count(written, frame)
        return Row(number, frame, values, is_plain)

    def _count(self, written: str, frame: Frame) -> None:
        """Make a pattern of a frame that many rows have."""
        if len(self._patterns) == _MOST_PATTERNS or len(written) > _LONGEST_PATTERN:
            return
        if len(self._times) >= _REMEMBERED:
            self._times.clear()
        self._times[written] += 1
        if self._times[written] == _OFTEN:
            self._patterns.append((_pattern(written, frame), frame))

    def _frame(self, text: str) -> Frame | None:
        """Understand a frame; ``None`` where it is none."""
        row = _ROW.match(text)
        attributes = _ATTRIBUTE.findall(row[1]) if row else []
        said = dict(attributes)
        if row is None or len(said) < len(attributes) or "r" in said:
            return None
        written = text[row.end() :].split("<v>")
        betweens = [between for one in written if (between := _kept(self._betweens, one, self._between))]
        columns = [between.column for between in betweens[:-1]]
        if (
            len(betweens) < len(written)
            or betweens[-1].column != _NONE
            or columns != sorted({*columns} - {_NONE})
            or [between.end for between in betweens] != ["", *(between.will_end for between in betweens[:-1])]
        ):
            return None
        others = tuple(
            Cell(at, between.column, between.kind, between.style)
            for at, between in enumerate(betweens[:-1])
            if between.kind != "n" or between.style in self._formatted
        )
        hidden = is_true(said.get("hidden")) or is_zero(said.get("ht"))
        return Frame(hidden, len(columns), others, _spread(columns))

    def _between(self, text: str) -> _Between | None:
        """Understand what stands before a value or behind the last one; ``None`` where it is something else."""
        found = _BETWEEN.fullmatch(text)
        if found is None:
            return None
        for letters in _LETTERS.findall(text):
            self._columns[letters]
        end, _, letters, style, kind, opens = found.groups("")
        column = self._columns[letters] if letters else _NONE
        return _Between(end, column, style or None, kind or "n", _ENDS[opens])


def _pattern(written: str, frame: Frame) -> re.Pattern[str]:
    """Return what matches the rows that have a frame, their numbers and values in its groups."""
    kinds = {cell.at: cell.kind for cell in frame.others}
    values = (PLAIN if kinds.get(at, "n") in _NUMBERED else _VALUE for at in range(frame.size))
    first, *others = (re.escape(one) for one in written.split("<v>"))
    whole = "".join([first, *(f"<v>({value})</v>{one}" for value, one in zip(values, others, strict=True))])
    before, after = whole.split(_MARK, 1)
    return re.compile(before + r"([1-9][0-9]{0,6})" + after.replace(_MARK, r"\1"))


def _spread(columns: list[int]) -> Callable[[list[str]], tuple[str, ...]] | None:
    """Return what puts texts into their columns; ``None`` where they stand there already."""
    if not columns or columns[-1] == len(columns) - 1:
        return None
    places = dict(zip(columns, range(len(columns)), strict=True))
    return itemgetter(*(places.get(column, -1) for column in range(columns[-1] + 1)))


def _kept(kept: dict[str, _T], text: str, understand: Callable[[str], _T]) -> _T:
    """Return what a text is understood as, from what is kept of others."""
    if text not in kept:
        if len(kept) >= _REMEMBERED:
            kept.clear()
        kept[text] = understand(text)
    return kept[text]
