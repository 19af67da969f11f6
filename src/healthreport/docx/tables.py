"""Tables: ``w:tbl`` with spans, a header that repeats, and numbers aligned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.docx.runs import KEEP_NEXT, open_paragraph, write_runs
from healthreport.width import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.document import Cell, Table

_NUMBER = re.compile(r"[≤≥<>]?[-−]?[\d,*]+(\.[\d*]+)?[%‰]?|—?|持平|[增下提减][长降高加少][\d.]+\S{0,5}")
_NARROWEST, _WIDEST = 2.5, 16.0
_PADDING = 2.0
_LEFT_FROM = 8.0  # a column with cells this wide reads better flush left


class _Placed(NamedTuple):
    """A cell in its column; ``cell`` is none where a cell above reaches down."""

    column: int
    across: int
    cell: Cell | None


def write_table(table: Table, area: int, keep: str) -> str:
    """Return a table as wide as ``area`` (twips) with its caption and note; ``keep`` holds it to what follows."""
    header, rows = list(_place(table.header)), list(_place(table.rows))
    count = sum(one.across for one in (header or rows)[0])
    widths = _column_widths(table, header + rows, count, area)
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
        span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        merge = "<w:vMerge/>" if cell is None else '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""
        align = "" if header or across > 1 else aligned[column]
        content.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths[column : column + across])}" w:type="dxa"/>{span}{merge}'
            f'<w:vAlign w:val="center"/></w:tcPr>{open_paragraph(style, keep + align)}'
            f"{write_runs(cell.runs) if cell else ''}</w:p></w:tc>"
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(content)}</w:tr>"


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


def _column_widths(table: Table, rows: list[list[_Placed]], count: int, area: int) -> list[int]:
    """Share the area out: as the report says, else by the widest cell of each column, within reason."""
    shares = list(table.widths)
    if not shares:
        shares = [_NARROWEST] * count
        for row in rows:
            for column, across, cell in row:
                if cell is not None and across == 1:
                    longest = max(map(width, _text(cell).split("\n")))
                    shares[column] = max(shares[column], min(longest + _PADDING, _WIDEST))
    total = sum(shares)
    return [int(area * share / total) for share in shares]


def _text(cell: Cell) -> str:
    return "".join(run.text for run in cell.runs)
