"""The marks that end a sentence: one set for points, items, run-in headings and all else."""

from __future__ import annotations

from healthreport.trees import slots

_END_MARKS = (*"。！？；：，…!?;:,", slots.ENDED)
CLOSERS = "”’）)》〉】］]」』\"'"


def is_ended(text: str) -> bool:
    """Say whether a text ends in a mark, also before a closing quote or bracket."""
    return text.rstrip(CLOSERS).endswith(_END_MARKS)
