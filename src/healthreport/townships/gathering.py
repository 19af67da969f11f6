"""From the rows of an understood sheet to townships: whose figures are whose, and which row is nobody's."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Related, error
from healthreport.model.references import FIELDS
from healthreport.reading.tables import plain
from healthreport.reading.tables.grid import TRANSPOSED
from healthreport.reading.tables.words import Kind
from healthreport.townships import adding, parts, several
from healthreport.townships.work import Work, is_used

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.grid import Spot
    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.understanding import Understood
    from healthreport.townships.adding import Line, Table
    from healthreport.townships.figures import Number

_COUNTY = ("县", "市", "区", "旗", "州")
_STAMP = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_DAY_NUMBER = re.compile(r"[34]\d{4}")
_DAY_ZERO = datetime.date(1899, 12, 30)
_TIMES = {2: "两"}
_MOST_OTHERS = 10  # are named of those that are called the same
MOST_ALIKE = 100
# China has 38,600 townships.
MOST_TOWNSHIPS = 50_000


class Township(NamedTuple):
    """A township's row, and its name as it is printed."""

    row: int
    name: str


class Gathered(NamedTuple):
    """What rows became.

    ``texts`` are those of the grid, changed where a cell goes on as another text. ``bad`` holds by row what keeps it
    from being a township's report, ``spots`` the cells that came from another row, ``blanks`` what was written for
    no figure. ``sum_row`` is the sum of the others without being called so, ``parts`` are rows that were taken for
    parts of another, ``told`` what else there is to tell.
    """

    townships: list[Township]
    texts: list[list[str]]
    bad: dict[int, list[Diagnostic]]
    spots: dict[Spot, Spot]
    blanks: dict[Spot, str]
    table: Table
    kinds: dict[int, Kind]
    numbers: dict[int, list[Number | None]]
    sum_row: Line | None = None
    parts: Sequence[tuple[Line, Line]] = ()
    told: Sequence[Diagnostic] = ()

    def place(self, understood: Understood, row: int, column: int) -> Position:
        """Return where a cell of a township stands, which may be in another row of the sheet."""
        return understood.grid.place(*self.spots.get((row, column), (row, column)))


def gather(understood: Understood, headings: Headings, county: tuple[str, ...]) -> Gathered:
    """Return the townships of a sheet and what its other rows are; ``county`` is what the base calls itself."""
    rows = [row for row in understood.rows if row.figures or row.kind is Kind.TOWNSHIP]
    if len(rows) > MOST_TOWNSHIPS:
        place = understood.grid.cell(rows[MOST_TOWNSHIPS].row, understood.names.at).position()
        message = f"这张表超过{MOST_TOWNSHIPS // 10_000}万个单位。"
        raise error("too-large", message, place, hint="请按县区拆成几张表，分别生成。")
    work = Work(understood, headings, rows)
    work.read_columns()
    work.join_merged()
    numbered = frozenset(row.row for row in rows if headings.words.numbered(row.text))
    units = [row.row for row in rows if row.kind in (Kind.TOWNSHIP, Kind.NUMBERED, Kind.SECTION)]
    serials = numbered if numbered.issuperset(set(units) - work.joined) else frozenset()
    parted = parts.parted(work.table(), rows)
    for line, whole in parted.unclear:
        at = understood.names.at
        work.refuse(line.row, parts.unclear(line, whole, work.place(line.row, at), work.place(whole.row, at)))
    table = work.table()._replace(lines=parted.lines)
    lines = adding.settled(table, all_numbered=bool(serials), numbered=numbered)
    lines, sum_row = _own_total(work.table()._replace(lines=lines), county, understood)
    named = {line.row: _name(line, serials) for line in lines if line.kind is Kind.TOWNSHIP}
    _refuse_errors(work, named)
    table = work.table()._replace(lines=lines, sums=parted.sums)
    if len(understood.tables.of_groups) > 1:
        table = table._replace(numbers={at: [*numbers] for at, numbers in table.numbers.items()})
    named, told = several.put_together(work, named)
    shown = _shown_names(work, named)
    _mend_fields(work, shown, headings.words.blanks)
    kinds = {row.row: row.kind for row in understood.rows} | {line.row: line.kind for line in lines}
    kinds |= dict.fromkeys(work.joined, Kind.JOINED)
    townships = [Township(row, name) for row, name in shown.items()]
    return Gathered(
        townships,
        work.texts,
        work.bad,
        work.spots,
        work.blanks,
        table,
        kinds,
        work.numbers,
        sum_row,
        parted.taken,
        told,
    )


def _name(line: Line, serials: frozenset[int]) -> str:
    return plain.name(plain.unnumbered(line.text) if line.row in serials else line.text)


def _own_total(table: Table, county: tuple[str, ...], understood: Understood) -> tuple[list[Line], Line | None]:
    """Find the county's own row, or one that is the sum of the others; a coincidence is told and stays a township."""
    others = [line for line in table.lines if line.kind is Kind.TOWNSHIP]
    mine = next((line for line in others if _is_county(plain.name(line.text), county)), None)
    line = mine or adding.sum_of_others(table)
    if line is None:
        return table.lines, None
    if line is mine or _may_be_total(line, others, understood):
        name = plain.name(line.text)  # each of several tables may have such a row
        alike = {one.at for one in others if one is line or (name and plain.name(one.text) == name)}
        return [one._replace(kind=Kind.TOTAL) if one.at in alike else one for one in table.lines], line._replace(
            kind=Kind.TOTAL
        )
    return table.lines, line


