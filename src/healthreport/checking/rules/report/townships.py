"""A county's figures: what lacks townships, what its own file says otherwise, what stands apart from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Related, Severity
from healthreport.townships import coverage, outliers
from healthreport.townships.over import LAST, VALUE, said
from healthreport.townships.ranks import count
from healthreport.townships.sums import CountySums
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthreport.checking.subject import Subject
    from healthreport.diagnostics import Position
    from healthreport.townships.outliers import Outlier

_MOST = 8


def _sums(subject: Subject) -> CountySums | None:
    sums = subject.report.sums if subject.report else None
    return sums if isinstance(sums, CountySums) else None


def _source(sums: CountySums) -> Position:
    node = sums.built.root["汇总来源"]
    return node.position()


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}个" if len(names) > _MOST else ""
    return "、".join(names[:_MOST]) + more


def _find_short(subject: Subject) -> Iterator[Finding]:
    """Tell of sums that do not cover all townships, and of what was taken over those that have two figures."""
    sums = _sums(subject)
    if sums is None:
        return
    for one in coverage.short(sums):
        figures = _listed([said(leaf) for leaf in one.leaves])
        message = f"{figures}只汇总了{count(one.having, sums.called)}，缺{_listed(one.lacking)}。"
        yield Finding(message, _source(sums), "请催报；缺的不当作0，合计里没有它们。")
    for leaves, towns in sums.rests.items():
        figures = "、".join(said(leaf) for leaf in sorted(leaves))
        message = f"由{figures}算的数，只按都有数的{count(towns.bit_count(), sums.called)}算。"
        yield Finding(message, _source(sums), "缺的补上以后，会按全部算。")
    for leaf, texts in sums.pool.unread.items():
        if leaf in sums.leaves.summed:
            written = _listed([f"{sums.pool.towns[town].short}（{text}）" for town, text in texts.items()])
            yield Finding(f"{said(leaf)}有的不能相加，没有算进去：{written}。", _source(sums), "请改成确切的数。")


def _find_apart(subject: Subject) -> Iterator[Finding]:
    """Tell of figures of the county's own file that its townships contradict."""
    sums = _sums(subject)
    if sums is None:
        return
    style = quantities.Style()
    for one in coverage.apart(sums):
        given, summed = quantities.write(one.given, style), quantities.write(one.summed, style)
        message = f"“{one.name}”写的是{given}，{count(one.having, sums.called)}合计是{summed}。"
        place = sums.built.place_of_number(one.name, VALUE) or _source(sums)
        yield Finding(message, place, "用了写的数；要用合计，请删去“数值”。")
    for name, theirs in coverage.other_targets(sums):
        county = sums.built.target(name)
        assert county is not None
        written = _listed([f"{town}（{quantities.write(one, style)}）" for town, one in theirs])
        limit = county.bound + quantities.write(county.quantity, style)
        message = f"“{name}”全县的目标是{limit}，有的{sums.called}不同：{written}。"
        place = sums.built.place_of_number(name, "目标") or _source(sums)
        yield Finding(message, place, "率和界限用全县的目标；请核对各自的。")
    for name in coverage.lasts_not_used(sums):
        place = sums.built.place_of_number(name, LAST) or _source(sums)
        message = f"“{name}”的上年数由各{sums.called}的加总，这里写的没有用。"
        yield Finding(message, place, "请删去这个“上年”。")


def _find_outliers(subject: Subject) -> Iterator[Finding]:
    """Tell of a township whose figure is far from what the others, or its own last year, suggest."""
    sums = _sums(subject)
    if sums is None or subject.figures is None:
        return
    names = [name for name in sums.indicators if sums.has(name)]
    for one in outliers.find(sums, names, subject.figures.look_up):
        place = sums.pool.place(one.town, (one.name, VALUE)) or sums.pool.towns[one.town].place
        yield Finding(_outlier(one, sums), place, "请核对小数点和单位；确实如此，不用管它。", _last_of(one, sums))


def _outlier(one: Outlier, sums: CountySums) -> str:
    town = sums.pool.towns[one.town].short
    style = quantities.Style(fixed=sums.indicators[one.name].digits)
    value = quantities.write(one.value, style)
    if one.usual is not None:
        usual = quantities.write(one.usual, style)
        return f"{town}的“{one.name}”是{value}，和别的{sums.called}相差很远：一般在{usual}上下。"
    return f"{town}的“{one.name}”是上年的{one.growth:.1f}倍，别的{sums.called}一般是{one.usual_growth:.1f}倍。"


