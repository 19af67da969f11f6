"""Shares with a name of their own, or with their whole in brackets behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.checking.figures.sentences.counts import before

if TYPE_CHECKING:
    from healthreport.checking.figures.figure import Figure, Line
    from healthreport.checking.figures.words import FigureCues

_SHORT = 3


def of_all_behind(line: Line, index: int) -> tuple[Figure, Figure] | None:
    """Return the count before a share, and the one in the brackets behind: 126个，占行政村总数的54.5%（231个）."""
    part, after = line.figures[index - 1 : index + 2 : 2] if 0 < index < len(line.figures) - 1 else (None, None)
    if part is None or after is None or after.lead not in ("（", "(") or line.behind(index + 1)[:1] not in ("）", ")"):
        return None
    alike = part.unit == after.unit and part.counts and part.sentence == after.sentence
    return (part, after) if alike and after.value > part.value and not (part.loose or after.loose) else None


def of_named(line: Line, index: int, name: str, cues: FigureCues) -> tuple[Figure, Figure] | None:
    """Return the one count of a name, and what it is told to be a part of: 其中脑卒中1706例、…，脑卒中占79.5%."""
    counts = before(line, index, cues)
    named = [at for at, one in enumerate(counts) if one.clause.endswith(name)]
    if len(named) != 1 or not named[0] or "其中" not in counts[named[0]].lead:
        return None
    part, whole = counts[named[0]], counts[named[0] - 1]
    return (part, whole) if part.unit == whole.unit and not (part.loose or whole.loose) else None


def is_of_its_own(name: str, near: Figure | None) -> bool:
    """Say whether a share has a name that the figure before it has not: 出院1.2万人次，四级手术占比6.2%."""
    name = re.sub("(?:仅|约|只|已|各|其中)+$", "", name)
    return len(name) > 1 and (near is None or name[: 4 if len(name) > _SHORT else 2] not in near.clause)
