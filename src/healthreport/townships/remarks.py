"""What a sheet says that is not so: totals that do not add up, rates that were computed otherwise."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from healthreport.diagnostics import Diagnostic, Severity
from healthreport.reading.tables import comparing, plain
from healthreport.reading.tables.columns import LAST, TARGET, VALUE, Became
from healthreport.reading.tables.words import Kind, Role
from healthreport.townships import adding
from healthreport.townships.formulas import Formulas
from healthreport.values import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.columns import Column
    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.understanding import Understood
    from healthreport.townships.adding import Difference, Line
    from healthreport.townships.figures import Number
    from healthreport.townships.gathering import Gathered

_COMPUTED = (Kind.TOWNSHIP, Kind.TOTAL, Kind.SUBTOTAL)
_KEYS = {VALUE: "", TARGET: "目标", LAST: "上年"}


def of(understood: Understood, gathered: Gathered, headings: Headings) -> Iterator[Diagnostic]:
    """Yield a warning for every total and derived figure that differs, and for a row that is the sum of others."""
    columns = {column.at: column for column in understood.figures}
    for difference in adding.differences(gathered.table):
        yield _difference(difference, columns[difference.column], understood, headings)
    scopes = adding.Scopes(gathered.table)
    yield from _derived(understood, gathered, headings, scopes)
    yield from _formulas(understood, gathered, headings, scopes)
    yield from _parts(understood, gathered)
    yield from _under(understood, headings)
    yield from gathered.told
    for line, whole in gathered.parts:
        yield _part(line, whole, understood)
    if gathered.sum_row is not None:
        yield _sum_row(gathered.sum_row, understood)


def _under(understood: Understood, headings: Headings) -> Iterator[Diagnostic]:
    """Warn of an indicator's figure that is told as a part of another's: it may not be all there is of it."""
    for column in understood.figures:
        if column.under:
            cells = headings.named(column.heading)
            lower = cells[-1].lstrip("其中：:，,、")
            message = f"“{column.heading}”写在“{column.under}”下面，按“{column.indicator}”全部的数读了。"
            alias = "".join(cells)
            sure = f"在“{column.indicator}”里写“别名: {alias}”" if "其中" in alias else "删去“其中”那一格"
            hint = f"确是全部的数，请{sure}；只是其中一部分，请把列名写成“其中：{column.under}{lower}”。"
            place = understood.grid.cell(understood.heading_row(column.at), column.at).position()
            yield Diagnostic("part-as-whole", message, place, Severity.WARNING, hint)


def _written(number: Number, unit: str) -> str:
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return (text.rstrip("0").rstrip(".") if "." in text else text) + unit


def _difference(one: Difference, column: Column, understood: Understood, headings: Headings) -> Diagnostic:
    unit = headings.declared.indicators[column.indicator].unit
    said, computed = _written(one.said, unit), _written(one.computed, unit)
    off = _written(abs(Decimal(one.said) - Decimal(one.computed)), unit)
    what = f"“{column.indicator}”{_KEYS.get(column.key, '')}的{''.join(one.line.text.split()).strip('：:') or '合计'}"
    of_what = "平均数" if one.line.kind is Kind.AVERAGE else "各行之和"
    message = f"{what}与{of_what}{computed}不符：表里写的是{said}，差{off}。"
    hint = "请核对各行和合计；合计一行不生成材料。"
    if one.unread:
        hint = f"其中有{one.unread}格读不出数，没有加进去；请先改好那几格，再核对合计。"
    if one.missed:
        cells = "、".join(understood.grid.cell(row, one.column).position().cell for row in one.missed)
        hint = f"{cells}是文本格式的数，Excel 求和时跳过了；请改成数值，再重算合计。"
    place = understood.grid.cell(one.line.row, one.column).position()
    return Diagnostic("total-mismatch", message, place, Severity.WARNING, hint)


def _derived(
    understood: Understood, gathered: Gathered, headings: Headings, scopes: adding.Scopes
) -> Iterator[Diagnostic]:
    """Compare the columns that a sheet computed itself, and the rows of 增减% below a total."""
    at = {(column.indicator, column.key): column.at for column in understood.figures}
    ratios = {column.at: column.ratio for column in understood.figures}
    for column in understood.columns:
        if column.became is not Became.COMPARED or column.compares is None:
            continue
        now = at.get((column.indicator, VALUE))
        if column.compares is Role.SHARE:
            yield from _shares(now, column, understood, gathered)
            continue
        against = at.get((column.indicator, TARGET if comparing.is_of_target(column.compares) else LAST))
        if now is None or against is None:
            continue
        for line in gathered.table.lines:
            if line.kind not in _COMPUTED:
                continue
            text = gathered.texts[line.row][column.at]
            pair = (gathered.numbers[now][line.at], gathered.numbers[against][line.at])
            place = gathered.place(understood, line.row, column.at)
            scaled = column._replace(ratio=ratios[now])
            found = [*_check(text, column.compares, pair, scaled, place, headings)]
            others = _over_both(now, against, line, gathered, scopes) if found else ()
            if all([*_check(text, column.compares, both, scaled, place, headings)] for both in others):
                yield from found
    yield from _comparison_rows(understood, gathered, headings)


def _over_both(
    now: int, against: int, line: Line, gathered: Gathered, scopes: adding.Scopes
) -> Iterator[tuple[Number, Number]]:
    """Yield what a total's two figures may be summed over the townships that have both, as ``rollup`` compares them."""
    table = gathered.table
    if now not in table.numbers or against not in table.numbers:
        return

    def sums_of(scope: adding.Scope) -> tuple[Number | None, Number | None]:
        both = [one for one in scope if None not in (table.numbers[now][one.at], table.numbers[against][one.at])]
        return table.sum(now, both), table.sum(against, both)

    for scope in scopes.of(line):
        sums = scope.once(("both", now, against), partial(sums_of, scope))
        if sums[0] is not None and sums[1] is not None:
            yield sums[0], sums[1]


