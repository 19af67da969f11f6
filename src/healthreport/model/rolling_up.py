"""汇总来源 and 汇总方式: where a county's figures come from, and how each is made of those of its townships."""

import re
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from healthreport.model.fields import key
from healthreport.model.validating.annotations import Before, OneOrMore, Read
from healthreport.model.validating.types import CHOOSE_ONE, WORDS, Model, Word, mistake, some
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence

SUM, MEAN, WEIGHTED, MOST, LEAST, NONE = "求和", "平均", "加权", "最大", "最小", "不汇总"
SHARED = "共用"  # not written as a way: what all say alike of an indicator that is 共用
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


class Called(NamedTuple):
    """What the units are called, and what counts them: 5个乡镇, 3家卫生院."""

    noun: str
    counter: str = "个"

    def so_many(self, number: int | str) -> str:
        """Return so many of them."""
        return f"{number}{self.counter}{self.noun}"


def _called(value: object) -> Called:
    """Read 称: a noun, or a counting word and a noun apart, ``家 卫生院``: nobody could tell 家 from 家庭 otherwise."""
    words = value.value.split() if isinstance(value, Scalar) else []
    if len(words) not in (1, 2):
        hint = "例如“称: 乡镇”，或隔一个空格写上量词，“称: 家 卫生院”。"
        raise mistake("bad-called", "“称”应写怎样称呼各单位", hint=hint)
    return Called(words[-1], *words[:-1])


def _as_list(value: object) -> object:
    return some(value) if isinstance(value, Sequence) else [value]


class RollUp(Model, title="汇总来源"):
    """Where the figures of the townships come from, who is to send some, and what they are called."""

    kind: ClassVar = "roll-up"
    sources: Annotated[tuple[Word, ...], Before(_as_list), OneOrMore()] = key(
        "来源",
        "各乡镇的表格，或放着各乡镇报告的文件夹；可写几个。只有这一项时，直接写在“汇总来源”后面。",
        example="乡镇.xlsx",
    )
    worksheet: Word | None = key("工作表", "表格里有几张工作表都像时，指明一张。", None, example="2022年")
    expected: Word | None = key(
        "应报",
        "应报单位的名单：一行一个的文本，或有一列名称的表格；名次以外的先后按它，没报的会说出来。"
        "写得短、写得全都行，只有一个对得上时算它，也会说出来。",
        None,
        example="名单.txt",
    )
    called: Annotated[Called, Read(_called, WORDS)] = key(
        "称",
        "怎样称呼各单位，如“乡镇”“街道”；量词不是“个”的，隔一个空格写在前面，“家 卫生院”说成“5家卫生院”。",
        Called("乡镇"),
        example="家 卫生院",
    )

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
