"""Pictures: what a png or jpeg file says of its size, and the drawing that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.trees.document import Picture

if TYPE_CHECKING:
    from healthreport.writing.layout.profile import Layout

EMU_PER_TWIP = 635
MAX_PIXELS = 60_000_000
_FLATTEST = 1000
# Markers of JPEG (ITU-T T.81, table B.1): where the scan begins, the end, and those that nothing follows.
_SCAN, _END, _FILLS = 0xDA, b"\xff\xd9", 0xFF
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_EMU_PER_PIXEL = 914_400 // 96
_KINDS = {"image/png": "png", "image/jpeg": "jpeg"}


def measure(data: bytes) -> Picture:
    """Return a picture with its natural size. Raises :class:`ValueError` for what is no png or jpeg."""
    from docx.image.image import Image

    try:
        image = Image.from_blob(data)
        kind = _KINDS[image.content_type]
        across, down = image.px_width, image.px_height
        size = (int(image.width), int(image.height))
    except Exception:
        raise ValueError("不是完好的 png 或 jpg 图片") from None
    if kind == "jpeg" and not _is_whole(data):
        raise ValueError("图片的数据不全，后半截没有了")
    if not 0 < across * down <= MAX_PIXELS:
        raise ValueError("图片的像素太多")
    if max(across, down) > _FLATTEST * min(across, down):
        raise ValueError("图片太扁或太长，缩到版心里就看不见了")
    if min(size) < EMU_PER_TWIP:  # a density that cannot be: as if it had said nothing
        size = (across * _EMU_PER_PIXEL, down * _EMU_PER_PIXEL)
    return Picture(data, kind, *size)


def _is_whole(jpeg: bytes) -> bool:
    """Say whether what a JPEG shows has an end: segments are passed over, a preview among them ends for itself."""
    at = 2
    while jpeg[at : at + 1] == b"\xff" and at + 4 <= len(jpeg):
        kind = jpeg[at + 1]
        if kind == _SCAN:
            return jpeg.find(_END, at) >= 0
        at += 1 if kind == _FILLS else 2 if kind in _ALONE else 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return False


def drawing(picture: Picture, width: int, area: tuple[int, int], layout: Layout, number: int) -> str:
    """Return the run that shows picture ``number``: its own size or ``width``, within the type area (twips)."""
    wanted = width * EMU_PER_TWIP or picture.width
    room = area[0] * EMU_PER_TWIP
    height_room = (area[1] - 2 * layout.grid.pitch) * EMU_PER_TWIP
    scale = min(wanted, room, height_room * picture.width // picture.height) / picture.width
    size = f'cx="{round(picture.width * scale)}" cy="{round(picture.height * scale)}"'
    return (
        '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:drawing>'
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr id="{number}" name="图{number}"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图{number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rIdPicture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
