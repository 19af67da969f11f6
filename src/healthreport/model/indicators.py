"""Indicators: every number of a report, written once, with what it is measured against."""

from collections.abc import Callable
from functools import cached_property
from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from healthreport.model.fields import key
from healthreport.model.references import FIELDS
from healthreport.model.rolling_up import WAYS, Way, read_way
from healthreport.model.validating.annotations import Before, Read
from healthreport.model.validating.types import (
    WORDS,
    WRITE_A_NUMBER,
    WRITE_A_TEXT,
    AnyText,
    DateOrText,
    Flag,
    Model,
    Word,
    mistake,
    one_of,
)
from healthreport.reading.yaml.nodes import Mapping, Node, Scalar, Sequence
from healthreport.values import quantities, scalars
from healthreport.values.expressions import FUNCTIONS
from healthreport.values.quantities import Quantity, Target, Unit

OTHER_NAME = "请换一个名称；年度、单位等是报告自己的键，合计、最大、最小是算法的名称。"
_WRITE_A_RANGE = "例如“区间: 3—5”；带单位的，两头一样，如70%—75%。"
# What editors are told of these values.
_NAMES = {"type": "array", "items": WORDS}
_ABOUT = {"enum": ["多", "余", "近", "约"]}
_PARTS = {"anyOf": [_NAMES, {"type": "object", "additionalProperties": {"type": ["string", "number", "null"]}}]}


def _digits(value: object) -> int:
    text = scalars.fold(value.value) if isinstance(value, Scalar) else ""
    if len(text) != 1 or text not in "0123456":
        raise mistake("bad-digits", "小数位应是0到6的整数", hint="例如“小数位: 1”。")
    return int(text)


def _was_read(value: object) -> object:
    """Pass what :meth:`Indicator._read_numbers` has read; what it could not read is no number."""
    if isinstance(value, Scalar | Mapping | Sequence):
        raise mistake("bad-number", "这里应写一个数", hint=WRITE_A_NUMBER)
    return value


def _read_parts(node: Node, own: Unit) -> dict[str, Quantity | None] | tuple[Scalar, ...]:
    """Read 分项: names with numbers, or a list of indicators that add up."""
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node):
        return tuple(item for item in node if isinstance(item, Scalar))
    if not isinstance(node, Mapping):
        message = "分项应写成“{名称: 数, 名称: 数}”，或指标名称的列表"
        raise mistake("bad-parts", message, ("分项",), hint="例如“分项: {门诊: 120, 住院: 30}”。")
    parts: dict[str, Quantity | None] = dict.fromkeys(node.keys_at)
    for name, part in node.items():
        try:
            parts[name] = quantities.read(part.value if isinstance(part, Scalar) else "", own)
        except ValueError as wrong:
            raise mistake("bad-number", str(wrong), ("分项", name), hint=WRITE_A_NUMBER) from None
    return parts


def _aliases(value: object) -> tuple[str, ...]:
    """Read 别名: one other name, or a list of them."""
    items = value if isinstance(value, Sequence) else [value]
    if not all(isinstance(item, Scalar) for item in items):
        raise mistake("not-a-text", "“别名”应写另一个名称，或名称的列表", hint=WRITE_A_TEXT)
    return tuple(item.value for item in items if isinstance(item, Scalar))


_READERS: dict[str, Callable[[str, Unit, str], Quantity | Target]] = {
    "数值": quantities.read,
    "区间": lambda text, own, _: quantities.read_range(text, own),
    "目标": lambda text, own, _: quantities.read_target(text, own),
    "上年": lambda text, own, _: quantities.read(text, own),
}


