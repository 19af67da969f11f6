"""Why a county's figure is no sum of its townships': a rate, a mean without weights, what is not summed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.model.rolling_up import NONE, SHARED, WEIGHTED
from healthreport.reading.tables import plain
from healthreport.townships import pool as pools
from healthreport.townships.over import VALUE
from healthreport.values import quantities
from healthreport.values.quantities import PLAIN

if TYPE_CHECKING:
    from healthreport.townships.pool import Amount
    from healthreport.townships.sums import CountySums
    from healthreport.values.expression_errors import ExpressionError
    from healthreport.values.expressions import Node

_LISTED = 5


def refusal(sums: CountySums, name: str, at: Node) -> ExpressionError | None:
    """Say why an indicator's value is no sum: a rate, or a figure of all that some have otherwise."""
    if (name, VALUE) not in sums.pool.columns:
        return None
    way = sums.way(name)
    if way and way.kind == SHARED:
        message = f"“{name}”是共用的数，各{sums.called.noun}的却不一样：{_each_value(sums, name)}"
        return sums.mistakes.error("shared-differs", message, at, name, hint="请核对，或删去“共用: 是”。")
    if way is None:
        unit = sums.indicators[name].unit
        of_what = f"率或平均数（{unit}）" if unit else "率或平均数"
        message = f"“{name}”是{of_what}，各{sums.called.noun}的不能相加"
        hint = "请写“公式: 分子 / 分母”，由加总的分子、分母算；没有分子、分母的，写“汇总方式: 加权（人数）”。"
        return sums.mistakes.error("no-way-to-sum", message, at, name, hint=hint)
    if way.kind == WEIGHTED and way.weight not in sums.indicators:
        message = f"“{name}”按“{way.weight}”加权，没有“{way.weight}”这个指标"
        return sums.mistakes.error("no-weight", message, at, name, hint="请写“指标”里的一个，如“加权（常住人口）”。")
    if way.kind == WEIGHTED:
        message, hint = _without_weights(sums, name, way.weight)
        return sums.mistakes.error("no-weight", message, at, name, hint=hint)
    if way.kind == NONE:
        message = f"“{name}”写了“汇总方式: 不汇总”，全县的数没有写"
        return sums.mistakes.error("not-summed", message, at, name, hint="请在这份报告里写“数值”。")
    return None


def _each_value(sums: CountySums, name: str) -> str:
    """Return the figures that townships have, each once, and who has it: 84元（甲镇、丙镇）、85元（乙镇）."""
    towns: dict[Amount, list[str]] = {}
    for town, one in zip(sums.pool.towns, sums.pool.columns[name, VALUE], strict=True):
        if one is not None:
            towns.setdefault(one, []).append(town.short)
    own = quantities.unit(sums.indicators[name].unit)
    said = [
        f"{quantities.write(pools.quantity(one, own), PLAIN)}（{plain.listed(names, _LISTED)}）"
        for one, names in towns.items()
    ]
    return plain.listed(said, _LISTED)


def _without_weights(sums: CountySums, name: str, weight: str) -> tuple[str, str]:
    """Return why a mean cannot be weighed, and the way out."""
    weighs, town = f"“{name}”按“{weight}”加权", f"{sums.called.counter}{sums.called.noun}"
    weights = sums.pool.columns.get((weight, VALUE))
    values = sums.pool.columns[name, VALUE]
    if weights is None:
        return f"{weighs}，没有一{town}报“{weight}”", f"请让各{sums.called.noun}也报“{weight}”。"
    both = [one for one, value in zip(weights, values, strict=True) if one is not None and value is not None]
    if not both:
        return f"{weighs}，没有一{town}两个数都有", f"请让各{sums.called.noun}两个数都报。"
    wrong = "有的是负数" if min(both) < 0 else "都是0"
    return f"{weighs}，各{sums.called.noun}的“{weight}”{wrong}", f"请核对“{weight}”。"
