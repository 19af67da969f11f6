"""Captions of tables and pictures get the number as the program prints it: 表1：改厕, 表一 改厕 → 表1 改厕."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.recognising.cleaning.changes import Edit, Kind, applied
from healthreport.recognising.cleaning.cleaning import Cleaned
from healthreport.trees.end_marks import is_ended
from healthreport.trees.manuscript import Grid, Image, Line
from healthreport.values import counters

if TYPE_CHECKING:
    from collections.abc import Collection

    from healthreport.trees.manuscript import Part

_LABEL = re.compile(
    r"\s*(?P<kind>[表图])\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"(?P<mark>\s*[：:、]\s*|\s*[.．]\s*(?!\d)|\s+|(?=[^\s\d.．、：:\-—~至和及中为所是显的]))(?=\S)"
)
_LONGEST = 60


def completed(cleaned: Cleaned, keep: Collection[Kind]) -> Cleaned:
    """Return a manuscript with these numbers, and what was changed for that, unless they are to be kept.

    A number that is not the next one stays as it is written.
    """
    if Kind.CAPTION in keep:
        return cleaned
    parts, changes = list(cleaned.manuscript.parts), cleaned.changes
    last = {"表": 0, "图": 0}
    for at, part in enumerate(parts):
        found = _LABEL.match(part.words) if isinstance(part, Line) and _may_be_caption(part) else None
        if found is None or not isinstance(part, Line) or not _is_beside(parts, at, found["kind"]):
            continue
        kind, following = found["kind"], last[found["kind"]] + 1
        if found["number"] not in (str(following), counters.chinese_number(following)):
            continue
        last[kind] = following
        if found["number"] != str(following) or found["mark"].strip():
            parts[at], made = applied(part, [Edit(0, found.end(), f"{kind}{following} ")], Kind.CAPTION)
            changes = (*changes, *made)
    return Cleaned(cleaned.manuscript._replace(parts=tuple(parts)), changes)


def _may_be_caption(line: Line) -> bool:
    return not (line.label or is_ended(line.words.rstrip()) or len(line.words) > _LONGEST)


def _is_beside(parts: list[Part], at: int, kind: str) -> bool:
    """Say whether a table stands below, or a picture above; blank lines between them are nothing."""
    ways = range(at + 1, len(parts)) if kind == "表" else range(at - 1, -1, -1)
    beside = next((parts[way] for way in ways if not _is_blank(parts[way])), None)
    return isinstance(beside, Grid if kind == "表" else Image)


def _is_blank(part: Part) -> bool:
    return isinstance(part, Line) and not (part.label or part.words.strip())
