"""Tables: ``w:tbl`` with spans, a header that repeats, and numbers aligned."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from healthreport.docx.runs import KEEP_NEXT, open_paragraph, write_runs
from healthreport.width import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.document import Cell, Table

_NUMBER = re.compile(r"[≤≥<>]?[-−]?[\d,.*]+[^\s\d年月日]{0,4}|—?|持平|[增下提减][长降高加少][\d.]+\S{0,5}")
_NARROWEST = 3.0
_PADDING = 2.0
_LEFT_FROM = 8.0  # a column with cells this wide reads better flush left


class _Placed(NamedTuple):
    """A cell in its column; ``cell`` is none where a cell above reaches down."""

    column: int
    across: int
    cell: Cell | None


def write_table(table: Table, area: int, keep: str, character: int) -> str:
    """Return a table as wide as ``area`` with its caption and note.

    ``keep`` holds it to what follows; ``character`` is the width of a character. Both widths in twips.
    """
    header, rows = list(_place(table.header)), list(_place(table.rows))
    count = sum(one.across for one in (header or rows)[0])
    widths = _column_widths(table, header + rows, count, area, character)
    aligned = _alignments(rows, count)
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    parts = [open_paragraph("Caption") + write_runs(table.caption) + "</w:p>"] if table.caption else []
    parts.append(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    parts += [_row(row, widths, aligned, keep=KEEP_NEXT, header=True) for row in header]
    for row in rows:
        # The name of a group stays with the group; the last row with what the table stays with.
        held = keep if row is rows[-1] else KEEP_NEXT if row[0].across == count > 1 else ""
        parts.append(_row(row, widths, aligned, keep=held, header=False))
    parts.append("</w:tbl>")
    if table.note:
        parts.append(open_paragraph("TableNote", keep) + write_runs(table.note) + "</w:p>")
    return "".join(parts)


def _place(rows: Sequence[Sequence[Cell]]) -> Iterator[list[_Placed]]:
    """Lay cells into columns, leaving a place wherever a cell above reaches down."""
    below: dict[int, tuple[int, int]] = {}  # column → (rows still to fill, columns across)
    for row in rows:
        placed: list[_Placed] = []
        cells = list(row)
        column = 0
        while cells or column in below:
            if column in below:
                left, across = below.pop(column)
                placed.append(_Placed(column, across, None))
            else:
                cell = cells.pop(0)
                left, across = cell.down, cell.across
                placed.append(_Placed(column, across, cell))
            if left > 1:
                below[column] = (left - 1, across)
            column += across
        yield placed


def _row(row: list[_Placed], widths: Sequence[int], aligned: Sequence[str], *, keep: str, header: bool) -> str:
    repeat = "<w:tblHeader/>" if header else ""
    style = "TableHeader" if header else "TableText"
    content = []
    for column, across, cell in row:
        align = "" if header or across > 1 else aligned[column]
        room = widths[column] if across == 1 else sum(widths[column : column + across])
        merge = "continue" if cell is None else "restart" if cell.down > 1 else ""
        start = _open_cell(style, keep + align, room, across, merge)
        content.append(f"{start}{write_runs(cell.runs) if cell else ''}</w:p></w:tc>")
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(content)}</w:tr>"


@lru_cache(maxsize=1024)
def _open_cell(style: str, properties: str, room: int, across: int, merge: str) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f"{open_paragraph(style, properties)}"
    )


def _alignments(rows: list[list[_Placed]], count: int) -> list[str]:
    """Set numbers flush right so that their places stand under each other, long texts left, the rest centred."""
    texts: list[list[str]] = [[] for _ in range(count)]
    for row in rows:
        for column, across, cell in row:
            if cell is not None and across == 1:
                texts[column].append(_text(cell))
    aligned = []
    for cells in texts:
        if any(cells) and all(_NUMBER.fullmatch(text) for text in cells):
            aligned.append('<w:jc w:val="right"/>')
        elif max(map(width, cells), default=0.0) > _LEFT_FROM:
            aligned.append('<w:jc w:val="left"/>')
        else:
            aligned.append("")
    return aligned


def _column_widths(table: Table, rows: list[list[_Placed]], count: int, area: int, character: int) -> list[int]:
    """Share the area out: as the report says, else by need, and where that is too much the widest gives way."""
    shares = list(table.widths) or _needs(rows, count)
    room = area / character
    excess = sum(shares) - room
    if excess > 0 and not table.widths:
        widest = shares.index(max(shares))
        shares[widest] = max(shares[widest] - excess, _NARROWEST * 2)
    total = sum(shares)
    return [int(area * share / total) for share in shares]


def _needs(rows: list[list[_Placed]], count: int) -> list[float]:
    """Return for each column the characters its longest line takes, and some room beside it."""
    needs = [_NARROWEST] * count
    for row in rows:
        for column, across, cell in row:
            if cell is not None and across == 1:
                text = _text(cell)
                longest = width(text) if "\n" not in text else max(map(width, text.split("\n")))
                needs[column] = max(needs[column], longest + _PADDING)
    return needs


def _text(cell: Cell) -> str:
    return cell.runs[0].text if len(cell.runs) == 1 else "".join(run.text for run in cell.runs)
