"""Drawings (20.4, and VML): the pictures in them, their width and turn, and the texts of what is drawn."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading.word.names import EMU_PER_TWIP, PIC, WP, A, O, R, V, W, number, twips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from healthreport.reading.word.package import Package

BOX = f"{W}txbxContent"
_CHART = "/drawingml/2006/chart"
_BLIP, _IMAGE_DATA, _TEXT_PATH = f"{A}blip", f"{V}imagedata", f"{V}textpath"
_OLE = f"{O}OLEObject"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_ROTATION = 60_000  # of them are a degree
_MAGIC = (
    (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"BM", "bmp"), (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"), (b"\xd7\xcd\xc6\x9a", "wmf"), (b"\x01\x00\x00\x00", "emf"),
)  # fmt: skip
_STYLE = re.compile(r"(?:^|;)\s*(width|height|rotation)\s*:\s*(-?\d*\.?\d+)(\w*)")
_FIXED = 65536  # of VML's fixed-point degrees are one
_SIDEWAYS = (90, 270)


class Drawn(NamedTuple):
    """A picture of a drawing: what it is, or why there is none (``missing`` is a kind of what is left out)."""

    data: bytes
    suffix: str
    width: int
    turned: int
    missing: str = ""
    name: str = ""


class Drawing(NamedTuple):
    """What a drawing holds: text boxes, texts that have no paragraphs, pictures, and other things by their kind."""

    boxes: list[Element]
    texts: list[str]
    pictures: list[Drawn]
    others: list[str]


def read(drawing: Element, package: Package, part: str) -> Drawing:
    """Read a ``w:drawing``, ``w:pict`` or ``w:object`` of a part."""
    found = Drawing([], [], [], [])
    extent = drawing.find(f"*/{WP}extent")
    width = 0 if extent is None else number(extent.get("cx")) // EMU_PER_TWIP
    embedded = ""
    for one in _outside_boxes(drawing):
        tag = one.tag
        if tag == BOX:
            found.boxes.append(one)
        elif tag == _BLIP:
            found.pictures.append(_blip(one, package, part, width))
        elif tag == _IMAGE_DATA:
            found.pictures.append(_image_data(one, package, part))
        elif tag == _TEXT_PATH and one.get("string"):
            found.texts.append(one.get("string", ""))
        elif tag == _DIAGRAM:
            found.texts.extend(_diagram(one, package, part))
        elif tag == _OLE:
            embedded = "嵌入的对象"
        elif tag.endswith("}chart") and _CHART in tag:
            found.others.append("图表")
    if embedded and not found.pictures:
        found.others.append(embedded)
    return found


def _outside_boxes(element: Element) -> Iterator[Element]:
    """Yield all elements in their order, text boxes without what they hold: that is read with their paragraphs."""
    stack = [element]
    while stack:
        one = stack.pop()
        if isinstance(one.tag, str):
            yield one
            if one.tag != BOX:
                stack.extend(reversed(one))


def _blip(blip: Element, package: Package, part: str, width: int) -> Drawn:
    fill = blip.getparent()
    picture = None if fill is None else fill.getparent()
    form = None if picture is None else picture.find(f"{PIC}spPr/{A}xfrm")
    turned, ratio = 0, 1.0
    if form is not None:
        turned = round(number(form.get("rot")) / _ROTATION) % 360
        size = form.find(f"{A}ext")
        across, down = (0, 0) if size is None else (number(size.get("cx")), number(size.get("cy")))
        width = width or across // EMU_PER_TWIP
        ratio = down / across if across and turned in _SIDEWAYS else 1.0
    return _picture(package, part, (blip.get(f"{R}embed"), blip.get(f"{R}link")), round(width * ratio), turned)


def _image_data(image: Element, package: Package, part: str) -> Drawn:
    shape = image.getparent()
    said = dict.fromkeys(("width", "height", "rotation"), "0")
    for found in _STYLE.finditer("" if shape is None else shape.get("style", "")):
        said[found[1]] = found[2] + (found[3] or "px")
    degrees, unit = float(said["rotation"].rstrip("fdpx") or 0), said["rotation"].endswith("fd")
    turned = round(degrees / _FIXED if unit else degrees) % 360
    width = twips(said["height" if turned in _SIDEWAYS else "width"])
    return _picture(package, part, (image.get(f"{R}id") or image.get(f"{R}pict"), image.get(f"{R}href")), width, turned)


def _picture(package: Package, part: str, ids: tuple[str | None, str | None], width: int, turned: int) -> Drawn:
    """Return the picture of the first relationship that leads to one inside; nothing outside is followed."""
    relations = [package.relations(part)[id] for id in ids if id in package.relations(part)]
    inside = next((one.target for one in relations if not one.outside), "")
    data = package.bytes_of(inside) if inside else None
    if data:
        return Drawn(data, _suffix(data, inside), width, turned)
    linked = next((one.target for one in relations if one.outside), "")
    name = posixpath.basename((linked or inside).replace("\\", "/"))
    return Drawn(b"", "", width, turned, "链接的图片" if linked else "读不了的图片", name)


def _suffix(data: bytes, name: str) -> str:
    known = next((suffix for magic, suffix in _MAGIC if data.startswith(magic)), "")
    return known or posixpath.splitext(name)[1][1:].lower().replace("jpeg", "jpg")


def _diagram(relation: Element, package: Package, part: str) -> Iterator[str]:
    """Yield the texts of a SmartArt, a paragraph each (21.4)."""
    data = package.relations(part).get(relation.get(f"{R}dm", ""))
    root = package.xml(data.target) if data and not data.outside else None
    for paragraph in () if root is None else root.iter(f"{A}p"):
        words = "".join(one.text or "" for one in paragraph.iter(f"{A}t"))
        if words.strip():
            yield words
