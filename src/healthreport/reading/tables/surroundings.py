"""What stands around a table: its title, the unit and the indicator named above it, and whose year it is."""

from __future__ import annotations

import math
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic
from healthreport.reading.tables import periods, plain, unit_lines
from healthreport.reading.tables.columns import LAST, VALUE, Became
from healthreport.reading.tables.grid import TRANSPOSED
from healthreport.reading.tables.header import ROWS_SEARCHED, heads_names
from healthreport.reading.tables.periods import Period
from healthreport.reading.tables.unit_lines import Line
from healthreport.reading.tables.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.columns import Column
    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.header import Header
    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.periods import Document
    from healthreport.reading.tables.sheets import Sheet
    from healthreport.reading.tables.unit_lines import Spoken
    from healthreport.reading.tables.words import Words

_INDICATOR = re.compile(r"^(?:指标|指标名称|项目):(.+)$")
_YEARS = re.compile(r"20\d\d年|^20\d\d$")
_YEAR_IN_NAME = re.compile(r"(?<!\d)20\d\d(?!\d)")
# The day a file was sent in is no year of its figures.
_DATE_IN_NAME = re.compile(r"(20\d\d)(?:[年._-]\d{1,2}[月._-]\d{1,2}|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?!\d)日?")
_DAY = re.compile(r"\d{4}(?:年\d{1,2}月|[-./]\d{1,2}[-./]|\d{2})\d{1,2}日?")
_OF_LAST_YEAR = re.compile("(?<![比较与同和及])(?:上年|去年|(?<!以)前年|上两年|基期)")
_OF_THIS_YEAR = re.compile("(?:本年|今年|当年)(?!的?(?:工作)?(?:计划|任务|目标|打算|预算|安排))|对比|比较")
# The day a sheet was filled in may be in the next year.
_FILLED_IN = re.compile(
    "(?:填报|填表|报出|上报|报送|制表|打印|印发|编制)(?:日期|时间)|^(?:日期|时间)(?::|$)|前(?:填|上|报)"
)
_OF_A_MONTH = re.compile("(?:本|当|上)(?:月|季)(?!止|累计)")
_SAYS_MONTHS = re.compile("累计|月|季")
_TARGETS = (Role.TARGET, Role.MONTH_TARGET)
_LONGEST_TITLE = 40
_SERIAL = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.．]|\d{1,2}[.、．)]")
_SEVERAL = re.compile("[、及和与]")


Title = tuple[str, str, "Position"]  # what it says, how it is told, and where it stands


