"""Plain text → a manuscript: a line for each line that holds something, each in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.reading.yaml.encodings import BLANKS, CONTROL, decode
from healthreport.reading.yaml.nodes import Source
from healthreport.trees.manuscript import Grid, GridCell, Line, Manuscript, Span
from healthreport.trees.omitted import Omitted
from healthreport.values.limits import MAX_CELLS
from healthreport.values.width import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.trees.manuscript import Part

MAX_BYTES = 5_000_000
MAX_LINES = 100_000
CHARACTER = 320  # twips: a character of 三号, as documents set their text
CONTROLS = "控制字符"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_PAGE_BREAK = "\f"
_LEAST_TABS, _LEAST_ROWS = 2, 2


class Row(NamedTuple):
    """A line of a file that is not blank: its words without the blanks around them, and where they begin."""

    words: str
    place: Position
    before: str
    new_page: bool


def read(data: bytes, file: str) -> Manuscript:
    """Read UTF-8, GB18030 or UTF-16. Raises :class:`HealthReportError` for what is no text, or too much."""
    omitted = Omitted()
    parts = tuple(_parts([*rows(decoded(data, file), omitted)]))
    return Manuscript(file, "text", parts, omitted.listed())


def _parts(lines: list[Row]) -> Iterator[Part]:
    """Yield lines, and as a table those below each other whose tabs part three columns or more, as Word saves it."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (lines[end].before + lines[end].words).count("\t") >= _LEAST_TABS:
            end += 1
        if end - at >= _LEAST_ROWS:
            yield _grid(lines[at:end])
            at = end
            continue
        row = lines[at]
        yield Line((Span(row.words),), row.place, indent=indent(row.before), new_page=row.new_page)
        at += 1


def _grid(lines: list[Row]) -> Grid:
    """Return lines as the rows of a table; empty cells at their ends are none of their words."""
    most = most_cells(lines, "\t")
    rows = [[*_cells(row)] for row in lines]
    return Grid(
        tuple([(*cells, *[cells[-1]._replace(lines=())] * (most - len(cells))) for cells in rows]),
        lines[0].place,
    )


def _cells(row: Row) -> Iterator[GridCell]:
    """Yield the cells of a line, each in its place."""
    column = 1
    for text in (row.before + row.words).split("\t"):
        words = text.strip(BLANKS)
        start = column + len(text) - len(text.lstrip(BLANKS))
        yield GridCell((Line((Span(words),), row.place._replace(column=start, width=max(len(words), 1))),))
        column += len(text) + 1


def decoded(data: bytes, file: str) -> Source:
    """Return the text of a file."""
    place = Position(file)
    if len(data) > MAX_BYTES:
        raise too_long(file, f"文本超过{MAX_BYTES // 1_000_000}MB。")
    marked = data[:2] in _UTF16
    if not marked and b"\x00" not in data:
        return decode(data, file)
    coding = _UTF16.get(data[:2]) or ("utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be")
    try:
        text = data[2 if marked else 0 :].decode(coding)
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        hint = "请用记事本、Word 或 WPS 打开确认，另存一份。"
        raise error("not-text", "这不是文本文件，或者是不完好的 UTF-16（Unicode）文本。", place, hint=hint)
    return Source(file, text.replace("\r\n", "\n").replace("\r", "\n"))


def rows(source: Source, omitted: Omitted) -> Iterator[Row]:
    """Yield the lines that hold something; what no text may hold is left out of them.

    Raises :class:`HealthReportError` when they are too many.
    """
    new_page, starts = False, source.line_starts()
    if len(starts) > MAX_LINES:
        raise too_long(source.name, f"文本超过{MAX_LINES // 10_000}万行。")
    for number, start in enumerate(starts, 1):
        line = source.line(number)
        new_page = new_page or _PAGE_BREAK in line
        words = line.strip(BLANKS)
        if not words:
            continue
        skipped = len(line) - len(line.lstrip(BLANKS))
        place = source.position(start + skipped, start + skipped + len(words))
        if CONTROL.search(words):
            kept = CONTROL.sub("", words)
            if len(kept) < len(words.replace(_PAGE_BREAK, "")):
                omitted.add(CONTROLS, kept, place)
            words = kept.strip(BLANKS)
        yield Row(words, place, line[:skipped], new_page)
        new_page = False


def most_cells(lines: Sequence[Row], mark: str) -> int:
    """Return how many cells the longest row of a table has; all of its rows have as many.

    Raises :class:`HealthReportError` when they are too many.
    """
    most = max((row.before + row.words).count(mark) for row in lines) + 1
    if most * len(lines) > MAX_CELLS:
        raise error(
            "too-large",
            f"这张表超过{MAX_CELLS // 10_000}万格。",
            lines[0].place,
            hint="请把表拆成几张，放在几个文件里。",
        )
    return most


def indent(blanks: str) -> int:
    """Return how far blanks at the start of a line indent it, in twips."""
    return round(width(blanks.replace("\t", "\u3000\u3000")) * CHARACTER)


def too_long(file: str, message: str) -> HealthReportError:
    """Return the error for a text that is too long."""
    return error("too-large", message, Position(file), hint="请拆成几个文件，再分别导入。")
