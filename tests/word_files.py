"""Word files made for tests: parts written by hand, zipped, with what relates them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from healthreport.reading.word import document
from healthreport.trees.manuscript import Grid, Image, Line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from healthreport.trees.manuscript import Manuscript

OFFICE = "http://schemas.openxmlformats.org/"
NAMES = {
    "w": f"{OFFICE}wordprocessingml/2006/main",
    "r": f"{OFFICE}officeDocument/2006/relationships",
    "a": f"{OFFICE}drawingml/2006/main",
    "m": f"{OFFICE}officeDocument/2006/math",
    "wp": f"{OFFICE}drawingml/2006/wordprocessingDrawing",
    "pic": f"{OFFICE}drawingml/2006/picture",
    "c": f"{OFFICE}drawingml/2006/chart",
    "dgm": f"{OFFICE}drawingml/2006/diagram",
    "mc": f"{OFFICE}markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = f"{OFFICE}package/2006/relationships"
TYPES = f"{OFFICE}package/2006/content-types"
# The parts that a main part may be related to, and their types.
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000000000500010d0a2db40000000049454e44ae426082"
)
NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'


def part(tag: str, content: str) -> str:
    """Return a part with a root and all namespaces."""
    return f"{HEAD}<w:{tag} {XMLNS}>{content}</w:{tag}>"


def docx(
    body: str, parts: Mapping[str, str | bytes] | None = None, links: Sequence[tuple[str, str, str]] = (), **more: str
) -> bytes:
    """Return a Word file: the body's XML, that of other parts by their names (``numbering``), and relationships.

    ``parts`` are files below ``word/`` as they are; ``links`` are id, type and target of relationships to them,
    or to an address outside.
    """
    files: dict[str, str | bytes] = {"document.xml": part("document", f"<w:body>{body}</w:body>")}
    relations, types = [], [f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>']
    for name, content in more.items():
        root = {"header": "hdr", "footer": "ftr"}.get(name, name)
        files[f"{name}.xml"] = part(root, content)
        relations.append(_relation(f"rel-{name}", f"{OFFICE}officeDocument/2006/relationships/{name}", f"{name}.xml"))
        types.append(f'<Override PartName="/word/{name}.xml" ContentType="{_CONTENT}.{name}+xml"/>')
    relations += [_relation(id, f"{OFFICE}officeDocument/2006/relationships/{type}", to) for id, type, to in links]
    main = _relation("rId1", f"{OFFICE}officeDocument/2006/relationships/officeDocument", "word/document.xml")
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    defaults += (
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    )
    return zipped(
        {
            "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}">{defaults}{"".join(types)}</Types>',
            "_rels/.rels": f'{HEAD}<Relationships xmlns="{RELATIONS}">{main}</Relationships>',
            "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{RELATIONS}">{"".join(relations)}</Relationships>',
            **{f"word/{name}": content for name, content in {**files, **(parts or {})}.items()},
        }
    )


def _relation(id: str, type: str, target: str) -> str:
    outside = ' TargetMode="External"' if ":" in target else ""
    return f'<Relationship Id="{id}" Type="{type}" Target="{target}"{outside}/>'


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return files as a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str = "", properties: str = "") -> str:
    """Return a paragraph; content without a tag is a run."""
    inner = content if content.startswith("<") or not content else r(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(text: str, list: int = 1, level: int = 0) -> str:
    """Return a paragraph of a native list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>')


def level(at: int, format: str, text: str, start: int = 1, more: str = "") -> str:
    """Return a level of a native list; ``more`` stands before its text."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def abstract(id: int, *levels: str, more: str = "") -> str:
    """Return a list as it is defined."""
    head = f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>{more}'
    return f"{head}{''.join(levels)}</w:abstractNum>"


def num(id: int, of: int, more: str = "") -> str:
    """Return an instance of a list."""
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def override(at: int, start: int) -> str:
    """Return what gives an instance of a list a start of its own."""
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def read(data: bytes) -> Manuscript:
    """Read a Word file."""
    return document.read(data, "稿.docx")


def lines(data: bytes) -> list[Line]:
    """Return the lines of a Word file, those of tables left aside."""
    return [one for one in read(data).parts if isinstance(one, Line)]


def shown(data: bytes) -> list[str]:
    """Return all that a Word file shows, each paragraph with its number: ``[表]`` before a row, ``[图]`` a picture."""
    out = []
    for one in read(data).parts:
        if isinstance(one, Line):
            out.append(one.label + one.words)
        elif isinstance(one, Grid):
            out += [
                "[表]" + "|".join("¶".join(x.label + x.words for x in cell.lines) for cell in row) for row in one.rows
            ]
        elif isinstance(one, Image):
            out.append("[图]")
    return out


def body(data: str, numbering: str = "") -> list[str]:
    """Return what a body shows."""
    return shown(docx(data, numbering=numbering))


def left_out(data: bytes) -> dict[str, tuple[int, str]]:
    """Return what is left out of a Word file: how often, and the words of the first, by kind."""
    return {one.kind: (one.times, one.sample) for one in read(data).left_out}
