"""The document: words in their places, lowered to the few things writers know.

A writer decides looks, never words: every label, mark and set phrase stands in these values.
``origin`` is the number of the text a node came from, for diagnostics. What reports of one shape do
not share stands in :mod:`~healthreport.trees.slots`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from healthreport.trees import slots

if TYPE_CHECKING:
    from collections.abc import Sequence


class Role(StrEnum):
    """What a paragraph is; the layout gives each role its looks."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    SPEAKER = "speaker"
    RECIPIENT = "recipient"
    SALUTATION = "salutation"
    BODY = "body"
    ATTACHMENT_NOTE = "attachment-note"
    NOTE = "note"
    ATTACHMENT_LABEL = "attachment-label"
    ATTACHMENT_TITLE = "attachment-title"


class Run(NamedTuple):
    """Words of one face: ``heading`` is the level whose face they take, 0 the body's; ``blank`` marks a gap."""

    text: str
    heading: int = 0
    blank: bool = False


class Heading(NamedTuple):
    """A heading on its own line, level 1 to 4, its label included."""

    level: int
    runs: tuple[Run, ...]
    origin: int | None = None


class Paragraph(NamedTuple):
    """One paragraph.

    ``hanging`` is the part of its text that wrapped lines align after; ``indent`` is a text by whose
    width the paragraph is moved to the right.
    """

    role: Role
    runs: tuple[Run, ...]
    origin: int | None = None
    hanging: str = ""
    indent: str = ""


class Cell(NamedTuple):
    """A cell and how many columns and rows it spans."""

    runs: tuple[Run, ...]
    across: int = 1
    down: int = 1


class Table(NamedTuple):
    """Header rows repeat on every page; ``widths`` are shares of the type area's width.

    A landscape table stands on pages of its own, turned.
    """

    caption: tuple[Run, ...]
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    note: tuple[Run, ...]
    landscape: bool = False


class Picture(NamedTuple):
    """A picture's bytes, its kind (``png`` or ``jpeg``) and its size in EMU (1/914400 inch)."""

    data: bytes
    kind: str
    width: int
    height: int


class Figure(NamedTuple):
    """A picture and its caption; ``width`` in twips is the one asked for, 0 for its own."""

    picture: Picture
    width: int
    caption: tuple[Run, ...]


class PageBreak(NamedTuple):
    """A new page."""


class Signature(NamedTuple):
    """署名 and 成文日期; either may be empty."""

    organisation: str
    date: str


Block = Heading | Paragraph | Table | Figure | PageBreak | Signature


class Attachment(NamedTuple):
    """An attachment on pages of its own: 附件1, its title, its blocks."""

    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A whole document, ready for a writer; it equals itself only, so writers can prepare for it once."""

    title: str
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...] = ()
    author: str = ""
    date: str = ""


def filled(document: Document, words: Sequence[str]) -> Document:
    """Return a document with its slots filled."""
    parts = (document.title, document.blocks, document.attachments, document.author, document.date)
    return Document(*_filled(parts, words)) if words else document


def _filled(node: Any, words: Sequence[str]) -> Any:
    if isinstance(node, str):
        return slots.fill(node, words)
    if not isinstance(node, tuple):
        return node
    parts = [_filled(part, words) for part in node]
    return type(node)(*parts) if hasattr(node, "_fields") else tuple(parts)
