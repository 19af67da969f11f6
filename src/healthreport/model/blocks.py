"""Blocks: what may stand in 内容, 导语, 结语 and 结尾.

Which block a mapping is shows in one of its keys, so a mistake inside a block is diagnosed once,
against that block's own fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, Discriminator, Field, Tag, model_validator

from healthreport.model.indicators import IndicatorTable
from healthreport.model.validating.types import (
    AnyText,
    Cell,
    Flag,
    Length,
    Model,
    Names,
    Number,
    OneOrMore,
    Span,
    Style,
    mistake,
    one_of,
)
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence


def _by_key(kinds: dict[str, str], otherwise: str) -> Discriminator:
    """Choose a member of a union: text for a scalar, else by the first key that decides."""

    def choose(value: object) -> str | None:
        if isinstance(value, Mapping):
            return next((tag for key, tag in kinds.items() if key in value.keys_at), None)
        return "text" if isinstance(value, Scalar) else None

    known = "、".join(f"“{key}”" for key in kinds)
    return Discriminator(choose, "not-a-block", f"这里应写{otherwise}，或含有{known}之一的一段", {"keys": known})


def _list(value: object) -> object:
    if not isinstance(value, Sequence):
        raise mistake("not-a-list", "这里应写成列表，每条一行，以“- ”开头")
    return value


def _some(value: object) -> object:
    if not _list(value):
        raise mistake("empty-list", "这里至少要写一条")
    return value


def _as_blocks(value: object) -> object:
    """One block may stand for a list of one."""
    return value if isinstance(value, Sequence) else [value]


class Points(Model):
    """One paragraph: lead-in + 一是… 二是… + tail."""

    kind: ClassVar = "points"
    style: Style | None = Field(None, alias="样式")
    lead: AnyText | None = Field(None, alias="引语")
    points: Annotated[tuple[Inline, ...], BeforeValidator(_some)] = Field(alias="分述")
    closing: AnyText | None = Field(None, alias="结语")

    @property
    def parts(self) -> tuple[Any, ...]:
        """The paragraph in its general form: texts and one run of points."""
        return (*filter(None, [self.lead]), self, *filter(None, [self.closing]))


class Parts(Model):
    """One paragraph in its general form: texts and runs of points in any order."""

    kind: ClassVar = "parts"
    parts: Annotated[tuple[Part, ...], BeforeValidator(_some)] = Field(alias="段落")


class Task(Model):
    """A measure: what, by when, by whom."""

    kind: ClassVar = "task"
    task: AnyText = Field(alias="事项")
    deadline: AnyText | None = Field(None, alias="时限")
    responsible: Names = Field((), alias="责任人")


class Remedy(Model):
    """A problem and what is done about it."""

    kind: ClassVar = "remedy"
    problem: AnyText = Field(alias="问题")
    task: AnyText = Field(alias="措施")
    deadline: AnyText | None = Field(None, alias="时限")
    responsible: Names = Field((), alias="责任人")


class Items(Model):
    """Numbered paragraphs, one for each item, or a table of measures."""

    kind: ClassVar = "items"
    style: Style | None = Field(None, alias="样式")
    form: Annotated[Literal["段落", "表格"], BeforeValidator(one_of("段落", "表格"))] = Field("段落", alias="形式")
    items: Annotated[tuple[Item, ...], BeforeValidator(_some)] = Field(alias="条目")

    @model_validator(mode="after")
    def _one_kind_in_a_table(self) -> Items:
        if self.form == "表格":
            for index, item in enumerate(self.items):
                if not isinstance(item, Task | Remedy) or type(item) is not type(self.items[0]):
                    raise mistake(
                        "mixed-table", "形式为表格时，各条都要写“事项”，或都要写“问题”和“措施”", ("条目", index)
                    )
        return self


class CellData(Model):
    """A cell that spans columns or rows."""

    kind: ClassVar = "cell"
    text: Cell = Field(alias="文字")
    across: Span = Field(1, alias="跨列")
    down: Span = Field(1, alias="跨行")


def _is_cell(value: object) -> str | None:
    return "cell" if isinstance(value, Mapping) else "text" if isinstance(value, Scalar) else None


AnyCell = Annotated[
    Annotated[Cell, Tag("text")] | Annotated[CellData, Tag("cell")],
    Discriminator(_is_cell, "not-a-cell", "这里应写一格的文字，或“{文字: …, 跨列: 2}”"),
]
Row = Annotated[tuple[AnyCell, ...], BeforeValidator(_list)]


def _header_rows(value: object) -> object:
    """One row of headings may stand for a list of one."""
    if isinstance(value, Sequence) and any(isinstance(item, Sequence) for item in value):
        return value
    return [value]


class TableData(Model):
    """A plain table: a caption, header rows, rows of cells, relative column widths, a note."""

    caption: AnyText | None = Field(None, alias="表题")
    header: Annotated[tuple[Row, ...], BeforeValidator(_header_rows), OneOrMore()] = Field((), alias="表头")
    rows: Annotated[tuple[Row, ...], BeforeValidator(_list)] = Field(alias="行")
    widths: Annotated[tuple[Number, ...], BeforeValidator(_list)] = Field((), alias="列宽")
    note: AnyText | None = Field(None, alias="注")
    landscape: Flag = Field(False, alias="横排")

    @model_validator(mode="after")
    def _rectangular(self) -> TableData:
        columns = 0
        for key, rows in (("表头", self.header), ("行", self.rows)):
            below: list[int] = []  # for each column, how many rows further a cell above reaches
            for index, row in enumerate(rows):
                at = (key, index) if key == "行" or len(rows) > 1 else (key,)
                if not row and not any(below):
                    raise mistake("ragged-table", "这一行没有格子", at)
                filled = _fill(row, below, at)
                columns = columns or len(filled)
                if len(filled) != columns:
                    what = "表头" if self.header else "第1行"
                    message = f"{'第' if key == '行' else '表头第'}{index + 1}行有{len(filled)}格，{what}有{columns}格"
                    raise mistake("ragged-table", message, at)
                below = [max(rest - 1, 0) for rest in filled]
            if any(below):
                raise mistake("ragged-table", "“跨行”超出了表格", (key, len(rows) - 1))
        if not columns:
            raise mistake("empty-table", "表格至少要有一行", ("行",))
        if self.widths and (len(self.widths) != columns or min(self.widths) <= 0):
            raise mistake("bad-widths", f"列宽应是{columns}个大于0的数", ("列宽",))
        return self


def _fill(row: tuple[Any, ...], below: list[int], at: tuple[str | int, ...]) -> list[int]:
    """Lay the cells of a row into the columns left free; return how many rows each column is taken for."""
    filled: list[int] = []
    cells = [(cell.across, cell.down) if isinstance(cell, CellData) else (1, 1) for cell in row]
    while cells or len(filled) < len(below):
        if len(filled) < len(below) and below[len(filled)]:
            filled.append(below[len(filled)])
        elif cells:
            across, down = cells.pop(0)
            if any(below[len(filled) : len(filled) + across]):
                raise mistake("ragged-table", "“跨列”与上面的“跨行”重叠", at)
            filled += [down] * across
        else:
            break
    return filled


class Table(Model):
    """The block that holds a table."""

    kind: ClassVar = "table"
    table: TableData = Field(alias="表格")


class IndicatorTableBlock(Model):
    """The block that holds a table of indicators."""

    kind: ClassVar = "indicator-table"
    table: IndicatorTable = Field(alias="指标表")


class FigureData(Model):
    """A picture: its file, its caption, its width."""

    file: AnyText = Field(alias="文件")
    caption: AnyText | None = Field(None, alias="图题")
    width: Length | None = Field(None, alias="宽")


class Figure(Model):
    """The block that holds a picture."""

    kind: ClassVar = "figure"
    figure: FigureData = Field(alias="图片")


_INLINE = {"分述": "points", "段落": "parts"}
_MEASURE = {"事项": "task", "问题": "remedy"}
_BLOCK = {**_INLINE, "条目": "items", "表格": "table", "指标表": "indicator-table", "图片": "figure"}

_Text = Annotated[AnyText, Tag("text")]
_Points = Annotated[Points, Tag("points")]
_Parts = Annotated[Parts, Tag("parts")]
Part = Annotated[_Text | _Points, _by_key({"分述": "points"}, "文字")]
Inline = Annotated[_Text | _Points | _Parts, _by_key(_INLINE, "文字")]
Item = Annotated[
    _Text | _Points | _Parts | Annotated[Task, Tag("task")] | Annotated[Remedy, Tag("remedy")],
    _by_key({**_INLINE, **_MEASURE}, "文字"),
]


def _refuse_mistyped_key(keys: dict[str, str]) -> Callable[[object], object]:
    """Catch ``- 引语：…``: with a full-width colon the key would be printed as text."""
    pattern = re.compile(rf"({'|'.join(keys)})(：|:(?=\S))")

    def check(value: object) -> object:
        if isinstance(value, Scalar) and value.style is None and (typed := pattern.match(value.value)):
            raise colon_mistake(typed)
        return value

    return check


def colon_mistake(typed: re.Match[str]) -> Exception:
    """Return the error for a key (group 1) followed by a wrong colon (group 2)."""
    if typed[2] == "：":
        return mistake("full-width-colon", f"键“{typed[1]}”后面是全角冒号，应是半角冒号加空格：“{typed[1]}: ”")
    return mistake("no-space-after-colon", f"键“{typed[1]}”的冒号后面缺空格，应写成“{typed[1]}: ”")


Block = Annotated[
    _Text
    | _Points
    | _Parts
    | Annotated[Items, Tag("items")]
    | Annotated[Table, Tag("table")]
    | Annotated[IndicatorTableBlock, Tag("indicator-table")]
    | Annotated[Figure, Tag("figure")],
    _by_key(_BLOCK, "文字"),
]
Blocks = Annotated[
    tuple[Annotated[Block, BeforeValidator(_refuse_mistyped_key({**_BLOCK, "引语": "points"}))], ...],
    BeforeValidator(_as_blocks),
    OneOrMore(),
]


BLOCK_MODELS: dict[str, type[BaseModel]] = {
    "points": Points,
    "parts": Parts,
    "items": Items,
    "task": Task,
    "remedy": Remedy,
    "table": Table,
    "表格": TableData,
    "cell": CellData,
    "indicator-table": IndicatorTableBlock,
    "指标表": IndicatorTable,
    "figure": Figure,
    "图片": FigureData,
}
