"""About where on a page a table ends: what is done about its last row, so that a signature behind it is never alone."""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots
from healthreport.trees.document import Block, Figure, Heading, PageBreak, Paragraph, Table, text_of
from healthreport.trees.roles import ISSUED, Look, Role
from healthreport.writing.docx.heights import Heights, is_tall
from healthreport.writing.docx.neighbours import row
from healthreport.writing.docx.title import break_title
from healthreport.writing.docx.wrapping import room

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from healthreport.writing.layout.profile import Layout

_RULE = 10  # twips that a rule adds to a row
_ROUNDING = 20  # twips by which a page may be fuller than it is high
# Pitches of the rows, by their own, that may let the last one end elsewhere: the standard's own way out (7.3.5.5).
_PITCHES = (1.0, 1.05, 0.95, 1.1, 0.9, 1.15, 1.2)
_UNSURE = 2  # lines of a row more or less than counted, and a line on each page, table and figure before


class Way(Enum):
    """What is done about the last row of a table before a signature."""

    HELD = auto()
    """It is held to the signature."""
    BREAKS = auto()
    """It breaks wherever a page ends."""


class Choice(NamedTuple):
    """A way, the pitch of the rows, and how much more than half a page is left blank; endless if a signature may be alone."""

    way: Way
    pitch: int
    blank: float


class Above(NamedTuple):
    """What stands before a table on upright pages."""

    blocks: Sequence[Block]
    layout: Layout
    words: frozenset[str]
    signature: int
    """How high a signature is, with the blank line before it."""
    tables: Sequence[Callable[[Sequence[str]], Heights]]
    """What each table among the blocks takes in a report."""
    figures: Callable[[Sequence[Figure], Sequence[str]], Sequence[float]]
    """The heights of figures side by side, or of one, in a report, by what is not parted of them."""

    def is_high(self, height: float) -> bool:
        """Say whether a row that moved with the signature could leave more than half a page blank."""
        return height + self.signature > self._height / 2

    def choose(self, table: Heights, fillings: Sequence[str]) -> Choice:
        """Return what the last row had better do: break, if it surely ends neither at the foot of a page nor at its head.

        Held to the signature it moves to a new page, which is sure wherever there is room for both on one.
        """
        unsure = _UNSURE * table.pitch
        pages = self._filled(fillings)
        if pages is not None:
            for pitch in [round(table.pitch * one) for one in _PITCHES]:
                broken = pages.copy()
                if self._margin(broken, table._replace(pitch=pitch)) >= unsure + broken.doubt:
                    return Choice(Way.BREAKS, pitch, 0.0)
        alone = table._replace(lines=table.lines[-1:], caption=0.0)
        if self._margin(self._empty(), alone) < unsure:
            return Choice(Way.BREAKS, table.pitch, math.inf)
        return Choice(Way.HELD, table.pitch, self._blank(pages, table) if pages else 0.0)

    @property
    def _height(self) -> int:
        return self.layout.page.turned

    def _empty(self) -> _Pages:
        return _Pages(self._height, self.layout.grid.pitch)

    def _margin(self, pages: _Pages, table: Heights) -> float:
        """Return by how much a table whose last row breaks leaves no signature alone; pages are filled up to it."""
        begun = pages.rows(table, breaks=True)
        below = pages.height - self.signature - pages.depth
        return below if pages.turned == begun else min(below, pages.depth - table.header)

    def _blank(self, pages: _Pages, table: Heights) -> float:
        """Return how much more than half a page is blank, about, if the last row moves with the signature."""
        ahead = 0.0
        if len(table.lines) > 1:
            pages.rows(table._replace(lines=table.lines[:-1]), breaks=False)
        else:
            ahead = table.caption + table.header
        end = pages.depth + ahead + table.lines[-1] * table.pitch + _RULE + self.signature
        if end <= pages.height:
            return 0.0
        return max(pages.height / 2 - pages.depth + _UNSURE * table.pitch, 0.0)

    def _filled(self, fillings: Sequence[str]) -> _Pages | None:
        """Return pages with all the blocks, or nothing where the height of one is not known here."""
        pages, tables = self._empty(), iter(self.tables)
        for at, block in enumerate(self.blocks):
            if isinstance(block, PageBreak):
                pages.turn()
            elif isinstance(block, Table):
                heights = next(tables)(fillings)
                if block.landscape:
                    pages.turn()
                else:
                    pages.rows(heights, breaks=False)
                    pages.note(heights)
                    pages.doubt += pages.line
            elif isinstance(block, Figure):
                for height in self.figures(row(self.blocks, at), fillings) if not block.beside else ():
                    pages.doubt += pages.line  # which Word's grid may add
                    pages.add(height)
            elif _is_text(block):
                before = pages.turned
                self._add(pages, block, self.blocks[at + 1 : at + 2], fillings)
                pages.doubt += pages.line * (pages.turned - before)
            else:
                return None
        return pages

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
        if look in (Look.TITLE, Look.BELOW_TITLE) and not any(map(_is_below_title, behind)):
            pages.add(grid.pitch)


class _Pages:
    """Pages filled from the top: ``depth`` is how full the last one is, ``turned`` how many came before it.

    ``doubt`` is by how much the depth may be wrong, all that might stand on the page before included; ``line`` is one
    of the text.
    """

    def __init__(self, height: float, line: float) -> None:
        self.height = height
        self.line = line
        self.depth = self.doubt = 0.0
        self.turned = 0

    def copy(self) -> _Pages:
        """Return the same, to be filled further."""
        new = _Pages(self.height, self.line)
        new.depth, new.doubt, new.turned = self.depth, self.doubt, self.turned
        return new

    def turn(self) -> None:
        """Begin a new page for sure."""
        self.depth = self.doubt = 0.0
        self.turned += 1

    def add(self, height: float, repeated: float = 0.0) -> None:
        """Add what is not parted, on a new page below what is repeated there."""
        over = self.depth + height - self.height
        if height > self.line and abs(over) <= self.doubt:
            self.doubt += height
        if over > _ROUNDING:
            self.depth = repeated
            self.turned += 1
        self.depth += height

    def rows(self, table: Heights, *, breaks: bool) -> int:
        """Add a table, whose last row may break; return how many pages came before the first line of that row."""
        ahead = table.caption + table.header  # on the page of the first line
        begun = self.turned
        for at, lines in enumerate(table.lines):
            is_parted = is_tall(lines) or (breaks and at == len(table.lines) - 1)
            pieces = [table.pitch] * lines if is_parted else [lines * table.pitch]
            pieces[-1] += _RULE
            for number, piece in enumerate(pieces):
                self.add(ahead + piece, table.header if not ahead else 0.0)
                ahead = 0.0
                if number == 0:
                    begun = self.turned
        return begun

    def note(self, table: Heights) -> None:
        """Add the note of a table, line by line, and the space below it."""
        for _ in range(table.note):
            self.add(table.pitch)
        if table.note:
            self.depth += self.line / 2


def _is_text(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return block.role not in ISSUED and block.role is not Role.ATTACHMENT_NOTE
    return isinstance(block, Heading)


def _is_below_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role.look is Look.BELOW_TITLE
