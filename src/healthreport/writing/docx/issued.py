"""红头 and 版记 in Word: their places, not yet their rules and faces (GB/T 9704-2012, 7.2, 7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.trees.document import Paragraph, stands_beside
from healthreport.trees.roles import IMPRINT, ISSUED, Look, Role
from healthreport.writing.docx.runs import HINT, KEEP_NEXT, open_paragraph, write_runs
from healthreport.writing.docx.styles import STYLES, fonts

if TYPE_CHECKING:
    from healthreport.trees.document import Block
    from healthreport.writing.layout.profile import Layout

_TAB = f"<w:r><w:rPr>{HINT}</w:rPr><w:tab/></w:r>"
_IMPRINT = frozenset(IMPRINT.values())
_LABEL = 3  # characters of 抄送：, under which no other line begins


def paragraph(block: Paragraph, previous: Block | None, following: Block | None, layout: Layout) -> str:
    """Return a paragraph of 红头 or 版记, with what stands beside it; nothing for what stands beside another."""
    if stands_beside(block, previous):
        return ""
    words, tabs = write_runs(block.runs), ""
    if block.role is Role.OFFICE:
        words = words.replace(HINT, _title_in_red(layout))
    if isinstance(following, Paragraph) and stands_beside(following, block):
        words += _TAB + write_runs(following.runs)
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{layout.page.type_area - layout.characters(1)}"/></w:tabs>'
    keep = KEEP_NEXT if following else ""
    place = tabs + _spacing(block.role, previous, following, layout) + _indent(block.role, layout, beside=bool(tabs))
    return open_paragraph(STYLES[block.role], keep + place) + words + "</w:p>"


def _title_in_red(layout: Layout) -> str:
    size = layout.title.size // 10
    return (
        f'{fonts(layout, layout.title)}<w:color w:val="FF0000"/><w:spacing w:val="0"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _spacing(role: Role, previous: Block | None, following: Block | None, layout: Layout) -> str:
    """Leave a line blank above 发文字号 and 版记, and below 红头."""
    line = layout.grid.pitch
    above = line if role is Role.DOCUMENT_NUMBER or (role in _IMPRINT and not _is_issued(previous)) else 0
    below = line if role not in _IMPRINT and not _is_issued(following) else 0
    if role is Role.OFFICE:
        pitch = layout.title.pitch or line
        return (
            f'<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="{below}" w:line="{pitch}" w:lineRule="exact"/>'
        )
    return f'<w:spacing w:before="{above}" w:after="{below}"/>' if above or below else ""


def _is_issued(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.role in ISSUED


def _indent(role: Role, layout: Layout, *, beside: bool) -> str:
    """Stand one character in from the edge (7.2.5, 7.2.6, 7.4.2), or in the middle."""
    one = layout.characters(1)
    if role is Role.COPIES_TO:
        hanging = layout.characters(_LABEL)
        return f'<w:ind w:left="{one + hanging}" w:right="{one}" w:hanging="{hanging}"/>'
    if beside or role is Role.PRINTED_BY:
        return f'<w:ind w:left="{one}"/>'
    if role.look is Look.RIGHT:
        return f'<w:ind w:right="{one}"/><w:jc w:val="right"/>'
    return '<w:jc w:val="center"/>' if role in (Role.OFFICE, Role.DOCUMENT_NUMBER) else ""
