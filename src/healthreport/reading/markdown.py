"""Markdown → a manuscript: headings, lists, tables, pictures, bold; every other character stays as it is.

Lines are lines: who writes Chinese breaks none in mid-sentence, and what was broken is joined where texts are cleaned.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthreport.reading import text_files
from healthreport.reading.markdown_words import spans
from healthreport.trees.manuscript import Grid, GridCell, Image, Line, Manuscript
from healthreport.trees.omitted import Omitted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthreport.diagnostics import Position
    from healthreport.reading.text_files import Row
    from healthreport.trees.manuscript import Part

_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(.*)")
_UNDERLINE = re.compile("(={3,})|-{3,}")
_RULES = "-*_"
_LEAST_MARKS = 3
_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*")
_QUOTE = re.compile(r"(?:> ?)+")
_BULLET = re.compile(r"[-*+][ \t]+(?:\[([ xX])\][ \t]+)?(.*)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])[ \t]+(.*)")
_COLUMN = re.compile(r"[ \t]*:?-+:?[ \t]*")
_BETWEEN_PIPES = re.compile(r"[^|]*")
_CELL = re.compile(r"(?<!\\)\|")
# No two of them begin within one another, so a line of nothing but beginnings is looked through once.
_PICTURE = re.compile(r'!\[([^\[\]]{0,1000})\]\(\s{0,9}<?([^)\s>\[]{1,2000})>?(?:\s{1,9}"[^"]{0,1000}")?\s{0,9}\)')
_OPEN, _CLOSE = "<!--", "-->"
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]|.*\.\.[/\\]", re.IGNORECASE)
_BOXES = {" ": "☐ ", "x": "☑ ", "X": "☑ "}
_PER_LEVEL = 2  # blanks that a list is set in below another
_FRONT = "---"


class _Number(NamedTuple):
    """The number of the item before in a numbered list: as typed, and as counted."""

    typed: int
    counted: int


def read(data: bytes, file: str, picture: Callable[[str], bytes | None] = lambda _: None) -> Manuscript:
    """Read Markdown; ``picture`` gives the bytes of a file beside it, as far as there are any.

    Raises :class:`HealthReportError` for what is no text, or too much.
    """
    return _Reading(file, picture).manuscript(data)


class _Reading:
    """The lines of one file, taken one after the other."""

    def __init__(self, file: str, picture: Callable[[str], bytes | None]) -> None:
        self._file = file
        self._picture = picture
        self._omitted = Omitted()
        self._parts: list[Part] = []
        self._numbers: dict[int, _Number] = {}

    def manuscript(self, data: bytes) -> Manuscript:
        source = text_files.decoded(data, self._file)
        rows = self._without_front([*text_files.rows(source, self._omitted)])
        at = 0
        while at < len(rows):
            at = self._take(rows, at)
        return Manuscript(self._file, "markdown", tuple(self._parts), self._omitted.listed())

    def _without_front(self, rows: list[Row]) -> list[Row]:
        """Leave out what stands between ``---`` lines at the very start: it is for programs."""
        ends = [at for at, row in enumerate(rows) if row.words == _FRONT]
        if len(ends) < 2 or ends[0] or rows[0].place.line != 1:
            return rows
        for row in rows[1 : ends[1]]:
            self._omitted.add("文件头", row.words, row.place)
        return rows[ends[1] + 1 :]

    def _take(self, rows: list[Row], at: int) -> int:
        """Take the next line, or all lines of a block; return the number of the first one behind."""
        row = rows[at]
        below = rows[at + 1].words if at + 1 < len(rows) and _adjacent(rows, at + 1) else ""
        fence = _FENCE.fullmatch(row.words)
        if fence:
            return self._fenced(rows, at, fence[1])
        if "|" in row.words and "|" in below and _is_below_headings(below):
            return self._table(rows, at)
        underline = _UNDERLINE.fullmatch(below)
        if underline and not _is_rule(row.words):
            self._line(row, row.words, level=1 if underline[1] else 2)
            return at + 2
        self._single(row)
        return at + 1

    def _single(self, row: Row) -> None:
        words = row.words
        if _is_rule(words):
            self._omitted.add("分隔线", words, row.place)
            return
        heading = _HEADING.fullmatch(words)
        if heading:
            self._line(row, _without_closing(heading[2]), level=len(heading[1]))
            return
        quote = _QUOTE.match(words)
        words = words[quote.end() :] if quote else words
        depth = len(row.before.expandtabs(4)) // _PER_LEVEL
        bullet, numbered = _BULLET.fullmatch(words), _NUMBERED.fullmatch(words)
        if bullet:
            self._line(row, _BOXES.get(bullet[1], "") + bullet[2], list_level=depth + 1)
        elif numbered:
            label = f"{self._count(depth, int(numbered[1]))}{numbered[2]}"
            self._line(row, numbered[3], label=label, list_level=depth + 1)
        else:
            self._line(row, words, indent=text_files.indent(row.before))

    def _count(self, depth: int, typed: int) -> int:
        """Return an item's number: as typed, or counted where each item is typed with the same number."""
        before = self._numbers.get(depth)
        counted = before.counted + 1 if before and before.typed == typed else typed
        self._numbers = {level: number for level, number in self._numbers.items() if level < depth}
        self._numbers[depth] = _Number(typed, counted)
        return counted

    def _line(
        self, row: Row, words: str, *, level: int = 0, label: str = "", list_level: int = 0, indent: int = 0
    ) -> None:
        """Add a line, and the pictures in it behind."""
        if not list_level:
            self._numbers.clear()
        kept, comments = _without_comments(words)
        for comment in comments:
            self._omitted.add("注释", comment, row.place)
        words = kept
        images = [*_PICTURE.finditer(words)]
        words = _PICTURE.sub(lambda found: found[1], words).strip()
        own = Line(
            spans(words, row.place, self._omitted) if words else (),
            row.place,
            label,
            list_level,
            level,
            indent=indent,
            new_page=row.new_page,
        )
        found = [image for image in (self._image(one[2], row) for one in images) if image]
        self._parts += [*found, own] if words or label else found  # words are what the picture shows: its caption

    def _image(self, path: str, row: Row) -> Image | None:
        data = None if _OUTSIDE.match(path) else self._picture(path)
        if not data:
            self._omitted.add("读不了的图片", path, row.place)
            return None
        return Image(data, path.rpartition(".")[2].lower().replace("jpeg", "jpg"), row.place)

    def _fenced(self, rows: list[Row], at: int, fence: str) -> int:
        """Take the lines of a block of code as they are."""
        end = next((n for n in range(at + 1, len(rows)) if rows[n].words.startswith(fence)), len(rows))
        for row in rows[at + 1 : end]:
            self._parts.append(Line(spans(row.words, row.place, self._omitted, plain=True), row.place))
        return end + 1

    def _table(self, rows: list[Row], at: int) -> int:
        """Take a table of pipes: its heading, the line below, and the rows that follow without a blank line."""
        end = at + 2
        while end < len(rows) and _adjacent(rows, end) and "|" in rows[end].words:
            end += 1
        taken = [rows[at], *rows[at + 2 : end]]
        text_files.most_cells(taken, "|")
        cells = [[*_texts(row)] for row in taken]
        across = max(map(len, cells))
        grid = tuple(
            tuple(self._cell(words, place) for words, place in [*texts, *[("", texts[0][1])] * (across - len(texts))])
            for texts in cells
        )
        self._numbers.clear()
        self._parts.append(Grid(grid, rows[at].place, header=1))
        return end

    def _cell(self, words: str, place: Position) -> GridCell:
        texts = re.split(r"<br\s*/?>", words.replace("\\|", "|"))
        return GridCell(tuple(Line(spans(one, place, self._omitted), place) for one in texts if one.strip()))


