"""Lists of townships: a text with a name a line, a sheet with a column of names, or a folder of their reports."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from healthreport.diagnostics import Diagnostic, HealthReportError, Position, Related, Severity, error
from healthreport.disk.read import is_report, is_yaml
from healthreport.reading.resources import sheet_words
from healthreport.reading.tables import declared, plain, sheets, understanding
from healthreport.reading.tables.headings import Headings
from healthreport.reading.tables.words import Kind
from healthreport.reading.yaml.nodes import Mapping, Scalar, Source
from healthreport.reading.yaml.parse import parse
from healthreport.townships import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from healthreport.reading.reader import Reader
    from healthreport.reading.tables.kinds import Row
    from healthreport.reading.tables.sheets import Cell

_SHEETS = (".xlsx", ".xls", ".et", ".ods", ".csv")
_LISTED = 10
_COMMENTS = ("#", "＃")
_MOST_COMPARED = 1_000_000
_HINT = "每行写一个乡镇（单位）的名称。"


class Named(NamedTuple):
    """A township's name and where it stands."""

    name: str
    place: Position


class Listed(NamedTuple):
    """A list of townships, and what there is to tell of how it was read."""

    names: tuple[Named, ...] = ()
    told: tuple[Diagnostic, ...] = ()


def read(path: Path, reader: Reader) -> Listed:
    """Read a list of townships from a text, a sheet or a folder.

    Raises :class:`HealthReportError` with every name that stands twice, and every blank line of a text.
    """
    if is_yaml(path.name):
        hint = "名单是文本、表格，或一个文件夹；底稿写在前面，名单写在后面。"
        raise error("report-as-list", "这是一份报告，不是名单。", Position(str(path)), hint=hint)
    aside: list[Named] = []
    if path.is_dir():
        found = [*_in_folder(path, reader)]
    elif path.suffix.lower() in _SHEETS:
        found, aside = _in_sheet(path, reader)
    else:
        lines = [*_in_text(path, reader)]
        aside = _aside(lines, reader)
        found = [one for one in lines if one not in aside]
    if not found:
        raise error("empty-file", "名单是空的。", Position(str(path)), hint=_HINT)
    problems = [*_blanks(found), *_doubles(found)]
    if problems:
        raise HealthReportError(problems)
    return Listed(tuple(found), tuple(_left_out(aside)))


def same(name: str) -> str:
    """Return what two names have in common that a file system, or a hasty reader, cannot tell apart."""
    return unicodedata.normalize("NFC", name).casefold()


class Matched(NamedTuple):
    """For each name of a list the number of the township that it is of, ``None`` for one that is not there.

    ``taken`` are names that no township is called by, each with that of the only one it can mean: 白石镇 is
    清河区白石镇卫生院.
    """

    numbers: list[int | None]
    taken: list[tuple[str, str]]


def matched(listed: Sequence[Named], called: Sequence[Sequence[str]]) -> Matched:
    """Find the townships that a list names; none is found twice.

    ``called`` are what each township may be called, its name in front, what counts first before the rest.
    """
    found: list[int | None] = [None] * len(listed)
    taken: set[int] = set()
    for rank in range(max(map(len, called), default=0)):
        at: dict[str, int] = {}
        for number, words in enumerate(called):
            if number not in taken and rank < len(words):
                at.setdefault(same(words[rank]), number)
        for index, one in enumerate(listed):
            if found[index] is None and (number_of := at.get(same(one.name))) is not None and number_of not in taken:
                found[index] = number_of
                taken.add(number_of)
    pairs = _meant(
        {index: same(one.name) for index, one in enumerate(listed) if found[index] is None},
        {number: same(words[0]) for number, words in enumerate(called) if number not in taken},
    )
    for index, number in pairs:
        found[index] = number
    return Matched(found, [(listed[index].name, called[number][0]) for index, number in pairs])


def _meant(names: dict[int, str], towns: dict[int, str]) -> list[tuple[int, int]]:
    """Return the names that stand within that of one township alone, or it within them, and no other name does."""
    if len(names) * len(towns) > _MOST_COMPARED:
        return []
    pairs = [
        (index, number)
        for index, name in names.items()
        for number, town in towns.items()
        if len(min(name, town, key=len)) > 1 and (name in town or town in name)
    ]
    alone = [Counter(pair[side] for pair in pairs) for side in (0, 1)]
    return [(index, number) for index, number in pairs if alone[0][index] == 1 and alone[1][number] == 1]


