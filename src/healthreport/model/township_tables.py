"""乡镇表: a table that the program makes of a county's townships, one a row."""

from typing import Annotated, Self

from pydantic import model_validator

from healthreport.model.fields import key
from healthreport.model.indicator_tables import IndicatorTable, columns_of
from healthreport.model.validating.types import Flag, Span, Word, mistake

DONE, SHARE, RANK = "完成", "占比", "排名"
COLUMNS = (DONE, "目标", "完成率", "上年", "同比", SHARE, RANK)
_WIDE = 9  # columns that stand on an upright page


class TownshipTable(IndicatorTable, title="乡镇表的写法"):
    """乡镇表: which indicators, which columns of each, in which order and how many of the townships."""

    columns: Annotated[tuple[str, ...], columns_of(COLUMNS)] = key(
        "列",
        "每个指标的列：完成、目标、完成率、上年、同比、占比、排名；默认只有完成。",
        (DONE,),
        example="[完成, 完成率]",
    )
    total: Flag = key("合计", "最后一行是全县的数：是或否。", False, example="是")
    order: Word | None = key(
        "排序", "按哪个指标排，好的在前，并在第一列写名次；不写则按来源里的先后。", None, example="改厕"
    )
    first: Span | None = key("前", "只列前几个。", None, example="5")

    @model_validator(mode="after")
    def _first_of_an_order(self) -> Self:
        if self.first and not self.order:
            raise mistake(
                "first-of-no-order",
                "只列前几个，要写明按哪个指标排",
                ("前",),
                hint="请写上指标的名称，如“排序: 农村改厕”。",
            )
        return self

    @property
    def width(self) -> int:
        """How many columns are printed: of 全部 nobody knows before the report stands."""
        listed = sum(len(members) for _, members in self.listed.groups)
        return 1 + bool(self.order) + listed * len(self.columns)

    def is_landscape(self, columns: int) -> bool:
        """Say whether a table of so many columns is set across a page on its side."""
        return self.landscape or columns > _WIDE
