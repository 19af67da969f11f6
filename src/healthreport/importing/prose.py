"""The running texts of a draft, in order: gathered, or put in the place of the old ones.

Titles of the whole, salutations, dates and tables are no running text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from healthreport.trees.draft import Attachment, Draft, Figure, Section, Table, mapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Position
    from healthreport.trees.draft import Block

    Change = Callable[[str, Position | None], str]

_Of = TypeVar("_Of", bound=Section | tuple[Section | str, ...] | None)


class Prose(NamedTuple):
    """A text and the place of the section it stands in, if it stands in one."""

    text: str
    place: Position | None


def texts(draft: Draft) -> list[Prose]:
    """Return all running texts of a draft, in order."""
    found: list[Prose] = []

    def keep(text: str, place: Position | None) -> str:
        found.append(Prose(text, place))
        return text

    changed(draft, keep)
    return found


def tables(draft: Draft) -> list[Table]:
    """Return the tables of a draft, those in sections first."""
    found: list[Table] = []
    _look_for_tables(draft, found)
    return found


def changed(draft: Draft, change: Change) -> Draft:
    """Return a draft with each running text changed, in the order in which it reads."""
    return draft._replace(
        lead=_blocks(draft.lead, change, None),
        content=_blocks(draft.content, change, None),
        achievements=_part(draft.achievements, change),
        problems=_part(draft.problems, change),
        plans=_part(draft.plans, change),
        sections=_sections(draft.sections, change, None),
        closing=_blocks(draft.closing, change, None),
        attachments=tuple(_attachment(attachment, change) for attachment in draft.attachments),
    )


def _part(part: _Of, change: Change) -> _Of:
    if isinstance(part, Section):
        return _section(part, change)  # type: ignore[return-value]  # a section for a section
    return part if part is None else _sections(part, change, None)  # type: ignore[return-value]


def _attachment(attachment: Attachment, change: Change) -> Attachment:
    return attachment._replace(
        content=_blocks(attachment.content, change, None), sections=_sections(attachment.sections, change, None)
    )


def _sections(sections: tuple[Section | str, ...], change: Change, place: Position | None) -> tuple[Section | str, ...]:
    return tuple(
        change(section, place) if isinstance(section, str) else _section(section, change) for section in sections
    )


def _section(section: Section, change: Change) -> Section:
    return section._replace(
        title=change(section.title, section.place) if section.title else "",
        content=_blocks(section.content, change, section.place),
        sections=_sections(section.sections, change, section.place),
        closing=_blocks(section.closing, change, section.place),
    )


def _blocks(blocks: tuple[Block, ...], change: Change, place: Position | None) -> tuple[Block, ...]:
    def change_here(text: str) -> str:
        return change(text, place)

    return tuple(block if isinstance(block, Table | Figure) else mapped(block, change_here) for block in blocks)


def _look_for_tables(node: object, found: list[Table]) -> None:
    if isinstance(node, Table):
        found.append(node)
    elif isinstance(node, tuple):
        for part in node:
            _look_for_tables(part, found)
