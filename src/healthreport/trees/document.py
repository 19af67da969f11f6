"""The document: words in their places, lowered to the few things writers know.

A writer decides looks, never words: every label, mark and set phrase stands in these values. A label
stands apart from the words behind it, with the blank after it, if it has one (一、, 第一章　, 表1　):
writers print both, :func:`labelled` together; what looks at numbering sees it alone.

``place`` of a node is its index in :attr:`Document.places`. What reports of one shape do not share stands
in :mod:`~healthreport.trees.slots`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from healthreport.trees import slots
from healthreport.trees.roles import BESIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.diagnostics import Position
    from healthreport.trees.roles import Role


# What a draft prints for a date that is still to come.
BLANK_DATE = "\u3000" * 4 + "年" + "\u3000" * 2 + "月" + "\u3000" * 2 + "日"


# What a draft is marked with on its page, and in the properties of its Word file.
DRAFT = "草稿"
DRAFT_PROPERTY = "healthreport-draft"


class Place(Protocol):
    """Whatever knows where it is written: a text of a report, a paragraph of a Word file."""

    def position(self) -> Position:
        """Return the place in its file."""
        ...


class Run(NamedTuple):
    """Words of one look; ``blank`` marks a gap."""

    text: str
    blank: bool = False


class Heading(NamedTuple):
    """A heading, level 1 to 6: on a line of its own, or run in at the start of a :class:`Paragraph`."""

    level: int
    label: str
    runs: tuple[Run, ...]
    place: int | None = None


class Paragraph(NamedTuple):
    """One paragraph: its run-in heading, its label (an item has one, 附件：1. is one), its words.

    ``indent`` is a text by whose width it is moved to the right. ``todo`` says that something is still to
    be written here (待补).
    """

    role: Role
    runs: tuple[Run, ...]
    place: int | None = None
    label: str = ""
    heading: Heading | None = None
    indent: str = ""
    todo: bool = False


class Cell(NamedTuple):
    """A cell and how many columns and rows it spans.

    ``sample`` stands for what it says in any report, where that differs: a column looks the same in all of them.
    """

    runs: tuple[Run, ...]
    across: int = 1
    down: int = 1
    place: int | None = None
    sample: str = ""


class Table(NamedTuple):
    """Header rows repeat on every page; ``widths`` are shares of the type area's width.

    ``aligned`` says 左, 居中 or 右 of each column, or once of all; without it columns are aligned by what they hold.
    ``label`` (表1) is that of the caption. A landscape table stands on pages of its own, turned.
    """

    caption: tuple[Run, ...]
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    note: tuple[Run, ...]
    landscape: bool = False
    label: str = ""
    place: int | None = None
    aligned: tuple[str, ...] = ()


class Picture(NamedTuple):
    """A picture's bytes, its kind (``png`` or ``jpeg``) and its size in EMU (1/914400 inch)."""

    data: bytes
    kind: str
    width: int
    height: int


class Figure(NamedTuple):
    """Pictures in a line and their caption, labelled 图1.

    ``width`` in twips is what is asked for each of them, 0 for its own. It may stand ``beside`` the figure before it.
    """

    pictures: tuple[Picture, ...]
    width: int
    caption: tuple[Run, ...]
    label: str = ""
    place: int | None = None
    beside: bool = False


class PageBreak(NamedTuple):
    """A new page."""


class Signature(NamedTuple):
    """署名 and 成文日期; either may be empty."""

    organisation: str
    date: str
    place: int | None = None


Block = Heading | Paragraph | Table | Figure | PageBreak | Signature


class Attachment(NamedTuple):
    """An attachment on pages of its own: its label (附件1), its title, its blocks."""

    label: str
    title: tuple[Run, ...]
    blocks: tuple[Block, ...]
    landscape: bool = False
    place: int | None = None


Placed = Heading | Paragraph | Cell | Table | Figure | Signature | Attachment


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A whole document, ready for a writer; it equals itself only, so writers can prepare for it once.

    ``places`` is where its nodes are written. One that reports share has none: each report has its own. ``imprint`` is
    版记, which closes the document after its attachments (GB/T 9704-2012, 7.4). A ``draft`` is marked as one.
    """

    title: str
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...] = ()
    author: str = ""
    date: str = ""
    places: Sequence[Place] = ()
    imprint: tuple[Paragraph, ...] = ()
    draft: bool = False

    def position(self, node: Placed) -> Position | None:
        """Return where a node is written; what a template says is written nowhere."""
        return position(node, self.places)


def position(node: Placed, places: Sequence[Place]) -> Position | None:
    """Return the place of a node of a document that has these places."""
    return None if node.place is None else places[node.place].position()


def filled(document: Document, fillings: Sequence[str], places: Sequence[Place]) -> Document:
    """Return the document of one report: a shared one with its slots filled, and its own places."""
    if not fillings:
        return replace(document, places=places)
    words = ("title", "blocks", "attachments", "author", "date", "imprint")
    texts = {name: _filled(getattr(document, name), fillings) for name in words}
    return Document(**texts, places=places, draft=document.draft)


def stands_beside(block: Block, previous: Block | None) -> bool:
    """Say whether a paragraph stands on one line with the one before it."""
    if not isinstance(block, Paragraph) or not isinstance(previous, Paragraph):
        return False
    return BESIDE.get(block.role) is previous.role


def labelled(label: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return a label and the words behind it, in one run where they look the same."""
    if not label:
        return runs
    if runs and not runs[0].blank:
        return (Run(label + runs[0].text), *runs[1:])
    return (Run(label), *runs)


def text_of(runs: Sequence[Run]) -> str:
    """Return the words of runs."""
    return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])


def _filled(node: Any, fillings: Sequence[str]) -> Any:
    if isinstance(node, str):
        return slots.fill(node, fillings)
    if not isinstance(node, tuple):
        return node
    parts = [_filled(part, fillings) for part in node]
    return type(node)(*parts) if hasattr(node, "_fields") else tuple(parts)
