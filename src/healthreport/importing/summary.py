"""What became of a manuscript, counted and as an outline, for people and programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising.printing import NONE
from healthreport.trees import draft as drafts
from healthreport.trees.draft import Attachment, Draft, Figure, Items, Parts, Points, Section, Table
from healthreport.trees.manuscript import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.diagnostics import Position
    from healthreport.importing.figures import LeftAlone
    from healthreport.recognising.cleaning.changes import Change, Kind
    from healthreport.trees.draft import Doubt
    from healthreport.trees.manuscript import Manuscript

SHOWN = frozenset({"png", "jpg", "jpeg"})
# What is counted, in the order in which it is told.
COUNTED = {
    "sections": "节",
    "points": "处分述",
    "items": "条条目",
    "tables": "张表",
    "figures": "幅图",
    "paragraphs": "段",
    "titles": "个标题",
}


class Entry(NamedTuple):
    """A line of the outline: how deep it stands, what it is, its words, its place."""

    depth: int
    kind: str
    title: str
    place: Position | None = None


class Cleaned(NamedTuple):
    """One kind of cleaning: how often, and every change with its place, its words before and after."""

    kind: Kind
    changes: tuple[Change, ...]


class Summary(NamedTuple):
    """All there is to say of a file that came in."""

    genre: str
    year: int | None
    reasons: tuple[str, ...]
    counts: dict[str, int]
    outline: tuple[Entry, ...]
    cleaned: tuple[Cleaned, ...]
    left_out: tuple[LeftOut, ...]
    doubts: tuple[Doubt, ...]
    indicators: int = 0
    left_alone: tuple[LeftAlone, ...] = ()
    why_no_figures: str = ""


def of(draft: Draft, manuscript: Manuscript, changes: Sequence[Change]) -> Summary:
    """Return what there is to say of a draft that was made of a manuscript."""
    by_kind: dict[Kind, list[Change]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    return Summary(
        draft.genre,
        draft.year,
        draft.reasons,
        {key: found for key in COUNTED if (found := counts(draft)[key])},
        (*outline(draft),),
        tuple(Cleaned(kind, (*made,)) for kind, made in by_kind.items()),
        (*manuscript.left_out, *_pictures(draft)),
        draft.doubts,
    )


def _pictures(draft: Draft) -> Iterator[LeftOut]:
    """Yield the pictures that no file of ours can show."""
    for image in drafts.images(draft):
        if image.suffix not in SHOWN:
            yield LeftOut("图片", 1, image.suffix, image.place)


def outline(draft: Draft) -> Iterator[Entry]:
    """Yield the sections and attachments of a draft, in order."""
    for role in (draft.achievements, draft.problems, draft.plans, draft.sections):
        if role is not None:
            yield from _entries((role,) if isinstance(role, Section) else role, 1)
    for attachment in draft.attachments:
        yield Entry(1, "附件", attachment.title)
        yield from _entries(attachment.sections, 2)


def _entries(sections: Sequence[Section | str], depth: int) -> Iterator[Entry]:
    for section in sections:
        if isinstance(section, Section):
            if section.title:
                kind = "接排" if section.run_in else "标题"
                yield Entry(depth, kind, section.title, section.place)
            yield from _entries(section.sections, depth + 1)


def counts(draft: Draft) -> Counter[str]:
    """Count what a draft is made of, by the keys of ``COUNTED``; its own title only where there is nothing else."""
    found: Counter[str] = Counter()
    _count(draft, found)
    return found if found.total() else Counter(titles=int(draft.title not in ("", NONE)))


def _count(node: object, found: Counter[str]) -> None:
    if isinstance(node, Section):
        found["sections"] += bool(node.title)
        _count((node.content, node.sections, node.closing), found)
    elif isinstance(node, Points):
        found["points"] += 1
        _count([point for point in node.points if not isinstance(point, str)], found)
    elif isinstance(node, Parts):
        _count([part for part in node.parts if not isinstance(part, str)], found)
    elif isinstance(node, Items):
        found["items"] += len(node.items)
        _count([item for item in node.items if not isinstance(item, str)], found)
    elif isinstance(node, Table):
        found["tables"] += 1
    elif isinstance(node, Figure):
        found["figures"] += len(node.images)
    elif isinstance(node, str):
        found["paragraphs"] += 1
    elif isinstance(node, Attachment):
        _count((node.content, node.sections), found)
    elif isinstance(node, Draft):
        _count((node.lead, node.content, node.achievements, node.problems, node.plans, node.sections), found)
        _count((node.closing, node.attachments), found)
    elif isinstance(node, tuple | list):
        for part in node:
            _count(part, found)
