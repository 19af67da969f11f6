"""Numbering: which label every heading, item and point carries.

The scheme is 一、 （一） 1. （1） ① (GB/T 9704-2012, 7.3.3, and ① for a fifth level), restarting under
each parent, or going on through the whole document. A style of the report or of a section replaces it from its
level down. The result is flat: headings and paragraphs in order, with their labels, as the writers print them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from healthreport.trees.outline import (
    Attachment,
    Figure,
    Heading,
    IndicatorTable,
    Inline,
    Items,
    Node,
    Outline,
    Paragraph,
    PointRun,
    Section,
    Table,
    first_text,
)
from healthreport.values.numbering_styles import Style, StyleError, style

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEME = tuple(style(sample) for sample in ("一、", "（一）", "1.", "（1）", "①"))
HEADING_LEVELS = 6
_POINT = style("一是")
_NESTED_POINT = style("①")


class NumberingError(ValueError):
    """A label that cannot be written, and the way out; ``text`` is the number of the text it belongs to."""

    def __init__(self, id: str, message: str, text: int | None, hint: str) -> None:
        self.id = id
        self.message = message
        self.hint = hint
        self.text = text
        super().__init__(message)


class _Place(NamedTuple):
    """What a section hands down to its children."""

    level: int
    scheme: tuple[Style, ...]
    numbers: tuple[int, ...]
    run_in_levels: frozenset[int]
    run_in_styles: frozenset[Style]
    goes_on: frozenset[Style]
    last: dict[Style, int]
    """The last number of each style, in the order of the document so far."""

    def below(self, numbers: tuple[int, ...], styles: tuple[Style, ...], run_in: tuple[Style, ...]) -> _Place:
        """Return the place one level down: new styles take over from there, new run-ins add up."""
        level = self.level + 1
        scheme = self.scheme[:level] + styles + self.scheme[level + len(styles) :]
        levels = {scheme.index(chosen) for chosen in run_in if chosen in scheme}
        return self._replace(
            level=level,
            scheme=scheme,
            numbers=numbers,
            run_in_levels=self.run_in_levels | levels,
            run_in_styles=self.run_in_styles.union(run_in),
        )

    @property
    def style(self) -> Style:
        """The style of this level's headings and items."""
        return self.scheme[min(self.level, len(self.scheme) - 1)]

    def runs_in(self, own: bool | None) -> bool:
        """Say whether a heading here runs in: its own word first, then its level's."""
        return own if own is not None else self.level in self.run_in_levels or self.style in self.run_in_styles

    def next(self, style: Style, count: int, own: bool | None) -> int:
        """Return the number after the last of its style where it goes on, by its own word or the style's.

        Else it is the one after ``count``.
        """
        goes_on = own if own is not None else style in self.goes_on
        self.last[style] = (self.last.get(style, 0) if goes_on else count) + 1
        return self.last[style]


def number(outline: Outline) -> Outline:
    """Return the outline flat and with every label filled in.

    Raises :class:`NumberingError` when a style runs out or sections nest too deep.
    """
    attachments = tuple(
        attachment._replace(
            number=str(index) if len(outline.attachments) > 1 else "",
            children=tuple(_children(attachment.children, _root(outline, attachment))),
        )
        for index, attachment in enumerate(outline.attachments, 1)
    )
    children = tuple(_children(outline.children, _root(outline)))
    labelled: Outline = _label_points(_caption(outline._replace(children=children, attachments=attachments)))
    return labelled


def _root(*parts: Outline | Attachment) -> _Place:
    """Return the place of the first level: the last of the parts that says something says how it is numbered."""
    numbering, run_in, goes_on = (
        next((said for part in reversed(parts) if (said := getattr(part, name))), ())
        for name in ("numbering", "run_in", "goes_on")
    )
    return _Place(-1, SCHEME, (), frozenset(), frozenset(), frozenset(goes_on), {}).below((), numbering, run_in)


def _caption(outline: Outline) -> Outline:
    """Count tables and figures that have a caption, and do not say otherwise, through the whole document: 表1, 图1."""
    counts = {"表": 0, "图": 0}

    def labelled(children: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(label(child) for child in children)

    def label(node: Node) -> Node:
        if not isinstance(node, Table | IndicatorTable | Figure) or not node.caption or not node.numbered:
            return node
        kind = "图" if isinstance(node, Figure) else "表"
        counts[kind] += 1
        return node._replace(label=f"{kind}{counts[kind]}\u3000")

    children = labelled(outline.children)
    attachments = tuple(
        attachment._replace(children=labelled(attachment.children)) for attachment in outline.attachments
    )
    return outline._replace(children=children, attachments=attachments)


def _children(children: tuple[Node, ...], place: _Place) -> Iterator[Node]:
    """Yield the children of one parent; sections and unstyled items share one counter."""
    count = 0
    for child in children:
        if isinstance(child, Section):
            counted = bool(child.heading) and child.number is None
            count = place.next(place.style, count, child.goes_on) if counted else count
            yield from _section(child, place, count if counted else None)
        elif isinstance(child, Items):
            number, chosen = (count, place.style) if child.style is None else (0, child.style)
            for item in child.items:
                number = place.next(chosen, number, child.goes_on)
                yield Paragraph(item, _label(chosen, number, place.numbers, item))
            count = number if child.style is None else count
        else:
            yield child


def _section(section: Section, place: _Place, count: int | None) -> Iterator[Node]:
    if place.level >= HEADING_LEVELS:
        message, hint = f"章节最多{HEADING_LEVELS}级", "请并到上一级，或改用“分述”“条目”。"
        raise NumberingError("too-deep-section", message, _first_text(section), hint)
    numbers = place.numbers if count is None else (*place.numbers, count)
    body = list(_children(section.children, place.below(numbers, section.numbering, section.run_in_below)))
    if section.heading:
        label = section.number if section.number not in (None, "无") else ""
        if count is not None:
            label = _label(place.style, count, place.numbers, section.heading)
        heading = Heading(place.level + 1, label or "", section.heading)
        first = section.children[0] if section.children else None
        if isinstance(first, Paragraph) and place.runs_in(section.run_in):
            assert isinstance(body[0], Paragraph)
            body[0] = body[0]._replace(heading=heading)
        else:
            yield heading
    yield from body


def _label_points(node: Any, depth: int = 0) -> Any:
    """Label the points wherever they stand, and the points inside points."""
    if not isinstance(node, tuple):
        return node
    if isinstance(node, PointRun):
        chosen = node.style or (_NESTED_POINT if depth else _POINT)
        labels = tuple(_label(chosen, index, (), point) for index, point in enumerate(node.points, 1))
        return PointRun(chosen, _label_points(node.points, depth + 1), labels)
    parts = [_label_points(part, depth) for part in node]
    return type(node)(*parts) if hasattr(node, "_fields") else tuple(parts)


def _label(chosen: Style, count: int, numbers: tuple[int, ...], content: Inline) -> str:
    try:
        return chosen.label(count, numbers)
    except StyleError as wrong:
        hint = "请换一种编号样式；1.1 这样的样式要上一级也有序号。"
        raise NumberingError("label-exhausted", str(wrong), first_text(content), hint) from None


def _first_text(section: Section) -> int | None:
    """Return the number of the first text in it: the place to report."""
    inner = (part for child in section.children if isinstance(child, Paragraph) for part in child.content)
    return first_text((*section.heading, *inner))
