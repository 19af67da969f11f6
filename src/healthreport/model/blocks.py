"""Blocks: what may stand in 内容, 导语, 结语 and 结尾.

Which block a mapping is shows in one of its keys, so a mistake inside a block is diagnosed once,
against that block's own fields.
"""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, Discriminator, Tag, model_validator

from healthreport.model.fields import key
from healthreport.model.indicator_tables import IndicatorTable
from healthreport.model.tables import CellData, TableData
from healthreport.model.township_tables import TownshipTable
from healthreport.model.validating.annotations import Before, OneOrMore
from healthreport.model.validating.types import (
    AnyText,
    Extent,
    Flag,
    LastingText,
    Model,
    Names,
    Style,
    Unnumbered,
    mistake,
    one_of,
    refuse_mistyped,
    some,
    told_apart,
)
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence


def _by_key(kinds: dict[str, str], otherwise: str) -> Discriminator:
    """Choose a member of a union: text for a scalar, else by the first key that decides."""

    def choose(value: object) -> str | None:
        if isinstance(value, Mapping):
            return next((tag for key, tag in kinds.items() if key in value.keys_at), None)
        return "text" if isinstance(value, Scalar) else None

    known = "、".join(f"“{key}”" for key in kinds)
    hint = "直接写文字就是一段；要分点请写“分述: […]”。"
    message = f"这里应写{otherwise}，或含有{known}之一的一段"
    return told_apart(choose, "not-a-block", message, hint=hint, keys=known)


def _as_list(value: object) -> object:
    """One may stand for a list of one."""
    return value if isinstance(value, Sequence) else [value]


def _some_as_list(value: object) -> object:
    """One may stand for a list of one, but none for none."""
    return some(value) if isinstance(value, Sequence) else [value]


class Points(Model, title="一段之内的几点"):
    """One paragraph: lead-in + 一是… 二是… + tail."""

    kind: ClassVar = "points"
    style: Style | None = key("样式", "编号的样式，照第一个写，如“一是”“①”“首先，”；默认“一是”。", None, example="①")
    lead: AnyText | None = key("引语", "写在各点之前、同一段里的话。", None, example="主要做法：")
    points: "Annotated[tuple[Inline, ...], Before(some)]" = key(
        "分述", "一段之内的几点：一是……；二是……。", example="[加强组织领导, 严格督查验收]"
    )
    closing: AnyText | None = key("结语", "写在各点之后、同一段里的话。", None, example="以上措施成效明显。")

    @property
    def parts(self) -> tuple[Any, ...]:
        """The paragraph in its general form: texts and one run of points."""
        return (*filter(None, [self.lead]), self, *filter(None, [self.closing]))


class Parts(Model, title="文字和分述连成的一段"):
    """One paragraph in its general form: texts and runs of points in any order."""

    kind: ClassVar = "parts"
    parts: "Annotated[tuple[Part, ...], Before(some)]" = key(
        "段落", "连成一段的文字和分述。", example="[开展专项行动，, {分述: [打击非法行医, 整治医疗美容]}]"
    )


class Task(Model, title="事项、时限、责任人"):
    """A measure: what, by when, by whom."""

    kind: ClassVar = "task"
    task: LastingText = key("事项", "要做的事。", example="配齐急救设备")
    deadline: AnyText | None = key("时限", "完成时限。", None, example="6月底前")
    responsible: Names = key("责任人", "责任人或责任科室，可写几个。", (), example="[周明远, 郑海棠]")


class Remedy(Model, title="问题、措施、时限、责任人"):
    """A problem and what is done about it."""

    kind: ClassVar = "remedy"
    problem: LastingText = key("问题", "存在的问题。", example="村医不足")
    task: LastingText = key("措施", "整改措施。", example="定向培养10名")
    deadline: AnyText | None = key("时限", "完成时限。", None, example="9月底前")
    responsible: Names = key("责任人", "责任人或责任科室，可写几个。", (), example="周明远")


