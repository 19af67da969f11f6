"""Blanks in tables: targets and last year's numbers that a table has a column for and nobody gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.checking.rule import Finding, Rule
from healthreport.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.checking.subject import Subject
    from healthreport.diagnostics import Position
    from healthreport.model.build import Built


def _find(subject: Subject) -> Iterator[Finding]:
    """Tell of blanks in 指标表, each cause once: a gap that looks like a dash goes unseen to those who read it."""
    if subject.report and subject.figures:
        for (name, key), table in subject.figures.blanks.items():
            message = f"“{name}”没有“{key}”，指标表里留了空白。"
            empty = subject.report.blank(name, key)
            place = empty or _place(subject.report, name, key) or table
            way_out = _way_out(key, empty, is_own=not subject.report.place(name, key))
            yield Finding(message, place, way_out, about=f"{name}的{key}")
        for (name, key), table in subject.figures.dashes.items():
            hint = f"请补上；本来就没有的，请在“{name}”里写“无{key}: 是”；不要这一列的，从“列”里去掉。"
            yield Finding(f"“{name}”没有“{key}”，乡镇表里印“—”。", table, hint, about=f"{name}的{key}")


def _way_out(key: str, empty: Position | None, *, is_own: bool) -> str:
    """Say where a key is to be filled in; a dash in the cell of a sheet of indicators says that there is none."""
    if empty and empty.in_sheet:
        none = "在那一格写“—”" if is_own else f"写“无{key}: 是”，印“—”"
        return f"请在{empty.in_sheet}填上；本来就没有的，请{none}。"
    return f"请补上；本来就没有的，请写“无{key}: 是”，印“—”。"


def _place(report: Built, name: str, key: str) -> Position | None:
    """Return where the indicator is defined: in a base for all on it."""
    named, defined = report.place_of(name, key), report.place_of_number(name, "单位")
    return named if named and defined and named.file == defined.file else defined


_REPORT = "体裁: 通用\n标题: 情况汇报\n指标:\n"
_TABLE = "内容: {指标表: {指标: 全部, 列: [指标, 目标, 完成, 上年, 完成率, 同比, 增减]}}\n"
_COUNTY = (
    _REPORT
    + "  改厕: {单位: 座}\n汇总来源: 乡镇.csv\n内容: {乡镇表: {指标: [改厕], 列: [完成, 完成率]}}\n"
    + "\n=====\n单位,改厕（座）,改厕目标（座）\n甲镇,9,\n乙镇,8,\n"
)
BLANK = Rule(
    "blank-cell",
    Severity.WARNING,
    _find,
    bad=(
        _REPORT + "  改厕: {数值: 12, 单位: 座, 目标: 10}\n" + _TABLE,
        _REPORT + "  改厕: {数值: 12, 单位: 座, 上年: 10}\n" + _TABLE,
        _REPORT + "  改厕: {数值: 12, 单位: 座}\n内容: {指标表: {指标: 改厕, 列: [指标, 达标]}}\n",
        _REPORT + "  改厕: {数值: 12, 单位: 座, 无目标: 是}\n" + _TABLE,
        _COUNTY,
    ),
    good=(
        _COUNTY.replace("座}", "座, 无目标: 是}"),
        _REPORT + "  改厕: {数值: 12, 单位: 座, 目标: 10, 上年: 9}\n" + _TABLE,
        _REPORT + "  改厕: {数值: 12, 单位: 座, 无目标: 是, 无上年: 是}\n" + _TABLE,
        _REPORT + "  改厕: {数值: 12, 单位: 座, 目标: ≤15, 上年: 0}\n" + _TABLE,
        _REPORT + "  改厕: {数值: '**', 单位: 座}\n内容: {指标表: {指标: 改厕, 列: [指标, 完成, 同比]}}\n",
        _REPORT + "  改厕: {数值: 12, 单位: 座}\n内容: {指标表: {指标: 改厕, 列: [指标, 完成, 截至, 说明]}}\n",
    ),
    name="指标表、乡镇表里的空白",
    why="表里的空白和“—”像漏填；本来就没有的，要写明没有。",
    basis="数据",
)