def _last_of(one: Outlier, sums: CountySums) -> tuple[Related, ...]:
    place = sums.pool.place(one.town, (one.name, LAST)) if one.last else None
    return (Related(place, "上年数在这里"),) if place else ()


_REPORT = "体裁: 通用\n标题: 情况汇报\n汇总来源: 乡镇.csv\n"
_TOILETS = "指标: {改厕: {单位: 座}}\n内容: '改厕{{ 改厕 }}。'\n"
_SHEET = "\n=====\n单位,改厕（座）\n"
SHORT = Rule(
    "townships-missing",
    Severity.WARNING,
    _find_short,
    bad=(
        _REPORT + _TOILETS + _SHEET + "甲镇,12\n乙镇,\n丙镇,7\n",
        _REPORT + _TOILETS + _SHEET + "甲镇,12\n乙镇,1*\n丙镇,7\n",
        _REPORT
        + "指标: {建档: {单位: 份}, 人口: {单位: 人}}\n内容: '建档率{{ 建档 / 人口 }}。'\n"
        + "\n=====\n单位,建档（份）,人口（人）\n甲镇,9,10\n乙镇,8,\n丙镇,7,8\n",
    ),
    good=(
        _REPORT + _TOILETS + _SHEET + "甲镇,12\n乙镇,0\n丙镇,7\n",
        _REPORT + "指标: {改厕: {单位: 座}}\n内容: 没有用到。\n" + _SHEET + "甲镇,12\n乙镇,\n丙镇,7\n",
    ),
    name="合计缺了几个乡镇",
    why="缺的数不当作0；合计只是报了的那几个的，写进材料前要知道缺谁。",
    basis="数据",
)
APART = Rule(
    "sum-differs",
    Severity.WARNING,
    _find_apart,
    bad=(
        _REPORT + "指标: {改厕: {数值: 20, 单位: 座}}\n内容: '改厕{{ 改厕 }}。'\n" + _SHEET + "甲镇,12\n乙镇,7\n",
        _REPORT
        + '指标: {建档率: {数值: 91, 单位: "%", 目标: ≥90}}\n内容: "建档率{{ 建档率 }}。"\n'
        + "\n=====\n单位,建档率（%）,建档率目标（%）\n甲镇,92,90\n乙镇,91,85\n",
        _REPORT
        + "指标: {改厕: {单位: 座, 上年: 15}}\n内容: '改厕{{ 改厕 }}。'\n"
        + "\n=====\n单位,改厕（座）,改厕上年（座）\n甲镇,12,11\n乙镇,7,6\n",
    ),
    good=(
        _REPORT + "指标: {改厕: {数值: 19, 单位: 座}}\n内容: '改厕{{ 改厕 }}。'\n" + _SHEET + "甲镇,12\n乙镇,7\n",
        _REPORT + _TOILETS + _SHEET + "甲镇,12\n乙镇,7\n",
    ),
    name="写的数和各乡镇的对不上",
    why="全县的数写了一次，各乡镇又加得出一次，两个不同，总有一个错了。",
    basis="数据",
)
_GROWN = (
    "指标: {改厕: {单位: 座}}\n内容: '改厕{{ 改厕 }}，{{ 改厕.同比 }}。'\n\n=====\n单位,改厕（座）,改厕上年（座）\n"
)
_RATES = '指标: {建档率: {单位: "%", 汇总方式: 平均}}\n内容: "建档率{{ 建档率 }}。"\n\n=====\n单位,建档率（%）\n'
OUTLIER = Rule(
    "stands-apart",
    Severity.WARNING,
    _find_outliers,
    bad=(
        _REPORT + _GROWN + "甲镇,120,115\n乙镇,98,100\n丙镇,1320,130\n丁镇,88,84\n戊镇,76,75\n己镇,140,133\n",
        _REPORT + _RATES + "甲镇,92.1\n乙镇,91.8\n丙镇,9.2\n丁镇,92.4\n戊镇,91.3\n己镇,92.2\n",
    ),
    good=(
        _REPORT + _GROWN + "甲镇,120,115\n乙镇,98,100\n丙镇,150,130\n丁镇,88,84\n戊镇,76,75\n己镇,140,133\n",
        _REPORT + _RATES + "甲镇,92.1\n乙镇,88.8\n丙镇,95.2\n丁镇,92.4\n戊镇,91.3\n己镇,97.2\n",
        _REPORT + _RATES + "甲镇,92.1\n乙镇,9.2\n丙镇,91.2\n",
    ),
    name="和别的乡镇相差太远",
    why="一个乡镇的数远在其余的和上年之外，多半是小数点、单位错了，合计也就错了。",
    basis="数据",
)
