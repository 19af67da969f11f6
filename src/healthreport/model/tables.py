"""表格: captions, rows of cells that may span, and whether they make a rectangle."""

from typing import Annotated, Any, ClassVar, Self

from pydantic import Tag, model_validator
from pydantic_core import PydanticCustomError

from healthreport.model.alignments import Alignments, bad_alignments
from healthreport.model.fields import key
from healthreport.model.validating.annotations import Before, OneOrMore
from healthreport.model.validating.types import (
    AnyText,
    Cell,
    Flag,
    Model,
    Number,
    Span,
    Unnumbered,
    bad_widths,
    listed,
    mistake,
    told_apart,
)
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence


class CellData(Model, title="跨列或跨行的一格"):
    """A cell that spans columns or rows."""

    kind: ClassVar = "cell"
    text: Cell | None = key("文字", "这一格的文字；不写则空着。", None, example="合计")
    across: Span = key("跨列", "占几列。", 1, example="2")
    down: Span = key("跨行", "占几行。", 1, example="2")


def _is_cell(value: object) -> str | None:
    return "cell" if isinstance(value, Mapping) else "text" if isinstance(value, Scalar) else None


AnyCell = Annotated[
    Annotated[Cell, Tag("text")] | Annotated[CellData, Tag("cell")],
    told_apart(
        _is_cell,
        "not-a-cell",
        "这里应写一格的文字，或“{文字: …, 跨列: 2}”",
        hint="跨列的格子写成“{文字: 合计, 跨列: 2}”。",
    ),
]
Row = Annotated[tuple[AnyCell, ...], Before(listed)]


def _header_rows(value: object) -> object:
    """One row of headings may stand for a list of one."""
    if isinstance(value, Sequence) and any(isinstance(item, Sequence) for item in value):
        return value
    return [value]


class TableData(Model, title="一张表"):
    """A plain table: a caption, header rows, rows of cells, relative column widths, a note."""

    caption: AnyText | None = key("表题", "表的标题，“表1”由程序编排。", None, example="人员情况")
    number: Unnumbered = key("序号", "写“无”则这张表不编“表1”。", None, example="无")
    header: Annotated[tuple[Row, ...], Before(_header_rows), OneOrMore()] = key(
        "表头", "表头一行，或几行。", (), example="[机构, 编制]"
    )
    rows: Annotated[tuple[Row, ...], Before(listed)] = key("行", "数据，逐行写。", example="[[松岭镇卫生院, 42]]")
    widths: Annotated[tuple[Number, ...], Before(listed)] = key("列宽", "各列宽度的比例。", (), example="[3, 1]")
    aligned: Alignments = key("对齐", "各列怎样对齐：左、居中、右，一列一个；只写一个管各列。", (), example="[左, 右]")
    note: AnyText | None = key("注", "表下的注。", None, example="截至年底。")
    landscape: Flag = key("横排", "横向页面：是或否。", False, example="是")

    @model_validator(mode="after")
    def _rectangular(self) -> Self:
        columns = 0
        for part, rows in (("表头", self.header), ("行", self.rows)):
            below: list[int] = []  # for each column, how many rows further a cell above reaches
            for index, row in enumerate(rows):
                at = (part, index) if part == "行" or len(rows) > 1 else (part,)
                if not row and not any(below):
                    raise _ragged("这一行没有格子", at)
                filled = _fill(row, below, at)
                columns = columns or len(filled)
                if len(filled) != columns:
                    what = "表头" if self.header else "第1行"
                    message = f"{'第' if part == '行' else '表头第'}{index + 1}行有{len(filled)}格，{what}有{columns}格"
                    raise _ragged(message, at)
                below = [max(rest - 1, 0) for rest in filled]
            if any(below):
                raise _ragged("“跨行”超出了表格", (part, len(rows) - 1))
        if not self.rows:
            raise mistake("empty-table", "表格至少要有一行", ("行",), hint="例如“行: [[甲, 1], [乙, 2]]”。")
        if self.widths and (len(self.widths) != columns or min(self.widths) <= 0):
            raise bad_widths(columns)
        if wrong := bad_alignments(self.aligned, columns):
            raise wrong
        return self


def _ragged(message: str, at: tuple[str | int, ...]) -> PydanticCustomError:
    return mistake("ragged-table", message, at, hint="缺的格子请补上，空格子写成两个英文引号。")


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
                raise _ragged("“跨列”与上面的“跨行”重叠", at)
            filled += [down] * across
        else:
            break
    return filled