class Items(Model, title="几条，各成一段"):
    """Numbered paragraphs, one for each item, or a table of measures."""

    kind: ClassVar = "items"
    style: Style | None = key(
        "样式", "编号的样式，照第一个写，如“1.”“（1）”；不写则接用下一级的编号。", None, example="（1）"
    )
    form: Annotated[Literal["段落", "表格"], Before(one_of("段落", "表格"))] = key(
        "形式", "段落：每条连成句子；表格：排成一张表。", "段落", example="表格"
    )
    goes_on: Flag | None = key("续号", "接着前面同一样式的编下去，不从头编：是或否。", None, example="是")
    items: "Annotated[tuple[Item, ...], Before(some)]" = key(
        "条目",
        "各成一段的几条，或（形式为表格时）一张表的各行。",
        example="[{事项: 配齐急救设备, 时限: 6月底前}]",
    )

    @model_validator(mode="after")
    def _one_kind_in_a_table(self) -> Self:
        if self.form == "表格":
            for index, item in enumerate(self.items):
                if not isinstance(item, Task | Remedy) or type(item) is not type(self.items[0]):
                    message = "形式为表格时，各条都要写“事项”，或都要写“问题”和“措施”"
                    hint = "请把这一条写成“事项: …”，或去掉“形式: 表格”。"
                    raise mistake("mixed-table", message, ("条目", index), hint=hint)
        return self


class Table(Model, title="表格"):
    """The block that holds a table."""

    kind: ClassVar = "table"
    table: TableData = key("表格", "一张表：表头、行。", example="{表头: [机构, 编制], 行: [[松岭镇卫生院, 42]]}")


class IndicatorTableBlock(Model, title="指标表"):
    """The block that holds a table of indicators."""

    kind: ClassVar = "indicator-table"
    table: IndicatorTable = key("指标表", "由指标生成的表：全部，或指标名称的列表。", example="全部")


class TownshipTableBlock(Model, title="乡镇表"):
    """The block that holds a table of townships."""

    kind: ClassVar = "township-table"
    table: TownshipTable = key(
        "乡镇表", "由各乡镇的数生成的表：一个乡镇一行；要有“汇总来源”。", example="[改厕, 建档率]"
    )


class FigureData(Model, title="一幅图"):
    """A picture, or several side by side: the files, one caption, the width of each."""

    files: Annotated[tuple[LastingText, ...], Before(_some_as_list), OneOrMore()] = key(
        "文件", "图片的文件名；写几个则并排，如[甲.jpg, 乙.jpg]。", example="义诊.jpg"
    )
    caption: AnyText | None = key("图题", "图的标题，“图1”由程序编排。", None, example="义诊现场")
    number: Unnumbered = key("序号", "写“无”则这幅图不编“图1”。", None, example="无")
    width: Extent | None = key(
        "宽", "每幅的宽度，如120mm；不写则用图片自己的尺寸，连图题不超过半页，几幅的两幅一排。", None, example="12cm"
    )


class Figure(Model, title="图片"):
    """The block that holds a picture, or several side by side, each with its caption."""

    kind: ClassVar = "figure"
    figures: Annotated[tuple[FigureData, ...], Before(_some_as_list), OneOrMore()] = key(
        "图片", "一幅图，文件放在报告旁边；并排的几幅各有图题的，写成列表。", example="{文件: 义诊.jpg, 图题: 义诊现场}"
    )


_INLINE = {"分述": "points", "段落": "parts"}
_MEASURE = {"事项": "task", "问题": "remedy"}
_BLOCK = {
    **_INLINE,
    "条目": "items",
    "表格": "table",
    "指标表": "indicator-table",
    "乡镇表": "township-table",
    "图片": "figure",
}

_Text = Annotated[AnyText, Tag("text")]
_Points = Annotated[Points, Tag("points")]
_Parts = Annotated[Parts, Tag("parts")]
Part = Annotated[_Text | _Points, _by_key({"分述": "points"}, "文字")]
Inline = Annotated[_Text | _Points | _Parts, _by_key(_INLINE, "文字")]
Item = Annotated[
    _Text | _Points | _Parts | Annotated[Task, Tag("task")] | Annotated[Remedy, Tag("remedy")],
    _by_key({**_INLINE, **_MEASURE}, "文字"),
]


KEYS_OF_BLOCKS = (*_BLOCK, "引语")
_refuse_mistyped_key = refuse_mistyped(KEYS_OF_BLOCKS)
Block = Annotated[
    _Text
    | _Points
    | _Parts
    | Annotated[Items, Tag("items")]
    | Annotated[Table, Tag("table")]
    | Annotated[IndicatorTableBlock, Tag("indicator-table")]
    | Annotated[TownshipTableBlock, Tag("township-table")]
    | Annotated[Figure, Tag("figure")],
    _by_key(_BLOCK, "文字"),
]
Blocks = Annotated[
    tuple[Annotated[Block, Before(_refuse_mistyped_key)], ...],
    Before(_as_list),
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
    "township-table": TownshipTableBlock,
    "乡镇表": TownshipTable,
    "figure": Figure,
    "图片": FigureData,
}
