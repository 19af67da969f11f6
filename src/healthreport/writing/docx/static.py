"""The static parts of a layout, made with python-docx: styles, settings, footers, theme."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from healthreport.writing.docx.styles import NAMESPACE, fonts, styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.section import _Footer

    from healthreport.writing.layout.profile import Layout

_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_UNWANTED = ("thumbnail", "customXml", "stylesWithEffects", "numbering", "webSettings")

_SETTINGS = (
    f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
    "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)


def build(layout: Layout) -> bytes:
    """Return a Word file without content that holds the static parts of a layout."""
    word = docx.Document()
    _drop_unwanted(word)
    _set_styles(word, layout)
    _set_settings(word)
    _set_footers(word, layout)
    custom = Part(PackURI("/docProps/custom.xml"), _CUSTOM, b"", word.part.package)
    word.part.package.relate_to(custom, RT.CUSTOM_PROPERTIES)
    saved = io.BytesIO()
    word.save(saved)
    return saved.getvalue()


def _drop_unwanted(word: WordDocument) -> None:
    """Leave out what the default template carries and a report does not need."""
    for owner in (word.part.package, word.part):
        for id, relation in list(owner.rels.items()):
            if any(word in relation.reltype for word in _UNWANTED):
                del owner.rels[id]


def _set_styles(word: WordDocument, layout: Layout) -> None:
    root = word.styles.element
    for child in root.findall(qn("w:style")):
        root.remove(child)
    for latent in root.findall(qn("w:latentStyles")):
        root.remove(latent)
    defaults = root.find(qn("w:docDefaults"))
    run = parse_xml(
        f'<w:rPr xmlns:w="{NAMESPACE}">{fonts(layout.body)}<w:sz w:val="{layout.body.size // 10}"/>'
        f'<w:szCs w:val="{layout.body.size // 10}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
    )
    for old in list(defaults):
        defaults.remove(old)
    holder = parse_xml(f'<w:rPrDefault xmlns:w="{NAMESPACE}"/>')
    holder.append(run)
    defaults.append(holder)
    defaults.append(parse_xml(f'<w:pPrDefault xmlns:w="{NAMESPACE}"/>'))
    for style in styles(layout):
        root.append(parse_xml(style))


def _set_settings(word: WordDocument) -> None:
    settings = word.settings.element
    for child in list(settings):
        settings.remove(child)
    settings.extend(list(parse_xml(_SETTINGS)))


def _set_footers(word: WordDocument, layout: Layout) -> None:
    """Odd pages carry the number on the right, even pages on the left, one character in (7.5)."""
    number = layout.page_number
    if not number.pieces:
        return
    section = word.sections[0]
    outside = number.place == "外侧"
    inset = number.size
    odd = f'<w:ind w:right="{inset}"/><w:jc w:val="right"/>' if outside else '<w:jc w:val="center"/>'
    even = f'<w:ind w:left="{inset}"/><w:jc w:val="left"/>' if outside else '<w:jc w:val="center"/>'
    for footer, place in ((section.footer, odd), (section.even_page_footer, even)):
        _set_footer(footer, place, number.pieces)


def _set_footer(footer: _Footer, place: str, pieces: list[str]) -> None:
    footer.is_linked_to_previous = False
    root = footer._element
    for child in list(root):
        root.remove(child)
    properties = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    runs = "".join(f"<w:r>{properties}{content}</w:r>" for content in _number(pieces))
    root.append(parse_xml(f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:pStyle w:val="Footer"/>{place}</w:pPr>{runs}</w:p>'))


def _number(pieces: list[str]) -> Iterator[str]:
    """Yield what a page number's runs hold: text and, for every second piece, the field that counts."""
    fields = iter(("PAGE", "NUMPAGES"))
    for at, piece in enumerate(pieces):
        if at % 2:
            yield '<w:fldChar w:fldCharType="begin"/>'
            yield f'<w:instrText xml:space="preserve"> {next(fields)} </w:instrText>'
            yield '<w:fldChar w:fldCharType="separate"/>'
            yield f"<w:t>{piece}</w:t>"
            yield '<w:fldChar w:fldCharType="end"/>'
        elif piece:
            yield f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>'
