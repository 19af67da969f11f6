"""Figures in Word: pictures in a line under one caption, or side by side with a caption each."""

from __future__ import annotations

import math
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from healthreport.trees import slots
from healthreport.trees.document import text_of
from healthreport.writing.docx.heights import caption_of, of_caption
from healthreport.writing.docx.pictures import EMU_PER_TWIP, printed
from healthreport.writing.docx.runs import HINT, KEEP_NEXT, open_paragraph, write_caption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from healthreport.trees.document import Figure, Picture
    from healthreport.writing.docx.xml_pattern import Encoded
    from healthreport.writing.layout.profile import Layout

    Piece = str | Callable[[Encoded], bytes]

_DESCENT = 90  # twips of a line below a picture in it
_PADDING = 170  # of a cell, left and right together, as the style of tables has it
# A blank, at which lines may end.
_BLANK = f'<w:r><w:rPr>{HINT}</w:rPr><w:t xml:space="preserve"> </w:t></w:r>'


class Figures:
    """Writes the figures of a document, and keeps what they show: each file once, as large as it is printed at most."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._largest: dict[Picture, tuple[int, int]] = {}
        self._numbers: dict[Picture, int] = {}
        self._drawn = 0

    def media(self) -> tuple[Picture, ...]:
        """Return the pictures in the order of their relationships, ``rIdPicture1`` first."""
        return tuple(printed(picture, *size) for picture, size in self._largest.items())

    def write(self, figures: Sequence[Figure], area: tuple[int, int], keep: str, behind: int) -> Iterator[Piece]:
        """Write a figure, or figures side by side.

        ``area`` is the type area's, ``keep`` holds them to what follows, which is so high as ``behind``.
        """
        columns = self._columns(figures, area[0])
        room = self._room(figures, area, columns, behind)
        if columns > 1:
            yield from self._side_by_side(figures, columns, area[0] // columns, room, keep)
            return
        for figure in figures:
            held = keep if figure is figures[-1] else ""
            yield from self._pictures(figure, room, KEEP_NEXT if figure.caption else held)
            yield write_caption("FigureCaption", figure.label, figure.caption, held)

    def heights(self, figures: Sequence[Figure], fillings: Sequence[str], area: tuple[int, int]) -> list[float]:
        """Return how high figures are, with their captions, those side by side together: each piece is not parted."""
        columns = self._columns(figures, area[0])
        room = self._room(figures, area, columns)
        lines = [figures[start : start + columns] for start in range(0, len(figures), columns)]
        return [
            max(self._high(figure, room) for figure in line)
            + max(of_caption(slots.fill(caption_of(figure), fillings), self._layout, room[0]) for figure in line)
            for line in lines
        ]

    def _room(self, figures: Sequence[Figure], area: tuple[int, int], columns: int, behind: int = 0) -> tuple[int, int]:
        """Return the room for the pictures of each of figures that stand so many to a line, above their captions.

        These are given a character less than a line holds, and so one line more than they may take. Where no width is
        said, a picture and its caption take half an upright page at most, as so much may be left blank before them, or
        what is left of a landscape one below 附件 and its title. A line of the grid is taken as a whole.
        """
        width, pitch = area[0] if columns == 1 else area[0] // columns - _PADDING, self._layout.grid.pitch
        sure = width - self._layout.table_header.size
        below = max(of_caption(slots.hidden(caption_of(figure)), self._layout, sure) for figure in figures)
        height = area[1] - behind
        if not all(figure.width for figure in figures):
            height = min(height, self._layout.page.turned // 2, area[1] * 2 // 3)
        lines = height // pitch - max(math.ceil(below / pitch), 2)
        return width, max(lines, 1) * pitch - _DESCENT

    def _high(self, figure: Figure, area: tuple[int, int]) -> float:
        """Return the height of a figure's lines of pictures."""
        high = used = line = 0.0
        for picture in figure.pictures:
            width, height = (one / EMU_PER_TWIP for one in self._size(picture, figure, self._room_of_one(figure, area)))
            if used + width > area[0]:
                high, used, line = high + line, 0.0, 0.0
            used, line = used + width, max(line, height + _DESCENT)
        return high + line

    def _columns(self, figures: Sequence[Figure], room: int) -> int:
        """Return how many stand in a line: as many as find room with their widths, else two, or all three of three."""
        widest = max(figure.width for figure in figures)
        fitting = room // (widest + _PADDING) if widest else 3 if len(figures) == 3 else 2
        return min(len(figures), max(fitting, 1))

    def _side_by_side(
        self, figures: Sequence[Figure], columns: int, width: int, room: tuple[int, int], keep: str
    ) -> Iterator[Piece]:
        """Write a table without rules: a row of pictures on one line, and a row of their captions below."""
        grid = f'<w:gridCol w:w="{width}"/>' * columns
        yield (
            f'<w:tbl><w:tblPr><w:tblW w:w="{width * columns}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        )
        for start in range(0, len(figures), columns):
            line = figures[start : start + columns]
            held = keep if start + columns >= len(figures) else ""
            captions = any(figure.caption for figure in line)
            across = columns // len(line) if columns % len(line) == 0 else 1
            open_cell = partial(_open_cell, width * across, across)
            yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            for figure in line:
                yield open_cell("bottom")
                yield from self._pictures(figure, room, KEEP_NEXT if captions else held)
                yield "</w:tc>"
            empty = _open_cell(width, 1, "top") + open_paragraph("Picture") + "</w:p></w:tc>"
            filler = empty * (columns - across * len(line))
            yield filler + "</w:tr>"
            if captions:
                cells = "".join(f"{open_cell('top')}{_caption(figure, held)}</w:tc>" for figure in line)
                yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}{filler}</w:tr>"
        yield "</w:tbl>"

    def _pictures(self, figure: Figure, area: tuple[int, int], properties: str) -> Iterator[Piece]:
        """Set pictures beside one another, as many as find room; those without a width of their own two to a line."""
        room = self._room_of_one(figure, area)
        yield open_paragraph("Picture", properties)
        for index, picture in enumerate(figure.pictures):
            yield _BLANK if index else ""
            yield from self._drawing(picture, figure, room)
        yield "</w:p>"

    def _room_of_one(self, figure: Figure, area: tuple[int, int]) -> tuple[int, int]:
        """Return the room for each of a figure's pictures."""
        width, height = area
        alone = len(figure.pictures) == 1 or figure.width
        return width if alone else (width - self._layout.characters(1)) // 2, height

    def _drawing(self, picture: Picture, figure: Figure, area: tuple[int, int]) -> Iterator[Piece]:
        """Draw a picture: its own size or that of its figure, within an area (twips); the caption says what it shows."""
        width, height = self._size(picture, figure, area)
        self._largest[picture] = max(self._largest.get(picture, (0, 0)), (width, height))
        self._drawn += 1
        embedded = self._numbers.setdefault(picture, len(self._numbers) + 1)
        before, after = _run(width, height, self._drawn, embedded)
        said = text_of(figure.caption).strip() if figure.caption else ""
        yield f'{before} descr="' if said else before
        yield _attribute(said)
        yield f'"{after}' if said else after

    def _size(self, picture: Picture, figure: Figure, area: tuple[int, int]) -> tuple[int, int]:
        """Return width and height of a picture as it is printed, in EMU."""
        wanted = figure.width * EMU_PER_TWIP or picture.width
        room = area[0] * EMU_PER_TWIP
        scale = min(wanted, room, area[1] * EMU_PER_TWIP * picture.width // picture.height) / picture.width
        return round(picture.width * scale), round(picture.height * scale)


def _attribute(text: str) -> Piece:
    """Write a text as the value of an attribute, where quotes are escaped too, once its slots are filled."""
    if not slots.has_slots(text):
        return escape(text)
    return lambda encoded: escape(slots.fill(text, encoded.fillings)).encode()


def _open_cell(room: int, across: int, align: str) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/>{span}<w:vAlign w:val="{align}"/></w:tcPr>'


def _caption(figure: Figure, keep: str) -> str:
    caption = write_caption("FigureCaption", figure.label, figure.caption, keep)
    return caption or open_paragraph("FigureCaption", keep) + "</w:p>"


def _run(width: int, height: int, number: int, embedded: int) -> tuple[str, str]:
    """Return the run of a drawing up to its name's end, and from there on."""
    size = f'cx="{width}" cy="{height}"'
    before = (
        f"<w:r><w:rPr>{HINT}</w:rPr><w:drawing>"
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr id="{number}" name="图{number}"'
    )
    after = (
        '/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图{number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rIdPicture{embedded}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    return before, after
