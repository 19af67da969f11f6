"""``word/styles.xml`` of a layout: every style the body uses, and no other."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from healthreport.trees.roles import ISSUED, OPENING, Look, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.writing.layout.profile import Face, Layout

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_XMLNS = f'xmlns:w="{NAMESPACE}"'
# Style ids of the body; Word's own names where it has them, so its navigation and lists work.
STYLES = {
    **{role: name.title() for name, role in OPENING.items() if role not in ISSUED},
    **dict.fromkeys(ISSUED, "Normal"),
    Role.BODY: "BodyText",
    Role.ATTACHMENT_NOTE: "AttachmentNote",
    Role.NOTE: "Note",
}
# Word's own styles by the name it knows them by; all others are ours, and named for those who look for them.
_OF_WORD = {
    **{f"Heading{level}": f"heading {level}" for level in range(1, 5)},
    **{id: id for id in ("Title", "Subtitle", "Salutation", "Signature")},
    "BodyText": "Body Text",
    "Caption": "caption",
    "Footer": "footer",
}
_OURS = {
    "Speaker": "讲话人",
    "Recipient": "主送机关",
    "AttachmentNote": "附件说明",
    "Note": "附注",
    "AttachmentLabel": "附件序号",
    "AttachmentTitle": "附件标题",
    "TableText": "表格文字",
    "TableHeader": "表头",
    "TableNote": "表注",
    "Picture": "图片",
    "FigureCaption": "图题",
}
# Word lists all its styles with every document unless it is told which to show.
_SHOWN = ("Normal", *_OF_WORD.values(), "Table Grid")
LATENT = (
    f'<w:latentStyles xmlns:w="{NAMESPACE}" w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
    'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376">'
    + "".join(
        f'<w:lsdException w:name="{name}" w:semiHidden="0" w:uiPriority="1" w:unhideWhenUsed="0" w:qFormat="1"/>'
        for name in _SHOWN
    )
    + "</w:latentStyles>"
)


def fonts(layout: Layout, face: Face) -> str:
    """Return ``w:rFonts`` with all four slots, an unset one would fall back to the theme's, and whether it is bold."""
    name, latin = f'"{escape(face.font)}"', f'"{escape(layout.latin_of(face))}"'
    named = f'<w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={name} w:cs={latin} w:hint="eastAsia"/>'
    if face.bold:
        return f"{named}<w:b/><w:bCs/>"
    # All styles stand on that of the text.
    return f'{named}<w:b w:val="0"/><w:bCs w:val="0"/>' if layout.body.bold else named


# In Word's navigation, beside the chapters of the text.
_FIRST_LEVEL = '<w:outlineLvl w:val="0"/>'


def _run(layout: Layout, face: Face, tracking: int = 0) -> str:
    spacing = f'<w:spacing w:val="{tracking}"/>'
    half_points = face.size // 10
    return f'<w:rPr>{fonts(layout, face)}{spacing}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'


