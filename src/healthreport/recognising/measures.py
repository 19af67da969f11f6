"""Measures in sentences.

``事项。时限，责任人：甲、乙。`` and ``问题。整改措施：措施。时限，责任人：甲。``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.recognising import printing
from healthreport.trees.draft import Task

if TYPE_CHECKING:
    from collections.abc import Sequence

_BY = "责任人："
_REMEDY = "整改措施："
_LONGEST_DEADLINE = 30


def read(text: str) -> Task | str:
    """Return a measure where printing it gives the same characters, else the text."""
    before, by, people = text.rpartition(_BY)
    if not by or not before or "。" in people[:-1]:
        return text
    head, deadline = _divided(before)
    problem, remedy, task = head.partition(_REMEDY)
    if not remedy:
        problem, task = "", head
    names = tuple(people.removesuffix("。").split("、"))
    found = Task(_bare(task), deadline, names, _bare(problem))
    return found if found.task and all(names) and printing.task(found) == text else text


def are_measures(texts: Sequence[str]) -> bool:
    """Say whether at least half of the items of a list are measures."""
    return bool(texts) and sum(isinstance(read(text), Task) for text in texts) * 2 >= len(texts)


def _divided(text: str) -> tuple[str, str]:
    """Divide 事项。时限， into what and when."""
    end = text.rfind("。", 0, len(text) - 1)
    deadline = text[end + 1 :]
    if end > 0 and deadline.endswith("，") and len(deadline) <= _LONGEST_DEADLINE:
        return text[: end + 1], deadline.removesuffix("，")
    return text, ""


def _bare(text: str) -> str:
    return text.removesuffix("。")
