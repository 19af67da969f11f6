"""A sheet with a row for each indicator, as 指标: 名称, 数值, 单位, 目标, 上年 and so on, in any of their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import (
    Diagnostic,
    HealthReportError,
    Position,
    Severity,
    did_you_mean,
    likeliest,
    or_rather,
)
from healthreport.reading.tables import beyond, declared, grid, header, naming, plain, sections, surroundings
from healthreport.reading.tables import columns as made
from healthreport.reading.tables.choosing import Chooser
from healthreport.reading.tables.columns import Became, Meaning
from healthreport.reading.tables.headings import Headings
from healthreport.reading.tables.indicator_row import UNIT, Row, Table
from healthreport.reading.tables.scales import Said
from healthreport.reading.tables.words import COMPARED, FIGURES, NEVER_FIGURES, Kind, Role, Words
from healthreport.reading.yaml.nodes import Mapping, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.header import Header
    from healthreport.reading.tables.periods import Document
    from healthreport.reading.tables.sheets import Cell, Sheet

NOTE = "说明"
_LISTED = 6
_ALL_IN_ONE = declared.Indicator("这一列")


def table(sheet: Sheet, words: Words, document: Document, keys: Iterable[str], *, named: bool = False) -> Table | None:
    """Return what the columns of a sheet are; ``None`` where no row heads names and figures.

    ``keys`` are those of an indicator that may be written as they are; with ``named`` a heading for the names will
    do. Raises :class:`HealthReportError`.
    """
    shape = grid.of_sheet(sheet)
    headings = Headings(words, declared.of(Mapping(sheet.source, 0, 0)), frozenset(keys))
    best: tuple[int, Header, list[Meaning]] | None = None
    for found in header.candidates(shape, headings):
        names = _names(shape, found, headings)
        if names is None:
            continue
        paths = [(at, path) for at, path in header.paths(shape, found.rows) if at != names and path]
        meanings = [made.meaning(at, found.rows, path, headings) for at, path in paths]
        fitting = sum(map(_is_key, meanings))
        if (fitting or (named and meanings)) and (best is None or fitting > best[0]):
            best = (fitting, found._replace(names=names), meanings)
    if best is None:
        return None
    _, head, meanings = best
    around = surroundings.around(shape, head, headings)
    problems = [*surroundings.wrong_time(around, document, sheet, words, ()), *beyond.the_header(shape, head)]
    chosen = _keys(meanings, shape, head, headings, document, problems)
    if problems:
        raise HealthReportError(problems)
    checked = [one for one in meanings if not one.unknown and document.compares_with(one.than)]
    compared = {one.at: role for one in checked for role in COMPARED & one.roles}
    headed = {
        one.unit: shape.cell(head.rows[-1], one.at).position()
        for one in meanings
        if one.unit and not one.heading.endswith(tuple(words.counting)) and chosen.get(one.at) in FIGURES
    }
    places = [sheet.cell(*caption.spot).position() for caption in around.captions] or [*headed.values()]
    spoken = tuple((one.unit, one.line.text, sheet.cell(*one.line.spot).position()) for one in around.spoken)
    units = tuple(dict.fromkeys((*around.units, *headed)))
    said = Said(units, next(iter(places), None), spoken=spoken)
    return Table(shape, head, head.names, chosen, said, compared, tuple(headed))


def _names(shape: Grid, head: Header, headings: Headings) -> int | None:
    """Return the column of the indicators' names: 名称, 指标, 项目, but not 单位 beside them."""
    row = {at: headings.read(text) for at, text in enumerate(shape.texts[head.rows[0]] if head.rows else []) if text}
    named = [at for at, part in row.items() if Role.INDICATOR in part.roles]
    named = named or [at for at, part in row.items() if plain.heading(part.text) == "名称"]
    return named[0] if named else None


def _is_key(one: Meaning) -> bool:
    return bool(one.field or one.period or one.unit or one.roles - NEVER_FIGURES - {Role.NAME})


