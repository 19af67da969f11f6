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


def fonts(face: Face) -> str:
    """Return ``w:rFonts`` with all four slots: an unset one would fall back to the theme's."""
    name = f'"{escape(face.font)}"'
    return f'<w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name} w:hint="eastAsia"/>'


def _run(face: Face, tracking: int = 0) -> str:
    spacing = f'<w:spacing w:val="{tracking}"/>'
    half_points = face.size // 10
    return f'<w:rPr>{fonts(face)}{spacing}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'


def _exact(line: int, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def _style(id: str, name: str, paragraph: str, run: str, based_on: str = "Normal", following: str = "BodyText") -> str:
    return (
        f'<w:style {_XMLNS} w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:next w:val="{following}"/><w:uiPriority w:val="1"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>{run}</w:style>"
    )


def _normal(layout: Layout) -> str:
    # The size stands here, not only in docDefaults; no indent here, it leaks into tables.
    return (
        f'<w:style {_XMLNS} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'{_exact(layout.grid.pitch)}<w:jc w:val="both"/></w:pPr>'
        f"{_run(layout.body, layout.grid.tracking)}</w:style>"
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
    yield _style("BodyText", "Body Text", two, "")
    yield from _headings(layout, two)
    yield from _opening(layout)
    yield _style("AttachmentNote", "Attachment Note", "", "")
    yield _style("Note", "Note", two, "")
    yield _style("AttachmentLabel", "Attachment Label", "<w:keepNext/>", _run(layout.attachment, grid.tracking))
    yield _style("AttachmentTitle", "Attachment Title", _title(layout, before=line), _run(layout.title))
    yield _style("Signature", "Signature", "", "", following="Signature")
    yield from _tables(layout)
    yield _footer(layout)


def _opening(layout: Layout) -> Iterator[str]:
    # The line left blank below the title stands below the last of what belongs to it.
    below = f'<w:keepNext/><w:spacing w:before="0" w:after="{layout.grid.pitch}"/><w:jc w:val="center"/>'
    looks = {
        Look.TITLE: (_title(layout), _run(layout.title)),
        Look.BELOW_TITLE: (below, _run(layout.subtitle, layout.grid.tracking)),
        Look.FLUSH: ("", ""),
    }
    for role in OPENING.values():
        if role not in ISSUED:
            assert role.look
            yield _style(STYLES[role], STYLES[role], *looks[role.look])


def _title(layout: Layout, before: int = 0) -> str:
    # Off the grid, or LibreOffice doubles the lines of a face larger than the pitch.
    spacing = _exact(layout.title.pitch or layout.grid.pitch, before, layout.grid.pitch)
    return f'<w:keepNext/><w:snapToGrid w:val="0"/>{spacing}<w:jc w:val="center"/>'


def _headings(layout: Layout, two: str) -> Iterator[str]:
    for level, face in enumerate(layout.headings, 1):
        paragraph = f'<w:keepNext/>{two}<w:outlineLvl w:val="{level - 1}"/>'
        run = _run(face, layout.grid.tracking)
        yield _style(f"Heading{level}", f"heading {level}", paragraph, run)
        yield (
            f'<w:style {_XMLNS} w:type="character" w:customStyle="1" w:styleId="Heading{level}Char">'
            f'<w:name w:val="Heading {level} Char"/><w:uiPriority w:val="9"/>{run}</w:style>'
        )


def _tables(layout: Layout) -> Iterator[str]:
    cell = '<w:snapToGrid w:val="0"/>{}<w:jc w:val="{}"/>'
    for id, name, face, align in (
        ("TableText", "Table Text", layout.table, "center"),
        ("TableHeader", "Table Header", layout.table_header, "center"),
        ("TableNote", "Table Note", layout.table, "left"),
    ):
        yield _style(id, name, cell.format(_exact(face.pitch or layout.grid.pitch), align), _run(face), following=id)
    keep = '<w:keepNext/><w:jc w:val="center"/>'
    centred = '<w:jc w:val="center"/>'
    # A picture's line is as high as the picture.
    yield _style(
        "Picture", "Picture", f'<w:spacing w:line="240" w:lineRule="auto"/>{centred}', "", following="FigureCaption"
    )
    yield _style("FigureCaption", "Figure Caption", centred, _run(layout.table_header, layout.grid.tracking))
    yield _style("Caption", "caption", keep, _run(layout.table_header, layout.grid.tracking))


def _footer(layout: Layout) -> str:
    paragraph = f'<w:snapToGrid w:val="0"/>{_exact(layout.page_number.size)}'
    return _style("Footer", "footer", paragraph, _run(layout.page_number), following="Footer")
