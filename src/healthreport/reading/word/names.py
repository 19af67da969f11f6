"""Names of elements and attributes (ECMA-376 Part 1, Annex A), and how their values read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OFFICE = "http://schemas.openxmlformats.org/"
W = f"{{{_OFFICE}wordprocessingml/2006/main}}"
R = f"{{{_OFFICE}officeDocument/2006/relationships}}"
A = f"{{{_OFFICE}drawingml/2006/main}}"
M = f"{{{_OFFICE}officeDocument/2006/math}}"
WP = f"{{{_OFFICE}drawingml/2006/wordprocessingDrawing}}"
PIC = f"{{{_OFFICE}drawingml/2006/picture}}"
MC = f"{{{_OFFICE}markup-compatibility/2006}}"
RELATION = f"{{{_OFFICE}package/2006/relationships}}Relationship"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - as it is called there
VAL = f"{W}val"
TWIPS_PER_POINT = 20
EMU_PER_TWIP = 635
_OFF = frozenset(["0", "false", "off", "none"])
_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 144 / 2.54, "pc": 240.0, "pi": 240.0, "px": 15.0}


def is_on(element: Element) -> bool:
    """Say whether a property that is there is on: ``<w:b/>``, ``<w:b w:val="1"/>`` (17.17.4)."""
    return element.get(VAL, "1") not in _OFF


def number(text: str | None, otherwise: int = 0) -> int:
    """Read a whole number; what is none counts as not given."""
    if text is None:
        return otherwise
    try:
        return int(text)
    except ValueError:
        return otherwise


def twips(text: str | None, otherwise: int = 0) -> int:
    """Read a length: twips as a bare number, else with its unit (22.9.2.14)."""
    if text is None:
        return otherwise
    try:
        return round(float(text[:-2]) * _UNITS[text[-2:]] if text[-2:] in _UNITS else float(text))
    except (ValueError, OverflowError):
        return otherwise


def half_points(text: str | None) -> int:
    """Read the size of a face: half-points as a bare number, else a length with its unit (17.18.42)."""
    return twips(text) // (TWIPS_PER_POINT // 2) if text and text[-2:] in _UNITS else number(text)
