"""The passages of a Word file or a text, as a reader takes them: title, headings by their labels, paragraphs, cells.

No structure is proved here as ``import`` does: a rule needs to know what a paragraph looks like, and a long text in
no time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.checking.locating import Written
from healthreport.checking.passages import Kind, Passage, Slot, spanned
from healthreport.recognising.labels import readings
from healthreport.trees.end_marks import is_ended
from healthreport.trees.manuscript import Grid, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.trees.manuscript import Manuscript

_LONGEST_HEADING = 40
_MOST_TITLE_LINES = 4
_LAST_LINES = 4
# What stands about the text: 各乡镇卫生院：, 附件：, 2024年1月5日, （此件公开发布）.
_ADDRESS = re.compile(r".{1,60}[：:]$")
_DATE = re.compile(r"[\d〇○零一二三四五六七八九十]{2,4}\s*年.{1,8}月(?:.{1,6}日)?$")
_LEVELS = ("一", "（一", "1", "（1", "①")


class Read(NamedTuple):
    """The passages of a document that was read, and the places they are numbered by."""

    passages: tuple[Passage, ...]
    places: tuple[Written, ...]


def read(manuscript: Manuscript) -> Read:
    """Return the passages of a manuscript."""
    reader = _Reader()
    for part in manuscript.parts:
        if isinstance(part, Line):
            reader.line(part)
        elif isinstance(part, Grid):
            reader.grid(part)
    return Read(tuple(_framed(reader.passages)), tuple(reader.places))


class _Reader:
    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.places: list[Written] = []
        self._tables = 0
        self._in_title = True

    def line(self, line: Line) -> None:
        level = line.level
        at = 0
        for number, words in enumerate(line.words.split("\n")):
            if words.strip():
                label = line.label if number == 0 else ""
                kind = self._kind(words.strip(), label, level, is_title=line.is_title)
                is_body = kind is Kind.BODY
                run_in = min(line.run_in, len(words)) if number == 0 else 0
                passage = Passage(words, kind, self._place(line, at, words), label, level, run_in if is_body else 0)
                self.passages.append(passage if level or kind is not Kind.HEADING else _levelled(passage))
            at += len(words) + 1

    def _kind(self, words: str, label: str, level: int, *, is_title: bool) -> Kind:
        if is_title:
            return Kind.TITLE
        found = readings(label + words, label)
        short = len(words) <= _LONGEST_HEADING and not is_ended(words)
        if self._in_title and len(self.passages) < _MOST_TITLE_LINES and short and not found:
            if not _ADDRESS.match(words):
                return Kind.TITLE
            self._in_title = False
            return Kind.FRAME
        self._in_title = False
        if level and len(words) <= 2 * _LONGEST_HEADING:
            return Kind.HEADING
        return Kind.HEADING if short and any(not one.doubtful for one in found) else Kind.BODY

    def grid(self, grid: Grid) -> None:
        number, self._tables = self._tables, self._tables + 1
        covered: set[tuple[int, int]] = set()
        for row, cells in enumerate(grid.rows):
            column = 0
            for cell in cells:
                while (row, column) in covered:
                    column += 1
                slot = Slot(number, row, column, row < grid.header, cell.across, cell.down)
                covered |= spanned(slot)
                for line in cell.lines:
                    if line.words.strip():
                        self.passages.append(
                            Passage(line.words, Kind.CELL, self._place(line, 0, line.words), slot=slot)
                        )

    def _place(self, line: Line, at: int, words: str) -> tuple[int, ...]:
        self.places.append(Written(Written(line.place).part(at, at + len(words))))
        return (len(self.places) - 1,)


def _levelled(passage: Passage) -> Passage:
    """Give a heading the level that its typed label has in documents: 一、 1, （一） 2, 1. 3, （1） 4."""
    found = readings(passage.label + passage.text, passage.label)
    family = found[0].family if found else ""
    level = next((level for level, start in enumerate(_LEVELS, 1) if family.startswith(start)), len(_LEVELS))
    return passage._replace(level=level)


def _framed(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield passages, those that close a document (署名, 日期) as what they are."""
    for number, passage in enumerate(passages):
        words = passage.text.strip()
        near_end = number >= len(passages) - _LAST_LINES and number
        short = len(words) <= _LONGEST_HEADING and not is_ended(words)
        is_frame = passage.kind is Kind.BODY and short and (_DATE.match(words) or (near_end and not readings(words)))
        yield passage._replace(kind=Kind.FRAME) if is_frame else passage
