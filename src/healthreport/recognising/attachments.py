"""Attachments: what stands on pages of its own behind the text, and 附件说明 in front of the signature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising import nesting, printing
from healthreport.recognising.paragraphs import Cells, Paragraph, squeezed
from healthreport.recognising.sections import Builder
from healthreport.trees.draft import Attachment, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.diagnostics import Position
    from healthreport.recognising.nesting import Hints
    from healthreport.recognising.paragraphs import Thing
    from healthreport.recognising.tables import Captions
    from healthreport.trees.draft import Doubt, Draft

_HEAD = re.compile(r"附件(\d{0,2})[:：]?")
_MOST = 99  # as many as a label of two digits counts
_LONGEST_TITLE = 60


class Attached(NamedTuple):
    """An attachment as it stands in the manuscript: its title, and what is below."""

    title: str
    things: tuple[Thing, ...]


def divided(row: Sequence[Thing], literal: frozenset[int]) -> tuple[list[Thing], tuple[Attached, ...]]:
    """Divide a document into its text, without 附件说明, and its attachments.

    They are attachments only if the format prints their labels and 附件说明 as they are written.
    """
    starts = [at for at, thing in enumerate(row) if _is_head(thing, literal)][-_MOST:]
    labels = [_label(row[start]) for start in starts]
    for first in range(len(starts)):
        count = len(starts) - first
        if labels[first:] != ([f"附件{at}" for at in range(1, count + 1)] if count > 1 else ["附件"]):
            continue
        ends = [*starts[first + 1 :], len(row)]
        found = [_attached(row[start:end]) for start, end in zip(starts[first:], ends, strict=True)]
        attached = [one for one in found if one is not None]
        main = _without_notes(row[: starts[first]], [one.title for one in attached], literal)
        if len(attached) == count and main is not None:
            return main, tuple(attached)
    return list(row), ()


def unprintable(main: Sequence[Thing], literal: frozenset[int]) -> Position | None:
    """Return where an attachment begins that stayed text, if one did."""
    return next((thing.place for thing in main if _is_head(thing, literal) and isinstance(thing, Paragraph)), None)


def _label(thing: Thing) -> str:
    assert isinstance(thing, Paragraph)
    return squeezed(thing.text)


def _is_head(thing: Thing, literal: frozenset[int]) -> bool:
    return (
        isinstance(thing, Paragraph)
        and thing.part not in literal
        and len(thing.text) < 10
        and _HEAD.fullmatch(squeezed(thing.text)) is not None
    )


def _attached(row: Sequence[Thing]) -> Attached | None:
    title = row[1] if len(row) > 1 else None
    if not isinstance(title, Paragraph) or len(title.text) > _LONGEST_TITLE or "。" in title.text:
        return None
    return Attached(title.text, tuple(row[2:]))


def _without_notes(row: Sequence[Thing], titles: Sequence[str], literal: frozenset[int]) -> list[Thing] | None:
    """Return the text without 附件说明, or nothing where there is none just as the format prints it."""
    several = len(titles) > 1
    notes = [f"{at}.{title}" if several else title for at, title in enumerate(titles, 1)]
    wanted = [squeezed(("附件：" if not at else "") + note) for at, note in enumerate(notes)]
    texts = [squeezed(one.text) if isinstance(one, Paragraph) and one.part not in literal else "" for one in row]
    for start in range(len(row) - len(wanted), -1, -1):
        if texts[start : start + len(wanted)] == wanted:
            return [*row[:start], *row[start + len(wanted) :]]
    return None


def built(
    attached: Sequence[Attached], known: Hints, captions: Captions, draft: Draft, doubts: list[Doubt]
) -> tuple[Attachment, ...]:
    """Return attachments with their sections; what a person should look at is added to ``doubts``.

    One that is not numbered as the report is says its own styles.
    """
    found: list[Attachment] = []
    for one in attached:
        here = nesting.hints(one.things, known.words, known.literal, keep_numbers=known.keep_numbers)
        builder = Builder(here, captions)
        root = nesting.nest(one.things, here)
        body, as_report = builder.build(root), builder.is_numbered(root, draft.numbering)
        numbering = () if as_report else body.numbering or (printing.SCHEME[0].sample,)
        doubts += builder.doubts
        landscape = any(isinstance(thing, Cells) and thing.landscape for thing in one.things)
        sections = body.sections
        if body.closing:
            sections = (*sections, Section(one.things[-1].place, content=body.closing))
        found.append(Attachment(one.title, body.content, sections, landscape, numbering))
    return tuple(found)
