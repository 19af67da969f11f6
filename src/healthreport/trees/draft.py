"""A draft: the structure of a manuscript with its words, shaped as the format writes it.

``recognising`` makes it, ``importing`` writes it as YAML. Field for field it is what :mod:`healthreport.model`
reads; words are what is printed, character for character, without labels: those are computed again. Numbering
styles are written as their first label looks (``（一）``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Position
    from healthreport.trees.manuscript import Image


class Points(NamedTuple):
    """分述: one paragraph, or a part of one; ``style`` is empty for the default of its depth (一是, then ①)."""

    points: tuple[Inline, ...]
    style: str = ""
    lead: str = ""
    closing: str = ""


class Parts(NamedTuple):
    """段落: texts and runs of points in any order, one paragraph."""

    parts: tuple[str | Points, ...]


Inline = str | Points | Parts


class Task(NamedTuple):
    """事项、时限、责任人; with ``problem`` it is 问题、措施、时限、责任人."""

    task: str
    deadline: str = ""
    responsible: tuple[str, ...] = ()
    problem: str = ""


class Items(NamedTuple):
    """条目: paragraphs that are numbered; ``style`` is empty where they count with the sections of the next level.

    ``goes_on`` (续号) says that they run on from the last number of their style, as after a table between them.
    """

    items: tuple[Inline | Task, ...]
    style: str = ""
    goes_on: bool | None = None


class TableCell(NamedTuple):
    """A cell and how many columns and rows it spans; its paragraphs are lines."""

    text: str
    across: int = 1
    down: int = 1


class Table(NamedTuple):
    """表格; ``widths`` are shares. What is not ``numbered`` has 序号: 无, its caption is not counted."""

    rows: tuple[tuple[TableCell, ...], ...]
    header: tuple[tuple[TableCell, ...], ...] = ()
    caption: str = ""
    note: str = ""
    widths: tuple[int, ...] = ()
    landscape: bool = False
    numbered: bool = True


class Figure(NamedTuple):
    """图片: one or several pictures side by side under one caption, which is counted if they are ``numbered``."""

    images: tuple[Image, ...]
    caption: str = ""
    numbered: bool = True


Block = Inline | Items | Table | Figure


class Section(NamedTuple):
    """一节. ``number`` is empty where it is counted, 无 where it has none, else the label as it is printed.

    ``run_in`` is the section's own word on 接排 (``None``: as its level is); ``numbering`` the styles of its
    children and deeper; ``goes_on`` (续号) that its number runs on from the last one of its style, across parents, or
    that it starts again (``None``: as :attr:`Draft.goes_on` says of the style). Siblings count on from it.
    ``doubts`` are told as comments.
    """

    place: Position
    title: str = ""
    content: tuple[Block, ...] = ()
    sections: tuple[Section | str, ...] = ()
    closing: tuple[Block, ...] = ()
    role: str = ""
    run_in: bool | None = None
    numbering: tuple[str, ...] = ()
    number: str = ""
    goes_on: bool | None = None
    todo: bool = False
    doubts: tuple[str, ...] = ()


class Attachment(NamedTuple):
    """附件: its title, its blocks, its sections.

    ``numbering``, ``run_in`` and ``goes_on`` are empty where they are those of the whole report.
    """

    title: str
    content: tuple[Block, ...] = ()
    sections: tuple[Section | str, ...] = ()
    landscape: bool = False
    numbering: tuple[str, ...] = ()
    run_in: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()


class RedHead(NamedTuple):
    """红头 (GB/T 9704-2012, 7.2): what stands above the title of a document that is sent out.

    ``mark`` (发文机关标志) has a line for each office of a joint document; ``signer`` is without 签发人：.
    """

    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    mark: str = ""
    document_number: str = ""
    signers: tuple[str, ...] = ()


class Imprint(NamedTuple):
    """版记 (GB/T 9704-2012, 7.4): copies to, without 抄送：; printed by; printed on, as a day without 印发."""

    copies_to: str = ""
    printed_by: str = ""
    printed_on: str = ""


class Doubt(NamedTuple):
    """What a person should look at: an id, what it is about in Chinese, and its place in the manuscript."""

    id: str
    message: str
    place: Position


class Draft(NamedTuple):
    """A whole report. Empty fields are not written; ``signature`` may be 无.

    ``goes_on`` (续号) are the styles whose numbers run on through the whole report (第一条).
    ``roles`` says that 成绩, 问题, 计划 hold the sections (三段式 or 并列式 in ``structure``) instead of 章节.
    """

    genre: str = ""
    year: int | None = None
    period: str = ""
    title: str = ""
    subtitle: str = ""
    org: str = ""
    recipient: str = ""
    salutation: str = ""
    speaker: str = ""
    date: str = ""
    lead: tuple[Block, ...] = ()
    content: tuple[Block, ...] = ()
    achievements: Section | tuple[Section | str, ...] | None = None
    problems: Section | tuple[Section | str, ...] | None = None
    plans: Section | tuple[Section | str, ...] | None = None
    structure: str = ""
    sections: tuple[Section | str, ...] = ()
    closing: tuple[Block, ...] = ()
    signature: str = ""
    note: str = ""
    attachments: tuple[Attachment, ...] = ()
    numbering: tuple[str, ...] = ()
    run_in: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()
    red_head: RedHead | None = None
    imprint: Imprint | None = None
    doubts: tuple[Doubt, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why it was taken for this genre and year."""


# The fields that hold words, by type; all others say how words are set.
_WORDS: dict[type, tuple[str, ...]] = {
    Points: ("lead", "points", "closing"),
    Parts: ("parts",),
    Task: ("problem", "task", "deadline", "responsible"),
    Items: ("items",),
    TableCell: ("text",),
    Table: ("caption", "header", "rows", "note"),
    Figure: ("caption",),
    Section: ("title", "content", "sections", "closing"),
    Attachment: ("title", "content", "sections"),
    RedHead: RedHead._fields,
    Imprint: Imprint._fields,
    Draft: (
        *("red_head", "title", "subtitle", "org", "recipient", "salutation", "speaker", "lead", "content"),
        *("achievements", "problems", "plans", "sections", "closing", "signature", "note", "attachments", "imprint"),
    ),
}
T = TypeVar("T")


def mapped(node: T, change: Callable[[str], str]) -> T:
    """Return a draft, or a part of one, with all its words changed, in the order in which they are printed."""
    found: Any = node
    if isinstance(found, str):
        found = change(found)
    elif type(found) in _WORDS:
        found = found._replace(**{field: mapped(getattr(found, field), change) for field in _WORDS[type(found)]})
    elif type(found) is tuple:
        found = tuple([mapped(part, change) for part in found])
    return found  # type: ignore[no-any-return]


def images(node: object) -> list[Image]:
    """Return the pictures of a draft, each once, in order."""
    found: dict[Image, None] = {}
    _collect(node, found)
    return [*found]


def _collect(node: object, found: dict[Image, None]) -> None:
    if isinstance(node, Figure):
        found.update(dict.fromkeys(node.images))
    elif isinstance(node, tuple):
        for part in node:
            _collect(part, found)
