"""What rules find in a county's figures; imported for a county's report only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding
from healthreport.diagnostics import Related
from healthreport.townships import coverage, outliers, totals, zeros
from healthreport.townships.over import LAST, VALUE, said
from healthreport.townships.sums import CountySums
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.diagnostics import Position
    from healthreport.figures.texts import Figures
    from healthreport.model.sums import Sums
    from healthreport.townships.outliers import Outlier
    from healthreport.values.expressions import Binary, Node

_MOST = 8


def sums_of(sums: Sums) -> CountySums:
    """Return the sums of a county's report as what they are."""
    assert isinstance(sums, CountySums)
    return sums


def _source(sums: CountySums) -> Position:
    node = sums.built.root["汇总来源"]
    return node.position()


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}个" if len(names) > _MOST else ""
    return "、".join(names[:_MOST]) + more


def short(sums: CountySums) -> Iterator[Finding]:
    """Yield the sums that do not cover all townships, and what was taken over those that have two figures."""
    for one in coverage.short(sums):
        lacking = _listed([said(leaf) for leaf in one.leaves])
        message = f"{lacking}只汇总了{sums.called.so_many(one.having)}，缺{_listed(one.lacking)}。"
        yield Finding(message, _source(sums), "请催报；缺的不当作0，合计里没有它们。")
    for towns, leaves in sums.noted.rests.items():
        parts = _listed([said(leaf) for leaf in sorted(leaves)])
        message = f"由{parts}算的数，只按都有数的{sums.called.so_many(towns.bit_count())}算。"
        yield Finding(message, _source(sums), "缺的补上以后，会按全部算。")
    for leaf, texts in sums.pool.unread.items():
        if leaf in sums.leaves.summed:
            written = _listed([f"{sums.pool.towns[town].short}（{text}）" for town, text in texts.items()])
            yield Finding(f"{said(leaf)}有的不能相加，没有算进去：{written}。", _source(sums), "请改成确切的数。")


def apart(sums: CountySums) -> Iterator[Finding]:
    """Yield the figures of the county's own file that its townships contradict."""
    style = quantities.Style()
    for one in coverage.apart(sums):
        given, summed = quantities.write(one.given, style), quantities.write(one.summed, style)
        message = f"“{one.name}”写的是{given}，{sums.called.so_many(one.having)}合计是{summed}。"
        place = sums.built.place_of_number(one.name, VALUE) or _source(sums)
        yield Finding(message, place, "用了写的数；要用合计，请删去“数值”。")
    yield from _unlike_their_parts(sums)
    for name, theirs in coverage.other_targets(sums):
        county = sums.built.target(name)
        assert county is not None
        written = _listed([f"{town}（{quantities.write(one, style)}）" for town, one in theirs])
        limit = county.bound + quantities.write(county.quantity, style)
        message = f"“{name}”全县的目标是{limit}，有的{sums.called.noun}不同：{written}。"
        place = sums.built.place_of_number(name, "目标") or _source(sums)
        yield Finding(message, place, "率和界限用全县的目标；请核对各自的。")
    for name, target, total in coverage.summed_targets(sums):
        place = sums.built.place_of_number(name, "目标") or _source(sums)
        written, added = quantities.write(target, style), quantities.write(total, style)
        message = f"“{name}”全县的目标写的是{written}，各{sums.called.noun}的合计是{added}。"
        yield Finding(message, place, "用了写的目标；要用合计，请删去“目标”。")
    for name, shared, theirs in coverage.not_shared(sums):
        written = _listed([f"{town}（{quantities.write(one, style)}）" for town, one in theirs])
        message = (
            f"“{name}”是共用的数，写的是{quantities.write(shared, style)}，有的{sums.called.noun}不同：{written}。"
        )
        place = sums.built.place_of_number(name, VALUE) or _source(sums)
        yield Finding(message, place, "请核对各自的；不是共用的，请删去“共用: 是”。")
    for name, indicator in sums.indicators.items():
        if indicator.formula is not None and indicator.way is not None:
            place = sums.built.place_of_number(name, "汇总方式") or _source(sums)
            message = f"“{name}”写了“公式”，由加总的各数算，“汇总方式”没有用到。"
            yield Finding(
                message, place, "请删去一个：由各数算的留“公式”，各乡镇自己报的留“汇总方式”。", id="way-not-used"
            )
    for name in coverage.lasts_not_used(sums):
        place = sums.built.place_of_number(name, LAST) or _source(sums)
        message = f"“{name}”的上年数由各{sums.called.noun}的加总，这里写的没有用。"
        yield Finding(message, place, "请删去这个“上年”。")


