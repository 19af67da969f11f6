"""Tables written as text, ``.csv``: lines of cells between commas, tabs or semicolons, as Excel reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.diagnostics import HealthReportError, Position, error
from healthreport.reading.tables.workbook import facts
from healthreport.reading.yaml.encodings import BLANKS
from healthreport.values import scalars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.yaml.nodes import Source

_DELIMITERS = ",\t;"
_LINES_SEEN = 20


def lines(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield where each line of cells starts, and its cells without their quotes.

    A line of the table with quotes may be several lines of the file.
    """
    text, delimiter = source.text, _delimiter(source.text)
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        line = text[at:] if end < 0 else text[at:end]
        if line.count(delimiter) > facts.MAX_CELLS:
            raise too_many_cells(source.position(at))
        if '"' in line:
            matches = _matches(source, at, delimiter)
            for match in matches:
                _refuse_half_quoted(source, match)
            cells = [match[2] if match[1] is None else match[1].replace('""', '"') for match in matches]
            end = matches[-1].end()
            line = text[at:end]
        else:
            cells = line.split(delimiter)
        yield at, cells if "'" not in line else [scalars.meant(cell) for cell in cells]
        at = end + 1 if end >= 0 else len(text)


def _matches(source: Source, at: int, delimiter: str) -> list[re.Match[str]]:
    """Return the cells of one line as Excel parts them; a stray quote in a text is a character like others.

    Group 1 is what stands in quotes, group 2 a text without. Not with the csv module: it does not tell
    columns, and drops the quotes of ``“两癌”`` written ``"两癌"筛查``.
    """
    text = source.text
    field = re.compile(rf' *=?"((?:[^"]++|"")*+)" *(?=[{delimiter}\n]|\Z)|([^{delimiter}\n]*+)')
    matches: list[re.Match[str]] = []
    while not matches or text[matches[-1].end() : matches[-1].end() + 1] == delimiter:
        match = field.match(text, matches[-1].end() + 1 if matches else at)
        assert match
        matches.append(match)
        if len(matches) > facts.MAX_CELLS:
            raise too_many_cells(source.position(at))
    return matches


def too_many_cells(place: Position) -> HealthReportError:
    """Return the refusal of a table that would fill the memory."""
    return facts.too_large(place, f"表格超过{facts.MAX_CELLS // 10_000}万格。")


def _delimiter(text: str) -> str:
    """Return the mark that stands in most of the first lines, outside of quotes."""
    head = re.sub('"[^"]*"', "", "\n".join(text.split("\n", _LINES_SEEN)[:_LINES_SEEN]))
    return max(_DELIMITERS, key=lambda one: (sum(one in line for line in head.split("\n")), head.count(one)))


def _refuse_half_quoted(source: Source, match: re.Match[str]) -> None:
    if match[1] is None and match[2].count('"') == 1 and match[2].lstrip().startswith('"'):
        hint = "请在这一格末尾补上引号，或删去开头的引号。"
        raise error("unclosed-quote", "这一格的引号只有一半。", source.position(*match.span()), hint=hint)


class Spans:
    """Where the cells of a table stand in its text: its lines are found once, and the last one asked for is kept."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._delimiter = _delimiter(source.text)
        self._starts = [start for start, _ in lines(source)]
        self._row, self._cells = -1, [(0, 0)]

    def of(self, row: int, column: int) -> tuple[int, int]:
        """Return start and end of a cell; one that was left out is where its row ends."""
        if row != self._row:
            matches = _matches(self._source, self._starts[row], self._delimiter)
            self._row, self._cells = row, [_span(match) for match in matches]
        end = self._cells[-1][1]
        return self._cells[column] if column < len(self._cells) else (end, end)


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Return start and end of a cell's text, without its quotes and the blanks around it."""
    group = 2 if match[1] is None else 1
    written = match[group]
    start = match.start(group) + len(written) - len(written.lstrip(BLANKS))
    return start, start + len(written.strip(BLANKS))
