"""``rollup -o`` for other programs and for reports: as CSV, YAML and JSON, and the texts of all cells."""

from __future__ import annotations

import json as json_text
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from healthreport.jobs.new.indicator_sheet import csv_of
from healthreport.reading.tables import plain
from healthreport.reading.yaml import dump
from healthreport.townships import rolled_gaps
from healthreport.townships.over import LAST, TARGET, VALUE
from healthreport.townships.rolled_up import RANK, written
from healthreport.townships.rows import ORG
from healthreport.values import quantities
from healthreport.values.quantities import Quantity, Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.townships.pool import Amount
    from healthreport.townships.rolled_up import Column, RolledUp

SHORT, TOTAL = "简称", "合计"
_KEYS = {VALUE: ""}
_LISTED = 10


class Cells(NamedTuple):
    """A column's texts: its heading, what stands below it, and the cells of the townships and of the county."""

    heading: str
    below: str
    towns: list[str]
    total: str


def cells(rolled_up: RolledUp) -> list[Cells]:
    """Return all columns as texts; figures that were given with all their digits, computed ones as they are printed."""
    found = []
    for indicator, group in groupby(rolled_up.columns, key=lambda one: one.indicator):
        columns = [*group]
        for column in columns:
            unit = rolled_up.built.report.indicators[indicator].unit
            head = f"{indicator}（{unit}）" if unit else indicator
            below = column.part or column.key if len(columns) > 1 else ""
            towns = [column.texts.get(at) or shown(rolled_up, column, one) for at, one in enumerate(column.figures)]
            found.append(Cells(head, below, towns, total(rolled_up, column)))
    return found


def shown(rolled_up: RolledUp, column: Column, one: Amount | None) -> str:
    """Return a township's figure as text."""
    if one is None or column.key == RANK:
        return "" if one is None else str(one)
    return written(one, column.unit) if column.given else _printed(rolled_up, column, Fraction(one))


def total(rolled_up: RolledUp, column: Column) -> str:
    """Return what a column comes to as text."""
    return column.said if column.total is None else _printed(rolled_up, column, column.total)


def _printed(rolled_up: RolledUp, column: Column, number: Fraction) -> str:
    """Return a number in a column's unit as reports print it; of % with its sign."""
    own = quantities.unit(column.unit)
    fixed = rolled_up.built.report.indicators[column.indicator].digits
    digits = column.digits if column.given and number * 10**column.digits % 1 == 0 else None
    text = quantities.write_beside_unit(Quantity(number * own.factor, own, digits), Style(fixed=fixed), own)
    return f"{text}%" if own.name == "%" else text


def csv(rolled_up: RolledUp) -> bytes:
    """Return the table as Excel opens it with a double click: townships down, indicators across, the total below."""
    columns = cells(rolled_up)
    heads = ["" if at and one.heading == columns[at - 1].heading else one.heading for at, one in enumerate(columns)]
    rows = [[ORG, *heads]]
    if any(one.below for one in columns):
        rows.append(["", *(one.below for one in columns)])
    above = len(rows)
    rows += [[town.name, *(one.towns[at] for one in columns)] for at, town in enumerate(rolled_up.towns)]
    if has_short(rolled_up):
        shorts = [SHORT, *[""] * (above - 1), *(town.short for town in rolled_up.towns)]
        rows = [[row[0], short, *row[1:]] for row, short in zip(rows, shorts, strict=True)]
    rows.append([TOTAL, *[""] * has_short(rolled_up), *(one.total for one in columns)])
    head, *body = rows
    return csv_of(head, [*body, *([f"注：{gap}"] for gap in rolled_gaps.of(rolled_up))])


def has_short(rolled_up: RolledUp) -> bool:
    """Say whether any township is called otherwise in rankings than by its name."""
    return any(town.short != town.name for town in rolled_up.towns)


