"""Fields (17.16): their result is shown, their instruction is not; some have a result that is left out, or none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.reading.word.names import W, is_on
from healthreport.values.counters import CIRCLED

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

PAGE_NUMBER = "页码"
_CONTENTS = frozenset({"TOC", "TOA", "INDEX"})
_LEFT_OUT = dict.fromkeys(("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"), PAGE_NUMBER)
_OVERSTRIKE = re.compile(r"EQ\s.*?\\o\s*(?:\\[a-z]+\s*)*\((.*)\)\s*$", re.IGNORECASE | re.DOTALL)
_RAISED = re.compile(r"\\s\s*\\(?:up|do)\s*-?\d*\s*\([^()]*\)", re.IGNORECASE)
_RINGS = "○◯〇"
_CIRCLED = {str(number): sign for number, sign in enumerate(CIRCLED, 1)}


class Field:
    """A field that is open: its instruction so far, whether its result has begun, and as what it is left out."""

    def __init__(self, box: str) -> None:
        self.instruction = ""
        self.shown = False
        self.kind = ""  # its own, or that of a field around it
        self.is_contents = False
        self.box = box


class Fields:
    """The fields that are open at a place, the outermost first.

    ``kind`` says as what words here are left out, if they are, ``in_contents`` that they are a table of contents; that
    is said only where every field ends, or all that follows would be one.
    """

    def __init__(self, balanced: Callable[[], bool]) -> None:
        self._open: list[Field] = []
        self._balanced = balanced
        self._not_shown = 0
        self.kind = ""

    @property
    def in_contents(self) -> bool:
        """Whether what stands here is a table of contents."""
        return any(field.is_contents for field in self._open)

    @property
    def is_open(self) -> bool:
        """Whether what stands here belongs to a field."""
        return bool(self._open)

    @property
    def silent(self) -> bool:
        """Whether what stands here is an instruction."""
        return self._not_shown > 0

    def mark(self, element: Element) -> str:
        """Take a ``w:fldChar``; return the text that a field without a result shows."""
        type = element.get(f"{W}fldCharType")
        text = ""
        if type == "begin":
            self._open.append(Field(_box(element)))
            self._open[-1].kind = self.kind
            self._not_shown += 1
        elif type == "separate" and self._open:
            self._separate(self._open[-1])
        elif type == "end" and self._open:
            field = self._open.pop()
            if not field.shown:
                self._not_shown -= 1
                text = field.box or overstruck(field.instruction)
        self.kind = self._open[-1].kind if self._open else ""
        return text

    def instruct(self, text: str) -> None:
        """Take a piece of an instruction."""
        if self._open and not self._open[-1].shown:
            self._open[-1].instruction += text

    def end_paragraph(self) -> None:
        """Give up the fields whose result has not begun: no instruction goes on over paragraphs."""
        if self._open and self.silent:
            self._open = [field for field in self._open if field.shown]
            self._not_shown = 0

    def _separate(self, field: Field) -> None:
        field.kind = field.kind or left_out_as(field.instruction)
        field.is_contents = is_contents(field.instruction) and self._balanced()
        if not (field.shown or field.box or overstruck(field.instruction)):
            field.shown = True
            self._not_shown -= 1


def is_contents(instruction: str) -> bool:
    """Say whether a field makes a table of contents."""
    words = instruction.split(None, 1)
    return bool(words) and words[0].upper() in _CONTENTS


def left_out_as(instruction: str) -> str:
    """Return as what the result of a field is left out; empty where it is shown."""
    words = instruction.split(None, 1)
    return _LEFT_OUT.get(words[0].upper(), "") if words else ""


def overstruck(instruction: str) -> str:
    r"""Return what characters over one another show: ``EQ \o\ac(○,3)`` ③; with a reading above, the word itself."""
    found = _OVERSTRIKE.match(instruction.strip())
    if not found:
        return ""
    parts = [part.strip() for part in re.split("[,;，]", _RAISED.sub("", found[1]))]
    words = "".join(part for part in parts if part not in _RINGS)
    return _CIRCLED.get(words, words) if any(part and part in _RINGS for part in parts) else words


def _box(begin: Element) -> str:
    """Return the box of a field that is ticked in a form, empty for other fields."""
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    states = [box.find(f"{W}checked"), box.find(f"{W}default")]
    state = next((one for one in states if one is not None), None)
    return "☑" if state is not None and is_on(state) else "☐"