def _unlike_their_parts(sums: CountySums) -> Iterator[Finding]:
    style = quantities.Style()
    for name in sums.indicators:
        found = [*totals.differing(sums.pool, name, sums.indicators)]
        if not found:
            continue
        said_and_added = [(quantities.write(one.said, style), quantities.write(one.added, style)) for one in found]
        towns = [
            f"{sums.pool.towns[one.town].short}（写的是{said}，分项之和是{added}）"
            for one, (said, added) in zip(found, said_and_added, strict=True)
        ]
        message = f"“{name}”有的{sums.called.noun}与分项之和不符：{_listed(towns)}。"
        place = sums.pool.place(found[0].town, (name, VALUE)) or _source(sums)
        yield Finding(message, place, "加总用了写的数；请核对是哪一个写错了。")


def outlying(sums: CountySums, figures: Figures) -> Iterator[Finding]:
    """Yield the figures of townships that are far from what the others, or their own last year, suggest."""
    names = [name for name in sums.indicators if sums.has(name)]
    for one in outliers.find(sums, names, figures.look_up):
        place = sums.pool.place(one.town, (one.name, VALUE)) or sums.pool.towns[one.town].place
        yield Finding(_outlier(one, sums), place, "请核对小数点和单位；确实如此，不用管它。", _last_of(one, sums))


def over_zero(sums: CountySums, figures: Figures) -> Iterator[Finding]:
    """Yield the divisions in which townships set something against zero."""
    style = quantities.Style()
    for division, key, towns in zeros.find(sums, figures.look_up):
        above, below = (_called(sums, node, key) for node in (division.left, division.right))
        written = [f"{sums.pool.towns[town].short}（{quantities.write(one, style)}）" for town, one in towns]
        message = f"{below}是0，{above}却不是0：{_listed(written)}。"
        first, *others = [_where(sums, division, key, town) for town, _ in towns]
        hint = "请核对这两个数，漏填的请补上。全县的率照加，各自的率算不出来。"
        yield Finding(message, first, hint, cells=tuple(others))


def _called(sums: CountySums, node: Node, key: str) -> str:
    """Return how what an expression is made of is called."""
    return "、".join(said(leaf) for leaf in sorted(sums.of_each.of(node, key))) or "这个数"


def _where(sums: CountySums, division: Binary, key: str, town: int) -> Position:
    """Return where a township says what it divides by."""
    leaves = sorted(sums.of_each.of(division.right, key))
    return next(filter(None, (sums.pool.place(town, leaf) for leaf in leaves)), sums.pool.towns[town].place)


def _outlier(one: Outlier, sums: CountySums) -> str:
    town = sums.pool.towns[one.town].short
    style = quantities.Style(fixed=sums.indicators[one.name].digits)
    value = quantities.write(one.value, style)
    if one.usual is not None:
        usual = quantities.write(one.usual, style)
        return f"{town}的“{one.name}”是{value}，和别的{sums.called.noun}相差很远：一般在{usual}上下。"
    return f"{town}的“{one.name}”是上年的{one.growth:.1f}倍，别的{sums.called.noun}一般是{one.usual_growth:.1f}倍。"


def _last_of(one: Outlier, sums: CountySums) -> tuple[Related, ...]:
    place = sums.pool.place(one.town, (one.name, LAST)) if one.last else None
    return (Related(place, "上年数在这里"),) if place else ()