def _keys(
    meanings: list[Meaning],
    shape: Grid,
    head: Header,
    headings: Headings,
    document: Document,
    problems: list[Diagnostic],
) -> dict[int, str]:
    """Return which key each column is; what is computed, and what is no key, is left alone."""
    keys: dict[int, str] = {}
    figures: list[Meaning] = []

    def place(one: Meaning) -> Position:
        return shape.cell(head.rows[-1], one.at).position()

    for one in meanings:
        if one.field:
            keys[one.at] = one.field
        elif one.unknown:
            problems.append(_unknown(one, place(one), headings))
        elif Role.NAME in one.roles or Role.MEASURE in one.roles:
            if Role.MEASURE in one.roles or _holds_units(naming.column_texts(shape, head, one.at), headings):
                keys[one.at] = UNIT
        elif Role.REMARK in one.roles:
            keys[one.at] = NOTE
        elif not one.roles & (NEVER_FIGURES | COMPARED):
            figures.append(one)
    chosen = Chooser(document, headings.words, place).choose(_ALL_IN_ONE, figures) if figures else None
    if chosen:
        problems += chosen.problems
        keys |= {column.at: column.key for column in chosen.columns if column.became is Became.FIGURE}
    problems += _doubles(keys, shape, head)
    return keys


def _holds_units(texts: list[str], headings: Headings) -> bool:
    """Say whether a column headed 单位 is of units, not of who reports; an unknown one does not lose the rest."""
    return sum(headings.is_unit(plain.squeezed(text)) for text in texts) * 2 >= len(texts)


def _unknown(one: Meaning, place: Position, headings: Headings) -> Diagnostic:
    known = sorted(headings.fields)
    message = or_rather(f"不认识的列“{one.heading}”", did_you_mean(one.heading, known))
    return Diagnostic("unknown-column", message, place, hint=f"可以有：{likeliest(one.heading, ['名称', *known])}。")


def _doubles(keys: dict[int, str], shape: Grid, head: Header) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for at, key in keys.items():
        if seen.setdefault(key, at) != at and key != NOTE:
            message = f"“{key}”有两列，不知道以哪一列为准。"
            yield Diagnostic("double-column", message, shape.cell(head.rows[-1], at).position(), hint="请删去一列。")


def read(found: Table, words: Words, own: Mapping, document: Document) -> tuple[Mapping, list[Diagnostic]]:
    """Read the rows of an indicator sheet; ``own`` is what the report says itself of its indicators.

    With them comes what there is to tell: rows that are no indicators, and what the sheet computed otherwise.
    Raises :class:`HealthReportError` with an indicator in two rows and cells that are no figures.
    """
    sheet = found.grid.sheet
    result = Mapping(Source(sheet.source.name, ""), 0, 0)
    problems: list[Diagnostic] = []
    skipped: dict[str, list[Cell]] = {}
    notes: list[Diagnostic] = []
    rows: list[Row] = []
    called = declared.called(own)
    lines: list[sections.Line] = []
    for number in range(found.header.bottom + 1, len(sheet.texts)):
        texts = sheet.texts[number]
        if not any(texts):
            continue
        if aside := _aside(texts, found.names, words):
            lead = found.names if texts[found.names] else next(at for at, text in enumerate(texts) if text)
            skipped.setdefault(aside, []).append(found.grid.cell(number, lead))
            if aside in _LINES:
                lines.append(_line(found, number, lead, own, is_note=aside == Kind.NOTE.value))
            continue
        row = Row(found, number, words, own, called)
        if row.name in result:
            hint = "请删去一行。"
            problems.append(Diagnostic("duplicate-key", f"指标“{row.name}”写了两行。", row.at.position(), hint=hint))
        if not any(texts[at] for at in found.keys):
            lines.append(_line(found, number, found.names, own))
        result[row.name] = row.tree()
        result.keys_at[row.name] = row.at
        notes += row.compared()
        rows.append(row)
    by_caption = [row for row in rows if row.fits is not None]
    if by_caption and not any(row.fits for row in by_caption):
        by_caption[0].refuse_caption()
    problems += [*(problem for row in rows for problem in row.problems), *_unclear(found, rows)]
    last = max((row.number for row in rows if row.has_figures), default=-1)
    lines = [line._replace(followed=line.row < last) for line in lines]
    bare = {row.number: (row.name, row.assumed) for row in rows if row.assumed is not None}
    problems += sections.among_indicators(lines, bare, Headings(words, declared.of(own)), document)
    if problems:
        raise HealthReportError(problems)
    return result, [*_told(sheet, len(result), skipped), *_converted(sheet, rows), *_without(sheet, rows), *notes]