def unexpected(towns: Sequence[str], place: Position) -> Diagnostic:
    """Tell of townships that a list at this place lacks, and that are counted all the same."""
    message = f"{plain.listed([f'“{one}”' for one in towns], _LISTED)}不在应报的名单里，也加了进去。"
    hint = "请核对名称和名单里的是否写得一样；报告里可以写“简称”，名单里写简称也行。"
    return Diagnostic("not-expected", message, place, Severity.WARNING, hint)


def taken_for(pairs: Sequence[tuple[str, str]], place: Position) -> Diagnostic:
    """Tell which names of a list at this place were taken for townships that are called otherwise."""
    message = f"名单里{plain.listed([f'“{name}”就是“{town}”' for name, town in pairs], _LISTED)}。"
    hint = "不是的，请把名单里的名称写全。"
    return Diagnostic("taken-for", message, place, Severity.NOTE, hint)


def _in_text(path: Path, reader: Reader) -> Iterator[Named]:
    """Yield a name for each line, empty for a blank one; blank lines at the end say nothing."""
    source = reader.read(path)
    for number, line in enumerate(source.text.rstrip().split("\n") if source.text.strip() else [], 1):
        name = line.strip()
        yield Named(name, Position(source.name, number, 1 + len(line) - len(line.lstrip()), max(len(name), 1)))


def _aside(found: Sequence[Named], reader: Reader) -> list[Named]:
    """Return the lines of a text that are no townships: a head above them, totals, notes, as a sheet may have them."""
    words = sheet_words(reader)
    headings = Headings(words, declared.of(Mapping(Source("", ""), 0, 0)))
    first = next((one for one in found if one.name and not one.name.startswith(_COMMENTS)), None)
    return [
        one
        for one in found
        if one.name.startswith(_COMMENTS)
        or (one is first and headings.is_name_head(one.name))
        or (one.name and (words.total_of(one.name) or words.aside(one.name) in (Kind.NOTE, Kind.SIGN_OFF)))
    ]


def _left_out(aside: Sequence[Named]) -> Iterator[Diagnostic]:
    """Tell of lines that were left out."""
    if aside:
        listed = plain.listed([f"“{plain.cut(one.name)}”" for one in aside], _LISTED, "行")
        message = f"名单里的{listed}不是单位，没有算。"
        hint = "是单位的，请把名称写全。"
        yield Diagnostic("lines-left-out", message, aside[0].place, Severity.NOTE, hint)


def _in_sheet(path: Path, reader: Reader) -> tuple[list[Named], list[Named]]:
    """Return the names of a sheet's townships, and what else stands among them: totals, sections, notes."""
    found = sheets.read_tables(reader.read_table(path), str(path))
    none = Mapping(Source(str(path), ""), 0, 0)
    headings = Headings(sheet_words(reader), declared.of(none))
    for sheet in found:
        rows = [*understanding.names_of(sheet, headings)] if sheet.visible else []
        units = {row for row, _ in rows if row.kind is Kind.TOWNSHIP}
        # 1.白石镇, 2.注溪镇: where no name is without a number, the numbers only count them.
        counted = {row for row, _ in rows if headings.words.head_of(row.text) is Kind.NUMBERED}
        if units or counted:
            towns = [_named(row, cell) for row, cell in rows if row in (units or counted)]
            return towns, [Named(row.text, cell.position()) for row, cell in rows if row not in (units or counted)]
    return [], []


def _named(row: Row, cell: Cell) -> Named:
    name = cell.value if row.kind is Kind.TOWNSHIP else plain.unnumbered(cell.value)
    return Named(plain.name(name), cell.position())


def _in_folder(path: Path, reader: Reader) -> Iterator[Named]:
    """Yield the 单位 of each report of a folder that is based on another."""
    files = sorted(one for one in path.iterdir() if is_report(one.name))
    folder.refuse_links_out(path, files, reader)
    for file in files:
        tree = parse(reader.read(file))
        org = tree.get("单位")
        if "继承" in tree and isinstance(org, Scalar):
            yield Named(org.value, org.position())


def _blanks(found: Iterable[Named]) -> Iterator[Diagnostic]:
    for one in found:
        if not one.name:
            message = f"名单第{one.place.line}行是空行。"
            yield Diagnostic("blank-line", message, one.place, hint="请删去空行，或补上漏写的名称。")


def _doubles(found: Iterable[Named]) -> Iterator[Diagnostic]:
    first: dict[str, Named] = {}
    for one in found:
        before = first.setdefault(same(one.name), one)
        if one.name and before is not one:
            related = (Related(before.place, "第一次在这里"),)
            message = f"名单里“{one.name}”写了两次。"
            yield Diagnostic("duplicate-town", message, one.place, hint="请删去一处。", related=related)
