"""How a table's columns are aligned: as the report says, else by what they hold, in every report alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.writing.docx.cells import is_number
from healthreport.writing.docx.wrapping import room

if TYPE_CHECKING:
    from healthreport.writing.layout.profile import TableFace

_LEFT_FROM = 8.0  # characters: a text this wide reads better flush left
_COUNTING = ("序", "名次", "位次", "排名")  # 序号, 顺序号, 次序; ranks, among which some are equal
_XML = {"左": '<w:jc w:val="left"/>', "居中": "", "右": '<w:jc w:val="right"/>'}  # the style centres


class Contents:
    """What the cells of a column are: how many, how many numbers, how wide, and whether they count 1, 2, 3."""

    __slots__ = ("cells", "counts", "numbers", "widest")

    def __init__(self, cells: int = 0, numbers: int = 0, widest: float = 0.0, *, counts: bool = True) -> None:
        self.cells = cells
        self.numbers = numbers
        self.widest = widest
        self.counts = counts

    def copy(self) -> Contents:
        """Return the same, to be added to."""
        return Contents(self.cells, self.numbers, self.widest, counts=self.counts)

    def add(self, text: str) -> None:
        """Take one more cell into account."""
        if text:
            self.cells += 1
            self.numbers += is_number(text)
            self.widest = max(self.widest, room(text))
            self.counts = self.counts and text == str(self.cells)


def aligned(contents: Contents, heading: str, said: str, face: TableFace, *, first: bool) -> str:
    """Return the alignment of a column, ``first`` or not, under a heading; ``said`` is what the report says of it."""
    return _XML[said or _by_contents(contents, heading, face, first=first)]


def _by_contents(contents: Contents, heading: str, face: TableFace, *, first: bool) -> str:
    if any(word in heading for word in _COUNTING) or (first and contents.counts and contents.cells > 1):
        return face.counting
    if contents.numbers * 2 > contents.cells:  # one township's 无 among numbers changes nothing
        return face.numbers
    return face.long if contents.widest > _LEFT_FROM else face.short
