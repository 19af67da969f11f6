"""A county's figures: what lacks townships, what its own file says otherwise, what stands apart from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject


def _find_short(subject: Subject) -> Iterator[Finding]:
    """Tell of sums that do not cover all townships, and of what was taken over those that have two figures."""
    if subject.report and subject.report.sums:
        from healthreport.checking.rules.report import of_townships

        yield from of_townships.short(of_townships.sums_of(subject.report.sums))


def _find_apart(subject: Subject) -> Iterator[Finding]:
    """Tell of figures of the county's own file that its townships contradict."""
    if subject.report and subject.report.sums:
        from healthreport.checking.rules.report import of_townships

        yield from of_townships.apart(of_townships.sums_of(subject.report.sums))


def _find_outliers(subject: Subject) -> Iterator[Finding]:
    """Tell of a township whose figure is far from what the others, or its own last year, suggest."""
    if subject.report and subject.report.sums and subject.figures:
        from healthreport.checking.rules.report import of_townships

        yield from of_townships.outlying(of_townships.sums_of(subject.report.sums), subject.figures)


def _find_over_zero(subject: Subject) -> Iterator[Finding]:
    """Tell of townships that set a figure against zero: 12 files of 0 people."""
    if subject.report and subject.report.sums and subject.figures:
        from healthreport.checking.rules.report import of_townships

        yield from of_townships.over_zero(of_townships.sums_of(subject.report.sums), subject.figures)


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
_PAIRS = '指标: {建档: {单位: 份}, 人口: {单位: 人}, 建档率: {公式: 建档 / 人口, 单位: "%"}}\n内容: "{{ 建档率 }}"\n'
OVER_ZERO = Rule(
    "divided-by-zero",
    Severity.WARNING,
    _find_over_zero,
    bad=(_REPORT + _PAIRS + "\n=====\n单位,建档（份）,人口（人）\n甲镇,9,10\n乙镇,3,0\n丙镇,7,8\n",),
    good=(_REPORT + _PAIRS + "\n=====\n单位,建档（份）,人口（人）\n甲镇,9,10\n乙镇,0,0\n丙镇,7,8\n",),
    name="分母是0，分子不是0",
    why="没有人的乡镇不会有人建档，两个数总有一个错了；全县的率里两个数都在。",
    basis="数据",
)
