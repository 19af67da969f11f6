"""Properties of paragraphs (17.3.1): what is said of one directly and by its styles, laid over one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.word.names import VAL, W, is_on, number, twips

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

BODY_LEVEL = 9  # the outline level of body text, 17.3.1.20
_ALIGN = {"center": "center", "right": "right", "end": "right"}
_JC, _IND, _NUM, _OUTLINE, _BREAK = f"{W}jc", f"{W}ind", f"{W}numPr", f"{W}outlineLvl", f"{W}pageBreakBefore"
_NUM_ID, _ILVL = f"{W}numId", f"{W}ilvl"
_FIRST, _FIRST_CHARS = f"{W}firstLine", f"{W}firstLineChars"
_HANGING, _HANGING_CHARS = f"{W}hanging", f"{W}hangingChars"
_LEFT, _LEFT_CHARS = (f"{W}left", f"{W}start"), (f"{W}leftChars", f"{W}startChars")
_FIRST_LINE = {_FIRST, _FIRST_CHARS, _HANGING, _HANGING_CHARS}

Indent = dict[str, str]


class Format(NamedTuple):
    """What is said of a paragraph; what is ``None`` is not said.

    ``list`` is a ``w:numId``, ``at`` its level from 0; ``level`` is the level of a heading from 1, 0 is body text.
    """

    align: str | None = None
    indent: Indent | None = None
    list: str | None = None
    at: int | None = None
    new_page: bool | None = None
    level: int | None = None

    def over(self, below: Format) -> Format:
        """Return this laid over what is said elsewhere."""
        return Format(
            self.align or below.align,
            merged(self.indent, below.indent),
            below.list if self.list is None else self.list,
            below.at if self.at is None else self.at,
            below.new_page if self.new_page is None else self.new_page,
            below.level if self.level is None else self.level,
        )


NOTHING = Format()


def read(properties: Element | None) -> Format:
    """Read a ``w:pPr``."""
    align, indent, list, at, new_page, level = None, None, None, None, None, None
    for one in () if properties is None else properties:
        tag = one.tag
        if tag == _IND:
            indent = dict(one.attrib)
        elif tag == _JC:
            align = _ALIGN.get(one.get(VAL, ""), "left")
        elif tag == _NUM:
            list, at = numbering(one)
        elif tag == _OUTLINE:
            outline = number(one.get(VAL), BODY_LEVEL)
            level = outline + 1 if 0 <= outline < BODY_LEVEL else 0
        elif tag == _BREAK:
            new_page = is_on(one)
    return Format(align, indent, list, at, new_page, level)


def numbering(properties: Element) -> tuple[str | None, int | None]:
    """Read a ``w:numPr``: the list, and the level from 0, as far as they are said."""
    list, at = properties.find(_NUM_ID), properties.find(_ILVL)
    return None if list is None else list.get(VAL, "0"), None if at is None else max(number(at.get(VAL)), 0)


def merged(own: Mapping[str, str] | None, below: Mapping[str, str] | None) -> Indent | None:
    """Return indents laid over others; a first line that is indented does not hang, and the other way round."""
    if not own or not below:
        return dict(own or below or {}) or None
    kept = {key: value for key, value in below.items() if key not in _FIRST_LINE} if _FIRST_LINE & own.keys() else below
    return {**kept, **own}


def first_line(indent: Indent | None, character: int) -> int:
    """Return the indent of the first line in twips, given the width of a character; characters win over lengths."""
    if not indent:
        return 0
    hanging = number(indent.get(_HANGING_CHARS)) * character // 100 or twips(indent.get(_HANGING))
    return number(indent.get(_FIRST_CHARS)) * character // 100 or twips(indent.get(_FIRST)) or -hanging


def left(indent: Indent | None, character: int) -> int:
    """Return the indent of the whole paragraph in twips."""
    if not indent:
        return 0
    characters = next((number(indent[key]) for key in _LEFT_CHARS if key in indent), 0)
    return characters * character // 100 or next((twips(indent[key]) for key in _LEFT if key in indent), 0)
