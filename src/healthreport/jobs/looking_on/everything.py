"""What else is wrong with a report that has slips or wrong values.

Slips are read as they were meant, wrong keys and values are left out: only to be looked at.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from healthreport import pipeline
from healthreport.diagnostics import Diagnostic, HealthReportError, Severity
from healthreport.jobs.looking_on.leaving_out import LeavingOut
from healthreport.model.build import ModelError
from healthreport.model.fields import examples
from healthreport.model.report import Report
from healthreport.reading import inherit
from healthreport.reading.reader import Reader
from healthreport.reading.resources import Resources
from healthreport.reading.yaml.nodes import Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from healthreport.diagnostics import Position
    from healthreport.reading.inherit import Inherited
    from healthreport.reading.yaml.nodes import Mapping

_MOST_ROUNDS = 8
# What stops a report before its figures are looked at.
_EARLY = (ModelError, pipeline.UnsettableError)
_STAND_IN = "（举例）"
# What stands in for a genre or layout that there is not; this genre wants a title and nothing else.
_STAND_INS = {"体裁": "体裁: 通用\n标题: 甲", "版式": f"版式: {pipeline.DEFAULT_LAYOUT}"}
# What is missed may be on a line nobody can read.
_MISSED = {"missing-key", "missing-value", "nothing-left"}


def everything(
    wrong: HealthReportError,
    path: Path,
    resources: Resources,
    *,
    root: Path | None = None,
    layout: str = "",
    draft: bool = False,
    is_base: bool = False,
) -> HealthReportError:
    """Return what is wrong with a report: with slips, wrong values and keys it lacks, what later stages tell as well.

    A base is no report yet: of it only the model tells.
    """
    reader = Reader.looking_on(resources.reader)
    look = partial(_look, resources=Resources(resources.own, reader), layout=layout, draft=draft, is_base=is_base)
    try:
        inherited = inherit.load(path, reader, root)
        found = _found(inherited, look, reader) if reader.slips or isinstance(wrong, _EARLY) else []
    except HealthReportError as more:
        found = [*more.diagnostics]
    if not reader.slips and not isinstance(wrong, _EARLY):
        return wrong
    told = {_of(one): one for one in (*reader.slips, *_no_follow_ups(found, reader))}
    return HealthReportError((told | {_of(one): one for one in wrong.diagnostics}).values())


def _of(one: Diagnostic) -> tuple[str, Position, str]:
    """Return what a mistake is: one of a kind at a place, but every key that is missing there."""
    return one.id, one.position, one.message if one.id == "missing-key" else ""


def _look(inherited: Inherited, resources: Resources, layout: str, *, draft: bool, is_base: bool) -> None:
    if is_base:
        pipeline.bare(inherited)
    else:
        pipeline.compose(inherited, resources.reader, resources, layout=layout, draft=draft)


def _found(inherited: Inherited, look: Callable[[Inherited], None], reader: Reader) -> list[Diagnostic]:
    """Return what is found: after wrong keys and values what is told without them, but not because of that."""
    left_out = LeavingOut()
    found: list[Diagnostic] = []
    for _ in range(_MOST_ROUNDS):
        try:
            look(inherited)
        except HealthReportError as more:
            said = {(one.id, one.message) for one in found}
            new = [one for one in more.diagnostics if (one.id, one.message) not in said]
            found += [one for one in new if not left_out.explains(one, inherited.tree, reader.line)]
            is_told = any(one.id == "more-problems" for one in more.diagnostics)
            tree = None if is_told else _without(inherited.tree, more, left_out)
        else:
            tree = None
        if tree is None:
            break
        inherited = inherited._replace(whole=partial(_same, tree), differences=None, base=None)
    return [one for one in found if one.position.file != _STAND_IN]


def _without(tree: Mapping, wrong: HealthReportError, left_out: LeavingOut) -> Mapping | None:
    """Return a tree without what is wrong in it, or with a key it lacks; nothing where it cannot be made so."""
    if isinstance(wrong, ModelError):
        return left_out.without(tree, wrong.problems)
    if isinstance(wrong, pipeline.UnsettableError) and (wrong.key in _STAND_INS or wrong.key not in tree):
        written = _STAND_INS.get(wrong.key) or f"{wrong.key}: {examples(Report)[wrong.key]}"
        example = parse(Source(_STAND_IN, written))
        filled = tree.copy_of()
        for key, value in example.items():
            if key == wrong.key or key not in tree:
                filled[key], filled.keys_at[key] = value, example.keys_at[key]
        return filled
    return None


def _same(tree: Mapping) -> Mapping:
    """Return a tree, as what a report asks for it."""
    return tree


def _no_follow_ups(found: Iterable[Diagnostic], reader: Reader) -> Iterator[Diagnostic]:
    """Yield errors that are none because of lines or files nobody can read, or of what was read as it was meant."""
    mended = {slip.position[:3] for slip in reader.slips}
    for one in found:
        if one.position[:3] in mended:
            continue
        word = re.search("“(.*?)”", one.message)
        is_named = reader.is_partial or (word is not None and word[1] in reader.lost)
        is_missed = one.id in _MISSED or (one.id == "unknown-name" and is_named)
        if one.severity is Severity.ERROR and not (is_missed and (reader.lost or reader.is_partial)):
            yield one
