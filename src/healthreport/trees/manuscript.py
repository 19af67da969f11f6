"""A manuscript: a document as somebody left it in Word or as plain text, before its structure is recognised.

Readers make it (``reading/word``, ``reading/plain``); ``recognising`` turns it into a
:class:`~healthreport.trees.draft.Draft`. A number that the program of the file computed (a native list of Word)
stands apart as ``label``; one that was typed is still part of the words. What a reader left out on purpose is
listed, never just gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from healthreport.diagnostics import Position


class Look(NamedTuple):
    """How words look: ``face`` is the East Asian typeface (黑体), ``size`` is in half-points."""

    bold: bool = False
    face: str = ""
    size: int = 0


class Span(NamedTuple):
    """Words of one look; a soft line break in them is a newline, a tab a tab."""

    text: str
    look: Look = Look()


class Line(NamedTuple):
    """A paragraph.

    ``label`` is its number as Word shows it (``（一）``, ``1.1``; ``•`` is no number and not given), without the
    blank behind it, and ``list_level`` how deep that list nests, from 1. ``level`` is the level of a heading by
    style or outline level, from 1; 0 for body text; ``is_title`` says that its style is Title. ``align`` is
    ``left``, ``center`` or ``right``; ``indent`` the first line's indent and ``left`` the whole paragraph's, in
    twips. ``new_page`` says that it starts a page on purpose. Where ``run_in`` is not 0, only so many characters at
    the start are the heading that ``level`` speaks of. ``is_note`` says that it is a footnote: it begins with the mark
    (``[脚注1]``) that stands where it belongs; ``is_contents`` that it is a line of a table of contents.
    """

    spans: tuple[Span, ...]
    place: Position
    label: str = ""
    list_level: int = 0
    level: int = 0
    is_title: bool = False
    align: str = "left"
    indent: int = 0
    left: int = 0
    new_page: bool = False
    run_in: int = 0
    is_note: bool = False
    is_contents: bool = False

    @property
    def words(self) -> str:
        """The words of the paragraph, without its native number."""
        return "".join([span.text for span in self.spans])


class GridCell(NamedTuple):
    """A cell of a table: its paragraphs, and how many columns and rows it spans."""

    lines: tuple[Line, ...]
    across: int = 1
    down: int = 1


class Grid(NamedTuple):
    """A table; ``header`` is how many rows at the top are marked as headings, ``widths`` in twips where known."""

    rows: tuple[tuple[GridCell, ...], ...]
    place: Position
    header: int = 0
    widths: tuple[int, ...] = ()


class Image(NamedTuple):
    """A picture: its bytes, its kind (``png``, ``emf``), its width on the page in twips, its turn in degrees."""

    data: bytes
    suffix: str
    place: Position
    width: int = 0
    turned: int = 0


class Turn(NamedTuple):
    """From here on pages lie across (``landscape``) or stand upright; a new page begins."""

    landscape: bool


Part = Line | Grid | Image | Turn


class LeftOut(NamedTuple):
    """What is not taken over, by kind (页眉, 批注, 隐藏文字, 目录 …): how often, and the words of the first."""

    kind: str
    times: int
    sample: str
    place: Position


class Manuscript(NamedTuple):
    """A whole document: ``kind`` is ``word``, ``text`` or ``markdown``; a ``draft`` is one that ``--draft`` wrote."""

    source: str
    kind: str
    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...] = ()
    draft: bool = False
