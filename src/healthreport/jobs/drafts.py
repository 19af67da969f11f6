"""Drafts that lie beside finals: they are named when the final is written, and stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Position, Severity
from healthreport.reading.tables import plain
from healthreport.writing import file_names
from healthreport.writing import targets as files
from healthreport.writing.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_LISTED = 10


def left_beside(finals: Mapping[str, Path]) -> list[Diagnostic]:
    """Tell of the drafts of documents that were written, by format.

    A text says nothing of itself: one that is named as a draft is taken for one.
    """
    left = []
    for format, final in finals.items():
        draft, writer = final.with_name(final.stem + file_names.DRAFT + final.suffix), WRITERS[format]
        stamp = files.stamp_of(draft, writer)
        if stamp.draft if stamp else not writer.stamp and draft.exists():
            left.append(draft.name)
    return [told(left, Position(str(next(iter(finals.values())))))] if left else []


def told(names: Sequence[str], place: Position) -> Diagnostic:
    """Say that drafts are still there."""
    message = f"旁边还有以前的草稿：{plain.listed([*names], _LISTED)}。"
    hint = "交定稿，别交草稿；草稿不用了，请自己删去，程序不删。"
    return Diagnostic("draft-left", message, place, Severity.NOTE, hint)