def _check(
    text: str,
    role: Role,
    pair: tuple[Number | None, Number | None],
    column: Column,
    place: Position,
    headings: Headings,
) -> Iterator[Diagnostic]:
    unit = headings.declared.indicators[column.indicator].unit
    said = headings.words.units.ratio(column.unit, unit) if column.unit else None
    is_rate, ratio = quantities.unit(unit).is_rate, said or column.ratio
    found = comparing.check(text, role, *pair, is_rate=is_rate, ratio=ratio) if text else None
    if found is None:
        return
    yield comparing.told(column.indicator, role.value, found, place)


def _shares(now: int | None, column: Column, understood: Understood, gathered: Gathered) -> Iterator[Diagnostic]:
    """Compare shares with those of all townships together, where at least half of them are such shares."""
    lines = [line for line in gathered.table.lines if line.kind is Kind.TOWNSHIP]
    if now is None or now not in gathered.table.numbers or not (whole := gathered.table.sum(now, lines)):
        return
    numbers = gathered.numbers[now]
    cells = [(line, text) for line in lines if (text := gathered.texts[line.row][column.at])]
    shares = {line: Fraction(number) / Fraction(whole) * 100 for line, _ in cells if (number := numbers[line.at])}
    found = {line: comparing.differs(text, [shares[line]], "%") for line, text in cells if line in shares}
    wrong = {line: check for line, check in found.items() if check is not None}
    if len(wrong) * 2 > len(found):
        return
    for line, check in wrong.items():
        yield comparing.told(column.indicator, "占比", check, gathered.place(understood, line.row, column.at))


