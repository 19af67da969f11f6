"""The running texts of a draft, in order: gathered, or put in the place of the old ones.

Titles of the whole, salutations, dates and tables are no running text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from healthreport.trees.draft import Draft, Figure, Section, Table, mapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.diagnostics import Position
    from healthreport.trees.draft import Block

    Change = Callable[[str, "Where"], str]

_Of = TypeVar("_Of", bound=Section | tuple[Section | str, ...] | None)
_PLAN = "计划"


class Where(NamedTuple):
    """Where a text stands: the place of its section, if it stands in one, and whether it speaks of what is to come."""

    place: Position | None = None
    ahead: bool = False


class Prose(NamedTuple):
    """A text and where it stands."""

    text: str
    where: Where


def texts(draft: Draft) -> list[Prose]:
    """Return all running texts of a draft, in order."""
    found: list[Prose] = []

    def keep(text: str, where: Where) -> str:
        found.append(Prose(text, where))
        return text

    changed(draft, keep)
    return found


def tables(draft: Draft) -> list[Table]:
    """Return the tables of a draft, in order."""
    found: list[Table] = []
    _look_for_tables(draft, found)
    return found


def changed(draft: Draft, change: Change) -> Draft:
    """Return a draft with each running text changed, in the order in which it reads."""
    here = Where()
    return draft._replace(
        lead=_blocks(draft.lead, change, here),
        content=_blocks(draft.content, change, here),
        achievements=_part(draft.achievements, change, here),
        problems=_part(draft.problems, change, here),
        plans=_part(draft.plans, change, Where(ahead=True)),
        sections=_part(draft.sections, change, here),
        closing=_blocks(draft.closing, change, here),
        attachments=tuple(
            attachment._replace(
                content=_blocks(attachment.content, change, here), sections=_part(attachment.sections, change, here)
            )
            for attachment in draft.attachments
        ),
    )


def _part(part: _Of, change: Change, where: Where) -> _Of:
    if isinstance(part, Section):
        return _section(part, change, where)  # type: ignore[return-value]  # a section for a section
    if part is None:
        return part
    return tuple(  # type: ignore[return-value]
        change(section, where) if isinstance(section, str) else _section(section, change, where) for section in part
    )


def _section(section: Section, change: Change, around: Where) -> Section:
    where = Where(section.place, around.ahead or section.role == _PLAN)
    return section._replace(
        title=change(section.title, where) if section.title else "",
        content=_blocks(section.content, change, where),
        sections=_part(section.sections, change, where),
        closing=_blocks(section.closing, change, where),
    )


def _blocks(blocks: tuple[Block, ...], change: Change, where: Where) -> tuple[Block, ...]:
    def change_here(text: str) -> str:
        return change(text, where)

    return tuple(block if isinstance(block, Table | Figure) else mapped(block, change_here) for block in blocks)


def _look_for_tables(node: object, found: list[Table]) -> None:
    if isinstance(node, Table):
        found.append(node)
    elif isinstance(node, tuple):
        for part in node:
            _look_for_tables(part, found)
