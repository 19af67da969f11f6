"""Passages: a document as its reader sees it, paragraph by paragraph and cell by cell, each with where it is written.

Rules on words look at these alone, so that a report, a Word file and a text are checked alike. A label that the
program counted (一、 of a heading, a native number of Word) stands apart; one that was typed is among the words.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from healthreport.trees import slots
from healthreport.trees.document import Figure, Heading, Paragraph, Signature, Table
from healthreport.trees.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.trees.document import Block, Document, Placed, Run

_TITLES = frozenset({Role.TITLE, Role.SUBTITLE})


class Kind(Enum):
    """What a passage is; ``FRAME`` is all that stands about the text: 红头, 主送, 称呼, 附件说明, 署名, 日期, 版记."""

    TITLE = auto()
    HEADING = auto()
    BODY = auto()
    CELL = auto()
    CAPTION = auto()
    NOTE = auto()
    FRAME = auto()


class Slot(NamedTuple):
    """A cell's place: which table of the document, row and column from 0, and how many it spans."""

    table: int
    row: int
    column: int
    is_header: bool = False
    across: int = 1
    down: int = 1


class Passage(NamedTuple):
    """A paragraph, heading or cell: its words without the ``label`` that was counted for it.

    ``written`` are the numbers of the places its words come from, in order: two for a paragraph with a heading that
    runs in, of whose words ``run_in`` are the heading's; none for what a template says. ``level`` is a heading's, from
    1, also of one that runs in. ``attachment`` counts the attachments from 1; the main text is 0.
    """

    text: str
    kind: Kind = Kind.BODY
    written: tuple[int, ...] = ()
    label: str = ""
    level: int = 0
    run_in: int = 0
    slot: Slot | None = None
    attachment: int = 0


class Spot(NamedTuple):
    """Words of a passage: ``passage.text[start:end]``, and what is certain to be right there instead, if anything."""

    passage: Passage
    start: int
    end: int
    fix: str | None = None

    @property
    def words(self) -> str:
        """The words."""
        return self.passage.text[self.start : self.end]


def of_document(document: Document) -> tuple[Passage, ...]:
    """Return the passages of a document, in order; those without words are none."""
    found = [*_Reader(document).passages()]
    return tuple([passage for passage in found if passage.text.replace(slots.FILLED, "").strip()])


def of_pattern(pattern: Document) -> tuple[Passage, ...]:
    """Return the passages that all documents of one pattern share; what each says itself is a single character."""
    return tuple([passage._replace(text=slots.hidden(passage.text)) for passage in of_document(pattern)])


class _Reader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._tables = 0

    def passages(self) -> Iterator[Passage]:
        yield from self._of_blocks(self._document.blocks, 0)
        for number, attachment in enumerate(self._document.attachments, 1):
            yield Passage(_words(attachment.title), Kind.TITLE, _places(attachment), attachment=number)
            yield from self._of_blocks(attachment.blocks, number)
        yield from self._of_blocks(self._document.imprint, 0)

    def _of_blocks(self, blocks: Sequence[Block], attachment: int) -> Iterator[Passage]:
        for block in blocks:
            if isinstance(block, Heading):
                text = _words(block.runs)
                yield Passage(text, Kind.HEADING, _places(block), block.label, block.level, attachment=attachment)
            elif isinstance(block, Paragraph):
                if not block.todo:
                    yield _of_paragraph(block, attachment)
            elif isinstance(block, Table):
                yield from self._of_table(block, attachment)
            elif isinstance(block, Figure):
                caption = _words(block.caption)
                yield Passage(caption, Kind.CAPTION, _places(block), block.label, attachment=attachment)
            elif isinstance(block, Signature):
                for words in (block.organisation, block.date):
                    yield Passage(words, Kind.FRAME, _places(block), attachment=attachment)

    def _of_table(self, table: Table, attachment: int) -> Iterator[Passage]:
        number, self._tables = self._tables, self._tables + 1
        yield Passage(_words(table.caption), Kind.CAPTION, _places(table), table.label, attachment=attachment)
        covered: set[tuple[int, int]] = set()
        for row, cells in enumerate((*table.header, *table.rows)):
            column = 0
            for cell in cells:
                while (row, column) in covered:
                    column += 1
                slot = Slot(number, row, column, row < len(table.header), cell.across, cell.down)
                covered |= spanned(slot)
                yield Passage(_words(cell.runs), Kind.CELL, _places(cell), slot=slot, attachment=attachment)
        yield Passage(_words(table.note), Kind.NOTE, _places(table), attachment=attachment)


def spanned(slot: Slot) -> set[tuple[int, int]]:
    """Return the rows and columns that a cell takes."""
    rows, columns = range(slot.row, slot.row + slot.down), range(slot.column, slot.column + slot.across)
    return {(row, column) for row in rows for column in columns}


def _of_paragraph(block: Paragraph, attachment: int) -> Passage:
    if block.role in _TITLES:
        kind = Kind.TITLE
    elif block.role is Role.NOTE:
        kind = Kind.NOTE
    else:
        kind = Kind.BODY if block.role is Role.BODY else Kind.FRAME
    heading = block.heading
    if heading is None:
        return Passage(_words(block.runs), kind, _places(block), block.label, attachment=attachment)
    head = _words(heading.runs)
    words, places = head + _words(block.runs), (*_places(heading), *_places(block))
    return Passage(words, kind, places, heading.label, heading.level, len(head), attachment=attachment)


def _words(runs: Sequence[Run]) -> str:
    """Return the words of runs, each gap that a draft leaves as the one character of what is not known here."""
    return "".join([slots.FILLED if run.blank else run.text for run in runs])


def _places(node: Placed) -> tuple[int, ...]:
    return () if node.place is None else (node.place,)
