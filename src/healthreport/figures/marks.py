"""The mark behind a ``{{ }}``: own words that end in one lose it there."""

from __future__ import annotations

from healthreport.model.validating.text import Code

_MARKS = ("。", "；", "，", "、")


def is_mark(after: str | Code) -> bool:
    """Say whether what stands behind a ``{{ }}`` is a mark."""
    return isinstance(after, str) and after.startswith(_MARKS)


def unmarked(words: str) -> str:
    """Return own words without their last mark, for another one stands behind them: 场场有中医 of 场场有中医。."""
    return words[:-1] if words.endswith(_MARKS) else words