def _exact(line: int, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def _style(id: str, paragraph: str, run: str, following: str = "BodyText", link: str = "") -> str:
    own = "" if id in _OF_WORD else ' w:customStyle="1"'
    name = _OF_WORD.get(id) or _OURS[id]
    linked = f'<w:link w:val="{link}"/>' if link else ""
    return (
        f'<w:style {_XMLNS} w:type="paragraph"{own} w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{following}"/>{linked}<w:uiPriority w:val="1"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>{run}</w:style>"
    )


def _normal(layout: Layout) -> str:
    # The size stands here, not only in docDefaults; no indent here, it leaks into tables.
    return (
        f'<w:style {_XMLNS} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'{_exact(layout.grid.pitch)}<w:jc w:val="both"/></w:pPr>'
        f"{_run(layout, layout.body, layout.grid.tracking)}</w:style>"
    )


def _defaults() -> Iterator[str]:
    for kind, id, name in (
        ("character", "DefaultParagraphFont", "Default Paragraph Font"),
        ("numbering", "NoList", "No List"),
    ):
        yield (
            f'<w:style {_XMLNS} w:type="{kind}" w:default="1" w:styleId="{id}"><w:name w:val="{name}"/>'
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        )
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = (
        '<w:tblInd w:w="0" w:type="dxa"/>{}<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )
    yield (
        f'<w:style {_XMLNS} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>{margins.format("")}</w:tblPr></w:style>'
    )
    yield (
        f'<w:style {_XMLNS} w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{margins.format(f"<w:tblBorders>{border}</w:tblBorders>")}</w:tblPr></w:style>'
    )


def indent(layout: Layout, first_line: int) -> str:
    """Return ``w:ind`` for a first-line indent in characters; both units, or LibreOffice sets none."""
    return f'<w:ind w:left="0" w:firstLineChars="{first_line * 100}" w:firstLine="{layout.characters(first_line)}"/>'


def styles(layout: Layout) -> Iterator[str]:
    """Yield one ``w:style`` after another."""
    grid = layout.grid
    two = indent(layout, grid.indent)
    line = grid.pitch
    yield _normal(layout)
    yield from _defaults()
    yield _style("BodyText", two, "")
    yield from _headings(layout, two)
    yield from _opening(layout)
    yield _style("AttachmentNote", "", "")
    yield _style("Note", two, "")
    label = _run(layout, layout.attachment, grid.tracking)
    yield _style("AttachmentLabel", f"<w:keepNext/>{_FIRST_LEVEL}", label, following="AttachmentTitle")
    yield _style("AttachmentTitle", _title(layout, before=line) + _FIRST_LEVEL, _run(layout, layout.title))
    yield _style("Signature", "", "", following="Signature")
    yield from _tables(layout)
    yield _footer(layout)


def _opening(layout: Layout) -> Iterator[str]:
    # The line left blank below the title stands below the last of what belongs to it.
    below = f'<w:keepNext/><w:spacing w:before="0" w:after="{layout.grid.pitch}"/><w:jc w:val="center"/>'
    looks = {
        Look.TITLE: (_title(layout), _run(layout, layout.title)),
        Look.BELOW_TITLE: (below, _run(layout, layout.subtitle, layout.grid.tracking)),
        Look.FLUSH: ("", ""),
    }
    for role in OPENING.values():
        if role not in ISSUED:
            assert role.look
            yield _style(STYLES[role], *looks[role.look])


def _title(layout: Layout, before: int = 0) -> str:
    # Off the grid, or LibreOffice doubles the lines of a face larger than the pitch.
    spacing = _exact(layout.title.pitch or layout.grid.pitch, before, layout.grid.pitch)
    return f'<w:keepNext/><w:snapToGrid w:val="0"/>{spacing}<w:jc w:val="center"/>'


def _headings(layout: Layout, two: str) -> Iterator[str]:
    for level, face in enumerate(layout.headings, 1):
        paragraph = f'<w:keepNext/>{two}<w:outlineLvl w:val="{level - 1}"/>'
        run = _run(layout, face, layout.grid.tracking)
        yield _style(f"Heading{level}", paragraph, run, link=f"Heading{level}Char")
        yield (
            f'<w:style {_XMLNS} w:type="character" w:customStyle="1" w:styleId="Heading{level}Char">'
            f'<w:name w:val="Heading {level} Char"/><w:basedOn w:val="DefaultParagraphFont"/>'
            f'<w:link w:val="Heading{level}"/><w:uiPriority w:val="9"/>{run}</w:style>'
        )


def _tables(layout: Layout) -> Iterator[str]:
    half = layout.grid.pitch // 2
    cell = '<w:snapToGrid w:val="0"/>{}<w:jc w:val="{}"/>'
    for id, face, align, after in (
        ("TableText", layout.table, "center", 0),
        ("TableHeader", layout.table_header, "center", 0),
        ("TableNote", layout.table, "left", half),
    ):
        line = _exact(face.pitch or layout.grid.pitch, after=after)
        yield _style(id, cell.format(line, align), _run(layout, face), following=id)
    centred = '<w:jc w:val="center"/>'
    # A picture's line is as high as the picture.
    yield _style("Picture", f'<w:spacing w:line="240" w:lineRule="auto"/>{centred}', "", following="FigureCaption")
    run = _run(layout, layout.table_header, layout.grid.tracking)
    yield _style("FigureCaption", f'<w:spacing w:after="{half}"/>{centred}', run)
    yield _style("Caption", f'<w:keepNext/><w:spacing w:before="{half}"/>{centred}', run)


def _footer(layout: Layout) -> str:
    paragraph = f'<w:snapToGrid w:val="0"/>{_exact(layout.page_number.size)}'
    return _style("Footer", paragraph, _run(layout, layout.page_number), following="Footer")
