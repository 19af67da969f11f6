"""汇总来源 and 汇总方式: where a county's figures come from, and how each is made of those of its townships."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, Protocol

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from healthreport.model.fields import key
from healthreport.model.validating.annotations import Before, OneOrMore
from healthreport.model.validating.types import CHOOSE_ONE, WORDS, Model, Word, mistake, some
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthreport.model.township_tables import TownshipTable
    from healthreport.values.expression_errors import ExpressionError
    from healthreport.values.expressions import Derived, Name, Node
    from healthreport.values.quantities import Quantity, Style

SUM, MEAN, WEIGHTED, MOST, LEAST, NONE = "求和", "平均", "加权", "最大", "最小", "不汇总"
_PLAIN = (SUM, MEAN, MOST, LEAST, NONE)
_WEIGHTED = re.compile(rf"{WEIGHTED}[(（](.+)[)）]")
# What editors are told.
WAYS: dict[str, Any] = {"anyOf": [{"enum": [*_PLAIN]}, {"type": "string", "pattern": rf"^{_WEIGHTED.pattern}$"}]}
_HINT = "例如“汇总来源: 乡镇.xlsx”，或“汇总来源: townships/”。"


class Way(NamedTuple):
    """How a county's figure is made: 求和 and the like; of 加权(老年人) the indicator that weighs."""

    kind: str
    weight: str = ""


def read_way(value: object) -> Way:
    """Read 汇总方式."""
    text = value.value if isinstance(value, Scalar) else ""
    weighted = _WEIGHTED.fullmatch(text)
    if weighted:
        return Way(WEIGHTED, weighted[1].strip())
    if text not in _PLAIN:
        listed = "、".join((*_PLAIN[:2], f"{WEIGHTED}（指标）", *_PLAIN[2:]))
        raise mistake("not-a-choice", f"“汇总方式”可以写{listed}", hint=CHOOSE_ONE)
    return Way(text)


def _as_list(value: object) -> object:
    return some(value) if isinstance(value, Sequence) else [value]


class RollUp(Model, title="汇总来源"):
    """Where the figures of the townships come from, who is to send some, and what they are called."""

    kind: ClassVar = "roll-up"
    sources: Annotated[tuple[Word, ...], Before(_as_list), OneOrMore()] = key(
        "来源", "各乡镇的表格，或放着各乡镇报告的文件夹；可写几个。"
    )
    worksheet: Word | None = key("工作表", "表格里有几张工作表都像时，指明一张。", None)
    expected: Word | None = key("应报", "应报乡镇的名单：一行一个的文本，或有一列名称的表格。", None)
    called: Word = key("称", "怎样称呼各单位，如“乡镇”“家卫生院”；数目后面用。", "乡镇")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Tell editors of the short forms too: one source, a list of them."""
        form = handler(core)
        return {"title": form.pop("title"), "anyOf": [WORDS, {"type": "array", "items": WORDS}, form]}

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        """``汇总来源: 乡镇.xlsx`` is short for ``汇总来源: {来源: 乡镇.xlsx}``."""
        if isinstance(value, Scalar) and (value.value in _PLAIN or _WEIGHTED.fullmatch(value.value)):
            message = f"“{value.value}”不是文件，也不是文件夹；怎样汇总，在各个指标里写“汇总方式”"
            raise mistake("way-as-source", message, hint=_HINT)
        return value if isinstance(value, Mapping) else {"来源": value}


class TableCell(NamedTuple):
    """A cell of a table of townships, and over how many columns and rows it stands."""

    text: str
    across: int = 1
    down: int = 1


class TableRow(NamedTuple):
    """A row of a table of townships."""

    cells: tuple[TableCell, ...]
    in_header: bool = False


class Sums(Protocol):
    """The figures of a county that are made of those of its townships: what a report has beside its own numbers.

    What is made of two of them is taken over the townships that have both.
    """

    def has(self, name: str) -> bool:
        """Say whether any township gave a figure of an indicator, or what it is computed of."""

    def evaluate(self, node: Node, key: str, look_up: Callable[[Name | Derived], Quantity]) -> Quantity:
        """Compute an expression of several figures, of their 数值 or 上年. Raises :class:`ExpressionError`."""

    def compared(
        self, node: Derived, against: str, look_up: Callable[[Name | Derived], Quantity]
    ) -> tuple[Quantity, Quantity] | None:
        """Return a value and what it is compared with; ``None`` where they are not both of the townships."""

    def refusal(self, name: str, at: Node) -> ExpressionError | None:
        """Say why an indicator's value cannot be made of those of the townships, where that is so."""

    def rows(self, table: TownshipTable, look_up: Callable[[Name | Derived], Quantity]) -> tuple[TableRow, ...]:
        """Return the rows of 乡镇表, its header first. Raises :class:`ExpressionError`."""

    def say(self, node: Derived, style: Style, look_up: Callable[[Name | Derived], Quantity]) -> str:
        """Word what is said of the townships: ``农村改厕.最高``. Raises :class:`ExpressionError`."""
