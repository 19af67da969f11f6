"""Page numbers: at the foot of upright pages, and in the same place of the sheet on pages that are turned."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml

from healthreport.writing.docx.styles import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.section import _Footer

    from healthreport.writing.layout.profile import Layout

_HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def set_footers(word: WordDocument, layout: Layout) -> None:
    """Odd pages carry the number on the right, even pages on the left, one character in (7.5).

    The first section is that of upright pages, the second that of turned ones.
    """
    number = layout.page_number
    if not number.pieces:
        return
    outside, inset = number.place == "外侧", number.size
    odd = f'<w:ind w:right="{inset}"/><w:jc w:val="right"/>' if outside else '<w:jc w:val="center"/>'
    even = f'<w:ind w:left="{inset}"/><w:jc w:val="left"/>' if outside else '<w:jc w:val="center"/>'
    runs = "".join(f"<w:r>{_HINT}{content}</w:r>" for content in _number(number.pieces))
    turned = word.add_section(WD_SECTION.NEW_PAGE)
    upright = word.sections[0]
    for footer, place in ((upright.footer, odd), (upright.even_page_footer, even)):
        _set(footer, _paragraph(place, runs))
    for footer, place in ((turned.footer, odd), (turned.even_page_footer, even)):
        _set(footer, _sideways(_paragraph(place, runs), layout) + _paragraph("", ""))


def _set(footer: _Footer, content: str) -> None:
    footer.is_linked_to_previous = False
    root = footer._element
    for child in list(root):
        root.remove(child)
    root.extend(list(parse_xml(f'<w:ftr xmlns:w="{NAMESPACE}">{content}</w:ftr>')))


def _paragraph(place: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{place}</w:pPr>{runs}</w:p>'


def _sideways(paragraph: str, layout: Layout) -> str:
    """Return a paragraph that reads downwards, left of a turned page's text: below it once the sheet is bound (8).

    Word turns no paragraphs, so it stands in the one cell of a table that floats over the page.
    """
    page, number = layout.page, layout.page_number
    left = page.bottom - number.distance - number.size * 4 // 10  # its dash lies so far in (measured)
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" w:horzAnchor="page" '
        f'w:tblpX="{left}" w:tblpY="{page.left + page.gutter}"/><w:tblOverlap w:val="never"/>'
        f'<w:tblW w:w="{number.size}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{number.size}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="{page.type_area}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{number.size}" w:type="dxa"/><w:textDirection w:val="tbRl"/></w:tcPr>'
        f"{paragraph}</w:tc></w:tr></w:tbl>"
    )


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
