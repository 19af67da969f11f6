"""The paragraph before a signature: held to it, or not where it had better break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.trees import slots
from healthreport.writing.docx.pages import Above, Way
from healthreport.writing.docx.runs import KEEP_NEXT
from healthreport.writing.docx.xml_pattern import Encoded, XmlPattern

if TYPE_CHECKING:
    from collections.abc import Callable

    Piece = str | Callable[[Encoded], bytes]


class Closing:
    """The last paragraph, written for each report by where it ends on a page; ``write`` takes its properties."""

    def __init__(self, text: str, write: Callable[[str], Piece], above: Above) -> None:
        self._text = text
        self._write = write
        self._above = above
        self._patterns: dict[str, XmlPattern] = {}

    def fill(self, encoded: Encoded) -> bytes:
        """Return the paragraph with its slots filled."""
        properties = self._properties(encoded)
        pattern = self._patterns.get(properties)
        if pattern is None:
            pattern = self._patterns[properties] = XmlPattern([self._write(properties)])
        return pattern.fill(encoded)

    def _properties(self, encoded: Encoded) -> str:
        """Return what holds the paragraph, or sets its lines apart: off the grid, to which LibreOffice would round them."""
        choice = self._above.part(slots.fill(self._text, encoded.fillings), encoded.fillings)
        held = KEEP_NEXT if choice.way is Way.HELD else ""
        if choice.pitch == self._above.layout.grid.pitch:
            return held
        return f'{held}<w:snapToGrid w:val="0"/><w:spacing w:line="{choice.pitch}" w:lineRule="exact"/>'
