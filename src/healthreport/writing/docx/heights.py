"""How high tables and captions are, in twips, by the lines that their texts take."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots
from healthreport.trees.document import text_of
from healthreport.writing.docx.wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.trees.document import Figure, Table
    from healthreport.writing.layout.profile import Layout

_WHOLE = 8  # lines: a row of more may break, or much of a page would be left blank before it


class Heights(NamedTuple):
    """What a table takes: its caption and header in twips, the lines of its rows and its note, and their pitch."""

    caption: float
    header: float
    lines: Sequence[int]
    pitch: int
    note: int


def is_tall(lines: int) -> bool:
    """Say whether a row of so many lines may be parted."""
    return lines > _WHOLE


def may_be_tall(text: str) -> bool:
    """Say whether a text could take so many lines that its row is parted."""
    return len(text) > _WHOLE or "\n" in text


def of_table(
    table: Table, header: int, lines: Sequence[int], layout: Layout, area: int, fillings: Sequence[str]
) -> Heights:
    """Return what a table takes whose header and rows take so many lines, filled for one report."""
    pitch, of_header = (face.pitch or layout.grid.pitch for face in (layout.table, layout.table_header))
    note = wrapped(slots.fill(text_of(table.note), fillings), area / layout.table.size).lines if table.note else 0
    caption = of_caption(slots.fill(caption_of(table), fillings), layout, area)
    return Heights(caption, header * of_header, lines, pitch, note)


def caption_of(captioned: Table | Figure) -> str:
    """Return a caption with its label, as it is written; nothing where there is none."""
    return captioned.label + text_of(captioned.caption) if captioned.caption else ""


def of_caption(caption: str, layout: Layout, area: int) -> float:
    """Return how high a caption is in an area so wide, with the space around it."""
    room = area / (layout.table_header.size + layout.grid.tracking)
    return (wrapped(caption, room).lines + 0.5) * layout.grid.pitch if caption else 0.0
