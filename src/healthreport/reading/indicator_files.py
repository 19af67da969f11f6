"""指标文件: indicators drawn in from a table or another YAML file, each value with its sheet and cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, HealthReportError, Related, did_you_mean, error
from healthreport.model.fields import passing
from healthreport.model.indicators import Indicator
from healthreport.reading.yaml.encodings import decode
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence, Source
from healthreport.reading.yaml.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.reading.reader import Reader
    from healthreport.reading.tables.sheets import Cell, Sheet

KEY, INDICATORS = "指标文件", "指标"
_NAME_HEADINGS = frozenset({"名称", "指标", "指标名称"})
_SYNONYMS = {
    "完成": "数值",
    "完成数": "数值",
    "本年": "数值",
    "计量单位": "单位",
    "任务": "目标",
    "去年": "上年",
    "备注": "说明",
}
_OWN = [key for key in passing(Indicator) if key != "分项"]  # which a cell cannot hold
_KEYS = {**{key: key for key in _OWN}, **_SYNONYMS}
_IGNORED = frozenset({"", "序号"})
_ROWS_SEARCHED = 10


def attach(tree: Mapping, path: Path, reader: Reader) -> None:
    """Put the indicators of a report's files in the place of the files' names.

    What the report itself says of an indicator is added; the same key in two places is an error.
    """
    written = tree.get(KEY)
    if written is None:
        return
    own = tree.get(INDICATORS)
    merged = own.copy_of() if isinstance(own, Mapping) else Mapping(tree.source, 0, 0)
    for name in written if isinstance(written, Sequence) else [written]:
        if not isinstance(name, Scalar):
            raise error("not-a-text", "“指标文件”应写文件名。", name.position(), hint="例如“指标文件: 指标.xlsx”。")
        _merge(merged, _read(name, path, reader))
    tree[INDICATORS] = merged
    tree.keys_at.setdefault(INDICATORS, tree.keys_at[KEY])
    del tree[KEY]


def _read(name: Scalar, path: Path, reader: Reader) -> Mapping:
    """Read one file's indicators."""
    data = reader.read_beside(path, name.value, name.position())
    file = str(path.parent / name.value)
    if name.value.endswith((".yaml", ".yml")):
        tree = parse(decode(data, file))
        inner = tree.get(INDICATORS)
        return inner if isinstance(inner, Mapping) else tree
    from healthreport.reading.tables import sheets

    return _indicators(sheets.read_tables(data, file)[0])


def _merge(merged: Mapping, more: Mapping) -> None:
    problems: list[Diagnostic] = []
    for name, one in more.items():
        known = merged.get(name)
        if not (isinstance(known, Mapping) and isinstance(one, Mapping)):
            merged[name] = one
            merged.keys_at.setdefault(name, more.keys_at[name])
            continue
        both = known.copy_of()
        for key, value in one.items():
            if key in known:
                related = (Related(known[key].position(), "另一处在这里"),)
                message = f"“{name}”的“{key}”写了两处。"
                hint = "一个数只写一处：留下表里的，或报告里的。"
                problems.append(Diagnostic("duplicate-key", message, value.position(), hint=hint, related=related))
            both[key] = value
            both.keys_at[key] = one.keys_at[key]
        merged[name] = both
    if problems:
        raise HealthReportError(problems)


def _indicators(sheet: Sheet) -> Mapping:
    """Read a sheet with a row for each indicator: 名称, 数值, 单位, 目标, 上年 and so on."""
    rows = sheet.rows
    head = next((y for y, row in enumerate(rows[:_ROWS_SEARCHED]) if _name_column(row) is not None), None)
    if head is None:
        hint = "表头里要有“名称”和“数值”等列。"
        raise error("no-header", f"工作表“{sheet.name}”里找不到表头。", sheet.position(), hint=hint)
    columns = _columns(rows[head])
    at = _name_column(rows[head])
    assert at is not None
    result = Mapping(Source(sheet.source.name, ""), 0, 0)
    problems: list[Diagnostic] = []
    for row in rows[head + 1 :]:
        name = row[at]
        if not name.value or len([cell for cell in row if cell.value]) == 1:
            continue
        if name.value in result:
            message = f"指标“{name.value}”写了两行。"
            problems.append(Diagnostic("duplicate-key", message, name.position(), hint="请删去一行。"))
        result[name.value] = _one(row, columns)
        result.keys_at[name.value] = name
        problems += [problem for cell in row if (problem := cell.problem())]
    if problems:
        raise HealthReportError(problems)
    return result


def _name_column(row: list[Cell]) -> int | None:
    return next((x for x, cell in enumerate(row) if cell.value in _NAME_HEADINGS), None)


def _columns(row: list[Cell]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for x, cell in enumerate(row):
        heading = "".join(cell.value.split())
        if heading in _KEYS:
            columns[x] = _KEYS[heading]
        elif heading not in _IGNORED and heading not in _NAME_HEADINGS:
            guess = did_you_mean(heading, _KEYS)
            message = f"不认识的列“{heading}”" + (f"，是否为“{guess}”？" if guess else "。")
            raise error(
                "unknown-column",
                message,
                cell.position(),
                hint=f"可以有：名称、{'、'.join(dict.fromkeys(_KEYS.values()))}。",
            )
    return columns


def _one(row: list[Cell], columns: dict[int, str]) -> Mapping:
    one = Mapping(row[0].source, 0, 0)
    for x, key in columns.items():
        if row[x].value:
            one[key] = row[x]
            one.keys_at[key] = row[x]
    return one
