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

from healthreport.writing.docx.footers import set_footers
from healthreport.writing.docx.styles import LATENT, NAMESPACE, fonts, styles
from healthreport.writing.layout.profile import Font

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from healthreport.writing.layout.profile import Layout

_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
# ``app.xml`` counts pages and words that are not these.
_UNWANTED = ("thumbnail", "extended-properties", "customXml", "stylesWithEffects", "numbering", "webSettings")
# As Word itself writes them: without them it says that a document is in an older mode.
_COMPATIBLE = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
        ("useWord2013TrackBottomHyphenation", 0),
    )
)

_SETTINGS = (
    f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/>{{}}<w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
    "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>"
    f"{_COMPATIBLE}</w:compat>"
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)


def build(layout: Layout) -> bytes:
    """Return a Word file without content that holds the static parts of a layout."""
    word = docx.Document()
    _drop_unwanted(word)
    _set_styles(word, layout)
    _set_settings(word, layout)
    _set_fonts(word, layout)
    set_footers(word, layout)
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
        f'<w:rPr xmlns:w="{NAMESPACE}">{fonts(layout, layout.body)}<w:sz w:val="{layout.body.size // 10}"/>'
        f'<w:szCs w:val="{layout.body.size // 10}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
    )
    for old in list(defaults):
        defaults.remove(old)
    holder = parse_xml(f'<w:rPrDefault xmlns:w="{NAMESPACE}"/>')
    holder.append(run)
    defaults.append(holder)
    defaults.append(parse_xml(f'<w:pPrDefault xmlns:w="{NAMESPACE}"/>'))
    root.append(parse_xml(LATENT))
    for style in styles(layout):
        root.append(parse_xml(style))


def _set_settings(word: WordDocument, layout: Layout) -> None:
    settings = word.settings.element
    for child in list(settings):
        settings.remove(child)
    mirrored = "<w:mirrorMargins/>" if layout.page.mirrored else ""
    settings.extend(list(parse_xml(_SETTINGS.format(mirrored))))


def _set_fonts(word: WordDocument, layout: Layout) -> None:
    """Say of each font what another is to be like where it is not installed (17.8.3)."""
    (relation,) = [one for one in word.part.rels.values() if one.reltype == RT.FONT_TABLE]
    used = dict.fromkeys(face.font for face in layout.faces)
    latin = {name for face in layout.faces if (name := layout.latin_of(face)) not in used}
    known = dict(layout.fonts)
    entries = [_font(name, known.get(name, Font()), latin=name in latin) for name in (*used, *sorted(latin))]
    relation.target_part._blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts xmlns:w="{NAMESPACE}">{"".join(entries)}</w:fonts>'
    ).encode()


def _font(name: str, font: Font, *, latin: bool) -> str:
    latin = latin or font.latin
    instead = f'<w:altName w:val="{escape(",".join(font.instead))}"/>' if font.instead else ""
    panose = f'<w:panose1 w:val="{font.panose}"/>' if font.panose else ""
    family = "modern" if font.fixed else "roman" if latin else "auto"
    return (
        f'<w:font w:name="{escape(name)}">{instead}{panose}<w:charset w:val="{"00" if latin else "86"}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{"fixed" if font.fixed else "variable"}"/></w:font>'
    )