def column(found: Table, headed: str) -> tuple[tuple[str, str], ...]:
    """Return what stands under a heading, beside the name of each row that has one; nothing where there is none."""
    heads = [plain.heading(text) for text in found.grid.texts[found.header.rows[-1]]]
    at = heads.index(headed) if headed in heads else None
    rows = found.grid.texts[found.header.bottom + 1 :]
    return tuple((plain.name(row[found.names]), row[at]) for row in rows if row[found.names]) if at is not None else ()


def _aside(texts: list[str], names: int, words: Words) -> str:
    """Say what a row is that is no indicator: a total, a note; 收入合计 is an indicator, and so may be 完成率."""
    name = texts[names]
    if not name:
        return _NAMELESS
    if words.total_of(name) is Kind.TOTAL:
        return Kind.TOTAL.value
    if plain.label(name) == Kind.SUBTOTAL.value:
        return Kind.SUBTOTAL.value
    kind = words.aside(name)
    if kind in _ASIDE:
        return kind.value
    return _ONLY_NAMED if sum(map(bool, texts)) == 1 else ""


def _line(found: Table, number: int, at: int, own: Mapping, *, is_note: bool = False) -> sections.Line:
    cell = found.grid.cell(number, at)
    is_declared = plain.name(cell.value) in own.keys_at
    return sections.Line(number, cell.value, cell.position(), is_note=is_note, is_declared=is_declared)


_ONLY_NAMED, _NAMELESS = "只有名称", "没有名称"
_ASIDE = (Kind.NOTE, Kind.SIGN_OFF)
_LINES = (_ONLY_NAMED, _NAMELESS, Kind.NOTE.value)


def _told(sheet: Sheet, count: int, skipped: dict[str, list[Cell]]) -> Iterator[Diagnostic]:
    """Tell in one line which rows were taken for no indicators."""
    if skipped:
        listed = "，".join(f"{kind}{_listed(cells)}" for kind, cells in skipped.items())
        message = f"读表：{count}个指标；不是指标的行：{listed}。"
        hint = "是指标的，请补上名称和数。"
        yield Diagnostic("rows-skipped", message, Position(sheet.source.name, sheet=sheet.name), Severity.NOTE, hint)


def _listed(cells: list[Cell]) -> str:
    return plain.listed([f"“{plain.cut(' '.join(cell.value.split()))}”" for cell in cells], _LISTED)


def _without(sheet: Sheet, rows: list[Row]) -> Iterator[Diagnostic]:
    """Tell in one line which indicators a dash was read of as the word that they have no 目标 or no 上年."""
    done = [f"“{row.name}”的{key}" for row in rows for key in row.without]
    if done:
        message = f"读表：写着“—”“无”的，读作本来就没有：{plain.listed(done, _LISTED)}。"
        hint = "只是还没有数的，请清空那一格。"
        yield Diagnostic("read-as-none", message, Position(sheet.source.name, sheet=sheet.name), Severity.NOTE, hint)


def _unclear(found: Table, rows: list[Row]) -> Iterator[Diagnostic]:
    """Refuse once the rows of which nobody knows in which unit of the caption they are: 单位：人次、万元."""
    unclear = [(row, row.unclear) for row in rows if row.unclear]
    if unclear:
        names = plain.listed([f"“{row.name}”" for row, _ in unclear], _LISTED)
        written = "、".join(f"“{one}”" for one in found.said.units)
        likely, _ = next((one for one in unclear if one[0].likely), unclear[0])
        example = f"{likely.name}（{likely.likely or found.said.units[0]}）"
        hint = f"请加一列“计量单位”，或把单位写在名称后面，如“{example}”。"
        yield Diagnostic(
            "unit-mismatch", f"表上写了{written}，不知道{names}是哪一种。", unclear[0][1].position(), hint=hint
        )


def _converted(sheet: Sheet, rows: list[Row]) -> Iterator[Diagnostic]:
    """Tell in one line which indicators were written in another unit than theirs."""
    done = [f"“{row.name}”{row.converted[0]}→{row.converted[1]}" for row in rows if row.converted]
    if done:
        message = f"读表：换算了单位：{plain.listed(done, _LISTED)}。"
        hint = "不该换算的，请改正表里或报告里的单位。"
        yield Diagnostic("units-converted", message, Position(sheet.source.name, sheet=sheet.name), Severity.NOTE, hint)
