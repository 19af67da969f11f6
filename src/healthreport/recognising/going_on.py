"""Numbers that run on through a whole document (第一条): said once, not at each section and list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from healthreport.recognising import printing
from healthreport.trees.draft import Draft, Items, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.recognising.printing import Place

_ORDINAL = "第"


def said_once(draft: Draft) -> Draft:
    """Return a draft that says 续号 of a style, where its numbers never begin again."""
    root = printing.Place().styled(draft.numbering)
    begun: Counter[tuple[str, bool | None]] = Counter(_beginnings((draft.lead, draft.content, draft.sections), root))
    styles = tuple(
        sample
        for sample in dict.fromkeys(sample for sample, _ in begun)
        if sample.startswith(_ORDINAL) and begun[sample, True] and begun[sample, None] == 1
    )
    if not styles:
        return draft
    changed: Draft = _without((draft,), styles, root)[0]
    return changed._replace(goes_on=styles)


def _beginnings(node: tuple[Any, ...], place: Place) -> Iterator[tuple[str, bool | None]]:
    """Yield the style of each row of numbers where it begins, and whether it goes on there."""
    first = True
    for part in (one for group in node for one in group):
        if isinstance(part, Items):
            if part.style or first or part.goes_on:
                yield part.style or place.style.sample, part.goes_on
            first = first and bool(part.style)
        elif isinstance(part, str):
            continue
        elif isinstance(part, Section):
            if part.title and not part.number:
                if first or part.goes_on:
                    yield place.style.sample, part.goes_on
                first = False
            below = place._replace(level=place.level + 1).styled(part.numbering)
            yield from _beginnings((part.content, part.sections, part.closing), below)


def _without(node: Any, styles: tuple[str, ...], place: Place) -> Any:
    """Return a part of a draft in which what is numbered in these styles says nothing of 续号."""
    if isinstance(node, Items):
        return node._replace(goes_on=None) if (node.style or place.style.sample) in styles else node
    if isinstance(node, Section):
        below = place._replace(level=place.level + 1).styled(node.numbering)
        goes_on = None if place.style.sample in styles else node.goes_on
        parts = {name: _without(getattr(node, name), styles, below) for name in ("content", "sections", "closing")}
        return node._replace(goes_on=goes_on, **parts)
    if isinstance(node, Draft):
        names = ("lead", "content", "sections", "closing")
        return node._replace(**{name: _without(getattr(node, name), styles, place) for name in names})
    return tuple([_without(one, styles, place) for one in node]) if type(node) is tuple else node
