"""What all documents of one layout share.

The static parts are made by ``static`` with python-docx and kept between runs: importing python-docx
and building them costs as much as the rest of a document.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthreport.disk.cache import cached, digest_of_files
from healthreport.trees import roles
from healthreport.writing.layout import profile

if TYPE_CHECKING:
    from healthreport.writing.layout.profile import Layout

_DYNAMIC = ("word/document.xml", "docProps/core.xml", "docProps/custom.xml")
_TYPES = "[Content_Types].xml"
_PICTURE_TYPES = (
    b'<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
)
_FOOTERS = re.compile("<w:footerReference [^>]*/>")


class Base(NamedTuple):
    """The static parts of a layout by name, and what its pages are set by."""

    parts: dict[str, bytes]
    layout: Layout
    footers: tuple[str, str]
    """The references to the footers of upright pages, and to those of turned ones."""
    headers: str = ""

    def section(self, *, landscape: bool, first: bool) -> str:
        """Return ``w:sectPr``; a landscape page is the sheet turned to the right, its margins turned with it."""
        page, number = self.layout.page, self.layout.page_number
        if landscape:
            size = f'<w:pgSz w:w="{page.height}" w:h="{page.width}" w:orient="landscape"/>'
            top, right, bottom, left, gutter = page.left + page.gutter, page.top, page.right, page.bottom, 0
        else:
            size = f'<w:pgSz w:w="{page.width}" w:h="{page.height}"/>'
            top, right, bottom, left, gutter = page.top, page.right, page.bottom, page.left, page.gutter
        footer = bottom - number.depth
        # Its first page has a footer of its own, which is empty.
        title = "<w:titlePg/>" if first and not number.on_first_page else ""
        return (
            f"<w:sectPr>{self.headers}{self.footers[landscape]}{size}"
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
            f'w:header="{top // 2}" w:footer="{footer}" w:gutter="{gutter}"/><w:cols w:space="425"/>{title}'
            f'<w:docGrid w:type="lines" w:linePitch="{self.layout.grid.pitch}"/></w:sectPr>'
        )


@lru_cache(maxsize=16)
def base(layout: Layout) -> Base:
    """Return what all documents of a layout share."""
    data = cached(f"{_key(layout)}.docx", lambda: _build(layout))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    footers = _FOOTERS.findall(parts["word/document.xml"].decode())
    half = len(footers) // 2
    for name in _DYNAMIC:
        del parts[name]
    parts[_TYPES] = parts[_TYPES].replace(b"<Default ", _PICTURE_TYPES + b"<Default ", 1)
    return Base(parts, layout, ("".join(footers[:half]), "".join(footers[half:])))


def _build(layout: Layout) -> bytes:
    from healthreport.writing.docx import static

    return static.build(layout)


def _key(layout: Layout) -> str:
    """Name the static parts by all they are made from: the layout, the code, python-docx and its template."""
    here, library = Path(__file__).parent, find_spec("docx")
    rows = (Path(roles.__file__), Path(profile.__file__))
    assert library is not None
    assert library.origin is not None
    version = Path(library.origin)  # says it, and importing it would cost more than the rest of a document
    template = version.parent / "templates" / "default.docx"
    code = digest_of_files(here / "static.py", here / "styles.py", here / "footers.py", *rows, version, template)
    return hashlib.sha256(f"{code} {layout!r}".encode()).hexdigest()[:32]
