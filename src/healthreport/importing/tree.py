"""A draft as the values of a YAML file: keys in the order of a skeleton, comments where something is doubtful."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthreport.model.blocks import KEYS_OF_BLOCKS
from healthreport.model.sections import FLAGS, KEYS_OF_SECTIONS
from healthreport.reading.yaml.dump import Comment, Quoted
from healthreport.reading.yaml.look_alikes import is_mistyped
from healthreport.recognising.printing import NONE
from healthreport.trees.draft import Figure, Items, Parts, Points, Section, Table, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from healthreport.reading.yaml.dump import Dict, Value
    from healthreport.trees.draft import Attachment, Block, Draft, Imprint, Inline, RedHead, TableCell
    from healthreport.trees.manuscript import Image

_TWIPS_PER_MM = 1440 / 25.4
# What could be taken for a reference, or a slip in writing one.
_NO_WORDS = re.compile(r"[{}｛｝﹛﹜]+|[\[［【〔]{2,}")


class Writing:
    """What one file is written with: what its pictures are called, and who has no file."""

    def __init__(self, pictures: Mapping[Image, str]) -> None:
        self._pictures = pictures

    def tree(self, draft: Draft, indicators: Dict) -> Dict:
        """Return the values of the file, without what is empty."""
        head: Dict = {
            "体裁": draft.genre,
            "结构": draft.structure,
            "年度": str(draft.year or ""),
            "期间": draft.period,
            "单位": draft.org,
            "标题": draft.title,
            "副标题": draft.subtitle,
            "讲话人": draft.speaker,
            "主送": draft.recipient,
            "称谓": draft.salutation,
            "日期": draft.date,
            "落款": draft.signature,
            "附注": draft.note,
            "编号": [*draft.numbering],
            "接排": [*draft.run_in],
            "续号": [*draft.goes_on],
            "红头": _red_head(draft.red_head),
        }
        body: Dict = {
            "指标": indicators,
            "导语": self._blocks(draft.lead),
            "内容": self._blocks(draft.content),
            "成绩": self._role(draft.achievements),
            "问题": self._role(draft.problems),
            "计划": self._role(draft.plans),
            "章节": self._sections(draft.sections),
            "结尾": self._blocks(draft.closing),
            "附件": [self._attachment(attachment) for attachment in draft.attachments],
            "版记": _imprint(draft.imprint),
        }
        return _said(head) | _spaced(_said(body))

    def _role(self, role: Section | Sequence[Section | str] | None) -> Value:
        if isinstance(role, Section):
            return self._section(role)
        return self._sections(role or ())

    def _sections(self, sections: Iterable[Section | str]) -> list[Value | Comment]:
        return [
            _text(entry, KEYS_OF_SECTIONS) if isinstance(entry, str) else self._section(entry) for entry in sections
        ]

    def _section(self, section: Section) -> Dict:
        written: Dict = {Comment(doubt): "doubt" for doubt in section.doubts}
        return written | _said(
            {
                "标题": section.title,
                "类别": section.role,
                "序号": section.number,
                "接排": _flag(section.run_in),
                "续号": _flag(section.goes_on),
                "下级编号": [*section.numbering],
                "待补": "是" if section.todo else "",
                "内容": self._blocks(section.content),
                "章节": self._sections(section.sections),
                "结语": self._blocks(section.closing),
            }
        )

    def _attachment(self, attachment: Attachment) -> Dict:
        return _said(
            {
                "标题": attachment.title,
                "编号": [*attachment.numbering],
                "接排": [*attachment.run_in],
                "续号": [*attachment.goes_on],
                "横排": "是" if attachment.landscape else "",
                "内容": self._blocks(attachment.content),
                "章节": self._sections(attachment.sections),
            }
        )

    def _blocks(self, blocks: Sequence[Block]) -> Value:
        """Return texts alone as lines, one block by itself, and else a list."""
        if all(isinstance(block, str) for block in blocks):
            texts = [str(block) for block in blocks]
            if len(texts) == 1 and texts[0] in FLAGS:
                return [_text(texts[0])]  # 内容: 是 would be taken for a slip of 待补: 是
            return "\n".join(texts) if len(texts) != 1 else _text(texts[0])
        written = [entry for block in blocks for entry in self._block(block)]
        return written[0] if len(written) == 1 and not isinstance(written[0], Comment) else written

    def _block(self, block: Block) -> Iterator[Value | Comment]:
        if isinstance(block, Items):
            yield _said(
                {
                    "样式": block.style,
                    "续号": _flag(block.goes_on),
                    "条目": [_item(item) for item in block.items],
                }
            )
        elif isinstance(block, Table):
            yield {"表格": _table(block)}
        elif isinstance(block, Figure):
            yield from self._figure(block)
        else:
            yield _inline(block)

    def _figure(self, figure: Figure) -> Iterator[Value | Comment]:
        names = [self._pictures[image] for image in figure.images if image in self._pictures]
        for image in figure.images:
            if image not in self._pictures:
                yield Comment(f"原文这里有一幅 {image.suffix} 图片，不是 png、jpg，没有放进来。")
        if any(image.turned for image in figure.images):
            yield Comment("原文里的图是转过方向的，请先把图片文件转正。")
        width = figure.images[0].width if len(figure.images) == 1 else 0
        if names:
            said: Dict = {
                "文件": names[0] if len(names) == 1 else [*names],
                "图题": figure.caption,
                "序号": _numbered(figure),
                "宽": f"{max(round(width / _TWIPS_PER_MM), 1)}mm" if width else "",
            }
            yield {"图片": _said(said)}
        elif figure.caption:
            yield _text(figure.caption)


def escaped(text: str) -> str:
    """Return words so that they print as they are: ``{{``, or brackets in a row, stand for nothing but themselves."""
    return _NO_WORDS.sub(_as_literal, text)


def _as_literal(found: re.Match[str]) -> str:
    return f'{{{{ "{found[0]}" }}}}'


def _flag(said: bool | None) -> str:
    return "" if said is None else "是" if said else "否"


def _said(values: Dict) -> Dict:
    return {key: value for key, value in values.items() if value not in ("", [], {})}


def _spaced(parts: Dict) -> Dict:
    """Put a blank line before each of the file's large parts."""
    return {key: value for part, value in parts.items() for key, value in ((Comment(""), ""), (part, value))}


def _text(text: str, keys: tuple[str, ...] = KEYS_OF_BLOCKS) -> str:
    """Return a text that stands in a list, in quotes where it would be taken for a mistyped key."""
    return Quoted(text) if is_mistyped(text, keys) else text


def _inline(inline: Inline) -> Value:
    if isinstance(inline, str):
        return _text(inline)
    if isinstance(inline, Points):
        points: list[Value | Comment] = [_inline(point) for point in inline.points]
        return _said({"样式": inline.style, "引语": inline.lead, "分述": points, "结语": inline.closing})
    assert isinstance(inline, Parts)
    return {"段落": [_inline(part) for part in inline.parts]}


def _item(item: Inline | Task) -> Value:
    if not isinstance(item, Task):
        return _inline(item)
    responsible: Value = item.responsible[0] if len(item.responsible) == 1 else [*item.responsible]
    task: Dict = {"问题": item.problem, "措施": item.task} if item.problem else {"事项": item.task}
    return _said({**task, "时限": item.deadline, "责任人": responsible})


def _table(table: Table) -> Dict:
    header = [_row(row) for row in table.header]
    written = _said(
        {
            "表题": table.caption,
            "序号": _numbered(table),
            "表头": header[0] if len(header) == 1 else [*header],
            "列宽": [str(width) for width in table.widths],
            "横排": "是" if table.landscape else "",
        }
    )
    written["行"] = [_row(row) for row in table.rows]
    return written | _said({"注": table.note})


def _numbered(block: Table | Figure) -> str:
    return "" if block.numbered or not block.caption else NONE


def _row(row: Sequence[TableCell]) -> list[Value | Comment]:
    return [_cell(cell) for cell in row]


def _cell(cell: TableCell) -> Value:
    if cell.across == cell.down == 1:
        return cell.text
    spans = {"跨列": cell.across, "跨行": cell.down}
    return _said({"文字": cell.text, **{key: str(span) for key, span in spans.items() if span > 1}})


def _red_head(red: RedHead | None) -> Dict:
    if red is None:
        return {}
    return _said(
        {
            "份号": red.copy_number,
            "密级": red.secrecy,
            "紧急程度": red.urgency,
            "发文机关标志": red.mark,
            "发文字号": red.document_number,
            "签发人": red.signers[0] if len(red.signers) == 1 else [*red.signers],
        }
    )


def _imprint(imprint: Imprint | None) -> Dict:
    if imprint is None:
        return {}
    return _said({"抄送": imprint.copies_to, "印发机关": imprint.printed_by, "印发日期": imprint.printed_on})
