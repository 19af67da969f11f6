"""Tables: ``w:tbl`` with spans, a header that repeats, and numbers aligned."""

from __future__ import annotations

import math
import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots
from healthreport.writing.docx.alignment import Contents, aligned
from healthreport.writing.docx.cells import with_zeros
from healthreport.writing.docx.columns import Column, Crowded, Widths, most, share, sizes
from healthreport.writing.docx.heights import Heights, is_tall, may_be_tall, of_table
from healthreport.writing.docx.pages import Above, Way
from healthreport.writing.docx.placing import Placed, alike, headings, in_groups, place, texts
from healthreport.writing.docx.runs import HINT, KEEP_NEXT, open_paragraph, write_caption, write_runs
from healthreport.writing.docx.xml_pattern import Encoded, XmlPattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.trees.document import Table
    from healthreport.writing.docx.mending import Row
    from healthreport.writing.layout.profile import Layout

_MOST_PATTERNS = 64
_DIGIT = re.compile("[0-9]")
_APART = "\x1e"  # stands in no text, as no control character does


class _Looks(NamedTuple):
    """What a report's figures change of its table: widths, how each column is aligned, which rows may break.

    ``last`` is what is done about the last row, ``pitch`` that of the rows where it is not the face's.
    """

    widths: Widths
    aligned: tuple[str, ...]
    tall: frozenset[int]
    last: Way = Way.HELD
    pitch: int | None = None


