"""About where on a page a table or a text ends: what is done about its end, so that a signature is never alone."""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots
from healthreport.trees.document import Block, Figure, Heading, PageBreak, Paragraph, Table, text_of
from healthreport.trees.roles import ISSUED, Look, Role
from healthreport.writing.docx.cells import with_zeros
from healthreport.writing.docx.filling import RULE, Pages
from healthreport.writing.docx.heights import Heights, is_tall
from healthreport.writing.docx.neighbours import row
from healthreport.writing.docx.title import break_title
from healthreport.writing.docx.wrapping import Lines, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from healthreport.writing.layout.profile import Layout

# Pitches of rows or lines, by their own, that may let the last one end elsewhere: the standard's own way out (7.3.5.5).
_PITCHES = (1.0, 1.05, 0.95, 1.1, 0.9, 1.15, 1.2)
_UNSURE = 2  # lines of a row more or less than counted; a line of each table and figure before is, too


class Way(Enum):
    """What is done about the last row of a table, or the last paragraph, before a signature."""

    HELD = auto()
    """It is held to the signature."""
    BREAKS = auto()
    """It breaks wherever a page ends."""


class Choice(NamedTuple):
    """A way, the pitch of rows or lines, and how much more than half a page is left blank; endless if a signature may be alone."""

    way: Way
    pitch: int
    blank: float


class Above(NamedTuple):
    """What stands before a table or a paragraph on upright pages."""

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
                if self._margin(broken, table._replace(pitch=pitch)) >= unsure + broken.doubt + broken.less:
                    return Choice(Way.BREAKS, pitch, 0.0)
        alone = table._replace(lines=table.lines[-1:], caption=0.0)
        if self._margin(self._empty(), alone) < unsure:
            return Choice(Way.BREAKS, table.pitch, math.inf)
        return Choice(Way.HELD, table.pitch, self._blank(pages, table) if pages else 0.0)

    def part(self, text: str, fillings: Sequence[str]) -> Choice:
        """Return what the last paragraph had better do: break, if it surely ends neither at a foot nor right behind one.

        Word takes the last lines of one that is held along with the signature. LibreOffice moves all of it, which is
        well where it leaves no half page blank, and where there is room for both on a page.
        """
        lines, pitch = self._lines(text), self.layout.grid.pitch
        if not is_tall(lines.most):
            return Choice(Way.HELD, pitch, 0.0)
        pages = self._filled(fillings)
        pitches = [round(pitch * one) for one in _PITCHES]
        if pages is not None:
            moves_well = self._moves_well(pages, lines.most * pitch + self.signature)
            for one in pitches[:1] if moves_well else pitches:
                if self._ends_well(pages, lines, one):
                    return Choice(Way.BREAKS, one, 0.0)
        well = (one for one in pitches if self._ends_well(self._empty(), lines, one))
        return Choice(Way.HELD, next(well, pitch), 0.0)

    def _moves_well(self, pages: Pages, height: float) -> bool:
        """Say whether a text with its signature, so high, leaves less than half a page blank where it is moved whole."""
        stays = pages.depth + pages.doubt + height <= pages.height
        return stays or (height <= pages.height and pages.depth - pages.doubt - pages.less >= self._height / 2)

    def _ends_well(self, pages: Pages, lines: Lines, pitch: int) -> bool:
        """Say whether a text that breaks surely has the signature on the page of some of it."""
        line = self.layout.grid.pitch
        room = pages.height - self.signature + line  # for no grid adds a line behind a text
        for height in (pages.height, self._height):  # LibreOffice uses whole lines of a page alone, Word all of it
            parted = pages.copy()
            parted.height = height
            parted.text(lines, pitch)
            if parted.depth + parted.doubt > room or parted.depth - pitch < parted.doubt + parted.less:
                return False
        return True

    def _lines(self, text: str, *, flush: bool = False) -> Lines:
        grid = self.layout.grid
        return lines_of(with_zeros(text), grid.characters, 0.0 if flush else grid.indent)

    @property
    def _height(self) -> int:
        return self.layout.page.turned

    def _empty(self) -> Pages:
        line = self.layout.grid.pitch
        return Pages(self._height // line * line, line)

    def _margin(self, pages: Pages, table: Heights) -> float:
        """Return by how much a table whose last row breaks leaves no signature alone; pages are filled up to it."""
        begun = pages.rows(table, breaks=True)
        below = pages.height - self.signature - pages.depth
        return below if pages.turned == begun else min(below, pages.depth - table.header)

    def _blank(self, pages: Pages, table: Heights) -> float:
        """Return how much more than half a page is blank, about, if the last row moves with the signature."""
        ahead = 0.0
        if len(table.lines) > 1:
            pages.rows(table._replace(lines=table.lines[:-1]), breaks=False)
        else:
            ahead = table.caption + table.header
        end = pages.depth + ahead + table.lines[-1] * table.pitch + RULE + self.signature
        if end <= pages.height:
            return 0.0
        return max(pages.height / 2 - pages.depth + _UNSURE * table.pitch, 0.0)

    def _filled(self, fillings: Sequence[str]) -> Pages | None:
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
                self._add(pages, block, self.blocks[at + 1 : at + 2], fillings)
            else:
                return None
        return pages

    def _add(self, pages: Pages, block: Block, behind: Sequence[Block], fillings: Sequence[str]) -> None:
        grid, title = self.layout.grid, self.layout.title
        assert isinstance(block, (Heading, Paragraph))
        text = slots.fill(words_of(block), fillings)
        look = block.role.look if isinstance(block, Paragraph) else None
        if look is Look.TITLE:
            lines = len(break_title(text, self.layout.page.type_area / title.size, self.words))
            pages.add(lines * (title.pitch or grid.pitch))
        elif isinstance(block, Heading):
            pages.hold(self._lines(text).most * grid.pitch)
        else:
            pages.text(self._lines(text, flush=look is not None), grid.pitch)
        if look in (Look.TITLE, Look.BELOW_TITLE) and not any(map(_is_below_title, behind)):
            pages.add(grid.pitch)


def _is_text(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return block.role not in ISSUED and block.role is not Role.ATTACHMENT_NOTE
    return isinstance(block, Heading)


def _is_below_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role.look is Look.BELOW_TITLE


def words_of(block: Heading | Paragraph) -> str:
    """Return all words of a heading or a paragraph, its label and its run-in heading among them."""
    before = words_of(block.heading) if isinstance(block, Paragraph) and block.heading else ""
    return before + block.label + text_of(block.runs)
