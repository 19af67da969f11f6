"""指标文件: indicators drawn in from a table or another YAML file, each value with its sheet and cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Related, error
from healthreport.disk.read import slashed
from healthreport.model.fields import passing
from healthreport.model.indicators import Indicator
from healthreport.reading.resources import sheet_words
from healthreport.reading.yaml.encodings import decode
from healthreport.reading.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from pathlib import Path

    from healthreport.reading.reader import Reader
    from healthreport.reading.tables.sheets import Sheet
    from healthreport.reading.tables.words import Words

KEY, INDICATORS = "指标文件", "指标"
GROUP = "所属章节"  # a column that holds no figures
_KEYS = [key for key in passing(Indicator) if key != "分项"]  # which a cell cannot hold


class Drawn(NamedTuple):
    """The indicators of a file, and what there is to tell of how it was read.

    ``columns`` are the keys that a sheet has a column for, ``groups`` what it says under 所属章节, name by name.
    """

    indicators: Mapping
    notes: tuple[Diagnostic, ...] = ()
    columns: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()


def attach(tree: Mapping, under: Mapping | None, path: Path, reader: Reader) -> tuple[Diagnostic, ...]:
    """Put the indicators of a report's files in the place of the files' names; ``under`` is what its base passes on.

    What the report itself says of an indicator is added; a key that says one thing in two places is as good as one,
    a key that says two is an error. Returns what there is to tell of how the files were read.
    """
    if KEY not in tree:
        return ()
    own = tree.get(INDICATORS)
    merged = own.copy_of() if isinstance(own, Mapping) else Mapping(tree.source, 0, 0)
    drawn = read(tree, under, path, reader).values()
    for more in drawn:
        _merge(merged, more.indicators)
    tree[INDICATORS] = merged
    tree.keys_at.setdefault(INDICATORS, tree.keys_at[KEY])
    del tree[KEY]
    return tuple(note for more in drawn for note in more.notes)


def named(tree: Mapping) -> list[Scalar]:
    """Return the names of a report's files of indicators. Raises :class:`HealthReportError` for what is none."""
    written = tree.get(KEY)
    names = []
    for name in written if isinstance(written, Sequence) else [] if written is None else [written]:
        if not isinstance(name, Scalar):
            raise error("not-a-text", "“指标文件”应写文件名。", name.position(), hint="例如“指标文件: 指标.xlsx”。")
        names.append(name)
    return names


def read(tree: Mapping, under: Mapping | None, path: Path, reader: Reader) -> dict[str, Drawn]:
    """Return the indicators of each of a report's files, by its name. Raises :class:`HealthReportError`."""
    report = tree if under is None else tree.laid_over(under)
    return {name.value: _read(name, path, reader, report) for name in named(tree)}


def _read(name: Scalar, path: Path, reader: Reader, report: Mapping) -> Drawn:
    """Read one file's indicators; a sheet is read for what the report says of its year and its indicators."""
    data = reader.read_beside(path, name.value, name.position())
    file = str(path.parent / slashed(name.value))
    if name.value.endswith((".yaml", ".yml")):
        tree = reader.tree(decode(data, file))
        inner = tree.get(INDICATORS)
        return Drawn(inner if isinstance(inner, Mapping) else tree)
    from healthreport.reading.tables import sheets

    return _indicators(sheets.read_tables(data, file), sheet_words(reader), report)


def _merge(merged: Mapping, more: Mapping) -> None:
    from healthreport.reading.yaml.dump import plain

    problems: list[Diagnostic] = []
    for name, one in more.items():
        known = merged.get(name)
        if not (isinstance(known, Mapping) and isinstance(one, Mapping)):
            merged[name] = one
            merged.keys_at.setdefault(name, more.keys_at[name])
            continue
        both = known.copy_of()
        for key, value in one.items():
            if key in known and plain(known[key]) != plain(value):
                related = (Related(known[key].position(), "另一处在这里"),)
                message = f"“{name}”的“{key}”写了两处，不一样。"
                hint = "一个数只写一处：留下表里的，或报告里的。"
                problems.append(Diagnostic("duplicate-key", message, value.position(), hint=hint, related=related))
            both[key] = value
            both.keys_at[key] = one.keys_at[key]
        both.keys_at = {**one.keys_at, **both.keys_at}
        merged[name] = both
    if problems:
        raise HealthReportError(problems)


def _indicators(found: list[Sheet], words: Words, report: Mapping) -> Drawn:
    """Read the one sheet that has names and figures of indicators. Raises :class:`HealthReportError`."""
    from healthreport.reading.tables import indicator_rows, periods

    document = periods.document_of(report)
    shown = [sheet for sheet in found if sheet.texts and sheet.visible] or found[:1]
    tables = [one for sheet in shown if (one := indicator_rows.table(sheet, words, document, _KEYS))]
    if not tables and (one := indicator_rows.table(shown[0], words, document, _KEYS, named=True)):
        tables = [one]
    if not tables:
        named = f"工作表“{shown[0].name}”" if shown[0].name else "表"
        hint = "表头里要有“名称”和“数值”等列，下面一行一个指标。"
        raise error("no-header", f"{named}里找不到表头和指标。", shown[0].position(), hint=hint)
    if len(tables) > 1:
        listed = "、".join(f"“{one.grid.sheet.name}”" for one in tables)
        message = f"有{len(tables)}张工作表都像指标表：{listed}。"
        hint = "请只留一张，或把别的移到另一个文件。"
        raise error("several-sheets", message, tables[1].grid.sheet.position(), hint=hint)
    own = report.get(INDICATORS)
    own = own if isinstance(own, Mapping) else Mapping(report.source, 0, 0)
    indicators, notes = indicator_rows.read(tables[0], words, own, document)
    columns = tuple(dict.fromkeys(tables[0].keys.values()))
    return Drawn(indicators, tuple(notes), columns, indicator_rows.column(tables[0], GROUP))
