"""Looks of a Word file: which is the body's, which paragraphs and which first words stand out from it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from healthreport.recognising.paragraphs import Paragraph
from healthreport.trees.end_marks import is_ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.recognising.paragraphs import Thing
    from healthreport.trees.manuscript import Look

LONGEST_HEADING = 40
_BODY = 20


def of_body(things: Sequence[Thing]) -> Look | None:
    """Return the look of most words in whole paragraphs, or nothing where all look alike or no look is known."""
    counts: Counter[Look] = Counter()
    seen: set[Look] = set()
    for thing in things:
        if isinstance(thing, Paragraph):
            for span in thing.spans:
                seen.add(span.look)
                if (
                    not thing.level
                    and not thing.line.is_title
                    and thing.line.align != "center"
                    and _is_text(thing.text)
                ):
                    counts[span.look] += len(span.text)
    return counts.most_common(1)[0][0] if counts and len(seen) > 1 else None


def _is_text(text: str) -> bool:
    return len(text) > _BODY or is_ended(text)


def of_whole(paragraph: Paragraph) -> Look | None:
    """Return the one look of all words of a paragraph."""
    looks = {span.look for span in paragraph.spans if span.text.strip()}
    return looks.pop() if len(looks) == 1 else None


def stands_out(look: Look, body: Look) -> bool:
    """Say whether a heading may look so: bold, in another face, or larger."""
    return look != body and (look.bold > body.bold or look.face != body.face or look.size > body.size)


def is_heading(paragraph: Paragraph, body: Look | None) -> bool:
    """Say whether a paragraph without a number is a heading by its looks alone."""
    look = of_whole(paragraph)
    if body is None or look is None or not stands_out(look, body):
        return False
    leads_in = paragraph.text.endswith("：") and len(paragraph.text) <= _BODY
    is_open = leads_in or not is_ended(paragraph.text)
    return len(paragraph.text) <= LONGEST_HEADING and is_open and paragraph.line.align != "right"


def first_words(paragraph: Paragraph) -> int:
    """Return how many characters look otherwise than the rest, at the start; 0 where none do."""
    length, look = 0, None
    for span in paragraph.spans:
        if not span.text.strip():
            length += len(span.text)
        elif look is None or span.look == look:
            look = span.look
            length += len(span.text)
        else:
            return length
    return 0
