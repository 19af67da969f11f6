"""The unit a column is written in, against the one that is declared: the same, converted, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, Related
from healthreport.reading.tables.columns import ONE, Became, Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from fractions import Fraction

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.declared import Declared
    from healthreport.values.units import Units

_IN_HEADING = "请把单位写进这一列的表头。"
_HINT = "请改正表头的单位，或报告里这个指标的“单位”。"


class Said(NamedTuple):
    """Units said of the whole table, in a caption or a column of its own, and where.

    They are ``doubtful`` where another table of the sheet says them, and stand ``against`` those of another page.
    ``spoken`` are units that a line speaks of, with the line and its place.
    """

    units: tuple[str, ...] = ()
    place: Position | None = None
    doubtful: bool = False
    against: Said | None = None
    spoken: tuple[tuple[str, str, Position], ...] = ()


def scaled(
    columns: list[Column], declared: Declared, units: Units, said: Said, place: Callable[[Column], Position]
) -> tuple[list[Column], list[Diagnostic]]:
    """Return the columns with their unit and its factor; a heading's own unit counts before that of the table."""
    problems: list[Diagnostic] = []
    result: list[Column] = []
    fitted = False
    bare: list[Column] = []
    for column in columns:
        if column.is_formula:
            result.append(_of_formula(column, declared.indicators[column.indicator].unit, units, said))
            continue
        if column.became is not Became.FIGURE:
            result.append(column)
            continue
        wanted = declared.indicators[column.indicator].unit
        if column.unit:
            ratio = _ratio(column.unit, wanted, units)
            problems += [] if ratio is not None else [_mismatch(column, column.unit, wanted, place(column))]
            result.append(column._replace(ratio=ratio or ONE))
            continue
        problems += spoken_of(column.heading, column.indicator, wanted, units, said.spoken)
        if said.doubtful or said.against:
            problems += _unsure(column, wanted, units, place(column), said)
            result.append(column)
            continue
        fitting = {one: ratio for one in said.units if (ratio := _ratio(one, wanted, units)) is not None}
        if len({*fitting.values()}) > 1:
            problems.append(_several(column, [*fitting], wanted, place(column), said))
        fitted = fitted or bool(fitting)
        bare.append(column)
        unit, ratio = next(iter(fitting.items()), ("", ONE))
        result.append(column._replace(unit=unit, ratio=ratio))
    if said.units and bare and not fitted:
        wanted = declared.indicators[bare[0].indicator].unit
        problems.append(_mismatch(bare[0], "、".join(said.units), wanted, said.place or place(bare[0])))
    return result, [*problems, *_beside_converted(result, declared, place)]


def _beside_converted(
    columns: list[Column], declared: Declared, place: Callable[[Column], Position]
) -> Iterator[Diagnostic]:
    """Refuse a column without a unit beside one of its indicator that is converted: 投入（元）, 上年同期 of 万元."""
    figures = [column for column in columns if column.became is Became.FIGURE]
    converted = {column.indicator: column for column in figures if column.ratio != ONE}
    for column in figures:
        other = converted.get(column.indicator)
        if other and not column.unit:
            wanted = declared.indicators[column.indicator].unit
            message = f"“{column.heading}”没有写单位，“{other.heading}”写的是“{other.unit}”，要的是“{wanted}”。"
            related = (Related(place(other), f"“{other.unit}”写在这里"),)
            yield Diagnostic("unit-mismatch", message, place(column), hint=_IN_HEADING, related=related)


def _of_formula(column: Column, wanted: str, units: Units, said: Said) -> Column:
    """Return a column to be compared with its unit; one in a unit that is not the indicator's is left alone."""
    written = column.unit or next((one for one in said.units if _ratio(one, wanted, units) is not None), "")
    ratio = _ratio(written, wanted, units) if written else ONE
    if ratio is None:
        return column._replace(became=Became.IGNORED, why="单位与报告的不同，没有核对")
    return column._replace(unit=written, ratio=ratio)


def _ratio(written: str, wanted: str, units: Units) -> Fraction | None:
    """Return the factor; a figure without a declared unit takes any that needs none."""
    if wanted:
        return units.ratio(written, wanted)
    return ONE if not written.startswith(("万", "亿", "千万", "百万", "千元", "百元")) else None


def _mismatch(column: Column, written: str, wanted: str, place: Position) -> Diagnostic:
    message = f"“{column.heading}”的单位是“{written}”，“{column.indicator}”要的是“{wanted or '（没有写单位）'}”。"
    return Diagnostic("unit-mismatch", message, place, hint=_HINT)


def _unsure(column: Column, wanted: str, units: Units, place: Position, said: Said) -> Iterator[Diagnostic]:
    """Refuse a column whose unit another table's caption, or two captions, would change."""
    written = [*said.units, *(said.against.units if said.against else ())]
    found = next((one for one in written if (ratio := _ratio(one, wanted, units)) is not None and ratio != 1), None)
    if found is not None:
        message = f"“{column.heading}”这张表没有写单位，另一张写的是“{found}”，要的是“{wanted}”。"
        if said.against:
            message = f"几张表的表头相同，写的单位却不同（{'、'.join(written)}），不知道“{column.heading}”是哪一种。"
        related = (Related(said.place, "单位写在这里"),) if said.place else ()
        yield Diagnostic("unit-mismatch", message, place, hint=_IN_HEADING, related=related)


def spoken_of(
    heading: str, indicator: str, wanted: str, units: Units, spoken: Iterable[tuple[str, str, Position]]
) -> Iterator[Diagnostic]:
    """Refuse a line that speaks of a unit that would change figures that have none."""
    for unit, text, place in spoken:
        if wanted and units.ratio(unit, wanted) not in (None, 1):
            message = f"“{' '.join(text.split())}”说到“{unit}”，不知道“{heading}”（{wanted}）是不是这个单位。"
            hint = f"请把单位写在名称后面，如“{indicator}（{unit}）”，或在表的上面单独写“单位：{unit}”。"
            yield Diagnostic("unclear-unit", message, place, hint=hint)


def _several(column: Column, fitting: list[str], wanted: str, place: Position, said: Said) -> Diagnostic:
    named = "、".join(f"“{one}”" for one in fitting)
    message = f"表上写了{named}，不知道“{column.heading}”（{wanted}）是哪一种。"
    related = (Related(said.place, "单位写在这里"),) if said.place else ()
    return Diagnostic("unit-mismatch", message, place, hint=_IN_HEADING, related=related)
