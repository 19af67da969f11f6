"""What a manuscript carries that is not its own goes: each change with its place, each kind only if it may."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.recognising.cleaning import broken, marks, spaces, traditional, web
from healthreport.recognising.cleaning.changes import Change, Edit, Kind, applied
from healthreport.trees.manuscript import Line, Manuscript

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from healthreport.recognising.cleaning.web import Words
    from healthreport.trees.manuscript import Part

# What is never done to a Word file: its marks are its author's, its lines are paragraphs, it comes from no page.
NOT_IN_WORD = frozenset({Kind.HALFWIDTH, Kind.WEB, Kind.REPEATED, Kind.BROKEN, Kind.TRADITIONAL})


class Cleaned(NamedTuple):
    """A manuscript as it is taken over, and what was changed for that."""

    manuscript: Manuscript
    changes: tuple[Change, ...]


def clean(manuscript: Manuscript, words: Words, keep: Collection[Kind] = ()) -> Cleaned:
    """Clean a manuscript, but for the kinds to keep, of those that can be kept."""
    kinds = [kind for kind in STEPS if kind not in keep or not kind.can_be_kept]
    if manuscript.kind == "word":
        kinds = [kind for kind in kinds if kind not in NOT_IN_WORD]
    parts, changes = list(manuscript.parts), list[Change]()
    for kind in kinds:
        parts = STEPS[kind](parts, words, changes)
    return Cleaned(manuscript._replace(parts=tuple(parts)), tuple(changes))


def _edited(kind: Kind, edits: Callable[[str], list[Edit]]) -> Callable[[list[Part], Words, list[Change]], list[Part]]:
    def step(parts: list[Part], _: Words, changes: list[Change]) -> list[Part]:
        done: list[Part] = []
        for part in parts:
            line = part
            if isinstance(line, Line) and (found := edits(line.words)):
                line, made = applied(line, found, kind)
                changes += made
                if not line.words and not line.label:
                    continue
            done.append(line)
        return done

    return step


def _simplify(parts: list[Part], words: Words, changes: list[Change]) -> list[Part]:
    if not traditional.is_marked(part.words for part in parts if isinstance(part, Line)):
        return parts
    return _edited(Kind.TRADITIONAL, traditional.edits)(parts, words, changes)


def _without_page(parts: list[Part], words: Words, changes: list[Change]) -> list[Part]:
    kept: list[Part] = []
    for index, part in enumerate(parts):
        if isinstance(part, Line) and web.is_of_page(part.words, index, len(parts), words):
            changes.append(Change(Kind.WEB, part.place, part.words, ""))
        else:
            kept.append(part)
    return _edited(Kind.WEB, lambda text: web.insertions(text, words))(kept, words, changes)


def _without_repeats(parts: list[Part], _: Words, changes: list[Change]) -> list[Part]:
    texts = [part.words if isinstance(part, Line) else "" for part in parts]
    gone = set(web.repeated_titles(texts))
    changes += [
        Change(Kind.REPEATED, part.place, part.words, "")
        for at, part in enumerate(parts)
        if at in gone and isinstance(part, Line)
    ]
    return [part for at, part in enumerate(parts) if at not in gone]


def _join(parts: list[Part], _: Words, changes: list[Change]) -> list[Part]:
    done: list[Part] = []
    run: list[Line] = []
    for part in parts:
        if isinstance(part, Line):
            if run and broken.goes_on(run[-1], part):
                changes.append(Change(Kind.BROKEN, part.place, f"{run[-1].words[-6:]}↵{part.words[:6]}", ""))
                run.append(part)
                continue
            done += [broken.joined(run)] if run else []
            run = [part]
        else:
            done += [broken.joined(run)] if run else []
            run = []
            done.append(part)
    return [*done, broken.joined(run)] if run else done


# What is done line by line; other kinds need to know what a line is.
STEPS: dict[Kind, Callable[[list[Part], Words, list[Change]], list[Part]]] = {
    Kind.CONTROL: _edited(Kind.CONTROL, spaces.control_edits),
    Kind.TRADITIONAL: _simplify,
    Kind.WEB: _without_page,
    Kind.REPEATED: _without_repeats,
    Kind.HALFWIDTH: _edited(Kind.HALFWIDTH, marks.edits),
    Kind.SPACES: _edited(Kind.SPACES, spaces.edits),
    Kind.BROKEN: _join,
}
