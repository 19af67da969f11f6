"""Columns to indicators: each heading's meaning, and headings that name none, such as 任务数 alone.

A heading without an indicator belongs to one only where the table knows a single one; otherwise it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthreport.diagnostics import MAX_PROBLEMS, Diagnostic, Related, did_you_mean, likeliest, or_rather
from healthreport.reading.tables import beyond, cells, periods, plain
from healthreport.reading.tables import columns as made
from healthreport.reading.tables.choosing import Chooser
from healthreport.reading.tables.columns import Became, Column, Meaning
from healthreport.reading.tables.grid import TRANSPOSED
from healthreport.reading.tables.unit_lines import in_last_bracket, is_unit_line
from healthreport.reading.tables.words import COMPARED, NEVER_FIGURES, OF_OTHER_TIMES, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthreport.diagnostics import Position
    from healthreport.reading.tables.grid import Grid
    from healthreport.reading.tables.header import Header
    from healthreport.reading.tables.headings import Headings
    from healthreport.reading.tables.naming import Names, Paths
    from healthreport.reading.tables.periods import Document

UNIT_HINT = "请把单位写进表头，或写在表的上面。"
_HEADS = frozenset({Role.NAME, Role.INDICATOR})
Titled = tuple[frozenset[int], str]
_PART = "其中"
_OF_USE = (Became.FIGURE, Became.FIELD)
_OF_THE_LEFT = COMPARED | {Role.UNCHECKED}  # a growth, a rank: between a whole and its parts they part nothing
_FIGURE_ROLES = frozenset({*Role}) - NEVER_FIGURES - {Role.NAME, Role.INDICATOR, Role.MEASURE}


def second_header(place: Position) -> Diagnostic:
    """Return the refusal of a header that stands among the rows of another."""
    hint = "请把两张表分到两个工作表，用 --worksheet 指明要读的一张。"
    return Diagnostic("second-header", "这里又是一个表头，与上面的不同。", place, hint=hint)


class Attaching:
    """Takes the columns of one sheet to the report's indicators and fields; ``problems`` are what it met."""

    def __init__(self, grid: Grid, header: Header, names: Names, headings: Headings, document: Document) -> None:
        self.problems: list[Diagnostic] = [*beyond.the_header(grid, header)]
        self._grid = grid
        self._header = header
        self._names = names
        self._headings = headings
        self._document = document
        self._told: set[str] = set()
        self._unknown: list[Meaning] = []

    def columns(self, paths: Paths, titled: list[Titled], *, ignore_columns: bool) -> list[Column]:
        """Return what every column with a heading became; ``titled`` are the indicators that stand above tables."""
        result = [Column(self._names.at, " / ".join(paths[self._names.at]), Became.NAME)]
        result += [Column(at, " / ".join(paths[at]), Became.PARENT) for at in self._names.parents]
        taken = {self._names.at, *self._names.parents}
        parents = (made.meaning(at, self._header.rows, paths[at], self._headings) for at in self._names.parents)
        self.problems += [second_header(self._place(one)) for one in parents if self._is_header(one)]
        if self._names.measure is not None:
            result.append(Column(self._names.measure, " / ".join(paths[self._names.measure]), Became.MEASURE))
            taken.add(self._names.measure)
        meanings = [
            made.meaning(at, self._header.rows, path, self._headings)
            for at, path in paths.items()
            if at not in taken and path
        ]
        result += [
            self._headless(at) for at, path in paths.items() if at not in taken and not path and self._filled(at)
        ]
        meanings = [
            one
            for columns, title in titled
            for one in self._attached(self._of_the_left([one for one in meanings if one.at in columns]), title)
        ]
        by_indicator: dict[str, list[Meaning]] = {}
        for one in meanings:
            if one.indicator:
                by_indicator.setdefault(one.indicator, []).append(one)
            else:
                result.append(self._without_indicator(one))
        self._refuse_doubles(result)
        chooser = Chooser(self._document, self._headings.words, self._place, self._names.parents)
        for name, ones in by_indicator.items():
            self._refuse_clashes(ones, by_indicator)
            chosen = chooser.choose(self._headings.declared.indicators[name], ones)
            result += chosen.columns
            self.problems += chosen.problems
        self._tell_all_unknown(may_ignore=any(one.became in _OF_USE for one in result), ignore=ignore_columns)
        return sorted(result, key=lambda column: column.at)

    def _of_the_left(self, meanings: list[Meaning]) -> list[Meaning]:
        """Give what stands below 其中, behind it, or set in, to the indicator on its left, as a part of it."""
        result: list[Meaning] = []
        whole: Meaning | None = None
        is_open = False
        for one in meanings:
            below = [text for text in one.heading.split(" / ") if text.startswith(_PART)]
            if whole and below and one.indicator not in ("", whole.indicator):
                # An indicator of its own below 其中; the next column may be another part of the same whole.
                called = any(map(self._headings.indicator, (*below, "".join(self._headings.named(one.heading)))))
                under = "" if called else whole.indicator
                result.append(one._replace(roles=one.roles - {Role.PART}, part="", under=under))
                continue
            nameless = not (one.indicator or one.field)
            if one.heading.rstrip(":：") == _PART and not self._filled(one.at):
                is_open = whole is not None
            elif whole and nameless and (is_open or self._is_part(one, whole)):
                part = one.unknown[-1] if one.unknown else one.part or one.heading
                result.append(one._replace(indicator=whole.indicator, part=part, unknown=(), others=()))
                continue
            elif not (nameless and not one.unknown and one.roles & _OF_THE_LEFT):
                opened = whole.indicator if whole and is_open and result[-1].heading.rstrip(":：") == _PART else ""
                whole, is_open = (one if one.indicator else None), False
                result.append(one._replace(under=opened))
                continue
            result.append(one)
        return result

    def _is_part(self, one: Meaning, whole: Meaning) -> bool:
        if Role.PART in one.roles and any(text.startswith(_PART) for text in one.heading.split(" / ")):
            return True
        return bool(one.unknown and self._indent(one.at) > self._indent(whole.at))

    def _indent(self, at: int) -> int:
        """Return how far an indicator's name is set in, in a sheet on its side; other headings are set in for looks."""
        across = self._grid.shape.startswith(TRANSPOSED) and self._grid.sheet.indents
        return self._grid.indent(self._header.bottom, at) if across else 0

    def _attached(self, meanings: list[Meaning], titled: str) -> list[Meaning]:
        """Give headings without an indicator the only one there is: in the header, or else in the title."""
        named = {one.indicator for one in meanings if one.indicator}
        only = next(iter(named)) if len(named) == 1 else titled if not named else ""
        if not only:
            return meanings
        return [one._replace(indicator=only) if self._may_join(one) else one for one in meanings]

    def _may_join(self, one: Meaning) -> bool:
        if one.indicator or one.field or one.unknown:
            return False
        return bool(one.period or one.roles & _FIGURE_ROLES)

    def _filled(self, at: int) -> bool:
        return any(self._texts(at))

    def _texts(self, at: int) -> list[str]:
        return [row[at] for row in self._grid.texts[self._header.bottom + 1 :]]

    def _headless(self, at: int) -> Column:
        """Return a column without a heading; a unit that is said in it may be another column's."""
        first = self._header.bottom + 1
        found = next((row for row, text in enumerate(self._texts(at), first) if is_unit_line(text)), None)
        if found is not None:
            message = f"“{self._grid.texts[found][at]}”写在没有表头的一列里，不知道说的是哪些数。"
            place = self._grid.cell(found, at).position()
            self.problems.append(Diagnostic("unclear-unit", message, place, hint=UNIT_HINT))
        if self._is_header(Meaning(at, self._header.bottom, "")):
            self.problems.append(second_header(self._at(at)))
        return Column(at, "", Became.IGNORED, why="没有表头")

    def _without_indicator(self, one: Meaning) -> Column:
        """Return what a column became that names no indicator; it is told unless it holds nothing of use."""
        if one.field:
            return Column(one.at, one.heading, Became.FIELD, one.field, row=one.row)
        is_unknown = bool(one.unknown) and not one.roles & NEVER_FIGURES
        ignored = Column(one.at, one.heading, Became.IGNORED, why="不是指标", row=one.row, is_unknown=is_unknown)
        if not self._filled(one.at):
            return ignored._replace(why="空列")
        if self._is_header(one):
            self.problems.append(second_header(self._place(one)))
            return ignored
        if one.roles & NEVER_FIGURES:
            return ignored
        if not one.unknown and one.roles & (
            COMPARED | {Role.SUM, Role.PART, Role.DENOMINATOR, Role.NAME, Role.MEASURE}
        ):
            return ignored._replace(why="没有写是哪个指标的")
        if not one.unknown and not any(map(cells.looks_like_number, self._texts(one.at))):
            return ignored._replace(why="没有数")
        if not one.unknown:
            self._tell_unattached(one)
        else:
            self._unknown.append(one)
            return ignored._replace(why="不认识，已按 --ignore-columns 略过")
        return ignored

    def _is_header(self, one: Meaning) -> bool:
        """Say whether a row of a sheet on its side heads those below it anew: other townships, another time or unit.

        One that repeats the header says nothing, and 片区 below the names is no header.
        """
        if not self._grid.shape.startswith(TRANSPOSED) or one.roles & NEVER_FIGURES or one.at <= self._names.at:
            return False
        texts = self._texts(one.at)
        if any(map(cells.looks_like_number, texts)):
            return False
        timed = bool(one.roles & OF_OTHER_TIMES or one.period)
        names = map(plain.name, self._texts(self._names.at))
        repeated = all(not text or plain.name(text) == name for text, name in zip(texts, names, strict=True))
        if repeated or one.at in self._names.parents:
            in_unit = one.unit or self._headings.is_unit(in_last_bracket(one.heading))
            return timed or bool(in_unit) or self._headings.words.is_unclear(plain.heading(one.heading))
        if not one.heading:
            return all(self._headings.words.is_town(plain.name(text)) for text in texts if text)
        return bool(one.roles & _HEADS) or (timed and not one.unknown) or self._names_townships(filter(None, texts))

    def _names_townships(self, texts: Iterable[str]) -> bool:
        """Say whether all texts are townships of the sheet, as they are or with a time behind: 白石镇（上年）."""
        names = {plain.name(text) for text in self._texts(self._names.at)} - {""}
        unclear = self._headings.words.is_unclear
        for text in map(plain.name, texts):
            rest = next((text[len(name) :] for name in names if text.startswith(name)), None)
            timed = rest and (rest[0] in "(（" or unclear(rest) or any(periods.of_title(rest)))
            if rest is None or (rest and not timed):
                return False
        return True

    def _tell_all_unknown(self, *, may_ignore: bool, ignore: bool) -> None:
        """Tell of the columns nobody knows, unless they are to be left out: then some other is to be of use."""
        for one in () if ignore and may_ignore else self._unknown:
            self._tell_unknown(one, may_ignore=may_ignore)

    def _tell_unknown(self, one: Meaning, *, may_ignore: bool) -> None:
        """Tell a heading that nobody knows, once for all the columns below it."""
        heading = one.unknown[0] if len(one.unknown) == 1 or one.roles else one.unknown[-1]
        if heading in self._told or len(self._told) >= MAX_PROBLEMS:
            return
        self._told.add(heading)
        declared = self._headings.declared
        words = sorted(self._headings.texts)
        guess = did_you_mean(heading, [*declared.indicators, *words, "单位"])
        if guess is None:
            guess = next((name for name in [*declared.indicators, *words] if name in heading), None)
        unit = f"（{one.unit}）" if one.unit and f"{one.unit})" not in plain.squeezed(heading) else ""
        wanted = declared.indicators[guess].unit if guess in declared.indicators else ""
        known = f"{guess}（{wanted}）" if wanted and unit else guess
        message = or_rather(f"没有“{heading}{unit}”这个指标或字段", known)
        or_else = "；用不上的列可加 --ignore-columns" if may_ignore else "；各列都不认识，没有一列能用"
        named = f"（{likeliest(heading, declared.indicators)}）" if declared.indicators and not guess else ""
        hint = f"是报告的指标时，请把列名改成它的名称{named}，或在这个指标里写“别名”{or_else}。"
        if guess in words:
            hint = f"是“文字”里的“{guess}”时，请把列名改成它{or_else}。"
        self.problems.append(Diagnostic("unknown-column", message, self._place(one), hint=hint))

    def _tell_unattached(self, one: Meaning) -> None:
        message = f"“{one.heading}”没有写是哪个指标的。"
        hint = "请写成“农村改厕.目标”的样子，或在上一行写指标的名称。"
        self.problems.append(Diagnostic("unattached-column", message, self._place(one), hint=hint))

    def _refuse_doubles(self, columns: list[Column]) -> None:
        """Refuse two columns of one field."""
        seen: dict[str, Column] = {}
        for column in columns:
            if column.field and seen.setdefault(column.field, column) is not column:
                first = seen[column.field]
                message = f"“{column.field}”这一列有两处，不知道以哪一处为准。"
                related = (Related(self._at(first.at), "另一处在这里"),)
                hint = "请删去一列；几张表里都有的，只在一张里写。"
                self.problems.append(
                    Diagnostic("double-column", message, self._at(column.at), hint=hint, related=related)
                )

    def _refuse_clashes(self, ones: list[Meaning], by_indicator: dict[str, list[Meaning]]) -> None:
        """Refuse a column whose headings name two indicators, two years, or one that two indicators claim."""
        for one in ones:
            if one.unclear:
                message = f"“{one.heading}”里的“{one.unclear}”说的是别的时间或任务，不知道这一列是不是本期的数。"
                hint = "请写成“上年”“任务数”这样单独一格的词，或把这一格改成类别的名称。"
                self.problems.append(Diagnostic("unclear-heading", message, self._place(one), hint=hint))
            if one.mixed:
                message = f"“{one.mixed}”又写任务，又写完成，不知道“{one.heading}”是哪一种数。"
                hint = "请只写一种，如“任务数”“完成数”；两种都有的，在下一行各写一列。"
                self.problems.append(Diagnostic("unclear-heading", message, self._place(one), hint=hint))
            if one.clash:
                message = f"“{one.heading}”写了两个时间（{one.clash}）。"
                self.problems.append(Diagnostic("two-periods", message, self._place(one), hint="请只写一个。"))
            lone = [other for other in one.others if all(o.others for o in by_indicator.get(other, ()))]
            if lone:
                message = f"“{one.heading}”写了两个指标：“{lone[0]}”和“{one.indicator}”。"
                hint = "上一行写类别，下一行写指标的名称；或把两格写成一个指标的“别名”。"
                self.problems.append(Diagnostic("two-indicators", message, self._place(one), hint=hint))
            for heading in one.heading.split(" / "):
                if pair := self._headings.declared.doubled.get(heading):
                    message = f"“{heading}”既是“{pair[0]}”又是“{pair[1]}”的名称。"
                    hint = "请改掉其中一个指标的“别名”。"
                    self.problems.append(Diagnostic("two-indicators", message, self._place(one), hint=hint))

    def _place(self, one: Meaning) -> Position:
        return self._at(one.at)

    def _at(self, column: int) -> Position:
        rows = self._header.rows
        row = next(
            (row for row in reversed(rows) if self._grid.texts[row][column]), rows[-1] if rows else self._header.top
        )
        return self._grid.cell(row, column).position()