def _is_county(name: str, county: tuple[str, ...]) -> bool:
    """Say whether a row's name is the base's own 单位, or the county it begins with: 云溪县 of 云溪县卫生健康局."""
    return bool(name) and any(
        name == one or (one.startswith(name) and name.endswith(_COUNTY) and len(name) > 1) for one in county
    )


def _may_be_total(line: Line, others: list[Line], understood: Understood) -> bool:
    """Say whether a row that adds up may be the county's: without a name, named in the title, or 某某县 alone."""
    name = plain.name(line.text)
    if not name:
        return True
    if not name.endswith(_COUNTY):
        return False
    titled = any(name in plain.squeezed(one.text) for one in understood.around.lines)
    alone = not any(plain.name(one.text).endswith(name[-1]) for one in others if one is not line)
    return titled or (alone and len(others) > 3 and line in (others[0], others[-1]))


def _refuse_errors(work: Work, named: dict[int, str]) -> None:
    """Refuse cells with error values (``#REF!``) or formulas never computed.

    Raises :class:`HealthReportError` for one in a name: no file can be named after it.
    """
    grid = work.understood.grid
    if not grid.sheet.errors:
        return
    names = work.understood.names.at
    used = [column.at for column in work.understood.columns if is_used(column)]
    broken = [problem for row in named if (problem := grid.cell(row, names).problem())]
    if broken:
        raise HealthReportError(broken)
    for row in named:
        found = [problem for at in used if (problem := grid.cell(row, at).problem())]
        if found:
            places = {one.position for one in found}
            work.bad[row] = [*(one for one in work.bad.get(row, []) if one.position not in places), *found]


def _shown_names(work: Work, named: dict[int, str]) -> dict[int, str]:
    """Return the names to go on with: rows without one, or with one that another has, fail and are told apart.

    Raises :class:`HealthReportError` for a name that too many have: it is not the names' column.
    """
    grid, at = work.understood.grid, work.understood.names.at
    rows: dict[str, list[int]] = {}
    for row, name in named.items():
        rows.setdefault(name, []).append(row)
    shown = dict(named)
    owned = _owners(work)
    for name, same in rows.items():
        if name and len(same) == 1:
            continue
        if name and len(same) > MOST_ALIKE:
            message = f"“{name}”出现了{len(same)}次，这一列不像单位名称。"
            hint = "请核对哪一列是单位名称，表头写“单位”；是同名单位，请把名称写全。"
            raise error("double-name", message, work.place(same[MOST_ALIKE], at), hint=hint)
        places = {row: work.place(row, at) for row in same}
        where = _told_apart({row: grid.spot(row, at) for row in same}, across=grid.shape.startswith(TRANSPOSED))
        owners = [plain.name(owned[row]) for row in same]
        for row in same:
            others = [places[other] for other in same[: _MOST_OTHERS + 1] if other != row][:_MOST_OTHERS]
            double = _double(name, places[row], others, len(same), owners)
            work.refuse(row, double if name else _no_name(places[row]))
            shown[row] = f"{name}（{where[row]}）" if name else where[row]
    for row, name in shown.items():
        if work.texts[row][at] != name:
            work.change(row, at, name)
    return shown


def _told_apart(spots: dict[int, Spot], *, across: bool) -> dict[int, str]:
    """Return where names stand: 第3行, 第3列 of a sheet on its side, both where tables stand side by side."""
    ways = ("第{1}列", "第{0}行") if across else ("第{0}行", "第{1}列")
    for way in (*ways, "第{0}行第{1}列"):
        where = {at: way.format(row + 1, column + 1) for at, (row, column) in spots.items()}
        if len({*where.values()}) == len(where):
            break
    return where


def _no_name(place: Position) -> Diagnostic:
    return Diagnostic("no-name", "这一行没有单位名称。", place, hint="请补上，或删去这一行。")


def _owners(work: Work) -> list[str]:
    """Return the 县区 of each row: its own, or that of the row above, which is written once for all."""
    parents, owners = work.understood.names.parents, [""]
    for number, row in enumerate(work.understood.grid.texts):
        own = row[parents[0]] if parents and number > work.understood.header.bottom else ""
        owners.append(own or owners[-1])
    return owners[1:]


def _double(name: str, place: Position, others: list[Position], times: int, owners: list[str]) -> Diagnostic:
    related = tuple(Related(other, "另一处在这里") for other in others)
    hint = "请核对是否重复填报，或把名称写全。"
    where = ""
    if times <= _MOST_OTHERS and len({*owners}) == times:
        where = f"（{'、'.join(owners)}）"
        hint = f"不同县区、片区的同名单位，请把名称写全，如“{owners[0]}{name}”。"
    return Diagnostic(
        "double-name",
        f"“{name}”出现了{_TIMES.get(times, times)}次{where}。",
        place,
        hint=hint,
        related=related,
    )


def _mend_fields(work: Work, named: dict[int, str], blanks: Collection[str]) -> None:
    """Drop the time of day from dates, and refuse a day that is only a number; 无 among own words are none."""
    for column in work.understood.columns:
        if column.field and column.field not in FIELDS:
            work.blank(column.at, named, blanks)
        if column.field not in ("日期", "截至"):
            continue
        for row in named:
            text = work.texts[row][column.at]
            if stamp := _STAMP.fullmatch(text):
                work.change(row, column.at, stamp[1])
            elif _DAY_NUMBER.fullmatch(text):
                day = (_DAY_ZERO + datetime.timedelta(days=int(text))).isoformat()
                message = f"“{text}”不是日期，是 Excel 里{day}的序号。"
                hint = f"请把格式改成日期，或写成{day}。"
                work.refuse(row, Diagnostic("bad-date", message, work.place(row, column.at), hint=hint))
