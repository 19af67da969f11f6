"""The mark of a draft: a word above every page, in the margin, so that no line stands elsewhere than in the final."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.trees.document import DRAFT
from healthreport.writing.docx.styles import NAMESPACE

if TYPE_CHECKING:
    from healthreport.writing.docx.base import Base

_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_HEADER = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:hdr xmlns:w="{NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="AttachmentLabel"/><w:jc w:val="right"/></w:pPr>'
    '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:color w:val="FF0000"/></w:rPr>'
    f"<w:t>{DRAFT}</w:t></w:r></w:p></w:hdr>"
)
_RELATION = (
    '<Relationship Id="rIdDraft" Target="header-draft.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"/>'
)
_TYPE = (
    '<Override PartName="/word/header-draft.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
)
_REFERENCES = "".join(f'<w:headerReference w:type="{kind}" r:id="rIdDraft"/>' for kind in ("default", "even", "first"))


def marked(shared: Base) -> Base:
    """Return what documents of a layout share, for those that are drafts."""
    parts = {
        **shared.parts,
        "word/header-draft.xml": _HEADER.encode(),
        _RELATIONS: _with(shared.parts[_RELATIONS], _RELATION, b"</Relationships>"),
        _TYPES: _with(shared.parts[_TYPES], _TYPE, b"</Types>"),
    }
    return shared._replace(parts=parts, headers=_REFERENCES)


def _with(part: bytes, added: str, end: bytes) -> bytes:
    return part.replace(end, added.encode() + end)
