"""What sections are: 成绩, 问题, 计划 where a document is made of them, and which styles of heading run in."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from healthreport.recognising import printing
from healthreport.trees.draft import Draft, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.recognising.printing import Place
    from healthreport.recognising.words import Words

_PROBLEMS, _PLANS = "问题", "计划"
_FEWEST = 2


def with_roles(draft: Draft, words: Words) -> Draft:
    """Say what the sections are: by the keys of the format where all have their order, else by 类别."""
    sections = draft.sections
    known = [words.role_of(one.title) if isinstance(one, Section) and one.title else "" for one in sections]
    return _by_keys(draft, known, words) or draft._replace(sections=_by_kind(sections, known))


def _by_kind(sections: Sequence[Section | str], known: Sequence[str]) -> tuple[Section | str, ...]:
    return tuple(
        one._replace(role=role) if role and isinstance(one, Section) else one
        for one, role in zip(sections, known, strict=True)
    )


def _by_keys(draft: Draft, known: Sequence[str], words: Words) -> Draft | None:
    """Return the draft under 成绩, 问题 and 计划, where its sections are just these and print the same."""
    chapters = words.chapters.get(draft.genre)
    order = [role for role in known if role]
    first = next((at for at, role in enumerate(known) if role), 0)
    if not chapters or not first or order not in ([_PROBLEMS, _PLANS], [_PROBLEMS], [_PLANS]):
        return None
    if len(known) - first != len(order) or any(isinstance(one, str) or one.number for one in draft.sections):
        return None
    sections = [one for one in draft.sections if isinstance(one, Section)]
    done, roles = sections[:first], dict(zip(order, sections[first:], strict=True))
    if len(done) == 1 and _is_set(done[0], chapters[0]):
        found = draft._replace(achievements=done[0].sections)
    elif len(done) > 1:
        found = draft._replace(structure=printing.SIDE_BY_SIDE, achievements=tuple(done))
    else:
        found = draft._replace(achievements=done[0])
    return found._replace(
        sections=(),
        problems=_under_a_key(roles.get(_PROBLEMS), chapters[1]),
        plans=_under_a_key(roles.get(_PLANS), chapters[2]),
    )


def _is_set(section: Section, title: str) -> bool:
    """Say whether a section is what a list under its key prints: the set title, and nothing but sections."""
    only_sections = section.sections and not (section.content or section.closing or section.numbering or section.doubts)
    return bool(only_sections) and section.title == title and section.run_in is not True


def _under_a_key(section: Section | None, title: str) -> Section | tuple[Section | str, ...] | None:
    return section.sections if section and _is_set(section, title) else section


def with_run_ins(draft: Draft) -> Draft:
    """Say 接排 once for a style where all of its headings run in, instead of at each of them."""
    root = printing.Place().styled(draft.numbering)
    seen: dict[int, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for level, sample, run_in in _headings(draft.sections, root):
        seen[level][sample, run_in] += 1
    # Of a level that is numbered in several ways, each section says it: naming one style would mean all of them.
    levels = [counts for _, counts in sorted(seen.items()) if len(counts) == 1]
    single = [next(iter(counts.items())) for counts in levels]
    chosen = tuple(sample for (sample, run_in), times in single if run_in and times >= _FEWEST)
    named = root.running_in(chosen)
    attachments = tuple(
        one._replace(
            sections=_settled(
                one.sections, (printing.Place().styled(one.numbering) if one.numbering else root).running_in(chosen)
            )
        )
        for one in draft.attachments
    )
    return draft._replace(run_in=chosen, sections=_settled(draft.sections, named), attachments=attachments)


def _headings(sections: Sequence[Section | str], place: Place) -> Iterator[tuple[int, str, bool]]:
    """Yield level, style and 接排 of each heading that could run in."""
    for one in sections:
        if isinstance(one, Section):
            if one.title and printing.is_paragraph(printing.first_of(one)):
                yield place.level, place.style.sample, bool(one.run_in)
            below = place._replace(level=place.level + 1).styled(one.numbering)
            yield from _headings(one.sections, below)


def _settled(sections: Sequence[Section | str], place: Place) -> tuple[Section | str, ...]:
    """Return sections that say of 接排 only what their level does not say."""
    found: list[Section | str] = []
    for one in sections:
        if isinstance(one, str):
            found.append(one)
            continue
        below = place._replace(level=place.level + 1).styled(one.numbering)
        could = bool(one.title) and printing.is_paragraph(printing.first_of(one))
        own = None if not could or bool(one.run_in) == place.runs_in(None) else bool(one.run_in)
        found.append(one._replace(run_in=own, sections=_settled(one.sections, below)))
    return tuple(found)