def _is_rule(words: str) -> bool:
    """Say whether a line is drawn: three marks of one kind or more, blanks between them or not."""
    mark = words[:1]
    return mark in _RULES and words.count(mark) >= _LEAST_MARKS and not words.strip(f"{mark} \t")


def _is_below_headings(words: str) -> bool:
    """Say whether a line parts the headings of a table from its rows: |:--|--:|."""
    bare = words.removeprefix("|").removesuffix("|")
    return (
        "-" in bare
        and "||" not in bare
        and all(_COLUMN.fullmatch(one[0]) for one in _BETWEEN_PIPES.finditer(bare) if one[0])
    )


def _without_closing(heading: str) -> str:
    """Return a heading without the # behind it."""
    bare = heading.rstrip("#")
    return bare.rstrip(" \t") if bare.endswith((" ", "\t")) else heading


def _without_comments(words: str) -> tuple[str, list[str]]:
    """Return a line without its comments, and these."""
    kept, comments, at = [], [], 0
    while (start := words.find(_OPEN, at)) >= 0 and (end := words.find(_CLOSE, start + len(_OPEN))) >= 0:
        kept.append(words[at:start])
        at = end + len(_CLOSE)
        comments.append(words[start:at])
    return "".join([*kept, words[at:]]), comments


def _texts(row: Row) -> Iterator[tuple[str, Position]]:
    """Yield the texts between the pipes of a line, each with its place."""
    bare = row.words.removeprefix("|")
    column = row.place.column + len(row.words) - len(bare)
    for text in _CELL.split(bare.removesuffix("|")):
        words = text.strip()
        start = column + len(text) - len(text.lstrip())
        yield words, row.place._replace(column=start, width=max(len(words), 1))
        column += len(text) + 1


def _adjacent(rows: list[Row], at: int) -> bool:
    """Say whether no blank line stands before a row."""
    return rows[at].place.line == rows[at - 1].place.line + 1
