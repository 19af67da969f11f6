"""Edits on texts of a YAML file: tried before they are told to be done, by reading the file again.

Every comment, quote, indent and line break stays. An edit is not done where the words are not written as they read
(they run over a line break that was folded), or the file would then say something else.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import HealthReportError
from healthreport.reading.yaml.encodings import BLANKS
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence, Source
from healthreport.reading.yaml.parse import parse
from healthreport.writing.editing.edits import Edit, applied, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.reading.yaml.nodes import Node

_BRACES = frozenset("{}")


class Wanted(NamedTuple):
    """What is to be changed in the value of the scalar that begins at an offset of the file."""

    scalar: int
    edit: Edit


class _Placed(NamedTuple):
    wanted: Wanted
    raw: Edit


def edits(source: Source, wanted: list[Wanted]) -> dict[Wanted, Edit]:
    """Return for each edit of a value the edit of the file that does it; those that cannot be done are not there."""
    tree = parse(source)
    changed = {one.scalar for one in wanted}
    scalars = {scalar.start: (scalar, [*scalar.spans()]) for scalar in _scalars(tree) if scalar.start in changed}
    placed = []
    for one in wanted:
        raw = _raw(*scalars[one.scalar], one.edit) if one.scalar in scalars else None
        if raw:
            placed.append(_Placed(one, raw))
    apart: list[_Placed] = []
    for candidate in sorted(placed, key=lambda candidate: candidate.raw):
        if not apart or not overlap(apart[-1].raw, candidate.raw):
            apart.append(candidate)
    return {one.wanted: one.raw for one in _good(source, tree, apart)}


def _raw(scalar: Scalar, spans: list[tuple[int, int]], edit: Edit) -> Edit | None:
    """Return the edit of the file, where the characters of the value, which stand there, follow one another."""
    if _BRACES & {*edit.words, *scalar.value[edit.start : edit.end]}:
        return None  # braces make references
    taken = spans[edit.start : edit.end]
    if any(end != start for (_, end), (start, _) in pairwise(taken)):
        return None
    if taken:
        start, end = taken[0][0], taken[-1][1]
    else:
        start = end = spans[edit.start - 1][1] if edit.start else spans[0][0]
    return Edit(start, end, _as_written(edit.words, scalar.style))


def _as_written(words: str, style: str | None) -> str:
    if style == "'":
        return words.replace("'", "''")
    return words.replace("\\", "\\\\").replace('"', '\\"') if style == '"' else words


def _good(source: Source, tree: Mapping, placed: list[_Placed]) -> list[_Placed]:
    """Return the edits after which the file says what it said, with these words changed and nothing else."""
    if not placed or _holds(source, tree, placed):
        return placed
    if len(placed) == 1:
        return []
    half = len(placed) // 2
    before, behind = _good(source, tree, placed[:half]), _good(source, tree, placed[half:])
    both = [*before, *behind]
    return both if _holds(source, tree, both) else before


def _holds(source: Source, tree: Mapping, placed: list[_Placed]) -> bool:
    of_scalars: dict[int, list[Edit]] = {}
    for one in placed:
        of_scalars.setdefault(one.wanted.scalar, []).append(one.wanted.edit)
    try:
        edited = parse(Source(source.name, applied(source.text, [one.raw for one in placed])))
    except HealthReportError:
        return False
    return _alike(tree, edited, of_scalars)


def _alike(before: Node, behind: Node, edits: dict[int, list[Edit]]) -> bool:
    """Say whether two trees are the same but for the edits of scalars."""
    if isinstance(before, Scalar):
        if not isinstance(behind, Scalar) or before.style != behind.style:
            return False
        own = edits.get(before.start)
        if own is None:
            return before.value == behind.value
        return behind.value == applied(before.value, sorted(own)).strip(BLANKS) != ""
    if isinstance(before, Mapping) and isinstance(behind, Mapping):
        return (
            [*before.keys_at] == [*behind.keys_at]
            and [*before] == [*behind]
            and all(_alike(value, behind[key], edits) for key, value in before.items())
        )
    if isinstance(before, Sequence) and isinstance(behind, Sequence):
        return len(before) == len(behind) and all(
            _alike(one, other, edits) for one, other in zip(before, behind, strict=True)
        )
    return False


def _scalars(node: Node) -> Iterator[Scalar]:
    """Yield the values of a tree that are texts; keys are none."""
    if isinstance(node, Scalar):
        yield node
        return
    for child in node.values() if isinstance(node, Mapping) else node:
        yield from _scalars(child)
