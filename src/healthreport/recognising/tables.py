"""Tables and pictures with their captions and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import labels, looks
from healthreport.recognising.ending import is_date
from healthreport.recognising.paragraphs import Cells, Paragraph, Picture
from healthreport.trees.draft import Figure, Table, TableCell
from healthreport.trees.end_marks import is_ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.recognising.nesting import Hints
    from healthreport.recognising.nodes import Entry
    from healthreport.trees.draft import Block
    from healthreport.trees.manuscript import Grid, GridCell, Look

_LONGEST_CAPTION = 60
_MOST_PICTURES = 4
MOST_TOGETHER = _MOST_PICTURES + 1
_LONGEST_NAME = 20
_ANY_NUMBER = "[\\d一二三四五六七八九十.．-]{1,6}"
_BEHIND_LABEL = r"(?:\s+|(?=[^\s\d.．、\-—~至和及中为所是显的]))"
_YEAR = re.compile(r"(?:19|20)\d\d年")
_NUMBER = re.compile(r"[≤≥<>＜＞±约近]?\d[\d.,，]*\D{0,6}$")
_COUNTS_ROWS = ("序号", "编号")


class Caption(NamedTuple):
    """The words of a caption; what is not ``numbered`` prints all that stands there, and is not counted."""

    words: str
    numbered: bool


class Captions:
    """Reads and counts the captions of a document: 表1, 图1."""

    def __init__(self, known: Hints) -> None:
        self._known = known
        self._last = {"表": 0, "图": 0}

    def read(self, kind: str, paragraph: Paragraph) -> Caption | None:
        """Return the caption that a paragraph beside a table or a picture is, if it is one; it is not counted yet.

        It has the number it is going to get, or another label, or stands in the middle without any.
        """
        text = paragraph.text
        if paragraph.part in self._known.literal or len(text) > _LONGEST_CAPTION or text.endswith("。"):
            return None
        if match := re.match(rf"{kind}\s*{self._last[kind] + 1}{_BEHIND_LABEL}", text):
            return Caption(text[match.end() :].strip(), numbered=True)
        is_one = re.match(rf"{kind}\s*{_ANY_NUMBER}{_BEHIND_LABEL}", text) or self._is_title(kind, paragraph)
        return Caption(text, numbered=False) if is_one and not is_ended(text) else None

    def _is_title(self, kind: str, paragraph: Paragraph) -> bool:
        """Say whether a line without a label is set as a caption: in the middle, below a picture not in large letters.

        A table may also have one at the left that calls itself a 表.
        """
        text = paragraph.text
        if re.match(rf"[表图]\s*{_ANY_NUMBER}", text):
            return False
        if is_date(text) or labels.readings(text, paragraph.native) or "如下" in text or "\t" in text:
            return False
        if kind == "表" and text.endswith("表") and not any(mark in text for mark in "，；"):
            return True
        look, body = looks.of_whole(paragraph), self._known.body
        is_small = kind == "表" or body is None or (look is not None and look.size <= body.size)
        return paragraph.line.align == "center" and is_small

    def count(self, kind: str, caption: Caption | None) -> None:
        """Count one more, if it is counted."""
        self._last[kind] += caption is not None and caption.numbered


def row_of(entries: Sequence[Entry]) -> list[Paragraph | Cells | Picture]:
    """Return the paragraph above, the table or the pictures, and the paragraph below, as far as there are such."""
    first = entries[0]
    if isinstance(first, Paragraph):
        second = entries[1] if len(entries) > 1 else None
        if not isinstance(second, Cells):
            return [first]
        return [first, second, *_paragraph(entries[2:3])]
    if isinstance(first, Cells):
        return [first, *_paragraph(entries[1:2])]
    pictures: list[Paragraph | Cells | Picture] = []
    for entry in entries[:_MOST_PICTURES]:
        if not isinstance(entry, Picture):
            break
        pictures.append(entry)
    below, after = entries[len(pictures) : len(pictures) + 1], entries[len(pictures) + 1 : len(pictures) + 2]
    above_table = bool(after) and isinstance(after[0], Cells) and not _is_labelled("图", below[0])
    return [*pictures, *([] if above_table else _paragraph(below))]


def _is_labelled(kind: str, entry: Entry) -> bool:
    return isinstance(entry, Paragraph) and entry.text.startswith(kind)


def _paragraph(entries: Sequence[Entry]) -> list[Paragraph]:
    return [entry for entry in entries if isinstance(entry, Paragraph)]


def block(row: Sequence[Paragraph | Cells | Picture], captions: Captions) -> tuple[list[Block], int] | None:
    """Return the block that a row begins with and how many of it belong to it, or nothing if that is only text."""
    first = row[0]
    if isinstance(first, Picture):
        pictures = tuple(one.image for one in row if isinstance(one, Picture))
        below = row[len(pictures)] if len(row) > len(pictures) else None
        caption = captions.read("图", below) if isinstance(below, Paragraph) else None
        captions.count("图", caption)
        if caption:
            return [Figure(pictures, *caption)], len(pictures) + 1
        return [Figure((image,)) for image in pictures], len(pictures)
    caption = None
    if isinstance(first, Paragraph):
        caption = captions.read("表", first)
        if caption is None:
            return None
        row = row[1:]
    cells = row[0]
    assert isinstance(cells, Cells)
    note = _note(row[1]) if len(row) > 1 and isinstance(row[1], Paragraph) else ""
    captions.count("表", caption)
    words, numbered = caption or Caption("", numbered=True)
    found = _table(cells.grid)._replace(caption=words, numbered=numbered, note=note, landscape=cells.landscape)
    return [found], 1 + bool(caption) + bool(note)


def _note(paragraph: Paragraph) -> str:
    """Return the note below a table as it is printed, or nothing."""
    text = paragraph.text
    if not text.startswith("注"):
        return ""
    return text.removeprefix("注：") if text.startswith("注：") and len(text) > 2 and text[2] != "注" else ""


def _table(grid: Grid) -> Table:
    rows = tuple(tuple(_cell(cell) for cell in row) for row in grid.rows)
    header = grid.header if grid.header < len(rows) else 0
    header = _whole_header(header or _header_rows(grid), rows)
    return Table(rows[header:], rows[:header], widths=_shares(grid.widths))


def _whole_header(header: int, rows: Sequence[Sequence[TableCell]]) -> int:
    """Return how many rows head the columns, with those that a cell of theirs reaches down to; not all of a table."""
    at = 0
    while at < header:
        header = max([header, *(at + cell.down for cell in rows[at])])
        at += 1
    return header if header < len(rows) else 0


def _header_rows(grid: Grid) -> int:
    """Return how many rows head the columns: short names, in looks of their own or above numbers.

    They are as many as the tallest cell of the first row; where cells only span columns, nothing tells how many.
    """
    first = grid.rows[0]
    count = max(cell.down for cell in first)
    head, rest = grid.rows[:count], grid.rows[count:]
    names = [_cell(cell).text for row in head for cell in row]
    is_plain = all(0 < len(name) <= _LONGEST_NAME and (_YEAR.match(name) or not _NUMBER.match(name)) for name in names)
    is_flat = count == 1 and (any(cell.across > 1 for cell in first) or len(set(names)) < len(names))
    if not rest or len(first) == 1 or is_flat or not is_plain:
        return 0
    looks, others = _looks(head), _looks(rest)
    if names[0] in _COUNTS_ROWS or (len(looks) == 1 and others and not looks & others):
        return count
    columns = [[text for cell in column if (text := _cell(cell).text)] for column in zip(*rest, strict=False)]
    return count if any(column and all(map(_NUMBER.match, column)) for column in columns) else 0


def _looks(rows: Sequence[Sequence[GridCell]]) -> set[Look]:
    lines = [line for row in rows for cell in row for line in cell.lines]
    return {span.look for line in lines for span in line.spans if span.text.strip()}


def _cell(cell: GridCell) -> TableCell:
    lines = [text for line in cell.lines if (text := (line.label + line.words).strip())]
    return TableCell("\n".join(lines), cell.across, cell.down)


def _shares(widths: tuple[int, ...]) -> tuple[int, ...]:
    """Return widths as small shares, or nothing where all columns are about as wide."""
    if not widths or min(widths) <= 0:
        return ()
    least, most = min(widths), max(widths)
    return tuple(max(round(width * 2 / least), 1) for width in widths) if most > least * 1.2 else ()
