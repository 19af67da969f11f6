"""About where on a page a table ends: whether its last row may break before a signature and not leave it alone."""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots
from healthreport.trees.document import Block, Heading, Paragraph, text_of
from healthreport.trees.roles import ISSUED, Look, Role
from healthreport.writing.docx.title import break_title
from healthreport.writing.docx.wrapping import room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.writing.layout.profile import Layout

_RULE = 10  # twips that a rule adds to a row
_ROUNDING = 20  # twips by which a page may be fuller than it is high
_UNSURE = 2  # lines of a row more or less than counted, and a line of text on each page before


class Way(Enum):
    """What is done about the last row of a table before a signature."""

    HELD = auto()
    """It is held to the signature."""
    BREAKS = auto()
    """It breaks wherever a page ends."""
    FRESH = auto()
    """It breaks, and the table begins on a new page."""


class Heights(NamedTuple):
    """What a table takes: its caption and header in twips, the lines of its rows, and the pitch of these.

    A row of at most ``whole`` lines is not parted.
    """

    caption: float
    header: float
    lines: Sequence[int]
    pitch: int
    whole: int


class Above(NamedTuple):
    """What stands before a table on upright pages."""

    blocks: Sequence[Block]
    layout: Layout
    words: frozenset[str]
    signature: int
    """How high a signature is, with the blank line before it."""

    def is_high(self, height: float) -> bool:
        """Say whether a row that moved with the signature could leave more than half a page blank."""
        return height + self.signature > _height(self.layout) / 2

    def way(self, table: Heights, fillings: Sequence[str]) -> Way:
        """Return what the last row had better do: break, if it surely ends neither at the foot of a page nor at its head.

        Held to the signature it moves to a new page, and takes it along if there is room for both. Where there is none
        and it would end at the foot of a page either way, the whole table begins on a new one.
        """
        height = _height(self.layout)
        held = self._margin(_Pages(height), table._replace(lines=table.lines[-1:], caption=0.0))
        if not all(map(_is_text, self.blocks)):  # the heights of pictures and of other tables are not known here
            return Way.HELD if held >= 0 else Way.BREAKS
        pages = _Pages(height)
        for at, block in enumerate(self.blocks):
            self._add(pages, block, self.blocks[at + 1 : at + 2], fillings)
        doubt = _UNSURE * table.pitch + pages.turned * self.layout.grid.pitch
        broken = self._margin(pages, table)
        if broken >= doubt:
            return Way.BREAKS
        fresh = self._margin(_Pages(height), table)
        return Way.HELD if held >= 0 else Way.BREAKS if broken >= fresh else Way.FRESH

    def _margin(self, pages: _Pages, table: Heights) -> float:
        """Return by how much a table whose last row breaks leaves no signature alone; pages are filled up to it."""
        ahead = table.caption + table.header  # on the page of the first line
        turned = pages.turned
        for at, lines in enumerate(table.lines):
            is_parted = lines > table.whole or at == len(table.lines) - 1
            pieces = [table.pitch] * lines if is_parted else [lines * table.pitch]
            pieces[-1] += _RULE
            for number, piece in enumerate(pieces):
                pages.add(ahead + piece, table.header if not ahead else 0.0)
                ahead = 0.0
                if number == 0:
                    turned = pages.turned
        below = pages.height - self.signature - pages.depth
        return below if pages.turned == turned else min(below, pages.depth - table.header)

    def _add(self, pages: _Pages, block: Block, behind: Sequence[Block], fillings: Sequence[str]) -> None:
        grid, title = self.layout.grid, self.layout.title
        assert isinstance(block, (Heading, Paragraph))
        text = slots.fill(block.label + text_of(block.runs), fillings)
        look = block.role.look if isinstance(block, Paragraph) else None
        if look is Look.TITLE:
            lines = len(break_title(text, self.layout.page.type_area / title.size, self.words))
            pages.add(lines * (title.pitch or grid.pitch))
        else:
            if isinstance(block, Paragraph) and block.heading:
                text = slots.fill(block.heading.label + text_of(block.heading.runs), fillings) + text
            indent = 0.0 if look else grid.indent
            for _ in range(max(math.ceil((room(text) + indent) / grid.characters), 1)):
                pages.add(grid.pitch)
        if look in (Look.TITLE, Look.BELOW_TITLE) and not _is_below_title(behind):
            pages.add(grid.pitch)


class _Pages:
    """Pages filled from the top: ``depth`` is how full the last one is, ``turned`` how many came before it."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.depth = 0.0
        self.turned = 0

    def add(self, height: float, repeated: float = 0.0) -> None:
        """Add what is not parted, on a new page below what is repeated there."""
        if self.depth + height > self.height + _ROUNDING:
            self.depth = repeated
            self.turned += 1
        self.depth += height


def _height(layout: Layout) -> int:
    return layout.page.turned


def _is_text(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return block.role not in ISSUED and block.role is not Role.ATTACHMENT_NOTE
    return isinstance(block, Heading)


def _is_below_title(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, Paragraph) and block.role.look is Look.BELOW_TITLE for block in blocks)