class Indicator(Model, title="一个指标"):
    """One indicator: its value with its unit, target and last year's value, or its formula."""

    kind: ClassVar = "indicator"
    value: Annotated[Quantity | None, Read(_was_read, WORDS)] = key(
        "数值",
        "本期完成数，如1059、62.2、3.2万；空着就是还没有数。约数（3.2万余）、遮盖的数（“**.*万”，要加引号）照印，不参加计算。",
        None,
        example="1236",
    )
    unit: Word = key("单位", "计量单位，如“座”“人次”“万元”“%”“‰”“/10万”；“%”要加引号。", "", passes=True, example="座")
    target: Annotated[Target | None, Read(_was_read, WORDS)] = key(
        "目标", "年度任务，如1000；界限写≥90、≤12、不低于90、22以内。", None, passes=True, example="≥90"
    )
    last: Annotated[Quantity | None, Read(_was_read, WORDS)] = key(
        "上年", "上年同期数，用来算同比、增减；公式、由指标合成的分项不用写，由各部分的上年算。", None, example="1150"
    )
    formula: AnyText | None = key(
        "公式",
        "由别的指标算出，运算符两边各空一格，不与“数值”同写；可用 + − × ÷、括号、合计、最大、最小。"
        "率不能合计，人不能乘人，两个率直接相减印百分点；算出的是率、万元、元/人的，要写“单位”。",
        None,
        passes=True,
        example="管理人数 / 患者",
    )
    digits: Annotated[int | None, Read(_digits, WORDS)] = key(
        "小数位",
        "算出的数固定保留几位；不写则最多一位，末尾的0不印，会印成100%、目标或上年数的多印几位：74.96%没到75%，不印75%。",
        None,
        passes=True,
        example="1",
    )
    approximation: Annotated[str, Read(one_of("多", "余", "近", "约"), _ABOUT)] = key(
        "约数", "约数的说法：多、余、近、约。", "", example="余"
    )
    range: Annotated[Quantity | None, Read(_was_read, WORDS)] = key(
        "区间", "一个范围，如70%—75%。", None, example="70%—75%"
    )
    parts: Annotated[dict[str, Quantity | None] | tuple[Scalar, ...], Read(_was_read, _PARTS)] = key(
        "分项",
        "各项的数，如{门诊: 120, 住院: 30}，合计由程序算；或由哪些指标合成。",
        (),
        example="{新签: 24600, 续签: 163900}",
    )
    lower_is_better: Flag = key("越低越好", "如死亡率：是。", False, passes=True, example="是")
    as_of: DateOrText | None = key("截至", "这个数统计到哪一天；与全文不同时才写。", None, example="2022-11-30")
    note: AnyText | None = key("说明", "指标的含义。", None, passes=True, example="年末有效的档案")
    # With 是 all of the indicator passes on; what is neither 是 nor 否 does too, and is told in every report on it.
    shared: Flag = key(
        "共用", "是：继承这份报告的各乡镇共用这个数，连数值一起传下去。", False, passes=True, example="是"
    )
    aliases: Annotated[tuple[str, ...], Read(_aliases, {"anyOf": [WORDS, _NAMES]})] = key(
        "别名", "表格里的别的叫法，如农村改厕，或几个叫法的列表。", (), passes=True, example="[农村改厕, 户厕]"
    )
    way: Annotated[Way | None, Read(read_way, WAYS)] = key(
        "汇总方式",
        "全县的数怎样由各乡镇的来：求和、平均、加权（指标）、最大、最小、不汇总；不写则求和。",
        None,
        passes=True,
        example="加权（人口）",
    )
    may_pass_100: Flag = key("可超过100", "是：这个率可以超过100%，不提醒。", False, passes=True, example="是")
    has_no_target: Flag = key("无目标", "是：本来就没有目标，指标表里印“—”，不提醒。", False, passes=True, example="是")
    has_no_last: Flag = key("无上年", "是：上年没有这个数，指标表里印“—”，不提醒。", False, passes=True, example="是")
    may_pass_tenfold: Flag = key(
        "可超过10倍", "是：这个数可以是上年的十倍以上、十分之一以下，不提醒。", False, passes=True, example="是"
    )

    @cached_property
    def part_names(self) -> dict[str, None]:
        """The names of the parts, in their order."""
        parts = self.parts
        return dict.fromkeys(parts if isinstance(parts, dict) else [part.value for part in parts])

    def with_parts(self, parts: dict[str, Quantity | None]) -> Self:
        """Return the same indicator, made of these parts."""
        return self.model_copy(update={"parts": parts, "part_names": dict.fromkeys(parts)})  # the names were kept

    @property
    def computed(self) -> bool:
        """Say whether the value is more than one given number."""
        return bool(self.formula or self.parts or self.range or self.approximation)

    def has_none(self, key: str) -> bool:
        """Say whether it has no 目标, or no 上年, and never had one."""
        return {"目标": self.has_no_target, "上年": self.has_no_last}.get(key, False)

    @model_validator(mode="before")
    @classmethod
    def _read_numbers(cls, value: object) -> object:
        """Read the numbers in the indicator's own unit."""
        if not isinstance(value, Mapping):
            return value
        unit = value.get("单位")
        own = quantities.unit(unit.value if isinstance(unit, Scalar) else "")
        about = value.get("约数")
        approximation = about.value if isinstance(about, Scalar) else ""
        read: Any = value.copy_of()
        for name, reader in _READERS.items():
            node = value.get(name)
            if isinstance(node, Scalar):
                try:
                    read[name] = reader(node.value, own, approximation)
                except ValueError as wrong:
                    hint = _WRITE_A_RANGE if name == "区间" else WRITE_A_NUMBER
                    raise mistake("bad-number", str(wrong), (name,), hint=hint) from None
        if "分项" in value:
            read["分项"] = _read_parts(value["分项"], own)
        _refuse_two_sources(read)
        return read


def _refuse_two_sources(read: dict[str, Any]) -> None:
    """Let a value come from one place only, and parts given as numbers add up to it."""
    given = [key for key in ("数值", "公式", "区间") if key in read]
    if len(given) > 1:
        message, hint = f"“{given[0]}”和“{given[1]}”只能写一个", "算出来的只写“公式”，填报的只写“数值”。"
        raise mistake("two-values", message, (given[1],), hint=hint)
    total, parts = read.get("数值"), read.get("分项")
    if isinstance(total, Quantity) and isinstance(parts, dict) and not total.opaque:
        known = [part for part in parts.values() if part is not None and not part.opaque]
        exact = sum((part.number for part in known), start=total.number * 0)
        if exact != total.number and len(known) == len(parts):
            added = quantities.write(Quantity(exact, total.unit, total.digits), quantities.Style())
            message = f"分项合计{added}，与数值{quantities.write(total, quantities.Style())}不符"
            hint = "请核对分项和数值；只写分项，合计由程序算出。"
            raise mistake("parts-do-not-add-up", message, ("数值",), hint=hint)


def is_bad_name(name: str) -> bool:
    """Say whether an expression could not tell a name from something else: 年度, 合计, 12."""
    is_number = scalars.fold(name).replace(".", "").isdigit()
    return name in FIELDS or name in FUNCTIONS or is_number or bool(set(name) & set("{}|"))


def _names(value: object) -> object:
    """Refuse names that an expression could not tell from something else."""
    if isinstance(value, Mapping):
        for name in value:
            if is_bad_name(name):
                raise mistake("bad-name", f"“{name}”不能作指标的名称", (name,), hint=OTHER_NAME)
        # A name without anything behind it is an indicator still to be filled in.
        blanks = {
            name: Mapping(value.source, key.start, key.end) for name, key in value.keys_at.items() if name not in value
        }
        return {**value, **blanks} if blanks else value
    return value


Indicators = Annotated[dict[str, Indicator], Before(_names)]