class TablePattern:
    """A table with its caption and note, as wide as ``area`` (twips), written for each report's figures.

    ``keep`` holds it to what follows, but for a row so high that it had better break, if what stands ``above`` says that
    it may. Tables with columns of the same widths and looks share everything but the figures.
    """

    def __init__(self, table: Table, area: int, keep: str, layout: Layout, above: Above | None = None) -> None:
        self.place = table.place
        self._table = table
        self._area = area
        self._keep = keep
        self._above = above
        self._layout = layout
        self._header, self._rows = list(place(table.header)), list(place(table.rows))
        self._count = sum(placed.across for placed in (self._header or self._rows)[0])
        self._columns = [Column() for _ in range(self._count)]
        self._contents = [Contents() for _ in range(self._count)]
        self._patterns: dict[_Looks, XmlPattern] = {}
        self._of: Sequence[str] | None = None
        self._measured: tuple[str, _Looks, list[int]] | None = None
        self._long: list[tuple[Placed, str]] = []
        self._closed: list[tuple[Placed, bool, str]] = []
        open_cells: list[tuple[Placed, bool, str]] = []
        own: list[tuple[int, str]] = []
        for header, rows in ((True, self._header), (False, self._rows)):
            for placed, text in texts(rows):
                if slots.has_slots(text):
                    open_cells.append((placed, header, text))
                else:
                    self._add(self._columns, placed, text, self._long, header=header)
                    self._closed.append((placed, header, text))
                if not header and placed.across == 1:
                    words = (placed.cell and placed.cell.sample) or text
                    if slots.has_slots(words):
                        own.append((placed.column, words))
                    else:
                        self._contents[placed.column].add(words)
        # Those of the open cells, and what stands for the report's own: filled all at once.
        self._open = in_groups(open_cells)
        self._texts = _APART.join([*(text for one in self._open for text in one.texts), *(words for _, words in own)])
        self._own = [column for column, _ in own]
        self._alike = list(alike(self._header))
        self._headings = ["".join(lines) for lines in headings(self._header, self._count)]
        self._alignment = () if own else self._aligned(())

    def crowded(self, fillings: Sequence[str]) -> Crowded | None:
        """Say what would find room where not every column does for its longest number, or for a long text."""
        widths = self._look(fillings).widths
        if widths.fits and not widths.narrow:
            return None
        columns, _, _ = self._said(slots.fill(self._texts, fillings).split(_APART))
        face, turned = self._layout.table, self._layout.page.turned
        on_turned = most(columns, turned, face.size, face.smallest) if turned > self._area else 0
        here = most(columns, self._area, face.size, face.smallest)
        fits_turned, asked = on_turned == len(columns), here == len(columns)
        return Crowded(self.place, here, on_turned, fits_turned, widths.fits, any(one.number for one in columns), asked)

    def fill(self, encoded: Encoded) -> bytes:
        """Return the table with its slots filled."""
        looks = self._look(encoded.fillings)
        pattern = self._patterns.get(looks)
        if pattern is None:
            if len(self._patterns) >= _MOST_PATTERNS:
                self._patterns.clear()
            pattern = self._patterns[looks] = XmlPattern([self._write(looks)])
        return pattern.fill(encoded)

    def heights(self, fillings: Sequence[str]) -> Heights:
        """Return what the table takes in a report."""
        return self._heights(*self._looked(fillings), fillings)

    def _look(self, fillings: Sequence[str]) -> _Looks:
        """Return the looks of the table in a report, which are asked for twice."""
        looks, lines = self._looked(fillings)
        pitch = self._layout.table.pitch or self._layout.grid.pitch
        if not (self._above and lines and self._above.is_high(lines[-1] * pitch)):
            return looks
        if self._table.note:  # stands above the signature, wherever the row ends
            return looks._replace(last=Way.BREAKS)
        return self._with_room(looks, lines, fillings)

    def _looked(self, fillings: Sequence[str]) -> tuple[_Looks, list[int]]:
        """Return the looks in the largest face that has room, and the lines of the rows."""
        if self._of is not fillings:
            filled = slots.fill(self._texts, fillings)
            if self._measured is None or self._measured[0] != filled:
                self._measured = filled, *self._measure(filled, self._layout.table.size)
            self._of = fillings
        assert self._measured
        return self._measured[1:]

    def _with_room(self, looks: _Looks, lines: Sequence[int], fillings: Sequence[str]) -> _Looks:
        """Return looks, smaller ones if need be, whose last row leaves the signature some of it and no half page blank."""
        assert self._above
        best, least, first = looks._replace(last=Way.BREAKS), math.inf, looks.widths.size
        for size in sizes(first, self._layout.table.smallest):
            if size < first:
                looks, lines = self._measure(slots.fill(self._texts, fillings), size)
            heights = self._heights(looks, lines, fillings)
            choice = self._above.choose(heights, fillings)
            if choice.blank < least:
                pitch = choice.pitch if choice.pitch != heights.pitch else None
                best, least = looks._replace(last=choice.way, pitch=pitch), choice.blank
            if choice.blank == 0:
                break
        return best

    def _heights(self, looks: _Looks, lines: Sequence[int], fillings: Sequence[str]) -> Heights:
        heads = [1] * len(self._header)
        for placed, text in texts(self._header):
            filled = slots.fill(text, fillings)
            heads[placed.row] = max(heads[placed.row], looks.widths.lines(filled, placed.column, placed.across))
        return of_table(self._table, sum(heads), lines, self._layout, self._area, fillings)

    def _said(self, texts: Sequence[str]) -> tuple[list[Column], list[tuple[Placed, str]], int]:
        """Return what all cells say of the columns, which may be tall, and how many of the texts are cells."""
        columns, long, at = [column.copy() for column in self._columns], self._long.copy(), 0
        for group in self._open:
            some = texts[at : at + len(group.cells)]
            at += len(group.cells)
            if group.together:
                columns[group.cells[0].column].add(some)
                long += [pair for pair in zip(group.cells, some, strict=True) if may_be_tall(pair[1])]
            else:
                self._add(columns, group.cells[0], some[0], long, header=group.header)
        for first, *others in self._alike:
            for other in others:
                columns[first].be_as_wide_as(columns[other])
            for other in others:
                columns[other].be_as_wide_as(columns[first])
        return columns, long, at

    def _measure(self, filled: str, size: int) -> tuple[_Looks, list[int]]:
        texts = filled.split(_APART)
        columns, long, at = self._said(with_zeros(filled).split(_APART))
        rows = partial(self._by_rows, texts)
        widths = share(columns, self._table.widths, self._area, size, self._layout.table.smallest, rows)
        lines = [1] * len(self._rows)
        for one, text in long:
            lines[one.row] = max(lines[one.row], widths.lines(text, one.column, one.across))
        tall = frozenset(row for row, count in enumerate(lines) if is_tall(count)) if long else frozenset()
        return _Looks(widths, self._alignment or self._aligned(texts[at:]), tall), lines

    def _by_rows(self, filled: Sequence[str]) -> Sequence[Row]:
        """Return the cells that stand in one row and column each; ``filled`` are those with slots below the header.

        Headings with digits are left out: 10月 has room, but for the gap that LibreOffice alone sets.
        """
        heads: list[list[tuple[int, str]]] = [[] for _ in self._header]
        rows: list[list[tuple[int, str]]] = [[] for _ in self._rows]
        in_columns = [(placed, False) for group in self._open if group.together for placed in group.cells]
        open_cells = ((*cell, text) for cell, text in zip(in_columns, filled, strict=False))
        for placed, header, text in (*self._closed, *open_cells):
            alone = placed.across == 1 and placed.cell and placed.cell.down == 1
            if alone and not (header and _DIGIT.search(text)):
                (heads if header else rows)[placed.row].append((placed.column, text))
        return [*heads, *rows]

    def _aligned(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return how each column is aligned; ``texts`` are those of the cells that are the report's own."""
        contents = self._contents
        if self._own:
            contents = [one.copy() for one in contents]
            for column, text in zip(self._own, texts, strict=True):
                contents[column].add(text)
        said = self._table.aligned or ("",)
        said = said * self._count if len(said) == 1 else said
        columns = enumerate(zip(contents, self._headings, said, strict=True))
        face = self._layout.table
        return tuple([aligned(*column, face, first=at == 0) for at, column in columns])

    @staticmethod
    def _add(
        columns: Sequence[Column], placed: Placed, text: str, long: list[tuple[Placed, str]], *, header: bool
    ) -> None:
        """Take a cell into account in the columns it stands in, and keep it where it may make a row tall."""
        if placed.across == 1 and header:
            columns[placed.column].add_heading(text)
        elif placed.across == 1:
            columns[placed.column].add([text])
        elif not header:
            for column in columns[placed.column : placed.column + placed.across]:
                column.add_across(text, placed.across)
        if not header and may_be_tall(text):
            long.append((placed, text))

    def _write(self, looks: _Looks) -> str:
        table, keep, twips = self._table, self._keep, looks.widths.twips
        grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in twips)
        parts = [write_caption("Caption", table.label, table.caption)]
        parts.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        )
        rows = [_row(row, twips, looks.aligned, keep=KEEP_NEXT, header=True) for row in self._header]
        spacing = f'<w:spacing w:line="{looks.pitch}" w:lineRule="exact"/>' if looks.pitch else ""
        for at, row in enumerate(self._rows):
            held = "" if looks.last is Way.BREAKS and at == len(self._rows) - 1 else self._held(at, looks.tall)
            rows.append(_row(row, twips, looks.aligned, keep=held + spacing, header=False, breaks=at in looks.tall))
        size = looks.widths.size
        parts.append("".join(rows) if size == self._layout.table.size else self._smaller(rows, size))
        parts.append("</w:tbl>")
        if table.note:
            parts.append(open_paragraph("TableNote", keep) + write_runs(table.note) + "</w:p>")
        return "".join(parts)

    def _held(self, at: int, tall: frozenset[int]) -> str:
        """Hold the last row to the note, or what the table stays with, and to the row before; a group to its first row.

        A tall row is held to none: it would be moved whole to a new page with the one behind.
        """
        if at == len(self._rows) - 1:
            return KEEP_NEXT if self._table.note and at not in tall else self._keep
        last_but_one = at == len(self._rows) - 2 and at + 1 not in tall
        held = last_but_one or self._rows[at][0].across == self._count > 1
        return KEEP_NEXT if held and at not in tall else ""

    @staticmethod
    def _smaller(rows: Sequence[str], size: int) -> str:
        """Return rows in a smaller face."""
        half_points = size // 10
        return "".join(rows).replace(HINT, f'{HINT}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>')


def _row(
    row: list[Placed],
    widths: Sequence[int],
    aligned: Sequence[str],
    *,
    keep: str,
    header: bool,
    breaks: bool = False,
) -> str:
    whole = "" if breaks else "<w:cantSplit/>"
    repeat = "<w:tblHeader/>" if header else ""
    style = "TableHeader" if header else "TableText"
    content = []
    for _, column, across, cell in row:
        align = "" if header or across > 1 else aligned[column]
        room = widths[column] if across == 1 else sum(widths[column : column + across])
        merge = "continue" if cell is None else "restart" if cell.down > 1 else ""
        start = _open_cell(style, keep + align, room, across, merge)
        content.append(f"{start}{write_runs(cell.runs) if cell else ''}</w:p></w:tc>")
    properties = f"<w:trPr>{whole}{repeat}</w:trPr>" if whole or repeat else ""
    return f"<w:tr>{properties}{''.join(content)}</w:tr>"


@lru_cache(maxsize=1024)
def _open_cell(style: str, properties: str, room: int, across: int, merge: str) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f"{open_paragraph(style, properties)}"
    )