def yaml(rolled_up: RolledUp) -> bytes:
    """Return the county's figures as a file of indicators, and those of its townships below them.

    A report that names it as its 指标文件 has the figures it would have by its 汇总来源: what a report says itself, and
    what it computes by a formula, is not in it.
    """
    indicators: dump.Dict = {}
    towns: dump.Dict = {town.name: {} for town in rolled_up.towns}
    for name, group in groupby(rolled_up.columns, key=lambda one: one.indicator):
        columns = [one for one in group if one.given]
        if said := _said(rolled_up, columns):
            indicators[name] = said
        for at, town in enumerate(rolled_up.towns):
            of_town = towns[town.name]
            assert isinstance(of_town, dict)
            if figures := _figures(columns, at):
                of_town[name] = figures
    org = rolled_up.built.report.org
    about = f"{org or ''}各单位的数汇总，共{len(rolled_up.towns)}个。报告里写“指标文件: 汇总.yaml”，就用这里的数。"
    gaps: dump.Dict = {dump.Comment(gap): "" for gap in (*rolled_gaps.of(rolled_up), *left_out(rolled_up))}
    return dump.dump({dump.Comment(about): "", **gaps, "指标": indicators, "各单位": towns}).encode()


def left_out(rolled_up: RolledUp) -> list[str]:
    """Say which totals a file of indicators leaves out: what some townships lack would be put together with the rest.

    建档 of five townships by 人口 of six is no rate, and a file of totals cannot tell of whom each is. A mean is
    written as it is printed: of 63.68 % and 80.04 % the file has 63.7 and 80, and their difference is another.
    """
    given = [one for one in rolled_up.columns if one.given and one.rests is not None]
    some = _listed([one for one in given if not _is_whole(rolled_up, one)])
    rounded = _listed([one for one in given if _is_whole(rolled_up, one) and _is_rounded(rolled_up, one)])
    noun, way_out = rolled_up.sums.called.noun, "请写“汇总来源: 汇总.xlsx”"
    return [
        *([f"各{noun}没有都报、没有写进来的：{some}。要用这些数，{way_out}。"] if some else ()),
        *([f"四舍五入了的：{rounded}。由它们再算的数，末一位会有出入；要一样，{way_out}。"] if rounded else ()),
    ]


def _listed(columns: list[Column]) -> str:
    return plain.listed([f"“{one.indicator}”{_KEYS.get(one.key, '的' + one.key)}" for one in columns], _LISTED)


def _is_rounded(rolled_up: RolledUp, column: Column) -> bool:
    """Say whether a total is written with fewer digits than it has."""
    return column.total is not None and Fraction(total(rolled_up, column).removesuffix("%")) != column.total


def _is_whole(rolled_up: RolledUp, column: Column) -> bool:
    return column.rests == len(rolled_up.towns)


def _said(rolled_up: RolledUp, columns: list[Column]) -> dump.Dict:
    """Return what the townships make of an indicator, all of them."""
    made = {one.key: one for one in columns if one.total is not None and _is_whole(rolled_up, one)}
    said: dump.Dict = {key: total(rolled_up, made[key]) for key in (VALUE, TARGET, LAST) if key in made}
    parts = {one.part: one for one in made.values() if one.part}
    added = sum((one.total for one in parts.values() if one.total is not None), Fraction(0))
    if parts and (VALUE not in made or added == made[VALUE].total):
        said["分项"] = {name: total(rolled_up, one) for name, one in parts.items()}
    unit = columns[0].unit if columns else ""
    return {**said, "单位": unit} if said and unit else said


def _figures(columns: list[Column], at: int) -> dump.Dict:
    found: dump.Dict = {}
    for one in columns:
        text = one.texts.get(at) or written(one.figures[at], one.unit)
        if text and one.part:
            parts = found.setdefault("分项", {})
            assert isinstance(parts, dict)
            parts[one.part] = text
        elif text:
            found[one.key] = text
    return found


def json(rolled_up: RolledUp) -> bytes:
    """Return all of it for programs: a township and its figures, each indicator with its keys, numbers as texts."""
    columns = [*zip(rolled_up.columns, cells(rolled_up), strict=True)]
    towns = []
    for at, town in enumerate(rolled_up.towns):
        figures = _by_key((column, one.towns[at]) for column, one in columns)
        towns.append({"name": town.name, "short": town.short, "figures": figures})
    pool = rolled_up.sums.pool
    value = {
        "units": {one.indicator: rolled_up.built.report.indicators[one.indicator].unit for one in rolled_up.columns},
        "townships": towns,
        "absent": [*pool.absent],
        "expected": pool.expected,
        "total": _by_key((column, one.total) for column, one in columns),
        "rests": {one.indicator: one.rests for one in rolled_up.columns if one.key == VALUE},
        "gaps": rolled_gaps.of(rolled_up),
    }
    return (json_text.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _by_key(texts: Iterable[tuple[Column, str]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for column, text in texts:
        if text:
            found.setdefault(column.indicator, {})[column.key] = text
    return found
