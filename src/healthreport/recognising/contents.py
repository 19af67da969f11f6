"""A table of contents: one that Word made, or a typed one, whose lines come again later as headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising.paragraphs import Paragraph, squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.recognising.paragraphs import Thing
    from healthreport.recognising.words import Words

_PAGE = re.compile(r"[\s.．…·・_\-—]{0,200}\d{0,4}$")
# Dots or a tab that lead to a page's number.
_LEADER = re.compile(r"(?:[.．…·・_]{3}|\t)[\s.．…·・_]{0,200}\d{0,4}$")
_LONGEST = 60
_LONGEST_LEADER = 240
_LEAST = 2


class Contents(NamedTuple):
    """The lines of the list by their index, and the headings it names in order, squeezed and without pages."""

    lines: frozenset[int] = frozenset()
    titles: tuple[str, ...] = ()


def find(things: Sequence[Thing], words: Words) -> Contents:
    """Return the table of contents of a document, or an empty one."""
    made = [at for at, thing in enumerate(things) if isinstance(thing, Paragraph) and thing.line.is_contents]
    if made:
        return _made(things, made, words)
    start = next((at for at, thing in enumerate(things) if _is_head(thing, words)), None)
    if start is None:
        return Contents()
    later = {squeezed(thing.text): at for at, thing in enumerate(things) if isinstance(thing, Paragraph)}
    titles: list[str] = []
    end = start + 1
    for thing in things[start + 1 :]:
        title = _title(thing)
        if title is None or title in titles:
            break
        assert isinstance(thing, Paragraph)
        if later.get(title, -1) <= end and not _LEADER.search(thing.text[-_LONGEST_LEADER:]):
            break
        titles.append(title)
        end += 1
    if len(titles) < _LEAST:
        return Contents()
    return Contents(frozenset(range(start, end)), tuple(titles))


def _made(things: Sequence[Thing], lines: Sequence[int], words: Words) -> Contents:
    """Return a table of contents that Word made, with the heading above it."""
    titles = [title for at in lines if (title := _title(things[at])) is not None and not _is_head(things[at], words)]
    above = lines[0] - 1
    head = [above] if above >= 0 and _is_head(things[above], words) else []
    return Contents(frozenset([*head, *lines]), tuple(titles))


def _is_head(thing: Thing, words: Words) -> bool:
    return isinstance(thing, Paragraph) and len(thing.text) < 10 and squeezed(thing.text) in words.contents


def _title(thing: Thing) -> str | None:
    """Return what a line of the list names, or nothing if it is too long for one."""
    if not isinstance(thing, Paragraph) or len(thing.text) > _LONGEST + _LONGEST_LEADER:
        return None
    title = squeezed(_PAGE.sub("", thing.text))
    return title if 0 < len(title) <= _LONGEST else None
