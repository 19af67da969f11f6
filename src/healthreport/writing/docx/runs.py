"""Runs and paragraph openings: the smallest pieces of ``word/document.xml``."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from healthreport.trees.document import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.trees.document import Run

HINT = '<w:rFonts w:hint="eastAsia"/>'
_PLAIN = f'<w:r><w:rPr>{HINT}</w:rPr><w:t xml:space="preserve">'
_BLANK = f'<w:r><w:rPr>{HINT}<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">'
# Headings of deeper levels look like those of this one.
DEEPEST_FACE = 4
_HEADINGS = tuple(
    f'<w:r><w:rPr><w:rStyle w:val="Heading{level}Char"/>{HINT}</w:rPr><w:t xml:space="preserve">'
    for level in range(1, DEEPEST_FACE + 1)
)
_END = "</w:t></w:r>"
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
KEEP_NEXT = "<w:keepNext/>"
KEEP_LINES = "<w:keepLines/>"
PAGE_BREAK = f'<w:p><w:r><w:rPr>{HINT}</w:rPr><w:br w:type="page"/></w:r></w:p>'


def write_runs(runs: Sequence[Run], *, heading: int = 0) -> str:
    """Return ``w:r`` for each run, in the face of the paragraph's style or of a level of headings."""
    plain = _HEADINGS[min(heading, DEEPEST_FACE) - 1] if heading else _PLAIN
    parts = []
    for run in runs:
        text = escape(run.text, quote=False)
        if "\n" in text:
            text = text.replace("\n", _BREAK)
        parts.append((_BLANK if run.blank else plain) + text + _END)
    return parts[0] if len(parts) == 1 else "".join(parts)


def write_caption(style: str, label: str, caption: tuple[Run, ...], properties: str = "") -> str:
    """Return the paragraph of a caption; nothing where there is none."""
    if not caption:
        return ""
    return open_paragraph(style, properties) + write_runs(labelled(label, caption)) + "</w:p>"


@lru_cache(maxsize=256)
def open_paragraph(style: str, properties: str = "") -> str:
    """Return the start of a paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
