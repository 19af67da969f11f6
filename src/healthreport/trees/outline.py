"""The outline: a report's structure without its words.

Markup becomes an outline of nested sections; ``numbering`` flattens it and fills in the labels.
Words are references (:class:`Ref`) to the report's texts, so one outline serves every report of
the same shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from healthreport.trees.roles import Role
    from healthreport.values.numbering_styles import Style


class Ref(NamedTuple):
    """The text with this number."""

    n: int


class Ended(NamedTuple):
    """Words that close with ``mark`` unless they end in a mark already."""

    parts: Inline
    mark: str


class PointRun(NamedTuple):
    """一是… 二是…: the style as written (``None``: the default of its depth) and the points.

    ``labels`` is filled in by ``numbering``, one for each point.
    """

    style: Style | None
    points: tuple[Inline, ...]
    labels: tuple[str, ...] = ()


Inline = tuple[str | Ref | Ended | PointRun, ...]


def first_text(content: Inline) -> int | None:
    """Return the number of the first text in it, which says where it is written."""
    for part in content:
        if isinstance(part, Ref):
            return part.n
        if isinstance(part, Ended | PointRun):
            inner = (part.parts,) if isinstance(part, Ended) else part.points
            found = next((n for inline in inner if (n := first_text(inline)) is not None), None)
            if found is not None:
                return found
    return None


class Heading(NamedTuple):
    """A heading set on its own line, or run in at the start of a :class:`Paragraph`."""

    level: int
    label: str
    content: Inline


class Paragraph(NamedTuple):
    """One paragraph; an item has a label, a paragraph under a run-in heading has that heading."""

    content: Inline
    label: str = ""
    heading: Heading | None = None


class Items(NamedTuple):
    """Numbered paragraphs; without a style they count with the sections of the next level.

    ``goes_on`` as for a :class:`Section`.
    """

    style: Style | None
    items: tuple[Inline, ...]
    goes_on: bool | None = None


class Cell(NamedTuple):
    """A cell and how many columns and rows it spans."""

    content: Inline
    across: int
    down: int


class Table(NamedTuple):
    """A table; ``counter`` is the heading of a first column that counts the rows.

    ``label`` (表1　) is filled in by ``numbering`` for a table with a caption that is ``numbered``.
    """

    caption: Inline
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    note: Inline
    counter: str
    landscape: bool
    aligned: tuple[str, ...] = ()
    label: str = ""
    numbered: bool = True


class IndicatorTable(NamedTuple):
    """The indicator table with this number; its rows are the report's."""

    n: int
    caption: Inline
    note: Inline
    landscape: bool
    label: str = ""
    numbered: bool = True


class Figure(NamedTuple):
    """A picture, or several: the references to their files' names, the width of each in twips (0: its own).

    A figure may stand ``beside`` the one before it.
    """

    files: tuple[Inline, ...]
    width: int
    caption: Inline
    label: str = ""
    beside: bool = False
    numbered: bool = True


class Todo(NamedTuple):
    """Something still to be written, perhaps with a suggestion."""

    suggestion: Inline


class PageBreak(NamedTuple):
    """A new page."""


class Section(NamedTuple):
    """A section as the markup nests it.

    ``run_in`` is true or false for this section alone (``None``: as its level is), ``run_in_below``
    the levels that run in under it; ``numbering`` holds the styles of its children and deeper.
    ``goes_on`` says that its number runs on from the last one of its style, whatever stands between (``None``:
    as the document's styles do).
    """

    heading: Inline
    run_in: bool | None
    run_in_below: tuple[Style, ...]
    number: str | None
    numbering: tuple[Style, ...]
    children: tuple[Node, ...]
    goes_on: bool | None = None


class Attachment(NamedTuple):
    """An attachment; ``number`` (附件1) is filled in by ``numbering`` where there are several.

    Its styles, those that run in and those that go on stand in the place of the document's, where it has some.
    """

    title: Inline
    landscape: bool
    children: tuple[Node, ...]
    numbering: tuple[Style, ...]
    run_in: tuple[Style, ...]
    goes_on: tuple[Style, ...]
    number: str = ""


class Part(NamedTuple):
    """A part of what stands above the text, title, 副标题, 主送, 称谓 and so on, or of 版记 at the end."""

    role: Role
    content: Inline


class Outline(NamedTuple):
    """A whole document. After ``numbering`` no ``children`` holds a Section or Items.

    ``numbering`` are the styles from the first level down, ``run_in`` those whose headings run in, ``goes_on`` those
    that count through the whole document.
    """

    opening: tuple[Part, ...]
    numbering: tuple[Style, ...]
    run_in: tuple[Style, ...]
    goes_on: tuple[Style, ...]
    children: tuple[Node, ...]
    organisation: Inline
    date: Inline
    note: Inline
    attachments: tuple[Attachment, ...]
    imprint: tuple[Part, ...]


Node = Section | Heading | Paragraph | Items | Table | IndicatorTable | Figure | Todo | PageBreak
