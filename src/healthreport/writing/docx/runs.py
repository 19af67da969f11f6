"""Runs and paragraph openings: the smallest pieces of ``word/document.xml``."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthreport.trees.document import Run

_HINT = '<w:rFonts w:hint="eastAsia"/>'
_PLAIN = f'<w:r><w:rPr>{_HINT}</w:rPr><w:t xml:space="preserve">'
_BLANK = f'<w:r><w:rPr>{_HINT}<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">'
_HEADINGS = tuple(
    f'<w:r><w:rPr><w:rStyle w:val="Heading{level}Char"/>{_HINT}</w:rPr><w:t xml:space="preserve">'
    for level in range(1, 5)
)
_END = "</w:t></w:r>"
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
KEEP_NEXT = "<w:keepNext/>"
PAGE_BREAK = f'<w:p><w:r><w:rPr>{_HINT}</w:rPr><w:br w:type="page"/></w:r></w:p>'


def write_runs(runs: Sequence[Run], *, bare: bool = False) -> str:
    """Return ``w:r`` for each run; ``bare`` leaves the face to the paragraph's style."""
    if len(runs) == 1 and not runs[0].blank and (bare or not runs[0].heading):
        text = escape(runs[0].text, quote=False)
        return _PLAIN + (text if "\n" not in text else text.replace("\n", _BREAK)) + _END
    parts = []
    for run in runs:
        text = escape(run.text, quote=False)
        if "\n" in text:
            text = text.replace("\n", _BREAK)
        if run.blank:
            parts.append(_BLANK + text + _END)
        elif run.heading and not bare:
            parts.append(_HEADINGS[run.heading - 1] + text + _END)
        else:
            parts.append(_PLAIN + text + _END)
    return "".join(parts)


@lru_cache(maxsize=256)
def open_paragraph(style: str, properties: str = "") -> str:
    """Return the start of a paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