def _formulas(
    understood: Understood, gathered: Gathered, headings: Headings, scopes: adding.Scopes
) -> Iterator[Diagnostic]:
    """Compare the columns of indicators that the report computes by a formula."""
    columns = [column for column in understood.columns if column.is_formula]
    if not columns:
        return
    formulas = Formulas(understood, gathered, headings.declared)
    for line in gathered.table.lines:
        for column in columns if line.kind in _COMPUTED else ():
            text = gathered.texts[line.row][column.at]
            exact = formulas.value(column.indicator, line) if text else None
            if exact is None:
                continue
            unit = column.unit or headings.declared.indicators[column.indicator].unit
            found = comparing.differs(text, [exact / column.ratio], unit)
            if not found:
                continue
            of = column.indicator
            all_sums = [scope.once(("formula", of), partial(formulas.of_sums, of, scope)) for scope in scopes.of(line)]
            sums = [one for one in all_sums if one is not None]
            if all(comparing.differs(text, [one / column.ratio], unit) for one in sums):
                place = gathered.place(understood, line.row, column.at)
                yield comparing.told(column.indicator, VALUE, found, place)


def _comparison_rows(understood: Understood, gathered: Gathered, headings: Headings) -> Iterator[Diagnostic]:
    """Compare rows such as 增减% with the total and the row of 上年同期 that stand beside them."""
    rows: dict[Role | None, Line] = {}
    for line in gathered.table.lines:
        if line.kind is Kind.COMPARISON:
            said = headings.read(line.text)
            rows.setdefault(next(iter(said.roles), None) if said.than is None else None, line)
    towns = [line for line in gathered.table.lines if line.kind is Kind.TOWNSHIP]
    for role, base in ((Role.GROWTH, Role.LAST), (Role.GROWTH_OR_CHANGE, Role.LAST), (Role.COMPLETION, Role.TARGET)):
        found, against = rows.get(role), rows.get(base)
        if found is None or against is None:
            continue
        for column in understood.figures:
            if column.key == VALUE and column.at in gathered.table.numbers:
                pair = (gathered.table.sum(column.at, towns), gathered.numbers[column.at][against.at])
                text = understood.grid.texts[found.row][column.at]
                place = gathered.place(understood, found.row, column.at)
                yield from _check(text, role, pair, column, place, headings)


def _parts(understood: Understood, gathered: Gathered) -> Iterator[Diagnostic]:
    """Compare a column 合计 with its parts, 男 and 女, row by row."""
    for column in understood.figures:
        if not column.adds or column.at in column.adds:
            continue
        for town in gathered.townships:
            texts = gathered.texts[town.row]
            numbers = [_plain(texts[at]) for at in column.adds]
            whole = _plain(texts[column.at])
            if whole is None or None in numbers:
                continue
            added = sum(number for number in numbers if number is not None)
            if added * Decimal(column.ratio.numerator) / Decimal(column.ratio.denominator) != whole:
                message = f"“{column.heading}”是{whole}，各项之和是{added}。"
                place = gathered.place(understood, town.row, column.at)
                hint = "材料里用合计一列的数；请核对。"
                yield Diagnostic("parts-mismatch", message, place, Severity.WARNING, hint)


def _plain(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "")) if text else None
    except ArithmeticError:
        return None


def _part(line: Line, whole: Line, understood: Understood) -> Diagnostic:
    part, name = plain.name(line.text), plain.name(whole.text)
    place = understood.grid.cell(line.row, understood.names.at).position()
    message = f"“{part}”排在“{name}”下面，当作它的一部分，没有生成材料。"
    hint = "是一个单位时，请去掉名称前的空格和缩进，上面不要单写“其中”。"
    return Diagnostic("taken-for-part", message, place, Severity.WARNING, hint)


def _sum_row(line: Line, understood: Understood) -> Diagnostic:
    name = " ".join(line.text.split())
    place = understood.grid.cell(line.row, understood.names.at).position()
    if line.kind is Kind.TOTAL:
        message = (
            f"“{name}”一行作为合计，没有生成材料。"
            if name
            else "没有名称的一行正好是各行之和，作为合计，没有生成材料。"
        )
        hint = "它是本级的名称，或正好是各行之和；是一个单位时请改正名称。"
        return Diagnostic("taken-for-total", message, place, Severity.WARNING, hint)
    message = f"“{name}”的数正好都是其余各行之和。"
    hint = "是合计时请把名称改成“合计”；是一个单位就不用管。"
    return Diagnostic("looks-like-total", message, place, Severity.WARNING, hint)