class Surroundings(NamedTuple):
    """What is said around a table: lines, the units of its captions, and the indicator that a line names.

    ``below`` are the lines under its last figures, ``spoken`` the units that a line speaks of and is no caption for,
    ``elsewhere`` lines whose time is not this table's, for it says its own.
    """

    lines: tuple[Line, ...]
    units: tuple[str, ...]
    captions: tuple[Line, ...]
    indicator: str
    below: tuple[Line, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    elsewhere: frozenset[Line] = frozenset()

    def beside(self, lines: tuple[Line, ...], *, across: bool) -> Surroundings:
        """Return what is said of a table beside others, above which ``lines`` stand: the nearest year above its own."""
        dated = [line for line in self.lines if periods.of_title(line.text)[0]]
        nearest = max((line.spot[across] for line in dated), default=-1)
        others = {*dated, *lines} - {line for line in dated if line.spot[across] == nearest}
        return self._replace(lines=(*self.lines, *lines), elsewhere=frozenset(others if dated else ()))


def around(grid: Grid, header: Header, headings: Headings, below: Iterable[Line] = ()) -> Surroundings:
    """Return what stands above a header, and in the lines below a table."""
    above, below = tuple(_above(grid, header)), tuple(below)
    heads = tuple(_name_heads(grid, header, headings))
    under = (line for line in below if headings.words.head_of(line.text) is None)  # a section of nothing says no unit
    captions = dict(unit_lines.captions((*above, *under, *heads), headings))
    units = tuple(dict.fromkeys(unit for found in captions.values() for unit in found))
    others = [line for line in (*above, *below, *heads) if line not in captions]
    spoken = tuple(one for one in unit_lines.spoken(others, headings) if one.unit not in units)
    timed = (line for line in heads if _is_timed(unit_lines.in_last_bracket(line.text), headings))
    indicator = _indicator(above, headings)
    return Surroundings((*above, *timed), units, tuple(captions), indicator, below, spoken)


def _name_heads(grid: Grid, header: Header, headings: Headings) -> Iterator[Line]:
    """Yield the cells that head names and say more in brackets, of the whole table: 指标（上年）, 单位（元）."""
    for row in header.rows:
        for at, text in enumerate(grid.texts[row]):
            if text and unit_lines.in_last_bracket(text) and heads_names(headings, text):
                yield Line(text, grid.spot(row, at))


def _is_timed(text: str, headings: Headings) -> bool:
    return periods.read(text) is not None or headings.words.is_unclear(text)


def _above(grid: Grid, header: Header) -> Iterator[Line]:
    """Yield the cells above a table; of a transposed one they stand before its column of names."""
    across = grid.shape == TRANSPOSED
    for number, row in enumerate(grid.texts):
        if not across and number >= header.top:
            break
        cells = row[: header.names] if across else row
        yield from (Line(text, grid.spot(number, column)) for column, text in enumerate(cells) if text)


def indicator_of(text: str, headings: Headings) -> str:
    """Return the indicator that a line is there to name: 指标：年末常住人口(万人)."""
    said = _INDICATOR.match(plain.squeezed(text))
    return headings.read(said[1]).indicator if said else ""


def _indicator(lines: tuple[Line, ...], headings: Headings) -> str:
    """Return the indicator that a line names: 指标：年末常住人口(万人), or the one in the title."""
    for line in lines:
        if named_there := indicator_of(line.text, headings):
            return named_there
    joined = [text for line in lines if not _SEVERAL.search(text := plain.heading(line.text))]
    named = {name for heading, name in headings.declared.by_heading.items() if any(heading in text for text in joined)}
    longest = max(named, key=len, default="")
    return longest if all(name in longest for name in named) else ""


def wrong_time(
    around: Surroundings, document: Document, sheet: Sheet, words: Words, columns: Iterable[Column]
) -> Iterator[Diagnostic]:
    """Refuse a table whose title, or sheet, is called after another year or other months, or after tasks."""
    titles = [*_titles([line for line in around.lines if line not in around.elsewhere], sheet)]
    named = (sheet.name, f"工作表“{sheet.name}”", sheet.position())
    alone = periods.read(sheet.name)
    dated = {title: periods.of_title(title[0]) for title in titles}
    dated[named] = ({alone.year} if alone.year else set(), alone.months) if alone else periods.of_title(sheet.name)
    years: dict[int, Title] = {}
    for title, (found, months) in dated.items():
        said = {year for year in found if not (_is_filled_in(title[0]) and year > (document.year or year))}
        years |= dict.fromkeys(said, title)
        is_ours = document.year in said or not said
        if months and is_ours and not document.covers(Period(document.year, months)):
            yield _other_months(*title[1:], document)
        elif is_ours and not found and _is_of_another_time(title[0], words, document, columns):
            yield _other_time(*title[1:], document)
    if years and document.year and document.year not in years:
        yield _wrong_year(*next(iter(years.values()))[1:], document.year)
    if not years and document.year:
        yield from _wrong_file(sheet, document.year)
    yield from _tasks(titles, words, columns)


def years_beside(
    around: Surroundings, document: Document, sheet: Sheet, columns: Iterable[tuple[Column, int]]
) -> Iterator[Diagnostic]:
    """Refuse a year that stands beside another above a table: each is that of the columns below and right of it.

    ``columns`` come with their places in the sheet; a day at the right end is no such year.
    """
    rows: dict[int, list[Line]] = {}
    for line in around.lines:
        if line not in around.elsewhere and not _DAY.search(plain.squeezed(line.text)):
            rows.setdefault(line.spot[0], []).append(line)
    for lines in rows.values():
        dated = [(line, years) for line in lines if (years := periods.of_title(line.text)[0])]
        for number, (line, years) in enumerate(dated if len(dated) > 1 else ()):
            end = dated[number + 1][0].spot[1] if number + 1 < len(dated) else math.inf
            below = (column for column, at in columns if line.spot[1] <= at < end)
            bare = any(column.key != LAST and not periods.of_title(column.heading)[0] for column in below)
            if bare and document.year and document.year not in years:
                yield _wrong_year(line.text, sheet.cell(*line.spot).position(), document.year)


def _wrong_year(text: str, position: Position, year: int) -> Diagnostic:
    message = f"表上写的是“{' '.join(text.split())}”，报告的年度是{year}年。"
    hint = f"请核对是否用错了表；确是{year}年的数，请改正表上的年份。"
    return Diagnostic("wrong-year", message, position, hint=hint)


def _titles(lines: Iterable[Line], sheet: Sheet) -> Iterator[Title]:
    """Yield the lines above a table; what stands behind 填报日期： in the next cell is read with it."""
    before = Line("", (-1, -1))
    for line in lines:
        is_value = line.spot[0] == before.spot[0] and _is_filled_in(before.text)
        yield f"{before.text}{line.text}" if is_value else line.text, line.text, sheet.cell(*line.spot).position()
        before = line


def _is_filled_in(text: str) -> bool:
    return _FILLED_IN.search(plain.squeezed(text)) is not None


def _wrong_file(sheet: Sheet, year: int) -> Iterator[Diagnostic]:
    """Refuse a file that is named after another year, where no heading in it says that it is the document's.

    One that was sent in during a year holds no figures of a later one.
    """
    name = PurePath(sheet.source.name).stem
    bare = _DATE_IN_NAME.sub("", name)
    years = {*map(int, _YEAR_IN_NAME.findall(bare)), *periods.of_title(bare)[0]}
    years = years or {int(sent) for sent in _DATE_IN_NAME.findall(name) if int(sent) < year}
    head = [cell for row in sheet.texts[:ROWS_SEARCHED] for cell in row]
    said = {int(text.removesuffix("年")) for cell in head for text in _YEARS.findall(cell)}
    if years and year not in years | said:
        message = f"文件名“{PurePath(sheet.source.name).name}”写的是{min(years)}年，报告的年度是{year}年。"
        hint = f"请核对是否用错了表；确是{year}年的数，请改文件名。"
        yield Diagnostic("wrong-year", message, sheet.position(), hint=hint)


def _is_of_another_time(text: str, words: Words, document: Document, columns: Iterable[Column]) -> bool:
    """Say whether a title calls the whole table last year's, or a month's, and no heading tells them apart."""
    title = plain.squeezed(text)
    figures = [column for column in columns if column.became is Became.FIGURE]
    if not figures or len(title) > _LONGEST_TITLE or ":" in title or words.aside(text) is not None:
        return False
    if _OF_LAST_YEAR.search(title) and not _OF_THIS_YEAR.search(title):
        return all(column.key != LAST for column in figures)
    if _role(title, words) is Role.OTHER_PERIOD:
        return True
    by_month = _OF_A_MONTH.search(title) is not None and not document.is_one_month
    return by_month and not any(_SAYS_MONTHS.search(column.heading) for column in figures)


def _role(title: str, words: Words) -> Role | None:
    """Return what a title that is nothing but a word of headings says: 二、下达任务."""
    return words.roles.get(plain.heading(_SERIAL.sub("", title, count=1)))


def _other_time(text: str, position: Position, document: Document) -> Diagnostic:
    message = f"表上写的是“{' '.join(text.split())}”，报告要的是{document}的数。"
    hint = f"确是{document}的数，请改正表上的字；有几种时间的，在列名里写明，如“上年”“本月”“累计”。"
    return Diagnostic("wrong-period", message, position, hint=hint)


def _other_months(text: str, position: Position, document: Document) -> Diagnostic:
    message = f"表上写的是“{' '.join(text.split())}”，报告要的是{document}的数。"
    hint = "报告确实只到某月的，在报告里写“期间”（如1—11月）或“截至”；不是的请换一张表。"
    return Diagnostic("wrong-period", message, position, hint=hint)


def _tasks(titles: list[Title], words: Words, columns: Iterable[Column]) -> Iterator[Diagnostic]:
    """Refuse a table of tasks in which no heading says what was done."""
    figures = [column for column in columns if column.became is Became.FIGURE]
    bare = [column for column in figures if column.key == VALUE and column.heading.rpartition(" / ")[0] == ""]
    for text, _, position in titles:
        title = plain.heading(text)
        of_tasks = any(word in title for word in words.task_titles) or _role(title, words) in _TARGETS
        if bare and len(bare) == len(figures) and of_tasks:
            message = f"从表题“{' '.join(text.split())}”看，表里是任务，不是完成数。"
            hint = "请在表头写明“任务数”或“完成数”，如“农村改厕.目标”。"
            yield Diagnostic("tasks-only", message, position, hint=hint)
