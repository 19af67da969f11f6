"""Formulas (22.1) as a line of text: their characters in order, with ``/``, ``^`` and ``_`` where height says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.reading.word.names import M

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_T, _E = f"{M}t", f"{M}e"
# What stands before each part of a structure.
_PARTS = {
    f"{M}num": "", f"{M}den": "/", f"{M}sup": "^", f"{M}sub": "_", f"{M}deg": "", f"{M}lim": "", f"{M}fName": "",
}  # fmt: skip
_SIMPLE = 1


def text(element: Element) -> str:
    """Return the text of a formula: ``a^2/(b+c)``. The parser bounds how deep it nests."""
    out = []
    for child in element:
        tag = child.tag
        if tag == _T:
            out.append(child.text or "")
        elif tag in _PARTS:
            words, before = text(child), _PARTS[tag]
            out.append(before + (f"({words})" if before and len(words) > _SIMPLE and not words.isalnum() else words))
        elif tag == f"{M}rad":
            out.append("√" + text(child))
        elif tag == f"{M}d":
            out.append("(" + ",".join(text(one) for one in child.iterchildren(_E)) + ")")
        elif isinstance(tag, str):
            out.append(text(child))
    return "".join(out)
