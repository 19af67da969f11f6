"""A paragraph (17.3.1) → a line: its words between its own and its styles' properties, and its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.word import formats
from healthreport.reading.word.names import VAL, W, is_on
from healthreport.reading.yaml.encodings import BLANKS, CONTROL
from healthreport.trees.manuscript import Line, Look, Span
from healthreport.values.width import width

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from healthreport.diagnostics import Position
    from healthreport.reading.word.flow import Flow
    from healthreport.reading.word.formats import Format, Indent
    from healthreport.reading.word.numbering import Lists, Story
    from healthreport.reading.word.styles import Style, Styles

_PPR, _STYLE, _MARK, _SECTION = f"{W}pPr", f"{W}pStyle", f"{W}rPr", f"{W}sectPr"
_REMOVED = (f"{W}del", f"{W}moveFrom")
_HALF_POINT = 10  # twips


class Head(NamedTuple):
    """What is said of a paragraph before its words.

    ``removed`` says that its mark was deleted, ``hidden`` that it is hidden: what follows stands in one line with it.
    """

    style: Style
    format: Format
    direct: Format
    removed: bool
    hidden: bool
    section: Element | None


class Listed(NamedTuple):
    """The list a paragraph belongs to, its level there from 0, and the indents that come of it."""

    id: str
    at: int
    indent: Indent | None


def head(paragraph: Element, styles: Styles) -> Head:
    """Read the properties of a paragraph."""
    properties = paragraph.find(_PPR)
    if properties is None:
        style = styles.paragraph(None)
        return Head(style, style.format, formats.NOTHING, removed=False, hidden=False, section=None)
    named, mark = properties.find(_STYLE), properties.find(_MARK)
    style = styles.paragraph(None if named is None else named.get(VAL))
    direct = formats.read(properties)
    removed = mark is not None and any(mark.find(one) is not None for one in _REMOVED)
    vanish = None if mark is None else mark.find(f"{W}vanish")
    hidden = vanish is not None and is_on(vanish)
    return Head(style, direct.over(style.format), direct, removed, hidden, properties.find(_SECTION))


def listed(head: Head, lists: Lists) -> Listed | None:
    """Return the list that a paragraph belongs to; a style's level is the one that the list gives the style."""
    id = head.format.list
    one = None if id in (None, "0") else lists.get(id or "")
    if one is None or id is None:
        return None
    at = head.direct.at
    if at is None and head.direct.list is None:
        at = one.level_of(head.style.numbered_by)
    at = (head.style.format.at or 0) if at is None else at
    if at >= len(one.levels):
        return None
    own = one.levels[at].indent
    below = head.style.format.indent
    if head.direct.list is None:  # a style's own indents win over those of the list it names
        return Listed(id, at, formats.merged(head.format.indent, own))
    return Listed(id, at, formats.merged(head.direct.indent, formats.merged(own, below)))


def level(head: Head) -> int:
    """Return the level of a heading that a paragraph is by its properties, from 1; 0 is body text."""
    return head.style.level if head.direct.level is None else head.direct.level


def lines(head: Head, flow: Flow, place: Position, lists: Lists, story: Story) -> list[Line]:
    """Return the lines of a paragraph, one after each page break in it; an empty one without a number has none."""
    of = listed(head, lists)
    label = lists.label(of.id, of.at, story) if of else ""
    indent = of.indent if of else head.format.indent
    character = (head.style.run.size or 0) * _HALF_POINT
    own_level = level(head)
    out: list[Line] = []
    for number, piece in enumerate(flow.pieces):
        spans, skipped = trimmed(piece)
        if not spans and (not label or number):
            continue
        parted = flow.run_in < flow.length and (flow.joined or not head.style.level)
        run_in = flow.run_in if parted and not number else 0
        out.append(
            Line(
                spans,
                place,
                "" if number else label,
                of.at + 1 if of and not number else 0,
                own_level or flow.run_in_level,
                head.style.is_title and not own_level,
                head.format.align or "left",
                formats.first_line(indent, character) + round(width(skipped) * character),
                formats.left(indent, character),
                bool(number or flow.starts_page or head.format.new_page),
                max(run_in - len(skipped), 0),
            )
        )
    return out


def trimmed(piece: list[tuple[Look, list[str]]]) -> tuple[tuple[Span, ...], str]:
    """Return the spans without the blanks around them and what no text may hold, and the blanks before them."""
    texts = [(_allowed("".join(texts)), look) for look, texts in piece]
    while texts and not texts[-1][0].strip(BLANKS):
        texts.pop()
    skipped = ""
    while texts and not texts[0][0].strip(BLANKS):
        skipped += texts.pop(0)[0]
    if not texts:
        return (), ""
    text, look = texts[0]
    if text[0] in BLANKS:
        kept = text.lstrip(BLANKS)
        skipped += text[: len(text) - len(kept)]
        texts[0] = (kept, look)
    text, look = texts[-1]
    if text[-1] in BLANKS:
        texts[-1] = (text.rstrip(BLANKS), look)
    return tuple([Span(text, look) for text, look in texts]), skipped


def _allowed(text: str) -> str:
    return CONTROL.sub("", text) if CONTROL.search(text) else text
