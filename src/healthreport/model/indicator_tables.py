"""指标表: tables that the program makes of indicators."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from healthreport.model.alignments import Alignments, bad_alignments
from healthreport.model.fields import key
from healthreport.model.validating.annotations import Read
from healthreport.model.validating.types import (
    CHOOSE_ONE,
    WORDS,
    WRITE_A_TEXT,
    AnyText,
    Flag,
    Model,
    Number,
    Unnumbered,
    bad_widths,
    mistake,
    one_of,
)
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar, Sequence
from healthreport.values import derivations

if TYPE_CHECKING:
    from healthreport.diagnostics import Position

COLUMNS = ("指标", "单位", "目标", "完成", "上年", *derivations.COLUMNS, "截至", "说明")
DEFAULT_COLUMNS = ("指标", "单位", "目标", "完成", "上年", "同比")
ALL = "全部"

# What editors are told of these values.
_NAMES = {"type": "array", "items": WORDS}
_GROUPS = {"anyOf": [WORDS, _NAMES, {"type": "object", "additionalProperties": {"anyOf": [WORDS, _NAMES]}}]}


Groups = tuple[tuple[Scalar | None, tuple[Scalar, ...]], ...]


class Listed:
    """The indicators that a 指标表 lists, in ``groups``; none are all of them.

    It keeps the place where they are asked for, and as a text it has a number when the report stands: ``n`` is the
    table's among the report's indicator tables.
    """

    __slots__ = ("groups", "n", "node")
    n: int

    def __init__(self, groups: Groups, node: Node) -> None:
        self.groups = groups
        self.node = node


def _node(value: object, at: tuple[str | int, ...]) -> Scalar:
    if isinstance(value, Scalar):
        return value
    raise mistake("not-a-text", "这里应写指标的名称", at, hint=WRITE_A_TEXT)


def columns_of(known: tuple[str, ...]) -> Read:
    """Return what reads the columns of a table, each one of those that are known."""

    def column(item: object, index: int) -> str:
        if isinstance(item, Scalar) and item.value not in known:
            message = f"没有“{item.value}”这一列，可以有“{'”“'.join(known)}”"
            raise mistake("not-a-choice", message, (index,), hint=CHOOSE_ONE)
        return one_of(*known)(item)

    def read(value: object) -> tuple[str, ...]:
        items: Iterable[object] = value if isinstance(value, Sequence) else [value]
        return tuple(column(item, index) for index, item in enumerate(items))

    one = {"enum": list(known)}
    return Read(read, {"anyOf": [one, {"type": "array", "items": one}]})


def _listed(value: object) -> Listed:
    assert isinstance(value, Scalar | Mapping | Sequence)
    return Listed(_groups(value), value)


def _groups(value: Node) -> Groups:
    """Read 全部, a list of names, or groups of them by name; an unnamed group has none."""
    if isinstance(value, Scalar) and value.value == ALL:
        return ()
    if isinstance(value, Mapping):
        return tuple((value.keys_at[name], _members(group, (name,))) for name, group in value.items())
    return ((None, _members(value, ())),)


def _members(value: object, at: tuple[str | int, ...]) -> tuple[Scalar, ...]:
    items: Iterable[object] = value if isinstance(value, Sequence) else [value]
    return tuple(_node(item, (*at, index)) for index, item in enumerate(items))


class Shown(NamedTuple):
    """The indicators that a table shows, and the columns that it has of each."""

    names: Collection[str]
    columns: Collection[str]


class IndicatorTable(Model, title="指标表的写法"):
    """指标表: which indicators (none: all of them) in which groups, and which columns."""

    listed: Annotated[Listed, Read(_listed, _GROUPS)] = key(
        "指标",
        "列入表中的指标：全部，名称的列表，或按组分开的列表；只有这一项时，直接写在“指标表”后面。",
        example="[改厕, 管理率]",
    )
    columns: Annotated[tuple[str, ...], columns_of(COLUMNS)] = key(
        "列", "表中的列，如[指标, 单位, 目标, 完成, 上年, 同比]。", DEFAULT_COLUMNS, example="[指标, 单位, 完成, 同比]"
    )
    caption: AnyText | None = key("表题", "表的标题，“表1”由程序编排。", None, example="主要指标")
    number: Unnumbered = key("序号", "写“无”则这张表不编“表1”。", None, example="无")
    widths: tuple[Number, ...] = key("列宽", "各列宽度的比例。", (), example="[3, 1, 1, 1]")
    aligned: Alignments = key("对齐", "各列怎样对齐：左、居中、右，一列一个；只写一个管各列。", (), example="居中")
    note: AnyText | None = key("注", "表下的注。", None, example="截至年底。")
    landscape: Flag = key("横排", "横向页面：是或否。", False, example="是")

    @property
    def width(self) -> int:
        """How many columns are printed."""
        return len(self.columns)

    @property
    def n(self) -> int:
        """The table's number among the report's indicator tables."""
        return self.listed.n

    def position(self) -> "Position":
        """Return where the table asks for its indicators."""
        return self.listed.node.position()

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Tell editors of the short forms too: 全部, a list of names."""
        form = handler(core)
        return {"title": form.pop("title"), "anyOf": [WORDS, _NAMES, form]}

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        """``指标表: 全部`` and ``指标表: [甲, 乙]`` are short for ``指标表: {指标: …}``."""
        return value if isinstance(value, Mapping) else {"指标": value}

    @model_validator(mode="after")
    def _a_width_for_each_column(self) -> Self:
        if self.widths and (len(self.widths) != self.width or min(self.widths) <= 0):
            raise bad_widths(self.width)
        if wrong := bad_alignments(self.aligned, self.width):
            raise wrong
        return self


def shown_by(tables: Iterable[IndicatorTable], all: Collection[str]) -> Iterator[Shown]:
    """Yield what each table shows; those that show ``all`` are one, lest a thousand times thousands are walked."""
    of_all: dict[str, None] = {}
    for table in tables:
        names = [member.value for _, members in table.listed.groups for member in members]
        if names:
            yield Shown(names, table.columns)
        else:
            of_all |= dict.fromkeys(table.columns)
    if of_all:
        yield Shown(all, tuple(of_all))
